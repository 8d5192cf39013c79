"""Exercises: what a learner passes, in whatever shape, is met with a sentence that helps."""

import json
import warnings
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from helpers.learning import exercises, progress
from helpers.learning.exercises import comparing, files, slips
from helpers.tables import yaml_files

FILE = "90_every_kind.yaml"


@pytest.fixture(autouse=True)
def fresh(example, monkeypatch):  # noqa: F811
    progress.forget()
    monkeypatch.setattr(exercises, "_given", {})
    return example


def said(name, thing):
    answer = exercises.check(name, thing)
    return answer.state, " ".join(answer.sentences)


def period(height_km):
    return 2 * np.pi * np.sqrt((6378.137 + height_km) ** 3 / 398600.4418) / 60


# --- states -----------------------------------------------------------------------------------


@pytest.mark.parametrize("thing", [..., lambda height_km: ...])
def test_a_stub_is_not_attempted(thing):
    assert exercises.check("90-period", thing).state == "not attempted"


def test_only_the_untouched_stub_is_not_attempted():
    assert said("90-height", 400)[0] == "not attempted"
    assert said("90-height", 401)[0] == "not yet"  # near the stub, but somebody's try
    assert said("90-height", None)[0] == "not yet"
    assert said("90-period", None)[0] == "not yet"


def test_a_function_that_prints_is_told_to_return(capsys):
    def shows(height_km):
        print(period(height_km))

    state, text = said("90-period", shows)
    assert state == "not yet" and text.startswith(
        "You print the result, but your function gives nothing"
    )
    assert capsys.readouterr().out == ""  # not once a case
    state, text = said("90-period", lambda h: period(h) if h < 500 else None)
    assert state == "not yet" and text.endswith("For `period(800)`.")


def test_a_stub_that_raises_not_implemented_is_not_attempted():
    def stub(height_km):
        raise NotImplementedError

    assert exercises.check("90-period", stub).state == "not attempted"


def test_the_value_of_the_stub_is_not_attempted():
    assert exercises.check("90-height", 400).state == "not attempted"
    assert progress.exercises() == {}


def test_a_right_answer_is_right_and_kept():
    assert said("90-period", period)[0] == "right"
    assert progress.exercises() == {"90-period": ("right", 1)}


@pytest.mark.parametrize(
    "value", [1680, 1680.0, np.float64(1679.5), np.int64(1660), np.array(1700.0), 1710, 1650]
)
def test_numbers_of_any_type_within_the_tolerance(value):
    assert said("90-height", value)[0] == "right"


@pytest.mark.parametrize(
    "value, words",
    [
        (1711, "too large"),
        (1649, "too small"),
        (-1680, "the sign is not"),
        (1.68, "too small by a factor of 1000: look at metres and kilometres"),
        (1680e3, "too large by a factor of 1000"),
        ("1680", "a value of type str; expected: one number in km"),
        ([1680], "a value of type list"),
        (True, "a value of type bool"),
        ("1680 km", "It is a text"),
        ("1680", "Take the quotation marks away: 1680"),
        ((1680, 0), "a decimal number has a point: 1680.0, not 1680,0"),
        ((1680,), "Take the comma away"),
        ([1680], "put `[0]` behind it"),
        (pd.Series([1680]), "put `.iloc[0]` behind it"),
        ({1, 2, 3}, "`len(...)` counts them"),
        (pd.DataFrame({"a": [1]}), "a whole table"),
        (float("nan"), "nan (not a number)"),
        (float("inf"), "infinite"),
        (np.array([1680.0]), "type ndarray"),
        (800, "does not grow in step"),
        (8060, "distance to the centre"),
        ({}, "type dict"),
        (1680j, "type complex"),
        (len, "You passed a function; expected: its result"),
    ],
)
def test_what_is_wrong_with_a_number(value, words):
    state, text = said("90-height", value)
    assert state == "not yet" and words in text


@pytest.mark.parametrize(
    "factor, words",
    [
        (3600, "3600: look at seconds and hours"),
        (1 / 24, "24: look at hours and days"),
        (100, "100: look at fractions and percent"),
        (2 * np.pi, "2 pi: look at turns and radians"),
        (1 / (2 * np.pi), "2 pi"),
        (180 / np.pi, "degrees and radians"),
        (10, "10"),
        (2, "2: look at radius and diameter"),
        (1 / 60, "60: look at seconds, minutes and hours"),
    ],
)
def test_a_factor_is_named(factor, words):
    state, text = said("90-period", lambda h: period(h) * factor)
    assert state == "not yet" and words in text and text.startswith("It is too ")


def test_a_factor_is_named_only_where_it_holds_for_all_cases():
    assert "factor" not in said("90-period", lambda h: period(h) * (2 if h == 400 else 3))[1]


# --- functions --------------------------------------------------------------------------------


def test_a_foreseen_wrong_function_has_its_message():
    assert said("90-period", lambda h: period(h) * 60) == (
        "not yet",
        "The result is in seconds; the question asks for minutes.",
    )


def test_a_function_that_raises_is_reported_with_its_case():
    state, text = said("90-period", lambda h: 1 / (h - 800))
    assert state == "not yet" and "For `period(400)`" in text
    assert (
        said("90-period", lambda h: 1 / 0)[1]
        == "Your function raised ZeroDivisionError: division by zero, for `period(400)`."
    )
    assert "raised TypeError" in said("90-period", lambda: 1)[1]


def with_and(height_km):
    return np.arange(3) > 0 and np.arange(3) < 2


def with_math(height_km):
    return math.sqrt(height_km)  # noqa: F821 - the import that learners forget


def with_caret(height_km):
    return (6378.137 + height_km) ^ 3


def with_dots(height_km):
    return ... * 2


def with_key(height_km):
    return pd.DataFrame({"a": [1]})["latitude"]


@pytest.mark.parametrize(
    "function, words",
    [
        (with_and, "Join conditions with `&` and `|`"),
        (with_math, "`math` has not been fetched"),
        (with_caret, "A power is written `**`"),
        (with_dots, "still three dots"),
        (with_key, "no column or key called 'latitude'"),
        (lambda: 1, "It is called as `period(400)`, so it must take 1 in its brackets."),
        (lambda h: heigth_km, "The name `heigth_km` is not known inside"),  # noqa: F821
        (lambda h: round(period(h)), "You have rounded to a whole number"),
    ],
)
def test_what_a_raised_error_means(function, words):
    state, text = said("90-period", function)
    assert state == "not yet" and words in text


def test_rounding_is_named_with_its_digits():
    wanted = [92.4136, 100.7203]
    assert "one digit behind the point" in slips.rounded([92.4, 100.7], wanted)
    assert "2 digits" in slips.rounded([92.41, 100.72], wanted)
    assert slips.rounded([92.5, 100.7], wanted) == slips.rounded(wanted, wanted) == ""
    assert slips.rounded([0, 0], [0.2, 0.3]) == ""  # a zero is no rounding that somebody meant
    assert slips.rounded(1.0, 0.674) == ""  # nor is half as much again
    with warnings.catch_warnings(action="error"):  # a learner would see it with a path
        assert slips.rounded([0.0, 1.0], [float("inf"), 1.2]) == ""


def test_a_list_of_nothing_holds_no_names(monkeypatch):
    monkeypatch.setattr(slips, "_codes", lambda: {"australia": "AUS", "canada": "CAN"})
    assert slips.of_entries([], ["AUS", "CAN"]) == ""
    assert "These are names" in slips.of_entries(["Australia"], ["AUS", "CAN"])


@pytest.mark.parametrize(
    "found, typical, wanted, known",
    [
        (3e-7, 0.001, 3.6, False),  # the tolerance of 3.6 would take all near zero for it
        (0.00101, 0.001, 3.6, True),
        (0.001003, 0.001, 3.6, True),
        (2005, 2002, 2012, False),  # years three apart are not alike, though their ratio is
        (2002, 2002, 2012, True),
    ],
)
def test_what_is_like_a_typical_wrong_answer(found, typical, wanted, known):
    asked = replace(files.get("90-height"), abs_tol=0.02, rel_tol=0.0)
    alike = comparing.is_typical(asked, [found], [typical])
    assert (alike or comparing.loosely_typical(asked, [found], [typical], [wanted])) == known


def test_a_typical_wrong_answer_is_known_when_rounded_too():
    assert said("90-period", lambda h: round(period(h) * 60, 1)) == (
        "not yet",
        "The result is in seconds; the question asks for minutes.",
    )


def test_other_number_types_are_numbers():
    for value in (Fraction(1680), Decimal(1680), np.float32(1680), np.array(1680)):
        assert said("90-height", value)[0] == "right"


def test_a_very_long_error_is_cut():
    def long(height_km):
        raise ValueError("x" * 10000)

    assert len(said("90-period", long)[1]) < 400


def test_a_function_is_asked_for_not_its_result():
    assert "the function `period` itself" in said("90-period", 92.4)[1]


def test_a_function_that_is_right_for_one_case_only():
    state, text = said("90-period", lambda h: period(400))
    assert state == "not yet" and text.startswith("For `period(800)`: it is too small")


def test_a_function_that_changes_its_argument_harms_nobody():
    def spoil(distances):
        result = distances - 6378.0
        distances[:] = 0
        return result

    assert said("90-heights", spoil)[0] == "right"
    assert said("90-heights", lambda d: d - 6378.0)[0] == "right"
    assert (
        said("90-heights", lambda d: 0 * d - 6378.0)[0] == "not yet"
    )  # what would be right if the cases were spoiled


def test_a_function_is_called_once_a_case():
    calls = []
    said("90-period", lambda h: calls.append(h) or period(h))
    assert calls == [400, 800, 35786]


@pytest.mark.parametrize(
    "function, words",
    [
        (lambda d: 5.0, "the shape is (); expected: (3,)"),
        (lambda d: d[:2] - 6378, "the shape is (2,); expected: (3,)"),
        (lambda d: "x", "expected: an array of numbers in km"),
        (
            lambda d: np.where(d > 1e4, 0, d - 6378),
            "1 of 3 values are wrong; the first of them has the index 2",
        ),
        (lambda d: d * np.nan, "nan"),
        (lambda d: d**2, "all values are different"),
        (lambda d: d / 0 if d.size > 5 else d * np.inf, "infinite"),
        (lambda d: (d - 6378) * 1000, "so the heights are too"),
    ],
)
def test_what_is_wrong_with_an_array(function, words):
    state, text = said("90-heights", function)
    assert state == "not yet" and words in text


def test_a_list_or_a_series_is_as_good_as_an_array():
    assert said("90-heights", lambda d: list(d - 6378.0))[0] == "right"
    assert said("90-heights", lambda d: pd.Series(d - 6378.0))[0] == "right"


# --- tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table, words",
    [
        (5, "expected: a table (DataFrame)"),
        (pd.DataFrame({"kind": ["A"], "mass": [4.5]}), "1 rows; expected: 2"),
        (pd.DataFrame({"kind": ["A", "B"]}), "no column 'mass'; expected: kind, mass"),
        (
            pd.DataFrame({"kind": ["A", "B"], "mass": [4.5, 9.0]}),
            "Column 'mass': 1 of 2 values are wrong",
        ),
        (
            pd.DataFrame({"kind": ["A", "C"], "mass": [4.5, 2.0]}),
            "Column 'kind': 1 of 2 values are wrong",
        ),
        (pd.DataFrame({"kind": ["A", "B"], "mass": ["x", "y"]}), "something else than numbers"),
        (pd.DataFrame({"kind": ["A", "B"], "mass": [4500.0, 2000.0]}), "factor of 1000"),
        (pd.DataFrame({"kind": ["A", "B"], "mass": [2.25, 2.0]}), "mean mass"),
    ],
)
def test_what_is_wrong_with_a_table(table, words):
    state, text = said("90-by-kind", table)
    assert state == "not yet" and words in text


def test_more_columns_do_no_harm():
    assert (
        said("90-by-kind", pd.DataFrame({"mass": [4.5, 2.0], "kind": ["A", "B"], "more": 1}))[0]
        == "right"
    )


def variant(fresh, **changes):
    """Rewrite the table exercise of the example with other fields and return its id."""
    content = yaml_files.read_yaml((fresh / "exercises" / FILE).read_text(encoding="utf-8"), FILE)
    content["exercises"][3] |= changes
    (fresh / "exercises" / FILE).write_text(json.dumps(content), encoding="utf-8")
    return "90-by-kind"


def test_a_series_with_its_index(fresh):
    name = variant(fresh, solution="counted = flown.groupby('kind')['mass'].sum()")
    assert said(name, pd.Series([4.5, 2.0], index=["A", "B"]))[0] == "right"
    assert "their order is not" in said(name, pd.Series([2.0, 4.5], index=["B", "A"]))[1]
    assert (
        "index" in said(name, pd.Series([4.5, 2.0]))[1]
        and "3 values; expected: 2" in said(name, pd.Series([1.0, 2, 3]))[1]
    )
    assert "one column (Series)" in said(name, pd.DataFrame({"a": [1]}))[1]


def test_a_series_whose_order_does_not_count(fresh):
    name = variant(fresh, solution="counted = flown.groupby('kind')['mass'].sum()", sorted=True)
    assert said(name, pd.Series([2.0, 4.5], index=["B", "A"]))[0] == "right"


def test_texts_and_truths(fresh):
    name = variant(fresh, returns="text", solution="counted = 'Two words'")
    assert (
        said(name, " two  WORDS ")[0] == "right"
        and "something else is expected" in said(name, "One")[1]
        and "expected: a text" in said(name, 5)[1]
    )
    name = variant(fresh, returns="text", solution="counted = ['A', 'B']")
    assert (
        said(name, np.array(["A", "B"]))[0] == "right"
        and "order is not" in said(name, ["B", "A"])[1]
    )
    assert (
        "3 entries; expected: 2" in said(name, ["A", "B", "C"])[1]
        and "At least one entry is wrong. 'C' does not belong." in said(name, ["A", "C"])[1]
        and "small letters differ" in said(name, ["a", "B"])[1]
        and "Take one column of it" in said(name, pd.DataFrame({"kind": ["A", "B"]}))[1]
        and "stand in the index" in said(name, pd.Series([1, 2], index=["A", "B"]))[1]
        and 'square brackets and a text for each entry: ["A", "B"]' in said(name, "A, B")[1]
        and "a list of 2 texts" in said(name, "AB")[1]
    )
    name = variant(fresh, returns="truth", solution="counted = True")
    assert (
        said(name, np.True_)[0] == "right"
        and "It gives False" in said(name, False)[1]
        and "True or False" in said(name, 1)[1]
    )


# --- hints, solutions, display --------------------------------------------------------------------


def test_hints_come_one_at_a_run():
    texts = [repr(exercises.hint("90-period")) for _ in range(3)]
    assert "(1 of 2)" in texts[0] and "Run this cell again" in texts[0]
    assert "(2 of 2)" in texts[1] and "again" not in texts[1] and texts[2] == texts[1]


def test_a_hint_without_a_name_is_for_the_exercise_last_tried(monkeypatch):
    monkeypatch.setattr(exercises, "_last", [])
    with pytest.raises(exercises.ExerciseError, match="which exercise"):
        exercises.hint()
    exercises.check("90-period", 5)
    assert repr(exercises.hint()) == repr(exercises.hint("90-period")).replace(
        "(2 of 2)", "(1 of 2)"
    ).replace(
        "Divide the seconds by 60.",
        "The distance from the centre is `R + height_km`. Run this cell again for the next one.",
    )


def test_a_not_yet_offers_hints_and_a_solution_one_behind_the_other():
    shown = exercises.check("90-period", lambda h: h)
    page = shown._repr_html_()
    assert page.index("Hint 1 of 2") < page.index("Hint 2 of 2") < page.index("A solution")
    assert page.count("<details>") == page.count("</details>") == 3 and page.endswith(
        "</details>" * 3
    )
    assert 'exercises.hint("90-period")' in repr(shown)
    for other in (exercises.check("90-period", ...), exercises.check("90-period", period)):
        assert "<details" not in other._repr_html_() and "Stuck" not in repr(other)


def test_a_solution_wants_a_try_first():
    assert "First a try of your own" in repr(exercises.solution("90-period"))
    assert "return" not in repr(exercises.solution("90-period"))
    exercises.check("90-period", lambda h: h)
    assert "return" in repr(exercises.solution("90-period"))


def test_the_solution_shown_is_the_solution_tested():
    exercises.check("90-period", lambda h: h)
    shown = exercises.solution("90-period")
    assert (
        shown.code == exercises.get("90-period").solution
        and "def period" in repr(shown)
        and "<pre><code>def period" in shown._repr_html_()
    )


def test_what_is_shown_is_escaped():
    def evil(height_km):
        raise ValueError("<img src=x onerror=alert(1)>")

    shown = exercises.check("90-period", evil)
    assert (
        "<img" not in shown._repr_html_()
        and "&lt;img" in shown._repr_html_()
        and "<img" in repr(shown)
    )


def test_what_a_stub_shows_is_the_same_every_time():
    stub = exercises.run(exercises.get("90-period"), exercises.get("90-period").stub)
    assert (
        repr(exercises.check("90-period", stub))
        == repr(exercises.check("90-period", stub))
        == "○ Not attempted. Put your own code in place of the three dots `...`, then run this "
        "cell again."
    )


def test_the_words_of_a_task(fresh):
    assert exercises.ask("90-period").data.startswith("Complete `period`")


# --- files --------------------------------------------------------------------------------------


def test_an_unknown_exercise_lists_those_of_its_lesson():
    with pytest.raises(
        exercises.ExerciseError, match="no exercise '90-x'; accepted: 90-height, 90-period"
    ):
        exercises.check("90-x", 1)
    with pytest.raises(
        exercises.ExerciseError,
        match="no exercise '42-x'; accepted: the id that stands in the cell of the exercise, such "
        "as '90-height'",
    ):
        exercises.hint("42-x")
    with pytest.raises(
        exercises.ExerciseError, match="no exercises '42_x'; accepted: 90_every_kind"
    ):
        exercises.load("42_x")


@pytest.mark.parametrize(
    "changes, said",
    [
        (
            {"tier": "hard"},
            "exercise '90-by-kind', field 'tier': 'hard' is not accepted; accepted: one of change, "
            "complete, write",
        ),
        ({"id": "91-x"}, "an id of its own that begins with 90-"),
        ({"id": "90-period"}, "an id of its own"),
        ({"wrong": {"one": "x"}}, "accepted: at least 2 entries"),
        ({"wrong": {"mean": "x", "two": "y"}}, "a message for each of mean, two"),
        ({"cases": [[1]], "cases_code": "cases = []"}, "either cases or cases_code"),
        ({"returns": "plot"}, "accepted: one of number, array, table, text, truth"),
        ({"more": 1}, "accepted: only the fields"),
    ],
)
def test_a_broken_file_names_exercise_and_field(fresh, changes, said):
    variant(fresh, **changes)
    with pytest.raises(ValueError, match=f"(?s)^{FILE}.*{said}"):
        exercises.load("90_every_kind")


@pytest.mark.parametrize("name", ["90-height", "90-period", "90-heights", "90-by-kind"])
@pytest.mark.parametrize(
    "thing",
    [
        0,
        "",
        [],
        {},
        set(),
        b"x",
        1j,
        object,
        object(),
        np.array([]),
        np.array(["x"]),
        np.array([[1, 2]]),
        pd.DataFrame(),
        pd.Series(dtype=float),
        pd.NA,
        pd.Timestamp(0),
        range(3),
        lambda *a: pd.DataFrame(),
        lambda *a: object(),
        lambda *a: a,
        lambda *a: pd.NA,
        lambda *a: [None],
        lambda *a: {"a": 1},
        lambda *a: np.array([["x"]]),
    ],
    ids=lambda t: repr(t)[:20],
)
def test_no_object_breaks_the_check(name, thing):
    assert exercises.check(name, thing).state == "not yet"
