"""The page that fills: go on with, claims with your own verdict beside the course's, dividends in
one chart, what is due.
"""

import math
from html import escape

from helpers.base.numbers import written
from helpers.learning import course, progress, verdicts
from helpers.learning.quiz import bank, variants
from helpers.tables import data

SHOWN = 3  # reviews listed; the rest is counted
LEAST, MOST = 0.1, 10.0  # of the logarithmic scale of ratios
WIDE, HIGH = 160, 16  # pixels of a bar


class Page:
    """The page of one learner, at one moment: HTML in a notebook, the same words as text
    elsewhere.
    """

    def __init__(self, dividends, access, now=None):
        self.learner = progress.who()
        self.lessons = {row.id: row for row in course.lessons().itertuples()}
        self.step = course.go_on()
        self.claims = _claims()
        self.dividends, self.access = dividends, access
        self.due = progress.due(now)

    # --- as text ---

    def __repr__(self):
        lines = [f"The page of {self.learner.nickname}", self._step_text(), ""]
        lines += [f"Claims with your verdict: {len(self.claims)}"]
        lines += [
            f"- {row['claim']} You: {you}. The course: {course_says}."
            for row, you, course_says in self.claims
        ] or [EMPTY_CLAIMS]
        lines += ["", f"Dividends: {len(self.dividends)}"]
        lines += [
            f"- {lesson}: {one.question} {self._ratios(one)}"
            for lesson, one in self.dividends.items()
        ] or [EMPTY_DIVIDENDS]
        lines += [
            f"- {lesson}, access: {one.question} {one.sentence()}"
            for lesson, one in self.access.items()
        ]
        lines += ["", f"Due for review today: {len(self.due)}"]
        lines += [f"- {lesson[:2]}: {words}" for lesson, words in self._reviews()]
        lines += ["To answer them, run quiz.review()."] if self._reviews() else []
        return "\n".join(lines + progress.notices())

    def _step_text(self):
        if self.step is None:
            return course.ALL_DONE
        return f"Go on: {self.step.id} {self.step.title}{_minutes(self.step)}"

    @staticmethod
    def _ratios(one):
        size = one.ratio("same size")
        against = [f"against the best alone {_times(one.ratio(), one.only_together)}"]
        against += [f"against the same size {_times(size)}"] if size is not None else []
        return "Together " + ", ".join(against) + "."

    def _reviews(self):
        """Return (lesson, first words of the question) of the oldest reviews that are due."""
        found = []
        for _, lesson, question in self.due:
            try:
                prompt = variants.resolve(bank.load(lesson)[question]).text["prompt"]
            except bank.FileError:  # a question that is no longer asked
                continue
            found.append((lesson, prompt if len(prompt) < 90 else prompt[:88].rstrip() + " …"))
        return found[:SHOWN]

    # --- as HTML ---

    def _repr_html_(self):
        parts = [
            f"<p><strong>The page of {escape(self.learner.nickname)}</strong></p>",
            f"<p>{self._step_html()}</p>",
            f"<p><strong>Claims with your verdict: {len(self.claims)}</strong></p>",
            self._claims_html(),
            f"<p><strong>Dividends: {len(self.dividends)}</strong></p>",
            self._dividends_html(),
            f"<p><strong>Due for review today: {len(self.due)}</strong></p>",
            self._due_html(),
            *(f"<p>{escape(text)}</p>" for text in progress.notices()),
        ]
        return "\n".join(part for part in parts if part)

    def _step_html(self):
        if self.step is None:
            return course.ALL_DONE
        return f"Go on: {course.link(self.step)}{_minutes(self.step)}"

    def _claims_html(self):
        if not self.claims:
            return f"<p>{EMPTY_CLAIMS}</p>"
        rows = [
            [escape(row["claim"]), escape(you), escape(said), self._links(row["lessons"])]
            for row, you, said in self.claims
        ]
        return _table(["Claim", "You", "The course", "Lesson"], rows)

    def _links(self, lessons):
        known = [self.lessons[one] for one in lessons.split(";") if one in self.lessons]
        return ", ".join(f'<a href="{row.name}.ipynb">{row.id}</a>' for row in known)

    def _dividends_html(self):
        rows = [
            [
                self._links(lesson),
                escape(one.question),
                _bar(one),
                _times(one.ratio(), one.only_together),
                _times(one.ratio("same size")),
            ]
            for lesson, one in self.dividends.items()
        ]
        head = ["Lesson", "Together", SCALE, "against the best alone ●", "against the same size ▬"]
        chart = _table(head, rows) if rows else f"<p>{EMPTY_DIVIDENDS}</p>"
        access = "".join(
            f"<p>{self._links(lesson)}, who gets in: {escape(one.question)} "
            f"{escape(one.sentence())}</p>"
            for lesson, one in self.access.items()
        )
        return chart + access

    def _due_html(self):
        shown = self._reviews()
        items = "".join(
            f"<li>{self._links(lesson[:2])}: {escape(words)}</li>" for lesson, words in shown
        )
        more = len(self.due) - len(shown)
        rest = f"<p>and {more} more</p>" if more > 0 else ""
        how = "<p>To answer them, run <code>quiz.review()</code>.</p>"
        return f"<ul>{items}</ul>{rest}{how}" if shown else ""


EMPTY_CLAIMS = "None yet. Each lesson asks for yours near its end, before you see the course's."
EMPTY_DIVIDENDS = "None yet. Each lesson ends in one; it is kept here when you run its cell."
SCALE = "0.1 to 10 times, the line is 1"


def _minutes(row):
    minutes = course.core_minutes(row.name)
    return f", {minutes} minutes" if minutes else ""


def _claims():
    """Return [(row, your verdict, the course's)] of the claims that you judged; no other verdict is
    given away.
    """
    mine = verdicts.own()
    rows = data.table("claims").to_dict("records")
    return [
        (row, mine[row["id"]].first + _now(mine[row["id"]]), verdicts.course_says(row))
        for row in rows
        if row["id"] in mine
    ]


def _now(own):
    return f" (now: {own.now})" if own.now != own.first else ""


def _times(ratio, only_together=False):
    if only_together:
        return "only together"
    return "not known" if ratio is None else f"{written(ratio)} times"


def _table(head, rows):
    left = 'style="text-align:left"'
    line = lambda tag, cells: "".join(f"<{tag} {left}>{cell}</{tag}>" for cell in cells)
    body = "\n".join(f"<tr>{line('td', row)}</tr>" for row in rows)
    return f"<table><thead><tr>{line('th', head)}</tr></thead>\n<tbody>{body}</tbody></table>"


def _bar(one):
    """Return a dividend as a small drawing: a dot for the ratio to alone, a bar for that to the
    same size.
    """
    size, ratio = one.ratio("same size"), one.ratio()
    marks = [f'<line x1="{_x(1)}" x2="{_x(1)}" y1="0" y2="{HIGH}" stroke="currentColor"/>']
    if size is not None:
        low, high = _ends(size)
        marks.append(_stroke(low, high, 7, "#0072B2"))
    if ratio is not None:
        low, high = _ends(ratio)
        marks.append(_stroke(low, high, 2, "#D55E00"))
        middle = (_x(low) + _x(high)) / 2
        marks.append(f'<circle cx="{middle:.1f}" cy="{HIGH / 2}" r="5" fill="#D55E00"/>')
    size = f'width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}"'
    return f'<svg {size} aria-hidden="true">{"".join(marks)}</svg>'


def _stroke(low, high, width, colour):
    left, right = _x(low) - 2, _x(high) + 2
    return (
        f'<line x1="{left:.1f}" x2="{right:.1f}" y1="{HIGH / 2}" y2="{HIGH / 2}" '
        f'stroke="{colour}" stroke-width="{width}"/>'
    )


def _ends(ratio):
    return (min(ratio), max(ratio)) if isinstance(ratio, tuple) else (ratio, ratio)


def _x(ratio):
    """Return where a ratio stands on the scale, in pixels; beyond its ends at the end."""
    inside = min(max(float(ratio), LEAST), MOST)
    share = math.log(inside / LEAST) / math.log(MOST / LEAST)
    return round(6 + (WIDE - 12) * share, 1)
