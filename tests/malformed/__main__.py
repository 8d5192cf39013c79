"""Break every example in all ways; print how many inputs had which outcome."""

import collections
import os
import tempfile
from pathlib import Path

import pandas as pd

from helpers.tables import description
from tests import malformed
from tests.malformed import subjects


def counts(subject):
    """Return the Counter of the outcomes of all broken forms of one kind of file; print others."""
    make, is_data = subjects.SUBJECTS[subject]
    found = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop(description.DATA_VARIABLE, None)
        if is_data:
            os.environ[description.DATA_VARIABLE] = folder
        cases, read = make(Path(folder))
        for done, raw, maybe in cases:
            said = malformed.outcome(lambda raw=raw: read(raw), subjects.ERRORS)
            kind = said.partition(":")[0]
            kind = "silent" if kind == "accepted" and not maybe else kind
            found[kind] += 1
            if kind in ("unclear", "silent"):
                print(f"{subject}: {done}: {said}")
    return found


if __name__ == "__main__":
    table = pd.DataFrame({s: counts(s) for s in subjects.SUBJECTS}).T.fillna(0).astype(int)
    print(table.assign(all=table.sum(axis=1)).to_string())
