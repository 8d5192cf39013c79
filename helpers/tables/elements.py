"""Two-line element sets: hold the checksum, read the columns.

The format is fixed: 69 characters a line, one meaning a column, the last digit a
checksum (CelesTrak, "NORAD Two-Line Element Set Format"). Element names follow the
Orbit Mean-Elements Message (OMM).
"""

import math

import pandas as pd

LINE_LENGTH = 69


class ElementSetError(ValueError):
    """A line that is not one of a two-line element set; `accepted` says what would be."""

    def __init__(self, line, accepted):
        super().__init__(f"{line!r} is not accepted; accepted: {accepted}")
        self.accepted = accepted


def checksum(line):
    """Return the modulo-10 checksum of the first 68 characters of a line.

    Digits count as themselves, a minus sign as 1, all else as 0.
    """
    return sum(int(c) if c.isdigit() else c == "-" for c in line[: LINE_LENGTH - 1]) % 10


def check_line(line, number):
    """Raise ElementSetError unless the line is a whole, unaltered line 1 or 2.

    line: text. number: 1 or 2.
    """
    if not isinstance(line, str) or len(line) != LINE_LENGTH or not line.isascii():
        raise ElementSetError(line, f"{LINE_LENGTH} plain characters")
    if not line.startswith(f"{number} "):
        raise ElementSetError(line, f"a line that begins with {number}")
    if line[-1] != str(checksum(line)):
        raise ElementSetError(line, f"a line whose last digit is its checksum, {checksum(line)}")


def parse(line1, line2):
    """Return the elements in two lines, as a dict keyed like the table `element_sets`.

    Angles in degrees, mean motion in revolutions a day, bstar per Earth radius.
    `mean_motion_dot` is printed as half the first derivative, `mean_motion_ddot` as a
    sixth of the second: both are handed on as printed.
    Raises ElementSetError for a broken line, or for lines of two objects.
    """
    check_line(line1, 1)
    check_line(line2, 2)
    if line1[2:7] != line2[2:7]:
        raise ElementSetError(line2, f"the line 2 of object {line1[2:7]}")
    try:
        return {
            "catalogue_number": _catalogue_number(line1[2:7]),
            "classification": line1[7],
            "designator": _designator(line1[9:17].strip()),
            "epoch": _epoch(line1[18:32]),
            "mean_motion_dot": float(line1[33:43]),
            "mean_motion_ddot": _power(line1[44:52]),
            "bstar": _power(line1[53:61]),
            "element_set_number": int(line1[64:68]),
            "inclination_deg": float(line2[8:16]),
            "raan_deg": float(line2[17:25]),
            "eccentricity": float("0." + line2[26:33].strip()),
            "arg_perigee_deg": float(line2[34:42]),
            "mean_anomaly_deg": float(line2[43:51]),
            "mean_motion": float(line2[52:63]),
            "revolution_number": int(line2[63:68]),
        }
    except ValueError as problem:
        raise ElementSetError(
            line1 + " / " + line2, f"numbers in their columns ({problem})"
        ) from None


def agree(one, other):
    """Return whether two values of an element are the same, up to rounding in print."""
    if isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-15)
    return one == other


def _catalogue_number(text):
    """Return 100274 for 'A0274': above 99,999 the first digit is a letter (Alpha-5)."""
    if text.strip().isdigit():
        return int(text)
    from sgp4.alpha5 import from_alpha5  # here, so that reading tables stays light

    return from_alpha5(text)


def _epoch(text):
    """Return the UTC time of a year and fractional day, to the microsecond."""
    year = int(text[:2])
    days, fraction = text[2:].split(".")
    microseconds = round(
        int(fraction) * 86_400_000_000 / 10 ** len(fraction)
    )  # whole numbers: no rounding of the day
    return (
        pd.Timestamp(f"{year + (1900 if year >= 57 else 2000)}-01-01", tz="UTC")
        + pd.Timedelta(days=int(days) - 1)
        + pd.Timedelta(microseconds=microseconds)
    )


def _power(text):
    """Return the number in a field such as ' 38707-4': 0.38707e-4, the point left out."""
    return float(text[0].strip() + "0." + text[1:6].strip() + "e" + text[6:])


def _designator(text):
    """Return '2021-035A' for '21035A': launch year, launch of that year, piece."""
    return f"{19 if int(text[:2]) >= 57 else 20}{text[:2]}-{text[2:]}"
