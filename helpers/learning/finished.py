"""Which lessons a learner has begun and finished, and for how long they worked."""

from datetime import datetime

from helpers.learning import progress
from helpers.learning.quiz import bank

PAUSE = 10  # minutes: a longer gap between two answers is a pause
ACTS = (
    "answer",
    "another",
    "exercise",
    "exercise_hint",
    "exercise_solution",
    "hint",
    "revealed",
)


def finished_lessons():
    """Return the lessons (such as "02_station_orbit") of which you have answered every core
    question, sorted.
    """
    mine = progress.items()
    begun = {lesson for lesson, _ in mine}  # to read a bank takes a while: only these
    return [
        name
        for name in bank.lessons()
        if name in begun
        and (asked := core_questions(name))
        and all(_answered(mine, q) for q in asked)
    ]


def begun_lessons():
    """Return the lessons in which you have acted, the one of the last act last."""
    names = [event["payload"].get("lesson") for event in acts()]
    return [name for name, _ in sorted(_last_place(names).items(), key=lambda item: item[1])]


def _last_place(names):
    return {name: number for number, name in enumerate(names) if isinstance(name, str)}


def acts(lesson=None):
    """Return the events in which you did something, in a lesson such as "02_station_orbit" or in
    all.
    """
    return [
        event
        for event in progress.events()
        if event["kind"] in ACTS and lesson in (None, event["payload"].get("lesson"))
    ]


def core_questions(lesson):
    """Return the core questions of a lesson; none where it has no bank."""
    if lesson not in bank.lessons():
        return []
    return [q for q in bank.load(lesson).questions if q.section == "core"]


def open_questions(lesson):
    """Return how many core questions of a lesson wait for an answer."""
    mine = progress.items()
    return sum(not _answered(mine, q) for q in core_questions(lesson))


def _answered(mine, question):
    return mine.get((question.lesson, question.id), progress.Item()).answered


def minutes(lesson):
    """Return the minutes between your acts in a lesson, pauses of more than 10 minutes left out,
    rounded up.
    """
    times = [datetime.fromisoformat(event["at"]) for event in acts(lesson)]
    gaps = [(after - before).total_seconds() / 60 for before, after in zip(times, times[1:])]
    return -int(-sum(gap for gap in gaps if 0 < gap <= PAUSE) // 1)
