"""Grading by hand-worked cases: tolerances, partial credit, feedback, and input of every shape."""

import dataclasses
import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.learning.quiz import bank, grading, variants
from helpers.learning.quiz.grading import grade


@pytest.fixture
def ask(example):
    return lambda name: variants.resolve(bank.load("90_every_kind")[name])


def number(ask, value, **tolerance):
    return dataclasses.replace(
        ask("period"), answer={"value": value, "unit": "min"} | tolerance, wrong={}
    )


@pytest.mark.parametrize(
    "raw, state",
    [
        ("12", "right"),
        ("14", "right"),
        ("11.999", "wrong"),
        ("14.001", "wrong"),
        ("13,0", "right"),
        ("-13", "wrong"),
        ("0.2 h", "right"),
        ("0.2334 h", "wrong"),
    ],
)
def test_absolute_tolerance_includes_its_bounds(ask, raw, state):
    assert grade(number(ask, 13, abs_tol=1), raw).state == state


@pytest.mark.parametrize(
    "value, raw", [(0.3, "0.4"), (0.3, "0.2"), (1.1, "1.2"), (1.1, "1.0"), (100.1, "100.2")]
)
def test_bounds_count_in_spite_of_binary_rounding(ask, value, raw):
    assert grade(number(ask, value, abs_tol=0.1), raw).state == "right"


@pytest.mark.parametrize(
    "raw, state",
    [
        ("-99", "right"),
        ("-101", "right"),
        ("-98.9", "wrong"),
        ("-101.1", "wrong"),
        ("100", "wrong"),
    ],
)
def test_relative_tolerance_of_a_negative_number(ask, raw, state):
    assert grade(number(ask, -100, rel_tol=0.01), raw).state == state


def test_both_tolerances_add_up(ask):
    assert grade(number(ask, 100, rel_tol=0.01, abs_tol=1), "102").state == "right"
    assert grade(number(ask, 100, rel_tol=0.01, abs_tol=1), "102.1").state == "wrong"


def test_zero_is_an_answer(ask):
    assert grade(number(ask, 0, abs_tol=0.5), "-0.5").state == "right"


def test_a_foreseen_wrong_number_has_its_feedback(ask):
    assert grade(ask("period"), "1.567 min").feedback == (ask("period").text["feedback"]["hours"],)


@pytest.mark.parametrize(
    "ticked, score",
    [
        (["height", "earth-mass"], 1),
        (["height"], 0.5),
        (["height", "own-mass"], 0),
        (["height", "earth-mass", "own-mass"], 0.5),
        (["height", "earth-mass", "own-mass", "inclination"], 0),
        (["own-mass"], 0),
        (["own-mass", "inclination"], 0),
    ],
)
def test_partial_credit_of_ticks(ask, ticked, score):
    result = grade(ask("what-sets-period"), ticked)
    assert result.score == score
    assert result.state == ("right" if score == 1 else "partial" if score else "wrong")


@given(st.integers(1, 6), st.integers(1, 6))
def test_ticking_all_never_pays_and_no_score_is_negative(right, wrong):
    names = [f"r{i}" for i in range(right)] + [f"w{i}" for i in range(wrong)]
    question = bank.Question(
        lesson="90_x",
        id="x",
        version=1,
        kind="multiple",
        section="core",
        objective="x",
        answer=names[:right],
        text={
            "prompt": "x",
            "explanation": "x",
            "options": dict.fromkeys(names, "x"),
            "feedback": {},
        },
        test={},
    )
    assert grade(question, names).score == 0
    assert all(
        0 <= grade(question, list(some)).score <= 1
        for size in range(1, len(names) + 1)
        for some in itertools.islice(itertools.combinations(names, size), 30)
    )


def test_a_tick_that_is_missing_may_have_feedback(ask):
    assert grade(ask("what-sets-period"), ["earth-mass"]).feedback == (
        "The height matters as well.",
    )


def test_blind_orders_and_matches_earn_little(ask):
    """Over all permutations Kendall's tau is 0 on average; scores are cut at 0, so the mean is
    small and above 0.
    """
    orders = [
        grade(ask("mission-order"), list(p)).score
        for p in itertools.permutations(ask("mission-order").options)
    ]
    assert sum(score == 1 for score in orders) == 1 and min(orders) == 0
    assert sum(orders) / len(orders) == pytest.approx(
        sum(max(0, 1 - 2 * inv / 6) * n for inv, n in enumerate([1, 3, 5, 6, 5, 3, 1])) / 24
    )
    one_hit = {"inclination": "tilt", "apogee": "time", "perigee": "time"}
    assert grade(ask("words"), one_hit).state == "wrong"
    assert (
        grade(ask("words"), {"inclination": "tilt", "apogee": "far", "perigee": "time"}).score
        == 0.5
    )


@pytest.mark.parametrize(
    "raw", ["Hertz", "HERTZ", " hertz. ", "hértz", "the  hertz", "Ｈertz", "hz"]
)
def test_what_does_not_count_in_a_text(ask, raw):
    assert grade(ask("unit-of-frequency"), raw).state == "right"


@pytest.mark.parametrize(
    "raw, state",
    [
        ("", "invalid"),
        (" ?! ", "invalid"),
        ("x" * 201, "invalid"),
        ("x" * 200, "wrong"),
        ("seconds", "wrong"),
        ("__import__('os').abort()", "wrong"),
        ("<img src=x onerror=alert(1)>", "wrong"),
        ("%s{0}${x}", "wrong"),
    ],
)
def test_other_texts(ask, raw, state):
    assert grade(ask("unit-of-frequency"), raw).state == state


@pytest.mark.parametrize(
    "raw, state",
    [
        ("16", "kept"),
        ("1", "kept"),
        ("1000", "kept"),
        ("0", "invalid"),
        ("-3", "invalid"),
        ("1001", "invalid"),
        ("", "invalid"),
        ("lots", "invalid"),
        ("16 kg", "invalid"),
    ],
)
def test_estimates(ask, raw, state):
    assert grade(ask("orbits-per-day"), raw).state == state


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(JSON)
def test_no_message_of_any_shape_breaks_the_grading(raw):
    for question in EVERY:
        result = grade(question, raw)
        assert (
            result.state in ("invalid", "wrong", "partial", "right", "kept")
            and 0 <= result.score <= 1
        )


@pytest.fixture(autouse=True)
def every(example):
    EVERY[:] = [variants.resolve(q) for q in bank.load("90_every_kind").questions]


EVERY = []


def test_nothing_typed_is_evaluated(ask, monkeypatch):
    """Every function that could evaluate a text raises; grading does not notice."""
    import builtins

    def refuse(*arguments, **named):
        raise AssertionError("evaluated")

    for name in ("eval", "exec", "compile", "__import__"):
        monkeypatch.setattr(builtins, name, refuse)
    states = [
        grade(q, raw).state
        for q in EVERY
        for raw in ("__import__('os').system('true')", "1+1", "{answer}", "$height")
    ]
    monkeypatch.undo()
    assert set(states) == {"invalid", "wrong"}


def test_solutions_are_accepted_and_said_in_words(ask):
    for question in EVERY:
        if question.kind != "estimate":
            assert grade(question, grading.solution(question)).state == "right"
            assert grading.solution_words(question)
    assert grading.solution_words(ask("period")) == "94 min"
    assert math.isclose(ask("period").answer["value"], 93.99795, rel_tol=1e-6)


@pytest.mark.parametrize(
    "typed, said",
    [
        ("-94", "The size is right, the sign is not."),
        ("1.567", "The size fits hours"),  # foreseen by the bank: its own words come first
        ("5640", "too large by a factor of 60: look at seconds"),
        ("0.94", "too small by a factor of 100: look at fractions and percent"),
        ("188", "too large by a factor of 2: look at radius and diameter"),
        ("70", None),
    ],
)
def test_a_slip_that_many_make_is_named_though_no_bank_foresaw_it(ask, typed, said):
    found = grade(ask("period"), typed)
    assert found.state == "wrong" and (said in found.feedback[0] if said else not found.feedback)


def test_a_number_without_unit_has_no_hours_and_no_radians(ask):
    one = dataclasses.replace(ask("period"), answer={"value": 3.09, "unit": "1", "rel_tol": 0.03})
    one = dataclasses.replace(one, wrong={})
    assert not grade(one, "20").feedback and not grade(one, "185.4").feedback
    share = dataclasses.replace(one, answer={"value": 25.9, "unit": "%", "abs_tol": 1})
    assert not grade(share, "50 %").feedback
    assert "a factor of 100: look at fractions" in grade(one, "309").feedback[0]


def test_what_lies_near_a_factor_within_a_wide_tolerance_is_no_slip(ask):
    one = dataclasses.replace(ask("period"), answer={"value": 94, "unit": "min", "rel_tol": 0.05})
    assert "factor of 60" in grade(one, "5640").feedback[0] and not grade(one, "5870").feedback


def test_rounding_too_much_is_named(ask):
    one = dataclasses.replace(ask("period"), answer={"value": 4.2, "unit": "1", "abs_tol": 0.06})
    assert "You have rounded, and too much" in grade(one, "4").feedback[0]
    assert grade(one, "4.2").state == "right" and grade(one, "5").feedback == ()
