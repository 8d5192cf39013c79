"""Writing events, and the events of each learner in their order.

An event counts as kept when one `write` to a file opened with O_APPEND and one `fsync` returned.
Its `turn` is one above the largest in the folder at that moment (a Lamport clock), so the order
does not hang on the clock of the machine; `id` and `n` name it, so a copy counts once.
"""

import errno
import json
import os
import secrets
from datetime import datetime, timezone

from helpers.learning.progress import folder, index, payloads
from helpers.learning.progress.folder import ProgressError, kept
from helpers.learning.progress.shelf import NeedsAll, Shelf

# What a drive answers that knows no fsync (some network and FUSE drives): written is all it can do.
NO_SYNC = {getattr(errno, n, None) for n in ("EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS")} - {None}


# --- writing ----------------------------------------------------------------------------


def write(who, kind, payload):
    """Write one event of the learner `who`; return True when it is on the disk.

    False means that only this run remembers it. Raises ProgressError when the payload is not a
    dict of JSON values.
    """
    shelf = read()
    file = _file()
    event = {
        "v": payloads.FORMAT,
        "id": file.stem[-8:],
        "n": kept.counts.get(file, 0) + 1,
        "turn": min(shelf.turn + 1, payloads.MOST - 1),
        "at": datetime.now(timezone.utc).isoformat(timespec="microseconds"),
        "who": who,
        "kind": str(kind),
        "payload": payload,
    }
    line = _line(kind, payload, event)
    kept.counts[file] = event["n"]
    waiting = kept.unwritten.setdefault(str(folder.home()), [])
    waiting.append(line)
    try:
        _put(file, b"".join(waiting))
    except OSError as problem:
        shelf.add(_parse(line, file))
        # The next event starts a file of its own: this one may end in half a line.
        kept.files.pop(_writer(), None)
        folder.not_kept(problem)
        return False
    waiting.clear()
    folder.kept_again()
    return True


def _line(kind, payload, event):
    """Return an event as a line of the log; raise ProgressError when it cannot be one."""
    refused = f"event {kind!r}: {_short(payload)} is not accepted"
    if not isinstance(payload, dict):
        raise ProgressError(f"{refused}; accepted: a dict of JSON values")
    try:
        text = json.dumps(event, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as problem:
        raise ProgressError(f"{refused} ({problem}); accepted: a dict of JSON values") from None
    if not payloads.is_event(event):
        fields = ", ".join(payloads.REQUIRED.get(kind, {}))
        raise ProgressError(f"{refused}; accepted: a dict with {fields}, each of its type")
    return text.encode("utf-8", "replace") + b"\n"


def _short(value):
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:196]} ..."


def _writer():
    return str(folder.home()), os.getpid()  # a forked process starts its own file


def _file():
    if _writer() not in kept.files:
        stamp = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H%M%S")
        name = f"{stamp}-{os.getpid()}-{secrets.token_hex(4)}{folder.log_ending()}"
        kept.files[_writer()] = folder.home() / "log" / name
    return kept.files[_writer()]


def _put(file, lines):
    folder.made(file.parent)
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    handle = os.open(file, flags, 0o600)
    try:
        if os.write(handle, lines) != len(lines):
            raise OSError("the disk took only a part of the event")
        _sync(handle)
    finally:
        os.close(handle)


def _sync(handle):
    try:
        os.fsync(handle)
    except OSError as problem:
        if problem.errno not in NO_SYNC:
            raise


# --- reading ----------------------------------------------------------------------------


def read(whole=False):
    """Return the Shelf of the learner's folder, with what was added since the last call.

    whole: with every event; else what came before this run may stand there as sums only.
    """
    here = folder.home()
    if str(here) not in kept.shelves:
        kept.shelves[str(here)] = index.load(here) or Shelf()
    shelf, sizes = kept.shelves[str(here)], _sizes(here / "log")
    if any(sizes.get(path, -1) < offset for path, offset in shelf.offsets.items()):
        _anew(shelf, here)  # a log was taken away or replaced by a shorter one
    if whole and shelf.summed:
        _anew(shelf, here)
    try:
        count = _catch_up(shelf, sizes)
    except NeedsAll:
        _anew(shelf, here)
        count = _catch_up(shelf, sizes)
    if count >= index.WORTH_IT and not kept.unwritten.get(str(here)):
        index.keep(here, shelf)
    return shelf


def _anew(shelf, here):
    """Begin a shelf anew, with the events that no disk took."""
    shelf.clear()
    for line in kept.unwritten.get(str(here), []):
        shelf.add(_parse(line, here))


def _catch_up(shelf, sizes):
    """Read what was added to the files since the shelf last read them; return how many events."""
    fresh = [path for path, size in sizes.items() if size > shelf.offsets.get(path, 0)]
    events = [event for path in fresh for event in _read(path, shelf)]
    shelf.add(events)
    return len(events)


def _sizes(logs):
    """Return {name of a log: bytes}, of what is a file."""
    try:
        with os.scandir(logs) as entries:
            found = [e for e in entries if e.name.endswith(folder.LOG_ENDINGS)]
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as problem:
        folder.notice(
            f"The folder {logs.name} of your data could not be read "
            f"({problem.strerror or problem}); it was left as it is."
        )
        return {}
    sizes = {}
    for entry in sorted(found, key=lambda e: e.name):
        try:
            sizes[entry.path] = entry.stat().st_size
        except OSError as problem:
            _unread(entry.name, problem)
    return sizes


def _unread(name, problem):
    folder.notice(
        f"The log {name} could not be read ({problem.strerror or problem}); it was left as it is."
    )


def _read(path, shelf):
    """Return the events of one file that were added since it was last read."""
    name = os.path.basename(path)
    try:
        with open(path, "rb") as file:
            file.seek(shelf.offsets.get(path, 0))
            lines = file.read()
    except OSError as problem:
        _unread(name, problem)
        return []
    # What follows the last newline is still being written, or torn.
    whole, _, rest = lines.rpartition(b"\n")
    shelf.took(path, lines[: len(lines) - len(rest)])
    return [found for line in whole.split(b"\n") if line.strip() for found in _parse(line, path)]


def _no_number(text):
    raise ValueError(f"{text} is no JSON")


DECODER = json.JSONDecoder(parse_constant=_no_number)  # NaN and Infinity are none


def parse(line):
    """Return (event, line without what editors put around it), or None when the line is no event.

    line: bytes.
    """
    line = line.strip().removeprefix(b"\xef\xbb\xbf")  # some editors put a mark before the first
    try:
        event = DECODER.decode(line.decode("utf-8"))
        if b"\\ud" in line.lower():  # half a character: no page could be sent it
            json.dumps(event, ensure_ascii=False).encode("utf-8")
        return (event, line) if payloads.is_event(event) else None
    except (ValueError, RecursionError):  # no JSON, or brackets deeper than Python goes
        return None


def _parse(line, path):
    """Return [(event, line)], or [] with a notice when the line is no event."""
    found = parse(line)
    if found is None:
        folder.notice(
            f"The log {os.path.basename(path)} holds a line that cannot be read; "
            "it was skipped and kept."
        )
    return [] if found is None else [found]
