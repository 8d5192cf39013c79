"""A quiz on the page: one anywidget model for all its questions, with a fallback that needs no
kernel.

The page gets two things: the words (once) and the states (after every action). It sends what the
learner does.
"""

from pathlib import Path

import anywidget
import traitlets

from helpers.base.assets import asset, module
from helpers.learning import progress
from helpers.learning.quiz import coast, fallback
from helpers.learning.quiz.reviews import Review
from helpers.learning.quiz.session import Session

HERE = Path(__file__).parent


class QuizView(anywidget.AnyWidget):
    """The widget of one Session."""

    _esm = module(HERE / "view.js")
    _css = asset(HERE / "view.css")
    title = traitlets.Unicode().tag(sync=True)
    questions = traitlets.List().tag(sync=True)
    states = traitlets.Dict().tag(sync=True)
    notices = traitlets.List().tag(sync=True)
    coast = traitlets.Unicode().tag(sync=True)
    last = traitlets.List().tag(
        sync=True
    )  # [count, question id] of the latest action: what the page announces

    def __init__(self, session):
        super().__init__(**self._content(session), last=[0, ""])
        self.on_msg(self._receive)

    def renew(self, session):
        """Show another session in the same model: after a learner signed in, or a bank file
        changed.
        """
        with self.hold_sync():
            for name, value in self._content(session).items():
                setattr(self, name, value)

    def _content(self, session):
        changed = hasattr(self, "session") and self.session.learner != session.learner
        self.session = session
        session.open()
        questions = session.questions()
        return {
            "title": session.title,
            "questions": questions,
            "states": session.states(),
            "notices": progress.notices() + ([CHANGED.format(session.learner)] if changed else []),
            "coast": coast.path() if any(q["kind"] == "place" for q in questions) else "",
        }

    def _receive(self, widget, message, buffers):
        """Act on a message of the page; a message of another shape is refused and changes
        nothing.
        """
        if not isinstance(message, dict) or not isinstance(message.get("id"), str):
            return
        if message["id"] not in self.states:
            return
        if not self.session.is_current():  # never graded with another learner's numbers
            return renew_all()
        try:
            state = self.session.act(message.get("do"), message["id"], message.get("raw"))
        except ValueError:
            return
        with self.hold_sync():  # one message with everything that changed
            if message["do"] == "another":
                self.questions = self.session.questions()
            self.states = self.states | {message["id"]: state}
            self.notices = progress.notices()
            self.last = [self.last[0] + 1, message["id"]]

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        asked = self.session.asked
        words = {
            "text/plain": fallback.as_text(self.title, asked),
            "text/html": fallback.as_html(self.title, asked),
        }
        return data | words, metadata


class LabelView(QuizView):
    """The widget of a Session that has a question of the kind label: its script is sent too."""

    _esm = module(HERE / "view.js", HERE / "label.js")
    _css = asset(HERE / "view.css") + asset(HERE / "label.css")


def _new(session):
    # What a review asks changes with the day, so it can show every kind.
    every = isinstance(session, Review) or any(q.kind == "label" for q in session.asked)
    return (LabelView if every else QuizView)(session)


CHANGED = "{0.nickname} works here now. The numbers and the order of options are theirs."
_views = {}  # what is asked -> [how to ask it again, its view]


def renew_all():
    """Show in every open quiz what the learner who is working now has earned."""
    for asked, shown in _views.values():
        shown.renew(asked())


progress.on_change(renew_all)


def _show(key, asked):
    """Return the view of what is asked: a cell that runs again shows the same model, brought up to
    date, so models do not pile up.
    """
    session = asked()
    if key in _views and _views[key][1].comm is not None:
        _views[key][1].renew(session)
    else:
        _views[key] = [asked, _new(session)]
    return _views[key][1]


def show(lesson, section=None):
    """Return the view of a lesson's quiz, or of one section."""
    return _show((lesson, section, None), lambda: Session(lesson, section))


def ask(lesson, question):
    """Return the view of one question."""
    return _show((lesson, None, question), lambda: Session(lesson, question=question))


def review(number=3):
    """Return the view of what is due for review."""
    return _show(("review",), lambda: Review(number))
