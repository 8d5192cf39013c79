"""From directions on the sky to an asteroid's orbit, and how sure the place of its fall is.

An observatory measures only a direction. Least squares finds the orbit whose predicted directions
miss the measured ones least; its formal error says how far off the place of the fall may be. Axes,
units and how good the way is: see `approach`.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from skyfield.api import wgs84

from helpers.base import doors
from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM as RADIUS
from helpers.base.constants import LIGHT_M_S
from helpers.science import approach, orbits
from helpers.tables import data

LIGHT_KM_S = LIGHT_M_S / 1000
ARCSEC = np.pi / 180 / 3600
NUDGE = np.array([1.0, 1, 1, 1e-4, 1e-4, 1e-4])  # steps of numeric derivatives, km and km/s


class AstrometryError(ValueError):
    """Directions from which no orbit follows; the message says why."""


class Noise(NamedTuple):
    """How far an honest look may be off: arcseconds on the sky, and seconds of the clock."""

    arcsec: float = 0.5
    clock_s: float = 0.5


NOISE = Noise()


@dataclass(frozen=True)
class Looks:
    """Looks at one asteroid: station codes (N), seconds from the epoch (N), sites (N, 3), sights
    (N, 3).

    epoch: UTC Timestamp. sights are unit vectors; not-a-number for a look that is only planned.
    """

    epoch: pd.Timestamp
    station: np.ndarray
    seconds: np.ndarray
    site: np.ndarray
    sight: np.ndarray

    def __len__(self):
        return len(self.station)

    def pick(self, chosen):
        """Return the looks of a mask (N) or of positions."""
        parts = ("station", "seconds", "site", "sight")
        return replace(self, **{name: getattr(self, name)[chosen] for name in parts})


class Orbit(NamedTuple):
    """State (6) at an epoch with its covariance (6, 6) and the misses (N, 2) of its looks, arcsec.

    Misses are along the asteroid's motion on the sky and across it: a wrong clock shows in the
    first only.
    """

    epoch: pd.Timestamp
    state: np.ndarray
    covariance: np.ndarray
    misses: np.ndarray


class Ellipse(NamedTuple):
    """One-sigma error ellipse on the ground: half axes, bearing of the long one, and sqrt(long^2 +
    short^2).
    """

    long_km: float
    short_km: float
    bearing_deg: float
    error_km: float


# --- looks --------------------------------------------------------------------------------


def sight(ra_deg, dec_deg):
    """Return unit vectors (..., 3) towards right ascension and declination, degrees."""
    ra, dec = np.radians(ra_deg), np.radians(dec_deg)
    return np.stack([np.cos(dec) * np.cos(ra), np.cos(dec) * np.sin(ra), np.sin(dec)], axis=-1)


def looks(rows, epoch):
    """Return the Looks of table rows with time, station, ra_deg and dec_deg.

    epoch: UTC time from which seconds count, inside the observed hours. Raises AstrometryError for
    a station that is not in the table of observatories.
    """
    seconds = ((rows["time"] - orbits.utc(epoch)) / pd.Timedelta(seconds=1)).to_numpy()
    measured = sight(rows["ra_deg"].to_numpy(), rows["dec_deg"].to_numpy())
    return replace(planned(list(rows["station"]), seconds, epoch), sight=measured)


def planned(stations, seconds, epoch):
    """Return Looks without directions: these stations, at these seconds from the epoch.

    stations: codes of the table of observatories, or (latitude, longitude) places on the ground.
    """
    seconds = np.asarray(seconds, float)
    fixed = np.array([fixed_place_km(code) for code in stations]).reshape(-1, 3)
    site = np.einsum("jin,nj->ni", approach.turning(epoch, seconds), fixed)
    names = np.array([str(code) for code in stations])
    return Looks(orbits.utc(epoch), names, seconds, site, np.full((len(seconds), 3), np.nan))


@lru_cache(maxsize=4096)
def fixed_place_km(station):
    """Return the Earth-fixed place (3), km, of a station code or of (latitude, longitude) at sea
    level.

    Parallax constants of the Minor Planet Center: rho cos phi', rho sin phi' in equatorial radii.
    """
    if not isinstance(station, str):
        return wgs84.latlon(*station).itrs_xyz.km
    table = data.table("observatories").set_index("id")
    if station not in table.index:
        raise AstrometryError(f"no observatory {station!r}; accepted: {', '.join(table.index)}")
    row = table.loc[station]
    turned = np.radians(row["longitude"])
    across = row["rho_cos_phi"] * np.array([np.cos(turned), np.sin(turned)])
    return RADIUS * np.append(across, row["rho_sin_phi"])


# --- least squares ------------------------------------------------------------------------


def predicted(states, given, step=approach.STEP):
    """Return unit vectors (M, N, 3) in which M ways (M, 6) would be seen at the looks; step: of
    `approach.propagate`.

    Light left the asteroid distance / c earlier. Meanwhile the Earth moved on, and the stars with
    which the direction is compared are seen from the moving Earth too (Explanatory Supplement to
    the Astronomical Almanac, 2013, section 7.2: astrometric place).
    """
    ways = approach.propagate(states, given.seconds, given.epoch, step)
    late = np.linalg.norm(ways[..., :3] - given.site, axis=-1, keepdims=True) / LIGHT_KM_S
    moved = (ways[..., 3:] + approach.around(given.epoch).earth_speed) * late
    seen = ways[..., :3] - moved - given.site
    return seen / np.linalg.norm(seen, axis=-1, keepdims=True)


def _design(state, given):
    """Return sights (N, 3), axes along and across the motion (2, N, 3), rate (N), derivatives (N,
    2, 6).

    Rate in arcseconds a second, derivatives in arcseconds for a km or a km/s.
    """
    seen = predicted(np.vstack([state, state + np.diag(NUDGE), state - np.diag(NUDGE)]), given)
    way = approach.propagate(state, given.seconds, given.epoch)[0]
    ground = approach.TURN_S * np.cross(approach.around(given.epoch).pole, given.site)
    distance = np.linalg.norm(way[:, :3] - given.site, axis=1, keepdims=True)
    motion = (way[:, 3:] - ground) / distance
    motion -= (motion * seen[0]).sum(axis=1, keepdims=True) * seen[0]
    rate = np.linalg.norm(motion, axis=1)
    along = motion / rate[:, None]
    axes = np.stack([along, np.cross(seen[0], along)])
    change = (seen[1:7] - seen[7:]) / (2 * NUDGE[:, None, None]) / ARCSEC
    return seen[0], axes, rate / ARCSEC, np.einsum("ani,kni->nak", axes, change)


def _sigma(rate, noise):
    """Return the standard errors (N, 2), arcsec, along and across the motion."""
    along = np.hypot(noise.arcsec, noise.clock_s * rate)
    return np.stack([along, np.full_like(along, noise.arcsec)], axis=-1)


@doors.takes(given=doors.a(Looks))
def fit(given, start=None, noise=NOISE):
    """Return the Orbit that fits the looks best: Gauss-Newton on directions, weighted by the noise.

    given: measured Looks, at least three. start: a state (6) to begin from; without it many pairs
    of distances at the first and the last look are tried. Raises AstrometryError when no orbit is
    found.
    """
    if len(given) < 3:
        raise AstrometryError(
            f"{len(given)} looks; accepted: at least 3, each gives two of six numbers"
        )
    state = guess(given) if start is None else np.asarray(start, float)
    for _ in range(30):
        seen, axes, rate, change = _design(state, given)
        miss = np.einsum("ani,ni->na", axes, given.sight - seen) / ARCSEC
        sigma = _sigma(rate, noise)
        weighted = (change / sigma[..., None]).reshape(-1, 6) * NUDGE
        step, _, rank, _ = np.linalg.lstsq(weighted, (miss / sigma).ravel(), rcond=1e-13)
        state = state + NUDGE * step
        if rank < 6 or not np.all(np.isfinite(state)):
            break
        if np.all(np.abs(step) < 1e-2):
            covariance = np.linalg.inv(weighted.T @ weighted) * np.outer(NUDGE, NUDGE)
            return Orbit(given.epoch, state, covariance, miss)
    raise AstrometryError("no orbit fits; accepted: looks farther apart in time, or a better start")


def guess(given):
    """Return a state (6) to begin with: of 400 pairs of distances at two looks the one that misses
    least.

    Distances from 10,000 to 2,000,000 km at the first look, a tenth to nearly all of them at the
    last.
    """
    first, last = np.argmin(given.seconds), np.argmax(given.seconds)
    span = given.seconds[last] - given.seconds[first]
    if span <= 0:
        raise AstrometryError("all looks are of one moment; accepted: looks at two or more times")
    far, share = (
        grid.reshape(-1, 1)
        for grid in np.meshgrid(np.geomspace(1e4, 2e6, 20), np.linspace(0.1, 0.99, 20))
    )
    begin = given.site[first] + far * given.sight[first]
    speed = (given.site[last] + far * share * given.sight[last] - begin) / span
    states = np.hstack([begin - speed * given.seconds[first], speed])
    # Many of them run into the Earth in steps of seconds; degrees tell them apart, not metres.
    miss = ((predicted(states, given, 10 * approach.STEP) - given.sight) ** 2).sum(axis=(1, 2))
    if np.isnan(miss).all():
        raise AstrometryError(
            f"looks within {span:g} s tell no direction of motion; accepted: farther apart in time"
        )
    return states[np.nanargmin(miss)]


# --- how sure -----------------------------------------------------------------------------


def information(state, given, noise=NOISE):
    """Return (N, 6, 6): what each look tells about the state; the sum over looks is the inverse
    covariance.

    state (6) at the looks' epoch; the looks need no directions. In units of NUDGE, so that no part
    is tiny.
    """
    return told(state, given, noise)[0]


def told(state, given, noise=NOISE):
    """Return `information`, and (N, 6) what each look adds to the right-hand side of the normal
    equations for a second by which its clock is wrong.
    """
    _, _, rate, change = _design(state, given)
    sigma = _sigma(rate, noise)
    part = change / sigma[..., None] * NUDGE
    return np.einsum("nai,naj->nij", part, part), part[:, 0] * (rate / sigma[:, 0])[:, None]


def ground_change(state, epoch, height_km=90.0):
    """Return (2, 6): km east and north that the place of the fall moves for one NUDGE of each part
    of the state.
    """
    second = approach.falling(state, epoch, height_km)
    return approach.place_change(state, epoch, second, NUDGE) * NUDGE


def ellipse(told, change):
    """Return the Ellipse on the ground from a sum of `information` (6, 6) and `ground_change` (2,
    6).

    Formal: it believes the noise model and a way that bends little within the error.
    Looks that do not fix six numbers give infinity.
    """
    if np.linalg.matrix_rank(told, tol=1e-14 * np.trace(told), hermitian=True) < 6:
        return Ellipse(np.inf, np.inf, np.nan, np.inf)
    cov = change @ np.linalg.solve(told, change.T)
    (short, long), axes = np.linalg.eigh(cov)
    bearing = np.degrees(np.arctan2(axes[0, 1], axes[1, 1])) % 180
    return Ellipse(
        float(np.sqrt(long)),
        float(np.sqrt(max(short, 0))),
        float(bearing),
        float(np.sqrt(long + short)),
    )


def clock_shift_km(state, given, station, wrong_s, height_km=90.0, noise=NOISE):
    """Return (east, north), km, by which the fitted fall moves when one station's clock is wrong by
    wrong_s.

    First order: the misses that the clock makes, weighed as the fit weighs them. The error bars do
    not move.
    """
    change = ground_change(state, given.epoch, height_km)
    return clock_move_km(*told(state, given, noise), given.station == station, change) * wrong_s


def clock_move_km(looks, late, wrong, change):
    """Return (east, north), km for a second of a wrong clock.

    looks (N, 6, 6), late (N, 6): as `told` gives; wrong (N): which looks the clock stamped; change:
    see `ground_change`.
    """
    return change @ np.linalg.solve(looks.sum(axis=0), late[wrong].sum(axis=0))


@doors.takes(state=doors.numeric, given=doors.a(Looks))
def clock_slip_s(state, given):
    """Return (N): the seconds by which each look's stamp would have to be too early to explain its
    miss.

    Only the miss along the asteroid's motion counts, as seen from the turning ground; minus: too
    late.
    """
    seen, axes, rate, _ = _design(state, given)
    return ((given.sight - seen) * axes[0]).sum(axis=1) / ARCSEC / rate
