"""The outlines of land and countries, from Natural Earth 1:110m (made by data/scripts/world_map.py).

Every ring lies within 180 degrees west to east, so nothing smears across a map that ends there.
"""
from functools import lru_cache

import numpy as np

from helpers import data


@lru_cache(maxsize=1)
def land():
    """Return the rings of all land, a tuple of arrays (N, 2): longitude, latitude in degrees; lakes are rings of their own."""
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
    """Return whether a point lies within rings by the even-odd rule: a line to the east crosses them an odd number of times."""
    return sum(_crossings(ring, longitude, latitude) for ring in rings) % 2 == 1


def is_land(longitude, latitude):
    """Return whether a point is on land at this map's scale (small islands are not on it)."""
    return contains(land(), longitude, latitude)


def _crossings(ring, longitude, latitude):
    (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
    crosses = (y0 > latitude) != (y1 > latitude)
    with np.errstate(divide="ignore", invalid="ignore"):
        where = x0 + (latitude - y0) / (y1 - y0) * (x1 - x0)
    return int(np.count_nonzero(crosses & (where > longitude)))


def _rings(stored):
    return np.split(stored["lon_lat"] / 100.0, stored["starts"][1:])
