"""Orbiters over a rover on Mars: when each can hear it, and how many megabits a sol come through.

Lengths are km, angles degrees; a sol is one day on Mars. Orbits are Kepler's ellipses that keep
their place among the stars; where along its path and over which side of Mars an orbiter stands on a
given day is not known, so many days are drawn, the same ones for everybody, and averaged.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from helpers.base import checks, doors, sphere
from helpers.science import links, twobody
from helpers.science.dividend import each, grown
from helpers.science.mars import MARS_MU_KM3_S2, MARS_RADIUS_KM, MARS_SIDEREAL_DAY_S, SOL_S
from helpers.tables import data

DAYS, SOLS_A_DRAW, STEP_S = (
    24,
    2.0,
    40.0,
)  # draws, length of each, and step: a mean within about 3 %
SEED = 11  # of the draws
GOLDEN = (np.sqrt(5) - 1) / 2


class RelayError(ValueError):
    """An orbiter or a rover that cannot be; the message says why."""


@dataclass(frozen=True)
class Orbiter:
    """An orbiter of Mars as a relay: where it flies and how well it hears.

    low_km, high_km: heights of the lowest and highest point over a sphere; inclination_deg: to the
    equator; argument_deg: where the lowest point lies (90: farthest north), None where it wanders
    and is drawn anew; success: share of the tries in which what was sent arrives whole, 0 to 1.
    """

    name: str
    low_km: float
    high_km: float
    inclination_deg: float
    argument_deg: float | None = None
    success: float = 1.0

    def __post_init__(self):
        if not 0 < self.low_km <= self.high_km:
            raise RelayError(
                f"{self.name}: low_km = {self.low_km!r}, high_km = {self.high_km!r}; accepted: "
                "heights above 0, the low one not above the high one"
            )
        if not 0 <= self.inclination_deg <= 180:
            raise RelayError(
                f"{self.name}: inclination_deg = {self.inclination_deg!r}; accepted: 0 to 180"
            )
        if not 0 <= self.success <= 1:
            raise RelayError(f"{self.name}: success = {self.success!r}; accepted: 0 to 1")

    @property
    def axis_km(self):
        """Half the long axis, km."""
        return MARS_RADIUS_KM + (self.low_km + self.high_km) / 2

    @property
    def period_h(self):
        """Hours for one turn."""
        return float(twobody.period_s(self.axis_km, MARS_MU_KM3_S2)) / 3600


@dataclass(frozen=True)
class Radio:
    """A rover's radio: the rate (kbit/s) known to come through over known_km, and the ends of its
    ladder of rates.
    """

    known_rate_kbit_s: float = 8.0
    known_km: float = 4000.0
    lowest: float = 8.0
    highest: float = 128.0


def look(orbiter, latitude_deg, draw=0, sols=SOLS_A_DRAW, step_s=STEP_S):
    """Return times (s), distance (km) and elevation (degrees) of an orbiter over a rover, N each.

    draw: which of the drawn days. The rover stands on a sphere that turns once in a sidereal day.
    """
    if not -90 <= latitude_deg <= 90:
        raise RelayError(f"latitude_deg = {latitude_deg!r}; accepted: -90 to 90")
    seconds = np.arange(0, sols * SOL_S, step_s)
    position = twobody.positions(_elements(orbiter, draw), seconds)
    up = _up(float(latitude_deg), sols, step_s)
    way = position - MARS_RADIUS_KM * up
    distance = np.sqrt((way * way).sum(axis=0))
    return seconds, distance, np.degrees(np.arcsin((way * up).sum(axis=0) / distance))


@lru_cache(maxsize=4)  # the same for all orbiters and draws
def _up(latitude_deg, sols, step_s):
    """Return what is straight up for a rover, unit vectors (3, N)."""
    return sphere.up(latitude_deg, 360 * np.arange(0, sols * SOL_S, step_s) / MARS_SIDEREAL_DAY_S)


def minutes_within(orbiter, latitude_deg, distance_km, least_deg=10.0):
    """Return the minutes a sol in which an orbiter is as near as that, and so high or higher, over
    a rover: the mean.

    least_deg: how high above the horizon it must stand.
    """
    shares = []
    for draw in range(DAYS):
        _, distance, elevation = look(orbiter, latitude_deg, draw)
        shares.append(np.mean((distance <= distance_km) & (elevation >= least_deg)))
    return float(np.mean(shares)) * SOL_S / 60


def _elements(orbiter, draw):
    """Return the Elements of an orbiter on one of the drawn days; each name has days of its own."""
    first = np.random.default_rng([SEED, *orbiter.name.encode()]).uniform(size=3)
    node, along, argument = 360 * ((first + draw * np.array([GOLDEN, GOLDEN**2, GOLDEN**3])) % 1)
    shape = (orbiter.high_km - orbiter.low_km) / (2 * orbiter.axis_km)
    argument = argument if orbiter.argument_deg is None else orbiter.argument_deg
    return twobody.Elements(
        orbiter.axis_km,
        shape,
        orbiter.inclination_deg,
        node,
        argument,
        _anomaly(along, shape),
        MARS_MU_KM3_S2,
    )


def _anomaly(mean_deg, eccentricity):
    """Return the true anomaly of a mean one, degrees."""
    half = twobody.eccentric_anomaly(np.radians(mean_deg), eccentricity) / 2
    wide, narrow = np.sqrt(1 + eccentricity), np.sqrt(1 - eccentricity)
    return float(np.degrees(2 * np.arctan2(wide * np.sin(half), narrow * np.cos(half))))


def passes(elevation_deg, least_deg=10.0):
    """Return where an orbiter is up, as (first, last) places in the array, last not included."""
    up = np.asarray(elevation_deg) >= least_deg
    edges = np.flatnonzero(np.diff(np.concatenate([[False], up, [False]]).astype(int)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist()))


def rates_kbit_s(orbiter, latitude_deg, radio=Radio(), least_deg=10.0):
    """Return the rate at which an orbiter can hear a rover over all drawn days, kbit/s (days, N); 0
    where it cannot.
    """
    return _rates(orbiter, float(latitude_deg), radio, float(least_deg)).astype(float)


@lru_cache(maxsize=16)  # 0.4 MB each
def _rates(orbiter, latitude_deg, radio, least_deg):
    rows = []  # in single precision: a ladder's rates are few, and powers of two apart
    for draw in range(DAYS):
        _, distance, elevation = look(orbiter, latitude_deg, draw)
        up = elevation >= least_deg
        rows.append(np.zeros(len(up), np.float32))
        if up.any():
            rows[-1][up] = links.rate_kbit_s(
                distance[up], radio.known_rate_kbit_s, radio.known_km, radio.lowest, radio.highest
            )
    return np.array(rows)


@doors.takes(orbiters=doors.each(Orbiter), latitude_deg=checks.finite)
def mbit_a_sol(orbiters, latitude_deg, radio=Radio(), least_deg=10.0):
    """Return the megabits a sol that a rover can hand to a set of orbiters, times their success.

    The rover talks to one orbiter at a time, always to the one that brings most; so another orbiter
    never makes it less. No limit of power or of the way on to the Earth.
    """
    orbiters = list(orbiters)
    if not orbiters:
        return 0.0
    worth = [o.success * rates_kbit_s(o, latitude_deg, radio, least_deg) for o in orbiters]
    return float(np.max(worth, axis=0).mean() * SOL_S / 1000)


# --- orbiters of the course --------------------------------------------------------------------


@doors.takes(orbit=doors.one_name)
def orbiter(orbit, name=None):
    """Return the Orbiter of a row of the table mars_orbits; name: another one, as for a second.

    Raises RelayError for an orbit that is not in the table.
    """
    table = data.table("mars_orbits").set_index("orbit")
    if orbit not in table.index:
        raise RelayError(f"orbit = {orbit!r}; accepted: {', '.join(table.index)}")
    row = table.loc[orbit]
    high = row.high_km if pd.notna(row.high_km) else row.high_radius_km - MARS_RADIUS_KM
    argument = float(row.argument_deg) if pd.notna(row.argument_deg) else None
    return Orbiter(
        name or row.orbiter, float(row.low_km), float(high), float(row.inclination_deg), argument
    )


@doors.takes(orbiters=doors.each(Orbiter), name=doors.one_name, success=checks.share)
def heard(orbiters, name, success):
    """Return a list of orbiters in which the one of that name brings a share of its tries whole."""
    return [replace(one, success=success) if one.name == name else one for one in orbiters]


@doors.takes(orbits=doors.names, gain=doors.called)
def flown_again(orbits, gain):
    """Return a search for `dividend.compare`: more orbiters, each in the best of some orbits.

    orbits: rows of the table mars_orbits that the owner has flown.
    """

    def search(owner, own, more):
        offers = lambda fleet: [orbiter(o, f"{o} {len(fleet) - len(own)}") for o in orbits]
        return grown(own, more, offers, _each_of(gain))

    return search


@doors.takes(gain=doors.called)
def any_circle(
    gain, heights_km=(300, 400, 600, 800, 1000, 1500), inclinations_deg=(25, 30, 40, 60, 90)
):
    """Return a search for `dividend.compare`: more orbiters, each in the best circle of a grid."""

    def search(owner, own, more):
        circles = lambda fleet: [
            Orbiter(f"circle {len(fleet) - len(own)} {height} {tilt}", height, height, tilt)
            for height in heights_km
            for tilt in inclinations_deg
        ]
        return grown(own, more, circles, _each_of(gain))

    return search


def _each_of(gain):
    """Return the gains of each offer; two readings of what is uncertain count by their sum."""
    return each(lambda fleet: np.sum(gain(fleet)))
