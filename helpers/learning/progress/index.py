"""What the logs of a folder sum up to, kept beside them, so that a new run need not read them all.

The index is never the record: it is used only while every byte that it sums up is still there,
unchanged, and written by this version of the course. Otherwise, and when it is damaged or lost,
the logs are read from their beginning as if there were none.
"""

import functools
import hashlib
import json
from pathlib import Path

from helpers.base import files
from helpers.learning.progress import folder
from helpers.learning.progress.folds import FOLDS
from helpers.learning.progress.shelf import Record, Shelf

NAME = "log.index"
WORTH_IT = 2000  # events that one reading took: fewer are read faster than they are written
# A change of one of these may change what the same events sum up to.
CODE = ("folder.py", "folds.py", "index.py", "log.py", "payloads.py", "shelf.py")


def load(here):
    """Return the Shelf that the index of folder `here` stands for,
    or None where it does not fit.
    """
    try:
        body = json.loads(_checked((here / NAME).read_bytes()))
        return _shelf(here, body) if body["code"] == _code() else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def keep(here, shelf):
    """Write the index of a shelf whose events are all on the disk;
    where the disk refuses, go without.
    """
    try:
        files.replace(here / NAME, _signed(json.dumps(_body(shelf)).encode()))
    except (OSError, TypeError, ValueError):
        return


def _digest(content):
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _signed(body):
    return f"{_digest(body)}\n".encode() + body


def _checked(content):
    digest, _, body = content.partition(b"\n")
    if digest.decode("ascii") != _digest(body):
        raise ValueError("not as it was written")
    return body


@functools.cache
def _code():
    return _digest(b"".join((Path(__file__).parent / name).read_bytes() for name in CODE))


def _body(shelf):
    return {
        "code": _code(),
        "files": [
            [Path(path).name, size, shelf.digests[path].hexdigest()]
            for path, size in shelf.offsets.items()
        ],
        "turn": shelf.turn,
        "last": shelf.last,
        "numbers": shelf.numbers,
        "current": shelf.current,
        "seeds": shelf.seeds,
        "renamed": shelf.renamed,
        "records": {who: _sums(record) for who, record in shelf.records.items()},
        "notices": [text for text in folder.notices() if text.startswith("The log ")],
    }


def _sums(record):
    return {
        name: written(record.fold(name, start, step))
        for name, (start, step, written, _) in FOLDS.items()
    }


def _shelf(here, body):
    shelf = Shelf()
    shelf.summed = True
    for name, size, digest in body["files"]:
        path = str(here / "log" / name)
        with open(path, "rb") as file:
            shelf.took(path, file.read(size))
        if shelf.digests[path].hexdigest() != digest:  # edited, replaced, or not all here
            return None
    shelf.turn, shelf.last = body["turn"], tuple(body["last"])
    shelf.numbers, shelf.current = body["numbers"], body["current"]
    shelf.seeds, shelf.renamed = body["seeds"], body["renamed"]
    for who, sums in body["records"].items():
        values = {name: FOLDS[name][3](value) for name, value in sums.items()}
        shelf.records[who] = Record(values)
    for text in body["notices"]:
        folder.notice(text)
    return shelf
