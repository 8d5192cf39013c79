"""Relays on an ellipse round the Moon: where they are, and when they can pass a word on."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from helpers.base import checks, doors, intervals, sphere
from helpers.base.checks import NotAccepted
from helpers.science import orbits, twobody
from helpers.science.moon.antennas import step_h
from helpers.science.moon.ellipses import MOON, MOON_RADIUS_KM, period_h
from helpers.science.moon.ephemeris import (
    about_x,
    about_z,
    axes_at,
    position_at,
    site_and_up,
    skyfield_time,
    turn,
)

DAYS_A_MONTH = 27.321662  # sidereal month: The Astronomical Almanac, section D


@dataclass(frozen=True)
class Relay:
    """An elliptical orbit round the Moon, in axes that stand still among the stars.

    low_km, high_km: heights of the lowest and highest point; inclination_deg: to the Moon's
    equator;
    argument_deg: where the lowest point lies, counted from the northward crossing of the equator
    (90 puts it farthest north, so that the long slow arc hangs over the south); node_deg: longitude
    of that crossing at the start; anomaly_deg: mean anomaly at the start (0: at the lowest point).
    """

    low_km: float
    high_km: float
    inclination_deg: float
    argument_deg: float = 90.0
    node_deg: float = 0.0
    anomaly_deg: float = 0.0

    def __post_init__(self):
        if not (0 < self.low_km <= self.high_km):
            raise NotAccepted(
                f"low_km = {self.low_km!r}, high_km = {self.high_km!r}; accepted: heights above 0, "
                "the low one not above the high one"
            )
        checks.between("inclination_deg", self.inclination_deg, 0, 180)

    @property
    def axis_km(self):
        """Semi-major axis, km."""
        return MOON_RADIUS_KM + (self.low_km + self.high_km) / 2

    @property
    def eccentricity(self):
        """Eccentricity of the ellipse."""
        return (self.high_km - self.low_km) / (2 * self.axis_km)

    @property
    def period_h(self):
        """Period, hours."""
        return period_h(self.low_km, self.high_km, MOON)


def relay_position_km(relay, hours):
    """Return where a relay is after so many hours (N), (3, N) km from the Moon's centre.

    The axes stand still among the stars; they are the Moon's own (pole, prime meridian) at the
    start.
    """
    mean = (
        np.radians(relay.anomaly_deg) + 2 * np.pi * np.asarray(hours, dtype=float) / relay.period_h
    )
    return _in_space(relay, twobody.eccentric_anomaly(mean, relay.eccentricity))


def relay_curve_km(relay, points=181):
    """Return the whole ellipse as (3, points) km in the axes of `relay_position_km`, evenly in
    eccentric anomaly.
    """
    return _in_space(relay, np.linspace(0, 2 * np.pi, points))


def _in_space(relay, eccentric):
    """Place points of the ellipse in space: by its argument about z, its inclination about x, its
    node about z.
    """
    a, e = relay.axis_km, relay.eccentricity
    flat = np.array(
        [a * (np.cos(eccentric) - e), a * np.sqrt(1 - e * e) * np.sin(eccentric), 0 * eccentric]
    )
    for about, angle in (
        (about_z, relay.argument_deg),
        (about_x, relay.inclination_deg),
        (about_z, relay.node_deg),
    ):
        flat = about(-angle) @ flat
    return flat


@dataclass(frozen=True)
class RelayView:
    """When a relay can work for a site: what `relay_view` returns.

    when: UTC times (N); position_km: (3, N) in the Moon's own axes; site, earth: whether it stands
    above the site's horizon, and whether the Moon leaves its view of the Earth's centre free (N
    each).
    """

    when: pd.DatetimeIndex
    position_km: np.ndarray
    site: np.ndarray
    earth: np.ndarray

    @property
    def both(self):
        """Whether it can pass a word from the site to the Earth (N)."""
        return self.site & self.earth

    @property
    def share(self):
        """Share of the time for site, Earth and both, as a dict."""
        return {name: float(np.mean(getattr(self, name))) for name in ("site", "earth", "both")}

    @property
    def longest_gap_h(self):
        """Longest stretch without contact, hours (to the step; the window's ends count as ends)."""
        return intervals.longest_run(~self.both) * step_h(self.when)

    @property
    def longest_contact_h(self):
        """Longest stretch of contact, hours (to the step)."""
        return intervals.longest_run(self.both) * step_h(self.when)


@doors.takes(relay=doors.a(Relay))
def relay_view(
    relay,
    site,
    start="2026-01-01T00:00:00Z",
    days=DAYS_A_MONTH,
    step_minutes=15.0,
    min_elevation_deg=5.0,
):
    """Return a RelayView: when a relay stands above a site on the Moon and sees the Earth too.

    site: (latitude, longitude) on the Moon; min_elevation_deg: what counts as above the horizon.
    The first call for a window of time works out how the Moon turns; later ones take milliseconds.
    """
    hours, matrices, earth = _window(orbits.utc(start), float(days), float(step_minutes))
    still = relay_position_km(relay, hours)
    position = turn(matrices, still)
    ground, up = site_and_up(site)
    above = sphere.elevation(position - ground, up) >= min_elevation_deg
    when = orbits.times(start, 24 * days, 60 * step_minutes)
    return RelayView(when, position, above, ~behind_moon(position, earth))


@lru_cache(maxsize=16)
def _window(start, days, step_minutes):
    """Return hours since the start (N), the turn of the Moon since then (3, 3, N) and the Earth in
    the Moon's axes (3, N).
    """
    when = orbits.times(start, 24 * days, 60 * step_minutes)
    tdb = skyfield_time(when).tdb
    turned = axes_at(tdb)
    hours = (when - when[0]).total_seconds().to_numpy() / 3600
    since_start = np.einsum("ijn,kj->ikn", turned, turned[:, :, 0])
    return hours, since_start, turn(turned, position_at("Earth", "Moon", tdb))


def behind_moon(position_km, target_km):
    """Return whether the Moon's sphere stands between points (3, N) and a target (3, N) or (3, 1),
    both from its centre, km.
    """
    way = target_km - position_km
    way = way / np.linalg.norm(way, axis=0)
    ahead = -(position_km * way).sum(
        axis=0
    )  # distance along the way to the point nearest the Moon's centre
    miss_squared = (position_km**2).sum(axis=0) - ahead**2
    return (ahead > 0) & (miss_squared < MOON_RADIUS_KM**2)
