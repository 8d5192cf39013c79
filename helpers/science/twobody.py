"""One small body round one large one: where it will be, what its orbit looks like.

Positions are km and velocities km/s from the centre of the large body, in axes that stand still;
arrays of many carry the three axes first, (3, N). mu is gravity times mass of the large body,
km3/s2. Only the two bodies pull: no third body, no flattening, no air.
"""

from dataclasses import dataclass

import numpy as np

from helpers.base import checks, doors

NEAR_PARABOLA = (
    1e-4  # below this |z| the closed forms lose digits and the series are exact to 1e-15
)


class TwoBodyError(ValueError):
    """A state or an orbit that two-body motion does not take; the message says why."""


@dataclass(frozen=True)
class Elements:
    """The six numbers of an orbit: size, shape, three angles of its place in space, where on it.

    axis_km: half the long axis (negative for a hyperbola); eccentricity; inclination_deg, node_deg
    and argument_deg: tilt of the plane, where it is crossed northward, and from there to the lowest
    point; anomaly_deg: angle from the lowest point to the body. mu_km3_s2: of the body in the
    middle.
    """

    axis_km: float
    eccentricity: float
    inclination_deg: float
    node_deg: float
    argument_deg: float
    anomaly_deg: float
    mu_km3_s2: float

    @property
    def lowest_km(self):
        """Distance of the lowest point from the centre, km."""
        return self.axis_km * (1 - self.eccentricity)

    @property
    def highest_km(self):
        """Distance of the highest point from the centre, km; infinite for an open orbit."""
        return self.axis_km * (1 + self.eccentricity) if self.eccentricity < 1 else np.inf

    @property
    def period_s(self):
        """Seconds for one turn; infinite for an open orbit."""
        return period_s(self.axis_km, self.mu_km3_s2) if self.eccentricity < 1 else np.inf


@doors.takes(axis_km=checks.number, mu_km3_s2=checks.number)
def period_s(axis_km, mu_km3_s2):
    """Return the seconds of one turn from half the long axis (Kepler: T = 2 pi sqrt(a^3 / mu)), or
    arrays.
    """
    axis, mu = positive("axis_km", axis_km), positive("mu_km3_s2", mu_km3_s2)
    return 2 * np.pi * np.sqrt(axis**3 / mu)


def speed_km_s(distance_km, axis_km, mu_km3_s2):
    """Return the speed at a distance from the centre (vis-viva: v^2 = mu (2 / r - 1 / a)).

    axis_km: half the long axis, negative for a hyperbola.
    Raises TwoBodyError where the orbit does not reach that distance.
    """
    r = positive("distance_km", distance_km)
    squared = positive("mu_km3_s2", mu_km3_s2) * (2 / r - 1 / np.asarray(axis_km, dtype=float))
    if np.any(squared < 0):
        raise TwoBodyError(
            f"distance_km = {distance_km!r}; accepted: up to twice axis_km = {axis_km!r}"
        )
    return np.sqrt(squared)[()]


# --- a state in time -------------------------------------------------------------------------


def stumpff(z):
    """Return Stumpff's functions C(z) and S(z), arrays of the shape of z.

    They hold ellipse (z > 0), parabola (0) and hyperbola (z < 0) in one formula.
    Source: Bate, Mueller and White 1971, Fundamentals of Astrodynamics, section 4.4.
    """
    z = np.asarray(z, dtype=float)
    root = np.sqrt(np.abs(np.where(np.abs(z) < NEAR_PARABOLA, 1.0, z)))
    with np.errstate(over="ignore", invalid="ignore"):
        bent = np.where(z > 0, (1 - np.cos(root)) / root**2, (np.cosh(root) - 1) / root**2)
        cubed = np.where(z > 0, root - np.sin(root), np.sinh(root) - root) / root**3
    near = np.abs(z) < NEAR_PARABOLA
    c = np.where(near, 1 / 2 - z / 24 + z**2 / 720, bent)
    s = np.where(near, 1 / 6 - z / 120 + z**2 / 5040, cubed)
    return c[()], s[()]


def propagate(position_km, velocity_km_s, seconds, mu_km3_s2):
    """Return position and velocity, (3,) or (3, N), after a time or N times, backwards too.

    position_km, velocity_km_s: (3,) at the start. Kepler's equation in the universal variable,
    solved by Laguerre's iteration, which comes home from any start (Conway 1986, Celestial
    Mechanics 39, 199). Raises TwoBodyError for a state at the centre or one that falls straight in.
    """
    r0, v0 = _state(position_km, velocity_km_s)
    t = np.asarray(seconds, dtype=float)
    mu = positive("mu_km3_s2", mu_km3_s2)
    distance, radial = np.linalg.norm(r0), r0 @ v0 / np.sqrt(mu)
    alpha = 2 / distance - v0 @ v0 / mu
    whole = 0 * t  # whole turns of an ellipse change nothing: leave them out
    if alpha > 0:
        turn = period_s(1 / alpha, mu)
        whole = turn * np.round(t / turn)
    x, z, c, s = _universal(np.sqrt(mu) * (t - whole), distance, radial, alpha)
    f, g = 1 - x**2 * c / distance, t - whole - x**3 * s / np.sqrt(mu)
    r = np.multiply.outer(r0, f) + np.multiply.outer(v0, g)
    away = np.linalg.norm(r, axis=0)
    f_dot, g_dot = np.sqrt(mu) * x * (z * s - 1) / (away * distance), 1 - x**2 * c / away
    return r, np.multiply.outer(r0, f_dot) + np.multiply.outer(v0, g_dot)


def _universal(goal, distance, radial, alpha):
    """Return the universal anomaly x with its z, C and S, where the time (times sqrt mu) is
    goal.
    """
    goal = np.asarray(goal, dtype=float)
    x = alpha * goal if alpha > 0 else np.sign(goal) * np.cbrt(np.abs(6 * goal))
    for _ in range(60):
        z = alpha * x**2
        c, s = stumpff(z)
        miss = radial * x**2 * c + (1 - alpha * distance) * x**3 * s + distance * x - goal
        slope = radial * x * (1 - z * s) + (1 - alpha * distance) * x**2 * c + distance
        bend = radial * (1 - z * c) + (1 - alpha * distance) * x * (1 - z * s)
        root = np.sqrt(np.abs(16 * slope**2 - 20 * miss * bend))
        step = 5 * miss / (slope + np.copysign(root, slope))
        x = x - step
        if np.all(np.abs(step) <= 1e-13 * (1 + np.abs(x))):
            break
    z = alpha * x**2
    return x, z, *stumpff(z)


# --- from a state to its orbit, and back -----------------------------------------------------


@doors.takes(position_km=doors.numeric, velocity_km_s=doors.numeric, mu_km3_s2=checks.number)
def elements(position_km, velocity_km_s, mu_km3_s2):
    """Return the Elements of the orbit through a position (3,) with a velocity (3,).

    Where an angle has no meaning (no tilt, or a circle) it is 0 and the next one counts from the x
    axis or the node. Source: Vallado 2013, Fundamentals of Astrodynamics and Applications,
    algorithm 9.
    """
    r, v = _state(position_km, velocity_km_s)
    mu = positive("mu_km3_s2", mu_km3_s2)
    momentum = np.cross(r, v)
    pole = momentum / np.linalg.norm(momentum)
    shape = np.cross(v, momentum) / mu - r / np.linalg.norm(r)
    eccentricity = np.linalg.norm(shape)
    node = (
        np.array([-pole[1], pole[0], 0.0]) if np.hypot(*pole[:2]) > 1e-11 else np.array([1.0, 0, 0])
    )
    low = shape if eccentricity > 1e-11 else node
    inverse_axis = 2 / np.linalg.norm(r) - v @ v / mu
    return Elements(
        axis_km=float(1 / inverse_axis) if inverse_axis else np.inf,
        eccentricity=float(eccentricity),
        inclination_deg=float(np.degrees(np.arctan2(np.hypot(*pole[:2]), pole[2]))),
        node_deg=float(np.degrees(np.arctan2(node[1], node[0])) % 360),
        argument_deg=_angle_deg(node, low, pole),
        anomaly_deg=_angle_deg(low, r, pole),
        mu_km3_s2=float(mu),
    )


def state(orbit):
    """Return position and velocity, (3,) km and (3,) km/s, of Elements: the inverse of `elements`.

    Source: Vallado 2013, algorithm 10.
    """
    e, anomaly = orbit.eccentricity, np.radians(orbit.anomaly_deg)
    wide = orbit.axis_km * (1 - e**2)
    if not wide > 0:
        raise TwoBodyError(
            f"{orbit!r}; accepted: axis above 0 for e below 1, below 0 for e above 1"
        )
    along = np.array([np.cos(anomaly), np.sin(anomaly), 0.0])
    ahead = np.array([-np.sin(anomaly), e + np.cos(anomaly), 0.0])
    axes = _axes(orbit.node_deg, orbit.inclination_deg, orbit.argument_deg)
    r = wide / (1 + e * np.cos(anomaly)) * along
    return axes @ r, axes @ (np.sqrt(orbit.mu_km3_s2 / wide) * ahead)


def positions(orbit, seconds):
    """Return where a body on an ellipse is, km (3, N), at N seconds from its Elements.

    As `propagate` from their `state`, in a fifth of the time: Kepler's equation knows one shape.
    Raises TwoBodyError for an open orbit.
    """
    e, half = orbit.eccentricity, np.radians(orbit.anomaly_deg) / 2
    if not 0 <= e < 1:
        raise TwoBodyError(f"{orbit!r}; accepted: eccentricity from 0 up, below 1")
    start = 2 * np.arctan2(np.sqrt(1 - e) * np.sin(half), np.sqrt(1 + e) * np.cos(half))
    turned = 2 * np.pi * np.asarray(seconds, dtype=float) / orbit.period_s
    anomaly = eccentric_anomaly(start - e * np.sin(start) + turned, e)
    flat = np.array([np.cos(anomaly) - e, np.sqrt(1 - e**2) * np.sin(anomaly)])
    axes = _axes(orbit.node_deg, orbit.inclination_deg, orbit.argument_deg)
    return orbit.axis_km * axes[:, :2] @ flat


def eccentric_anomaly(mean, eccentricity):
    """Return the eccentric anomaly of a mean one, radians, numbers or arrays: Kepler's equation by
    Halley's method, from a start that comes home (Danby 1987, Celestial Mechanics 40, 303).

    Raises NotAccepted for an eccentricity below 0, or of 1 and more.
    """
    if not np.all((np.asarray(eccentricity) >= 0) & (np.asarray(eccentricity) < 1)):
        raise checks.NotAccepted(f"eccentricity = {eccentricity!r}; accepted: 0 to below 1")
    turns = 2 * np.pi * np.round(np.asarray(mean, dtype=float) / (2 * np.pi))
    m = mean - turns
    x = m + 0.85 * eccentricity * np.sign(m)
    for _ in range(30):
        bend = eccentricity * np.sin(x)
        miss, slope = x - bend - m, 1 - eccentricity * np.cos(x)
        step = miss / (slope - miss * bend / (2 * slope))
        x = x - step
        if np.all(np.abs(step) < 1e-5):  # the next step would be its cube
            break
    return x + turns


def gibbs(first_km, second_km, third_km, mu_km3_s2):
    """Return the velocity (3,) km/s at the second of three positions (3,), in order of time.

    Raises TwoBodyError when they do not lie in one plane within a degree.
    Source: J. W. Gibbs 1889; Vallado 2013, algorithm 54.
    """
    r1, r2, r3 = (np.asarray(r, dtype=float) for r in (first_km, second_km, third_km))
    normal = np.cross(r2, r3)
    tilt = normal @ r1 / (np.linalg.norm(normal) * np.linalg.norm(r1))
    if not abs(tilt) < np.sin(np.radians(1)):
        raise TwoBodyError(
            f"the first position lies {np.degrees(np.arcsin(tilt)):.1f} degrees out "
            "of the plane of the others; accepted: within 1 degree"
        )
    d1, d2, d3 = (np.linalg.norm(r) for r in (r1, r2, r3))
    n = d1 * np.cross(r2, r3) + d2 * np.cross(r3, r1) + d3 * np.cross(r1, r2)
    d = np.cross(r1, r2) + np.cross(r2, r3) + np.cross(r3, r1)
    s = r1 * (d2 - d3) + r2 * (d3 - d1) + r3 * (d1 - d2)
    scale = np.sqrt(positive("mu_km3_s2", mu_km3_s2) / (np.linalg.norm(n) * np.linalg.norm(d)))
    return scale * (np.cross(d, r2) / d2 + s)


# --- small parts -----------------------------------------------------------------------------


def positive(name, value):
    """Return a number or an array of numbers above 0 as floats. Raises TwoBodyError for anything
    else.
    """
    number = np.asarray(value, dtype=float)
    if not np.all((number > 0) & np.isfinite(number)):
        raise TwoBodyError(f"{name} = {value!r}; accepted: numbers above 0")
    return number[()]


def _state(position_km, velocity_km_s):
    """Return a state as two arrays (3,) that span a plane."""
    r, v = np.asarray(position_km, dtype=float), np.asarray(velocity_km_s, dtype=float)
    if r.shape != (3,) or v.shape != (3,) or not np.all(np.isfinite([r, v])):
        raise TwoBodyError(
            f"position_km = {position_km!r}, velocity_km_s = {velocity_km_s!r}; "
            "accepted: three numbers each"
        )
    if np.linalg.norm(np.cross(r, v)) <= 1e-12 * np.linalg.norm(r) * np.linalg.norm(v):
        raise TwoBodyError(
            "position and velocity lie on one line: the body falls straight in or out; "
            "accepted: a state that goes round"
        )
    return r, v


def _angle_deg(start, end, pole):
    """Return the angle from one vector to another, 0 to 360, counted round a pole."""
    return float(np.degrees(np.arctan2(pole @ np.cross(start, end), start @ end)) % 360)


def _axes(node_deg, inclination_deg, argument_deg):
    """Return the matrix (3, 3) from the plane of the orbit (x to its lowest point) to space."""
    (cn, sn), (ci, si), (ca, sa) = (
        (np.cos(a), np.sin(a)) for a in np.radians([node_deg, inclination_deg, argument_deg])
    )
    return np.array(
        [
            [cn * ca - sn * sa * ci, -cn * sa - sn * ca * ci, sn * si],
            [sn * ca + cn * sa * ci, -sn * sa + cn * ca * ci, -cn * si],
            [sa * si, ca * si, ci],
        ]
    )
