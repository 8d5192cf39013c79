"""Isochrons: a straight line with errors in both coordinates, and the age in its slope."""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.base import checks, doors, fits
from helpers.base.checks import NotAccepted
from helpers.science.samples.laboratories import known


class Line(NamedTuple):
    """A fitted line y = intercept + slope x with 1 sigma errors, chi2 and dof."""

    slope: float
    slope_sigma: float
    intercept: float
    intercept_sigma: float
    chi2: float
    dof: int


@doors.takes(x=doors.numeric, x_sigma=doors.numeric, y=doors.numeric, y_sigma=doors.numeric)
def york(x, x_sigma, y, y_sigma, correlation=0.0):
    """Return the Line that fits points with errors in x and y (York regression).

    x, y and their 1 sigma errors: arrays of length n >= 3; correlation of the two
    errors of a point: number or array, -1 to 1.
    Raises NotAccepted for fewer points, errors not positive, or no convergence.
    Source: York et al., Am. J. Phys. 72, 367 (2004), equations 13 a to 13 f.
    """
    x, y = known(x, "x"), known(y, "y")
    sx, sy = known(x_sigma, "x_sigma", positive=True), known(y_sigma, "y_sigma", positive=True)
    checks.same_length(x, sx, y, sy)
    if len(x) < 3:
        raise NotAccepted(
            f"{len(x)} points; accepted: 3 or more (2 points leave nothing to test the line with)"
        )
    r = np.broadcast_to(np.asarray(correlation, float), x.shape)
    if (abs(r) > 1).any():
        raise NotAccepted(f"correlation {correlation!r}; accepted: -1 to 1")
    wx, wy = sx**-2, sy**-2
    slope = np.polyfit(x, y, 1)[0]
    for _ in range(200):
        w = wx * wy / (wx + slope**2 * wy - 2 * slope * r * np.sqrt(wx * wy))
        xm, ym = w @ x / w.sum(), w @ y / w.sum()
        u, v = x - xm, y - ym
        beta = w * (u / wy + slope * v / wx - (slope * u + v) * r / np.sqrt(wx * wy))
        last, slope = slope, float(w * beta @ v / (w * beta @ u))
        if abs(slope - last) <= 1e-14 * abs(slope):
            break
    else:
        raise NotAccepted(
            f"the fit did not settle after 200 rounds (slope {slope:.6g}); accepted: points that "
            "define a line"
        )
    intercept = float(ym - slope * xm)
    adjusted = xm + beta  # the fitted points, from which the errors are taken
    mean = w @ adjusted / w.sum()
    slope_sigma = float((w @ (adjusted - mean) ** 2) ** -0.5)
    intercept_sigma = float(math.sqrt(1 / w.sum() + mean**2 * slope_sigma**2))
    chi2 = float(w @ (y - intercept - slope * x) ** 2)
    return Line(slope, slope_sigma, intercept, intercept_sigma, chi2, len(x) - 2)


# Decay constants, per year.
# Villa et al., Geochim. Cosmochim. Acta 164, 382 (2015): recommended by IUPAC and IUGS
RB87 = 1.3972e-11


RB87_1977 = 1.42e-11  # Steiger and Jaeger, Earth Planet. Sci. Lett. 36, 359 (1977)


RB87_1970 = 1.39e-11  # in use for the first Apollo samples (Papanastassiou and Wasserburg 1970)


U238 = 1.55125e-10  # Jaffey et al., Phys. Rev. C 4, 1889 (1971)


U235 = 9.8485e-10  # Jaffey et al. (1971)


U238_U235 = 137.818  # ratio of atoms today: Hiess et al., Science 335, 1610 (2012)


def age_from_slope(slope, decay_constant=RB87):
    """Return the age in Ma of an isochron slope (parent-daughter, such as Rb-Sr).

    slope: number or array > -1; decay_constant: per year.
    Source: law of decay, slope = exp(lambda t) - 1.
    """
    if not np.all(checks.number("slope", slope) > -1):
        raise checks.refused("slope", slope, "more than -1")
    return np.log1p(slope) / decay_constant / 1e6


def slope_from_age(age, decay_constant=RB87):
    """Return the isochron slope of an age in Ma; the inverse of age_from_slope."""
    return np.expm1(np.asarray(age) * 1e6 * decay_constant)


@doors.takes(slope=checks.number, slope_sigma=checks.number)
def age_sigma(slope, slope_sigma, decay_constant=RB87):
    """Return the 1 sigma of age_from_slope in Ma (first order; the constant held exact)."""
    return slope_sigma / (1 + slope) / decay_constant / 1e6


@doors.takes(age=checks.number, old=checks.number)
def rescaled_age(age, old, new=RB87):
    """Return an Rb-Sr age in Ma as another decay constant gives it.

    age: Ma; old, new: decay constants, one unit. The slope was measured, the age follows.
    """
    return age * old / new


def pb_pb_slope(age):
    """Return the slope of a lead-lead isochron, 207Pb/204Pb against 206Pb/204Pb.

    age: Ma, more than 0; number or array.
    Source: both uranium clocks together, slope = (exp(l5 t) - 1) / (exp(l8 t) - 1) / 137.818.
    """
    t = checks.positive("age", age) * 1e6
    return np.expm1(U235 * t) / np.expm1(U238 * t) / U238_U235


def pb_pb_age(slope):
    """Return the age in Ma of the slope of a lead-lead isochron (0.0461 to 0.63).

    Raises NotAccepted for a slope that no age up to 4,600 Ma has.
    """
    lo, hi = 1e-3, 4600.0
    accepted = f"{pb_pb_slope(lo):.4f} (today) to {pb_pb_slope(hi):.4f} (4,600 Ma)"
    if not pb_pb_slope(lo) < checks.number("slope", slope, accepted) < pb_pb_slope(hi):
        raise checks.refused("slope", slope, accepted)
    return fits.root(lambda t: pb_pb_slope(t) - slope, lo, hi)


def pb_pb_age_sigma(slope, slope_sigma):
    """Return the 1 sigma of pb_pb_age in Ma (first order; the constants held exact)."""
    age = pb_pb_age(slope)
    return slope_sigma / float(pb_pb_slope(age + 0.5) - pb_pb_slope(age - 0.5))


SYNTHETIC_RB_SR = {"age": 3300, "initial": 0.6993, "seed": 1971, "relative": (0.005, 0.00003)}


SYNTHETIC_PB_PB = {"age": 2030, "start": (300.0, 250.0), "seed": 2021, "relative": (0.01, 0.01)}


def synthetic_rb_sr(age=None, seed=None):
    """Return an invented Rb-Sr data set: mineral, x, x_sigma, y, y_sigma, correlation.

    age: Ma; seed: whole number; without them the values of SYNTHETIC_RB_SR.
    """
    made = SYNTHETIC_RB_SR
    x = np.array([0.004, 0.02, 0.055, 0.09, 0.16, 0.24])
    names = ["plagioclase", "pyroxene", "whole rock", "ilmenite 1", "ilmenite 2", "mesostasis"]
    y = made["initial"] + slope_from_age(made["age"] if age is None else age) * x
    return _noisy(names, x, y, made["relative"], 0.0, made["seed"] if seed is None else seed, 6)


def synthetic_pb_pb(age=None, seed=None):
    """Return an invented Pb-Pb data set, with the columns of synthetic_rb_sr.

    x is 206Pb/204Pb, y is 207Pb/204Pb; errors are correlated (0.9), as 204Pb is shared.
    """
    made = SYNTHETIC_PB_PB
    x = np.array([350.0, 480.0, 700.0, 1100.0, 1900.0, 3200.0, 5200.0, 8000.0])
    names = ["plagioclase"] * 2 + ["K-feldspar"] + ["glass"] * 2 + ["baddeleyite"] * 3
    y = made["start"][1] + pb_pb_slope(made["age"] if age is None else age) * (x - made["start"][0])
    return _noisy(names, x, y, made["relative"], 0.9, made["seed"] if seed is None else seed, 3)


def _noisy(names, x, y, relative, correlation, seed, digits):
    """Return points with normal errors of given relative size, as a DataFrame."""
    rng = np.random.default_rng(seed)
    sx, sy = relative[0] * x, relative[1] * y
    a, b = rng.standard_normal((2, len(x)))
    b = correlation * a + math.sqrt(1 - correlation**2) * b
    columns = {"x": x + a * sx, "x_sigma": sx, "y": y + b * sy, "y_sigma": sy}
    return pd.DataFrame(
        {"mineral": names}
        | {k: v.round(digits) for k, v in columns.items()}
        | {"correlation": correlation}
    )
