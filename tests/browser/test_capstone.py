"""Lesson 13 as its learner works: two designs, a claim of their own and the report, typed."""

from tests.browser.accessibility import pale, violations
from tests.browser.conftest import wait_idle
from tests.notebooks import ROOT

CLAIM = """claims.new(
claim="Two agencies see more of the Earth at once than the best of them.",
speaker="A. Learner", said_in="A homework, School of Lima", said_on="2026-11",
decides="the places of their satellites", source="WMO OSCAR, 2026",
computed=lambda: mine.dividend().sentence(), verdict="supported",
would_change="a satellite that is switched off",
)"""


def retype(page, words, text):
    """Write over the whole code cell that holds these words, run it and return it."""
    cell = page.locator(".jp-CodeCell", has_text=words).first
    number = cell.locator(".jp-InputPrompt").inner_text()
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")
    changed = "([e, n]) => /\\d/.test(e.innerText) && e.innerText !== n"
    prompt = page.locator(".jp-Notebook .jp-CodeCell.jp-mod-selected .jp-InputPrompt")
    page.wait_for_function(changed, arg=[prompt.element_handle(), number], timeout=60000)
    wait_idle(page)
    return page.locator(".jp-Notebook .jp-CodeCell.jp-mod-selected").first


def look(page, theme, width):
    """Change the theme and the width of the open page."""
    change = "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})"
    page.evaluate(change, theme)
    page.wait_for_function(
        "light => document.body.dataset.jpThemeLight === light", arg=str("Light" in theme).lower()
    )
    page.set_viewport_size({"width": width, "height": 900})


def readable(page, cell):
    """Compare the words of what a cell has put out with what they stand on, and ask for names."""
    cell.locator(".jp-OutputArea").evaluate("area => area.id = 'asked'")
    assert pale(page, "#asked .jp-OutputArea-output") == [], "words that are hard to read"
    assert "image-alt" not in [rule for rule, _ in violations(page, "#asked")]
    cell.locator(".jp-OutputArea").evaluate("area => area.removeAttribute('id')")


def test_designs_a_claim_and_the_report_are_made_by_hand(lab, tmp_path):
    """The first design in a wide and light window, all that follows in a narrow and dark one."""
    page = lab(ROOT / "notebooks" / "13_capstone.ipynb", dark=True)
    lab.run_all(page)
    look(page, "JupyterLab Light", 1280)
    cell = retype(
        page,
        "mine = design.Mission",
        'mine = design.Mission("weather", ("EUMETSAT", "JMA"), new={"JMA": [-120]})\n'
        "figures.show(*lesson.gives_and_costs(mine))",
    )
    first = cell.locator(".jp-OutputArea").inner_text()
    assert "The best partner alone (JMA): 49.4" in first and "New: 1 weather satellite" in first
    readable(page, cell)
    look(page, "JupyterLab Dark", 420)
    readable(page, cell)
    cell = retype(
        page,
        "other = design.Mission",
        'other = design.Mission("weather", ("CMA", "EUMETSAT"), new={"CMA": [-60, 10]})\n'
        "lesson.designs(mine=mine, other=other)",
    )
    table = cell.locator(".jp-OutputArea table")
    assert "CMA, EUMETSAT" in table.inner_text() and "2 (weather satellite" in table.inner_text()
    readable(page, cell)
    cell.screenshot(path=tmp_path / "designs.png")
    cell = retype(page, "claims.new(", CLAIM)
    kept = cell.locator(".jp-OutputArea").inner_text()
    assert "Two agencies see more of the Earth" in kept and "supported" in kept
    readable(page, cell)
    cell.screenshot(path=tmp_path / "claim.png")
    retype(page, "report.write(", "path = report.write(mine, lesson.gives_and_costs(mine))")
    (report,) = lab.server.home.rglob("report.html")
    read = page.context.new_page()
    read.goto(report.as_uri())
    told = read.locator("body").inner_text()
    assert "Two agencies see more of the Earth" in told and "A. Learner" in told
    for width in (1280, 420):
        read.set_viewport_size({"width": width, "height": 900})
        assert read.evaluate("document.documentElement.scrollWidth <= innerWidth")
        read.screenshot(path=tmp_path / f"report_{width}.png", full_page=True)
    read.close()
