"""Aftershocks: how their number falls with time, what is forecast, and how a forecast scores.

Words used here: Omori-Utsu law (events a day fall as a power of the time since the mainshock),
Poisson (counts of events that do not know of one another). Nothing here scores casualties.

Sources, by their ids in data/sources.csv: utsu-1995, ogata-1983, schorlemmer-2007, zechar-2010,
reasenberg-jones-1989, brier-1950.
"""

import math
from typing import NamedTuple

import numpy as np

from helpers.base import checks, doors, fits
from helpers.base.checks import NotAccepted
from helpers.base.constants import DAY_S


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
