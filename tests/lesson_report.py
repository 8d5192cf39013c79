"""pytest plugin for the run over the lessons: no network, a learner's folder of its own; at the end
time, memory, and what differs.
"""

import html
import os
import re
import tempfile
from collections import defaultdict
from itertools import zip_longest

import nbval.kernel
import psutil
import pytest

from tests.notebooks import ROOT

FOLDER = tempfile.TemporaryDirectory(prefix="shared-orbits-test-")


def pytest_configure(config):
    """Set the environment that the kernels inherit: nothing of the machine's own settings, nor of
    a home that cannot be written, stands in a lesson.
    """
    for name in ("MPLBACKEND", "MATPLOTLIBRC"):
        os.environ.pop(name, None)
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR"):
        os.environ[name] = os.path.join(FOLDER.name, name.lower())
    if not os.access(os.path.expanduser("~"), os.W_OK):
        os.environ["MPLCONFIGDIR"] = FOLDER.name
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [str(ROOT / "tests" / "offline"), str(ROOT)]
    )  # the helpers of this checkout
    # nbval lays out each message for a log that nobody reads.
    nbval.kernel.pformat = lambda message: message
    config.stash[SECONDS], config.stash[MEMORY] = defaultdict(float), defaultdict(float)
    config.stash[DIFFERS] = []


SECONDS = pytest.StashKey()
MEMORY = pytest.StashKey()
DIFFERS = pytest.StashKey()
MOST = 200  # characters of a sentence
CONFIG = []


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session):
    """Keep the configuration: a test report does not carry it."""
    CONFIG.append(session.config)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Name the folder of the notebook whose kernel is about to start: no lesson sees what another
    has kept.
    """
    os.environ["SHARED_ORBITS_HOME"] = os.path.join(FOLDER.name, item.path.stem)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Note what differs; the property travels from a worker to the main process."""
    try:
        return (yield)
    finally:
        if getattr(item, "comparison_traceback", None):
            stored, now = map(sentences, (item.cell.outputs, item.test_outputs))
            item.user_properties.append(("differs", f"cell {item.cell.id}: {changed(stored, now)}"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item, nextitem):
    """Note the kernel's memory after the last cell, before the kernel ends."""
    kernel = getattr(item.parent, "kernel", None)
    last = nextitem is None or nextitem.parent is not item.parent
    if last and kernel is not None and kernel.is_alive():
        item.user_properties.append(("kernel_mb", memory(kernel.km.provisioner.pid) / 1e6))


def memory(pid):
    """Return the bytes of a process: a page that n processes share counts one n-th (PSS). Where the
    system does not know that, what is its own; at least what it holds.
    """
    process = psutil.Process(pid)
    try:
        full = process.memory_full_info()
    except psutil.AccessDenied:
        return process.memory_info().rss
    return getattr(full, "pss", full.uss)


def sentences(outputs):
    """Return what the outputs of a cell say, as a list of lines and sentences without tags."""
    said = []
    for output in outputs:
        data = output.get("data", {})
        page = re.sub(r"<[^>]*>", "\n", data.get("text/html", ""))
        said += [output.get("text", ""), data.get("text/plain", "") if not page else "", page]
    return [s for s in re.split(r"\n|(?<=[.?!]) ", html.unescape("\n".join(said))) if s.strip()]


def changed(stored, now):
    """Return the first sentence that differs, as it is stored and as it is now, in one line."""
    pairs = zip_longest(stored, now, fillvalue="(nothing)")
    for before, after in pairs:
        if before != after:
            return f"{before.strip()[:MOST]} -> {after.strip()[:MOST]}"
    return "the same words; the kinds of outputs differ"


def pytest_runtest_logreport(report):
    """Add up the seconds and keep the memory of each notebook."""
    name, stash = report.nodeid.split("::")[0], CONFIG[-1].stash
    stash[SECONDS][name] += report.duration
    if report.when == "call":
        differs = [text for key, text in report.user_properties if key == "differs"]
        stash[DIFFERS] += [f"{name}, {text}" for text in differs]
    sizes = [value for key, value in report.user_properties if key == "kernel_mb"]
    stash[MEMORY][name] = max([stash[MEMORY][name], *sizes])


def pytest_terminal_summary(terminalreporter, config):
    """Print the table."""
    seconds, sizes = config.stash[SECONDS], config.stash[MEMORY]
    names = sorted(name for name in seconds if name.endswith(".ipynb"))
    if not names or hasattr(config, "workerinput"):
        return
    terminalreporter.section("time and memory (PSS) per lesson (no limit is asserted)")
    terminalreporter.write_line(f"{'lesson':40} {'seconds':>8} {'memory':>8}")
    for name in names:
        line = f"{name:40} {seconds[name]:7.1f}s {sizes[name]:6.0f}MB"
        terminalreporter.write_line(line)
    if config.stash[DIFFERS]:
        terminalreporter.section("what differs: lesson, cell, as stored -> as it is now")
    for line in config.stash[DIFFERS]:
        terminalreporter.write_line(line)
