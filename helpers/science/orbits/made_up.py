"""Element sets that nobody flies: written from elements, or a real one moved along its orbit or
round the Earth's axis.
"""

from functools import lru_cache

import numpy as np
from sgp4.api import WGS72, Satrec
from sgp4.exporter import export_tle

from helpers.science.orbits.element_sets import from_lines

SGP4_EPOCH_JD = 2433281.5  # 1949-12-31T00:00, from which sgp4init counts its days


def made_up(
    epoch_jd,
    *,
    inclination,
    node,
    motion,
    anomaly=0.0,
    eccentricity=0.0,
    argument=0.0,
    drag=(0.0, 0.0, 0.0),
    number=99999,
    designator="26999A",
    counts=(1, 1),
):
    """Return the two lines of an element set, in SGP4's own units.

    epoch_jd: Julian date, UTC; inclination, node, argument (of perigee), anomaly (mean): rad;
    motion: rad/min;
    drag: B* and the two derivatives of the motion; number, designator: of the catalogue; counts: of
    sets and turns.
    """
    new, turn = Satrec(), 2 * np.pi
    new.sgp4init(
        WGS72,
        "i",
        number,
        epoch_jd - SGP4_EPOCH_JD,
        *drag,
        eccentricity,
        argument,
        inclination,
        float(anomaly) % turn,
        motion,
        float(node) % turn,
    )
    new.intldesg, new.classification = designator, "U"
    new.elnum, new.revnum = counts
    return export_tle(new)


@lru_cache(maxsize=4096)
def moved(line1, line2, anomaly_turn=0.0, node_turn=0.0):
    """Return the lines of an element set moved by a share of a turn: along its orbit, or its plane
    about the Earth's axis.

    A node turned by 1/24 shifts the local time of a sun-synchronous orbit by one hour.
    """
    s = from_lines(line1, line2).satrec
    return made_up(
        s.jdsatepoch + s.jdsatepochF,
        inclination=s.inclo,
        node=s.nodeo + 2 * np.pi * node_turn,
        motion=s.no_kozai,
        anomaly=s.mo + 2 * np.pi * anomaly_turn,
        eccentricity=s.ecco,
        argument=s.argpo,
        drag=(s.bstar, s.ndot, s.nddot),
        number=s.satnum,
        designator=s.intldesg,
        counts=(s.elnum, s.revnum),
    )
