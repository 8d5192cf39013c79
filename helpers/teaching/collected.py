"""Logs that a teacher collected into one folder:
one folder a machine or a pupil, each as the course wrote it.

Nicknames repeat ("learner" on every machine), so a pupil is named by folder and nickname. What is
damaged or foreign is named and left out; it never ends a report. What a pupil packed into one file
(progress.pack) stands for a folder of that name.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from helpers.learning.progress import log, shelf
from helpers.learning.progress.folder import LOG_ENDINGS
from helpers.tables import data


class LogError(ValueError):
    """A folder that holds no logs, or a date that is none."""


@dataclass(frozen=True)
class Collected:
    """What was read: events in order, each with `pupil`;
    problems, a sentence for each thing that was left out.
    """

    events: list
    problems: list

    def of(self, *kinds):
        """Return the events of some kinds."""
        return [event for event in self.events if event["kind"] in kinds]


def read(folder, lesson=None, since=None):
    """Return the Collected events of all logs (*.jsonl, *.txt) under `folder`; a log that was
    collected twice counts once.

    folder: a Path or text, or what was read already, which comes back as it is. lesson: only events
    of the lesson that starts so ("04"). since: a day as text, "2026-03-01".
    Raises LogError when there is no log at all, and for a day that is none.
    """
    if isinstance(folder, Collected):
        return folder
    files = sorted(file for ending in LOG_ENDINGS for file in Path(folder).rglob(f"*{ending}"))
    if not files:
        raise LogError(
            f"no logs under {str(folder)!r}; accepted: a folder that holds learners' log folders "
            "(*.jsonl) or packed answers (*.txt)"
        )
    found, problems = {}, []
    for file in files:
        pairs, problem = _events(file)
        place = _place(file.relative_to(folder))
        problems += [f"{file.relative_to(folder).as_posix()}: {problem}"] if problem else []
        for event, line in pairs:
            named = event | {"file": place, "pupil": pupil(place, event["who"])}
            found.setdefault(shelf.identity(event, line), named)
    day = _day(since)
    chosen = [e for e in found.values() if e["at"][:10] >= day and _is_of(e, lesson)]
    return Collected(sorted(chosen, key=shelf.key), problems)


def _place(file):
    """Return the folder of a learner that a log stands for: the one it lies in, or a packed one."""
    packed = file.suffix == ".txt" and file.parent.name != "log"
    return (file.with_suffix("") if packed else file.parent).as_posix()


def pupil(place, nickname):
    """Return the name of a pupil: the folder in which the log lay (without its last part, log),
    and the nickname.
    """
    folder = place.removesuffix("log").strip("/.")
    return f"{folder}/{nickname}" if folder else nickname


def _events(file):
    """Return ([(event, line)], what is wrong with the file or "")."""
    try:
        lines = [line for line in file.read_bytes().split(b"\n") if line.strip()]
    except OSError as problem:
        return [], f"{problem.strerror or problem}; left out"
    read = [found for line in lines if (found := log.parse(line))]
    if lines and not read:
        return [], "no line is an event of this course; left out"
    missing = len(lines) - len(read)
    return read, f"{missing} of {len(lines)} lines cannot be read; left out" if missing else ""


def _day(since):
    try:
        return date.fromisoformat(since).isoformat() if since else ""
    except ValueError:
        raise LogError(f"since = {since!r}; accepted: a day such as 2026-03-01") from None


def _lessons_of_claims():
    return data.table("claims").set_index("id")["lessons"].to_dict()


def _is_of(event, lesson):
    if lesson is None:
        return True
    payload = event["payload"]
    if event["kind"] == "verdict":
        return str(lesson) in _lessons_of_claims().get(payload["claim"], "").split(";")
    named = payload.get("lesson") or payload.get("exercise") or ""
    return str(named).startswith(str(lesson))
