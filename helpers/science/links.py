"""A radio link: what the distance costs, what a dish gives, how many bits a second are left.

Levels are decibels (dB): ten times the logarithm of a ratio of powers; dBm counts from a milliwatt.
"""

import numpy as np

from helpers.base import checks
from helpers.base.constants import LIGHT_M_S

LIGHT_KM_S = LIGHT_M_S / 1000


def free_space_loss_db(distance_km, frequency_mhz):
    """Return the loss between two antennas that radiate alike to all sides, dB, or arrays.

    20 log10(4 pi d f / c): the power spreads over a sphere. Source: H. T. Friis 1946, Proc. IRE 34,
    254; Recommendation ITU-R P.525.
    """
    waves = (
        checks.positive("distance_km", distance_km)
        * checks.positive("frequency_mhz", frequency_mhz)
        * 1e6
    )
    return 20 * np.log10(4 * np.pi * waves / LIGHT_KM_S)


def dish_gain_db(diameter_m, frequency_mhz, efficiency=0.6):
    """Return what a dish gains over an antenna that radiates alike to all sides, dB, or arrays.

    efficiency: share of its area that works, above 0 up to 1. Source: Recommendation ITU-R S.1428:
    gain = efficiency (pi D / wavelength)^2.
    """
    share = checks.positive("efficiency", efficiency)
    if np.any(share > 1):
        raise checks.NotAccepted(f"efficiency = {efficiency!r}; accepted: above 0 up to 1")
    widths = (
        checks.positive("diameter_m", diameter_m)
        * checks.positive("frequency_mhz", frequency_mhz)
        / (LIGHT_KM_S / 1000)
    )
    return 10 * np.log10(share * (np.pi * widths) ** 2)


def received_dbm(power_w, distance_km, frequency_mhz, gains_db=0.0):
    """Return the power that arrives, dBm, from the power sent (W) and the gains of both antennas
    added (dB).
    """
    sent = 10 * np.log10(checks.positive("power_w", power_w) * 1000)
    return (
        sent
        + np.asarray(gains_db, dtype=float)[()]
        - free_space_loss_db(distance_km, frequency_mhz)
    )


def shannon_kbit_s(bandwidth_khz, signal_to_noise_db):
    """Return the most kilobits a second that any code can bring through, or arrays.

    B log2(1 + S/N). Source: C. E. Shannon 1948, Bell System Technical Journal 27, theorem 17.
    """
    ratio = 10 ** (np.asarray(signal_to_noise_db, dtype=float) / 10)
    return checks.positive("bandwidth_khz", bandwidth_khz) * np.log2(1 + ratio)[()]


def reach_km(rate_kbit_s, known_rate_kbit_s, known_km):
    """Return how far a rate still gets through, from one rate and distance that are known.

    Each bit needs the same energy, and the power falls with the square of the distance: half the
    way, four times the rate.
    """
    rates = checks.positive("known_rate_kbit_s", known_rate_kbit_s) / checks.positive(
        "rate_kbit_s", rate_kbit_s
    )
    return checks.positive("known_km", known_km) * np.sqrt(rates)


def rate_kbit_s(distance_km, known_rate_kbit_s, known_km, lowest=8.0, highest=128.0):
    """Return the rate of a radio that halves and doubles: the largest that a distance allows.

    lowest, highest: ends of its ladder, kbit/s; a distance too far for the lowest gives 0.
    """
    lowest, highest = checks.positive("lowest", lowest), checks.positive("highest", highest)
    if highest < lowest:
        raise checks.NotAccepted(
            f"lowest = {lowest!r}, highest = {highest!r}; accepted: lowest not above highest"
        )
    allowed = (
        checks.positive("known_rate_kbit_s", known_rate_kbit_s)
        * (checks.positive("known_km", known_km) / checks.positive("distance_km", distance_km)) ** 2
    )
    steps = np.floor(np.log2(allowed / lowest) + 1e-9)
    ladder = lowest * 2.0 ** np.clip(steps, 0, np.floor(np.log2(highest / lowest) + 1e-9))
    return np.where(steps < 0, 0.0, ladder)[()]
