"""The values of a dividend: a number from 0 up, a range of two, or a range whose ends are
ranges.
"""

from math import inf, isnan

Value = float | tuple[float, float]
NEAR = 1e-9  # of a value: less than that is rounding of floating point numbers


class DividendError(ValueError):
    """A value or a word that a dividend does not take."""


def checked(name, value, paired=False, nested=False):
    """Return a value as a float or as a tuple of two; paired ends may stand in any order."""
    if isinstance(value, (tuple, list)):
        if len(value) != 2 or not (paired or value[0] <= value[1]):
            raise DividendError(f"{name} = {value!r}; accepted: a number, or a range (low, high)")
        return tuple(checked(name, v, paired) if nested else _number(name, v) for v in value)
    return _number(name, value)


def _number(name, value):
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if isinstance(value, (bool, str)) or isnan(number) or number < 0:
        raise DividendError(
            f"{name} = {value!r}; accepted: a number from 0 up, or a range (low, high) of such"
        )
    return number


def pair(value):
    """Return a value as two: a number twice."""
    return value if isinstance(value, tuple) else (value, value)


def nested(value):
    """Return whether an end of a value is a range itself."""
    return isinstance(value, tuple) and any(isinstance(end, tuple) for end in value)


def flat(value):
    """Return the (low, high) of all numbers in a value, or the number when they are one."""
    if not isinstance(value, tuple):
        return value
    numbers = [v for end in value for v in pair(end)]
    return (min(numbers), max(numbers))


def ordered(value):
    """Return a value as two, the smaller first."""
    return tuple(sorted(pair(value)))


def each_with_each(one, other):
    """Return all pairs of an end of one with an end of the other."""
    return [(a, b) for a in one for b in other]


def plain(value):
    """Return a value as lists, numbers and the text "infinite", to be kept."""
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    return "infinite" if isinstance(value, float) and value == inf else value


def over(a, b):
    """Return a / b for numbers from 0 to infinity; what has no meaning (0/0, infinite over
    infinite) counts as 1: the same.
    """
    if a == b:
        return 1.0
    return inf if b == 0 or a == inf else 0.0 if b == inf else a / b


def how(low, high):
    """Return a range of ratios in words; within 5 % of 1 it is about the same."""
    if 0.95 <= low and high <= 1.05:
        return "about the same"
    if low >= 1:
        return "better"
    return "worse" if high <= 1 else "better or worse, the ranges overlap"
