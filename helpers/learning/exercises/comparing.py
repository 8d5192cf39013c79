"""What is wrong with a result: type, shape, sign, factor, value, each in a sentence."""

import numbers
from dataclasses import replace

import numpy as np
import pandas as pd

from helpers.base import factors
from helpers.learning.exercises import slips
from helpers.learning.exercises.files import Raised


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
    """Return None when `found` is right, else a sentence on what is wrong: type, shape, sign,
    factor, value.
    """
    return KINDS[exercise.returns](exercise, found, wanted)


def _number(exercise, found, wanted):
    number = slips.as_number(found)
    if number is None:
        said = f"It gives {slips.kind(found)}; expected: one number{_in(exercise)}."
        return f"{said} {slips.for_a_number(found)}".strip()
    return _values(exercise, np.array([number]), np.array([wanted], dtype=float))


def _array(exercise, found, wanted):
    try:
        numbers = np.asarray(found, dtype=float)
    except (TypeError, ValueError):
        said = f"It gives {slips.kind(found)}; expected: an array of numbers{_in(exercise)}."
        return f"{said} {_lengths_of_time(found)}".strip()
    expected = np.asarray(wanted, dtype=float)
    if numbers.shape != expected.shape:
        return f"The shape is {numbers.shape}; expected: {expected.shape}."
    return _values(
        exercise,
        np.sort(numbers) if exercise.sorted else numbers,
        np.sort(expected) if exercise.sorted else expected,
    )


def _lengths_of_time(found):
    """Return what to do about a list of lengths of time."""
    held = list(found) if isinstance(found, list | tuple | pd.Series) else []
    if any(isinstance(one, pd.Timedelta) for one in held):
        return "They are lengths of time. `.days` makes whole days of each."
    return ""


def _in(exercise):
    return f" in {exercise.unit}" if exercise.unit and exercise.unit != "1" else ""


def close(exercise, found, wanted):
    """Return element by element whether numbers agree; missing agrees with missing."""
    return np.isclose(
        found, wanted, rtol=exercise.rel_tol + 1e-12, atol=exercise.abs_tol + 1e-12, equal_nan=True
    )


def _values(exercise, found, wanted):
    if close(exercise, found, wanted).all():
        return None
    if (np.isnan(found) & ~np.isnan(wanted)).any():
        return "There is a nan (not a number) where a number is expected."
    if np.isinf(found).any() and not np.isinf(wanted).any():
        return "It is infinite: look for a division by zero."
    if close(exercise, -found, wanted).all():
        return "The size is right, the sign is not."
    if (
        not exercise.calls or exercise.returns == "table"
    ):  # else see common_slip, for all cases alike
        said = common_factor(exercise, [found], [wanted]) or slips.rounded(found, wanted)
        if said:
            return said
    if found.size > 1:
        wrong = ~close(exercise, found, wanted)
        if wrong.mean() < 1:
            return (
                f"{int(wrong.sum())} of {found.size} values are wrong; the first of them has "
                f"the index {int(np.argmax(wrong))}."
            )
        return "All values are different from what is expected."
    return f"It is too {'large' if found[0] > wanted[0] else 'small'}{_expected_in(exercise)}."


def common_factor(exercise, found, wanted):
    """Return a sentence where all results are wrong by one and the same known factor, else "".

    found, wanted: lists of numbers or arrays. A count has no unit, so only percent comes into
    question there.
    """
    counts = not _in(exercise) and all(np.all(np.mod(w, 1) == 0) for w in wanted)
    known = [f for f in factors.of_unit(exercise.unit) if f[0] == 100 or not counts]
    for factor, words in known:
        for power, large in ((factor, "large"), (1 / factor, "small")):
            if all(
                np.any(w) and close(exercise, np.asarray(f, dtype=float) / power, w).all()
                for f, w in zip(found, wanted)
            ):
                return f"It is too {large} by a factor of {words}{_expected_in(exercise)}."
    return ""


def common_slip(exercise, found, wanted):
    """Return what is wrong with the numbers of all cases alike: a factor, rounding; "" where
    nothing is.
    """
    if exercise.returns not in ("number", "array"):
        return ""
    try:
        found = [
            np.asarray(slips.as_number(f) if np.ndim(f) == 0 else f, dtype=float) for f in found
        ]
        wanted = [np.asarray(w, dtype=float) for w in wanted]
        if any(f.shape != w.shape for f, w in zip(found, wanted)):
            return ""
        flat = [np.concatenate([np.ravel(one) for one in each]) for each in (found, wanted)]
    except (TypeError, ValueError):
        return ""
    return common_factor(exercise, found, wanted) or slips.rounded(*flat)


def is_typical(exercise, found, made):
    """Return whether results are a typical wrong answer: the tolerance of the right one may be many
    times as large as a small wrong one.
    """
    if exercise.returns == "number" and all(isinstance(one, numbers.Real) for one in made):
        smallest = min(abs(one) for one in made)
        exercise = replace(exercise, abs_tol=min(exercise.abs_tol, smallest / 10))
    return all_same(exercise, found, made)


def loosely_typical(exercise, found, made, wanted):
    """Return whether results are a typical wrong answer, rounded or with constants a little
    different. A year or another whole number is hit or not.
    """
    if all(isinstance(one, numbers.Integral) for one in wanted):
        return False
    loose = replace(exercise, rel_tol=max(exercise.rel_tol, LOOSE))
    return is_typical(loose, found, made) and not all_same(loose, found, wanted)


LOOSE = 0.003  # of the value: three digits kept


def _expected_in(exercise):
    return f"; expected{_in(exercise)}" if _in(exercise) else ""


def _table(exercise, found, wanted):
    if isinstance(wanted, pd.Series):
        return _series(exercise, found, wanted)
    if not isinstance(found, pd.DataFrame):
        return f"It gives {slips.kind(found)}; expected: a table (DataFrame)."
    missing = [c for c in wanted.columns if c not in found.columns]
    if missing:
        return (
            f"The table has no column {missing[0]!r}; expected: "
            f"{', '.join(map(str, wanted.columns))}."
        )
    if len(found) != len(wanted):
        return f"The table has {len(found)} rows; expected: {len(wanted)}."
    for column in wanted.columns:
        wrong = _column(exercise, found[column], wanted[column])
        if wrong:
            return f"Column {column!r}: {wrong}"


def _series(exercise, found, wanted):
    if not isinstance(found, pd.Series):
        return (
            f"It gives {slips.kind(found)}; expected: one column (Series) of {len(wanted)} values."
        )
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
        f"{sum(wrong)} of {len(wrong)} values are wrong; the first of them is in row "
        f"{wrong.index(True)}."
        if any(wrong)
        else None
    )


def _text(exercise, found, wanted):
    if isinstance(wanted, str) and not isinstance(found, str):
        return f"It gives {slips.kind(found)}; expected: a text."
    if isinstance(wanted, (list, tuple, set)):
        return _texts(exercise, found, wanted)
    if " ".join(found.split()).casefold() != " ".join(wanted.split()).casefold():
        return f"The text is {found[:80]!r}; something else is expected."


def _texts(exercise, found, wanted):
    listed = hasattr(found, "__len__") and hasattr(found, "__iter__")
    form = slips.for_texts(found, wanted)
    if form or not listed or isinstance(found, str | bytes):
        return (
            f"It gives {slips.kind(found)}; expected: a list of {len(wanted)} texts. {form}".strip()
        )
    order = sorted if exercise.sorted or isinstance(wanted, set) else list
    entries, expected = list(map(str, found)), list(map(str, wanted))
    if order(entries) == order(expected):
        return None
    if sorted(entries) == sorted(expected):
        return "The entries are right, their order is not."
    more = slips.of_entries(entries, expected)
    if len(entries) != len(expected):
        return f"It has {len(entries)} entries; expected: {len(expected)}. {more}".strip()
    return f"At least one entry is wrong. {more}".strip()


def _truth(exercise, found, wanted):
    if not isinstance(found, (bool, np.bool_)):
        return f"It gives {slips.kind(found)}; expected: True or False."
    return None if bool(found) == bool(wanted) else f"It gives {bool(found)}, which is wrong."


KINDS = {"number": _number, "array": _array, "table": _table, "text": _text, "truth": _truth}
