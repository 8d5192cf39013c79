"""The engine's tests run on a bank of their own, so that they do not depend on any lesson."""
import math
import shutil
import sys
import types
from pathlib import Path

import pytest

from helpers import data

HERE = Path(__file__).parent
LESSON = "90_every_kind"


def period(height_km):
    """Return the period in seconds of a circular orbit at a height in km (GM and radius of WGS 84)."""
    return 2 * math.pi * math.sqrt((6378.137 + height_km) ** 3 / 398600.4418)


def period_from_height_alone(height_km):
    """Return what comes out when the Earth's radius is forgotten."""
    return period(height_km - 6378.137)


@pytest.fixture(autouse=True)
def formulas(monkeypatch):
    """Offer `test_formulas.period` to banks, as a science module would."""
    module = types.ModuleType("helpers.test_formulas")
    for one in (period, period_from_height_alone):
        monkeypatch.setattr(one, "__module__", module.__name__)
        setattr(module, one.__name__, one)
    monkeypatch.setitem(sys.modules, module.__name__, module)


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
