"""The question bank: one YAML file a lesson under `data/quiz/`, checked on load against `schema.json` and by its own rules.

Logic and words are apart: everything a reader sees stands under `text`, so a translation is a second file that
holds `text` only, `data/quiz/translations/<language>/NN_name.yaml` ({question id: text}).
"""

import functools
import json
import math
import re
import reprlib
from dataclasses import dataclass, field
from pathlib import Path

import fastjsonschema
import yaml

from helpers.tables import data
from helpers.learning.quiz import units, variants

SCHEMA = json.loads((Path(__file__).parent / "schema.json").read_text(encoding="utf-8"))
SECTIONS = ("predict", "core", "further")
OPTION_KINDS = ("single", "multiple", "place", "order")  # the answer is made of ids of text.options


class BankError(ValueError):
    """A bank file that does not hold what it should: the message names file, question, field and what is accepted."""


@dataclass(frozen=True)
class Question:
    """One question: its logic (kind, answer, wrong, params, places, test) and its words (text)."""

    lesson: str
    id: str
    version: int
    kind: str
    section: str
    objective: str
    answer: object
    text: dict
    test: dict
    source: list = field(default_factory=list)
    points: float = 1.0
    shuffle: bool = True
    params: dict = field(default_factory=dict)
    places: dict = field(default_factory=dict)
    wrong: dict = field(default_factory=dict)

    @property
    def options(self):
        """The option texts by id, in the author's order."""
        return self.text.get("options", {})


@dataclass(frozen=True)
class Bank:
    """The questions of one lesson."""

    lesson: str
    title: str
    language: str
    questions: list

    def __getitem__(self, name):
        for question in self.questions:
            if question.id == name:
                return question
        raise BankError(
            f"{self.lesson}: no question {name!r}; accepted: {', '.join(q.id for q in self.questions)}"
        )

    def section(self, name):
        """Return the questions of a section; raise BankError when there is none."""
        found = [q for q in self.questions if q.section == name]
        if not found:
            raise BankError(
                f"{self.lesson}: no questions in section {name!r}; accepted: {', '.join(dict.fromkeys(q.section for q in self.questions))}"
            )
        return found


def folder():
    """Return the Path of the folder of bank files."""
    return data.folder() / "quiz"


def lessons():
    """Return the names of the lessons that have a bank, sorted."""
    return sorted(path.stem for path in folder().glob("*.yaml"))


def load(lesson, language="en"):
    """Return the Bank of one lesson.

    lesson: such as "02_station_orbit". language: two letters; another one than the file's needs a translation file.
    Raises BankError for a lesson without a bank, and for a file that breaks the rules.
    """
    path = folder() / f"{lesson}.yaml"
    if not path.is_file():
        raise BankError(
            f"no question bank {lesson!r}; accepted: {', '.join(lessons()) or 'none yet'}"
        )
    words = folder() / "translations" / language / path.name
    return _load(path, path.stat().st_mtime_ns, words if words.is_file() else None)


@functools.lru_cache(maxsize=64)
def _load(path, stamp, words):
    return parse(_text(path), path.name, _text(words) if words else None)


def _text(path):
    """Return the text of a file in UTF-8, with or without a mark in front; raise BankError otherwise."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        line = path.read_bytes()[: problem.start].count(b"\n") + 1
        raise BankError(
            f"{path.name}, line {line}: not in UTF-8; accepted: save it as UTF-8"
        ) from None


def parse(text, file, words=None):
    """Return the Bank that a YAML text describes; `file` names it in errors, `words` is the YAML of a translation."""
    content = read_yaml(text, file)
    check_schema(content, SCHEMA, file)
    if words:
        _translate(content, read_yaml(words, file), file)
    if content["lesson"] != Path(file).stem:
        raise BankError(
            f"{file}, field 'lesson': {content['lesson']!r} is not accepted; accepted: the file's name, {Path(file).stem}"
        )
    questions = [Question(lesson=content["lesson"], **q) for q in content["questions"]]
    for number, question in enumerate(questions):
        if question.id in [q.id for q in questions[:number]]:
            raise _bad(file, question, "id", question.id, "an id that no other question has")
        _check(file, question)
    return Bank(content["lesson"], content["title"], content["language"], questions)


def _translate(content, words, file):
    for question in content["questions"]:
        question["text"] = words.get(question["id"], question["text"])
    check_schema(content, SCHEMA, f"translation of {file}")


# --- YAML without surprises -----------------------------------------------------------------


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML whose yes, no, on, off and dates stay text, whose 1e3 is a number and whose double keys are errors."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in pairs
        if tag
        not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:float")
    ]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(\d+\.\d*|\.\d+|\d+(?=[eE]))([eE][-+]?\d+)?$"),
    list("-+.0123456789"),
)


def _mapping(loader, node):
    keys = [loader.construct_object(key) for key, _ in node.value]
    double = [key for key in keys if keys.count(key) > 1]
    if double:
        raise BankError(
            f"line {node.start_mark.line + 1}: the key {double[0]!r} stands twice; accepted: once"
        )
    # Keys are names: an option called 1 or true is the text "1" or "true".
    texts = [str(key).lower() if isinstance(key, bool) else str(key) for key in keys]
    return dict(zip(texts, (loader.construct_object(value, deep=True) for _, value in node.value)))


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


DEEPEST = 100  # levels of lists and mappings; the schemas know less than ten


def _is_deep(text):
    """Return whether a YAML text may be nested more deeply than anything here: by brackets or dashes."""
    depth = deepest = 0
    for bracket in re.finditer(r"[\[\]{}]", text):
        depth = max(0, depth + (1 if bracket[0] in "[{" else -1))
        deepest = max(deepest, depth)
    dashes = max(re.findall(r"(?:[-?:] +){20,}", text), key=len, default="")
    indent = max(re.findall(r"^ {20,}", text, re.MULTILINE), key=len, default="")
    return max(deepest, len(dashes) // 2, len(indent)) > DEEPEST


def read_yaml(text, file):
    """Return the mapping that a YAML text holds; raise BankError naming `file` when it holds none."""
    if _is_deep(text):  # libyaml would take the whole kernel down
        raise BankError(f"{file}: nested too deeply; accepted: at most {DEEPEST} levels")
    try:
        content = yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, BankError) as problem:
        raise BankError(f"{file}: not readable as YAML: {problem}") from None
    except ValueError as problem:  # such as a whole number of 5,000 digits
        raise BankError(f"{file}: a value is not accepted ({problem})") from None
    _check_values(content, file)
    if not isinstance(content, dict):
        raise BankError(
            f"{file}: {type(content).__name__} is not accepted; accepted: a mapping of fields"
        )
    return content


def _check_values(content, file):
    """Raise BankError for an anchor that is used again, and for a number that no float can hold.

    A few lines of anchors within anchors stand for more than any machine can print, and the text
    of an error would print them.
    """
    seen, waiting = set(), [("", content)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, float) and not math.isfinite(value):
            raise BankError(
                f"{file}, field {name!r}: a number too large; accepted: numbers below 1e308"
            )
        if not isinstance(value, dict | list):
            continue
        if id(value) in seen:
            raise BankError(
                f"{file}, field {name!r}: an anchor (&) used again (*); "
                "accepted: each value written out"
            )
        seen.add(id(value))
        named = value.items() if isinstance(value, dict) else enumerate(value)
        waiting += [(f"{name}.{key}".strip("."), one) for key, one in named]


def check_schema(content, schema, file, items="questions"):
    """Hold `content` to a JSON Schema; raise BankError naming file, item, field, value and what is accepted."""
    try:
        _validator(schema["title"])(content)
    except fastjsonschema.JsonSchemaException:
        # jsonschema says far better what is wrong, but takes a second to import, which no learner should wait for.
        from jsonschema import Draft7Validator
        from jsonschema.exceptions import best_match

        error = best_match(Draft7Validator(schema).iter_errors(content))
        if error is None:  # the two differ on some corner, and the thorough one decides
            return
        path = list(error.absolute_path)
        where = _where(content, path, items)
        name = (
            ".".join(str(p) for p in (path[2:] if path[:1] == [items] and len(path) > 1 else path))
            or "(the whole)"
        )
        raise BankError(
            f"{file}{where}, field {name!r}: {_short(error.instance)} is not accepted; accepted: {_accepted(error)}"
        ) from None


SCHEMAS = {SCHEMA["title"]: SCHEMA}  # by title; helpers.learning.exercises adds its own


@functools.cache
def _validator(title):
    return fastjsonschema.compile(SCHEMAS[title])


def _where(content, path, items):
    if path[:1] != [items] or len(path) < 2:
        return ""
    item = content[items][path[1]]
    return (
        f", {items[:-1]} {item['id']!r}"
        if isinstance(item, dict) and "id" in item
        else f", {items[:-1]} number {path[1] + 1}"
    )


def _accepted(error):
    rule, wanted = error.validator, error.validator_value
    if rule == "required":
        return f"the field {next(w for w in wanted if w not in error.instance)!r} too"
    if rule == "additionalProperties" and isinstance(error.schema.get("properties"), dict):
        return f"only the fields {', '.join(error.schema['properties'])}"
    if rule in ("anyOf", "oneOf"):
        return (
            " or ".join(dict.fromkeys(_accepted(e) for e in error.context))
            or "exactly one of the forms"
        )
    words = {
        "enum": "one of {}",
        "const": "{}",
        "type": "{}",
        "pattern": "text of the pattern {}",
        "minimum": "at least {}",
        "maximum": "at most {}",
        "exclusiveMinimum": "more than {}",
        "minLength": "at least {} characters",
        "maxLength": "at most {} characters",
        "minItems": "at least {} entries",
        "maxItems": "at most {} entries",
        "minProperties": "at least {} entries",
        "uniqueItems": "each entry once",
    }
    listed = ", ".join(map(str, wanted)) if isinstance(wanted, list) else wanted
    return words[rule].replace("{}", str(listed)) if rule in words else error.message


def _short(value):
    text = reprlib.repr(value)
    return text if len(text) < 80 else text[:76] + " ..."


# --- rules that a schema cannot say -------------------------------------------------------------


def _bad(file, question, name, value, accepted):
    return BankError(
        f"{file}, question {question.id!r}, field {name!r}: {_short(value)} is not accepted; accepted: {accepted}"
    )


def _check(file, question):
    refuse = functools.partial(_bad, file, question)
    _check_answer(refuse, question)
    _check_feedback(refuse, question)
    unit = question.answer.get("unit") if question.kind in ("numeric", "estimate") else None
    if unit is not None and not units.known(unit):
        raise refuse(
            "answer.unit", unit, ", ".join(sorted({u for _, u, _ in units.UNITS.values()}))
        )
    _check_params(refuse, question)


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
    if question.kind == "match":
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
            f"names of params: {', '.join(question.params) or 'there are none'}, and {{answer}} in explanation, feedback and hints",
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
        raise BankError(f"{question.lesson}.yaml, {problem}") from None
