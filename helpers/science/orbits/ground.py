"""Points on and above the ellipsoid of the Earth (WGS 84)."""

import numpy as np
from skyfield.api import wgs84

from helpers.base import doors, sphere
from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM as RADIUS
from helpers.base.places import Place as Place


@doors.takes(position_km=doors.vector)
def geodetic(position_km):
    """Return latitude, longitude (degrees) and height (km) over the WGS84 ellipsoid of Earth-fixed
    positions (3,) or (3, N).

    Fixed-point iteration on the latitude (Hofmann-Wellenhof, GPS Theory and Practice, section
    10.2); 1 mm for any height here.
    """
    x, y, z = position_km
    f = 1 / wgs84.inverse_flattening
    e2, across = f * (2 - f), np.hypot(x, y)
    latitude = np.arctan2(z, across)
    for _ in range(5):
        normal = RADIUS / np.sqrt(1 - e2 * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + e2 * normal * np.sin(latitude), across)
    height = (
        across * np.cos(latitude)
        + z * np.sin(latitude)
        - RADIUS * np.sqrt(1 - e2 * np.sin(latitude) ** 2)
    )
    return np.degrees(latitude), np.degrees(np.arctan2(y, x)), height


def split(longitude, latitude):
    """Return longitude and latitude with the line cut where it crosses 180 degrees, ready to draw.

    At each crossing the line is led to the edge of the map, a gap (NaN) follows, and it goes on
    from the other edge.
    """
    longitude, latitude = np.asarray(longitude, float), np.asarray(latitude, float)
    before = np.flatnonzero(np.abs(np.diff(longitude)) > 180)
    edge = np.copysign(180.0, longitude[before])
    reach = (edge - longitude[before]) / (longitude[before + 1] + 2 * edge - longitude[before])
    crossing = latitude[before] + reach * (latitude[before + 1] - latitude[before])
    gap = np.full(len(before), np.nan)
    at = np.repeat(before + 1, 3)
    return (
        np.insert(longitude, at, np.column_stack([edge, gap, -edge]).ravel()),
        np.insert(latitude, at, np.column_stack([crossing, gap, crossing]).ravel()),
    )


def ground_and_up(latitude, longitude, height_m):
    """Return position (3, ...) in km and upward unit vector (3, ...) of places on the ellipsoid."""
    ground = wgs84.latlon(latitude, longitude, height_m).itrs_xyz.km
    return ground, sphere.up(latitude, longitude)
