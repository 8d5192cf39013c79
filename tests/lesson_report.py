"""pytest plugin for the run over the lessons: no network, a learner's folder of its own, time and memory at the end."""

import os
import tempfile
from collections import defaultdict

import psutil
import pytest

from tests.notebooks import ROOT

FOLDER = tempfile.TemporaryDirectory(prefix="shared-orbits-test-")


def pytest_configure(config):
    """Set the environment that the kernels inherit."""
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [str(ROOT / "tests" / "offline"), str(ROOT)]
    )  # the helpers of this checkout
    config.stash[SECONDS], config.stash[MEMORY] = defaultdict(float), defaultdict(float)


SECONDS = pytest.StashKey()
MEMORY = pytest.StashKey()
CONFIG = []


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session):
    """Keep the configuration: a test report does not carry it."""
    CONFIG.append(session.config)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Name the folder of the notebook whose kernel is about to start: no lesson sees what another has kept."""
    os.environ["SHARED_ORBITS_HOME"] = os.path.join(FOLDER.name, item.path.stem)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Note the kernel's memory after each cell; the property travels from a worker to the main process."""
    try:
        return (yield)
    finally:
        kernel = getattr(item.parent, "kernel", None)
        if kernel is not None and kernel.is_alive():
            size = psutil.Process(kernel.km.provisioner.pid).memory_info().rss
            item.user_properties.append(("kernel_mb", size / 1e6))


def pytest_runtest_logreport(report):
    """Add up the seconds and keep the largest memory of each notebook."""
    name, stash = report.nodeid.split("::")[0], CONFIG[-1].stash
    stash[SECONDS][name] += report.duration
    sizes = [value for key, value in report.user_properties if key == "kernel_mb"]
    stash[MEMORY][name] = max([stash[MEMORY][name], *sizes])


def pytest_terminal_summary(terminalreporter, config):
    """Print the table."""
    seconds, memory = config.stash[SECONDS], config.stash[MEMORY]
    names = sorted(name for name in seconds if name.endswith(".ipynb"))
    if not names or hasattr(config, "workerinput"):
        return
    terminalreporter.section("time and memory per lesson (no limit is asserted)")
    terminalreporter.write_line(f"{'lesson':40} {'seconds':>8} {'memory':>8}")
    for name in names:
        line = f"{name:40} {seconds[name]:7.1f}s {memory[name]:6.0f}MB"
        terminalreporter.write_line(line)
