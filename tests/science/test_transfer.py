"""Transfers against textbook cases, Lambert against an independent solver
(reference/make_lambert.py).
"""

import json
from pathlib import Path

import numpy as np
import pytest

from helpers.science import transfer, twobody

EARTH, RADIUS = 398600.4418, 6378.137
REFERENCE = json.loads(
    (Path(__file__).parent / "reference/lambert.json").read_text(encoding="utf-8")
)


def test_vallado_climbs_to_the_geostationary_circle():
    # Vallado 2013, example 6-1: 2.457038, 1.478187 and 3.935224 km/s, 315.403 min
    way = transfer.hohmann(RADIUS + 191.34411, RADIUS + 35781.34857, EARTH)
    assert way.burns_km_s == pytest.approx((2.457038, 1.478187), abs=1e-6)
    assert way.total_km_s == pytest.approx(3.935224, abs=1e-6)
    assert way.seconds / 60 == pytest.approx(315.403, abs=1e-3)


def test_vallado_goes_far_out_to_save_fuel():
    # Vallado 2013, example 6-2: 3.904057 km/s in 593.92 h, against 3.966 km/s by Hohmann
    near, far, goal = (RADIUS + h for h in (191.34411, 503873, 376310))
    way = transfer.bielliptic(near, far, goal, EARTH)
    assert way.burns_km_s == pytest.approx((3.156233, 0.677358, -0.070466), abs=2e-6)
    assert way.total_km_s == pytest.approx(3.904057, abs=1e-6)
    assert way.seconds / 3600 == pytest.approx(593.92, abs=0.01)
    assert transfer.hohmann(near, goal, EARTH).total_km_s > way.total_km_s


def test_curtis_leaves_for_mars():
    # Curtis 2014, examples 8.2 and 8.4: 258.82 d, 2.943 km/s excess, burn 3.590 km/s from 300 km,
    # 70.5 % propellant
    sun, earth, mars = 1.327124e11, 149.6e6, 227.9e6
    way = transfer.hohmann(earth, mars, sun)
    assert way.days == pytest.approx(258.82, abs=0.02)
    assert way.burns_km_s[0] == pytest.approx(2.943, abs=1e-3)
    burn = transfer.departure_burn_km_s(way.burns_km_s[0], 6678, 398600)
    assert burn == pytest.approx(3.590, abs=1e-3)
    assert transfer.propellant_share(burn, 300) == pytest.approx(0.705, abs=1e-3)
    assert transfer.c3_km2_s2(way.burns_km_s[0]) == pytest.approx(8.66, abs=0.01)
    # example 8.2: 44.57 degrees with a period of Mars of 1.881 a
    assert transfer.lead_angle_deg(earth, mars, sun) == pytest.approx(44.57, abs=0.3)


def test_lambert_in_the_textbooks():
    # Curtis 2014, example 5.2; Vallado 2013, example 7-5; Curtis 2014, example 8.8 (Earth to Mars,
    # 1996 to 1997)
    cases = [
        (
            [5000, 10000, 2100],
            [-14600, 2500, 7000],
            3600,
            398600.0,
            [-5.9925, 1.9254, 3.2456],
            [-3.3125, -4.1966, -0.38529],
            1e-4,
        ),
        (
            [15945.34, 0, 0],
            [12214.83899, 10249.46731, 0],
            4560,
            EARTH,
            [2.058913, 2.915965, 0],
            [-3.451565, 0.910315, 0],
            2e-6,
        ),
        (
            [1.04994e8, 1.04655e8, 988.331],
            [-2.08329e7, -2.18404e8, -4.06287e6],
            309 * 86400,
            1.327124e11,
            [-24.4282, 21.7819, 0.948049],
            [22.1581, -0.19666, -0.457847],
            1e-3,
        ),
    ]
    for start, end, seconds, mu, leave, arrive, off in cases:
        v1, v2 = transfer.lambert(start, end, seconds, mu)
        np.testing.assert_allclose(v1, leave, atol=off)
        np.testing.assert_allclose(v2, arrive, atol=off)


def test_lambert_agrees_with_an_independent_package():
    for case in REFERENCE["drawn"] + REFERENCE["window"]:
        given = (case[name] for name in ("start", "end", "seconds", "mu", "clockwise"))
        v1, v2 = transfer.lambert(*given)
        np.testing.assert_allclose(v1, case["leave"], rtol=1e-7, atol=1e-9)
        np.testing.assert_allclose(v2, case["arrive"], rtol=1e-7, atol=1e-9)


def test_many_paths_at_once_are_the_same_as_one_by_one():
    cases = [case for case in REFERENCE["drawn"] if not case["clockwise"]]
    start, end = (np.array([case[name] for case in cases]).T for name in ("start", "end"))
    v1, _ = transfer.lambert(start, end, np.array([case["seconds"] for case in cases]), 1.0)
    np.testing.assert_allclose(v1.T, [case["leave"] for case in cases], rtol=1e-7, atol=1e-9)


def test_lambert_leads_where_it_says():
    start, end = np.array([7000.0, 100, 200]), np.array([-9000.0, 12000, 3000])
    for seconds in (1500.0, 6000.0, 40000.0):
        leave, arrive = transfer.lambert(start, end, seconds, EARTH)
        there, speed = twobody.propagate(start, leave, seconds, EARTH)
        np.testing.assert_allclose(there, end, atol=1e-4)
        np.testing.assert_allclose(speed, arrive, atol=1e-7)


@pytest.mark.parametrize("km", [1.0, 1e4, 1.5e8])
def test_lambert_says_when_there_is_no_plane(km):
    """Nor where rounding alone moves a point off the line, whatever the size of the orbit."""
    start, seconds = [km, 0, 0], 5.0 * km**1.5
    for aside in (0.0, 3e-8):
        assert np.isnan(transfer.lambert(start, [-2 * km, aside * km, 0], seconds, 1.0)[0]).all()
    assert np.isfinite(transfer.lambert(start, [-2 * km, 1e-3 * km, 0], seconds, 1.0)[0]).all()


def test_two_small_burns_leave_what_one_of_their_sum_leaves():
    left = 1 - transfer.propellant_share(0.4, 300)
    assert left**2 == pytest.approx(1 - transfer.propellant_share(0.8, 300))
    assert transfer.propellant_share(0, 300) == 0


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: transfer.lambert([1, 0], [0, 1], 1, 1.0), "accepted: \\(3,\\)"),
        (lambda: transfer.propellant_share(-1, 300), "burn_km_s = -1"),
        (lambda: transfer.lambert([1.0, 0, 0], [0, -1.0, 0], 1e-9, 1.0), "more time"),
    ],
)
def test_errors_say_what_is_accepted(call, words):
    with pytest.raises(transfer.TransferError, match=words):
        call()
    with pytest.raises(twobody.TwoBodyError, match="start_km = 0"):
        transfer.hohmann(0, 1, 1.0)
