"""Formulas for variants that no science module offers, and that need no more than arithmetic."""

from math import sqrt

from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM, SIDEREAL_DAY_S
from helpers.science import defence, links, mars, moon, orbits, radar, relay, twobody, weather

REGISTERED = {}  # formulas that no science module offers: name -> function


def register(function):
    """Register a small formula under `formulas.<its name>`."""
    REGISTERED[f"formulas.{function.__name__}"] = function
    return function


@register
def ratio(top, bottom):
    """Return top divided by bottom."""
    return top / bottom


@register
def product(first, second):
    """Return first times second."""
    return first * second


@register
def difference(first, second):
    """Return first minus second."""
    return first - second


@register
def share(part, whole):
    """Return part of whole as a fraction; `gives: "1"` with `unit: "%"` makes it percent."""
    return part / whole


@register
def whole_share(part, whole, of):
    """Return part of whole, times `of`, rounded to a whole number: of a learner who rounds a
    mean.
    """
    return round(part / whole * of)


@register
def sum_of_two_spans(first_start, first_end, second_start, second_end):
    """Return the lengths of two spans added up, as if they could not overlap."""
    return first_end - first_start + second_end - second_start


@register
def double_burn(height_change_km, height_km):
    """Return the burn of a learner who forgets the 2 in dh = 2 a dv / v, m/s."""
    return 2 * orbits.burn_speed_change_m_s(height_change_km, height_km)


@register
def burn_with_height_for_distance(height_change_km, height_km):
    """Return the burn of a learner who puts the height for the distance from the Earth's centre,
    m/s.
    """
    return 1000 * height_change_km * orbits.speed_km_s(height_km) / (2 * height_km)


@register
def moon_turn_h(low_km, high_km):
    """Return the hours of one turn round the Moon between two heights."""
    return moon.period_h(low_km, high_km, moon.MOON)


@register
def moon_turn_of_distances_h(low_km, high_km):
    """Return the hours of one turn round the Moon of a learner who takes heights for distances from
    its centre.
    """
    return moon.period_h(low_km - moon.MOON_RADIUS_KM, high_km - moon.MOON_RADIUS_KM, moon.MOON)


@register
def mean_earth_deg(latitude, longitude):
    """Return the elevation of the mean Earth over a place on the Moon, degrees."""
    return moon.mean_earth_elevation_deg((latitude, longitude))


@register
def elevation_of_satellite_due_south(latitude):
    """Return the elevation of a geostationary satellite due south, degrees: of a learner who counts
    from the horizon.
    """
    return 90 - float(weather.zenith_angle(latitude, 0, 0))


@register
def kelvin_in_step_with_glow(glow):
    """Return kelvin of a learner who lets temperature grow in step with the glow at 10.8 um,
    starting from 300 K.
    """
    return 300 * glow / float(weather.planck_radiance(10.8, 300.0))


@register
def satellites_needed(systems):
    """Return how many satellites a fix in space needs: three coordinates, a clock for each
    system.
    """
    return 3 + systems


@register
def height_of_repeat_km(turns, sidereal_days):
    """Return the height of the circle that makes so many turns in so many turns of the Earth,
    km.
    """
    return orbits.height_from_period_km(sidereal_days * SIDEREAL_DAY_S / 60 / turns)


@register
def distance_of_repeat_km(turns, sidereal_days):
    """Return the height of a learner who forgets to take off the Earth's radius, km."""
    return height_of_repeat_km(turns, sidereal_days) + EARTH_EQUATORIAL_RADIUS_KM


@register
def delay_with_plain_frequency(tecu, frequency_mhz):
    """Return the delay of a learner who does not square the frequency, m."""
    return 40.3 * tecu * 1e16 / (frequency_mhz * 1e6)


@register
def drift_of_cm_s(cm_s, years):
    """Return the drift of an asteroid pushed by so many cm/s, km: see `defence.drift_km`."""
    return float(defence.drift_km(cm_s / 100, years))


@register
def diameter_without_root(magnitude, albedo):
    """Return the diameter of a learner who forgets the root over the albedo, m."""
    return float(defence.diameter_m(magnitude, 1.0)) / albedo


@register
def target_without_root(speed):
    """Return the width of the Earth for a learner who forgets the root, km."""
    return defence.EARTH_RADIUS * (1 + (defence.ESCAPE_KM_S / speed) ** 2)


@register
def target_without_square(speed):
    """Return the width of the Earth for a learner who forgets the square, km."""
    return defence.EARTH_RADIUS * sqrt(1 + defence.ESCAPE_KM_S / speed)


@register
def light_minutes(million_km):
    """Return the minutes that light takes for a distance in millions of km."""
    return million_km * 1e6 / links.LIGHT_KM_S / 60


@register
def depth_without_root(two_way_ns, permittivity):
    """Return the depth of a learner who divides by the permittivity instead of its root, m."""
    return radar.depth_m(two_way_ns, permittivity**2)


@register
def mars_turn_h(low_km, high_km):
    """Return the hours of one turn round Mars between two heights."""
    return relay.Orbiter("", low_km, high_km, 0).period_h


@register
def mars_turn_of_distances_h(low_km, high_km):
    """Return the hours of one turn of a learner who takes heights above Mars for distances."""
    return twobody.period_s((low_km + high_km) / 2, mars.MARS_MU_KM3_S2) / 3600
