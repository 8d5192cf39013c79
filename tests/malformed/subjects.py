"""The kinds of file that people write or send: an example of each, broken, and what reads it."""

import json
import os
import re
from pathlib import Path

from helpers.learning import exercises
from helpers.learning.quiz import bank
from helpers.tables import data, description, yaml_files
from helpers.teaching import collected, report, results
from tests import malformed
from tests.learning.quiz import offer  # noqa: F401 - the formulas of the example

EXAMPLES = Path(__file__).parents[1] / "learning" / "quiz" / "bank"
ERRORS = yaml_files.FileError, exercises.ExerciseError, collected.LogError

HEAD = {
    "package": {
        "name": "trial",
        "title": "Trial",
        "description": "For tests",
        "units": {"1": "none", "km": "kilometre"},
        "licences": {"CC-BY-4.0": {"title": "CC BY", "path": "https://example.org/by"}},
        "shared": {"source": {"type": "string", "description": "Who says so"}},
    },
    "sources": {
        "title": "Sources",
        "description": "Who says so",
        "key": ["id"],
        "fields": {
            "id": {"type": "string", "description": "key", "required": True, "unique": True},
            "year": {"type": "year", "description": "Year"},
        },
    },
}
VISITS = {
    "visits": {
        "title": "Visits",
        "description": "Who came",
        "licence": "CC-BY-4.0",
        "key": ["day", "who"],
        "refers": {"who": "sources: id"},
        "fields": {
            "day": {"type": "date", "description": "Day", "minimum": "2000-01-01"},
            "who": {"type": "string", "description": "Who", "enum": ["a", "b"], "maxLength": 5},
            "height_km": {
                **{"type": "number", "unit": "km", "description": "Height"},
                **{"minimum": 0, "maximum": 500, "required": True},
            },
            "code": {"type": "string", "description": "Code", "pattern": "[a-z]+"},
            "named": {"type": "string", "description": "Named by", "listOf": "sources"},
            "source": None,
        },
    },
    "picture": {
        "title": "Picture",
        "description": "A file",
        "file": "p.jpg",
        "format": "jpg",
        "mediatype": "image/jpeg",
        "from": [{"title": "x", "path": "https://example.org"}],
    },
}
SOURCES_CSV = b"id,year\na,2020\nb,2021\n"
VISITS_CSV = (
    b"day,who,height_km,code,named,source\n2010-01-01,a,400,abc,a;b,a\n2010-01-02,b,401.5,abd,a,b\n"
)
CELLS = ("", "x", "-1", "nan", "1e999", "inf", "2010-02-30", "1,5", '"', "a;c", "0x1F", "१२")
CELLS += ("1_000", " 5", "true", "9" * 5000)


def banks(folder):
    """Return (cases, reader) of a question bank."""
    raw = (EXAMPLES / "quiz" / "90_every_kind.yaml").read_bytes()
    tree = yaml_files.read_yaml(raw.decode(), "x")
    for question in tree["questions"]:  # what stands there is given to the page, right or not
        question["test"] = {"right": ["x"], "malformed": [""]}
    whole = [c for c in malformed.all_of(tree, raw) if not re.match(r"questions\.\d+\.", c[0])]
    cases = [
        (done, made, maybe or _is_number_for_formula(done))
        for done, made, maybe in [*whole, *_questions(tree)]
        if ".test." not in done
    ]
    return cases, _reader(folder / "90_every_kind.yaml", _read_bank)


def _questions(tree):
    """Yield the broken forms of each question, in a bank that holds no other: read sooner."""
    for number, question in enumerate(tree["questions"]):
        for done, made, maybe in malformed.changed({**tree, "questions": [question]}):
            if done.startswith("questions.0."):
                name = done.replace("questions.0.", f"questions.{number}.", 1)
                yield name, json.dumps(made, ensure_ascii=False).encode(), maybe


def _is_number_for_formula(done):
    return done.startswith("questions.3.") and done.endswith(("= -1", "= 2.5"))


def _read_bank(file):
    bank.parse(yaml_files.text(file), file.name)


def exercise_files(folder):
    """Return (cases, reader) of a file of exercises."""
    raw = (EXAMPLES / "exercises" / "90_every_kind.yaml").read_bytes()
    tree = yaml_files.read_yaml(raw.decode(), "x")
    # Arguments of a learner's function may be anything.
    cases = [c for c in malformed.all_of(tree, raw) if ".cases." not in c[0]]
    (folder / "exercises").mkdir()
    _write(folder / description.FILE, json.dumps(HEAD).encode())
    file = folder / "exercises" / "90_every_kind.yaml"
    return cases, _reader(file, lambda file: exercises.load(file.stem))


def descriptions(folder):
    """Return (cases, reader) of the descriptions of tables."""
    root = _package(folder)
    both = {"head": (HEAD, root), "own": (VISITS, root / "visits")}
    cases = []
    for which, (tree, _) in both.items():
        made = malformed.all_of(tree, json.dumps(tree, indent=1).encode())
        cases += [(f"{which}: {done}", (which, raw), maybe) for done, raw, maybe in made]

    def read(which, raw):
        for name, (tree, place) in both.items():
            content = raw if name == which else json.dumps(tree).encode()
            _write(place / description.FILE, content)
        _read_all(root)

    return cases, lambda made: read(*made)


def tables(folder):
    """Return (cases, reader) of a table in CSV."""
    root = _package(folder)
    rows = [line.split(b",") for line in VISITS_CSV.splitlines()]
    cases = list(malformed.damaged(VISITS_CSV))
    for i, row in enumerate(rows):
        for j in range(len(row)):
            for bad in CELLS:
                made = [list(one) for one in rows]
                made[i][j] = bad.encode()
                raw = b"\n".join(b",".join(one) for one in made)
                cases.append((f"{i}, {j}: {bad:.20}", raw, _may_stand(i, j, bad)))

    def read(raw):
        _write(root / "visits" / "visits.csv", raw)
        _read_all(root)

    return cases, read


def _may_stand(row, column, text):
    """Return whether a cell of visits.csv may hold this: unknown, or another code."""
    code = column == 3 and text in ("x", "nan", "inf", "true")
    return row > 0 and (code or text == "" and column in (3, 4, 5))


def logs(folder):
    """Return (cases, reader) of a collected log: whatever it holds, the rest is reported."""
    kept = {
        **{"v": 1, "at": "2026-03-01T09:00:01+00:00", "n": 1, "turn": 1, "who": "Ada"},
        **{"kind": "answer", "id": "aaaa"},
        "payload": {
            **{"lesson": "04_lunar_missions", "question": "never-rises", "version": 1},
            **{"seed": "reference", "nth": 0, "state": "wrong", "score": 0.0, "raw": "dark"},
            **{"hints": 0, "attempt": 1},
        },
    }
    good = kept | {"n": 2, "turn": 2}
    raw = json.dumps(kept).encode()
    cases = [(done, json.dumps(made).encode(), True) for done, made, _ in malformed.changed(kept)]
    cases += [(done, made, True) for done, made, _ in malformed.damaged(raw)]
    file = folder / "pc01" / "log" / "a.jsonl"
    file.parent.mkdir(parents=True)

    def read(line):
        file.write_bytes(line + b"\n" + json.dumps(good).encode() + b"\n")
        found = collected.read(folder)
        assert good["payload"] in [event["payload"] for event in found.events], "an answer is lost"
        assert len(found.events) == 2 or found.problems or line == b"", "left out without a word"
        for made in (results.table, results.xapi, report.report):
            made(folder)

    return cases, read


SUBJECTS = {  # name: (what makes it, whether its folder is the data folder)
    "banks": (banks, False),
    "exercises": (exercise_files, True),
    "descriptions": (descriptions, True),
    "tables": (tables, True),
    "collected logs": (logs, False),
}


def _reader(file, read):
    def put(raw):
        _write(file, raw)
        read(file)

    return put


_times = iter(range(1, 10**9))


def _write(file, raw):
    """Write a file, later than the last: what is read from it is kept by its time."""
    file.write_bytes(raw)
    now = next(_times)
    os.utime(file, ns=(now, now))


def _package(folder):
    (folder / "visits").mkdir()
    (folder / "sources.csv").write_bytes(SOURCES_CSV)
    (folder / "visits" / "visits.csv").write_bytes(VISITS_CSV)
    (folder / "visits" / "p.jpg").write_bytes(b"x")
    _write(folder / description.FILE, json.dumps(HEAD).encode())
    _write(folder / "visits" / description.FILE, json.dumps(VISITS).encode())
    return folder


def _read_all(root):
    for name in ("sources", "visits"):
        data.table(name)
        data.describe(name)
        data.source_fields(name)
    for resource in description.package(root)["resources"]:
        data.path(resource["path"])
