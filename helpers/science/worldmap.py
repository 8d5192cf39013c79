"""The outlines of land and countries, from Natural Earth 1:110m (made by
data/scripts/world_map.py).

Every ring lies within 180 degrees west to east, so nothing smears across a map that ends there.
To cite it in a lesson: sources.bibliography("natural-earth-110m", "world-atlas-2").
"""

from functools import lru_cache

import numpy as np

from helpers.tables import data


@lru_cache(maxsize=1)
def land():
    """Return the rings of all land, a tuple of arrays (N, 2): longitude, latitude in degrees; lakes
    are rings of their own.
    """
    with np.load(data.path("map/land.npz")) as stored:
        return tuple(_rings(stored))


@lru_cache(maxsize=1)
def countries():
    """Return a dict of ISO 3166 three-letter code -> tuple of rings, for choropleths.

    The borders are the data set's de facto lines, not a statement of this course. Three areas that
    the data set draws apart have no ISO code and stand under "".
    """
    with np.load(data.path("map/countries.npz")) as stored:
        found = {}
        for code, ring in zip(stored["iso3"], _rings(stored)):
            found.setdefault(str(code), []).append(ring)
    return {code: tuple(rings) for code, rings in found.items()}


def contains(rings, longitude, latitude):
    """Return whether a point lies within rings by the even-odd rule: a line to the east crosses
    them an odd number of times.
    """
    return _odd(_edges(rings), longitude, latitude)


def is_land(longitude, latitude):
    """Return whether a point is on land at this map's scale (small islands are not on it)."""
    return _odd(_land_edges(), longitude, latitude)


@lru_cache(maxsize=1)
def _land_edges():
    return _edges(land())


def _edges(rings):
    """Return both ends of every segment, (4, N): longitude and latitude of the one, then of the
    other.
    """
    return np.concatenate([np.hstack([ring[:-1], ring[1:]]) for ring in rings]).T


def _odd(edges, longitude, latitude):
    x0, y0, x1, y1 = edges[:, (edges[1] > latitude) != (edges[3] > latitude)]
    return bool(np.count_nonzero(x0 + (latitude - y0) / (y1 - y0) * (x1 - x0) > longitude) % 2)


def _rings(stored):
    return np.split(stored["lon_lat"] / 100.0, stored["starts"][1:])
