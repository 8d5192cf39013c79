"""What happens to a navigation signal on its way, and what time it carries.

The ionosphere and the troposphere delay it, relativity speeds up the clock that sends it, and each
system counts weeks from a day of its own. Lengths in metres, frequencies in MHz, arrays in, arrays
out.
"""

from typing import NamedTuple

import numpy as np

from helpers.base import checks, doors
from helpers.base.constants import EARTH_GEOID_POTENTIAL_M2_S2, EARTH_MU_KM3_S2, LIGHT_M_S
from helpers.science import orbits
from helpers.science.navigation import NavigationError

WEEK_S = 604800.0
GPS_START, BEIDOU_START = (
    "1980-01-06T00:00:00Z",
    "2006-01-01T00:00:00Z",
)  # IS-GPS-200, 3.3.4; BDS-SIS-ICD-B1C, 3.2
GPS_BEHIND_TAI_S, BEIDOU_BEHIND_TAI_S = 19, 33  # s, the leap seconds of those days, kept since


# --- the air --------------------------------------------------------------------------------------


def ionosphere_delay_m(electrons_tecu, frequency_mhz):
    """Return how much too long a range is, m, behind so many free electrons on the way: 40.3 TEC /
    f^2.

    electrons_tecu: total electron content in TECU, 1e16 electrons a square metre along the path
    (Klobuchar, Ionospheric time-delay algorithm, IEEE Trans. AES 23, 1987; 40.3 in SI units).
    """
    return (
        40.3
        * np.asarray(electrons_tecu, float)
        * 1e16
        / (np.asarray(frequency_mhz, float) * 1e6) ** 2
    )


@doors.takes(
    range_one=checks.number,
    frequency_one_mhz=checks.number,
    range_two=checks.number,
    frequency_two_mhz=checks.number,
)
def free_of_ionosphere(range_one, frequency_one_mhz, range_two, frequency_two_mhz):
    """Return ranges from which two frequencies have removed the ionosphere, in the unit of the
    ranges.

    (f1^2 r1 - f2^2 r2) / (f1^2 - f2^2): the delay goes with 1/f^2, so this mixture has none (IS-
    GPS-200, section 20.3.3.3.3.3).
    """
    one, two = ionosphere_free_weights(frequency_one_mhz, frequency_two_mhz)
    return one * np.asarray(range_one, float) + two * np.asarray(range_two, float)


@doors.takes(frequency_one_mhz=checks.number, frequency_two_mhz=checks.number)
def ionosphere_free_weights(frequency_one_mhz, frequency_two_mhz):
    """Return the two weights of `free_of_ionosphere`; they add to 1, the second is below 0."""
    one, two = np.asarray(frequency_one_mhz, float) ** 2, np.asarray(frequency_two_mhz, float) ** 2
    if np.any(one == two):
        raise NavigationError(
            f"both frequencies are {frequency_one_mhz} MHz; accepted: two that differ"
        )
    return one / (one - two), -two / (one - two)


def zenith_delay_m(
    pressure_hpa=1013.25, latitude_deg=45.0, height_m=0.0, temperature_k=288.15, vapour_hpa=0.0
):
    """Return the delay of the troposphere straight up, m: the dry part, and the wet part of the
    vapour pressure.

    0.002277 (P + (1255 / T + 0.05) e) / (1 - 0.0026 cos 2 latitude - 0.00028 h in km):
    Saastamoinen, Atmospheric correction for the troposphere and stratosphere in radio ranging of
    satellites, Geophysical Monograph 15, 1972; the constants as in Davis et al., Radio Science 20,
    1985.
    """
    weight = (
        1
        - 0.0026 * np.cos(2 * np.radians(latitude_deg))
        - 0.00028 * np.asarray(height_m, float) / 1000
    )
    wet = (1255 / np.asarray(temperature_k, float) + 0.05) * np.asarray(vapour_hpa, float)
    return 0.002277 * (np.asarray(pressure_hpa, float) + wet) / weight


# --- relativity -----------------------------------------------------------------------------------


class ClockRate(NamedTuple):
    """How much faster than a clock on the ground a satellite's clock runs, as a part of 1."""

    gravity: float  # it sits higher
    speed: float  # it moves
    together: float


@doors.takes(axis_km=checks.number)
def clock_rate(axis_km):
    """Return the ClockRate of a circular orbit of this radius (km): two terms, of opposite sign.

    gravity: (W0 - mu/a) / c^2 with the potential W0 of the geoid, in which the ground's own turn is
    already contained; speed: -v^2 / 2 c^2 with v^2 = mu/a (Ashby, Relativity in the Global
    Positioning System, Living Reviews in Relativity 6, 2003, section 5; W0 from IERS Conventions
    2010, table 1.1).
    """
    pull = EARTH_MU_KM3_S2 * 1e6 / np.asarray(axis_km, float)[()]  # m2/s2
    gravity, speed = (EARTH_GEOID_POTENTIAL_M2_S2 - pull) / LIGHT_M_S**2, -pull / (2 * LIGHT_M_S**2)
    return ClockRate(gravity, speed, gravity + speed)


@doors.takes(axis_km=checks.number, eccentricity=checks.number, eccentric_anomaly_deg=checks.number)
def eccentric_clock_s(axis_km, eccentricity, eccentric_anomaly_deg):
    """Return how far a clock on an ellipse runs ahead by its place on it, s: -2 sqrt(mu a) e sin(E)
    / c^2 (IS-GPS-200, 20.3.3.3.3.1).
    """
    root = np.sqrt(EARTH_MU_KM3_S2 * np.asarray(axis_km, float)) * 1e6  # m2/s
    return -2 * root * eccentricity * np.sin(np.radians(eccentric_anomaly_deg)) / LIGHT_M_S**2


# --- the time of the systems ----------------------------------------------------------------------


def leap_seconds(when):
    """Return TAI minus UTC at a time from 1972 on, whole seconds (skyfield's table of leap
    seconds).
    """
    (day,), (fraction,), _ = orbits.julian(when)
    steps = orbits.TIMESCALE.leap_dates
    return int(orbits.TIMESCALE.leap_offsets[np.searchsorted(steps, day + fraction, "right") - 1])


def gps_week(when):
    """Return the GPS week and the second of it of a UTC time, (int, float): whole weeks since 6
    January 1980, not cut to 10 bits.
    """
    return _week(when, GPS_START, GPS_BEHIND_TAI_S)


def beidou_week(when):
    """Return the BeiDou week and the second of it of a UTC time, (int, float): whole weeks since 1
    January 2006.
    """
    return _week(when, BEIDOU_START, BEIDOU_BEHIND_TAI_S)


def _week(when, start, behind_s):
    moment = orbits.utc(when)
    seconds = (moment - orbits.utc(start)).total_seconds() + leap_seconds(moment) - behind_s
    if seconds < 0:
        raise NavigationError(f"{when} is before the first week, {start}; accepted: later times")
    week, second = divmod(seconds, WEEK_S)
    return int(week), second
