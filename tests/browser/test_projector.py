"""Slides on a projector of 1280 x 720: nothing is cut off, letters are large, arrow keys go on."""

import pytest

from helpers.teaching import slides
from tests.notebooks import LESSONS

CUT = """() => [...document.querySelectorAll('.slide')].filter(
  (s) => s.scrollHeight > 720 || s.scrollWidth > 1280).map((s) => s.innerText.slice(0, 80))"""
# smaller than 14 points
SMALL = """() => [...document.querySelectorAll('.slide p, .slide li, .slide td, .slide pre')]
  .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 18.7).map((e) => e.innerText)"""


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_slide_fits_the_projector_with_letters_of_14_points(path, new_page, tmp_path):
    written = tmp_path / "slides.html"
    written.write_text(slides.slides(path.name[:2]), encoding="utf-8")
    page = new_page(1280, 720)
    page.goto(written.as_uri())
    assert page.evaluate(CUT) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate("() => [...document.images].every((i) => i.naturalWidth > 0)")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert (
        page.evaluate("() => document.querySelectorAll('.slide')[2].getBoundingClientRect().top")
        < 60
    )
