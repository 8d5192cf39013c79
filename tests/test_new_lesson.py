"""`make lesson` writes a lesson that runs, whose questions and exercise pass, and that has the
house's shape.
"""

import pytest

from tests import new_lesson
from tests.checkouts import compare, copied, python

NAME = "90_try_out"
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


def test_a_made_lesson_keeps_the_shape_and_passes_its_own_tests(checkout):
    chosen = " and ".join([NAME, *(f"not {name}" for name in LATER)])
    files = ("lessons/test_every_lesson.py", f"lessons/test_{NAME}.py")
    banks = "learning/quiz/test_bank_files.py"
    paths = [f"tests/{file}" for file in (*files, banks)]
    flags = "-m pytest -q -p no:cacheprovider -k".split()
    said = passes(python(checkout, *flags, chosen, *paths))
    assert int(said.rpartition("\n=")[2].split(" passed")[0].split()[-1]) >= 18, said


def test_a_made_lesson_passes_strict_nbval(checkout):
    passes(compare(checkout, f"notebooks/{NAME}.ipynb"))


@pytest.mark.parametrize("name", ["debris", "14", "14_Debris", "14-debris", "14_"])
def test_a_name_that_is_none_is_refused(name, tmp_path):
    with pytest.raises(ValueError, match="accepted: two digits and a slug"):
        new_lesson.make(name, "Debris", tmp_path)


def test_nothing_is_overwritten():
    with pytest.raises(FileExistsError, match="mars"):
        new_lesson.make("11_mars", "Mars")
