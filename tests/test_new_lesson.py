"""The recipes of CONTRIBUTING, followed in copies of the checkout: a lesson from the templates, its
rows and claims, all of it taken away again, and a row more in a table.
"""

import filecmp
import json
import re
import shutil

import pytest

from tests import new_lesson
from tests.checkouts import compare, copied, python
from tests.notebooks import ROOT, read

NAME = "90_try_out"
HELD = (
    *"-m pytest -q -p no:cacheprovider -p tests.no_grammar".split(),
    "tests/tables/test_held.py::test_the_numbers_are_those_that_are_held",
)
# What a lesson owes its readers only when its rows stand in data/claims.csv and data/lessons.csv.
LATER = (
    "shows_its_verdict",
    "claim_of_another_side",
    "verdict_comes_before",
    "core_ends_visibly",
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the checkout without its lessons, in which the lesson has been made."""
    root = tmp_path_factory.mktemp("checkout")
    copied(root, "helpers", "data", "tests", "notebooks", without=["[0-9]*.ipynb"])
    passes(python(root, "-m", "tests.new_lesson", NAME, "Try out"))
    return root


def passes(run):
    """Return what a run printed, or fail with it."""
    code, said = run
    assert code == 0, said[-4000:]
    return said


def keeps_the_rules(root, *more, chosen=NAME):
    """Run, in one process, strict nbval on the lesson and the tests that hold every lesson."""
    lesson, rules = f"notebooks/{NAME}.ipynb", "tests/lessons/test_every_lesson.py"
    said = passes(compare(root, lesson, rules, *more, "-k", chosen))
    code = [cell for cell in read(root / lesson).cells if cell.cell_type == "code"]
    passed = re.search(r"(\d+) passed", said)
    assert lesson in said and int(passed[1]) >= 18 + len(code), said


def test_a_made_lesson_keeps_the_shape_and_passes_its_own_tests_and_strict_nbval(checkout):
    chosen = " and ".join([NAME, *(f"not {name}" for name in LATER)])
    files = [f"tests/lessons/test_{NAME}.py", "tests/learning/quiz/test_bank_files.py", HELD[-1]]
    keeps_the_rules(checkout, *files, chosen=f"({chosen}) or {HELD[-1].partition('::')[2]}")


ROWS = {
    "data/lessons.csv": "90,90_try_out,Try out,Does it run?,nothing,false,false\n",
    "data/claims.csv": "try_out,lunar,NASA,,A made-up statement,2020-05-15,One orbit,A turn takes "
    "two hours at most.,supported,false,Computed in the lesson.,90,nasa-2020-05-15-accords,\n",
}
# Where the template says that a cell belongs: right after the cell that holds these words.
CELLS = [
    ("## The claim", 'sources.claims_page("90", verdicts=False)'),
    ("## Verdict", 'sources.claims_page("90")'),
    ("## Verdict", 'record.verdict("90")'),
    ("### Counterexample", 'course.done("90")'),
]


def with_cells(notebook):
    """Put the cells of CELLS into a notebook of the template."""
    for words, source in CELLS:
        place = next(n for n, c in enumerate(notebook["cells"]) if words in "".join(c["source"]))
        cell = {"cell_type": "code", "id": f"row-{len(notebook['cells'])}", "outputs": []}
        cell |= {"metadata": {"tags": ["core"]}, "execution_count": None, "source": source}
        notebook["cells"].insert(place + 1, cell)
    return notebook


@pytest.fixture(scope="module")
def finished(checkout, tmp_path_factory):
    """The made lesson with its row, its claim, and the cells that show them."""
    root = shutil.copytree(checkout, tmp_path_factory.mktemp("finished") / "course")
    for file, row in ROWS.items():
        with open(root / file, "a", encoding="utf-8") as table:
            table.write(row)
    path = root / "notebooks" / f"{NAME}.ipynb"
    notebook = with_cells(json.loads(path.read_text(encoding="utf-8")))
    path.write_text(json.dumps(notebook), encoding="utf-8")
    run = f"from tests import refresh; refresh.refresh(refresh.ROOT / 'notebooks/{NAME}.ipynb')"
    passes(python(root, "-c", run))
    return root


def test_with_its_row_and_its_claim_a_lesson_keeps_every_rule(finished):
    keeps_the_rules(finished)


def test_a_claim_without_a_source_is_named(finished):
    file = finished / "data" / "claims.csv"
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace("90,nasa-2020-05-15-accords", "90,nobody"), encoding="utf-8")
    code, said = python(finished, "-c", "from helpers.tables import data; data.table('claims')")
    file.write_text(whole, encoding="utf-8")
    assert code and "claims.csv" in said and "nobody" in said


def test_taken_away_again_a_lesson_leaves_nothing(finished):
    """What `git clean` and `git checkout` would take: the files of its name, and its rows."""
    for path in sorted(finished.rglob("*try_out*")):
        if path.is_file():
            path.unlink()
    for file, row in ROWS.items():
        text = (finished / file).read_text(encoding="utf-8")
        (finished / file).write_text(text.replace(row, ""), encoding="utf-8")
    passes(python(finished, "-m", "tests.held"))
    for folder in ("data", "helpers", "tests"):
        assert differences(ROOT / folder, finished / folder) == []


def differences(one, other):
    """Return the files that differ between two folders, but caches and what was not copied."""
    found = filecmp.dircmp(one, other, ignore=["__pycache__", "browser", "bench"])
    here = [*found.diff_files, *found.left_only, *found.right_only]
    return here + [d for name in found.common_dirs for d in differences(one / name, other / name)]


def test_a_row_more_is_noticed_until_it_is_held(tmp_path):
    copied(tmp_path, "helpers", "data", "tests")
    file = tmp_path / "data" / "station" / "ground_stations.csv"
    head, *rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
    name = rows[0].split(",")[0]
    row = rows[0].replace(name, "a-station-more", 1)
    file.write_text("".join([head, *rows, row]), encoding="utf-8")
    code, said = python(tmp_path, *HELD)
    assert code and "ground_stations" in said, said[-2000:]
    passes(python(tmp_path, "-m", "tests.held"))
    assert "nothing has changed" in passes(python(tmp_path, "-m", "tests.held"))


@pytest.mark.parametrize("name", ["debris", "14", "14_Debris", "14-debris", "14_"])
def test_a_name_that_is_none_is_refused(name, tmp_path):
    with pytest.raises(ValueError, match="accepted: two digits and a slug"):
        new_lesson.make(name, "Debris", tmp_path)


def test_nothing_is_overwritten():
    with pytest.raises(FileExistsError, match="mars"):
        new_lesson.make("11_mars", "Mars")
