"""Lesson 03 as its learner meets it: both interactive figures driven from Python, and the numbers
on which its verdicts rest.
"""

import math
import re
from itertools import product

import matplotlib.pyplot as plt
import nbformat
import networkx as nx
import pandas as pd
import pytest
from scipy import stats

from helpers.learning import exercises
from helpers.learning.quiz import bank
from helpers.lessons import station_science
from helpers.science import aboard
from helpers.tables import data, sources
from tests.notebooks import ROOT

# What a learner does to each interactive figure in the browser, and words that its sentence must
# then hold.
MOVES = [
    (
        "How long do the stores last?",
        [("choose", "made from water, and Sabatier")],
        "To be brought for a crew of 3",
    )
]

START = {"people": 3, "recycled": 0, "oxygen": "brought by ship", "load": 0, "every": 240}
BOTH = {"recycled": 95, "oxygen": "made from water"}


@pytest.fixture(scope="module")
def lesson(run):
    """What the cells of the whole lesson leave behind."""
    return run("03_station_science")


@pytest.fixture
def stores(lesson):
    view = lesson.views["How long do the stores last?"]
    view.set(**START)
    return view


def test_a_class_of_45_minutes_needs_no_further_cell(run):
    names = run("03_station_science", tags=["core"])
    assert names["access"].unit == "million US dollars"


# --- the stores --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values, says",
    [
        ({}, "Oxygen and water end first, after 60 days"),
        ({"recycled": 95}, "Oxygen ends first, after 60 days"),
        (BOTH, "Food ends first, after 365 days"),
        (
            {"oxygen": "made from water"},
            "Water ends first, after 42 days",
        ),  # 428.4 kg at 7.14 + 2.84 kg a day
        ({"people": 6}, "Oxygen and water end first, after 30 days"),
        ({"people": 1}, "Oxygen and water end first, after 180 days"),
        (BOTH | {"people": 7, "load": 2, "every": 150}, "Nothing runs out within ten years"),
        (BOTH | {"people": 7, "load": 2, "every": 160}, "Food ends first, after 156 days"),
        (BOTH | {"people": 7, "load": 1.5, "every": 150}, "Food ends first"),
    ],
)
def test_what_ends_first(stores, values, says):
    assert says in stores.set(**values)


def test_use_is_counted_by_hand(stores):
    assert "15.0 kg a day (food 5.3, oxygen 2.5, water 7.1)" in stores.text
    split = 3 * 0.84 / 31.998 * 2 * 18.015
    water = 3 * (1.62 + 0.76) + split - 0.5 * 3 * (2.28 + 1.5)
    assert f"oxygen 0.0, water {water:.1f})" in stores.set(recycled=50, oxygen="made from water")


def test_more_recycling_never_shortens(stores):
    days = [
        float(
            re.search(r"after (\d+) days", stores.set(oxygen="made from water", recycled=share))[1]
        )
        for share in range(0, 101, 10)
    ]
    assert days == sorted(days) and days[0] < days[-1] == 365


def test_every_corner_can_be_drawn(stores):
    ways = ["brought by ship", "made from water", "made from water, and Sabatier"]
    ships = [{"load": 0, "every": 30}, {"load": 6, "every": 30}, {"load": 6, "every": 360}]
    for people, recycled, oxygen, ship in product([1, 7], [0, 100], ways, ships):
        said = stores.set(people=people, recycled=recycled, oxygen=oxygen, **ship)
        assert "kg a day" in said and stores.picture.startswith(b"\x89PNG")


def test_the_legend_stands_above_lines_that_rise(lesson):
    """Ships that bring more than is used: the lines reach the corner where a legend would stand."""
    fig, _ = station_science.stores(lesson["full"], 7, 100, "brought by ship", 6, 30)
    fig.canvas.draw()
    (ax,) = fig.axes
    assert ax.get_legend().get_window_extent().y0 >= ax.get_window_extent().y1
    plt.close(fig)


# --- the bill ------------------------------------------------------------------------------


def test_each_rule_shares_the_whole_bill_by_hand(lesson):
    bills = {rule: aboard.split(150, by) for rule, by in lesson["weights"].items()}
    assert all(sum(bill.values()) == pytest.approx(150) for bill in bills.values())
    assert bills["as published"]["NASA"] == pytest.approx(150 * (72.4 + 50.4) / 146.8, abs=0.05)
    assert set(bills["the same for each"].values()) == {30.0}
    went = {"CAN": 8, "ESA": 17, "JPN": 9, "NASA": 149, "RUS": 47}
    assert bills["by people who went"] == pytest.approx({p: 150 * n / 230 for p, n in went.items()})


# --- what the verdicts rest on -------------------------------------------------------------------


def test_groups_of_the_network(lesson):
    net, taking_part = lesson["net"], lesson["taking_part"]
    assert len(lesson["groups"]) == 6 and nx.is_bipartite(net) and net.number_of_nodes() == 26
    pairs = taking_part[["experiment", "country"]].itertuples(index=False)
    assert {tuple(sorted(e)) for e in net.edges} == {tuple(sorted(p)) for p in pairs}
    assert set(net["CHN"]) == set(taking_part.query("country == 'CHN'")["experiment"])


def test_three_rules_for_one_day(lesson):
    assert lesson["said"] == [11, 7, 10] and len(lesson["crew"]) == 19
    crew = lesson["crew"].set_index("person")
    assert (crew["nationality"] == "USA").sum() == (
        (crew["launched_by"] == "USA") & (crew["nationality"] == "USA")
    ).sum() + 2
    assert crew.loc[
        (crew["launched_by"] == "USA") & (crew["nationality"] != "USA")
    ].index.tolist() == ["Alexander Grebenkin"]
    assert crew["agency"].isna().sum() == 4


def test_the_balance_of_three_people(lesson):
    assert lesson["year"].iloc[0] == pytest.approx(3 * 4.99 * 0.365) and lesson["year"].iloc[
        -1
    ] == pytest.approx(3 * 1.77 * 0.365)
    assert lesson["year"].iloc[0] < 6 < data.table("recycling_reports")["mass_rate"].max() + 1
    assert lesson["saved"](0) == pytest.approx(3 * 3.22 * 0.365)
    assert (
        lesson["enough"] == pytest.approx((6 / 0.365 / 3 - 3.22), abs=0.01)
        and 2 < lesson["enough"] < 2.5
    )


def test_a_thousand_projects_against_scipy(lesson):
    fit = stats.linregress(lesson["when"], lesson["projects"])
    assert len(lesson["done"]) == 4 and fit.slope == pytest.approx(64, abs=0.5)
    evidence = sources.claims("03").set_index("id")["evidence"]["css_thousand_projects"]
    assert f"{(1000 - fit.intercept) / fit.slope:.1f}" == "2037.5" and "2037.5" in evidence
    assert f"{lesson['first']:.1f} to {lesson['last']:.1f}" in evidence
    more = 1000 / fit.slope + lesson["announced"]
    assert (
        f"{more:.1f}" == "2040.6" and "2040.6" in evidence and lesson["more"] == pytest.approx(more)
    )


def test_no_gap_since_june_2022(lesson):
    overlap = lesson["overlap"]
    assert (overlap.iloc[1:3] < 0).all() and (overlap.iloc[3:] > 4).all()
    assert f"{lesson['flights']['launch'].iloc[2]:%Y-%m-%d}" == "2022-06-05"
    assert overlap[lesson["flights"]["mission"] == "Shenzhou-20"].item() == pytest.approx(
        5.8, abs=0.05
    )


def test_europeans_among_the_partners(lesson):
    assert (
        lesson["europeans"] == ["BEL", "CHE", "DEU", "ESP", "FRA", "ITA", "NLD", "NOR", "POL"]
        and "USA" not in lesson["right"]
    )
    assert (
        "nine European countries" in sources.claims("03").set_index("id")["evidence"]["css_europe"]
    )


def test_another_agency_is_held_to_the_same_yardstick(lesson):
    claim = sources.claims("03").set_index("id").loc["iss_running_cost_1999"]
    assert (
        claim["speaker"] == "NASA"
        and "2.3 times" in claim["evidence"]
        and claim["verdict"] == "not testable"
    )
    assert lesson["factor"] == pytest.approx(3000 / 1300)


def test_the_access_number_and_its_counterexample(lesson):
    """From the rows of the table: two parts of one programme in yuan, and every seat with a sure
    price.
    """
    access, costs = lesson["access"], data.table("station_costs")
    sure = costs[costs["confidence"] != "low"]
    seats = sure[(sure["what"] == "seat") & sure["low"].notna()]
    yuan = sure.loc[sure["what"] == "programme", "low"].to_numpy() / 6.3813
    assert (access.better, access.spread("same size")) == ("low", None)
    assert access.together == (seats["low"].min(), seats["high"].max()) == (21.3, 90)
    assert access.alone == pytest.approx((yuan[0], yuan.sum()))
    assert access.ratio() == pytest.approx((yuan[0] / 90, yuan.sum() / 21.3))
    assert [round(end) for end in access.ratio()] == [35, 258]
    assert lesson["price"] == 0.13 and lesson["own"] == pytest.approx(
        (3000 / 7 / 8766, 3000 / 7 / 2922)
    )
    assert lesson["own"][0] < lesson["price"] < lesson["own"][1]


def test_the_other_day_of_the_quiz_is_that_of_the_table():
    """Question whose-count: 8 by rocket, 4 by nationality, 3 by agency on 25 June 2025."""
    crew = data.table("crew_snapshots").query("time.dt.year == 2025")
    assert (crew["launched_by"] == "USA").sum() == 8
    assert (crew["nationality"] == "USA").sum() == 4
    assert (crew["agency"] == "NASA").sum() == 3


def test_verdicts_use_what_the_tables_know():
    claims = sources.claims("03").set_index("id")
    assert {
        "css_nine_experiments",
        "css_hosts_experiments",
        "css_fields",
        "css_thousand_projects",
        "css_first_foreigner",
        "css_europe",
        "shenzhou_20",
        "station_costs",
        "iss_running_cost_1999",
    } <= set(claims.index)
    assert "open" not in set(claims["verdict"])
    fields = set(data.table("experiments")["field"])
    assert {"astronomy", "life science", "fluid physics", "technology"} <= fields


def test_no_foreigner_flew_by_the_date_of_the_data():
    guests = data.table("foreign_astronauts")
    assert guests.loc[guests["what"].str.contains("launched"), "party"].tolist() == ["HKG"]
    assert pd.to_datetime(guests["as_of"], format="ISO8601").max() < pd.Timestamp("2026-06-30")


def test_smallest_share_that_needs_no_water():
    share = exercises.run(exercises.get("03-no-water"), exercises.get("03-no-water").solution)
    assert (
        share == pytest.approx((2.38 + 0.84 / 31.998 * 36.03) / 3.78)
        and math.ceil(100 * share) / 100 == 0.88
    )
    assert exercises.check("03-no-water", 0.88).state == "right"
    assert exercises.check("03-no-water", 0.875).state != "right"  # 0.055 kg are still brought


def test_what_was_said_stands_on_the_day_of_its_source(lesson):
    guests = lesson["guests"].set_index("words")["day"]
    assert f"{guests['first from Hong Kong flies']:%Y-%m-%d}" == "2026-05-24"
    assert f"{guests['Pakistan and CMSA sign']:%Y-%m-%d}" == "2025-02-28"
    assert f"{guests['two candidates named']:%Y-%m-%d}" == "2026-04-22"
    assert guests.is_monotonic_increasing and len(guests) == 8
    launch = data.table("crew_missions").set_index("mission")["launch"]["Shenzhou-23"]
    assert launch.date() == guests.iloc[-1].date()


# --- what the text says, against the tables and the outputs beside it ----------------------------


def test_the_question_of_step_3_asks_what_the_first_lines_do_not_tell():
    """The first cell says that 7, 10 and 11 are all right: the question asks for the rule."""
    question = bank.load("03_station_science")["step-us-crew"]
    assert question.answer == "citizen" and question.version == 2
    crew = data.table("crew_snapshots").query("time.dt.year == 2024")
    citizens, rocket = crew["nationality"] == "USA", crew["launched_by"] == "USA"
    assert (citizens.sum(), rocket.sum(), (crew["agency"] == "NASA").sum()) == (11, 10, 7)
    assert (citizens & crew["agency"].isna()).sum() == 4
    assert crew.loc[rocket & ~citizens, "nationality"].tolist() == ["RUS"]
    assert set(crew.loc[citizens & ~rocket, "craft"].str.split().str[0]) == {"Soyuz"}


def test_a_share_that_a_hint_tells_to_try_is_answered_for_what_it_is():
    """The first hint says: run it with 0.8 and with 0.9."""
    for share, words in ((0.9, "between 0.8 and 0.9"), (0.95, "the smallest share")):
        said = str(exercises.check("03-no-water", share))
        assert words in said and "rounded" not in said


def test_numbers_in_place_of_codes_are_not_called_names():
    counts = data.table("experiment_institutions").groupby("country")["experiment"].nunique()
    said = str(exercises.check("03-several", list(counts[counts > 1])))
    assert "numbers of experiments" in said and "These are names" not in said


def test_the_verdict_says_which_claims_the_core_has_tested():
    """Three of ten: the nine experiments, that they are hosted, and their fields."""
    cells = nbformat.read(ROOT / "notebooks" / "03_station_science.ipynb", 4).cells
    words = next(cell.source for cell in cells if cell.id == "verdict-1")
    assert all(f"Step {n}" in words for n in (7, 8, 9)) and "leave them" in words


def test_the_hydrogen_serves_half_a_molecule_for_each_of_oxygen(lesson):
    assert lesson["served"] == pytest.approx(0.5 / lesson["quotient"], abs=1e-3)
    assert 0.5 < lesson["quotient"] < 1


def test_countries_of_the_visitors_add_up_with_the_mission_that_followed(lesson):
    """23 in April 2024, and three that the mission of June 2025 brought: the 26 of the claim."""
    countries = lesson["by_day"]["countries"]
    assert countries["2024-04"] + 3 == countries["2025-11-02"] == 26
    evidence = sources.claims("03").set_index("id")["evidence"]["iss_290_people"]
    assert "first visitors from Hungary, India and Poland" in evidence
