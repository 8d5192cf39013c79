"""Missions: gains by the lessons' functions, bills by their searches, risk by counting all
cases.
"""

from itertools import product

import numpy as np
import pytest

from helpers.base.shares import share_interval
from helpers.science import design, goals, moon, pooling, ring, street
from helpers.tables import data
from tests.gains import hold_never_falls

WEATHER = design.Mission("weather", ("EUMETSAT", "JMA"), new={"EUMETSAT": [-60], "JMA": [180]})


def test_gains_are_those_of_the_lessons():
    aim = goals.goal("weather")
    assert aim.gain(aim.owners["NOAA"]) == ring.Ring().gain(ring.Ring().partners()["NOAA"])
    aim = goals.goal("navigation", "Nairobi")
    street_ = street.Street(data.city("Nairobi"))
    assert aim.gain(aim.owners["GPS"]) == street_.minutes(street_.partners()["GPS"])
    aim = goals.goal("images", "Mandalay")
    search = pooling.SameSize(aim.search.place)
    assert aim.gain(aim.owners["Thailand"]) == search.gain(["THEOS", "THEOS-2"])
    aim = goals.goal("moon")
    rows = data.table("ground_antennas").query("operator == 'ISRO'")
    dishes = [d for d in moon.dishes(rows) if d in aim.owners["ISRO"]]
    assert dishes and aim.gain(dishes) == aim.gain(aim.owners["ISRO"])


@pytest.mark.parametrize("name", sorted(goals.KINDS))
def test_no_gain_falls_when_a_unit_is_added(name):
    aim = goals.goal(name)
    few = [units[0] for units in list(aim.owners.values())[:4]]
    hold_never_falls(aim.gain, few, better=aim.better, examples=8)


@pytest.mark.parametrize(
    "mission",
    [
        WEATHER,
        design.Mission("moon", ("ISRO", "JAXA"), new={"ISRO": ["Lima"]}),
        design.Mission("navigation", ("Galileo", "GPS"), new={"Galileo": [30]}),
        design.Mission("images", ("Argentina", "Thailand"), new={"Argentina": [14]}),
    ],
    ids=lambda m: m.goal,
)
def test_each_goal_gives_dividend_budget_risk_and_a_split_that_adds_up(mission):
    found, (low, high, currency) = mission.dividend(), mission.budget()
    ends = [
        found.alone,
        *(found.same_size if isinstance(found.same_size, tuple) else [found.same_size]),
    ]
    assert ends == sorted(ends, reverse=found.better == "low")
    assert found.ratio() >= 1 and 0 < low <= high and currency in ("EUR", "USD")
    assert sum(mission.shares().values()) == pytest.approx(len(mission.added))
    risk = mission.risk()
    assert risk["chance_low"].sum() == pytest.approx(1) and risk[
        "chance_high"
    ].sum() == pytest.approx(1)
    assert risk["gain_mean"].iloc[-1] == mission.gain() == found.together
    assert mission.needed([found.owner]) >= 1


def test_split_of_two_is_own_cost_less_half_of_what_is_saved():
    apart = [WEATHER.needed([p]) for p in WEATHER.partners]
    saved = sum(apart) - len(WEATHER.added)
    assert list(WEATHER.shares().values()) == pytest.approx([n - saved / 2 for n in apart])


def test_needed_number_is_enough_and_one_less_is_not():
    aim, target = WEATHER.aim, WEATHER.gain()
    own, every = aim.owners["JMA"], [u for units in WEATHER.units.values() for u in units]
    choices, number = [*aim.pool("JMA"), *every], WEATHER.needed(["JMA"])
    assert aim.gain(aim.grow(own, number, choices)) >= target - 1e-9
    assert aim.gain(aim.grow(own, number - 1, choices)) < target


def test_risk_counts_every_case():
    """The same by brute force: all four cases of two satellites, each with its own chance."""
    p, risk = 0.7, WEATHER.risk(works=0.7)
    cases = {0: [], 1: [], 2: []}
    for fate in product([True, False], repeat=2):
        lost = [unit for unit, works in zip(WEATHER.added, fate, strict=True) if not works]
        cases[sum(fate)].append(
            (np.prod([p if works else 1 - p for works in fate]), WEATHER.gain(lost))
        )
    for row in risk.itertuples():
        assert row.chance_low == pytest.approx(sum(chance for chance, _ in cases[row.working]))
        assert row.gain_worst == min(gain for _, gain in cases[row.working])
    shared = WEATHER.risk(works=0.7, one_rocket=True)
    assert shared["chance_low"].to_list() == pytest.approx([0.3, 0, 0.7])
    mean = lambda table: (table["working"] * table["chance_low"]).sum()
    assert mean(shared) == pytest.approx(mean(risk)) == pytest.approx(1.4)


def test_prices_and_chances_come_from_the_tables():
    assert design.price("weather") == (3200 / 6, 10900 / 4, "USD")
    assert design.price("images") == (100, 211, "USD")
    assert design.reliability("images") == share_interval(5, 6)
    assert design.reliability("weather") == (0.939, 0.939)
    assert design.reliability("moon") == (1, 1)
    with pytest.raises(design.DesignError, match="no price for 'mars'"):
        design.price("mars")


def test_a_unit_that_adds_nothing_is_not_missed():
    neighbours = design.Mission("weather", ("JMA", "KMA"), new={"KMA": [140.7]})
    risk = neighbours.risk(0.5)
    assert risk["gain_worst"].iloc[0] == pytest.approx(risk["gain_worst"].iloc[1], abs=0.05)


def test_designs_stand_side_by_side():
    other = design.Mission("weather", ("JMA", "KMA"))
    table = design.beside(first=WEATHER, second=other)
    assert list(table.columns) == ["first", "second"] and table.loc["new", "second"].startswith("0")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("gold", ("JMA", "KMA")), "goal = 'gold'"),
        (("weather", ("JMA",)), "two or more"),
        (("weather", ("JMA", "JMA")), "each once"),
        (("weather", ("JMA", "ISRO")), "partner 'ISRO'"),
        (("weather", ("JMA", "KMA"), {"CMA": [0]}), "only of the partners"),
        (("weather", ("JMA", "KMA"), {"KMA": [200]}), "degrees east, -180 to 180"),
        (("weather", ("JMA", "KMA"), {"KMA": ["east"]}), "degrees east"),
        (("weather", ("JMA", "KMA"), {"KMA": [0] * 9}), "up to 8"),
        (("weather", ("JMA", "KMA"), {}, "Lima"), "counts the whole Earth"),
        (("images", ("Argentina", "Thailand"), {"Thailand": [25]}), "local hour"),
    ],
)
def test_what_cannot_be_is_refused(arguments, words):
    with pytest.raises(goals.DesignError, match=words):
        design.Mission(*arguments)


def test_chances_beyond_one_are_refused():
    with pytest.raises(design.DesignError, match="works = 1.5"):
        WEATHER.risk(1.5)
