"""Earth and Mars: how far, how long light takes, when to go, when the Sun stands between.

Times are UTC, see `orbits.times`; lengths km. Positions are those of JPL's DE421, 2018 to 2036.
Axes of `from_sun_km` lie in the plane of the Earth's path (ecliptic of J2000): x to the spring
equinox, z north.
"""

import numpy as np
import pandas as pd

from helpers.base import doors
from helpers.base.constants import DAY_S
from helpers.science import moon, orbits, transfer, twobody
from helpers.science.links import LIGHT_KM_S

MARS_MU_KM3_S2 = 42828.375214  # gravity times mass: DE421 (Folkner, Williams, Boggs 2009)
MARS_RADIUS_KM = (
    3389.5  # mean radius: IAU working group, Archinal et al. 2018 (doi 10.1007/s10569-017-9805-5)
)
MARS_SIDEREAL_DAY_S = 88642.663  # one turn under the stars: 360 / 350.89198226 days, same report
SOL_S = 88775.244  # one turn under the Sun: Allison and McEwen 2000, Planet. Space Sci. 48, 215
OBLIQUITY_DEG = 23.4392911  # of the ecliptic at J2000: IAU 1976
AU_KM = 149597870.7  # exact: IAU 2012 resolution B2
YEAR_D = {
    "Earth": 365.256,
    "Mars": 686.980,
}  # turns round the Sun under the stars: The Astronomical Almanac
STEP_S = 60.0  # half the stretch over which a speed is taken


class MarsError(ValueError):
    """A question about Mars that the ephemeris or the model cannot answer; the message says why."""


# --- how far, how long -----------------------------------------------------------------------


@doors.takes(when=doors.some)
def distance_km(when):
    """Return the distance from Earth to Mars at the same instant, km (N)."""
    return np.linalg.norm(moon.position_km("Mars", "Earth", when), axis=0)


def light_time_s(when):
    """Return the seconds (N) on the way of a signal from Mars that arrives at the Earth at `when`.

    Mars stood where it was when the signal left; the Sun's own motion meanwhile (15 km) is left
    out.
    """
    when = _index(when)
    earth = moon.position_km("Earth", "Sun", when)
    seconds = distance_km(when) / LIGHT_KM_S
    for _ in range(3):
        sent = when - pd.to_timedelta((seconds * 1e6).round(), unit="us")
        seconds = np.linalg.norm(moon.position_km("Mars", "Sun", sent) - earth, axis=0) / LIGHT_KM_S
    return seconds


def sun_angle_deg(when):
    """Return the angle between Sun and Mars in the sky of the Earth, degrees (N): small at
    conjunction.
    """
    sun, mars = moon.position_km("Sun", "Earth", when), moon.position_km("Mars", "Earth", when)
    cross = np.linalg.norm(np.cross(sun, mars, axis=0), axis=0)
    return np.degrees(np.arctan2(cross, (sun * mars).sum(axis=0)))


# --- round the Sun ---------------------------------------------------------------------------


def from_sun_km(body, when):
    """Return where "Earth" or "Mars" is from the Sun, (3, N) km in the plane of the Earth's
    path.
    """
    return _to_ecliptic(moon.position_km(body, "Sun", when))


def velocity_km_s(body, when):
    """Return the velocity of "Earth" or "Mars" round the Sun, (3, N) km/s in the same axes, to a
    mm/s.
    """
    when, step = _index(when), pd.to_timedelta(STEP_S, unit="s")
    return (from_sun_km(body, when + step) - from_sun_km(body, when - step)) / (2 * STEP_S)


def synodic_days(inner_days, outer_days):
    """Return after how many days two bodies stand in the same way again: 1 / (1 / inner - 1 /
    outer).
    """
    inner, outer = (np.asarray(d, dtype=float)[()] for d in (inner_days, outer_days))
    if not np.all((inner > 0) & (outer > inner)):
        raise MarsError(
            f"{inner_days!r} and {outer_days!r} days; accepted: above 0, the outer body slower"
        )
    return 1 / (1 / inner - 1 / outer)


def lead_deg(when):
    """Return how far Mars stands ahead of the Earth on its way round the Sun, -180 to 180 degrees
    (N).
    """
    (ex, ey, _), (mx, my, _) = from_sun_km("Earth", when), from_sun_km("Mars", when)
    return (np.degrees(np.arctan2(my, mx) - np.arctan2(ey, ex)) + 180) % 360 - 180


def oppositions(start, end):
    """Return the times between two days at which Sun, Earth and Mars stand in a row: Mars is
    near.
    """
    return _crossings(start, end, lead_deg)


def conjunctions(start, end):
    """Return the times between two days at which the Sun stands between Earth and Mars in
    longitude.
    """
    return _crossings(start, end, lambda when: (lead_deg(when) + 360) % 360 - 180)


def _crossings(start, end, angle):
    """Return when an angle (degrees, falling) goes through 0: found by days, then on a straight
    line, to a minute.
    """
    start, end = orbits.utc(start), orbits.utc(end)
    if not end > start:
        raise MarsError(f"{start} to {end}; accepted: an end after the start")
    days = orbits.times(start, (end - start).total_seconds() / 3600, DAY_S)
    value = angle(days)
    places = np.flatnonzero((value[:-1] > 0) & (value[1:] <= 0) & (value[:-1] - value[1:] < 90))
    part = value[places] / (value[places] - value[places + 1])
    return (days[places] + pd.to_timedelta(part, unit="D")).round("min")


# --- the window ------------------------------------------------------------------------------


@doors.takes(departure=doors.some, arrival=doors.some)
def trip(departure, arrival):
    """Return what a direct flight asks: C3 at the Earth (km2/s2) and the speed at Mars (km/s).

    departure, arrival: times (N each). The speed is the one left far from the planet; NaN where the
    two places stand opposite each other (no plane) or where the arrival does not come 30 days after
    the start.
    """
    departure, arrival = _index(departure), _index(arrival)
    seconds = (arrival - departure).total_seconds().to_numpy()
    possible = seconds > 30 * DAY_S
    start, end = from_sun_km("Earth", departure), from_sun_km("Mars", arrival)
    leave, arrive = transfer.lambert(
        start, end, np.where(possible, seconds, 1e7), transfer.SUN_MU_KM3_S2
    )
    out = np.linalg.norm(leave - velocity_km_s("Earth", departure), axis=0)
    at_mars = np.linalg.norm(arrive - velocity_km_s("Mars", arrival), axis=0)
    return np.where(possible, transfer.c3_km2_s2(out), np.nan), np.where(possible, at_mars, np.nan)


@doors.takes(departures=doors.some, arrivals=doors.some)
def porkchop(departures, arrivals):
    """Return C3 (km2/s2) and the speed at Mars (km/s) for each pair of days, two arrays (arrivals,
    departures).
    """
    departures, arrivals = _index(departures), _index(arrivals)
    rows, columns = len(arrivals), len(departures)
    c3, speed = trip(departures.repeat(rows), arrivals[np.tile(np.arange(rows), columns)])
    return c3.reshape(columns, rows).T, speed.reshape(columns, rows).T


def flight_path_km(departure, arrival, points=90):
    """Return the way of a direct flight between two days, (3, points) km, in the axes of
    `from_sun_km`.
    """
    departure, arrival = orbits.utc(departure), orbits.utc(arrival)
    seconds = (arrival - departure).total_seconds()
    start, end = from_sun_km("Earth", [departure])[:, 0], from_sun_km("Mars", [arrival])[:, 0]
    leave, _ = transfer.lambert(start, end, seconds, transfer.SUN_MU_KM3_S2)
    return twobody.propagate(start, leave, np.linspace(0, seconds, points), transfer.SUN_MU_KM3_S2)[
        0
    ]


# --- small parts -----------------------------------------------------------------------------


def _to_ecliptic(vectors):
    c, s = np.cos(np.radians(OBLIQUITY_DEG)), np.sin(np.radians(OBLIQUITY_DEG))
    return np.array([[1, 0, 0], [0, c, s], [0, -s, c]]) @ vectors


def _index(when):
    """Return times as a DatetimeIndex in UTC."""
    if isinstance(when, pd.DatetimeIndex):
        return when.tz_localize("UTC") if when.tz is None else when.tz_convert("UTC")
    return pd.DatetimeIndex([orbits.utc(t) for t in np.atleast_1d(np.asarray(when, dtype=object))])
