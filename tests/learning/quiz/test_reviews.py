"""What is due for review, asked anew on another day."""

from datetime import datetime, timedelta, timezone

import pytest

from helpers.learning import progress, quiz
from helpers.learning.quiz import bank, grading, reviews, variants, view

LESSON = "90_every_kind"


@pytest.fixture(autouse=True)
def fresh(example, monkeypatch):
    progress.forget()
    monkeypatch.setattr(view, "_views", {})
    return example


def act(widget, name, raw=None, do="check"):
    widget._receive(widget, {"do": do, "id": name, "raw": raw}, [])
    return widget.states[name]


def days_later(days, monkeypatch):
    """Let `quiz.review` look at what is due after so many days."""
    due, later = progress.due, datetime.now(timezone.utc) + timedelta(days=days)
    monkeypatch.setattr(progress, "due", lambda now=None: due(later))


def test_nothing_is_due_on_the_first_evening(fresh):
    act(quiz.show(LESSON), "why-no-fall", "engines")
    shown = quiz.review()
    assert shown.questions == [] and shown.title.startswith("Nothing is due for review.")
    assert "Nothing is due" in shown._repr_mimebundle_()[0]["text/html"]


def test_the_three_oldest_are_asked_anew(fresh, monkeypatch):
    first = quiz.show(LESSON)
    for name, raw in [
        ("why-no-fall", "engines"),
        ("period", "1"),
        ("unit-of-frequency", "metre"),
        ("what-sets-period", ["inclination"]),
    ]:
        act(first, name, raw)
    before = next(q for q in first.questions if q["id"] == "period")["prompt"]
    days_later(3, monkeypatch)
    shown = quiz.review()
    assert [q["id"] for q in shown.questions] == ["1", "2", "3"]
    assert shown.title == "Review: 3 of 4 due"
    assert all(q["prompt"].startswith("Lesson 90. ") for q in shown.questions)
    assert all(state == {"state": "shown"} for state in shown.states.values())
    assert before not in [q["prompt"] for q in shown.questions]  # other numbers
    again = quiz.review()
    assert again is shown and again.states["1"] == {"state": "shown"}
    assert len(progress.events("another")) == 3  # asking again notes nothing twice


def test_a_review_is_graded_noted_and_no_longer_due(fresh, monkeypatch):
    act(quiz.show(LESSON), "period", "1")
    days_later(3, monkeypatch)
    shown = quiz.review(1)
    item = progress.items()[(LESSON, "period")]
    now = variants.resolve(bank.load(LESSON)["period"], item.seed, item.nth)
    assert act(shown, "1", "abc")["state"] == "invalid"
    assert act(shown, "1", do="hint")["hints"]
    assert act(shown, "1", grading.solution(now))["state"] == "right"
    assert progress.items()[(LESSON, "period")].solved
    monkeypatch.undo()
    assert progress.due() == []


def test_what_a_later_course_no_longer_asks_is_left_out(fresh, monkeypatch):
    for lesson, name in (("91_gone", "x"), (LESSON, "gone"), (LESSON, "why-no-fall")):
        answer = {"lesson": lesson, "question": name, "version": 1, "state": "wrong"}
        progress.append("answer", answer | {"score": 0.0, "raw": "x"})
    days_later(3, monkeypatch)
    assert quiz.review().title == "Review: 1 of 1 due"


@pytest.mark.parametrize("number", [0, 21, "3", None, True, 2.0])
def test_another_number_is_refused(fresh, number):
    with pytest.raises(reviews.ReviewError, match="accepted: a whole number from 1 to 20"):
        quiz.review(number)


def test_a_question_that_the_page_does_not_hold_changes_nothing(fresh, monkeypatch):
    act(quiz.show(LESSON), "why-no-fall", "engines")
    days_later(3, monkeypatch)
    shown = quiz.review()
    shown._receive(shown, {"do": "check", "id": "9", "raw": "falls"}, [])
    assert len(progress.events("answer")) == 1
