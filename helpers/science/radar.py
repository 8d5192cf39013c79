"""Radar that looks into the ground: from echo times to depths, and what a slope looks like.

Permittivity is the relative permittivity (1 in vacuum, about 3 to 9 in dry rock): the wave is
slower by its root. Depths are metres, times nanoseconds there and back, angles degrees.
"""

from dataclasses import dataclass

import numpy as np

from helpers.base import checks, doors
from helpers.base.constants import LIGHT_M_S

LIGHT_M_NS = LIGHT_M_S / 1e9  # m/ns


def two_way_ns(depth_m, permittivity):
    """Return the time there and back to a depth, ns, or arrays: 2 d sqrt(eps) / c."""
    return (
        2
        * checks.at_least("depth_m", depth_m, 0)
        * np.sqrt(checks.at_least("permittivity", permittivity, 1))
        / LIGHT_M_NS
    )


def depth_m(two_way_ns, permittivity):
    """Return the depth of an echo, m, or arrays: the inverse of `two_way_ns`."""
    return (
        checks.at_least("two_way_ns", two_way_ns, 0)
        * LIGHT_M_NS
        / (2 * np.sqrt(checks.at_least("permittivity", permittivity, 1)))
    )


def resolution_m(bandwidth_mhz, permittivity=1.0):
    """Return how far apart two layers must lie to give two echoes, m, or arrays: c / (2 B
    sqrt(eps)).
    """
    band = checks.at_least("bandwidth_mhz", bandwidth_mhz, 1e-9)
    return (
        1000 * LIGHT_M_NS / (2 * band * np.sqrt(checks.at_least("permittivity", permittivity, 1)))
    )


def reflection(upper, lower):
    """Return the amplitude thrown back where permittivity goes from upper to lower, -1 to 1.

    (sqrt(upper) - sqrt(lower)) / (sqrt(upper) + sqrt(lower)), straight down: below 0 the echo is
    upside down. Its square is the share of the power. Source: Fresnel's equations at normal
    incidence.
    """
    above, below = (
        np.sqrt(checks.at_least("upper", upper, 1)),
        np.sqrt(checks.at_least("lower", lower, 1)),
    )
    return (above - below) / (above + below)


@doors.takes(
    depth_m=checks.number,
    permittivity=checks.number,
    loss_tangent=checks.number,
    frequency_mhz=checks.number,
)
def absorbed_db(depth_m, permittivity, loss_tangent, frequency_mhz):
    """Return what the ground swallows there and back to a depth, dB, or arrays (small losses).

    Source: Ulaby and Ravaioli, Fundamentals of Applied Electromagnetics, low-loss dielectric:
    attenuation = pi f sqrt(eps) tan(delta) / c nepers a metre; a neper is 8.686 dB.
    """
    nepers = (
        np.pi
        * frequency_mhz
        * 1e-3
        * np.sqrt(checks.at_least("permittivity", permittivity, 1))
        / LIGHT_M_NS
    )
    return (
        2
        * 20
        * np.log10(np.e)
        * nepers
        * checks.at_least("loss_tangent", loss_tangent, 0)
        * checks.at_least("depth_m", depth_m, 0)
    )


# --- slopes ----------------------------------------------------------------------------------


def dip_deg(drop_m, along_m):
    """Return the slope of a layer that goes down drop_m over along_m, degrees, or arrays."""
    return np.degrees(
        np.arctan2(np.asarray(drop_m, dtype=float), checks.at_least("along_m", along_m, 1e-9))
    )[()]


def drawn_dip_deg(dip_deg, exaggeration):
    """Return how steep a slope looks where the vertical is drawn so many times larger, degrees, or
    arrays.
    """
    return np.degrees(
        np.arctan(checks.at_least("exaggeration", exaggeration, 1e-9) * np.tan(np.radians(dip_deg)))
    )


def true_dip_deg(drawn_deg, exaggeration):
    """Return the slope behind a drawn one, degrees, or arrays: the inverse of `drawn_dip_deg`."""
    return np.degrees(
        np.arctan(
            np.tan(np.radians(drawn_deg)) / checks.at_least("exaggeration", exaggeration, 1e-9)
        )
    )


def beach_slope_deg(wave_m, grain_mm, period_s, gravity_m_s2=9.81):
    """Return the slope of a beach face, degrees, from its waves and its grains.

    tan(slope) = 0.12 / sqrt(H / (sqrt(g D) T)): a fit to beaches in the field, with wide scatter.
    Source: T. Sunamura 1984, GSA Bulletin 95, 242. Arrays are taken as well.
    """
    waves, grains = (
        checks.at_least("wave_m", wave_m, 1e-6),
        checks.at_least("grain_mm", grain_mm, 1e-6) / 1000,
    )
    swash = np.sqrt(gravity_m_s2 * grains) * checks.at_least("period_s", period_s, 1e-6)
    return np.degrees(np.arctan(0.12 / np.sqrt(waves / swash)))


# --- a made-up radargram ---------------------------------------------------------------------


@dataclass(frozen=True)
class Radargram:
    """A made-up sounding along a line: distances (N) m, echo times (M) ns, amplitudes (M, N), 1 at
    most.
    """

    along_m: np.ndarray
    time_ns: np.ndarray
    amplitude: np.ndarray


def dipping_layers(length_m=200.0, dip_deg=14.5, top_m=10.0, bottom_m=35.0, spacing_m=6.0):
    """Return layers as (depth at the start, first, last metre along the line).

    All dip alike, away from the start, and lie spacing_m apart straight down: as one would draw a
    beach that grew outwards. Lines that leave the band between top and bottom are cut there.
    """
    slope = np.tan(np.radians(dip_deg))
    if not slope > 0:
        raise checks.refused("dip_deg", dip_deg, "above 0, below 90")
    checks.at_least("spacing_m", spacing_m, 0.1)
    starts = np.arange(bottom_m - spacing_m, top_m - slope * length_m, -spacing_m)
    first = np.maximum(0, (top_m - starts) / slope)
    last = np.minimum(length_m, (bottom_m - starts) / slope)
    keep = last - first > 0.02 * length_m
    return list(zip(starts[keep], first[keep], last[keep]))


def radargram(
    layers,
    dip_deg,
    permittivity,
    length_m=200.0,
    deepest_m=45.0,
    frequency_mhz=55.0,
    noise=0.15,
    seed=11,
):
    """Return a made-up Radargram of dipping layers: a Ricker wavelet at each echo, and noise.

    layers: what `dipping_layers` gives; frequency_mhz: centre of the band. Drawn where the layers
    lie (as after migration); nothing is absorbed, nothing scatters.
    """
    along = np.linspace(0, length_m, max(201, int(length_m / 2) + 1))
    time = np.arange(0, two_way_ns(deepest_m, permittivity), 2.0)
    picture = noise * np.random.default_rng(seed).standard_normal((time.size, along.size))
    for start, first, last in layers:
        depth = start + along * np.tan(np.radians(dip_deg))
        inside = (along >= first) & (along <= last) & (depth >= 0)
        echo = two_way_ns(depth[inside], permittivity)
        picture[:, inside] += _ricker(time[:, None] - echo, frequency_mhz)
    return Radargram(along, time, np.clip(picture, -1, 1))


def _ricker(time_ns, frequency_mhz):
    """Return the Ricker wavelet, 1 at time 0: the usual stand-in for a radar's pulse (N. Ricker
    1953).
    """
    phase = (np.pi * frequency_mhz * 1e-3 * time_ns) ** 2
    return (1 - 2 * phase) * np.exp(-phase)
