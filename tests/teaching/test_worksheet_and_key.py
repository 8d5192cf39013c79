"""Worksheets give nothing away; keys hold the values of one set of numbers for the class."""

import re

import pytest

from helpers.learning import progress
from helpers.learning.quiz import bank, fallback, grading, session, variants
from helpers.teaching import __main__ as command
from helpers.teaching import key, plan, slides, words, worksheet
from tests.notebooks import LESSONS

STEMS = [path.stem for path in LESSONS]


def squeezed(page):
    return re.sub(r"\W", "", slides.plain(re.sub(r"<style.*?</style>", "", page, flags=re.S)))


@pytest.mark.parametrize("stem", STEMS)
def test_a_worksheet_asks_everything_and_gives_no_explanation_or_value_away(stem):
    page = squeezed(worksheet.worksheet(stem[:2]))
    for question in map(variants.resolve, bank.load(stem).questions):
        if question.section in ("predict", "core"):
            prompt = words.without_tools(question.text["prompt"])
            assert page.count(re.sub(r"\W", "", prompt)) == 1, question.id
        assert re.sub(r"\W", "", question.text["explanation"]) not in page, question.id
        for said in question.text.get("feedback", {}).values():
            assert re.sub(r"\W", "", said) not in page, question.id
    for row in worksheet.claims_of(stem[:2]):
        assert re.sub(r"\W", "", row["claim"]) in page
        assert re.sub(r"\W", "", row["evidence"]) not in page


@pytest.mark.parametrize("stem", STEMS)
def test_a_key_holds_every_answer_in_the_numbers_of_the_class(stem):
    page = squeezed(key.key(stem[:2], "Comet"))
    computed = plan.computed(plan.read(plan.lesson_path(stem[:2])))
    for question in bank.load(stem).questions:
        now = variants.resolve(question, variants.class_seed("comet"))
        assert re.sub(r"\W", "", now.text["prompt"]) in page, question.id
        kept = now.kind == "estimate"
        said = computed[now.id] if kept else grading.solution_words(now)
        assert re.sub(r"\W", "", said) in page, question.id
    for row in worksheet.claims_of(stem[:2]):
        assert re.sub(r"\W", "", row["evidence"]) in page


def test_a_class_word_gives_all_pupils_the_numbers_of_the_key(monkeypatch, tmp_path):
    question = bank.load("04_lunar_missions")["relay-turn"]
    drawn = variants.resolve(question, variants.class_seed("comet")).text["prompt"]

    def seen(name):
        monkeypatch.setenv("SHARED_ORBITS_HOME", str(tmp_path / name))
        progress.sign_in(name)
        (words,) = session.Session("04_lunar_missions", question="relay-turn").questions()
        return words["prompt"]

    own = {seen(name) for name in ("Ana", "Ben", "Chidi")}
    assert len(own) > 1
    monkeypatch.setenv("SHARED_ORBITS_CLASS_WORD", "  COMET ")
    assert {seen(name) for name in ("Dara", "Eve", "Farid")} == {drawn}
    assert fallback.rich(drawn) in key.key("04", "Comet")
    assert fallback.rich(drawn) in worksheet.worksheet("04", "comet")


def test_a_right_answer_in_the_numbers_of_the_class_is_right(monkeypatch, tmp_path):
    monkeypatch.setenv("SHARED_ORBITS_HOME", str(tmp_path))
    monkeypatch.setenv("SHARED_ORBITS_CLASS_WORD", "comet")
    question = bank.load("04_lunar_missions")["relay-turn"]
    value = variants.resolve(question, variants.class_seed("comet")).answer["value"]
    quiz = session.Session("04_lunar_missions", question="relay-turn")
    assert quiz.act("check", "relay-turn", f"{value:.2f} h")["state"] == "right"


@pytest.mark.parametrize("kind", ["worksheet", "key"])
def test_the_command_takes_the_class_word(kind, tmp_path):
    assert command.main([kind, "04", "--to", str(tmp_path), "--class-word", "Comet"]) == 0
    shown = (tmp_path / f"04_lunar_missions.{kind}.html").read_text(encoding="utf-8")
    question = bank.load("04_lunar_missions")["relay-turn"]
    prompt = variants.resolve(question, variants.class_seed("comet")).text["prompt"]
    assert fallback.rich(prompt) in shown


@pytest.mark.parametrize("stem", STEMS)
def test_no_helper_of_the_notebook_is_named_on_paper(stem):
    for text in re.findall(r"<code>(.*?)</code>", worksheet.worksheet(stem[:2])):
        assert "(" not in text and "." not in text


def test_a_sentence_that_needs_the_notebook_is_left_out():
    text = {
        "prompt": "How high? You may use `orbits.height_km(1, ...)`. Take `n` turns.",
        "hints": ["`len(x)` counts.", "Count them."],
    }
    assert words.without_tools(text) == {
        "prompt": "How high? Take `n` turns.",
        "hints": ["Count them."],
    }
    assert words.plain(words.without_tools(text))["prompt"] == "How high? Take n turns."
