"""Fixes and dilutions of precision: by hand, beside gnss-lib-py and scipy, with a real receiver's
moment.
"""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import least_squares

from helpers.science import constellations, navigation, orbits, signals
from helpers.science.navigation import NavigationError
from helpers.tables import data

REFERENCE = json.loads(
    (Path(__file__).parent / "reference" / "navigation.json").read_text(encoding="utf-8")
)["fixes"]
L1 = 1575.42


@pytest.fixture(scope="module")
def epoch():
    return data.table("kamakura_epoch")


@pytest.fixture(scope="module")
def known():
    return data.table("kamakura_receiver").loc[0, ["x_m", "y_m", "z_m"]].to_numpy(float)


def places(rows):
    return rows[["x_m", "y_m", "z_m"]].to_numpy(float)


def off(rows, known, ranges=None, at=None):
    """Return the error of the fix of some rows east, north and up, m."""
    found = navigation.fix(
        places(rows) if at is None else at,
        navigation.corrected(rows) if ranges is None else ranges,
        rows["system"],
    )
    return constellations.axes(*orbits.geodetic(known / 1000)[:2]) @ (found.place - known)


# --- in the plane ---------------------------------------------------------------------------------

SHORES = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [10.0, 12.0]])
BOAT = np.array([3.0, 4.0])
TRUE = np.linalg.norm(SHORES - BOAT, axis=1)


def test_three_circles_meet_where_the_boat_is():
    found = navigation.fix(SHORES[:3], TRUE[:3], clock=False, start=(5, 5))
    np.testing.assert_allclose(found.place, BOAT, atol=1e-9)
    assert found.clocks == {} and np.abs(found.misses).max() < 1e-9


def test_a_wrong_clock_makes_every_range_too_long_and_three_ranges_find_it():
    found = navigation.fix(SHORES[:3], TRUE[:3] + 0.7, start=(5, 5))
    np.testing.assert_allclose(found.place, BOAT, atol=1e-9)
    assert found.clocks[""] == pytest.approx(
        0.7
    )  # its sign too: a clock that runs ahead makes ranges too long
    wrong = navigation.fix(SHORES[:3], TRUE[:3] + 0.7, clock=False, start=(5, 5))
    assert np.linalg.norm(wrong.place - BOAT) > 0.1 and np.abs(wrong.misses).max() > 0.1


@pytest.mark.parametrize("clock", [False, True])
@pytest.mark.parametrize("stands", ["at the first guess", "at the boat"])
def test_a_mast_where_the_guess_stands_is_no_division_by_zero(stands, clock):
    boat = np.array([5.5, 4.5])
    masts = np.array([[1.0, 1.0], [9.0, 2.0], [5.0, 5.0], [9.5, 8.5]])
    masts[2] = boat if stands == "at the boat" else masts[2]
    found = navigation.fix(masts, np.linalg.norm(masts - boat, axis=1), clock=clock, start=masts[2])
    assert found.place == pytest.approx(boat, abs=1e-6)


def test_two_clocks_cost_one_range_more():
    pair = ["A", "A", "B", "B"]
    shifted = TRUE + np.array([0.5, 0.5, -0.2, -0.2])
    found = navigation.fix(SHORES, shifted, pair, start=(4, 5))
    np.testing.assert_allclose(found.place, BOAT, atol=1e-8)
    assert found.clocks["A"] == pytest.approx(0.5) and found.clocks["B"] == pytest.approx(-0.2)
    with pytest.raises(NavigationError, match="3 ranges for 4 unknowns"):
        navigation.fix(SHORES[:3], shifted[:3], pair[:3], start=(4, 5))


# --- a real moment --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REFERENCE)
def test_fix_and_dops_are_those_of_gnss_lib_py(epoch, name):
    system, mask = name.split()
    rows = epoch[(epoch["system"] == system) & (epoch["elevation_deg"] >= float(mask))]
    found = navigation.fix(places(rows), navigation.corrected(rows))
    np.testing.assert_allclose(found.place, REFERENCE[name]["place_m"], atol=1e-3)
    assert found.clocks[""] == pytest.approx(REFERENCE[name]["clock_m"], abs=1e-3)
    ours = navigation.dops(rows["elevation_deg"], rows["azimuth_deg"])
    theirs = [REFERENCE[name]["dop"][key] for key in ("gdop", "pdop", "hdop", "vdop", "tdop")]
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)


@pytest.mark.parametrize("systems", [["GPS"], ["GPS", "Galileo"], ["GPS", "Galileo", "QZSS"]])
def test_a_second_solver_agrees_to_a_millimetre(epoch, systems):
    rows = epoch[epoch["system"].isin(systems)]
    at, ranges = places(rows), navigation.corrected(rows)
    clock = rows["system"].map(systems.index).to_numpy()

    def miss(unknown):
        return np.linalg.norm(at - 1e6 * unknown[:3], axis=1) + 1e6 * unknown[3 + clock] - ranges

    scipy = (
        1e6 * least_squares(miss, np.zeros(3 + len(systems)), xtol=1e-15, ftol=1e-15, gtol=1e-15).x
    )
    found = navigation.fix(at, ranges, rows["system"])
    np.testing.assert_allclose(found.place, scipy[:3], atol=1e-3)
    np.testing.assert_allclose([found.clocks[s] for s in systems], scipy[3:], atol=1e-3)


# Errors in m that another program found from the same table:
# one frequency, both models of the air, a mask of 10 degrees.
@pytest.mark.parametrize(
    ("systems", "mask", "error"),
    [
        ("GPS", 10, 1.12),
        ("Galileo", 10, 1.88),
        ("GPS Galileo", 10, 1.81),
        ("GPS Galileo QZSS", 10, 2.22),
        ("GPS", 40, 4.74),
        ("GPS Galileo", 40, 1.03),
    ],
)
def test_errors_of_the_fix_on_one_frequency(epoch, known, systems, mask, error):
    rows = epoch[epoch["system"].isin(systems.split()) & (epoch["elevation_deg"] >= mask)]
    assert np.linalg.norm(off(rows, known)) == pytest.approx(error, abs=0.006)


@pytest.mark.parametrize(
    ("systems", "error"), [("GPS", 1.51), ("Galileo", 0.65), ("GPS Galileo", 0.44)]
)
def test_errors_of_the_fix_on_two_frequencies(epoch, known, systems, error):
    rows = epoch[epoch["system"].isin(systems.split())]
    mixed = signals.free_of_ionosphere(
        rows["pseudorange_m"], L1, rows["pseudorange_second_m"], rows["second_frequency_mhz"]
    )
    ranges = navigation.corrected(
        rows.assign(pseudorange_m=mixed), ionosphere=False, group_delay=False
    )
    assert np.linalg.norm(off(rows, known, ranges)) == pytest.approx(error, abs=0.006)


@pytest.mark.parametrize(
    ("left_out", "error", "up"), [("ionosphere", 2.86, 2.67), ("troposphere", 8.30, 8.28)]
)
def test_what_a_delay_costs_goes_into_height(epoch, known, left_out, error, up):
    rows = epoch[epoch["system"] == "GPS"]
    found = off(rows, known, navigation.corrected(rows, **{left_out: False}))
    assert np.linalg.norm(found) == pytest.approx(error, abs=0.006) and found[2] == pytest.approx(
        up, abs=0.006
    )


def test_without_the_turn_of_the_earth_the_fix_lies_east(epoch, known):
    rows = epoch[epoch["system"] == "GPS"]
    before = navigation.turned(
        places(rows), -navigation.flight_seconds(navigation.corrected(rows) + 138136)
    )
    east, north, _ = off(rows, known, at=before)
    # The ground there moves east by 379 m a second: 465 times the cosine of the latitude.
    # The signals fly for 0.07 to 0.08 s.
    assert 0.07 * 379 < east < 0.08 * 379 and abs(north) < 3


def test_turned_turns_east():
    a_quarter = 2 * np.pi / 4 / 7.2921151467e-5
    np.testing.assert_allclose(
        navigation.turned([[1.0, 0.0, 5.0]], a_quarter), [[0.0, -1.0, 5.0]], atol=1e-9
    )


def test_a_satellite_clock_ahead_is_added(epoch, known):
    rows = epoch[epoch["system"] == "GPS"]
    assert (
        np.linalg.norm(off(rows, known, navigation.corrected(rows, satellite_clock=False))) > 10_000
    )


# --- dilution of precision ------------------------------------------------------------------------


def test_the_best_of_four_and_six_directions():
    # Regular solids are the best there is: GDOP = sqrt(10 / n)
    # (Blanco-Delgado, Nunes and Seco-Granados, GPS Solutions 21, 2017).
    third = np.degrees(np.arcsin(-1 / 3))
    four = navigation.dops([90, third, third, third], [0, 0, 120, 240])
    six = navigation.dops([90, -90, 0, 0, 0, 0], [0, 0, 0, 90, 180, 270])
    assert four.geometry == pytest.approx(np.sqrt(10 / 4)) and four.position == pytest.approx(1.5)
    assert six.geometry == pytest.approx(np.sqrt(10 / 6)) and six.time == pytest.approx(
        np.sqrt(1 / 6)
    )


def test_one_overhead_and_three_on_the_horizon():
    # The best four above a horizon: GDOP is the square root of 3
    # (Kihara and Okada, Navigation 31, 1984).
    found = navigation.dops([90, 0, 0, 0], [0, 0, 120, 240])
    assert found.geometry == pytest.approx(np.sqrt(3)) and found.position == pytest.approx(
        np.sqrt(8 / 3)
    )
    assert (
        found.horizontal == pytest.approx(np.sqrt(4 / 3))
        and found.vertical == pytest.approx(np.sqrt(4 / 3))
        and found.time == pytest.approx(np.sqrt(1 / 3))
    )


def test_a_street_along_the_north_blurs_the_east():
    street = navigation.dops([60, 60, 80, 45], [0, 180, 90, 10])
    assert street.vertical > 2 and street.horizontal > street.vertical / 2
    wide = navigation.dops([20, 20, 20, 80], [0, 120, 240, 0])
    assert wide.horizontal < wide.vertical


def test_two_and_two_satellites_fix_nothing_and_four_of_one_do():
    up, round_about = [70, 30, 25, 40], [10, 120, 200, 300]
    assert navigation.dops(up, round_about).position < 6
    assert navigation.dops(up, round_about, ["A", "A", "B", "B"]) == navigation.Dops(*[np.inf] * 5)
    assert (
        navigation.dops([*up, 50], [*round_about, 60], ["A", "A", "B", "B", "B"]).position < np.inf
    )


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.floats(0, 90), st.floats(0, 360), st.sampled_from("AB")),
        min_size=6,
        max_size=12,
    )
)
@example([(0.0, 0.0, "A")] * 3 + [(0.0, 11.0, "A"), (0.0, 1e-05, "A"), (1.0, 0.0, "A")])
def test_one_satellite_more_never_makes_pdop_worse(sky):
    up, around, systems = zip(*sky)
    fewer, more = (
        navigation.dops(up[:n], around[:n], systems[:n]).position for n in (len(sky) - 1, len(sky))
    )
    assert more <= fewer * (1 + 1e-6)


def test_a_pdop_beyond_the_limit_is_no_fix_and_one_below_it_is():
    """Three satellites around one in the zenith: near to it PDOP grows as 1 / distance^2."""

    def pdop(off):
        return navigation.dops([90 - off] * 3 + [90.0], [0.0, 120.0, 240.0, 0.0]).position

    border = 0.5 * (pdop(0.5) / navigation.NO_FIX) ** 0.5  # degrees
    assert pdop(0.5) == pytest.approx(100 * pdop(5), rel=0.01)
    assert pdop(1.01 * border) == pytest.approx(navigation.NO_FIX / 1.01**2, rel=1e-3)
    assert pdop(0.99 * border) == np.inf


# --- what is refused ------------------------------------------------------------------------------


def test_bad_questions_are_said():
    with pytest.raises(NavigationError, match=r"accepted: \(n, 2\) or \(n, 3\)"):
        navigation.fix(np.zeros((4, 4)), np.ones(4))
    with pytest.raises(NavigationError, match="missing or infinite"):
        navigation.fix(SHORES, [1, 2, np.nan, 4])
    with pytest.raises(NavigationError, match="2 systems for 4"):
        navigation.fix(SHORES, TRUE, ["A", "B"])
    with pytest.raises(NavigationError, match="fix no place"):
        navigation.fix([[0, 0], [1, 0], [2, 0]], [3.0, 2.0, 1.0], start=(-3, 0))
    with pytest.raises(NavigationError, match="two lists"):
        navigation.dops([10, 20], [30])
