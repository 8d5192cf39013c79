"""Lesson 09 as its learner meets it: figures moved from Python, sentences held to other sums."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from helpers.figures import globe
from helpers.learning.quiz import bank
from helpers.lessons import navigation as drawings
from helpers.science import availability, dividend, navigation, orbits, street
from helpers.tables import data
from tests.notebooks import ROOT

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
        "BeiDou-3 and GPS and Galileo",
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
        ([60, 60, 60], [0, 120, 240], "no fix"),
        ([90, -19, -19, -19], [0, 0, 120, 240], "cannot be heard"),
    ],
)
def test_four_satellites_are_told_what_is_wrong(up, around, says):
    _, dops = drawings.four_satellites(up, around)
    assert says in drawings.four_sentence(up, dops)


def test_a_mast_in_the_direction_of_another_loses_the_fix():
    _, text = drawings.in_the_plane(1.0, 9.0, 2.0, False, True)
    assert text.startswith("No place is found") and "one direction" in text


def test_no_system_and_no_fix_are_drawn_too():
    assert "nothing is heard" in drawings.day_and_sky([], 30, data.city("Lima"), 0)[1]
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
    assert "above 40 degrees, Galileo: 3 satellites, PDOP inf, no fix" in said


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
