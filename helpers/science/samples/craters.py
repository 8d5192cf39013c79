"""Crater chronologies: the age of a surface by its craters."""

import math
from typing import NamedTuple

import numpy as np

from helpers.base import checks, doors, fits
from helpers.base.checks import NotAccepted
from helpers.tables import data

OLDEST_GA = 4.5  # about the age of the Moon: the curves say nothing beyond


class Chronology(NamedTuple):
    """A curve N(1) = a (exp(b T) - 1) + c T, T in Ga, N(1) per km2."""

    name: str
    a: float
    b: float
    c: float


@doors.takes(name=doors.one_name)
def chronology(name):
    """Return the Chronology of a row of the table `crater_chronologies`, by its id."""
    rows = data.table("crater_chronologies").set_index("id")
    if name not in rows.index:
        raise NotAccepted(f"no chronology {name!r}; accepted: {', '.join(rows.index)}")
    row = rows.loc[name]
    return Chronology(row["name"], row["a"], row["b"], row["c"])


def n1(age_ga, curve):
    """Return the craters of 1 km and more per km2 on a surface of an age in Ga.

    age_ga: number or array, 0 to 4.5; curve: a Chronology.
    Source: Neukum, Ivanov and Hartmann, Space Sci. Rev. 96, 55 (2001), equation 5.
    """
    t = checks.between("age_ga", age_ga, 0, OLDEST_GA, "Ga")
    return curve.a * np.expm1(curve.b * t) + curve.c * t


@doors.takes(density=checks.number, curve=doors.a(Chronology))
def crater_age(density, curve):
    """Return the age in Ga of a surface with a crater density N(1) per km2.

    density: number or array within the curve's range from 0 to 4.5 Ga.
    Raises NotAccepted outside it, and for an unknown density.
    """
    most = f"0 to {n1(OLDEST_GA, curve):.3g} craters per km2 for {curve.name}"
    d = checks.number("density", density, most)
    if not np.all((d >= 0) & (d <= n1(OLDEST_GA, curve))):
        raise checks.refused("density", density, most)
    return fits.root(lambda t: n1(t, curve) - d, np.zeros_like(d), np.full_like(d, OLDEST_GA))


def crater_rate(age_ga, curve):
    """Return how fast craters of 1 km and more formed at an age: per km2 and Ga."""
    return curve.a * curve.b * np.exp(curve.b * np.asarray(age_ga, float)) + curve.c


@doors.takes(curve=doors.a(Chronology), age_ga=checks.number, density=checks.number)
def recalibrated(curve, age_ga, density):
    """Return the Chronology whose straight part passes through one dated site.

    age_ga, density: the site's age in Ga and N(1) per km2. Only c moves: a and b, the
    early bombardment, are held by older sites. Raises NotAccepted where c would not be positive.
    """
    c = (density - curve.a * math.expm1(curve.b * age_ga)) / age_ga
    if not c > 0:
        raise NotAccepted(
            f"a site of {age_ga!r} Ga with {density!r} craters per km2 leaves no room for c; "
            f"accepted: a density above {curve.a * math.expm1(curve.b * age_ga):.3g}"
        )
    return curve._replace(name=f"{curve.name}, through one site", c=c)


def production(diameter, name="neukum-2001"):
    """Return N(D)/N(1): how many craters of D and more there are for one of 1 km.

    diameter: km, 0.01 to 300, number or array; name: in the table `crater_productions`.
    Source: Neukum et al. (2001), equation 2.
    """
    rows = data.table("crater_productions")
    if name not in set(rows["production"]):
        raise NotAccepted(
            f"no production function {name!r}; accepted: "
            f"{', '.join(sorted(set(rows['production'])))}"
        )
    d = checks.between("diameter", diameter, 0.01, 300, "km")
    a = rows[rows["production"] == name].sort_values("power")["coefficient"].to_numpy()
    return 10 ** (np.polynomial.polynomial.polyval(np.log10(d), a) - a[0])
