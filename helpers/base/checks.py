"""At the door of public functions: is this value one that can be used?

Each check returns the value as numbers, or raises NotAccepted with three things: the name of the
argument, the value that was given, and what is accepted.
"""

import numpy as np


class NotAccepted(ValueError):
    """A value, or a question, that a function cannot use; the message says what is accepted."""


def number(name, value, accepted="numbers"):
    """Return a value as a float, or as an array of floats; NaN (unknown) is a number.

    Raises NotAccepted for text, None, an empty list, a whole table in place of its column, and all
    else that is not numbers.
    """
    try:
        if hasattr(value, "columns"):  # a table of pandas, which this floor does not import
            raise TypeError
        found = np.asarray(value)
        # numpy itself would make NaN of None, and 3 of "3", without a word.
        unfit = found.dtype == object and any(v is None or isinstance(v, str) for v in found.flat)
        if found.size == 0 or found.dtype.kind not in "biufO" or unfit:
            raise TypeError
        return found.astype(float)[()]
    except (TypeError, ValueError):
        raise refused(name, value, accepted) from None


def refused(name, value, accepted):
    """Return the error that says name, value and what is accepted."""
    return NotAccepted(f"{name} = {_short(value)}; accepted: {accepted}")


def _short(value):
    """Return a value as text; of a long array only the beginning."""
    if hasattr(value, "columns"):
        return f"a table with the columns {', '.join(map(str, value.columns))}"[:80]
    text = repr(value.tolist() if isinstance(value, np.ndarray | np.generic) else value)
    if "\n" in text:  # a Series, say
        text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:76]} ..."


def _require(name, value, holds, accepted):
    """Return numbers of which `holds` is true; `holds` is false for NaN, so NaN is refused."""
    found = number(name, value, accepted)
    if not np.all(holds(found)):
        raise refused(name, value, accepted)
    return found


def finite(name, value):
    """Return known numbers: not NaN, not infinite."""
    return _require(name, value, np.isfinite, "known numbers")


def positive(name, value):
    """Return numbers above 0."""
    return _require(name, value, lambda x: x > 0, "numbers above 0")


def not_negative(name, value):
    """Return numbers from 0 up."""
    return _require(name, value, lambda x: x >= 0, "numbers of 0 or more")


def at_least(name, value, least):
    """Return numbers from `least` up."""
    return _require(name, value, lambda x: x >= least, f"numbers from {least:g} up")


def between(name, value, low, high, unit=""):
    """Return numbers from low to high, both included."""
    accepted = f"{low:g} to {high:g} {unit}".strip()
    return _require(name, value, lambda x: (x >= low) & (x <= high), accepted)


def share(name, value):
    """Return a share, from 0 to 1."""
    return between(name, value, 0, 1)


def latitude(value, name="latitude"):
    """Return latitudes in degrees."""
    return between(name, value, -90, 90, "degrees")


def choice(name, value, accepted):
    """Return a value that is one of `accepted`."""
    if value not in accepted:
        raise refused(name, value, ", ".join(map(repr, accepted)))
    return value


def same_length(*arrays):
    """Raise NotAccepted unless all arrays are of one length."""
    lengths = [len(a) for a in arrays]
    if len(set(lengths)) > 1:
        raise NotAccepted(
            f"arrays of {', '.join(map(str, lengths))} values; accepted: one length for all"
        )
