"""Bank files that break a rule: the error names file, question, field and what is accepted."""

import json

import pytest
import yaml

from helpers.learning.quiz import bank
from helpers.tables import yaml_files

FILE = "90_every_kind.yaml"


@pytest.fixture
def broken(example):
    """Return a function that changes a field of a question of the example and parses the result."""

    def parse(question, path, value):
        content = yaml_files.read_yaml((example / "quiz" / FILE).read_text(encoding="utf-8"), FILE)
        *way, last = path.split(".")
        place = (
            next(q for q in content["questions"] if q["id"] == question) if question else content
        )
        for step in way:
            place = place[step]
        if value is KeyError:
            del place[last]
        else:
            place[last] = value
        return bank.parse(json.dumps(content), FILE)  # which is YAML too

    return parse


@pytest.mark.parametrize(
    "question, path, value, said",
    [
        (
            "why-no-fall",
            "kind",
            "essay",
            r"question 'why-no-fall', field 'kind': 'essay' .* accepted: one of single, multiple",
        ),
        ("why-no-fall", "version", 0, r"field 'version': 0 .* accepted: at least 1"),
        ("why-no-fall", "version", "1", r"field 'version': '1' .* accepted: integer"),
        (
            "why-no-fall",
            "section",
            "extra",
            r"field 'section': 'extra' .* accepted: one of before, predict, step, core, further",
        ),
        (
            "why-no-fall",
            "answer",
            "nothing",
            r"field 'answer': 'nothing' .* accepted: ids of text.options: falls, no-gravity",
        ),
        ("why-no-fall", "answer", ["falls"], r"field 'answer': \['falls'\] .* accepted: string"),
        (
            "mission-order",
            "wrong.backwards",
            ["sputnik", "iss"],
            r"'wrong.backwards': .* accepted: every id of text.options once: ",
        ),
        (
            "words",
            "wrong.swapped",
            {"apogee": "up"},
            r"'wrong.swapped': 'up' .* accepted: ids of text.right: tilt, far",
        ),
        (
            "words",
            "wrong.swapped",
            {"top": "far"},
            r"'wrong.swapped': 'top' .* accepted: ids of text.left: ",
        ),
        ("why-no-fall", "id", "Why?", r"field 'id': 'Why\?' .* accepted: text of the pattern"),
        (
            "why-no-fall",
            "id",
            "period",
            r"question 'period', field 'id': 'period' .* accepted: an id that no other question "
            r"has",
        ),
        (
            "why-no-fall",
            "test",
            KeyError,
            r"question 'why-no-fall'.* accepted: the field 'test' too",
        ),
        ("why-no-fall", "objective", KeyError, r"accepted: the field 'objective' too"),
        (
            "why-no-fall",
            "text.explanation",
            KeyError,
            r"field 'text': .* accepted: the field 'explanation' too",
        ),
        (
            "why-no-fall",
            "text.feedback.engines",
            KeyError,
            r"field 'text.feedback': .* accepted: feedback on 'engines' too",
        ),
        (
            "why-no-fall",
            "text.feedback.other",
            "x",
            r"field 'text.feedback': 'other' .* accepted: names of wrong answers",
        ),
        (
            "why-no-fall",
            "text.prompt",
            "",
            r"field 'text.prompt': '' .* accepted: at least 1 characters",
        ),
        (
            "why-no-fall",
            "text.prompt",
            "How {high}?",
            r"field 'text': '{high}' .* accepted: names of params",
        ),
        ("why-no-fall", "colour", "red", r"accepted: only the fields id, version, kind"),
        ("why-no-fall", "points", 0, r"field 'points': 0 .* accepted: more than 0"),
        (
            "what-sets-period",
            "answer",
            ["height", "earth-mass", "own-mass", "inclination"],
            r"at least one option that is wrong",
        ),
        ("period", "answer.unit", "parsec", r"field 'answer.unit': 'parsec' .* accepted: .*km"),
        (
            "period",
            "answer.value.function",
            "orbits.nothing_like_it",
            r"field 'answer.value': .* accepted: no function 'nothing_like_it'",
        ),
        ("period", "answer.value.function", "eval", r"field 'answer.value.*': .* accepted: "),
        ("period", "answer.rel_tol", -1, r"field 'answer.rel_tol': -1 .* accepted: at least 0"),
        (
            "period",
            "answer.rel_tol",
            KeyError,
            r"field 'answer': .* accepted: the field 'abs_tol' too or the field 'rel_tol' too",
        ),
        ("period", "params.height.step", 0, r"question 'period'"),
        ("period", "text.prompt", "{answer}?", r"accepted: a prompt that does not hold the answer"),
        ("mission-order", "answer", ["mir", "iss"], r"accepted: every id of text.options once"),
        (
            "words",
            "answer.apogee",
            "up",
            r"field 'answer': 'up' .* accepted: ids of text.right: tilt, far",
        ),
        (
            "never-overhead",
            "places.oslo.lat",
            99,
            r"field 'places.oslo.lat': 99 .* accepted: at most 90",
        ),
        (
            "never-overhead",
            "places.oslo",
            KeyError,
            r"field 'places': .* accepted: the ids of text.options",
        ),
        (
            "parts-of-an-orbit",
            "figure.parts.left",
            KeyError,
            r"field 'figure.parts': .* accepted: the ids of text.left: left, right, middle",
        ),
        (
            "parts-of-an-orbit",
            "figure.parts.left",
            [400, 80],
            r"field 'figure.parts.left': \[400, 80\] .* accepted: a point within 320 x 160",
        ),
        (
            "parts-of-an-orbit",
            "figure.parts.middle",
            [62, 82],
            r"field 'figure.parts.middle': .* accepted: a point 24 or more from 'left'",
        ),
        (
            "parts-of-an-orbit",
            "figure.shapes",
            [{"line": [1, 2, 3, 4, 5]}],
            r"field 'figure.shapes.0.line': .* accepted: x, y of each point",
        ),
        ("parts-of-an-orbit", "figure", KeyError, r"accepted: the field 'figure' too"),
        (
            "orbits-per-day",
            "answer.range",
            [10, 1],
            r"field 'answer.range': \[10, 1\] .* accepted: the smaller number first",
        ),
        (
            "orbits-per-day",
            "answer.range",
            [0, 10],
            r"accepted: numbers above 0, because the scale is log",
        ),
        (
            "orbits-per-day",
            "answer.scale",
            "cubic",
            r"field 'answer.scale': 'cubic' .* accepted: one of linear, log",
        ),
        (None, "lesson", "91_other", r"field 'lesson': '91_other' .* accepted: the file's name"),
        (None, "title", KeyError, r"accepted: the field 'title' too"),
        (
            None,
            "questions",
            [],
            r"field 'questions': \[\] .* accepted: at least 1 entries|should be non-empty",
        ),
    ],
)
def test_a_broken_rule_is_named(broken, question, path, value, said):
    with pytest.raises(bank.FileError, match=rf"(?s)^{FILE}.*{said}"):
        broken(question, path, value)


@pytest.mark.parametrize(
    "text, said",
    [
        ("a: [", "not readable as YAML"),
        ("- 1", "accepted: a mapping of fields"),
        ("", "accepted: a mapping of fields"),
        ("a: 1\na: 2", "the key 'a' stands twice"),
        ("a: !!python/object/apply:os.system [x]", "not readable as YAML"),
        ("a: \x00", "not readable as YAML"),
    ],
)
def test_what_is_no_yaml_is_refused(text, said):
    with pytest.raises(bank.FileError, match=f"{FILE}: .*{said}|{FILE}: (?s:.*){said}"):
        bank.parse(text, FILE)


def formula(function="test_formulas.period", **more):
    return {"value": {"function": function, "gives": "s"} | more, "unit": "min", "rel_tol": 0.01}


@pytest.mark.parametrize(
    "field, value, said",
    [
        ("answer", formula(arguments={"height": 400}), r"answer.value.*TypeError.* accepted: arg"),
        (
            "answer",
            formula(arguments={"height_km": "$heigth"}),
            r"\$heigth is no parameter.* height",
        ),
        (
            "answer",
            formula(arguments={"height_km": "x"}),
            r"'height_km': 'x'.* accepted: arguments",
        ),
        ("answer", formula(arguments={"height_km": -6400}), r"answer.value.* one finite number"),
        ("answer", formula(arguments={"height_km": 1}, pick="x"), r"answer.value.* accepted: arg"),
        ("answer", formula(arguments={"height_km": 1}, gives="km"), r"unit of length; accepted: s"),
        ("answer", formula("progress.reset"), r"'progress.reset' .*accepted: a science module"),
        (
            "params",
            {"height": {"from": 600, "to": 300, "step": 10}},
            r"params.height.* not above to",
        ),
        ("params", {"height": {"from": 300, "to": 600, "step": 0}}, r"params.*accepted: "),
        ("params", {"height": {"choices": []}}, r"field 'params.*accepted: "),
    ],
)
def test_a_formula_that_gives_no_number_names_question_and_field(broken, field, value, said):
    with pytest.raises(bank.FileError, match=r"90_every_kind.yaml, question 'period'.*" + said):
        broken("period", field, value)


def test_a_yaml_bomb_is_refused_at_once(example):
    """Nine levels of anchors stand for 9^9 entries;
    only the text of an error would write them out.
    """
    levels = ["a0: &a0 [x]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)
    ]
    for text in ("\n".join(levels), "a: &a [*a]", "a: &a {b: *a}"):
        with pytest.raises(bank.FileError, match=r"^x.yaml.*(each value written|recursive node)"):
            bank.parse(text, "x.yaml")


@pytest.mark.parametrize(
    "content, said",
    [
        (b"lesson: caf\xe9\n", "line 1: not in UTF-8; accepted: save it as UTF-8"),
        (b"a: 1\nlesson: \xff\xfe\n", "line 2: not in UTF-8"),
        (b"a: 1e999\n", "field 'a': a number too large"),
        (b"a: {b: [1, 2e400]}\n", "field 'a.b.1': a number too large"),
        (b"[" * 100_000, "x.yaml: nested too deeply"),
        (b"[\n" * 100_000, "x.yaml: nested too deeply"),
        (b"- " * 100_000, "x.yaml: nested too deeply"),
        (b"\n".join(b" " * n + b"a:" for n in range(900)), "x.yaml: nested too deeply"),
        (b"a: " + b"9" * 5_000, "x.yaml: "),
        (b"\x00", "x.yaml: not readable as YAML"),
        (b"", "x.yaml: NoneType is not accepted"),
        (b"{answer: '{0.__class__}'}", "x.yaml, field"),
    ],
    ids=repr,
)
def test_a_file_that_is_no_bank_is_named(example, content, said):
    (example / "quiz" / "x.yaml").write_bytes(content)
    with pytest.raises(bank.FileError, match=r"x.yaml.*") as error:
        bank.load("x")
    assert said in str(error.value) and len(str(error.value)) < 600


def test_a_bank_saved_with_a_mark_is_read(example):
    path = example / "quiz" / FILE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert bank.load("90_every_kind").title


def test_yaml_has_no_surprises():
    found = yaml_files.read_yaml(
        "no: yes\non: 2025-03-28\na: 1e3\nb: off\nc: true\nd: 1.5\ne: 010x\n1: x", FILE
    )
    assert found == {
        "no": "yes",
        "on": "2025-03-28",
        "a": 1000.0,
        "b": "off",
        "c": True,
        "d": 1.5,
        "e": "010x",
        "1": "x",
    }


def test_unknown_names_list_what_there_is(example):
    with pytest.raises(bank.FileError, match="no question bank '91_x'; accepted: 90_every_kind"):
        bank.load("91_x")
    with pytest.raises(
        bank.FileError, match="no question 'x'; accepted: orbits-per-day, why-no-fall"
    ):
        bank.load("90_every_kind")["x"]
    with pytest.raises(
        bank.FileError, match="no questions in section 'x'; accepted: predict, core, further"
    ):
        bank.load("90_every_kind").section("x")


def test_a_translation_replaces_words_and_nothing_else(example):
    before = bank.load("90_every_kind")
    folder = example / "quiz" / "translations" / "fr"
    folder.mkdir(parents=True)
    words = dict(before["why-no-fall"].text, prompt="Pourquoi une station ne tombe-t-elle pas ?")
    (folder / FILE).write_text(
        yaml.safe_dump({"why-no-fall": words}, allow_unicode=True), encoding="utf-8"
    )
    after = bank.load("90_every_kind", "fr")
    assert after["why-no-fall"].text["prompt"].startswith("Pourquoi")
    assert after["why-no-fall"].answer == before["why-no-fall"].answer
    assert after["period"] == before["period"] and bank.load("90_every_kind") == before


def test_a_translation_that_lost_an_option_is_refused(example):
    folder = example / "quiz" / "translations" / "fr"
    folder.mkdir(parents=True)
    words = dict(bank.load("90_every_kind")["why-no-fall"].text, options={"falls": "Elle tombe."})
    (folder / FILE).write_text(yaml.safe_dump({"why-no-fall": words}), encoding="utf-8")
    with pytest.raises(bank.FileError, match="question 'why-no-fall'"):
        bank.load("90_every_kind", "fr")


def test_a_changed_file_is_read_again(example):
    path = example / "quiz" / FILE
    bank.load("90_every_kind")
    path.write_text(
        path.read_text(encoding="utf-8").replace("One question of every kind\n", "Another title\n"),
        encoding="utf-8",
    )
    assert bank.load("90_every_kind").title == "Another title"
