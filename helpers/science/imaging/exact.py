"""The exact geometry: a question as numbers, and how satellites see places by SGP4."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from skyfield.sgp4lib import theta_GMST1982

from helpers.base.checks import NotAccepted
from helpers.base.constants import DAY_S, EARTH_GMST_RAD_S, EARTH_MEAN_RADIUS_KM
from helpers.base.places import as_places
from helpers.science import orbits

SGP4_RADIUS = 6378.135  # km, the Earth radius inside SGP4 (WGS 72)


class Question(NamedTuple):
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


def place_table(places):
    """Return a DataFrame of places: name, latitude_deg, longitude_deg, height_m.

    places: one place or several, see `helpers.base.places`; one without a name goes by its numbers.
    Raises NotAccepted for no place and for an impossible one.
    """
    columns = ["name", "latitude_deg", "longitude_deg", "height_m"]
    named = [(p.name or f"{p.latitude:g}, {p.longitude:g}", *p[1:]) for p in as_places(places)]
    return pd.DataFrame(named, columns=columns)


def earth_fixed(places):
    """Earth-fixed positions (km) and verticals of places on the WGS 84 ellipsoid, each (3, n)."""
    lat, lon, height = (
        places[c].to_numpy(float) for c in ("latitude_deg", "longitude_deg", "height_m")
    )
    return orbits.ground_and_up(lat, lon, height)


def interval(start, end):
    """Return two times in UTC; raises NotAccepted unless the second is after the first."""
    start, end = orbits.utc(start), orbits.utc(end)
    if not end > start:
        raise NotAccepted(
            f"the interval ends ({end}) before it begins ({start}); accepted: an end after the "
            "start"
        )
    return start, end


def as_question(satellites, places, start, end, look_deg, min_elevation_deg):
    if len(satellites) == 0:
        raise NotAccepted(
            "no satellite is left in the selection; choose at least one owner, and a kind that it "
            "has"
        )
    if not 0 < look_deg <= 90 or not 0 <= min_elevation_deg < 90:
        raise NotAccepted(
            f"look angle {look_deg} deg, least elevation {min_elevation_deg} deg; accepted: a look "
            "angle "
            "above 0 and up to 90 deg, an elevation from 0 to below 90 deg"
        )
    place, up = earth_fixed(places)
    (day,), (fraction,), (ut1,) = orbits.julian(pd.DatetimeIndex([start]))
    return Question(
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


def states(q, sat, t):
    """Earth-fixed positions (km) and velocities (km/s) by SGP4, each a list of three arrays.

    sat: index of the satellite of each time, in rising order; t: s since the start. NaN where SGP4
    gives up (a satellite that has come down).
    """
    r, v = np.empty((len(t), 3)), np.empty((len(t), 3))
    cuts = np.concatenate([[0], np.flatnonzero(np.diff(sat)) + 1, [len(sat)]]) if len(sat) else [0]
    day = np.full(len(t), q.start)
    fraction = q.fraction + t / DAY_S
    for a, b in pairwise(cuts):
        _, r[a:b], v[a:b] = q.satrecs[sat[a]].sgp4_array(day[a:b], fraction[a:b])
    angle = q.sidereal + EARTH_GMST_RAD_S * t
    c, s = np.cos(angle), np.sin(angle)
    x, y = c * r[:, 0] + s * r[:, 1], c * r[:, 1] - s * r[:, 0]
    vx = c * v[:, 0] + s * v[:, 1] + EARTH_GMST_RAD_S * y
    vy = c * v[:, 1] - s * v[:, 0] - EARTH_GMST_RAD_S * x
    return (x, y, r[:, 2]), (vx, vy, v[:, 2])


def dot(a, b):
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


class View(NamedTuple):
    margin: np.ndarray  # above 0 while the satellite can look
    slope: np.ndarray  # 1/s, its rate
    look: np.ndarray  # rad
    nearing: np.ndarray  # s, from here to the closest approach, by one Newton step
    angle: np.ndarray  # rad, satellite and place as seen from the Earth's centre
    rate: np.ndarray  # rad/s, of the satellite over the turning Earth
    radius: np.ndarray  # km


def view_of(q, sat, place, t):
    """How the satellites see the places at times t (s): a View of arrays of the length of t."""
    r, v = states(q, sat, t)
    p, u = q.place[:, place], q.up[:, place]
    d = (r[0] - p[0], r[1] - p[1], r[2] - p[2])
    radius, distance = np.sqrt(dot(r, r)), np.sqrt(dot(d, d))
    climb, recede, along = dot(r, v) / radius, dot(d, v) / distance, dot(r, d)
    cosine = along / (radius * distance)
    margin = cosine - np.cos(q.look)
    slope = (dot(v, d) + dot(r, v)) / (radius * distance) - cosine * (
        climb / radius + recede / distance
    )
    # Below the horizon the angle at the satellite is small again: the place's own horizon decides
    # there.
    height = dot(u, d) / distance
    rise, height = dot(u, v) / distance - height * recede / distance, height - np.sin(q.elevation)
    margin, slope = np.minimum(margin, height), np.where(height < margin, rise, slope)
    size = np.sqrt(dot(p, p))
    near = dot(p, r) / (size * radius)
    square = dot(v, v) / radius**2 - (climb / radius) ** 2
    closing = dot(p, v) / (size * radius) - near * climb / radius
    return View(
        margin,
        slope,
        np.arccos(np.clip(cosine, -1, 1)),
        closing / (square * np.maximum(near, 0.2)),
        np.arccos(np.clip(near, -1, 1)),
        np.sqrt(square),
        radius,
    )


def cap_angle(q, radius, size=EARTH_MEAN_RADIUS_KM):
    """Angle (rad) at the Earth's centre within which a satellite at `radius` (km) can look, on a
    sphere.
    """
    by_look = np.arcsin(np.minimum(1, radius * np.sin(q.look) / size)) - q.look
    by_height = np.arccos(np.minimum(1, size / radius * np.cos(q.elevation))) - q.elevation
    return np.where(radius * np.sin(q.look) < size, np.minimum(by_look, by_height), by_height)
