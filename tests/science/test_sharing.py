"""Games held to the published ones: gloves, airport, the votes of 1958 and of the Security Council;
the core to scipy.
"""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from helpers.science import sharing
from helpers.science.dividend import shapley


def gloves(group):
    """One left glove and two right ones; a pair is worth 1."""
    return min("L" in group, len(group - {"L"}))


def majority(group):
    """Any two of three divide 1."""
    return int(len(group) >= 2)


AIRPORT = {"small": 18, "middle": 20, "large": 23}


def runway(group):
    """The runway must fit the largest of the group."""
    return max((AIRPORT[p] for p in group), default=0)


# --- orders and values ----------------------------------------------------------------------------


def test_orders_of_the_glove_game_average_to_the_published_value():
    table = sharing.orders(["L", "R1", "R2"], gloves)
    assert len(table) == 6 and (table.sum(axis=1) == 1).all()
    assert dict(table.mean()) == pytest.approx({"L": 2 / 3, "R1": 1 / 6, "R2": 1 / 6})
    assert table.loc["R1, L, R2"].to_list() == [1, 0, 0]


@pytest.mark.parametrize("seed", range(4))
def test_mean_over_orders_is_the_shapley_value(seed):
    rng = np.random.default_rng(seed)
    players = ["a", "b", "c", "d", "e"]
    worth = {
        g: int(w) for g, w in zip(sharing.groups(players), rng.integers(0, 100, 31), strict=True)
    } | {frozenset(): 0}
    by_orders = sharing.orders(players, worth.get).mean()
    assert {p: float(v) for p, v in shapley(players, worth.get).items()} == pytest.approx(
        dict(by_orders)
    )


def test_airport_costs_follow_the_closed_form_of_littlechild_and_owen():
    """Each stretch of the runway is shared by those who need it."""
    assert sharing.cost_shares(AIRPORT, runway) == pytest.approx(
        {"small": 6, "middle": 7, "large": 10}
    )


def test_two_payers_share_what_they_save():
    cost = {frozenset("b"): 90, frozenset("c"): 210, frozenset("bc"): 240}
    assert sharing.cost_shares("bc", cost.get) == pytest.approx({"b": 60, "c": 180})


def test_the_first_of_two_has_the_mean_of_both_orders():
    worth = {frozenset(): 0, frozenset("a"): 4, frozenset("b"): 15, frozenset("ab"): 44}
    assert sharing.first_of_two(4, 15, 44) == sharing.orders("ab", worth.get)["a"].mean() == 16.5


def test_payments_add_up_to_nothing_and_leave_each_its_value():
    worth = {frozenset(): 0, frozenset("a"): 1, frozenset("b"): 2, frozenset("ab"): 9}
    paid = sharing.payments("ab", worth.get, {"a": 6, "b": 3})
    assert paid == pytest.approx({"a": 2, "b": -2})
    with pytest.raises(sharing.SharingError, match="adds up to 7"):
        sharing.payments("ab", worth.get, {"a": 6, "b": 1})


def test_table_lists_each_group_once():
    table = sharing.table(["A", "B", "C"], majority)
    assert table["group"].to_list() == ["A", "B", "C", "A + B", "A + C", "B + C", "A + B + C"]
    assert table["worth"].to_list() == [0, 0, 0, 1, 1, 1, 1]


# --- the core -------------------------------------------------------------------------------------


def test_core_of_the_glove_game_is_the_one_who_is_scarce():
    players = ["L", "R1", "R2"]
    assert not sharing.core_is_empty(players, gloves)
    assert sharing.in_core(players, gloves, {"L": 1, "R1": 0, "R2": 0})
    objections = sharing.objections(players, gloves, {"L": 2 / 3, "R1": 1 / 6, "R2": 1 / 6})
    assert {"".join(sorted(g)): round(by, 6) for g, by in objections.items()} == {
        "LR1": 0.166667,
        "LR2": 0.166667,
    }


def test_core_of_the_majority_game_is_empty_and_says_who_objects():
    total, balanced = sharing.least_total("ABC", majority)
    assert total == pytest.approx(1.5) and sharing.core_is_empty("ABC", majority)
    assert balanced == {frozenset("AB"): 0.5, frozenset("AC"): 0.5, frozenset("BC"): 0.5}


def test_a_split_that_gives_out_too_much_is_no_core():
    assert not sharing.in_core("ABC", lambda g: len(g), {"A": 2, "B": 1, "C": 1})
    assert sharing.in_core("ABC", lambda g: len(g), {"A": 1, "B": 1, "C": 1})


@pytest.mark.parametrize("size", [2, 3, 4, 5])
def test_least_total_is_that_of_a_linear_programme(size):
    rng = np.random.default_rng(size)
    players = list("abcde"[:size])
    for _ in range(6):
        every = sharing.groups(players)
        worth = dict(zip(every, rng.uniform(0, 10, len(every)), strict=True))
        rows = [[-1.0 * (p in g) for p in players] for g in every]
        referee = linprog(
            np.ones(size), rows, [-worth[g] for g in every], bounds=[(None, None)] * size
        )
        total, balanced = sharing.least_total(players, worth.get)
        assert total == pytest.approx(referee.fun, abs=1e-7)
        for p in players:
            assert sum(w for g, w in balanced.items() if p in g) == pytest.approx(1, abs=1e-6)


# --- votes ----------------------------------------------------------------------------------------


def test_votes_of_the_council_of_1958():
    """Six members, 12 of 17 votes: Luxembourg never turned a vote (Brams, Game Theory and Politics,
    1975).
    """
    weights = {"BEL": 2, "DEU": 4, "FRA": 4, "ITA": 4, "LUX": 1, "NLD": 2}
    power = sharing.power(weights, 12)
    large, middle = Fraction(14, 60), Fraction(9, 60)
    assert power == {
        "BEL": middle,
        "DEU": large,
        "FRA": large,
        "ITA": large,
        "LUX": 0,
        "NLD": middle,
    }


def test_votes_of_the_security_council():
    """Nine of fifteen with all five permanent members: 421/2145 and 4/2145 (Shapley and Shubik's
    method).
    """
    weights = {f"permanent {i}": 7 for i in range(5)} | {f"elected {i}": 1 for i in range(10)}
    power = sharing.power(weights, 39)
    assert power["permanent 0"] == Fraction(421, 2145) and power["elected 3"] == Fraction(4, 2145)


def test_power_is_the_shapley_value_of_the_vote():
    weights = {"CSA": 23, "ESA": 83, "JAXA": 128, "NASA": 766}
    for quota in (501, 900, 1000):
        assert sharing.power(weights, quota) == shapley(weights, sharing.voting(weights, quota))
    assert sharing.power(weights, 501)["NASA"] == 1 and sharing.power(weights, 1000)[
        "CSA"
    ] == Fraction(1, 4)


# --- luck, and what is refused --------------------------------------------------------------------


def test_chances_are_those_of_all_outcomes():
    assert sharing.at_least(1, 2, 0.5) == 0.75 and sharing.at_least(0, 5, 0.2) == pytest.approx(1)
    assert sharing.at_least(8, 13, 0.5) == pytest.approx(2380 / 8192)
    outcomes = [c for k in range(3, 6) for c in combinations(range(5), k)]
    assert sharing.at_least(3, 5, 0.3) == pytest.approx(
        sum(0.3 ** len(c) * 0.7 ** (5 - len(c)) for c in outcomes)
    )
    assert sharing.at_least(6, 5, 0.9) == 0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: sharing.groups([]), "at least one"),
        (lambda: sharing.groups(["A", "A"]), "each once"),
        (lambda: sharing.orders("abcdefg", len), "up to 6"),
        (lambda: sharing.least_total("abcdef", len), "up to 5"),
        (lambda: sharing.voting({"A": 1, "B": 2}, 4), "up to 3"),
        (lambda: sharing.power({"A": 1, "B": 2}, 0), "above 0"),
        (lambda: sharing.at_least(1, 2, 1.5), "from 0 to 1"),
        (lambda: sharing.at_least(1, 2, -0.5), "from 0 to 1"),
        (lambda: sharing.at_least(1, -1, 0.5), "tries = -1"),
    ],
)
def test_what_has_no_answer_is_refused(call, words):
    with pytest.raises(sharing.SharingError, match=words):
        call()
