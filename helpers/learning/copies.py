"""The learner's copies of the lessons: made whole or not at all, never overwritten, ready for the
next evening.
"""

import json
import os
import re
from datetime import datetime, timezone
from itertools import count

from helpers.base import files

WIDGET = "application/vnd.jupyter.widget-view+json"
# What a stored quiz says, and what it says where no kernel has run yet.
RUN, RUN_FIRST = "Run this cell", "Run the first cell, then this one,"


class CopyError(ValueError):
    """A learner's copy cannot be made."""


def notebook(path):
    """Return the notebook at `path` as a dict; raise CopyError, with the line, when it is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))  # nbformat takes a second to load
        if isinstance(found["cells"], list):
            return found
    except UnicodeDecodeError:
        raise CopyError(f"{path} is not in UTF-8; accepted: a notebook") from None
    except json.JSONDecodeError as problem:
        marks = re.search(r"^(<<<<<<<|>>>>>>>)", problem.doc, re.MULTILINE)
        line = problem.doc.count("\n", 0, marks.start()) + 1 if marks else problem.lineno
        why = "conflict marks of git" if marks else problem.msg
        raise CopyError(f"{path}, line {line}: {why}; accepted: a notebook") from None
    except (KeyError, TypeError, RecursionError):
        pass
    raise CopyError(f"{path} holds no cells; accepted: a notebook")


def _write(path, content):
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    files.replace(path, text.encode("utf-8", "surrogatepass"))


def without_outputs(path):
    """Return the notebook at `path` with outputs and execution counts removed, so that nothing is
    given away.
    """
    found = notebook(path)
    for cell in found["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return found


def shipped(lessons):
    """Return the paths of the lessons in a folder, sorted."""
    return sorted(lessons.glob("[0-9]*.ipynb"))


def one(path, copies):
    """Copy the notebook at `path` into folder `copies` unless it is there; return a list of the
    path made, if any. Raises CopyError when it is no notebook.
    """
    target = copies / path.name
    if target.exists():
        return []
    _write(target, without_outputs(path))
    return [target]


def make(lessons, copies):
    """Copy each lesson of folder `lessons` into folder `copies` unless it is there; return the
    paths made.

    Raises CopyError at the end for the lessons that are no notebooks; the others are copied.
    """
    copies.mkdir(parents=True, exist_ok=True)
    made, problems = [], []
    for path in shipped(lessons):
        try:
            made += one(path, copies)
        except CopyError as problem:
            problems.append(str(problem))
    if problems:
        raise CopyError("; ".join(problems))
    return made


def fresh(lesson, lessons, copies):
    """Copy the lesson whose name starts with `lesson` anew; the old copy is kept beside it. Return
    the new path.
    """
    found = [path for path in shipped(lessons) if path.name.startswith(lesson)]
    if len(found) != 1:
        names = ", ".join(path.stem for path in shipped(lessons))
        raise CopyError(f"no single lesson starts with {lesson!r}; there are: {names}")
    target, content = copies / found[0].name, without_outputs(found[0])
    copies.mkdir(parents=True, exist_ok=True)
    if target.exists():
        os.replace(target, _kept(target))
    _write(target, content)
    return target


def _kept(target):
    """Return a new empty file to keep an old copy in: no other `--fresh` of this second gets its
    name.
    """
    stamp = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H%M%S")
    for number in count(1):
        ending = f"-{number}" if number > 1 else ""
        path = target.with_name(f"{target.stem}.kept-{stamp}{ending}.ipynb")
        try:
            path.touch(exist_ok=False)
            return path
        except FileExistsError:
            continue


# --- the next evening -----------------------------------------------------------------------


def wake(copies):
    """Make the copies ready for kernels that have not run yet; return a list of problems, in words.

    A quiz or a globe of yesterday has nothing behind it any more, and a page would show "model not
    found" in its place. Its words stay, and say which cells to run. A copy that is no notebook is
    named.
    """
    problems = []
    for path in sorted(copies.glob("*.ipynb")):
        try:
            found = notebook(path)
            if _let_go(found):
                _write(path, found)
        except CopyError as problem:
            anew = f"; --fresh {path.name[:2]} makes a new one and keeps this"
            problems.append(f"{problem}{anew if path.name[:2].isdigit() else ''}")
        except OSError as problem:
            problems.append(f"{path}: {problem.strerror or problem}")
    if (copies / "helpers.py").exists() or (copies / "helpers").exists():
        problems.append(
            f"{copies / 'helpers.py'} hides the course's own helpers; give it another name"
        )
    return problems


def _let_go(found):
    """Take the dead widgets out of a notebook's outputs; return whether there were any."""
    outputs = [
        output["data"]
        for cell in found["cells"]
        for output in cell.get("outputs", [])
        if WIDGET in output.get("data", {})
    ]
    for data in outputs:
        del data[WIDGET]
        for kind in ("text/plain", "text/html"):
            if kind in data:
                data[kind] = _said(data[kind])
    known = found.get("metadata", {}).pop("widgets", None)
    return bool(outputs) or known is not None


def _said(text):
    if isinstance(text, list):
        return [line.replace(RUN, RUN_FIRST) for line in text]
    return text.replace(RUN, RUN_FIRST)
