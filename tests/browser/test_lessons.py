"""The lessons as a learner meets them: opened in JupyterLab, run, answered, restarted,
reopened without a kernel, exported.
"""

import subprocess
import sys
from importlib import import_module

import pytest

from helpers.learning import copies
from tests.browser import projector
from tests.browser.conftest import wait_idle
from tests.notebooks import LESSONS, ROOT

STATION = ROOT / "notebooks" / "02_station_orbit.ipynb"


def restart_kernel(page):
    page.locator(".lm-MenuBar-item", has_text="Kernel").first.click()
    page.locator(".lm-Menu-item", has_text="Restart Kernel").first.click()
    page.locator(".jp-Dialog").locator(".jp-mod-accept, .jp-mod-warn").first.click()
    page.wait_for_selector(".jp-Dialog", state="detached")
    wait_idle(page)


def question(page, name):
    """Return one question of a quiz by its id, scrolled into view."""
    card = page.locator(f'[data-question="{name}"]')
    card.scroll_into_view_if_needed()
    return card


def moves_of(path):
    """Return what a learner does to the lesson's interactive figures:
    MOVES in the lesson's own test.

    Each is the title of a figure, a list of (what, label) and words that its sentence must then
    hold.
    """
    return getattr(import_module(f"tests.lessons.test_{path.stem}"), "MOVES", [])


def move(figure, what, label):
    control = figure.get_by_label(label, exact=True).first
    {"tick": control.check, "untick": control.uncheck, "choose": control.check}[what]()


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_runs_without_error_and_its_figures_answer(lab, path):
    page = lab(path)
    lab.run_all(page)
    assert page.get_by_text("Error displaying widget").count() == 0
    for title, moves, words in moves_of(path):
        figure = page.get_by_role("group", name=title, exact=True)
        figure.scroll_into_view_if_needed()
        before = figure.locator("img").get_attribute("src")
        for what, label in moves:
            move(figure, what, label)
        page.wait_for_function(
            "([node, words]) => node.innerText.includes(words)",
            arg=[figure.locator(".so-sentence").element_handle(), words],
        )
        page.wait_for_function(
            "([node, old]) => node.src !== old",
            arg=[figure.locator("img").element_handle(), before],
        )
    if path.name[:2] in projector.TRIED:
        projector.project(page)
        assert projector.too_tall(page, path) == [], "higher than the room of a projector"


def test_a_learner_answers_explores_restarts_and_finds_the_answers_again(lab, tmp_path):
    folder = tmp_path / "copies"
    copies.make(ROOT / "notebooks", folder)
    page = lab(folder / STATION.name)
    lab.run_all(page)

    # a wrong answer says why, a right one is right
    raised = question(page, "higher-is")
    raised.get_by_label("It flies faster, and a turn takes less time.").check()
    raised.get_by_role("button", name="Check").click()
    raised.locator(".so-wrong").wait_for()
    assert "on the way up it loses more speed" in raised.locator(".so-feedback").inner_text()
    raised.get_by_label("It flies more slowly, and a turn takes longer.").check()
    raised.get_by_role("button", name="Check").click()
    raised.locator(".so-right").wait_for()

    # the explore figure and its sentence follow the control
    figure = page.locator(".so-explore").first
    figure.scroll_into_view_if_needed()
    sentence, picture = figure.locator(".so-sentence"), figure.locator("img")
    before, shown = sentence.inner_text(), picture.get_attribute("src")
    figure.get_by_label("Canberra").check()
    page.wait_for_function(
        "([node, old]) => node.innerText !== old", arg=[sentence.element_handle(), before]
    )
    assert "5 stations" in sentence.inner_text()
    assert picture.get_attribute("src") != shown

    # an exercise is checked where it is typed
    cell = page.locator(".jp-CodeCell", has_text='exercises.check("02-hundred-minutes"').first
    cell.scroll_into_view_if_needed()
    cell.get_by_text("Not attempted").wait_for()
    for typed, answer in (
        ("height_km = 418.3", "does not grow in step"),
        ("height_km = 758", "Right"),
    ):
        cell.locator(".cm-line").first.click()
        page.keyboard.press("Home")
        page.keyboard.press("Shift+End")
        page.keyboard.type(typed)
        page.keyboard.press("Control+Enter")
        cell.locator(".jp-OutputArea").get_by_text(answer).first.wait_for()

    # a new kernel, everything run again: the answer is still there
    restart_kernel(page)
    lab.run_all(page)
    again = question(page, "higher-is")
    again.locator(".so-right").wait_for()
    assert again.get_by_label("It flies more slowly, and a turn takes longer.").is_checked()


def test_without_a_run_figures_sentences_and_questions_are_readable(lab):
    page = lab(STATION, height=1600, kernel=False)
    assert_readable(page, ".jp-WindowedPanel-outer")


def test_exported_to_html_figures_sentences_and_questions_are_readable(browser, tmp_path):
    subprocess.run(
        [
            sys.executable,
            "-m",
            "nbconvert",
            "--to",
            "html",
            "--output-dir",
            str(tmp_path),
            str(STATION),
        ],
        check=True,
        capture_output=True,
    )
    page = browser.new_page()
    # nbconvert's own page asks two sites for formulas and old widgets; here they answer nothing,
    # and all must still be readable.
    page.route(
        "**/*",
        lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort(),
    )
    page.goto((tmp_path / f"{STATION.stem}.html").as_uri())
    assert_readable(page, "body")
    page.close()


def assert_readable(page, scroller):
    """Scroll through a page and find figures, sentences and questions,
    and no widget that has lost its model.
    """
    wanted = {
        "Exactly 16 turns a day need",
        "Over how many can it never pass",
        "is raised from 390 km to 800 km",
        "At the start setting",
        "Not attempted",
    }
    wanted = {words.lower() for words in wanted}
    pictures, top = 0, 0
    while top < page.locator(scroller).first.evaluate(
        "e => e.scrollHeight"
    ):  # it grows while cells come into view
        page.locator(scroller).first.evaluate(
            "(e, y) => { e.scrollTo(0, y); window.scrollTo(0, y); }", top
        )
        page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        text = page.locator("body").inner_text().lower()
        assert "model not found" not in text and "error displaying widget" not in text
        wanted -= {words for words in wanted if words in text}
        pictures = max(pictures, page.locator("img").count())
        top += 700
    assert not wanted, f"not readable: {wanted}"
    assert pictures > 0
