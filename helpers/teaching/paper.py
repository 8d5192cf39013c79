"""What slides, worksheets and keys share: text with formulas as one HTML file that needs no
network, and its print.

Formulas are drawn by matplotlib, so that nothing is fetched to show them; their source is their
alternative text.
"""

import functools
import html
import os
import re
import shutil
import subprocess
import tempfile
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
from matplotlib import mathtext
from matplotlib.font_manager import FontProperties
from nbconvert.filters import markdown2html

FORMULA = re.compile(r"\$\$(.+?)\$\$|\$(?=\S)([^$\n]+?)(?<=\S)\$", re.S)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge", "microsoft-edge")
PLACES = (
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


class PrintError(RuntimeError):
    """A page that could not be printed."""


def rich(markdown):
    """Return Markdown as HTML; formulas between dollar signs become drawings, links keep only their
    words.
    """
    formulas = []

    def keep(found):
        formulas.append((found[1] or found[2], bool(found[1])))
        return f"FORMULA{len(formulas) - 1}X"

    text = FORMULA.sub(keep, markdown)
    shown = markdown2html(re.sub(r"(?<!!)\[([^\]]+)\]\([^)]+\)", r"\1", text))
    shown = re.sub(r'<a class="anchor-link".*?</a>', "", shown, flags=re.S)
    return re.sub(r"FORMULA(\d+)X", lambda found: formula(*formulas[int(found[1])]), shown)


@functools.lru_cache(maxsize=256)
def formula(tex, display=False):
    """Return a formula as an HTML image; tex: without its dollar signs, display: on a line of its
    own.
    """
    stream = BytesIO()
    with mpl.rc_context({"mathtext.fontset": "stix", "svg.fonttype": "path", "svg.hashsalt": "x"}):
        depth = mathtext.math_to_image(
            f"${tex.strip()}$", stream, prop=FontProperties(size=15), dpi=72, format="svg"
        )
    size = re.search(rb'width="([\d.]+)pt" height="([\d.]+)pt"', stream.getvalue())
    wide, tall = (float(number) / 15 for number in size.groups())
    image = (
        f'<img class="formula" alt="{html.escape(tex.strip())}" '
        f'style="width:{wide:.2f}em;height:{tall:.2f}em;'
        f'vertical-align:{-depth / 15:.2f}em" '
        f'src="data:image/svg+xml;base64,{b64encode(stream.getvalue()).decode()}">'
    )
    return f'<span class="display">{image}</span>' if display else image


def page(title, body, style):
    """Return a whole HTML page with its style inside."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta '
        f'charset="utf-8"><title>{html.escape(title)}</title>\n'
        f"<style>{style}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def browser():
    """Return the path of a browser that prints (Chromium, Chrome, Edge); raise PrintError when none
    is found.
    """
    found = [shutil.which(name) for name in BROWSERS] + [p for p in PLACES if os.path.exists(p)]
    for path in filter(None, found):
        return path
    raise PrintError(
        f"no browser that prints was found; accepted: {', '.join(BROWSERS)}. "
        "The HTML file is written: open it in any browser and print it from there"
    )


def print_pdf(source, target):
    """Print the HTML file `source` into the PDF file `target`; raise PrintError when the browser
    does not.
    """
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            browser(),
            "--headless",
            "--disable-gpu",
            "--disable-background-networking",
            "--no-first-run",
            f"--user-data-dir={profile}",
            "--no-pdf-header-footer",
            f"--print-to-pdf={Path(target).absolute()}",
            *root,
            Path(source).absolute().as_uri(),
        ]
        Path(target).unlink(missing_ok=True)
        ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if not Path(target).exists():
        raise PrintError(f"{command[0]} printed nothing: {ran.stderr.strip()[-300:]}")
