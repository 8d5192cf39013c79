"""Who looked at an asteroid before it fell, and what each set of looks tells about the place of the
fall.

A look is (where, seconds): an observatory's code or a (latitude, longitude) place, and seconds from
the epoch. What a look tells is worked out once, at the orbit that fits all; sets of looks are then
sums.
"""

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd

from helpers.science import approach, astrometry, moon
from helpers.science.dividend import grown
from helpers.tables import data

EPOCH = "2024-01-20T23:00:00Z"  # inside the hours in which 2024 BX1 was seen
MISDATED = (
    "G18",
)  # its two looks lie four seconds along the way: left out of the orbit, kept in the table
NOISE = astrometry.NOISE
TRUSTING = astrometry.Noise(0.5, 0.0)  # a noise model that believes every clock
LOWEST_DEG, NIGHT_DEG = 20.0, -12.0  # an observatory can look: asteroid above, Sun below
GRID_DEG, EVERY_S = 10.0, 60.0  # where and when extra looks are tried


@dataclass(frozen=True)
class Campaign:
    """The looks at 2024 BX1, the orbit that fits them, its fall, and what each look tells under a
    noise model.
    """

    rows: pd.DataFrame
    looks: astrometry.Looks
    orbit: astrometry.Orbit
    fall: approach.Fall
    change: np.ndarray  # as `astrometry.ground_change` gives
    noise: astrometry.Noise
    told: dict = field(default_factory=dict)

    def units(self, hours_before=0.0, stations=None):
        """Return the list of looks until so many hours before the fall, of some stations or all."""
        before = (self.fall.time - self.looks.epoch).total_seconds() - 3600 * hours_before
        wanted = set(self.looks.station if stations is None else stations)
        pairs = zip(self.looks.station.tolist(), self.looks.seconds.tolist())
        return [(code, second) for code, second in pairs if second <= before and code in wanted]

    def partners(self, hours_before=0.0):
        """Return a dict of owner -> looks of all owners that had looked by then."""
        owners = data.table("observatories").set_index("id")["owner"]
        found = {}
        for code, second in self.units(hours_before):
            found.setdefault(owners[code], []).append((code, second))
        return dict(sorted(found.items()))

    def information(self, units):
        """Return (N, 6, 6): what each look tells; see `astrometry.information`."""
        return self._of_looks(units)[0]

    def _of_looks(self, units):
        """Return what `astrometry.told` gives for looks, kept for the next time."""
        new = [unit for unit in dict.fromkeys(units) if unit not in self.told]
        if new:
            planned = astrometry.planned([where for where, _ in new], [s for _, s in new], EPOCH)
            found = astrometry.told(self.orbit.state, planned, self.noise)
            self.told.update(zip(new, zip(*found)))
        looks, late = zip(*(self.told[unit] for unit in units)) if units else ((), ())
        return np.reshape(looks, (-1, 6, 6)), np.reshape(late, (-1, 6))

    def place_km(self, when):
        """Return the place (3) of the asteroid at a UTC time, km among the stars."""
        second = (when - self.looks.epoch).total_seconds()
        return approach.propagate(self.orbit.state, [second], EPOCH)[0, 0, :3]

    def ellipse(self, units):
        """Return the Ellipse of the place of the fall from a list of looks."""
        return astrometry.ellipse(self.information(units).sum(axis=0), self.change)

    def error_km(self, units):
        """Return the formal error of the place of the fall, km: the gain of the dividend; lower is
        better.
        """
        return self.ellipse(units).error_km

    def clock_shift_km(self, units, station, wrong_s):
        """Return how far, km, the fitted place moves when one station's clock is wrong by so many
        seconds.
        """
        return float(np.hypot(*self.clock_move_km(units, station, wrong_s)))

    def clock_move_km(self, units, station, wrong_s):
        """Return (east, north), km: the way of `clock_shift_km`."""
        wrong = np.array([where == station for where, _ in units])
        moved = astrometry.clock_move_km(*self._of_looks(units), wrong, self.change) * wrong_s
        return float(moved[0]), float(moved[1])

    # --- as many looks in one hand --------------------------------------------------------

    def at_home(self, owner, own, more):
        """Return own looks and `more` extra ones from the owner's stations: the best, one after the
        other.

        Tried: every minute from the first look of the table to an hour before the fall.
        """
        table = data.table("observatories")
        stations = table.loc[table["owner"] == owner, "id"]
        return self._with_best(own, [(s, t) for s in stations for t in self.window], more)

    def anywhere(self, owner, own, more):
        """Return own looks and `more` extra ones from anywhere: the best, one after the other.

        Tried: a grid of places every ten degrees and all observatories of the table, every fifth
        minute, where the asteroid stands at least 20 degrees high and the Sun 12 degrees or more
        below the horizon.
        """
        return self._with_best(own, self._seen_from_anywhere(), more)

    @property
    def window(self):
        """The seconds at which extra looks are tried: every minute between the first look and an
        hour before the fall.
        """
        last = (self.fall.time - self.looks.epoch).total_seconds() - 3600
        return np.arange(self.looks.seconds.min(), last, EVERY_S).tolist()

    def _with_best(self, own, choices, more):
        """Return own looks and the `more` choices that shrink the error most, each chosen given
        those before.
        """

        told = self.information(choices)
        place = {unit: number for number, unit in enumerate(choices)}

        def errors(units, offers):
            total = self.information(units).sum(axis=0)
            offered = told[[place[unit] for unit in offers]]
            covariance = self.change @ np.linalg.solve(total + offered, self.change.T)
            return np.trace(covariance, axis1=1, axis2=2)

        def left(units):
            taken = set(units)
            return [unit for unit in choices if unit not in taken]

        return grown(own, more, left, errors, better="low")

    def _seen_from_anywhere(self):
        """Return the looks that were possible from the grid and the observatories; see
        `anywhere`.
        """
        ring = [
            (float(lat), float(lon))
            for lat in np.arange(-80, 81, GRID_DEG)
            for lon in np.arange(-180, 180, GRID_DEG)
        ]
        places = [*ring, *data.table("observatories")["id"]]
        seconds = np.array(self.window[::5])
        turn = approach.turning(EPOCH, seconds)
        way = approach.propagate(self.orbit.state, seconds, EPOCH)[0, :, :3]
        when = [self.looks.epoch + pd.Timedelta(seconds=s) for s in seconds]
        sun = moon.position_km("Sun", "Earth", when).T
        found = []
        for place in places:
            fixed = astrometry.fixed_place_km(place)
            up = fixed / np.linalg.norm(fixed)
            above = _elevation(np.einsum("ijn,nj->ni", turn, way) - fixed, up)
            dark = _elevation(np.einsum("ijn,nj->ni", turn, sun), up)
            good = (above >= LOWEST_DEG) & (dark <= NIGHT_DEG)
            found += [(place, float(s)) for s in seconds[good]]
        return found


def _elevation(vectors, up):
    """Return elevations (N), degrees, of vectors (N, 3) over the level of a place."""
    return np.degrees(np.arcsin(vectors @ up / np.linalg.norm(vectors, axis=1)))


def bx1(noise=astrometry.NOISE):
    """Return the Campaign of 2024 BX1: the table's looks, the orbit without misdated ones, its fall
    at 90 km.
    """
    return _bx1(noise)


@lru_cache(maxsize=4)
def _bx1(noise):
    return Campaign(*_fitted(), noise)


@lru_cache(maxsize=1)
def _fitted():
    """Return the table's rows, its looks, the orbit that fits them, its fall, and how the place of
    the fall moves with the orbit.
    """
    rows = data.table("asteroid_looks").query("asteroid == '2024 BX1'").reset_index(drop=True)
    looks = astrometry.looks(rows, EPOCH)
    orbit = astrometry.fit(looks.pick(~np.isin(looks.station, MISDATED)), noise=astrometry.NOISE)
    fall = approach.fall(orbit.state, EPOCH)
    return rows, looks, orbit, fall, astrometry.ground_change(orbit.state, EPOCH)


def same_moment(first="033", second="K88"):
    """Return (site, sight, other site, other sight, time): two observatories that looked together.

    The looks of the first are brought to the second of a look of the other one, between its own
    looks.
    """
    looks = bx1().looks
    one = looks.pick(looks.station == first)
    others = looks.pick(looks.station == second)
    near = np.argmin(np.abs(others.seconds - one.seconds.mean()))
    now = others.seconds[near]
    sight = np.array([np.interp(now, one.seconds, one.sight[:, k]) for k in range(3)])
    site = np.array([np.interp(now, one.seconds, one.site[:, k]) for k in range(3)])
    sight /= np.linalg.norm(sight)
    when = looks.epoch + pd.Timedelta(seconds=float(now))
    return site, sight, others.site[near], others.sight[near], when
