"""The web edition: its contents, and the check that reads every page of it."""

import json
from pathlib import Path

import pytest

from doors import site
from doors.tools import DoorError

ROOT = Path(__file__).parents[1]


@pytest.fixture
def page(tmp_path):
    """Return a function that writes a page and returns the problems of the site."""

    def problems(html, name="a.html"):
        (tmp_path / "b.html").write_text('<p id="here">b</p>', encoding="utf-8")
        (tmp_path / name).write_text(html, encoding="utf-8")
        return site.problems(tmp_path)

    return problems


@pytest.mark.parametrize(
    "html",
    [
        '<a href="b.html">b</a>',
        '<a href="b.html#here">b</a>',
        '<a href="#top" id="top">a</a>',
        '<a href="https://example.org">elsewhere, when clicked</a>',
        '<link rel="canonical" href="https://example.org/a">',
        '<img src="data:image/png;base64,AA">',
    ],
)
def test_good_pages(page, html):
    assert page(html) == []


@pytest.mark.parametrize(
    "html, said",
    [
        ('<a href="c.html">c</a>', "a.html links to c.html, which is not there"),
        ('<a href="02_station_orbit.ipynb">c</a>', "02_station_orbit.ipynb, which is not there"),
        ('<a href="b.html#there">b</a>', "no such place on that page"),
        (
            '<script src="https://cdn.example/x.js"></script>',
            "a.html fetches https://cdn.example/x.js",
        ),
        ('<link rel="stylesheet" href="//cdn.example/x.css">', "fetches //cdn.example/x.css"),
        ('<img src="http://example.org/x.png">', "fetches http://example.org/x.png"),
    ],
)
def test_what_is_wrong_is_named(page, html, said):
    (found,) = page(html)
    assert said in found


def test_every_lesson_and_teacher_page_is_in_it_once():
    files = [c["file"] for part in site.contents()["parts"] for c in part["chapters"]]
    lessons = {f"notebooks/{p.stem}" for p in (ROOT / "notebooks").glob("[0-9]*.ipynb")}
    pages = {f"notebooks/teacher/{p.stem}" for p in (ROOT / "notebooks" / "teacher").glob("*.md")}
    assert set(files) == lessons | pages | {"CONTRIBUTING"} and len(files) == len(set(files))


def globe(said, shown="a still picture"):
    """Return a notebook that shows one globe."""
    output = {"output_type": "display_data", "metadata": {}}
    output["data"] = {"text/html": [shown], "text/plain": ["Globe: a title\n", said]}
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "", "outputs": [output]}
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return {"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    """Return the path of a lesson with a globe; running it is played by a file that lies ready."""
    path = tmp_path / "02_lesson.ipynb"
    path.write_text(json.dumps(globe("17 capitals")), encoding="utf-8")

    def executed(command, env, cwd):
        assert env["SHARED_ORBITS_PAGE"] == "1" and command[-1] == str(path)
        target = Path(command[command.index("--output-dir") + 1]) / path.name
        target.write_text(json.dumps(globe(executed.said, "one that turns")), encoding="utf-8")

    monkeypatch.setattr(site, "run", executed)
    return path, executed


def test_a_globe_that_turns_takes_the_place_of_its_picture(lesson):
    path, executed = lesson
    executed.said = "17 capitals"
    (text,) = site.with_globes("python", [path]).values()
    assert "one that turns" in text and "a still picture" not in text


def test_a_globe_that_says_something_else_than_is_stored_is_an_error(lesson):
    path, executed = lesson
    executed.said = "18 capitals"
    with pytest.raises(DoorError, match="02_lesson.ipynb: no globe says (.|\n)*17 capitals"):
        site.with_globes("python", [path])


def test_lessons_without_a_globe_are_not_run(tmp_path):
    path = tmp_path / "01_lesson.ipynb"
    path.write_text(json.dumps(globe("x") | {"cells": []}), encoding="utf-8")
    assert list(site.with_globes("no python at all", [path])) == [path]


def test_each_script_stands_once_and_none_runs_cells_elsewhere():
    once = '<script src="a.js"></script>'
    html = once + '<script defer src="a.js"></script><script>const THEBE_JS_URL = "x"</script>'
    html += '<script type="text/x-thebe-config">{}</script><script>let b;</script>'
    assert site.mended(html) == once + "<script>let b;</script>"


def test_a_question_leads_to_where_it_can_be_answered():
    made = site.mended("<p><em>Run this cell to answer.</em></p>")
    assert made == '<p><a href="../index.html">Open the lesson in JupyterLab to answer.</a></p>'


def test_sources_hold_all_that_is_listed_and_links_between_lessons_lead_to_pages(tmp_path):
    mathjax = tmp_path / "es5"
    mathjax.mkdir()
    (mathjax / site.MATHJAX).write_text("", encoding="utf-8")
    folder = tmp_path / "work"
    lessons = (ROOT / "notebooks").glob("[0-9]*.ipynb")
    site.write_sources(folder, mathjax, {path: path.read_text("utf-8") for path in lessons})
    for part in site.contents()["parts"]:
        for chapter in part["chapters"]:
            assert list(folder.glob(chapter["file"] + ".*")), chapter
    start = folder / "notebooks" / "00_start_here.ipynb"
    outputs = json.dumps(
        [c.get("outputs") for c in json.loads(start.read_text(encoding="utf-8"))["cells"]]
    )
    assert "02_station_orbit.html" in outputs and '.ipynb\\"' not in outputs
    assert json.loads((folder / "_config.yml").read_text())["execute"] == {
        "execute_notebooks": "off"
    }


def test_without_mathjax_it_says_so(tmp_path, capsys):
    given = ["--mathjax", str(tmp_path), "--python", "python", "--out", str(tmp_path / "out")]
    assert site.main(given) == 2
    assert f"no {site.MATHJAX} there" in capsys.readouterr().err


def test_pages_are_mended_for_keyboards_and_screen_readers():
    html = (
        '<div class="sidebar-primary-item">logo</div><div class="sidebar-primary-item">menu</div>'
        "<table><thead><tr><th></th><th>km</th></tr></thead></table>"
        '<section aria-label="Claims">a</section><section aria-label="Claims">b</section>'
    )
    made = site.mended(html)
    assert made.count('role="region" aria-label="Course"') == 1
    assert "<th></th>" not in made and "<th>km</th>" in made
    assert '"Claims"' in made and '"Claims (2)"' in made
