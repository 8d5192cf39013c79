"""Closest approaches in closed form: when a satellite comes near enough to a place at all.

Mean elements that SGP4 itself carries forward (J2 and drag included), as polynomials in time.
"""

from typing import NamedTuple

import numpy as np

from helpers.base.constants import DAY_S, EARTH_GMST_RAD_S
from helpers.science.imaging.exact import SGP4_RADIUS, cap_angle

LOW_PERIOD = 225.0  # min, SGP4's own border between near-Earth and deep-space orbits
LOW_ECCENTRICITY = 0.03  # above it the closed form is too coarse, and the satellite is scanned


class Mean(NamedTuple):
    """Mean elements over the interval: polynomials in (t - middle) / half, shape (5,
    satellites).
    """

    argument: np.ndarray  # rad, argument of latitude (perigee + anomaly), unwrapped
    node: np.ndarray  # rad
    inclination: np.ndarray  # rad
    eccentricity: np.ndarray
    radius: np.ndarray  # km, largest
    motion: np.ndarray  # rad/s
    fine: np.ndarray  # True where the closed form serves
    middle: float
    half: float


def mean_elements(q, reach):
    """Read SGP4's own secular elements (J2 and drag included) at five times, as polynomials."""
    middle, half = q.seconds / 2, q.seconds / 2 + reach
    knots = np.array([-1, -0.5, 0, 0.5, 1])
    rows = np.empty((5, len(q.satrecs), 7))
    for i, s in enumerate(q.satrecs):
        for k, knot in enumerate(knots):
            bad = s.sgp4(q.start, q.fraction + (middle + half * knot) / DAY_S)[0]
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
    return Mean(
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


def closest_approaches(q, mean, sat):
    """Return the closest approaches (satellite, place, time in s) near enough to be windows.

    In the satellite's orbital plane the place has an argument of latitude of its own; the satellite
    is closest where its argument is the same. The place turns slowly, so a few steps find the time.
    """
    margin = (
        np.radians(0.6) + 2.2 * mean.eccentricity
    )  # short periods, flattening, the equation of the centre
    cap = cap_angle(q, mean.radius + 20, 6356.7) + margin
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
    turned = q.sidereal + EARTH_GMST_RAD_S * t - node
    side = np.sin(q.latitude) * np.cos(mean.inclination[sat])[:, None, None] - np.cos(
        q.latitude
    ) * np.sin(mean.inclination[sat])[:, None, None] * np.sin(turned[:, :, None] + q.longitude)
    limit = np.sin(np.minimum(np.pi / 2, cap[sat] + EARTH_GMST_RAD_S * quarter * 1.02))
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
    turned = q.sidereal + EARTH_GMST_RAD_S * t + q.longitude[place] - _horner(mean.node[:, sat], x)
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
