"""No number of a table, question or exercise changes unseen, and no table stands unread."""

import random

import pytest

from helpers.tables import data
from tests import held, touches
from tests.tables.copies import Broken, copy_data

SEED = 20250328
NUMBERS = ("number", "integer", "year")
# Numbers that once changed without a lesson or a test that noticed: file, line, field.
ONCE_UNSEEN = [
    ("lunar/moon_projects.csv", 2, "year"),
    ("lunar/payload_calls.csv", 2, "capacity_kg"),
    ("people/treaty_parties.csv", 2, "parties"),
    ("response/polar_weather_satellites.csv", 2, "period"),
    ("station/guest_flights.csv", 2, "days"),
]


def test_the_numbers_are_those_that_are_held():
    said = [f"{what} (read by {', '.join(readers(what))})" for what in held.changes()]
    assert not said, "\n".join(
        ["changed; where it is meant, read those lessons and run `make held`:", *said]
    )


def readers(what):
    """Return the lessons that read the table of a change such as "treaties.opened: ..."."""
    name = what.partition(".")[0]
    if "/" in name:
        return [f"notebooks/{name.partition('/')[2]}.ipynb"]
    found = touches.touched(name) if name in touches.tables() else []
    return [r for r in found if r.startswith("notebooks/")] or ["no lesson"]


def test_a_number_changed_at_random_in_each_table_is_named(tmp_path, monkeypatch):
    """One cell of each table that has numbers, chosen by a seed, and those of ONCE_UNSEEN."""
    chance, broken = random.Random(SEED), Broken(copy_data(tmp_path))
    wanted = {(file, line, field) for file, line, field in ONCE_UNSEEN}
    for name in data.names():
        table, resource = data.table(name), data.resource(name)
        fields = [f["name"] for f in resource["schema"]["fields"] if f["type"] in NUMBERS]
        cells = [(n + 2, f) for f in fields for n in table[f].notna().to_numpy().nonzero()[0]]
        if cells:
            wanted.add((resource["path"], *chance.choice(cells)))
    for file, line, field in wanted:
        rows = broken.rows(file)
        old = rows[line - 1][rows[0].index(field)]
        broken.set(file, line, field, str(float(old) + chance.choice([-1, 1, 10])))
    monkeypatch.setenv("SHARED_ORBITS_DATA", str(broken.root))
    named = {what.partition(":")[0] for what in held.changes()}
    names = {resource["path"]: resource["name"] for resource in map(data.resource, data.names())}
    assert len(wanted) > 90
    assert named == {f"{names[file]}.{field}" for file, _, field in wanted}


def test_a_changed_digit_in_a_line_of_orbital_elements_is_named(tmp_path, monkeypatch):
    broken = Broken(copy_data(tmp_path))
    rows = broken.rows("station/element_sets.csv")
    line = rows[1][rows[0].index("line2")]
    broken.set("station/element_sets.csv", 2, "line2", line[:-2] + "9" + line[-1])
    monkeypatch.setenv("SHARED_ORBITS_DATA", str(broken.root))
    assert [what.partition(":")[0] for what in held.changes()] == ["element_sets.line2"]


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("quiz/05_lunar_samples.yaml", "rel_tol: ", "rel_tol: 1", "quiz/05_lunar_samples.rel_tol"),
        ("exercises/02_station_orbit.yaml", "_tol: ", "_tol: 1", "exercises/02_station_orbit."),
    ],
)
def test_a_changed_tolerance_is_named(tmp_path, monkeypatch, file, old, new, says):
    broken = Broken(copy_data(tmp_path))
    text = (broken.root / file).read_text(encoding="utf-8")
    assert old in text
    (broken.root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setenv("SHARED_ORBITS_DATA", str(broken.root))
    (said,) = held.changes()
    assert said.startswith(says)


def test_what_a_number_touches():
    assert "notebooks/01_space_for_all.ipynb" in touches.touched("treaties")
    quakes = touches.touched("helpers.science.quakes")
    assert {"07_earthquake_response.ipynb", "07_earthquake_response.yaml"} <= {
        reader.rpartition("/")[2] for reader in quakes
    }
    with pytest.raises(ValueError, match="'nothing' is no table"):
        touches.touched("nothing")


@pytest.mark.parametrize("kept", [True, False])
def test_the_hold_says_how_much_has_changed(kept, monkeypatch):
    was = {("t", "n"): ["2", "3", "abc"]}
    monkeypatch.setattr(held, "held", lambda: was)
    monkeypatch.setattr(held, "now", lambda: was if kept else {("t", "n"): ["2", "4", "abd"]})
    said = "t.n: 2 values that add up to 4; held: 2, 3"
    assert held.changes() == ([] if kept else [said])


# The words of the lessons: tests/lessons/test_every_lesson.py holds each to where it is explained.
# The misconceptions of the teacher pages: tests/teaching/test_gain.py holds each to its page.
READ_BY_TESTS = ["glossary", "misconceptions"]


def test_no_table_stands_unread():
    assert touches.unread() == READ_BY_TESTS


def test_a_table_that_nobody_names_is_found(monkeypatch):
    unknown = "_".join(["a", "table", "apart"])  # not one text, which would be a reader
    caches = (touches.named, touches.readers, touches.tables_of)
    monkeypatch.setattr(touches, "tables", lambda: frozenset({*data.names(), unknown}))
    for cache in caches:
        cache.cache_clear()
    try:
        assert touches.unread() == sorted([unknown, *READ_BY_TESTS])
    finally:
        for cache in caches:
            cache.cache_clear()
