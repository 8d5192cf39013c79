"""An interactive figure in a real JupyterLab: by keyboard, by pointer, from Python; light, dark and
narrow.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import pale, violations
from tests.browser.conftest import shut_and_noticed, wait_idle, written

CELLS = [
    """import matplotlib.pyplot as plt
import pandas as pd
from helpers import figures
from helpers.figures import explore
figures.style()
towns = pd.DataFrame({"name": ["Lima", "Suva", "Bern"],
    "latitude_deg": [-12.05, -18.14, 46.95], "longitude_deg": [-77.05, 178.44, 7.45]})""",
    """fig, ax = plt.subplots()
figures.world_map(ax)
figures.places(ax, towns)
figures.show(fig, f"{len(towns)} towns on a map.")""",
    """def draw(height, kind, colour, extras, grid, chosen):
    if height == 300:
        raise ValueError("300 is not drawn")
    fig, ax = plt.subplots(figsize=(10, 4))
    figures.world_map(ax, south=-60, north=75)
    figures.places(ax, towns[towns["name"].isin(chosen)])
    ax.set_title(f"{kind}, {height} km")
    towns_ = ", ".join(chosen) or "none"
    added = ", ".join(extras) or "nothing"
    return fig, f"{kind} at {height} km, {colour}, with {added}, grid {grid}, towns {towns_}."

view = explore.explore(draw, "A test of <all> controls",
    height=explore.slider(200, 400, 10, 390, "Height", "km"),
    kind=explore.choice(["Circle", "Ellipse"], "Circle", "Shape"),
    colour=explore.choice([f"shade {i}" for i in range(8)], "shade 2", "Shade"),
    extras=explore.several(["drag", "burns"], ["drag"], "With"),
    grid=explore.tick(True, "Grid"),
    chosen=explore.world_points(towns, ["Lima"], "Towns"))
view""",
]
LONG_MS = 2000  # of the page's own clock: longer than any pause in explore.js, no answer is late
START = "Circle at 390 km, shade 2, with drag, grid True, towns Lima."


@pytest.fixture
def opened(lab, tmp_path):
    """Return a function that runs the test notebook and gives its page; the page is closed before
    its server stops.
    """
    pages = []

    def run(**options):
        page = lab(written(tmp_path, "explore.ipynb", *CELLS), **options)
        pages.append(page)
        lab.run_all(page)
        expect(sentence(page)).to_have_text(START)
        return page

    yield run
    for page in pages:
        page.close()


def sentence(page):
    return page.locator(".so-explore .so-sentence")


def test_keyboard_pointer_and_python_move_the_figure(opened):
    page = opened()
    picture = page.locator(".so-explore img")
    first = picture.get_attribute("src")

    slider = page.get_by_label("Height")
    slider.focus()
    for _ in range(12):  # faster than the kernel draws: only the last value must stand
        page.keyboard.press("ArrowLeft")
    expect(sentence(page)).to_have_text(re.compile("Circle at 270 km,"))
    expect(page.locator(".so-explore output")).to_have_text("270 km")
    assert slider.get_attribute("aria-valuetext") == "270 km"
    expect(picture).not_to_have_attribute("src", first)

    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # the radio group; JupyterLab must not take the key
    expect(sentence(page)).to_have_text(re.compile("^Ellipse at 270 km,"))
    page.keyboard.press("d")
    page.keyboard.press("d")  # would delete the cell
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(sentence(page)).to_have_text(re.compile("shade 3,"))
    page.get_by_label("burns").press("Space")
    page.get_by_label("Grid").press("Space")
    expect(sentence(page)).to_have_text(
        "Ellipse at 270 km, shade 3, with drag, burns, grid False, towns Lima."
    )
    assert page.locator(".jp-CodeCell").count() == 3

    page.locator(".so-dot").nth(2).click()
    expect(page.get_by_label("Bern")).to_be_checked()
    page.get_by_label("Lima").press("Space")
    expect(sentence(page)).to_have_text(re.compile("towns Bern[.]$"))
    assert page.locator(".so-dot.so-on").count() == 1

    slider.fill("300")
    expect(sentence(page)).to_have_text("This setting cannot be drawn: 300 is not drawn")
    expect(picture).to_be_hidden()

    page.keyboard.press("Escape")
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nview.set(height=210, chosen=['Suva'])")
    page.keyboard.press("Control+Enter")
    expect(sentence(page)).to_have_text(re.compile("^Ellipse at 210 km,.* towns Suva[.]$"))
    expect(slider).to_have_value("210")
    expect(page.get_by_label("Bern")).not_to_be_checked()
    expect(picture).to_be_visible()


KEEP = """() => { const said = window.said = [], drawn = window.drawn = [];
  const live = document.querySelector('.so-explore .so-live'),
    img = document.querySelector('.so-explore img');
  new MutationObserver(() => said.push(live.textContent)).observe(live, { childList: true });
  new MutationObserver(() => drawn.push(img.src)).observe(img, { attributes: true,
    attributeFilter: ['src'] }); }"""


def test_a_held_slider_draws_the_latest_and_speaks_once(opened):
    """Forty moves in half a second: fewer pictures than moves, the last one right, one
    announcement.
    """
    page = opened()
    page.clock.install()
    page.evaluate(KEEP)
    page.get_by_label("Height").scroll_into_view_if_needed()
    box = page.get_by_label("Height").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.9 * box["width"], middle)
    page.mouse.down()
    for step in range(40):
        page.mouse.move(box["x"] + (0.9 - 0.015 * step) * box["width"], middle)
    page.wait_for_function("() => !document.querySelector('.so-explore[aria-busy]')")
    page.clock.run_for(LONG_MS)  # held, and still: nobody is told yet
    assert page.evaluate("said") == [] and page.evaluate("drawn.length") >= 1
    page.mouse.up()
    shown = page.locator(".so-explore output").inner_text()
    announced = page.locator(".so-explore .so-live")
    expect(announced, "its sentence is announced when a move has ended").not_to_be_empty()
    page.clock.run_for(LONG_MS)
    assert page.evaluate("said") == [sentence(page).inner_text()]
    assert f"at {shown}," in sentence(page).inner_text()
    assert page.evaluate("drawn.length") < 40


def test_a_slider_at_rest_takes_nothing_from_the_moves_that_wait(opened, tmp_path):
    """Its rest falls into a draw: the kernel is busy until the test lets it go."""
    page, go = opened(), tmp_path / "go"
    page.clock.install()
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(f"import os\nwhile not os.path.exists({str(go)!r}): pass")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".jp-InputPrompt", has_text="[*]")).to_have_count(1)
    page.get_by_label("Grid").uncheck()
    page.get_by_label("Height").press("ArrowLeft")
    page.get_by_label("burns").check()
    page.get_by_label("Height").press("ArrowLeft")
    page.clock.run_for(LONG_MS)
    go.touch()
    expect(sentence(page)).to_have_text(
        "Circle at 370 km, shade 2, with drag, burns, grid False, towns Lima."
    )


def test_two_figures_with_a_control_of_one_name(lab, tmp_path):
    """Each is a module of its own in the page: a label is that of the slider beside it."""
    again = CELLS[2].replace("A test of <all> controls", "Another").replace("390", "210")
    page = lab(written(tmp_path, "two.ipynb", *CELLS, again))
    lab.run_all(page)
    other = page.locator(".so-explore", has_text="Another")
    expect(other.get_by_label("Height")).to_have_value("210")
    ids = page.evaluate("() => [...document.querySelectorAll('.so-explore [id]')].map(n => n.id)")
    assert len(ids) == len(set(ids)) == 6  # three native controls each have a label
    page.close()


def test_a_kernel_that_is_gone_is_said_not_logged(opened, lab):
    page = opened()
    shut_and_noticed(lab, page)
    page.get_by_label("Height").fill("250")
    expect(sentence(page)).to_have_text(re.compile("^No answer from the kernel"))


def test_running_again_leaves_one_live_figure(opened):
    page = opened()
    page.get_by_label("Height").fill("250")
    expect(sentence(page)).to_have_text(re.compile("at 250 km"))
    page.locator(".jp-CodeCell").nth(2).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    wait_idle(page)
    expect(sentence(page)).to_have_text(START)
    assert page.locator(".so-explore").count() == 1
    assert (
        page.locator(".so-explore img").get_attribute("alt") == "Figure: A test of <all> controls"
    )


@pytest.mark.parametrize(
    "dark, width", [(False, 1280), (True, 420)], ids=["light and wide", "dark and narrow"]
)
def test_readable_and_accessible(opened, dark, width, tmp_path):
    page = opened(dark=dark, width=width, height=2200)
    page.locator(".so-explore").scroll_into_view_if_needed()
    assert violations(page, ".so-explore") == []
    assert pale(page, ".so-explore", at_least=16) == []
    box, root = (
        page.locator(".so-explore").bounding_box(),
        page.locator(".jp-OutputArea-output:has(.so-explore)").bounding_box(),
    )
    assert box["width"] <= root["width"] + 1
    overflow = page.evaluate(
        "() => [...document.querySelectorAll('.so-explore *:not(.so-map *, img)')].filter(e => "
        "e.getBoundingClientRect().right > "
        "document.querySelector('.so-explore').getBoundingClientRect().right + 1).length"
    )
    assert overflow == 0
    # A picture scrolls rather than shrink its letters away.
    still = page.locator(".jp-OutputArea-output > .so-chart").first
    assert still.bounding_box()["width"] >= 560
    # Land and sea change with the page, and stay apart.
    colours = [
        page.locator(f".so-explore {one}").evaluate(f"e => getComputedStyle(e).{what}")
        for one, what in ((".so-map", "backgroundColor"), (".so-land", "fill"))
    ]
    light = [sum(map(int, re.findall(r"\d+", colour)[:3])) / 3 for colour in colours]
    assert all((one < 128) == dark for one in light) and abs(light[0] - light[1]) > 15, colours
    assert page.locator(".jp-RenderedHTMLCommon p").first.inner_text() == "3 towns on a map."
    expect(page.get_by_text(f"At the start setting: {START}")).to_be_hidden()  # the figure lives
    page.screenshot(path=tmp_path / "page.png")
