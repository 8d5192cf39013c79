"""What the tests of the tables start from."""

import pickle
from functools import lru_cache

import pytest

from helpers.tables import yaml_files
from tests.tables.copies import Broken, copy_data


@lru_cache(maxsize=64)  # a test breaks one file of a copy; the others are those of every copy
def _read_once(text, file, read=yaml_files.read_yaml):
    return pickle.dumps(read(text, file))


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """Return a copy of the data that is in use and may be broken."""
    root = copy_data(tmp_path)
    monkeypatch.setenv("SHARED_ORBITS_DATA", str(root))
    monkeypatch.setattr(yaml_files, "read_yaml", lambda *text: pickle.loads(_read_once(*text)))
    return Broken(root)
