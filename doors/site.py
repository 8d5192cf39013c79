"""Make the web edition: the stored lessons as pages to read, with search, that work from a folder
without a network.

    make site          writes dist/site; open dist/site/index.html

Pages show what is stored. Only the lessons with a globe are run, to put one that turns in the place
of its still picture. Then every page is read again: each link inside must lead somewhere, and no
page may fetch anything from elsewhere.
"""

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from doors.tools import ROOT, DoorError, run
from helpers.base import headings
from helpers.learning.copies import RUN

LESSONS = ROOT / "notebooks"
MATHJAX = "tex-mml-svg.js"  # one file, formulas as drawings: no fonts to fetch
# What a stored quiz says; on a page there is no cell to run.
TO_RUN = re.compile(rf"<em>{RUN} to ([^<]*?)\.?</em>")
TO_LESSON = re.compile(r'(href=\\"\d\d_\w+)\.ipynb')  # as it stands in the text of a notebook file
FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}


def contents():
    """Return the table of contents: the lessons, and the pages for teachers apart."""
    lessons = [{"file": f"notebooks/{path.stem}"} for path in sorted(LESSONS.glob("[0-9]*.ipynb"))]
    pages = sorted((LESSONS / "teacher").glob("*.md"))
    first = [{"file": "notebooks/teacher/README", "title": "Where to begin"}]
    rest = [{"file": f"notebooks/teacher/{p.stem}"} for p in pages if p.stem != "README"]
    return {
        "format": "jb-book",
        "root": "index",
        "parts": [
            {"caption": "Lessons", "chapters": lessons},
            {"caption": "For teachers", "chapters": first + rest},
            {"caption": "For those who change it", "chapters": [{"file": "CONTRIBUTING"}]},
        ],
    }


def configuration():
    """Return the settings: nothing is executed, nothing is fetched when a page is read."""
    return {
        "title": "Shared Orbits",
        "author": "The Shared Orbits authors",
        "copyright": "2026, CC BY 4.0 (text and figures), MIT (code)",
        "only_build_toc_files": True,
        "execute": {"execute_notebooks": "off"},
        "html": {"use_edit_page_button": False, "use_repository_button": False},
        "launch_buttons": {"notebook_interface": "classic"},
        "sphinx": {
            "config": {
                "mathjax_path": f"mathjax/{MATHJAX}",
                "nb_ipywidgets_js": {},
                "html_show_sphinx": False,
                "suppress_warnings": ["myst.header", "mystnb.unknown_mime_type"],
            }
        },
    }


INDEX = """# Shared Orbits

Does going to space together pay, for whom, and at what cost? This course does not retell the news
about space cooperation: it tests it. Here you can read it as it is stored, with all figures and
questions.

Globes turn here. To do the course (to answer, to move the other figures, to change a number and
see what follows) you need JupyterLab on your own computer: the README says how, in one command. No
answers are collected here; this page asks nobody anything.

Begin with [the first lesson](notebooks/00_start_here.ipynb). Teachers begin
[here](notebooks/teacher/README.md).
"""


def shown(notebook):
    """Return {its words: the output} of the globes that a notebook shows."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    words = ["".join(output.get("data", {}).get("text/plain", "")) for output in outputs]
    return {said: o for said, o in zip(words, outputs) if said.startswith("Globe:")}


def with_globes(python, paths):
    """Return the notebooks of `paths` as text, with globes that turn; python: that of the course.

    Raises DoorError when a globe says something else than the one that is stored.
    """
    stored = {path: json.loads(path.read_text(encoding="utf-8")) for path in paths}
    wanted = [path for path in paths if shown(stored[path])]
    with tempfile.TemporaryDirectory() as work:
        told = {"SHARED_ORBITS_PAGE": "1", "SHARED_ORBITS_HOME": f"{work}/home", "CI": "true"}
        command = [str(python), "-m", "nbconvert", "--execute", "--to", "notebook"]
        if wanted:
            names = map(str, wanted)
            run([*command, "--output-dir", work, *names], env=os.environ | told, cwd=ROOT)
        for path in wanted:
            turning = shown(json.loads((Path(work) / path.name).read_text(encoding="utf-8")))
            for said, output in shown(stored[path]).items():
                if said not in turning:
                    raise DoorError(f"{path.name}: no globe says what is stored: {said}")
                output["data"]["text/html"] = turning[said]["data"]["text/html"]
    return {path: json.dumps(notebook, ensure_ascii=False) for path, notebook in stored.items()}


def write_sources(folder, mathjax, notebooks):
    """Write everything that the generator reads into `folder`; mathjax: folder of MathJax's single
    files; notebooks: {path: text} of the lessons.
    """
    (folder / "notebooks" / "teacher").mkdir(parents=True)
    for path in [*(LESSONS / "teacher").glob("*.md"), *(LESSONS / "teacher").glob("*.png")]:
        shutil.copy(path, folder / path.relative_to(ROOT))
    for path, text in notebooks.items():
        # The generator mends links in text, not in what cells have shown.
        text = TO_LESSON.sub(r"\1.html", text)
        (folder / path.relative_to(ROOT)).write_text(text, encoding="utf-8")
    change = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (folder / "CONTRIBUTING.md").write_text(change.replace("(README.md)", "(index.md)"), "utf-8")
    (folder / "index.md").write_text(INDEX, encoding="utf-8")
    # JSON is YAML: no library needed to write it
    for name, value in (("_toc.yml", contents()), ("_config.yml", configuration())):
        (folder / name).write_text(json.dumps(value, indent=1), encoding="utf-8")
    (folder / "_static" / "mathjax").mkdir(parents=True)
    (folder / "_static" / "shown.css").write_text(STYLE, encoding="utf-8")
    shutil.copy(mathjax / MATHJAX, folder / "_static" / "mathjax" / MATHJAX)


# The theme puts what cells have shown on light paper in the dark theme, with words made for dark.
STYLE = """html[data-theme=dark] .bd-content div.cell_output :is(.text_html, img) {
  background-color: transparent !important;
  color: var(--pst-color-text-base) !important;
  padding: 0;
}
"""


def mended(html):
    """Return a page so that keyboards and screen readers find their way: the logo in a landmark, no
    empty heading in a table, and a name for each part of its own.
    """
    html = headings.mended(html)
    logo = '<div class="sidebar-primary-item">'
    html = html.replace(logo, logo.replace(">", ' role="region" aria-label="Course">'), 1)
    html = TO_RUN.sub(r'<a href="../index.html">Open the lesson in JupyterLab to \1.</a>', html)
    seen = {}

    def named(found):
        seen[found[1]] = seen.get(found[1], 0) + 1
        number = f" ({seen[found[1]]})" if seen[found[1]] > 1 else ""
        return f'<section aria-label="{found[1]}{number}"'

    return re.sub(r'<section aria-label="([^"]*)"', named, _without_repeats(html))


SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.S)


def _without_repeats(html):
    """Return a page with each script once, and without the one that would run cells elsewhere."""
    seen = set()

    def once(found):
        source = re.search(r'src="([^"]*)"', found[1])
        what = source[1] if source else found[2]
        away = what in seen or "thebe" in found[1] or "THEBE_JS_URL" in found[2]
        seen.add(what)
        return "" if away else found[0]

    return SCRIPT.sub(once, html)


class Page(HTMLParser):
    """Reads what a page fetches, where it links to, and which places in it can be linked to."""

    def __init__(self, text):
        super().__init__()
        self.fetched, self.links, self.names = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.names |= {given[key] for key in ("id", "name") if given.get(key)}
        target = given.get(FETCHED.get(tag, ""))
        if target and not (tag == "link" and given.get("rel") in ("canonical", "search", "index")):
            self.fetched.append(target)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])


def problems(site):
    """Return sentences on what is wrong in the pages of folder `site`: things fetched from
    elsewhere, links to nothing.
    """
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    found = []
    for path, page in pages.items():
        name = path.relative_to(site).as_posix()
        for target in page.fetched:
            if urlsplit(target).scheme in ("http", "https") or target.startswith("//"):
                found.append(f"{name} fetches {target}")
        for target in page.links:
            parts = urlsplit(target)
            if parts.scheme or target.startswith("//"):
                continue
            to = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not to.exists():
                found.append(f"{name} links to {target}, which is not there")
            elif parts.fragment and to in pages and parts.fragment not in pages[to].names:
                found.append(f"{name} links to {target}: no such place on that page")
    return found


def main(arguments=None):
    """Build and check the site; return 0, or 2 with what was wrong."""
    parser = argparse.ArgumentParser(prog="make site", description=__doc__.splitlines()[0])
    parser.add_argument("--mathjax", type=Path, required=True, help="folder es5 of MathJax 3")
    parser.add_argument("--python", type=Path, required=True, help="the Python of the course")
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "site")
    options = parser.parse_args(arguments)
    try:
        if not (options.mathjax / MATHJAX).is_file():
            raise DoorError(f"--mathjax {options.mathjax}: no {MATHJAX} there")
        with tempfile.TemporaryDirectory() as work:
            notebooks = with_globes(options.python, sorted(LESSONS.glob("[0-9]*.ipynb")))
            write_sources(Path(work), options.mathjax, notebooks)
            run([str(Path(sys.executable).parent / "jupyter-book"), "build", "--quiet", work])
            built = Path(work) / "_build" / "html"
            shutil.rmtree(options.out, ignore_errors=True)
            shutil.copytree(built, options.out)
        for page in options.out.rglob("*.html"):
            page.write_text(mended(page.read_text(encoding="utf-8")), encoding="utf-8")
        wrong = problems(options.out)
        if wrong:
            raise DoorError("\n".join(wrong))
    except (DoorError, OSError) as problem:
        print(f"site: {problem}", file=sys.stderr)
        return 2
    pages = len(list(options.out.rglob("*.html")))
    print(f"{options.out}: {pages} pages, all links inside lead somewhere, nothing is fetched")
    return 0


if __name__ == "__main__":
    sys.exit(main())
