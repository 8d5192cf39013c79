"""What a gram of Moon tells: ages and their uncertainties, isochrons, craters, melts.

Ages are in Ma (million years) unless a name says Ga; uncertainties are 1 sigma.
Results of several numbers are named tuples: print one to see what it holds.
"""

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.tables import data


class SampleError(ValueError):
    """A value that an age, a fit or a melt cannot be computed from."""


# --- several laboratories, one rock ---------------------------------------------------


class Mean(NamedTuple):
    """A weighted mean: value and 1 sigma; chi2, dof, p; birge ratio; scaled sigma."""

    value: float
    sigma: float
    chi2: float
    dof: int
    p: float
    birge: float
    scaled: float


def one_sigma(uncertainty, level):
    """Return an uncertainty at 1 sigma.

    uncertainty: number or array; level: "1 sigma" or "2 sigma".
    Raises SampleError for "unstated": then you have to choose, and say so.
    """
    if level not in ("1 sigma", "2 sigma"):
        raise SampleError(
            f"level {level!r}; accepted: '1 sigma' or '2 sigma' (an unstated level is a choice: make it, and say so)"
        )
    return np.asarray(uncertainty, float) / int(level[0])


def sigmas_between(a, sigma_a, b, sigma_b):
    """Return how many sigma lie between two independent values (never negative).

    Source: propagation of independent errors, sigma^2 = sigma_a^2 + sigma_b^2.
    """
    return abs(a - b) / math.hypot(sigma_a, sigma_b)


def weighted_mean(values, sigmas):
    """Return the Mean of values weighted by 1/sigma^2, with its tests.

    values, sigmas: arrays of length n >= 1, one unit, sigmas at 1 sigma.
    With one value, chi2 and dof are 0 and p and the Birge ratio unknown (NaN).
    Raises SampleError for sigmas that are not positive.
    Source: Birge, Phys. Rev. 40, 207 (1932); Particle Data Group, Review of Particle Physics, section 5.2.2.
    """
    x, s = _values(values, "values"), _values(sigmas, "sigmas", positive=True)
    _same_length(x, s)
    w = 1 / s**2
    mean, sigma, dof = float(w @ x / w.sum()), float(w.sum() ** -0.5), len(x) - 1
    chi2 = float(w @ (x - mean) ** 2) if dof else 0.0
    birge = math.sqrt(chi2 / dof) if dof else math.nan
    return Mean(
        mean, sigma, chi2, dof, chi2_p(chi2, dof), birge, sigma * max(1.0, birge if dof else 1.0)
    )


def chi2_p(chi2, dof):
    """Return the chance of a chi-square this large or larger; NaN for dof 0.

    Source: Abramowitz and Stegun, 26.4.4 and 26.4.5 (recurrence in steps of two degrees of freedom).
    """
    if dof < 1:
        return math.nan
    h = chi2 / 2
    q = math.erfc(math.sqrt(h)) if dof % 2 else math.exp(-h)
    for k in range(3 if dof % 2 else 4, dof + 1, 2):
        q += math.exp((k / 2 - 1) * math.log(h) - h - math.lgamma(k / 2)) if h > 0 else 0.0
    return q


# --- isochrons: a straight line with errors in both coordinates -------------------------


class Line(NamedTuple):
    """A fitted line y = intercept + slope x with 1 sigma errors, chi2 and dof."""

    slope: float
    slope_sigma: float
    intercept: float
    intercept_sigma: float
    chi2: float
    dof: int


def york(x, x_sigma, y, y_sigma, correlation=0.0):
    """Return the Line that fits points with errors in x and y (York regression).

    x, y and their 1 sigma errors: arrays of length n >= 3; correlation of the two
    errors of a point: number or array, -1 to 1.
    Raises SampleError for fewer points, errors not positive, or no convergence.
    Source: York et al., Am. J. Phys. 72, 367 (2004), equations 13 a to 13 f.
    """
    x, y = _values(x, "x"), _values(y, "y")
    sx, sy = _values(x_sigma, "x_sigma", positive=True), _values(y_sigma, "y_sigma", positive=True)
    _same_length(x, sx, y, sy)
    if len(x) < 3:
        raise SampleError(
            f"{len(x)} points; accepted: 3 or more (2 points leave nothing to test the line with)"
        )
    r = np.broadcast_to(np.asarray(correlation, float), x.shape)
    if (abs(r) > 1).any():
        raise SampleError(f"correlation {correlation!r}; accepted: -1 to 1")
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
        raise SampleError(
            f"the fit did not settle after 200 rounds (slope {slope:.6g}); accepted: points that define a line"
        )
    intercept = float(ym - slope * xm)
    adjusted = xm + beta  # the fitted points, from which the errors are taken
    mean = w @ adjusted / w.sum()
    slope_sigma = float((w @ (adjusted - mean) ** 2) ** -0.5)
    intercept_sigma = float(math.sqrt(1 / w.sum() + mean**2 * slope_sigma**2))
    chi2 = float(w @ (y - intercept - slope * x) ** 2)
    return Line(slope, slope_sigma, intercept, intercept_sigma, chi2, len(x) - 2)


# Decay constants, per year.
RB87 = 1.3972e-11  # Villa et al., Geochim. Cosmochim. Acta 164, 382 (2015): recommended by IUPAC and IUGS
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
    if np.any(np.asarray(slope) <= -1):
        raise SampleError(f"slope {slope!r}; accepted: more than -1")
    return np.log1p(slope) / decay_constant / 1e6


def slope_from_age(age, decay_constant=RB87):
    """Return the isochron slope of an age in Ma; the inverse of age_from_slope."""
    return np.expm1(np.asarray(age) * 1e6 * decay_constant)


def age_sigma(slope, slope_sigma, decay_constant=RB87):
    """Return the 1 sigma of age_from_slope in Ma (first order; the constant held exact)."""
    return slope_sigma / (1 + slope) / decay_constant / 1e6


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
    t = np.asarray(age, float) * 1e6
    if np.any(t <= 0):
        raise SampleError(f"age {age!r} Ma; accepted: more than 0")
    return np.expm1(U235 * t) / np.expm1(U238 * t) / U238_U235


def pb_pb_age(slope):
    """Return the age in Ma of the slope of a lead-lead isochron (0.0461 to 0.63).

    Raises SampleError for a slope that no age up to 4,600 Ma has.
    """
    lo, hi = 1e-3, 4600.0
    if not pb_pb_slope(lo) < slope < pb_pb_slope(hi):
        raise SampleError(
            f"slope {slope!r}; accepted: {pb_pb_slope(lo):.4f} (today) to {pb_pb_slope(hi):.4f} (4,600 Ma)"
        )
    return _bisect(lambda t: pb_pb_slope(t) - slope, lo, hi)


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


# --- crater chronologies ----------------------------------------------------------------


class Chronology(NamedTuple):
    """A curve N(1) = a (exp(b T) - 1) + c T, T in Ga, N(1) per km2."""

    name: str
    a: float
    b: float
    c: float


def chronology(name):
    """Return the Chronology of a row of the table `crater_chronologies`, by its id."""
    rows = data.table("crater_chronologies").set_index("id")
    if name not in rows.index:
        raise SampleError(f"no chronology {name!r}; accepted: {', '.join(rows.index)}")
    row = rows.loc[name]
    return Chronology(row["name"], row["a"], row["b"], row["c"])


def n1(age_ga, curve):
    """Return the craters of 1 km and more per km2 on a surface of an age in Ga.

    age_ga: number or array, 0 to 4.5; curve: a Chronology.
    Source: Neukum, Ivanov and Hartmann, Space Sci. Rev. 96, 55 (2001), equation 5.
    """
    t = np.asarray(age_ga, float)
    if np.any((t < 0) | (t > 4.5)):
        raise SampleError(f"age {age_ga!r} Ga; accepted: 0 to 4.5")
    return curve.a * np.expm1(curve.b * t) + curve.c * t


def crater_age(density, curve):
    """Return the age in Ga of a surface with a crater density N(1) per km2.

    density: number or array within the curve's range from 0 to 4.5 Ga.
    """
    d = np.asarray(density, float)
    if np.any((d < 0) | (d > n1(4.5, curve))):
        raise SampleError(
            f"crater density {density!r} per km2; accepted: 0 to {n1(4.5, curve):.3g} for {curve.name}"
        )
    return _bisect(lambda t: n1(t, curve) - d, np.zeros_like(d), np.full_like(d, 4.5))


def crater_rate(age_ga, curve):
    """Return how fast craters of 1 km and more formed at an age: per km2 and Ga."""
    return curve.a * curve.b * np.exp(curve.b * np.asarray(age_ga, float)) + curve.c


def recalibrated(curve, age_ga, density):
    """Return the Chronology whose straight part passes through one dated site.

    age_ga, density: the site's age in Ga and N(1) per km2. Only c moves: a and b, the
    early bombardment, are held by older sites. Raises SampleError where c would not be positive.
    """
    c = (density - curve.a * math.expm1(curve.b * age_ga)) / age_ga
    if not c > 0:
        raise SampleError(
            f"a site of {age_ga!r} Ga with {density!r} craters per km2 leaves no room for c; accepted: a density above {curve.a * math.expm1(curve.b * age_ga):.3g}"
        )
    return curve._replace(name=f"{curve.name}, through one site", c=c)


def production(diameter, name="neukum-2001"):
    """Return N(D)/N(1): how many craters of D and more there are for one of 1 km.

    diameter: km, 0.01 to 300, number or array; name: in the table `crater_productions`.
    Source: Neukum et al. (2001), equation 2.
    """
    rows = data.table("crater_productions")
    if name not in set(rows["production"]):
        raise SampleError(
            f"no production function {name!r}; accepted: {', '.join(sorted(set(rows['production'])))}"
        )
    d = np.asarray(diameter, float)
    if np.any((d < 0.01) | (d > 300)):
        raise SampleError(f"diameter {diameter!r} km; accepted: 0.01 to 300")
    a = rows[rows["production"] == name].sort_values("power")["coefficient"].to_numpy()
    return 10 ** (np.polynomial.polynomial.polyval(np.log10(d), a) - a[0])


# --- basalts and melts --------------------------------------------------------------------

MGO, FEO = 40.304, 71.844  # molar masses, g/mol: IUPAC standard atomic weights
K_IN_K2O = 2 * 39.0983 / 94.196  # mass share of potassium in K2O: the same
TITANIUM = ((1.0, "very-low-Ti"), (6.0, "low-Ti"), (math.inf, "high-Ti"))  # wt% TiO2 below
ALUMINIUM, POTASSIUM = 11.0, 2000.0  # wt% Al2O3 and ug/g K that part low from high


def basalt_class(tio2, al2o3=None, k=None):
    """Return the class of a mare basalt, such as "low-Ti/low-Al/low-K".

    tio2, al2o3: wt%; k: potassium in ug/g; what is missing is left out of the name.
    Source: Neal and Taylor, Geochim. Cosmochim. Acta 56, 2177 (1992).
    """
    if not 0 <= tio2 <= 100:
        raise SampleError(f"TiO2 {tio2!r} wt%; accepted: 0 to 100")
    names = [next(name for below, name in TITANIUM if tio2 < below)]
    for value, limit, element in ((al2o3, ALUMINIUM, "Al"), (k, POTASSIUM, "K")):
        if value is not None and not pd.isna(value):
            names.append(f"{'low' if value < limit else 'high'}-{element}")
    return "/".join(names)


def mg_number(mgo, feo):
    """Return 100 Mg/(Mg + Fe) by moles from MgO and FeO in wt%."""
    return 100 * (mgo / MGO) / (mgo / MGO + feo / FEO)


def rayleigh(melt, d):
    """Return the enrichment of an element in the melt left over, when crystals leave it.

    melt: share of melt left, above 0 to 1; d: bulk partition coefficient (crystal/melt), 0 or more.
    Source: Rayleigh, Phil. Mag. 42, 493 (1896); as C/C0 = F^(D - 1).
    """
    return _melt(melt) ** (_partition(d) - 1)


def rayleigh_solid(melt, d):
    """Return the enrichment of all crystals together, when the rest is melt.

    Arguments as in rayleigh. Mass is kept: F C_melt + (1 - F) C_solid = 1.
    At melt 1 there are no crystals yet: the value is that of the first one, d.
    """
    f, d = _melt(melt), _partition(d)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(f < 1, (1 - f**d) / (1 - f), d)[()]


def equilibrium_melt(melt, d):
    """Return the enrichment of the melt when crystals stay and keep exchanging with it.

    Source: mass balance, C/C0 = 1 / (F + D (1 - F)).
    """
    f = _melt(melt)
    return 1 / (f + _partition(d) * (1 - f))


def magma_ocean(melt, stages):
    """Return the enrichment of the melt of a magma ocean that crystallises in stages.

    melt: share of melt left, number or array; stages: pairs (melt share at which the
    stage begins, bulk partition coefficient), the first at 1, then falling.
    Example: magma_ocean(0.01, [(1, 0.01), (0.22, 1.2)]) for an element that plagioclase likes.
    Assumptions: one well-stirred melt, crystals leave it at once, constant d in a stage.
    """
    starts = [s for s, _ in stages]
    if not stages or starts[0] != 1 or any(b >= a for a, b in pairwise(starts)) or starts[-1] <= 0:
        raise SampleError(f"stages {stages!r}; accepted: (1, d), then shares that fall, above 0")
    f, result = _melt(melt), 1.0
    for (start, d), end in zip(stages, starts[1:] + [0.0]):
        inside = np.clip(f, end, start) if end else np.minimum(f, start)
        result = result * (inside / start) ** (_partition(d) - 1)
    return result


def _melt(share):
    f = np.asarray(share, float)
    if np.any((f <= 0) | (f > 1)):
        raise SampleError(f"share of melt {share!r}; accepted: above 0, to 1")
    return f[()]


def _partition(d):
    if np.any(np.asarray(d) < 0):
        raise SampleError(f"partition coefficient {d!r}; accepted: 0 or more")
    return d


# --- shared -----------------------------------------------------------------------------------


def _values(values, what, positive=False):
    x = np.atleast_1d(np.asarray(values, float))
    bad = x[~np.isfinite(x) | (x <= 0)] if positive else x[~np.isfinite(x)]
    if len(x) == 0 or len(bad):
        raise SampleError(
            f"{what}: {bad[0] if len(bad) else 'no value'}; accepted: one or more {'positive ' if positive else ''}numbers"
        )
    return x


def _same_length(*arrays):
    if len({len(a) for a in arrays}) > 1:
        raise SampleError(
            f"arrays of {', '.join(str(len(a)) for a in arrays)} values; accepted: one length"
        )


def _bisect(f, lo, hi):
    """Return where the rising function f is 0 between lo and hi (numbers or arrays)."""
    for _ in range(80):  # halves 4,600 Ma to far below rounding
        middle = (lo + hi) / 2
        low = np.asarray(f(middle)) < 0
        lo, hi = np.where(low, middle, lo), np.where(low, hi, middle)
    return ((lo + hi) / 2)[()]
