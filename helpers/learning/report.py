"""A report of what you did, as one HTML file with the figures inside: to hand in, or to keep.

It says what the log holds, no more: nobody watched, and nothing is graded.
"""

from base64 import b64encode
from datetime import datetime, timezone
from html import escape
from pathlib import Path

import matplotlib.pyplot as plt

from helpers import figures
from helpers.base import files, headings
from helpers.base.numbers import written
from helpers.learning import claims, finished, progress, record
from helpers.learning.quiz import bank, estimates

RUBRIC = (
    "A mission and its gain. One claim with a verdict, without data.",
    "Gain against alone and against the same size, with units; a price; a claim with source, date "
    "and verdict.",
    "Also: the price as a range, what may fail and with what chance, the split of the bill; data "
    "that others can find.",
    "Also: a second design beside the first, with reasons; limits are named; what would change the "
    "verdict.",
)
STYLE = (
    "body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em;line-height:1.45}"
    "table{display:block;overflow-x:auto;border-collapse:collapse;margin:.6em 0}"
    "th,td{border:1px solid #999;padding:.3em .6em;"
    "text-align:left;vertical-align:top}img{max-width:100%}h2{margin-top:1.6em}"
)


class ReportError(ValueError):
    """A design, a figure or a file that a report does not take."""


def write(mission=None, *drawn, path=None):
    """Write the report of the learner who is working and return its Path.

    mission: a `design.Mission` or None. drawn: figures with their sentences, as the functions of a
    lesson return them, such as `lesson.gives_and_costs(mine)`. path: of the HTML file; None is
    report.html in your folder.
    Raises ReportError for what is no mission, no figure with its sentence, or no file that can be
    written.
    """
    for one in drawn:
        if not (isinstance(one, tuple) and len(one) == 2 and hasattr(one[0], "savefig")):
            raise ReportError(
                f"{one!r}; accepted: a figure and its sentence, such as "
                "lesson.gives_and_costs(mine)"
            )
    if mission is not None and not hasattr(mission, "summary"):
        raise ReportError(f"mission = {mission!r}; accepted: a design.Mission, or None")
    path = progress.home() / "report.html" if path is None else Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.replace(path, _html(mission, drawn).encode())
    except OSError as problem:
        raise ReportError(
            f"path = {str(path)!r}: {problem.strerror}; accepted: a file that can be written"
        ) from None
    return path


def done():
    """Return what the log holds as a list of (what, number): lessons, questions, exercises,
    claims.
    """
    items, mine = progress.items(), progress.exercises()
    asked = [q for name in bank.lessons() for q in bank.load(name).questions if q.counts]
    known = [items[q.lesson, q.id] for q in asked if (q.lesson, q.id) in items]
    return [
        ("lessons whose core questions are all answered", len(finished.finished_lessons())),
        ("questions answered", sum(item.answered for item in known)),
        ("of these right once, without the answer shown", sum(item.solved for item in known)),
        ("exercises right", sum(state == "right" for state, _ in mine.values())),
        (
            "lessons with a dividend or an access number",
            len(record.dividends() | record.access_numbers()),
        ),
        ("claims of your own", len(claims.mine())),
    ]


def predictions():
    """Return your estimates as a list of (lesson, question, estimate with its unit), in the order
    of the lessons.
    """
    found = []
    for name in bank.lessons():
        for question in bank.load(name).questions:
            guess = estimates.kept(question) if question.kind == "estimate" else None
            if guess is not None and not isinstance(guess, (tuple, list, dict)):
                unit = question.answer.get("unit", "1")
                found.append((name[:2], question.text["prompt"], _with_unit(guess, unit)))
    return found


# --- the page -----------------------------------------------------------------------------------


def _html(mission, drawn):
    who = escape(progress.who().nickname)
    day = f"{datetime.now(timezone.utc):%Y-%m-%d}"
    parts = [
        f"<h1>Shared Orbits: what {who} did</h1>",
        f"<p>Written on {day}. It lists what the log of this computer holds under the nickname "
        f"{who}. Nobody "
        "watched, and nothing was graded.</p>",
        _table(["What", "How many"], done()),
        "<h2>Predictions</h2>",
        _table(["Lesson", "Question", "Estimate"], predictions()) or "<p>None is kept.</p>",
        "<h2>Claims judged, dividends, reviews</h2>",
        record.page()._repr_html_(),
        "<h2>Claims of your own</h2>",
        _own_claims(),
        "<h2>Design</h2>",
        _design(mission, drawn),
        "<h2>For the teacher</h2>",
        _table(["Level", "What it shows"], list(enumerate(RUBRIC, 1))),
    ]
    head = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Shared Orbits: '
        f"{who}</title>"
    )
    return f"{head}<style>{STYLE}</style></head><body>{''.join(parts)}</body></html>\n"


def _own_claims():
    found = claims.mine()
    rows = [[name.replace("_", " "), row[name]] for row in found for name in claims.FIELDS]
    return _table(["Field", "Your words"], rows) or "<p>None is kept.</p>"


def _design(mission, drawn):
    if mission is None and not drawn:
        return "<p>None was handed to the report.</p>"
    rows = [] if mission is None else list(mission.summary().items())
    return _table(["", "This design"], rows) + "".join(_figure(*one) for one in drawn)


def _figure(figure, sentence):
    picture = b64encode(figures.png(figure)).decode("ascii")
    plt.close(figure)  # else the notebook shows it once more below the cell
    return (
        f'<p><img alt="{escape(sentence)}" '
        f'src="data:image/png;base64,{picture}"></p><p>{escape(sentence)}</p>'
    )


def _table(head, rows):
    if not rows:
        return ""
    line = lambda tag, cells: "".join(f"<{tag}>{escape(str(cell))}</{tag}>" for cell in cells)
    body = "".join(f"<tr>{line('td', row)}</tr>" for row in rows)
    head = f"<thead><tr>{line('th', head)}</tr></thead>"
    return headings.mended(f"<table>{head}<tbody>{body}</tbody></table>")


def _with_unit(value, unit):
    return f"{written(float(value))} {unit}" if unit != "1" else written(float(value))
