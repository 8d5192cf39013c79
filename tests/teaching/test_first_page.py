"""The teacher's first page: its tables are those of lessons and data, and its links lead
somewhere.
"""

import re

import pytest

from helpers.tables import data
from helpers.teaching import first_page, plan
from tests.notebooks import LESSONS, ROOT, headings, read

FOLDER = ROOT / "notebooks" / "teacher"
PAGE = FOLDER / "README.md"


def text():
    return PAGE.read_text(encoding="utf-8")


def test_its_tables_are_those_of_the_lessons_and_the_data():
    assert text() == first_page.filled(text()), "run `python -m helpers.teaching.first_page`"


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_each_lesson_has_its_line_with_the_minutes_of_its_headings(path):
    (line,) = re.findall(rf"^\| \[?{path.name[:2]} .*\|$", text(), re.M)
    spent = {tag: 0 for tag in ("core", "further")}
    for heading in headings(read(path)):
        if heading.tag:
            spent[heading.tag] += heading.minutes
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    assert cells[-2:] == [f"{spent['core']} min", f"{sum(spent.values())} min"]
    needs = data.table("lessons").set_index("id")["needs"].get(path.name[:2], "none")
    assert cells[3] == needs


def test_every_page_of_the_folder_is_reached_and_every_link_leads_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", text())
    missing = [link for link in links if "//" not in link and not (FOLDER / link).exists()]
    assert missing == []
    assert {path.name for path in FOLDER.glob("*.md")} - {"README.md"} <= set(links)


def test_readme_and_start_lead_to_it():
    assert "(notebooks/teacher/README.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    cells = read(ROOT / "notebooks" / "00_start_here.ipynb").cells
    assert any("(../notebooks/teacher/README.md)" in cell.source for cell in cells)


def test_a_page_without_its_marks_is_an_error_that_names_the_mark():
    with pytest.raises(plan.PlanError, match="<!-- lessons -->"):
        first_page.filled("# For teachers")


@pytest.mark.parametrize("number", ["", "99", "0"])
def test_an_unknown_lesson_is_an_error_that_lists_the_known(number):
    with pytest.raises(plan.PlanError, match="accepted: one of 00_start_here"):
        plan.lesson_path(number)


def test_the_curriculum_names_lessons_that_say_what_they_serve():
    known = set(data.table("school_subjects")["lesson"])
    assert set(data.table("curriculum_words")["lesson"]) <= known
    assert {path.name[:2] for path in LESSONS} - {"00", "13"} <= known
