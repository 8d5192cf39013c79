"""Strict nbval notices what it must: a changed table, a wrong sign in the science, a changed sentence, a changed option of a question.

A small lesson of four cells is run and stored in a copy of the checkout. Unbroken it must pass; with all
four things broken at once each cell must fail, and the difference must be shown.
"""

import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest

from tests.notebooks import ROOT, read

LESSON = "notebooks/90_small.ipynb"
CELLS = {
    "table": 'from helpers.tables import data\ndata.table("ground_stations").set_index("name").loc["Canberra", "latitude_deg"]',
    "science": "from helpers.science import orbits\nround(orbits.burn_height_change_km(1.0, 400.0), 3)",
    "sentence": 'from helpers import figures\nimport matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nfigures.show(fig, f"{2**4} turns a day.")',
    "question": 'from helpers.learning import quiz\nquiz.show("00_start_here", "core")',
}
# For each cell: the file, what stands in it, what is put there, and what nbval must then show.
BREAKS = {
    "table": (
        "data/station/ground_stations.csv",
        "-35.4024,148.9813",
        "-25.4024,148.9813",
        "-25.4024",
    ),
    "science": (
        "helpers/science/orbits/circles.py",
        "        2\n        * radius_km(height_km)",
        "        -2\n        * radius_km(height_km)",
        "-1.768",
    ),
    "sentence": (LESSON, "2**4", "2**5", "32 turns a day"),
    "question": (
        "data/quiz/00_start_here.yaml",
        "The cell has not been run again.",
        "The cell has never been run.",
        "never been run",
    ),
}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of helpers, data and tests with the small lesson, run and stored; whoever runs in it imports the copy."""
    root = tmp_path_factory.mktemp("checkout")
    left_out = shutil.ignore_patterns("__pycache__", "browser", "bench")
    for name in ("helpers", "data", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=left_out)
    (root / "notebooks").mkdir()
    cells = [nbformat.v4.new_code_cell(source, id=name) for name, source in CELLS.items()]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), root / LESSON)
    python(root, "-c", f"from tests import refresh; refresh.refresh(refresh.ROOT / {LESSON!r})")
    return root


def python(root, *arguments):
    """Run Python in the copy and return (exit code, what it printed)."""
    home = {"PYTHONPATH": str(root), "SHARED_ORBITS_HOME": str(root / "home")}
    run = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        env=os.environ | home,
    )
    return run.returncode, run.stdout + run.stderr


def compare(root):
    """Run strict nbval on the copy's lesson as the Makefile does, in one process."""
    flags = "-m pytest -q -p no:cacheprovider -p tests.no_grammar -p tests.lesson_report --nbval --nbval-current-env --no-header"
    return python(root, *flags.split(), "--nbval-cell-timeout=60", LESSON)


def test_unbroken_it_passes_and_each_break_is_seen_and_shown(checkout):
    stored = read(checkout / LESSON)
    assert all(cell.outputs for cell in stored.cells), "nothing is stored, so nothing is compared"
    code, said = compare(checkout)
    assert code == 0, said[-3000:]
    for name, (file, old, new, _) in BREAKS.items():
        path = checkout / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}: choose another place to break"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    code, said = compare(checkout)
    assert code == 1, "nothing was noticed"
    plain = re.sub(r"\x1b\[[0-9;]*m", "", said)
    assert f"{len(BREAKS)} failed" in plain, plain[-3000:]
    for name, (*_, shown) in BREAKS.items():
        assert shown in plain, f"{name}: the difference {shown!r} is not shown"
