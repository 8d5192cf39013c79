"""The last way of an asteroid: pulled by Earth, Moon and Sun until it comes down somewhere.

Axes are those of the stars (GCRS) from the Earth's centre; km, s, km/s. A state is a place and a
speed (6) at an epoch; seconds count from there.

How good: the Earth with its flattening, Moon and Sun as points moving straight on for the hours
meant here; air is left out. So the way is right to some metres down to 90 km of height, not below.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from skyfield.framelib import itrs

from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM as RADIUS
from helpers.base.constants import DAY_S, EARTH_J2, EARTH_MU_KM3_S2, SIDEREAL_DAY_S
from helpers.science import moon, orbits
from helpers.science.defence import SUN_MU_KM3_S2

TURN_S = 2 * np.pi / SIDEREAL_DAY_S  # the Earth's turning, radians a second
STEP = 0.015  # of sqrt(r^3 / mu), the time in which gravity bends a way: metres off at the end
DAYS = 2.0  # how long a fall is looked for


class ApproachError(ValueError):
    """A way without the thing asked; the message says why."""


class Fall(NamedTuple):
    """Where and when a way comes down through a height; speed and slope as the turning ground sees
    them.
    """

    time: pd.Timestamp
    latitude: float
    longitude: float
    speed_km_s: float
    slope_deg: float


class Surroundings(NamedTuple):
    """What lies round a way at its epoch."""

    turn: np.ndarray  # (3, 3): turns vectors among the stars into Earth-fixed ones
    earth_speed: np.ndarray  # (3), round the Sun
    mu: np.ndarray  # (2), of Moon and Sun
    places: np.ndarray  # (2, 3) of both
    speeds: np.ndarray  # (2, 3)

    @property
    def pole(self):
        """The Earth's pole (3), a unit vector."""
        return self.turn[2]


# --- the way ------------------------------------------------------------------------------


def propagate(states, seconds, epoch, step=STEP):
    """Return states (M, N, 6) of M ways, given at the epoch (6) or (M, 6), at N seconds from it.

    step: see STEP; all ways take the steps of the one nearest to the Earth.
    Fourth-order Runge-Kutta with steps that shorten near the Earth, cubic Hermite in between; Earth
    with flattening (Montenbruck and Gill, Satellite Orbits, section 3.2), Moon and Sun as points
    (section 3.3).
    """
    states, seconds = np.atleast_2d(states), np.asarray(seconds, float)
    found = np.empty((len(states), len(seconds), 6))
    for side in (seconds <= 0, seconds > 0):
        if side.any():
            far = seconds[side][np.argmax(np.abs(seconds[side]))]
            found[:, side] = _between(
                *_march(states.T, far, epoch, step=step), seconds[side], epoch
            )
    return found


def _march(states, until, epoch, floor_km=0.0, step=STEP):
    """Return times (K) and states (K, 6, M) from 0, where they are (6, M), to `until`, or until the
    nearest is below floor_km.
    """
    field, now, times, ways, near = around(epoch), 0.0, [0.0], [states], np.inf
    while len(times) < 2 or (abs(until - now) > 1e-9 and near > floor_km):
        near = np.sqrt((states[:3] * states[:3]).sum(axis=0).min())
        h = step * np.sqrt(max(near, RADIUS / 2) ** 3 / EARTH_MU_KM3_S2) * np.sign(until or -1)
        h = until - now if abs(h) > abs(until - now) > 0 else h
        a = _rate(states, now, field)
        b = _rate(states + h / 2 * a, now + h / 2, field)
        c = _rate(states + h / 2 * b, now + h / 2, field)
        d = _rate(states + h * c, now + h, field)
        states, now = states + h / 6 * (a + 2 * (b + c) + d), now + h
        times.append(now)
        ways.append(states)
    return np.array(times), np.array(ways)


def _between(times, ways, wanted, epoch):
    """Return states (M, N, 6) between the steps of a march: cubic Hermite from states and their
    rates.
    """
    if times[-1] < times[0]:
        times, ways = times[::-1], ways[::-1]
    left = np.clip(np.searchsorted(times, wanted, side="right") - 1, 0, len(times) - 2)
    needed, place = np.unique([left, left + 1], return_inverse=True)
    times, ways = times[needed], ways[needed]
    rates = _rate(ways, times, around(epoch))
    left, right = place.reshape(2, -1)
    step = times[right] - times[left]
    u, h = ((wanted - times[left]) / step)[:, None, None], step[:, None, None]
    start, end = (1 + 2 * u) * (1 - u) ** 2 * ways[left], u**2 * (3 - 2 * u) * ways[right]
    bent = h * u * (1 - u) * ((1 - u) * rates[left] - u * rates[right])
    return (start + end + bent).transpose(2, 0, 1)


def _rate(states, now, field):
    """Return the rates of change (..., 6, M) of states (..., 6, M) at seconds (...): speeds, and
    the pull of Earth, Moon and Sun. The ways stand last: numpy is quick along its last axis.
    """
    place = states[..., :3, :]
    square = _square(place)
    central = EARTH_MU_KM3_S2 / (square * np.sqrt(square))
    flat = 1.5 * EARTH_J2 * RADIUS**2 * central / square
    north = field.pole @ place
    inward = central + flat * (1 - 5 * north * north / square)
    pull = -inward[..., None, :] * place
    pull -= (2 * flat * north)[..., None, :] * field.pole[:, None]
    bodies = field.places + field.speeds * np.asarray(now)[..., None, None]
    off = bodies[..., None] - place[..., None, :, :]
    square = _square(off)
    pull += np.einsum("...bm,...bim->...im", field.mu[:, None] / (square * np.sqrt(square)), off)
    square = (bodies * bodies).sum(axis=-1)  # the Earth falls as well
    pull -= np.einsum("...b,...bi->...i", field.mu / (square * np.sqrt(square)), bodies)[..., None]
    return np.concatenate([states[..., 3:, :], pull], axis=-2)


def _square(vectors):
    """Return the squared lengths (..., M) of vectors (..., 3, M)."""
    return np.einsum("...im,...im->...m", vectors, vectors)


def around(epoch):
    """Return the Surroundings of the Earth at an epoch. Raises NotAccepted outside the
    ephemeris.
    """
    return _around(orbits.utc(epoch))


@lru_cache(maxsize=8)
def _around(epoch):
    minute = pd.Timedelta(seconds=60)
    when = [epoch - minute, epoch, epoch + minute]
    ways = np.array([moon.position_km(name, "Earth", when).T for name in ("Moon", "Sun")])
    speeds = (ways[:, 2] - ways[:, 0]) / 120
    mu = np.array([moon.MOON_MU_KM3_S2, SUN_MU_KM3_S2])
    return Surroundings(turning(epoch, [0.0])[:, :, 0], -speeds[1], mu, ways[:, 1], speeds)


def turning(epoch, seconds):
    """Return the matrices (3, 3, N) that turn vectors among the stars into Earth-fixed ones."""
    start = orbits.TIMESCALE.from_datetime(orbits.utc(epoch).to_pydatetime()).tdb
    # Nutation sums a thousand terms: each moment once, also where many places share it.
    moments, place = np.unique(np.asarray(seconds, float), return_inverse=True)
    return itrs.rotation_at(orbits.TIMESCALE.tdb_jd(start + moments / DAY_S))[:, :, place]


# --- the fall -----------------------------------------------------------------------------


def fall(state, epoch, height_km=90.0):
    """Return the Fall of a way (state (6) at the epoch): when and where it comes down through a
    height.

    height_km: over the ellipsoid. Raises ApproachError for a way that does not come down within two
    days.
    """
    second = falling(state, epoch, height_km)
    (latitude, longitude, _), speed, up = over_ground(state, epoch, second)
    pace = float(np.linalg.norm(speed))
    time = orbits.utc(epoch) + pd.Timedelta(milliseconds=round(1000 * second))
    slope = float(np.degrees(np.arcsin(-(speed @ up) / pace)))
    return Fall(time, float(latitude), float(longitude), pace, slope)


def falling(state, epoch, height_km=90.0):
    """Return the seconds from the epoch at which a way comes down through a height; see `fall`."""
    if np.shape(state) != (6,):
        raise ApproachError(f"state = {state!r:.80}; accepted: 6 numbers, km and km/s")
    times, ways = _march(np.reshape(state, (6, 1)), DAYS * DAY_S, epoch, RADIUS - 30)
    if np.linalg.norm(ways[-1, :3]) > RADIUS:
        raise ApproachError(f"does not come down to {height_km} km within {DAYS:g} days")
    turn = around(epoch).turn  # which way the ground has turned does not matter for a height

    def height(second):
        place = _between(times, ways, np.array([second]), epoch)[0, 0, :3]
        return orbits.geodetic(turn @ place)[2]

    if height(0.0) < height_km:
        raise ApproachError(f"starts below {height_km} km; accepted: an epoch before the fall")
    last = len(times) - 1
    while height(times[last - 1]) < height_km:
        last -= 1
    low, high = times[last - 1], times[last]
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if height(middle) > height_km else (low, middle)
    return float(high)


def over_ground(state, epoch, second):
    """Return (latitude, longitude, height), speed over the turning ground (3) and upward unit
    vector (3).

    The vectors are among the stars, at so many seconds from the epoch.
    """
    way = propagate(state, [second], epoch)[0, 0]
    turn = turning(epoch, [second])[:, :, 0]
    latitude, longitude, height = orbits.geodetic(turn @ way[:3])
    lat, lon = np.radians([latitude, longitude])
    up = turn.T @ [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    speed = way[3:] - TURN_S * np.cross(around(epoch).pole, way[:3])
    return (latitude, longitude, height), speed, up


def ground_track(state, epoch, seconds):
    """Return latitude, longitude (degrees) and height (km) arrays (N) under a way."""
    ways = propagate(state, seconds, epoch)[0, :, :3]
    return orbits.geodetic(np.einsum("ijn,nj->in", turning(epoch, seconds), ways))


def place_change(state, epoch, second, nudge):
    """Return (2, 6): how far east and north, km, the place of a fall moves with each part of the
    state.

    second: when it falls, see `falling`; nudge (6): steps of the numeric derivatives, km and km/s.
    A way that is early comes down where the ground then is, so the change runs along the way as the
    ground sees it.
    """
    nudged = np.vstack([state + np.diag(nudge), state - np.diag(nudge)])
    ways = propagate(nudged, [second], epoch)[:, 0, :3]
    change = ((ways[:6] - ways[6:]) / (2 * nudge[:, None])).T
    _, speed, up = over_ground(state, epoch, second)
    level = change - np.outer(speed, up @ change) / (speed @ up)
    east = np.cross(around(epoch).pole, up)
    east /= np.linalg.norm(east)
    return np.stack([east, np.cross(up, east)]) @ level
