"""A kept estimate beside the computed value: a small drawing and a sentence that says the same."""

import html
import math

from helpers.learning import progress
from helpers.learning.quiz import bank, grading, variants


class EstimateError(ValueError):
    """A comparison that cannot be made."""


class Comparison:
    """An estimate beside the value, shown as HTML with the sentence; the plain text is the
    sentence.
    """

    def __init__(self, sentence, drawing=""):
        self.sentence, self.drawing = sentence, drawing

    def __repr__(self):
        return self.sentence

    def _repr_html_(self):
        return f"{self.drawing}<p>{html.escape(self.sentence)}</p>"


def question(lesson, name):
    """Return the estimate question of that name; raise EstimateError when it is of another kind."""
    found = bank.load(lesson)[name]
    if found.kind != "estimate":
        names = [q.id for q in bank.load(lesson).questions if q.kind == "estimate"]
        raise EstimateError(
            f"{lesson}: question {name!r} is of kind {found.kind!r}; accepted: an estimate "
            f"({', '.join(names) or 'there is none'})"
        )
    return found


def kept(asked):
    """Return the estimate that the learner keeps, in the question's unit, or None."""
    item = progress.items(asked.lesson).get((asked.lesson, asked.id))
    if item is None or item.raw is None or item.version != asked.version:
        return None
    try:
        return grading.READ["estimate"](asked, item.raw)
    except grading.InputError:  # the range was narrowed since
        return None


def compare(lesson, name, value):
    """Return the Comparison of the kept estimate with `value`, a number in the question's unit."""
    asked, value = question(lesson, name), number(value)
    guess, unit = kept(asked), asked.answer["unit"]
    found = f"Computed: {quantity(value, unit)}."
    if guess is None:
        return Comparison(f"{found} No estimate of yours is kept for this question.")
    progress.append(
        "compared",
        {
            "lesson": lesson,
            "question": name,
            "version": asked.version,
            "estimate": guess,
            "value": value,
        },
    )
    return Comparison(
        f"Your estimate: {quantity(guess, unit)}. {found} {distance(asked, guess, value)}",
        drawing(asked, [guess], value),
    )


def number(value):
    """Return `value` as a finite float; raise EstimateError for anything else."""
    try:
        if math.isfinite(float(value)):
            return float(value)
    except (TypeError, ValueError):
        pass
    raise EstimateError(f"value {value!r} is not accepted; accepted: one finite number")


def quantity(value, unit):
    """Return number and unit as words: 1 member, 2 members."""
    if value == 1 and unit.replace(" ", "").isalpha() and len(unit) > 3:  # a word, not s or ms
        unit = unit.removesuffix("s")
    return f"{variants.printed(value)} {unit}".removesuffix(" 1")


def distance(asked, guess, value):
    """Return a sentence on how far guess and value are apart: a factor on a log scale, a difference
    on a linear one.
    """
    if grading.close(guess, value, rel_tol=0.005):
        return "They agree within half a percent."
    side = "large" if guess > value else "small"
    unit = asked.answer["unit"]
    if asked.answer["scale"] == "linear" or value <= 0:
        apart = float(f"{abs(guess - value):.3g}")
        points = "percentage points" if unit == "%" else unit
        return f"Your estimate is {quantity(apart, points)} too {side}."
    factor = max(guess / value, value / guess)
    return (
        "Your estimate is "
        f"{f'{factor:.2g} times' if factor >= 2 else f'{100 * abs(guess / value - 1):.0f} %'} "
        f"too {side}."
    )


def position(asked, value):
    """Return where on the question's range a value lies, 0 to 1, on its scale."""
    low, high = asked.answer["range"]
    if asked.answer["scale"] == "log":
        low, high, value = math.log(low), math.log(high), math.log(max(value, low))
    return min(1.0, max(0.0, (value - low) / (high - low)))


def drawing(asked, guesses, value):
    """Return an SVG of a line with the guesses (rings) and the computed value (a bar); the sentence
    beside it says the same.
    """
    x = lambda v: 20 + 360 * position(asked, v)
    low, high = (variants.printed(v) for v in asked.answer["range"])
    rings = "".join(
        f'<circle cx="{x(g):.1f}" cy="30" r="6" fill="none" stroke="#0072B2" stroke-width="3"/>'
        for g in guesses
    )
    words = lambda at, y, anchor, text: (
        f'<text x="{at:.1f}" y="{y}" text-anchor="{anchor}" font-size="13" '
        f'fill="currentColor">{html.escape(text)}</text>'
    )
    return (
        '<svg viewBox="0 0 400 66" width="400" style="max-width:100%;display:block" '
        'aria-hidden="true">'
        '<line x1="20" y1="30" x2="380" y2="30" stroke="currentColor"/>'
        + rings
        + f'<line x1="{x(value):.1f}" y1="16" x2="{x(value):.1f}" y2="44" stroke="#D55E00" '
        'stroke-width="4"/>'
        + words(20, 58, "start", low)
        + words(380, 58, "end", f"{high} ({asked.answer['scale']} scale)")
        + words(200, 12, "middle", "ring: your estimate; bar: computed")
        + "</svg>"
    )
