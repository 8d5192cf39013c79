"""Each teacher page is true: minutes follow one another, steps are those of the lesson, commands
and menus exist.
"""

import re

import pytest

from helpers.learning.quiz import bank
from tests.notebooks import LESSONS, ROOT, headings, read

PAGES = [path for path in LESSONS if path.name[:2] != "00"]


def page(path):
    return (ROOT / "notebooks" / "teacher" / f"{path.stem}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_plan_fills_45_minutes_without_gap_or_overlap(path):
    (plan,) = re.findall(r"^## Plan for 45.*?(?=^## )", page(path), re.M | re.S)
    rows = [(int(a), int(b)) for a, b in re.findall(r"^\| (\d+) to (\d+) \|", plan, re.M)]
    assert rows[0][0] == 0 and rows[-1][1] == 45
    assert all(before[1] == after[0] for before, after in zip(rows, rows[1:]))
    assert all(start < end for start, end in rows)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_plan_takes_every_core_step_and_no_step_that_is_not_there(path):
    (plan,) = re.findall(r"^## Plan for 45.*?(?=^## )", page(path), re.M | re.S)
    steps = {h.title.split(":")[0]: h.tag for h in headings(read(path)) if "Step " in h.title}
    core = {step for step, tag in steps.items() if tag == "core"}
    assert core <= _taken(plan)
    named = {f"Step {n}" for n in re.findall(r"\bStep (\d+)", page(path))}
    assert named <= set(steps), "the page names a step that the lesson does not have"


def _taken(plan):
    """Return the steps of a plan, also of rows such as "Steps 2 and 3"."""
    rows = re.findall(r"\bSteps? ([\d, and]+)", plan)
    return {f"Step {n}" for row in rows for n in re.findall(r"\d+", row)}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_guesses_and_helpers_that_a_page_names_are_there(path):
    text = page(path)
    assert "quiz.class_mode" not in text
    for lesson, name in re.findall(r'classroom\.show\("([^"]+)", "([^"]+)"', text):
        assert bank.load(lesson)[name].kind == "estimate"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_menus_are_named_by_their_real_path_and_pupils_questions_have_answers(path):
    """The browser test of the lessons takes the same path: see tests/browser/projector.py."""
    text = page(path)
    assert "*View*, *Appearance*, *Presentation Mode*" in text
    assert "*View*, *Presentation Mode*" not in text and "*View*, *Collapse All Code*" in text
    for command in ("slides", "key"):
        assert f"`python -m helpers.teaching {command} {path.name[:2]}`" in text
    (asked,) = re.findall(r"^## What pupils ask.*?(?=^## )", text, re.M | re.S)
    answers = re.findall(r"^- \*[^*]+\?\* (.+)$", asked, re.M)
    assert len(answers) >= 3 and all(len(answer) > 40 for answer in answers)
