"""Navigation satellites in use, and how many minutes a day any set of them gives a good fix in a
narrow street.

A `Street` takes satellites one by one (`Unit`), so the same count serves one owner, all owners
together, and an owner that is raised to the same number: the dividend of lesson 09.
"""

from typing import NamedTuple

import numpy as np

from helpers.base.constants import DAY_S, EARTH_TURN_RAD_S
from helpers.science import availability, constellations, in_use, navigation, orbits
from helpers.science.dividend import grown
from helpers.tables import data

FOUR = ["BeiDou-3", "GLONASS", "GPS", "Galileo"]  # the global systems, in the order of the alphabet


def satellites(systems=None):
    """Return the satellites in use with their element sets, by system and number; systems: some
    names, default all.
    """
    table = data.table("navigation_satellites").merge(
        data.table("navigation_element_sets")[
            ["catalogue_number", "epoch", "mean_motion", "line1", "line2"]
        ]
    )
    wanted = table["in_use"] & (True if systems is None else table["system"].isin(systems))
    return in_use.on(table[wanted]).reset_index(drop=True)


@in_use.kept
def day():
    """Return the day that is looked at, as its first moment, UTC: of the newest element set."""
    return in_use.newest_day(satellites())


def day_times(step_minutes=10):
    """Return the moments of `day`, UTC, so many minutes apart, the last midnight left out."""
    return orbits.times(day(), 24, 60 * step_minutes)[:-1]


@in_use.kept
def over_the_day(step_minutes=10):
    """Return positions (satellites, 3, times), km, and systems of all satellites in use through the
    day.
    """
    fleet = satellites()
    return constellations.positions(fleet, day_times(step_minutes)), tuple(fleet["system"])


def named_capitals():
    """Return the capitals of the regions that the claim names, with the region in the words of the
    United Nations.

    South-East Asia is read as South-eastern Asia.
    """
    cities = data.table("cities").merge(
        data.table("country_groups")[["party", "region", "subregion"]],
        left_on="country",
        right_on="party",
    )
    regions = ["Eastern Europe", "South-eastern Asia", "Southern Asia", "Western Asia"]
    cities["named"] = cities["subregion"].where(
        cities["subregion"].isin(regions), cities["region"].where(cities["region"] == "Africa")
    )
    kept = cities[cities["is_capital"] & cities["named"].notna()]
    return kept[["name", "country", "named", "latitude_deg", "longitude_deg"]].sort_values(
        ["named", "name"], ignore_index=True
    )


# --- a street ---------------------------------------------------------------------------------


class Unit(NamedTuple):
    """One satellite: whose clock it keeps, whose orbit it flies, how far ahead of that satellite
    (s), and its orbit turned east by degrees.
    """

    system: str
    name: str
    ahead_s: float = 0.0
    east_deg: float = 0.0


class Street:
    """A street between tall houses: minutes a day with a good fix, for any set of satellites.

    place: as orbits.as_place takes; mask_deg: how much sky the houses hide; step_minutes: between
    the moments of the day.
    """

    def __init__(self, place, mask_deg=30.0, step_minutes=5):
        self.place, self.mask_deg = orbits.as_place(place), mask_deg
        self._when = day_times(step_minutes)
        self._rows = satellites()
        self._sets = dict(zip(self._rows["name"], constellations.element_sets(self._rows)))
        self._seen = {}
        positions, _ = over_the_day(step_minutes)
        own = availability.directions(positions, self.place, mask_deg)
        for name, system, seen in zip(self._rows["name"], self._rows["system"], own):
            self._seen[Unit(_owner(system), name)] = seen

    def partners(self, reach=("BeiDou-2", *FOUR)):
        """Return a dict of owner -> its satellites as Units; the two generations of BeiDou share an
        owner and a clock.
        """
        kept = self._rows[self._rows["system"].isin(reach)]
        units = [Unit(_owner(row.system), row.name) for row in kept.itertuples(index=False)]
        return {
            owner: [unit for unit in units if unit.system == owner]
            for owner in sorted({unit.system for unit in units})
        }

    def minutes(self, units):
        """Return the minutes of a day with PDOP below 6: the gain of the dividend."""
        units = list(dict.fromkeys(units))
        if not units:
            return 0.0
        pdop = availability.pdop_of(self._kept(units), [unit.system for unit in units])
        return 1440 * np.count_nonzero(pdop < availability.GOOD_PDOP) / pdop.size

    def minutes_with(self, units, offers):
        """Return the minutes (offers,) of units with one more, each of the offers in turn; all are
        of one owner.
        """
        (owner,) = {unit.system for unit in [*units, *offers]}
        fleets = self._kept(units).sum(axis=0) + self._kept(offers)
        pdop = availability.pdop_of(fleets.swapaxes(0, 1)[None], [owner])
        return 1440 * np.count_nonzero(pdop < availability.GOOD_PDOP, axis=1) / pdop.shape[1]

    def period_s(self, unit):
        """Return the time of one turn of a Unit, s."""
        return 60 * self._sets[unit.name].period_minutes

    def in_own_planes(self, owner, own, more):
        """Return the owner's satellites and so many more between them, each on the track of one of
        its own: evenly ahead on the same circle.
        """
        shares = -(-more // len(own)) + 1
        added = []
        for n in range(more):
            unit, slot = own[n % len(own)], n // len(own) + 1
            added.append(unit._replace(ahead_s=self.period_s(unit) * slot / shares))
        return [*own, *added]

    def anywhere(self, owner, own, more, tries=60, seed=9):
        """Return the owner's satellites and so many more, each put where it adds most minutes, on
        any orbit that flies today.

        The search: from `tries` orbits drawn at random (a satellite of any owner, its place on the
        circle and the turn of the circle free; seed: of the draw), take the one that adds most;
        repeat. When the day is full, the rest go into the owner's own planes.
        """
        draw, names = np.random.default_rng(seed), list(self._sets)

        def offers(_):
            return [
                Unit(
                    owner,
                    names[draw.integers(len(names))],
                    draw.uniform(0, DAY_S),
                    draw.uniform(0, 360),
                )
                for _ in range(tries)
            ]

        full = lambda units: self.minutes(units) >= 1440
        kept = grown(own, more, offers, self.minutes_with, until=full)
        left = len(own) + more - len(kept)
        return [*kept, *self.in_own_planes(owner, own, left)[len(own) :]]

    def _kept(self, units):
        """Return the contributions (units, 10, times) of units, kept for the next time."""
        new = [unit for unit in dict.fromkeys(units) if unit not in self._seen]
        if new:
            ahead, east = np.array([[unit.ahead_s, unit.east_deg] for unit in new]).T[..., None]
            later = self._when.tz_localize(None).to_numpy() + (1e6 * ahead).round().astype(
                "timedelta64[us]"
            )
            sets = [self._sets[unit.name] for unit in new]
            positions = constellations.positions(sets, later, max_age_days=40)
            # Where they will be so much later, seen from the stars, over the ground as it is now.
            turn = ahead + np.radians(east) / EARTH_TURN_RAD_S
            moved = np.moveaxis(navigation.turned(np.moveaxis(positions, 1, -1), -turn), -1, 1)
            found = availability.directions(moved, self.place, self.mask_deg)
            self._seen.update(zip(new, found))
        return availability.contributions(np.stack([self._seen[unit] for unit in units]))


def _owner(system):
    return "BeiDou" if system.startswith("BeiDou") else system
