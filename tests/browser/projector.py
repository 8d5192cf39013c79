"""A lesson on a projector of 1280 x 720 in full screen:
the teacher's menu path, and what does not fit one screen.
"""

import os

from tests.notebooks import read

# Every run measures these; `make projector LESSONS="04 05"` measures others, it takes minutes.
TRIED = tuple(os.environ.get("SHARED_ORBITS_PROJECTOR", "04 10").split())
# The size of the page. Zoom 110 % makes the 17 pixels of presentation mode 14 points.
SCREENS = {"zoom 100 %": (1280, 720), "zoom 110 %": (1164, 655)}

TALL = """(core) => {
  const panel = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden)');
  const room = panel.querySelector('.jp-WindowedPanel-outer').clientHeight;
  const high = (node) => Math.ceil(node.getBoundingClientRect().height);
  const named = (what, node) => [`${what}: ${node.innerText.slice(0, 60)}`, high(node), room];
  const found = [...panel.querySelectorAll('.so-card')].map((card) => named('question', card));
  found.push(...[...panel.querySelectorAll('.so-explore, .so-globe')].map((one) => named('explore',
    one)));
  const cells = [...panel.querySelectorAll('.jp-Cell')];
  for (const i of core) {
    const area = cells[i].querySelector('.jp-Cell-outputArea');
    const own = area && area.querySelector('img')
      && !area.querySelector('.so-quiz, .so-explore, .so-globe');
    if (own) found.push(named('figure', area));
  }
  return found;
}"""


def choose(page, *names):
    """Choose an item of JupyterLab's menu by the words on the screen;
    each name but the first opens what it holds.
    """
    page.locator(".lm-MenuBar-item", has_text=names[0]).first.click()
    for name in names[1:]:
        page.locator(".lm-Menu-item", has_text=name).first.click()
    page.locator(".lm-Menu").first.wait_for(state="detached")


def project(page):
    """Take the path of the teacher's first page; the page is in the simple interface already."""
    choose(page, "View", "Appearance", "Presentation Mode")
    choose(page, "View", "Collapse All Code")
    page.wait_for_selector(".jp-CodeCell .jp-InputPlaceholder, .jp-CodeCell .jp-Placeholder")


def measured(page, path):
    """Return [(zoom, what, height, room)] of core figures with their sentences,
    explores and questions of a lesson.
    """
    cells = read(path).cells
    core = [i for i, c in enumerate(cells) if "core" in c.metadata.get("tags", [])]
    found = []
    for zoom, (width, height) in SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function("height => window.innerHeight === height", arg=height)
        page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 300)))"
        )
        found += [(zoom, *row) for row in page.evaluate(TALL, core)]
    return found


def too_tall(page, path):
    """Print what was measured and return what does not fit; the still figures, drawn for 960 x 480,
    are asked to fit at 100 % only.
    """
    rows = measured(page, path)
    for zoom, what, height, room in rows:
        print(path.stem, zoom, f"{height} of {room}", what.replace("\n", " "), sep="; ")
    return [
        row
        for row in rows
        if row[2] > row[3] and not (row[0] == "zoom 110 %" and row[1].startswith("figure"))
    ]
