"""The map of the course: which lessons there are, what each needs, and the routes through them."""

from html import escape

from helpers.base import folders
from helpers.tables import data


class CourseMap:
    """The lessons of one route, as a table with links for a notebook and as lines of text elsewhere."""

    def __init__(self, rows):
        self.rows = rows

    def __repr__(self):
        return "\n".join(
            f"{row.id}  {row.title}: {row.question} Needs: {row.needs}.{'' if row.written else ' (not written yet)'}"
            for row in self.rows.itertuples()
        )

    def _repr_html_(self):
        head = "<tr><th>Lesson</th><th>Question</th><th>Needed before</th></tr>"
        return f"<table>{head}{''.join(map(_line, self.rows.itertuples()))}</table>"


def _line(row):
    name = f"{row.id} {escape(row.title)}"
    link = f'<a href="{row.name}.ipynb">{name}</a>' if row.written else f"{name} (not written yet)"
    return f'<tr><td style="text-align:left">{link}</td><td style="text-align:left">{escape(row.question)}</td><td style="text-align:left">{escape(row.needs)}</td></tr>'


def lessons(route=13):
    """Return the lessons of a route as a DataFrame; `written` says whether the notebook exists.

    route: 3, 6 or 13 lessons.
    Raises ValueError for another route.
    """
    table = data.table("lessons")
    if route not in (3, 6, 13):
        raise ValueError(f"no route of {route!r} lessons; accepted: 3, 6 or 13")
    chosen = table if route == 13 else table[table[f"route_{route}"]]
    return chosen.assign(written=[_is_written(name) for name in chosen["name"]])


def show_map(route=13):
    """Return the map of a route (3, 6 or 13 lessons) for display, with a link to each lesson that is written."""
    return CourseMap(lessons(route))


def _is_written(name):
    return (folders.lessons() / f"{name}.ipynb").exists()
