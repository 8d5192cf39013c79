"""Ways to break a file that somebody wrote, and what the course says of each.

`changed` replaces each value of a file, one at a time, by something else, and takes it away;
`damaged` does what editors, disks and hands do to bytes. ``python -m tests.malformed`` breaks
every example in all ways and prints how many inputs had which outcome.
"""

import copy
import json
import random

BAD = (None, "text", -1, 2.5, [], {}, ["x"], {"x": 1}, True, "", [[1]])
KINDS = {bool: "truth", int: "number", float: "number"}
BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (c, c, b",".join([b"*%c" % (c - 1)] * 9)) for c in range(98, 107)
)


def _kind(value):
    return KINDS.get(type(value), type(value).__name__)


def _places(node, path=()):
    """Yield (path, value) of everything inside a tree of dicts and lists."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        yield (*path, key), value
        if isinstance(value, dict | list):
            yield from _places(value, (*path, key))


def _with(tree, path, change):
    made = copy.deepcopy(tree)
    inner = made
    for key in path[:-1]:
        inner = inner[key]
    change(inner, path[-1])
    return made


def changed(tree):
    """Yield (what was done, the tree after it, whether the result may still be right).

    Another value of the same kind, and a field that is gone, may be: the course cannot know what
    was meant. A value of another kind never is.
    """
    for path, value in _places(tree):
        where = ".".join(map(str, path))
        for bad in BAD:
            if type(bad) is not type(value) or bad != value:
                put = lambda inner, key, bad=bad: inner.__setitem__(key, copy.deepcopy(bad))
                yield f"{where} = {bad!r}", _with(tree, path, put), _kind(bad) == _kind(value)
        yield f"{where} gone", _with(tree, path, lambda inner, key: inner.pop(key)), True


def damaged(raw):
    """Yield (what was done, the bytes after it, whether the result may still be right)."""
    lines = raw.splitlines(keepends=True)
    for n in range(1, 12):  # a cut may fall where a file could end
        yield f"cut at {n}/12", raw[: len(raw) * n // 12], True
    yield "empty", b"", False
    yield "a byte order mark", b"\xef\xbb\xbf" + raw, True
    yield "line ends of Windows", raw.replace(b"\n", b"\r\n"), True
    yield "UTF-16", raw.decode().encode("utf-16"), False
    yield "Latin-1", raw + "# é\n".encode("latin-1"), False
    yield "a NUL byte", raw[:50] + b"\0" + raw[50:], False
    yield "a conflict of git", b"<<<<<<< HEAD\n" + raw, False
    yield "one line twice", b"".join([*lines[:2], *lines[1:]]), True


def damaged_yaml(raw):
    """Yield what can be done to YAML only, as `damaged` does."""
    yield from damaged(raw)
    yield "a bomb of anchors", BOMB, False
    yield "5,000 brackets", b"[" * 5000, False
    yield "a tag of Python", b"!!python/object/apply:os.system ['echo']\n" + raw, False
    yield "a list", b"- 1\n- 2\n", False
    yield "a number", b"42", False
    yield "twice", raw + b"\n" + raw, False


def all_of(tree, raw):
    """Yield every broken form of a YAML file, (what was done, bytes, whether it may be right)."""
    for done, made, maybe in changed(tree):
        yield done, json.dumps(made, ensure_ascii=False).encode(), maybe
    yield from damaged_yaml(raw)


def sample(cases, number):
    """Return some of the cases, always the same."""
    cases = list(cases)
    return cases if number >= len(cases) else random.Random(0).sample(cases, number)


def outcome(read, errors):
    """Return "clear", "accepted", or "unclear: ..." of a call that reads a broken file."""
    try:
        read()
    except errors as problem:
        return (
            "clear"
            if "accepted" in str(problem) or "readable" in str(problem)
            else (f"unclear: {problem}")
        )
    except Exception as problem:  # noqa: BLE001 - whatever comes is counted
        return f"unclear: {problem!r}"
    return "accepted"
