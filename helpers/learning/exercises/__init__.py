"""Exercises: `check` says what is wrong with an answer, `hint` gives the next hint, `solution` a
way that works.
"""

import html
import re
from dataclasses import dataclass, field

from helpers.learning import progress
from helpers.learning.exercises.files import ExerciseError, get, lessons, load, run
from helpers.learning.exercises.judging import judge

__all__ = ["ExerciseError", "ask", "check", "get", "hint", "lessons", "load", "run", "solution"]

ICONS = {"not attempted": "○", "not yet": "✗", "right": "✓", "hint": "?", "solution": "→"}


@dataclass
class Answer:
    """What `check`, `hint` and `solution` show: a state, sentences, code, and the way to help."""

    state: str
    sentences: list
    code: str = field(default="", repr=False)
    help: tuple = field(default=(), repr=False)  # hints and a solution, each behind the one before
    name: str = field(default="", repr=False)

    def __repr__(self):
        lines = [f"{ICONS[self.state]} {self.state.capitalize()}. " + " ".join(self.sentences)]
        lines += [self.code.rstrip()] if self.code else []
        if self.help:
            lines.append(
                f'Stuck? exercises.hint("{self.name}"), then exercises.solution("{self.name}")'
            )
        return "\n".join(lines)

    def _repr_html_(self):
        words = _rich(" ".join(self.sentences))
        icon = f'<span aria-hidden="true">{ICONS[self.state]}</span>'
        said = f"<p>{icon} <strong>{self.state.capitalize()}.</strong> {words}</p>"
        return said + _code(self.code) + _ladder(self.help)


def _rich(text):
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


def _code(code):
    return f"<pre><code>{html.escape(code.rstrip())}</code></pre>" if code else ""


def _ladder(steps):
    """Return hints and solution as parts that open by a click, each inside the one before it."""
    if not steps:
        return ""
    (title, words, code), *more = steps
    inside = f"<p>{_rich(words)}</p>{_code(code)}{_ladder(more)}"
    return f"<details><summary>{html.escape(title)}</summary>{inside}</details>"


def _help(exercise):
    hints = exercise.text["hints"]
    steps = [(f"Hint {n} of {len(hints)}", words, "") for n, words in enumerate(hints, 1)]
    return (*steps, ("A solution", exercise.text["explanation"], exercise.solution))


# --- what a learner calls ---------------------------------------------------------------------


_given = {}  # hints given in this run: exercise -> number
_last = []  # the exercise last tried or helped with, so that `hint()` needs no name


def check(name, thing):
    """Return whether a learner's object is right, and if not, what is wrong with it.

    name: the exercise, such as "02-push". thing: the value, array, table or function asked for. The
    state is "not attempted" (the stub as it was), "not yet" or "right"; a "not yet" offers hints
    and a solution.
    Raises ExerciseError for an unknown exercise.
    """
    exercise = _opened(name)
    state, sentence = judge(exercise, thing)
    if state != "not attempted":
        event = {"exercise": name, "version": exercise.version, "state": state}
        progress.append("exercise", {"lesson": exercise.lesson} | event)
    return Answer(state, [sentence], help=_help(exercise) if state == "not yet" else (), name=name)


def hint(name=None):
    """Return the next hint of an exercise; after the last one, the last one again.

    name: such as "02-push"; None is the exercise that you tried last. Raises ExerciseError for an
    unknown one.
    """
    exercise = _opened(name)
    hints = exercise.text["hints"]
    given = _given[exercise.id] = min(_given.get(exercise.id, 0) + 1, len(hints))
    event = {"lesson": exercise.lesson, "exercise": exercise.id, "hints": given}
    progress.append("exercise_hint", event)
    more = ["Run this cell again for the next one."] if given < len(hints) else []
    return Answer("hint", [f"({given} of {len(hints)})", hints[given - 1], *more])


def solution(name=None):
    """Return a solution of an exercise: one way that works, and why. Before a first try it asks for
    one.

    name: such as "02-push"; None is the exercise that you tried last. Raises ExerciseError for an
    unknown one.
    """
    exercise = _opened(name)
    if exercise.id not in progress.exercises():
        first = "First a try of your own: it may be wrong. Then this line shows a solution."
        return Answer("hint", [first, f'`exercises.hint("{exercise.id}")` helps you to begin.'])
    event = {"lesson": exercise.lesson, "exercise": exercise.id}
    progress.append("exercise_solution", event)
    return Answer("solution", [exercise.text["explanation"]], exercise.solution)


def _opened(name):
    """Return the exercise of that name, or the last one, and remember it."""
    if name is None and not _last:
        raise ExerciseError("which exercise? accepted: its id, such as '02-push'")
    exercise = get(name if name is not None else _last[-1])
    _last[:] = [exercise.id]
    return exercise


def ask(name):
    """Return the words of an exercise as Markdown."""
    from IPython.display import Markdown

    return Markdown(get(name).text["prompt"])
