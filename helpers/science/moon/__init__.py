"""To the Moon and back by radio: ellipses, the Moon's place and turning, relays, antennas on the
Earth.

Lengths are km, angles degrees, times UTC; a name ends in its unit where it is not obvious. Heights
are measured from a sphere: the Moon's mean radius, or the Earth's equatorial radius. Latitude and
longitude on the Moon are those of its mean Earth axes (ME): the prime meridian faces the Earth on
average.

How good: Sun, Earth, Moon and Mars as in JPL's DE421 (metres); the Moon's axes within 0.005
degrees; the Moon's elevation over an antenna within 0.01 degrees, without refraction; relays on a
Kepler ellipse that keeps its shape and its place among the stars, which is what a frozen orbit only
nearly does.
"""

from helpers.science.moon.antennas import (
    antenna_elevations_deg,
    hours_a_day,
    longest_wait_h,
    step_h,
)
from helpers.science.moon.dishes import (
    Dish,
    Listeners,
    dishes,
)
from helpers.science.moon.ellipses import (
    Body,
    EARTH,
    MOON,
    MOON_MU_KM3_S2,
    MOON_RADIUS_KM,
    circular_speed_km_s,
    high_km,
    injection_km_s,
    l2_beyond_moon_km,
    period_h,
    period_h_circle,
    radius_from_centre,
    speed_km_s,
)
from helpers.science.moon.ephemeris import (
    DAYS_A_CENTURY,
    EPHEMERIS,
    about_x,
    about_z,
    axes,
    axes_at,
    elevation_deg,
    mean_earth_elevation_deg,
    position_at,
    position_km,
    site_and_up,
    skyfield_time,
    sub_earth_deg,
    turn,
)
from helpers.science.moon.globe import (
    globe_km,
    graticule,
    project,
)
from helpers.science.moon.relays import (
    DAYS_A_MONTH,
    Relay,
    RelayView,
    behind_moon,
    relay_curve_km,
    relay_position_km,
    relay_view,
)
