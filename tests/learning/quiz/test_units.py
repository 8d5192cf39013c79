"""Numbers as people type them; expected values follow from the definitions of the units (SI brochure, IAU Julian year)."""

import math

import pytest
from hypothesis import example as case
from hypothesis import given
from hypothesis import strategies as st

from helpers.learning.quiz import units

READ = [
    ("13", "1", 13),
    ("13.0", "1", 13),
    ("13,0", "1", 13),
    ("1.3e1", "1", 13),
    ("1,3E+1", "1", 13),
    ("13 days", "d", 13),
    ("13days", "d", 13),
    (" 13  d ", "d", 13),
    ("+13", "1", 13),
    ("-13", "1", -13),
    ("−13", "1", -13),
    (".5", "1", 0.5),
    (",5", "1", 0.5),
    ("5.", "1", 5),
    ("13.", "1", 13),
    ("1.3×10^1", "1", 13),
    ("1.3 x 10 1", "1", 13),
    ("1.3*10**1", "1", 13),
    ("2 h", "min", 120),
    ("90", "min", 90),
    ("5400 s", "min", 90),
    ("1,5 hours", "min", 90),
    ("1 year", "d", 365.25),
    ("2 weeks", "d", 14),
    ("1 km", "m", 1000),
    ("400 KM", "km", 400),
    ("13 %", "%", 13),
    ("0.13", "1", 0.13),
    ("13%", "1", 0.13),
    ("0.5 1", "1", None),
    ("13 percent", "%", 13),
    ("1 MJ", "kJ", 1000),
    ("36 km/h", "m/s", 10),
    ("180 deg", "rad", math.pi),
    ("41.5°", "deg", 41.5),
    ("5 countries", "countries", 5),
    ("1 country", "countries", 1),
    ("1 234 567", "1", 1234567),
    ("1,234,567", "1", 1234567),
    ("1.234.567", "1", 1234567),
    ("1,234.5", "1", 1234.5),
    ("1.234,5", "1", 1234.5),
    ("12 345,6", "1", 12345.6),
    ("1'234", "1", 1234),
    ("0,234", "1", 0.234),
    ("1234,567", "1", 1234.567),
    ("1.234", "1", 1.234),
    ("1e308", "1", 1e308),
    ("1e-400", "1", 0),
    ("-0", "1", 0),
]
INVALID = [
    "",
    "   ",
    "abc",
    "1e400",
    "-1e400",
    "nan",
    "inf",
    "-inf",
    "infinity",
    "1e99999999999",
    "9" * 61,
    "1" * 100000,
    "92 kg",
    "5 parsecs",
    "1..2",
    "1,2,3",
    "1,234",
    "--5",
    "e5",
    "1 2",
    "0x1F",
    "1_000",
    "__import__('os')",
    "1;import os",
    "2**10",
    "1+1",
    "<b>1</b>",
    "1 <img src=x onerror=alert(1)>",
    "\x00",
    "1\x00",
    None,
    5,
    5.0,
    True,
    [],
    {},
    ["13"],
    "π",
    "½",
    "1e",
    "10e+",
    "1,2.3,4",
]


@pytest.mark.parametrize("text, unit, value", [r for r in READ if r[2] is not None])
def test_number_is_read(text, unit, value):
    assert units.read(text, unit) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("text", INVALID, ids=lambda t: repr(t)[:20])
def test_what_is_no_number_is_refused_with_what_is_accepted(text):
    with pytest.raises(units.InputError, match="accepted: "):
        units.read(text, "min")


def test_a_number_that_can_be_read_in_two_ways_is_asked_again():
    with pytest.raises(units.InputError, match="1234 or 1.234"):
        units.read("1,234", "1")


def test_the_error_names_the_units_that_fit():
    with pytest.raises(units.InputError, match="'kg' is a unit of mass; accepted: s, min, h, d"):
        units.read("92 kg", "min")


def test_every_word_of_the_table_means_one_thing():
    words = [
        word
        for row in units.DIMENSIONS.values()
        for unit, (_, more) in row.items()
        for word in [unit, *more.split()]
    ]
    assert sorted(w for w in set(words) if words.count(w) > 1) == []


@given(st.floats(allow_nan=False, allow_infinity=False))
@case(5e-324)
@case(1.7976931348623157e308)
def test_every_float_comes_back_as_typed(value):
    assert units.read(repr(value)) == value


@given(st.text(max_size=70))
def test_any_text_is_a_finite_number_or_refused(text):
    try:
        assert math.isfinite(units.read(text, "min"))
    except units.InputError:
        pass


def test_a_typed_value_that_overflows_in_another_unit_is_refused():
    with pytest.raises(units.InputError):
        units.read("1e308 year", "s")
