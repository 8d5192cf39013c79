"""Run every lesson on the oldest releases that pyproject.toml allows: ``python -m tests.oldest [02
07 ...]``.

`make oldest` makes their environment from tests/oldest.txt. How tables are drawn differs between
releases of pandas, so outputs are not compared; what a lesson prints in sentences must be what is
stored, line for line, each number within a half per cent: an older Skyfield predicts the turn of
the Earth in 2026 otherwise, by a tenth of a second.
"""

import contextlib
import importlib.metadata
import os
import re
import sys
import tempfile
import time
from collections import defaultdict

os.environ.setdefault("MPLBACKEND", "agg")

from tests import notebooks  # noqa: E402 - the backend comes first

NUMBER = re.compile(r"\d+(?:\.\d+)?")
WITHIN = 0.005
SHOWN = ("pandas", "numpy", "matplotlib", "ipywidgets", "skyfield")


def stored_lines(slug):
    """Return the lines that the stored lesson prints."""
    return [
        line
        for cell in notebooks.cells(slug)
        for output in cell.get("outputs", [])
        if output["output_type"] == "stream"
        for line in output["text"].splitlines()
    ]


def words(line):
    """Return a line with # for each number."""
    return NUMBER.sub("#", line)


def same(line, other):
    """Return whether two lines have the same words, and numbers that lie close to one another."""
    if words(line) != words(other):
        return False
    pairs = zip(NUMBER.findall(line), NUMBER.findall(other))
    return all(abs(float(a) - float(b)) <= WITHIN * float(a) for a, b in pairs)


def trial(slug):
    """Run a lesson as a new learner; return (seconds, stored lines that were not printed)."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as home, contextlib.redirect_stderr(None):
        os.environ["SHARED_ORBITS_HOME"] = home
        printed = defaultdict(set)
        for line in notebooks.run(slug).printed.splitlines():
            printed[words(line)].add(line)
    missing = [
        line for line in stored_lines(slug) if not any(same(line, p) for p in printed[words(line)])
    ]
    return time.monotonic() - began, missing


def main(wanted):
    """Print a line a lesson; return how many fail."""
    print(", ".join(f"{name} {importlib.metadata.version(name)}" for name in SHOWN))
    failed = 0
    for slug in (path.stem for path in notebooks.LESSONS):
        if wanted and slug[:2] not in wanted:
            continue
        try:
            seconds, missing = trial(slug)
            said = f"not printed as stored: {missing[0]!r}" if missing else f"ran, {seconds:.0f} s"
        except Exception as problem:  # each lesson gets its line
            missing, said = True, f"{type(problem).__name__}: {problem}"
        failed += bool(missing)
        print(slug, said, flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
