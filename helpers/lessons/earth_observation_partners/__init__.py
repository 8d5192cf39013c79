"""Lesson 10: the satellites that states share, who looks where, and its drawings."""

from helpers.lessons.earth_observation_partners.club import (
    club,
    club_sentence,
    core_sentence,
    fair_share,
    joining,
    uses_and_brings,
    votes,
)
from helpers.lessons.earth_observation_partners.colours import ALL, OWN
from helpers.lessons.earth_observation_partners.earth import bands, on_land, revisit_maps
from helpers.lessons.earth_observation_partners.fleet import (
    days,
    hours,
    looks,
    members,
    shared_fleet,
    units,
    week,
)
from helpers.lessons.earth_observation_partners.launches import bought, firsts
