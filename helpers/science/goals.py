"""Goals that partners can pursue together, each counted by the functions of its lesson.

A `Goal` knows who owns what today, what a set of units gives (one gain that does not fall when a
unit is added), and how to search for more units: where their owner may stand today, and anywhere.
`goal` makes one.
"""

from functools import lru_cache
from itertools import islice

import numpy as np
import pandas as pd

from helpers.base.constants import DAY_S
from helpers.science import moon, orbits, pooling, ring, street
from helpers.tables import data

HOURS = range(0, 24, 2)  # local hours and places along the circle at which new cameras are tried
PHASES = range(0, 360, 60)
CAMERA_KM = 600.0
MONTH = ("2026-03-05T00:00:00Z", 28)  # whose moments a dish is asked for, days


class DesignError(ValueError):
    """A goal, a partner or a place that a design does not take."""


class Goal:
    """What all goals share: a search that adds one unit at a time, each time the one that gives
    most.

    name, question, unit, better: of its dividend. thing: what one more unit is called. where: in
    words, how a place for it is given. owners: dict of owner -> units today.
    """

    name = question = unit = thing = where = ""
    better = "high"
    owners: dict

    def gain(self, units):
        """Return what a list of units gives, in `unit`."""
        raise NotImplementedError

    def quality(self, units):
        """Return what the search compares, more is better; it may tell apart units of equal
        gain.
        """
        return self.gain(units)

    def new(self, owner, where, number=1):
        """Return a new unit of an owner at a place in the words of `where`."""
        raise NotImplementedError

    def pool(self, owner):
        """Return the units that are tried anywhere."""
        raise NotImplementedError

    def growth(self, own, choices):
        """Yield the units, then with one more, and so on: each the choice that gives most beside
        those before it.
        """
        kept = list(own)
        while True:
            yield list(kept)
            left = [one for one in choices if one not in kept] or list(choices)
            kept.append(max(left, key=lambda one: self.quality([*kept, one])))

    def grow(self, own, more, choices):
        """Return units and so many more, as `growth` adds them."""
        return next(islice(self.growth(own, choices), more, None))

    def at_home(self, owner, own, more):
        """Return an owner's units raised by so many where it may stand today."""
        raise NotImplementedError

    def anywhere(self, owner, own, more):
        """Return an owner's units raised by so many anywhere: the better of two searches."""
        free = self.grow(own, more, self.pool(owner))
        return max(free, self.at_home(owner, own, more), key=self.quality)


class Weather(Goal):
    """Share of the Earth that geostationary satellites see below 70 degrees (lesson 08,
    `ring.Ring`).

    At home means: in sight of the owner's land.
    """

    name, unit, thing = "weather", "percent of the Earth", "weather satellite"
    question = "Which share of the Earth is seen below 70 degrees?"
    where = "degrees east, -180 to 180"

    def __init__(self):
        self.ring = ring.Ring()
        self.owners = self.ring.partners()
        self.gain = self.ring.gain
        self.at_home, self.anywhere = self.ring.at_home, self.ring.anywhere

    def new(self, owner, where, number=1):
        _within(self, where, -180, 180)
        return ring.Seat(owner, f"new {number}", float(where))

    def pool(self, owner):
        return [ring.Seat(owner, "added", float(east)) for east in range(-180, 180, 5)]


class Images(Goal):
    """Hours between looks at a place by cameras (by day) and radars (lesson 10), 28 days of March
    2026.

    At home means: in the planes that the owner's satellites fly today. Anywhere: sun-synchronous
    circles at 600 km, twelve local hours and six places along each.
    """

    name, unit, better, thing = "images", "hours (median)", "low", "imaging satellite"
    where = "local hour at which it crosses the equator going south, 0 to 24"

    def __init__(self, place="Mandalay"):
        city = data.city(place)
        self.place = city["name"]
        self.question = f"How many hours lie between two looks at {self.place}?"
        rows = pd.DataFrame([city])[["name", "latitude_deg", "longitude_deg"]]
        self.search, self._pool = pooling.SameSize(rows), []
        names = data.table("parties").query("kind == 'state'").set_index("id")["name"]
        fleet = pooling.fleet()
        self.owners = {
            names[home].split(" (")[0]: own["name"].to_list()
            for home, own in fleet[fleet["home"].isin(names.index)].groupby("home")
        }

    def gain(self, units):
        return self.search.gain(list(dict.fromkeys(units)))

    def quality(self, units):
        median, mean = self.search.quality(list(dict.fromkeys(units)))
        return -median, -mean

    def new(self, owner, where, number=1):
        _within(self, where, 0, 24)
        return self._camera(f"{owner} new {number}, {where:g} h", where, 0)

    def _camera(self, name, hour, phase):
        row = orbits.sun_synchronous(CAMERA_KM, float(hour) % 24, "2026-03-19", phase, name)
        return self.search.offer(row)[0]

    def pool(self, owner):
        if not self._pool:
            rows = [
                orbits.sun_synchronous(CAMERA_KM, hour, "2026-03-19", phase, f"{hour} h, {phase}")
                for hour in HOURS
                for phase in PHASES
            ]
            self._pool = self.search.offer(pd.concat(rows))
        return self._pool

    def at_home(self, owner, own, more):
        return self.search.at_home(owner, list(own), more)


class Navigation(Goal):
    """Minutes a day with a good fix in a street with houses 30 degrees high (lesson 09)."""

    name, unit, thing = "navigation", "minutes a day", "navigation satellite"
    where = "degrees by which the orbit of the owner's first satellite is turned east"

    def __init__(self, place="Accra"):
        city = data.city(place)
        self.place = city["name"]
        self.question = f"How many minutes a day has a street in {self.place} a good fix?"
        self.street = street.Street(city)
        self.owners = self.street.partners()

    def gain(self, units):
        return float(self.street.minutes(units))

    def new(self, owner, where, number=1):
        _within(self, where, -360, 360)
        return street.Unit(owner, self.owners[owner][0].name, 0.0, float(where))

    def pool(self, owner, tries=60, seed=9):
        draw, names = np.random.default_rng(seed), list(street.satellites()["name"])
        return [
            street.Unit(
                owner,
                names[draw.integers(len(names))],
                draw.uniform(0, DAY_S),
                draw.uniform(0, 360),
            )
            for _ in range(tries)
        ]

    def at_home(self, owner, own, more):
        return self.street.in_own_planes(owner, list(own), more)

    def anywhere(self, owner, own, more):
        free = self.street.anywhere(owner, list(own), more)
        return max(free, self.at_home(owner, own, more), key=self.gain)


class Moon(Goal):
    """Hours a day that the Moon is 10 degrees above a dish (lesson 04, `moon.Listeners`), 28 days
    of March 2026.

    At home means: large cities of the states that host the owner's dishes today.
    """

    name, unit, thing = "moon", "hours a day", "dish"
    question = "How many hours a day is the Moon above a dish?"
    where = "a city"

    def __init__(self):
        rows = data.table("ground_antennas")
        rows = rows[rows["role"].str.startswith("command")]
        self.owners = {owner: moon.dishes(own) for owner, own in rows.groupby("operator")}
        listeners = moon.Listeners(orbits.times(MONTH[0], 24 * MONTH[1], 3600))
        self.gain = listeners.hours
        self.at_home, self.anywhere = listeners.at_home, listeners.anywhere

    def new(self, owner, where, number=1):
        return _dishes(pd.DataFrame([data.city(where)]))[0]

    def pool(self, owner):
        return _dishes(data.table("cities").query("is_capital"))


KINDS = {kind.name: kind for kind in (Images, Moon, Navigation, Weather)}


@lru_cache(maxsize=8)
def goal(name, place=None):
    """Return a goal by its name: "images", "moon", "navigation" or "weather".

    place: a city, for images and navigation; None takes the one of their lesson.
    Raises DesignError for another name, and for a place where a goal has none.
    """
    if name not in KINDS:
        raise DesignError(f"goal = {name!r}; accepted: {', '.join(sorted(KINDS))}")
    if place is None:
        return KINDS[name]()
    if KINDS[name] not in (Images, Navigation):
        raise DesignError(
            f"place = {place!r} for {name}; accepted: None, it counts the whole Earth"
        )
    return KINDS[name](place)


def _dishes(cities):
    return moon.dishes(cities.rename(columns={"country": "host"}).assign(height_m=0.0))


def _within(goal, where, low, high):
    ok = isinstance(where, (int, float)) and not isinstance(where, bool) and low <= where <= high
    if not ok:
        raise DesignError(f"a new {goal.thing} at {where!r}; accepted: {goal.where}")
