"""Drawings of lesson 04: orbits and burns, hours a day, a relay over the far side, masses."""

from helpers.lessons.lunar_missions.bars import day_bars, ground_bars, mass_bars
from helpers.lessons.lunar_missions.flight import earth_heights, injections, ladder, readings
from helpers.lessons.lunar_missions.relay import (
    VIEWS,
    behind_the_moon,
    contact_sentence,
    listening,
    relay_figure,
    spans,
)
