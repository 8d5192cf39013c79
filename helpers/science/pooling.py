"""Satellites in a pool: the fleets of several states, as many satellites in one hand, a newcomer
that joins.

All is counted over the four weeks around the day of the element sets, for cameras by day and radars
at any hour, each looking aside by the same angle at most.
"""

from collections import defaultdict
from functools import cache

import numpy as np
import pandas as pd

from helpers.base import doors
from helpers.science import dividend, imaging, in_use, orbits, revisit
from helpers.tables import data

DAYS = 28
HOUR = pd.Timedelta(hours=1)


@in_use.kept
def day():
    """Return the day of the newest element set, as its first moment, UTC."""
    return in_use.newest_day(fleet())


@in_use.kept
def month():
    """Return the first day of the four weeks about `day` and the day after them, UTC."""
    half = pd.Timedelta(days=DAYS // 2)
    return day() - half, day() + half


@in_use.kept
def fleet():
    """Return all imaging satellites in low orbits of both tables, by name, with owner and lines."""
    columns = ["name", "owner", "home", "sensor", "line1", "line2"]
    few = in_use.on(
        data.table("partner_satellites").merge(
            data.table("partner_element_sets")[["catalogue_number", "line1", "line2"]],
            on="catalogue_number",
        )
    )
    return pd.concat([imaging.fleet()[columns], few[columns]]).set_index("name", drop=False)


@doors.takes(parties=doors.names)
def capitals(parties):
    """Return the capitals of parties (ids): a DataFrame of name, latitude_deg, longitude_deg, by
    party.
    """
    cities = data.table("cities")
    cities = cities[cities["is_capital"] & cities["country"].isin(list(parties))]
    pretoria = data.table("cities").query("name == 'Pretoria'")
    cities = pd.concat([cities[cities["country"] != "ZAF"], pretoria]).drop_duplicates("country")
    cities = cities[cities["country"].isin(list(parties))]
    return cities.set_index("country")[["name", "latitude_deg", "longitude_deg"]].loc[list(parties)]


# --- as many in one hand --------------------------------------------------------------------------


class SameSize:
    """The search for the best fleet of one owner, for looks at one place by day.

    `at_home` adds satellites in the planes that the owner has today, at any of 12 places along the
    orbit; `anywhere` also turns the plane about the Earth's axis, to any of 12 local hours. Both
    add one at a time, each time the one that leaves the shortest median gap (then the shortest mean
    wait).
    """

    def __init__(self, place, look_deg=30.0):
        self.place, self.look_deg, self.found = place, look_deg, {}
        self.offered = {}  # hypothetical satellites taken in by `offer`: name -> row

    def gain(self, satellites):
        """Return the median hours between looks of a list of satellites (names, or candidates made
        here).
        """
        return self._quality(satellites)[0]

    def quality(self, satellites):
        """Return the median gap and the mean wait (h) of a list of satellites: less is better."""
        return self._quality(satellites)

    def offer(self, rows):
        """Take hypothetical satellites (rows such as `orbits.sun_synchronous` gives) in; return
        their names.
        """
        for name in set(rows["name"]) - set(self.found):
            self.found[name] = self.offered[name] = rows[rows["name"] == name]
        self._look(rows["name"].to_list())
        return rows["name"].to_list()

    def at_home(self, owner, own, more):
        """Return the owner's satellites and `more` others in its own planes."""
        return self._grown(own, more, [0])

    def anywhere(self, owner, own, more):
        """Return the owner's satellites and `more` others on its own kind of orbit, at any local
        hour.
        """
        free = self._grown(own, more, range(12))
        return min(free, self.at_home(owner, own, more), key=self.gain)

    def _grown(self, own, more, turns):
        offers = self._candidates(own, turns)
        return dividend.grown(own, more, offers, dividend.each(self._quality), better="low")

    def _candidates(self, own, turns):
        names = []
        for base in own:
            row = self.offered[base] if base in self.offered else fleet().loc[[base]]
            for turn in turns:
                plane = imaging.moved(row, node_turn=turn / 12)
                for step in range(12):
                    name = f"{base} (hypothetical, plane {turn}/12, place {step}/12)"
                    self.found.setdefault(name, imaging.moved(plane, anomaly_turn=step / 12))
                    names.append(name)
        self._look(names)
        return names

    def _look(self, names):
        """Compute the looks of candidates that have none yet, all at once."""
        new = [n for n in names if isinstance(self.found.get(n), pd.DataFrame)]
        if new:
            rows = pd.concat([self.found[n].assign(name=n) for n in new])
            seen = imaging.usable(
                imaging.windows(rows, self.place, *month(), look_deg=self.look_deg)
            )
            groups = dict(list(seen.groupby("satellite")))
            for name in new:
                self.found[name] = self._edges(groups.get(name))

    def _edges(self, seen):
        zero = month()[0]
        if seen is None:
            return np.empty((2, 0))
        return np.array([(seen[edge] - zero) / HOUR for edge in ("opens", "closes")])

    def _quality(self, satellites):
        real = [n for n in satellites if n not in self.found]
        for name in real:
            self.found[name] = fleet().loc[[name]]
        self._look(real)
        edges = np.concatenate([self.found[n] for n in satellites] or [np.empty((2, 0))], axis=1)
        none = np.zeros(edges.shape[1], int)
        found = revisit.Looks(none, none, *edges, none, 1, 24.0 * DAYS)
        gaps = np.sort(revisit.gaps(found)[1])[
            ::-1
        ]  # from the longest down, as `revisit.median_gap`
        passed = np.flatnonzero(np.cumsum(gaps) >= found.hours / 2 - 1e-6)
        median = float(gaps[passed[0]]) if len(passed) else 0.0
        return (median if len(none) else np.inf), float((gaps**2).sum() / (2 * found.hours))


# --- a newcomer -----------------------------------------------------------------------------------


class Club:
    """States with a few satellites that share looks, and a newcomer with one on an orbit of its
    choice.
    """

    def __init__(self, home, parties, look_deg=30.0):
        """home: a place (name, latitude, longitude); parties: ids of states that own satellites."""
        self.look_deg, self.newcomer = look_deg, home[0]
        names = data.table("parties").set_index("id")["name"]
        places = capitals(parties)
        self.places = pd.DataFrame(
            [home, *places.itertuples(index=False)], columns=places.columns, dtype=object
        ).astype({"latitude_deg": float, "longitude_deg": float})
        self.owner = [self.newcomer, *(names[p].split(" (")[0] for p in parties)]
        rows = fleet()[fleet()["home"].isin(parties)]
        self.sizes = rows["home"].value_counts().rename(lambda p: names[p].split(" (")[0])
        seen = self._looks(rows)
        self.seen = seen.assign(of=seen["home"].map(lambda p: names[p].split(" (")[0]))

    def _looks(self, rows):
        seen = imaging.windows(rows, self.places, *month(), look_deg=self.look_deg)
        seen = imaging.usable(seen)
        return seen.assign(
            at=seen["place"].map(dict(zip(self.places["name"], self.owner, strict=True))),
            day=((seen["opens"] - month()[0]) // pd.Timedelta(days=1)),
        )

    @cache  # for each of a few orbits that a learner tries
    def _own(self, height_km, local_hour):
        """Return the looks of the newcomer's satellite on an orbit of its choice."""
        craft = orbits.sun_synchronous(height_km, local_hour, day(), name=self.newcomer)
        return self._looks(craft).assign(of=self.newcomer)

    def _hours(self, seen):
        """Return the hours between looks at home; infinite without a look."""
        here = seen[seen["at"] == self.newcomer]
        return revisit.median_gap(here, *month()) if len(here) else np.inf

    def join(self, partners, height_km, local_hour):
        """Return what a choice gives, as a dict: hours alone and together, value, use, and what
        each gains.
        """
        own = self._own(height_km, local_hour)
        seen = pd.concat([self.seen[self.seen["of"].isin(partners)], own])
        players = [self.newcomer, *partners]
        masks = defaultdict(int)
        for at, of, on in zip(seen["at"], seen["of"], seen["day"].tolist(), strict=True):
            masks[at, of] |= 1 << on
        worth = lambda group: sum(_count(masks, at, group) for at in group)
        everyone = frozenset(players)
        value = dividend.shapley(players, worth)
        return {
            "alone_h": self._hours(own),
            "together_h": self._hours(seen),
            "value": {p: float(v) for p, v in value.items()},
            "before": {p: _count(masks, p, everyone - {self.newcomer}) for p in players},
            "use": {p: _count(masks, p, everyone) for p in players},
            "own": {p: _count(masks, p, {p}) for p in players},
        }


def _count(masks, at, group):
    """Days on which a group looks at a member's capital, from the bits of each pair."""
    bits = 0
    for of in group:
        bits |= masks.get((at, of), 0)
    return bits.bit_count()
