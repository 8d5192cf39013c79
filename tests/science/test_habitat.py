"""Habitat: reactions, balances and stores against published values."""

import math
from itertools import product

import pytest

from helpers.base.checks import NotAccepted
from helpers.science import habitat as h
from helpers.tables import data


@pytest.fixture(scope="module")
def rate():
    return h.rates()


# --- reactions -------------------------------------------------------------------------------


def test_both_reactions_keep_mass():
    oxygen, hydrogen = h.electrolysis(1.0)
    assert oxygen + hydrogen == pytest.approx(1.0, abs=1e-12)
    made = h.sabatier(1.0, 0.1)
    assert sum(made.values()) == pytest.approx(1.1, abs=1e-12)


def test_water_is_eight_ninths_oxygen():
    assert h.electrolysis(9.0)[0] == pytest.approx(8.0, abs=0.01)
    assert h.electrolysis(h.water_to_split(0.84))[0] == pytest.approx(0.84, abs=1e-12)


def test_molar_masses_are_those_of_the_atoms():
    hydrogen, carbon, oxygen = 1.008, 12.011, 15.999
    assert h.MOLAR_MASS == pytest.approx(
        {
            "H2": 2 * hydrogen,
            "O2": 2 * oxygen,
            "H2O": 2 * hydrogen + oxygen,
            "CO2": carbon + 2 * oxygen,
            "CH4": carbon + 4 * hydrogen,
        },
        abs=1e-9,
    )


def test_sabatier_in_moles():
    gas = h.sabatier(44.009, 8.064)  # one mole and four moles: nothing is left
    assert gas == pytest.approx({"H2O": 36.030, "CH4": 16.043, "CO2": 0, "H2": 0}, abs=1e-9)
    assert h.sabatier(44.009, 4.032)["CO2"] == pytest.approx(22.0045)
    assert h.sabatier(22.0045, 8.064)["H2"] == pytest.approx(4.032)


def test_hydrogen_of_breathing_serves_half_of_the_carbon_dioxide(rate):
    """With one mole of O2 come two of H2, enough for half a mole of CO2; 0.87 moles are breathed
    out: 57.5 percent of it.
    """
    hydrogen = h.electrolysis(h.water_to_split(rate["oxygen"]))[1]
    used = 1 - h.sabatier(rate["carbon_dioxide"], hydrogen)["CO2"] / rate["carbon_dioxide"]
    assert used == pytest.approx(
        0.5 / h.respiratory_quotient(rate["oxygen"], rate["carbon_dioxide"]), abs=1e-9
    )


# --- one person, one station -----------------------------------------------------------------


def test_respiratory_quotient_as_published():
    bvad = h.rates("nasa-bvad-2004")
    assert h.respiratory_quotient(bvad["oxygen"], bvad["carbon_dioxide"]) == pytest.approx(
        0.869, abs=0.0005
    )


def test_body_balance_closes_within_rounding(rate):
    balance = h.body_balance(rate)
    assert balance["in"] == pytest.approx(4.99) and balance["out"] == pytest.approx(4.98)
    assert (
        abs(balance["gap"]) <= 0.005 * 5 + 0.0005 * 6
    )  # five rates rounded to 0.01, the others finer


def test_unknown_rates():
    with pytest.raises(NotAccepted, match="'nobody'.*accepted.*wieland-1994"):
        h.rates("nobody")


def test_loop_loses_no_mass(rate):
    settings = product([0, 1, 3, 7], [0, 0.5, 0.95, 1], [0, 0.4, 1], [False, True], [0, 4.58])
    for people, *rest in settings:  # water, oxygen, Sabatier, washing
        day = h.loop(people, *rest, rate)
        gap = sum(day["brought"].values()) - sum(day["leaves"].values())
        wanted = people * h.body_balance(rate)["gap"]
        assert gap == pytest.approx(wanted, abs=1e-9), (people, rest)
        assert min([*day["brought"].values(), *day["leaves"].values()]) > -1e-12, (people, rest)


def test_without_recycling_everything_is_brought():
    assert h.loop(1)["brought"] == pytest.approx(
        {"food": 0.62 + 1.15, "oxygen": 0.84, "water": 1.62 + 0.76}
    )


def test_full_recycling_needs_only_food(rate):
    brought = h.loop(3, 0.95, 1, True)["brought"]
    assert brought == pytest.approx({"food": 5.31, "oxygen": 0, "water": 0})


def test_elements_do_not_appear_from_nothing(rate):
    """Hydrogen in the water split leaves as hydrogen, methane or water again."""
    day = h.loop(1, 0.5, 1, True, 0, rate)
    hydrogen = h.water_to_split(rate["oxygen"]) * 2.016 / 18.015
    assert day["leaves"]["methane"] * 4.032 / 16.043 + day["leaves"]["hydrogen"] == pytest.approx(
        hydrogen / 2
    )


@pytest.mark.parametrize(
    "arguments",
    [
        {"people": -1},
        {"people": 3, "water_recycled": 1.2},
        {"people": 3, "oxygen_made": -0.1},
        {"people": 3, "washing": -1},
    ],
)
def test_loop_refuses(arguments):
    with pytest.raises(NotAccepted, match="accepted"):
        h.loop(**arguments)


@pytest.mark.parametrize("need, tonnes", [(3.53, 4.59), (3.909, 4.99), (3.909 + 0.49, 5.50)])
def test_yearly_saving_falls_short_of_the_six_tonnes_reported(need, tonnes):
    saved = h.yearly_saving(3, 1.0, 0.95, need)
    assert saved == pytest.approx(tonnes, abs=0.005)
    reports = data.table("recycling_reports")
    assert saved < reports["mass_rate"].max() == 6


def test_saving_of_oxygen_alone():
    assert (
        h.yearly_saving(3, 1.0, 0, 0)
        == pytest.approx(3 * 365 * 0.84 / 1000)
        == pytest.approx(0.92, abs=0.005)
    )


def test_strict_saving_is_smaller_and_reaches_six_tonnes_with_washing():
    def saved(washing):
        return (
            sum(
                sum(h.loop(3, *how, washing=washing)["brought"].values()) * sign
                for how, sign in (((), 1), ((0.95, 1, True), -1))
            )
            * 0.365
        )

    assert saved(0) == pytest.approx(
        3 * 0.365 * (0.84 + 1.62 + 0.76)
    )  # what comes with the food cannot be saved
    assert saved(2) < 6 < saved(2.5)


# --- stores ---------------------------------------------------------------------------------------


def test_stores_without_ships():
    assert h.days_until_empty({"water": 100.0, "food": 90.0}, {"water": 3.0, "food": 2.0}) == (
        33,
        "water",
    )
    assert h.days_until_empty({"water": 99.0}, {"water": 3.0}) == (33, "water")


def test_stores_with_ships():
    levels = h.store_levels({"food": 10.0}, {"food": 1.0}, 10, {"food": 4.0}, 5)["food"]
    assert levels.tolist() == [10, 9, 8, 7, 6, 9, 8, 7, 6, 5, 8]


def test_a_balanced_station_never_runs_out():
    assert h.days_until_empty({"food": 60.0}, {"food": 1.0}, {"food": 60.0}, 60) == (math.inf, None)


def test_stores_refuse():
    with pytest.raises(NotAccepted, match="air.*same items"):
        h.store_levels({"food": 1.0}, {"air": 1.0}, 3)
    with pytest.raises(NotAccepted, match="every = 0"):
        h.store_levels({"food": 1.0}, {"food": 1.0}, 3, {"food": 1.0}, 0)
