"""Open the course: copy the lessons for the learner, then start JupyterLab on them.

Run ``python -m helpers.lab`` from the checkout; options that this module does not know go on to JupyterLab.
"""

import argparse
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
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
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def make_copies(lessons, copies):
    """Copy each lesson of folder `lessons` into folder `copies` unless it is there; return the paths made."""
    copies.mkdir(exist_ok=True)
    missing = [
        path for path in sorted(lessons.glob("[0-9]*.ipynb")) if not (copies / path.name).exists()
    ]
    for path in missing:
        nbformat.write(without_outputs(path), copies / path.name)
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


def main(arguments=None):
    """Make the copies and hand over to JupyterLab; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.lab", description=__doc__.splitlines()[0]
    )
    parser.add_argument(
        "--fresh", metavar="NN", help="copy lesson NN anew; your old copy is kept beside it"
    )
    parser.add_argument("--copies-only", action="store_true", help="make the copies and stop")
    options, for_lab = parser.parse_known_args(arguments)
    copies = ROOT / "my_notebooks"
    try:
        if options.fresh:
            print(
                "fresh copy:",
                fresh_copy(options.fresh, ROOT / "notebooks", copies).relative_to(ROOT),
            )
        for path in make_copies(ROOT / "notebooks", copies):
            print("your copy:", path.relative_to(ROOT))
    except (CopyError, OSError) as problem:
        print(f"shared-orbits: {problem}", file=sys.stderr)
        return 2
    if options.copies_only:
        return 0
    return subprocess.call(
        [sys.executable, "-m", "jupyter", "lab", *QUIET, *for_lab, f"my_notebooks/{FIRST}"],
        cwd=ROOT,
    )


if __name__ == "__main__":
    sys.exit(main())
