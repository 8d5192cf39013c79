"""Before and after the course: parallel questions, kept and never graded, and what changed in
words.
"""

import re

import pytest

from helpers.learning import change, finished, progress, record, report
from helpers.learning.quiz import bank, session, view

PAIRS = change.pairs()


def test_ten_pairs_two_of_each_kind():
    kinds = [question.id.split("-")[1] for question, _ in PAIRS]
    assert len(PAIRS) == 10 and {kinds.count(kind) for kind in kinds} == {2}
    assert len(bank.load("13_capstone").section("after")) == 10


@pytest.mark.parametrize("before, after", PAIRS, ids=lambda question: question.id)
def test_a_pair_is_parallel(before, after):
    """The same kind, the same options by name, another setting, no number of the other prompt."""
    assert before.objective == after.objective and before.answer == after.answer
    assert list(before.options) == list(after.options) and len(before.options) == 3
    words = [question.text["prompt"] for question in (before, after)]
    numbers = [set(re.findall(r"\d[\d,]*", text)) for text in words]
    assert words[0] != words[1] and not numbers[0] & numbers[1]


def answer(side, right):
    """Answer the questions of a side; right: how many of them, the first ones, are seen through."""
    for place, pair in enumerate(PAIRS):
        question = pair[side]
        wrong = next(name for name in question.options if name != question.answer)
        asked = session.Session(question.lesson, question=question.id)
        asked.act("check", question.id, question.answer if place < right else wrong)


@pytest.fixture
def learner(tmp_path, monkeypatch):
    monkeypatch.setenv("SHARED_ORBITS_HOME", str(tmp_path))
    progress.forget()
    yield
    progress.forget()


def test_an_answer_is_kept_and_nothing_is_given_away(learner):
    question = PAIRS[0][0]
    asked = session.Session(question.lesson, "before")
    for raw in question.options:
        state = asked.act("check", question.id, raw)
        assert set(state) == {"state", "raw", "feedback"} and state["state"] == "kept"
        assert state["raw"] == next(iter(question.options))  # the first one stays
    assert state["feedback"] == ["Your first answer stays: About 60."]
    assert asked.act("reveal", question.id)["feedback"] == [session.KEPT]
    assert asked.act("check", PAIRS[1][0].id, "")["state"] == "invalid"
    said = str(asked.states()) + str(asked.questions())
    texts = (*question.text["feedback"].values(), question.text["explanation"])
    assert not any(text in said for text in texts)


def test_it_is_in_no_score_and_in_no_due_list(learner):
    answer(0, 5)
    answer(1, 5)
    later = finished.datetime.fromisoformat("2099-01-01T00:00:00+00:00")
    assert progress.due(later) == [] and record.view(later).rows == []
    assert finished.finished_lessons() == []
    assert [number for _, number in report.done()] == [0] * 6


def test_what_changed_in_words(learner):
    assert repr(record.changed()) == change.WAITING
    answer(0, 3)
    assert repr(record.changed()) == change.WAITING
    answer(1, 9)
    found = record.changed()
    assert [row[1:] for row in found.rows()] == [
        ("2 of 2", "2 of 2"),
        ("1 of 2", "2 of 2"),
        ("0 of 2", "2 of 2"),
        ("0 of 2", "2 of 2"),
        ("0 of 2", "1 of 2"),
    ]
    ((prompt, mine, said),) = found.again()
    assert prompt == PAIRS[-1][1].text["prompt"] and mine == "15"
    assert said.startswith("Then the fifth would have had none.")
    for text in (repr(found), found._repr_html_()):
        assert "no mark" in text and "%" not in text


def test_without_the_first_test_the_second_stands_alone(learner):
    answer(1, 10)
    assert {row[1:] for row in record.changed().rows()} == {("–", "2 of 2")}
    assert record.changed().again() == []


def test_the_button_says_keep():
    assert view.show("13_capstone", "after").questions[0]["keep"] is True
    assert "keep" not in view.show("13_capstone", "core").questions[0]
