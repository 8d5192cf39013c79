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


def questions(lesson):
    """Return the questions of a lesson in their reference variants, as another system asks them."""
    chosen = [q for q in bank.load(lesson).questions if q.section not in bank.TESTS]  # never graded
    return [_elsewhere(variants.resolve(q)) for q in chosen]


def _elsewhere(question):
    """Return a question as another system needs it: the unit in the prompt, no helpers, few digits."""
    text = words.plain(words.without_tools(question.text))
    if question.kind not in ("numeric", "estimate"):
        return dataclasses.replace(question, text=text)
    unit = question.answer["unit"]
    asked = "" if unit == "1" else f" (Answer in {unit}.)"
    text = text | {"prompt": text["prompt"] + asked}
    answer = question.answer
    if question.kind == "numeric":
        short = float(f"{answer['value']:.6g}")
        if abs(short - answer["value"]) <= room(answer) / 100:
            answer = answer | {"value": short}
    return dataclasses.replace(question, text=text, answer=answer)
