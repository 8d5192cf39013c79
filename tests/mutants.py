"""Change one thing at a time and see whether it is noticed: ``python -m tests.mutants 200``.

`make mutants NUMBER=200 SEED=1` does the same. A mutant is one change, drawn by a seed: a value in
a table, the key or the tolerance of a question, a sign or a threshold in the science, a word that
compares in a lesson. In a copy of the checkout only those tests and lessons run that rest on what
was changed (`tests.touches`), the quickest first, until one of them fails. What lives is printed:
either a proof is missing there, or the change makes no difference.
"""

import argparse
import ast
import csv
import io
import random
import re
import subprocess
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

from helpers.tables import data
from tests import touches
from tests.checkouts import NBVAL, copied, python
from tests.notebooks import LESSONS, ROOT

PYTEST = "-m pytest -q -x -p no:cacheprovider -p tests.no_grammar".split()
HELD = "tests/tables/test_held.py::test_the_numbers_are_those_that_are_held"
LONGEST_S = 600  # a check that takes longer has noticed the change: it hangs
SIGNS = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*"}
TURNED = {ast.Lt: ">", ast.Gt: "<", ast.LtE: ">", ast.GtE: "<"}
WORDS = [("more", "less"), ("most", "least"), ("above", "below"), ("longer", "shorter")]
WORDS += [("highest", "lowest"), ("before", "after"), ("better", "worse"), ("at least", "at most")]
OTHER = {one: other for pair in WORDS for one, other in (pair, pair[::-1])}


class Mutant(NamedTuple):
    """One change: its kind, the file, the place in its text, what stands there and what is put."""

    kind: str
    file: str
    start: int
    old: str
    new: str

    def __str__(self):
        text = (ROOT / self.file).read_text(encoding="utf-8")
        line = text.count("\n", 0, self.start) + 1
        around = text[text.rfind("\n", 0, self.start) + 1 :].split("\n")[0].strip()[:80]
        return f"{self.kind}: {self.file}:{line}: {self.old!r} -> {self.new!r} in {around!r}"

    def function(self):
        """Return the name of the function or method that is changed, or "" outside of any."""
        before = (ROOT / self.file).read_text(encoding="utf-8")[: self.start]
        return (re.findall(r"^ *def (\w+)\(", before, re.MULTILINE) or [""])[-1]


# --- what can be changed ------------------------------------------------------------------------


def _number(text, chance):
    """Return a number as text, made larger by a tenth, or by one where it is whole."""
    value = float(text)
    if re.fullmatch(r"-?\d+", text):
        return str(int(text) + chance.choice([-1, 1]))
    return f"{value * 1.1 or 0.1:.6g}"


def in_tables(chance):
    """Yield a change of one number or date in each table."""
    for name in data.names():
        resource = data.resource(name)
        file = f"data/{resource['path']}"
        text = (ROOT / file).read_text(encoding="utf-8")
        rows = list(csv.reader(io.StringIO(text)))
        kinds = {f["name"]: f["type"] for f in resource["schema"]["fields"]}
        cells = [
            (line, value)
            for line, row in zip(text.split("\n")[1:], rows[1:])
            for field, value in zip(rows[0], row)
            if kinds[field] != "string" and re.fullmatch(r"-?\d+(\.\d+)?", value)
            if line.count(value) == 1 and text.count(line) == 1
        ]
        if cells:
            line, value = chance.choice(cells)
            start = text.index(line) + line.index(value)
            yield Mutant("table", file, start, value, _number(value, chance))


def in_questions(chance):
    """Yield changes of keys and tolerances of all questions."""
    for path in sorted((ROOT / "data" / "quiz").glob("*.yaml")):
        text, file = path.read_text(encoding="utf-8"), f"data/quiz/{path.name}"
        for found in re.finditer(r"\b((?:abs|rel)_tol|value): (-?\d+(?:\.\d+)?)\b", text):
            kind = "key" if found[1] == "value" else "tolerance"
            far = chance.choice([0.1, 10]) if kind == "tolerance" else 1.3
            new = f"{float(found[2]) * far or 1:.6g}"
            yield Mutant(kind, file, found.start(2), found[2], new)
        for found in re.finditer(r"\n    answer: ([\w-]+)\n", text):
            block = text[found.end() :].split("\n  - id:")[0]
            options = re.findall(r"\n        ([\w-]+):", block.split("options:")[-1])
            other = [one for one in options if one != found[1]]
            if other:
                yield Mutant("key", file, found.start(1), found[1], chance.choice(other))


def in_science(chance):
    """Yield changes of signs, directions of comparisons and thresholds in the science."""
    for path in sorted((ROOT / "helpers" / "science").rglob("*.py")):
        text, file = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
        starts = [0]
        for line in text.encode().split(b"\n"):
            starts.append(starts[-1] + len(line.decode()) + 1)
        at = lambda node, end: (
            starts[(node.end_lineno if end else node.lineno) - 1]
            + (node.end_col_offset if end else node.col_offset)
        )
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
                start, end = at(node.left, True), at(node.right, False)
                sign = re.search(r"(?<!\*)[-+*/](?![*/])", text[start:end])
                if sign and "#" not in text[start:end]:
                    where = start + sign.start()
                    yield Mutant("sign", file, where, sign[0], SIGNS[type(node.op)])
            elif isinstance(node, ast.Compare) and type(node.ops[0]) in TURNED:
                start, end = at(node.left, True), at(node.comparators[0], False)
                sign = re.search(r"[<>]=?", text[start:end])
                yield Mutant(
                    "turned", file, start + sign.start(), sign[0], TURNED[type(node.ops[0])]
                )
                limit = node.comparators[0]
                where = at(limit, False)
                number = re.match(r"\d+(\.\d+)?\b(?![._e])", text[where:])
                if isinstance(limit, ast.Constant) and number:
                    yield Mutant("threshold", file, where, number[0], _number(number[0], chance))


def in_words(chance):
    """Yield changes of words that compare, in what the cells and drawings of lessons say."""
    files = [f"notebooks/{path.name}" for path in LESSONS]
    files += [p.relative_to(ROOT).as_posix() for p in (ROOT / "helpers/lessons").rglob("*.py")]
    for file in sorted(files):
        text = (ROOT / file).read_text(encoding="utf-8")
        lines = r'^ +"[^"\n]*print\(f.*$|^ +"[^"\n]*figures\.show\(.*$|^ +f"[^"\n]+"'
        for line in re.finditer(lines, text, re.MULTILINE):
            for word in re.finditer(rf"(?<=[a-z}},] )({'|'.join(OTHER)})(?= )", line[0]):
                yield Mutant("word", file, line.start() + word.start(), word[0], OTHER[word[0]])


def drawn(number, seed, kinds=None):
    """Return so many mutants, drawn by a seed, of each kind about as many."""
    chance = random.Random(seed)
    by_kind = {}
    for source in (in_tables, in_questions, in_science, in_words):
        for mutant in source(chance):
            by_kind.setdefault(mutant.kind, []).append(mutant)
    wanted = [kind for kind in by_kind if kinds is None or kind in kinds]
    for kind in wanted:
        chance.shuffle(by_kind[kind])
    found = [by_kind[wanted[n % len(wanted)]][n // len(wanted) :][:1] for n in range(number)]
    return [mutant for few in found for mutant in few]


# --- what rests on it -----------------------------------------------------------------------------


@cache
def checks(kind, file, function=""):
    """Return the commands that rest on a file, each a tuple of arguments for Python, quickest
    first; of the science, those first that name the function.
    """
    if kind == "table":
        name = next(n for n in data.names() if file == f"data/{data.resource(n)['path']}")
        return [(*PYTEST, HELD), *_lessons(touches.touched(name))]
    slug = re.search(r"\d\d_\w+", file)
    if kind in ("key", "tolerance"):
        bank = "tests/learning/quiz/test_bank_files.py"
        return [(*PYTEST, HELD), (*PYTEST, bank, "-k", slug[0]), *_own(slug[0])]
    if kind == "word":
        if slug:
            return _own(slug[0])
        one = file.removeprefix("helpers/lessons/").split("/")[0].removesuffix(".py")
        return _own(next(path.stem for path in LESSONS if path.stem[3:] == one))
    module = file.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".")
    readers = touches.touched(module)
    floors = ("tests/science/", "tests/figures/")
    tests = [reader for reader in readers if reader.startswith(floors)]
    names = lambda test: re.search(rf"\b{function}\(", (ROOT / test).read_text(encoding="utf-8"))
    own = lambda test: module.split(".")[2] in test
    tests.sort(key=lambda test: (not names(test), not own(test), len(touches.readers()[test][1])))
    bank = [(*PYTEST, "tests/learning/quiz/test_bank_files.py")]
    asked = any(reader.startswith("data/") for reader in readers)
    return [
        *((*PYTEST, test) for test in tests[:5]),
        *(bank if asked else []),
        *(check for run in _lessons(readers, module) for check in (run, _test_of(run[-1]))),
    ]


def _own(slug):
    """Return the checks of one lesson: its run, compared, and its own test."""
    lesson = f"notebooks/{slug}.ipynb"
    return [(*NBVAL, "-x", lesson), _test_of(lesson)]


def _test_of(lesson):
    return (*PYTEST, f"tests/lessons/test_{Path(lesson).stem}.py")


def _lessons(readers, module=None):
    """Return the runs, compared, of the lessons among some readers, those that name a module
    first.
    """
    found = [reader for reader in readers if re.match(r"notebooks/\d", reader)]
    own = {module, (module or "").rpartition(".")[0]}  # a lesson names the package of a module
    found.sort(key=lambda one: not own & touches.named(touches.code_of(one))[1])
    return [(*NBVAL, "-x", lesson) for lesson in found]


class Bench:
    """A copy of the checkout in which mutants are tried."""

    def __init__(self, folder):
        self.root = copied(Path(folder), "helpers", "data", "tests", "notebooks")
        self.passed = {}  # check -> whether it passes in the unbroken copy

    def notices(self, mutant, most=None):
        """Return the first check that fails with the mutant and passes without it, or None."""
        path = self.root / mutant.file
        text = path.read_text(encoding="utf-8")
        end = mutant.start + len(mutant.old)
        assert text[mutant.start : end] == mutant.old, mutant
        broken = text[: mutant.start] + mutant.new + text[end:]
        for check in checks(mutant.kind, mutant.file, mutant.function())[:most]:
            path.write_text(broken, encoding="utf-8")
            try:
                failed = not self._passes(check)
            finally:
                path.write_text(text, encoding="utf-8")
            if failed and self._passes_unbroken(check):
                return check
        return None

    def _passes_unbroken(self, check):
        if check not in self.passed:
            self.passed[check] = self._passes(check)
        return self.passed[check]

    def _passes(self, check):
        try:
            return python(self.root, *check, timeout=LONGEST_S)[0] in (0, 5)
        except subprocess.TimeoutExpired:
            return False


def main(arguments=None):
    """Try mutants and print each one that lives, and the shares by kind."""
    options = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    options.add_argument("number", nargs="?", type=int, default=40)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--most", type=int, default=10, help="checks tried for one mutant (10)")
    options.add_argument("--kinds", nargs="*")
    chosen = options.parse_args(arguments)
    tried, live = Counter(), Counter()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(folder)
        for mutant in drawn(chosen.number, chosen.seed, chosen.kinds):
            noticed = bench.notices(mutant, chosen.most)
            tried[mutant.kind] += 1
            live[mutant.kind] += noticed is None
            told = f"noticed by {noticed[-1]}" if noticed else "LIVES"
            print(f"{told}: {mutant}", flush=True)
    for kind, number in tried.items():
        print(f"{kind:10} {live[kind]} of {number} live")
    print(f"{'all':10} {live.total()} of {tried.total()} live")


if __name__ == "__main__":
    main()
