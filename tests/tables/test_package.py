"""The description of the data, held to the Frictionless standard and to the house."""

import json
import shutil

import frictionless
import pytest

from helpers.tables import data
from helpers.tables.description import package
from helpers.tables.schema import read
from tests.tables.copies import Broken, copy_data

PACKAGE = package(data.folder())
RESOURCES = {r["name"]: r for r in PACKAGE["resources"] if "schema" in r}
# Tables of the course itself, whose rows need no confidence or no source of their own.
OWN = {"sources", "parties", "claims", "verdict_replies", "glossary", "lessons", "school_subjects"}
OWN |= {"misconceptions"}
OWN |= {"lesson_dividends", "counterexamples"}  # computed by the lessons' own cells


def errors_of(root, kept=None):
    """Return (table, type of error) of all that frictionless finds; kept: only these tables."""
    described = json.loads(json.dumps(package(root), default=str))
    if kept:
        described["resources"] = [r for r in described["resources"] if r["name"] in kept]
    (root / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    report = frictionless.validate(str(root / "datapackage.json"))
    found = [(task.name, error.type) for task in report.tasks for error in task.errors]
    return found + [("package", error.type) for error in report.errors]


def test_frictionless_finds_no_fault(tmp_path):
    copy = shutil.copytree(data.folder(), tmp_path / "data")
    assert errors_of(copy) == []


@pytest.mark.parametrize(
    ("file", "field", "value", "error"),
    [
        ("station/reboosts.csv", "source", "nobody", ("reboosts", "foreign-key")),
        ("station/ground_stations.csv", "host", "XYZ", ("ground_stations", "foreign-key")),
        ("station/reboosts.csv", "burn_s", "long", ("reboosts", "type-error")),
        ("station/element_sets.csv", "epoch", "soon", ("element_sets", "type-error")),
        ("station/reboosts.csv", "station", "salyut", ("reboosts", "constraint-error")),
    ],
)
def test_frictionless_sees_what_we_break(tmp_path, file, field, value, error):
    broken = Broken(copy_data(tmp_path))
    broken.set(file, 2, field, value)
    kept = {"parties", "sources", "element_sets", error[0]}  # few tables, so that this stays quick
    assert set(errors_of(broken.root, kept)) == {error}


def test_every_csv_file_is_described_once():
    described = [r["path"] for r in RESOURCES.values()]
    files = {p.relative_to(data.folder()).as_posix() for p in data.folder().rglob("*.csv")}
    assert sorted(described) == sorted(files)


def test_every_table_says_what_it_is():
    for name, resource in RESOURCES.items():
        check_description(name, resource)


def check_description(name, resource):
    """Assert what the description of a table owes its readers."""
    assert name == name.lower() and name.replace("_", "").isalnum(), name
    assert resource["title"] and len(resource["description"].split()) >= 5, name
    assert resource["licenses"], f"{name}: a licence is needed"
    for field in resource["schema"]["fields"]:
        assert field.get("description"), f"{name}.{field['name']} needs a description"
    fields = {f["name"] for f in resource["schema"]["fields"]}
    assert resource["schema"].get("primaryKey"), f"{name}: a key is needed"
    if name not in OWN:
        assert {"source", "confidence"} <= fields, name
    referred = {
        f
        for k in resource["schema"].get("foreignKeys", [])
        for f in ([k["fields"]] if isinstance(k["fields"], str) else k["fields"])
    }
    assert "source" not in fields or "source" in referred, name


def test_made_up_data_say_so_in_their_name():
    for name, resource in RESOURCES.items():
        if (
            "synthetic" in resource["description"].lower()
            and "not synthetic" not in resource["description"].lower()
        ):
            assert "synthetic" in name, name


def test_files_are_plain_utf8_without_stray_spaces():
    for resource in RESOURCES.values():
        raw = (data.folder() / resource["path"]).read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw and raw.endswith(b"\n"), (
            resource["path"]
        )
        _, rows, lines = read(data.folder() / resource["path"])
        for row, line in zip(rows, lines):
            assert all(cell == cell.strip() for cell in row), f"{resource['path']}, line {line}"


def test_units_are_explained():
    units = PACKAGE["units"]
    used = {f["unit"] for r in RESOURCES.values() for f in r["schema"]["fields"] if "unit" in f}
    assert used <= set(units) and all(units.values())
