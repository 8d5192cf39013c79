"""What a long log costs: one quiz cell of a new kernel and one answer, at 50,000 events."""

import json
import os
import time
from pathlib import Path
from statistics import median

EVENTS = 50_000
LESSON, QUESTION, CHOICES = "02_station_orbit", "higher-is", ("faster-shorter", "slower-longer")


def write(folder):
    """Write a log of 50,000 answers of a guest into a learner's folder."""
    given = {"lesson": "02_x", "question": "q", "state": "right", "score": 1.0, "raw": "a"}
    event = {"at": "2026-01-01T00:00:01+00:00", "who": "guest", "kind": "answer"}
    event["payload"] = given | {"version": 1}
    lines = "".join(json.dumps(event | {"n": n}) + "\n" for n in range(EVENTS))
    (folder / "log").mkdir(parents=True, exist_ok=True)
    (folder / "log" / "a.jsonl").write_text(lines, encoding="utf-8")


def measure():
    """Return [(goal, value, unit, target)]. To be called in a process with a
    SHARED_ORBITS_HOME of its own: the answers go into its log.
    """
    write(Path(os.environ["SHARED_ORBITS_HOME"]))
    from helpers.learning import progress, quiz  # they choose the learner's folder when imported
    from helpers.learning.quiz.session import Session

    quiz.show(LESSON)  # imports, and the evening before: the log is read once
    progress.forget()  # a new kernel
    begin = time.perf_counter()
    quiz.show(LESSON)
    cell = time.perf_counter() - begin
    session, taken = Session(LESSON), []
    session.open()
    for nth in range(10):
        begin = time.perf_counter()
        session.act("check", QUESTION, CHOICES[nth % 2])
        taken.append(time.perf_counter() - begin)
    assert len(progress.events()) > EVENTS, "the log was not read"
    return [
        ("one quiz cell at 50,000 events", 1000 * cell, "ms", 500),
        ("one answer at 50,000 events", 1000 * median(taken), "ms", 100),
    ]
