"""From one orbit to another: burns, waiting, and the path between two points in a given time.

Distances are km from the centre of the body that holds the orbits, speeds km/s, mu is its gravity
times mass in km3/s2. Burns are sudden and planets' own pulls are left out on the way between them.
"""

from dataclasses import dataclass

import numpy as np

from helpers.base import checks, doors
from helpers.base.constants import DAY_S
from helpers.science.twobody import period_s, positive, speed_km_s, stumpff

SUN_MU_KM3_S2 = (
    132712440041.94  # gravity times mass: DE421 (Folkner, Williams, Boggs 2009), rounded
)
STANDARD_GRAVITY_M_S2 = 9.80665  # CGPM 1901; rockets state their exhaust in seconds of it
FULL_TURN = 4 * np.pi**2  # z of one whole turn: beyond it a path goes round once more


class TransferError(ValueError):
    """A way between orbits that cannot be flown as asked; the message says why."""


@dataclass(frozen=True)
class Transfer:
    """Burns (km/s, in order, each above 0 for faster), the time on the way (s) and half the long
    axis (km).
    """

    burns_km_s: tuple
    seconds: float
    axis_km: float

    @property
    def total_km_s(self):
        """All burns added, whatever their direction."""
        return float(sum(abs(burn) for burn in self.burns_km_s))

    @property
    def days(self):
        """Time on the way in days."""
        return self.seconds / DAY_S


@doors.takes(start_km=checks.number, end_km=checks.number, mu_km3_s2=checks.number)
def hohmann(start_km, end_km, mu_km3_s2):
    """Return the Transfer by half an ellipse between two circles: one burn at each end.

    start_km, end_km: radii of the circles. Source: W. Hohmann 1925, Die Erreichbarkeit der
    Himmelskörper.
    """
    r1, r2 = positive("start_km", start_km), positive("end_km", end_km)
    axis = (r1 + r2) / 2
    leave = speed_km_s(r1, axis, mu_km3_s2) - speed_km_s(r1, r1, mu_km3_s2)
    arrive = speed_km_s(r2, r2, mu_km3_s2) - speed_km_s(r2, axis, mu_km3_s2)
    return Transfer(
        (float(leave), float(arrive)), float(period_s(axis, mu_km3_s2) / 2), float(axis)
    )


@doors.takes(
    start_km=checks.number, between_km=checks.number, end_km=checks.number, mu_km3_s2=checks.number
)
def bielliptic(start_km, between_km, end_km, mu_km3_s2):
    """Return the Transfer by two half ellipses that meet at a far point: three burns.

    It saves fuel where end_km is more than about 12 times start_km. axis_km is that of the first
    half. Source: A. Sternfeld 1934; Vallado 2013, algorithm 37.
    """
    r1, far, r2 = (
        positive(n, v)
        for n, v in (("start_km", start_km), ("between_km", between_km), ("end_km", end_km))
    )
    out, back = (r1 + far) / 2, (far + r2) / 2
    burns = (
        speed_km_s(r1, out, mu_km3_s2) - speed_km_s(r1, r1, mu_km3_s2),
        speed_km_s(far, back, mu_km3_s2) - speed_km_s(far, out, mu_km3_s2),
        speed_km_s(r2, r2, mu_km3_s2) - speed_km_s(r2, back, mu_km3_s2),
    )
    seconds = (period_s(out, mu_km3_s2) + period_s(back, mu_km3_s2)) / 2
    return Transfer(tuple(float(b) for b in burns), float(seconds), float(out))


def lead_angle_deg(start_km, end_km, mu_km3_s2):
    """Return how far ahead the goal must stand on its circle when a Hohmann transfer begins.

    Degrees; negative where it must stand behind. In the time of the transfer the goal comes to
    where the half ellipse ends.
    """
    seconds = hohmann(start_km, end_km, mu_km3_s2).seconds
    return float(180 - 360 * seconds / period_s(end_km, mu_km3_s2))


def c3_km2_s2(excess_km_s):
    """Return C3, the square of the speed that is left far from the Earth, km2/s2: what a rocket is
    asked for.
    """
    return np.asarray(excess_km_s, dtype=float)[()] ** 2


@doors.takes(excess_km_s=checks.number, parking_km=checks.number, mu_km3_s2=checks.number)
def departure_burn_km_s(excess_km_s, parking_km, mu_km3_s2):
    """Return the burn that leaves a circle for good with a speed excess_km_s far away.

    parking_km: radius of the circle (not its height). Source: Curtis 2014, Orbital Mechanics for
    Engineering Students, section 8.6.
    """
    r, mu = positive("parking_km", parking_km), positive("mu_km3_s2", mu_km3_s2)
    return np.sqrt(c3_km2_s2(excess_km_s) + 2 * mu / r) - np.sqrt(mu / r)


@doors.takes(burn_km_s=checks.number, exhaust_s=checks.number)
def propellant_share(burn_km_s, exhaust_s):
    """Return the share (0 to 1) of the mass before a burn that is propellant spent in it.

    exhaust_s: specific impulse, s. Source: K. Tsiolkovsky 1903, the rocket equation.
    """
    burn = np.asarray(burn_km_s, dtype=float)
    if np.any(burn < 0) or np.any(np.isnan(burn)):
        raise TransferError(f"burn_km_s = {burn_km_s!r}; accepted: numbers from 0 up")
    exhaust_km_s = positive("exhaust_s", exhaust_s) * STANDARD_GRAVITY_M_S2 / 1000
    return (1 - np.exp(-burn / exhaust_km_s))[()]


# --- Lambert's problem -----------------------------------------------------------------------


def lambert(start_km, end_km, seconds, mu_km3_s2, clockwise=False):
    """Return the velocities, km/s, at both ends of the path between two points in a given time.

    start_km, end_km: (3,) or (3, N); seconds: one or N. The path goes round less than once, against
    the clock as seen from +z unless clockwise. Returns two arrays of the shape of the points; NaN
    where the points stand in one line with the centre, so that no plane is given. Source: Bate,
    Mueller and White 1971, section 5.3, solved by halving an interval (Vallado 2013, algorithm 58),
    which cannot run away.
    """
    r1, r2 = np.asarray(start_km, dtype=float), np.asarray(end_km, dtype=float)
    if r1.shape[:1] != (3,) or r2.shape[:1] != (3,):
        raise TransferError(f"points of shape {r1.shape} and {r2.shape}; accepted: (3,) or (3, N)")
    t, mu = positive("seconds", seconds), positive("mu_km3_s2", mu_km3_s2)
    d1, d2 = np.linalg.norm(r1, axis=0), np.linalg.norm(r2, axis=0)
    cosine = np.clip((r1 * r2).sum(axis=0) / (d1 * d2), -1, 1)
    turns_right = r1[0] * r2[1] - r1[1] * r2[0] < 0
    way = np.where(
        turns_right != bool(clockwise), -1.0, 1.0
    )  # -1: the long way round, beyond 180 degrees
    a = way * np.sqrt(d1 * d2 * (1 + cosine))
    a = np.where(np.abs(a) < 1e-7 * np.sqrt(d1 * d2), np.nan, a)
    y = _path(a, d1, d2, np.sqrt(mu) * t)
    f, g, g_dot = 1 - y / d1, a * np.sqrt(y / mu), 1 - y / d2
    return (r2 - f * r1) / g, (g_dot * r2 - r1) / g


def _path(a, d1, d2, goal):
    """Return y of the path whose time (times sqrt mu) is goal: halve the interval of z 80 times."""
    low = np.broadcast_to(-4.0 * FULL_TURN, np.broadcast_shapes(a.shape, np.shape(goal))).copy()
    high = np.full_like(low, FULL_TURN)
    for _ in range(12):  # a very fast hyperbola lies lower still
        low = np.where(_flight(low, a, d1, d2)[0] > goal, 2 * low, low)
    for _ in range(80):
        z = (low + high) / 2
        quick = _flight(z, a, d1, d2)[0] < goal
        low, high = np.where(quick, z, low), np.where(quick, high, z)
    time, y = _flight((low + high) / 2, a, d1, d2)
    if np.any(np.abs(time / goal - 1) > 1e-6):
        raise TransferError(
            f"no path of less than a turn takes {np.min(goal):.3g} km^1.5; accepted: more time"
        )
    return y


def _flight(z, a, d1, d2):
    """Return the time of flight (times sqrt mu) and y at z; where y would be negative the time
    counts as 0.
    """
    c, s = stumpff(z)
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        y = d1 + d2 + a * (z * s - 1) / np.sqrt(c)
        x = np.sqrt(np.maximum(y, 0) / c)
        time = x**3 * s + a * np.sqrt(np.maximum(y, 0))
    return np.where(y <= 0, 0.0, time), y
