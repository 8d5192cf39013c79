"""Earth and Mars against skyfield on the same ephemeris, and against published dates."""

import numpy as np
import pandas as pd
import pytest
from astropy.coordinates import get_body_barycentric
from astropy.time import Time
from skyfield.api import load, load_file

from helpers.science import mars, orbits, transfer
from helpers.tables import data

DAYS = [
    "2020-07-23T04:41:15Z",
    "2021-02-10T11:52:00Z",
    "2021-05-14T23:18:00Z",
    "2021-11-20T12:00:00Z",
    "2030-01-01T00:00:00Z",
]


@pytest.fixture(scope="module")
def sky():
    return load_file(str(data.path("lunar/de421_2018_2036.bsp"))), load.timescale(builtin=True)


def times(timescale, days):
    return timescale.from_datetimes([pd.Timestamp(d).to_pydatetime() for d in days])


def test_distance_and_light_time_as_skyfield(sky):
    bodies, timescale = sky
    t = times(timescale, DAYS)
    np.testing.assert_allclose(
        mars.distance_km(DAYS), (bodies["mars"] - bodies["earth"]).at(t).distance().km, rtol=1e-9
    )
    seen = bodies["earth"].at(t).observe(bodies["mars"])
    np.testing.assert_allclose(mars.light_time_s(DAYS), seen.light_time * 86400, atol=2e-4)
    sun = bodies["earth"].at(t).observe(bodies["sun"])
    np.testing.assert_allclose(
        mars.sun_angle_deg(DAYS), seen.separation_from(sun).degrees, atol=0.01
    )


def test_rows_of_sun_earth_and_mars_by_astropy():
    for days, apart in (
        (mars.oppositions("2018-02-01", "2036-11-01"), 0),
        (mars.conjunctions("2018-02-01", "2036-11-01"), 180),
    ):
        assert len(days) == 9
        t = Time(days.tz_localize(None).to_pydatetime(), scale="tdb")
        sun, earth, there = (
            get_body_barycentric(body, t, ephemeris="builtin").xyz.to_value("km")
            for body in ("sun", "earth", "mars")
        )
        tilt = np.radians(mars.OBLIQUITY_DEG)
        (ex, ey), (mx, my) = (
            (x, y * np.cos(tilt) + z * np.sin(tilt)) for x, y, z in (earth - sun, there - sun)
        )
        lead = np.degrees(np.arctan2(my, mx) - np.arctan2(ey, ex))
        np.testing.assert_allclose((lead - apart + 180) % 360 - 180, 0, atol=0.01)


def test_published_days():
    # The Astronomical Almanac: oppositions; NASA: commands held back from 2 to 14 October 2021,
    # within 2 degrees of the Sun
    days = [
        "2018-07-27",
        "2020-10-13",
        "2022-12-08",
        "2025-01-16",
        "2027-02-19",
        "2029-03-25",
        "2031-05-04",
    ]
    assert [str(day.date()) for day in mars.oppositions("2018-02-01", "2032-01-01")] == days
    hours = orbits.times("2021-09-01", 24 * 60, 3600)
    silent = hours[mars.sun_angle_deg(hours) < 2]
    assert [str(day.date()) for day in silent[[0, -1]]] == ["2021-10-02", "2021-10-13"]
    # China National Space Administration, 8 November 2021: 384 million km, 21 min 20 s
    assert mars.light_time_s(["2021-11-08T00:00:00Z"])[0] == pytest.approx(21 * 60 + 20, abs=3)


def test_axes_and_speeds_round_the_sun(sky):
    bodies, timescale = sky
    t = times(timescale, DAYS)
    theirs = (bodies["mars"] - bodies["sun"]).at(t).ecliptic_position().km
    np.testing.assert_allclose(
        mars.from_sun_km("Mars", DAYS), theirs, atol=2000
    )  # the frames differ by 0.04 arc seconds
    speed = (bodies["mars"] - bodies["sun"]).at(t).velocity.km_per_s
    np.testing.assert_allclose(
        np.linalg.norm(mars.velocity_km_s("Mars", DAYS), axis=0),
        np.linalg.norm(speed, axis=0),
        atol=1e-6,
    )


def test_after_how_many_days_they_meet():
    assert mars.synodic_days(365.256, 686.980) == pytest.approx(
        779.94, abs=0.01
    )  # The Astronomical Almanac: 779.94
    gaps = (
        np.diff(mars.oppositions("2018-01-02", "2036-12-01")).astype("timedelta64[h]").astype(float)
        / 24
    )
    assert 760 < gaps.min() < 779.94 < gaps.max() < 820


def test_the_window_of_july_2020():
    c3, speed = mars.trip(["2020-07-23"], ["2021-02-10"])
    leave = [mars.from_sun_km("Earth", ["2020-07-23"]), mars.from_sun_km("Mars", ["2021-02-10"])]
    v1, v2 = transfer.lambert(*leave, 202 * 86400.0, transfer.SUN_MU_KM3_S2)
    assert c3[0] == pytest.approx(
        np.sum((v1 - mars.velocity_km_s("Earth", ["2020-07-23"])) ** 2), rel=1e-12
    )
    assert 12 < c3[0] < 15 and 2.4 < speed[0] < 3
    days = pd.date_range("2020-06-01", "2020-10-01", freq="4D", tz="UTC")
    table, _ = mars.porkchop(days, pd.date_range("2020-12-01", "2021-06-01", freq="4D", tz="UTC"))
    best = days[np.nanargmin(np.nanmin(table, axis=0))]
    assert abs((best - pd.Timestamp("2020-07-23", tz="UTC")).days) < 10
    one, _ = mars.trip([days[3]], ["2021-01-06"])
    assert table[9, 3] == pytest.approx(one[0])


def test_a_flight_starts_at_the_earth_and_ends_at_mars():
    path = mars.flight_path_km("2020-07-23", "2021-02-10")
    np.testing.assert_allclose(path[:, 0], mars.from_sun_km("Earth", ["2020-07-23"])[:, 0], atol=1)
    np.testing.assert_allclose(path[:, -1], mars.from_sun_km("Mars", ["2021-02-10"])[:, 0], atol=5)


def test_errors_say_what_is_accepted():
    with pytest.raises(mars.MarsError, match="outer body slower"):
        mars.synodic_days(687, 365)
    with pytest.raises(mars.MarsError, match="an end after the start"):
        mars.oppositions("2021-01-01", "2020-01-01")
    assert np.isnan(mars.trip(["2021-01-01"], ["2021-01-10"])[0]).all()
