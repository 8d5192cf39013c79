"""Earthquakes: how strong, how many after, and what a circle on the map takes in.

Words used here: magnitude (a number on a logarithmic scale), moment (N m, the
size of the slip), b-value (how quickly numbers fall with magnitude), completeness
(the magnitude above which a catalogue misses nothing), rupture (the line that broke).
Nothing here predicts or scores casualties.

Sources, by their ids in data/sources.csv: hanks-kanamori-1979, iaspei-2013, gutenberg-richter-1956,
choy-boatwright-1995, moritz-2000, aki-1965, utsu-1966, shi-bolt-1982, wiemer-wyss-2000,
woessner-wiemer-2005, utsu-1995, ogata-1983, schorlemmer-2007, zechar-2010,
reasenberg-jones-1989, brier-1950, bath-1966; on the fault before 2025: hurukawa-2011.
"""

import math
from typing import NamedTuple

import numpy as np

from helpers.base import checks, doors, fits
from helpers.base.checks import NotAccepted
from helpers.base.constants import DAY_S

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


# --- how the number falls with time -----------------------------------------------------


class Omori(NamedTuple):
    """Parameters of the Omori-Utsu law: k (events per day at t + c = 1 d), c (d), p, with standard
    errors.
    """

    k: float
    c: float
    p: float
    log_likelihood: float = math.nan
    events: int = 0
    errors: tuple = (math.nan,) * 3


@doors.takes(times=doors.labelled())
def days_after(times, origin):
    """Return days (n,) from an origin time to times (pandas Series of UTC times)."""
    return np.asarray((times - origin).dt.total_seconds(), float) / DAY_S


def omori_rate(days, k, c, p):
    """Return events a day at a time after the mainshock: k / (t + c)^p.

    days: number or array, t in days; k, c in days, p. Source: Utsu and others 1995.
    """
    return k / (np.asarray(days, float) + c) ** p


def omori_count(start, end, k, c, p):
    """Return the number of events between two times, the integral of the rate.

    start, end: days after the mainshock, numbers or arrays. Source: Utsu and others 1995.
    """
    low, high = np.log(np.asarray(start, float) + c), np.log(np.asarray(end, float) + c)
    q = 1 - p
    if abs(q) < 1e-9:  # the integral of 1 / x
        return k * (high - low)
    return k * np.exp(q * low) * np.expm1(q * (high - low)) / q


@doors.takes(days=doors.numeric, start=checks.finite, end=checks.finite)
def fit_omori(days, start, end):
    """Return the Omori-Utsu law most likely to give these events, as an Omori.

    days: times (n,) after the mainshock in days; start, end: window in days; events outside
    are left out. Raises NotAccepted for fewer than 5 events or a window that is empty.
    A window that starts late says nothing about c: then c runs to 0 and its error is NaN.
    Source: Ogata 1983. For each c and p the best k is n over the integral, so the search
    (Nelder and Mead 1965) runs over log c and p alone; errors from the curvature at the top.
    """
    if not 0 <= start < end:
        raise NotAccepted(
            f"window from {start} to {end} days; accepted: a start from 0 and an end after it"
        )
    t = np.asarray(days, float)
    t = t[(t >= start) & (t <= end)]
    if t.size < 5:
        raise NotAccepted(f"{t.size} events between {start} and {end} days; accepted: 5 or more")
    log_c, p = fits.lowest_point(
        lambda x: -_omori_profile(t, start, end, math.exp(x[0]), x[1]),
        [(math.log(0.05), 1.0), (math.log(0.2), 1.0), (math.log(0.05), 1.3)],
    )
    c = math.exp(log_c)
    best = (t.size / float(omori_count(start, end, 1, c, p)), c, float(p))
    return Omori(
        *best,
        omori_log_likelihood(t, start, end, *best),
        t.size,
        _omori_errors(t, start, end, best),
    )


def omori_log_likelihood(days, start, end, k, c, p):
    """Return the log-likelihood of events (n,) under an Omori-Utsu law. Source: Ogata 1983,
    equation 6.
    """
    return float(np.log(omori_rate(days, k, c, p)).sum() - omori_count(start, end, k, c, p))


def _omori_profile(t, start, end, c, p):
    """Return the log-likelihood at the best k for this c and p."""
    if not 1e-8 < c < 1e4:
        return -math.inf
    return omori_log_likelihood(
        t, start, end, t.size / float(omori_count(start, end, 1, c, p)), c, p
    )


def _omori_errors(t, start, end, best):
    """Return standard errors of k, c and p from the information matrix by central differences."""
    steps = np.diag([1e-3 * abs(v) for v in best])
    value = lambda d: omori_log_likelihood(t, start, end, *(np.array(best) + d))
    curved = [
        [
            (value(a + b) - value(a - b) - value(b - a) + value(-a - b)) / (4 * a.sum() * b.sum())
            for b in steps
        ]
        for a in steps
    ]
    variance = np.diag(np.linalg.inv(-np.array(curved)))
    variance = [
        variance[0],
        variance[1] if best[1] > 1e-6 else math.nan,
        variance[2],
    ]  # c at its limit has no curvature
    return tuple(math.sqrt(v) if v > 0 else math.nan for v in variance)


# --- forecasts and their scores -----------------------------------------------------------


def expected_aftershocks(omori, b, from_magnitude, magnitude, start, end):
    """Return the expected number of aftershocks of at least a magnitude in a window.

    omori: an Omori fitted to events from `from_magnitude`; b: b-value; magnitude: number or
    array; start, end: days after the mainshock. Source: Reasenberg and Jones 1989.
    """
    fall = 10.0 ** (-b * (checks.number("magnitude", magnitude) - from_magnitude))
    return omori_count(start, end, omori.k, omori.c, omori.p) * fall


def chance_of_any(expected):
    """Return the chance of one event or more when `expected` are expected: 1 - exp(-expected)
    (Poisson).
    """
    return -np.expm1(-checks.not_negative("expected", expected))


def expected_from_chance(chance):
    """Return the expected number that gives a chance (0 to below 1) of one event or more."""
    known = checks.number("chance", chance, "from 0 to below 1")
    if not np.all((known >= 0) & (known < 1)):
        raise checks.refused("chance", chance, "from 0 to below 1")
    return -np.log1p(-known)


def poisson_log_likelihood(expected, observed):
    """Return the joint log-likelihood of observed counts under expected numbers.

    expected, observed: numbers or arrays (n,). An observed event where none is expected gives
    minus infinity. Source: Schorlemmer and others 2007, equation 5.
    """
    pairs = zip(np.ravel(np.asarray(expected, float)), np.ravel(observed))
    return sum(
        -e - math.lgamma(n + 1) + (n * math.log(e) if e > 0 else -math.inf if n else 0.0)
        for e, n in pairs
    )


def number_test(expected, observed):
    """Return the chances of at least, and of at most, the observed number (the N-test).

    expected: expected number above zero; observed: whole number. A chance below 0.025 on one
    side says that the forecast gave too few, on the other too many.
    Raises NotAccepted for other numbers.
    Source: Schorlemmer and others 2007; Zechar and others 2010.
    """
    expected = checks.positive("expected", checks.finite("expected", expected))
    observed = checks.not_negative("observed", checks.finite("observed", observed))
    if observed != int(observed):
        raise checks.refused("observed", observed, "a whole number from 0")
    # The smaller tail is added up, the larger one follows from it: nothing cancels.
    if observed > expected:
        at_least = _poisson_sum(expected, observed, _far_above(expected, observed))
        return at_least, 1 - _poisson_sum(expected, observed + 1, _far_above(expected, observed))
    at_most = _poisson_sum(expected, 0, observed)
    return 1 - at_most + _poisson_sum(expected, observed, observed), at_most


def _far_above(expected, observed):
    """Return a number beyond which a Poisson distribution adds nothing that a float could hold."""
    return observed + 50 + 20 * math.sqrt(expected)


def _poisson_sum(expected, first, last):
    """Return the chance of a number from first to last when so many are expected; in logarithms, no
    underflow.
    """
    n = np.arange(int(first), int(last) + 1)
    start = n[0] * math.log(expected) - expected - math.lgamma(n[0] + 1)
    logs = start + np.concatenate([[0.0], np.cumsum(math.log(expected) - np.log(n[1:]))])
    return float(np.exp(logs).sum())


@doors.takes(chance=checks.number, happened=checks.number)
def brier_score(chance, happened):
    """Return the mean squared error of chances (n,) in 0 to 1 against what happened (n,): 0 is
    perfect (Brier 1950).
    """
    return float(np.mean((np.asarray(chance, float) - np.asarray(happened, float)) ** 2))
