"""Earthquakes: how strong, how many small for each large, what a circle on the map takes in.

Words used here: magnitude (a number on a logarithmic scale), moment (N m, the
size of the slip), b-value (how quickly numbers fall with magnitude), completeness
(the magnitude above which a catalogue misses nothing), rupture (the line that broke).
Nothing here predicts or scores casualties.

Sources, by their ids in data/sources.csv: hanks-kanamori-1979, iaspei-2013, gutenberg-richter-1956,
choy-boatwright-1995, moritz-2000, aki-1965, utsu-1966, shi-bolt-1982, wiemer-wyss-2000,
woessner-wiemer-2005, bath-1966; on the fault before 2025: hurukawa-2011.
"""

import math
from typing import NamedTuple

import numpy as np

from helpers.base import checks, doors
from helpers.base.checks import NotAccepted

# Distances and circles are part of this subject: lessons and questions find them here.
from helpers.base.sphere import circle, distance, line_length, line_share_inside  # noqa: F401

MOMENT_OFFSET = 9.1  # log10(M0 / N m) = 1.5 Mw + 9.1: IASPEI 2013, after Hanks and Kanamori 1979
RIGIDITY_PA = 3.0e10  # usual value for the crust: Hanks and Kanamori 1979
ENERGY_RELATIONS = {  # log10(E / J) = offset + slope * M
    "gutenberg-richter": (4.8, 1.5),  # Gutenberg and Richter 1956, 11.8 + 1.5 M in erg
    "choy-boatwright": (4.4, 1.5),  # Choy and Boatwright 1995
    "bath": (5.24, 1.44),  # Bath 1966, 12.24 + 1.44 M in erg; the form that the USGS teaches
}


# --- strength ------------------------------------------------------------------------


def moment(magnitude):
    """Return the seismic moment in N m of a moment magnitude.

    magnitude: number or array, dimensionless.
    Source: IASPEI 2013, log10 M0 = 1.5 Mw + 9.1.
    """
    return 10.0 ** (1.5 * checks.number("magnitude", magnitude) + MOMENT_OFFSET)


def moment_magnitude(moment_nm):
    """Return the moment magnitude of a seismic moment.

    moment_nm: number or array above zero, in N m.
    Raises NotAccepted for a moment that is not above zero. Source: IASPEI 2013.
    """
    return (np.log10(checks.positive("moment_nm", moment_nm)) - MOMENT_OFFSET) / 1.5


@doors.takes(length_km=checks.number, width_km=checks.number, slip_m=checks.number)
def fault_moment(length_km, width_km, slip_m, rigidity_pa=RIGIDITY_PA):
    """Return the seismic moment in N m of a fault: rigidity times area times mean slip.

    length_km, width_km: sides of the broken area in km; slip_m: mean slip in m;
    rigidity_pa: stiffness of the rock in Pa. Source: Hanks and Kanamori 1979.
    """
    return rigidity_pa * (length_km * 1e3) * (width_km * 1e3) * slip_m


def radiated_energy(magnitude, relation="gutenberg-richter"):
    """Return the energy in J that leaves the fault as waves.

    magnitude: number or array; relation: one of ENERGY_RELATIONS, where the sources stand.
    Raises NotAccepted for an unknown relation.
    """
    if relation not in ENERGY_RELATIONS:
        raise NotAccepted(
            f"no energy relation {relation!r}; accepted: {', '.join(ENERGY_RELATIONS)}"
        )
    offset, slope = ENERGY_RELATIONS[relation]
    return 10.0 ** (offset + slope * checks.number("magnitude", magnitude))


def energy_ratio(magnitude, other, relation="gutenberg-richter"):
    """Return how many times the energy of one magnitude is that of another."""
    return radiated_energy(magnitude, relation) / radiated_energy(other, relation)


def ten_a_step(magnitude, other):
    """Return what comes out when each whole step of magnitude is taken for ten times the energy:
    a slip, to be named.
    """
    magnitude, other = checks.number("magnitude", magnitude), checks.number("other", other)
    return 10.0 ** (magnitude - other)


# --- how many small for each large ----------------------------------------------------


class BValue(NamedTuple):
    """A b-value: b, its standard error, the events used, and their completeness."""

    b: float
    error: float
    events: int
    completeness: float


def frequency_magnitude(magnitudes, width=0.1):
    """Return bin centres, counts and counts at or above each bin, as arrays (n,).

    magnitudes: (m,); width: width of a bin, the rounding of the magnitudes.
    """
    m = np.asarray(magnitudes, float)
    if m.size == 0 or not np.isfinite(m).all() or not width > 0:
        raise NotAccepted(
            f"{m.size} magnitudes {m[~np.isfinite(m)]} in bins of width {width}; accepted: one or "
            "more known numbers, and a width above zero"
        )
    steps = np.rint(m / width).astype(int)
    counts = np.bincount(steps - steps.min())
    centres = (np.arange(counts.size) + steps.min()) * width
    return np.round(centres, 10), counts, counts[::-1].cumsum()[::-1]


def completeness(magnitudes, width=0.1, method="maximum curvature", fit=90):
    """Return the magnitude above which a catalogue seems to miss nothing.

    magnitudes: (n,); width: width of a bin; method: "maximum curvature" (the fullest
    bin) or "goodness of fit" (the first bin from which a Gutenberg-Richter line explains
    `fit` per cent of the numbers). Raises NotAccepted for an unknown method or no such bin.
    Source: Wiemer and Wyss 2000. Maximum curvature tends to come out low; Woessner and
    Wiemer 2005 add 0.2.
    """
    centres, counts, above = frequency_magnitude(magnitudes, width)
    if method == "maximum curvature":
        return float(centres[np.argmax(counts)])
    if method != "goodness of fit":
        raise NotAccepted(f"no method {method!r}; accepted: maximum curvature, goodness of fit")
    for m in centres[above >= 2]:
        if goodness_of_fit(magnitudes, m, width) >= fit:
            return float(m)
    raise NotAccepted(
        f"no bin of {len(centres)} reaches a fit of {fit} per cent; accepted: a smaller fit or "
        "more events"
    )


@doors.takes(magnitudes=checks.finite, from_magnitude=checks.finite)
def goodness_of_fit(magnitudes, from_magnitude, width=0.1):
    """Return how many per cent of the cumulative numbers a Gutenberg-Richter line explains.

    magnitudes: (n,); from_magnitude: first bin used. Source: Wiemer and Wyss 2000, equation 1.
    """
    found = b_value(magnitudes, from_magnitude, width)
    centres, _, above = frequency_magnitude(magnitudes, width)
    use = centres >= from_magnitude - width / 4
    line = above[use][0] * 10 ** (-found.b * (centres[use] - from_magnitude))
    return float(100 - 100 * np.abs(above[use] - line).sum() / above[use].sum())


@doors.takes(magnitudes=doors.numeric, from_magnitude=checks.finite)
def b_value(magnitudes, from_magnitude, width=0.1):
    """Return the b-value of the events at or above a magnitude, as a BValue.

    magnitudes: (n,); from_magnitude: completeness; width: width of a bin. Half a bin is
    taken off, because 4.2 stands for 4.15 to 4.25.
    Raises NotAccepted for fewer than 2 events or no spread.
    Sources: Aki 1965 and Utsu 1966 (b); Shi and Bolt 1982 (standard error).
    """
    m = np.asarray(magnitudes, float)
    m = m[m >= from_magnitude - width / 4]
    if m.size < 2:
        raise NotAccepted(
            f"{m.size} events at or above magnitude {from_magnitude}; accepted: 2 or more"
        )
    excess = m.mean() - (from_magnitude - width / 2)
    if not excess > 0:
        raise NotAccepted(
            f"mean magnitude {m.mean()} is not above {from_magnitude - width / 2}; accepted: a bin "
            "width above zero, or magnitudes that differ"
        )
    b = math.log10(math.e) / excess
    error = math.log(10) * b**2 * math.sqrt(((m - m.mean()) ** 2).sum() / (m.size * (m.size - 1)))
    return BValue(float(b), float(error), int(m.size), float(from_magnitude))
