"""Drawings of lesson 12: discoveries, a line of possible places, two eyes,
error ellipses, and a push.

Each returns a figure and the sentence that belongs below it.
"""

from helpers.lessons.planetary_defence.chances import (
    known,
    possible_places,
    published,
    pushed,
    pushed_on_ellipse,
    rise_and_fall,
    shares_known,
    steady_growth,
    yearly_growth,
    yr4_offset_km,
    yr4_target_km,
)
from helpers.lessons.planetary_defence.fall import (
    clock_of,
    ellipses,
    last_hours,
    last_way,
    more_stations,
    narrowing,
    second_station,
    two_eyes,
    wrong_clock,
)
from helpers.lessons.planetary_defence.observatories import stations
