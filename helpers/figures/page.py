"""Figures that can be read from the back row: one style, and `show`.

`show(fig, text)` puts the picture with a sentence below it. The sentence carries the computed
numbers: a screen reader reads it, and the tests compare it, so a wrong curve cannot hide.
"""

import gc
import re
import struct
import zlib
from base64 import b64encode
from functools import lru_cache
from html import escape
from io import BytesIO
from mmap import mmap

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from cycler import cycler
from IPython import get_ipython
from IPython.display import display
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from PIL import Image

from helpers.base import headings
from helpers.base.memory import HEAP


# Okabe and Ito, "Color Universal Design" (2008): told apart with every common kind of colour
# vision.
COLOURS = {
    "blue": "#0072B2",
    "vermillion": "#D55E00",
    "green": "#009E73",
    "purple": "#CC79A7",
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "black": "#000000",
    "yellow": "#F0E442",
}
PAPER, INK, GREY, LAND, COAST = "#FDFDFB", "#1A1A1A", "#5A5A5A", "#E4E1D8", "#8A8578"
MOUNT, ON_MOUNT = "#14181F", "#ECECEC"  # round a photograph, dark in both themes as the globe's sky
# Inches: 960 x 480 pixels on the page; a figure and its sentence fit a projector of 1280 x 720.
SIZE = (10.0, 5.0)
PAGE_DPI = 96  # pixels of the page in an inch: 14 points of text are 14 points there
MANY_COLOURS = 10000  # a chart with smooth edges has some thousand
FLAT, EDGE = 32, 16  # colours kept as they are; side of the cells of the others, of 256
STORED_DPI = 144  # pixels stored in an inch: sharp on a good screen, small in the file


class FigureError(ValueError):
    """A figure that cannot be shown as it is."""


def style():
    """Set the style of the course for all figures and tables that follow;
    call it once, at the top of a notebook.
    """
    shell = get_ipython()
    if shell:
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, table)
        shell.events.register("post_run_cell", _free)
    mpl.rcdefaults()  # whatever settings of matplotlib this machine has
    mpl.rcParams.update(STYLE)
    if not gc.get_freeze_count():
        gc.freeze()  # what is imported stays: no collection need look at it again


def _free(*_):
    """After a cell: only a moved control gains by a renderer kept, and it holds 2.4 MB."""
    _renderer.cache_clear()
    HEAP.give_back()


NO_VALUE = re.compile(r">(?:NaN|NaT|&lt;NA&gt;)(</t[dh]>)")
OFFSET_OF_UTC = re.compile(r"(:[\d.]+)\+00:00(</t[dh]>)")


def table(frame):
    """Return a DataFrame as HTML for a notebook: no empty heading, a dash where there is no value,
    and times that say UTC.
    """
    html = headings.mended(frame._repr_html_() or "")
    return OFFSET_OF_UTC.sub(r"\1 UTC\2", NO_VALUE.sub(">\N{EN DASH}\\1", html)) or None


STYLE = {
    "figure.figsize": SIZE,
    "figure.dpi": PAGE_DPI,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "figure.constrained_layout.use": True,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 14,
    "axes.titlesize": 16,
    "axes.labelsize": 14,
    "xtick.labelsize": 14,
    "ytick.labelsize": 14,
    "legend.fontsize": 14,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.facecolor": PAPER,
    "axes.edgecolor": GREY,
    "axes.titlelocation": "left",
    "axes.titley": 1.0,  # else each title asks where the ticks end, a tenth of a drawing
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#DDDDD8",
    "grid.linewidth": 0.8,
    "lines.linewidth": 2.2,
    "lines.markersize": 7,
    "legend.frameon": False,
    # Lines differ in dash as well as in colour: no two of the seven have the same.
    "axes.prop_cycle": cycler(
        color=[
            COLOURS[c] for c in ("blue", "vermillion", "green", "purple", "orange", "sky", "black")
        ]
    )
    + cycler(linestyle=["-", "--", "-.", ":", (0, (9, 2)), (0, (4, 1, 1, 1, 1, 1)), (0, (2, 3))]),
}


# --- showing ------------------------------------------------------------------------------


def show(fig, text):
    """Show a figure with its sentence below, then close it.

    text: one or two sentences that say what the figure shows, with the computed numbers in them.
    Raises FigureError when the text is empty or has no letters, or when the figure has no axes.
    """
    text = sentence(text)
    if not fig.axes:
        raise FigureError("the figure has no axes; accepted: a figure with something drawn in it")
    width, height = fig.get_size_inches()
    count, kind, name = len(fig.axes), look(fig), title(fig) or text
    plain = f"Figure, {width:g} x {height:g} inches, {count} {'axis' if count == 1 else 'axes'}"
    shown = img(png(fig), name, width, kind)
    plt.close(fig)
    gc.collect()  # a figure is a circle of references, and holds its pixels
    display({"text/html": shown, "text/plain": plain}, raw=True)
    display({"text/html": caption(text), "text/plain": text}, raw=True)


# A page drops the description of a bare picture, so the picture stands in HTML, which keeps it. On
# dark pages light and dark change places and each colour stays the colour that the text names; a
# photograph is only dimmed. In a narrow window a picture scrolls rather than shrink its text away.
# A notebook that is not trusted keeps light charts: JupyterLab drops styles, filters and blends,
# and no one ink reads well enough (4.5 to 1) on white and on black paper.
ON_DARK = (
    "<style>.jp-OutputArea-output>:is(.so-chart,.so-photo){min-width:560px}"
    '[data-jp-theme-light="false"] .so-chart{filter:invert(.9) hue-rotate(180deg)}'
    '[data-jp-theme-light="false"] .so-photo{filter:brightness(.85)}</style>'
)
STORED = re.compile(
    r'<img class="so-(?:chart|photo)"[^>]* src="data:image/png;base64,([A-Za-z0-9+/=]*)"'
)


def img(picture, name, width, kind="chart"):
    """Return a picture (bytes of PNG, `width` inches wide) as HTML with its
    name as alternative text.

    kind: "chart", or "photo" for what must keep its light and dark on a dark page (`look`).
    """
    code = b64encode(picture).decode("ascii")
    alt = escape(f"Figure: {name}", quote=True)
    return (
        f'{ON_DARK}<img class="so-{kind}" alt="{alt}" width="{round(width * PAGE_DPI)}"'
        f' src="data:image/png;base64,{code}">'
    )


def stored(output):
    """Return the picture of a stored output of `show` or `explore`, base64 of PNG;
    "" for any other output.
    """
    html = output.get("data", {}).get("text/html", "")
    found = STORED.search("".join(html))
    return found[1] if found else ""


def look(fig):
    """Return "photo" for a figure that holds a picture in full colour or in greys, else "chart".

    A map that is coloured by hand says that it is none: `ax.imshow(..., gid="chart")`.
    """
    pictures = [image for ax in fig.axes for image in ax.images if image.get_gid() != "chart"]
    own = [np.ndim(p.get_array()) == 3 or p.get_cmap().name.startswith("Gr") for p in pictures]
    return "photo" if any(own) else "chart"


def _mount(fig):
    """Put a figure on dark paper, with its words in light: a photograph is framed so in both
    themes, and white paper would glare in a dark one.
    """
    fig.set_facecolor(MOUNT)
    for ax in fig.axes:
        ax.set_facecolor(MOUNT)
        ax.tick_params(colors=ON_MOUNT)
        ax.spines[:].set_color(ON_MOUNT)
    for text in fig.findobj(mpl.text.Text):
        if text.get_color() == INK:
            text.set_color(ON_MOUNT)


def heading(fig, text):
    """Write the question that a figure of several panels answers above them all."""
    fig.suptitle(text, x=0.01, ha="left", fontsize=STYLE["axes.titlesize"])


def title(fig):
    """Return the titles of a figure and its axes on one line; "" when it has none."""
    places = ("left", "center", "right")
    titles = [fig.get_suptitle(), *(ax.get_title(loc=loc) for ax in fig.axes for loc in places)]
    return " ".join(" / ".join(one for one in titles if one).split())


def sentence(text):
    """Return a figure's text on one line. Raises FigureError when nothing is said."""
    text = " ".join(str(text).split()) if text is not None else ""
    if not any(c.isalpha() for c in text):
        raise FigureError(
            f"text = {text!r}; accepted: a sentence that says what the figure shows, with its "
            "numbers"
        )
    return text


def caption(text):
    """Return the sentence as a paragraph of HTML, escaped."""
    return f'<p style="max-width: 60em; margin: 0.3em 0 0.8em 0">{escape(text)}</p>'


def png(fig, dpi=STORED_DPI, small=True):
    """Return a figure as bytes of PNG; the same figure gives the same bytes.

    small: 256 colours chosen for the picture, a third of the size in a notebook; else drawn and
    packed for speed.
    """
    if look(fig) == "photo":
        _mount(fig)
    fig.set_dpi(dpi)
    canvas = FigureCanvasAgg(fig) if small else _SameRenderer(fig)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())
    return packed(Image.fromarray(pixels).convert("RGB")) if small else _at_once(pixels)


class _SameRenderer(FigureCanvasAgg):
    """A canvas whose renderer is that of the picture before, which has measured most words."""

    def get_renderer(self):
        return _renderer(*self.get_width_height(physical=True), self.figure.dpi)


@lru_cache(maxsize=1)
def _renderer(width, height, dpi):
    return RendererAgg(width, height, dpi)


def _at_once(pixels):
    """Return rows x columns x at least 3 bytes as PNG, sooner than Pillow, which tries five filters
    on each row. PNG: W3C Recommendation (2003), sections 5.2, 9.2 and 11.2.
    """
    # Processor ms and kB of five lessons' pictures, medians: this 7.5 and 78, before colours were
    # copied one by one; Pillow's PNG with runs only (level 1, Z_RLE) 14.0 and 86; its lossless WebP
    # (method 0, quality 0) 11.1 and 121, up to 7.5 ms more than this where a picture has many bars
    # or greys.
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # a row opens with its filter: 0 is none
    inside = rows[:, 1:].reshape(height, width, 3)
    for colour in range(3):  # colour by colour: numpy copies three bytes at a time slowly
        inside[..., colour] = pixels[..., colour]
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    signed = [(name + body, len(body)) for name, body in chunks]
    parts = [struct.pack(">I", n) + c + struct.pack(">I", zlib.crc32(c)) for c, n in signed]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def packed(image):
    """Return a PIL image as bytes of PNG. A picture of very many colours, such as a photograph,
    keeps them all.
    """
    store, colours = BytesIO(), image.getcolors(MANY_COLOURS)
    if colours:
        image = _with_palette(image, [colour for _, colour in sorted(colours, reverse=True)])
    image.save(store, "PNG", compress_level=6)
    return store.getvalue()


def layout(fig):
    """Return where a drawn figure has its axes, their labels and its heading, for `lay_out`."""
    spots = [(x.get_position(original=True), x.get_anchor(), x.get_box_aspect()) for x in fig.axes]
    labels = [axis.label.get_position() for axis in _axis_lines(fig)]
    return _shape(fig), spots, labels, [text.get_position() for text in fig.texts]


def lay_out(fig, kept):
    """Put a figure's axes, their labels and its heading where `layout` found them in one of the
    same shape, which saves to measure each text of it; leave it as it is when it has another shape.
    """
    shape, spots, labels, texts = kept
    if shape != _shape(fig) or fig.get_layout_engine() is None:
        return
    fig.set_layout_engine("none")
    for ax, (box, anchor, aspect) in zip(fig.axes, spots, strict=True):
        ax.set_position(box)
        ax.set(anchor=anchor, box_aspect=aspect)
    for axis, place in zip(_axis_lines(fig), labels, strict=True):
        axis.set_label_coords(*place, transform=axis.label.get_transform())
    for text, place in zip(fig.texts, texts, strict=True):
        text.set_position(place)


def _axis_lines(fig):
    return [axis for ax in fig.axes for axis in (ax.xaxis, ax.yaxis)]


def _shape(fig):
    grids = [spec and spec.get_geometry() for spec in (ax.get_subplotspec() for ax in fig.axes)]
    return tuple(fig.get_size_inches()), grids, len(fig.texts)


def _with_palette(image, colours):
    """Return an RGB image in 256 colours: its FLAT most frequent ones as they are, the others near.

    colours: all that it has, most frequent first; those of soft edges share the middles of cells
    of EDGE a side, also by frequency. Five times as fast as a median cut of all pixels.
    """
    found = np.array(colours, np.int32)
    cells = dict.fromkeys(map(tuple, (found // EDGE * EDGE + EDGE // 2).tolist()))
    palette = np.array(colours[:FLAT] + list(cells)[: 256 - FLAT], np.int32)
    nearest = ((palette**2).sum(axis=1) - 2 * found @ palette.T).argmin(axis=1)
    # By colour, red in the lowest byte. Freeing 16 MB of the heap would make glibc keep up to 32;
    # so would all pixels at once, four bytes each.
    place = np.frombuffer(mmap(-1, 1 << 24), np.uint8)
    place[found @ [1, 1 << 8, 1 << 16]] = nearest
    pixels = np.frombuffer(image.tobytes("raw", "RGBX"), "<u4")
    few = np.concatenate([place.take(part & 0xFFFFFF) for part in np.array_split(pixels, 64)])
    few = Image.fromarray(few.reshape(image.height, image.width))
    few.putpalette(palette.astype(np.uint8).tobytes())
    return few
