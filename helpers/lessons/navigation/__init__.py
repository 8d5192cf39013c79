"""Drawings of lesson 09: circles in the plane, misses of a fix, skies, maps of good fixes."""

from helpers.lessons.navigation.maps import by_region, minutes_maps, ratio_map
from helpers.lessons.navigation.plane import circles, clock_sentence, in_the_plane
from helpers.lessons.navigation.receiver import as_sent, costs, misses, on_the_map, parts
from helpers.lessons.navigation.skies import (
    day_and_sky,
    fix_of,
    four_satellites,
    four_sentence,
    of_turns,
    turning,
)
