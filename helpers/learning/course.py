"""The map of the course: which lessons there are, what each needs, the routes through them,
and what comes next.
"""

import json
import re
from functools import lru_cache
from html import escape

from helpers.base import folders
from helpers.learning import finished, progress
from helpers.learning.route_map import CourseMap, stops
from helpers.tables import data

ROUTES = (3, 6, 13)


def lessons(route=13):
    """Return the lessons of a route as a DataFrame; `written` says whether the notebook exists.

    route: 3, 6 or 13 lessons.
    Raises ValueError for another route.
    """
    table = data.table("lessons")
    _check(route)
    chosen = table if route == 13 else table[table[f"route_{route}"]]
    return chosen.assign(written=[_is_written(name) for name in chosen["name"]])


def show_map(route=13):
    """Return the map of a route (3, 6 or 13 lessons) for display:
    a drawing, links, minutes, claims, how far you are.
    """
    routes = {number: list(lessons(number)["id"]) for number in ROUTES}
    return CourseMap(route, routes, stops(lessons(route), minutes))


def _check(route):
    if isinstance(route, bool) or route not in ROUTES:
        raise ValueError(f"no route of {route!r} lessons; accepted: 3, 6 or 13")


# --- your route -----------------------------------------------------------------------------------


def follow(route):
    """Choose a route (3, 6 or 13 lessons) for all that comes next;
    it is kept. Return its map for display.

    Raises ValueError for another route.
    """
    _check(route)
    if route != followed():
        progress.append("route", {"route": route})
    return show_map(route)


def followed():
    """Return the route that you follow: the one last chosen, else all 13 lessons."""
    chosen = [event["payload"].get("route") for event in progress.events("route")]
    return next((route for route in reversed(chosen) if route in ROUTES), 13)


def next_lesson(after=""):
    """Return the row of the lesson to go on with, or None where none is left on your route.

    That is the first written lesson behind `after` (two digits) that you have not finished, else
    the first before it.
    """
    done = set(finished.finished_lessons())
    rows = [
        row
        for row in lessons(followed()).itertuples()
        if row.written and row.name not in done and row.id != after
    ]
    behind = [row for row in rows if row.id > after]
    return next(iter(behind or rows), None)


def go_on():
    """Return the row of the lesson to go on with, or None: the last one begun and not finished,
    else what the end of the lesson where you last acted names as next.
    """
    done, begun = finished.finished_lessons(), finished.begun_lessons()
    rows = {row.name: row for row in lessons().itertuples() if row.written}
    unfinished = (rows[name] for name in reversed(begun) if name in rows and name not in done)
    last = begun[-1][:2] if begun else ""
    return next(unfinished, None) or next_lesson(last)


@lru_cache(maxsize=32)
def minutes(name):
    """Return the minutes of the core and of the whole of a lesson, as its first cell says; None
    where it does not say.
    """
    path = folders.lessons() / f"{name}.ipynb"
    if not path.exists():
        return None, None
    first = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])
    stated = re.search(r"\*\*Minutes:\*\* (\d+) core(?:, (\d+) in all)?", first)
    return tuple(int(n) if n else None for n in stated.groups()) if stated else (None, None)


def core_minutes(name):
    """Return the minutes that the core of a lesson takes; None where it does not say."""
    return minutes(name)[0]


def link(row):
    """Return a lesson as an HTML link, with its number and title."""
    return f'<a href="{row.name}.ipynb">{row.id} {escape(row.title)}</a>'


# --- the end of the core --------------------------------------------------------------------------


class Done:
    """The end of a lesson's core: what is still open, the minutes spent, and one next lesson."""

    FIRST = "This is the end of the core: you are done. The rest of the page is for the curious."

    def __init__(self, said, following):
        self.said, self.following = said, following

    def __repr__(self):
        row = self.following
        step = f"Next: {row.id} {row.title}. {row.question}" if row else ALL_DONE
        return "\n".join([self.FIRST, *self.said, step, PAGE])

    def _repr_html_(self):
        row = self.following
        step = f"Next: {link(row)}. {escape(row.question)}" if row else ALL_DONE
        said = "".join(f"<p>{escape(one)}</p>" for one in self.said)
        page = re.sub(r"`([^`]+)`", r"<code>\1</code>", PAGE)
        return f"<p><strong>{self.FIRST}</strong></p>{said}<p>{step}</p><p>{page}</p>"


ALL_DONE = "You have finished every lesson of your route."
PAGE = "To see what you have so far, run `record.page()` in a cell of your own."


def done(lesson):
    """Return the end of a lesson's core for display:
    what is open, minutes spent, one next lesson of your route.

    lesson: two digits such as "02". Raises ValueError for another lesson.
    """
    rows = {row.id: row for row in lessons().itertuples()}
    if lesson not in rows:
        raise ValueError(f"no lesson {lesson!r}; accepted: {', '.join(map(repr, rows))}")
    name, said = rows[lesson].name, []
    if finished.acts(name):
        spent, left = finished.minutes(name), finished.open_questions(name)
        said.append(f"You worked on it for about {max(1, spent)} min, pauses left out.")
        if left:
            said.append(f"Still open in the core: {left} of the questions under Check yourself.")
    return Done(said, next_lesson(lesson))


def _is_written(name):
    return (folders.lessons() / f"{name}.ipynb").exists()
