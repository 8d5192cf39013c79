"""The events of the learner who is working."""

from copy import copy
from pathlib import Path

from helpers.base import files
from helpers.learning.progress import folder, log
from helpers.learning.progress.folds import FOLDS
from helpers.learning.progress.people import who


def append(kind, payload):
    """Write one event and return True when it is on the disk,
    False when only this run remembers it.

    kind: a word such as "answer". payload: a dict of JSON values.
    Raises ProgressError when the payload is not a dict of JSON values, or lacks what its kind
    needs.
    """
    return log.write(who().nickname, kind, payload)


def events(kind=None, everyone=False):
    """Return the events in order as a list of dicts (at, n, who, kind, payload),
    since the last reset.

    kind: only these. everyone: of all learners on this machine and before resets too, not only of
    the one who works.
    """
    name, shelf = who().nickname, log.read(whole=True)
    found = [event for _, event in shelf.order] if everyone else shelf.record(name).active
    return [e for e in found if kind in (None, e["kind"])]


def reset():
    """Start anew: what you did before no longer counts. Nothing is deleted:
    `archived()` returns it.
    """
    append("reset", {})


def archived():
    """Return the learner's events from before the last reset."""
    return list(log.read(whole=True).record(who().nickname).archive)


def fold(name, start, step):
    """Return start() after step(value, event) for each event of the learner, the new ones only.

    name: of this fold; its value is kept between calls, so callers must not change it.
    """
    learner = who().nickname
    return log.read(whole=name not in FOLDS).record(learner).fold(name, start, step)


def items(lesson=None):
    """Return {(lesson, question id): Item} for the questions of one lesson, or of all."""
    found = fold("items", *FOLDS["items"][:2])
    return {key: copy(item) for key, item in found.items() if lesson in (None, key[0])}


def exercises():
    """Return {exercise id: (state, checks)}; a state "right" stays."""
    return dict(fold("exercises", *FOLDS["exercises"][:2]))


def pack(path="my_answers.txt"):
    """Write all that the logs of this folder hold into one file, to keep or to take along;
    return its Path.

    path: of the file, beside the notebook unless it says more; one that is there is replaced. To
    bring it back, put it into the folder `log` of the learner's folder: an event that is there
    already counts once. Raises OSError as the disk does.
    """
    logs = sorted((folder.home() / "log").glob("*"))
    lines = [p.read_bytes().rstrip(b"\n") for p in logs if p.name.endswith(folder.LOG_ENDINGS)]
    files.replace(path, b"\n".join(line for line in lines if line) + b"\n")
    return Path(path).absolute()
