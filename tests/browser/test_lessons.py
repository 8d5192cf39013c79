"""The lessons as a learner meets them: opened in JupyterLab, run, opened without a kernel,
exported.
"""

import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from urllib.parse import urlparse

import pytest

from tests.browser import projector
from tests.browser.conftest import playwright_api
from tests.notebooks import LESSONS, ROOT

STATION = ROOT / "notebooks" / "02_station_orbit.ipynb"


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


# The cells whose output is a widget that shows no words (or those of a failure).
BLANK = """() => window.jupyterapp.shell.currentWidget.content.widgets.filter((cell) => {
  if (cell.model.type !== 'code') return false;
  const widgets = cell.model.outputs.toJSON().filter(
    (output) => output.data?.['application/vnd.jupyter.widget-view+json']).length;
  const shown = [...cell.node.querySelectorAll('.so-quiz, .so-explore, .so-globe')].filter(
    (node) => node.innerText.trim()).length;
  return shown < widgets || cell.node.innerText.includes('Error displaying widget');
}).map((cell) => cell.model.sharedModel.getSource())"""
# The cells with a picture that a screen reader cannot name: JupyterLab writes "Image" where no name
# stands.
NAMELESS = """() => [...document.querySelectorAll('.jp-Cell')].filter(
  (cell) => [...cell.querySelectorAll('img')].some(({ alt }) => ['', 'Image'].includes(alt.trim()))
).map((cell) => cell.innerText.slice(0, 200))"""


def blank_widgets(page):
    """Wait until every widget shows something; return the code of the cells whose one does not."""
    with suppress(playwright_api.TimeoutError):
        page.wait_for_function(f"() => ({BLANK})().length === 0", timeout=10000)
    return page.evaluate(BLANK)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_runs_without_error_and_its_figures_answer(lab, path):
    page = lab(path)
    lab.run_all(page)
    assert blank_widgets(page) == [], "a widget shows nothing"
    assert page.evaluate(NAMELESS) == [], "a picture has no alternative text"
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
    # nbconvert's own page asks a site for formulas and old widgets; here it answers nothing, and
    # all must still be readable. Nothing of ours asks for more.
    asked = set()
    page.on("request", lambda request: asked.add(urlparse(request.url).hostname))
    page.route("http*://**", lambda route: route.abort())
    page.goto((tmp_path / f"{STATION.stem}.html").as_uri())
    assert_readable(page, "body")
    page.close()
    assert asked - {None, "cdnjs.cloudflare.com"} == set(), "the exported page asks outside"


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
