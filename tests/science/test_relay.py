"""Orbiters over a rover: geometry by hand, the mean of many days, and a gain that never falls."""

import numpy as np
import pytest

from helpers.science import relay
from helpers.science.mars import MARS_RADIUS_KM, MARS_SIDEREAL_DAY_S, SOL_S

LOW = relay.Orbiter("low", 400, 400, 90)
LONG = relay.Orbiter("long", 300, 10000, 86, 90.0)


def test_a_pass_overhead_lasts_as_long_as_a_circle_says():
    # from the horizon up a circle of radius r is seen over an arc of 2 arccos(R / r), less the turn
    # of Mars
    longest = 0
    for draw in range(relay.DAYS):
        seconds, distance, elevation = relay.look(LOW, 89.9, draw)
        for first, last in relay.passes(elevation, 0.0):
            longest = max(longest, (last - first) * relay.STEP_S)
            assert distance[first:last].min() >= 400 - 1e-6
    arc = 2 * np.degrees(np.arccos(MARS_RADIUS_KM / (MARS_RADIUS_KM + 400)))
    assert longest == pytest.approx(LOW.period_h * 3600 * arc / 360, abs=2 * relay.STEP_S)


def test_an_orbiter_that_keeps_up_with_mars_stands_still():
    axis = (42828.375214 * (MARS_SIDEREAL_DAY_S / (2 * np.pi)) ** 2) ** (1 / 3)
    still = relay.Orbiter("still", axis - MARS_RADIUS_KM, axis - MARS_RADIUS_KM, 0)
    assert still.low_km == pytest.approx(17032, abs=10)  # areostationary height, about 17,032 km
    _, distance, elevation = relay.look(still, 0)
    assert np.ptp(distance) < 1e-3 and np.ptp(elevation) < 1e-5


def test_share_of_time_in_sight_by_another_way():
    # A polar circle seen from the pole: up while within the arc that the least elevation leaves;
    # share = arc / 360
    r = MARS_RADIUS_KM + 400
    least = np.radians(10)
    half = np.degrees(np.arccos(MARS_RADIUS_KM * np.cos(least) / r) - least)
    up = np.mean(
        relay.rates_kbit_s(
            LOW, 90.0, relay.Radio(highest=1e9, lowest=1e-9, known_rate_kbit_s=1e-9, known_km=1e6)
        )
        > 0
    )
    assert up == pytest.approx(2 * half / 360, rel=0.05)


def test_minutes_within_reach_are_those_of_the_rates():
    """An orbiter that stands still overhead is near for the whole sol, and never nearer than it
    is.
    """
    axis = (42828.375214 * (MARS_SIDEREAL_DAY_S / (2 * np.pi)) ** 2) ** (1 / 3)
    height = axis - MARS_RADIUS_KM
    still = relay.Orbiter("still", height, height, 0)
    inside = [relay.minutes_within(still, 0, km) for km in (height - 1, 4 * axis)]
    assert inside[0] == 0 and 0 < inside[1] <= SOL_S / 60
    # the same minutes from the rates: 8 kbit/s and more means 4,000 km and less
    rates = relay.rates_kbit_s(LONG, 25.0)
    assert relay.minutes_within(LONG, 25.0, 4000) == pytest.approx((rates > 0).mean() * SOL_S / 60)


def test_one_more_orbiter_never_takes_anything_away():
    rng = np.random.default_rng(3)
    fleet = []
    before = 0.0
    for k in range(6):
        low = rng.uniform(200, 2000)
        fleet.append(
            relay.Orbiter(
                f"o{k}", low, low + rng.uniform(0, 9000), rng.uniform(0, 180), success=rng.uniform()
            )
        )
        now = relay.mbit_a_sol(fleet, 25.0)
        assert now >= before - 1e-9
        before = now
    assert relay.mbit_a_sol([], 25.0) == 0


def test_success_scales_what_one_orbiter_brings():
    half = relay.Orbiter("low", 400, 400, 90, success=0.5)
    assert relay.mbit_a_sol([half], 25.0) == pytest.approx(relay.mbit_a_sol([LOW], 25.0) / 2)
    deaf = relay.Orbiter("deaf", 400, 400, 90, success=0.0)
    assert relay.mbit_a_sol([LONG, deaf], 25.0) == relay.mbit_a_sol([LONG], 25.0)


def test_the_mean_over_drawn_days_is_steady():
    rates = relay.rates_kbit_s(LONG, 25.0).mean(axis=1)
    assert rates[::2].mean() == pytest.approx(rates[1::2].mean(), rel=0.1)


def gain(units):
    return relay.mbit_a_sol(units, 25.0)


def test_searches_keep_the_own_and_find_a_circle_no_worse_than_an_ellipse():
    own = [relay.orbiter("tianwen-mapping")]
    flown = relay.flown_again(["tianwen-relay", "tianwen-mapping"], gain)("CNSA", own, 2)
    circles = relay.any_circle(gain, (400, 1000), (30, 90))("CNSA", own, 1)
    assert flown[0] == circles[0] == own[0] and len(flown) == 3 and len(circles) == 2
    assert gain(own) < gain(flown[:2]) < gain(circles)


def test_orbits_of_the_table_fit_their_published_periods():
    assert relay.orbiter("tianwen-mapping").period_h == pytest.approx(7.08, abs=0.01)
    assert relay.orbiter("mars-express").period_h == pytest.approx(6.9, abs=0.05)
    assert relay.orbiter("tgo").period_h == pytest.approx(2, abs=0.05)
    assert relay.heard([LOW, LONG], "low", 0.5)[0].success == 0.5


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: relay.Orbiter("x", 500, 400, 0), "x: low_km = 500"),
        (lambda: relay.Orbiter("x", 400, 500, 0, success=2), "success = 2"),
        (lambda: relay.Orbiter("x", 400, 500, 200), "inclination_deg = 200"),
        (lambda: relay.look(LOW, 95), "latitude_deg = 95"),
        (lambda: relay.orbiter("moon"), "orbit = 'moon'; accepted: tianwen-capture"),
    ],
)
def test_errors_name_the_value(call, words):
    with pytest.raises(relay.RelayError, match=words):
        call()
