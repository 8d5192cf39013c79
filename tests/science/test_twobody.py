"""Two-body motion against textbook cases and against itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.science import twobody

EARTH = 398600.4418  # km3/s2, as Vallado uses
CURTIS = 398600.0  # km3/s2, as Curtis uses


def test_vallado_carries_a_state_40_minutes_on():
    # Vallado 2013, example 2-4
    r, v = twobody.propagate(
        [1131.340, -2282.343, 6672.423], [-5.64305, 4.30333, 2.42879], 2400, EARTH
    )
    np.testing.assert_allclose(r, [-4219.7527, 4363.0292, -3958.7666], atol=1e-3)
    np.testing.assert_allclose(v, [3.689866, -1.916735, -6.112511], atol=1e-6)


def test_an_open_orbit_has_no_highest_point_and_never_comes_back():
    open_orbit = twobody.Elements(-2e4, 1.5, 0, 0, 0, 0, EARTH)
    assert open_orbit.lowest_km == 1e4
    closed = twobody.Elements(2e4, 0.5, 0, 0, 0, 0, EARTH)
    assert (closed.lowest_km, closed.highest_km) == (1e4, 3e4)
    assert open_orbit.highest_km == open_orbit.period_s == np.inf


def test_curtis_carries_a_hyperbola_an_hour_on():
    # Curtis 2014, example 3.7
    r, v = twobody.propagate([7000, -12124, 0], [2.6679, 4.6210, 0], 3600, CURTIS)
    np.testing.assert_allclose(r, [-3297.77, 7413.40, 0], atol=0.01)
    np.testing.assert_allclose(v, [-8.2976, -0.964045, 0], atol=1e-5)


def test_curtis_reads_the_elements_of_a_retrograde_orbit():
    # Curtis 2014, example 4.3
    orbit = twobody.elements([-6045, -3490, 2500], [-3.457, 6.618, 2.533], CURTIS)
    assert orbit.axis_km == pytest.approx(8788.1, abs=0.05)
    assert orbit.eccentricity == pytest.approx(0.171212, abs=1e-6)
    angles = (orbit.inclination_deg, orbit.node_deg, orbit.argument_deg, orbit.anomaly_deg)
    assert angles == pytest.approx((153.249, 255.279, 20.0683, 28.4456), abs=1e-3)


def test_vallado_reads_the_elements_of_a_long_ellipse():
    # Vallado 2013, example 2-5
    orbit = twobody.elements([6524.834, 6862.875, 6448.296], [4.901327, 5.533756, -1.976341], EARTH)
    assert orbit.axis_km == pytest.approx(36127.343, abs=0.01)
    assert orbit.eccentricity == pytest.approx(0.832853, abs=1e-6)
    angles = (orbit.inclination_deg, orbit.node_deg, orbit.argument_deg, orbit.anomaly_deg)
    assert angles == pytest.approx((87.870, 227.898, 53.38, 92.335), abs=5e-3)


def test_curtis_finds_an_orbit_from_three_positions():
    # Curtis 2014, example 5.1: Gibbs gives a = 8000 km, e = 0.1, i = 60, node 40, argument 30
    # degrees
    places = [[-294.32, 4265.1, 5986.7], [-1365.5, 3637.6, 6346.8], [-2940.3, 2473.7, 6555.8]]
    velocity = twobody.gibbs(*places, CURTIS)
    np.testing.assert_allclose(velocity, [-6.2174, -4.0122, 1.5990], atol=1e-4)
    orbit = twobody.elements(places[1], velocity, CURTIS)
    assert orbit.axis_km == pytest.approx(8000, abs=2)
    assert orbit.eccentricity == pytest.approx(0.1, abs=1e-3)
    assert (orbit.inclination_deg, orbit.node_deg, orbit.argument_deg) == pytest.approx(
        (60, 40, 30), abs=0.1
    )


@given(
    st.floats(0.01, 0.95),
    st.floats(0, 180),
    st.floats(0, 359),
    st.floats(0, 359),
    st.floats(0, 359),
    st.floats(-3, 3),
)
@settings(max_examples=60, deadline=None)
def test_state_and_elements_undo_each_other_and_time_runs_back(
    e, tilt, node, argument, anomaly, turns
):
    orbit = twobody.Elements(20000.0, e, tilt, node, argument, anomaly, EARTH)
    r, v = twobody.state(orbit)
    again = twobody.elements(r, v, EARTH)
    assert (again.axis_km, again.eccentricity) == pytest.approx((20000.0, e), rel=1e-9)
    np.testing.assert_allclose(twobody.state(again), (r, v), rtol=1e-7, atol=1e-6)
    seconds = turns * orbit.period_s
    there = twobody.propagate(r, v, seconds, EARTH)
    back = twobody.propagate(*there, -seconds, EARTH)
    np.testing.assert_allclose(back[0], r, atol=1e-5)


def test_a_whole_turn_changes_nothing_and_many_times_come_at_once():
    r, v = np.array([7000.0, 0, 0]), np.array([0.0, 8.0, 1.0])
    turn = twobody.elements(r, v, EARTH).period_s
    places, speeds = twobody.propagate(r, v, [0, turn / 3, turn, 10 * turn], EARTH)
    assert places.shape == speeds.shape == (3, 4)
    np.testing.assert_allclose(places[:, [0, 2, 3]], r[:, None] * np.ones(3), atol=1e-6)


@pytest.mark.parametrize("shape", [0.0, 0.01, 0.57, 0.97])
def test_on_an_ellipse_keplers_equation_is_the_universal_variable(shape):
    seconds = np.linspace(-3e5, 3e5, 400)
    orbit = twobody.Elements(2e4, shape, 50, 120, 200, 300, EARTH)
    there = twobody.propagate(*twobody.state(orbit), seconds, EARTH)[0]
    np.testing.assert_allclose(twobody.positions(orbit, seconds), there, atol=2e-5)


def test_keplers_equation_is_solved_all_round():
    mean = np.linspace(-10, 10, 201)
    for shape in (0.0, 0.3, 0.9, 0.999):
        found = twobody.eccentric_anomaly(mean, shape)
        np.testing.assert_allclose(found - shape * np.sin(found), mean, atol=1e-13)


def test_energy_and_turn_are_kept_on_every_kind_of_path():
    for speed in (5.0, 7.5, np.sqrt(2 * EARTH / 7000), 13.0):
        r, v = twobody.propagate([7000, 0, 0], [0, speed, 0.3], np.linspace(-9000, 9000, 50), EARTH)
        energy = (v**2).sum(axis=0) / 2 - EARTH / np.linalg.norm(r, axis=0)
        np.testing.assert_allclose(energy, energy[0], atol=1e-9)
        np.testing.assert_allclose(np.cross(r, v, axis=0)[2], 7000 * speed, rtol=1e-11)


def test_a_circle_of_half_a_kilometre_is_a_circle():
    r, v = twobody.state(twobody.Elements(0.5, 0, 0, 0, 0, 0, 2.0))
    assert (np.linalg.norm(r), np.linalg.norm(v)) == pytest.approx((0.5, 2.0))  # v^2 = mu / r


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: twobody.propagate([0, 0, 0], [1, 0, 0], 1, EARTH), "one line"),
        (lambda: twobody.propagate([1, 0], [1, 0, 0], 1, EARTH), "three numbers"),
        (lambda: twobody.period_s(-1, EARTH), "axis_km = -1"),
        (lambda: twobody.speed_km_s(30000, 10000, EARTH), "distance_km = 30000"),
        (lambda: twobody.gibbs([1, 0, 0], [0, 1, 0], [0, 1, 1], 1.0), "90.0 degrees out"),
        (lambda: twobody.state(twobody.Elements(1e4, 1.5, 0, 0, 0, 0, EARTH)), "axis above 0"),
        (lambda: twobody.positions(twobody.Elements(1e4, 1.5, 0, 0, 0, 0, EARTH), 1), "below 1"),
        (lambda: twobody.state(twobody.Elements(-0.5, 0, 0, 0, 0, 0, EARTH)), "axis above 0"),
    ],
)
def test_errors_name_the_value(call, words):
    with pytest.raises(twobody.TwoBodyError, match=words):
        call()
