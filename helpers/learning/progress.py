"""What a learner has done: an append-only log of events in the learner's own data folder.

Every process writes a file of its own, `log/<time>-<process>-<random>.jsonl`, one JSON object a line, and all
questions about progress are a fold over the lines of all files. One writer a file needs no locks, so any number
of kernels may write at once on every system; a process that dies mid-line harms the last line of its own file
only. An event counts as kept when one `write` to a file opened with O_APPEND and one `fsync` have returned.

Reviews are spaced by `fsrs` (Free Spaced Repetition Scheduler): pure Python, MIT licence, no dependency of
weight, and deterministic once its fuzzing is off.
"""

import json
import os
import secrets
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

import platformdirs

HOME_VARIABLE = "SHARED_ORBITS_HOME"  # an environment variable: another learner's folder
GUEST = "guest"  # the nickname before anybody signs in
MAX_NICKNAME = 40  # characters


class ProgressError(ValueError):
    """A profile or an event that the log cannot take."""


# --- where ------------------------------------------------------------------------------


def home():
    """Return the Path of the learner's folder.

    That is the folder named by SHARED_ORBITS_HOME, else a temporary one in a test run, else the user's data folder.
    """
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named)
    return (
        _temporary()
        if _in_a_test_run()
        else platformdirs.user_data_path("shared-orbits", appauthor=False)
    )


def _in_a_test_run():
    # nbval's kernels inherit the name of the cell under test from pytest.
    return "::Cell" in os.environ.get("PYTEST_CURRENT_TEST", "") or bool(os.environ.get("CI"))


def _temporary():
    if "folder" not in _state.__dict__:
        _state.folder = Path(tempfile.mkdtemp(prefix="shared-orbits-"))
    return _state.folder


class _State:
    """What this process remembers: its file, events that no disk took, notices, what was read so far."""

    def __init__(self):
        self.files, self.memory, self.notices, self.read, self.count, self.learner = (
            {},
            [],
            [],
            {},
            0,
            {},
        )


_state = _State()


# --- who --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Learner:
    """A learner on this machine: nickname, city and the seed that variants are drawn from."""

    nickname: str = GUEST
    city: str = ""
    seed: str = field(default=GUEST, repr=False)


def sign_in(nickname, city=None):
    """Say who is working; return the Learner. The city stays in the profile, logs carry the nickname only.

    nickname: 1 to 40 printable characters. city: a name for lessons that look at your sky; None keeps the one known.
    Raises ProgressError for another nickname.
    """
    name = str(nickname).strip()
    if not 0 < len(name) <= MAX_NICKNAME or not name.isprintable():
        raise ProgressError(
            f"nickname {nickname!r} is not accepted; accepted: 1 to {MAX_NICKNAME} printable characters"
        )
    profiles = _profiles()
    known = profiles["learners"].get(name, {})
    profiles["learners"][name] = {
        "city": known.get("city", "") if city is None else str(city),
        "seed": known.get("seed") or secrets.token_hex(8),
    }
    profiles["current"] = name
    _save_profiles(profiles)
    learner = _state.learner[str(home())] = Learner(name, **profiles["learners"][name])
    return learner


def who():
    """Return the Learner who is working: the one this process signed in, else the last one who did, else a guest."""
    if str(home()) in _state.learner:
        return _state.learner[str(home())]
    profiles = _profiles()
    name = profiles.get("current")
    return (
        Learner(name, **profiles["learners"][name]) if name in profiles["learners"] else Learner()
    )


def _profiles():
    empty = {"current": None, "learners": {}}
    try:
        found = json.loads((home() / "profiles.json").read_text(encoding="utf-8"))
        named = {
            str(n): {"city": str(p["city"]), "seed": str(p["seed"])}
            for n, p in found["learners"].items()
        }
        return {"current": found["current"], "learners": named}
    except FileNotFoundError:
        return empty
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        _notice(
            "The file profiles.json in your data folder could not be read, so you are a guest until you sign in."
        )
        return empty


def _save_profiles(profiles):
    """Replace the profile file in one step, so that no reader sees half of it."""
    try:
        home().mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=home(), suffix=".part")
        with open(handle, "w", encoding="utf-8") as file:
            json.dump(profiles, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, home() / "profiles.json")
    except OSError as problem:
        _not_kept(problem)


# --- writing ----------------------------------------------------------------------------


def append(kind, payload):
    """Write one event and return True when it is on the disk, False when only this run remembers it.

    kind: a word such as "answer". payload: a dict of JSON values.
    Raises ProgressError when the payload is not a dict of JSON values.
    """
    _state.count += 1
    event = {
        "at": datetime.now(timezone.utc).isoformat(timespec="microseconds"),
        "n": _state.count,
        "who": who().nickname,
        "kind": str(kind),
        "payload": payload,
    }
    try:
        line = (
            json.dumps(event, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
            + b"\n"
        )
    except (TypeError, ValueError) as problem:
        raise ProgressError(
            f"event {kind!r}: {payload!r} is not accepted ({problem}); accepted: a dict of JSON values"
        ) from None
    if not isinstance(payload, dict):
        raise ProgressError(
            f"event {kind!r}: {payload!r} is not accepted; accepted: a dict of JSON values"
        )
    try:
        _write(line)
    except OSError as problem:
        _state.files.pop(
            _writer(), None
        )  # the next event starts a file of its own: this one may end in half a line
        _state.memory.append((str(home()), json.loads(line)))
        _not_kept(problem)
        return False
    return True


def _writer():
    return str(home()), os.getpid()  # a forked process starts its own file


def _write(line):
    folder = home() / "log"
    if _writer() not in _state.files:
        folder.mkdir(parents=True, exist_ok=True)
        stamp = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H%M%S")
        _state.files[_writer()] = folder / f"{stamp}-{os.getpid()}-{secrets.token_hex(4)}.jsonl"
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    handle = os.open(_state.files[_writer()], flags, 0o600)
    try:
        if os.write(handle, line) != len(line):
            raise OSError("the disk took only a part of the event")
        os.fsync(handle)
    finally:
        os.close(handle)


def _not_kept(problem):
    _notice(
        f"Your data folder takes no writing ({problem.strerror or problem}): answers count until this run ends, then they are gone."
    )


def _notice(text):
    if text not in _state.notices:
        _state.notices.append(text)
        print(text, file=sys.stderr)


def notices():
    """Return the list of problems that the learner should see: each once a session."""
    return list(_state.notices)


# --- reading ----------------------------------------------------------------------------


def events(kind=None, everyone=False):
    """Return the events in order of time as a list of dicts (at, n, who, kind, payload), since the learner's last reset.

    kind: only these. everyone: of all learners on this machine and before resets too, not only of the one who works.
    """
    found = sorted(_all(), key=lambda e: (e["at"], e["n"]))
    if not everyone:
        found = [e for e in found if e["who"] == who().nickname]
        resets = [i for i, e in enumerate(found) if e["kind"] == "reset"]
        found = found[resets[-1] + 1 :] if resets else found
    return [e for e in found if kind in (None, e["kind"])]


def _all():
    here = str(home())
    found = [e for folder, e in _state.memory if folder == here]
    for path in sorted((home() / "log").glob("*.jsonl")):
        found += _read(path)
    return found


def _read(path):
    """Return the events of one file; only what was added since the last call is read."""
    offset, found = _state.read.get(path, (0, []))
    try:
        if path.stat().st_size == offset:
            return found
        with open(path, "rb") as file:
            file.seek(offset)
            lines = file.read()
    except OSError as problem:
        _notice(
            f"The log {path.name} could not be read ({problem.strerror or problem}); it was left as it is."
        )
        return found
    whole, _, rest = lines.rpartition(
        b"\n"
    )  # what follows the last newline is still being written, or torn
    found = found + [
        event for line in whole.split(b"\n") if line.strip() for event in _parse(line, path)
    ]
    _state.read[path] = (offset + len(lines) - len(rest), found)
    return found


def _parse(line, path):
    try:
        event = json.loads(line)
        if (
            isinstance(event["payload"], dict)
            and isinstance(event["n"], int)
            and all(isinstance(event[k], str) for k in ("at", "who", "kind"))
        ):
            return [event]
    except (ValueError, KeyError, TypeError):
        pass
    _notice(f"The log {path.name} holds a line that cannot be read; it was skipped and kept.")
    return []


def reset():
    """Start anew: what you did before no longer counts. Nothing is deleted: `archived()` still returns it."""
    append("reset", {})


def archived():
    """Return the learner's events from before the last reset."""
    mine = [e for e in events(everyone=True) if e["who"] == who().nickname]
    return mine[: len(mine) - len(events())]


# --- folds ------------------------------------------------------------------------------


@dataclass
class Item:
    """Where a learner stands with one question or exercise."""

    state: str = "unseen"
    attempts: int = 0
    score: float = 0.0
    hints: int = 0
    nth: int = 0  # how many times "another one like this" was asked for
    raw: object = None  # the last answer, as typed
    version: int = 0
    revealed: bool = False


def items(lesson=None):
    """Return {(lesson, question id): Item} for the questions of one lesson, or of all."""
    found = {}
    for event in events():
        what = event["payload"]
        if event["kind"] in FOLD and lesson in (None, what.get("lesson")):
            for question in what.get("questions", [what.get("question")]):
                _step(found, (what.get("lesson"), question), event["kind"], what)
    return found


def _step(found, key, kind, what):
    item = found.setdefault(key, Item())
    if (
        what.get("version", item.version) != item.version
    ):  # a question that was rewritten starts anew
        item = found[key] = Item(version=what["version"])
    FOLD[kind](item, what)


def _shown(item, what):
    item.state = "shown" if item.state == "unseen" else item.state


def _answer(item, what):
    item.state, item.raw, item.nth = what["state"], what["raw"], what.get("nth", 0)
    if what["state"] != "invalid":
        item.attempts += 1
        item.score = max(item.score, what["score"])


def _hint(item, what):
    item.hints = max(item.hints, what["hints"])


def _revealed(item, what):
    item.state, item.revealed = "revealed", True


def _another(item, what):
    item.state, item.nth, item.raw, item.hints, item.attempts, item.revealed = (
        "shown",
        what["nth"],
        None,
        0,
        0,
        False,
    )


def _compared(item, what):
    item.state = "compared"


FOLD = {
    "shown": _shown,
    "compared": _compared,
    "answer": _answer,
    "hint": _hint,
    "revealed": _revealed,
    "another": _another,
}


def exercises():
    """Return {exercise id: (state, checks)}; a state "right" stays."""
    found = {}
    for event in events("exercise"):
        state, checks = found.get(event["payload"]["exercise"], ("", 0))
        found[event["payload"]["exercise"]] = (
            "right" if state == "right" else event["payload"]["state"],
            checks + 1,
        )
    return found


def due(now=None):
    """Return [(due time, lesson, question id)] of the questions whose review is due, the longest overdue first.

    now: an aware datetime; None is the present. A first right answer counts as good, one with a hint or after
    another try as hard, a wrong one as again (the ratings of fsrs).
    """
    from fsrs import Card, Rating, Scheduler

    now = now or datetime.now(timezone.utc)
    scheduler, cards, struggled = Scheduler(enable_fuzzing=False), {}, set()
    for event in events():
        what, at = event["payload"], datetime.fromisoformat(event["at"])
        key = (what.get("lesson"), what.get("question"))
        if event["kind"] == "hint":
            struggled.add(key)
        if event["kind"] != "answer" or what["state"] not in ("right", "wrong", "partial"):
            continue
        right = what["state"] == "right"
        rating = (Rating.Hard if key in struggled else Rating.Good) if right else Rating.Again
        card = cards.get(key) or Card(card_id=1, due=at)
        cards[key], _ = scheduler.review_card(card, rating, review_datetime=at)
        struggled.discard(key) if right else struggled.add(key)
    return sorted((card.due, *key) for key, card in cards.items() if card.due <= now)
