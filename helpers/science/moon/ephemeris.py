"""Where Sun, Earth, Moon and Mars are, and how the Moon turns."""

from functools import lru_cache

import numpy as np
import pandas as pd
from jplephem.spk import SPK

from helpers.base import doors, sphere
from helpers.base.checks import NotAccepted
from helpers.base.constants import (
    DAY_S,
    J2000_JD,
    UNIX_EPOCH_JD,
)
from helpers.base.places import as_place
from helpers.science import orbits
from helpers.science.moon.ellipses import MOON_RADIUS_KM
from helpers.tables import data

EPHEMERIS = "lunar/de421_2018_2036.bsp"
CHUNK = 8192  # moments at a time: each needs some matrices

DAYS_A_CENTURY = 36525.0


# The way from the barycentre of the solar system (0) to each body in the segments of DE421.
_CHAINS = {
    "Sun": [(0, 10)],
    "Earth": [(0, 3), (3, 399)],
    "Moon": [(0, 3), (3, 301)],
    "Mars": [(0, 4), (4, 499)],
}


@doors.takes(target=doors.one_name, centre=doors.one_name, when=doors.some)
def position_km(target, centre, when):
    """Return the position (3, N) of one body from another in ICRF axes, km, at the same instant (no
    light time).

    target, centre: "Sun", "Earth", "Moon" or "Mars"; when: UTC times, see `orbits.times`.
    Raises NotAccepted for another body, or a time outside the ephemeris.
    """
    return position_at(target, centre, skyfield_time(when).tdb)


def position_at(target, centre, tdb):
    """Return `position_km` at Julian dates in Barycentric Dynamical Time; steps that both ways
    share cancel.
    """
    for name in (target, centre):
        if name not in _CHAINS:
            raise NotAccepted(f"{name!r} is not in the ephemeris; accepted: {', '.join(_CHAINS)}")
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
        raise NotAccepted(
            f"{_day(np.min(tdb))} to {_day(np.max(tdb))} is outside the ephemeris; "
            f"accepted: {_day(segment.start_jd)} to {_day(segment.end_jd)}"
        )
    return segment.compute(np.atleast_1d(tdb))


@lru_cache(maxsize=2)
def _kernel(path):
    return SPK.open(path)


# Orientation of the Moon, IAU working group on cartographic coordinates (Archinal et al. 2011, doi
# 10.1007/s10569-010-9320-4, table 2): arguments E1 to E13 in degrees at J2000 and degrees a
# century, then the terms of the pole's right ascension (sine), its declination (cosine) and the
# prime meridian (sine).
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
    return axes_at(skyfield_time(when).tdb)


def axes_at(tdb):
    """Return `axes` at Julian dates in TDB: turn by the pole's right ascension, its declination,
    the prime meridian.
    """
    days = np.atleast_1d(tdb) - J2000_JD
    t = days / DAYS_A_CENTURY
    e = np.radians(_E[:, :1] + _E[:, 1:2] * t)
    ascension = 269.9949 + 0.0031 * t + _E[:, 2] @ np.sin(e)
    declination = 66.5392 + 0.0130 * t + _E[:, 3] @ np.cos(e)
    meridian = 38.3213 + 13.17635815 * days - 1.4e-12 * days**2 + _E[:, 4] @ np.sin(e)
    return _multiply(
        about_z(meridian), _multiply(about_x(90 - declination), about_z(90 + ascension))
    )


def sub_earth_deg(when):
    """Return latitude and longitude (N each) of the point of the Moon that has the Earth's centre
    overhead: the libration.
    """
    return sphere.latitude_longitude(_over_moon("Earth", when))


@doors.takes(when=doors.some)
def elevation_deg(site, when, target="Earth"):
    """Return the elevation (N) of a body's centre over the level horizon of a site on the Moon,
    degrees.

    site: (latitude, longitude), or a row with these columns; target: "Earth", "Sun" or "Mars".
    The site lies on the mean sphere; hills and hollows are left out.
    """
    ground, up = site_and_up(site)
    return sphere.elevation(_over_moon(target, when) - ground, up)


def _over_moon(target, when):
    """Return the way (3, N) from the Moon's centre to a body in the Moon's mean Earth axes, km."""
    return track(_from_moon, target, when)


def _from_moon(target, time):
    return turn(axes_at(time.tdb), position_at(target, "Moon", time.tdb))


def track(way, target, when):
    """Return way(target, skyfield times), (3, N) km, at UTC times, chunk by chunk: of each moment
    skyfield keeps some matrices. It is kept, since several places look at the same moments, in
    single precision: to the Moon 23 m, which turns no direction by 0.00001 degrees.
    """
    return _track(way, target, orbits.index(when).as_unit("us").asi8.tobytes())


@lru_cache(maxsize=2)
def _track(way, target, microseconds):
    moments = np.frombuffer(microseconds, dtype=np.int64).view("M8[us]")
    found = np.empty((3, len(moments)), np.float32)
    for begin in range(0, len(moments), CHUNK):
        some = np.s_[begin : begin + CHUNK]
        found[:, some] = way(target, skyfield_time(pd.DatetimeIndex(moments[some], tz="UTC")))
    return found


def mean_earth_elevation_deg(site):
    """Return the elevation of the Earth seen from a site as if the Earth stood far off over
    latitude 0, longitude 0.

    By the spherical law of cosines: sin(elevation) = cos(latitude) cos(longitude).
    """
    return float(np.degrees(np.arcsin(site_and_up(site)[1][0])))


def skyfield_time(when):
    """Return skyfield's Time of UTC times: it knows the leap seconds and the Earth's rotation."""
    microseconds = orbits.index(when).as_unit("us").asi8
    return orbits.TIMESCALE.utc(
        1970, 1, 1 + microseconds // int(DAY_S * 1e6), 0, 0, microseconds % int(DAY_S * 1e6) / 1e6
    )


def _day(julian):
    return f"{pd.Timestamp(round((julian - UNIX_EPOCH_JD) * DAY_S), unit='s'):%Y-%m-%d}"


def site_and_up(site):
    """Return position (3, 1) km and upward unit vector (3,) of a place on the Moon's mean
    sphere.
    """
    place = as_place(site)
    up = sphere.up(place.latitude, place.longitude)
    return MOON_RADIUS_KM * up[:, None], up


def about_z(angle_deg):
    """Return the matrices (3, 3, ...) that give vectors in axes turned about z by an angle."""
    c, s = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    return np.array([[c, s, 0 * c], [-s, c, 0 * c], [0 * c, 0 * c, 0 * c + 1]])


def about_x(angle_deg):
    """Return the matrices (3, 3, ...) that give vectors in axes turned about x by an angle."""
    c, s = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    return np.array([[0 * c + 1, 0 * c, 0 * c], [0 * c, c, s], [0 * c, -s, c]])


def _multiply(left, right):
    return np.einsum("ijn,jkn->ikn", left, right)


def turn(matrices, vectors):
    return np.einsum("ijn,jn->in", matrices, vectors)
