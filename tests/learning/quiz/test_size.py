"""What ten questions may cost: counts and bytes are held here, times and memory are printed by
`python -m tests.bench.quiz`.
"""

import re
from pathlib import Path

import pytest

from helpers.learning import quiz
from helpers.base.assets import asset
from helpers.learning.quiz import bank, coast, view
from tests.bench.quiz import makers, measure, recorded, ten_single


@pytest.fixture
def messages(monkeypatch, tmp_path):
    """Record what leaves the kernel, and leave no recorder behind."""
    import comm

    monkeypatch.setattr(comm, "create_comm", comm.create_comm)
    monkeypatch.setattr(view, "_views", {})
    monkeypatch.setenv("SHARED_ORBITS_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize("row", ["ten single", "lesson 02"])
def test_ten_questions_are_small(messages, monkeypatch, tmp_path, row):
    if row == "ten single":
        monkeypatch.setenv("SHARED_ORBITS_DATA", str(ten_single(tmp_path / "data")))
    found = measure(row)
    assert found["models"] <= 3 and found["rerun models"] == 0
    room = 1 if row == "ten single" else len(bank.load("02_station_orbit").questions) / 10
    assert found["message bytes"] <= 20_000 * room
    assert found["stored bytes"] <= 15_000 * room


@pytest.mark.parametrize("lesson", bank.lessons())
def test_the_quiz_of_a_lesson_sends_and_stores_no_more_than_that(messages, lesson):
    sent = recorded()
    shown = quiz.show(lesson)._repr_mimebundle_()[0]
    room = max(1, len(bank.load(lesson).questions) / 10)
    assert sum(size for _, size in sent) <= 20_000 * room
    assert len((shown["text/plain"] + shown["text/html"]).encode()) <= 15_000 * room


def test_the_bare_widget_is_less(messages):
    assert measure("floor")["message bytes"] < 3000 and callable(makers("floor")[0])


def test_a_quiz_does_not_wait_for_the_schema_library(messages, example):
    """jsonschema takes seconds to import where rfc3987-syntax is installed, so only a broken bank
    file loads it.
    """
    import subprocess
    import sys

    code = (
        "import sys\nfrom helpers.learning import quiz, exercises, progress\nimport "
        "tests.learning.quiz.offer\nquiz.show('90_every_kind'), "
        "exercises.load('90_every_kind')\nassert 'jsonschema' not in sys.modules, 'loaded'"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[3],
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("name", ["view.js", "label.js"])
def test_shortening_the_scripts_changes_no_string(name):
    source = (view.HERE / name).read_text(encoding="utf-8")
    source = "\n".join(line for line in source.splitlines() if not line.strip().startswith("//"))
    strings = re.findall(r"'([^'\n]*)'", source)
    assert len(strings) > 20
    assert [s for s in strings if s not in asset(view.HERE / name)] == []


def test_the_script_of_labels_is_sent_where_there_is_one(example):
    assert "KINDS.label" in quiz.show("90_every_kind")._esm
    assert "KINDS.label" in quiz.review()._esm
    assert "KINDS.label" not in quiz.ask("90_every_kind", "never-overhead")._esm


def test_the_coast_is_a_short_path_of_whole_degrees(example):
    coast.path.cache_clear()
    path = coast.path()
    assert 800 < len(path) < 2500 and set(path) <= set("0123456789Ml- ")
    coast.path.cache_clear()


def test_without_a_map_file_the_question_still_works(example):
    (example / "map" / "land.npz").unlink()
    coast.path.cache_clear()
    assert quiz.ask("90_every_kind", "never-overhead").coast == ""
    coast.path.cache_clear()
