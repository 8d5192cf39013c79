"""The numbers of all tables, questions and exercises, held: ``python -m tests.held`` (`make held`)
writes them anew.

`tests/held.csv` keeps for each field that holds numbers or times how many there are, their sum
where they have one, and a digest of them in the order of the file. A number that changes by
accident, however quietly, is so noticed for certain, by the name of its table and field.
"""

import csv
import hashlib
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

from helpers.tables import data, yaml_files

FILE = Path(__file__).with_name("held.csv")
COLUMNS = ["table", "field", "values", "sum", "digest"]
WORDS = {"note", "confidence"}
A_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")


def holds_numbers(field, values):
    """Return whether a field holds numbers: by its type, or as text (lines of orbital elements)."""
    if field["type"] != "string":
        return True
    return any(map(A_NUMBER.fullmatch, values)) or (
        bool(values) and all(re.search(r"\d", value) for value in values)
    )


def total(values):
    """Return the sum of the values as text, exact; empty where one of them is no number."""
    try:
        return str(sum(map(Decimal, values), Decimal(0)))
    except InvalidOperation:
        return ""


def now():
    """Return {(table, field): [values, sum, digest]} as texts, of the tables as they are."""
    found = {}
    for name in data.names():
        resource = data.resource(name)
        with open(data.path(resource["path"]), encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        for field in resource["schema"]["fields"]:
            values = [row[field["name"]] for row in rows]
            filled = [value for value in values if value]
            if field["name"] in WORDS | set(data.source_fields(name)):
                continue
            if holds_numbers(field, filled):
                found[name, field["name"]] = [str(len(filled)), total(filled), digest(values)]
    return found | of_files("quiz") | of_files("exercises")


def of_files(folder):
    """Return the same of the keys, tolerances and limits of all questions or exercises."""
    found = {}
    for path in sorted((data.folder() / folder).glob("*.yaml")):
        for name, value in numbers(yaml_files.read_yaml(yaml_files.text(path), path.name)):
            found.setdefault((f"{folder}/{path.stem}", name), []).append(str(value))
    return {key: [str(len(values)), total(values), digest(values)] for key, values in found.items()}


def numbers(tree, name=""):
    """Yield (the name of the nearest field, number) of every number in a tree, but versions."""
    if isinstance(tree, dict | list):
        for key, value in tree.items() if isinstance(tree, dict) else ((name, v) for v in tree):
            yield from numbers(value, key)
    elif isinstance(tree, int | float) and not isinstance(tree, bool) and name != "version":
        yield name, tree


def digest(values):
    """Return what tells a list of texts from another one, in its order."""
    return hashlib.sha256("\n".join(values).encode()).hexdigest()[:12]


def held():
    """Return what `now` returned when it was last written down."""
    if not FILE.exists():
        return {}
    with open(FILE, encoding="utf-8", newline="") as lines:
        return {
            (row["table"], row["field"]): [row[key] for key in COLUMNS[2:]]
            for row in csv.DictReader(lines)
        }


def changes():
    """Return a sentence for each field whose numbers are not those that are held."""
    was, is_now, found = held(), now(), []
    for table, field in sorted(was.keys() | is_now.keys()):
        old, new = was.get((table, field)), is_now.get((table, field))
        if old == new:
            continue
        if old is None or new is None:
            found.append(f"{table}.{field}: {'not held yet' if new else 'held, but gone'}")
        elif old[:2] != new[:2]:
            found.append(
                f"{table}.{field}: {new[0]} values that add up to {new[1] or '-'}; "
                f"held: {old[0]}, {old[1] or '-'}"
            )
        else:
            found.append(f"{table}.{field}: other values, or another order, than held")
    return found


def write():
    """Hold the numbers as they are now."""
    with open(FILE, "w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([*key, *values] for key, values in sorted(now().items()))


if __name__ == "__main__":
    print(*changes() or ["nothing has changed"], sep="\n")
    write()
