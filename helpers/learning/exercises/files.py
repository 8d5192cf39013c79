"""The files of exercises, and their code run: `data/exercises/*.yaml` hold stubs, solutions and
typical wrong answers.

That code belongs to the course and is run; what a learner passes is an object, and their function
is called on the cases of the exercise.
"""

import contextlib
import copy
import difflib
import functools
import io
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.tables import data, yaml_files

SCHEMA = yaml_files.schema(Path(__file__).parent / "schema.json")


class ExerciseError(ValueError):
    """An exercise that is not there, or a file of exercises that does not hold what it should."""


@dataclass(frozen=True)
class Exercise:
    """One exercise: code (stub, solution, wrong, setup), what it returns, tolerances, cases,
    words.
    """

    lesson: str
    id: str
    version: int
    tier: str
    objective: str
    returns: str
    name: str
    stub: str
    solution: str
    wrong: dict
    text: dict
    cases: list = None
    cases_code: str = ""
    setup: str = ""
    unit: str = ""
    abs_tol: float = 0.0
    rel_tol: float = 1e-6
    sorted: bool = False

    @property
    def calls(self):
        """Whether the learner passes a function that is called on cases."""
        return self.cases is not None or bool(self.cases_code)


# --- the files ------------------------------------------------------------------------------


def folder():
    """Return the Path of the folder of exercise files."""
    return data.folder() / "exercises"


def lessons():
    """Return the names of the lessons that have exercises, sorted."""
    return sorted(path.stem for path in folder().glob("*.yaml"))


def load(lesson):
    """Return the list of Exercises of one lesson.

    Raises ExerciseError for a lesson without any and for a bad file.
    """
    path = folder() / f"{lesson}.yaml"
    if not path.is_file():
        known = ", ".join(lessons()) or "none yet"
        raise ExerciseError(f"no exercises {lesson!r}; accepted: {known}")
    return _load(path, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=64)
def _load(path, stamp):
    cases.cache_clear(), made.cache_clear()
    content = yaml_files.read_yaml(yaml_files.text(path), path.name)
    yaml_files.check_schema(content, SCHEMA, path.name, items="exercises")
    if content["lesson"] != path.stem:
        raise yaml_files.FileError(
            f"{path.name}, field 'lesson': {content['lesson']!r} is not accepted; "
            f"accepted: the file's name, {path.stem}"
        )
    found = [Exercise(lesson=content["lesson"], **e) for e in content["exercises"]]
    for number, one in enumerate(found):
        _hold_together(path, one, [e.id for e in found[:number]])
    return found


def _hold_together(path, one, before):
    """Raise ExerciseError when the fields of one exercise do not fit one another."""

    def refuse(name, value, accepted):
        return ExerciseError(
            f"{path.name}, exercise {one.id!r}, field {name!r}: {value!r} is not accepted; "
            f"accepted: {accepted}"
        )

    begin = one.lesson[:2] + "-"
    if one.id in before or not one.id.startswith(begin):
        raise refuse("id", one.id, f"an id of its own that begins with {begin}")
    if set(one.wrong) != set(one.text["wrong"]):
        wanted = f"a message for each of {', '.join(one.wrong)}"
        raise refuse("text.wrong", sorted(one.text["wrong"]), wanted)
    if one.cases is not None and one.cases_code:
        raise refuse("cases_code", one.cases_code, "either cases or cases_code")


def get(name):
    """Return the Exercise of an id such as "02-push"; raise ExerciseError that lists what is
    near.
    """
    of_lesson = [lesson for lesson in lessons() if lesson.startswith(str(name)[:2] + "_")]
    for one in (e for lesson in of_lesson for e in load(lesson)):
        if one.id == name:
            return one
    ids = [e.id for lesson in of_lesson or lessons() for e in load(lesson)]
    near = ids if of_lesson else difflib.get_close_matches(str(name), ids, 4, 0.5)
    accepted = ", ".join(near) or "the id that stands in the cell of the exercise, such as " + repr(
        next(iter(ids), "02-push")
    )
    raise ExerciseError(f"no exercise {name!r}; accepted: {accepted}")


# --- running --------------------------------------------------------------------------------


def run(exercise, code):
    """Return what a piece of the course's own code makes: the object of the exercise's name."""
    return _names(exercise, code, exercise.id)[exercise.name]


def _names(exercise, code, label):
    names = {"np": np, "pd": pd, "math": math}
    # repository code, never what a learner types
    exec(compile(f"{exercise.setup}\n{code}", f"<{label}>", "exec"), names)
    return names


@functools.lru_cache(maxsize=256)
def cases(exercise_id):
    """Return the argument lists that a function is called with; [None] for a value."""
    exercise = get(exercise_id)
    if exercise.cases_code:
        return _names(exercise, exercise.cases_code, f"{exercise.id} cases")["cases"]
    return exercise.cases or [None]


@dataclass
class Raised:
    """An exception that a function raised for one case."""

    error: Exception

    def __str__(self):
        return f"{type(self.error).__name__}: {self.error}"[:300]


def results(exercise, thing):
    """Return what `thing` gives: its results for all cases, or itself alone."""
    if not exercise.calls:
        return [thing]
    with contextlib.redirect_stdout(io.StringIO()):  # what it prints would stand there once a case
        return [_call(thing, case) for case in cases(exercise.id)]


def _call(function, case):
    if not callable(function):
        return function
    try:
        return function(*copy.deepcopy(case))
    except NotImplementedError:
        return Ellipsis  # another way to say that nothing has been written yet
    except Exception as error:  # noqa: BLE001 - whatever a learner's function raises is reported
        return Raised(error)


@functools.lru_cache(maxsize=1024)
def made(exercise_id, which):
    """Return (object, results) of the course's own code: "stub", "solution" or "wrong NAME"."""
    exercise = get(exercise_id)
    own = {"stub": exercise.stub, "solution": exercise.solution}
    thing = run(exercise, own.get(which) or exercise.wrong[which.removeprefix("wrong ")])
    return thing, results(exercise, thing)
