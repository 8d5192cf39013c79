"""A verdict step on the page: the quiz view with the claims in it, and what stands there without a
kernel.
"""

from html import escape

from helpers.learning import progress, verdicts
from helpers.learning.quiz.view import QuizView
from helpers.tables import sources

RUN = "Run this cell, choose a word for each, press Check: then you see the course's."


class VerdictView(QuizView):
    """The widget of one verdict step."""

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super(QuizView, self)._repr_mimebundle_(**kwargs) or ({}, {})
        rows = list(self.session.rows.values())
        words = {"text/plain": _text(self.title, rows), "text/html": _html(self.title, rows)}
        return data | words, metadata


def _claim(row):
    return f"{row['claim']} ({row['speaker']}, {row['said_on']})"


def _meanings():
    return [f"{word}: {sources.VERDICTS[word]}" for word in sources.WORDS]


def _text(title, rows):
    """Return the step as plain text: claims, the six words, no verdict."""
    asked = [f"{number}. {_claim(row)}" for number, row in enumerate(rows, 1)]
    return "\n".join([title, *asked, *(f"   - {one}" for one in _meanings()), RUN])


def _html(title, rows):
    asked = "".join(f"<li>{escape(_claim(row))}</li>\n" for row in rows)
    words = "".join(f"<li>{escape(one)}</li>\n" for one in _meanings())
    head = f"<p><strong>{escape(title)}</strong></p>"
    return f"{head}\n<ol>\n{asked}</ol>\n<ul>\n{words}</ul>\n<p><em>{RUN}</em></p>"


_views = {}  # what is asked -> its view


def renew_all():
    """Show in every open step what the learner who is working now has chosen."""
    for which, shown in _views.items():
        shown.renew(verdicts.Step(*which))


progress.on_change(renew_all)


def show(*which):
    """Return the view of a step: a cell that runs again shows the same model, brought up to
    date.
    """
    step = verdicts.Step(*which)
    if which in _views and _views[which].comm is not None:
        _views[which].renew(step)
    else:
        _views[which] = VerdictView(step)
    return _views[which]
