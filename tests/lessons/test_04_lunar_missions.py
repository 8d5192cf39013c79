"""Lesson 04 held to its own cells: what the interactive figures answer, and the numbers on which its verdicts rest."""

from itertools import product

import pytest

from helpers.lessons import lunar_missions as drawings
from helpers.science import moon, orbits
from helpers.tables import data, sources

# What a learner does to each interactive figure in the browser, and words that its sentence must then hold.
MOVES = [
    ("Who hears the far side?", [("choose", "Chang'e-4")], "Chang'e-4"),
    ("Who has the Moon?", [("untick", "Córdoba")], "2 dishes"),
]


@pytest.fixture(scope="module")
def cells(run):
    """What the lesson's cells up to its first exercise leave behind."""
    return run("04_lunar_missions", until="Your turn")


def test_a_class_that_leaves_out_the_further_cells_meets_no_missing_name(run):
    names = run("04_lunar_missions", tags=["core"])
    assert names["dividend"].ratio("alone") == pytest.approx(1.58, abs=0.01)


@pytest.fixture
def relay(cells):
    return cells.views["Who hears the far side?"]


@pytest.fixture
def dishes(cells):
    return cells.views["Who has the Moon?"]


def hours(text):
    return float(text.split(" hours a day")[0].split()[-1])


def test_the_relay_answers_as_the_helper_does(relay):
    view = moon.relay_view(moon.Relay(200, 16000, 62.4), (-41.6385, -153.9852), step_minutes=10)
    text = relay.set(site="Chang'e-6", low=200, high=16000, tilt=62.4, lowest="the north")
    assert hours(text) == pytest.approx(24 * view.share["both"], abs=0.051)
    assert "24.3 hours" in text


def test_the_other_way_up_and_the_short_orbit_give_less(relay):
    best = hours(relay.set(site="Chang'e-4", low=200, high=16000, tilt=62.4, lowest="the north"))
    assert best > 18
    assert hours(relay.set(lowest="the south")) < 0.4 * best
    assert hours(relay.set(lowest="the north", low=300, high=8600)) < best


def test_about_14000_km_are_enough_for_18_hours_as_the_teacher_page_says(relay):
    at = {
        high: hours(relay.set(site="Chang'e-6", low=200, high=high, tilt=62.4, lowest="the north"))
        for high in (13000, 14000, 15000)
    }
    assert at[13000] < 18.0 <= at[15000] and at[14000] == pytest.approx(18.0, abs=0.2)


def test_every_corner_can_be_drawn(relay):
    shapes = [(100, 2000, 0), (2000, 2000, 90), (2000, 24000, 45), (100, 24000, 62.4)]
    for (low, high, tilt), seen_from in product(shapes, drawings.VIEWS):
        said = relay.set(low=low, high=high, tilt=tilt, seen_from=seen_from)
        assert "hours a day" in said and relay.picture.startswith(b"\x89PNG")


def test_dishes_of_one_state_do_not_reach_what_three_continents_do(dishes):
    assert hours(dishes.set(chosen=["Usuda", "Hartebeesthoek", "Córdoba"], mask=10)) > 23
    assert hours(dishes.set(chosen=["Usuda", "Misasa", "Uchinoura"])) < 11
    assert hours(dishes.set(chosen=[])) == 0


def test_a_higher_mask_hears_less(dishes):
    assert hours(dishes.set(chosen=["Jiamusi"], mask=0)) > hours(dishes.set(mask=20)) > 0


# --- what the verdicts rest on


def test_the_numbers_in_the_evidence_are_those_computed(cells):
    evidence = sources.claims("04").set_index("id")["evidence"]
    assert f"at least {-cells['ce6_best']:.1f} degrees" in evidence["dorn_forever"]
    assert f"about {cells['gap']:.0f} km" in evidence["chandrayaan_south_pole"]
    three, when = cells["three"], cells["when"]
    assert f"{moon.hours_a_day(three, 10):.1f} hours a day" in evidence["dsn_constant"]
    assert moon.hours_a_day(three, 4) == 24 and moon.longest_wait_h(three, when, 10) == 2


def test_payloads_of_the_claims_are_counted_once():
    payloads = data.table("lunar_payloads").groupby("mission")["payload"].nunique()
    partners = data.table("lunar_payloads").groupby("mission")["party"].nunique()
    assert (payloads["Chang'e-6"], partners["Chang'e-6"]) == (4, 5)
    assert (payloads["Chang'e-7"], partners["Chang'e-7"]) == (6, 7)


def test_alone_on_own_ground_is_the_best_of_all_owners(cells):
    owners = cells["owners"]
    assert cells["top"]["own ground"] == owners["own ground"].max() == pytest.approx(15.0, abs=0.05)
    assert owners.set_index("owner").loc["CNSA"].tolist()[:2] == pytest.approx(
        [13.4, 23.2], abs=0.05
    )
    assert (
        cells["members"] < cells["top"]["own ground"]
    )  # nor would ESA on its members' ground change it


def test_the_hour_steps_cost_little(cells):
    """Hourly samples of 18.6 years against steps of ten minutes in one month."""
    when = orbits.times("2026-01-01", 24 * 27.3, 600)
    fine = moon.hours_a_day(moon.antenna_elevations_deg(cells["antennas"].iloc[:3], when))
    hourly = moon.hours_a_day(
        moon.antenna_elevations_deg(
            cells["antennas"].iloc[:3], orbits.times("2026-01-01", 24 * 27.3, 3600)
        )
    )
    assert fine == pytest.approx(hourly, abs=0.1)
