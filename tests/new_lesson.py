"""Make a lesson that runs: ``python -m tests.new_lesson 14_debris "Debris"`` (`make lesson
NAME=14_debris`).

Writes the notebook, its questions, its exercise, its teacher page, its test and its module from
`tests/templates/` and `notebooks/teacher/template.ipynb`, stores the notebook's outputs and holds
its numbers.
"""

import re
import sys
from pathlib import Path

import nbformat

from tests import held, refresh
from tests.notebooks import ROOT, read

NAME = re.compile(r"(\d\d)_([a-z][a-z0-9_]*)")
IN_A_LESSON = re.compile(r"\s*(?:Then, in|In) a lesson:\s*```python\n(.*?)\n```\s*", re.S)
FILES = {
    "quiz.yaml": "data/quiz/NN_slug.yaml",
    "exercises.yaml": "data/exercises/NN_slug.yaml",
    "teacher.md": "notebooks/teacher/NN_slug.md",
    "test.txt": "tests/lessons/test_NN_slug.py",
    "module.txt": "helpers/lessons/slug.py",
}
THEN = """Now write:
  data/lessons.csv   a row: name, title, question, what it needs
  data/claims.csv    the claims it tests, one of them of another side (see CONTRIBUTING.md)
and run `make held`, `make notebooks LESSONS="00 NN"`, `make test`."""


def filled(text, name, title):
    """Return a template with number, slug and title of a lesson in place."""
    number, slug = NAME.fullmatch(name).groups()
    text = text.replace("NN_slug", name).replace("TITLE", title)
    return re.sub(r"\bslug\b", slug, re.sub(r"\bNN\b", number, text))


def notebook(name, title):
    """Return the notebook: the template, in which what stands after "In a lesson:" is a cell."""
    made = read(ROOT / "notebooks" / "teacher" / "template.ipynb")
    cells = []
    for cell in made.cells:
        found = IN_A_LESSON.search(cell.source) if cell.cell_type == "markdown" else None
        cell.source = filled(IN_A_LESSON.sub("", cell.source), name, title)
        cells += [cell] if cell.source else []
        if found:
            act = ["act"] * bool(re.search(r"quiz\.(ask|show)|exercises\.", found[1]))
            stop = ["raises-exception"] * ("exercises.check" in found[1])
            tags = [*cell.metadata.get("tags", []), *act, *stop]
            code = nbformat.v4.new_code_cell(filled(found[1], name, title), metadata={"tags": tags})
            cells.append(code)
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number:02}"
    made.cells = cells
    return made


def make(name, title, root=ROOT):
    """Write the files of a lesson and return their Paths.

    Raises ValueError for a name that is none, and FileExistsError before anything is written.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"name {name!r}; accepted: two digits and a slug, such as 14_debris")
    wanted = {root / filled(to, name, title): template for template, to in FILES.items()}
    path = root / "notebooks" / f"{name}.ipynb"
    for there in [path, *wanted]:
        if there.exists():
            raise FileExistsError(f"{there} exists; choose another number or slug")
    for to, template in wanted.items():
        text = (Path(__file__).parent / "templates" / template).read_text(encoding="utf-8")
        to.write_text(filled(text, name, title), encoding="utf-8")
    nbformat.write(notebook(name, title), path)
    return [path, *wanted]


if __name__ == "__main__":
    called = sys.argv[2] if len(sys.argv) > 2 else sys.argv[1][3:].replace("_", " ").capitalize()
    for written in make(sys.argv[1], called):
        print("made", written.relative_to(ROOT))
    refresh.refresh(ROOT / "notebooks" / f"{sys.argv[1]}.ipynb")
    held.write()
    print(THEN.replace("NN", sys.argv[1][:2]))
