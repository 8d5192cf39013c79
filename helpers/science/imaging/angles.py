"""The angles between a satellite, a place and the Earth below; the Sun over a place."""

import numpy as np

from helpers.base import checks, sphere
from helpers.base.constants import EARTH_MEAN_RADIUS_KM
from helpers.science import orbits


def elevation_of_look(look_deg, altitude_km, radius_km=EARTH_MEAN_RADIUS_KM):
    """Return the elevation (deg) at which a place sees a satellite that looks at it under
    `look_deg`.

    look_deg: off-nadir angle at the satellite, deg; altitude_km: its height over a sphere of
    radius_km. All may be arrays. NaN where the line of sight misses the Earth.
    Formula: cos(elevation) = (1 + h/R) sin(look), the sine rule in the triangle of Earth's
    centre, satellite and place (Wertz, Space Mission Engineering, 2011, section 10.1).
    """
    checks.number("look_deg", look_deg)
    cosine = _ratio(altitude_km, radius_km) * np.sin(np.radians(look_deg))
    with np.errstate(invalid="ignore"):
        return np.degrees(np.arccos(cosine))


def ground_reach(look_deg, altitude_km, radius_km=EARTH_MEAN_RADIUS_KM):
    """Return how far (km, along the ground) a satellite reaches to each side under a look angle.

    Arguments as in `elevation_of_look`. The angle at the Earth's centre is 90 deg - elevation -
    look; where the line of sight misses the Earth, the reach ends at the horizon.
    """
    horizon = np.degrees(np.arcsin(1 / _ratio(altitude_km, radius_km)))
    look = np.minimum(checks.number("look_deg", look_deg), horizon - 1e-12)
    return radius_km * np.radians(90 - elevation_of_look(look, altitude_km, radius_km) - look)


def look_of_reach(reach_km, altitude_km, radius_km=EARTH_MEAN_RADIUS_KM):
    """Return the look angle (deg) under which a satellite sees a place so far (km) from its track.

    The inverse of `ground_reach`. For a camera that cannot turn aside, half its swath is the reach.
    """
    angle = checks.number("reach_km", reach_km) / radius_km
    return np.degrees(np.arctan2(np.sin(angle), _ratio(altitude_km, radius_km) - np.cos(angle)))


def _ratio(altitude_km, radius_km):
    """Return the distance from the Earth's centre in radii."""
    return 1 + checks.not_negative("altitude_km", altitude_km) / radius_km


def sun_elevation(times, latitude_deg, longitude_deg):
    """Return the elevation (deg) of the Sun's centre over a place, without refraction.

    times: datetimes (UTC), shape (n,); latitude_deg, longitude_deg: deg, scalars or shape (n,).
    Low-precision formula of `orbits.sun_direction`, within 0.02 deg from 1950 to 2050.
    """
    sun, up = orbits.sun_direction(times), sphere.up(latitude_deg, longitude_deg)
    return np.degrees(np.arcsin((sun * up.reshape(3, -1)).sum(0)))
