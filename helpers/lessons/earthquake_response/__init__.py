"""Drawings of lesson 07: how a satellite looks aside, when looks come, and what came afterwards."""

from helpers.lessons.earthquake_response.afterwards import (
    circle_and_line,
    counts_and_times,
    energies,
    reports,
    scored,
)
from helpers.lessons.earthquake_response.fleet import fleet_globe, look_angle
from helpers.lessons.earthquake_response.looks import (
    Choices,
    by_hour,
    look_times,
    same_hour,
    waits,
)
