"""A circular orbit by hand: period, speed, burns, and what an inclination lets you see."""

import numpy as np
import pandas as pd

from helpers.base import checks, sphere
from helpers.base.constants import DAY_S, SIDEREAL_DAY_S
from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM as RADIUS
from helpers.base.constants import EARTH_J2 as J2
from helpers.base.constants import EARTH_MU_KM3_S2 as MU
from helpers.base.places import Place as Place
from helpers.science.orbits.ground import geodetic, ground_and_up


def period_minutes(height_km):
    """Return the period of a circular orbit, minutes (Kepler's third law: T = 2 pi sqrt(a^3 / mu)).

    height_km: number or array, height above the equatorial radius.
    """
    return 2 * np.pi * np.sqrt(radius_km(height_km) ** 3 / MU) / 60


def height_from_period_km(period_minutes):
    """Return the height of the circular orbit with this period, km: the inverse of
    `period_minutes`.
    """
    seconds = 60 * checks.positive("period_minutes", period_minutes)
    return (MU * (seconds / (2 * np.pi)) ** 2) ** (1 / 3) - RADIUS


def speed_km_s(height_km):
    """Return the speed on a circular orbit, km/s: v = sqrt(mu / a)."""
    return np.sqrt(MU / radius_km(height_km))


def revolutions_per_day(height_km):
    """Return the turns of a circular orbit in 24 hours."""
    return 1440 / period_minutes(height_km)


def semi_major_axis_km(revolutions_per_day):
    """Return the Keplerian semi-major axis of a mean motion, km: a = (mu / n^2)^(1/3).

    revolutions_per_day: the mean motion of an element set (Kozai's convention). The axis so found
    is a mean one; Brouwer's mean axis, which SGP4 uses inside, is `ElementSet.brouwer_axis_km`.
    """
    n = 2 * np.pi * checks.positive("revolutions_per_day", revolutions_per_day) / DAY_S
    return (MU / n**2) ** (1 / 3)


def mean_height_km(revolutions_per_day):
    """Return the mean height of a mean motion, km: semi-major axis minus the equatorial radius."""
    return semi_major_axis_km(revolutions_per_day) - RADIUS


def node_drift_deg_per_day(height_km, inclination_deg, eccentricity=0.0):
    """Return how fast the orbit's plane turns about the Earth's axis, degrees a day; minus is
    westward.

    First-order effect of the Earth's flattening J2 (Vallado, Fundamentals of Astrodynamics, section
    9.6).
    """
    a = radius_km(height_km)
    n = np.sqrt(MU / a**3)
    rate = (
        -1.5
        * n
        * J2
        * (RADIUS / (a * (1 - eccentricity**2))) ** 2
        * np.cos(np.radians(_inclination(inclination_deg)))
    )
    return np.degrees(rate) * DAY_S


def nodal_period_minutes(height_km, inclination_deg):
    """Return the time between two northward equator crossings of a circular orbit, minutes.

    The flattening J2 changes the turn by a few seconds (Vallado, section 9.6: mean anomaly plus
    perigee rates).
    height_km: of the mean orbit without J2, over the equatorial radius: of an element set take
    `brouwer_height_km`. Its `mean_height_km` comes from the period and has a part of J2 in it
    already.
    """
    a, s2 = radius_km(height_km), np.sin(np.radians(_inclination(inclination_deg))) ** 2
    n = np.sqrt(MU / a**3)
    return 2 * np.pi / (n * (1 + 1.5 * J2 * (RADIUS / a) ** 2 * (3 - 4 * s2))) / 60


def count_orbits(duration_s, height_km, inclination_deg):
    """Return three counts of the orbits in a flight, as a Series: they differ, so say which one you
    mean.

    "turns" of Kepler's period; "equator crossings" northward (J2 included); "turns over the
    ground": returns to one meridian of the turning Earth, about one a day fewer.
    """
    turns = checks.number("duration_s", duration_s) / (60 * period_minutes(height_km))
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

    The whole formula is the derivative of v = sqrt(mu/a) in the energy equation (vis-viva); it
    holds for dv << v.
    """
    return (
        2
        * radius_km(height_km)
        * (checks.number("speed_change_m_s", speed_change_m_s) / 1000)
        / speed_km_s(height_km)
    )


def burn_speed_change_m_s(height_change_km, height_km):
    """Return the burn, m/s, that changes the mean height of a circular orbit by so many km: the
    inverse.
    """
    return (
        1000
        * checks.number("height_change_km", height_change_km)
        * speed_km_s(height_km)
        / (2 * radius_km(height_km))
    )


def latitude_limit_deg(inclination_deg, height_km=400.0):
    """Return the highest geodetic latitude that passes under the orbit, degrees: a little more than
    its inclination.

    inclination_deg: of an element set (a mean one); height_km: above the equatorial radius. A
    retrograde orbit reaches 180 - inclination. Two effects of the flattened Earth: the inclination
    is an angle at the Earth's centre, and the map's latitude of that point is up to 0.19 degrees
    larger; and the plane rocks by 3/8 J2 (R/a)^2 sin(2i), 0.02 degrees, twice a turn, down at the
    top (Vallado, section 9.5: short-period terms).
    """
    return geodetic(_top(inclination_deg, height_km))[0]


def distance_to_track_km(latitude_deg, inclination_deg, height_km=400.0):
    """Return how far a place lies from the band that is crossed overhead, km along its meridian; 0
    inside the band.

    111.13 km a degree: the mean degree of the WGS84 meridian (10,001.966 km from equator to pole).
    """
    beyond = np.abs(checks.latitude(latitude_deg)) - latitude_limit_deg(inclination_deg, height_km)
    return np.maximum(0.0, beyond) * 10001.966 / 90


def highest_elevation_deg(latitude_deg, inclination_deg, height_km):
    """Return the highest elevation above the horizon at which a place can ever see the orbit,
    degrees.

    90 inside the band that is crossed overhead. Beyond it, the orbit's northernmost (southernmost)
    point stands on the place's own meridian: geometry on the WGS84 ellipsoid. Negative: never above
    the horizon.
    """
    latitude_deg = np.abs(checks.latitude(latitude_deg, "latitude_deg"))
    station = _top(inclination_deg, height_km)
    ground, up = ground_and_up(latitude_deg, np.zeros_like(latitude_deg), 0.0)
    away = (station.T - ground.T).T
    elevation = sphere.elevation(away, up)
    return np.where(
        latitude_deg <= latitude_limit_deg(inclination_deg, height_km), 90.0, elevation
    )[()]


def _top(inclination_deg, height_km):
    """Return the northernmost point (3,) of an orbit on the meridian of Greenwich, km."""
    a = radius_km(height_km)
    inclination = _inclination(inclination_deg)
    tilt = np.radians(np.minimum(inclination, 180.0 - inclination))
    tilt = tilt - 3 / 8 * J2 * (RADIUS / a) ** 2 * np.sin(2 * tilt)
    return np.array([a * np.cos(tilt), 0 * tilt, a * np.sin(tilt)])


def radius_km(height_km):
    height = checks.number("height_km", height_km)
    if not np.all(height > -RADIUS):
        raise checks.refused(
            "height_km", height_km, f"numbers above -{RADIUS:.0f}, over the equator"
        )
    return RADIUS + height


def _inclination(inclination_deg):
    return checks.between("inclination_deg", inclination_deg, 0, 180, "degrees")
