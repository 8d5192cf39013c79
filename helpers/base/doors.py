"""A door before a function: each argument that was declared is checked before the work begins.

    @doors.takes(cities=doors.rows("country"), limit=checks.number)
    def at_home(cities, satellites, limit): ...

A kind is a function (name, value) that raises NotAccepted, such as those of `checks` and those
below. The function gets its arguments as they were given. An error inside it is not touched: what
passes the door and fails is a fault of the function, and stays seen.
"""

import functools
import inspect

import numpy as np

from helpers.base import checks


def takes(**declared):
    """Return a decorator that holds arguments to declared kinds, in their order.

    Raises TypeError, when the module is read, for a name that the function does not have.
    """

    def with_door(function):
        names = list(inspect.signature(function).parameters)
        if unknown := set(declared) - set(names):
            raise TypeError(f"{function.__name__} has no argument {', '.join(sorted(unknown))}")
        kinds = [(i, name, declared[name]) for i, name in enumerate(names) if name in declared]

        @functools.wraps(function)
        def checked(*args, **named):
            for i, name, kind in kinds:
                if i < len(args):
                    kind(name, args[i])
                elif name in named:
                    kind(name, named[name])
            return function(*args, **named)

        checked.declared = declared
        return checked

    return with_door


def numeric(name, value):
    """Take numbers of any count, also none: the function itself says how many it needs."""
    if isinstance(value, str | dict) or value is None or np.size(value):
        checks.number(name, value)


def coordinates(name, value):
    """Take numbers of any count, also as the columns of a table."""
    numeric(name, value.to_numpy() if hasattr(value, "columns") else value)


def line(name, value):
    """Take numbers in one row, (n,)."""
    if np.ndim(checks.number(name, value)) != 1:
        raise checks.refused(name, value, "a list of numbers")


def scene(name, value):
    """Take a field of numbers, (n, m)."""
    if np.ndim(checks.number(name, value)) != 2:
        raise checks.refused(name, value, "a field of numbers, rows and columns")


def pairs(name, value):
    """Take pairs of numbers, (n, 2)."""
    if np.shape(checks.number(name, value))[1:] != (2,):
        raise checks.refused(name, value, "a list of pairs of numbers")


def vector(name, value):
    """Take a place or a direction: three numbers, or an array (3, ...)."""
    if np.shape(checks.number(name, value))[:1] != (3,):
        raise checks.refused(name, value, "three numbers x, y, z, or an array (3, N)")


def one_name(name, value):
    """Take one name or number, not a collection of them; whether it is known the function says."""
    try:
        hash(value)
    except TypeError:
        raise checks.refused(name, value, "one name") from None


def some(name, value):
    """Take one value or a collection that is not empty, no table: times, places, names."""
    empty = not len(value) if hasattr(value, "__len__") else value is None
    if empty or hasattr(value, "columns") or isinstance(value, dict):
        raise checks.refused(name, value, "one value or a list of at least one")


def dates(name, value):
    """Take a collection of dates that is not empty; what is no date pandas refuses by value."""
    listed = hasattr(value, "__len__") and not isinstance(value, str | dict)
    if not listed or hasattr(value, "columns") or not len(value):
        raise checks.refused(name, value, "a list of at least one date")


def several(name, value):
    """Take a collection, of which a text is one too: of its letters."""
    if hasattr(value, "columns") or not hasattr(value, "__iter__"):
        raise checks.refused(name, value, "a list")


def names(name, value):
    """Take a collection of names, also an empty one; a text is one name and no collection."""
    if isinstance(value, str) or hasattr(value, "columns") or not hasattr(value, "__iter__"):
        raise checks.refused(name, value, "a list of names")


def keyed(name, value):
    """Take a dict that is not empty."""
    if not isinstance(value, dict) or not value:
        raise checks.refused(name, value, "a dict with at least one key")


def called(name, value):
    """Take a function."""
    if not callable(value):
        raise checks.refused(name, value, "a function")


def table(name, value):
    """Take a table, whatever its columns."""
    rows()(name, value)


def rows(*columns):
    """Return the kind of tables that have these columns."""
    accepted = f"a table with {', '.join(columns)}" if columns else "a table (DataFrame)"

    def kind(name, value):
        if not hasattr(value, "columns") or any(c not in value.columns for c in columns):
            raise checks.refused(name, value, accepted)

    return kind


def labelled(*labels):
    """Return the kind of a row or Series that has these labels."""

    def kind(name, value):
        index = getattr(value, "index", None)
        if hasattr(value, "columns") or callable(index) or index is None:
            raise checks.refused(name, value, "a Series")
        if any(label not in index for label in labels):
            raise checks.refused(name, value, f"a Series with {', '.join(labels)}")

    return kind


def a(*types):
    """Return the kind of the instances of a type, or of one of several."""
    accepted = " or ".join(one.__name__ for one in types)

    def kind(name, value):
        if not isinstance(value, types):
            raise checks.refused(name, value, accepted)

    return kind


def each(one_type):
    """Return the kind of collections of instances of a type, also empty ones; an iterator passes,
    since to look at it would use it up.
    """

    def kind(name, value):
        good = hasattr(value, "__iter__") and not isinstance(value, str | dict)
        if good and hasattr(value, "__len__"):
            good = all(isinstance(one, one_type) for one in value)
        if not good:
            raise checks.refused(name, value, f"a list of {one_type.__name__}")

    return kind


def graph(name, value):
    """Take a graph of networkx, which this floor does not import."""
    if not (hasattr(value, "nodes") and hasattr(value, "edges")):
        raise checks.refused(name, value, "a graph")
