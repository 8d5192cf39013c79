"""The question bank: one YAML file a lesson under `data/quiz/`,
checked on load against `schema.json` and by its own rules.

Logic and words are apart: everything a reader sees stands under `text`, so a translation is a
second file that holds `text` only, `data/quiz/translations/<language>/NN_name.yaml` ({question id:
text}).
"""

import functools
from dataclasses import dataclass, field
from pathlib import Path

from helpers.learning.quiz import rules
from helpers.tables.yaml_files import FileError
from helpers.tables import data, yaml_files

SCHEMA = yaml_files.schema(Path(__file__).parent / "schema.json")
SECTIONS = ("before", "predict", "core", "further", "after")
TESTS = ("before", "after")  # of the course: kept, never graded


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
    figure: dict = field(default_factory=dict)
    wrong: dict = field(default_factory=dict)

    @property
    def counts(self):
        """Whether an answer is right or wrong to a learner;
        a guess, and the tests of the course, are only kept.
        """
        return self.kind != "estimate" and self.section not in TESTS

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
        raise FileError(
            f"{self.lesson}: no question {name!r}; accepted: "
            f"{', '.join(q.id for q in self.questions)}"
        )

    def section(self, name):
        """Return the questions of a section; raise FileError when there is none."""
        found = [q for q in self.questions if q.section == name]
        if not found:
            raise FileError(
                f"{self.lesson}: no questions in section {name!r}; accepted: "
                f"{', '.join(dict.fromkeys(q.section for q in self.questions))}"
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

    lesson: such as "02_station_orbit". language: two letters; another one than the file's needs a
    translation file.
    Raises FileError for a lesson without a bank, and for a file that breaks the rules.
    """
    path = folder() / f"{lesson}.yaml"
    if not path.is_file():
        raise FileError(
            f"no question bank {lesson!r}; accepted: {', '.join(lessons()) or 'none yet'}"
        )
    words = folder() / "translations" / language / path.name
    return _load(path, path.stat().st_mtime_ns, words if words.is_file() else None)


@functools.lru_cache(maxsize=64)
def _load(path, stamp, words):
    return parse(yaml_files.text(path), path.name, yaml_files.text(words) if words else None)


def parse(text, file, words=None):
    """Return the Bank that a YAML text describes;
    `file` names it in errors, `words` is the YAML of a translation.
    """
    content = yaml_files.read_yaml(text, file)
    yaml_files.check_schema(content, SCHEMA, file)
    if words:
        _translate(content, yaml_files.read_yaml(words, file), file)
    if content["lesson"] != Path(file).stem:
        raise FileError(
            f"{file}, field 'lesson': {content['lesson']!r} is not accepted; accepted: the file's "
            f"name, {Path(file).stem}"
        )
    questions = [Question(lesson=content["lesson"], **q) for q in content["questions"]]
    for number, question in enumerate(questions):
        if question.id in [q.id for q in questions[:number]]:
            raise rules.refusal(
                file, question, "id", question.id, "an id that no other question has"
            )
        rules.check(file, question)
    return Bank(content["lesson"], content["title"], content["language"], questions)


def _translate(content, words, file):
    for question in content["questions"]:
        question["text"] = words.get(question["id"], question["text"])
    yaml_files.check_schema(content, SCHEMA, f"translation of {file}")
