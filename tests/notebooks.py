"""What the tests and tools know of lesson notebooks: where they are, their stored form, their headings and minutes."""

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
LESSONS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
ALL_NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
HEADING = re.compile(r"^(#{1,4}) +(.+?)(?: · (core|further) · (\d+) min)?$", re.MULTILINE)


@dataclass(frozen=True)
class Heading:
    """A heading of a lesson: its level, its words, its tag (core, further or None) and its minutes."""

    level: int
    title: str
    tag: str | None
    minutes: int


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


def stored_form(notebook):
    """Return `notebook` in the form in which it is committed: one kernel name, no widget views, no run metadata."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(
            {"tags": cell.metadata["tags"]} if cell.metadata.get("tags") else {}
        )
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)
            output.get("metadata", {}).pop(WIDGET_VIEW, None)
    return notebook
