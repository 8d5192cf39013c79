"""The structure that every lesson owes its readers:
form, headings, minutes, figures with sentences, backed numbers, terms, teacher page.
"""

import ast
import re
from importlib import import_module

import nbformat
import pandas as pd
import pytest

from helpers import figures
from helpers.tables import sources
from tests.notebooks import (
    ALL_NOTEBOOKS,
    LESSONS,
    ROOT,
    WIDGET_VIEW,
    headings,
    minutes,
    read,
    stored_form,
)

SUBJECT_LESSONS = [path for path in LESSONS if path.name[:2] not in {"00", "13"}]
SECTIONS = [
    "The claim",
    "Predict",
    "Compute",
    "Explore",
    "Your turn",
    "Check yourself",
    "Verdict",
    "The dividend",
    "Sources and what to read next",
]
PARTS = ["Counterexample", "Where sources disagree", "Limits of the model", "Discuss"]
TEACHER_PARTS = ["45 minutes", "90 minutes", "Misconceptions", "Key", "Graded task"]
UNFIT = re.compile(
    r"!(?!\[)(?!=)|\b(space race|bloc|amazing|groundbreaking|game.changing|rival(?:s|ry)?)\b", re.I
)
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")


def by_name(path):
    return path.stem


def texts(notebook):
    """Return the sources of the text cells without code spans, links and formulas."""

    def plain(source):
        source = re.sub(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", " ", source, flags=re.S)
        return re.sub(r"\]\([^)]*\)|https?://\S+", "]", source)

    return [plain(cell.source) for cell in notebook.cells if cell.cell_type == "markdown"]


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def output_text(cell):
    """Return what the outputs of a code cell say, as one text without tags."""
    parts = []
    for output in cell.outputs:
        data = output.get("data", {})
        parts += [
            output.get("text", ""),
            data.get("text/plain", ""),
            re.sub(r"<[^>]*>", " ", data.get("text/html", "")),
            data.get("text/markdown", ""),
        ]
    return "\n".join(parts)


@pytest.mark.parametrize("path", ALL_NOTEBOOKS, ids=by_name)
def test_is_stored_in_the_committed_form(path):
    notebook = read(path)
    nbformat.validate(notebook)
    before = nbformat.writes(notebook)
    assert before == nbformat.writes(stored_form(notebook)), (
        "run `make notebooks`: metadata or widget views are stored"
    )


@pytest.mark.parametrize("path", ALL_NOTEBOOKS, ids=by_name)
def test_every_code_cell_has_been_run_without_error_or_warning(path):
    for cell in code_cells(read(path)):
        assert cell.execution_count, f"{cell.id}: no stored run, so nothing would be compared"
        tags = set(cell.metadata.get("tags", []))
        assert not {"nbval-skip", "nbval-ignore-output"} & tags, cell.id
        assert "raises-exception" not in tags or "exercises.check(" in cell.source, cell.id
        for output in cell.outputs:
            assert output.output_type != "error", f"{cell.id}: stores an error"
            assert output.get("name") != "stderr", (
                f"{cell.id}: stores a warning: {output.get('text')}"
            )
            assert WIDGET_VIEW not in output.get("data", {}), cell.id


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
def test_a_red_exercise_stops_nobody(path):
    """Lab's Run All goes on after a cell with this tag;
    strict nbval still compares what the stub gives.

    The last line of each exercise says how to get a hint, and the stored state is the untouched
    one.
    """
    for cell in code_cells(read(path)):
        found = re.search(r'exercises\.check\("([^"]+)"', cell.source)
        if found:
            assert {"act", "raises-exception"} <= set(cell.metadata.get("tags", [])), cell.id
            assert cell.source.endswith(f'# Stuck? Run exercises.hint("{found[1]}")'), cell.id
            assert "○ Not attempted." in output_text(cell), cell.id


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
def test_headings_are_ordered(path):
    levels = [heading.level for heading in headings(read(path))]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:])), levels


@pytest.mark.parametrize("path", SUBJECT_LESSONS, ids=by_name)
def test_has_every_section_in_order(path):
    titles = [heading.title for heading in headings(read(path))]
    assert [title for title in titles if title in SECTIONS] == SECTIONS
    assert set(PARTS) <= set(titles)


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
def test_stated_minutes_add_up(path):
    notebook = read(path)
    core, whole = minutes(notebook, "core"), minutes(notebook)
    stated = re.search(r"\*\*Minutes:\*\* (\d+) core, (\d+) in all", notebook.cells[0].source)
    assert stated, "the first cell says '**Minutes:** N core, N in all'"
    assert (int(stated[1]), int(stated[2])) == (core, whole)
    assert core <= 40 and whole <= 125


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
def test_cells_carry_the_tag_of_their_heading(path):
    tag = None
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            for heading in headings(nbformat.v4.new_notebook(cells=[cell])):
                tag = heading.tag or (None if heading.level <= 2 else tag)
        assert [t for t in cell.metadata.get("tags", []) if t in ("core", "further")] == (
            [tag] if tag else []
        ), cell.id


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
def test_first_cell_says_what_the_learner_will_be_able_to_do(path):
    first = read(path).cells[0].source
    listed = re.search(r"You will be able to\n((?:\s*[-*] .*\n?)+)", first)
    assert listed and 3 <= len(re.findall(r"^\s*[-*] ", listed[1], re.M)) <= 5
    assert "**Needed before:**" in first


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
def test_every_picture_has_its_sentence(path):
    for cell in code_cells(read(path)):
        kinds = [set(output.get("data", {})) for output in cell.outputs]
        for number, kind in enumerate(kinds):
            assert "image/png" not in kind, f"{cell.id}: a bare picture has no name in the page"
            if figures.stored(cell.outputs[number]):
                after = kinds[number + 1] if number + 1 < len(kinds) else set()
                assert "text/html" in after, f"{cell.id}: a picture without a sentence below it"


SHOWN = re.compile(r"(figures\.show|globe\.globe)$")  # both take the sentence second


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
def test_every_sentence_of_a_picture_is_computed(path):
    """Words alone would stand there as before when a table has changed."""
    for cell in code_cells(read(path)):
        for call in ast.walk(ast.parse(cell.source)):
            if isinstance(call, ast.Call) and SHOWN.match(ast.unparse(call.func)) and call.args[1:]:
                parts = list(ast.walk(call.args[1]))
                assert any(isinstance(part, ast.Name) for part in parts), cell.id


NAME = re.compile(r'<img [^>]*alt="([^"]*)"')


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
def test_every_picture_is_headed_by_its_question(path):
    """A picture is named by its headings, or by its sentence where it has none."""
    for cell in code_cells(read(path)):
        for output in cell.outputs:
            html = str(output.get("data", {}).get("text/html", ""))
            names = NAME.findall(html)
            assert len(names) == html.count("<img "), f"{cell.id}: a picture without a name"
            for name in names:
                assert "?" in name, f"{cell.id}: {name}"


# Cells of more than six lines, and why they stay whole.
LONG_CELLS = {
    "05_lunar_samples": 7,  # what the sliders change stands in one function
    "09_navigation": 7,  # the loop that finds a place and a clock is the lesson
    "10_earth_observation_partners": 7,  # the learner changes the first line of two cells
    "13_capstone": 11,  # a form: one line for each thing to fill in
}


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
def test_code_is_short(path):
    for cell in code_cells(read(path)):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        code = [line for line in lines if not line.lstrip().startswith(("#", "import ", "from "))]
        assert len(code) <= LONG_CELLS.get(path.stem, 6), f"{cell.id}: {len(code)} lines"
        wide = [line for line in lines if len(line) > 132]
        assert not wide, f"a projector cuts this line: {wide[0]}"


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
def test_words_fit_the_house(path):
    for source in texts(read(path)):
        found = UNFIT.search(source)
        assert not found, f"{found[0]!r} in: {source[:200]}"


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
def test_numbers_in_the_text_are_backed_by_a_cell(path):
    """A figure in the prose stands in a cell or in an output too,
    so that changed data cannot leave it behind.
    """
    notebook = read(path)
    cells = "\n".join(cell.source + "\n" + output_text(cell) for cell in code_cells(notebook))
    backed = {
        number.replace(",", "").rstrip(".") for number in re.findall(r"\d[\d,]*(?:\.\d+)?", cells)
    }
    for source in texts(notebook):
        source = re.sub(
            r"· (core|further) · \d+ min|\*\*Minutes:\*\*.*|\b\d{1,2} "
            r"(January|February|March|April|May|June|July|August|September|October|November|December)\b",
            "",
            source,
        )
        for number in NUMBER.findall(source):
            value = number.replace(",", "")
            if (
                len(value) < 2
                or re.fullmatch(r"(19|20)\d\d|0\d", value)
                or re.search(rf"\b(Lesson|lesson|Step|Exercise)s? {value}\b", source)
            ):
                continue
            assert value in backed, f"{number} stands in no cell and no output: {source[:160]}"


@pytest.mark.parametrize("path", SUBJECT_LESSONS, ids=by_name)
def test_sources_are_rendered_from_the_data(path):
    assert any("sources.bibliography(" in cell.source for cell in code_cells(read(path)))


@pytest.mark.parametrize("path", SUBJECT_LESSONS, ids=by_name)
def test_records_its_dividend_and_shows_its_verdict(path):
    code = "\n".join(cell.source for cell in code_cells(read(path)))
    assert "record.dividend(" in code and "sources.claims_page(" in code


@pytest.mark.parametrize("path", SUBJECT_LESSONS, ids=by_name)
def test_the_learner_s_verdict_comes_before_the_course_s(path):
    """The page of a lesson shows its claims without verdicts, then asks for the learner's,
    then shows the course's.
    """
    code = [cell.source for cell in code_cells(read(path))]
    asked = code.index(f'record.verdict("{path.name[:2]}")')
    given = [n for n, source in enumerate(code) if "claims_page(" in source]
    before = [n for n in given if "verdicts=False" not in code[n]]
    assert before and asked < min(before)


@pytest.mark.parametrize("path", SUBJECT_LESSONS, ids=by_name)
def test_the_core_ends_visibly(path):
    core = [cell for cell in read(path).cells if "core" in cell.metadata.get("tags", [])]
    assert core[-1].source == f'course.done("{path.name[:2]}")'
    shown = output_text(core[-1])
    assert "you are done" in shown and shown.count("Next: ") <= 2  # as text and as HTML


@pytest.mark.parametrize("path", SUBJECT_LESSONS, ids=by_name)
def test_tests_a_claim_of_another_side_by_the_same_yardstick(path):
    """Most claims come from five reports of one side;
    each lesson also tests at least one that none of them made, with a verdict.
    """
    found = sources.claims(path.name[:2])
    others = found[~found["source"].isin(sources.REPORTS) & (found["verdict"] != "open")]
    assert len(others) >= 1, f"lesson {path.name[:2]} tests {len(found)} claims, all of one side"


@pytest.mark.parametrize("path", SUBJECT_LESSONS, ids=by_name)
def test_has_a_teacher_page(path):
    page = ROOT / "notebooks" / "teacher" / f"{path.stem}.md"
    text = page.read_text(encoding="utf-8")
    titles = re.findall(r"^## (.+)$", text, re.M)
    for part in TEACHER_PARTS:
        assert any(part in title for title in titles), f"{page.name} has no part {part!r}"
    assert all(f"| {level} " in text for level in "1234"), "the rubric has four levels"


def glossary():
    return pd.read_csv(ROOT / "data" / "glossary.csv", dtype=str)


def first_use(term, notebook):
    """Return (position, bold position) of `term` in the text below the title cell,
    headings left out; -1 where it does not occur.
    """
    text = re.sub(r"^#.*$", "", "\n".join(texts(notebook)[1:]), flags=re.M)
    plain = re.search(rf"\b{re.escape(term)}", text, re.I)
    bold = re.search(rf"\*\*(?:\w+ )?({re.escape(term)})", text, re.I)
    return (plain.start() if plain else -1, bold.start(1) if bold else -1)


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
def test_terms_are_explained_at_first_use(path):
    """Each glossary term is set in bold where its own lesson first uses it,
    and no earlier lesson uses it.
    """
    number, notebook = path.name[:2], read(path)
    for row in glossary().itertuples():
        plain, bold = first_use(row.term, notebook)
        if row.first_lesson == number:
            assert plain >= 0, f"{row.term!r} does not occur in lesson {number}"
            assert plain == bold, f"{row.term!r} is not set in bold where it is first used"
        elif row.first_lesson > number:
            assert plain < 0, (
                f"lesson {number} uses {row.term!r}, which lesson {row.first_lesson} explains first"
            )


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
def test_has_a_test_of_its_own_that_moves_its_figures(path):
    """MOVES of the lesson's test name interactive figures that the notebook has,
    one or more where it has any.
    """
    said = "\n".join(output_text(cell) for cell in code_cells(read(path)))
    titles = set(re.findall(r"^Interactive figure: (.+)$", said, re.M))
    moved = {title for title, *_ in getattr(own_test(path), "MOVES", [])}
    assert moved <= titles, f"no figure of {path.stem} is called {sorted(moved - titles)}"
    assert bool(moved) == bool(titles), f"test_{path.stem}.py moves none of {sorted(titles)}"


def own_test(path):
    return import_module(f"tests.lessons.test_{path.stem}")
