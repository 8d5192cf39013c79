"""Ellipses round the Earth and the Moon: periods, speeds, burns, and the point beyond the Moon."""

from dataclasses import dataclass

import numpy as np

from helpers.base import checks, fits
from helpers.base.checks import NotAccepted
from helpers.base.constants import (
    EARTH_EQUATORIAL_RADIUS_KM,
    EARTH_MU_KM3_S2,
)

# gravity times mass in DE421: Folkner, Williams, Boggs 2009 (IPN Progress Report 42-178), without
# the last digits
MOON_MU_KM3_S2 = 4902.8001


MOON_RADIUS_KM = (
    1737.4  # mean radius: IAU working group, Archinal et al. 2018 (doi 10.1007/s10569-017-9805-5)
)


@dataclass(frozen=True)
class Body:
    """A body to fly round: its name, gravity times mass (km3/s2) and the radius (km) that heights
    start from.
    """

    name: str
    mu_km3_s2: float
    radius_km: float


EARTH = Body("Earth", EARTH_MU_KM3_S2, EARTH_EQUATORIAL_RADIUS_KM)


MOON = Body("Moon", MOON_MU_KM3_S2, MOON_RADIUS_KM)


def period_h(low_km, high_km, body=EARTH):
    """Return the period of an ellipse, hours (Kepler's third law: T = 2 pi sqrt(a^3 / mu)).

    low_km, high_km: heights of its lowest and highest point, numbers or arrays.
    """
    axis = (radius_from_centre(low_km, body) + radius_from_centre(high_km, body)) / 2
    return 2 * np.pi * np.sqrt(axis**3 / body.mu_km3_s2) / 3600


def high_km(period_h, low_km, body=EARTH):
    """Return the height of the highest point of the ellipse with this period: the inverse of
    `period_h`.

    Raises NotAccepted when the period is too short to come back to low_km.
    """
    axis = (body.mu_km3_s2 * (3600 * checks.positive("period_h", period_h) / (2 * np.pi)) ** 2) ** (
        1 / 3
    )
    radius = 2 * axis - radius_from_centre(low_km, body)
    if np.any(radius < radius_from_centre(low_km, body) * (1 - 1e-9)):
        raise NotAccepted(
            f"a period of {period_h!r} h has no point as low as {low_km!r} km; accepted: at least "
            f"{period_h_circle(low_km, body)} h"
        )
    return radius - body.radius_km


def period_h_circle(height_km, body=EARTH):
    """Return the period of a circular orbit, hours."""
    return period_h(height_km, height_km, body)


def speed_km_s(height_km, low_km, high_km, body=EARTH):
    """Return the speed at one height of an ellipse (vis-viva: v^2 = mu (2 / r - 1 / a)).

    Raises NotAccepted when the ellipse does not reach that height.
    """
    r, low, high = (radius_from_centre(h, body) for h in (height_km, low_km, high_km))
    if np.any(r < np.minimum(low, high) - 1e-6) or np.any(r > np.maximum(low, high) + 1e-6):
        raise NotAccepted(
            f"height_km = {height_km!r} is not on the ellipse; accepted: {low_km!r} to {high_km!r} "
            "km"
        )
    return np.sqrt(body.mu_km3_s2 * (2 / r - 2 / (low + high)))


def circular_speed_km_s(height_km, body=EARTH):
    """Return the speed on a circle at one height (vis-viva with a = r)."""
    return speed_km_s(height_km, height_km, height_km, body)


def injection_km_s(low_km, high_km, body=EARTH):
    """Return how much faster than a circle one must go at low_km to rise to high_km (ideal burn, no
    losses).
    """
    return speed_km_s(low_km, low_km, high_km, body) - circular_speed_km_s(low_km, body)


def l2_beyond_moon_km(distance_km=384400.0):
    """Return how far beyond the Moon the second Lagrange point lies, km, for a distance Earth to
    Moon (or an array).

    There the pull of both just bends a path that keeps up with the Moon (circular restricted
    three-body problem; Szebehely 1967, Theory of Orbits, section 4.4); found by halving an
    interval.
    """
    d = checks.positive("distance_km", distance_km)
    turn = (EARTH.mu_km3_s2 + MOON.mu_km3_s2) / d**3
    centre = d * EARTH.mu_km3_s2 / (EARTH.mu_km3_s2 + MOON.mu_km3_s2)  # of mass, to the Moon

    def outward(r):
        pull = EARTH.mu_km3_s2 / (d + r) ** 2 + MOON.mu_km3_s2 / r**2
        return turn * (centre + r) - pull

    return fits.root(outward, 0.0 * d, 0.5 * d)


def radius_from_centre(height_km, body):
    height = checks.number("height_km", height_km)
    if not np.all(height > -body.radius_km):
        accepted = f"numbers above -{body.radius_km:.0f}, over the {body.name}"
        raise checks.refused("height_km", height_km, accepted)
    return body.radius_km + height
