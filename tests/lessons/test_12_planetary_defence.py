"""Lesson 12 as its learner meets it: the numbers of its sentences, the acts,
the interactive figure.
"""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import figures
from helpers.learning.exercises import files, judging
from helpers.learning.quiz import bank, grading, variants
from helpers.lessons import planetary_defence as lesson
from helpers.science import campaign, defence
from helpers.tables import data
from tests.notebooks import ROOT, headings, read

# What a learner does to the interactive figures: title, moves, words of the sentence then.
MOVES = [
    (
        "Who looks, until when, and whose clock is wrong?",
        [("untick", "204 Varese"), ("untick", "G34 Oberfrauendorf")],
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


@pytest.mark.parametrize(
    "slip, says",
    [
        (lambda far, angle: far / angle, "divided by degrees"),
        (lambda far, angle: far * np.radians(angle), "you multiplied. The smaller"),
        (lambda far, angle: far * angle, "multiplied, and by degrees"),
        (lambda far, angle: far / np.degrees(angle), "in degrees already"),
        (lambda far, angle: np.radians(angle) / far, "turned the division round. The base"),
        (lambda far, angle: 2 * far / np.radians(angle), "half of the baseline.|half of the angle"),
        (lambda far, angle: 1.3 * far / np.radians(angle), "too large"),
        (lambda far, angle: far, "too small"),
        (lambda far, angle: "far", "no number of km"),
    ],
)
def test_a_wrong_distance_is_told_why(slip, says):
    site, sight, other, beside, _ = campaign.same_moment("033", "K88")
    text = lesson.two_eyes(
        slip(defence.baseline_km(site, sight, other), defence.angle_deg(sight, beside))
    )[1]
    assert re.search(says, text) and "Right" not in text
    assert "come closest" not in text  # the answer is not given away


def test_a_right_distance_is_told_so():
    site, sight, other, beside, _ = campaign.same_moment("033", "K88")
    apart, angle = defence.baseline_km(site, sight, other), defence.angle_deg(sight, beside)
    for right in (apart / np.radians(angle), defence.parallax_distance_km(apart, angle)):
        assert "Right." in lesson.two_eyes(right)[1]


def test_the_neighbour_helps_least_and_distance_alone_does_not_order_the_rest(said):
    """The question before the pairs is answered by their table, in the order of distance."""
    table = lesson.second_station(60)
    assert table["error (km)"].tolist()[:3] == [3.09, 0.83, 0.49]
    pairs = table.iloc[1:].set_index("added")
    assert pairs["error (km)"].idxmax() == pairs["away (km)"].idxmin() == "M38"
    assert pairs["error (km)"].idxmin() != pairs["away (km)"].idxmax() == "Z31"
    assert pairs["error (km)"].drop("M38").max() <= 0.5 and pairs["looks"].between(3, 5).all()
    assert round(pairs.loc["M38", "away (km)"], -1) == 140
    bx1 = campaign.bx1()
    for code, error in (("G34", 0.487), ("Z31", 0.416), ("204", 0.461), ("M38", 0.826)):
        assert bx1.error_km(bx1.units(1.0, ["K88", code])) == pytest.approx(error, abs=0.001)
        assert re.search(rf"{code} .*{pairs.loc[code, 'error (km)']:.2f}", said)


def test_a_code_that_no_station_has_is_named():
    for given in (["K88", "k88"], ["k88"]):
        text = lesson.ellipses(given)[1]
        assert text.startswith('No station is called "k88". There are: K88 Piszkéstető; G34')
    assert "No station" not in lesson.ellipses(["K88"])[1] + lesson.ellipses("K88")[1]
    assert lesson.clock_of("g18").startswith('No station is called "g18".')


def test_every_station_has_its_code_on_the_map():
    fig, text = lesson.ellipses(lesson.stations(), 60)
    words = ", ".join(label.get_text() for label in fig.axes[0].texts)
    for one in lesson.stations():
        assert one[:3] in words
    assert "from 10 stations (K88, G34, 033, 204" in text


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


def test_what_is_said_of_the_two_rules_and_the_two_published_pushes(said):
    """One of the four pairs lies outside twice the uncertainty; the text says which."""
    off = dict(re.findall(r"Published \((\w+) \d{4}\).*the linear rule ([\d.]+);", said))
    kepler = dict(re.findall(r"Published \((\w+) \d{4}\).*Kepler ([\d.]+)", said))
    assert all(float(times) < 2 for times in off.values()) and set(off) == {"Cheng", "Naidu"}
    assert float(kepler["Cheng"]) < 2 and float(kepler["Naidu"]) > 3
    text = next(c.source for c in read(NOTEBOOK).cells if c.id == "step-5-move-it-7")
    assert "one of them only" in text and "more than three uncertainties" in text


def test_the_slip_starts_where_something_is_left_to_do(said):
    assert re.search(r"0\.1 s at \w+ moves.*\n.*: better\.", said)


def test_apophis_is_there_before_the_verdict_asks_for_it():
    facts = data.table("defence_facts").query("about == 'Apophis'").set_index("attribute")
    assert facts.loc["impact probability", "number"] == pytest.approx(100 / 37)
    assert "375 m across, had stood at 2.7 % on 27 December 2004" in lesson.rise_and_fall(12)[1]


def test_one_clock_stands_out_of_all():
    slips = {one[:3]: figures_of(lesson.clock_of(one[:3]))[-2] for one in lesson.stations()}
    assert max(slips, key=lambda code: abs(slips[code])) == "G18" and slips["G18"] == 3.8
    assert abs(sorted(slips.values(), key=abs)[-2]) < 1.5


def test_push_on_an_ellipse_counts_most_near_the_sun():
    at = lambda anomaly: figures_of(lesson.pushed_on_ellipse(anomaly)[1])[4]
    assert at(0) > at(90) > at(180)


def test_wrong_clock_is_said_and_a_station_that_does_not_count_moves_nothing():
    chosen = ["K88", "033", "G34", "204"]
    assert "The clock of 204, 3 s wrong" in lesson.ellipses(chosen, 60, "204", 3)[1]
    alone, beside = (lesson.ellipses(chosen, 60, *wrong)[1] for wrong in ((), ("Z21", 3)))
    assert beside.startswith(alone) and "No look of Z21 counts here" in beside
    assert "every clock trusted" in lesson.ellipses(chosen, 60, "204", 3)[1]
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
    assert "not moved by the Earth's radius within 20 years" in lesson.pushed(0.1)[1]
    back = lesson.pushed(-1.0)[1]
    assert "along its motion" in text and "late: its year is longer" in text
    assert "against its motion" in back and "early: its year is shorter" in back
    assert figures_of(back)[1] == figures_of(text)[1] and "nothing shifts" in lesson.pushed(0)[1]
    with pytest.raises(ValueError, match="cm_s = -2000"):
        lesson.pushed(-2000)
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


# --- what a learner is told ---------------------------------------------------------------


def told(exercise, code):
    thing = files.run(files.get(exercise), code)
    return judging.judge(files.get(exercise), thing)[1]


@pytest.mark.parametrize(
    "exercise, code, says",
    [
        ("12-momentum-factor", "factor = 3.068e-7", "You turned it round, and the units"),
        ("12-momentum-factor", "factor = 0.3067", "You turned it round. Above 1"),
        ("12-one-radius", "push = 0.0", "It is too small"),
        ("12-distance", "distance = lambda b, a: b / np.radians(a)", "the rule of Step 3"),
        ("12-distance", "distance = lambda b, a: b / np.tan(np.radians(a))", "over the middle"),
        ("12-chance", "chance = lambda o, h, t: t / h", "if the whole target lies on the line"),
        ("12-chance", "chance = lambda o, h, t: t / h if o + t < h else 0", "stick out|too "),
    ],
)
def test_an_expected_mistake_is_named(exercise, code, says):
    assert re.search(says, told(exercise, code))


def test_nothing_near_zero_is_taken_for_energy():
    for factor in (0.0, 1e-5, -0.01, 0.005):
        assert "energy" not in told("12-momentum-factor", f"factor = {factor}")


@pytest.mark.parametrize(
    "name, wrong, says",
    [
        ("parallax-distance", "multiplied", "divide"),
        ("parallax-distance", "multiplied-degrees", "by degrees"),
        ("parallax-distance", "other-way", "57.3"),
        ("push-and-years", "years-for-seconds", "You took years"),
        ("push-and-years", "centimetres", "in centimetres"),
    ],
)
def test_a_slip_in_a_number_gets_words_of_its_own(name, wrong, says):
    asked = variants.resolve(bank.load("12_planetary_defence")[name])
    assert says in grading.grade(asked, f"{asked.wrong[wrong]!r} km").feedback[0]


def test_every_wrong_pair_of_words_is_told_why():
    words = bank.load("12_planetary_defence")["words-of-defence"]
    for left in words.text["left"]:
        for right in words.text["right"]:
            if words.answer[left] != right:
                found = grading.grade(words, {**words.answer, left: right})
                assert len(found.feedback) == 1, (left, right)


def test_the_year_of_the_question_gives_the_number_that_is_explained():
    asked = variants.resolve(bank.load("12_planetary_defence")["push-and-years"])
    push, years = figures_of(asked.text["prompt"])[0], figures_of(asked.text["prompt"])[1]
    year = figures_of(asked.text["prompt"])[-1]
    assert f"{3 * push / 1e5 * years * year:.0f}" == f"{asked.answer['value']:.0f}"
