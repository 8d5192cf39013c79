"""Drawings of lesson 11: the planets from above, the window, the link, the ground under a rover."""

from helpers.lessons.mars.flight import (
    flight_plan,
    half_ellipse,
    light_times,
    plan,
    porkchop,
    windows,
)
from helpers.lessons.mars.link import fleet_bars, link_bars, passes, reach, tries
from helpers.lessons.mars.underground import (
    DIP_DEG,
    depths,
    ground,
    made_up,
    measured,
    radargram,
    slopes,
    true_dip,
)
