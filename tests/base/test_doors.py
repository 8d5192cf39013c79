"""The door before a function: what it lets through as it is, and what it refuses by name."""

import inspect

import numpy as np
import pandas as pd
import pytest

from helpers.base import checks, doors
from helpers.base.checks import NotAccepted

TABLE = pd.DataFrame({"year": [2000], "party": ["A"]})


@doors.takes(mass=checks.positive, table=doors.rows("year"))
def weighed(mass, table, *, unit="kg"):
    """A function behind a door."""
    return mass, table, unit


def test_right_arguments_reach_the_function_as_they_are_by_place_and_by_name():
    masses = [1, 2]
    assert weighed(masses, TABLE)[0] is masses
    assert weighed(table=TABLE, mass=3, unit="t")[::2] == (3, "t")


def test_the_function_keeps_its_name_its_text_and_its_arguments():
    assert weighed.__name__ == "weighed" and weighed.__doc__ == "A function behind a door."
    assert list(inspect.signature(weighed).parameters) == ["mass", "table", "unit"]


def test_an_argument_that_is_missing_is_missed_by_python_itself():
    with pytest.raises(TypeError, match="table"):
        weighed(1)


def test_an_error_inside_a_function_stays_what_it_is():
    @doors.takes(mass=checks.number)
    def broken(mass):
        return {}["x"]

    with pytest.raises(KeyError):
        broken(1)


def test_a_door_for_an_argument_that_is_not_there_is_a_fault_of_the_module():
    with pytest.raises(TypeError, match="f has no argument volume"):

        @doors.takes(volume=checks.number)
        def f(mass):
            return mass


@pytest.mark.parametrize(
    "kind, good, bad, said",
    [
        (doors.numeric, [], "a", "accepted: numbers"),
        (doors.coordinates, TABLE[["year"]], TABLE, "accepted: numbers"),
        (doors.line, [1, 2], 3, "a list of numbers"),
        (doors.scene, [[1, 2]], [1, 2], "a field of numbers"),
        (doors.pairs, [(1, 2)], [1, 2], "pairs of numbers"),
        (doors.vector, np.zeros((3, 5)), [1, 2], "three numbers"),
        (doors.one_name, "iss", ["iss"], "one name"),
        (doors.some, ["2026-01-01"], [], "at least one"),
        (doors.some, [["H"], ["H", "I"]], None, "at least one"),
        (doors.dates, ["2026-01-01"], "2026-01-01", "at least one date"),
        (doors.names, [], "iss", "a list of names"),
        (doors.several, "AB", 3, "a list"),
        (doors.keyed, {"A": 1}, {}, "at least one key"),
        (doors.called, len, 3, "a function"),
        (doors.table, TABLE, [1], "a table"),
        (doors.rows("year", "party"), TABLE, TABLE[["year"]], "a table with year, party"),
        (doors.labelled("a"), pd.Series({"a": 1}), pd.Series({"b": 1}), "a Series with a"),
        (doors.labelled(), pd.Series({"a": 1}), [1], "a Series"),
        (doors.a(int, str), 3, 3.5, "int or str"),
        (doors.each(int), [], [1, "2"], "a list of int"),
        (doors.each(int), iter("12"), "12", "a list of int"),
    ],
)
def test_each_kind_takes_the_good_and_refuses_the_bad_by_name_and_value(kind, good, bad, said):
    kind("given", good)
    with pytest.raises(NotAccepted, match=f"^given = .*{said}"):
        kind("given", bad)
