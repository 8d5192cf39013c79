"""A lesson as a teacher plans with it: its headings, their tags and minutes, and the cells of its
core.
"""

import re
from dataclasses import dataclass

import nbformat

from helpers.base import folders

HEADING = re.compile(r"^(#{1,4}) +(.+?)(?: · (core|further) · (\d+) min)?$", re.MULTILINE)

COMPARED = re.compile(r'quiz\.compare\("[^"]+", "([^"]+)"')
VALUE = re.compile(r"^Computed: (.+?)\. ")


class PlanError(ValueError):
    """A lesson that is not there."""


@dataclass(frozen=True)
class Heading:
    """A heading of a lesson: its level, its words, its tag (core, further or None) and its
    minutes.
    """

    level: int
    title: str
    tag: str | None
    minutes: int


def lesson_path(number):
    """Return the Path of the lesson whose name starts with `number`, such as "04".

    Raises PlanError when none or several do.
    """
    every = sorted(folders.lessons().glob("[0-9]*.ipynb"))
    found = [path for path in every if str(number) and path.name.startswith(str(number))]
    if len(found) != 1:
        names = ", ".join(path.stem for path in every)
        raise PlanError(f"no single lesson starts with {str(number)!r}; accepted: one of {names}")
    return found[0]


def numbers():
    """Return the two digits of every lesson that is written, in order."""
    return [path.name[:2] for path in sorted(folders.lessons().glob("[0-9]*.ipynb"))]


def read(path):
    """Return the notebook at `path`."""
    return nbformat.read(path, as_version=4)


def headings(notebook):
    """Return the headings of all text cells in order."""
    text = "\n".join(
        re.sub(r"```.*?```", "", cell.source, flags=re.S)
        for cell in notebook.cells
        if cell.cell_type == "markdown"
    )
    return [Heading(len(h[1]), h[2].strip(), h[3], int(h[4] or 0)) for h in HEADING.finditer(text)]


def minutes(notebook, *tags):
    """Return the stated minutes of the headings with one of `tags` (none given: all)."""
    return sum(heading.minutes for heading in headings(notebook) if not tags or heading.tag in tags)


def core_cells(notebook):
    """Return the cells of the core: those tagged core, and those without a tag (title, section
    headings).
    """
    return [cell for cell in notebook.cells if "further" not in cell.metadata.get("tags", [])]


def computed(notebook):
    """Return {question: value and unit, as text} of the guesses that the lesson compares, as its
    stored cells say them.
    """
    return {
        COMPARED.search(cell.source)[1]: VALUE.search(output["data"]["text/plain"])[1]
        for cell in notebook.cells
        if cell.cell_type == "code" and COMPARED.search(cell.source)
        for output in cell.outputs
        if VALUE.search(output.get("data", {}).get("text/plain", ""))
    }
