"""Exercises: `check` says what is wrong with an answer, `hint` gives the next hint, `solution` shows a way that works.

The files `data/exercises/*.yaml` hold stubs, solutions and typical wrong answers as code. That code belongs to the
course and is run; what a learner passes is an object, and their function is called on the cases of the exercise.
"""

import copy
import functools
import html
import json
import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.learning import progress
from helpers.tables import data
from helpers.learning.quiz import bank

SCHEMA = json.loads((Path(__file__).parent / "exercises_schema.json").read_text(encoding="utf-8"))
bank.SCHEMAS[SCHEMA["title"]] = SCHEMA
ICONS = {"not attempted": "○", "not yet": "✗", "right": "✓", "hint": "?", "solution": "→"}


class ExerciseError(ValueError):
    """An exercise that is not there, or a file of exercises that does not hold what it should."""


# --- the files ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Exercise:
    """One exercise: code (stub, solution, wrong, setup), what it returns, tolerances, cases, and its words."""

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


def folder():
    """Return the Path of the folder of exercise files."""
    return data.folder() / "exercises"


def lessons():
    """Return the names of the lessons that have exercises, sorted."""
    return sorted(path.stem for path in folder().glob("*.yaml"))


def load(lesson):
    """Return the list of Exercises of one lesson; raise ExerciseError for a lesson without any and for a bad file."""
    path = folder() / f"{lesson}.yaml"
    if not path.is_file():
        raise ExerciseError(
            f"no exercises {lesson!r}; accepted: {', '.join(lessons()) or 'none yet'}"
        )
    return _load(path, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=64)
def _load(path, stamp):
    cases.cache_clear(), _made.cache_clear()
    content = bank.read_yaml(path.read_text(encoding="utf-8"), path.name)
    bank.check_schema(content, SCHEMA, path.name, items="exercises")
    if content["lesson"] != path.stem:
        raise bank.BankError(
            f"{path.name}, field 'lesson': {content['lesson']!r} is not accepted; accepted: the file's name, {path.stem}"
        )
    found = [Exercise(lesson=content["lesson"], **e) for e in content["exercises"]]
    for number, one in enumerate(found):
        refuse = lambda name, value, accepted: ExerciseError(
            f"{path.name}, exercise {one.id!r}, field {name!r}: {value!r} is not accepted; accepted: {accepted}"
        )
        if one.id in [e.id for e in found[:number]] or not one.id.startswith(
            content["lesson"][:2] + "-"
        ):
            raise refuse(
                "id", one.id, f"an id of its own that begins with {content['lesson'][:2]}-"
            )
        if set(one.wrong) != set(one.text["wrong"]):
            raise refuse(
                "text.wrong",
                sorted(one.text["wrong"]),
                f"a message for each of {', '.join(one.wrong)}",
            )
        if one.cases is not None and one.cases_code:
            raise refuse("cases_code", one.cases_code, "either cases or cases_code")
    return found


def get(name):
    """Return the Exercise of an id such as "02-push"; raise ExerciseError that lists those of its lesson."""
    of_lesson = [l for l in lessons() if l.startswith(str(name)[:2] + "_")]
    known = [e for lesson in of_lesson for e in load(lesson)]
    for one in known:
        if one.id == name:
            return one
    raise ExerciseError(
        f"no exercise {name!r}; accepted: {', '.join(e.id for e in known) or ', '.join(lessons()) or 'none yet'}"
    )


# --- running --------------------------------------------------------------------------------


def run(exercise, code):
    """Return what a piece of the course's own code makes: the object of the exercise's name, after its setup."""
    names = {"np": np, "pd": pd, "math": math}
    exec(
        compile(f"{exercise.setup}\n{code}", f"<{exercise.id}>", "exec"), names
    )  # repository code, never what a learner types
    return names[exercise.name]


@functools.lru_cache(maxsize=256)
def cases(exercise_id):
    """Return the list of argument lists that a function is called with; [None] for an exercise about a value."""
    exercise = get(exercise_id)
    if exercise.cases_code:
        names = {"np": np, "pd": pd, "math": math}
        exec(
            compile(f"{exercise.setup}\n{exercise.cases_code}", f"<{exercise.id} cases>", "exec"),
            names,
        )
        return names["cases"]
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
    return [_call(thing, case) for case in cases(exercise.id)]


def _call(function, case):
    if not callable(function):
        return function
    try:
        return function(*copy.deepcopy(case))
    except NotImplementedError:
        return None  # the usual stub
    except Exception as error:  # noqa: BLE001 - whatever a learner's function raises is reported, not passed on
        return Raised(error)


@functools.lru_cache(maxsize=1024)
def _made(exercise_id, which):
    """Return the results of the course's own code: "stub", "solution" or the name of a wrong answer."""
    exercise = get(exercise_id)
    code = (
        getattr(exercise, which)
        if which in ("stub", "solution")
        else exercise.wrong[which.removeprefix("wrong ")]
    )
    return results(exercise, run(exercise, code))


# --- comparing ------------------------------------------------------------------------------


def same(exercise, found, wanted):
    """Return whether a result equals the wanted one within the exercise's tolerances."""
    if isinstance(found, Raised) or isinstance(wanted, Raised):
        return (
            isinstance(found, Raised)
            and isinstance(wanted, Raised)
            and type(found.error) is type(wanted.error)
        )
    if wanted is None or wanted is Ellipsis:  # what a stub gives
        return found is wanted
    try:
        return problem(exercise, found, wanted) is None
    except (
        TypeError,
        ValueError,
        AttributeError,
    ):  # a typical wrong answer may be of another type than the right one
        return type(found) is type(wanted) and repr(found) == repr(wanted)


def all_same(exercise, found, wanted):
    """Return whether all results equal the wanted ones."""
    return len(found) == len(wanted) and all(same(exercise, f, w) for f, w in zip(found, wanted))


def problem(exercise, found, wanted):
    """Return None when `found` is right, else a sentence on what is wrong: type, shape, sign, factor, value."""
    return KINDS[exercise.returns](exercise, found, wanted)


def _kind(value):
    return "nothing (None)" if value is None else f"a value of type {type(value).__name__}"


def _number(exercise, found, wanted):
    if isinstance(found, (bool, np.bool_)) or not isinstance(found, (int, float, np.number)):
        if not (isinstance(found, np.ndarray) and found.ndim == 0):
            return f"It gives {_kind(found)}; expected: one number{_in(exercise)}."
    return _values(exercise, np.array([found], dtype=float), np.array([wanted], dtype=float))


def _array(exercise, found, wanted):
    try:
        numbers = np.asarray(found, dtype=float)
    except (TypeError, ValueError):
        return f"It gives {_kind(found)}; expected: an array of numbers{_in(exercise)}."
    expected = np.asarray(wanted, dtype=float)
    if numbers.shape != expected.shape:
        return f"The shape is {numbers.shape}; expected: {expected.shape}."
    return _values(
        exercise,
        np.sort(numbers) if exercise.sorted else numbers,
        np.sort(expected) if exercise.sorted else expected,
    )


def _in(exercise):
    return f" in {exercise.unit}" if exercise.unit and exercise.unit != "1" else ""


def close(exercise, found, wanted):
    """Return element by element whether numbers agree; missing agrees with missing."""
    return np.isclose(
        found, wanted, rtol=exercise.rel_tol + 1e-12, atol=exercise.abs_tol + 1e-12, equal_nan=True
    )


FACTORS = [
    (60.0, "60: look at seconds, minutes and hours"),
    (3600.0, "3600: look at seconds and hours"),
    (24.0, "24: look at hours and days"),
    (1440.0, "1440: look at minutes and days"),
    (86400.0, "86400: look at seconds and days"),
    (1000.0, "1000: look at metres and kilometres, grams and kilograms"),
    (180 / math.pi, "57.3 (180 divided by pi): look at degrees and radians"),
    (2 * math.pi, "2 pi: look at turns and radians"),
    (math.pi, "pi"),
    (100.0, "100: look at fractions and percent"),
    (10.0, "10"),
    (1e6, "a million"),
    (2.0, "2: look at radius and diameter, one way and both ways"),
]


def _values(exercise, found, wanted):
    if close(exercise, found, wanted).all():
        return None
    if (np.isnan(found) & ~np.isnan(wanted)).any():
        return "There is a nan (not a number) where a number is expected."
    if np.isinf(found).any() and not np.isinf(wanted).any():
        return "It is infinite: look for a division by zero."
    if close(exercise, -found, wanted).all():
        return "The size is right, the sign is not."
    for factor, words in FACTORS:
        for power, large in ((factor, "large"), (1 / factor, "small")):
            if np.any(wanted) and close(exercise, found / power, wanted).all():
                return f"It is too {large} by a factor of {words}{_expected_in(exercise)}."
    if found.size > 1:
        wrong = ~close(exercise, found, wanted)
        if wrong.mean() < 1:
            return f"{int(wrong.sum())} of {found.size} values are wrong; the first of them has the index {int(np.argmax(wrong))}."
        return "All values are different from what is expected."
    return f"It is too {'large' if found[0] > wanted[0] else 'small'}{_expected_in(exercise)}."


def _expected_in(exercise):
    return f"; expected{_in(exercise)}" if _in(exercise) else ""


def _table(exercise, found, wanted):
    if isinstance(wanted, pd.Series):
        return _series(exercise, found, wanted)
    if not isinstance(found, pd.DataFrame):
        return f"It gives {_kind(found)}; expected: a table (DataFrame)."
    missing = [c for c in wanted.columns if c not in found.columns]
    if missing:
        return f"The table has no column {missing[0]!r}; expected: {', '.join(map(str, wanted.columns))}."
    if len(found) != len(wanted):
        return f"The table has {len(found)} rows; expected: {len(wanted)}."
    for column in wanted.columns:
        wrong = _column(exercise, found[column], wanted[column])
        if wrong:
            return f"Column {column!r}: {wrong}"


def _series(exercise, found, wanted):
    if not isinstance(found, pd.Series):
        return f"It gives {_kind(found)}; expected: one column (Series) of {len(wanted)} values."
    if len(found) != len(wanted):
        return f"It has {len(found)} values; expected: {len(wanted)}."
    if list(found.index) != list(wanted.index):
        if sorted(map(str, found.index)) == sorted(map(str, wanted.index)):
            return (
                "The rows are right, their order is not."
                if not exercise.sorted
                else _column(exercise, found.reindex(wanted.index), wanted)
            )
        return "The index (the labels of the rows) is different from what is expected."
    return _column(exercise, found, wanted)


def _column(exercise, found, wanted):
    if pd.api.types.is_numeric_dtype(wanted) and not pd.api.types.is_bool_dtype(wanted):
        try:
            return _values(
                exercise,
                found.to_numpy(dtype=float, na_value=np.nan),
                wanted.to_numpy(dtype=float, na_value=np.nan),
            )
        except (TypeError, ValueError):
            return "it holds something else than numbers."
    wrong = [str(f) != str(w) for f, w in zip(found, wanted)]
    return (
        f"{sum(wrong)} of {len(wrong)} values are wrong; the first of them is in row {wrong.index(True)}."
        if any(wrong)
        else None
    )


def _text(exercise, found, wanted):
    if isinstance(wanted, str) and not isinstance(found, str):
        return f"It gives {_kind(found)}; expected: a text."
    if isinstance(wanted, (list, tuple, set)):
        return _texts(exercise, found, wanted)
    if " ".join(found.split()).casefold() != " ".join(wanted.split()).casefold():
        return f"The text is {found[:80]!r}; something else is expected."


def _texts(exercise, found, wanted):
    if (
        isinstance(found, (str, bytes))
        or not hasattr(found, "__len__")
        or not hasattr(found, "__iter__")
    ):
        return f"It gives {_kind(found)}; expected: a list of {len(wanted)} texts."
    order = sorted if exercise.sorted or isinstance(wanted, set) else list
    if len(found) != len(wanted):
        return f"It has {len(found)} entries; expected: {len(wanted)}."
    if order(map(str, found)) != order(map(str, wanted)):
        return (
            "The entries are right, their order is not."
            if sorted(map(str, found)) == sorted(map(str, wanted))
            else "At least one entry is wrong."
        )


def _truth(exercise, found, wanted):
    if not isinstance(found, (bool, np.bool_)):
        return f"It gives {_kind(found)}; expected: True or False."
    return None if bool(found) == bool(wanted) else f"It gives {bool(found)}, which is wrong."


KINDS = {"number": _number, "array": _array, "table": _table, "text": _text, "truth": _truth}


# --- what a learner calls ---------------------------------------------------------------------


@dataclass
class Answer:
    """What `check`, `hint` and `solution` show: a state, sentences, and code where there is some."""

    state: str
    sentences: list
    code: str = field(default="", repr=False)

    def __repr__(self):
        return "\n".join(
            [f"{ICONS[self.state]} {self.state.capitalize()}. " + " ".join(self.sentences)]
            + ([self.code.rstrip()] if self.code else [])
        )

    def _repr_html_(self):
        words = html.escape(" ".join(self.sentences))
        code = f"<pre><code>{html.escape(self.code.rstrip())}</code></pre>" if self.code else ""
        return f'<p><span aria-hidden="true">{ICONS[self.state]}</span> <strong>{self.state.capitalize()}.</strong> {words}</p>{code}'


def check(name, thing):
    """Return whether a learner's object is right, and if not, what is wrong with it.

    name: the exercise, such as "02-push". thing: the value, array, table or function asked for.
    The state is "not attempted" (the stub as it was), "not yet" or "right". Raises ExerciseError for an unknown exercise.
    """
    exercise = get(name)
    answer = _judge(exercise, thing)
    if answer.state != "not attempted":
        progress.append(
            "exercise",
            {
                "lesson": exercise.lesson,
                "exercise": name,
                "version": exercise.version,
                "state": answer.state,
            },
        )
    return answer


def _judge(exercise, thing):
    empty = thing is None or thing is Ellipsis
    if exercise.calls and not callable(thing) and not empty:
        return Answer(
            "not yet",
            [
                f"You passed {_kind(thing)}; expected: the function `{exercise.name}` itself, without brackets after its name."
            ],
        )
    if not exercise.calls and callable(thing):
        return Answer(
            "not yet",
            ["You passed a function; expected: its result. Call it, with brackets after its name."],
        )
    found, wanted = results(exercise, thing), _made(exercise.id, "solution")
    if all(f is None or f is Ellipsis for f in found) or all_same(
        exercise, found, _made(exercise.id, "stub")
    ):
        return Answer("not attempted", ["Change the code above, run it, then run this cell again."])
    if all_same(exercise, found, wanted):
        return Answer("right", [exercise.text["explanation"]])
    return Answer("not yet", [_diagnosis(exercise, found, wanted)])


def _diagnosis(exercise, found, wanted):
    for (
        name
    ) in exercise.wrong:  # first what is known to go wrong here, then what goes wrong anywhere
        if all_same(exercise, found, _made(exercise.id, f"wrong {name}")):
            return exercise.text["wrong"][name]
    for case, one, right in zip(cases(exercise.id), found, wanted):
        if isinstance(one, Raised):
            return f"Your function raised {one}, for {_written(exercise, case)}."
        said = problem(exercise, one, right)
        if said:
            return (
                said
                if case is None
                else f"For {_written(exercise, case)}: {said[0].lower() + said[1:]}"
            )
    return "Something is different from what is expected."


def _written(exercise, case):
    words = ", ".join(_brief(value) for value in case)
    return f"`{exercise.name}({words})`"


def _brief(value):
    if isinstance(value, pd.DataFrame):
        return f"a table of {len(value)} rows"
    if isinstance(value, (np.ndarray, pd.Series, list)) and len(value) > 6:
        return f"{len(value)} values"
    return repr(value.tolist() if isinstance(value, np.ndarray) else value)[:80]


_given = {}  # hints given in this run: exercise -> number


def hint(name):
    """Return the next hint of an exercise; after the last one, the last one again."""
    exercise = get(name)
    hints = exercise.text["hints"]
    _given[name] = min(_given.get(name, 0) + 1, len(hints))
    progress.append(
        "exercise_hint", {"lesson": exercise.lesson, "exercise": name, "hints": _given[name]}
    )
    left = len(hints) - _given[name]
    return Answer(
        "hint",
        [f"({_given[name]} of {len(hints)})", hints[_given[name] - 1]]
        + (["Run this cell again for the next one."] if left else []),
    )


def solution(name):
    """Return a solution of an exercise: one way that works, and why."""
    exercise = get(name)
    progress.append("exercise_solution", {"lesson": exercise.lesson, "exercise": name})
    return Answer("solution", [exercise.text["explanation"]], exercise.solution)


def ask(name):
    """Return the words of an exercise as Markdown."""
    from IPython.display import Markdown

    return Markdown(get(name).text["prompt"])
