"""Class mode: the guesses of a class for one estimate, typed in at the teacher's machine, drawn as
a histogram.

The computed value appears when the teacher asks for it, and is not in the page before.
"""

import html
import re
from base64 import b64encode
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from helpers.base import folders
from helpers.base.assets import asset, module
from helpers.learning import progress
from helpers.learning.quiz import estimates, grading, units, view
from helpers.learning.quiz.estimates import quantity
from helpers.teaching import collected

HERE = Path(__file__).parent
BINS = 12
MOST = 4000  # characters of one list
WIDTH, HEIGHT, FLOOR = 600, 260, 200  # of the drawing; FLOOR is where bars stand


def parse(question, text):
    """Return (guesses in the question's unit, problems) of a typed or pasted list.

    Guesses stand on lines, between semicolons or tabs, or as in "12, 14, 15" and "12 14 15". A
    comma with no space behind it is a decimal comma.
    """
    guesses, problems = [], []
    for part in filter(None, (p.strip() for p in re.split(r"[;\n\t]", text))):
        try:
            guesses += _read(question, part)
        except units.InputError as problem:
            problems.append(f"{part[:40]!r}: {problem}")
    return guesses, problems


def sent(question, folder):
    """Return the guesses that pupils made on their own machines, from the logs in a folder;
    a pupil's last one counts.

    folder: a share, a stick, or the folder that holds the homes of a hub's learners; its logs are
    only read.
    Raises collected.LogError when there is no log at all.
    """
    last = {}
    for event in collected.read(folder, question.lesson).of("answer"):
        what = event["payload"]
        if what["question"] == question.id and what["state"] == "kept":
            try:
                last[event["pupil"]] = _read(question, str(what["raw"]))[0]
            except units.InputError:  # a guess of a version with another unit
                continue
    return list(last.values())


def _cut(text):
    """Return (what is read of a long text, the rest); it is cut behind a whole guess."""
    if len(text) <= MOST:
        return text, ""
    end = max(text.rfind(mark, 0, MOST) for mark in ";\n\t") + 1 or MOST
    return text[:end], text[end:]


def _read(question, part):
    """Return the guesses of one line; raise units.InputError with what is wrong with the line as
    one guess.
    """
    read = grading.READ["estimate"]
    try:
        return [read(question, part)]
    except units.InputError as problem:
        for between in (r",\s+", r"\s+"):
            pieces = re.split(between, part.rstrip(", "))
            if len(pieces) > 1:
                try:
                    return [read(question, piece) for piece in pieces]
                except units.InputError:
                    continue
        raise problem from None


def counts(question, guesses):
    """Return how many guesses fall into each of the bins between the ends of the question's range,
    on its scale.
    """
    places = [estimates.position(question, g) for g in guesses]
    return np.histogram(places, bins=BINS, range=(0, 1))[0].tolist()


def sentence(question, guesses, value=None):
    """Return in words what the histogram shows."""
    if not guesses:
        return "No guesses yet."
    unit = question.answer["unit"]
    words = (
        f"{len(guesses)} guesses, from {quantity(min(guesses), unit)} to "
        f"{quantity(max(guesses), unit)}; the middle one (median) is "
        f"{quantity(float(np.median(guesses)), unit)}."
    )
    if value is None:
        return words
    low, high = sum(g < value for g in guesses), sum(g > value for g in guesses)
    return f"{words} Computed: {quantity(value, unit)}. {low} guesses are below it, {high} above."


def histogram(question, guesses, value=None):
    """Return the histogram as an SVG text, with the computed value as a line when it is given."""
    bars = counts(question, guesses)
    tall, wide = max(bars + [1]), (WIDTH - 40) / BINS
    text = lambda x, y, anchor, words: (
        f'<text x="{x:.0f}" y="{y}" text-anchor="{anchor}" '
        f'font-size="16">{html.escape(str(words))}</text>'
    )
    drawn = "".join(
        f'<rect x="{20 + i * wide + 1:.1f}" y="{FLOOR - 160 * n / tall:.1f}" '
        f'width="{wide - 2:.1f}" height="{160 * n / tall:.1f}" fill="#56B4E9"/>'
        + text(20 + (i + 0.5) * wide, FLOOR - 160 * n / tall - 4, "middle", n)
        for i, n in enumerate(bars)
        if n
    )
    low, high = question.answer["range"]
    drawn += text(20, FLOOR + 22, "start", quantity(low, "1")) + text(
        WIDTH - 20,
        FLOOR + 22,
        "end",
        f"{quantity(high, question.answer['unit'])} ({question.answer['scale']} scale)",
    )
    if value is not None:
        x = 20 + (WIDTH - 40) * estimates.position(question, value)
        drawn += (
            f'<line x1="{x:.1f}" y1="10" x2="{x:.1f}" y2="{FLOOR}" stroke="#D55E00" '
            'stroke-width="4"/>'
            + text(
                min(max(x, 130), WIDTH - 130),
                FLOOR + 46,
                "middle",
                f"computed: {quantity(value, question.answer['unit'])}",
            )
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        'font-family="sans-serif"><rect width="100%" height="100%" fill="#fff"/>'
        f'<line x1="20" y1="{FLOOR}" x2="{WIDTH - 20}" y2="{FLOOR}" stroke="#000"/>{drawn}</svg>'
    )


class ClassMode(anywidget.AnyWidget):
    """The form, its histogram and its sentence."""

    _esm = module(HERE / "classroom.js")
    _css = asset(Path(view.__file__).with_name("view.css"))
    prompt = traitlets.Unicode().tag(sync=True)
    unit = traitlets.Unicode().tag(sync=True)
    picture = traitlets.Unicode().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    problems = traitlets.List().tag(sync=True)
    known = traitlets.Bool().tag(sync=True)  # whether there is a value to show
    count = traitlets.Int().tag(sync=True)
    number = traitlets.Int().tag(sync=True)  # of guesses, which may be said while they are covered

    def __init__(self, question, value=None, from_pupils=()):
        self.question, self.value, self.shown = question, value, False
        super().__init__(
            prompt=question.text["prompt"], unit=question.answer["unit"], known=value is not None
        )
        self.guesses = [*from_pupils, *self._kept()]
        self._draw([])
        self.on_msg(self._receive)

    def _kept(self):
        """Return the guesses of this question since it was last started anew: they outlive the
        kernel.
        """
        found = []
        for event in progress.events("class"):
            if (event["payload"]["lesson"], event["payload"]["question"]) == (
                self.question.lesson,
                self.question.id,
            ):
                found = found + event["payload"]["guesses"] if event["payload"]["guesses"] else []
        return found

    def _note(self, guesses):
        progress.append(
            "class",
            {"lesson": self.question.lesson, "question": self.question.id, "guesses": guesses},
        )

    def _receive(self, widget, message, buffers):
        do = message.get("do") if isinstance(message, dict) else None
        problems = []
        if do == "add" and isinstance(message.get("text"), str):
            kept, rest = _cut(message["text"])
            guesses, problems = parse(self.question, kept)
            if rest:
                problems.append(f"{rest[:40]!r}: this and what follows was cut off: too long")
            if guesses:
                self.guesses = self.guesses + guesses
                self._note(guesses)
        elif do == "anew":
            self.guesses, self.shown = [], False
            self._note([])
        elif do == "value":
            self.shown = True
        with self.hold_sync():
            self._draw(problems)

    def _draw(self, problems):
        value = self.value if self.shown else None
        drawn = histogram(self.question, self.guesses, value)
        self.picture = "data:image/svg+xml;base64," + b64encode(drawn.encode()).decode()
        self.words = sentence(self.question, self.guesses, value)
        self.problems = problems
        self.number = len(self.guesses)
        self.count += 1

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        words = (
            f"Class mode. {self.question.text['prompt']} Run this cell to type in the guesses "
            "of a class."
        )
        return data | {"text/plain": words, "text/html": f"<p>{html.escape(words)}</p>"}, metadata


def show(lesson, name, value=None, folder=None):
    """Return the form for one estimate question.

    value: the computed one, or None. folder: where the logs of the pupils lie, who guessed on their
    own machines (on a hub a teacher need not say); run the cell again to read it anew. Raises
    collected.LogError for a folder without logs.
    """
    asked = estimates.question(lesson, name)
    folder = folder or folders.class_logs()
    guesses = sent(asked, folder) if folder else ()
    return ClassMode(asked, None if value is None else estimates.number(value), guesses)
