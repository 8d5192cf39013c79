"""Slides of the core: made from the stored lessons, without code,
answers or anything from the network.
"""

import html
import re

import pytest

from helpers import figures
from helpers.learning.quiz import bank
from helpers.teaching import __main__ as command
from helpers.tables import sources
from helpers.teaching import paper, plan, slides
from tests.notebooks import LESSONS


@pytest.fixture(scope="module")
def decks():
    return {path.stem: slides.slides(path.name[:2]) for path in LESSONS}


def titles(deck):
    return re.findall(r"<section[^>]*><h1>(.*?)</h1>", deck)


def test_each_core_heading_that_says_something_has_a_slide_and_no_further_one(decks):
    for stem, deck in decks.items():
        found = set(map(slides.plain, titles(deck)))
        notebook = plan.read(plan.lesson_path(stem[:2]))
        words = {h.title.replace("`", "") for h in plan.headings(notebook) if h.tag == "further"}
        core = {h.title for h in plan.headings(notebook) if h.tag == "core"}
        assert core <= found, stem
        assert not (words - core) & found, stem


def test_slides_hold_every_core_figure_with_its_sentence_as_alternative_text(decks):
    for stem, deck in decks.items():
        cells = plan.core_cells(plan.read(plan.lesson_path(stem[:2])))
        stored = sum(bool(figures.stored(o)) for c in cells for o in c.get("outputs", []))
        shown = re.findall(r'<img class="figure" [^>]*?alt="([^"]+)"', deck)
        assert len(shown) >= stored and all(len(words) > 20 for words in shown), stem


def test_slides_show_no_code_no_answer_and_fetch_nothing(decks):
    for stem, deck in decks.items():
        bare = re.sub(r'src="data:[^"]*"', "", deck)
        assert not re.search(r'(src|href)="(?!data:)(http|//)', bare), stem
        assert "import numpy" not in bare and "figures.show(" not in bare, stem
        for question in bank.load(stem).questions:
            assert question.text["explanation"] not in slides.plain(bare), question.id


def test_slides_leave_out_what_speaks_to_one_learner(decks):
    for stem, deck in decks.items():
        shown = slides.plain(re.sub(r'src="data:[^"]*"', "", deck))
        for words in ("Not attempted", "No guess yet", "Here is your guess beside", "Next:"):
            assert words not in shown, (stem, words)


def test_a_class_sees_the_claims_and_the_six_words_before_the_verdicts(decks):
    words = [f"<li>{word}: " for word in sources.WORDS]
    for stem, deck in decks.items():
        if stem[:2] == "00":
            continue  # asks for no verdict
        vote = min(deck.index(word) for word in words)
        assert all(word in deck for word in words), stem
        before, shown = deck[:vote], deck.find("Verdict: ")
        assert shown == -1 or vote < shown, stem
        claims = sources.claims(stem[:2])["claim"]
        asked = [claim for claim in claims if f". {html.escape(claim)} (" in before]
        assert asked, stem


def test_every_picture_and_formula_on_a_slide_has_words(decks):
    for stem, deck in decks.items():
        pictures = re.findall(r"<img [^>]*>", deck)
        assert pictures and all(re.search(r'alt="[^"]+"', one) for one in pictures), stem


def test_no_slide_is_empty(decks):
    for stem, deck in decks.items():
        for body in re.findall(r"<section.*?</h1>(.*?)<div class=.foot", deck, re.S):
            assert slides.plain(body) or "<img" in body, stem


def test_the_value_of_a_last_line_is_shown_and_the_map_of_the_course_is_not(decks):
    shown = slides.plain(re.sub(r'src="data:[^"]*"', "", decks["00_start_here"]))
    assert "dtype: int64" in shown  # how many stations each owner has
    assert "KiboCUBE" not in shown  # a claim of lesson 01, from the map


def test_no_claim_stands_at_the_end_of_a_slide_without_who_said_it(decks):
    for stem, deck in decks.items():
        alone = re.findall(r"<p><strong>(?:(?!</p>).)*</strong></p><div class=.foot", deck)
        assert not alone, (stem, alone)


def test_questions_of_the_core_stand_on_slides(decks):
    for stem, deck in decks.items():
        shown = re.sub(r"\W", "", slides.plain(deck))
        for words in slides.asked_in(stem, "core"):
            assert re.sub(r"\W", "", words["prompt"]) in shown, words["id"]


def test_text_too_long_for_one_slide_goes_on_to_the_next():
    deck = slides.Deck()
    deck.start("Long")
    for _ in range(5):
        deck.add("<p>x</p>", 5)
    assert [len(blocks) for _, blocks in deck.slides] == [2, 2, 1]
    assert {title for title, _ in deck.slides} == {"Long"}


def test_a_long_table_is_cut_between_rows_and_keeps_its_head():
    deck = slides.Deck()
    deck.start("Table")
    row = "<tr><td>1</td></tr>"
    slides._outputs(
        deck,
        plan.nbformat.v4.new_code_cell(
            "x",
            outputs=[
                plan.nbformat.v4.new_output(
                    "display_data", {"text/html": f"<table><tr><th>n</th></tr>{row * 20}</table>"}
                )
            ],
        ),
    )
    blocks = [block for _, found in deck.slides for block in found]
    assert len(blocks) > 1 and all("<th>n</th>" in block for block in blocks)
    assert sum(block.count("<td>1</td>") for block in blocks) == 20


# --- formulas ---------------------------------------------------------------------------------


def test_every_formula_of_the_course_is_drawn(decks):
    for path in LESSONS:
        for cell in plan.read(path).cells:
            if cell.cell_type == "markdown":
                shown = paper.rich(cell.source)
                found = paper.FORMULA.findall(cell.source)
                assert shown.count('class="formula"') == len(found), cell.source[:80]


def test_a_formula_carries_its_source_and_money_is_no_formula():
    assert 'alt="a^3/\\mu"' in paper.rich("Here $a^3/\\mu$ stands.")
    assert "formula" not in paper.rich("It costs $ 5 or $7.")


# --- the command ------------------------------------------------------------------------------


def test_the_command_writes_a_file_and_says_where(tmp_path, capsys):
    assert command.main(["slides", "02", "--to", str(tmp_path)]) == 0
    written = tmp_path / "02_station_orbit.slides.html"
    assert str(written) in capsys.readouterr().out
    assert written.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_command_names_an_unknown_lesson_and_what_there_is(tmp_path, capsys):
    assert command.main(["slides", "77", "--to", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "'77'" in said and "02_station_orbit" in said


def test_the_command_says_when_no_browser_prints_and_keeps_the_page(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(paper.shutil, "which", lambda name: None)
    monkeypatch.setattr(paper, "PLACES", ())
    assert command.main(["slides", "00", "--to", str(tmp_path), "--pdf"]) == 2
    assert "no browser that prints" in capsys.readouterr().err
    assert (tmp_path / "00_start_here.slides.html").exists()


@pytest.mark.parametrize("kind", command.MAKERS)
def test_help_says_what_it_makes(kind, capsys):
    with pytest.raises(SystemExit) as ended:
        command.main([kind, "--help"])
    assert ended.value.code == 0 and "--pdf" in capsys.readouterr().out
