"""The street of the dividend: its gain beside the view of whole systems, and its two searches."""

import numpy as np
import pytest

from helpers.science import availability, street
from helpers.science.street import FOUR, Street, Unit

ACCRA = ("Accra", 5.56, -0.2)


@pytest.fixture(scope="module")
def canyon():
    return Street(ACCRA[1:], step_minutes=20)


def test_the_capitals_are_those_of_the_regions_named():
    capitals = street.named_capitals()
    assert set(capitals["named"]) == {
        "Africa",
        "Eastern Europe",
        "South-eastern Asia",
        "Southern Asia",
        "Western Asia",
    }
    assert {"Jakarta", "Accra", "Kyiv", "Dhaka", "Riyadh"} <= set(capitals["name"])
    assert not {"Beijing", "Paris", "Lima"} & set(capitals["name"])


def test_owners_and_how_many_they_have(canyon):
    partners = canyon.partners()
    assert list(partners) == ["BeiDou", "GLONASS", "GPS", "Galileo"]
    assert {owner: len(units) for owner, units in partners.items()} == {
        "BeiDou": 50,
        "GLONASS": 27,
        "GPS": 31,
        "Galileo": 28,
    }
    assert len(canyon.partners(FOUR)["BeiDou"]) == 35


def test_the_gain_is_the_view_of_whole_systems(canyon):
    positions, systems = street.over_the_day(20)
    view = availability.at_place(positions, systems, ACCRA[1:], 30)
    partners = canyon.partners(FOUR)
    assert canyon.minutes(partners["GPS"]) == pytest.approx(view.good_minutes("GPS")[0])
    together = [unit for units in partners.values() for unit in units]
    assert canyon.minutes(together) == pytest.approx(view.good_minutes(FOUR)[0])
    assert canyon.minutes([]) == 0 and canyon.minutes(partners["GPS"][:3]) == 0


def test_the_gain_never_falls_when_a_satellite_is_added(canyon):
    everyone = [unit for units in canyon.partners().values() for unit in units]
    order = np.random.default_rng(1).permutation(len(everyone))
    gains = [canyon.minutes([everyone[i] for i in order[:n]]) for n in range(0, len(order), 6)]
    assert gains == sorted(gains) and gains[-1] > 0


def test_one_turn_ahead_is_where_it_was(canyon):
    """A satellite a whole turn ahead of itself flies where it flies: the turn of the Earth is taken
    out.
    """
    gps = canyon.partners()["GPS"]
    period = canyon.period_s(gps[0])
    ahead = [unit._replace(ahead_s=canyon.period_s(unit)) for unit in gps]
    assert period == pytest.approx(43_080, abs=60)
    assert canyon.minutes(ahead) == pytest.approx(canyon.minutes(gps), abs=40)
    half = [unit._replace(ahead_s=canyon.period_s(unit) / 2) for unit in gps]
    assert canyon.minutes([*gps, *half]) > canyon.minutes(gps)


def test_offers_counted_at_once_are_the_fleets_counted_one_by_one(canyon):
    own = canyon.partners()["Galileo"]
    offers = [own[0], own[3]._replace(ahead_s=7000.0), own[5]._replace(east_deg=40.0)]
    found = canyon.minutes_with(own[4:], offers)
    assert list(found) == [canyon.minutes([*own[4:], one]) for one in offers]
    assert len(set(found)) > 1


def test_both_searches_keep_the_own_and_reach_the_size(canyon):
    own = canyon.partners()["GPS"]
    home = canyon.in_own_planes("GPS", own, 40)
    free = canyon.anywhere("GPS", own, 40, tries=20)
    for fleet in (home, free):
        assert len(fleet) == len(set(fleet)) == 71 and fleet[:31] == own
        assert {unit.system for unit in fleet} == {"GPS"}
    assert canyon.minutes(own) <= canyon.minutes(home) <= canyon.minutes(free)
    assert canyon.anywhere("GPS", own, 40, tries=20) == free  # the draw is seeded
    assert all(unit.east_deg == 0 for unit in home)


def test_more_in_the_own_planes_stand_evenly_on_the_circle(canyon):
    own = canyon.partners()["GPS"][:1]
    fleet = canyon.in_own_planes("GPS", own, 3)
    quarter = canyon.period_s(own[0]) / 4
    assert [unit.ahead_s for unit in fleet] == pytest.approx([0, quarter, 2 * quarter, 3 * quarter])


def test_a_few_well_placed_satellites_do_much(canyon):
    own = canyon.partners()["GPS"]
    assert canyon.minutes(canyon.anywhere("GPS", own, 3, tries=40)) > canyon.minutes(own) + 200
    assert Unit("GPS", "x") == Unit("GPS", "x", 0.0, 0.0)
