"""A globe in a real page: by mouse, by keyboard, playing; its words are those of Python;
in JupyterLab and without any kernel.
"""

import re

import nbformat
import numpy as np
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from playwright.sync_api import expect

from helpers.figures import globe
from helpers.science import orbits
from helpers.tables import data
from tests.browser.accessibility import violations
from tests.browser.conftest import NOTEBOOK_7, shut_and_noticed, written
from tests.notebooks import ROOT, stored_form

CELLS = [
    """from helpers.figures import globe
from helpers.science import orbits
from helpers.tables import data
station = orbits.newest(orbits.sets("tiangong"))
start, hours = station.epoch, 3.0
dishes = data.table("ground_stations")""",
    """view = globe.globe(
    "Who hears the station?", f"{len(dishes)} dishes listen.",
    globe.satellite(station, start, hours, name="Tiangong", track=90, reach_elevation=10),
    globe.places(dishes, sees=10), start=start, hours=hours, centre=(20, 100))
view""",
]
STATION = orbits.newest(orbits.sets("tiangong"))
START, HOURS = STATION.epoch, 3.0


def bare(view, tmp_path):
    """Write a page that holds only this globe, and return its address: no kernel, no server."""
    file = tmp_path / "globe.html"
    file.write_text(
        '<!doctype html><html lang="en"><title>globe</title>'
        f"<body><main>{globe.as_page(view)}</main>"
    )
    return file.as_uri()


def station_globe(**options):
    return globe.globe(
        "Who hears the station?",
        "The dishes listen.",
        globe.satellite(STATION, START, HOURS, name="Tiangong", track=90, reach_elevation=10),
        globe.places(data.table("ground_stations"), sees=10),
        start=START,
        hours=HOURS,
        **options,
    )


def state(page, what):
    """Return a part of what the globe on a page knows."""
    return page.evaluate(f"() => document.querySelector('.so-globe').globe.{what}")


def said(page):
    return page.locator(".so-globe .so-said")


def turns_by_mouse_and_keyboard(page):
    canvas = page.locator(".so-globe canvas")
    canvas.scroll_into_view_if_needed()
    before = state(page, "scene.camera")
    box = canvas.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 80, middle[1] + 40, steps=4)
    page.mouse.up()
    dragged = state(page, "scene.camera")
    assert dragged["longitude"] < before["longitude"] - 5  # what was west comes into view
    assert dragged["latitude"] > before["latitude"] + 3
    canvas.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    after = state(page, "scene.camera")
    east = after["longitude"] - dragged["longitude"]
    assert east % 360 == pytest.approx(10), "the arrow key turns it by ten degrees"
    assert after["zoom"] == 1.25, "plus brings it nearer"
    page.get_by_role("button", name="First view").click()
    assert state(page, "scene.camera")["longitude"] == before["longitude"]


def plays_and_says(page):
    page.get_by_label("Choose").select_option("Tiangong")
    expect(said(page)).to_have_text(re.compile(r"Tiangong: \d+ km high, over [\d.]+ degrees"))
    first = said(page).inner_text()
    page.get_by_label("Speed").select_option("600")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => document.querySelector('.so-globe').globe.state.seconds > 600")
    page.get_by_role("button", name="Pause").click()
    assert said(page).inner_text() != first
    expect(page.locator(".so-globe .so-live")).to_contain_text("Tiangong")


def test_turns_plays_and_reads_out_in_jupyterlab(lab, tmp_path):
    page = lab(written(tmp_path, "globe.ipynb", *CELLS))
    lab.run_all(page)
    expect(page.locator(".so-globe canvas")).to_be_visible()
    turns_by_mouse_and_keyboard(page)
    plays_and_says(page)
    # The kernel goes while the globe plays; the globe stays, and writes no error into the console.
    page.get_by_role("button", name="Play").click()
    shut_and_noticed(lab, page)
    page.get_by_role("button", name="Pause").click()
    page.get_by_label("Time").first.fill("7200")
    page.get_by_label("Choose").select_option("Kashi")
    expect(said(page)).to_have_text(re.compile("Kashi: 38.4 degrees north"))
    page.close()


def test_turns_plays_and_reads_out_in_notebook_7(lab, tmp_path, watched):
    pytest.importorskip("notebook", reason="Notebook 7 is served where it is installed")
    page = lab(written(tmp_path, "seven.ipynb", *CELLS), app="notebook")
    lab.run_all(page)
    expect(page.locator(".so-globe canvas")).to_be_visible()
    turns_by_mouse_and_keyboard(page)
    plays_and_says(page)
    assert violations(page, ".so-globe") == []
    page.close()
    # The settings of the server are those of JupyterLab: Notebook 7 misses its own.
    watched.errors[:] = [e for e in watched.errors if not any(w in e for w in NOTEBOOK_7)]


def test_turns_plays_and_reads_out_in_exported_html(new_page, tmp_path, monkeypatch):
    """What nbconvert makes of a lesson that was run for a page without
    kernel (SHARED_ORBITS_PAGE).
    """
    monkeypatch.setenv("SHARED_ORBITS_PAGE", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = nbformat.read(written(tmp_path, "export.ipynb", *CELLS), as_version=4)
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    html = HTMLExporter().from_notebook_node(stored_form(notebook))[0]
    file = tmp_path / "export.html"
    file.write_text(
        re.sub(r'<script[^>]*src="http.*?</script>', "", html, flags=re.S), encoding="utf-8"
    )
    page = new_page(reduced_motion="reduce")
    page.goto(file.as_uri())
    turns_by_mouse_and_keyboard(page)
    plays_and_says(page)
    assert violations(page, ".so-globe") == []


def test_python_knows_what_was_chosen(lab, tmp_path):
    page = lab(written(tmp_path, "chosen.ipynb", *CELLS, "print(view.chosen, view.time)"))
    lab.run_all(page)
    page.get_by_label("Choose").select_option("Kashi")
    page.locator(".jp-CodeCell").nth(2).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(re.compile("^Kashi 2026-06-11 12:54"))).to_be_visible()
    page.close()


def test_turns_and_plays_without_a_kernel(new_page, tmp_path):
    page = new_page()
    page.goto(bare(station_globe(), tmp_path))
    turns_by_mouse_and_keyboard(page)
    plays_and_says(page)


def test_the_page_says_what_python_computes(new_page, tmp_path):
    page = new_page()
    page.goto(bare(station_globe(chosen="Tiangong"), tmp_path))
    dishes = data.table("ground_stations")
    for seconds in np.linspace(0, 3600 * HOURS, 13):
        when = START + pd.Timedelta(seconds=seconds)
        under = orbits.subpoint(STATION, when).iloc[0]
        # A dish within a thousandth of a degree of the limit would decide by rounding.
        high = [
            orbits.look(STATION, row, when)["elevation"].iloc[0]
            for row in dishes.to_dict("records")
        ]
        seeing = [name for name, e in zip(dishes["name"], high) if e >= 10]
        assert min(abs(e - 10) for e in high) > 0.01
        words = page.evaluate(
            "(s) => { const { scene } = document.querySelector('.so-globe').globe;"
            " scene.seconds = s; return scene.say(scene.chosen); }",
            float(seconds),
        )
        height, latitude, ns, longitude, ew = re.match(
            r"Tiangong: ([\d,]+) km high, over ([\d.]+) degrees (\w+), ([\d.]+) degrees (\w+);",
            words,
        ).groups()
        assert float(height) == pytest.approx(under["height_km"], abs=1.0)
        assert (1 if ns == "north" else -1) * float(latitude) == pytest.approx(
            under["latitude"], abs=0.06
        )
        assert (1 if ew == "east" else -1) * float(longitude) == pytest.approx(
            under["longitude"], abs=0.06
        )
        last = [", ".join(seeing[:-1]), *seeing[-1:]] if len(seeing) > 1 else seeing
        assert words.endswith(f"seen by {' and '.join(last) or 'no station'}.")


def test_click_chooses_and_stars_keep_the_view(new_page, tmp_path):
    page = new_page()
    page.goto(bare(station_globe(centre=(38.4, 76.7)), tmp_path))
    box = page.locator("canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_label("Choose")).to_have_value("Kashi")
    page.get_by_label("Time").fill("5400")
    before = page.evaluate("() => [...document.querySelector('.so-globe').globe.scene.matrix()]")
    page.get_by_label("Watch from the stars").check()
    after = page.evaluate("() => [...document.querySelector('.so-globe').globe.scene.matrix()]")
    assert after == pytest.approx(before, abs=1e-9)
    page.get_by_label("Time").fill("9000")
    seconds = state(page, "state.seconds")
    assert state(page, "scene.turnOfBody()") == pytest.approx(360 * seconds / 86164.0905, abs=1e-6)


def test_reduced_motion_moves_in_steps(new_page, tmp_path):
    page = new_page(reduced_motion="reduce")
    page.clock.install(time=0)
    page.goto(bare(station_globe(), tmp_path))
    page.clock.pause_at(60)
    page.get_by_role("button", name="Play").click()
    seen = []
    for _ in range(25):  # 2.5 s of the page's own clock
        page.clock.run_for(100)
        seen.append(round(state(page, "state.seconds")))
    assert len(set(seen)) == 3, f"one step a second: {seen}"


@pytest.mark.parametrize(
    "dark, width", [(False, 1280), (True, 420)], ids=["light wide", "dark narrow"]
)
def test_readable_and_accessible(lab, dark, width, tmp_path):
    page = lab(written(tmp_path, "look.ipynb", *CELLS), dark=dark, width=width, height=1400)
    lab.run_all(page)
    page.locator(".so-globe").scroll_into_view_if_needed()
    page.get_by_label("Choose").select_option("Tiangong")
    assert violations(page, ".so-globe") == []
    over = page.evaluate(
        "() => { const right = (e) => e.getBoundingClientRect().right;"
        " const box = document.querySelector('.so-globe'), edge = right(box.parentElement) + 1;"
        " return [...box.querySelectorAll('*')].filter((e) => right(e) > edge).length; }"
    )
    assert over == 0
    page.screenshot(path=tmp_path / f"globe-{'dark' if dark else 'light'}-{width}.png")
    page.close()
