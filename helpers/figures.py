"""Figures that can be read from the back row: one style, a world map, and `show`.

`show(fig, text)` puts the picture with a sentence below it. The sentence carries the computed
numbers: a screen reader reads it, and the tests compare it, so a wrong curve cannot hide.
"""
from functools import lru_cache
from html import escape
from io import BytesIO

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from cycler import cycler
from IPython.display import display
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MultipleLocator
from PIL import Image

from helpers import orbits, worldmap
from helpers.dividend import written

# Okabe and Ito, "Color Universal Design" (2008): told apart with every common kind of colour vision.
COLOURS = {
    "blue": "#0072B2", "vermillion": "#D55E00", "green": "#009E73", "purple": "#CC79A7",
    "orange": "#E69F00", "sky": "#56B4E9", "black": "#000000", "yellow": "#F0E442",
}
PAPER, INK, GREY, LAND, COAST = "#FDFDFB", "#1A1A1A", "#5A5A5A", "#E4E1D8", "#8A8578"
SIZE = (10.0, 5.0)      # inches: 960 x 480 pixels on the page, so that a figure and its sentence fit a projector of 1280 x 720
PAGE_DPI = 96           # pixels of the page in an inch: 14 points of text are 14 points there
MANY_COLOURS = 10000    # a chart with smooth edges has some thousand
STORED_DPI = 144        # pixels stored in an inch: sharp on a good screen, small in the file


class FigureError(ValueError):
    """A figure that cannot be shown as it is."""


def style():
    """Set the style of the course for all figures that follow; call it once, at the top of a notebook."""
    mpl.rcParams.update(STYLE)


STYLE = {
    "figure.figsize": SIZE, "figure.dpi": PAGE_DPI, "figure.facecolor": PAPER, "savefig.facecolor": PAPER,
    "figure.constrained_layout.use": True,
    "font.family": "sans-serif", "font.sans-serif": ["DejaVu Sans"], "font.size": 14,
    "axes.titlesize": 16, "axes.labelsize": 14, "xtick.labelsize": 14, "ytick.labelsize": 14, "legend.fontsize": 14,
    "text.color": INK, "axes.labelcolor": INK, "axes.titlecolor": INK, "xtick.color": INK, "ytick.color": INK,
    "axes.facecolor": PAPER, "axes.edgecolor": GREY, "axes.titlelocation": "left",
    "axes.spines.top": False, "axes.spines.right": False,
    "axes.grid": True, "axes.axisbelow": True, "grid.color": "#DDDDD8", "grid.linewidth": 0.8,
    "lines.linewidth": 2.2, "lines.markersize": 7, "legend.frameon": False,
    # Lines differ in dash as well as in colour.
    "axes.prop_cycle": cycler(color=[COLOURS[c] for c in ("blue", "vermillion", "green", "purple", "orange", "sky", "black")])
    + cycler(linestyle=["-", "--", "-.", ":", "-", "--", "-."]),
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
    count = len(fig.axes)
    plain = f"Figure, {width:g} x {height:g} inches, {count} {'axis' if count == 1 else 'axes'}"
    picture = png(fig)
    plt.close(fig)
    display({"image/png": picture, "text/plain": plain}, raw=True,
            metadata={"image/png": {"alt": text, "width": round(width * PAGE_DPI)}})
    display({"text/html": caption(text), "text/plain": text}, raw=True)


def sentence(text):
    """Return a figure's text on one line. Raises FigureError when nothing is said."""
    text = " ".join(str(text).split()) if text is not None else ""
    if not any(c.isalpha() for c in text):
        raise FigureError(f"text = {text!r}; accepted: a sentence that says what the figure shows, with its numbers")
    return text


def caption(text):
    """Return the sentence as a paragraph of HTML, escaped."""
    return f'<p style="max-width: 60em; margin: 0.3em 0 0.8em 0">{escape(text)}</p>'


def png(fig, dpi=STORED_DPI, small=True):
    """Return a figure as bytes of PNG; the same figure gives the same bytes.

    small: 256 colours chosen for the picture, a third of the size in a notebook; else packed for speed.
    """
    fig.set_dpi(dpi)
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    return packed(Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB"), small)


def packed(image, small=True):
    """Return a PIL image as bytes of PNG. A picture of very many colours, such as a photograph, keeps them all."""
    store = BytesIO()
    if small and image.getcolors(MANY_COLOURS):
        image = image.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    image.save(store, "PNG", compress_level=9 if small else 1)
    return store.getvalue()


def number(value, unit="", digits=3):
    """Return a number as text for a sentence: "389 km", "17,333", "0.0123", "3.1 to 4.2 h".

    value: a number, or a (low, high) range; missing gives "unknown". digits: significant digits; whole digits are
    never rounded away. unit: written after a space.
    """
    if isinstance(value, (tuple, list)):
        text = " to ".join(number(v, digits=digits) for v in value)
    else:
        text = _digits(value, digits)
    return f"{text} {unit}".strip() if text != "unknown" else text


def _digits(value, digits):
    if value is None or np.isnan(value):
        return "unknown"
    if np.isinf(value):
        return "infinite" if value > 0 else "minus infinite"
    value = float(value)
    rounded = float(f"{value:.{digits - 1}e}")          # first, since 9.999 becomes 10: one digit more before the point
    decimals = 0 if rounded == 0 else max(0, digits - 1 - int(np.floor(np.log10(abs(rounded)))))
    return f"{value + 0.0:,.{decimals}f}"


# --- the world --------------------------------------------------------------------------------


def world_map(ax, west=-180, east=180, south=-90, north=90):
    """Draw the land on an axes of longitude and latitude, degrees; coasts only, no borders. Return the axes.

    west to north: the part shown. What you draw afterwards uses longitude as x and latitude as y.
    """
    ax.add_artist(_land_patch())        # not add_patch: that would look for the patch's limits, point by point, for 50 ms
    _frame(ax, west, east, south, north)
    return ax


def choropleth(ax, values, label="", colours="cividis", **limits):
    """Colour countries by value and return the colour bar.

    values: ISO 3166 three-letter code -> number; a country without a value stays grey (unknown, not zero).
    limits: vmin, vmax. Borders are the data set's de facto lines. Raises FigureError for a code that is on no map.
    """
    shapes = worldmap.countries()
    unknown = sorted(set(values) - set(shapes))
    if unknown:
        raise FigureError(f"no country on this map has the code {', '.join(map(repr, unknown))}; accepted: ISO 3166 three-letter codes such as 'BRA' "
                          "(very small states are not drawn at this scale)")
    shade = mpl.cm.ScalarMappable(mpl.colors.Normalize(limits.get("vmin", min(values.values())), limits.get("vmax", max(values.values()))), colours)
    for code, rings in shapes.items():
        colour = shade.to_rgba(values[code]) if code in values else LAND
        ax.add_artist(PathPatch(_path(rings), facecolor=colour, edgecolor=PAPER, linewidth=0.5, zorder=0.6))
    _frame(ax, -180, 180, -60, 85)
    return ax.figure.colorbar(shade, ax=ax, label=label, orientation="horizontal", shrink=0.6, aspect=40)


def track(ax, longitude, latitude, **line):
    """Draw a ground track, cut where it crosses 180 degrees; return the line."""
    line = {"color": COLOURS["blue"], "linewidth": 1.8, **line}
    return ax.plot(*orbits.split(longitude, latitude), **line)[0]


def places(ax, table, labels=True, **marker):
    """Mark places, with their names unless labels is False, and return the points.

    table: rows that orbits.as_place takes, such as a table with name, latitude_deg and longitude_deg.
    """
    marker = {"color": COLOURS["vermillion"], "marker": "o", "linestyle": "none", "markeredgecolor": PAPER, "zorder": 3, **marker}
    spots = [orbits.as_place(row) for row in table.to_dict("records")]
    points = ax.plot([spot.longitude for spot in spots], [spot.latitude for spot in spots], **marker)[0]
    for spot in spots if labels else []:
        _name(ax, spot)
    return points


def _name(ax, spot):
    """Write a place's name beside it, on the side that has room, with a rim of paper so that lines do not cross it."""
    left, right = ax.get_xlim()
    near_edge = spot.longitude > right - 0.15 * (right - left)
    ax.annotate(spot.name, (spot.longitude, spot.latitude), xytext=(-6 if near_edge else 6, 5), textcoords="offset points",
                ha="right" if near_edge else "left", path_effects=[withStroke(linewidth=3, foreground=PAPER)], zorder=2.9).set_in_layout(False)


def globe(ax, latitude=20.0, longitude=0.0):
    """Draw the Earth as seen from far above a point (orthographic), on an axes of unit radius; return a function.

    The function turns longitude and latitude arrays into x and y, with NaN on the far side: use it to draw tracks.
    """
    def see(lon, lat):
        lam, phi, phi0 = np.radians(np.asarray(lon, float) - longitude), np.radians(np.asarray(lat, float)), np.radians(latitude)
        return (np.cos(phi) * np.sin(lam), np.cos(phi0) * np.sin(phi) - np.sin(phi0) * np.cos(phi) * np.cos(lam),
                np.sin(phi0) * np.sin(phi) + np.cos(phi0) * np.cos(phi) * np.cos(lam))

    def project(lon, lat):
        x, y, depth = see(lon, lat)
        return np.where(depth < 0, np.nan, x), np.where(depth < 0, np.nan, y)

    ax.add_patch(plt.Circle((0, 0), 1, facecolor="#EEF3F7", edgecolor=GREY, zorder=0.4))
    for ring in worldmap.land():
        x, y, depth = see(*ring.T)
        if (depth > 0).any():                       # points on the far side are moved to the rim, so that the outline closes there
            to_rim = np.where(depth < 0, np.maximum(np.hypot(x, y), 1e-9), 1.0)
            ax.fill(x / to_rim, y / to_rim, facecolor=LAND, edgecolor="none", zorder=0.6)
        seam = np.abs(ring[:, 0]) == 180
        ax.plot(*np.where((depth < 0) | seam, np.nan, (x, y)), color=COAST, linewidth=0.7, linestyle="-", zorder=0.7)
    for value in range(-150, 181, 30):
        ax.plot(*project(np.full(91, value), np.linspace(-90, 90, 91)), color="#D5D5D0", linewidth=0.6, linestyle="-", zorder=0.8)
    for value in range(-60, 61, 30):
        ax.plot(*project(np.linspace(-180, 180, 181), np.full(181, value)), color="#D5D5D0", linewidth=0.6, linestyle="-", zorder=0.8)
    ax.set(xlim=(-1.03, 1.03), ylim=(-1.03, 1.03), aspect="equal")
    ax.axis("off")
    return project


# --- the dividend --------------------------------------------------------------------------------


def dividend_bars(ax, dividend):
    """Draw a Dividend as horizontal bars: alone, same size, together; a range as a bar from its low to its high end.

    An infinite value has no bar: its label says so. Return the axes.
    """
    rows = [("together", dividend.together, "blue"), ("same size", dividend.same_size, "orange"), ("alone", dividend.alone, "vermillion")]
    rows = [row for row in rows if row[1] is not None]
    reach = max((v for _, value, _ in rows for v in _ends(value) if np.isfinite(v)), default=1.0) or 1.0
    for place, (_, value, colour) in enumerate(rows):
        low, high = (v if np.isfinite(v) else np.nan for v in _ends(value))
        start = low if high > low else 0
        ax.barh(place, high - start, left=start, height=0.6, color=COLOURS[colour])
        ax.annotate(written(value), (0 if np.isnan(high) else high, place), xytext=(8, 0), textcoords="offset points", va="center")
    ax.set(yticks=range(len(rows)), yticklabels=[row[0] for row in rows], xlim=(0, 1.2 * reach), ylim=(-0.5, len(rows) - 0.5),
           xlabel=f"{dividend.unit} ({dividend.better} is better)", title=dividend.question)
    ax.grid(axis="y", visible=False)
    return ax


def _ends(value):
    return value if isinstance(value, tuple) else (value, value)


# --- small parts ---------------------------------------------------------------------------------


def _frame(ax, west, east, south, north):
    """Set limits, ticks of whole degrees and names of the directions."""
    step = next(s for s in (60, 30, 20, 10, 5, 2, 1) if (east - west) / s >= 4 or s == 1)
    ax.set(xlim=(west, east), ylim=(south, north), aspect="equal", facecolor="#F3F6F8")
    ax.xaxis.set(major_locator=MultipleLocator(step), major_formatter=FuncFormatter(lambda v, _: _degrees(v, "E", "W")))
    ax.yaxis.set(major_locator=MultipleLocator(min(step, 30)), major_formatter=FuncFormatter(lambda v, _: _degrees(v, "N", "S")))


def _degrees(value, plus, minus):
    side = "" if value in (0, 180, -180) else plus if value > 0 else minus
    return f"{abs(value):g}°{' ' + side if side else ''}"


def _path(rings):
    """Return rings as one path; each ring is closed."""
    codes = np.concatenate([[Path.MOVETO, *[Path.LINETO] * (len(r) - 2), Path.CLOSEPOLY] for r in rings])
    return Path(np.vstack(rings), codes)


@lru_cache(maxsize=1)
def _land_path():
    return _path(worldmap.land())


def _land_patch():
    return PathPatch(_land_path(), facecolor=LAND, edgecolor=COAST, linewidth=0.7, zorder=0.6)
