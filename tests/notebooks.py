"""What the tests and tools know of lesson notebooks: where they are, their stored form, their
headings and minutes, how to run them.
"""

import io
from contextlib import nullcontext, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import nbformat

from helpers.teaching.plan import HEADING, headings, minutes, read  # noqa: F401

ROOT = Path(__file__).resolve().parents[1]
LESSONS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
ALL_NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def stored_form(notebook):
    """Return `notebook` in the form in which it is committed: one kernel name, no widget views, no
    run metadata.
    """
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(
            {"tags": cell.metadata["tags"]} if cell.metadata.get("tags") else {}
        )
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)
            output.get("metadata", {}).pop(WIDGET_VIEW, None)
    return notebook


@dataclass
class Ran:
    """What the cells of a lesson left behind: `lesson["name"]` is a name that they define."""

    names: dict = field(default_factory=dict)
    views: dict = field(default_factory=dict)  # the interactive figures, by title
    printed: str = ""

    def __getitem__(self, name):
        return self.names[name]

    def __contains__(self, name):
        return name in self.names

    @property
    def view(self):
        """The only interactive figure."""
        (view,) = self.views.values()
        return view


def cells(slug, tags=("core", "further"), until=None):
    """Return the code cells of a lesson that carry one of `tags` or none, up to the heading
    `until`.
    """
    found = []
    for cell in read(ROOT / "notebooks" / f"{slug}.ipynb").cells:
        titles = [h[2].strip() for h in HEADING.finditer(cell.source)]
        if cell.cell_type == "markdown" and until in titles:
            return found
        own = set(cell.metadata.get("tags", [])) & {"core", "further"}
        if cell.cell_type == "code" and (not own or own & set(tags)):
            found.append(cell)
    if until:
        raise ValueError(f"{slug} has no heading {until!r}")
    return found


def stored_text(slug):
    """Return all that the stored lesson prints and shows, as one text."""
    parts = []
    for output in (output for cell in cells(slug) for output in cell.outputs):
        parts += [output.get("text", ""), output.get("data", {}).get("text/plain", "")]
    return "\n".join(parts)


def without_pictures():
    """Return a context in which figures are drawn up but not packed: half of a lesson's time would
    go into pictures, and its compared run packs them anyhow.
    """
    from helpers.figures import page

    return patch.object(page, "png", lambda *_, **__: b"")


def run(slug, tags=("core", "further"), until=None, pictures=False):
    """Run cells of a lesson (see `cells`) in this process, quietly, and return what they left as
    Ran; `without_pictures`, unless they are asked for.
    """
    from helpers.figures import explore

    ran, make, said = Ran(), explore.explore, io.StringIO()

    def kept(draw, title, **controls):
        ran.views[title] = make(draw, title, **controls)
        return ran.views[title]

    drawn = nullcontext() if pictures else without_pictures()
    with patch.object(explore, "explore", kept), drawn, redirect_stdout(said):
        for cell in cells(slug, tags, until):
            exec(compile(cell.source, f"{slug} {cell.id}", "exec"), ran.names)
    ran.printed = said.getvalue()
    return ran
