"""Copies of the data folder that a test may break, for the tests of tables and sources."""

import csv
import shutil

import yaml

from helpers.tables import data
from helpers.tables.description import FILE

# libyaml's, which is quicker, where there is one
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
LARGE = ("*.npz", "*.bsp", "*.jpg", "*.py", "__pycache__")  # what no number rests on


def copy_data(to):
    """Copy all tables and what describes or asks about them into a new folder; return its Path."""
    return shutil.copytree(data.folder(), to / "data", ignore=shutil.ignore_patterns(*LARGE))


class Broken:
    """A copy of the data, in use until the test ends, with ways to break it."""

    def __init__(self, root):
        self.root = root

    def rows(self, path):
        with open(self.root / path, encoding="utf-8", newline="") as lines:
            return list(csv.reader(lines))

    def write(self, path, rows):
        with open(self.root / path, "w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(rows)

    def set(self, path, line, field, value):
        """Put a value into one cell; the header is line 1."""
        rows = self.rows(path)
        rows[line - 1][rows[0].index(field)] = value
        self.write(path, rows)

    def describe(self, table, change):
        """Change the description of one table with a function of its entry in tables.yaml."""
        file = (self.root / data.resource(table)["path"]).parent / FILE
        tables = yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)
        change(tables[table])
        file.write_text(yaml.dump(tables, Dumper=DUMPER, sort_keys=False), encoding="utf-8")
