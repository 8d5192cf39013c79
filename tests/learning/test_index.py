"""The index beside the logs: it makes a new run quick,
and is never believed where it does not fit.
"""

import contextlib
import json
import os
import random
import time

import pytest

from helpers.learning import progress
from helpers.learning.progress import folds, index, log
from helpers.learning.quiz.session import Session
from tests.learning.test_progress import answer, line, put


@pytest.fixture(autouse=True)
def fresh(learner_folder, monkeypatch):
    """Give every test an empty folder, a process that remembers nothing,
    and an index after every reading.
    """
    progress.forget()
    monkeypatch.setattr(index, "WORTH_IT", 1)
    return learner_folder


def standing():
    """Return all that is known of the learner who works and of all others."""
    shelf = log.read()
    sums = {
        who: {name: record.fold(name, *fold[:2]) for name, fold in folds.FOLDS.items()}
        for who, record in shelf.records.items()
        if record.fold("items", *folds.FOLDS["items"][:2])
    }
    return sums, shelf.turn, shelf.current, shelf.seeds, shelf.renamed, progress.who().nickname


def without_index(fresh):
    (fresh / index.NAME).unlink(missing_ok=True)
    progress.forget()
    return standing()


def summed():
    """Return whether a new run begins from the index."""
    progress.forget()
    return log.read().summed


def test_a_new_run_begins_from_the_index_and_knows_the_same(fresh):
    progress.sign_in("ada")
    for number in range(30):
        answer(f"q{number % 7}", random.Random(number).choice(["right", "wrong"]))
    progress.forget()
    before = standing()
    assert summed() and standing() == before
    answer("q1", "wrong")  # and goes on from there
    after = standing()
    assert after != before and without_index(fresh) == after


def act(chance):
    """Do one thing that any of several kernels may do."""
    do = chance.choice(
        ["answer"] * 6 + ["hint", "shown", "another", "reset", "sign in", "exercise"]
    )
    question = {"lesson": "02_x", "question": f"q{chance.randrange(5)}"}
    if do == "answer":
        answer(question["question"], chance.choice(["right", "wrong", "partial"]))
    elif do == "sign in":
        progress.sign_in(chance.choice(["ada", "ben", "chidi"]))
    elif do == "reset":
        progress.reset()
    elif do == "exercise":
        progress.append("exercise", {"exercise": "02-push", "state": "not yet"})
    elif do == "shown":
        progress.append("shown", {"lesson": "02_x", "questions": ["q1", "q9"], "version": 1})
    else:
        progress.append(do, question | {"hints" if do == "hint" else "nth": 1})


@pytest.mark.parametrize("number", range(25))
def test_any_history_of_many_runs_is_the_same_with_and_without(fresh, number):
    chance = random.Random(number)
    for _ in range(12):
        if chance.random() < 0.5:
            progress.forget()  # a new kernel
        for _ in range(chance.randrange(6)):
            act(chance)
        if chance.random() < 0.2:
            with contextlib.suppress(progress.ProgressError):  # nothing there to take over
                chance.choice([progress.take_over, lambda: progress.rename("eve")])()
    progress.forget()
    with_it = standing()
    assert with_it == without_index(fresh)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b'"turn"', b'"tyrn"'),
        lambda content: content[:-20] + b"x" * 20,
        lambda content: index._signed(b"[]"),
        lambda content: index._signed(b"[" * 100_000),
        lambda content: index._signed(content.partition(b"\n")[2].replace(b'"files"', b'"f"')),
        lambda content: b"\xff\xfe" + content,
    ],
)
def test_a_damaged_index_is_not_believed(fresh, damage):
    answer("q1")
    before = without_index(fresh)
    path = fresh / index.NAME
    path.write_bytes(damage(path.read_bytes()))
    assert not summed() and standing() == before


def test_an_index_of_another_version_of_the_course_is_not_believed(fresh, monkeypatch):
    answer("q1")
    without_index(fresh)
    assert summed()
    monkeypatch.setattr(index, "_code", lambda: "of another version")
    assert not summed()


def test_a_log_that_was_edited_or_taken_away_is_read_anew(fresh):
    put(fresh, *(line(n, n=n) for n in range(1, 9)))
    assert progress.items()[("02_x", "q")].attempts == 8
    assert summed()
    path = fresh / "log" / "a.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"right"', b'"wrong"', 1))
    assert not summed()
    path.unlink()
    assert not summed() and progress.items() == {}


def test_what_needs_the_events_reads_them(fresh):
    progress.sign_in("ada")
    answer("q1")
    progress.reset()
    answer("q2")
    without_index(fresh)
    assert summed()
    assert [e["payload"]["question"] for e in progress.events("answer")] == ["q2"]
    assert not log.read().summed and len(progress.archived()) == 3
    assert summed() and len(progress.due()) == 0 and not log.read().summed


@pytest.mark.parametrize("old", [True, False])
def test_a_copy_that_comes_after_the_index_counts_once(fresh, old):
    if old:
        put(fresh, *(line(n, n=n) for n in range(1, 5)), name="first")
    else:
        answer("q1", "wrong")
    without_index(fresh)
    assert summed()
    before = standing()
    (path,) = (fresh / "log").glob("*.jsonl")
    (fresh / "log" / f"{path.stem} (conflicted copy).jsonl").write_bytes(path.read_bytes())
    progress.forget()
    assert standing() == before


def test_what_another_machine_wrote_earlier_goes_to_its_place(fresh):
    for state in ("wrong", "right"):
        answer("q1", state)
    without_index(fresh)
    assert summed()
    late = json.loads((next((fresh / "log").glob("*.jsonl"))).read_bytes().splitlines()[0])
    late |= {"id": "0a0b0c0d", "turn": 1, "at": "2020-01-01T00:00:00+00:00"}
    (fresh / "log" / "other.jsonl").write_text(json.dumps(late) + "\n")
    progress.forget()
    now = standing()
    assert progress.items()[("02_station_orbit", "q1")].state == "right"
    assert now == without_index(fresh)


def test_a_line_that_cannot_be_read_is_named_in_each_run(fresh):
    put(fresh, line(1), b"{half a line\n")
    progress.items()
    assert len(progress.notices()) == 1
    assert summed() and len(progress.notices()) == 1


def test_a_disk_that_takes_no_index_is_no_news(fresh, monkeypatch):
    def refuse(path, content):
        raise OSError("no space")

    monkeypatch.setattr(index.files, "replace", refuse)
    answer("q1")
    assert progress.notices() == [] and not summed()


def test_a_few_events_are_read_without_an_index(fresh, monkeypatch):
    monkeypatch.setattr(index, "WORTH_IT", 2000)
    answer("q1")
    progress.forget()
    progress.items()
    assert os.listdir(fresh) == ["log"]


def test_fifty_thousand_events_wait_for_no_first_quiz_cell(fresh, monkeypatch):
    """In a new kernel a quiz cell takes below 0.5 s, and an answer below 0.1 s."""
    monkeypatch.setattr(index, "WORTH_IT", 2000)
    put(fresh, *(line(1, n=n, payload=None) for n in range(50_000)))
    progress.items()
    from helpers.learning.quiz import bank

    bank.load("02_station_orbit")
    progress.forget()
    begun = time.process_time()
    session = Session("02_station_orbit")
    session.open()
    session.questions(), session.states()
    first = time.process_time() - begun
    begun = time.process_time()
    session.act("check", "higher-is", "faster-shorter")
    answered = time.process_time() - begun
    assert first < 0.5 and answered < 0.1, (first, answered)
    assert progress.items()[("02_x", "q")].attempts == 50_000
