"""Run lessons anew and store them in the form that is committed:
``python -m tests.refresh [02 07 ...]``.

The tables of the teacher's first page, which state the minutes of the lessons, are written anew
with them.
"""

import os
import sys
import tempfile

import nbformat
from nbclient import NotebookClient

from helpers.teaching import first_page
from tests.notebooks import ALL_NOTEBOOKS, ROOT, read, stored_form

STORED_ON = "2026-11-25"  # as notebooks/conftest.py says: lessons say how old element sets are


def refresh(path):
    """Run the notebook at `path` in its folder and write it back;
    an error in a cell stops with that cell's text.
    """
    notebook = read(path)
    NotebookClient(
        notebook,
        timeout=120,
        coalesce_streams=True,  # one print, one output, however the kernel sent it
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    nbformat.write(stored_form(notebook), path)


def main(wanted):
    """Refresh the lessons whose names start with one of `wanted` (none given: all)."""
    os.environ["PYTHONPATH"] = str(ROOT / "tests" / "offline")
    os.environ["SHARED_ORBITS_TODAY"] = STORED_ON
    for path in ALL_NOTEBOOKS:
        if not wanted or path.name.startswith(tuple(wanted)):
            with (
                tempfile.TemporaryDirectory() as folder
            ):  # of its own: no lesson sees another's run
                os.environ["SHARED_ORBITS_HOME"] = folder
                refresh(path)
            print("stored", path.relative_to(ROOT))
    first_page.main([])


if __name__ == "__main__":
    main(sys.argv[1:])
