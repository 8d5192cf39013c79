"""How long until somebody can first look at a place, for any set of satellites: the dividend of
lesson 07.

A unit is the name of a satellite. The event is placed at many moments; the gain is the median wait.
"""

import numpy as np
import pandas as pd

from helpers.base import intervals
from helpers.science import imaging, orbits
from helpers.tables import data

# The members of the Charter as the table of satellites names them; CBERS belongs to China and
# Brazil together.
IN_THE_TABLE = {"ESA": "COPERNICUS", "CNSA": "CRESDA"}
JOINT = ["CBERS"]


def charter_owners():
    """Return the owners in the table of imaging satellites that are bound by the International
    Charter, a list.
    """
    signed = data.table("charter_members")["member"].replace(IN_THE_TABLE)
    return sorted({*signed, *JOINT} & set(data.table("imaging_satellites")["owner"]))


class FirstLook:
    """The median wait of any satellites, and an owner raised to more of them.

    `at_home` adds copies in the owner's own planes: they come by at the hours of today. `anywhere`
    turns the planes of the copies evenly round the clock. Each satellite is copied once a round, by
    equal shares of a turn (`imaging.same_size`). The search is no more than that: the high end is a
    lower bound.
    """

    def __init__(self, seen, place, moments, begin, end, look_deg=45.0):
        """seen: usable windows of all satellites at one place from begin to end (`imaging.windows`,
        `usable`).

        place: as `imaging.windows` takes; moments: times of the event; begin, end: UTC; look_deg:
        of the windows.
        """
        self.place, self.span, self.look_deg = place, (begin, end), look_deg
        self.times = orbits.index(moments).as_unit("us").asi8
        self.fleet = imaging.fleet().set_index("name", drop=False)
        self.edges = {name: np.empty((2, 0), "int64") for name in self.fleet["name"]}
        self._keep(seen)

    def partners(self, owners=None):
        """Return a dict of owner -> names of its satellites; owners: default those bound by the
        Charter.
        """
        owners = charter_owners() if owners is None else owners
        return {o: list(self.fleet["name"][self.fleet["owner"] == o]) for o in owners}

    def hours(self, names):
        """Return the hours from each moment to the first look of one of the satellites, infinite
        where none comes.
        """
        edges = np.concatenate([np.empty((2, 0), "int64"), *(self.edges[n] for n in names)], axis=1)
        wait, comes = intervals.waits(*edges, self.times)
        return np.where(comes, wait / 3.6e9, np.inf)

    def median(self, names):
        """Return the median wait in hours: the gain of the dividend, better when low."""
        return imaging.quantile(self.hours(names), 0.5)

    def table(self, partners):
        """Return median and nine-of-ten waits (h) and the number of satellites by owner, the
        quickest first.
        """
        waits = {owner: self.hours(names) for owner, names in partners.items()}
        rows = {
            owner: {
                "median": round(imaging.quantile(wait, 0.5), 2),
                "hours_90": round(imaging.quantile(wait, 0.9), 1),
                "satellites": len(partners[owner]),
            }
            for owner, wait in waits.items()
        }
        found = pd.DataFrame.from_dict(rows, orient="index").astype({"satellites": int})
        return found.sort_values("median", kind="stable")

    def at_home(self, owner, own, more):
        """Return the owner's satellites and so many copies of them in the same planes."""
        return self._raised(own, more, "anomaly")

    def anywhere(self, owner, own, more):
        """Return the owner's satellites and so many copies with their planes round the clock, or
        `at_home` if better.
        """
        round_the_clock = self._raised(own, more, "node")
        return min(round_the_clock, self.at_home(owner, own, more), key=self.median)

    def _raised(self, own, more, spread):
        rows = imaging.same_size(self.fleet.loc[list(own)], len(own) + more, spread)
        copies = rows.iloc[len(own) :]
        copies = copies.assign(name=[f"{name}, by {spread}" for name in copies["name"]])
        if not set(copies["name"]) <= set(self.edges):
            looks = imaging.windows(copies, self.place, *self.span, look_deg=self.look_deg)
            self.edges |= {name: np.empty((2, 0), "int64") for name in copies["name"]}
            self._keep(imaging.usable(looks))
        return [*own, *copies["name"]]

    def _keep(self, looks):
        for name, rows in looks.groupby("satellite"):
            self.edges[name] = np.array(imaging.opens_closes(rows))
