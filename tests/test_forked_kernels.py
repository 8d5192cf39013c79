"""A forked kernel is what a kernel of its own would be: same settings, folder and end."""

import sys

import nbformat
import psutil
import pytest

from tests.checkouts import NBVAL, python
from tests.notebooks import ROOT

CELLS = {  # what a kernel of its own prints as well, but for the first
    "import sys; print('pandas' in sys.modules)": "True",
    "import pandas; print(pandas.options.display.max_columns)": "20",
    "import matplotlib; print(matplotlib.get_backend().split('.')[-1])": "backend_inline",
    "from helpers.figures import style; from pathlib import Path; print(Path.cwd().name)": "here",
    "import os; print(os.environ['PYTEST_CURRENT_TEST'].split()[-1])": "(setup)",
    "Path('process').write_text(str(os.getpid())); print('written')": "written",
}


@pytest.mark.skipif(sys.platform != "linux", reason="a fork of a started Python is safe on Linux")
def test_a_forked_kernel_is_a_kernel_and_ends(tmp_path):
    folder = tmp_path / "here"
    folder.mkdir()
    cells = [
        nbformat.v4.new_code_cell(
            source,
            execution_count=1,
            outputs=[nbformat.v4.new_output("stream", name="stdout", text=printed + "\n")],
        )
        for source, printed in CELLS.items()
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "small.ipynb")
    code, said = python(ROOT, *NBVAL, "-p", "tests.forked_kernels", str(folder / "small.ipynb"))
    assert code == 0, said[-3000:]
    assert not psutil.pid_exists(int((folder / "process").read_text()))
