"""The tables of the course: find them, check them against their description, hand out a copy.

Every table is a CSV file under `data/`, described once in `data/datapackage.json`
(a Frictionless Table Schema). `table` refuses a file that breaks its description
and says where: file, line, field, value and what is accepted.
"""

import csv
import difflib
import json
import math
import os
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import pandas as pd

DATA_VARIABLE = "SHARED_ORBITS_DATA"  # an environment variable: another data folder
DESCRIPTION = "datapackage.json"


class TableError(ValueError):
    """A table, or its description, that does not hold what it should."""


# --- where the data are ---------------------------------------------------------------


def folder():
    """Return the Path of the data folder in use.

    That is the folder named by SHARED_ORBITS_DATA, else `data_files` inside an
    installed package, else `data` beside the package in a checkout.
    """
    here = Path(__file__).resolve().parent
    wanted = os.environ.get(DATA_VARIABLE)
    places = [Path(wanted)] if wanted else [here / "data_files", here.parent / "data"]
    for place in places:
        if (place / DESCRIPTION).is_file():
            return place
    raise TableError(f"no {DESCRIPTION} in {' or '.join(map(str, places))}; accepted: a folder that holds it")


def path(name):
    """Return the Path of one file of the data folder, such as `path("map/land.npz")`.

    Raises TableError when there is no such file, with the files of that folder.
    """
    found = folder() / name
    if not found.is_file():
        beside = sorted(p.name for p in found.parent.glob("*") if p.is_file())
        raise TableError(f"no data file {name!r}; in {Path(name).parent.as_posix()!r} there are: {_listed(beside)}")
    return found


# --- what the tables are ----------------------------------------------------------------


def names():
    """Return the names of all tables, sorted."""
    return sorted(_resources(folder()))


def describe(name=None):
    """Return a DataFrame that says what the tables hold, or the fields of one table.

    name: a table; without it, one row a table (title and file).
    Raises TableError for an unknown name.
    """
    if name is None:
        return pd.DataFrame([[n, r["title"], r["path"]] for n, r in sorted(_resources(folder()).items())],
                            columns=["table", "title", "file"])
    return pd.DataFrame([[f["name"], f["type"], f.get("unit", ""), f.get("description", "")] for f in _fields(resource(name))],
                        columns=["field", "type", "unit", "description"])


def table(name):
    """Return one table as a DataFrame of your own, checked against its description.

    name: one of `names()`.
    Columns have the types of the schema; `attrs` holds "name", "title" and "units"
    (field -> unit). An empty cell is missing (NaN, <NA> or NaT): unknown, not zero.
    Raises TableError for an unknown name and for every kind of bad data.
    """
    root, file = folder(), path(resource(name)["path"])
    return _load(root, name, _stamp(file), _stamp(root / DESCRIPTION)).copy(deep=True)


def city(name):
    """Return the row of one city of the table `cities`, as a Series.

    name: "Lima", "reykjavik" (accents and capitals do not matter), or "Name, Country"
    where several share a name: "Birmingham, United Kingdom".
    Raises TableError for a name that is unknown (with the nearest ones) or shared.
    """
    cities = table("cities").merge(table("parties")[["id", "name"]].rename(columns={"id": "country", "name": "country_name"}))
    place, _, country = (_plain(part) for part in str(name).partition(","))
    found = cities[(cities["name"].map(_plain) == place) | (cities["ascii_name"].map(_plain) == place)]
    if country:
        found = found[[country in (_plain(r.country), _plain(r.country_name)) or _plain(r.country_name).startswith(country)
                       for r in found.itertuples()]]
    if len(found) == 1:
        return found.iloc[0]
    if len(found) > 1:
        raise TableError(f"{name!r} is the name of {len(found)} cities; accepted: one of {'; '.join(found['name'] + ', ' + found['country_name'])}")
    known = {_plain(n): n for n in cities["ascii_name"]} | {_plain(n): n for n in cities["name"]}
    near = list(dict.fromkeys(known[n] for n in nearest(place, known, n=5)))  # nearest first, once each
    raise TableError(f"no city {name!r} in the table 'cities' ({len(cities)} rows); "
                     + (f"nearest names: {_listed(near)}" if near else "try a larger city near you, or give latitude and longitude"))


# --- reading and checking -----------------------------------------------------------------


@lru_cache(maxsize=256)
def _load(root, name, *stamps):
    """Read, check and convert one table; cached until its file or description changes."""
    resource = _resources(root)[name]
    _check_units(root, resource)
    header, rows, lines = _read(root / resource["path"])
    _check_header(resource, header)
    texts = {f["name"]: [r[i] for r in rows] for i, f in enumerate(_fields(resource))}
    columns = {f["name"]: _column(resource, f, texts[f["name"]], lines) for f in _fields(resource)}
    _check_keys(resource, columns, lines)
    _check_references(root, resource, texts, lines)
    _check_lists(root, resource, texts, lines)
    frame = pd.DataFrame({f["name"]: pd.Series(columns[f["name"]], dtype=DTYPES[f["type"]]) for f in _fields(resource)})
    if {"line1", "line2"} <= set(frame):
        _check_element_sets(resource, frame, lines)
    frame.attrs = {"name": name, "title": resource["title"], "units": {f["name"]: f["unit"] for f in _fields(resource) if "unit" in f}}
    return frame


def _read(file):
    """Return header, rows and the line number of each row of a CSV file."""
    try:
        with open(file, encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            read = [(reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error) as problem:
        raise TableError(f"{file.name}: not readable ({problem}); accepted: comma-separated values in UTF-8") from None
    header = read[0][1] if read else []
    for line, row in read[1:]:
        if len(row) != len(header):
            raise TableError(f"{file.name}, line {line}: {len(row)} values in {row!r}; accepted: {len(header)}, one for each of {header}")
    return header, [row for _, row in read[1:]], [line for line, _ in read[1:]]


def _check_header(resource, header):
    expected = [f["name"] for f in _fields(resource)]
    if header != expected:
        missing, extra = [n for n in expected if n not in header], [n for n in header if n not in expected]
        what = "; ".join([f"missing column {n!r}" for n in missing] + [f"unknown column {n!r}" for n in extra]) or f"columns in another order: {header}"
        raise TableError(f"{resource['path']}, line 1: {what}; accepted: {', '.join(expected)}")


def _check_units(root, resource):
    known = _package(root, _stamp(root / DESCRIPTION))["units"]
    for field in _fields(resource):
        if field["type"] not in TYPES:
            raise TableError(f"{DESCRIPTION}, table {resource['name']!r}, field {field['name']!r}: type {field['type']!r} is not known; accepted: {', '.join(TYPES)}")
        if field["type"] in ("number", "integer") and field.get("unit") not in known:
            raise TableError(f"{DESCRIPTION}, table {resource['name']!r}, field {field['name']!r}: unit {field.get('unit')!r} is not known; accepted: {', '.join(known)}")


def _column(resource, field, texts, lines):
    """Return the values of one column; an empty cell gives None."""
    convert, accepted = TYPES[field["type"]]
    rules = field.get("constraints", {})
    values = []
    for text, line in zip(texts, lines):
        try:
            value = None if text == "" else convert(text)
        except ValueError:
            raise _bad(resource, line, field["name"], text, accepted) from None
        problem = _broken(rules, text, value, convert)
        if problem:
            raise _bad(resource, line, field["name"], text, problem)
        values.append(value)
    if rules.get("unique"):
        _check_unique(resource, [field["name"]], [(v,) for v in values], lines)
    return values


def _broken(rules, text, value, convert):
    """Return what the rules accept when they refuse this value, else None."""
    if value is None:
        return "a value (this field is required)" if rules.get("required") else None
    if "enum" in rules and value not in [convert(str(e)) for e in rules["enum"]]:
        return f"one of {_listed(rules['enum'])}"
    if "minimum" in rules and value < convert(str(rules["minimum"])):
        return f"at least {rules['minimum']}"
    if "maximum" in rules and value > convert(str(rules["maximum"])):
        return f"at most {rules['maximum']}"
    if "pattern" in rules and not re.fullmatch(rules["pattern"], text):
        return f"text of the pattern {rules['pattern']}"
    if not rules.get("minLength", 0) <= len(text) <= rules.get("maxLength", math.inf):
        return f"{rules.get('minLength', 0)} to {rules.get('maxLength', 'any number of')} characters"


def _check_keys(resource, columns, lines):
    key = _as_list(resource["schema"].get("primaryKey", []))
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
            raise _bad(resource, line, ", ".join(fields), ", ".join(map(str, value)), f"a value used once (line {seen[value]} has it too)")
        seen[value] = line


def _check_references(root, resource, texts, lines):
    for key in resource["schema"].get("foreignKeys", []):
        fields, there = _as_list(key["fields"]), key["reference"]
        target = _resources(root).get(there["resource"] or resource["name"])
        if target is None:
            raise TableError(f"{DESCRIPTION}, table {resource['name']!r}: reference to an unknown table {there['resource']!r}")
        known = _texts(root, target, _as_list(there["fields"]))
        for value, line in zip(zip(*(texts[f] for f in fields)), lines):
            if "" not in value and value not in known:
                near = nearest(value[0], [k[0] for k in known])
                raise _bad(resource, line, ", ".join(fields), ", ".join(value),
                           f"{', '.join(_as_list(there['fields']))} of a row in {target['path']}" + (f" (near: {', '.join(near)})" if near else ""))


def _check_lists(root, resource, texts, lines):
    """Hold the fields that list several keys of another table, such as "a;b"."""
    for field in _fields(resource):
        if "listOf" in field:
            known = {k for k, in _texts(root, _resources(root)[field["listOf"]], ["id"])}
            for text, line in zip(texts[field["name"]], lines):
                for part in text.split(";") if text else []:
                    if part not in known:
                        raise _bad(resource, line, field["name"], part, f"ids of {field['listOf']} between semicolons")


def _texts(root, resource, fields):
    """Return the set of value tuples that some columns of a file hold."""
    header, rows, _ = _read(root / resource["path"])
    _check_header(resource, header)
    return {tuple(row[header.index(f)] for f in fields) for row in rows}


def _bad(resource, line, field, value, accepted):
    return TableError(f"{resource['path']}, line {line}, field {field!r}: {value!r} is not accepted; accepted: {accepted}")


# --- checks that a schema cannot express -------------------------------------------------


def _check_element_sets(resource, frame, lines):
    """Hold the checksums of two-line element sets, and the columns beside the lines to the lines."""
    from helpers import elements  # here, so that reading other tables stays light

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
        if not re.fullmatch(pattern, text):
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
    "number": (_matching(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", float), "a number such as 41.47"),
    "boolean": (_boolean, "true or false"),
    "date": (_matching(_DATE, pd.Timestamp), "a date such as 2025-04-24"),
    "datetime": (_matching(_DATE + r"T\d\d:\d\d:\d\d(\.\d{1,6})?Z", pd.Timestamp), "a time in UTC such as 2025-04-24T09:17:00Z"),
    "year": (_matching(r"\d{4}", int), "a year such as 2025"),
}
DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean",
          "date": "datetime64[us]", "datetime": "datetime64[us, UTC]", "year": "Int64"}


# --- the description ------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _package(root, stamp):
    return json.loads((root / DESCRIPTION).read_text(encoding="utf-8"))


def _resources(root):
    """Return the described tables by name; maps and the ephemeris are described too, but have no schema."""
    return {r["name"]: r for r in _package(root, _stamp(root / DESCRIPTION))["resources"] if "schema" in r}


def resource(name):
    """Return the description of one table, as a dict (a Frictionless resource).

    Raises TableError for an unknown name.
    """
    known = _resources(folder())
    if name not in known:
        near = nearest(name, known)
        raise TableError(f"no table {name!r}" + (f" (did you mean {' or '.join(near)}?)" if near else "") + f"; there are: {_listed(sorted(known))}")
    return known[name]


def source_fields(name):
    """Return the names of the fields of a table that hold ids of sources."""
    described = resource(name)
    keys = [f for k in described["schema"].get("foreignKeys", []) if k["reference"]["resource"] == "sources" for f in _as_list(k["fields"])]
    return keys + [f["name"] for f in _fields(described) if f.get("listOf") == "sources"]


def nearest(name, known, n=3):
    """Return up to n of the known names that are spelt most like a name."""
    return difflib.get_close_matches(str(name), list(known), n=n, cutoff=0.6)


def _fields(resource):
    return resource["schema"]["fields"]


def _stamp(file):
    found = file.stat()
    return found.st_mtime_ns, found.st_size


def _as_list(value):
    return [value] if isinstance(value, str) else list(value)


def _listed(values):
    values = [str(v) for v in values]
    return ", ".join(values) if values else "none"


def _plain(text):
    """Return a text without accents, capitals, and outer spaces."""
    split = unicodedata.normalize("NFKD", str(text).strip().casefold())
    return "".join(c for c in split if not unicodedata.combining(c))
