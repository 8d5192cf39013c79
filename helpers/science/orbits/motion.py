"""Where an object is: SGP4 in axes that turn with the Earth, the point below, the view, the Sun."""

import numpy as np
import pandas as pd
from sgp4.api import SGP4_ERRORS
from skyfield.sgp4lib import TEME_to_ITRF, theta_GMST1982

from helpers.base import doors, sphere
from helpers.base.checks import NotAccepted
from helpers.base.constants import DAY_S, J2000_JD
from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM as RADIUS
from helpers.base.places import Place as Place
from helpers.base.places import as_place
from helpers.science.orbits.clock import as_text, index, julian, times
from helpers.science.orbits.element_sets import MAX_AGE_DAYS, ElementSet, check_age
from helpers.science.orbits.ground import geodetic, ground_and_up


@doors.takes(element_set=doors.a(ElementSet), when=doors.some)
def position(element_set, when, max_age_days=MAX_AGE_DAYS):
    """Return position (3, N) in km and velocity (3, N) in km/s, in axes that turn with the Earth.

    SGP4 gives them in its own frame (TEME); skyfield turns them by sidereal time. Polar motion,
    under 10 m, is left out. when: one time or N; max_age_days: how far from its epoch the set may
    be used.
    Raises NotAccepted when a time is farther from the epoch, or when the object has come down by
    then.
    """
    day, fraction, ut1 = julian(when)
    check_age(element_set, day + fraction, max_age_days)
    error, r, v = element_set.satrec.sgp4_array(day, fraction)
    if error.any():
        first = np.flatnonzero(error)[0]
        raise NotAccepted(
            f"{element_set.name or 'the object'} at {as_text((day + fraction)[first])}: SGP4 gives "
            f"no position: {SGP4_ERRORS[error[first]]}"
        )
    r, v = TEME_to_ITRF(day, r.T, v.T * DAY_S, fraction_ut1=ut1)
    return r, v / DAY_S


def ground_track(element_set, start, hours=24.0, step_seconds=60.0, max_age_days=MAX_AGE_DAYS):
    """Return the point under the object: a DataFrame with time, latitude, longitude (degrees) and
    height_km.
    """
    return subpoint(element_set, times(start, hours, step_seconds), max_age_days)


@doors.takes(element_set=doors.a(ElementSet), when=doors.some)
def subpoint(element_set, when, max_age_days=MAX_AGE_DAYS):
    """Return the points under the object at some times, as `ground_track` does."""
    when = index(when)
    latitude, longitude, height = geodetic(position(element_set, when, max_age_days)[0])
    return pd.DataFrame(
        {"time": when, "latitude": latitude, "longitude": longitude, "height_km": height}
    )


def look(element_set, place, when, max_age_days=MAX_AGE_DAYS):
    """Return how a place sees the object: a DataFrame with time, elevation, azimuth (degrees, no
    refraction) and range_km.
    """
    where = as_place(place)
    ground, up = ground_and_up(where.latitude, where.longitude, where.height_m)
    when = index(when)
    away = position(element_set, when, max_age_days)[0] - ground[:, None]
    east, north = sphere.east_north(where.latitude, where.longitude)
    azimuth = np.degrees(np.arctan2(east @ away, north @ away)) % 360
    return pd.DataFrame(
        {
            "time": when,
            "elevation": sphere.elevation(away, up),
            "azimuth": azimuth,
            "range_km": np.linalg.norm(away, axis=0),
        }
    )


def sun_direction(when):
    """Return the unit vector (3, N) from the Earth's centre to the Sun, in axes that turn with the
    Earth.

    Low-precision formula of The Astronomical Almanac (page C5), good to 0.01 degrees from 1950 to
    2050.
    """
    day, fraction, ut1 = julian(when)
    n = day - J2000_JD + fraction
    anomaly = np.radians(357.528 + 0.9856003 * n)
    ecliptic = np.radians(
        280.460 + 0.9856474 * n + 1.915 * np.sin(anomaly) + 0.020 * np.sin(2 * anomaly)
    )
    tilt = np.radians(23.439 - 0.0000004 * n)
    sun = np.array(
        [np.cos(ecliptic), np.cos(tilt) * np.sin(ecliptic), np.sin(tilt) * np.sin(ecliptic)]
    )
    angle = theta_GMST1982(day, ut1)[0]
    return np.array(
        [
            np.cos(angle) * sun[0] + np.sin(angle) * sun[1],
            np.cos(angle) * sun[1] - np.sin(angle) * sun[0],
            sun[2],
        ]
    )


def in_sunlight(position_km, sun):
    """Return for each Earth-fixed position (3, N) whether the Sun shines on it: not within the
    Earth's shadow cylinder.
    """
    along = (position_km * sun).sum(axis=0)
    return (along > 0) | (np.linalg.norm(position_km - along * sun, axis=0) > RADIUS)
