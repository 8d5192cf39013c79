"""Lesson 07 as its learner meets it: the numbers of its sentences, and the interactive figure
driven from Python.
"""

import math
import re
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from helpers.science import imaging, orbits, quakes
from helpers.tables import data
from tests.gains import hold_never_falls
from tests.notebooks import ROOT

# What a learner does to each interactive figure in the browser, and words that its sentence must
# then hold.
MOVES = [
    (
        "How long until the first look at Mandalay?",
        [("untick", "COPERNICUS"), ("untick", "CRESDA"), ("untick", "ISRO")],
        "no satellite ever looks",
    )
]


@pytest.fixture(scope="module")
def lesson(run):
    """What the cells up to the first exercise leave behind."""
    return run("07_earthquake_response", until="Your turn")


def looked(text):
    """Return (satellites, median, nine of ten, longest gap) of the figure's sentence."""
    found = re.search(
        r"^(\d+) satellites of .*: a look comes for half of the moments within ([\d.]+) h, for "
        r"nine of ten within ([\d.]+) h\..* is ([\d.]+) h\.$",
        text,
    )
    assert found, text
    return int(found[1]), *(float(value) for value in found.groups()[1:])


def test_sentence_at_the_start_is_what_the_helpers_give(lesson):
    some = imaging.of_owners(lesson["seen"], ["COPERNICUS", "CRESDA", "ISRO"])
    waits = imaging.hours_to_look(some, lesson["moments"])
    count, median, nine, gap = looked(lesson.view.text)
    assert count == some["satellite"].nunique()
    assert median == pytest.approx(imaging.quantile(waits, 0.5), abs=0.06)
    assert nine == pytest.approx(imaging.quantile(waits, 0.9), abs=0.06)
    assert gap == pytest.approx(imaging.longest_gap(some, lesson["begin"], lesson["end"]), abs=0.06)


def test_more_owners_wait_no_longer_and_night_cloud_and_angle_never_help(lesson):
    view, start = (
        lesson.view,
        {
            "owners": ["COPERNICUS", "CRESDA", "ISRO"],
            "sensor": "both",
            "angle": 45,
            "daylight": True,
            "cloud": 0,
        },
    )
    base = looked(view.set(**start))
    assert looked(view.set(**start | {"owners": lesson["choices"].owners}))[1] < base[1]
    assert looked(view.set(**start | {"daylight": False}))[1] < base[1]
    assert looked(view.set(**start | {"angle": 20}))[1] > base[1]
    assert looked(view.set(**start | {"cloud": 80}))[1] > base[1]


def test_cloud_leaves_radars_alone(lesson):
    view = lesson.view
    clear = view.set(
        owners=["COPERNICUS", "ISRO"], sensor="radars", angle=45, daylight=True, cloud=0
    )
    assert view.set(cloud=100) == clear
    assert "not within these weeks" in view.set(owners=["COPERNICUS"], sensor="cameras", cloud=100)


def test_under_full_cloud_no_camera_is_drawn(lesson):
    args = ["COPERNICUS", "CRESDA", "ISRO"], "both", 45, True
    for cloud, seen in ((0, 1), (60, 0.4), (100, 0)):
        fig, _ = lesson["choices"].draw(*args, cloud)
        alpha = {line.get_label(): line.get_alpha() for line in fig.axes[0].lines}
        assert alpha["camera"] == pytest.approx(seen) and alpha["radar"] == 1
        plt.close(fig)


def test_under_full_cloud_the_sentence_says_that_cameras_see_nothing(lesson):
    base = {"owners": ["CRESDA", "ISRO"], "angle": 45, "daylight": True}
    both = lesson.view.set(**base, sensor="both", cloud=100)
    counts = {
        kind: looked(lesson.view.set(**base, sensor=kind, cloud=0))[0]
        for kind in ("both", "cameras")
    }
    assert f"the {counts['cameras']} with cameras see nothing" in both
    assert looked(both)[0] == counts["both"]
    for sensor, cloud in (("radars", 100), ("both", 90)):
        assert "see nothing" not in lesson.view.set(**base, sensor=sensor, cloud=cloud)


def test_the_teacher_page_names_the_three_owners_that_wait_least(lesson):
    named = [owner for owner in lesson["choices"].owners if owner != "not listed"]
    hours = {}
    for owner in named:
        some = imaging.of_owners(lesson["seen"], [owner])
        hours[owner] = imaging.hours_to_look(some, lesson["moments"]) if len(some) else np.inf

    def three(owners):
        wait = lambda trio: imaging.quantile(np.min([hours[o] for o in trio], axis=0), 0.5)
        return sorted(min(combinations(owners, 3), key=wait))

    page = (ROOT / "notebooks/teacher/07_earthquake_response.md").read_text(encoding="utf-8")
    assert three(named) == ["CGSTL", "CRESDA", "ISRO"]
    assert three(lesson["members"]) == ["CRESDA", "ISRO", "JAXA"]
    assert "ISRO, CRESDA and CGSTL together wait least" in page
    assert "members of the Charter ISRO, CRESDA and JAXA" in page


def test_the_aftershocks_that_are_drawn_are_those_that_the_law_is_fitted_to(run):
    lesson = run("07_earthquake_response", until="Explore")
    assert len(lesson["days"]) == lesson["omori"].events == lesson["law"].events - 1


@pytest.mark.parametrize(
    "values",
    [
        {"owners": []},
        {"owners": ["CGSTL"], "sensor": "radars"},
        {"owners": ["INPE"], "sensor": "radars", "angle": 5},
    ],
)
def test_nothing_chosen_is_a_sentence(lesson, values):
    said = lesson.view.set(**{"sensor": "both", "angle": 45, "daylight": True, "cloud": 0} | values)
    assert said.startswith("With this choice no satellite ever looks.") and lesson.view.picture


def test_every_owner_alone_can_be_drawn(lesson):
    for owner in lesson["choices"].owners:
        said = lesson.view.set(owners=[owner], sensor="both", angle=45, daylight=True, cloud=50)
        assert not said.startswith("This setting"), (owner, said)


def test_each_satellite_stands_as_far_off_as_its_look_angle_says(lesson):
    low = lesson["choices"].looks
    assert low[["latitude", "longitude", "height_km"]].notna().all().all() and len(low) == len(
        lesson["looks"]
    )
    low = low[
        ~low["open_at_start"] & ~low["open_at_end"]
    ]  # a window cut by the interval has its middle elsewhere
    off = quakes.distance(low["latitude"], low["longitude"], *lesson["mandalay"][1:])
    # Height above the ellipsoid here, a sphere there, and mid-window instead of the closest point:
    # 15 km and 1 %.
    assert np.allclose(
        off, imaging.ground_reach(low["look_deg"], low["height_km"]), rtol=0.01, atol=15
    )


def test_the_map_says_how_far_the_lowest_and_the_highest_reach(lesson):
    some = imaging.of_owners(lesson["choices"].looks, ["COPERNICUS"])
    fig, _ = lesson["drawings"].look_times(
        some, lesson["mandalay"], 30, pd.Timestamp("2026-03-28T06:20:52"), 48
    )
    heights = some["height_km"].agg(["min", "max"])
    assert fig.axes[1].get_xlabel() == "\n".join(
        f"{h:.0f} km up: reach {float(imaging.ground_reach(30, h)):.0f} km" for h in heights
    )


def test_the_charter_partners_are_those_the_question_counts(lesson):
    assert len(lesson["partners"]) == 71 and lesson["partners"]["owner"].nunique() == 14
    assert len(data.table("charter_members")) == 17


def test_circle_towns_and_capital(lesson):
    assert len(lesson["inside"]) == 14 and len(lesson["towns"]) == 52
    line = lesson["line_lat"], lesson["line_lon"]
    assert (
        quakes.line_share_inside(*line, lesson["epicentre"], 120)
        <= 240 / quakes.line_length(*line) + 1e-3
    )


def test_moments_lie_in_the_weeks_of_the_sets(lesson):
    epochs = orbits.epochs(lesson["fleet"])
    assert pd.DatetimeIndex(epochs).min() > pd.Timestamp(lesson["begin"], tz="UTC") and lesson[
        "moments"
    ].max() < pd.Timestamp(lesson["end"], tz="UTC")
    assert len(lesson["moments"]) == 1000 and lesson["moments"].is_monotonic_increasing
    # Every hour of the day comes up: the moments do not beat against the day.
    counts = np.bincount(lesson["moments"].hour, minlength=24)
    assert counts.min() > 30 and math.isclose(counts.sum(), 1000)


def test_the_dividend_counted_another_way(run):
    """Alone, together and both ends of same size, moment by moment from the windows of the fleets
    themselves.
    """
    lesson = run("07_earthquake_response", until="Counterexample")
    result, search, moments = lesson["result"], lesson["search"], lesson["moments"]
    assert result.owner == "ISRO" and result.better == "low"

    def median(fleet):
        looks = imaging.windows(fleet, lesson["mandalay"], lesson["begin"], lesson["later"])
        return np.sort(imaging.hours_to_look(imaging.usable(looks), moments))[499]

    own = imaging.fleet(owners="ISRO")
    assert result.alone == pytest.approx(median(own))
    assert result.together == pytest.approx(median(lesson["partners"]))
    assert len(lesson["partners"]) == 71
    home, free = (median(imaging.same_size(own, 71, spread)) for spread in ("anomaly", "node"))
    assert result.same_size == pytest.approx((home, free))
    assert result.alone >= result.same_size[0] >= result.same_size[1]
    hold_never_falls(search.median, search.partners()["CSA"], better="low", examples=6)


def test_the_globe_holds_the_members_and_says_who_looks_first(lesson):
    start = lesson["drawings"].same_hour(lesson["begin"])
    view = lesson["drawings"].fleet_globe(
        lesson["partners"], lesson["shared"], lesson["mandalay"], start
    )
    assert set(view.names()) == {*lesson["partners"]["name"], "Mandalay"}
    assert start == pd.Timestamp("2026-03-28T06:20:52Z")
    first = imaging.first_look(lesson["shared"], start)
    assert view.chosen == first["satellite"] and first["satellite"] in view.sentence
    assert f"after {60 * first['hours']:.0f} minutes" in view.sentence
    nobody = lesson["drawings"].fleet_globe(
        lesson["partners"].head(1), lesson["shared"].head(0), lesson["mandalay"], start
    )
    assert "none can look" in nobody.sentence
