"""Every test works in a learner's folder of its own."""
import os
import tempfile

import pytest

os.environ.setdefault("MPLBACKEND", "agg")
os.environ["SHARED_ORBITS_HOME"] = tempfile.mkdtemp(prefix="shared-orbits-test-")


@pytest.fixture
def learner_folder(tmp_path, monkeypatch):
    """Return an empty learner's folder that the progress log of this test writes to."""
    monkeypatch.setenv("SHARED_ORBITS_HOME", str(tmp_path))
    return tmp_path
