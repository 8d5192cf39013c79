"""What the tests of the tables start from."""

import pytest

from tests.tables.copies import Broken, copy_data


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """Return a copy of the data that is in use and may be broken."""
    root = copy_data(tmp_path)
    monkeypatch.setenv("SHARED_ORBITS_DATA", str(root))
    return Broken(root)
