"""To the Moon and back by radio: ellipses, the Moon's place and turning, relays, antennas on the Earth.

Lengths are km, angles degrees, times UTC; a name ends in its unit where it is not obvious. Heights are
measured from a sphere: the Moon's mean radius, or the Earth's equatorial radius. Latitude and longitude
on the Moon are those of its mean Earth axes (ME): the prime meridian faces the Earth on average.

How good: Sun, Earth, Moon and Mars as in JPL's DE421 (metres); the Moon's axes within 0.005 degrees; the
Moon's elevation over an antenna within 0.01 degrees, without refraction; relays on a Kepler ellipse that
keeps its shape and its place among the stars, which is what a frozen orbit only nearly does.
"""

import itertools
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from jplephem.spk import SPK
from skyfield.api import wgs84

from helpers.science import orbits
from helpers.tables import data
from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM, EARTH_MU_KM3_S2

MOON_MU_KM3_S2 = 4902.8001  # gravity times mass in DE421: Folkner, Williams, Boggs 2009 (IPN Progress Report 42-178), without the last digits
MOON_RADIUS_KM = (
    1737.4  # mean radius: IAU working group, Archinal et al. 2018 (doi 10.1007/s10569-017-9805-5)
)
DAYS_A_MONTH = 27.321662  # sidereal month: The Astronomical Almanac, section D
EPHEMERIS = "lunar/de421_2018_2036.bsp"
J2000, DAYS_A_CENTURY, DAY_S = 2451545.0, 36525.0, 86400.0


class MoonError(ValueError):
    """A question about the Moon or a flight to it that cannot be answered; the message says why."""


@dataclass(frozen=True)
class Body:
    """A body to fly round: its name, gravity times mass (km3/s2) and the radius (km) that heights start from."""

    name: str
    mu_km3_s2: float
    radius_km: float


EARTH = Body("Earth", EARTH_MU_KM3_S2, EARTH_EQUATORIAL_RADIUS_KM)
MOON = Body("Moon", MOON_MU_KM3_S2, MOON_RADIUS_KM)


# --- ellipses -----------------------------------------------------------------------------


def period_h(low_km, high_km, body=EARTH):
    """Return the period of an ellipse, hours (Kepler's third law: T = 2 pi sqrt(a^3 / mu)).

    low_km, high_km: heights of its lowest and highest point, numbers or arrays.
    """
    axis = (_radius(low_km, body) + _radius(high_km, body)) / 2
    return 2 * np.pi * np.sqrt(axis**3 / body.mu_km3_s2) / 3600


def high_km(period_h, low_km, body=EARTH):
    """Return the height of the highest point of the ellipse with this period: the inverse of `period_h`.

    Raises MoonError when the period is too short to come back to low_km.
    """
    axis = (body.mu_km3_s2 * (3600 * _positive("period_h", period_h) / (2 * np.pi)) ** 2) ** (1 / 3)
    radius = 2 * axis - _radius(low_km, body)
    if np.any(radius < _radius(low_km, body) * (1 - 1e-9)):
        raise MoonError(
            f"a period of {period_h!r} h has no point as low as {low_km!r} km; accepted: at least {period_h_circle(low_km, body)} h"
        )
    return radius - body.radius_km


def period_h_circle(height_km, body=EARTH):
    """Return the period of a circular orbit, hours."""
    return period_h(height_km, height_km, body)


def speed_km_s(height_km, low_km, high_km, body=EARTH):
    """Return the speed at one height of an ellipse (vis-viva: v^2 = mu (2 / r - 1 / a)).

    Raises MoonError when the ellipse does not reach that height.
    """
    r, low, high = (_radius(h, body) for h in (height_km, low_km, high_km))
    if np.any(r < np.minimum(low, high) - 1e-6) or np.any(r > np.maximum(low, high) + 1e-6):
        raise MoonError(
            f"height_km = {height_km!r} is not on the ellipse; accepted: {low_km!r} to {high_km!r} km"
        )
    return np.sqrt(body.mu_km3_s2 * (2 / r - 2 / (low + high)))


def circular_speed_km_s(height_km, body=EARTH):
    """Return the speed on a circle at one height (vis-viva with a = r)."""
    return speed_km_s(height_km, height_km, height_km, body)


def injection_km_s(low_km, high_km, body=EARTH):
    """Return how much faster than a circle one must go at low_km to rise to high_km (ideal burn, no losses)."""
    return speed_km_s(low_km, low_km, high_km, body) - circular_speed_km_s(low_km, body)


def l2_beyond_moon_km(distance_km=384400.0):
    """Return how far beyond the Moon the second Lagrange point lies, km, for a distance Earth to Moon (or an array).

    There the pull of both just bends a path that keeps up with the Moon (circular restricted three-body
    problem; Szebehely 1967, Theory of Orbits, section 4.4); found by halving an interval.
    """
    d = _positive("distance_km", distance_km)
    turn = (EARTH.mu_km3_s2 + MOON.mu_km3_s2) / d**3
    centre = d * EARTH.mu_km3_s2 / (EARTH.mu_km3_s2 + MOON.mu_km3_s2)  # of mass, to the Moon
    low, high = 0.0 * d, 0.5 * d
    for _ in range(60):
        r = (low + high) / 2
        inward = EARTH.mu_km3_s2 / (d + r) ** 2 + MOON.mu_km3_s2 / r**2 > turn * (centre + r)
        low, high = np.where(inward, r, low), np.where(inward, high, r)
    return ((low + high) / 2)[()]


# --- where the bodies are -------------------------------------------------------------------


# The way from the barycentre of the solar system (0) to each body in the segments of DE421.
_CHAINS = {
    "Sun": [(0, 10)],
    "Earth": [(0, 3), (3, 399)],
    "Moon": [(0, 3), (3, 301)],
    "Mars": [(0, 4), (4, 499)],
}


def position_km(target, centre, when):
    """Return the position (3, N) of one body from another in ICRF axes, km, at the same instant (no light time).

    target, centre: "Sun", "Earth", "Moon" or "Mars"; when: UTC times, see `orbits.times`.
    Raises MoonError for another body, or a time outside the ephemeris.
    """
    return _position(target, centre, _time(when).tdb)


def _position(target, centre, tdb):
    """Return `position_km` at Julian dates in Barycentric Dynamical Time; steps that both ways share cancel."""
    for name in (target, centre):
        if name not in _CHAINS:
            raise MoonError(f"{name!r} is not in the ephemeris; accepted: {', '.join(_CHAINS)}")
    there, back = (
        [pair for pair in _CHAINS[a] if pair not in _CHAINS[b]]
        for a, b in ((target, centre), (centre, target))
    )
    total = np.zeros((3, np.size(tdb)))
    for pairs, sign in ((there, 1), (back, -1)):
        for pair in pairs:
            total += sign * _segment(pair, tdb)
    return total


def _segment(pair, tdb):
    segment = _kernel(str(data.path(EPHEMERIS)))[pair]
    if np.min(tdb) < segment.start_jd or np.max(tdb) > segment.end_jd:
        raise MoonError(
            f"{_day(np.min(tdb))} to {_day(np.max(tdb))} is outside the ephemeris; "
            f"accepted: {_day(segment.start_jd)} to {_day(segment.end_jd)}"
        )
    return segment.compute(np.atleast_1d(tdb))


@lru_cache(maxsize=2)
def _kernel(path):
    return SPK.open(path)


# --- how the Moon turns ---------------------------------------------------------------------


# Orientation of the Moon, IAU working group on cartographic coordinates (Archinal et al. 2011, doi
# 10.1007/s10569-010-9320-4, table 2): arguments E1 to E13 in degrees at J2000 and degrees a century, then
# the terms of the pole's right ascension (sine), its declination (cosine) and the prime meridian (sine).
_E = np.array(
    [
        (125.045, -1935.5364525, -3.8787, 1.5419, 3.5610),
        (250.089, -3871.0729050, -0.1204, 0.0239, 0.1208),
        (260.008, 475263.3328725, 0.0700, -0.0278, -0.0642),
        (176.625, 487269.6299850, -0.0172, 0.0068, 0.0158),
        (357.529, 35999.0509575, 0.0, 0.0, 0.0252),
        (311.589, 964468.4993100, 0.0072, -0.0029, -0.0066),
        (134.963, 477198.8693250, 0.0, 0.0009, -0.0047),
        (276.617, 12006.3007650, 0.0, 0.0, -0.0046),
        (34.226, 63863.5132425, 0.0, 0.0, 0.0028),
        (15.134, -5806.6093575, -0.0052, 0.0008, 0.0052),
        (119.743, 131.8406400, 0.0, 0.0, 0.0040),
        (239.961, 6003.1503825, 0.0, 0.0, 0.0019),
        (25.053, 473327.7964200, 0.0043, -0.0009, -0.0044),
    ]
)


def axes(when):
    """Return the matrices (3, 3, N) that turn ICRF vectors into the Moon's mean Earth axes."""
    return _axes(_time(when).tdb)


def _axes(tdb):
    """Return `axes` at Julian dates in TDB: turn by the pole's right ascension, its declination, the prime meridian."""
    days = np.atleast_1d(tdb) - J2000
    t = days / DAYS_A_CENTURY
    e = np.radians(_E[:, :1] + _E[:, 1:2] * t)
    ascension = 269.9949 + 0.0031 * t + _E[:, 2] @ np.sin(e)
    declination = 66.5392 + 0.0130 * t + _E[:, 3] @ np.cos(e)
    meridian = 38.3213 + 13.17635815 * days - 1.4e-12 * days**2 + _E[:, 4] @ np.sin(e)
    return _multiply(
        _about_z(meridian), _multiply(_about_x(90 - declination), _about_z(90 + ascension))
    )


def sub_earth_deg(when):
    """Return latitude and longitude (N each) of the point of the Moon that has the Earth's centre overhead: the libration."""
    return latitude_longitude_deg(_turn(axes(when), position_km("Earth", "Moon", when)))


def elevation_deg(site, when, target="Earth"):
    """Return the elevation (N) of a body's centre over the level horizon of a site on the Moon, degrees.

    site: (latitude, longitude), or a row with these columns; target: "Earth", "Sun" or "Mars".
    The site lies on the mean sphere; hills and hollows are left out.
    """
    vector = _turn(axes(when), position_km(target, "Moon", when))
    return _elevation(vector, *_site(site))


def mean_earth_elevation_deg(site):
    """Return the elevation of the Earth seen from a site as if the Earth stood far off over latitude 0, longitude 0.

    By the spherical law of cosines: sin(elevation) = cos(latitude) cos(longitude).
    """
    return float(np.degrees(np.arcsin(_site(site)[1][0])))


# --- relays -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Relay:
    """An elliptical orbit round the Moon, in axes that stand still among the stars.

    low_km, high_km: heights of the lowest and highest point; inclination_deg: to the Moon's equator;
    argument_deg: where the lowest point lies, counted from the northward crossing of the equator (90 puts
    it farthest north, so that the long slow arc hangs over the south); node_deg: longitude of that crossing
    at the start; anomaly_deg: mean anomaly at the start (0: at the lowest point).
    """

    low_km: float
    high_km: float
    inclination_deg: float
    argument_deg: float = 90.0
    node_deg: float = 0.0
    anomaly_deg: float = 0.0

    def __post_init__(self):
        if not (0 < self.low_km <= self.high_km):
            raise MoonError(
                f"low_km = {self.low_km!r}, high_km = {self.high_km!r}; accepted: heights above 0, the low one not above the high one"
            )
        if not 0 <= self.inclination_deg <= 180:
            raise MoonError(f"inclination_deg = {self.inclination_deg!r}; accepted: 0 to 180")

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


def eccentric_anomaly(mean_anomaly, eccentricity):
    """Return E with E - e sin E = M (Kepler's equation), radians, for numbers or arrays and 0 <= e < 1.

    Newton's method from E = M + 0.85 e sign(sin M) (Danby 1987); six steps reach 1e-12 up to e = 0.97.
    """
    if not np.all((np.asarray(eccentricity) >= 0) & (np.asarray(eccentricity) < 1)):
        raise MoonError(f"eccentricity = {eccentricity!r}; accepted: 0 to below 1")
    m = np.remainder(np.asarray(mean_anomaly, dtype=float) + np.pi, 2 * np.pi) - np.pi
    e = m + 0.85 * eccentricity * np.sign(np.sin(m))
    for _ in range(8):
        e = e - (e - eccentricity * np.sin(e) - m) / (1 - eccentricity * np.cos(e))
    return e


def relay_position_km(relay, hours):
    """Return where a relay is after so many hours (N), (3, N) km from the Moon's centre.

    The axes stand still among the stars; they are the Moon's own (pole, prime meridian) at the start.
    """
    mean = (
        np.radians(relay.anomaly_deg) + 2 * np.pi * np.asarray(hours, dtype=float) / relay.period_h
    )
    return _in_space(relay, eccentric_anomaly(mean, relay.eccentricity))


def relay_curve_km(relay, points=181):
    """Return the whole ellipse as (3, points) km in the axes of `relay_position_km`, evenly in eccentric anomaly."""
    return _in_space(relay, np.linspace(0, 2 * np.pi, points))


def _in_space(relay, eccentric):
    """Place points of the ellipse in space: by its argument about z, its inclination about x, its node about z."""
    a, e = relay.axis_km, relay.eccentricity
    flat = np.array(
        [a * (np.cos(eccentric) - e), a * np.sqrt(1 - e * e) * np.sin(eccentric), 0 * eccentric]
    )
    for turn, angle in (
        (_about_z, relay.argument_deg),
        (_about_x, relay.inclination_deg),
        (_about_z, relay.node_deg),
    ):
        flat = turn(-angle) @ flat
    return flat


@dataclass(frozen=True)
class RelayView:
    """When a relay can work for a site: what `relay_view` returns.

    when: UTC times (N); position_km: (3, N) in the Moon's own axes; site, earth: whether it stands above the
    site's horizon, and whether the Moon leaves its view of the Earth's centre free (N each).
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
        return _longest(~self.both) * _step_h(self.when)

    @property
    def longest_contact_h(self):
        """Longest stretch of contact, hours (to the step)."""
        return _longest(self.both) * _step_h(self.when)


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
    position = _turn(matrices, still)
    above = _elevation(position, *_site(site)) >= min_elevation_deg
    when = orbits.times(start, 24 * days, 60 * step_minutes)
    return RelayView(when, position, above, ~behind_moon(position, earth))


@lru_cache(maxsize=16)
def _window(start, days, step_minutes):
    """Return hours since the start (N), the turn of the Moon since then (3, 3, N) and the Earth in the Moon's axes (3, N)."""
    when = orbits.times(start, 24 * days, 60 * step_minutes)
    tdb = _time(when).tdb
    turned = _axes(tdb)
    hours = (when - when[0]).total_seconds().to_numpy() / 3600
    since_start = np.einsum("ijn,kj->ikn", turned, turned[:, :, 0])
    return hours, since_start, _turn(turned, _position("Earth", "Moon", tdb))


def behind_moon(position_km, target_km):
    """Return whether the Moon's sphere stands between points (3, N) and a target (3, N) or (3, 1), both from its centre, km."""
    way = target_km - position_km
    way = way / np.linalg.norm(way, axis=0)
    ahead = -(position_km * way).sum(
        axis=0
    )  # distance along the way to the point nearest the Moon's centre
    miss_squared = (position_km**2).sum(axis=0) - ahead**2
    return (ahead > 0) & (miss_squared < MOON_RADIUS_KM**2)


# --- antennas on the Earth --------------------------------------------------------------------


def antenna_elevations_deg(places, when):
    """Return the elevation of the Moon's centre over each place on the Earth at each time, (places, N) degrees.

    places: a table or list of what `orbits.as_place` takes. Parallax is in; refraction is not, nor nutation (0.005 degrees).
    """
    moon = _moon_over_earth(_index(when))
    found = [orbits.as_place(p) for p in _rows(places)]
    if not found:
        raise MoonError("no antenna is chosen; accepted: at least one place")
    return np.array([_over_ground(moon, p) for p in found])


def hours_a_day(elevations_deg, min_elevation_deg=10.0):
    """Return the hours a day that at least one antenna has the Moon at or above the limit.

    elevations_deg: (antennas, N) from `antenna_elevations_deg`, evenly spaced in time.
    """
    return 24.0 * float((np.atleast_2d(elevations_deg) >= min_elevation_deg).any(axis=0).mean())


def longest_wait_h(elevations_deg, when, min_elevation_deg=10.0):
    """Return the longest stretch in which no antenna has the Moon, hours (to the step)."""
    return _longest(~(np.atleast_2d(elevations_deg) >= min_elevation_deg).any(axis=0)) * _step_h(
        _index(when)
    )


def best_antennas(elevations_deg, count, min_elevation_deg=10.0):
    """Return the choice of so many antennas (tuple of row numbers) that has the Moon longest, by trying all of them.

    Of equals the first in the order of the rows. Raises MoonError when there are not that many.
    """
    up = np.atleast_2d(elevations_deg) >= min_elevation_deg
    if not 1 <= count <= len(up):
        raise MoonError(f"count = {count!r}; accepted: 1 to {len(up)} antennas")
    return max(
        itertools.combinations(range(len(up)), count),
        key=lambda rows: up[list(rows)].any(axis=0).sum(),
    )


@lru_cache(maxsize=4)
def _moon_track(nanoseconds):
    time = _time(
        pd.DatetimeIndex(np.frombuffer(nanoseconds, dtype=np.int64).view("M8[us]"), tz="UTC")
    )
    of_date = _turn(time.precession_matrix(), _position("Moon", "Earth", time.tdb))
    return _turn(_about_z(15.0 * time.gmst), of_date)


def _moon_over_earth(when):
    """Return the Moon (3, N) in axes that turn with the Earth: skyfield's precession, then mean sidereal time."""
    return _moon_track(when.as_unit("us").asi8.tobytes())


def _over_ground(moon, place):
    ground = wgs84.latlon(place.latitude, place.longitude, place.height_m).itrs_xyz.km[:, None]
    way = moon - ground
    return np.degrees(
        np.arcsin(_unit(place.latitude, place.longitude) @ way / np.linalg.norm(way, axis=0))
    )


# --- a globe to draw ----------------------------------------------------------------------------


def globe_km(latitude, longitude, height_km=0.0):
    """Return points of the Moon (3, ...) km in its own axes."""
    return (MOON_RADIUS_KM + np.asarray(height_km, dtype=float)) * _unit(latitude, longitude)


def latitude_longitude_deg(vectors):
    """Return latitude and longitude (-180 to 180) of vectors (3, ...)."""
    x, y, z = vectors
    return np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))


def graticule(step_deg=30, points=121):
    """Return the lines of latitude and longitude of the Moon as a list of (3, points) arrays, km, for drawing."""
    along = np.linspace(-180, 180, points)
    parallels = [
        globe_km(np.full(points, lat), along) for lat in np.arange(-90 + step_deg, 90, step_deg)
    ]
    return parallels + [
        globe_km(along / 2, np.full(points, lon)) for lon in np.arange(-180, 180, step_deg)
    ]


def project(points_km, view_latitude=0.0, view_longitude=0.0):
    """Return x to the right, y up (km) and whether the Moon hides it, for points (3, ...) seen from afar (orthographic).

    view_latitude, view_longitude: where on the Moon the viewer stands overhead; north is up.
    """
    towards = _unit(view_latitude, view_longitude)
    right = np.array([-np.sin(np.radians(view_longitude)), np.cos(np.radians(view_longitude)), 0.0])
    x, y, depth = (
        np.tensordot(v, points_km, axes=(0, 0)) for v in (right, np.cross(towards, right), towards)
    )
    return x, y, (depth < 0) & (np.hypot(x, y) < MOON_RADIUS_KM)


# --- small parts --------------------------------------------------------------------------------


def _index(when):
    """Return times as a DatetimeIndex in UTC."""
    if isinstance(when, pd.DatetimeIndex):
        return when.tz_localize("UTC") if when.tz is None else when.tz_convert("UTC")
    return pd.DatetimeIndex([orbits.utc(t) for t in np.atleast_1d(np.asarray(when, dtype=object))])


def _time(when):
    """Return skyfield's Time of UTC times: it knows the leap seconds and the Earth's rotation."""
    microseconds = _index(when).as_unit("us").asi8
    return orbits.TIMESCALE.utc(
        1970, 1, 1 + microseconds // int(DAY_S * 1e6), 0, 0, microseconds % int(DAY_S * 1e6) / 1e6
    )


def _day(julian):
    return f"{pd.Timestamp(round((julian - orbits.UNIX_EPOCH_JD) * DAY_S), unit='s'):%Y-%m-%d}"


def _rows(places):
    return (
        [row for _, row in places.iterrows()] if isinstance(places, pd.DataFrame) else list(places)
    )


def _site(site):
    """Return position (3, 1) km and upward unit vector (3,) of a place on the Moon's mean sphere."""
    place = orbits.as_place(site)
    up = _unit(place.latitude, place.longitude)
    return MOON_RADIUS_KM * up[:, None], up


def _elevation(vectors_km, ground_km, up):
    way = vectors_km - ground_km
    return np.degrees(np.arcsin(up @ way / np.linalg.norm(way, axis=0)))


def _unit(latitude, longitude):
    lat, lon = np.radians(latitude), np.radians(longitude)
    return np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat) + 0 * lon])


def _about_z(angle_deg):
    """Return the matrices (3, 3, ...) that give vectors in axes turned about z by an angle."""
    c, s = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    return np.array([[c, s, 0 * c], [-s, c, 0 * c], [0 * c, 0 * c, 0 * c + 1]])


def _about_x(angle_deg):
    """Return the matrices (3, 3, ...) that give vectors in axes turned about x by an angle."""
    c, s = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    return np.array([[0 * c + 1, 0 * c, 0 * c], [0 * c, c, s], [0 * c, -s, c]])


def _multiply(left, right):
    return np.einsum("ijn,jkn->ikn", left, right)


def _turn(matrices, vectors):
    return np.einsum("ijn,jn->in", matrices, vectors)


def _step_h(when):
    return (when[1] - when[0]).total_seconds() / 3600 if len(when) > 1 else 0.0


def _longest(flags):
    """Return the length of the longest run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]])))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def _radius(height_km, body):
    height = np.asarray(height_km, dtype=float)
    if np.any(height <= -body.radius_km) or np.any(np.isnan(height)):
        raise MoonError(
            f"{height_km!r} is not a height over the {body.name}; accepted: numbers above -{body.radius_km:.0f} km"
        )
    return body.radius_km + height[()]


def _positive(name, value):
    number = np.asarray(value, dtype=float)
    if not np.all(number > 0):
        raise MoonError(f"{name} = {value!r}; accepted: numbers above 0")
    return number[()]
