"""What rests on what: which lessons, questions, exercises and tests read a table or a module.

``python -m tests.touches treaties helpers.science.quakes`` answers "what does this touch?" (also
`make touches OF=treaties`). Nothing is run: the names of tables are looked for in the code, and
what a module imports comes from the graph that import-linter draws. A lesson that imports a
module counts as a reader of all that the module reads, so the answer is rather too long than
too short.
"""

import ast
import re
import sys
from functools import cache

import grimp

from helpers.tables import data
from tests.notebooks import ALL_NOTEBOOKS, ROOT, read

CONTENT = ("quiz", "exercises")


@cache
def tables():
    """Return the names of all tables, as a set."""
    return frozenset(data.names())


@cache
def named(code):
    """Return (tables, modules) that the code names: texts that are a table's name, imports of
    helpers.
    """
    found, modules = set(), set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
        elif isinstance(node, ast.Import):
            modules |= {name.name for name in node.names}
    return tables() & found, graph().modules & modules


@cache
def graph():
    """Return the graph of imports inside helpers."""
    return grimp.build_graph("helpers", cache_dir=None)


@cache
def below(module):
    """Return a module and all that it imports, however deep."""
    return {module} | graph().find_upstream_modules(module)


@cache
def module_file(module):
    """Return the file of a module of helpers."""
    place = ROOT.joinpath(*module.split("."))
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


@cache
def code_of(reader):
    """Return the code of a reader: a lesson's cells, the code of a test, or of a module."""
    if reader.endswith(".ipynb"):
        cells = [c.source for c in read(ROOT / reader).cells if c.cell_type == "code"]
        return "\n".join(cells)
    return (ROOT / reader).read_text(encoding="utf-8")


@cache
def readers():
    """Return {path of a lesson, its questions, its exercises, or a test: (tables, modules)}."""
    found = {}
    for path in [*ALL_NOTEBOOKS, *sorted((ROOT / "tests").rglob("test_*.py"))]:
        name = path.relative_to(ROOT).as_posix()
        found[name] = _with_all_below(*named(code_of(name)))
    for path in (path for kind in CONTENT for path in (ROOT / "data" / kind).glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        own = {name for name in tables() if f'"{name}"' in text}
        said = set(re.findall(r"\b(\w+)\.\w", text))  # a formula: module.function
        modules = {m for m in graph().modules if ".science" in m and m.split(".")[-1] in said}
        found[path.relative_to(ROOT).as_posix()] = _with_all_below(own, modules)
    return found


def _with_all_below(own, modules):
    """Return the tables and modules of a reader with all that the modules import and name."""
    modules = set().union(*map(below, modules))
    return own.union(*map(tables_of, modules)), modules


@cache
def tables_of(module):
    """Return the tables that a module of helpers names."""
    return named(module_file(module).read_text(encoding="utf-8"))[0]


def touched(name):
    """Return the readers of a table or a module, sorted; of a lesson's number such as "07", its own
    files.

    Raises ValueError for a name that is none of these.
    """
    if name.isdigit():
        found = [
            reader for reader in readers() if f"/{name}_" in reader or f"test_{name}_" in reader
        ]
    elif name in graph().modules or name in tables():
        found = [reader for reader, reads in readers().items() if name in reads[0] | reads[1]]
    else:
        raise ValueError(f"{name!r} is no table, no module and no number of a lesson")
    return sorted(found)


def unread():
    """Return the tables that no lesson, module, question, exercise or test of the science names."""
    tests = {reader for reader in readers() if reader.startswith("tests/")}
    kept = (own for r, (own, _) in readers().items() if r not in tests or "/science/" in r)
    return sorted(tables() - set().union(*kept, *map(tables_of, graph().modules)))


if __name__ == "__main__":
    for wanted in sys.argv[1:]:
        print(f"{wanted}:", *(f"\n  {reader}" for reader in touched(wanted) or ["nothing"]))
