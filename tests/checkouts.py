"""Copies of the checkout for tests that break or add something, and Python run in them."""

import os
import shutil
import subprocess
import sys

from tests.notebooks import ROOT

NBVAL = "-m pytest -q -p no:cacheprovider -p tests.no_grammar -p tests.lesson_report".split()
NBVAL += "--no-header --nbval --nbval-current-env --nbval-cell-timeout=60".split()


def copied(root, *folders, without=()):
    """Copy folders of the checkout to `root`, without caches and what needs a browser; return
    root.
    """
    left_out = shutil.ignore_patterns("__pycache__", "browser", "bench", *without)
    for name in folders:
        shutil.copytree(ROOT / name, root / name, ignore=left_out)
    return root


def python(root, *arguments, timeout=None):
    """Run Python in a copy, which imports the copy; return (exit code, what it printed)."""
    home = {"PYTHONPATH": str(root), "SHARED_ORBITS_HOME": str(root / "home")}
    command = [sys.executable, *arguments]
    run = subprocess.run(
        command, cwd=root, capture_output=True, text=True, env=os.environ | home, timeout=timeout
    )
    return run.returncode, run.stdout + run.stderr


def compare(root, lesson, *more):
    """Run strict nbval on a lesson of a copy as the Makefile does, in one process; as `python`.

    more: further arguments of pytest, such as files of tests that run in the same process.
    """
    return python(root, *NBVAL, lesson, *more)
