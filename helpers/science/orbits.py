"""Orbits and time: from a circle by hand to SGP4, positions over the ground, decay and burns.

This is the one module that knows frames and time scales; skyfield and sgp4 do that work.
Lengths are km, angles degrees, times UTC; a name ends in its unit where it is not obvious.

Two kinds of height appear. The **mean height** of an element set comes from its mean motion
by Kepler's third law, minus the equatorial radius: good for histories. The **height** of a
position is measured from the WGS84 ellipsoid at that moment, and swings by about 20 km a turn.
"""

import csv
import json
from collections import namedtuple
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd
from sgp4 import omm
from sgp4.api import SGP4_ERRORS, WGS72, Satrec
from skyfield.api import load, wgs84
from skyfield.sgp4lib import TEME_to_ITRF, theta_GMST1982

from helpers.tables import data, elements
from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM as RADIUS
from helpers.base.constants import EARTH_J2 as J2
from helpers.base.constants import EARTH_MU_KM3_S2 as MU
from helpers.base.constants import SIDEREAL_DAY_S

TIMESCALE = load.timescale(builtin=True)  # built in: no file is fetched
DAY_S, UNIX_EPOCH_JD = 86400.0, 2440587.5  # 1970-01-01T00:00 UTC as a Julian date
MAX_AGE_DAYS = 15.0  # a station's predicted place is wrong by up to hundreds of km past this: drag and burns are unknown


class OrbitError(ValueError):
    """A question about an orbit that cannot be answered; the message says why."""


Place = namedtuple("Place", "name latitude longitude height_m", defaults=[0.0])


# --- a circle by hand ---------------------------------------------------------------------


def period_minutes(height_km):
    """Return the period of a circular orbit, minutes (Kepler's third law: T = 2 pi sqrt(a^3 / mu)).

    height_km: number or array, height above the equatorial radius.
    """
    return 2 * np.pi * np.sqrt(_axis(height_km) ** 3 / MU) / 60


def height_from_period_km(period_minutes):
    """Return the height of the circular orbit with this period, km: the inverse of `period_minutes`."""
    seconds = 60 * _positive("period_minutes", period_minutes)
    return (MU * (seconds / (2 * np.pi)) ** 2) ** (1 / 3) - RADIUS


def speed_km_s(height_km):
    """Return the speed on a circular orbit, km/s: v = sqrt(mu / a)."""
    return np.sqrt(MU / _axis(height_km))


def revolutions_per_day(height_km):
    """Return the turns of a circular orbit in 24 hours."""
    return 1440 / period_minutes(height_km)


def semi_major_axis_km(revolutions_per_day):
    """Return the Keplerian semi-major axis of a mean motion, km: a = (mu / n^2)^(1/3).

    revolutions_per_day: the mean motion of an element set (Kozai's convention). The axis so
    found is a mean one; Brouwer's mean axis, which SGP4 uses inside, is `ElementSet.brouwer_axis_km`.
    """
    n = 2 * np.pi * _positive("revolutions_per_day", revolutions_per_day) / DAY_S
    return (MU / n**2) ** (1 / 3)


def mean_height_km(revolutions_per_day):
    """Return the mean height of a mean motion, km: semi-major axis minus the equatorial radius."""
    return semi_major_axis_km(revolutions_per_day) - RADIUS


def node_drift_deg_per_day(height_km, inclination_deg, eccentricity=0.0):
    """Return how fast the orbit's plane turns about the Earth's axis, degrees a day; minus is westward.

    First-order effect of the Earth's flattening J2 (Vallado, Fundamentals of Astrodynamics, section 9.6).
    """
    a = _axis(height_km)
    n = np.sqrt(MU / a**3)
    rate = (
        -1.5
        * n
        * J2
        * (RADIUS / (a * (1 - eccentricity**2))) ** 2
        * np.cos(np.radians(inclination_deg))
    )
    return np.degrees(rate) * DAY_S


def nodal_period_minutes(height_km, inclination_deg):
    """Return the time between two northward equator crossings of a circular orbit, minutes.

    The flattening J2 changes the turn by a few seconds (Vallado, section 9.6: mean anomaly plus perigee rates).
    """
    a, s2 = _axis(height_km), np.sin(np.radians(inclination_deg)) ** 2
    n = np.sqrt(MU / a**3)
    return 2 * np.pi / (n * (1 + 1.5 * J2 * (RADIUS / a) ** 2 * (3 - 4 * s2))) / 60


def count_orbits(duration_s, height_km, inclination_deg):
    """Return three counts of the orbits in a flight, as a Series: they differ, so say which one you mean.

    "turns" of Kepler's period; "equator crossings" northward (J2 included); "turns over the ground":
    returns to one meridian of the turning Earth, about one a day fewer.
    """
    turns = duration_s / (60 * period_minutes(height_km))
    return pd.Series(
        {
            "turns": turns,
            "equator crossings": duration_s
            / (60 * nodal_period_minutes(height_km, inclination_deg)),
            "turns over the ground": turns - duration_s / SIDEREAL_DAY_S,
        }
    )


def burn_height_change_km(speed_change_m_s, height_km):
    """Return the change of mean height that a small burn along the track makes: dh = 2 a dv / v.

    The whole formula is the derivative of v = sqrt(mu/a) in the energy equation (vis-viva); it holds for dv << v.
    """
    return 2 * _axis(height_km) * (np.asarray(speed_change_m_s) / 1000) / speed_km_s(height_km)


def burn_speed_change_m_s(height_change_km, height_km):
    """Return the burn, m/s, that changes the mean height of a circular orbit by so many km: the inverse."""
    return 1000 * np.asarray(height_change_km) * speed_km_s(height_km) / (2 * _axis(height_km))


# --- what an inclination lets you see ------------------------------------------------------


def latitude_limit_deg(inclination_deg, height_km=400.0):
    """Return the highest geodetic latitude that passes under the orbit, degrees: a little more than its inclination.

    inclination_deg: of an element set (a mean one); height_km: above the equatorial radius. A retrograde
    orbit reaches 180 - inclination. Two effects of the flattened Earth: the inclination is an angle at the Earth's
    centre, and the map's latitude of that point is up to 0.19 degrees larger; and the plane rocks by
    3/8 J2 (R/a)^2 sin(2i), 0.02 degrees, twice a turn, down at the top (Vallado, section 9.5: short-period terms).
    """
    return geodetic(_top(inclination_deg, height_km))[0]


def distance_to_track_km(latitude_deg, inclination_deg, height_km=400.0):
    """Return how far a place lies from the band that is crossed overhead, km along its meridian; 0 inside the band.

    111.13 km a degree: the mean degree of the WGS84 meridian (10,001.966 km from equator to pole).
    """
    beyond = np.abs(latitude_deg) - latitude_limit_deg(inclination_deg, height_km)
    return np.maximum(0.0, beyond) * 10001.966 / 90


def highest_elevation_deg(latitude_deg, inclination_deg, height_km):
    """Return the highest elevation above the horizon at which a place can ever see the orbit, degrees.

    90 inside the band that is crossed overhead. Beyond it, the orbit's northernmost (southernmost) point
    stands on the place's own meridian: geometry on the WGS84 ellipsoid. Negative: never above the horizon.
    """
    latitude_deg = np.abs(np.asarray(latitude_deg, dtype=float))
    station = _top(inclination_deg, height_km)
    ground, up = ground_and_up(latitude_deg, np.zeros_like(latitude_deg), 0.0)
    away = (station.T - ground.T).T
    elevation = np.degrees(np.arcsin((away * up).sum(axis=0) / np.linalg.norm(away, axis=0)))
    return np.where(
        latitude_deg <= latitude_limit_deg(inclination_deg, height_km), 90.0, elevation
    )[()]


def _top(inclination_deg, height_km):
    """Return the northernmost point (3,) of an orbit on the meridian of Greenwich, km."""
    a = _axis(height_km)
    tilt = np.radians(np.minimum(inclination_deg, 180.0 - np.asarray(inclination_deg)))
    tilt = tilt - 3 / 8 * J2 * (RADIUS / a) ** 2 * np.sin(2 * tilt)
    return np.array([a * np.cos(tilt), 0 * tilt, a * np.sin(tilt)])


# --- element sets ------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class ElementSet:
    """One element set: the mean orbit of an object at an epoch, as SGP4 wants it."""

    name: str
    epoch: pd.Timestamp
    satrec: Satrec = field(repr=False)

    @property
    def catalogue_number(self):
        return self.satrec.satnum

    @property
    def revolutions_per_day(self):
        """Mean motion as printed in the set (Kozai's convention)."""
        return self.satrec.no_kozai * 1440 / (2 * np.pi)

    @property
    def period_minutes(self):
        return 1440 / self.revolutions_per_day

    @property
    def inclination_deg(self):
        return np.degrees(self.satrec.inclo)

    @property
    def eccentricity(self):
        return self.satrec.ecco

    @property
    def axis_km(self):
        """Keplerian semi-major axis of the printed mean motion."""
        return semi_major_axis_km(self.revolutions_per_day)

    @property
    def brouwer_axis_km(self):
        """Mean semi-major axis that SGP4 uses inside (WGS72), some km from the Keplerian one."""
        return self.satrec.a * self.satrec.radiusearthkm

    @property
    def mean_height_km(self):
        return self.axis_km - RADIUS

    @property
    def perigee_height_km(self):
        return self.axis_km * (1 - self.eccentricity) - RADIUS

    @property
    def apogee_height_km(self):
        return self.axis_km * (1 + self.eccentricity) - RADIUS


@lru_cache(maxsize=4096)
def from_lines(line1, line2, name=""):
    """Return the ElementSet of two lines (TLE).

    Raises elements.ElementSetError when a line is malformed or its checksum is wrong.
    """
    line1, line2 = line1.strip(), line2.strip()
    elements.check_line(line1, 1)
    elements.check_line(line2, 2)
    if line1[2:7] != line2[2:7]:
        raise elements.ElementSetError(line2, f"the line 2 of object {line1[2:7]}")
    return _element_set(Satrec.twoline2rv(line1, line2, WGS72), name)


def from_row(row):
    """Return the ElementSet of one row of the table `element_sets` (a Series, a named tuple or a dict)."""
    get = row.get if hasattr(row, "get") else lambda key, default="": getattr(row, key, default)
    return from_lines(get("line1"), get("line2"), str(get("name", "")))


def sets(name):
    """Return all element sets of one object of the table `element_sets`, by epoch, as a list of ElementSet.

    name: the column `object`, such as "tiangong" or "iss". Raises OrbitError for an unknown one.
    """
    table = data.table("element_sets").sort_values("epoch")
    rows = table[table["object"] == name]
    if rows.empty:
        raise OrbitError(
            f"no element set of {name!r}; there are sets of: {', '.join(sorted(table['object'].unique()))}"
        )
    return [from_row(row) for row in rows.to_dict("records")]


def from_omm(fields):
    """Return the ElementSet of an orbit mean-elements message (OMM): a dict with the standard's upper-case names.

    Numbers may be text, as CSV gives them. Raises OrbitError when a field is missing or not a number.
    """
    satrec = Satrec()
    if "EPOCH" in fields:
        fields = {
            **fields,
            "EPOCH": utc(fields["EPOCH"]).tz_localize(None).isoformat(timespec="microseconds"),
        }
    try:
        omm.initialize(
            satrec,
            {
                "ELEMENT_SET_NO": 999,
                "EPHEMERIS_TYPE": 0,
                "CLASSIFICATION_TYPE": "U",
                "REV_AT_EPOCH": 0,
                "MEAN_MOTION_DDOT": 0,
                "OBJECT_ID": "",
                **fields,
            },
        )
    except KeyError as missing:
        raise OrbitError(
            f"the message has no field {missing}; it has: {', '.join(fields)}"
        ) from None
    except ValueError as problem:
        raise OrbitError(
            f"the message for {fields.get('OBJECT_NAME', 'the object')} is not readable: {problem}"
        ) from None
    return _element_set(satrec, fields.get("OBJECT_NAME", ""))


def from_text(text):
    """Return the ElementSet of a pasted text: two lines, three with a name first, or a message (OMM) as JSON or CSV.

    Of several messages the first one is taken. Raises OrbitError when the text is none of these, and as `from_lines`.
    """
    text = text.strip()
    if text.startswith(("[", "{")):
        return from_omm(_first_message(text))
    if text.startswith("OBJECT_NAME"):
        return from_omm(next(csv.DictReader(text.splitlines()), {}))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) not in (2, 3):
        raise OrbitError(
            f"{len(lines)} lines of text are no element set; accepted: two lines, a name and two lines, "
            "or a message (OMM) as JSON or CSV"
        )
    return from_lines(*lines[-2:], lines[0] if len(lines) == 3 else "")


def _first_message(text):
    """Return the first message of a JSON text as a dict."""
    try:
        message = json.loads(text)
        message = message[0] if isinstance(message, list) else message
        return {**message}
    except (ValueError, IndexError, TypeError):
        raise OrbitError(
            f"{text[:40]!r}... is not a message (OMM) as JSON; accepted: one object, or a list of them"
        ) from None


def nearest(sets, time):
    """Return the set whose epoch is nearest to a time."""
    return min(_some(sets), key=lambda s: abs(s.epoch - utc(time)))


def newest(sets):
    """Return the set with the latest epoch."""
    return max(_some(sets), key=lambda s: s.epoch)


def altitude_history(sets):
    """Return one row a set, by epoch: mean, perigee and apogee height (km, over the equatorial radius) and mean motion."""
    rows = [
        (s.epoch, s.mean_height_km, s.perigee_height_km, s.apogee_height_km, s.revolutions_per_day)
        for s in _some(sets)
    ]
    columns = [
        "epoch",
        "mean_height_km",
        "perigee_height_km",
        "apogee_height_km",
        "revolutions_per_day",
    ]
    return pd.DataFrame(rows, columns=columns).sort_values("epoch", ignore_index=True)


# --- time -----------------------------------------------------------------------------------


def utc(time):
    """Return a time as a pandas Timestamp in UTC; text without a zone is taken as UTC.

    Raises OrbitError when it is not a time.
    """
    try:
        stamp = pd.Timestamp(time)
    except (ValueError, TypeError):
        stamp = pd.NaT
    if stamp is pd.NaT:
        raise OrbitError(f"{time!r} is not a time; accepted: such as '2025-04-24T09:17:00Z'")
    return stamp.tz_localize("UTC") if stamp.tz is None else stamp.tz_convert("UTC")


def times(start, hours=24.0, step_seconds=60.0):
    """Return UTC times from `start` over so many hours, both ends included, as a DatetimeIndex."""
    count = (
        int(
            np.floor(
                3600 * _positive("hours", hours) / _positive("step_seconds", step_seconds) + 1e-9
            )
        )
        + 1
    )
    return utc(start) + pd.to_timedelta((np.arange(count) * step_seconds * 1e6).round(), unit="us")


def julian(when):
    """Return (UTC Julian day, UTC fraction, UT1 fraction) of UTC times, arrays."""
    if not isinstance(when, pd.DatetimeIndex):
        when = pd.DatetimeIndex([utc(t) for t in np.atleast_1d(np.asarray(when, dtype=object))])
    microseconds = (
        (when if when.tz is None else when.tz_convert("UTC").tz_localize(None)).as_unit("us").asi8
    )
    day, rest = np.divmod(microseconds, int(DAY_S * 1e6))
    fraction = rest / (DAY_S * 1e6)
    dut1 = TIMESCALE.utc(
        1970, 1, 1 + day
    ).dut1  # UT1 - UTC in seconds; it moves by a millisecond a day
    return day + UNIX_EPOCH_JD, fraction, fraction + dut1 / DAY_S


# --- position ---------------------------------------------------------------------------------


def position(element_set, when, max_age_days=MAX_AGE_DAYS):
    """Return position (3, N) in km and velocity (3, N) in km/s, in axes that turn with the Earth.

    SGP4 gives them in its own frame (TEME); skyfield turns them by sidereal time. Polar motion, under
    10 m, is left out. when: one time or N; max_age_days: how far from its epoch the set may be used.
    Raises OrbitError when a time is farther from the epoch, or when the object has come down by then.
    """
    day, fraction, ut1 = julian(when)
    check_age(element_set, day + fraction, max_age_days)
    error, r, v = element_set.satrec.sgp4_array(day, fraction)
    if error.any():
        first = _time((day + fraction)[error > 0][0])
        raise OrbitError(
            f"{element_set.name or 'the object'} at {first}: SGP4 gives no position: {SGP4_ERRORS[error[error > 0][0]]}"
        )
    r, v = TEME_to_ITRF(day, r.T, v.T * DAY_S, fraction_ut1=ut1)
    return r, v / DAY_S


def geodetic(position_km):
    """Return latitude, longitude (degrees) and height (km) over the WGS84 ellipsoid of Earth-fixed positions (3,) or (3, N).

    Fixed-point iteration on the latitude (Hofmann-Wellenhof, GPS Theory and Practice, section 10.2); 1 mm for any height here.
    """
    x, y, z = position_km
    f = 1 / wgs84.inverse_flattening
    e2, across = f * (2 - f), np.hypot(x, y)
    latitude = np.arctan2(z, across)
    for _ in range(5):
        normal = RADIUS / np.sqrt(1 - e2 * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + e2 * normal * np.sin(latitude), across)
    height = (
        across * np.cos(latitude)
        + z * np.sin(latitude)
        - RADIUS * np.sqrt(1 - e2 * np.sin(latitude) ** 2)
    )
    return np.degrees(latitude), np.degrees(np.arctan2(y, x)), height


def ground_track(element_set, start, hours=24.0, step_seconds=60.0, max_age_days=MAX_AGE_DAYS):
    """Return the point under the object: a DataFrame with time, latitude, longitude (degrees) and height_km."""
    return subpoint(element_set, times(start, hours, step_seconds), max_age_days)


def subpoint(element_set, when, max_age_days=MAX_AGE_DAYS):
    """Return the points under the object at some times, as `ground_track` does."""
    when = (
        when
        if isinstance(when, pd.DatetimeIndex)
        else pd.DatetimeIndex([utc(t) for t in np.atleast_1d(np.asarray(when, dtype=object))])
    )
    latitude, longitude, height = geodetic(position(element_set, when, max_age_days)[0])
    return pd.DataFrame(
        {"time": when, "latitude": latitude, "longitude": longitude, "height_km": height}
    )


def split(longitude, latitude):
    """Return longitude and latitude with the line cut where it crosses 180 degrees, ready to draw.

    At each crossing the line is led to the edge of the map, a gap (NaN) follows, and it goes on from the other edge.
    """
    longitude, latitude = np.asarray(longitude, float), np.asarray(latitude, float)
    before = np.flatnonzero(np.abs(np.diff(longitude)) > 180)
    edge = np.copysign(180.0, longitude[before])
    reach = (edge - longitude[before]) / (longitude[before + 1] + 2 * edge - longitude[before])
    crossing = latitude[before] + reach * (latitude[before + 1] - latitude[before])
    gap = np.full(len(before), np.nan)
    at = np.repeat(before + 1, 3)
    return (
        np.insert(longitude, at, np.column_stack([edge, gap, -edge]).ravel()),
        np.insert(latitude, at, np.column_stack([crossing, gap, crossing]).ravel()),
    )


def look(element_set, place, when, max_age_days=MAX_AGE_DAYS):
    """Return how a place sees the object: a DataFrame with time, elevation, azimuth (degrees, no refraction) and range_km."""
    where = as_place(place)
    ground, up = ground_and_up(where.latitude, where.longitude, where.height_m)
    when = (
        when
        if isinstance(when, pd.DatetimeIndex)
        else pd.DatetimeIndex([utc(t) for t in np.atleast_1d(np.asarray(when, dtype=object))])
    )
    away = position(element_set, when, max_age_days)[0] - ground[:, None]
    distance = np.linalg.norm(away, axis=0)
    east = np.array(
        [-np.sin(np.radians(where.longitude)), np.cos(np.radians(where.longitude)), 0.0]
    )
    azimuth = np.degrees(np.arctan2(east @ away, np.cross(up, east) @ away)) % 360
    return pd.DataFrame(
        {
            "time": when,
            "elevation": np.degrees(np.arcsin(up @ away / distance)),
            "azimuth": azimuth,
            "range_km": distance,
        }
    )


# --- the Sun ----------------------------------------------------------------------------------


def sun_direction(when):
    """Return the unit vector (3, N) from the Earth's centre to the Sun, in axes that turn with the Earth.

    Low-precision formula of The Astronomical Almanac (page C5), good to 0.01 degrees from 1950 to 2050.
    """
    day, fraction, ut1 = julian(when)
    n = day - 2451545.0 + fraction
    anomaly = np.radians(357.528 + 0.9856003 * n)
    ecliptic = np.radians(
        280.460 + 0.9856474 * n + 1.915 * np.sin(anomaly) + 0.020 * np.sin(2 * anomaly)
    )
    tilt = np.radians(23.439 - 0.0000004 * n)
    sun = np.array(
        [np.cos(ecliptic), np.cos(tilt) * np.sin(ecliptic), np.sin(tilt) * np.sin(ecliptic)]
    )
    angle = theta_GMST1982(day, ut1)[0]
    return np.array(
        [
            np.cos(angle) * sun[0] + np.sin(angle) * sun[1],
            np.cos(angle) * sun[1] - np.sin(angle) * sun[0],
            sun[2],
        ]
    )


def in_sunlight(position_km, sun):
    """Return for each Earth-fixed position (3, N) whether the Sun shines on it: not within the Earth's shadow cylinder."""
    along = (position_km * sun).sum(axis=0)
    return (along > 0) | (np.linalg.norm(position_km - along * sun, axis=0) > RADIUS)


# --- small parts ----------------------------------------------------------------------------


def as_place(place):
    """Return a Place from a Place, a (latitude, longitude) pair, or a row with such columns.

    Raises OrbitError when a coordinate is missing or out of range.
    """
    if not isinstance(place, Place):
        place = _place_of(place)
    if not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 360):
        raise OrbitError(
            f"latitude {place.latitude}, longitude {place.longitude} is no place; accepted: -90 to 90 north, -180 to 360 east"
        )
    return place


def _place_of(given):
    """Read a place out of a pair of numbers or a table row."""
    try:
        if isinstance(given, (tuple, list, np.ndarray)) and not hasattr(given, "_fields"):
            return Place("", *(float(x) for x in given))
        get = (
            given.get
            if hasattr(given, "get")
            else lambda key, default=None: getattr(given, key, default)
        )
        height = get("height_m", 0.0)
        latitude, longitude = (
            get(k + "_deg") if get(k) is None else get(k) for k in ("latitude", "longitude")
        )
        name = next(
            (str(n) for n in (get("name"), get("capital"), get("place")) if isinstance(n, str)), ""
        )
        return Place(
            name, float(latitude), float(longitude), 0.0 if pd.isna(height) else float(height)
        )
    except (TypeError, ValueError):
        raise OrbitError(
            f"{given!r} is no place; accepted: (latitude, longitude) in degrees, or a row with these columns"
        ) from None


def ground_and_up(latitude, longitude, height_m):
    """Return position (3, ...) in km and upward unit vector (3, ...) of places on the ellipsoid."""
    ground = wgs84.latlon(latitude, longitude, height_m).itrs_xyz.km
    lat, lon = np.radians(latitude), np.radians(longitude)
    return ground, np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _element_set(satrec, name):
    seconds = ((satrec.jdsatepoch - UNIX_EPOCH_JD) + satrec.jdsatepochF) * DAY_S
    return ElementSet(name, pd.Timestamp(round(seconds * 1e6), unit="us", tz="UTC"), satrec)


def check_age(element_set, julian, limit):
    epoch = element_set.satrec.jdsatepoch + element_set.satrec.jdsatepochF
    age = np.abs(julian - epoch)
    if age.max(initial=0.0) > limit:
        worst = julian[age.argmax()]
        raise OrbitError(
            f"the element set of {element_set.name or 'the object'} is of {element_set.epoch:%Y-%m-%d %H:%M} UTC, "
            f"{age.max():.0f} days from {_time(worst)}; accepted: at most {limit:g} days (drag and burns since then are not in it)"
        )


def _time(julian):
    return f"{pd.Timestamp(round((julian - UNIX_EPOCH_JD) * DAY_S), unit='s'):%Y-%m-%d %H:%M} UTC"


def _axis(height_km):
    height = np.asarray(height_km, dtype=float)
    if np.any(height <= -RADIUS) or np.any(np.isnan(height)):
        raise OrbitError(
            f"height_km = {height_km!r} is not a height; accepted: numbers above -{RADIUS:.0f}, in km over the equator"
        )
    return RADIUS + height[()]


def _positive(name, value):
    number = np.asarray(value, dtype=float)
    if not np.all(number > 0):
        raise OrbitError(f"{name} = {value!r}; accepted: numbers above 0")
    return number[()]


def _some(sets):
    sets = list(sets)
    if not sets:
        raise OrbitError("no element set is left to choose from; accepted: at least one")
    return sets
