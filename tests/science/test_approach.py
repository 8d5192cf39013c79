"""The last way of 2024 BX1, held to scipy's integrator, to skyfield and to the published bolide."""

import numpy as np
import pandas as pd
import pytest
from jplephem.spk import SPK
from scipy.integrate import solve_ivp
from skyfield.api import wgs84

from helpers.science import approach, orbits
from helpers.tables import data

EPOCH = "2024-01-20T23:00:00Z"
STATE = np.array(
    [-22517.4427, 44153.1826, 51235.6604, 3.25951810, -7.07537599, -7.76632745]
)  # near the fitted one
MU, J2, RADIUS = 398600.4418, 1.0826359e-3, 6378.137


def test_way_against_an_independent_integration():
    """DOP853 with the flattening written in the Earth's own axes, Moon and Sun from the ephemeris
    at each moment.
    """
    spk = SPK.open(str(data.path("lunar/de421_2018_2036.bsp")))
    start = orbits.TIMESCALE.from_datetime(pd.Timestamp(EPOCH).to_pydatetime()).tdb
    axes = approach.turning(EPOCH, [0.0])[:, :, 0]

    def pull(second, y):
        jd = start + second / 86400
        place = y[:3]
        x, north, z = (axes @ place)[0], (axes @ place)[1], (axes @ place)[2]
        r = np.linalg.norm(place)
        factor = -1.5 * J2 * MU * RADIUS**2 / r**5  # Vallado (2013), equation 8-30
        flat = factor * np.array(
            [x * (1 - 5 * z**2 / r**2), north * (1 - 5 * z**2 / r**2), z * (3 - 5 * z**2 / r**2)]
        )
        total = -MU * place / r**3 + axes.T @ flat
        earth = spk[3, 399].compute(jd)
        for mu, body in (
            (4902.8001, spk[3, 301].compute(jd) - earth),
            (1.32712440018e11, spk[0, 10].compute(jd) - spk[0, 3].compute(jd) - earth),
        ):
            total += mu * (
                (body - place) / np.linalg.norm(body - place) ** 3
                - body / np.linalg.norm(body) ** 3
            )
        return [*y[3:], *total]

    for end in (-4300.0, 5558.0):
        seconds = np.linspace(0, end, 9)[1:]
        wanted = solve_ivp(
            pull, (0, end), STATE, method="DOP853", t_eval=seconds, rtol=1e-12, atol=1e-9
        ).y.T
        found = approach.propagate(STATE, seconds, EPOCH)[0]
        assert np.abs(found[:, :3] - wanted[:, :3]).max() < 0.005  # 5 m
        assert np.abs(found[:, 3:] - wanted[:, 3:]).max() < 1e-5


def test_forth_and_back():
    there = approach.propagate(STATE, [3000.0], EPOCH)[0, 0]
    later = pd.Timestamp(EPOCH) + pd.Timedelta(seconds=3000)
    assert approach.propagate(there, [-3000.0], later)[0, 0] == pytest.approx(STATE, abs=0.01)


def test_fall_is_the_published_bolide():
    """Spurny and others (2024): from 00:32:38, 15.20 km/s, 75.6 degrees to the ground, west of
    Berlin.
    """
    facts = (
        data.table("defence_facts")
        .query("about == '2024 BX1' and source == 'spurny-2024'")
        .set_index("attribute")
    )
    found = approach.fall(STATE, EPOCH, 93.0)
    assert abs((found.time - facts.loc["bolide begins", "time"]).total_seconds()) < 1
    assert found.speed_km_s == pytest.approx(facts.loc["entry speed", "number"], abs=0.02)
    assert found.slope_deg == pytest.approx(facts.loc["slope", "number"], abs=0.1)
    assert 52.4 < found.latitude < 52.7 and 12.2 < found.longitude < 12.7


def test_fall_stands_at_the_height_asked_for():
    second = approach.falling(STATE, EPOCH, 90.0)
    (latitude, longitude, height), speed, up = approach.over_ground(STATE, EPOCH, second)
    assert height == pytest.approx(90, abs=0.01)
    ground = wgs84.latlon(latitude, longitude, 1000 * height).itrs_xyz.km
    here = (
        approach.turning(EPOCH, [second])[:, :, 0]
        @ approach.propagate(STATE, [second], EPOCH)[0, 0, :3]
    )
    assert ground == pytest.approx(here, abs=0.01)
    # Speed over the ground is the change of the Earth-fixed place.
    around = (
        approach.turning(EPOCH, [second - 0.5, second + 0.5]).transpose(2, 0, 1)
        @ approach.propagate(STATE, [second - 0.5, second + 0.5], EPOCH)[0, :, :3, None]
    )
    assert np.linalg.norm(around[1] - around[0]) == pytest.approx(np.linalg.norm(speed), rel=1e-5)
    assert np.linalg.norm(up) == pytest.approx(1)


def test_change_of_place_is_what_falls_from_near_by_show():
    second = approach.falling(STATE, EPOCH)
    nudge = np.array([1.0, 1, 1, 1e-4, 1e-4, 1e-4])
    change = approach.place_change(STATE, EPOCH, second, nudge)
    here = approach.fall(STATE, EPOCH)
    for k in range(6):
        moved = STATE.copy()
        moved[k] += nudge[k]
        there = approach.fall(moved, EPOCH)
        north = np.radians(there.latitude - here.latitude) * (RADIUS + 60)
        east = (
            np.radians(there.longitude - here.longitude)
            * (RADIUS + 100)
            * np.cos(np.radians(here.latitude))
        )
        assert [east, north] == pytest.approx(change[:, k] * nudge[k], rel=0.03, abs=0.02)


def test_ground_track_ends_under_the_fall():
    second = approach.falling(STATE, EPOCH)
    latitude, longitude, height = approach.ground_track(STATE, EPOCH, [0.0, second])
    here = approach.fall(STATE, EPOCH)
    assert [latitude[1], longitude[1], height[1]] == pytest.approx(
        [here.latitude, here.longitude, 90], abs=0.01
    )
    assert height[0] > 60000


def test_refusals():
    with pytest.raises(approach.ApproachError, match="within 2 days"):
        approach.fall(STATE * [1, 1, 1, -1, -1, -1], EPOCH)
    with pytest.raises(approach.ApproachError, match="starts below"):
        approach.fall(
            approach.propagate(STATE, [5563.0], EPOCH)[0, 0],
            pd.Timestamp(EPOCH) + pd.Timedelta(seconds=5563),
        )
