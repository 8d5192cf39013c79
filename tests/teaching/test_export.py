"""Exports read back by readers that share no code with the writer:
the answers they accept are the answers we accept.

Moodle XML: the package moodle-xml-parser, and a small grader of the format. QTI: an interpreter of
its response processing, and text2qti (another writer) as the judge of which elements and attributes
such a file may hold.
"""

import html
import io
import re

import xml.etree.ElementTree as ET
import zipfile

import pytest

from helpers.learning.quiz import bank, grading, numerals, rules, variants
from helpers.teaching import export
from helpers.teaching.export import __main__ as command
from tests.learning.quiz.selftest import raw_distractors

LESSON = "90_every_kind"
LESSONS = bank.lessons()


@pytest.fixture
def questions(example):
    return [variants.resolve(q) for q in bank.load(LESSON).questions]


def answers(question):
    """Return answers to try: the right one, each distractor, and a few that are partly right."""
    if question.kind == "estimate":
        return []
    more = {"multiple": [[name] for name in question.options] + [list(question.options)]}.get(
        question.kind, []
    )
    return [grading.solution(question), *raw_distractors(question).values(), *more]


def without_number(text):
    """Return the text of a part of a drawing without the number that the picture shows."""
    return re.sub(r"^\d+\. ", "", text)


# --- Moodle -----------------------------------------------------------------------------------


def text_of(node, path):
    return html.unescape(node.findtext(f"{path}/text") or "")


def moodle_score(node, question, raw):
    """Grade an answer as Moodle would, from the XML alone:
    fractions of answers, tolerances, units, pairs, order.
    """
    kind, found = node.get("type"), node.findall("answer")
    if kind == "multichoice":
        chosen = [question.options[name] for name in (raw if isinstance(raw, list) else [raw])]
        total = sum(float(a.get("fraction")) for a in found if text_of(a, ".") in chosen)
        return round(max(0.0, total) / 100, 4)
    if kind == "shortanswer":
        return max(
            [
                float(a.get("fraction")) / 100
                for a in found
                if a.findtext("text").casefold() == raw.strip().casefold()
            ],
            default=0,
        )
    if kind == "numerical":
        value, _, unit = raw.partition(" ")
        factors = {
            u.findtext("unit_name"): float(u.findtext("multiplier"))
            for u in node.findall("units/unit")
        }
        number = float(value) / factors.get(unit, 1)
        for a in found:
            if abs(number - float(a.findtext("text"))) <= float(a.findtext("tolerance")) * (
                1 + 1e-9
            ):
                return float(a.get("fraction")) / 100
        return 0
    if kind == "matching":
        pairs = {
            without_number(text_of(s, ".")): s.findtext("answer/text")
            for s in node.findall("subquestion")
            if text_of(s, ".")
        }
        return sum(
            pairs[question.text["left"][l]] == question.text["right"][r] for l, r in raw.items()
        ) / len(pairs)
    right = [text_of(a, ".") for a in sorted(found, key=lambda a: float(a.get("fraction")))]
    return float([question.options[name] for name in raw] == right)


def test_moodle_accepts_what_we_accept(questions):
    root = ET.fromstring(export.moodle(LESSON))
    nodes = {
        q.findtext("name/text").partition(" ")[2]: q
        for q in root.findall("question")
        if q.get("type") != "category"
    }
    assert {q.id for q in questions} <= set(nodes)
    for question in questions:
        for raw in answers(question):
            ours, theirs = (
                grading.grade(question, raw),
                moodle_score(nodes[question.id], question, raw),
            )
            assert (theirs == 1) == (ours.state == "right"), (question.id, raw, theirs)
            if question.kind == "multiple":
                assert theirs == pytest.approx(ours.score, abs=1e-4)


def test_moodle_converts_units_as_we_do(questions):
    node = next(
        q
        for q in ET.fromstring(export.moodle(LESSON)).findall("question")
        if q.get("type") == "numerical"
    )
    question = next(q for q in questions if q.id == "period")
    for raw in ("1.5666 h", "5639.9 s", "93.998 min", "1.5666 min"):
        assert (moodle_score(node, question, raw) == 1) == (
            grading.grade(question, raw).state == "right"
        ), raw


def test_moodle_holds_words_feedback_and_hints(questions):
    root = ET.fromstring(export.moodle(LESSON))
    text = html.unescape(html.unescape(ET.tostring(root, encoding="unicode")))
    for question in questions:
        wanted = [
            question.text["prompt"],
            question.text["explanation"],
            *question.text.get("hints", []),
            *question.options.values(),
        ]
        wanted += (
            [question.text["feedback"][n] for n in rules.distractors(question)]
            if question.kind not in ("order", *rules.PAIRED)
            else []
        )
        assert [w for w in wanted if w not in text] == []


def test_an_independent_reader_of_moodle_xml_finds_the_choices(questions):
    from moodle_xml_parser.parser import parse_bytes

    found = {q.name.split()[1]: q for q in parse_bytes(export.moodle(LESSON))["multichoice"]}
    choices = [q for q in questions if q.kind in ("single", "place", "multiple")]
    assert set(found) == {q.id for q in choices}
    for question in choices:
        read = found[question.id]
        right = question.answer if isinstance(question.answer, list) else [question.answer]
        assert read.text_pre_parse.partition("<p><img ")[0] == question.text["prompt"]
        assert read.single == (question.kind != "multiple")
        assert {o.answer: o.score_fraction > 0 for o in read.options} == {
            text: name in right for name, text in question.options.items()
        }
        assert {o.answer: o.feedback for o in read.options if o.feedback} == {
            question.options[n]: text for n, text in question.text["feedback"].items()
        }


# --- QTI --------------------------------------------------------------------------------------

Q = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


def qti_items(package):
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        manifest = ET.fromstring(files.read("imsmanifest.xml"))
        listed = [f.get("href") for f in manifest.iter() if f.tag.endswith("}file")]
        assert set(listed) | {"imsmanifest.xml"} == set(files.namelist())
        root = ET.fromstring(files.read(listed[0]))
    return {item.get("title"): item for item in root.iter(f"{Q}item")}


def qti_responses(item, question, raw):
    """Return what a learner's answer is in QTI's own terms: {response ident:
    set of idents or texts}.
    """
    lids = [r.get("ident") for r in item.iter(f"{Q}response_lid")]
    if question.kind in rules.PAIRED:
        return {f"response_{left}": {right} for left, right in raw.items()}
    if question.kind == "order":
        return {f"response_{name}": {f"place{i}"} for i, name in enumerate(raw, 1)}
    if lids:
        return {lids[0]: set(raw) if isinstance(raw, list) else {raw}}
    return {
        "response1": {
            repr(numerals.read(raw, question.answer["unit"]))
            if question.kind == "numeric"
            else raw.strip()
        }
    }


def holds(node, given):
    """Evaluate a QTI 1.2 condition: its children all hold (and), none (not), at least one (or,
    and the top level here).
    """
    tag = node.tag.removeprefix(Q)
    if tag == "and":
        return all(holds(child, given) for child in node)
    if tag == "not":
        return not any(holds(child, given) for child in node)
    if tag == "other":
        return True
    values = given[node.get("respident")]
    if tag == "varequal":
        return node.text.casefold() in {v.casefold() for v in values}
    return any(
        float(v) >= float(node.text) if tag == "vargte" else float(v) <= float(node.text)
        for v in values
    )


def condition(variable, given):
    tags = {child.tag.removeprefix(Q) for child in variable}
    return (all if tags & {"vargte", "varlte"} else any)(holds(child, given) for child in variable)


def qti_score(item, question, raw):
    """Run the item's response processing; return its score and the feedback texts it displays."""
    given, score, shown = qti_responses(item, question, raw), 0.0, []
    texts = {
        f.get("ident"): html.unescape("".join(f.itertext()).strip())
        for f in item.findall(f"{Q}itemfeedback")
    }
    for rule in item.iter(f"{Q}respcondition"):
        if condition(rule.find(f"{Q}conditionvar"), given):
            for setting in rule.findall(f"{Q}setvar"):
                score = float(setting.text) + (score if setting.get("action") == "Add" else 0)
            shown += [texts[d.get("linkrefid")] for d in rule.findall(f"{Q}displayfeedback")]
            if rule.get("continue") == "No":
                break
    return score, shown


def test_qti_accepts_what_we_accept(questions):
    items = qti_items(export.qti(LESSON))
    assert [name for name in items if "." not in name] == [q.id for q in questions]
    for question in questions:
        for raw in answers(question):
            score, shown = qti_score(items[question.id], question, raw)
            assert (score >= 99.9) == (grading.grade(question, raw).state == "right"), (
                question.id,
                raw,
                score,
            )
            assert question.text["explanation"] in shown
        for name, raw in raw_distractors(question).items():
            if question.kind not in ("order", *rules.PAIRED):
                assert (
                    question.text["feedback"][name]
                    in qti_score(items[question.id], question, raw)[1]
                )


def paths(item):
    """Return {(path of tags, sorted attribute names)} of an item, and its question type."""
    found = set()

    def walk(node, way):
        tag = node.tag.removeprefix(Q)
        found.add(("/".join([*way, tag]), tuple(sorted(node.attrib))))
        for child in node:
            walk(child, [*way, tag])

    walk(item, [])
    fields = {
        f.findtext(f"{Q}fieldlabel"): f.findtext(f"{Q}fieldentry")
        for f in item.iter(f"{Q}qtimetadatafield")
    }
    return found, fields["question_type"]


PEER = """Quiz title: Peer

1. What is chosen?
... General.
*a) This
... Good
b) That
... Bad

2. What is ticked?
... General.
[*] This
... Good
[ ] That
... Bad
[*] Other

3. What number?
... General.
=   [1.4, 1.6]

4. What word?
... General.
*   hertz
*   Hz

5. Write.
... General.
____
"""


# Of IMS QTI 1.2 itself (ASI information model, render_choice); text2qti never shuffles.
SHUFFLED = ("item/presentation/response_lid/render_choice", ("shuffle",))


def test_qti_holds_only_what_another_writer_writes_too(questions):
    """Every element, with its attributes, stands at a place where text2qti's file for the
    same question type has it.
    """
    from text2qti.config import Config
    from text2qti.qti import QTI
    from text2qti.quiz import Quiz

    stream = io.BytesIO()
    QTI(Quiz(PEER, config=Config())).write(stream)
    with zipfile.ZipFile(stream) as files:
        name = next(
            n for n in files.namelist() if n.endswith(".xml") and "/" in n and "meta" not in n
        )
        theirs = [paths(item) for item in ET.fromstring(files.read(name)).iter(f"{Q}item")]
    known = {kind: found for found, kind in theirs}
    everywhere = set().union(*known.values())
    assert set(known) == {
        "multiple_choice_question",
        "multiple_answers_question",
        "numerical_question",
        "short_answer_question",
        "essay_question",
    }
    for item in qti_items(export.qti(LESSON)).values():
        found, kind = paths(item)
        if kind in known:
            assert sorted(p for p in found if p not in everywhere | {SHUFFLED}) == [], kind


def test_prompts_elsewhere_name_the_unit_and_hold_no_backticks():
    root = ET.fromstring(export.moodle("04_lunar_missions"))
    nodes = {
        n.findtext("name/text"): n for n in root.findall("question") if n.find("name") is not None
    }
    turn = nodes["04_lunar_missions relay-turn"]
    assert text_of(turn, "questiontext").endswith("(Answer in h.)")
    assert len(turn.findtext("answer/text")) <= 8
    assert nodes["04_lunar_missions home-hours"].findtext("responsefieldlines") == "5"
    for lesson in LESSONS:
        if lesson != LESSON:
            assert b"`" not in export.moodle(lesson)


def test_the_same_bank_gives_the_same_bytes(questions):
    assert export.qti(LESSON) == export.qti(LESSON) and export.moodle(LESSON) == export.moodle(
        LESSON
    )


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_bank_of_the_course_is_exported(lesson, monkeypatch):
    monkeypatch.delenv("SHARED_ORBITS_DATA", raising=False)
    asked = {q.id for q in bank.load(lesson).questions if q.section not in bank.TESTS}
    nodes = ET.fromstring(export.moodle(lesson)).findall("question")
    names = [n.findtext("name/text").split()[1] for n in nodes if n.get("type") != "category"]
    assert set(names) == asked
    assert {name.partition(".")[0] for name in qti_items(export.qti(lesson))} == asked


def test_html_in_a_question_is_text_in_the_exports(example):
    path = example / "quiz" / f"{LESSON}.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "There is no gravity at its height.", "<img src=x onerror=alert(1)> & more"
        ),
        encoding="utf-8",
    )
    for made in (
        export.moodle(LESSON).decode(),
        ET.tostring(qti_items(export.qti(LESSON))["why-no-fall"], encoding="unicode"),
    ):
        assert (
            "&amp;lt;img src=x onerror=alert(1)&amp;gt; &amp;amp; more" in made
            and "<img" not in made
        )


# --- the command ---------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [[], ["moodle"], ["pdf", LESSON], ["csv", LESSON]])
def test_the_command_says_how_it_is_called(arguments, capsys):
    with pytest.raises(SystemExit, match="2"):
        command.main(arguments)
    assert "usage: python -m helpers.teaching.export" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["moodle", "91_x"], "no question bank '91_x'; accepted: 90_every_kind"),
        (["qti", LESSON, "no/folder/x.zip"], "No such file or directory: 'no/folder/x.zip'"),
    ],
)
def test_the_command_says_what_is_wrong(example, arguments, says, capsys):
    assert command.main(arguments) == 2
    assert f"shared-orbits: {says}" in capsys.readouterr().err.replace("[Errno 2] ", "")


def test_the_command_writes_a_file(example, tmp_path):
    assert command.main(["qti", LESSON, str(tmp_path / "x.zip")]) == 0
    assert (tmp_path / "x.zip").read_bytes() == export.qti(LESSON)
