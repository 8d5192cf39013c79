"""Element sets that nobody flies: written from elements, or a real one moved along its orbit or
round the Earth's axis.
"""

from functools import lru_cache

import numpy as np
import pandas as pd
from sgp4.api import WGS72, Satrec
from sgp4.exporter import export_tle

from helpers.base.checks import NotAccepted
from helpers.science.orbits.circles import node_drift_deg_per_day, period_minutes
from helpers.science.orbits.clock import utc
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


def sun_synchronous(height_km, local_hour, epoch, phase_deg=0.0, name="newcomer"):
    """Return a hypothetical satellite on a circular sun-synchronous orbit: a DataFrame of one row.

    height_km: mean height above the equatorial radius, from 250 to 2,000; local_hour: mean local
    time (h) at which it crosses the equator going south; epoch: UTC; phase_deg: where it is on the
    orbit, from the ascending node. Its plane turns 360 deg in a tropical year, which J2 makes at
    one inclination: cos i = -rate / (1.5 n J2 (R/a)^2) (Vallado, section 11.4.1). Columns: name,
    catalogue_number, owner, home, sensor, line1, line2. Raises NotAccepted for a height or an hour
    outside the range.
    """
    if not 250 <= height_km <= 2000 or not 0 <= local_hour <= 24:
        raise NotAccepted(
            f"height {height_km!r} km, local hour {local_hour!r}; accepted: 250 to 2,000 km, 0 to "
            "24 h"
        )
    epoch = utc(epoch)
    equator = node_drift_deg_per_day(height_km, 0.0)
    tilt = np.arccos(360 / 365.2422 / equator)
    days = (epoch - pd.Timestamp("2000-01-01T12:00", tz="UTC")) / pd.Timedelta(days=1)
    # Mean Sun (Astronomical Almanac, section C); the ascending node lies half a day from the
    # descending one.
    sun = np.radians(280.460 + 0.9856474 * days)
    node = sun + np.radians(15 * (local_hour - 12)) + np.pi
    line1, line2 = made_up(
        epoch.to_julian_date(),
        inclination=float(tilt),
        node=node,
        motion=2 * np.pi / period_minutes(height_km),
        anomaly=np.radians(phase_deg),
    )
    return pd.DataFrame(
        [
            {
                "name": name,
                "catalogue_number": 99999,
                "owner": name,
                "home": name,
                "sensor": "optical",
                "line1": line1,
                "line2": line2,
            }
        ]
    )
