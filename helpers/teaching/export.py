"""The bank for other systems: Moodle XML, and QTI 1.2 for Canvas and others.

    python -m helpers.teaching.export moodle 02_station_orbit quiz.xml
    python -m helpers.teaching.export qti 02_station_orbit quiz.zip

What a class answered goes out by `python -m helpers.teaching.results`.

The standard library's XML writer does it: the packages that write such files drop the feedback on each distractor
or know too few kinds. Exported files hold the keys: they are for graded use elsewhere, not for learners' folders.
"""

import dataclasses
import html
import io
import sys
import xml.etree.ElementTree as ET
import zipfile

from helpers.learning.quiz import bank, units, variants


def _add(parent, tag, text=None, **attributes):
    node = ET.SubElement(
        parent, tag, {name.rstrip("_"): str(value) for name, value in attributes.items()}
    )
    if text is not None:
        node.text = _clean(text)
    return node


def _clean(text):
    """Return a text without the control characters that XML cannot hold."""
    return "".join(c for c in str(text) if c in "\t\n" or c >= " ")


def _written(root):
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="utf-8")


def _room(answer):
    """Return the tolerance of a numeric answer as one absolute number."""
    return answer.get("abs_tol", 0.0) + answer.get("rel_tol", 0.0) * abs(answer["value"])


def _questions(lesson):
    return [_elsewhere(variants.resolve(q)) for q in bank.load(lesson).questions]


def _elsewhere(question):
    """Return a question as another system needs it: the unit in the prompt, no backticks, an answer of few digits."""
    text = _plain(question.text)
    if question.kind not in ("numeric", "estimate"):
        return dataclasses.replace(question, text=text)
    unit = question.answer["unit"]
    asked = "" if unit == "1" else f" (Answer in {unit}.)"
    text = text | {"prompt": text["prompt"] + asked}
    answer = question.answer
    if question.kind == "numeric":
        short = float(f"{answer['value']:.6g}")
        if abs(short - answer["value"]) <= _room(answer) / 100:
            answer = answer | {"value": short}
    return dataclasses.replace(question, text=text, answer=answer)


def _plain(words):
    if isinstance(words, str):
        return words.replace("`", "")
    if isinstance(words, dict):
        return {name: _plain(value) for name, value in words.items()}
    return [_plain(value) for value in words]


def _ticks(question):
    """Return {option: share in percent} of a multiple question; wrong ticks cost what right ones earn."""
    right = [o for o in question.options if o in question.answer]
    wrong = [o for o in question.options if o not in question.answer]
    return {o: 100 / len(right) for o in right} | {o: -100 / len(wrong) for o in wrong}


# --- Moodle XML -------------------------------------------------------------------------------


def moodle(lesson):
    """Return a lesson's questions as Moodle XML (bytes), in their reference variants."""
    root = ET.Element("quiz")
    category = _add(root, "question", type="category")
    _add(_add(category, "category"), "text", f"$course$/top/{lesson}")
    for question in _questions(lesson):
        _moodle_question(root, question)
    return _written(root)


MOODLE = {
    "single": "multichoice",
    "place": "multichoice",
    "multiple": "multichoice",
    "numeric": "numerical",
    "text": "shortanswer",
    "order": "ordering",
    "match": "matching",
    "estimate": "essay",
}


def _moodle_question(root, question):
    node = _add(root, "question", type=MOODLE[question.kind])
    _add(_add(node, "name"), "text", f"{question.lesson} {question.id}")
    _html(node, "questiontext", question.text["prompt"])
    _html(node, "generalfeedback", question.text["explanation"])
    _add(node, "defaultgrade", 0 if question.kind == "estimate" else question.points)
    _add(node, "penalty", 0)
    _add(node, "hidden", 0)
    _add(node, "idnumber", f"{question.lesson}.{question.id}.{question.version}")
    MOODLE_BODY[question.kind](node, question)
    for hint in question.text.get("hints", []):
        _html(node, "hint", hint)


def _html(parent, tag, text, **attributes):
    """Add a text as escaped HTML, so that < and & in a question show as they are."""
    node = _add(parent, tag, format="html", **attributes)
    _add(node, "text", html.escape(text, quote=False))
    return node


def _answer(node, fraction, text, feedback="", format="html"):
    answer = _add(node, "answer", fraction=f"{fraction:.5f}".rstrip("0").rstrip("."), format=format)
    _add(answer, "text", html.escape(text, quote=False) if format == "html" else text)
    _html(answer, "feedback", feedback)
    return answer


def _moodle_choice(node, question):
    _add(node, "single", "false" if question.kind == "multiple" else "true")
    _add(node, "shuffleanswers", "true" if question.shuffle else "false")
    _add(node, "answernumbering", "abc")
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
        _add(answer, "tolerance", repr(_room(question.answer | {"value": value})))
    unit = question.answer["unit"]
    if unit != "1":
        row = units.DIMENSIONS[units.UNITS[unit][0]]
        listed = _add(node, "units")
        for name in sorted(
            row, key=lambda name: name != unit
        ):  # the asked one first: it is the default
            one = _add(listed, "unit")
            _add(one, "multiplier", repr(row[unit][0] / row[name][0]))
            _add(one, "unit_name", name)
    _add(node, "unitgradingtype", 0)
    _add(node, "showunits", 3 if unit == "1" else 0)


def _moodle_text(node, question):
    _add(node, "usecase", 0)
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
        _add(node, tag, value)
    for place, name in enumerate(question.answer, 1):
        _answer(node, place, question.options[name])


def _moodle_match(node, question):
    _add(node, "shuffleanswers", "true")
    used = set(question.answer.values())
    for left, right in list(question.answer.items()) + [
        (None, r) for r in question.text["right"] if r not in used
    ]:
        pair = _html(node, "subquestion", question.text["left"].get(left, "") if left else "")
        _add(_add(pair, "answer"), "text", question.text["right"][right])


def _moodle_essay(node, question):
    _add(node, "responseformat", "plain")
    _add(node, "responsefieldlines", 5)  # readers other than Moodle expect it


MOODLE_BODY = {
    "single": _moodle_choice,
    "place": _moodle_choice,
    "multiple": _moodle_choice,
    "numeric": _moodle_number,
    "text": _moodle_text,
    "order": _moodle_order,
    "match": _moodle_match,
    "estimate": _moodle_essay,
}


# --- QTI 1.2 -----------------------------------------------------------------------------------

QTI_XMLNS = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
MANIFEST_XMLNS = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
QTI = {
    "single": "multiple_choice_question",
    "place": "multiple_choice_question",
    "multiple": "multiple_answers_question",
    "numeric": "numerical_question",
    "text": "short_answer_question",
    "order": "matching_question",
    "match": "matching_question",
    "estimate": "essay_question",
}


def qti(lesson):
    """Return a lesson's questions as a QTI 1.2 package: the bytes of a zip that Canvas and others import.

    QTI 1.2 has no ordering that these systems read, so an order question becomes a matching of rows and places.
    """
    name = f"shared-orbits-{lesson}"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for path, text in [
            ("imsmanifest.xml", _manifest(name)),
            (f"{name}/{name}.xml", _assessment(name, lesson)),
        ]:
            package.writestr(
                zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0)), text
            )  # a fixed time: the same bank gives the same bytes
    return stream.getvalue()


def _manifest(name):
    root = ET.Element("manifest", {"xmlns": MANIFEST_XMLNS, "identifier": f"{name}-manifest"})
    metadata = _add(root, "metadata")
    _add(metadata, "schema", "IMS Content")
    _add(metadata, "schemaversion", "1.1.3")
    _add(root, "organizations")
    resource = _add(_add(root, "resources"), "resource", identifier=name, type="imsqti_xmlv1p2")
    _add(resource, "file", href=f"{name}/{name}.xml")
    return _written(root)


def _assessment(name, lesson):
    root = ET.Element("questestinterop", {"xmlns": QTI_XMLNS})
    assessment = _add(root, "assessment", ident=name, title=bank.load(lesson).title)
    section = _add(assessment, "section", ident="root_section")
    for question in _questions(lesson):
        _item(section, question)
    return _written(root)


def _item(section, question):
    item = _add(
        section,
        "item",
        ident=f"{question.lesson}.{question.id}.{question.version}",
        title=question.id,
    )
    fields = _add(_add(item, "itemmetadata"), "qtimetadata")
    for label, entry in [
        ("question_type", QTI[question.kind]),
        ("points_possible", 0 if question.kind == "estimate" else question.points),
    ]:
        field = _add(fields, "qtimetadatafield")
        _add(field, "fieldlabel", label)
        _add(field, "fieldentry", entry)
    presentation = _add(item, "presentation")
    _material(presentation, question.text["prompt"])
    processing = _add(item, "resprocessing")
    _add(
        _add(processing, "outcomes"),
        "decvar",
        maxvalue="100",
        minvalue="0",
        varname="SCORE",
        vartype="Decimal",
    )
    _condition(processing, None, "general_fb")
    QTI_BODY[question.kind](presentation, processing, question)
    for ident, text in [("general_fb", question.text["explanation"])] + [
        (f"{n}_fb", t) for n, t in question.text.get("feedback", {}).items()
    ]:
        _material(_add(_add(item, "itemfeedback", ident=ident), "flow_mat"), text)


def _material(parent, text):
    _add(_add(parent, "material"), "mattext", html.escape(text, quote=False), texttype="text/html")


def _condition(processing, test, feedback=None, score=None, action="Set", more=True):
    """Add a rule: when `test` (a function that fills the condition; None is always), show feedback or set a score."""
    rule = _add(processing, "respcondition", continue_="Yes" if more else "No")
    variable = _add(rule, "conditionvar")
    test(variable) if test else _add(variable, "other")
    if score is not None:
        _add(rule, "setvar", f"{score:g}", action=action, varname="SCORE")
    if feedback:
        _add(rule, "displayfeedback", feedbacktype="Response", linkrefid=feedback)


def _is(ident, value):
    return lambda variable: _add(variable, "varequal", value, respident=ident)


def _labels(presentation, ident, options, cardinality, prompt=None):
    response = _add(presentation, "response_lid", ident=ident, rcardinality=cardinality)
    if prompt is not None:
        _material(response, prompt)
    choices = _add(response, "render_choice")
    for name, text in options.items():
        _material(_add(choices, "response_label", ident=name), text)


def _qti_choice(presentation, processing, question):
    _labels(
        presentation,
        "response1",
        question.options,
        "Multiple" if question.kind == "multiple" else "Single",
    )
    for name in question.text["feedback"]:
        _condition(processing, _is("response1", name), f"{name}_fb")
    if question.kind != "multiple":
        return _condition(processing, _is("response1", question.answer), score=100, more=False)

    def exactly(variable):
        both = _add(variable, "and")
        for name in question.options:
            _is("response1", name)(both if name in question.answer else _add(both, "not"))

    _condition(processing, exactly, score=100, more=False)


def _entry(presentation, decimal=False):
    response = _add(presentation, "response_str", ident="response1", rcardinality="Single")
    _add(
        _add(response, "render_fib", **({"fibtype": "Decimal"} if decimal else {})),
        "response_label",
        ident="answer1",
        **({} if decimal else {"rshuffle": "No"}),
    )


def _within(value, room):
    def test(variable):
        _add(variable, "vargte", repr(value - room), respident="response1")
        _add(variable, "varlte", repr(value + room), respident="response1")

    return test


def _qti_number(presentation, processing, question):
    _entry(presentation, decimal=True)
    for name, value in question.wrong.items():
        _condition(
            processing, _within(value, _room(question.answer | {"value": value})), f"{name}_fb"
        )
    _condition(
        processing, _within(question.answer["value"], _room(question.answer)), score=100, more=False
    )


def _qti_text(presentation, processing, question):
    _entry(presentation)
    for name, texts in question.wrong.items():
        for text in texts:
            _condition(processing, _is("response1", text), f"{name}_fb")

    def one_of(variable):
        for text in question.answer:
            _is("response1", text)(variable)

    _condition(processing, one_of, score=100, more=False)


def _qti_match(presentation, processing, question):
    if question.kind == "order":
        left, answer = (
            question.options,
            {name: f"place{i}" for i, name in enumerate(question.answer, 1)},
        )
        right = {f"place{i}": str(i) for i in range(1, len(left) + 1)}
    else:
        left, answer, right = question.text["left"], question.answer, question.text["right"]
    for name, text in left.items():
        _labels(presentation, f"response_{name}", right, "Single", text)
        _condition(
            processing,
            _is(f"response_{name}", answer[name]),
            score=round(100 / len(left), 2),
            action="Add",
        )


def _qti_essay(presentation, processing, question):
    _entry(presentation)


QTI_BODY = {
    "single": _qti_choice,
    "place": _qti_choice,
    "multiple": _qti_choice,
    "numeric": _qti_number,
    "text": _qti_text,
    "order": _qti_match,
    "match": _qti_match,
    "estimate": _qti_essay,
}


def main(arguments):
    """Run one export; return the exit code."""
    try:
        what, source, *target = arguments
        made = {
            "moodle": moodle,
            "qti": qti,
        }[what](source)
    except (ValueError, KeyError) as problem:
        print(f"shared-orbits: {problem}\n{__doc__}", file=sys.stderr)
        return 2
    if target:
        with open(target[0], "wb") as file:
            file.write(made)
    else:
        sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
