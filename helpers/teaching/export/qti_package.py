"""Questions as QTI 1.2, which Canvas and others read."""

import html
import io
import xml.etree.ElementTree as ET
import zipfile

from helpers.learning.quiz import bank
from helpers.teaching.export.questions import add, questions, room, written

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
    "label": "matching_question",
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
    metadata = add(root, "metadata")
    add(metadata, "schema", "IMS Content")
    add(metadata, "schemaversion", "1.1.3")
    add(root, "organizations")
    resource = add(add(root, "resources"), "resource", identifier=name, type="imsqti_xmlv1p2")
    add(resource, "file", href=f"{name}/{name}.xml")
    return written(root)


def _assessment(name, lesson):
    root = ET.Element("questestinterop", {"xmlns": QTI_XMLNS})
    assessment = add(root, "assessment", ident=name, title=bank.load(lesson).title)
    section = add(assessment, "section", ident="root_section")
    for question in questions(lesson):
        _item(section, question)
    return written(root)


def _item(section, question):
    item = add(
        section,
        "item",
        ident=f"{question.lesson}.{question.id}.{question.version}",
        title=question.id,
    )
    fields = add(add(item, "itemmetadata"), "qtimetadata")
    for label, entry in [
        ("question_type", QTI[question.kind]),
        ("points_possible", 0 if question.kind == "estimate" else question.points),
    ]:
        field = add(fields, "qtimetadatafield")
        add(field, "fieldlabel", label)
        add(field, "fieldentry", entry)
    presentation = add(item, "presentation")
    _material(presentation, question.text["prompt"])
    processing = add(item, "resprocessing")
    add(
        add(processing, "outcomes"),
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
        _material(add(add(item, "itemfeedback", ident=ident), "flow_mat"), text)


def _material(parent, text):
    add(add(parent, "material"), "mattext", html.escape(text, quote=False), texttype="text/html")


def _condition(processing, test, feedback=None, score=None, action="Set", more=True):
    """Add a rule: when `test` (a function that fills the condition; None is always), show feedback or set a score."""
    rule = add(processing, "respcondition", continue_="Yes" if more else "No")
    variable = add(rule, "conditionvar")
    test(variable) if test else add(variable, "other")
    if score is not None:
        add(rule, "setvar", f"{score:g}", action=action, varname="SCORE")
    if feedback:
        add(rule, "displayfeedback", feedbacktype="Response", linkrefid=feedback)


def _is(ident, value):
    return lambda variable: add(variable, "varequal", value, respident=ident)


def _labels(presentation, ident, options, cardinality, prompt=None):
    response = add(presentation, "response_lid", ident=ident, rcardinality=cardinality)
    if prompt is not None:
        _material(response, prompt)
    choices = add(response, "render_choice")
    for name, text in options.items():
        _material(add(choices, "response_label", ident=name), text)


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
        both = add(variable, "and")
        for name in question.options:
            _is("response1", name)(both if name in question.answer else add(both, "not"))

    _condition(processing, exactly, score=100, more=False)


def _entry(presentation, decimal=False):
    response = add(presentation, "response_str", ident="response1", rcardinality="Single")
    add(
        add(response, "render_fib", **({"fibtype": "Decimal"} if decimal else {})),
        "response_label",
        ident="answer1",
        **({} if decimal else {"rshuffle": "No"}),
    )


def _within(value, room):
    def test(variable):
        add(variable, "vargte", repr(value - room), respident="response1")
        add(variable, "varlte", repr(value + room), respident="response1")

    return test


def _qti_number(presentation, processing, question):
    _entry(presentation, decimal=True)
    for name, value in question.wrong.items():
        _condition(
            processing, _within(value, room(question.answer | {"value": value})), f"{name}_fb"
        )
    _condition(
        processing, _within(question.answer["value"], room(question.answer)), score=100, more=False
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
    "label": _qti_match,
    "estimate": _qti_essay,
}
