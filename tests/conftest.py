"""Every test works in a learner's folder of its own."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

os.environ.setdefault("MPLBACKEND", "agg")
# A worker a core: threads of its own would only wait for one another, at twice the processor time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ["SHARED_ORBITS_HOME"] = tempfile.mkdtemp(prefix="shared-orbits-test-")

BANK = Path(__file__).parent / "learning" / "quiz" / "bank"


@pytest.fixture
def learner_folder(tmp_path, monkeypatch):
    """Return an empty learner's folder that the progress log of this test writes to."""
    monkeypatch.setenv("SHARED_ORBITS_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def example(tmp_path, monkeypatch):
    """Return a data folder with the example bank, so that tests of the engine rest on no lesson.

    Beside it lies a fresh learner's folder.
    """
    import tests.learning.quiz.offer  # noqa: F401 - the formulas of the example
    from helpers.tables import data

    folder = tmp_path / "data"
    map_file = data.path("map/land.npz")
    shutil.copytree(BANK, folder)
    (folder / "map").mkdir()
    shutil.copy(map_file, folder / "map" / "land.npz")
    monkeypatch.setenv("SHARED_ORBITS_DATA", str(folder))
    monkeypatch.setenv("SHARED_ORBITS_HOME", str(tmp_path / "home"))
    return folder


@pytest.fixture
def learner_of(tmp_path, monkeypatch):
    """Return a function that starts a learner without element sets of their own, on a day such as
    "2026-11-25"; when the test ends, those of the course are in use again.
    """
    from helpers.learning import new_sets, progress
    from helpers.science import in_use

    def start(day):
        monkeypatch.setenv("SHARED_ORBITS_HOME", str(tmp_path / "home"))
        monkeypatch.setenv(new_sets.TODAY, day)
        progress.forget()

    yield start
    in_use.take()
    progress.forget()
