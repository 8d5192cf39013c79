"""Questions as QTI 1.2, which Canvas and others read."""

import html
import io
import xml.etree.ElementTree as ET
import zipfile

from helpers.learning.quiz import bank, variants
from helpers.teaching.export.pictures import numbered, picture
from helpers.teaching.export.questions import add, named, pools, room, written

QTI_XMLNS = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
META_XMLNS = "http://canvas.instructure.com/xsd/cccv1p0"
META_TYPE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
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
    """Return a lesson's questions as a QTI 1.2 package: a zip that Canvas and others import.

    Variants of a question stand in a section of which one is drawn. QTI 1.2 has no ordering that
    these systems read, so an order question becomes a matching of rows and places.
    """
    name = f"shared-orbits-{lesson}"
    made = pools(lesson)
    shown = {q.id: picture(q) for pool in made for q in pool}
    pictures = {f"images/{n}.png": one[0] for n, one in shown.items() if one}
    files = {
        "imsmanifest.xml": _manifest(name, pictures),
        f"{name}/{name}.xml": _assessment(name, lesson, made),
        f"{name}/assessment_meta.xml": _meta(name, lesson),
        **pictures,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in files.items():  # a fixed time: the same bank gives the same bytes
            package.writestr(zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0)), content)
    return stream.getvalue()


def _manifest(name, pictures):
    root = ET.Element("manifest", {"xmlns": MANIFEST_XMLNS, "identifier": f"{name}-manifest"})
    metadata = add(root, "metadata")
    add(metadata, "schema", "IMS Content")
    add(metadata, "schemaversion", "1.1.3")
    add(root, "organizations")
    resources = add(root, "resources")
    quiz = _resource(resources, name, "imsqti_xmlv1p2", f"{name}/{name}.xml")
    add(quiz, "dependency", identifierref=f"{name}-meta")
    _resource(resources, f"{name}-meta", META_TYPE, f"{name}/assessment_meta.xml")
    for number, path in enumerate(pictures):
        _resource(resources, f"{name}-picture{number}", "webcontent", path)
    return written(root)


def _resource(resources, name, kind, path):
    resource = add(resources, "resource", identifier=name, type=kind)
    add(resource, "file", href=path)
    return resource


def _meta(name, lesson):
    """Return what Canvas wants to know beside the questions: it shuffles for a whole quiz only."""
    root = ET.Element("quiz", {"xmlns": META_XMLNS, "identifier": name})
    add(root, "title", bank.load(lesson).title)
    add(root, "description", "")
    add(root, "shuffle_answers", "true")
    add(root, "quiz_type", "assignment")
    return written(root)


def _assessment(name, lesson, made):
    root = ET.Element("questestinterop", {"xmlns": QTI_XMLNS})
    assessment = add(root, "assessment", ident=name, title=bank.load(lesson).title)
    section = add(assessment, "section", ident="root_section")
    for pool in made:
        place = section if len(pool) == 1 else _one_of(section, pool[0])
        for title, question in named(pool, "."):
            _item(place, title, question)
    return written(root)


def _one_of(section, question):
    """Add and return a section of which the system draws one item for each pupil."""
    ident = f"{question.lesson}.{question.id}"
    group = add(section, "section", ident=ident, title=question.id)
    selection = add(add(group, "selection_ordering"), "selection")
    add(selection, "selection_number", 1)
    add(add(selection, "selection_extension"), "points_per_item", question.points)
    return group


def _item(section, title, question):
    ident = f"{question.lesson}.{title}.{question.version}"
    item = add(section, "item", ident=ident, title=title)
    fields = add(add(item, "itemmetadata"), "qtimetadata")
    for label, entry in [
        ("question_type", QTI[question.kind]),
        ("points_possible", 0 if question.kind == "estimate" else question.points),
    ]:
        field = add(fields, "qtimetadatafield")
        add(field, "fieldlabel", label)
        add(field, "fieldentry", entry)
    presentation = add(item, "presentation")
    _material(presentation, question.text["prompt"], _picture_tag(question))
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


def _picture_tag(question):
    shown = picture(question)
    if not shown:
        return ""
    source = f"%24IMS-CC-FILEBASE%24/images/{question.id}.png"
    return f'<p><img src="{source}" alt="{html.escape(shown[1])}"></p>'


def _material(parent, text, tag=""):
    words = html.escape(text, quote=False) + tag
    add(add(parent, "material"), "mattext", words, texttype="text/html")


def _condition(processing, test, feedback=None, score=None, action="Set", more=True):
    """Add a rule: when `test` (a function that fills the condition;
    None is always), show feedback or set a score.
    """
    rule = add(processing, "respcondition", continue_="Yes" if more else "No")
    variable = add(rule, "conditionvar")
    test(variable) if test else add(variable, "other")
    if score is not None:
        add(rule, "setvar", f"{score:g}", action=action, varname="SCORE")
    if feedback:
        add(rule, "displayfeedback", feedbacktype="Response", linkrefid=feedback)


def _is(ident, value):
    return lambda variable: add(variable, "varequal", value, respident=ident)


def _labels(presentation, ident, options, cardinality, prompt=None, shuffle=False):
    response = add(presentation, "response_lid", ident=ident, rcardinality=cardinality)
    if prompt is not None:
        _material(response, prompt)
    choices = add(response, "render_choice", **({"shuffle": "Yes"} if shuffle else {}))
    for name, text in options.items():
        _material(add(choices, "response_label", ident=name), text)


def _qti_choice(presentation, processing, question):
    # Systems that do not shuffle show the order drawn here, not the author's.
    order = variants.shuffled(question, question.options, "options")
    options = {n: question.options[n] for n in (order if question.shuffle else question.options)}
    many = "Multiple" if question.kind == "multiple" else "Single"
    _labels(presentation, "response1", options, many, shuffle=question.shuffle)
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
        left = numbered(question) if question.kind == "label" else question.text["left"]
        answer, right = question.answer, question.text["right"]
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
