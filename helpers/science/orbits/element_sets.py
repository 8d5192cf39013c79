"""Element sets: the mean orbit of an object at an epoch, read from two lines or a message."""

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd
from sgp4 import exporter, omm
from sgp4.api import WGS72, Satrec

from helpers.base import doors
from helpers.base.checks import NotAccepted
from helpers.base.constants import DAY_S, UNIX_EPOCH_JD
from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM as RADIUS
from helpers.base.places import Place as Place
from helpers.science.orbits.circles import semi_major_axis_km
from helpers.science.orbits.clock import as_text, utc
from helpers.tables import data, elements, messages

LAST_NUMBER = 339_999  # that five characters hold (Alpha-5), and that SGP4's own record takes
# a station's predicted place is wrong by up to hundreds of km past this: drag and burns are unknown
MAX_AGE_DAYS = 15.0


@dataclass(frozen=True, eq=False)
class ElementSet:
    """One element set: the mean orbit of an object at an epoch, as SGP4 wants it."""

    name: str
    epoch: pd.Timestamp
    satrec: Satrec = field(repr=False)
    number: int = field(default=0, repr=False)  # where it is too large for the record

    @property
    def catalogue_number(self):
        """Number in the catalogue of objects (NORAD)."""
        return self.number or self.satrec.satnum

    @property
    def revolutions_per_day(self):
        """Mean motion as printed in the set (Kozai's convention)."""
        return self.satrec.no_kozai * 1440 / (2 * np.pi)

    @property
    def period_minutes(self):
        """Minutes of one turn, from the printed mean motion."""
        return 1440 / self.revolutions_per_day

    @property
    def inclination_deg(self):
        """Inclination to the equator, degrees."""
        return np.degrees(self.satrec.inclo)

    @property
    def eccentricity(self):
        """Eccentricity of the mean ellipse, 0 to below 1."""
        return self.satrec.ecco

    @property
    def axis_km(self):
        """Keplerian semi-major axis of the printed mean motion."""
        return semi_major_axis_km(self.revolutions_per_day)

    @property
    def brouwer_axis_km(self):
        """Mean semi-major axis that SGP4 uses inside (WGS72), some km from the Keplerian one."""
        return self.satrec.a * self.satrec.radiusearthkm

    @property
    def brouwer_height_km(self):
        """Height of that axis over the equatorial radius: what `nodal_period_minutes` wants."""
        return self.brouwer_axis_km - RADIUS

    @property
    def mean_height_km(self):
        """Mean height over the equatorial radius, from the printed mean motion:
        good for histories.
        """
        return self.axis_km - RADIUS

    @property
    def perigee_height_km(self):
        """Lowest height of the mean ellipse over the equatorial radius."""
        return self.axis_km * (1 - self.eccentricity) - RADIUS

    @property
    def apogee_height_km(self):
        """Highest height of the mean ellipse over the equatorial radius."""
        return self.axis_km * (1 + self.eccentricity) - RADIUS


@lru_cache(maxsize=4096)
def from_lines(line1, line2, name=""):
    """Return the ElementSet of two lines (TLE).

    Raises elements.ElementSetError when a line is malformed or its checksum is wrong.
    """
    line1, line2 = line1.strip(), line2.strip()
    elements.check_line(line1, 1)
    elements.check_line(line2, 2)
    if line1[2:7] != line2[2:7]:
        raise elements.ElementSetError(line2, f"the line 2 of object {line1[2:7]}")
    return _element_set(Satrec.twoline2rv(line1, line2, WGS72), name)


def epochs(rows):
    """Return the epochs (UTC) of element sets, as a DatetimeIndex, read from the lines themselves.

    rows: a table with line1 and line2.
    """
    return pd.DatetimeIndex([from_lines(a, b).epoch for a, b in zip(rows["line1"], rows["line2"])])


def from_row(row):
    """Return the ElementSet of one row of the table `element_sets` (a Series,
    a named tuple or a dict).
    """
    get = row.get if hasattr(row, "get") else lambda key, default="": getattr(row, key, default)
    return from_lines(get("line1"), get("line2"), str(get("name", "")))


@doors.takes(name=doors.one_name)
def sets(name):
    """Return all element sets of one object of the table `element_sets`, by epoch,
    as a list of ElementSet.

    name: the column `object`, such as "tiangong" or "iss". Raises NotAccepted for an unknown one.
    """
    table = data.table("element_sets").sort_values("epoch")
    rows = table[table["object"] == name]
    if rows.empty:
        raise NotAccepted(
            f"no element set of {name!r}; accepted: {', '.join(sorted(table['object'].unique()))}"
        )
    return [from_row(row) for row in rows.to_dict("records")]


def from_omm(fields):
    """Return the ElementSet of an orbit mean-elements message (OMM):
    a dict with the standard's upper-case names.

    Numbers may be text, as CSV gives them; lines (TLE_LINE1, TLE_LINE2) are read where the message
    has them.
    Raises NotAccepted when a field is missing or not a number.
    """
    if "TLE_LINE1" in fields and "TLE_LINE2" in fields:
        return from_lines(fields["TLE_LINE1"], fields["TLE_LINE2"], fields.get("OBJECT_NAME", ""))
    satrec, number = Satrec(), str(fields.get("NORAD_CAT_ID", ""))
    above = int(number) if number.isdigit() and int(number) > LAST_NUMBER else 0
    if above:
        fields = {**fields, "NORAD_CAT_ID": 0}
    if "EPOCH" in fields:
        fields = {
            **fields,
            "EPOCH": utc(fields["EPOCH"]).tz_localize(None).isoformat(timespec="microseconds"),
        }
    try:
        omm.initialize(
            satrec,
            {
                "ELEMENT_SET_NO": 999,
                "EPHEMERIS_TYPE": 0,
                "CLASSIFICATION_TYPE": "U",
                "REV_AT_EPOCH": 0,
                "MEAN_MOTION_DDOT": 0,
                "OBJECT_ID": "",
                **fields,
            },
        )
    except KeyError as missing:
        raise NotAccepted(
            f"the message has no field {missing}; it has: {', '.join(fields)}"
        ) from None
    except ValueError as problem:
        raise NotAccepted(
            f"the message for {fields.get('OBJECT_NAME', 'the object')} is not readable: {problem}"
        ) from None
    return _element_set(satrec, fields.get("OBJECT_NAME", ""), above)


def from_text(text):
    """Return the ElementSet of a pasted text:
    two lines, three with a name first, or a message (OMM): CSV, JSON, XML, KVN.

    Of several sets the first one is taken. Raises messages.MessageError (a NotAccepted) that names
    line and field.
    """
    return from_omm(messages.read(text)[0])


def lines(element_set):
    """Return the two lines of an ElementSet, as `from_lines` reads them.

    Raises NotAccepted for an object above number 339,999, which has no place in two lines.
    """
    if element_set.catalogue_number > LAST_NUMBER:
        raise NotAccepted(
            f"object {element_set.catalogue_number:,}; accepted: up to {LAST_NUMBER:,}"
        )
    return exporter.export_tle(element_set.satrec)


@doors.takes(sets=doors.each(ElementSet), time=doors.some)
def nearest(sets, time):
    """Return the set whose epoch is nearest to a time."""
    return min(some(sets), key=lambda s: abs(s.epoch - utc(time)))


@doors.takes(sets=doors.each(ElementSet))
def newest(sets):
    """Return the set with the latest epoch."""
    return max(some(sets), key=lambda s: s.epoch)


@doors.takes(sets=doors.each(ElementSet))
def altitude_history(sets):
    """Return one row a set, by epoch: mean, perigee and apogee height (km,
    over the equatorial radius) and mean motion.
    """
    rows = [
        (s.epoch, s.mean_height_km, s.perigee_height_km, s.apogee_height_km, s.revolutions_per_day)
        for s in some(sets)
    ]
    columns = [
        "epoch",
        "mean_height_km",
        "perigee_height_km",
        "apogee_height_km",
        "revolutions_per_day",
    ]
    return pd.DataFrame(rows, columns=columns).sort_values("epoch", ignore_index=True)


def _element_set(satrec, name, number=0):
    seconds = ((satrec.jdsatepoch - UNIX_EPOCH_JD) + satrec.jdsatepochF) * DAY_S
    return ElementSet(name, pd.Timestamp(round(seconds * 1e6), unit="us", tz="UTC"), satrec, number)


def check_age(element_set, julian, limit):
    epoch = element_set.satrec.jdsatepoch + element_set.satrec.jdsatepochF
    age = np.abs(julian - epoch)
    if age.max(initial=0.0) > limit:
        worst = julian[age.argmax()]
        raise NotAccepted(
            f"the element set of {element_set.name or 'the object'} is of "
            f"{element_set.epoch:%Y-%m-%d %H:%M} UTC, "
            f"{age.max():.0f} days from {as_text(worst)}; accepted: at most {limit:g} days (drag "
            "and burns since then are not in it)"
        )


def some(sets):
    sets = list(sets)
    if not sets:
        raise NotAccepted("no element set is left to choose from; accepted: at least one")
    return sets
