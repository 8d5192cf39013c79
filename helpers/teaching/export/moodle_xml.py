"""Questions as Moodle XML."""

import base64
import html
import xml.etree.ElementTree as ET

from helpers.learning.quiz import units
from helpers.teaching.export.pictures import numbered, picture
from helpers.teaching.export.questions import add, named, pools, room, written


def _ticks(question):
    """Return {option: share in percent} of a multiple question;
    wrong ticks cost what right ones earn.
    """
    right = [o for o in question.options if o in question.answer]
    wrong = [o for o in question.options if o not in question.answer]
    return {o: 100 / len(right) for o in right} | {o: -100 / len(wrong) for o in wrong}


def moodle(lesson):
    """Return a lesson's questions as Moodle XML (bytes).

    Variants of a question stand in a category of their own below the lesson's: add one *random
    question* from it to a quiz, and pupils get different numbers.
    """
    root = ET.Element("quiz")
    made = pools(lesson)
    _category(root, lesson)
    for pool in made:
        if len(pool) == 1:
            _moodle_question(root, pool[0].id, pool[0])
    for pool in made:
        if len(pool) > 1:
            _category(root, f"{lesson}/{pool[0].id}")
            for name, question in named(pool, " "):
                _moodle_question(root, name, question)
    return written(root)


def _category(root, name):
    category = add(root, "question", type="category")
    add(add(category, "category"), "text", f"$course$/top/{name}")


MOODLE = {
    "single": "multichoice",
    "place": "multichoice",
    "multiple": "multichoice",
    "numeric": "numerical",
    "text": "shortanswer",
    "order": "ordering",
    "match": "matching",
    "label": "matching",
    "estimate": "essay",
}


def _moodle_question(root, name, question):
    node = add(root, "question", type=MOODLE[question.kind])
    add(add(node, "name"), "text", f"{question.lesson} {name}")
    _prompt(node, question)
    _html(node, "generalfeedback", question.text["explanation"])
    add(node, "defaultgrade", 0 if question.kind == "estimate" else question.points)
    add(node, "penalty", 0)
    add(node, "hidden", 0)
    add(node, "idnumber", f"{question.lesson}.{name.replace(' ', '.')}.{question.version}")
    MOODLE_BODY[question.kind](node, question)
    for hint in question.text.get("hints", []):
        _html(node, "hint", hint)


def _prompt(node, question):
    """Add the prompt, and below it the picture, which travels inside the file."""
    prompt = _html(node, "questiontext", question.text["prompt"])
    if shown := picture(question):
        data, words = shown
        name = f"{question.id}.png"
        tag = f'<p><img src="@@PLUGINFILE@@/{name}" alt="{html.escape(words)}"></p>'
        prompt.find("text").text += tag
        code = base64.b64encode(data).decode()
        add(prompt, "file", code, name=name, path="/", encoding="base64")


def _html(parent, tag, text, **attributes):
    """Add a text as escaped HTML, so that < and & in a question show as they are."""
    node = add(parent, tag, format="html", **attributes)
    add(node, "text", html.escape(text, quote=False))
    return node


def _answer(node, fraction, text, feedback="", format="html"):
    answer = add(node, "answer", fraction=f"{fraction:.5f}".rstrip("0").rstrip("."), format=format)
    add(answer, "text", html.escape(text, quote=False) if format == "html" else text)
    _html(answer, "feedback", feedback)
    return answer


def _moodle_choice(node, question):
    add(node, "single", "false" if question.kind == "multiple" else "true")
    add(node, "shuffleanswers", "true" if question.shuffle else "false")
    add(node, "answernumbering", "abc")
    share = _ticks(question) if question.kind == "multiple" else {question.answer: 100}
    for name, text in question.options.items():
        _answer(node, share.get(name, 0), text, question.text["feedback"].get(name, ""))


def _moodle_number(node, question):
    for value, fraction, name in [(question.answer["value"], 100, None)] + [
        (v, 0, n) for n, v in question.wrong.items()
    ]:
        answer = _answer(
            node,
            fraction,
            repr(value),
            question.text["feedback"].get(name, ""),
            "moodle_auto_format",
        )
        add(answer, "tolerance", repr(room(question.answer | {"value": value})))
    unit = question.answer["unit"]
    if unit != "1":
        row = units.DIMENSIONS[units.UNITS[unit][0]]
        listed = add(node, "units")
        for name in sorted(
            row, key=lambda name: name != unit
        ):  # the asked one first: it is the default
            one = add(listed, "unit")
            add(one, "multiplier", repr(row[unit][0] / row[name][0]))
            add(one, "unit_name", name)
    add(node, "unitgradingtype", 0)
    add(node, "showunits", 3 if unit == "1" else 0)


def _moodle_text(node, question):
    add(node, "usecase", 0)
    for text in question.answer:
        _answer(node, 100, text, "", "moodle_auto_format")
    for name, texts in question.wrong.items():
        for text in texts:
            _answer(node, 0, text, question.text["feedback"][name], "moodle_auto_format")


def _moodle_order(node, question):
    for tag, value in {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": 0,
        "gradingtype": "LONGEST_ORDERED_SUBSET",
    }.items():
        add(node, tag, value)
    for place, name in enumerate(question.answer, 1):
        _answer(node, place, question.options[name])


def _moodle_match(node, question):
    add(node, "shuffleanswers", "true")
    used = set(question.answer.values())
    texts = numbered(question) if question.kind == "label" else question.text["left"]
    for left, right in list(question.answer.items()) + [
        (None, r) for r in question.text["right"] if r not in used
    ]:
        pair = _html(node, "subquestion", texts.get(left, ""))
        add(add(pair, "answer"), "text", question.text["right"][right])


def _moodle_essay(node, question):
    add(node, "responseformat", "plain")
    add(node, "responsefieldlines", 5)  # readers other than Moodle expect it


MOODLE_BODY = {
    "single": _moodle_choice,
    "place": _moodle_choice,
    "multiple": _moodle_choice,
    "numeric": _moodle_number,
    "text": _moodle_text,
    "order": _moodle_order,
    "match": _moodle_match,
    "label": _moodle_match,
    "estimate": _moodle_essay,
}
