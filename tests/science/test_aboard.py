"""People, money and experiments aboard a station against published counts and sums."""

import pandas as pd
import pytest

from helpers.base import fits
from helpers.base.checks import NotAccepted
from helpers.science import aboard
from helpers.tables import data


# --- people --------------------------------------------------------------------------------------


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
    assert (
        len(crew) == people == aboard.people_at(data.table("people_in_orbit"), crew["time"].iloc[0])
    )
    for definition in ("nationality", "agency", "launched_by"):
        assert aboard.people_by(crew, definition).sum() == people


def test_nationalities_as_reported_on_30_may_2023():
    crew = data.table("crew_snapshots")
    crew = crew[crew["time"].dt.year == 2023]
    assert aboard.people_by(crew, "nationality").to_dict() == {
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
        int(aboard.people_by(crew, d)[who])
        for d, who in (("nationality", "USA"), ("agency", "NASA"), ("launched_by", "USA"))
    ] == [11, 7, 10]
    with pytest.raises(NotAccepted, match="'passport'.*nationality, agency, launched_by"):
        aboard.people_by(crew, "passport")


def test_time_outside_the_timeline():
    with pytest.raises(NotAccepted, match="1999.*2021-06-17"):
        aboard.people_at(data.table("people_in_orbit"), "1999-01-01")


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


# --- projects ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def done():
    table = data.table("station_projects")
    table = table[(table["what"] == "done") & (table["bound"] == "number")]
    return aboard.decimal_years(table["as_of"]), table["projects"].astype(float).to_numpy()


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
    assert aboard.decimal_years(
        pd.to_datetime(["2024-01-01", "2024-07-02", "2025-12-31"])
    ) == pytest.approx([2024, 2024.5, 2025 + 364 / 365])


# --- money ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def costs():
    return data.table("station_costs")


def test_tickets(costs):
    table = aboard.tickets(costs)
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
    row = aboard.in_dollars(costs).set_index("item").loc["Chinese crewed programme 2005 to 2011"]
    assert row["low"] == pytest.approx(2350, abs=1)


def test_costs_of_doubtful_origin_are_left_out(costs):
    assert aboard.tickets(costs, ("high", "medium", "low")).loc["own station", "low"] == 10_000
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
    assert aboard.split(150, {"a": 2, "b": 1}) == {"a": 100, "b": 50}
    assert sum(
        aboard.split(146.8, {"NASA": 122.8, "RUS": 12, "ESA": 5, "JPN": 5, "CAN": 2}).values()
    ) == pytest.approx(146.8)
    assert aboard.split(10, {"a": 0.5, "b": 0.5, "c": 0}) == {"a": 5, "b": 5, "c": 0}
    for weights in ({"a": 0}, {"a": 2, "b": -0.5}):
        with pytest.raises(NotAccepted, match="accepted"):
            aboard.split(1, weights)


def test_crew_hour():
    assert aboard.crew_hour(8766, 1) == pytest.approx(1)
    assert aboard.crew_hour(3000, 7, 8) == pytest.approx(3 * aboard.crew_hour(3000, 7))
    with pytest.raises(NotAccepted, match="hours_a_day = 25"):
        aboard.crew_hour(1, 1, 25)


# --- the first call ------------------------------------------------------------------------------


def test_four_numbers():
    assert aboard.funnel(data.table("experiment_counts")).to_dict() == {
        "applied": 42,
        "chosen": 9,
        "under way": 7,
        "flown": 1,
    }


def test_countries_and_institutions_counted_from_the_table_are_those_announced():
    table = data.table("experiment_institutions")
    assert aboard.partners(table) == {"countries": 17, "institutions": 23}
    counts = data.table("experiment_counts")
    announced = counts[counts["confidence"] == "high"].set_index("stage")["number"]
    assert aboard.partners(table) == {
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
