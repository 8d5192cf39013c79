"""Geometry on a sphere: directions, distances, circles, lines, and how a globe looks from afar.

Latitudes and longitudes are in degrees, north and east count up. Distances are along the ground, in
km on the Earth's mean sphere: up to 0.5 % from those on the ellipsoid.
"""

import math
from itertools import pairwise

import numpy as np

from helpers.base import checks, doors
from helpers.base.constants import EARTH_MEAN_RADIUS_KM


def up(latitude, longitude):
    """Return unit vectors (3, ...) that point straight up at places; x lies at 0, 0, z at the north
    pole.
    """
    lat, lon = np.radians(latitude), np.radians(longitude)
    return np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat) + 0 * lon])


def east_north(latitude, longitude):
    """Return unit vectors (3, ...) that point east and north along the ground at places."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    east = np.array([-np.sin(lon) + 0 * lat, np.cos(lon) + 0 * lat, 0 * lon + 0 * lat])
    north = np.array(
        [-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat) + 0 * lon]
    )
    return east, north


def latitude_longitude(vectors):
    """Return latitude and longitude (-180 to 180) of vectors (3, ...) from the centre."""
    x, y, z = vectors
    return np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))


def elevation(away, upward):
    """Return the angle (degrees) above the horizon of vectors (3, ...) that lead away from a place.

    upward: unit vectors (3,) or (3, ...), straight up at the place.
    """
    high = np.tensordot(upward, away, (0, 0)) if np.ndim(upward) == 1 else (upward * away).sum(0)
    return np.degrees(np.arcsin(high / np.sqrt((away**2).sum(0))))


def seen_from(vectors, latitude, longitude):
    """Return x to the right, y up and z towards the eye, of vectors (3, ...) seen from afar.

    latitude, longitude: of the point that the eye stands over, north up: the orthographic view.
    """
    east, north = east_north(latitude, longitude)
    axes = (east, north, up(latitude, longitude))
    return tuple(np.tensordot(axis, vectors, (0, 0)) for axis in axes)


# --- distances -----------------------------------------------------------------------------


def distance(lat, lon, other_lat, other_lon):
    """Return the great-circle distance in km between places on the mean sphere.

    lat, lon, other_lat, other_lon: degrees, numbers or arrays that broadcast.
    Raises NotAccepted for a latitude beyond 90 degrees. Source: haversine formula.
    """
    p, q = np.radians(checks.latitude(lat)), np.radians(checks.latitude(other_lat))
    east, other_east = checks.number("longitude", lon), checks.number("longitude", other_lon)
    dlon = np.radians(other_east - east)
    h = np.sin((q - p) / 2) ** 2 + np.cos(p) * np.cos(q) * np.sin(dlon / 2) ** 2
    return 2 * EARTH_MEAN_RADIUS_KM * np.arcsin(np.sqrt(np.clip(h, 0, 1)))


def destination(lat, lon, bearing, distance_km):
    """Return latitude and longitude in degrees, a distance away in a direction.

    lat, lon: start in degrees; bearing: degrees from north towards east; distance_km: along the
    great circle. Source: spherical law of cosines.
    """
    p, course = np.radians(checks.latitude(lat)), np.radians(checks.number("bearing", bearing))
    arc = checks.number("distance_km", distance_km) / EARTH_MEAN_RADIUS_KM
    sine = np.sin(p) * np.cos(arc) + np.cos(p) * np.sin(arc) * np.cos(course)
    q = np.arcsin(np.clip(sine, -1, 1))
    turn = np.arctan2(np.sin(course) * np.sin(arc) * np.cos(p), np.cos(arc) - np.sin(p) * np.sin(q))
    east = checks.number("longitude", lon)
    return np.degrees(q), (east + np.degrees(turn) + 180) % 360 - 180


def circle(lat, lon, radius_km, points=181):
    """Return latitudes and longitudes (points,) of a circle around a place, to draw it."""
    return destination(lat, lon, np.linspace(0, 360, points), radius_km)


def share_inside(lat, lon, centre, radius_km, weight=None):
    """Return the share (0 to 1) of places, or of their weight, within a circle.

    lat, lon: arrays (n,) in degrees; centre: (lat, lon) in degrees; radius_km: great-circle
    radius; weight: array (n,), such as people. Raises NotAccepted when the weights add up to zero.
    """
    inside = distance(lat, lon, *centre) <= radius_km
    weight = np.ones(inside.shape) if weight is None else np.asarray(weight, float)
    total = weight.sum()
    if not total > 0:
        raise checks.NotAccepted(
            f"the weights of {inside.size} places add up to {total}; accepted: a sum above zero"
        )
    return float(weight[inside].sum() / total)


# --- lines ------------------------------------------------------------------------------------


def line_through(lat, lon, strike, forward_km, backward_km):
    """Return latitudes (3,) and longitudes (3,) of a straight line through a place, such as a
    rupture.

    lat, lon: the place, which is the middle point; strike: direction of the line, degrees from
    north towards east; forward_km, backward_km: length along the strike and against it.
    """
    ahead = destination(lat, lon, strike, forward_km)
    behind = destination(lat, lon, strike + 180, backward_km)
    return np.array([behind[0], lat, ahead[0]], float), np.array([behind[1], lon, ahead[1]], float)


@doors.takes(lat=doors.line, lon=doors.line)
def line_length(lat, lon):
    """Return the length in km of a line of great-circle pieces; lat, lon: (n,) in degrees."""
    lat, lon = np.asarray(lat, float), np.asarray(lon, float)
    return float(distance(lat[:-1], lon[:-1], lat[1:], lon[1:]).sum())


def line_share_inside(lat, lon, centre, radius_km):
    """Return the share (0 to 1) of a line that lies within a circle, exact on the sphere.

    lat, lon: corners (n,) of the line in degrees, joined by great circles;
    centre: (lat, lon) in degrees; radius_km: great-circle radius.
    Raises NotAccepted for a line without length.

    On a piece the point is a cos s + t sin s, so its product with the centre is a
    cosine in s: the piece is inside between two values of s, found in closed form.
    """
    points, c = up(checks.latitude(lat), lon).T, up(*centre)
    total = line_length(lat, lon)
    if not total > 0:
        raise checks.NotAccepted(
            f"the line of {len(points)} points has no length; accepted: two different points or "
            "more"
        )
    inside = sum(_inside(a, b, c, radius_km / EARTH_MEAN_RADIUS_KM) for a, b in pairwise(points))
    return float(inside * EARTH_MEAN_RADIUS_KM / total)


def _inside(a, b, c, radius):
    """Return the arc in radians of the great circle from a to b within `radius` of c."""
    end = math.atan2(np.linalg.norm(np.cross(a, b)), a @ b)
    if end == 0:
        return 0.0
    t = (b - a * math.cos(end)) / math.sin(end)
    peak, nearest = math.hypot(a @ c, t @ c), math.atan2(t @ c, a @ c)
    ratio = math.cos(radius) / peak if peak > 0 else math.inf
    if ratio >= 1:
        return 0.0
    half = math.acos(max(ratio, -1.0))
    # The nearest point repeats every turn; a piece is at most half a turn long.
    return sum(
        max(0.0, min(end, n + half) - max(0.0, n - half))
        for n in (nearest, nearest - math.tau, nearest + math.tau)
    )
