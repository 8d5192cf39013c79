"""When can imaging satellites look at a place, and how soon after an event?

A satellite can look at a place while the place lies within its look angle: the angle, at the
satellite, between straight down (towards the Earth's centre) and the place. `windows` finds those
times. For each revolution it takes the closest approach in closed form (the mean elements that SGP4
itself carries forward, with J2 and drag), keeps those that come near enough, and only there asks
SGP4, by Newton's method on the exact geometry. The rest of the module counts what windows give:
first look, gaps, revisit, by any subset of satellites.
"""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from sgp4.api import Satrec
from sgp4.exporter import export_tle
from skyfield.api import wgs84
from skyfield.sgp4lib import theta_GMST1982

from helpers.science import orbits
from helpers.tables import data

EARTH_MEAN = 6371.0  # km, mean radius (IUGG), for ground distances and the spherical relation
EARTH_RATE = 7.292115855e-5  # rad/s, turn of the Earth against the equinox of date (GMST, IAU 1982)
SGP4_RADIUS = 6378.135  # km, the Earth radius inside SGP4 (WGS 72)
DAY = 86400.0  # s
MAX_AGE_DAYS = 30.0  # d, accepted age of an element set; `age_cost` shows what age costs
LOW_PERIOD = 225.0  # min, SGP4's own border between near-Earth and deep-space orbits
LOW_ECCENTRICITY = 0.03  # above it the closed form is too coarse, and the satellite is scanned
EDGE_TOLERANCE = 1e-3  # s, to which an edge is refined


class ImagingError(ValueError):
    """A question about imaging that cannot be answered as put."""


# --- the angles ------------------------------------------------------------------------


def elevation_of_look(look_deg, altitude_km, radius_km=EARTH_MEAN):
    """Return the elevation (deg) at which a place sees a satellite that looks at it under `look_deg`.

    look_deg: off-nadir angle at the satellite, deg; altitude_km: its height over a sphere of
    radius_km. All may be arrays. NaN where the line of sight misses the Earth.
    Formula: cos(elevation) = (1 + h/R) sin(look), the sine rule in the triangle of Earth's
    centre, satellite and place (Wertz, Space Mission Engineering, 2011, section 10.1).
    """
    cosine = (1 + np.asarray(altitude_km) / radius_km) * np.sin(np.radians(look_deg))
    with np.errstate(invalid="ignore"):
        return np.degrees(np.arccos(cosine))


def ground_reach(look_deg, altitude_km, radius_km=EARTH_MEAN):
    """Return how far (km, along the ground) a satellite reaches to each side under a look angle.

    Arguments as in `elevation_of_look`. The angle at the Earth's centre is 90 deg - elevation -
    look; where the line of sight misses the Earth, the reach ends at the horizon.
    """
    horizon = np.degrees(np.arcsin(radius_km / (radius_km + np.asarray(altitude_km))))
    look = np.minimum(look_deg, horizon - 1e-12)
    return radius_km * np.radians(90 - elevation_of_look(look, altitude_km, radius_km) - look)


def look_of_reach(reach_km, altitude_km, radius_km=EARTH_MEAN):
    """Return the look angle (deg) under which a satellite sees a place so far (km) from its track.

    The inverse of `ground_reach`. For a camera that cannot turn aside, half its swath is the reach.
    """
    angle = np.asarray(reach_km) / radius_km
    return np.degrees(
        np.arctan2(np.sin(angle), 1 + np.asarray(altitude_km) / radius_km - np.cos(angle))
    )


def sun_elevation(times, latitude_deg, longitude_deg):
    """Return the elevation (deg) of the Sun's centre over a place, without refraction.

    times: datetimes (UTC), shape (n,); latitude_deg, longitude_deg: deg, scalars or shape (n,).
    Low-precision formulas of the Astronomical Almanac (section C), within 0.02 deg, 1950-2050.
    """
    days = _days(times)
    anomaly = np.radians(357.528 + 0.9856003 * days)
    ecliptic = np.radians(
        280.460 + 0.9856474 * days + 1.915 * np.sin(anomaly) + 0.020 * np.sin(2 * anomaly)
    )
    tilt = np.radians(23.439 - 4e-7 * days)
    ascension = np.arctan2(np.cos(tilt) * np.sin(ecliptic), np.cos(ecliptic))
    declination = np.arcsin(np.sin(tilt) * np.sin(ecliptic))
    sidereal = theta_GMST1982(2451545.0)[0] + EARTH_RATE * DAY * days
    hour = sidereal + np.radians(longitude_deg) - ascension
    north = np.radians(latitude_deg)
    sine = np.sin(north) * np.sin(declination) + np.cos(north) * np.cos(declination) * np.cos(hour)
    return np.degrees(np.arcsin(sine))


# --- the question ------------------------------------------------------------------------


class _Question(NamedTuple):
    """Everything the numerical part needs: satellites, places, interval and limits, as numbers."""

    satrecs: list
    start: float  # Julian day, whole
    fraction: float  # d
    seconds: float  # length of the interval, s
    sidereal: float  # rad, GMST at the start
    place: np.ndarray  # km, Earth-fixed, shape (3, places)
    up: np.ndarray  # unit vectors of the vertical, shape (3, places)
    longitude: np.ndarray  # rad
    latitude: np.ndarray  # rad, geocentric
    look: float  # rad
    elevation: float  # rad


def as_places(places):
    """Return a DataFrame of places: name, latitude_deg, longitude_deg, height_m.

    places: an orbits.Place or a (name, latitude, longitude[, height in m]), a list of these, or a
    DataFrame with those columns (height_m may be left out). Raises ImagingError for an empty list or
    an impossible latitude.
    """
    columns = ["name", "latitude_deg", "longitude_deg", "height_m"]
    if isinstance(places, tuple):
        places = [places]
    if not isinstance(places, pd.DataFrame):
        places = pd.DataFrame([(*p, 0.0)[:4] for p in places], columns=columns)
    if len(places) == 0:
        raise ImagingError("no place was given; accepted: at least one (name, latitude, longitude)")
    for name, lat, lon in zip(places["name"], places["latitude_deg"], places["longitude_deg"]):
        if not (-90 <= lat <= 90 and -360 <= lon <= 360):
            raise ImagingError(
                f"{name} lies at latitude {lat}, longitude {lon}; accepted: latitudes from -90 to 90, "
                "longitudes from -360 to 360, in degrees"
            )
    return places if "height_m" in places else places.assign(height_m=0.0)


def _days(times):
    """Days since 2000-01-01T12:00 UTC of datetimes, an array."""
    times = pd.DatetimeIndex(times)
    return np.asarray(
        (times - pd.Timestamp("2000-01-01T12:00", tz=times.tz)) / pd.Timedelta(days=1), float
    )


def _fixed(places):
    """Earth-fixed positions (km) and verticals of places on the WGS 84 ellipsoid, each (3, n)."""
    lat, lon, height = (
        places[c].to_numpy(float) for c in ("latitude_deg", "longitude_deg", "height_m")
    )
    north, east = np.radians(lat), np.radians(lon)
    up = np.array([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])
    return wgs84.latlon(lat, lon, height).itrs_xyz.km, up


def _question(satellites, places, start, end, look_deg, min_elevation_deg):
    if len(satellites) == 0:
        raise ImagingError(
            "no satellite is left in the selection; choose at least one owner, and a kind that it has"
        )
    if not end > start:
        raise ImagingError(
            f"the interval ends ({end}) before it begins ({start}); accepted: an end after the start"
        )
    if not 0 < look_deg <= 90 or not 0 <= min_elevation_deg < 90:
        raise ImagingError(
            f"look angle {look_deg} deg, least elevation {min_elevation_deg} deg; accepted: a look angle "
            "above 0 and up to 90 deg, an elevation from 0 to below 90 deg"
        )
    place, up = _fixed(places)
    (day,), (fraction,), (ut1,) = orbits.julian(pd.DatetimeIndex([start]))
    return _Question(
        [orbits.from_lines(a, b).satrec for a, b in zip(satellites["line1"], satellites["line2"])],
        day,
        fraction,
        (end - start).total_seconds(),
        float(theta_GMST1982(day, ut1)[0]),
        place,
        up,
        np.arctan2(up[1], up[0]),
        np.arcsin(place[2] / np.sqrt((place**2).sum(0))),
        np.radians(look_deg),
        np.radians(min_elevation_deg),
    )


# --- exact geometry, by SGP4 ---------------------------------------------------------------


def _states(q, sat, t):
    """Earth-fixed positions (km) and velocities (km/s) by SGP4, each a list of three arrays.

    sat: index of the satellite of each time, in rising order; t: s since the start. NaN where SGP4
    gives up (a satellite that has come down).
    """
    r, v = np.empty((len(t), 3)), np.empty((len(t), 3))
    cuts = np.concatenate([[0], np.flatnonzero(np.diff(sat)) + 1, [len(sat)]]) if len(sat) else [0]
    day = np.full(len(t), q.start)
    fraction = q.fraction + t / DAY
    for a, b in pairwise(cuts):
        _, r[a:b], v[a:b] = q.satrecs[sat[a]].sgp4_array(day[a:b], fraction[a:b])
    angle = q.sidereal + EARTH_RATE * t
    c, s = np.cos(angle), np.sin(angle)
    x, y = c * r[:, 0] + s * r[:, 1], c * r[:, 1] - s * r[:, 0]
    vx = c * v[:, 0] + s * v[:, 1] + EARTH_RATE * y
    vy = c * v[:, 1] - s * v[:, 0] - EARTH_RATE * x
    return (x, y, r[:, 2]), (vx, vy, v[:, 2])


def _dot(a, b):
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


class _View(NamedTuple):
    margin: np.ndarray  # above 0 while the satellite can look
    slope: np.ndarray  # 1/s, its rate
    look: np.ndarray  # rad
    nearing: np.ndarray  # s, from here to the closest approach, by one Newton step
    angle: np.ndarray  # rad, satellite and place as seen from the Earth's centre
    rate: np.ndarray  # rad/s, of the satellite over the turning Earth
    radius: np.ndarray  # km


def _view(q, sat, place, t):
    """How the satellites see the places at times t (s): a _View of arrays of the length of t."""
    r, v = _states(q, sat, t)
    p, u = q.place[:, place], q.up[:, place]
    d = (r[0] - p[0], r[1] - p[1], r[2] - p[2])
    radius, distance = np.sqrt(_dot(r, r)), np.sqrt(_dot(d, d))
    climb, recede, along = _dot(r, v) / radius, _dot(d, v) / distance, _dot(r, d)
    cosine = along / (radius * distance)
    margin = cosine - np.cos(q.look)
    slope = (_dot(v, d) + _dot(r, v)) / (radius * distance) - cosine * (
        climb / radius + recede / distance
    )
    # Below the horizon the angle at the satellite is small again: the place's own horizon decides there.
    height = _dot(u, d) / distance
    rise, height = _dot(u, v) / distance - height * recede / distance, height - np.sin(q.elevation)
    margin, slope = np.minimum(margin, height), np.where(height < margin, rise, slope)
    size = np.sqrt(_dot(p, p))
    near = _dot(p, r) / (size * radius)
    square = _dot(v, v) / radius**2 - (climb / radius) ** 2
    closing = _dot(p, v) / (size * radius) - near * climb / radius
    return _View(
        margin,
        slope,
        np.arccos(np.clip(cosine, -1, 1)),
        closing / (square * np.maximum(near, 0.2)),
        np.arccos(np.clip(near, -1, 1)),
        np.sqrt(square),
        radius,
    )


def _cap(q, radius, size=EARTH_MEAN):
    """Angle (rad) at the Earth's centre within which a satellite at `radius` (km) can look, on a sphere."""
    by_look = np.arcsin(np.minimum(1, radius * np.sin(q.look) / size)) - q.look
    by_height = np.arccos(np.minimum(1, size / radius * np.cos(q.elevation))) - q.elevation
    return np.where(radius * np.sin(q.look) < size, np.minimum(by_look, by_height), by_height)


# --- closest approaches, in closed form ---------------------------------------------------------


class _Mean(NamedTuple):
    """Mean elements over the interval: polynomials in (t - middle) / half, shape (5, satellites)."""

    argument: np.ndarray  # rad, argument of latitude (perigee + anomaly), unwrapped
    node: np.ndarray  # rad
    inclination: np.ndarray  # rad
    eccentricity: np.ndarray
    radius: np.ndarray  # km, largest
    motion: np.ndarray  # rad/s
    fine: np.ndarray  # True where the closed form serves
    middle: float
    half: float


def _mean(q, reach):
    """Read SGP4's own secular elements (J2 and drag included) at five times, as polynomials."""
    middle, half = q.seconds / 2, q.seconds / 2 + reach
    knots = np.array([-1, -0.5, 0, 0.5, 1])
    rows = np.empty((5, len(q.satrecs), 7))
    for i, s in enumerate(q.satrecs):
        for k, knot in enumerate(knots):
            bad = s.sgp4(q.start, q.fraction + (middle + half * knot) / DAY)[0]
            rows[k, i] = s.om + s.mm, s.Om, s.im, s.em, s.am * SGP4_RADIUS, s.nm / 60, bad
    argument, node, inclination, eccentricity, axis, motion, bad = np.moveaxis(rows, 2, 0)
    fine = (
        ~bad.any(0)
        & (eccentricity.max(0) < LOW_ECCENTRICITY)
        & (motion.min(0) * 60 * LOW_PERIOD > 2 * np.pi)
    )
    turn = np.array([[s.argpdot, s.nodedot] for s in q.satrecs]).T / 60
    step = half / 2
    argument = _unwrap(argument, (motion[1:] + motion[:-1]) / 2 * step + turn[0] * step)
    node = _unwrap(node, np.broadcast_to(turn[1] * step, node[1:].shape))
    fit = np.linalg.inv(np.vander(knots, increasing=True))
    return _Mean(
        fit @ argument,
        fit @ node,
        inclination[2],
        eccentricity.max(0),
        (axis * (1 + eccentricity)).max(0),
        motion[2],
        fine,
        middle,
        half,
    )


def _unwrap(angles, expected):
    """Add whole turns so that the angles (rad, first axis time) step as expected."""
    steps = np.diff(angles, axis=0)
    steps += 2 * np.pi * np.round((expected - steps) / (2 * np.pi))
    return np.concatenate([angles[:1], angles[0] + np.cumsum(steps, 0)])


def _wrap(angle):
    return angle - 2 * np.pi * np.round(angle / (2 * np.pi))


def _horner(coefficients, x):
    value = coefficients[-1]
    for c in coefficients[-2::-1]:
        value = value * x + c
    return value


def _approaches(q, mean, sat):
    """Return the closest approaches (satellite, place, time in s) near enough to be windows.

    In the satellite's orbital plane the place has an argument of latitude of its own; the satellite
    is closest where its argument is the same. The place turns slowly, so a few steps find the time.
    """
    margin = (
        np.radians(0.6) + 2.2 * mean.eccentricity
    )  # short periods, flattening, the equation of the centre
    cap = _cap(q, mean.radius + 20, 6356.7) + margin
    count = (
        int(
            np.ceil(
                (q.seconds + 2 * np.pi / mean.motion[sat].min()) / (np.pi / mean.motion[sat].max())
            )
        )
        + 2
    )
    quarter = np.pi / 2 / mean.motion[sat]
    t = -2 * quarter[:, None] + 2 * quarter[:, None] * np.arange(count)
    x = (t - mean.middle) / mean.half
    node = _horner(mean.node[:, sat, None], x)
    turned = q.sidereal + EARTH_RATE * t - node
    side = np.sin(q.latitude) * np.cos(mean.inclination[sat])[:, None, None] - np.cos(
        q.latitude
    ) * np.sin(mean.inclination[sat])[:, None, None] * np.sin(turned[:, :, None] + q.longitude)
    limit = np.sin(np.minimum(np.pi / 2, cap[sat] + EARTH_RATE * quarter * 1.02))
    which, when, place = np.nonzero(np.abs(side) <= limit[:, None, None])
    when, which = t[which, when], sat[which]
    for _ in range(3):
        when, side = _nearer(q, mean, which, place, when)
    keep = (np.abs(side) <= np.sin(np.minimum(np.pi / 2, cap[which]))) & (
        np.abs(when - q.seconds / 2) <= mean.half
    )
    return _distinct(which[keep], place[keep], when[keep], mean)


def _nearer(q, mean, sat, place, t):
    """One step towards the closest approach; also the sine of the place's angle off the plane."""
    x = (t - mean.middle) / mean.half
    turned = q.sidereal + EARTH_RATE * t + q.longitude[place] - _horner(mean.node[:, sat], x)
    level, high, tilt = np.cos(q.latitude)[place], np.sin(q.latitude)[place], mean.inclination[sat]
    a, b, c, s = level * np.cos(turned), level * np.sin(turned), np.cos(tilt), np.sin(tilt)
    own = np.arctan2(b * c + high * s, a)
    return t + _wrap(own - _horner(mean.argument[:, sat], x)) / mean.motion[sat], high * c - b * s


def _distinct(sat, place, t, mean):
    """Sort by satellite, place and time, and drop approaches found twice."""
    order = np.lexsort((t, place, sat))
    sat, place, t = sat[order], place[order], t[order]
    new = np.ones(len(t), bool)
    new[1:] = (
        (np.diff(sat) != 0)
        | (np.diff(place) != 0)
        | (np.diff(t) > np.pi / 2 / mean.motion[sat[1:]])
    )
    return sat[new], place[new], t[new]


# --- edges ---------------------------------------------------------------------------------------


def _edges(q, sat, place, inside, outside, guess):
    """Return the times (s) at which the margin crosses zero between `inside` and `outside`.

    Newton's method with the exact slope, held inside a shrinking bracket; a step that leaves the
    bracket is replaced by halving it.
    """
    t, found = guess.copy(), np.full(len(guess), np.nan)
    inside, outside, left = inside.copy(), outside.copy(), np.arange(len(guess))
    for _ in range(60):
        view = _view(q, sat[left], place[left], t)
        good = view.margin > 0
        inside[left], outside[left] = (
            np.where(good, t, inside[left]),
            np.where(good, outside[left], t),
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            step = t - view.margin / view.slope
        a, b = np.minimum(inside[left], outside[left]), np.maximum(inside[left], outside[left])
        step = np.where((step > a) & (step < b), step, (a + b) / 2)
        done = np.abs(step - t) < EDGE_TOLERANCE
        found[left[done]] = step[done]
        left, t = left[~done], step[~done]
        if len(left) == 0:
            break
    return found


def _peaks(q, sat, place, t):
    """Move approaches to the least look angle; return satellite, place, time and _View of those that reach it.

    It comes a little off the closest approach where the satellite climbs or sinks, hence one step more.
    """
    t = t + np.clip(_view(q, sat, place, t).nearing, -300, 300)
    t = _climb(q, sat, place, t)
    view = _view(q, sat, place, t)
    keep = view.margin > 0
    return sat[keep], place[keep], t[keep], _View(*(a[keep] for a in view))


def _climb(q, sat, place, t):
    """One Newton step of times t towards the largest margin."""
    before, after = (_view(q, sat, place, t + dt).slope for dt in (-0.5, 0.5))
    return t - np.clip((after + before) / 2 / np.minimum(after - before, -1e-7), -20, 20)


def _put(values, where, new):
    values = values.copy()
    values[where] = new
    return values


def _low_windows(q, mean, sat):
    """Windows of satellites in low, nearly circular orbits: satellite, place, opens, closes, peak, look."""
    sat, place, t = _approaches(q, mean, sat)
    sat, place, peak, view = _peaks(q, sat, place, t)
    if len(sat) == 0:
        return [np.empty(0)] * 6
    size = np.sqrt((q.place**2).sum(0))[place]
    ratio = np.cos(_cap(q, view.radius, size)) / np.cos(view.angle)
    half = np.maximum(np.arccos(np.minimum(ratio, 1)) / view.rate, 0.5)
    quarter = np.pi / 2 / mean.motion[sat]
    both, sign = np.repeat(np.arange(len(sat)), 2), np.tile([-1.0, 1.0], len(sat))
    edge = _edges(
        q,
        sat[both],
        place[both],
        peak[both],
        (peak[both] + sign * quarter[both]),
        peak[both] + sign * half[both],
    ).reshape(-1, 2)
    return [sat, place, edge[:, 0], edge[:, 1], peak, view.look]


def _scanned_windows(q, mean, sat, step=30.0):
    """Windows of one satellite by a scan: high, eccentric or falling orbits. Same columns as `_low_windows`.

    Where the margin only peaks between samples, the peak itself is looked up, so short windows count too.
    """
    t = np.append(np.arange(0, q.seconds, step), q.seconds)
    found = []
    for place in range(q.place.shape[1]):
        margin = _view(q, np.full(len(t), sat), np.full(len(t), place), t).margin
        inside = np.concatenate([[False], margin > 0, [False]])
        first, last = (
            np.flatnonzero(inside[1:-1] & ~inside[:-2]),
            np.flatnonzero(inside[1:-1] & ~inside[2:]),
        )
        edges = [
            *zip(
                _crossing(q, sat, place, t, first, first - 1),
                _crossing(q, sat, place, t, last, last + 1),
                strict=True,
            ),
            *_hidden(q, sat, place, t, margin),
        ]
        found += [
            [sat, place, a, b, *_least(q, sat, place, max(a, 0), min(b, q.seconds))]
            for a, b in sorted(edges)
        ]
    return list(np.array(found).T) if found else [np.empty(0)] * 6


def _least(q, sat, place, a, b):
    """Time (s) and value (rad) of the least look angle between a and b, sampled, then refined."""
    look = lambda times: _view(q, np.full(len(times), sat), np.full(len(times), place), times).look
    times = np.linspace(a, b, 50)
    peak = times[[np.nanargmin(look(times))]]
    for _ in range(4):
        peak = np.clip(_climb(q, np.array([sat]), np.array([place]), peak), a, b)
    times = np.append(times, peak)
    return times[np.nanargmin(look(times))], np.nanmin(look(times))


def _hidden(q, sat, place, t, margin):
    """Windows (opens, closes) that lie between two samples: peaks of the margin that rise above 0 there."""
    top = 1 + np.flatnonzero(
        (margin[1:-1] <= 0) & (margin[1:-1] >= margin[:-2]) & (margin[1:-1] > margin[2:])
    )
    peak, sats, places = t[top].copy(), np.full(len(top), sat), np.full(len(top), place)
    for _ in range(6):
        peak = np.clip(_climb(q, sats, places, peak), t[top - 1], t[top + 1])
    good = _view(q, sats, places, peak).margin > 0
    peak, top, sats, places = peak[good], top[good], sats[good], places[good]
    before, after = (
        _edges(q, sats, places, peak, t[top + k], (peak + t[top + k]) / 2) for k in (-1, 1)
    )
    return list(zip(before, after, strict=True))


def _crossing(q, sat, place, t, inside, outside):
    """Edges between samples; where there is no sample beyond, the window is open and the sample stands."""
    edge = t[inside]
    real = (outside >= 0) & (outside < len(t))
    if real.any():
        a, b = t[inside[real]], t[outside[real]]
        many = np.ones(real.sum(), int)
        refined = _edges(q, sat * many, place * many, a, b, (a + b) / 2)
        # Where SGP4 stops (the satellite has come down) there is no crossing: the last sample stands.
        edge = _put(edge, real, np.where(np.isnan(refined), a, refined))
    # An edge beyond the interval marks the window as open there.
    return np.where(outside < 0, -1.0, np.where(outside >= len(t), t[-1] + 1.0, edge))


def _all_windows(q):
    """Windows of a _Question as six arrays: satellite, place, opens, closes, peak (s), least look (rad)."""
    slowest = (
        max(2 * np.pi / (s.no_kozai / 60) for s in q.satrecs if s.no_kozai * LOW_PERIOD > 2 * np.pi)
        if any(s.no_kozai * LOW_PERIOD > 2 * np.pi for s in q.satrecs)
        else 6000.0
    )
    mean = _mean(q, slowest / 4)
    low, parts = np.flatnonzero(mean.fine), []
    # Blocks keep the working arrays to a few megabytes, whatever the question's size.
    revolutions = 2 * q.seconds / (2 * np.pi / mean.motion.max()) + 6
    block = max(1, int(60000 / (revolutions * q.place.shape[1])))
    for i in range(0, len(low), block):
        parts.append(_low_windows(q, mean, low[i : i + block]))
    parts += [_scanned_windows(q, mean, i) for i in np.flatnonzero(~mean.fine)]
    sat, place, opens, closes, peak, look = (np.concatenate(column) for column in zip(*parts))
    keep = (closes > 0) & (opens < q.seconds)
    return [a[keep] for a in (sat.astype(int), place.astype(int), opens, closes, peak, look)]


# --- windows ---------------------------------------------------------------------------------------


def windows(
    satellites, places, start, end, look_deg=45.0, min_elevation_deg=0.0, max_age_days=MAX_AGE_DAYS
):
    """Return every time at which a satellite can look at a place, one row a window, by opening time.

    satellites: DataFrame with columns name, line1, line2 (as `fleet` gives; owner, home and sensor
    are passed on); places: see `as_places`; start, end: UTC; look_deg: largest angle between straight
    down and the place, at the satellite, the same for all; min_elevation_deg: least height of the satellite above the
    place's horizon; max_age_days: see `check_age`.

    Columns: place, satellite, owner, home, sensor, opens, closes (UTC, cut at start and end), seconds,
    open_at_start, open_at_end (the window goes on beyond), look_deg (the least of the pass, in an
    open window perhaps beyond the interval: compare it with `look_of_reach` for a camera that cannot
    turn aside, such as Landsat's or Sentinel-2's), sun_deg (elevation of the Sun at the place, mid-window). Edges are SGP4's own to 0.001 s.
    Raises ImagingError for an empty selection, an impossible limit or an element set too old.
    """
    places, start, end = as_places(places), orbits.utc(start), orbits.utc(end)
    q = _question(satellites, places, start, end, look_deg, min_elevation_deg)
    check_age(satellites, start, end, max_age_days)
    sat, place, opens, closes, _, look = _all_windows(q)
    order = np.lexsort((sat, place, opens))
    sat, place, opens, closes, look = (
        sat[order],
        place[order],
        opens[order],
        closes[order],
        look[order],
    )
    first, last = np.maximum(opens, 0), np.minimum(closes, q.seconds)
    lat, lon = (places[c].to_numpy(float)[place] for c in ("latitude_deg", "longitude_deg"))
    columns = {
        "place": places["name"].to_numpy()[place],
        "satellite": satellites["name"].to_numpy()[sat],
    }
    columns |= {
        c: satellites[c].to_numpy()[sat] for c in ("owner", "home", "sensor") if c in satellites
    }
    columns |= {
        "opens": _clock(start, first),
        "closes": _clock(start, last),
        "seconds": last - first,
        "open_at_start": opens < 0,
        "open_at_end": closes > q.seconds,
        "look_deg": np.degrees(look),
        "sun_deg": sun_elevation(_clock(start, (first + last) / 2), lat, lon),
    }
    return pd.DataFrame(columns)


def subpoints(looks, satellites):
    """Return the windows with the point under the satellite at mid-window: latitude, longitude (deg) and height_km.

    looks: rows of `windows`; satellites: the rows it was asked for. The point is on the WGS 84 ellipsoid.
    """
    middle = looks["opens"] + (looks["closes"] - looks["opens"]) / 2
    rows = satellites.set_index("name").loc[looks["satellite"].unique()]
    found = [
        orbits.subpoint(
            orbits.from_lines(row.line1, row.line2),
            pd.DatetimeIndex(middle[looks["satellite"] == row.Index]),
            MAX_AGE_DAYS,
        ).set_index(looks.index[looks["satellite"] == row.Index])
        for row in rows.itertuples()
    ]
    return looks.join(pd.concat(found)[["latitude", "longitude", "height_km"]])


def _clock(start, seconds):
    return start + pd.to_timedelta(np.round(seconds * 1e6).astype("int64"), unit="us")


def epochs(satellites):
    """Return the epochs (UTC) of element sets, as a DatetimeIndex, read from the lines themselves."""
    return pd.DatetimeIndex(
        [orbits.from_lines(a, b).epoch for a, b in zip(satellites["line1"], satellites["line2"])]
    )


def check_age(satellites, start, end, max_age_days=MAX_AGE_DAYS):
    """Raise ImagingError when an element set is farther than max_age_days from the interval, and say what that costs."""
    epoch, start, end = epochs(satellites), orbits.utc(start), orbits.utc(end)
    age = np.maximum(abs(epoch - start), abs(end - epoch)) / pd.Timedelta(days=1)
    worst = int(np.argmax(age))
    if age[worst] > max_age_days:
        raise ImagingError(
            f"the element set of {satellites['name'].iloc[worst]} is of {epoch[worst]:%Y-%m-%d}, and the question reaches "
            f"{age[worst]:.0f} days away from it; accepted: up to {max_age_days:.0f} days. {_age_sentence()} A window lasts two or "
            "three minutes, so such a prediction tells nothing. Ask about a date nearer to the set, or, for a satellite held "
            "to a repeating track, count whole repeat cycles with repeat_looks."
        )


@lru_cache(maxsize=1)
def _age_sentence():
    cost = age_cost()
    return (
        f"Of {len(cost)} satellites with two sets in the table, {cost['days'].median():.0f} days apart, the older set was "
        f"wrong by {cost['seconds'].abs().min():.0f} to {cost['seconds'].abs().max():.0f} seconds along the track, "
        f"half of them by more than {cost['seconds'].abs().median():.0f}."
    )


def age_cost():
    """Return what age costs: for each satellite with two element sets, how early or late the older one is.

    Columns: name, days (between the sets), km and seconds along the track (above 0: the older set
    puts the satellite ahead of where it was), counted within half a revolution: so old a set can be
    wrong by whole revolutions on top. Burns and drag that nobody knew beforehand make it.
    """
    sets = data.table("imaging_element_sets").sort_values("epoch")
    rows = [
        _age_row(group.iloc[0], group.iloc[-1])
        for _, group in sets.groupby("catalogue_number")
        if len(group) > 1
    ]
    return pd.DataFrame(rows, columns=["name", "days", "km", "seconds"])


def _age_row(old, new):
    satrec = orbits.from_lines(new["line1"], new["line2"]).satrec
    when = satrec.jdsatepoch, satrec.jdsatepochF
    _, r, v = satrec.sgp4(*when)
    r_old = orbits.from_lines(old["line1"], old["line2"]).satrec.sgp4(*when)[1]
    r, v, r_old = np.array(r), np.array(v), np.array(r_old)
    normal = np.cross(r, v)
    ahead = np.arctan2(
        np.dot(np.cross(r, r_old), normal) / np.linalg.norm(normal), np.dot(r, r_old)
    )
    return (
        old["name"],
        (new["epoch"] - old["epoch"]) / pd.Timedelta(days=1),
        ahead * np.linalg.norm(r),
        ahead * np.linalg.norm(r) / np.linalg.norm(v),
    )


def out_of_reach(satellites, places, look_deg=45.0, min_elevation_deg=0.0):
    """Return one sentence for each satellite and place that can never meet within the look angle.

    The ground track reaches the latitude of the inclination (or 180 deg minus it), the look angle a
    little farther; a place beyond that is never seen. Satellites in high orbits are left out.
    """
    places, sentences = as_places(places), []
    q = _question(
        satellites,
        places,
        orbits.utc("2026-01-01"),
        orbits.utc("2026-01-02"),
        look_deg,
        min_elevation_deg,
    )
    for name, s in zip(satellites["name"], q.satrecs):
        radius = s.a * (1 + s.ecco) * SGP4_RADIUS + 20
        band, cap = np.degrees(min(s.inclo, np.pi - s.inclo)), np.degrees(_cap(q, radius))
        for place, lat in zip(places["name"], places["latitude_deg"]):
            if radius < 10000 and abs(lat) > band + cap + 0.4:
                sentences.append(
                    f"{name} never comes to look at {place} ({abs(lat):.1f} deg {'N' if lat > 0 else 'S'}): its track "
                    f"turns back at {band:.1f} deg, and within {look_deg:g} deg it sees only {cap:.1f} deg farther."
                )
    return sentences


# --- counting looks -----------------------------------------------------------------------------------


def usable(looks, optical_sun_deg=0.0, sensor=None):
    """Return the windows in which something can be seen: radar always, optical only by day.

    looks: from `windows`; optical_sun_deg: least elevation of the Sun for an optical look (0: above
    the horizon; -90 switches the condition off); sensor: "optical" or "radar" keeps only that kind.
    """
    if sensor not in (None, "optical", "radar"):
        raise ImagingError(f"sensor {sensor!r}; accepted: 'optical', 'radar' or None for both")
    keep = (looks["sensor"] == "radar") | (looks["sun_deg"] >= optical_sun_deg)
    return looks[keep if sensor is None else keep & (looks["sensor"] == sensor)]


def of_owners(rows, owners, column="owner"):
    """Return the rows (satellites or windows) of some owners, or of some homes with column="home".

    Raises ImagingError for an owner without a row; it lists those there are.
    """
    owners = [owners] if isinstance(owners, str) else list(owners)
    unknown = sorted(set(owners) - set(rows[column]))
    if unknown:
        raise ImagingError(
            f"nothing of {', '.join(unknown)} here; there is something of: {', '.join(sorted(set(rows[column])))}"
        )
    return rows[rows[column].isin(owners)]


def first_look(looks, after):
    """Return the first window (a Series, with `hours` after the event) that is open at or after a time, or None.

    A window already open at that time counts as 0 hours.
    """
    after = orbits.utc(after)
    left = looks[looks["closes"] > after].sort_values("opens", kind="stable")
    if left.empty:
        return None
    row = left.iloc[0]
    return pd.concat(
        [row, pd.Series({"hours": max(0.0, (row["opens"] - after) / pd.Timedelta(hours=1))})]
    )


def merged(looks):
    """Return opens and closes (two arrays of UTC times) with overlapping windows made one."""
    order = np.argsort(looks["opens"].to_numpy(), kind="stable")
    opens, closes = looks["opens"].to_numpy()[order], looks["closes"].to_numpy()[order]
    if len(opens) == 0:
        return opens, closes
    closes = np.maximum.accumulate(closes)
    new = np.concatenate([[True], opens[1:] > closes[:-1]])
    return opens[new], closes[np.concatenate([np.flatnonzero(new)[1:] - 1, [len(opens) - 1]])]


def gaps(looks, start, end):
    """Return the times without a look between start and end: a DataFrame begins, ends, hours.

    The stretch before the first window and the one after the last are gaps too: at least so long.
    """
    start, end = orbits.utc(start), orbits.utc(end)
    opens, closes = (pd.DatetimeIndex(t) for t in merged(looks))
    begins = pd.DatetimeIndex([start]).append(pd.DatetimeIndex(closes, tz="UTC"))
    ends = pd.DatetimeIndex(opens, tz="UTC").append(pd.DatetimeIndex([end]))
    table = pd.DataFrame({"begins": begins, "ends": ends})
    table["hours"] = (table["ends"] - table["begins"]) / pd.Timedelta(hours=1)
    return table[table["hours"] > 0].reset_index(drop=True)


def longest_gap(looks, start, end):
    """Return the longest time without a look between start and end, hours (0 when one window covers it all)."""
    return float(gaps(looks, start, end)["hours"].max()) if len(gaps(looks, start, end)) else 0.0


def revisit(looks):
    """Return the mean time from one opening to the next, hours (NaN with fewer than two windows)."""
    opens, _ = merged(looks)
    return (
        float((opens[-1] - opens[0]) / np.timedelta64(1, "h") / (len(opens) - 1))
        if len(opens) > 1
        else float("nan")
    )


# --- first look, told honestly --------------------------------------------------------------------------


def event_times(start, end, count=1000):
    """Return `count` times from start to end, sorted: where the event is placed.

    They are spread evenly by steps of the golden ratio, so that they do not beat against the day
    (equal steps would fall on the same few hours again and again).
    """
    start, end = orbits.utc(start), orbits.utc(end)
    return start + (end - start) * np.sort((np.arange(count) + 0.5) * (5**0.5 - 1) / 2 % 1)


def hours_to_look(looks, times):
    """Return for each time the hours until a window is open (0 inside one), infinite where none comes any more."""
    opens, closes = (np.asarray(pd.DatetimeIndex(t).as_unit("us").asi8) for t in merged(looks))
    at = pd.DatetimeIndex(times).as_unit("us").asi8
    which = np.searchsorted(closes, at, side="right")
    wait = np.append(opens, np.iinfo("int64").max)[which] - at
    return np.where(which < len(opens), np.maximum(wait, 0) / 3.6e9, np.inf)


def first_look_hours(looks, times, cloud=0.0, skies=20, sky_hours=3.0, seed=7):
    """Return the hours from an event to the first look, for each event time (and each drawn sky).

    looks: usable windows of a subset of satellites at one place, reaching well past the last time;
    cloud: probability (0 to 1) that an optical look is lost to cloud. Synthetic sky: the sky is drawn
    anew, by the seed, for each stretch of `sky_hours`, so looks close together share their luck;
    `skies` such skies are drawn. Radar looks through. Shape: (times,) without cloud, else (skies * times,).
    """
    if not 0 <= cloud <= 1:
        raise ImagingError(f"probability of cloud {cloud!r}; accepted: a number from 0 to 1")
    if looks["place"].nunique() > 1:
        raise ImagingError(
            f"windows of {looks['place'].nunique()} places; accepted: of one place at a time"
        )
    if cloud == 0 or looks.empty:
        return hours_to_look(looks, times)
    rng, optical = np.random.default_rng(seed), (looks["sensor"] == "optical").to_numpy()
    stretch = (
        ((looks["opens"] - looks["opens"].min()) / pd.Timedelta(hours=sky_hours))
        .astype(int)
        .to_numpy()
    )
    lost = rng.random((skies, stretch.max() + 1)) < cloud
    return np.concatenate([hours_to_look(looks[~(optical & sky[stretch])], times) for sky in lost])


def first_look_summary(looks, times, **cloud):
    """Return a Series: median and 90 % hours to the first look over many event times, and how many got none.

    Arguments as `first_look_hours`. Quantiles are of the sorted hours, no interpolation across infinity.
    """
    hours = np.sort(first_look_hours(looks, times, **cloud))
    rank = lambda share: hours[min(len(hours) - 1, int(np.ceil(share * len(hours))) - 1)]
    return pd.Series(
        {
            "median_hours": rank(0.5),
            "hours_90": rank(0.9),
            "without_look": float(np.isinf(hours).mean()),
            "events": len(times),
        }
    )


def same_size(satellites, size, spread="anomaly"):
    """Return a hypothetical fleet of one owner with `size` satellites: its own, and copies of them.

    The third bar of the dividend: as many satellites as all partners have, owned by one. Copies are
    made in rounds, each satellite once a round. With R copies or originals of each, copy k of a
    satellite is moved by k / R of a turn: along its orbit (spread="anomaly": same plane, so the same
    local time and light), or with its plane about the Earth's axis (spread="node": other local times,
    the most favourable an owner could choose for a quick look). A fleet larger than `size` keeps its first ones.
    Copies are named "... (hypothetical copy k)"; they exist nowhere but here.
    """
    if spread not in ("anomaly", "node"):
        raise ImagingError(f"spread {spread!r}; accepted: 'anomaly' or 'node'")
    if len(satellites) == 0 or size < 1:
        raise ImagingError(
            f"{len(satellites)} satellites to make {size} of; accepted: at least one of each"
        )
    rounds = -(-size // len(satellites))
    parts = [satellites.assign(hypothetical=False)]
    parts += [_copies(satellites, k, k / rounds, spread) for k in range(1, rounds)]
    return pd.concat(parts, ignore_index=True).iloc[:size]


def _copies(satellites, number, share, spread):
    lines = [_moved(a, b, share, spread) for a, b in zip(satellites["line1"], satellites["line2"])]
    return satellites.assign(
        name=[f"{n} (hypothetical copy {number})" for n in satellites["name"]],
        hypothetical=True,
        line1=[a for a, _ in lines],
        line2=[b for _, b in lines],
    )


@lru_cache(maxsize=4096)
def _moved(line1, line2, share, spread):
    """The element set moved by a share of a turn in mean anomaly, or in right ascension of the node."""
    s, new, turn = orbits.from_lines(line1, line2).satrec, Satrec(), 2 * np.pi * share
    anomaly, node = (s.mo + turn, s.nodeo) if spread == "anomaly" else (s.mo, s.nodeo + turn)
    epoch = s.jdsatepoch + s.jdsatepochF - 2433281.5
    new.sgp4init(
        0,
        "i",
        s.satnum,
        epoch,
        s.bstar,
        s.ndot,
        s.nddot,
        s.ecco,
        s.argpo,
        s.inclo,
        anomaly % (2 * np.pi),
        s.no_kozai,
        node % (2 * np.pi),
    )
    new.intldesg, new.classification, new.elnum, new.revnum = s.intldesg, "U", s.elnum, s.revnum
    return export_tle(new)


# --- past dates, by whole repeat cycles ---------------------------------------------------------------------


def repeat_looks(satellite, places, start, end, cycle_days, look_deg=45.0):
    """Return the windows of a satellite on a repeating track in a past interval, by whole repeat cycles.

    satellite: one row of `fleet`; start, end: the interval asked about; cycle_days: after so many days
    the satellite is kept over the same track. The windows are computed beside the set's epoch and moved
    by a whole number of cycles. Such times hold to some minutes, and only as long as the track was kept.
    Columns as `windows`, and cycles (how many were counted).
    """
    start, end, cycle = orbits.utc(start), orbits.utc(end), pd.Timedelta(days=float(cycle_days))
    rows = satellite.to_frame().T
    epoch = epochs(rows)[0]
    cycles = int(np.round((epoch - start) / cycle))
    found = windows(
        rows, places, start + cycles * cycle, end + cycles * cycle, look_deg, max_age_days=np.inf
    )
    age = max(abs(epoch - start - cycles * cycle), abs(epoch - end - cycles * cycle))
    if age > pd.Timedelta(days=MAX_AGE_DAYS):
        raise ImagingError(
            f"the interval asked about lasts {(end - start).days} days; accepted: at most {2 * MAX_AGE_DAYS:.0f} days "
            "less one repeat cycle, so that it lies near the epoch of the set"
        )
    return found.assign(
        opens=found["opens"] - cycles * cycle,
        closes=found["closes"] - cycles * cycle,
        cycles=cycles,
    )


# --- the tables ------------------------------------------------------------------------------------------------


def fleet(owners=None, sensor=None, low_only=True, on=None):
    """Return the imaging satellites of the course with their element sets, one row each.

    owners: ids of parties (None: all); sensor: "optical" or "radar"; low_only: leave out the
    geostationary ones; on: a UTC time, to take the set nearest to it instead of the newest.
    Columns of the tables imaging_satellites and imaging_element_sets together.
    """
    rows = data.table("imaging_satellites").drop(columns=["source", "confidence"])
    sets = data.table("imaging_element_sets").drop(columns=["name"])
    rank = -sets["epoch"].astype("int64") if on is None else abs(sets["epoch"] - orbits.utc(on))
    sets = (
        sets.assign(rank=rank)
        .sort_values("rank", kind="stable")
        .drop_duplicates("catalogue_number")
        .drop(columns="rank")
    )
    rows = rows.merge(sets, on="catalogue_number", validate="one_to_one")
    if owners is not None:
        rows = of_owners(rows, owners)
    if sensor is not None:
        rows = rows[rows["sensor"] == sensor]
    if low_only:
        rows = rows[rows["mean_motion"] > 6.4]
    if rows.empty:
        raise ImagingError(
            "no satellite is left in the selection; choose at least one owner, and a kind of sensor that it has"
        )
    return rows.reset_index(drop=True)
