"""Read one CSV file and hold it to its description: header, types, constraints, keys, references,
lists.

Whatever does not fit raises TableError with file, line, field, value and what is accepted.
"""

import csv
import difflib
import math
import re
from functools import lru_cache

import pandas as pd

from helpers.tables import elements
from helpers.tables.description import FILE, TableError, package, resources, stamp


# --- reading and checking -----------------------------------------------------------------


@lru_cache(maxsize=256)
def load(root, name, *stamps):
    """Return one table, read, checked and converted; cached until its file or description changes.

    root: the data folder; stamps: what changes when the files do. Raises TableError for bad data.
    """
    resource = resources(root)[name]
    _check_description(root, resource)
    header, rows, lines = read(root / resource["path"])
    _check_header(resource, header)
    texts = {f["name"]: [r[i] for r in rows] for i, f in enumerate(fields(resource))}
    columns = {f["name"]: _column(resource, f, texts[f["name"]], lines) for f in fields(resource)}
    _check_keys(resource, columns, lines)
    _check_references(root, resource, texts, lines)
    _check_lists(root, resource, texts, lines)
    frame = pd.DataFrame(
        {
            f["name"]: pd.Series(columns[f["name"]], dtype=DTYPES[f["type"]])
            for f in fields(resource)
        }
    )
    if {"line1", "line2"} <= set(frame):
        _check_element_sets(resource, frame, lines)
    frame.attrs = {
        "name": name,
        "title": resource["title"],
        "units": {f["name"]: f["unit"] for f in fields(resource) if "unit" in f},
    }
    return frame


def read(file):
    """Return header, rows and the line number of each row of a CSV file."""
    try:
        with open(file, encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            read = [(reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error) as problem:
        raise TableError(
            f"{file.name}: not readable ({problem}); accepted: comma-separated values in UTF-8"
        ) from None
    header = read[0][1] if read else []
    for line, row in read[1:]:
        if len(row) != len(header):
            raise TableError(
                f"{file.name}, line {line}: {len(row)} values in {row!r}; accepted: {len(header)}, "
                f"one for each of {header}"
            )
    return header, [row for _, row in read[1:]], [line for line, _ in read[1:]]


def _check_header(resource, header):
    expected = [f["name"] for f in fields(resource)]
    if header != expected:
        missing, extra = (
            [n for n in expected if n not in header],
            [n for n in header if n not in expected],
        )
        what = (
            "; ".join(
                [f"missing column {n!r}" for n in missing]
                + [f"unknown column {n!r}" for n in extra]
            )
            or f"columns in another order: {header}"
        )
        raise TableError(f"{resource['path']}, line 1: {what}; accepted: {', '.join(expected)}")


def _check_description(root, resource):
    """Hold what a schema of descriptions cannot: units, patterns, and limits by the type."""
    known = package(root)["units"]
    for field in fields(resource):
        where = f"{FILE}, table {resource['name']!r}, field {field['name']!r}"
        unit = field.get("unit")
        if unit not in known and (unit is not None or field["type"] in ("number", "integer")):
            raise TableError(f"{where}: unit {unit!r} is not known; accepted: {', '.join(known)}")
        _check_limits(where, field["type"], field.get("constraints", {}))


def _check_limits(where, kind, rules):
    convert, accepted = TYPES[kind]
    limits = {k: rules[k] for k in ("minimum", "maximum") if k in rules}
    for name, value in [*limits.items(), *(("enum", one) for one in rules.get("enum", []))]:
        try:
            limits[name] = convert(str(value))
        except ValueError:
            raise TableError(f"{where}, {name}: {value!r}; accepted: {accepted}") from None
    if {"minimum", "maximum"} <= set(limits) and limits["minimum"] > limits["maximum"]:
        raise TableError(f"{where}, minimum: {rules['minimum']!r}; accepted: not above maximum")
    if rules.get("minLength", 0) > rules.get("maxLength", math.inf):
        raise TableError(f"{where}, minLength: {rules['minLength']}; accepted: not above maxLength")
    try:
        re.compile(rules.get("pattern", ""))
    except re.error as problem:
        raise TableError(
            f"{where}, pattern: {rules['pattern']!r} ({problem}); accepted: a regular expression"
        ) from None


def _column(resource, field, texts, lines):
    """Return the values of one column; an empty cell gives None."""
    convert, accepted = TYPES[field["type"]]
    rules = field.get("constraints", {})
    limits = _limits(rules, convert)
    values = []
    for text, line in zip(texts, lines):
        try:
            value = None if text == "" else convert(text)
        except ValueError:
            raise _bad(resource, line, field["name"], text, accepted) from None
        problem = _broken(rules, limits, text, value)
        if problem:
            raise _bad(resource, line, field["name"], text, problem)
        values.append(value)
    if rules.get("unique"):
        _check_unique(resource, [field["name"]], [(v,) for v in values], lines)
    return values


def _limits(rules, convert):
    """Return the enum, minimum and maximum of a column as values of its type."""
    limits = {name: convert(str(rules[name])) for name in ("minimum", "maximum") if name in rules}
    if "enum" in rules:
        limits["enum"] = {convert(str(one)) for one in rules["enum"]}
    return limits


def _broken(rules, limits, text, value):
    """Return what the rules accept when they refuse this value, else None."""
    if value is None:
        return "a value (this field is required)" if rules.get("required") else None
    if "enum" in limits and value not in limits["enum"]:
        return f"one of {listed(rules['enum'])}"
    if "minimum" in limits and value < limits["minimum"]:
        return f"at least {rules['minimum']}"
    if "maximum" in limits and value > limits["maximum"]:
        return f"at most {rules['maximum']}"
    if "pattern" in rules and not re.fullmatch(rules["pattern"], text):
        return f"text of the pattern {rules['pattern']}"
    if not rules.get("minLength", 0) <= len(text) <= rules.get("maxLength", math.inf):
        return (
            f"{rules.get('minLength', 0)} to {rules.get('maxLength', 'any number of')} characters"
        )


def _check_keys(resource, columns, lines):
    key = as_list(resource["schema"].get("primaryKey", []))
    if not key:
        return
    values = list(zip(*(columns[k] for k in key)))
    for name in key:
        for value, line in zip(columns[name], lines):
            if value is None:
                raise _bad(resource, line, name, "", "a value (this field is part of the key)")
    _check_unique(resource, key, values, lines)


def _check_unique(resource, fields, values, lines):
    seen = {}
    for value, line in zip(values, lines):
        if value in seen and None not in value:
            raise _bad(
                resource,
                line,
                ", ".join(fields),
                ", ".join(map(str, value)),
                f"a value used once (line {seen[value]} has it too)",
            )
        seen[value] = line


def _check_references(root, resource, texts, lines):
    for key in resource["schema"].get("foreignKeys", []):
        names, there = as_list(key["fields"]), key["reference"]
        target = resources(root)[there["resource"]]
        known = _texts(root, target, as_list(there["fields"]))
        for value, line in zip(zip(*(texts[f] for f in names)), lines):
            if "" not in value and value not in known:
                near = nearest(value[0], [k[0] for k in known])
                raise _bad(
                    resource,
                    line,
                    ", ".join(names),
                    ", ".join(value),
                    f"{', '.join(as_list(there['fields']))} of a row in {target['path']}"
                    + (f" (near: {', '.join(near)})" if near else ""),
                )


def _check_lists(root, resource, texts, lines):
    """Hold the fields that list several keys of another table, such as "a;b"."""
    for field in fields(resource):
        if "listOf" in field:
            known = {k for (k,) in _texts(root, resources(root)[field["listOf"]], ["id"])}
            for text, line in zip(texts[field["name"]], lines):
                for part in text.split(";") if text else []:
                    if part not in known:
                        raise _bad(
                            resource,
                            line,
                            field["name"],
                            part,
                            f"ids of {field['listOf']} between semicolons",
                        )


def _texts(root, resource, fields):
    """Return the set of value tuples that some columns of a file hold."""
    file = root / resource["path"]
    header, columns = _texts_of(file, tuple(fields), *stamp(file))
    _check_header(resource, header)
    return columns


@lru_cache(maxsize=64)  # nearly all tables refer to the same few
def _texts_of(file, fields, *stamps):
    header, rows, _ = read(file)
    places = [header.index(field) for field in fields if field in header]
    return header, {tuple(row[place] for place in places) for row in rows}


def _bad(resource, line, field, value, accepted):
    return TableError(
        f"{resource['path']}, line {line}, field {field!r}: {value!r} is not accepted; accepted: "
        f"{accepted}"
    )


# --- checks that a schema cannot express -------------------------------------------------


def _check_element_sets(resource, frame, lines):
    """Hold the checksums of two-line element sets, and the columns beside the lines to the
    lines.
    """
    for row, line in zip(frame.to_dict("records"), lines):
        for field in ("line1", "line2"):
            try:
                elements.check_line(row[field], int(field[-1]))
            except elements.ElementSetError as problem:
                raise _bad(resource, line, field, row[field], problem.accepted) from None
        for field, value in elements.parse(row["line1"], row["line2"]).items():
            if field in row and not elements.agree(row[field], value):
                raise _bad(resource, line, field, row[field], f"{value}, as the lines say")


# --- types --------------------------------------------------------------------------------


def _matching(pattern, convert):
    def read(text):
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(text)
        return convert(text)

    return read


def _boolean(text):
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


_DATE = r"\d{4}-\d\d-\d\d"
TYPES = {  # type -> how to read a text, what is accepted
    "string": (str, "text"),
    "integer": (_matching(r"[+-]?\d+", int), "a whole number such as 42"),
    "number": (
        _matching(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", float),
        "a number such as 41.47",
    ),
    "boolean": (_boolean, "true or false"),
    "date": (_matching(_DATE, pd.Timestamp), "a date such as 2025-04-24"),
    "datetime": (
        _matching(_DATE + r"T\d\d:\d\d:\d\d(\.\d{1,6})?Z", pd.Timestamp),
        "a time in UTC such as 2025-04-24T09:17:00Z",
    ),
    "year": (_matching(r"\d{4}", int), "a year such as 2025"),
}
DTYPES = {
    "string": "str",
    "integer": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "date": "datetime64[us]",
    "datetime": "datetime64[us, UTC]",
    "year": "Int64",
}


# --- small parts ---------------------------------------------------------------------------


def nearest(name, known, n=3):
    """Return up to n of the known names that are spelt most like a name."""
    return difflib.get_close_matches(str(name), list(known), n=n, cutoff=0.6)


def fields(resource):
    """Return the descriptions of the fields of a table."""
    return resource["schema"]["fields"]


def as_list(value):
    """Return a text as a list of one, a list as it is."""
    return [value] if isinstance(value, str) else list(value)


def listed(values):
    """Return values with commas between them, "none" where there is none."""
    values = [str(v) for v in values]
    return ", ".join(values) if values else "none"
