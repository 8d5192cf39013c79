"""What both formats need: XML by the standard library, questions as another system asks them."""

import dataclasses
import xml.etree.ElementTree as ET

from helpers.learning.quiz import bank, variants
from helpers.teaching import words


def add(parent, tag, text=None, **attributes):
    """Add an element with its text and attributes; an attribute may end in _ (class_)."""
    node = ET.SubElement(
        parent, tag, {name.rstrip("_"): str(value) for name, value in attributes.items()}
    )
    if text is not None:
        node.text = _clean(text)
    return node


def _clean(text):
    """Return a text without the control characters that XML cannot hold."""
    return "".join(c for c in str(text) if c in "\t\n" or c >= " ")


def written(root):
    """Return an XML tree as bytes, with its declaration."""
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="utf-8")


def room(answer):
    """Return the tolerance of a numeric answer as one absolute number."""
    return answer.get("abs_tol", 0.0) + answer.get("rel_tol", 0.0) * abs(answer["value"])


VARIANTS = 5  # of a question with parameters: neighbours then hardly ever have the same numbers


def pools(lesson):
    """Return the questions of a lesson as other systems ask them: a list of lists.

    A question with parameters is a list of up to five variants with other numbers, of which each
    pupil should get one; each other question is a list of one.
    """
    chosen = [q for q in bank.load(lesson).questions if q.section not in bank.TESTS]  # never graded
    return [[_elsewhere(one) for one in _variants(question)] for question in chosen]


def _variants(question):
    found = {}
    for nth in range(8 * VARIANTS if question.params else 1):
        one = variants.resolve(question, nth=nth)
        found.setdefault(one.text["prompt"], one)
        if len(found) == VARIANTS:
            break
    return list(found.values())


def named(pool, sign):
    """Return [(name, question)] of a pool: the question's id, and from the second one a number.

    sign: what stands between the two.
    """
    return [(q.id if n == 1 else f"{q.id}{sign}{n}", q) for n, q in enumerate(pool, 1)]


def rounded(value, room):
    """Return a number with as few digits as its tolerance allows: off by a hundredth at most."""
    shorter = (float(f"{value:.{digits}g}") for digits in range(3, 17))
    return next((one for one in shorter if abs(one - value) <= room / 100), value)


def _elsewhere(question):
    """Return a question as another system needs it: unit in the prompt, no helpers, few digits."""
    text = words.plain(words.without_tools(question.text))
    if question.kind not in ("numeric", "estimate"):
        return dataclasses.replace(question, text=text)
    unit = question.answer["unit"]
    asked = "" if unit == "1" else f" (Answer in {unit}.)"
    text = text | {"prompt": text["prompt"] + asked}
    if question.kind == "estimate":
        return dataclasses.replace(question, text=text)
    answer = question.answer
    answer = answer | {"value": rounded(answer["value"], room(answer))}
    wrong = {n: rounded(v, room(answer | {"value": v})) for n, v in question.wrong.items()}
    return dataclasses.replace(question, text=text, answer=answer, wrong=wrong)
