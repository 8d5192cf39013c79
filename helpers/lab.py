"""Open the course: copy the lessons for the learner, then start JupyterLab on them.

Run ``python -m helpers.lab`` in a checkout, or ``shared-orbits`` where the wheel is installed; options that this
module does not know go on to JupyterLab.
"""

import argparse
import json
import os
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

from platformdirs import user_documents_path

from helpers.base import folders
from helpers.learning.quiz.variants import CLASS_VARIABLE

FIRST = "00_start_here.ipynb"
# The news pop-up would ask the network and cover a corner of the page.
QUIET = [
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
]


class CopyError(ValueError):
    """A learner's copy cannot be made."""


def without_outputs(path):
    """Return the notebook at `path` with outputs and execution counts removed, so that nothing is given away."""
    notebook = json.loads(path.read_text(encoding="utf-8"))  # nbformat would take a second to load
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


def make_copies(lessons, copies):
    """Copy each lesson of folder `lessons` into folder `copies` unless it is there; return the paths made."""
    copies.mkdir(parents=True, exist_ok=True)
    missing = [
        path for path in sorted(lessons.glob("[0-9]*.ipynb")) if not (copies / path.name).exists()
    ]
    for path in missing:
        text = json.dumps(without_outputs(path), indent=1, ensure_ascii=False)
        (copies / path.name).write_text(text + "\n", encoding="utf-8")
    return [copies / path.name for path in missing]


def fresh_copy(lesson, lessons, copies):
    """Copy the lesson whose name starts with `lesson` anew; the old copy is kept beside it. Return the new path."""
    found = [path for path in sorted(lessons.glob("[0-9]*.ipynb")) if path.name.startswith(lesson)]
    if len(found) != 1:
        names = ", ".join(path.stem for path in sorted(lessons.glob("[0-9]*.ipynb")))
        raise CopyError(f"no single lesson starts with {lesson!r}; there are: {names}")
    target = copies / found[0].name
    if target.exists():
        stamp = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H%M%S")
        target.rename(copies / f"{target.stem}.kept-{stamp}.ipynb")
    make_copies(lessons, copies)
    return target


def default_copies(lessons):
    """Return where the copies of folder `lessons` go: beside it in a checkout that can be written, else in Documents.

    A checkout on a stick or a share may be read-only, and a folder of installed packages is no place for work.
    """
    beside = lessons.parent
    if lessons.name == "notebooks" and os.access(beside, os.W_OK):
        return beside / "my_notebooks"
    return user_documents_path() / "Shared Orbits" / "my_notebooks"


def main(arguments=None):
    """Make the copies and hand over to JupyterLab; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.lab", description=__doc__.splitlines()[0]
    )
    parser.add_argument(
        "--fresh", metavar="NN", help="copy lesson NN anew; your old copy is kept beside it"
    )
    parser.add_argument("--copies-only", action="store_true", help="make the copies and stop")
    parser.add_argument("--lessons", metavar="FOLDER", type=Path, help="take the lessons from here")
    parser.add_argument(
        "--copies", metavar="FOLDER", type=Path, help="keep your copies here (else my_notebooks)"
    )
    parser.add_argument(
        "--class-word", metavar="WORD", help="all who start with this word get the same numbers"
    )
    options, for_lab = parser.parse_known_args(arguments)
    lessons = (options.lessons or folders.lessons()).absolute()
    copies = (options.copies or default_copies(lessons)).absolute()
    try:
        if not any(lessons.glob("[0-9]*.ipynb")):
            raise CopyError(f"--lessons {lessons}: no lesson there; accepted: a folder of lessons")
        if options.fresh:
            print("fresh copy:", fresh_copy(options.fresh, lessons, copies))
        for path in make_copies(lessons, copies):
            print("your copy:", path)
    except (CopyError, OSError) as problem:
        print(f"shared-orbits: {problem}", file=sys.stderr)
        return 2
    if options.copies_only:
        return 0
    return subprocess.call(
        [sys.executable, "-m", "jupyter", "lab", *QUIET, *for_lab, f"{copies.name}/{FIRST}"],
        cwd=copies.parent,
        env=os.environ | ({CLASS_VARIABLE: options.class_word} if options.class_word else {}),
    )


if __name__ == "__main__":
    sys.exit(main())
