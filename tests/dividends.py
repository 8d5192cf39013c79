"""Make the table of the lessons' dividends anew: ``python -m tests.dividends [02 07 ...]`` (none:
all).

Each lesson is run; what it keeps by `record.dividend` becomes its row of
data/capstone/lesson_dividends.csv.
"""

import csv
import os
import sys
import tempfile

os.environ.setdefault("MPLBACKEND", "agg")

from tests.notebooks import LESSONS, ROOT, run  # noqa: E402 - the backend comes first

FILE = ROOT / "data" / "capstone" / "lesson_dividends.csv"
LAST = "12"  # the capstone reads the table, so it is not in it


def fresh(slug):
    """Run a lesson in an empty learner's folder and return the row that it leaves, or None without
    a dividend.
    """
    import matplotlib.pyplot as plt

    from helpers.learning import dividends, record

    with tempfile.TemporaryDirectory() as home:
        os.environ["SHARED_ORBITS_HOME"] = home
        with plt.rc_context():
            run(slug)
        plt.close("all")
        kept = record.dividends() | record.access_numbers()
    return dividends.write(slug[:2], kept[slug[:2]]) if slug[:2] in kept else None


def main(wanted):
    with open(FILE, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names, rows = reader.fieldnames, {row["lesson"]: row for row in reader}
    for slug in (path.stem for path in LESSONS if "01" <= path.name[:2] <= LAST):
        if not wanted or slug[:2] in wanted:
            row = fresh(slug)
            rows |= {slug[:2]: row} if row else {}
            print(slug, "kept" if row else "has no dividend")
    with open(FILE, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_text(rows[lesson]) for lesson in sorted(rows))


def _text(row):
    return {k: str(v).lower() if isinstance(v, bool) else v for k, v in row.items()}


if __name__ == "__main__":
    main(sys.argv[1:])
