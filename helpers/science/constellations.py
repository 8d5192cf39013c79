"""Many satellites at many times: where they are, and where in the sky of a place.

`positions` is the fast way to the places of a whole constellation: SGP4 runs over all times of a
satellite in one call, and one turn by sidereal time takes all into axes that turn with the Earth.
All arrays keep one order of axes: (satellites, 3, times) for positions, (satellites, times) for
what one place sees.
"""

import numpy as np
import pandas as pd
from sgp4.api import SGP4_ERRORS
from skyfield.sgp4lib import theta_GMST1982

from helpers.base import checks, doors
from helpers.base.checks import NotAccepted
from helpers.base.constants import EARTH_MU_KM3_S2, SIDEREAL_DAY_S
from helpers.science import orbits

GEOSTATIONARY_RADIUS_KM = (EARTH_MU_KM3_S2 * (SIDEREAL_DAY_S / (2 * np.pi)) ** 2) ** (
    1 / 3
)  # Kepler's third law: 42,164 km
MAX_AGE_DAYS = 30.0  # d; high orbits feel no drag, and a month costs them some km, not hundreds


def _sets(name, value):
    """Take element sets, or the rows of a table of them."""
    if isinstance(value, pd.DataFrame):
        doors.rows("line1", "line2")(name, value)
    else:
        doors.each(orbits.ElementSet)(name, value)


@doors.takes(sets=_sets)
def positions(sets, when, max_age_days=MAX_AGE_DAYS):
    """Return where satellites are, km, in axes that turn with the Earth: an array (satellites, 3,
    times).

    sets: orbits.ElementSet objects, or a DataFrame with line1 and line2 (and name). when: one time
    (UTC) or many, or datetime64 (satellites, times), a row for each set. max_age_days: how far from
    its epoch a set may be used. The frame is that of `orbits.position`, which gives the same
    numbers for one satellite: SGP4, then Greenwich sidereal time; polar motion, under 10 m, is left
    out. Raises NotAccepted for an empty list, for a set too far from its epoch, or when SGP4 gives
    up.
    """
    sets = element_sets(sets)
    own = np.ndim(when) == 2
    day, fraction, ut1 = orbits.julian(pd.DatetimeIndex(np.ravel(when)) if own else when)
    angle = theta_GMST1982(day, ut1)[0].reshape(len(sets) if own else 1, -1)
    day, fraction = (
        np.broadcast_to(part.reshape(angle.shape), (len(sets), angle.shape[1]))
        for part in (day, fraction)
    )
    for one, days in zip(sets, day + fraction):
        orbits.check_age(one, days, max_age_days)
    found = [one.satrec.sgp4_array(*moments) for one, *moments in zip(sets, day, fraction)]
    error, r = (np.array(part) for part in list(zip(*found))[:2])
    if error.any():
        at = tuple(np.argwhere(error)[0])
        name = sets[at[0]].name or "the object"
        raise NotAccepted(f"{name}: SGP4 gives no position: {SGP4_ERRORS[error[at]]}")
    c, s = np.cos(angle), np.sin(angle)
    x, y, z = np.moveaxis(r, 2, 0)
    return np.stack([c * x + s * y, c * y - s * x, z], axis=1)


def element_sets(rows):
    """Return a list of orbits.ElementSet from such a list, or from a DataFrame with line1, line2
    and name.

    Raises NotAccepted when there is none.
    """
    if isinstance(rows, pd.DataFrame):
        rows = [orbits.from_row(row) for row in rows.to_dict("records")]
    rows = list(rows)
    if not rows:
        raise NotAccepted("no satellite is left to place; accepted: at least one element set")
    return rows


@doors.takes(latitude_deg=checks.number, longitude_deg=checks.number)
def axes(latitude_deg, longitude_deg):
    """Return the unit vectors east, north and up of places on the ellipsoid: an array (3, 3, ...).

    The first index chooses the vector, the second its x, y, z. Degrees; numbers or arrays.
    """
    lat, lon = np.radians(np.broadcast_arrays(latitude_deg, longitude_deg))
    zero = np.zeros_like(lat)
    east = [-np.sin(lon), np.cos(lon), zero]
    north = [-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)]
    up = [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    return np.array([east, north, up])


def sky(positions_km, place):
    """Return elevation and azimuth (degrees) of positions (..., 3, times) in the sky of a place:
    (..., times).

    place: as `orbits.as_place` takes. Elevation above the plane of the WGS84 ellipsoid, without
    refraction; azimuth from north over east, 0 to 360.
    """
    where = orbits.as_place(place)
    ground = orbits.ground_and_up(where.latitude, where.longitude, where.height_m)[0]
    away = np.asarray(positions_km, float) - ground[:, None]
    east, north, up = np.einsum("ij,...jt->i...t", axes(where.latitude, where.longitude), away)
    return np.degrees(np.arctan2(up, np.hypot(east, north))), np.degrees(
        np.arctan2(east, north)
    ) % 360


def geostationary_elevation_deg(latitude_deg, longitude_deg, satellite_longitude_deg):
    """Return how high a geostationary satellite stands over the horizon of places on the WGS84
    ellipsoid, degrees.

    Numbers or arrays that fit one another; below 0 it never rises. On a sphere the answer differs
    by up to 0.2 degrees.
    """
    latitude, longitude, ring = np.broadcast_arrays(
        *(np.asarray(v, float) for v in (latitude_deg, longitude_deg, satellite_longitude_deg))
    )
    ground, up = orbits.ground_and_up(latitude, longitude, 0.0)
    angle = np.radians(ring)
    away = (
        GEOSTATIONARY_RADIUS_KM * np.array([np.cos(angle), np.sin(angle), np.zeros_like(angle)])
        - ground
    )
    return np.degrees(np.arcsin((away * up).sum(axis=0) / np.linalg.norm(away, axis=0)))
