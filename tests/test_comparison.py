"""Strict nbval notices what it must: a changed table, a wrong sign in the science, a changed
sentence, a changed option of a question.

A small lesson of four cells is run and stored in a copy of the checkout. Unbroken it must pass;
with all four things broken at once each cell must fail, and the difference must be shown.
"""

import re
import sys

import nbformat
import pytest

from tests.checkouts import compare, copied, python
from tests.notebooks import read

LESSON = "notebooks/90_small.ipynb"
CELLS = {
    "table": "from helpers.tables import "
    'data\ndata.table("ground_stations").set_index("name").loc["Canberra", '
    '"latitude_deg"]',
    "science": "from helpers.science import orbits\nround(orbits.burn_height_change_km(1.0, "
    "400.0), 3)",
    "sentence": "from helpers import figures\nimport matplotlib.pyplot as plt\nfig, ax = "
    'plt.subplots()\nfigures.show(fig, f"{2**4} turns a day.")',
    "question": 'from helpers.learning import quiz\nquiz.show("00_start_here", "core")',
}
# For each cell: the file, what stands in it, what is put there, and the line at the end of the run.
BREAKS = {
    "table": (
        "data/station/ground_stations.csv",
        "-35.4024,148.9813",
        "-25.4024,148.9813",
        "np.float64(-35.4024) -> np.float64(-25.4024)",
    ),
    "science": (
        "helpers/science/orbits/circles.py",
        "        2\n        * radius_km(height_km)",
        "        -2\n        * radius_km(height_km)",
        "np.float64(1.768) -> np.float64(-1.768)",
    ),
    "sentence": (LESSON, "2**4", "2**5", "16 turns a day. -> 32 turns a day."),
    "question": (
        "data/quiz/00_start_here.yaml",
        "The cell has not been run again.",
        "The cell has never been run.",
        "The cell has not been run again. -> The cell has never been run.",
    ),
}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of helpers, data and tests with the small lesson, run and stored; whoever runs in it
    imports the copy.
    """
    root = tmp_path_factory.mktemp("checkout")
    copied(root, "helpers", "data", "tests")
    (root / "notebooks").mkdir()
    cells = [nbformat.v4.new_code_cell(source, id=name) for name, source in CELLS.items()]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), root / LESSON)
    python(root, "-c", f"from tests import refresh; refresh.refresh(refresh.ROOT / {LESSON!r})")
    return root


def test_unbroken_it_passes_and_each_break_is_seen_and_shown(checkout):
    stored = read(checkout / LESSON)
    assert all(cell.outputs for cell in stored.cells), "nothing is stored, so nothing is compared"
    code, said = compare(checkout, LESSON)
    assert code == 0, said[-3000:]
    for name, (file, old, new, _) in BREAKS.items():
        path = checkout / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}: choose another place to break"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    # A fork has imported the helpers before: those of the copy, as they are broken now.
    forked = ["-p", "tests.forked_kernels"] if sys.platform == "linux" else []
    code, said = compare(checkout, LESSON, *forked)
    assert code == 1, "nothing was noticed"
    plain = re.sub(r"\x1b\[[0-9;]*m", "", said)
    assert f"{len(BREAKS)} failed" in plain, plain[-3000:]
    for name, (*_, shown) in BREAKS.items():
        line = f"{LESSON}, cell {name}: {shown}\n"
        assert plain.count(line) == 1, f"{line!r} is not shown:\n{plain[-3000:]}"
