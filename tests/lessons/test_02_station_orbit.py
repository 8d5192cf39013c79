"""Lesson 02 as its learner meets it: its numbers against counts by hand, its figure driven from
Python.
"""

import re

import numpy as np
import pytest
from scipy import stats

from helpers.tables import data

# What a learner does to each interactive figure in the browser, and words that its sentence must
# then hold.
MOVES = [
    (
        "Who can talk to the station?",
        [("untick", "Kashi"), ("untick", "Jiamusi"), ("choose", "ISS")],
        "2 stations hear ISS",
    )
]


@pytest.fixture(scope="module")
def lesson(run):
    """What the cells up to the first exercise leave behind."""
    return run("02_station_orbit", until="Your turn")


def heard(text):
    """Return (stations, minutes, longest silence in hours) of the figure's sentence."""
    found = re.search(r"^(\d+) stations hear .* for (\d+) minutes .* lasts ([\d.]+) hours", text)
    assert found, text
    return int(found[1]), int(found[2]), float(found[3])


def test_a_class_of_45_minutes_needs_no_further_cell(run):
    assert "dividend" in run("02_station_orbit", tags=["core"])


def test_the_circle_by_hand(lesson):
    # Kepler's third law in other units: the Moon's distance and month give the period at 6,764 km.
    month, moon_km = 27.321662 * 1440, 384748.0  # of a Moon without mass: from the Earth's mu alone
    by_moon = month * ((6378.137 + 386) / moon_km) ** 1.5
    assert lesson["period"] == pytest.approx(by_moon, rel=0.02)


def test_capitals_are_counted_by_their_latitudes_alone(lesson):
    capitals = data.table("partner_countries")
    beyond = capitals["latitude_deg"].abs() > 41.629  # the track's end, by five days of SGP4
    assert len(lesson["never_overhead"]) == beyond.sum() == 9


def test_overlaps_count_once(lesson):
    assert lesson["by_owner"].iloc[-1] < lesson["together"] < lesson["added_up"]
    windows, minutes = lesson["windows"], np.zeros(72 * 60, bool)
    start = lesson["start"]
    for row in windows.itertuples():
        low, high = ((t - start).total_seconds() / 60 for t in (row.rise, row.set))
        minutes[int(np.ceil(low)) : int(np.ceil(high))] = True
    assert lesson["together"] == pytest.approx(minutes.sum() / 3, rel=0.01)


def test_more_stations_hear_more_and_a_higher_mask_less(lesson):
    view = lesson.view
    names = data.table("ground_stations")["name"].to_list()
    few, many = heard(view.set(chosen=names[:4], mask=10)), heard(view.set(chosen=names))
    assert few[0] == 4 and many[0] == len(names)
    assert few[1] < many[1] and few[2] > many[2]
    assert heard(view.set(mask=30))[1] < many[1]


def test_no_station_hears_nothing_for_a_whole_day(lesson):
    assert heard(lesson.view.set(chosen=[], mask=10)) == (0, 0, 24)


def test_the_station_sinks_as_a_line_of_scipy_says(lesson):
    assert lesson["slope"] == pytest.approx(
        stats.linregress(lesson["day"], lesson["week"]["mean_height_km"]).slope
    )
    assert -0.3 < lesson["slope"] < 0


def test_the_dividend_raises_one_owner_in_place(run):
    """Alone and together as the lesson's own steps count them; one owner with as many dishes hears
    no less.
    """
    lesson = run("02_station_orbit", tags=["core"])
    found = lesson["dividend"]
    assert found.owner == "CLTC" and found.alone == pytest.approx(
        lesson["by_owner"].iloc[-1], abs=0.1
    )
    assert found.together == pytest.approx(lesson["together"], abs=0.1)
    low, high = found.same_size
    assert found.alone <= lesson["at_home"] <= low <= found.together <= high
    assert found.own_land == ("CLTC", pytest.approx(75.8, abs=0.1))
