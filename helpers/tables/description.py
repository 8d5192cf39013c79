"""What the tables are: the `tables.yaml` of each folder of `data/`, read into Frictionless
resources.

Each folder describes its own tables; `data/tables.yaml` also holds what all share: units, licences
and the fields `source`, `confidence` and `note`. ``python -m helpers.tables.description`` writes
the same as `datapackage.json` for other tools.
"""

import json
import os
import sys
from functools import lru_cache
from pathlib import Path

from helpers.tables import yaml_files

SCHEMA = yaml_files.schema(Path(__file__).parent / "description.schema.json")
DATA_VARIABLE = "SHARED_ORBITS_DATA"  # an environment variable: another data folder
FILE = "tables.yaml"
RULES = ("required", "unique", "enum", "minimum", "maximum", "pattern", "minLength", "maxLength")


class TableError(yaml_files.FileError):
    """A table, or its description, that does not hold what it should."""


def folder():
    """Return the Path of the data folder in use.

    That is the folder named by SHARED_ORBITS_DATA, else `data_files` inside an
    installed package, else `data` beside the package in a checkout.
    Raises TableError when none of them holds a description.
    """
    here = Path(__file__).resolve().parents[1]
    wanted = os.environ.get(DATA_VARIABLE)
    places = [Path(wanted)] if wanted else [here / "data_files", here.parent / "data"]
    for place in places:
        if (place / FILE).is_file():
            return place
    raise TableError(
        f"no {FILE} in {' or '.join(map(str, places))}; accepted: a folder that holds it"
    )


def package(root):
    """Return the Frictionless data package of a data folder, as a dict.

    root: Path of the folder. Raises TableError for a description that is not as it should be.
    """
    with os.scandir(root) as found:  # `glob` takes five times as long, and this is asked often
        below = sorted(os.path.join(one.path, FILE) for one in found if one.is_dir())
    files = [os.path.join(root, FILE), *filter(os.path.isfile, below)]
    return _package(root, tuple((file, *stamp(file)) for file in files))


def resources(root):
    """Return {name: resource} of all tables; maps and the ephemeris have no schema and stay out."""
    return {r["name"]: r for r in package(root)["resources"] if "schema" in r}


def stamp(file):
    """Return what changes when a file does: its time and size."""
    try:
        found = os.stat(file)
    except OSError as problem:
        raise TableError(f"{file}: {problem.strerror}; accepted: a file that can be read") from None
    return found.st_mtime_ns, found.st_size


# --- reading ------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _package(root, stamps):
    described = {Path(file): _read(Path(file)) for file, *_ in stamps}
    head = described[root / FILE].pop("package", None)
    if head is None:
        raise TableError(f"{FILE}: no 'package'; accepted: one with units, licences, shared")
    found = [
        _resource(file.relative_to(root), name, table, head)
        for file, tables in described.items()
        for name, table in tables.items()
    ]
    _check_once([r["name"] for r in found])
    _check_references(found)
    words = {key: head[key] for key in ("name", "title", "description", "units") if key in head}
    return words | {"licenses": [_licence("CC-BY-4.0", head)], "resources": found}


def _read(file):
    where = f"{file.parent.name}/{file.name}"
    try:
        tables = yaml_files.read_yaml(yaml_files.text(file), where)
        yaml_files.check_schema(tables, SCHEMA, where)
    except OSError as problem:
        raise TableError(f"{where}: {problem.strerror}; accepted: a readable file") from None
    except yaml_files.FileError as problem:
        raise TableError(problem) from None
    return tables


def _check_once(names):
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise TableError(f"described twice: {', '.join(twice)}; accepted: each table once")


def _resource(file, name, table, head):
    """Return the Frictionless resource of one table of a tables.yaml."""
    where = f"{file.as_posix()}, table {name!r}"
    path = (file.parent / table.get("file", f"{name}.csv")).as_posix()
    found = {key: table[key] for key in ("title", "description")}
    found = {"name": name, "path": path, **found}
    found["licenses"] = [_licence(table.get("licence", "CC-BY-4.0"), head, where)]
    if "from" in table:
        found["sources"] = table["from"]
    if "fields" not in table:
        return found | {key: table[key] for key in ("format", "mediatype") if key in table}
    fields = [_field(where, n, f, head["shared"]) for n, f in table["fields"].items()]
    found |= {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    found["schema"] = {"fields": fields, "primaryKey": table.get("key", [])}
    _check_own(f"{where}, key", table.get("key", []), fields)
    refers = dict(table.get("refers", {}))
    if table["fields"].get("source", 0) is None:
        refers["source"] = "sources: id"
    if refers:
        found["schema"]["foreignKeys"] = [_reference(*item) for item in refers.items()]
    return found


def _field(where, name, rules, shared):
    """Return one field; without rules of its own it is one that all tables share."""
    if rules is None and name not in shared:
        raise TableError(
            f"{where}, field {name!r}: no description; accepted: one, or {_or(shared)}"
        )
    rules = shared[name] if rules is None else rules
    found = {"name": name, **{k: v for k, v in rules.items() if k not in RULES}}
    limits = {k: v for k, v in rules.items() if k in RULES}
    return found | ({"constraints": limits} if limits else {})


def _check_own(where, names, fields):
    known = [field["name"] for field in fields]
    for name in names:
        if name not in known:
            raise TableError(f"{where}: {name!r} is no field; accepted: {', '.join(known)}")


def _check_references(described):
    """Hold references and lists to tables and fields that there are."""
    known = {r["name"]: r["schema"]["fields"] for r in described if "schema" in r}
    for one in described:
        where = f"{one['path']}, refers"
        for key in one.get("schema", {}).get("foreignKeys", []):
            there = key["reference"]
            _check_own(where, key["fields"], known[one["name"]])
            _check_table(where, there["resource"], known)
            _check_own(
                f"{where}, table {there['resource']!r}", there["fields"], known[there["resource"]]
            )
            if len(key["fields"]) != len(there["fields"]):
                raise TableError(
                    f"{where}: {key['fields']}; accepted: as many as {there['fields']}"
                )
        for field in known.get(one["name"], []):
            if "listOf" in field:
                _check_table(
                    f"{one['path']}, field {field['name']!r}, listOf", field["listOf"], known
                )
                _check_own(f"table {field['listOf']!r}, for a list", ["id"], known[field["listOf"]])


def _check_table(where, name, known):
    if name not in known:
        raise TableError(f"{where}: no table {name!r}; accepted: {', '.join(sorted(known))}")


def _reference(fields, there):
    table, _, keys = there.partition(": ")
    return {"fields": _split(fields), "reference": {"resource": table, "fields": _split(keys)}}


def _split(names):
    return [name.strip() for name in names.split(",")]


def _licence(name, head, where=FILE):
    if name not in head["licences"]:
        raise TableError(f"{where}: licence {name!r}; accepted: {_or(head['licences'])}")
    return {"name": name, **head["licences"][name]}


def _or(names):
    return " or ".join(map(str, names))


if __name__ == "__main__":
    json.dump(package(folder()), sys.stdout, indent=1, ensure_ascii=False, default=str)
