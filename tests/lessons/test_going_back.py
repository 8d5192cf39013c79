"""A learner goes back: no later cell, and no solution,
overwrites a name that an earlier cell reads.
"""

import ast
import io
import re
from contextlib import redirect_stdout

import matplotlib.pyplot as plt
import pytest

from helpers.learning import exercises
from tests import notebooks

SLUGS = [path.stem for path in notebooks.LESSONS]


def reads_and_sets(source):
    """Return (names that a cell reads before it sets them, {name that it sets:
    the statement}), at its top level.
    """
    reads, made = set(), {}
    _walk(ast.parse(source).body, reads, made)
    return reads, made


def _walk(statements, reads, made):
    """Go through statements in their order; the parts of a loop or a
    condition one after the other.
    """
    for statement in statements:
        parts = [getattr(statement, name, []) for name in ("body", "orelse", "finalbody")]
        if isinstance(statement, ast.For | ast.While | ast.If | ast.With):
            head = [node for node in ast.iter_child_nodes(statement) if isinstance(node, ast.expr)]
            head += [item.context_expr for item in getattr(statement, "items", [])]
            for node in head:
                _take(node, statement, reads, made)
            for part in parts:
                _walk(part, reads, made)
        else:
            _take(statement, statement, reads, made)


def _take(node, statement, reads, made):
    own, names = _own(node), [one for one in ast.walk(node) if isinstance(one, ast.Name)]
    reads |= {one.id for one in names if not _is_set(one)} - own - set(made)
    stored = {one.id for one in names if _is_set(one)} - own
    for one in ast.walk(node):
        if isinstance(one, ast.FunctionDef):
            stored.add(one.name)
        if isinstance(one, ast.Import | ast.ImportFrom):
            stored |= {(name.asname or name.name).split(".")[0] for name in one.names}
    made |= dict.fromkeys(stored, ast.unparse(statement))


def _own(node):
    """Return the names that only live inside: arguments, what a function sets, comprehensions."""
    own = set()
    for one in ast.walk(node):
        if isinstance(one, ast.comprehension):
            own |= {name.id for name in ast.walk(one.target) if isinstance(name, ast.Name)}
        if isinstance(one, ast.FunctionDef | ast.Lambda):
            own |= {
                argument.arg for argument in ast.walk(one.args) if isinstance(argument, ast.arg)
            }
        if isinstance(one, ast.FunctionDef):
            own |= {n.id for n in ast.walk(one) if isinstance(n, ast.Name) and _is_set(n)}
    return own


def _is_set(name):
    return isinstance(name.ctx, ast.Store)


@pytest.mark.parametrize(
    "source, reads, made",
    [
        ("a = b + 1\nc = a", {"b"}, {"a", "c"}),
        ("for x in rows:\n    best = x\n    print(best)", {"rows", "print"}, {"x", "best"}),
        ("y = [i for i in z]", {"z"}, {"y"}),
        ("def f(a):\n    b = a\n    return b + c", {"c"}, {"f"}),
        ("if a:\n    b = 1\nelse:\n    print(b)", {"a", "print"}, {"b"}),
    ],
)
def test_what_is_read_and_what_is_set(source, reads, made):
    found = reads_and_sets(source)
    assert (found[0], set(found[1])) == (reads, made)


def overwritten(cells):
    """Return "a reads n, b sets it" for each cell (id, source) that a cell behind it would change.

    The same statement once more changes nothing.
    """
    found = [(name, *reads_and_sets(source)) for name, source in cells]
    said = []
    for place, (name, reads, _) in enumerate(found):
        known = {}
        for _, _, made in found[:place]:
            known |= made
        for word in sorted(reads & set(known)):
            later = [(other, made.get(word)) for other, _, made in found[place + 1 :]]
            said += [
                f"{name} reads {word!r}, {other} sets it"
                for other, statement in later
                if statement and statement != known[word]
            ]
    return said


@pytest.mark.parametrize("slug", SLUGS)
def test_an_earlier_cell_can_be_run_again(slug):
    cells = [(cell.id, cell.source) for cell in notebooks.cells(slug)]
    assert overwritten(cells) == []


def test_a_name_set_twice_is_seen():
    cells = [("a", "rows = 1"), ("b", "print(rows)"), ("c", "rows = 2")]
    assert overwritten(cells) == ["b reads 'rows', c sets it"]
    assert overwritten([*cells[:1], ("b", "rows = 3\nprint(rows)"), cells[2]]) == []
    assert overwritten([*cells[:2], ("c", "rows = 1")]) == []


def with_solutions(slug):
    """Return [(cell id, source)] of a lesson;
    each exercise cell holds its solution, which must be right.
    """
    known = {one.id: one for one in exercises.load(slug)} if slug in exercises.lessons() else {}
    return [(cell.id, _solved(cell.source, known)) for cell in notebooks.cells(slug)]


def _solved(source, known):
    asked = re.search(r'^exercises\.check\("([^"]+)".*$', source, re.MULTILINE)
    if asked is None or asked[1] not in known:
        return source
    check = f"_answer = {asked[0]}\nassert _answer.state == 'right', _answer"
    return source.replace(asked[0], f"{known[asked[1]].solution}\n{check}")


@pytest.mark.parametrize("slug", SLUGS)
def test_each_cell_runs_once_more_backwards_after_run_all_with_the_solutions(
    slug, tmp_path, monkeypatch
):
    monkeypatch.setenv("SHARED_ORBITS_HOME", str(tmp_path))
    cells, names = with_solutions(slug), {}
    quiet = redirect_stdout(io.StringIO())
    with plt.rc_context(), quiet, notebooks.without_pictures():
        for name, source in [*cells, *reversed(cells)]:
            exec(compile(source, f"{slug} {name}", "exec"), names)
            plt.close("all")


def test_a_solution_is_put_in_place_and_must_be_right():
    exercise = exercises.load("02_station_orbit")[0]
    cell = 'height_km = 386\nexercises.check("02-hundred-minutes", height_km)\n# Stuck?'
    solved = _solved(cell, {exercise.id: exercise})
    assert "height_from_period_km(100)" in solved and solved.startswith("height_km = 386")
    assert "state == 'right'" in solved
    assert _solved("a = 1", {exercise.id: exercise}) == "a = 1"


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug in exercises.lessons()])
def test_a_solution_needs_only_what_its_lesson_has(slug):
    """What a solution reads is set by a cell above its exercise, by Python,
    or by the solution itself.
    """
    known = set(dir(__builtins__) if not isinstance(__builtins__, dict) else __builtins__)
    above = {}
    for cell in notebooks.cells(slug):
        reads, made = reads_and_sets(cell.source)
        known |= set(made)
        for exercise in exercises.load(slug):
            if f'exercises.check("{exercise.id}"' in cell.source:
                above[exercise.id] = set(known)
    for exercise in exercises.load(slug):
        reads, _ = reads_and_sets(exercise.solution)
        missing = reads - above[exercise.id]
        assert not missing, f"{exercise.id}: its solution needs {sorted(missing)}"
