"""Files that people write or send, broken in all ways: said clearly, never a crash, never silent.

Here a sample of each kind; ``python -m tests.malformed`` counts all.
"""

import pytest

from helpers.tables import description
from tests import malformed
from tests.malformed import subjects

NUMBER = {"collected logs": 100}  # of a kind; else 1,000: a report takes longer than a file


@pytest.mark.parametrize("subject", subjects.SUBJECTS)
def test_what_is_broken_is_said(subject, tmp_path, monkeypatch):
    make, is_data = subjects.SUBJECTS[subject]
    if is_data:
        monkeypatch.setenv(description.DATA_VARIABLE, str(tmp_path))
    cases, read = make(tmp_path)
    found = {
        done: (malformed.outcome(lambda raw=raw: read(raw), subjects.ERRORS), maybe)
        for done, raw, maybe in malformed.sample(cases, NUMBER.get(subject, 1000))
    }
    assert {done: said for done, (said, _) in found.items() if said.startswith("unclear")} == {}
    assert [done for done, (said, maybe) in found.items() if said == "accepted" and not maybe] == []
    assert len(found) >= 100
