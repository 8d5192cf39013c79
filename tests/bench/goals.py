"""The goals of pace in one table, each beside its peer in the same run, and what fell short.

``python -m tests.bench goals``, or ``python -m tests.bench.goals 03 07`` for some lessons.
"""

import gc
import importlib
import json
import os
import pkgutil
import re
import subprocess
import sys
import tempfile
import time
from statistics import median

from tests.bench import imaging, quiz
from tests.bench.lessons import MOVES
from tests.checkouts import NBVAL
from tests.notebooks import LESSONS, ROOT, read

LONG_LOG = "import json; from tests.bench import answers; print(json.dumps(answers.measure()))"
NAIVE = (
    "-m pytest -q -p no:cacheprovider -c /dev/null --rootdir . --nbval --nbval-current-env".split()
)
BUILD = ["-n", "2", "--dist", "loadscope"]  # as the Makefile runs the lessons where CI is set
BUILD += ["-p", "tests.forked_kernels"] if sys.platform == "linux" else []


def spent(*arguments, may_fail=False):
    """Run Python; return (processor seconds of it and all that it started, what it printed)."""
    before = os.times()
    home = {"SHARED_ORBITS_HOME": tempfile.mkdtemp(), "PYTHONPATH": str(ROOT), "MPLBACKEND": "agg"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | home,
    )
    if done.returncode and not may_fail:
        raise SystemExit(f"python {' '.join(arguments)[:200]}\n{done.stdout[-2000:]}{done.stderr}")
    after = os.times()
    used = after.children_user + after.children_system
    return used - before.children_user - before.children_system, done.stdout


def alone(names):
    """Run lessons in this process without kernels; print processor seconds of each, and the
    milliseconds in which each interactive figure answers a control.
    """
    import helpers
    from tests.bench.lessons import figures_of, moved

    for found in pkgutil.walk_packages(helpers.__path__, "helpers."):  # imports are no lesson's own
        if re.match(r"helpers\.(base|tables|science|figures|learning|lessons)", found.name):
            importlib.import_module(found.name)
    own, answers = {}, {}
    for path in (one for one in LESSONS if one.name[:2] in names):
        begin = time.process_time()
        found = figures_of(path)
        own[path.name[:2]] = time.process_time() - begin
        gc.freeze()  # a lesson's collections do not walk through what those before it left
        for title, figure, controls in found:
            (answers[f"{path.name[:2]} {title}"], _), *_ = moved(figure, controls)
    print(json.dumps([own, answers]))


def peers():
    """Print the goals of windows and questions, each beside each peer that is installed."""
    found = imaging.measured(["imaging.windows", "skyfield find_events", "brahe location_accesses"])
    own, events = found.pop("imaging.windows"), found.get("skyfield find_events")
    limit = 1000 * events["cpu"] / 24 if events else float("nan")
    for peer, theirs in found.items():
        what = "windows of 40 satellites in 7 days"
        row(what, 1000 * own["cpu"], limit, "ms", peer, 1000 * theirs["cpu"])
    found = quiz.measured(["ten single", "jupyterquiz", "marimo-learn", "ipywidgets"])
    own = found.pop("ten single")
    for number, limit, scale, unit in (
        ("build ms", 50, 1, "ms"),
        ("models", 3, 1, ""),
        ("message bytes", 20, 1000, "kB"),
        ("stored bytes", 15, 1000, "kB"),
    ):
        for peer, theirs in found.items():
            what = f"ten questions, {number.split()[0]}"
            row(what, own[number] / scale, limit, unit, peer, theirs[number] / scale)


def row(what, ours, limit, unit, peer="", theirs=None):
    """Print one goal: ours, the limit, the peer and the ratio, and whether it fell short."""
    beside = f"{peer}: {theirs:.4g}, ratio {ours / theirs:.2g}" if theirs else peer
    verdict = "fell short" if ours > limit else "reached"
    print(f"{what:46} {ours:8.1f} {limit:7.4g} {unit:4} {verdict:10}  {beside}")


def main(names=()):
    """Measure and print all goals."""
    paths = [p for p in LESSONS if not names or p.name[:2] in names]
    files = [str(path) for path in paths]
    cells = sum(cell.cell_type == "code" for path in paths for cell in read(path).cells)
    ours, _ = spent(*NBVAL, *BUILD, *files)
    naive, said = spent(*NAIVE, "-p", "tests.lesson_report", *files, may_fail=True)
    code = f"from tests.bench import goals; goals.alone({[p.name[:2] for p in paths]})"
    bare, told = spent("-c", code)
    own, answers = json.loads(told.splitlines()[-1])
    # The answers of Explore are not a part of the lessons.
    moves = sum(answers.values()) * MOVES / 1000
    memory = {n[:2]: float(mb) for n, mb in re.findall(r"notebooks/(\S+)\s+\S+s\s+(\d+)MB", said)}
    each = 1000 / cells
    print(f"{'goal':46} {'ours':>8} {'limit':>7} {'':4} {'':10}  peer")
    row("make lessons, a cell", ours * each, 90, "ms", "naive nbval", naive * each)
    row("the same beside one process without kernels", ours / (bare - moves), 1.7, "x")
    for what, found, limit, unit in (
        ("memory of a kernel after Run All, PSS", memory, 180, "MB"),
        ("a lesson's own seconds", own, 3, "s"),
        ("Explore, median", answers, 80, "ms"),
    ):
        if found:  # lesson 00 has no figure to explore
            most = max(found, key=found.get)
            row(f"{what} ({most[:28]})", found[most], limit, unit)
    if answers:
        row("Explore, median of all", median(answers.values()), 50, "ms")
    _, log = spent("-c", LONG_LOG)
    for what, value, unit, limit in json.loads(log.splitlines()[-1]):
        row(what, value, limit, unit)
    peers()
    over = {
        "MB above 180": {k: v for k, v in memory.items() if v > 180},
        "seconds above 3": {k: round(v, 1) for k, v in own.items() if v > 3},
        "ms above 80": {k: round(v) for k, v in answers.items() if v > 80},
    }
    for what, those in over.items():
        print(f"{what}: {those or 'none'}")


if __name__ == "__main__":
    main(sys.argv[1:])
