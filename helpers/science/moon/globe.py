"""The Moon as a globe to draw."""

import numpy as np

from helpers.base import sphere
from helpers.science.moon.ellipses import MOON_RADIUS_KM


def globe_km(latitude, longitude, height_km=0.0):
    """Return points of the Moon (3, ...) km in its own axes."""
    return (MOON_RADIUS_KM + np.asarray(height_km, dtype=float)) * sphere.up(latitude, longitude)


def graticule(step_deg=30, points=121):
    """Return the lines of latitude and longitude of the Moon as a list of (3, points) arrays, km,
    for drawing.
    """
    along = np.linspace(-180, 180, points)
    parallels = [
        globe_km(np.full(points, lat), along) for lat in np.arange(-90 + step_deg, 90, step_deg)
    ]
    return parallels + [
        globe_km(along / 2, np.full(points, lon)) for lon in np.arange(-180, 180, step_deg)
    ]


def project(points_km, view_latitude=0.0, view_longitude=0.0):
    """Return x to the right, y up (km) and whether the Moon hides it, for points (3, ...) seen from
    afar (orthographic).

    view_latitude, view_longitude: where on the Moon the viewer stands overhead; north is up.
    """
    x, y, depth = sphere.seen_from(points_km, view_latitude, view_longitude)
    return x, y, (depth < 0) & (np.hypot(x, y) < MOON_RADIUS_KM)
