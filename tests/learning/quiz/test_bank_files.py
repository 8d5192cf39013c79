"""Every question and exercise of the course passes its own test; the tests of the example show that
they can fail.
"""

import dataclasses
import re

import pytest

from helpers.learning import exercises
from helpers.tables import data
from helpers.learning.quiz import bank
from tests.learning.quiz.selftest import exercise_problems, question_problems

QUESTIONS = [(lesson, q.id) for lesson in bank.lessons() for q in bank.load(lesson).questions]
EXERCISES = [(lesson, e.id) for lesson in exercises.lessons() for e in exercises.load(lesson)]


@pytest.mark.parametrize("lesson, name", QUESTIONS)
def test_question_of_the_course(lesson, name):
    assert question_problems(bank.load(lesson)[name]) == []


@pytest.mark.parametrize("lesson, name", EXERCISES)
def test_exercise_of_the_course(lesson, name):
    assert exercise_problems(exercises.get(name)) == []


def test_sources_are_in_the_table_of_sources():
    known = set(data.table("sources")["id"])
    named = {
        (q.lesson, q.id, s)
        for lesson in bank.lessons()
        for q in bank.load(lesson).questions
        for s in q.source
    }
    assert sorted(one for one in named if one[2] not in known) == []


def test_the_example_passes(example):
    assert [p for q in bank.load("90_every_kind").questions for p in question_problems(q)] == []
    assert [p for e in exercises.load("90_every_kind") for p in exercise_problems(e)] == []


CHANGES = [  # (question, field changed, new value, what the self-test must say)
    ("why-no-fall", "answer", "engines", "test.right 'falls' is wrong"),
    ("period", "answer", {"value": 94.0, "unit": "min", "abs_tol": 100}, "the distractor 'hours'"),
    ("period", "test", {"right": ["90 min"], "malformed": [""]}, "test.right '90 min' is wrong"),
    ("mission-order", "wrong", {"backwards": ["sputnik", "apollo", "mir", "iss"]}, "is right"),
    ("unit-of-frequency", "wrong", {"period": ["hertz"]}, "is right"),
    (
        "orbits-per-day",
        "test",
        {"right": ["1e9"], "malformed": ["16"]},
        "test.right '1e9' is invalid",
    ),
    ("what-sets-period", "test", {"right": [["height"]], "malformed": [[]]}, "is partial"),
]


@pytest.mark.parametrize("name, field, value, said", CHANGES)
def test_self_test_finds_a_wrong_question(example, name, field, value, said):
    changed = dataclasses.replace(bank.load("90_every_kind")[name], **{field: value})
    assert any(said in problem for problem in question_problems(changed))


def test_question_without_self_test_is_refused(example):
    path = example / "quiz" / "90_every_kind.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(r"    test:\n      right: \[falls\].*\n      malformed: .*\n", "", text),
        encoding="utf-8",
    )
    with pytest.raises(
        bank.FileError,
        match=r"90_every_kind.yaml, question 'why-no-fall'.*accepted: the field 'test' too",
    ):
        bank.load("90_every_kind")


def test_self_test_finds_a_wrong_exercise(example):
    path = example / "exercises" / "90_every_kind.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("return distances_km - 6378.0", "return 6378.0 - distances_km", 1),
        encoding="utf-8",
    )
    found = [p for e in exercises.load("90_every_kind") for p in exercise_problems(e)]
    assert any("'sign' is 'right'" in problem for problem in found)
