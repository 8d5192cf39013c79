"""Dishes that talk to one object: the minutes of any set, and an owner with more of them."""

import pytest

from helpers.science import dishes, orbits, passes, tracks
from tests.gains import hold_never_falls


@pytest.fixture(scope="module")
def network():
    tiangong = orbits.newest(orbits.sets("tiangong"))
    return dishes.Network(tracks.track(tiangong, tiangong.epoch.floor("D"), hours=24))


def test_minutes_are_those_of_the_passes(network):
    """The union of passes, found by the module that the lesson's own steps use."""
    own = network.partners()["NASA"]
    found = passes.find(network.path, [(d.name, d.latitude, d.longitude) for d in own])
    assert network.minutes(own) == pytest.approx(passes.contact_minutes(found), abs=0.1)
    assert network.minutes([]) == 0


def test_more_dishes_never_hear_less(network):
    everyone = [dish for own in network.partners().values() for dish in own]
    hold_never_falls(network.minutes, everyone, examples=15)


def test_each_new_dish_stands_where_it_may_and_adds_most(network):
    own = network.partners()["CLTC"]
    assert {d.host for d in own} == {"CHN", "ARG", "KEN", "NAM", "PAK"}
    home, free = network.at_home("CLTC", own, 3), network.anywhere("CLTC", own, 3)
    assert home[:8] == own and free[:8] == own and len(home) == len(free) == 11
    assert {d.host for d in home[8:]} <= {"CHN", "ARG", "KEN", "NAM", "PAK"}
    assert {d.host for d in network.at_home_only("CLTC", own, 3)[8:]} == {"CHN"}
    first = network.minutes(home[:9])
    tried = [network.minutes([*own, city]) for city in dishes.sites() if city.host == "PAK"]
    assert first >= max(tried) - 1 and network.minutes(free) >= network.minutes(home)


def test_own_land_is_that_of_the_owners_state(network):
    assert dishes.homes("CLTC") == {"CHN"} and dishes.homes("ESA") == set()
    by_name = {d.name: d for d in network.partners()["CLTC"]}
    assert dishes.at_land("CLTC", by_name["Kashi"])
    assert not dishes.at_land("CLTC", by_name["Swakopmund"])
