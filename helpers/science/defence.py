"""Asteroids that come near: how large, how hard, how far away, how likely, and how to move one.

Lengths are km, speeds km/s, angles degrees, unless the name ends in another unit.
What needs an orbit from real observations stands in `astrometry`.
"""

from math import erf, sqrt

import numpy as np

from helpers.base import checks, doors
from helpers.base.checks import NotAccepted
from helpers.base.constants import DAY_S
from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM as EARTH_RADIUS
from helpers.base.constants import EARTH_MU_KM3_S2 as EARTH_MU

SUN_MU_KM3_S2 = 1.32712440018e11  # gravity times mass: IAU 2012 unit system, DE421, shortened
AU_KM = 149597870.7  # IAU 2012 resolution B2, exact
YEAR_S = 365.25 * DAY_S  # Julian year: IAU style manual (1989)
MEGATON_J = 4.184e15  # a million tonnes of TNT: NIST SP 811, B.8
WHITE_KM = 1329.0  # diameter of a perfectly white body of magnitude 0: Pravec and Harris 2007
ESCAPE_KM_S = sqrt(2 * EARTH_MU / EARTH_RADIUS)  # speed of a fall from very far, started at rest


# --- how large, how hard ------------------------------------------------------------------


def diameter_m(absolute_magnitude, albedo):
    """Return the diameter of a round body, m: D = 1329 km / sqrt(albedo) x 10^(-H / 5).

    absolute_magnitude: H, its brightness at 1 au from the Sun and from us, fully lit; number or
    array.
    albedo: the share of light that it throws back, above 0, at most 1.
    Source: Pravec and Harris (2007), Icarus 190, 250-259, equation 3. Raises NotAccepted.
    """
    return 1000 * WHITE_KM / np.sqrt(_albedo(albedo)) * 10 ** (-np.asarray(absolute_magnitude) / 5)


def absolute_magnitude(diameter_m, albedo):
    """Return the absolute magnitude H of a round body: the inverse of `diameter_m`."""
    metres = checks.positive("diameter_m", diameter_m)
    return -5 * np.log10(metres * np.sqrt(_albedo(albedo)) / (1000 * WHITE_KM))


def mass_kg(diameter_m, density_kg_m3):
    """Return the mass of a ball, kg."""
    metres = checks.positive("diameter_m", diameter_m)
    return checks.positive("density_kg_m3", density_kg_m3) * np.pi / 6 * metres**3


def energy_megatons(mass_kg, speed_km_s):
    """Return the energy of motion in megatons of TNT (4.184e15 J each): m v^2 / 2."""
    metres_s = 1000 * np.asarray(checks.positive("speed_km_s", speed_km_s))
    return 0.5 * checks.positive("mass_kg", mass_kg) * metres_s**2 / MEGATON_J


# --- how far: two eyes --------------------------------------------------------------------


@doors.takes(one=doors.vector, other=doors.vector)
def angle_deg(one, other):
    """Return the angle between two directions (3), degrees; exact for small angles too."""
    one, other = np.asarray(one, float), np.asarray(other, float)
    return float(np.degrees(np.arctan2(np.linalg.norm(np.cross(one, other)), one @ other)))


def parallax_distance_km(baseline_km, angle_deg):
    """Return how far a thing is that two eyes see in directions `angle_deg` apart, km.

    baseline_km: what lies between the eyes, measured across the line of sight; the thing stands
    over its middle, so tan(angle / 2) = baseline / 2 / distance. Raises NotAccepted.
    """
    half = np.radians(checks.positive("angle_deg", angle_deg)) / 2
    if np.any(half >= np.pi / 2):
        raise NotAccepted(f"angle_deg = {angle_deg!r}; accepted: below 180")
    return checks.positive("baseline_km", baseline_km) / (2 * np.tan(half))


def arc_km(distance_km, angle_deg):
    """Return how long the arc is that an angle cuts out at a distance, km: the way back from
    `parallax_distance_km` for a small angle. Raises NotAccepted.
    """
    angle = np.radians(checks.positive("angle_deg", angle_deg))
    return checks.positive("distance_km", distance_km) * angle


@doors.takes(site=doors.vector, sight=doors.vector, other=doors.vector)
def baseline_km(site, sight, other):
    """Return how far two places lie apart across a line of sight, km."""
    apart = np.subtract(other, site)
    return float(np.linalg.norm(apart - (apart @ sight) * np.asarray(sight)))


@doors.takes(
    site=doors.vector, sight=doors.vector, other_site=doors.vector, other_sight=doors.vector
)
def where_lines_meet(site, sight, other_site, other_sight):
    """Return (distance, other distance, gap), km: how far along two lines they come closest, and
    how close.

    site, other_site: places (3), km; sight, other_sight: unit directions (3) seen from there at one
    moment. Two real lines of sight pass each other; the gap says by how much. Raises NotAccepted
    for parallel lines.
    """
    columns = np.column_stack([sight, -np.asarray(other_sight)])
    along, _, rank, _ = np.linalg.lstsq(columns, np.subtract(other_site, site), rcond=1e-9)
    if rank < 2:
        raise NotAccepted("the two lines of sight are parallel; accepted: directions that differ")
    gap = np.linalg.norm(columns @ along - np.subtract(other_site, site))
    return float(along[0]), float(along[1]), float(gap)


# --- how likely: a target and a line of possible places -----------------------------------


def far_speed_km_s(impact_speed_km_s):
    """Return the speed long before the fall: the Earth's pull taken away, sqrt(v^2 - escape^2).

    Raises NotAccepted at or below the escape speed, 11.18 km/s: nothing falls from afar more
    slowly.
    """
    speed = np.asarray(checks.positive("impact_speed_km_s", impact_speed_km_s))
    if np.any(speed <= ESCAPE_KM_S):
        raise NotAccepted(f"{impact_speed_km_s!r} km/s; accepted: above {ESCAPE_KM_S:.2f} km/s")
    return np.sqrt(speed**2 - ESCAPE_KM_S**2)[()]


def capture_radius_km(far_speed_km_s):
    """Return how wide the Earth is for bodies that come at this speed, km: R sqrt(1 + (escape /
    speed)^2).

    The Earth's pull bends their way in, so a body aimed beside the Earth by less than this still
    hits:
    **focusing** (energy and angular momentum kept; Oepik 1951, Proc. R. Irish Acad. 54A, 165).
    """
    speed = np.asarray(checks.positive("far_speed_km_s", far_speed_km_s))
    return EARTH_RADIUS * np.sqrt(1 + (ESCAPE_KM_S / speed) ** 2)


def chance_on_line(offset_km, half_width_km, target_km):
    """Return the share of a line of possible places that lies on the target.

    offset_km: from the middle of the line to the middle of the target; half_width_km: of the line,
    all places on it equally likely; target_km: half width of the target, see `capture_radius_km`.
    """
    half, target = (
        checks.positive("half_width_km", half_width_km),
        checks.positive("target_km", target_km),
    )
    right = np.minimum(offset_km + target, half)
    left = np.maximum(offset_km - target, -np.asarray(half))
    return np.maximum(0.0, right - left) / (2 * np.asarray(half))


def chance_normal(offset_km, sigma_km, target_km):
    """Return the chance that a normal error of `sigma_km` puts the place on the target: as
    `chance_on_line`.
    """
    sigma, target = checks.positive("sigma_km", sigma_km), checks.positive("target_km", target_km)
    cut = np.vectorize(lambda x: 0.5 * (1 + erf(x / sqrt(2))))
    return (cut((offset_km + target) / sigma) - cut((offset_km - target) / sigma))[()]


def target_plane(sigma_km, across_km, count, seed):
    """Return (count, 2) possible places, km, along and across the line, round (0, 0); normal, from
    a seed.
    """
    spread = [checks.positive("sigma_km", sigma_km), checks.positive("across_km", across_km)]
    return np.random.default_rng(seed).normal(size=(count, 2)) * spread


# --- how to move one ----------------------------------------------------------------------


@doors.takes(push_m_s=checks.number, years=checks.number)
def drift_km(push_m_s, years):
    """Return how far along its way a body is shifted after a push, km: 3 x push x time.

    push_m_s: change of speed along its motion; years: since the push. The 3 is not a slip: a faster
    body climbs to a longer year and falls behind, three times as far as the push alone would carry
    it.
    Source: Ahrens and Harris (1992), Nature 360, 429-433. Mean over whole turns; see `shift_km` for
    the rest.
    """
    return 3 * np.asarray(push_m_s) / 1000 * np.asarray(years) * YEAR_S


def shift_km(push_m_s, years, axis_au, eccentricity, anomaly_deg=0.0):
    """Return the distance between a pushed and an unpushed body, km, by Kepler's laws without
    approximation.

    push_m_s: change of speed along the motion, where the true anomaly is anomaly_deg (0: nearest
    the Sun);
    years: number or array; axis_au, eccentricity: of the orbit round the Sun before the push.
    Raises NotAccepted for an orbit that is no ellipse.
    """
    if not 0 <= eccentricity < 1:
        raise NotAccepted(f"eccentricity = {eccentricity!r}; accepted: from 0 up, below 1")
    axis, true = checks.positive("axis_au", axis_au) * AU_KM, np.radians(anomaly_deg)
    rest = axis * (1 - eccentricity**2)
    place = rest / (1 + eccentricity * np.cos(true)) * np.array([np.cos(true), np.sin(true)])
    speed = np.sqrt(SUN_MU_KM3_S2 / rest) * np.array([-np.sin(true), eccentricity + np.cos(true)])
    pushed = speed * (1 + push_m_s / 1000 / np.linalg.norm(speed))
    seconds = np.asarray(years, float) * YEAR_S
    apart = _coast(place, pushed, seconds) - _coast(place, speed, seconds)
    return np.linalg.norm(apart, axis=0)[()]


def _coast(place, speed, seconds):
    """Return the place (2, ...) in the plane of an ellipse round the Sun after some time."""
    r, mu = np.linalg.norm(place), SUN_MU_KM3_S2
    axis = 1 / (2 / r - speed @ speed / mu)
    if axis <= 0:
        raise NotAccepted("after this push the body leaves the Sun; accepted: a weaker push")
    pull = (speed @ speed - mu / r) * place / mu - (
        place @ speed
    ) * speed / mu  # towards perihelion
    e = np.linalg.norm(pull)
    first = pull / e if e > 1e-12 else np.array([1.0, 0.0])
    side = np.array([-first[1], first[0]])
    start = np.arctan2(place @ side / np.sqrt(1 - e**2), place @ first + axis * e)
    mean = start - e * np.sin(start) + np.sqrt(mu / axis**3) * seconds
    turn = mean + e * np.sin(mean)
    for _ in range(30):  # Newton on Kepler's equation; far more than needed below e = 0.9
        turn = turn - (turn - e * np.sin(turn) - mean) / (1 - e * np.cos(turn))
    x, y = axis * (np.cos(turn) - e), axis * np.sqrt(1 - e**2) * np.sin(turn)
    return np.multiply.outer(first, x) + np.multiply.outer(side, y)


def push_from_period_m_s(axis_km, period_before_h, period_after_h):
    """Return the change of speed along the motion that changed a circular orbit's period, m/s.

    From Kepler's third law and vis-viva, without approximation; the linear rule is v/3 x change /
    period.
    """
    before, after = (
        checks.positive("period_before_h", period_before_h),
        checks.positive("period_after_h", period_after_h),
    )
    speed = 2 * np.pi * checks.positive("axis_km", axis_km) * 1000 / (before * 3600)
    return speed * (np.sqrt(2 - (before / after) ** (2 / 3)) - 1)


def momentum_factor(target_kg, push_m_s, craft_kg, speed_km_s):
    """Return how many times the spacecraft's momentum the target took up: M dv / (m u).

    1: the craft sticks. Above 1: debris thrown back pushes as well. Along one line: angles are left
    out.
    Source: Cheng and others (2023), Nature 616, 457-460, equation 1, in one dimension.
    """
    taken = checks.positive("target_kg", target_kg) * np.abs(push_m_s)
    return taken / (
        checks.positive("craft_kg", craft_kg) * 1000 * checks.positive("speed_km_s", speed_km_s)
    )


def push_m_s(target_kg, craft_kg, speed_km_s, factor=1.0):
    """Return the change of speed that a spacecraft gives a body, m/s: the inverse of
    `momentum_factor`.
    """
    given = (
        checks.positive("factor", factor)
        * craft_kg
        * 1000
        * checks.positive("speed_km_s", speed_km_s)
    )
    return given / checks.positive("target_kg", target_kg)


# --- small parts --------------------------------------------------------------------------


def _albedo(value):
    if np.any(np.asarray(checks.positive("albedo", value)) > 1):
        raise NotAccepted(f"albedo = {value!r}; accepted: above 0, at most 1")
    return value
