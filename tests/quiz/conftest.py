"""The engine's tests run on a bank of their own, so that they do not depend on any lesson."""
import shutil
from pathlib import Path

import pytest

import tests.quiz.offer  # noqa: F401 - the formulas of the example
from helpers import data

HERE = Path(__file__).parent
LESSON = "90_every_kind"


@pytest.fixture
def example(tmp_path, monkeypatch):
    """Copy the example bank into a data folder of this test, and a fresh learner's folder beside it; return the data folder."""
    folder = tmp_path / "data"
    map_file = data.path("map/land.npz")
    shutil.copytree(HERE / "bank", folder)
    (folder / "map").mkdir()
    shutil.copy(map_file, folder / "map" / "land.npz")
    monkeypatch.setenv("SHARED_ORBITS_DATA", str(folder))
    monkeypatch.setenv("SHARED_ORBITS_HOME", str(tmp_path / "home"))
    return folder
