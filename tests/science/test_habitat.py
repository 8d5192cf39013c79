"""Habitat: reactions, balances, counts and fits against published values and scipy."""

import math
from itertools import product

import pandas as pd
import pytest

from helpers.base import fits
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


# --- people -------------------------------------------------------------------------------------


def test_timeline_adds_up():
    line = data.table("people_in_orbit")
    assert (line["people"].diff().dropna() == line["change"].iloc[1:]).all()
    assert (
        line["people"].max() == 19
        and str(line.loc[line["people"].idxmax(), "time"].date()) == "2024-09-11"
    )


@pytest.mark.parametrize(
    "day, people", [("2023-05-30", 17), ("2024-09-11", 19), ("2025-06-25", 14)]
)
def test_names_and_numbers_agree(day, people):
    crew = data.table("crew_snapshots")
    crew = crew[crew["time"].dt.strftime("%Y-%m-%d") == day]
    assert len(crew) == people == h.people_at(data.table("people_in_orbit"), crew["time"].iloc[0])
    for definition in ("nationality", "agency", "launched_by"):
        assert h.people_by(crew, definition).sum() == people


def test_nationalities_as_reported_on_30_may_2023():
    crew = data.table("crew_snapshots")
    crew = crew[crew["time"].dt.year == 2023]
    assert h.people_by(crew, "nationality").to_dict() == {
        "CHN": 6,
        "USA": 5,
        "RUS": 3,
        "SAU": 2,
        "ARE": 1,
    }


def test_three_definitions_of_one_crew():
    crew = data.table("crew_snapshots")
    crew = crew[crew["time"].dt.year == 2024]
    assert [
        int(h.people_by(crew, d)[who])
        for d, who in (("nationality", "USA"), ("agency", "NASA"), ("launched_by", "USA"))
    ] == [11, 7, 10]
    with pytest.raises(NotAccepted, match="'passport'.*nationality, agency, launched_by"):
        h.people_by(crew, "passport")


def test_time_outside_the_timeline():
    with pytest.raises(NotAccepted, match="1999.*2021-06-17"):
        h.people_at(data.table("people_in_orbit"), "1999-01-01")


def test_counts_that_disagree_stay():
    iss = data.table("iss_visitors")
    april = iss[
        (iss["scope"] == "all")
        & (iss["measure"] == "people")
        & iss["as_of"].str.startswith("2024-04")
    ]
    assert sorted(april["count"]) == [250, 280] and set(april["confidence"]) == {"low", "high"}
    people = data.table("people_in_space")
    early = people[(people["as_of"] == "2024-02") & (people["measure"] == "people")].set_index(
        "line"
    )["count"]
    assert early[["orbit", "100 km", "80 km"]].tolist() == [610, 644, 681]


# --- projects -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def done():
    table = data.table("station_projects")
    table = table[(table["what"] == "done") & (table["bound"] == "number")]
    return h.decimal_years(table["as_of"]), table["projects"].astype(float).to_numpy()


def test_when_a_thousand_is_reached(done):
    line = fits.line(*done)
    middle, first, last = fits.when_reached(line, 1000)
    assert line.at(middle) == pytest.approx(1000)
    assert fits.predict(line, first)[2] == pytest.approx(
        1000
    )  # the upper edge meets it first, the lower edge last
    assert fits.predict(line, last)[1] == pytest.approx(1000)
    assert first < middle < last
    assert (round(first, 1), round(middle, 1), round(last, 1)) == (2034.9, 2037.5, 2041.9)


def test_decimal_years():
    assert h.decimal_years(
        pd.to_datetime(["2024-01-01", "2024-07-02", "2025-12-31"])
    ) == pytest.approx([2024, 2024.5, 2025 + 364 / 365])


# --- money ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def costs():
    return data.table("station_costs")


def test_tickets(costs):
    table = h.tickets(costs)
    assert table.loc["experiment", ["low", "high"]].tolist() == [0.05, 0.05]
    assert table.loc["seat", ["low", "high"]].tolist() == [21.3, 90]
    assert table.loc["own station", ["low", "high"]].tolist() == [100_000, 150_000]
    assert table.loc["own programme", "high"] == pytest.approx(35_000 / 6.3813)
    assert table["gaps"].to_dict() == {
        "experiment": 1,
        "seat": 2,
        "own programme": 0,
        "own station": 0,
    }


def test_second_period_in_dollars_as_the_source_says(costs):
    row = h.in_dollars(costs).set_index("item").loc["Chinese crewed programme 2005 to 2011"]
    assert row["low"] == pytest.approx(2350, abs=1)


def test_costs_of_doubtful_origin_are_left_out(costs):
    assert h.tickets(costs, ("high", "medium", "low")).loc["own station", "low"] == 10_000
    assert costs[costs["item"] == "Tiangong"]["confidence"].tolist() == ["low"]


def test_shares_add_up_to_the_printed_sum(costs):
    shares = costs[(costs["what"] == "partner share") & costs["item"].str.startswith("ISS")]
    assert shares["low"].sum() == pytest.approx(146_800)


def test_prices_hold_together(costs):
    seat = costs[costs["item"] == "Soyuz seat"].set_index("money_year")["low"]
    assert seat[2018] / seat[2006] == pytest.approx(
        3.845, abs=0.001
    )  # a rise of 284 percent, printed as 384
    assert 6 * seat[2018] == pytest.approx(491.2, abs=0.3)
    assert 70 * 55.4 == pytest.approx(3878)


def test_gaps_have_no_amount(costs):
    gaps = costs[costs["low"].isna()]
    assert len(gaps) == 4 and gaps["high"].isna().all() and gaps["currency"].isna().all()
    assert (costs["high"].dropna() >= costs["low"].dropna()).all()


def test_split():
    assert h.split(150, {"a": 2, "b": 1}) == {"a": 100, "b": 50}
    assert sum(
        h.split(146.8, {"NASA": 122.8, "RUS": 12, "ESA": 5, "JPN": 5, "CAN": 2}).values()
    ) == pytest.approx(146.8)
    with pytest.raises(NotAccepted, match="accepted"):
        h.split(1, {"a": 0})


def test_crew_hour():
    assert h.crew_hour(8766, 1) == pytest.approx(1)
    assert h.crew_hour(3000, 7, 8) == pytest.approx(3 * h.crew_hour(3000, 7))
    with pytest.raises(NotAccepted, match="hours_a_day = 25"):
        h.crew_hour(1, 1, 25)


# --- the first call -------------------------------------------------------------------------------


def test_four_numbers():
    assert h.funnel(data.table("experiment_counts")).to_dict() == {
        "applied": 42,
        "chosen": 9,
        "under way": 7,
        "flown": 1,
    }


def test_countries_and_institutions_counted_from_the_table_are_those_announced():
    table = data.table("experiment_institutions")
    assert h.partners(table) == {"countries": 17, "institutions": 23}
    counts = data.table("experiment_counts")
    announced = counts[counts["confidence"] == "high"].set_index("stage")["number"]
    assert h.partners(table) == {
        "countries": announced["countries of those chosen"],
        "institutions": announced["institutions of those chosen"],
    }
    each = data.table("experiments").set_index("id")["institutions"]
    assert table.groupby("experiment").size().to_dict() == each.to_dict()
    assert (data.table("experiments")["hardware_sent_up"].notna()).sum() == 1


def test_astronauts_selected_and_flown():
    table = data.table("foreign_astronauts")
    flown = table[table["what"].str.contains("launched")]
    assert flown["party"].tolist() == ["HKG"]
    assert set(table[table["what"] == "ship expected"]["confidence"]) == {"low"}
