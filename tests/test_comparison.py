"""Strict nbval notices what it must: a changed table, a wrong sign in the science, a changed sentence, a changed option of a question.

Each case runs one lesson in a copy of the checkout in which one thing is broken. The unbroken copy must pass.
"""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.notebooks import ROOT

LESSON = "02_station_orbit.ipynb"


@pytest.fixture
def checkout(tmp_path):
    """A copy of helpers, data, tests and one lesson; whoever runs in it imports the copy."""
    for name in ("helpers", "data", "tests"):
        shutil.copytree(
            ROOT / name,
            tmp_path / name,
            ignore=shutil.ignore_patterns("__pycache__", "browser", "bench"),
        )
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / LESSON, tmp_path / "notebooks")
    return tmp_path


def compare(checkout):
    """Run strict nbval on the copy and return (exit code, what it printed)."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "tests.lesson_report",
        "--nbval",
        "--nbval-current-env",
        "--nbval-cell-timeout=60",
        "--no-header",
        f"notebooks/{LESSON}",
    ]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    run = subprocess.run(command, cwd=checkout, capture_output=True, text=True, env=environment)
    return run.returncode, run.stdout + run.stderr


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} no longer holds {old!r}: choose another place to break"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def break_table(checkout):
    edit(
        checkout / "data" / "station" / "ground_stations.csv",
        "-35.4024,148.9813",
        "-25.4024,148.9813",
    )


def break_science(checkout):
    edit(
        checkout / "helpers" / "science" / "orbits.py",
        "beyond = np.abs(latitude_deg) -",
        "beyond = np.abs(latitude_deg) +",
    )
    edit(
        checkout / "helpers" / "science" / "orbits.py",
        "return 2 * _axis(height_km) *",
        "return -2 * _axis(height_km) *",
    )


def break_sentence(checkout):
    path = checkout / "notebooks" / LESSON
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            for kind, lines in output.get("data", {}).items():
                output["data"][kind] = (
                    [line.replace("Exactly 16 turns", "Exactly 17 turns") for line in lines]
                    if isinstance(lines, list)
                    else lines
                )
    path.write_text(json.dumps(notebook), encoding="utf-8")


def break_option(checkout):
    edit(
        checkout / "data" / "quiz" / "02_station_orbit.yaml",
        "It flies more slowly, and a turn takes longer.",
        "It flies more slowly, and a turn takes forever.",
    )


def test_the_unbroken_copy_passes(checkout):
    code, said = compare(checkout)
    assert code == 0, said[-3000:]


@pytest.mark.parametrize(
    "broken, shown",
    [
        (break_table, "Canberra"),
        (break_science, "computed over published"),
        (break_sentence, "Exactly 17 turns"),
        (break_option, "takes forever"),
    ],
    ids=lambda case: getattr(case, "__name__", ""),
)
def test_a_broken_copy_fails_and_the_difference_is_shown(checkout, broken, shown):
    broken(checkout)
    code, said = compare(checkout)
    assert code == 1, "nothing was noticed"
    assert shown in said
