"""What a learner has done: dividends kept, lessons finished, claims tested, and all of it in one
view.
"""

from html import escape

from helpers.base import headings
from helpers.learning import progress
from helpers.learning.finished import finished_lessons
from helpers.learning.quiz import bank
from helpers.science.dividend import Access, Dividend, DividendError, from_payload
from helpers.tables import data


def dividend(lesson, dividend):
    """Write the dividend of a lesson to the log and return it, so that a cell that ends in this
    call shows it.

    lesson: two digits such as "02". dividend: a Dividend, or the Access number of a lesson that
    asks who gets in.
    Raises DividendError for anything else.
    """
    if not (isinstance(lesson, str) and len(lesson) == 2 and lesson.isdigit()):
        raise DividendError(f"lesson = {lesson!r}; accepted: two digits as text, such as '02'")
    if not isinstance(dividend, Dividend | Access):
        raise DividendError(f"dividend = {dividend!r}; accepted: a Dividend or an Access number")
    progress.append("dividend", {"lesson": lesson, **dividend.payload()})
    return dividend


def verdict(*claims):
    """Return the step in which you choose a verdict for each claim, before you see the course's;
    your first word is kept.

    claims: two digits of a lesson such as "09" for all that it tests, or ids of claims such as
    "bds_everywhere".
    Raises verdicts.VerdictError for anything else.
    """
    from helpers.learning import verdict_view  # here, so that reading a log loads no widgets

    return verdict_view.show(*claims)


def changed():
    """Return what changed for you between the ten questions of lesson 00 and the ten of lesson 13;
    it is no mark.
    """
    from helpers.learning import change

    return change.Changed()


def dividends():
    """Return a dict of lesson -> the Dividend last written for it, in order of the lessons; what is
    not readable is left out.
    """
    return {lesson: one for lesson, one in _latest().items() if isinstance(one, Dividend)}


def access_numbers():
    """Return a dict of lesson -> the Access number last written for it: a table of its own, never
    ranked with dividends.
    """
    return {lesson: one for lesson, one in _latest().items() if isinstance(one, Access)}


def _latest():
    """Return a dict of lesson -> what was last written for it."""
    latest = {}
    for event in progress.events("dividend"):
        try:
            payload = dict(event["payload"])
            lesson = payload.pop("lesson")
            latest[lesson] = from_payload(payload)
        except (KeyError, TypeError, ValueError):
            continue
    return dict(sorted(latest.items()))


def claims_tested():
    """Return the ids of the claims that your finished lessons test, sorted."""
    finished = {name[:2] for name in finished_lessons()}
    claims = data.table("claims")
    return sorted(
        row.id for row in claims.itertuples() if finished & set(str(row.lessons).split(";"))
    )


def page(now=None):
    """Return your page, which fills as you go on: what comes next, claims with your verdict,
    dividends, what is due.

    now: an aware datetime for the reviews; None is the present.
    """
    from helpers.learning import page as filling

    return filling.Page(dividends(), access_numbers(), now)


# --- the view -----------------------------------------------------------------------------


class View:
    """A table of progress that a notebook shows: HTML with the same words as plain text."""

    def __init__(self, title, header, rows, notes):
        self.title, self.header, self.rows, self.notes = title, header, rows, notes

    def __repr__(self):
        lines = [self.title] + [
            " | ".join(map(str, row)) for row in ([self.header] if self.rows else []) + self.rows
        ]
        return "\n".join(lines + self.notes)

    def _repr_html_(self):
        cell = lambda tag, row: "".join(f"<{tag}>{escape(str(value))}</{tag}>" for value in row)
        body = "".join(f"<tr>{cell('td', row)}</tr>" for row in self.rows)
        table = (
            f"<table><thead><tr>{cell('th', self.header)}</tr></thead><tbody>{body}</tbody></table>"
            if self.rows
            else ""
        )
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return f"<p><strong>{escape(self.title)}</strong></p>{headings.mended(table)}{notes}"


def view(now=None):
    """Return what the learner did: a row for every objective of every lesson begun, and the reviews
    that are due.

    now: an aware datetime for the reviews; None is the present.
    """
    rows, mine = [], progress.items()
    for name in bank.lessons():
        questions = [q for q in bank.load(name).questions if q.counts]
        if any(mine.get((name, q.id), progress.Item()).answered for q in questions):
            for objective in dict.fromkeys(q.objective for q in questions):
                of = [
                    mine.get((name, q.id), progress.Item())
                    for q in questions
                    if q.objective == objective
                ]
                rows.append(
                    [
                        name,
                        objective,
                        sum(i.answered for i in of),
                        sum(i.solved for i in of),
                        len(of),
                    ]
                )
    checks = progress.exercises()
    notes = [] if rows else ["No question answered yet."]
    if checks:
        notes.append(
            f"Exercises right: {sum(state == 'right' for state, _ in checks.values())} of "
            f"{len(checks)} begun."
        )
    waiting = progress.due(now) if rows else []
    if waiting:
        notes.append(f"Due for review: {len(waiting)}. To answer them, run quiz.review().")
    notes += progress.notices()
    return View(
        f"Progress of {progress.who().nickname}",
        ["lesson", "objective", "answered", "right", "questions"],
        rows,
        notes,
    )
