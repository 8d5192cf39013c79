"""The rules of a question that a schema cannot say:
which ids, feedback, units and params belong together.
"""

import functools
import itertools
import json
import math
import re

from helpers.learning.quiz import units, variants
from helpers.tables.yaml_files import FileError, short

OPTION_KINDS = ("single", "multiple", "place", "order")  # the answer is made of ids of text.options

PAIRED = ("match", "label")  # the answer pairs ids of text.left with ids of text.right
APART = 24  # units of a figure: marks nearer than this cannot be told apart by a finger


def refusal(file, question, name, value, accepted):
    return FileError(
        f"{file}, question {question.id!r}, field {name!r}: {short(value)} is not accepted; "
        f"accepted: {accepted}"
    )


def check(file, question):
    refuse = functools.partial(refusal, file, question)
    _check_answer(refuse, question)
    _check_wrong(refuse, question)
    _check_feedback(refuse, question)
    unit = question.answer.get("unit") if question.kind in ("numeric", "estimate") else None
    if unit is not None and not units.known(unit):
        raise refuse(
            "answer.unit", unit, ", ".join(sorted({u for _, u, _ in units.UNITS.values()}))
        )
    _check_params(refuse, question)
    if question.kind == "label":
        _check_figure(refuse, question)


def _check_figure(refuse, question):
    """A figure's parts are those that text.left describes, inside it,
    and far enough from one another.
    """
    parts, (wide, high) = question.figure["parts"], question.figure["size"]
    if set(parts) != set(question.text["left"]):
        accepted = f"the ids of text.left: {', '.join(question.text['left'])}"
        raise refuse("figure.parts", list(parts), accepted)
    for name, (x, y) in parts.items():
        if not (0 <= x <= wide and 0 <= y <= high):
            raise refuse(f"figure.parts.{name}", [x, y], f"a point within {wide} x {high}")
    for (one, a), (other, b) in itertools.combinations(parts.items(), 2):
        if math.dist(a, b) < APART:
            raise refuse(f"figure.parts.{other}", b, f"a point {APART} or more from {one!r}")
    for number, shape in enumerate(question.figure["shapes"]):
        if len(shape.get("line", ())) % 2:
            raise refuse(f"figure.shapes.{number}.line", shape["line"], "x, y of each point")


def _check_answer(refuse, question):
    if question.kind in OPTION_KINDS:
        for name in question.answer if isinstance(question.answer, list) else [question.answer]:
            if name not in question.options:
                raise refuse("answer", name, f"ids of text.options: {', '.join(question.options)}")
    if question.kind == "multiple" and set(question.answer) == set(question.options):
        raise refuse(
            "answer",
            question.answer,
            "at least one option that is wrong, else ticking all would be right",
        )
    if question.kind == "order" and set(question.answer) != set(question.options):
        raise refuse(
            "answer",
            question.answer,
            f"every id of text.options once: {', '.join(question.options)}",
        )
    if question.kind == "place" and set(question.places) != set(question.options):
        raise refuse(
            "places",
            list(question.places),
            f"the ids of text.options: {', '.join(question.options)}",
        )
    if question.kind in PAIRED:
        if set(question.answer) != set(question.text["left"]):
            raise refuse(
                "answer",
                list(question.answer),
                f"the ids of text.left: {', '.join(question.text['left'])}",
            )
        for name in question.answer.values():
            if name not in question.text["right"]:
                raise refuse(
                    "answer", name, f"ids of text.right: {', '.join(question.text['right'])}"
                )
    if (
        question.kind == "estimate"
        and not question.answer["range"][0] < question.answer["range"][1]
    ):
        raise refuse("answer.range", question.answer["range"], "the smaller number first")
    if (
        question.kind == "estimate"
        and question.answer["scale"] == "log"
        and question.answer["range"][0] <= 0
    ):
        raise refuse(
            "answer.range", question.answer["range"], "numbers above 0, because the scale is log"
        )


def _check_wrong(refuse, question):
    """A foreseen wrong answer is one that a learner can give: of the same ids as the right one."""
    for name, raw in question.wrong.items():
        if question.kind == "order" and set(raw) != set(question.options):
            known = ", ".join(question.options)
            raise refuse(f"wrong.{name}", raw, f"every id of text.options once: {known}")
        if question.kind in PAIRED:
            for side, ids in (("left", raw), ("right", raw.values())):
                if unknown := set(ids) - set(question.text[side]):
                    known = ", ".join(question.text[side])
                    raise refuse(f"wrong.{name}", min(unknown), f"ids of text.{side}: {known}")


def distractors(question):
    """Return the names that need feedback of their own: wrong options, or the keys of `wrong`."""
    if question.kind in ("single", "multiple", "place"):
        right = question.answer if isinstance(question.answer, list) else [question.answer]
        return [name for name in question.options if name not in right]
    return list(question.wrong)


def _check_feedback(refuse, question):
    given, needed = question.text.get("feedback", {}), distractors(question)
    for name in needed:
        if name not in given:
            raise refuse(
                "text.feedback",
                list(given),
                f"feedback on {name!r} too, which says what misconception leads there",
            )
    for name in given:
        if name not in needed and name not in question.options:
            raise refuse("text.feedback", name, f"names of wrong answers: {', '.join(needed)}")


def _check_params(refuse, question):
    used = set(re.findall(r"\{(\w+)\}", json.dumps(question.text)))
    unknown = used - set(question.params) - {"answer"}
    if unknown:
        raise refuse(
            "text",
            "{" + sorted(unknown)[0] + "}",
            f"names of params: {', '.join(question.params) or 'there are none'}, and {{answer}} in "
            "explanation, feedback and hints",
        )
    if "{answer}" in question.text["prompt"]:
        raise refuse("text.prompt", "{answer}", "a prompt that does not hold the answer")
    for name, rule in question.params.items():
        if "choices" not in rule and not (rule["from"] <= rule["to"] and rule["step"] > 0):
            raise refuse(f"params.{name}", rule, "from not above to, and a step above 0")
    for name, what in variants.formulas(question):
        try:
            variants.function(what["function"])
        except variants.FormulaError as problem:
            raise refuse(name, what["function"], problem) from None
    try:
        variants.resolve(question)
    except variants.FormulaError as problem:
        raise FileError(f"{question.lesson}.yaml, {problem}") from None
