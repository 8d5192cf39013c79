"""Lesson 02 as its learner meets it: its numbers against counts by hand, its figure driven from
Python.
"""

import re

import nbformat
import numpy as np
import pytest
from scipy import stats

from helpers.lessons import station_orbit
from helpers.science import dishes, orbits, passes
from helpers.tables import data, sources
from tests.notebooks import ROOT

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


def text(cell_id):
    """Return the source of one cell of the lesson."""
    cells = nbformat.read(ROOT / "notebooks" / "02_station_orbit.ipynb", 4).cells
    return next(cell.source for cell in cells if cell.id == cell_id)


def heard(sentence):
    """Return (stations, minutes, longest silence in hours) of the figure's sentence."""
    found = re.search(
        r"^(\d+) stations hear .* for (\d+) minutes .* lasts ([\d.]+) hours", sentence
    )
    assert found, sentence
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


# --- what the text says, against the tables and the outputs beside it ----------------------------


def test_the_task_of_the_figure_can_be_done_with_six_stations_and_not_with_five(lesson):
    """The best owner's eight are the mark: the five that hear most miss it even without overlap."""
    stations, view = data.table("ground_stations"), lesson.view
    view.set(craft="Tiangong", mask=10)
    eight = stations.loc[stations["owner"] == "CLTC", "name"].to_list()
    mark = heard(view.set(chosen=eight))
    assert mark[0] == 8 and mark[1] == round(lesson["by_owner"].iloc[-1]) == 152
    found = passes.find(lesson["crafts"]["Tiangong"], stations, 10)
    single = sorted(passes.contact_minutes(own) for _, own in found.groupby("place"))
    assert sum(single[-5:]) < 151 and round(sum(single[-5:])) == 150
    six = ["Goldstone", "Kashi", "Weinan", "Canberra", "New Norcia", "Santiago"]
    assert heard(view.set(chosen=six))[1] == 176 > mark[1]
    page = (ROOT / "notebooks" / "teacher" / "02_station_orbit.md").read_text(encoding="utf-8")
    assert "six can do it, five cannot" in page and "176 minutes" in page


def test_rows_that_the_drawing_leaves_out_are_told(lesson):
    names = data.table("ground_stations")["name"].to_list()
    lesson.view.set(craft="Tiangong", mask=0)
    assert "rows for the first 12" in lesson.view.set(chosen=names)
    assert "rows for" not in lesson.view.set(chosen=names[:12], mask=10)


def test_nobody_else_of_romania_stands_among_the_guests():
    guests = data.table("guest_flights")
    assert set(guests.loc[guests["country"] == "ROU", "person"]) == {"Dumitru-Dorin Prunariu"}
    assert "guest flights" in sources.claims("02").set_index("id")["evidence"]["prunariu"]


def test_one_station_is_said_as_one(lesson):
    lesson.view.set(craft="Tiangong", mask=10)
    assert lesson.view.set(chosen=["Kashi"]).startswith("1 station hears Tiangong for ")


def test_turns_a_day_lie_half_way_between_fifteen_and_sixteen():
    """The evidence gives the span of all sets of the ISS; to the nearest whole turn most of them
    are fifteen.
    """
    sets = orbits.sets("iss")
    assert {one.epoch.year for one in sets} == {2014, 2024, 2025, 2026}
    turns = np.array([one.revolutions_per_day for one in sets])
    evidence = sources.claims("02").set_index("id")["evidence"]["iss_sixteen_orbits"]
    assert f"{turns.min():.2f} to {turns.max():.2f} turns a day" in evidence
    assert (np.abs(turns - 15.5) < 0.02).all() and (np.round(turns) == 15).mean() > 0.5
    assert 16 / 15.5 - 1 == pytest.approx(0.03, abs=0.005) and "3 percent" in evidence


def test_the_turns_of_ten_years_by_the_cell_of_step_1():
    days = (np.datetime64("2010-11-02") - np.datetime64("2000-11-02")).astype(int)
    assert days == 3652 and 57361 / days == pytest.approx(15.71, abs=0.005)
    assert orbits.revolutions_per_day(360) == pytest.approx(15.7, abs=0.01)


def test_every_host_that_the_text_names_stands_in_the_table():
    """Lands on which an owner is a guest, for the three owners of the text, and no other."""
    stations, names = data.table("ground_stations"), data.table("parties").set_index("id")["name"]
    words = text("the-dividend-4")
    for owner, opening in {
        "CLTC": "stations of CLTC stand in",
        "NASA": "those of NASA in",
        "ESA": "its stations stand in",
    }.items():
        own = stations[(stations["owner"] == owner) & stations["host"].notna()]
        *most, last = sorted(names[host] for host in set(own["host"]) - dishes.homes(owner))
        assert f"{opening} {', '.join(most)} and {last}" in words


def test_the_air_does_not_explain_what_the_burns_leave_over(lesson):
    """Step 7 blames no drag: a burn lasts minutes, and a day sinks by a tenth of a kilometre."""
    longest = lesson["burns"]["burn_s"].max() / 86400
    assert abs(lesson["slope"]) * longest < 0.002 < 0.05 < lesson["off"] < 0.15


def test_two_relay_satellites_see_the_station_all_day(run):
    position = run("02_station_orbit", tags=["core"])["position"]
    assert "Two relay satellites on opposite sides" in text("counterexample-3")
    assert station_orbit.relayed_minutes(position, [0, 180]) == 1440
    assert 720 < station_orbit.relayed_minutes(position, [0]) < 1440


def test_the_highest_pass_that_is_told_stands_in_the_table(lesson):
    """The sentence of Step 5 counts the passes, so all of them are shown."""
    assert "head(" not in text("step-5-when-can-you-see-it-2")
    assert len(lesson["seen"]) == 8
    assert (lesson["seen"]["rise"].dt.microsecond == 0).all()
