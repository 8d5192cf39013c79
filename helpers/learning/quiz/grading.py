"""Grading: what was typed or chosen becomes a Result.
Works on resolved questions and knows no widgets.

Everything that comes from a page is data of any shape: it is checked, never evaluated.
"""

import itertools
import re
import unicodedata
from dataclasses import dataclass

from helpers.base import factors
from helpers.learning.quiz import numerals
from helpers.learning.quiz.rules import PAIRED
from helpers.learning.quiz.units import COUNTED, InputError

MAX_TEXT = 200  # characters of a short text
ROUNDING = 1e-9  # relative room at the edge of a tolerance, so that 0.1 + 0.2 is 0.3


@dataclass(frozen=True)
class Result:
    """A graded answer: state (invalid, wrong, partial, right, kept), score 0 to 1,
    and the feedback to show.
    """

    state: str
    score: float = 0.0
    feedback: tuple = ()
    keys: tuple = ()


def grade(question, raw):
    """Return the Result of one answer to a resolved question; `raw` is what the page sent."""
    try:
        answer = READ[question.kind](question, raw)
    except InputError as problem:
        return Result("invalid", 0.0, (str(problem),))
    if question.kind == "estimate":
        return Result(
            "kept",
            0.0,
            (
                f"Your estimate is kept: {answer:g} {question.answer['unit']}".removesuffix(" 1")
                + ". You will see it again beside the computed value.",
            ),
        )
    score, keys = JUDGE[question.kind](question, answer)
    state = "right" if score >= 1 else "partial" if score > 0 else "wrong"
    words = question.text.get("feedback", {})
    said = tuple(words[k] for k in keys if k in words)
    if question.kind == "numeric" and state == "wrong" and not said:
        said = common_slip(question, answer)
    return Result(state, score, said, tuple(keys))


# --- reading: raw -> answer, or InputError ---------------------------------------------------


def _one_option(question, raw):
    if not isinstance(raw, str) or raw not in question.options:
        raise InputError("Nothing is chosen yet; accepted: one of the options.")
    return raw


def _some_options(question, raw):
    if (
        not isinstance(raw, list)
        or not 0 < len(raw) <= len(question.options)
        or not all(isinstance(r, str) and r in question.options for r in raw)
    ):
        raise InputError("Nothing is ticked yet; accepted: one or more of the options.")
    return set(raw)


def _number(question, raw):
    return numerals.read(raw, question.answer["unit"])


def _estimate(question, raw):
    value, (low, high) = _number(question, raw), question.answer["range"]
    if not low <= value <= high:
        raise InputError(
            (
                f"{value:g} is outside what is possible here; accepted: {low:g} to {high:g} "
                f"{question.answer['unit']}"
            ).removesuffix(" 1")
            + "."
        )
    return value


def _sequence(question, raw):
    if (
        not isinstance(raw, list)
        or not all(isinstance(r, str) for r in raw)
        or sorted(raw) != sorted(question.options)
    ):
        raise InputError("The order is as it was; accepted: move at least one row first.")
    return raw


def _pairs(question, raw):
    left, right = question.text["left"], question.text["right"]
    if (
        not isinstance(raw, dict)
        or set(raw) != set(left)
        or not all(isinstance(r, str) and r in right for r in raw.values())
    ):
        raise InputError("Some rows have no partner yet; accepted: a choice in every row.")
    return raw


def _short_text(question, raw):
    typed = raw.strip() if isinstance(raw, str) else ""
    if not any(c.isalnum() for c in typed):
        raise InputError("Nothing is typed yet; accepted: a word or a few.")
    if len(typed) > MAX_TEXT:
        raise InputError(f"That is {len(typed)} characters long; accepted: at most {MAX_TEXT}.")
    return plain(typed)


def plain(text):
    """Return a text without what should not count:
    capitals, accents, punctuation, articles, double spaces.
    """
    letters = "".join(
        c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)
    )
    return re.sub(r"^(the|a|an) ", "", " ".join(re.sub(r"[^\w]+", " ", letters).split()))


# --- judging: answer -> score, keys of the feedback -----------------------------------------------


def close(value, wanted, abs_tol=0.0, rel_tol=0.0):
    """Return whether value lies within the tolerance of wanted;
    the edge itself counts, whatever binary rounding does.
    """
    room = abs_tol + rel_tol * abs(wanted)
    return abs(value - wanted) <= room + ROUNDING * max(abs(wanted), room)


def _judge_one(question, answer):
    return (1.0, []) if answer == question.answer else (0.0, [answer])


def _judge_some(question, answer):
    """Partial credit: each right tick earns its share,
    each wrong one costs the share of a wrong one; never below 0, and all ticked is 0.
    """
    right, wrong = set(question.answer), set(question.options) - set(question.answer)
    score = len(answer & right) / len(right) - len(answer & wrong) / len(wrong)
    keys = [o for o in question.options if o in answer & wrong] + [
        o for o in question.options if o in right - answer
    ]
    return max(0.0, score), keys


def _judge_number(question, answer):
    rule = {k: question.answer.get(k, 0.0) for k in ("abs_tol", "rel_tol")}
    if close(answer, question.answer["value"], **rule):
        return 1.0, []
    return 0.0, [name for name, value in question.wrong.items() if close(answer, value, **rule)][:1]


EXACT = 0.01  # of the value: a factor is exact, and chance would fit many within a wide tolerance


def common_slip(question, answer):
    """Return (a sentence,) on a number that nobody foresaw but many type, else ()."""
    wanted = question.answer["value"]
    rule = {k: question.answer.get(k, 0.0) for k in ("abs_tol", "rel_tol")}
    if close(-answer, wanted, **rule):
        return ("The size is right, the sign is not.",)
    unit = question.answer["unit"]
    rule["rel_tol"] = min(rule["rel_tol"], EXACT)
    for factor, words in factors.of_unit(unit) if unit not in COUNTED else ():
        for power, large in ((factor, "large"), (1 / factor, "small")):
            if wanted and close(answer / power, wanted, **rule):
                return (f"It is too {large} by a factor of {words}.",)
    if any(answer == round(wanted, digits) for digits in range(4)):
        return ("You have rounded, and too much for this question: give one more digit.",)
    return ()


def _judge_order(question, answer):
    """Score by Kendall's tau, so that a blind order earns nothing on average."""
    place = {name: i for i, name in enumerate(question.answer)}
    pairs = [place[a] < place[b] for a, b in itertools.combinations(answer, 2)]
    return max(0.0, 2 * sum(pairs) / len(pairs) - 1), [
        n for n, value in question.wrong.items() if value == answer
    ]


def _judge_pairs(question, answer):
    """Share of right pairs beyond the one that a blind matching finds on average."""
    hits, number = (
        sum(answer[left] == right for left, right in question.answer.items()),
        len(question.answer),
    )
    keys = [
        n
        for n, value in question.wrong.items()
        if all(answer.get(left) == right for left, right in value.items())
    ]
    return max(0.0, (hits - 1) / (number - 1)), keys


def _judge_text(question, answer):
    if answer in map(plain, question.answer):
        return 1.0, []
    return 0.0, [name for name, texts in question.wrong.items() if answer in map(plain, texts)]


READ = {
    "single": _one_option,
    "place": _one_option,
    "multiple": _some_options,
    "numeric": _number,
    "estimate": _estimate,
    "order": _sequence,
    "match": _pairs,
    "label": _pairs,
    "text": _short_text,
}
JUDGE = {
    "single": _judge_one,
    "place": _judge_one,
    "multiple": _judge_some,
    "numeric": _judge_number,
    "order": _judge_order,
    "match": _judge_pairs,
    "label": _judge_pairs,
    "text": _judge_text,
}


# --- what a right answer looks like --------------------------------------------------------------


def solution(question):
    """Return a right answer to a resolved question as the page would send it,
    or None for an estimate.
    """
    if question.kind == "numeric":
        return f"{question.answer['value']!r} {question.answer['unit']}".removesuffix(" 1")
    if question.kind == "text":
        return question.answer[0]
    return None if question.kind == "estimate" else question.answer


def solution_words(question):
    """Return the right answer in words, for the learner who asks to see it."""
    options = question.options
    if question.kind in ("single", "place"):
        return options[question.answer]
    if question.kind in ("multiple", "order"):
        return "; ".join(options[name] for name in question.answer)
    if question.kind in PAIRED:
        return "; ".join(
            f"{question.text['left'][a]}: {question.text['right'][b]}"
            for a, b in question.answer.items()
        )
    if question.kind == "numeric":
        from helpers.learning.quiz.variants import printed

        return f"{printed(question.answer['value'])} {question.answer['unit']}".removesuffix(" 1")
    return question.answer[0] if question.kind == "text" else ""
