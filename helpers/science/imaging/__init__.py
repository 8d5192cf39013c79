"""When can imaging satellites look at a place, and how soon after an event?

A satellite can look at a place while the place lies within its look angle: the angle, at the
satellite, between straight down (towards the Earth's centre) and the place. `windows` finds those
times. For each revolution it takes the closest approach in closed form (`approaches`), keeps those
that come near enough, and only there asks SGP4 (`exact`), by Newton's method (`edges`). `looks`
counts what windows give: first look, gaps, revisit, by any subset of satellites.
"""

from helpers.science.imaging.angles import (
    elevation_of_look,
    ground_reach,
    look_of_reach,
    sun_elevation,
)
from helpers.science.imaging.exact import (
    place_table,
)
from helpers.science.imaging.looks import (
    event_times,
    first_look,
    first_look_hours,
    first_look_summary,
    gaps,
    hours_to_look,
    longest_gap,
    of_owners,
    opens_closes,
    quantile,
    revisit,
    usable,
)
from helpers.science.imaging.satellites import (
    MAX_AGE_DAYS,
    age_cost,
    check_age,
    fleet,
    month,
    moved,
    same_size,
)
from helpers.science.imaging.search import (
    out_of_reach,
    repeat_looks,
    subpoints,
    windows,
)
