"""The map of the course as a page: what depends on what, the routes, minutes,
the claims of each lesson, how far you are.
"""

from dataclasses import dataclass
from html import escape

from helpers.learning import finished, verdicts
from helpers.tables import data

STEP, LEFT, TOP, LANE, DOT = 44, 96, 34, 34, 8  # pixels of the drawing
PAPER = "var(--jp-layout-color0, #fff)"  # of the page, light or dark
STATES = {"finished": "●", "begun": "◐", "not begun": "○"}


@dataclass(frozen=True)
class Stop:
    """One lesson on the map: its row in the table of lessons, minutes, how far you are,
    claims and how many you judged.
    """

    row: object
    minutes: tuple  # core, whole; None where the lesson does not say
    state: str
    claims: list
    judged: int


def stops(rows, minutes):
    """Return the Stop of each lesson in `rows` (as `course.lessons` gives them); minutes:
    name -> (core, whole).
    """
    done, begun = set(finished.finished_lessons()), set(finished.begun_lessons())
    table, mine = data.table("claims"), verdicts.own()
    found = []
    for row in rows.itertuples():
        tested = table[[row.id in lessons.split(";") for lessons in table["lessons"]]]
        state = "finished" if row.name in done else "begun" if row.name in begun else "not begun"
        judged = sum(claim in mine for claim in tested["id"])
        found.append(Stop(row, minutes(row.name), state, list(tested["claim"]), judged))
    return found


class CourseMap:
    """The lessons of one route, as a drawing and a table with links for a notebook,
    and as lines of text elsewhere.
    """

    def __init__(self, route, routes, found):
        self.route, self.routes, self.stops = route, routes, found

    def sentence(self):
        """Return what the drawing shows, with its numbers."""
        core = sum(stop.minutes[0] or 0 for stop in self.stops)
        whole = sum(stop.minutes[1] or 0 for stop in self.stops)
        done = sum(stop.state == "finished" for stop in self.stops)
        return (
            "Every lesson needs 00 and no other; 13 also wants two or three of your route. Your "
            "route has "
            f"{len(self.stops)} lessons: {core} minutes for their cores, {whole:,} for all of "
            f"them. Finished: {done}."
        )

    def __repr__(self):
        return "\n".join([self.sentence(), *map(_text, self.stops)])

    def _repr_html_(self):
        names = ("Lesson", "Question", "Needed before", "Minutes", "Claims it tests", "You")
        head = "".join(f'<th style="text-align:left">{name}</th>' for name in names)
        rows = "".join(map(_line, self.stops))
        table = _wide(f"<table><tr>{head}</tr>{rows}</table>")
        return f"{_drawing(self)}<p>{self.sentence()}</p>{table}"


def _wide(html):
    """Return HTML in a box that scrolls, by keyboard too, where the page is narrower."""
    return f'<div style="overflow-x:auto" tabindex="0">{html}</div>'


def _text(stop):
    row = stop.row
    core, whole = stop.minutes
    return (
        f"{row.id}  {row.title}: {row.question} Needs: {row.needs}. {core} to {whole} min, "
        f"{_claims(stop)}, {stop.state}."
        f"{'' if row.written else ' (not written yet)'}"
    )


def _claims(stop):
    number = len(stop.claims)
    said = f"{number} claim{'' if number == 1 else 's'}"
    return said + (f", {stop.judged} judged by you" if stop.judged else "")


def _line(stop):
    row = stop.row
    name = f"{row.id} {escape(row.title)}"
    link = f'<a href="{row.name}.ipynb">{name}</a>' if row.written else f"{name} (not written yet)"
    listed = "".join(f"<li>{escape(claim)}</li>" for claim in stop.claims)
    claims = f"<details><summary>{_claims(stop)}</summary><ul>{listed}</ul></details>"
    minutes = "{} to {}".format(*stop.minutes)
    state = f"{STATES[stop.state]}&nbsp;{stop.state.replace(' ', '&nbsp;')}"
    cells = (link, escape(row.question), escape(row.needs), minutes, claims, state)
    return "<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in cells) + "</tr>"


# --- the drawing ----------------------------------------------------------------------------------


def _drawing(shown):
    """Return the routes as lines with a stop for each lesson: yours is thick;
    full, half and empty stops say how far you are.
    """
    lanes = list(shown.routes)
    numbers = list(shown.routes[max(lanes)])
    x = {number: LEFT + STEP * (place + 1) for place, number in enumerate(numbers)}
    states = {stop.row.id: stop.state for stop in shown.stops}
    middle = TOP + LANE * (len(lanes) - 1) / 2
    parts = [_word(LEFT, middle + 5, "00"), *(_word(x[n], 18, n) for n in numbers)]
    for place, route in enumerate(lanes):
        y, mine = TOP + LANE * place, route == shown.route
        stops_here = shown.routes[route]
        colour = "#0072B2" if mine else "currentColor"
        path = f"M{LEFT + 12},{middle} L{LEFT + 26},{y} L{x[stops_here[-1]]},{y}"
        parts.append(
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{5 if mine else 1.5}"/>'
        )
        parts += [
            _stop(x[number], y, colour, states.get(number) if mine else None)
            for number in stops_here
        ]
        parts.append(_word(4, y + 5, f"{route} lessons", "start"))
    wide, high = x[numbers[-1]] + 20, TOP + LANE * len(lanes) - 8
    # JupyterLab shrinks a drawing to a narrow page, its letters with it; this one scrolls.
    return _wide(
        f'<svg style="max-width:none" width="{wide}" '
        f'height="{high}" viewBox="0 0 {wide} {high}" role="img" '
        f'aria-label="{escape(shown.sentence())}">{"".join(parts)}</svg>'
    )


def _word(x, y, text, anchor="middle"):
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="14" '
        f'fill="currentColor">{text}</text>'
    )


def _stop(x, y, colour, state):
    """Return a stop; state: of a lesson on your own route, None on another one."""
    if state is None:
        return f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>'
    ring = (
        f'<circle cx="{x}" cy="{y}" r="{DOT}" fill="{PAPER}" stroke="{colour}" stroke-width="3"/>'
    )
    if state == "finished":
        return ring.replace(PAPER, colour)
    if state == "begun":
        return (
            ring + f'<path d="M{x},{y - DOT} A{DOT},{DOT} 0 0 0 {x},{y + DOT} Z" fill="{colour}"/>'
        )
    return ring
