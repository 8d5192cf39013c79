"""Lesson 10 as its learner meets it: the numbers of its sentences, the search of its dividend,
the interactive figure.
"""

import copy
import re

import numpy as np
import pandas as pd
import pytest

from helpers.lessons import earth_observation_partners as lesson
from helpers.science import dividend, imaging, pooling, revisit, sharing
from helpers.tables import data
from tests import notebooks

# What a learner does to each interactive figure in the browser, and words that its sentence must
# then hold.
MOVES = [
    (
        "What does a satellite for Nairobi bring and get?",
        [("untick", "Ethiopia"), ("untick", "Peru"), ("tick", "Egypt")],
        "with 1 partner",
    )
]


pytestmark = pytest.mark.usefixtures("closed")


@pytest.fixture(scope="module")
def seen():
    return lesson.looks(30)


@pytest.fixture(scope="module")
def units():
    return lesson.units()


@pytest.fixture(scope="module")
def everyone(units):
    return sorted({name for own in units.values() for name in own})


# --- who shares -----------------------------------------------------------------------------------


def test_five_members_share_six_satellites_one_of_them_twice(units, everyone):
    assert list(units) == ["Brazil", "China", "India", "Russian Federation", "South Africa"]
    assert len(everyone) == 6 and sum(map(len, units.values())) == 7 and units["South Africa"] == []
    capitals = pooling.capitals(lesson.members()["party"])
    assert capitals["name"].to_list() == lesson.members()["capital"].to_list()


def test_both_tables_of_satellites_make_one_fleet():
    fleet = pooling.fleet()
    assert fleet.index.is_unique and len(data.table("partner_satellites")) == 17
    assert len(fleet) == len(imaging.fleet()) + 17


def test_shares_of_each_agreement_are_a_whole():
    cost = data.table("cost_shares").query("basis == 'agreed'")
    assert np.allclose(cost.groupby("programme")["share_percent"].sum(), 100)
    amounts = cost.dropna(subset=["amount_musd"])
    total = amounts.groupby("programme")["amount_musd"].transform("sum")
    assert np.allclose(100 * amounts["amount_musd"] / total, amounts["share_percent"])


@pytest.mark.parametrize(
    ("kinds", "first"),
    [
        (["state", "commercial arm of a state group", "commercial"], "AsiaSat-1"),
        (["commercial arm of a state group", "commercial"], "KL-Alpha A and B"),
        (["commercial"], "OL-1"),
    ],
)
def test_first_depends_on_who_counts(kinds, first):
    launches = data.table("launches_for_users")
    abroad = launches[(launches["firm_home"] == "CHN") & (launches["user"] != "CHN")]
    _, said = lesson.firsts(launches, abroad[abroad["firm_kind"].isin(kinds)])
    assert f"The first is {first}," in said


def test_what_users_got_is_what_the_table_says():
    launches = data.table("launches_for_users").query("images_earth and user_kind == 'state'")
    table = lesson.bought(launches)
    assert table.loc["VRSS-1"].to_list() == ["Venezuela", "-", "CASC", "140"]
    assert table.loc["PeruSat-1", "built"] == "Airbus"
    system = data.table("imagery_prices").set_index("id").loc["perusat-system", "low_usd"]
    assert float(table.loc["PeruSat-1", "price"]) == system / 1e6
    assert table.loc[["ETRSS-1", "MisrSat-2"], "price"].to_list() == ["given", "given"]
    assert len(table) == len(launches) and not table.isna().any().any()


def test_no_kind_left_is_a_sentence():
    launches = data.table("launches_for_users")
    assert lesson.firsts(launches, launches.iloc[:0])[1].startswith("No launch is left")


# --- hours and days -------------------------------------------------------------------------------


def test_hours_are_those_of_a_random_moment(seen, units):
    """Held to 20,000 moments: the gap in which each lies, by its own bookkeeping."""
    rows = seen[(seen["member"] == "South Africa") & seen["satellite"].isin(units["India"])]
    zero = rows["opens"].dt.normalize().min().tz_convert("UTC").normalize()
    zero = zero.replace(month=3, day=5)
    opens, closes = (
        np.sort((rows[c] - zero).dt.total_seconds().to_numpy() / 3600) for c in ("opens", "closes")
    )
    moments = np.linspace(0, 672, 20000)
    after = np.append(opens, 672)[np.searchsorted(opens, moments)]
    before = np.append(0, closes)[np.searchsorted(closes, moments)]
    assert np.median(after - before) == pytest.approx(
        lesson.hours(seen, "South Africa", units["India"]), abs=0.05
    )


def test_together_is_never_longer_than_alone_and_never_less_days(seen, units, everyone):
    for who, own in units.items():
        assert lesson.hours(seen, who, everyone) <= lesson.hours(seen, who, own)
        assert lesson.days(seen, who, everyone) >= lesson.days(seen, who, own)
    assert lesson.hours(seen, "South Africa", []) == np.inf and lesson.days(seen, "Brazil", []) == 0


def test_the_table_of_the_question_is_the_one_of_the_game(seen, units):
    def worth(group):
        satellites = {name for who in group for name in units[who]}
        return sum(lesson.days(seen, who, satellites) for who in group)

    table = sharing.table(["Brazil", "China", "India"], worth).set_index("group")["worth"]
    assert table.to_list() == [
        10,
        20,
        23,
        42,
        50,
        55,
        82,
    ]  # the question and exercise 3 print these
    five = list(units)
    assert not sharing.core_is_empty(five, worth)
    value = dividend.shapley(five, worth)
    assert float(sum(value.values())) == worth(frozenset(five)) and value["South Africa"] > 0


def test_bands_average_equal_areas():
    grid = revisit.equal_area_grid(400)
    rows = {"median_h": abs(grid["latitude_deg"]), "longest_h": 1.0 + 0 * grid["latitude_deg"]}
    table = lesson.bands(grid, grid.assign(**rows), grid.assign(**rows))
    assert (table["longest"] == 1).all().all()
    assert table["median"]["alone"]["the whole Earth"] == pytest.approx(32.7, abs=0.4)
    assert table["median"]["alone"]["near the poles"] > 66


def test_land_is_about_three_tenths_of_the_earth():
    assert lesson.on_land(revisit.equal_area_grid(2000)).mean() == pytest.approx(0.29, abs=0.02)


# --- the dividend ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def search():
    return pooling.SameSize(pooling.capitals(["ZAF"]))


def test_the_search_measures_as_the_lesson_does(search, seen, units, everyone):
    for own in [*list(units.values())[:4], everyone]:
        assert search.gain(own) == pytest.approx(lesson.hours(seen, "South Africa", own), abs=1e-6)
    assert search.gain([]) == np.inf


@pytest.mark.parametrize("who", ["India", "Russian Federation"])
def test_alone_at_home_anywhere_are_in_order(search, units, who):
    own, more = units[who], 6 - len(units[who])
    home, free = search.at_home(who, own, more), search.anywhere(who, own, more)
    assert len(home) == len(free) == 6 and home[: len(own)] == free[: len(own)] == own
    assert (
        search.gain(free) < 0.9 * search.gain(home) < search.gain(own)
    )  # other hours of the day help


def test_a_satellite_more_never_lengthens_the_hours(search, everyone):
    hours = [search.gain(everyone[:count]) for count in range(7)]
    assert hours == sorted(hours, reverse=True)


# --- the newcomer ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pool():
    return pooling.Club(("Nairobi", -1.28, 36.82), ["ETH", "PER", "VEN", "PAK"])


def test_what_members_use_and_bring_is_one_sum(pool):
    result = pool.join(["Ethiopia", "Peru", "Venezuela"], 600, 10.5)
    assert sum(result["use"].values()) == pytest.approx(sum(result["value"].values()))
    assert result["together_h"] <= result["alone_h"]
    mine = pool.seen[
        (pool.seen["at"] == "Nairobi") & pool.seen["of"].isin(["Ethiopia", "Peru", "Venezuela"])
    ]
    assert result["before"]["Nairobi"] == mine["day"].nunique() < result["use"]["Nairobi"]
    for who in result["use"]:
        assert (
            result["own"][who] <= result["use"][who] and result["before"][who] <= result["use"][who]
        )


def test_alone_a_newcomer_keeps_what_it_brings(pool):
    result = pool.join([], 700, 13.5)
    assert (
        result["value"] == {"Nairobi": result["use"]["Nairobi"]}
        and result["alone_h"] == result["together_h"]
    )
    assert "with 0 partners" in lesson.club_sentence(result)


@pytest.mark.parametrize("height", [450, 620, 850])
def test_each_setting_has_a_figure_and_a_sentence(pool, height):
    result = pool.join(["Pakistan", "Peru"], height, 12)
    assert lesson.club(result).axes
    said = lesson.club_sentence(result)
    found = re.match(
        r"Nairobi: alone ([\d.]+) hours between looks, with 2 partners ([\d.]+) hours", said
    )
    assert float(found[1]) == pytest.approx(result["alone_h"], abs=0.06)
    assert float(found[2]) == pytest.approx(result["together_h"], abs=0.06)


def test_fifteen_turns_a_day_come_over_the_same_ground_and_may_never_see_a_city(pool):
    result = pool.join([], 565, 10.5)
    assert result["alone_h"] == np.inf and result["use"] == {"Nairobi": 0}
    assert "Nairobi: alone no look, with 0 partners no look." in lesson.club_sentence(result)
    assert lesson.club(result).axes


def test_the_answer_below_the_figure_to_explore_is_what_it_shows():
    owners = ["DZA", "BRA", "EGY", "ETH", "PAK", "PER", "THA", "TUR", "VEN", "VNM"]
    home = data.city("Nairobi")
    club = pooling.Club((home["name"], home["latitude_deg"], home["longitude_deg"]), owners)
    found = {h: club.join(["Ethiopia", "Peru"], h, 10.5) for h in (550, 560, 570, 580, 600, 670)}
    never = [height for height, one in found.items() if np.isinf(one["alone_h"])]
    assert never == [560, 570]
    assert found[600]["together_h"] > 30 > found[670]["together_h"]


def test_a_core_is_said_to_exist_only_where_one_does():
    pairs = lambda group: {0: 0, 1: 0, 2: 8, 3: 9}[len(group)]  # three pairs ask for 12 in all
    assert lesson.core_sentence("ABC", pairs) == (
        "all are worth 9, and groups ask for 12: the core is empty"
    )
    assert lesson.core_sentence("AB", lambda group: 5 * len(group)).endswith("a core exists")


def test_votes_of_the_station_are_whole():
    iss = {"CSA": 2.3, "ESA": 8.3, "JAXA": 12.8, "NASA": 76.6}
    table = lesson.votes(iss, [50.1, 100])
    assert (
        np.allclose(table.sum(), 100) and table["50.1"]["NASA"] == 100 and table["100"]["CSA"] == 25
    )


def test_the_globe_counts_the_looks_that_the_windows_hold():
    seen = lesson.looks(30)
    view = lesson.shared_fleet(seen)
    own = seen[seen["member"] == "South Africa"].sort_values("opens")
    start = view.time.floor("h") - pd.Timedelta(hours=3)
    looks = own[own["opens"].between(start, start + pd.Timedelta(hours=12))]
    assert (
        f"they look at Pretoria {len(looks)} times; the first is {own.iloc[0]['satellite']}"
        in view.sentence
    )
    assert view.chosen == own.iloc[0]["satellite"] and len(view.names()) == 6 + 1
    assert abs(view.time - own.iloc[0]["opens"]) < pd.Timedelta(minutes=1)


def test_the_globe_names_both_owners_of_the_satellite_that_two_own(seen):
    page = str(vars(lesson.shared_fleet(seen)))
    assert "Owners: Brazil and China." in page and "Owner: India." in page
    assert "CBERS." not in page


# --- the core, whatever a learner tried -----------------------------------------------------------


@pytest.mark.parametrize("tried", [20, 45])
def test_another_angle_tried_leaves_the_dividend_as_it_is(run, monkeypatch, tried):
    stored = notebooks.cells

    def changed(*which):
        found = copy.deepcopy(stored(*which))
        for cell in found:
            cell.source = cell.source.replace("look_deg = 30 ", f"look_deg = {tried} ")
        return found

    monkeypatch.setattr(notebooks, "cells", changed)
    ran = run("10_earth_observation_partners", tags=("core",))
    assert ran["leads"] == "China" and ran["best"] == "India"
    assert ran["result"].alone == pytest.approx(ran["pretoria"]["India"], abs=0.05)


def test_what_the_lesson_says_of_the_poles(everyone):
    grid = revisit.equal_area_grid(1000)
    found = revisit.looks(pooling.fleet().loc[everyone], grid, *pooling.month(), look_deg=30)
    hours = revisit.revisit_map(revisit.by_day(found))["median_h"]
    polar = hours[abs(grid["latitude_deg"]) > 66.56]
    assert (polar < 24).mean() > 0.9, "with all six most cells there wait less than a day"
    assert (grid["latitude_deg"][polar.index[polar > 96]] < -80).all(), "the strip is in the south"
