"""Numbers as text."""

import math

from helpers.base.numbers import number, written


def test_written_keeps_whole_digits_on_both_sides_of_a_thousand():
    cases = {
        0: "0",
        0.0123: "0.0123",
        12: "12",
        999.4: "999",
        999.5: "1,000",
        999.99: "1,000",
        1234.5: "1,234",
    }
    assert {value: written(value) for value in cases} == cases
    assert written(-999.7) == "-1,000" and written(math.inf) == "without end"
    assert written((999.6, 17333)) == "1,000 to 17,333"


def test_number_and_written_agree_near_a_thousand():
    for value in (998.9, 999.5, 999.99, 1000.4):
        assert number(value) == written(value)
