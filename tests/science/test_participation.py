"""Participation: concentration against hand counts and closed forms, counts against printed
totals.
"""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from helpers.tables import data
from helpers.science import participation as p


def by_pairs(values):
    """The Gini coefficient by its other definition: half the mean difference of all pairs, over the
    mean. Exact.
    """
    values = [Fraction(int(v)) for v in values]
    differences = sum(abs(a - b) for a in values for b in values)
    return differences / (2 * len(values) * sum(values))


@pytest.fixture(scope="module")
def objects():
    return data.table("objects_launched")


@pytest.fixture(scope="module")
def states(objects):
    return p.of_kind(objects, "state")


# --- Lorenz and Gini ---------------------------------------------------------------------


def test_lorenz_by_hand():
    owners, held = p.lorenz([5, 1, 4])
    assert owners == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert held == pytest.approx([0, 0.1, 0.5, 1])


@pytest.mark.parametrize(
    "values, expected",
    [
        ([1, 2, 3, 4, 5], 4 / 15),
        ([0, 0, 0, 1], 3 / 4),
        ([7, 7, 7], 0),
        ([1, 3], 1 / 4),
        ([3], 0),
        ([0, 0, 1, 1], 1 / 2),
    ],
)
def test_gini_by_hand(values, expected):
    assert p.gini(values) == pytest.approx(expected, abs=1e-12)


def test_the_refused_amounts_are_named():
    with pytest.raises(p.ParticipationError, match=r"^\[-1.0\] is not accepted"):
        p.gini([0.0, 0.5, -1.0])


def test_gini_is_half_the_mean_difference_of_pairs(states):
    total = states.groupby("party")["objects"].sum()
    assert p.gini(total) == pytest.approx(float(by_pairs(total)), abs=1e-12)


def test_gini_of_pysal(states):
    """The library PySAL (inequality.gini.Gini) gave these for the totals of 2023, among the 95
    owners and among 193.
    """
    total = p.cumulative(states).loc[[2023]]
    assert p.gini_by_year(total)[2023] == pytest.approx(0.9436771666192953, abs=1e-12)
    assert p.gini_by_year(total, p.UN_MEMBERS)[2023] == pytest.approx(0.9722763255379951, abs=1e-12)


@pytest.mark.parametrize(
    "quantiles, expected",
    [  # closed forms for whole distributions
        (lambda u: u, 1 / 3),  # uniform
        (lambda u: -np.log(1 - u), 1 / 2),  # exponential
        (lambda u: (1 - u) ** (-1 / 3), 1 / 5),
    ],
)  # Pareto with exponent 3: 1 / (2 * 3 - 1)
def test_gini_of_known_distributions(quantiles, expected):
    u = (np.arange(200_000) + 0.5) / 200_000
    assert p.gini(quantiles(u)) == pytest.approx(expected, abs=1e-3)


def test_gini_does_not_depend_on_unit_or_order():
    assert p.gini([3, 10, 1]) == pytest.approx(p.gini([1000, 100, 300]))


@pytest.mark.parametrize("wrong", [[1, -2], [], [0, 0], [1, float("nan")]])
def test_amounts_that_are_refused(wrong):
    with pytest.raises(p.ParticipationError, match="accepted"):
        p.gini(wrong)


def test_top_share():
    assert p.top_share([1, 2, 3, 4], 2) == pytest.approx(0.7)
    with pytest.raises(p.ParticipationError, match="n = 5.*1 to 4"):
        p.top_share([1, 2, 3, 4], 5)


# --- the tables -------------------------------------------------------------------------------


PRINTED = {
    "USA": 9632,
    "RUS": 3723,
    "CHN": 1051,
    "GBR": 765,
    "JPN": 325,
    "FRA": 151,
    "IND": 144,
    "DEU": 120,
    "ESA": 104,
    "CAN": 102,
}


def test_totals_of_owners_as_published(objects):
    total = objects.groupby("party")["objects"].sum()
    assert {party: int(total[party]) for party in PRINTED} == PRINTED


def test_two_tables_of_totals_agree(objects):
    listed = data.table("objects_by_entity").set_index("party")
    assert objects.groupby("party")["objects"].sum().to_dict() == listed["objects"].to_dict()
    assert p.first_years(objects).to_dict() == listed["first_year"].to_dict()


def test_joint_objects_counted_twice(objects):
    table = p.counted_twice(objects, data.table("objects_launched_world"))
    assert table.sum().to_dict() == {
        "by_owner": 17332,
        "world": 17263,
        "difference": 69,
        "shared": 73,
        "unowned": 4,
    }
    assert table.index[table["unowned"] > 0].tolist() == [2013, 2015, 2016, 2022]


def test_counted_twice_by_hand():
    objects = pd.DataFrame(
        {"party": ["AAA", "BBB", "AAA"], "year": [2001, 2001, 2002], "objects": [2, 1, 1]}
    )
    world = pd.DataFrame({"year": [2001, 2002, 2003], "objects": [2, 2, 1]})
    table = p.counted_twice(objects, world)
    assert table["shared"].tolist() == [1, 0, 0]
    assert table["unowned"].tolist() == [0, 1, 1]


@pytest.mark.parametrize(
    "party, year",
    [  # first satellites that other sources date too
        ("RUS", 1957),
        ("USA", 1958),
        ("GBR", 1962),
        ("CAN", 1962),
        ("ITA", 1964),
        ("FRA", 1965),
        ("AUS", 1967),
        ("CHN", 1970),
        ("JPN", 1970),
        ("IND", 1975),
        ("IDN", 1976),
        ("PRT", 1993),
        ("KEN", 2018),
        ("GTM", 2020),
        ("MUS", 2021),
    ],
)
def test_first_object(objects, party, year):
    assert p.first_years(objects)[party] == year


def test_cumulative_keeps_every_year(objects):
    table = p.cumulative(objects)
    assert table.index.tolist() == list(range(1957, 2024))
    assert table.loc[2023].sum() == 17332
    assert (table.diff().dropna() >= 0).all(axis=None)


# --- change of the Gini coefficient --------------------------------------------------------------


def test_gini_by_year_two_readings(states):
    total = p.cumulative(states)
    among_owners, among_all = p.gini_by_year(total), p.gini_by_year(total, p.UN_MEMBERS)
    held = total.loc[1960][total.loc[1960] > 0]
    assert among_owners[1960] == pytest.approx(float(by_pairs(held)))
    assert among_all[2023] == pytest.approx(float(by_pairs([*total.loc[2023], *[0] * (193 - 95)])))
    assert (among_all >= among_owners).all()


def test_more_owners_than_members(states):
    with pytest.raises(p.ParticipationError, match="members = 50.*at least 95"):
        p.gini_by_year(p.cumulative(states).loc[[2023]], 50)


def test_one_year_can_have_no_launch():
    table = p.yearly(pd.DataFrame({"party": ["A", "A"], "year": [2000, 2002], "objects": [1, 2]}))
    assert table["A"].tolist() == [1, 0, 2]


# --- states with an object, states with a rocket --------------------------------------------------


def test_reach_of_own_rockets_and_of_anyones(objects):
    first = data.table("first_own_launches")
    assert p.reach(objects, first, 2023) == {"alone": 11, "together": 95, "same_size": 11}
    assert p.reach(objects, first, 2023, ("own", "inherited", "company")) == {
        "alone": 13,
        "together": 95,
        "same_size": 13,
    }
    assert p.reach(objects, first, 1961) == {"alone": 2, "together": 2, "same_size": 2}
    assert p.reach(objects, first, 1962) == {"alone": 2, "together": 4, "same_size": 2}


def test_ten_states_with_own_rockets_before_the_republic_of_korea():
    """Reports of June 2022 call the Republic of Korea the tenth or eleventh: the tenth without the
    United Kingdom, which had stopped.
    """
    first = data.table("first_own_launches")
    assert p.launchers(first, 2021) == {
        "RUS",
        "USA",
        "FRA",
        "JPN",
        "CHN",
        "GBR",
        "IND",
        "ISR",
        "IRN",
        "PRK",
    }
    assert p.launchers(first, 2022) - p.launchers(first, 2021) == {"KOR"}


def test_every_launcher_has_an_object_by_then(objects):
    first = data.table("first_own_launches").set_index("party")["year"]
    own = p.first_years(objects)
    late = {
        party: (int(own[party]), int(year)) for party, year in first.items() if own[party] > year
    }
    assert late == {"UKR": (1995, 1991)}  # inherited rockets came before a registered object


def test_unknown_words():
    with pytest.raises(p.ParticipationError, match="basis.*bought.*accepted.*own"):
        p.launchers(data.table("first_own_launches"), 2020, ("bought",))
    with pytest.raises(p.ParticipationError, match="kind 'planet'.*accepted.*state"):
        p.of_kind(data.table("first_own_launches"), "planet")


# --- treaties, Committee, launches ----------------------------------------------------------------


def test_treaty_counts_and_corrections():
    table = data.table("treaty_parties").set_index(["treaty", "as_of"])
    ost = table.loc["Outer Space Treaty"]
    assert ost.loc["1967-10-10", ["parties", "signed_only"]].tolist() == [16, 93]
    assert round(100 * int(ost.loc["2025-05", "parties"]) / p.UN_MEMBERS, 1) == 60.6
    assert (
        table.loc[("Moon Agreement", "2021"), "parties"]
        - table.loc[("Moon Agreement", "2024-01"), "parties"]
        == 1
    )
    assert not set(ost.index) & {"2024-06", "2025-10"}  # two counts of a page made by a machine
    sure = ost[ost["confidence"] != "low"].sort_index()
    assert sure["parties"].is_monotonic_increasing


def test_in_force_after_256_days():
    row = data.table("treaties").set_index("treaty").loc["Outer Space Treaty"]
    assert (row["in_force"] - row["opened"]).days == 256


def test_members_of_the_committee():
    table = data.table("copuos_members").set_index("as_of")["members"]
    assert table["2021-10"] + 5 == table["2021-12"] and table["2022"] + 2 == table["2024"] == 104
    assert table.is_monotonic_increasing


def test_launch_attempts_add_up_to_the_world():
    table = data.table("launches_by_state")
    table = table[table["source"] == "mcdowell-2025-launches"]
    world = table[table["scope"] == "World"].set_index("year")["attempts"]
    assert (
        table[table["scope"] != "World"].groupby("year")["attempts"].sum().to_dict()
        == world.to_dict()
    )
    assert world.to_dict() == {2022: 186, 2023: 223, 2024: 263, 2025: 329}


def test_swapped_rows_are_flagged():
    table = data.table("launches_by_state")
    doubtful = table[(table["year"] == 2023) & table["party"].isin(["AUS", "NZL"])]
    assert doubtful["confidence"].tolist() == ["low", "low"]
