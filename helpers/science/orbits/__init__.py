"""Orbits and time: from a circle by hand to SGP4, positions over the ground, decay and burns.

This is the one package that knows frames and time scales; skyfield and sgp4 do that work.
Lengths are km, angles degrees, times UTC; a name ends in its unit where it is not obvious.

Two kinds of height appear. The **mean height** of an element set comes from its mean motion
by Kepler's third law, minus the equatorial radius: good for histories. The **height** of a
position is measured from the WGS84 ellipsoid at that moment, and swings by about 20 km a turn.
"""

from helpers.science.orbits.circles import (
    burn_height_change_km,
    burn_speed_change_m_s,
    count_orbits,
    distance_to_track_km,
    height_from_period_km,
    highest_elevation_deg,
    latitude_limit_deg,
    mean_height_km,
    nodal_period_minutes,
    node_drift_deg_per_day,
    period_minutes,
    radius_km,
    revolutions_per_day,
    semi_major_axis_km,
    speed_km_s,
)
from helpers.science.orbits.clock import (
    TIMESCALE,
    as_text,
    index,
    julian,
    times,
    utc,
)
from helpers.science.orbits.element_sets import (
    ElementSet,
    MAX_AGE_DAYS,
    altitude_history,
    check_age,
    epochs,
    from_lines,
    from_omm,
    from_row,
    from_text,
    lines,
    nearest,
    newest,
    sets,
    some,
)
from helpers.science.orbits.ground import (
    geodetic,
    ground_and_up,
    split,
)
from helpers.science.orbits.made_up import (
    made_up,
    moved,
    sun_synchronous,
)
from helpers.science.orbits.motion import (
    ground_track,
    in_sunlight,
    look,
    position,
    subpoint,
    sun_direction,
)
from helpers.base.places import Place
from helpers.base.places import as_place
