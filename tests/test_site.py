"""The web edition: its contents, and the check that reads every page of it."""

import json
from pathlib import Path

import pytest

from doors import site

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


def test_sources_hold_all_that_is_listed_and_links_between_lessons_lead_to_pages(tmp_path):
    mathjax = tmp_path / "es5"
    mathjax.mkdir()
    (mathjax / site.MATHJAX).write_text("", encoding="utf-8")
    folder = tmp_path / "work"
    site.write_sources(folder, mathjax)
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
    assert site.main(["--mathjax", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert f"no {site.MATHJAX} there" in capsys.readouterr().err


def test_pages_are_mended_for_keyboards_and_screen_readers():
    html = (
        '<div class="sidebar-primary-item">logo</div><div class="sidebar-primary-item">menu</div>'
        "<table><thead><tr><th></th><th>km</th></tr></thead></table>"
        '<div style="overflow-x:auto">wide</div>'
        '<section aria-label="Claims">a</section><section aria-label="Claims">b</section>'
    )
    made = site.mended(html)
    assert made.count('role="region" aria-label="Course"') == 1
    assert "<th></th>" not in made and "<th>km</th>" in made
    assert '<div style="overflow-x:auto" tabindex="0">' in made
    assert '"Claims"' in made and '"Claims (2)"' in made
