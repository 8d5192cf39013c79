"""Basalts and melts: what crystals take with them, and what they leave."""

import math
from itertools import pairwise

import numpy as np
import pandas as pd

from helpers.base import checks, doors
from helpers.base.checks import NotAccepted

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
        raise NotAccepted(f"TiO2 {tio2!r} wt%; accepted: 0 to 100")
    names = [next(name for below, name in TITANIUM if tio2 < below)]
    for value, limit, element in ((al2o3, ALUMINIUM, "Al"), (k, POTASSIUM, "K")):
        if value is not None and not pd.isna(value):
            names.append(f"{'low' if value < limit else 'high'}-{element}")
    return "/".join(names)


@doors.takes(mgo=checks.number, feo=checks.number)
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


@doors.takes(melt=checks.number, stages=doors.pairs)
def magma_ocean(melt, stages):
    """Return the enrichment of the melt of a magma ocean that crystallises in stages.

    melt: share of melt left, number or array; stages: pairs (melt share at which the
    stage begins, bulk partition coefficient), the first at 1, then falling.
    Example: magma_ocean(0.01, [(1, 0.01), (0.22, 1.2)]) for an element that plagioclase likes.
    Assumptions: one well-stirred melt, crystals leave it at once, constant d in a stage.
    """
    starts = [s for s, _ in stages]
    if not stages or starts[0] != 1 or any(b >= a for a, b in pairwise(starts)) or starts[-1] <= 0:
        raise NotAccepted(f"stages {stages!r}; accepted: (1, d), then shares that fall, above 0")
    f, result = _melt(melt), 1.0
    for (start, d), end in zip(stages, starts[1:] + [0.0]):
        inside = np.clip(f, end, start) if end else np.minimum(f, start)
        result = result * (inside / start) ** (_partition(d) - 1)
    return result


def _melt(share):
    f = checks.number("melt", share)
    if not np.all((f > 0) & (f <= 1)):
        raise checks.refused("melt", share, "a share of melt above 0, to 1")
    return f


def _partition(d):
    return checks.not_negative("d", d)
