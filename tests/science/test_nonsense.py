"""What functions that lessons call answer to nonsense: a sentence that says what is accepted."""

import ast
import collections
import contextlib
import importlib
import inspect

import numpy as np
import pandas as pd
import pytest

from helpers.base import checks, doors
from tests.notebooks import LESSONS, read

TABLE = pd.DataFrame({"x": [1]})
NONSENSE = ["text", None, float("nan"), [], {}, TABLE]
# What looks like nonsense and has a right answer: of none there is nothing, and a table of one
# column is a table of one owner.
ANSWERS = {
    "navigation.dops([])",
    "networks.by_group([])",
    "networks.by_group({})",
    "participation.gini_by_year(table)",
    "pooling.capitals([])",
    "pooling.capitals({})",
    "ring.coverage([])",
}


def called():
    """Yield (name, function) for each function of helpers.science that a lesson calls."""
    found = set()
    for path in LESSONS:
        for cell in read(path).cells:
            if cell.cell_type == "code":
                found |= {
                    (node.func.value.id, node.func.attr)
                    for node in ast.walk(ast.parse(cell.source))
                    if isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and isinstance(node.func.value, ast.Name)
                }
    for module, name in sorted(found):
        with contextlib.suppress(ImportError):
            function = getattr(importlib.import_module(f"helpers.science.{module}"), name, None)
            if inspect.isfunction(function):
                yield f"{module}.{name}", function


def unknown(answer):
    """Return whether an answer says that it is not known: NaN in it, at any depth."""
    if isinstance(answer, dict):
        return any(map(unknown, answer.values()))
    if isinstance(answer, tuple | list):
        return any(map(unknown, answer))
    with contextlib.suppress(TypeError, ValueError):
        return bool(np.isnan(np.asarray(answer, float)).any())
    return False


def outcome(function, bad):
    """Return how a function answers when every argument that it needs is the same nonsense."""
    needed = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]
    given = [bad for p in needed if p.kind is p.POSITIONAL_OR_KEYWORD]
    named = {p.name: bad for p in needed if p.kind is p.KEYWORD_ONLY}
    if not given:
        return "not asked"
    try:
        answer = function(*given, **named)
    except Exception as error:  # noqa: BLE001 - whatever comes is counted
        return "clear" if "accepted" in str(error) else f"unclear: {error!r:.150}"
    return "unknown" if isinstance(bad, float) and unknown(answer) else "silent"


@pytest.mark.filterwarnings("ignore")
def test_nonsense_is_refused_in_words_or_unknown_in_gives_unknown_out():
    found = {
        f"{name}({'table' if bad is TABLE else repr(bad)})": outcome(function, bad)
        for name, function in called()
        for bad in NONSENSE
    }
    count = collections.Counter(said.partition(":")[0] for said in found.values())
    assert count["clear"] > 1000 and count["unknown"] < 60, count
    assert {name for name, said in found.items() if said == "silent"} == ANSWERS
    assert [(n, said) for n, said in found.items() if said.startswith("unclear")] == []


def test_every_declared_argument_refuses_by_its_name_a_wrong_table_and_none():
    """All at once only the first argument is seen: here each declared kind answers for its own."""
    doors_found = [(n, f.declared) for n, f in called() if hasattr(f, "declared")]
    assert len(doors_found) > 100
    for name, declared in doors_found:
        for argument, kind in declared.items():
            for bad in (TABLE, None):
                right = (doors.table, doors.coordinates) if bad is TABLE else (doors.one_name,)
                if kind in right:
                    continue
                with pytest.raises(checks.NotAccepted, match="accepted: ") as refused:
                    kind(argument, bad)
                assert str(refused.value).startswith(f"{argument} = "), name
