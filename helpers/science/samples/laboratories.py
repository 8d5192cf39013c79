"""Several laboratories, one rock: uncertainties, weighted means, and whether values agree."""

import math
from typing import NamedTuple

import numpy as np

from helpers.base import checks, doors
from helpers.base.checks import NotAccepted


class Mean(NamedTuple):
    """A weighted mean: value and 1 sigma; chi2, dof, p; birge ratio; scaled sigma."""

    value: float
    sigma: float
    chi2: float
    dof: int
    p: float
    birge: float
    scaled: float


class Result(NamedTuple):
    """An age that a team found: age and error (Ma, as stated), off which of the team's instruments,
    at which turn.
    """

    team: str
    age: float
    error: float
    instrument: int = 1
    turn: int = 1


@doors.takes(uncertainty=doors.numeric, level=doors.one_name)
def one_sigma(uncertainty, level):
    """Return an uncertainty at 1 sigma.

    uncertainty: number or array; level: "1 sigma" or "2 sigma".
    Raises NotAccepted for "unstated": then you have to choose, and say so.
    """
    if level not in ("1 sigma", "2 sigma"):
        raise NotAccepted(
            f"level {level!r}; accepted: '1 sigma' or '2 sigma' (an unstated level is a choice: "
            "make it, and say so)"
        )
    return np.asarray(uncertainty, float) / int(level[0])


def sigmas_between(a, sigma_a, b, sigma_b):
    """Return how many sigma lie between two independent values (never negative).

    Source: propagation of independent errors, sigma^2 = sigma_a^2 + sigma_b^2.
    """
    a, b = checks.number("a", a), checks.number("b", b)
    sigma = np.hypot(checks.positive("sigma_a", sigma_a), checks.positive("sigma_b", sigma_b))
    return float(abs(a - b) / sigma)


@doors.takes(values=doors.numeric, sigmas=doors.numeric)
def weighted_mean(values, sigmas):
    """Return the Mean of values weighted by 1/sigma^2, with its tests.

    values, sigmas: arrays of length n >= 1, one unit, sigmas at 1 sigma.
    With one value, chi2 and dof are 0 and p and the Birge ratio unknown (NaN).
    Raises NotAccepted for sigmas that are not positive.
    Source: Birge, Phys. Rev. 40, 207 (1932); Particle Data Group, Review of Particle Physics,
    section 5.2.2.
    """
    x, s = known(values, "values"), known(sigmas, "sigmas", positive=True)
    checks.same_length(x, s)
    w = 1 / s**2
    mean, sigma, dof = float(w @ x / w.sum()), float(w.sum() ** -0.5), len(x) - 1
    chi2 = float(w @ (x - mean) ** 2) if dof else 0.0
    birge = math.sqrt(chi2 / dof) if dof else math.nan
    return Mean(
        mean, sigma, chi2, dof, chi2_p(chi2, dof), birge, sigma * max(1.0, birge if dof else 1.0)
    )


def combined_error(results):
    """Return the error of the combined age (1 sigma), for stated errors read as 2 sigma and as 1
    sigma: two numbers.

    results: list of Result. What one instrument of one team gives shares that instrument's faults,
    so the finest of it counts once; different instruments count as independent. The weighted mean's
    error, widened by the Birge ratio where that is above 1; infinite with no result, since then
    nothing is known.
    """
    finest = {}
    for result in sorted(results, key=lambda one: -one.error):
        finest[result.team, result.instrument] = result
    if not finest:
        return math.inf, math.inf
    ages, errors = np.array([(one.age, one.error) for one in finest.values()]).T
    return tuple(
        weighted_mean(ages, one_sigma(errors, level)).scaled for level in ("2 sigma", "1 sigma")
    )


def measured_again(team, own, more):
    """Return a team's results and `more` others off the instrument that it has: the same size,
    where it stands today.
    """
    return _measured(own, more, lambda turn: {"turn": 1 + turn})


def new_instruments(team, own, more):
    """Return a team's results and `more` others, each off one more instrument, as fine as its best:
    same size, anywhere.

    Searched: one by one, the age within 3 errors of its own best that leaves the combined error
    smallest.
    """
    return _measured(own, more, lambda turn: {"instrument": 1 + turn})


def _measured(own, more, mark):
    best, found = min(own, key=lambda one: one.error), list(own)
    ages = best.age + best.error * np.linspace(-3, 3, 13)
    for turn in range(1, more + 1):
        tried = [best._replace(age=float(age), **mark(turn)) for age in ages]
        found.append(min(tried, key=lambda one: sum(combined_error([*found, one]))))
    return found


def chi2_p(chi2, dof):
    """Return the chance of a chi-square this large or larger; NaN for dof 0.

    Source: Abramowitz and Stegun, 26.4.4 and 26.4.5 (recurrence in steps of two degrees of
    freedom).
    """
    if dof < 1:
        return math.nan
    h = chi2 / 2
    q = math.erfc(math.sqrt(h)) if dof % 2 else math.exp(-h)
    for k in range(3 if dof % 2 else 4, dof + 1, 2):
        q += math.exp((k / 2 - 1) * math.log(h) - h - math.lgamma(k / 2)) if h > 0 else 0.0
    return q


def known(values, what, positive=False):
    x = np.atleast_1d(np.asarray(values, float))
    bad = x[~np.isfinite(x) | (x <= 0)] if positive else x[~np.isfinite(x)]
    if len(x) == 0 or len(bad):
        raise NotAccepted(
            f"{what}: {bad[0] if len(bad) else 'no value'}; accepted: one or more "
            f"{'positive ' if positive else ''}numbers"
        )
    return x
