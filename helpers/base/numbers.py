"""Numbers as text."""

from math import inf

import numpy as np


def number(value, unit="", digits=3):
    """Return a number as text for a sentence: "389 km", "17,333", "0.0123", "3.1 to 4.2 h".

    value: a number, or a (low, high) range; missing gives "unknown". digits: significant digits;
    whole digits are never rounded away. unit: written after a space.
    """
    if isinstance(value, (tuple, list)):
        text = " to ".join(number(v, digits=digits) for v in value)
    else:
        text = _digits(value, digits)
    return f"{text} {unit}".strip() if text != "unknown" else text


def _digits(value, digits):
    if value is None or np.isnan(value):
        return "unknown"
    if np.isinf(value):
        return "infinite" if value > 0 else "minus infinite"
    value = float(value)
    rounded = float(
        f"{value:.{digits - 1}e}"
    )  # first, since 9.999 becomes 10: one digit more before the point
    decimals = 0 if rounded == 0 else max(0, digits - 1 - int(np.floor(np.log10(abs(rounded)))))
    return f"{value + 0.0:,.{decimals}f}"


def written(value):
    """Return a number with three significant digits, whole digits kept, or a range of them."""
    if isinstance(value, tuple):
        return " to ".join(dict.fromkeys(written(v) for v in value))  # a range of one is a number
    if value == inf:
        return "without end"
    # Rounded first, since 999.6 becomes 1,000: one digit more before the point.
    return f"{value:,.0f}" if abs(float(f"{value:.3g}")) >= 1000 else f"{value:.3g}"
