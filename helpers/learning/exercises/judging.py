"""The judgement of one answer: untouched, right, or what is wrong with it."""

from dataclasses import replace

import numpy as np
import pandas as pd

from helpers.learning.exercises import comparing, slips
from helpers.learning.exercises.files import Raised, cases, made, results

UNTOUCHED = {
    "change": "Change the value in this cell, then run the cell again.",
    "complete": "Put your own code in place of the three dots `...`, then run this cell again.",
    "write": "Put your own code in place of the three dots `...`, then run this cell again.",
}


def judge(exercise, thing):
    """Return (state, sentence) of what a learner passed: "not attempted", "not yet" or "right"."""
    if _untouched(exercise, thing):
        return "not attempted", UNTOUCHED[exercise.tier]
    if exercise.calls and not callable(thing):
        return "not yet", (
            f"You passed {slips.kind(thing)}; expected: the function `{exercise.name}` itself, "
            "without brackets after its name."
        )
    if not exercise.calls and callable(thing):
        return "not yet", (
            "You passed a function; expected: its result. Call it, with brackets after its name."
        )
    found, (_, wanted) = results(exercise, thing), made(exercise.id, "solution")
    if exercise.calls and all(one is Ellipsis for one in found):
        return "not attempted", UNTOUCHED[exercise.tier]
    if comparing.all_same(exercise, found, wanted):
        return "right", exercise.text["explanation"]
    return "not yet", _diagnosis(exercise, thing, found, wanted)


def _untouched(exercise, thing):
    """Return whether it is the stub as it stood: the same code, or exactly the same value."""
    stub, given = made(exercise.id, "stub")
    if thing is Ellipsis:
        return True
    if callable(thing) or callable(stub):
        return slips.same_code(thing, stub)
    exact = replace(exercise, abs_tol=0.0, rel_tol=0.0)
    return thing is not None and comparing.all_same(exact, [thing], given)


def _diagnosis(exercise, thing, found, wanted):
    """Return what is wrong: first what is known to go wrong here, then what goes wrong anywhere."""
    for alike in (comparing.is_typical, comparing.loosely_typical):
        for name in exercise.wrong:
            typical = made(exercise.id, f"wrong {name}")[1]
            more = () if alike is comparing.is_typical else (wanted,)
            if alike(exercise, found, typical, *more):
                return exercise.text["wrong"][name]
    nothing = [one is None and right is not None for one, right in zip(found, wanted)]
    if any(nothing) and exercise.calls:
        where = "" if all(nothing) else f" For {_written(exercise, nothing.index(True))}."
        return slips.no_return(thing) + where
    if found[0] is None:
        return "It is nothing (None). `print` shows a value and gives none: leave `print` out."
    said = comparing.common_slip(exercise, found, wanted)
    return said or _first_problem(exercise, thing, found, wanted)


def _first_problem(exercise, thing, found, wanted):
    for number, (one, right) in enumerate(zip(found, wanted)):
        if isinstance(one, Raised):
            call = _written(exercise, number)
            advice = slips.of_error(thing, one.error, cases(exercise.id)[number], call)
            return f"Your function raised {one}, for {call}. {advice}".strip()
        said = comparing.problem(exercise, one, right)
        if said and not exercise.calls:
            return said
        if said:
            return f"For {_written(exercise, number)}: {said[0].lower() + said[1:]}"
    return "Something is different from what is expected."


def _written(exercise, number):
    """Return a case as the call that it is."""
    words = ", ".join(_brief(value) for value in cases(exercise.id)[number])
    return f"`{exercise.name}({words})`"


def _brief(value):
    if isinstance(value, pd.DataFrame):
        return f"a table of {len(value)} rows"
    if isinstance(value, np.ndarray | pd.Series | list) and len(value) > 6:
        return f"{len(value)} values"
    return repr(value.tolist() if isinstance(value, np.ndarray) else value)[:80]
