"""Lesson 12 as its learner meets it: the numbers of its sentences, the acts,
the interactive figure.
"""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import figures
from helpers.lessons import planetary_defence as lesson
from helpers.science import campaign, defence
from helpers.tables import data
from tests.notebooks import ROOT, headings, read

# What a learner does to the interactive figures: title, moves, words of the sentence then.
MOVES = [
    (
        "Who looks, until when, and whose clock is wrong?",
        [("untick", "204"), ("untick", "G34")],
        "from 2 stations",
    )
]

NOTEBOOK = ROOT / "notebooks" / "12_planetary_defence.ipynb"


pytestmark = pytest.mark.usefixtures("closed")


def figures_of(text):
    return [float(n.replace(",", "")) for n in re.findall(r"-?\d[\d,]*(?:\.\d+)?", text)]


# --- the shape ----------------------------------------------------------------------------


def test_every_core_step_opens_with_an_act():
    """Before the first picture of a core step something is asked, changed or completed."""
    acted, core = None, False
    for cell in read(NOTEBOOK).cells:
        if cell.cell_type == "markdown":
            for heading in headings(type("N", (), {"cells": [cell]})):
                core = heading.tag == "core" and heading.title.startswith("Step")
                acted = False
        elif core and not acted:
            if "act" in cell.metadata.get("tags", []):
                acted = True
                assert len([line for line in cell.source.splitlines() if line.strip()]) <= 2, (
                    cell.id
                )
            assert acted or not any(figures.stored(o) for o in cell.outputs), cell.id


def test_starts_with_a_content_note_and_counts_no_victims():
    cells = read(NOTEBOOK).cells
    assert "*Content note.*" in cells[0].source
    assert not re.search(
        r"\b(killed|deaths?|casualties)\b", "\n".join(c.source for c in cells), re.I
    )


# --- step 1 -------------------------------------------------------------------------------


def test_growth_of_each_year_is_that_of_the_table():
    rows = data.table("neo_known").query("size == 'all'").set_index("id")["count"]
    years, growth = lesson.yearly_growth()
    assert growth[0] == pytest.approx(
        100 * (rows["all-2001-01-01"] / rows["all-2000-01-01"] - 1), abs=0.2
    )
    assert growth[years > 2010].max() < 15 < 40 < growth[0]
    assert growth[-1] == pytest.approx(100 * ((40000 / 30039) ** (365.25 / 1136) - 1), abs=0.1)


def test_no_steady_growth_fits():
    """Whatever the percentage, some year is off by a quarter:
    the claim of an exponential is too large a word.
    """
    years, counts = lesson.known()
    for percent in range(5, 45):
        steady = counts[0] * (1 + percent / 100) ** (years - years[0])
        assert np.abs(np.log(steady / counts)).max() > np.log(1.25), percent
    assert figures_of(lesson.steady_growth(20)[1])[1:4] == [880, 2000, 5449]
    with pytest.raises(ValueError, match="percent = 500"):
        lesson.steady_growth(500)


def test_shares_known_hold_each_estimate_with_its_range():
    """The model with one albedo is read at the brightness of 140 m,
    not at the next edge of its table.
    """
    table = lesson.shares_known()
    large = table[table["at least"] == "140 m"].set_index("estimate")
    assert list(large["known"]) == [9913] * 3
    assert large.loc["albedos measured", ["number", "low", "high"]].tolist() == [
        20000,
        18000,
        22000,
    ]
    # By hand: H = 5 log10(1329000 / sqrt(0.14) / 140) = 22.02, of the way from 18,100 (21.75) to
    # 24,900 (22.25)
    part = (5 * np.log10(1329000 / np.sqrt(0.14) / 140) - 21.75) / 0.5
    by_hand = 18100 * (24900 / 18100) ** part
    assert large.loc["one albedo for all", "number"] == pytest.approx(by_hand, abs=60)
    assert (
        large.loc["one albedo for all", "low"] < by_hand < large.loc["one albedo for all", "high"]
    )
    assert table["share %"].round().tolist() == [50, 46, 40, 7]


def test_the_largest_are_drawn_too():
    fig, text = lesson.steady_growth(20)
    names = [line.get_label() for line in fig.axes[0].lines]
    assert "140 m and more" in names and "1 km and more" in names
    assert "9,913 of 140 m and more" in text and "847 of 1 km and more" in text


# --- step 2 -------------------------------------------------------------------------------


def test_model_peaks_at_the_published_value():
    offset, target = lesson.yr4_offset_km(), lesson.yr4_target_km()
    halves = np.linspace(offset - target, 4 * offset, 20001)
    best = defence.chance_on_line(offset, halves, target).max()
    assert 100 * best == pytest.approx(lesson.published("NASA")[1].max(), rel=1e-3)
    assert target == pytest.approx(8355, abs=10)


def test_learner_sees_it_rise_and_fall():
    said = [figures_of(lesson.possible_places(w)[1])[-1] for w in (1.4e6, 7e5, 4e5, 2.8e5, 2.5e5)]
    assert said == sorted(said[:4]) + [0.0] and said[3] > 2.9


def test_places_drawn_by_chance_agree_with_the_formula():
    text = lesson.rise_and_fall(seed=12)[1]
    line, drawn = figures_of(text)[:2]
    assert line == 3.1 and drawn == pytest.approx(3.07, abs=0.15)
    assert text == lesson.rise_and_fall(seed=12)[1]


# --- steps 3 to 5 -------------------------------------------------------------------------


def test_two_eyes_waits_for_a_distance_and_then_says_how_good_it_is():
    assert "complete the line" in lesson.two_eyes(...)[1]
    site, sight, other, beside, _ = campaign.same_moment("033", "K88")
    mine = defence.baseline_km(site, sight, other) / np.radians(defence.angle_deg(sight, beside))
    yours, met, gap, orbit = figures_of(lesson.two_eyes(mine)[1])
    assert (
        yours == pytest.approx(orbit, rel=0.002)
        and met == pytest.approx(orbit, rel=0.001)
        and gap < 1
    )


def test_ellipse_shrinks_with_each_station_and_says_when_there_is_none():
    errors = []
    for n in range(1, 5):
        text = lesson.ellipses(["K88", "033", "G34", "204"][:n])[1]
        errors.append(float(re.search(r"place: ([\d.,]+) km", text)[1]))
    assert errors == sorted(errors, reverse=True)
    assert "60 minutes before the fall. They do not fix" in lesson.ellipses(["033"])[1]
    assert lesson.ellipses([])[1].startswith("0 looks from 0 stations")


def test_one_three_five_and_all_stations_until_the_same_minute():
    table = lesson.more_stations(60)
    assert table["stations"].tolist() == [1, 3, 5, 10] and table["looks"].tolist() == [
        16,
        25,
        33,
        50,
    ]
    bx1 = campaign.bx1()
    first = bx1.error_km(bx1.units(1.0, ["K88", "G34", "033"]))
    assert table["error (km)"].tolist()[:2] == [3.09, round(first, 2)]
    assert table["error (km)"].is_monotonic_decreasing


def test_slip_at_which_sharing_is_no_better_lies_below_a_second():
    """Computed: 0.57 s at the worst station move the shared place as far as the
    best owner alone may err.
    """
    trusting = campaign.bx1(campaign.TRUSTING)
    alone = min(map(trusting.error_km, trusting.partners().values()))
    slip = alone / trusting.clock_shift_km(trusting.units(), "Z21", 1.0)
    assert slip == pytest.approx(0.57, abs=0.01)
    assert lesson.wrong_clock(round(slip, 2)).endswith("no better and no worse.")
    assert lesson.wrong_clock(1.0).endswith(": worse.")
    assert lesson.wrong_clock(0.2).endswith(": better.")


def test_push_on_an_ellipse_counts_most_near_the_sun():
    at = lambda anomaly: figures_of(lesson.pushed_on_ellipse(anomaly)[1])[4]
    assert at(0) > at(90) > at(180)


def test_wrong_clock_is_said_and_a_station_that_does_not_count_moves_nothing():
    chosen = ["K88", "033", "G34", "204"]
    assert "The clock of 204, 3 s wrong" in lesson.ellipses(chosen, 60, "204", 3)[1]
    assert "clock of" not in lesson.ellipses(chosen, 60, "Z21", 3)[1]
    assert "clock of" not in lesson.ellipses(chosen, 60, "204", 0)[1]


def test_every_setting_of_the_explore_figure_draws():
    for minutes in (10, 60, 90):
        for wrong in ("nobody", "K88"):
            figure, text = lesson.ellipses(["K88", "L01", "Z31"], minutes, wrong, -5)
            assert figure.axes and text


def test_narrowing_says_when_each_is_below_a_kilometre():
    together, alone, hour_alone, hour_all = (
        figures_of(lesson.narrowing()[1])[k] for k in (0, 1, 2, 3)
    )
    bx1 = campaign.bx1()
    assert bx1.error_km(bx1.units(together / 60)) < 1 < bx1.error_km(bx1.units((together + 4) / 60))
    assert min(map(bx1.error_km, bx1.partners(alone / 60).values())) < 1
    assert hour_alone / hour_all == pytest.approx(16.1, abs=0.2)


def test_push_and_last_way():
    text = lesson.pushed(1.0)[1]
    assert "9,467 km in ten years" in text and "after 6.6 years" in text
    assert "not within 20 years" in lesson.pushed(0.1)[1]
    with pytest.raises(ValueError, match="cm_s = 0"):
        lesson.pushed(0)
    found = figures_of(lesson.last_way()[1])
    assert found[-2:] == [
        round(campaign.bx1().fall.latitude, 2),
        round(campaign.bx1().fall.longitude, 2),
    ]


def test_the_last_hours_on_the_globe_are_those_of_the_map():
    view, (fig, text) = lesson.last_hours(), lesson.last_way()
    plt.close(fig)
    up = float(re.search(r"([\d,]+) km up; an hour", text)[1].replace(",", ""))
    far = float(re.search(r"from ([\d,]+) km to", view.sentence)[1].replace(",", ""))
    assert far - up == pytest.approx(6367, abs=15)  # the Earth's radius below it
    assert "the 16 observatories" in view.sentence and len(view.names()) == 17
