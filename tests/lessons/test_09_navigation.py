"""Lesson 09 as its learner meets it: figures moved from Python, sentences held to other sums."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from helpers.figures import globe
from helpers.learning.exercises import files, judging
from helpers.learning.quiz import bank, grading, variants
from helpers.lessons import navigation as drawings
from helpers.science import availability, dividend, navigation, orbits, signals, street
from helpers.tables import data
from tests.lessons.test_every_lesson import code_cells, output_text
from tests.notebooks import ROOT, read

NOTEBOOK = ROOT / "notebooks" / "09_navigation.ipynb"

# What a learner does to the interactive figures: title, moves, words of the sentence then.
MOVES = [
    (
        "What does a wrong clock do to three circles?",
        [("untick", "Solve for the clock")],
        "circles miss it",
    ),
    (
        "How good is a sky through its day?",
        [("tick", "BeiDou-3"), ("tick", "Galileo")],
        "BeiDou-3, GPS and Galileo",
    ),
]


pytestmark = pytest.mark.usefixtures("closed")


def number(pattern, text):
    return float(re.search(pattern, text)[1].replace(",", ""))


# --- the figures to explore ---------------------------------------------------------------------


def test_solving_for_the_clock_finds_the_boat():
    _, text = drawings.in_the_plane(2.0, 4.0, 9.0, False, True)
    assert "2.00 us ahead" in text and "lies 0 m from the boat" in text
    _, wrong = drawings.in_the_plane(2.0, 4.0, 9.0, True, False)
    assert number(r"lies (\d+) m", wrong) > 50 and number(r"up to (\d+) m", wrong) > 100
    _, right = drawings.in_the_plane(0.0, 4.0, 9.0, False, False)
    assert "lies 0 m" in right


def test_a_clock_behind_is_said_to_be_behind():
    for solved in (False, True):
        text = drawings.in_the_plane(-3.0, 4.0, 9.0, False, solved)[1]
        assert "3.0 us behind: every circle is 899 m too small" in text and "-" not in text
        assert ("found to be 3.00 us behind" in text) == solved
    right = drawings.in_the_plane(0.0, 4.0, 9.0, False, True)[1]
    assert "a clock that is right: every circle is as wide as it should be" in right


def test_the_names_of_six_systems_keep_apart():
    fig, _ = drawings.day_and_sky(
        ["BeiDou-3", "GLONASS", "GPS", "Galileo", "NavIC", "QZSS"], 0, data.city("Jakarta"), 12
    )
    fig.canvas.draw()
    curve = fig.axes[1]
    words = [t.get_window_extent() for t in curve.texts]
    marks = [
        curve.transData.transform(line.get_xydata()[0])
        for line in curve.lines
        if line.get_clip_on() is False
    ]
    assert len(words) == 6
    for box in words:
        assert box.x1 < fig.bbox.x1
        for x, y in marks:
            assert not (box.x0 - 6 < x < box.x1 + 6 and box.y0 < y < box.y1)


def test_masts_in_one_direction_are_said_not_raised():
    _, text = drawings.in_the_plane(1.0, 1.0, 1.0, False, True)
    assert text.startswith("No place is found") or number(r"lies (\d+) m", text) > 0


def test_every_corner_of_the_sliders_is_drawn():
    for clock in (-3, 3):
        for east, north in ((-4, 0), (14, 10), (9, 2)):
            for fourth in (False, True):
                for solved in (False, True):
                    fig, text = drawings.in_the_plane(clock, east, north, fourth, solved)
                    assert text and fig.axes
                    plt.close(fig)


def test_a_sky_counts_as_skyfield_does():
    from skyfield.api import EarthSatellite, load, wgs84

    accra = data.city("Accra")
    _, text = drawings.day_and_sky(["GPS"], 30, accra, 12)
    scale = load.timescale(builtin=True)
    at = scale.from_datetime(orbits.utc("2026-03-19T12:00:00Z").to_pydatetime())
    here = wgs84.latlon(accra["latitude_deg"], accra["longitude_deg"])
    high = [
        (EarthSatellite(row.line1, row.line2, row.name, scale) - here).at(at).altaz()[0].degrees
        for row in street.satellites(["GPS"]).itertuples(index=False)
    ]
    assert number(r": (\d+) satellites", text) == sum(h > 30 for h in high)


def test_the_teacher_page_says_what_the_sky_shows():
    minutes = lambda systems, city: number(
        r"for ([\d,]+) of", drawings.day_and_sky(systems, 30, data.city(city), 12)[1]
    )
    page = (ROOT / "notebooks" / "teacher" / "09_navigation.md").read_text(encoding="utf-8")
    pairs = {
        (a, b): minutes([a, b], "Accra")
        for n, a in enumerate(street.FOUR)
        for b in street.FOUR[n + 1 :]
    }
    assert max(pairs, key=pairs.get) == ("BeiDou-3", "GPS")
    assert f"{max(pairs.values()):,.0f} of 1,440 minutes" in page and max(pairs.values()) < 1440
    assert f"BeiDou-3 alone has {minutes(['BeiDou-3'], 'Jakarta'):,.0f}" in page
    assert minutes(["GLONASS", "GPS", "Galileo"], "Accra") == 1430
    assert navigation.dops([90, 5, 5, 5], [0, 0, 120, 240]).geometry == pytest.approx(
        1.83, abs=0.005
    )


def test_the_question_on_two_systems_is_answered_by_the_figure():
    def minutes(*systems):
        _, text = drawings.day_and_sky(list(systems), 30, data.city("Accra"), 12)
        return number(r"for ([\d,]+) of", text)

    asked = bank.load("09_navigation")["two-in-accra"]
    pairs = asked.text["options"]
    found = {key: minutes(*words.split(" and ")) for key, words in pairs.items()}
    assert max(found, key=found.get) == asked.answer == "beidou-gps"
    for third in ("GLONASS", "Galileo"):
        assert minutes("BeiDou-3", "GPS", third) == 1440
    assert minutes("GLONASS", "GPS", "Galileo") < 1440


def test_four_of_ten_are_left_in_the_street():
    capitals = street.named_capitals().query("named == 'Africa'")
    positions, systems = street.over_the_day()
    where = capitals["latitude_deg"], capitals["longitude_deg"]
    open_sky, canyon = (
        availability.view(positions, systems, *where, mask).count(street.FOUR).mean()
        for mask in (0, 30)
    )
    assert canyon / open_sky == pytest.approx(0.4, abs=0.03)


@pytest.mark.parametrize(
    "ahead, says", [(1, "300 m too long"), (-0.5, "150 m too short"), (0, "meet where the boat")]
)
def test_the_sentence_of_the_circles_is_true_for_any_clock(ahead, says):
    assert says in drawings.clock_sentence(ahead)
    assert ("no longer meet" in drawings.clock_sentence(ahead)) == (ahead != 0)


@pytest.mark.parametrize(
    "up, around, says",
    [
        ([90, 5, 5, 5], [0, 0, 120, 240], "That is below 2"),
        ([60, 70, 65, 75], [10, 100, 190, 280], "lower some"),
        ([90, 30, 10, 10], [0, 0, 10, 20], "spread the low ones"),
        ([60, 60, 60], [0, 120, 240], "no fix: too few"),
        ([10, 10, 10, 10], [0, 90, 180, 270], "no fix: all stand equally high"),
        ([90, 90, 10, 20], [0, 50, 90, 180], "no fix: some stand in one direction"),
        ([80, 80, 40, 40], [0, 180, 0, 180], "no fix: they lie on one circle"),
        ([90, -19, -19, -19], [0, 0, 120, 240], "cannot be heard"),
    ],
)
def test_four_satellites_are_told_what_is_wrong(up, around, says):
    _, dops = drawings.four_satellites(up, around)
    text = drawings.four_sentence(up, around, dops)
    assert says in text and "[" not in text


def test_a_mast_in_the_direction_of_another_loses_the_fix():
    _, text = drawings.in_the_plane(1.0, 9.0, 2.0, False, True)
    assert text.startswith("No place is found") and "one direction" in text


def test_no_system_and_no_fix_are_drawn_too():
    fig, text = drawings.day_and_sky([], 30, data.city("Lima"), 0)
    assert "nothing is heard" in text
    assert "N" in [words.get_text() for words in fig.axes[0].texts]  # the empty sky stands there
    assert not fig.axes[0].axison
    _, text = drawings.day_and_sky(["NavIC"], 30, data.city("Lima"), 24)
    assert "no fix" in text and "for 0 of" in text


def test_the_globe_carries_seven_that_stay():
    view = drawings.turning(street.day())
    assert isinstance(view, globe.Globe)
    assert "7 satellites that go round once a day" in view.sentence and "31 on" in view.sentence


def test_a_sky_of_too_few_is_drawn():
    fig, found = drawings.four_satellites([60, 60, 60], [0, 120, 240])
    assert np.isinf(found.position) and fig.axes


# --- the sentences of the lesson ----------------------------------------------------------------


def test_fixes_and_costs_in_the_sentences(said):
    assert "GPS (10 satellites) 1.12 m; Galileo (9 satellites) 1.88 m" in said
    assert "GPS + Galileo 0.44 m" in said and "turn of the Earth 29.5 m" in said
    assert "above 40 degrees, Galileo: 3 satellites, no fix" in said
    assert not re.search(r"\binf\b", said)


def test_what_is_said_of_height_holds_for_all_but_gps(said):
    """The table of parts bears the words on the picture, before and after the second frequency."""
    found = re.findall(
        r"^(GPS|Galileo|GPS \+ Galileo|all three) +([\d.]+) +(-?[\d.]+) +([\d.]+)$", said, re.M
    )
    one, two = ({name: list(map(float, row)) for name, *row in found[k : k + 4]} for k in (0, 4))
    assert one["GPS"] == [1.10, -0.22, 1.12] and one["GPS"][0] > 4 * abs(one["GPS"][1])
    for name in ("Galileo", "GPS + Galileo", "all three"):
        across, up, whole = one[name]
        assert up < 0 and abs(up) > 0.94 * whole and abs(two[name][1]) < abs(up), name
    assert two["GPS"][2] == 1.51 > one["GPS"][2]
    assert all(two[name][2] < one[name][2] for name in one if name != "GPS")
    grown = [float(times) for times in re.findall(r"comes out ([\d.]+) times as large", said)]
    assert grown == sorted(grown, reverse=True) and grown[0] == 3.0


def test_the_claim_is_quoted_in_its_own_words():
    claim = data.table("claims").set_index("id").loc["bds_everywhere", "claim"]
    words = "\n".join(c.source for c in read(NOTEBOOK).cells if c.cell_type == "markdown")
    assert "South-East" in claim and "ASEAN" not in words + claim


def test_all_claims_can_be_judged_from_the_core():
    """The values of Step 5, which is further, stand in the core before the verdict."""
    core = [c for c in code_cells(read(NOTEBOOK)) if "core" in c.metadata.get("tags", [])]
    at = next(n for n, c in enumerate(core) if "record.verdict(" in c.source)
    said = "\n".join(map(output_text, core[:at]))
    assert "Galileo: 0.2 m, 1 times Galileo's; times 0.93 across: 0.19 m" in said
    assert "GPS: 0.6 m, 3 times" in said and "Galileo 0.22 m off across" in said


def test_the_mask_of_step_5_passes_20_cm_between_two_steps():
    galileo = data.table("kamakura_epoch").query("system == 'Galileo'")
    at = lambda mask: drawings.on_the_map(galileo[galileo["elevation_deg"] >= mask])
    assert (
        number(r"Galileo: .*: ([\d.]+) m", at(10))
        < 0.2
        < number(r"Galileo: .*: ([\d.]+) m", at(15))
    )
    assert at(35) == "3 satellites are left: no fix."


def test_the_slip_is_found_by_trying():
    """One pair of fewer days than the table fits what flies, and no other."""
    flown = orbits.mean_height_km(
        street.satellites(["BeiDou-3"]).query("orbit == 'medium'")["mean_motion"].median()
    )
    fits = [
        (turns, days)
        for days in range(1, 9)
        for turns in range(1, 25)
        if "They fit" in drawings.of_turns(turns, days, flown)
    ]
    assert fits == [(13, 7)]
    assert "313 km apart" in drawings.of_turns(17, 9, flown)


@pytest.mark.parametrize("year", range(2006, 2026))
def test_the_seconds_between_two_counts_never_grow(year):
    weeks = [f(f"{year}-04-25T12:00:00Z") for f in (signals.gps_week, signals.beidou_week)]
    assert (weeks[0][1] - weeks[1][1]) % signals.WEEK_S == 14


def test_each_system_costs_a_satellite():
    assert drawings.fix_of(list("AABB")) == "2 of A, 2 of B: 4 satellites, 5 unknowns, no fix"
    assert drawings.fix_of(list("CCCC")).endswith("4 unknowns, PDOP 5.20")
    assert "one letter for each" in drawings.fix_of(["A"])


def told(exercise, code):
    thing = files.run(files.get(exercise), code)
    return judging.judge(files.get(exercise), thing)[1]


@pytest.mark.parametrize("mask", [33, 34, 35])
def test_each_mask_that_leaves_five_is_told_so(mask):
    assert "One satellite too many" in told("09-four-left", f"mask = {mask}")


@pytest.mark.parametrize("mask", [37, 38, 39, 40])
def test_each_mask_that_leaves_four_is_told_so(mask):
    assert "smallest such number" in told("09-four-left", f"mask = {mask}")


def test_counting_clocks_alone_is_told_so():
    def can_fix(systems):
        unknowns = len(set(systems))
        return len(systems) >= unknowns

    said = judging.judge(files.get("09-can-fix"), can_fix)[1]
    assert "three coordinates" in said and "clock is not known" not in said


def test_a_day_of_24_hours_is_not_right():
    asked = variants.resolve(bank.load("09_navigation")["height-from-turns"])
    assert "24 hours" in grading.grade(asked, f"{asked.wrong['solar-day']!r} km").feedback[0]
    near = round(asked.answer["value"], -1)
    assert grading.grade(asked, f"{near} km").state == "right"


@pytest.mark.parametrize("seed", ["a", "b", "c", "d"])
def test_a_frequency_is_computed_with_as_it_is_shown(seed):
    asked = variants.resolve(bank.load("09_navigation")["delay-of-air"], seed)
    mhz, tecu = (
        number(pattern, asked.text["prompt"]) for pattern in (r"of ([\d.]+) MHz", r"meets (\d+)")
    )
    assert asked.answer["value"] == pytest.approx(40.3 * tecu * 1e16 / (mhz * 1e6) ** 2, rel=1e-9)


def test_one_satellite_too_many_and_every_wrong_pair_are_told_why():
    questions = bank.load("09_navigation")
    asked = variants.resolve(questions["how-many"])
    assert "One less" in grading.grade(asked, f"{asked.answer['value'] + 1:g}").feedback[0]
    words = questions["signal-word"]
    for left in words.text["left"]:
        for right in words.text["right"]:
            if words.answer[left] != right:
                found = grading.grade(words, {**words.answer, left: right})
                assert len(found.feedback) == 1, (left, right)


def test_the_regions_in_the_claim_are_those_of_the_lesson(said):
    claim = data.table("claims").set_index("id").loc["bds_everywhere"]
    assert claim["verdict"] == "partly supported"
    counts = re.search(r"better median PDOP than GPS in (\d+) of (\d+) capitals: (.+)\.", said)
    assert f"all {counts[2]} capitals" in claim["evidence"]
    for name, words in (("Western Asia", "12 of 16 in West Asia"), ("Eastern Europe", "8 of 10")):
        assert words.split(" in ")[0] in counts[3] and words in claim["evidence"]
        assert name in counts[3]
    assert "Africa 7 of 56" in counts[3] and "7 of 56 in Africa" in claim["evidence"]
    fix = number(r"gives a fix for ([\d.]+)% of the day", said)
    assert fix == 100 and "a fix all day" in claim["evidence"]


def test_the_tables_of_regions_are_medians_of_their_capitals(said):
    """Each system at both masks, one capital after another, against the row of its region."""
    capitals = street.named_capitals().query("named == 'Southern Asia'")
    positions, systems = street.over_the_day()
    for mask, digits in ((10, 2), (30, 1)):
        row = []
        for some in (*([name] for name in street.FOUR), street.FOUR):
            one_by_one = []
            for city in capitals.itertuples(index=False):
                view = availability.at_place(
                    positions, systems, (city.latitude_deg, city.longitude_deg), mask
                )
                pdop = view.pdop(some)[0]
                one_by_one.append(np.median(pdop) if mask == 10 else 24 * (pdop < 6).mean())
            row.append(f"{np.median(one_by_one):.{digits}f}")
        assert re.search(r"Southern Asia +" + " +".join(map(re.escape, row)), said), (mask, row)


def test_galileos_claims_quote_the_fixes(said):
    claims = data.table("claims").set_index("id")["evidence"]
    for value in ("0.65 m", "1.51 m", "1.88 m", "1.12 m"):
        assert value in claims["galileo_one_metre"] and value in said
    assert "0.22 m off across" in claims["galileo_20_cm"] and "Galileo 0.22 m across" in said


def test_the_dividend_is_what_the_sets_give(said):
    """Alone and together counted anew, moment by moment, by the formula and not by the fast way."""
    from helpers.science import constellations

    accra = data.city("Accra")
    rows = street.satellites(["BeiDou-2", *street.FOUR])
    owner = rows["system"].str.replace(r"BeiDou-\d", "BeiDou", regex=True).to_numpy()
    when = street.day_times(5)
    elevation, azimuth = constellations.sky(constellations.positions(rows, when), accra)

    def minutes(some):
        good = 0
        for k in range(len(when)):
            seen = np.isin(owner, some) & (elevation[:, k] >= 30)
            good += navigation.dops(elevation[seen, k], azimuth[seen, k], owner[seen]).position < 6
        return 1440 * good / len(when)

    assert minutes(["GPS"]) == number(r"alone: ([\d,]+) \(GPS\)", said) == 895
    assert minutes(["BeiDou", "GLONASS", "GPS", "Galileo"]) == 1440
    assert "together: 1,440" in said and "1.61 times: better" in said


def test_the_search_keeps_the_rules_of_the_dividend():
    narrow = street.Street(data.city("Accra"), step_minutes=30)
    found = dividend.compare(
        narrow.minutes,
        narrow.partners(),
        at_home=narrow.in_own_planes,
        anywhere=narrow.anywhere,
        question="How long?",
        unit="minutes a day",
        better="high",
    )
    low, high = np.broadcast_to(found.same_size, 2)
    assert found.alone <= low <= high <= 1440 and found.owner == "GPS"


def test_einstein_moves_the_place_by_nothing(said):
    assert "together +38.6 us" in said and "times the speed of light: 11.6 km" in said
    assert number(r"the place moves by ([\d.]+) mm", said) < 0.01
    assert number(r"without correction: 7.*the fix by ([\d.]+) m", said) < 1


def test_heights_flown_do_not_fit_the_copied_table():
    printed = data.table("navigation_orbits").set_index("id")
    flown = street.satellites(["BeiDou-3"]).query("orbit == 'medium'")["mean_motion"].median()
    height = orbits.mean_height_km(flown)
    assert height == pytest.approx(21_528, abs=1)
    turns = printed["repeat_sidereal_days"] * 86164.0905 / 60 / printed["turns"]
    from_turns = pd.Series(orbits.height_from_period_km(turns), printed.index)
    assert abs(from_turns["beidou-paper"] - height) < 2
    assert abs(printed.loc["beidou-table", "height_km"] - height) > 300
    assert abs(printed.loc["beidou-table", "turn_hours"] - 9 * 86164.0905 / 3600 / 17) < 0.05
