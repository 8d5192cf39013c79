"""Factors by which a number is often wrong, each with what to look at."""

import math

FACTORS = [
    (60.0, "60: look at seconds, minutes and hours"),
    (3600.0, "3600: look at seconds and hours"),
    (24.0, "24: look at hours and days"),
    (1440.0, "1440: look at minutes and days"),
    (86400.0, "86400: look at seconds and days"),
    (1000.0, "1000: look at metres and kilometres, grams and kilograms"),
    (180 / math.pi, "57.3 (180 divided by pi): look at degrees and radians"),
    (2 * math.pi, "2 pi: look at turns and radians"),
    (math.pi, "pi"),
    (100.0, "100: look at fractions and percent"),
    (10.0, "10"),
    (1e6, "a million"),
    (2.0, "2: look at radius and diameter, one way and both ways"),
]
PURE = (100.0, 10.0)  # of shares and numbers without a unit: no hours, metres or degrees


def of_unit(unit):
    """Return the factors by which a number in a unit ("1": in none) is often wrong."""
    return [one for one in FACTORS if unit not in ("1", "%") or one[0] in PURE]
