"""Ground stations that talk to one object in orbit: minutes a day of any set of them, and one owner
raised to more.

`Network` takes dishes one by one (`Dish`), so the same count serves one owner, all owners together,
and an owner with as many dishes as all have: the dividend of lesson 02.
"""

from typing import NamedTuple

import numpy as np

from helpers.base import intervals
from helpers.science import passes
from helpers.science.dividend import grown
from helpers.tables import data

NO_SPANS = np.empty((2, 0))  # seconds at which passes begin, and at which they end


class Dish(NamedTuple):
    """One dish: the name of its place, degrees north and east, and the country that it stands
    in.
    """

    name: str
    latitude: float
    longitude: float
    host: str


class Network:
    """Dishes and the minutes a day in which at least one of them can hear an object.

    path: tracks.Track of the object; its hours are the span that is counted. mask_deg: lowest
    elevation.
    """

    def __init__(self, path, mask_deg=10.0):
        self.path, self.mask_deg, self._spans, self._masks = path, mask_deg, {}, {}

    def minutes(self, dishes):
        """Return the minutes a day in which one dish or more hears the object: overlaps count
        once.
        """
        self._look(dishes)
        opens, closes = np.concatenate([self._spans[dish] for dish in dishes] or [NO_SPANS], axis=1)
        opens, closes = intervals.merge(opens, closes)
        return float((closes - opens).sum()) / 60 * 24 / self.path.hours

    def partners(self):
        """Return a dict of owner -> its dishes, from the table of ground stations."""
        table = data.table("ground_stations")
        return {
            owner: [_dish(row) for row in own.itertuples()] for owner, own in table.groupby("owner")
        }

    def at_home(self, owner, own, more):
        """Return the owner's dishes and `more` others where it may stand today: at home, and in
        lands that host it.
        """
        lands = {dish.host for dish in own} | homes(owner)
        return self._grow(own, more, [city for city in sites() if city.host in lands])

    def at_home_only(self, owner, own, more):
        """Return the owner's dishes and `more` others in the owner's own land."""
        lands = homes(owner)
        return self._grow(own, more, [city for city in sites() if city.host in lands])

    def anywhere(self, owner, own, more):
        """Return the owner's dishes and `more` others in any of the cities; never less than at
        home.
        """
        found = self._grow(own, more, sites()), self.at_home(owner, own, more)
        return max(found, key=self.minutes)

    def _grow(self, own, more, cities):
        """Add dishes one at a time, each where it adds most; what adds nothing still counts as a
        dish.
        """
        self._look([*own, *cities])
        masks = np.array([self._masks[city] for city in cities])

        def heard_anew(kept, _):
            heard = np.any([self._masks[dish] for dish in kept], axis=0)
            return (masks & ~heard).sum(axis=1)

        return grown(own, more, cities, heard_anew)

    def _look(self, dishes):
        """Find the passes over dishes that have none yet, all at once."""
        new = [dish for dish in dict.fromkeys(dishes) if dish not in self._spans]
        if not new:
            return
        named = [(str(i), dish.latitude, dish.longitude) for i, dish in enumerate(new)]
        groups = dict(list(passes.find(self.path, named, self.mask_deg).groupby("place")))
        for i, dish in enumerate(new):
            found = groups.get(str(i))
            spans = (
                NO_SPANS
                if found is None
                else np.array([self._seconds(found[edge]) for edge in ("rise", "set")])
            )
            self._spans[dish] = spans
            self._masks[dish] = np.zeros(len(self.path.seconds), bool)
            for start, end in spans.T:
                self._masks[dish] |= (start <= self.path.seconds) & (self.path.seconds <= end)

    def _seconds(self, moments):
        return (moments - self.path.start).dt.total_seconds()


def homes(owner):
    """Return the set of lands that are an owner's own: its state, or none for an organisation of
    many.
    """
    parties = data.table("parties").set_index("id")
    state = parties.loc[owner, "part_of"]
    return {state} if isinstance(state, str) else set()


def at_land(owner, dish):
    """Return whether a dish stands on its owner's own land."""
    return dish.host in homes(owner)


def sites():
    """Return all cities of the table of cities as places for a Dish."""
    columns = ["name", "latitude_deg", "longitude_deg", "country"]
    return [Dish(*city) for city in data.table("cities")[columns].itertuples(index=False)]


def _dish(row):
    return Dish(row.name, row.latitude_deg, row.longitude_deg, row.host)
