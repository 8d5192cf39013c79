"""Dishes on the Earth that hear the Moon: hours a day of any set of them, and the best set of one
owner that has as many: the dividend of lesson 04.
"""

from typing import NamedTuple

import numpy as np

from helpers.base import doors
from helpers.science.moon.antennas import antenna_elevations_deg
from helpers.tables import data

CITIES = 50  # at a time: of all 800 the elevations are large
EVERY = 13  # the search looks at every 13th moment: 13 shares no factor with the 24 hours of a day


class Dish(NamedTuple):
    """One dish: its name, where it stands (degrees, metres) and the state that hosts it (id)."""

    name: str
    latitude_deg: float
    longitude_deg: float
    height_m: float
    host: str


@doors.takes(rows=doors.rows("name", "latitude_deg", "longitude_deg", "height_m", "host"))
def dishes(rows):
    """Return the rows of a table of antennas (name, place, host) as a list of Dish."""
    heights = rows["height_m"].fillna(0)
    columns = (rows["name"], rows["latitude_deg"], rows["longitude_deg"], heights, rows["host"])
    return [Dish(*row) for row in zip(*columns, strict=True)]


class Listeners:
    """Who has the Moon above a lowest elevation, at evenly spaced times: a gain and its searches.

    when: DatetimeIndex, evenly spaced. min_elevation_deg: the mask of every dish.
    """

    def __init__(self, when, min_elevation_deg=10.0):
        self._when, self._mask = when, min_elevation_deg
        self._up = {}

    def hours(self, chosen):
        """Return the hours a day in which at least one of a list of dishes has the Moon."""
        if not chosen:
            return 0.0
        return 24.0 * float(np.any([self._of(dish) for dish in chosen], axis=0).mean())

    def at_home(self, owner, own, more):
        """Return the owner's dishes and the best `more` in large cities of its hosts' states."""
        return self._raise(own, more, {dish.host for dish in own})

    def anywhere(self, owner, own, more):
        """Return the owner's dishes and the best `more` in large cities of any state."""
        free = self._raise(own, more, None)
        return max(free, self.at_home(owner, own, more), key=self.hours)

    def _of(self, dish):
        if dish not in self._up:
            self._up[dish] = antenna_elevations_deg(dish, self._when)[0] >= self._mask
        return self._up[dish]

    def _raise(self, own, more, states):
        """Add dishes two by two: of all pairs of cities, the one that leaves fewest hours
        silent.
        """
        cities = data.table("cities")
        if states is not None:
            cities = cities[cities["country"].isin(states)]
        sites = dishes(cities.rename(columns={"country": "host"}).assign(height_m=0.0))
        when = self._when[::EVERY]
        silent = np.concatenate(
            [
                antenna_elevations_deg(cities[begin : begin + CITIES], when) < self._mask
                for begin in range(0, len(cities), CITIES)
            ]
        )
        kept = list(own)
        left = ~np.any([self._of(dish)[::EVERY] for dish in own], axis=0)
        while len(kept) < len(own) + more:
            both = _common(silent[:, left])  # silent moments of each pair; on the diagonal, of one
            pair = [both.diagonal().argmin()]
            if len(kept) < len(own) + more - 1:
                np.fill_diagonal(both, np.inf)  # two places, where a state has two
                pair = list(np.unravel_index(both.argmin(), both.shape))
            kept += [sites[row] for row in pair]
            left = left & silent[pair].all(axis=0)
        return kept


def _common(silent):
    """Return how many moments each pair of rows (cities, moments) has in common."""
    parts = np.array_split(silent, 1 + silent.shape[1] // 1000, axis=1)
    return sum(part @ part.T for part in (one.astype(np.float32) for one in parts))
