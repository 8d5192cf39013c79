"""Charts: named values, and a dividend, as bars."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import PolyCollection

from helpers.base.numbers import written
from helpers.figures.page import COLOURS, SIZE


def bars(values, label, title, stands_out=(), height=4.0):
    """Return a figure of named values as bars, one a row, the first at the bottom.

    values: Series name -> value, in the unit that `label` states. stands_out: the names whose bars
    have the second colour. height: of the figure, in inches.
    """
    fig, ax = plt.subplots(figsize=(10, height))
    second = values.index.isin(list(stands_out))
    ax.barh(values.index, values, color=np.where(second, COLOURS["vermillion"], COLOURS["sky"]))
    ax.set(xlabel=label, title=title)
    ax.grid(axis="y", visible=False)
    return fig


def spans(ax, rows, begin, end, colour, height=0.76):
    """Draw bars that lie, each from its begin to its end at its row, as one collection: a hundred
    patches take some five times as long. The axes keep their limits.

    rows, begin, end: (n,) or one number for all, in the axes' units. colour: one of `COLOURS`.
    """
    begin, end, rows = np.broadcast_arrays(begin, end, rows)
    low, high = rows - height / 2, rows + height / 2
    corners = np.array([[begin, low], [begin, high], [end, high], [end, low]]).transpose(2, 0, 1)
    ax.add_collection(PolyCollection(corners, facecolors=COLOURS[colour]), autolim=False)


def dividend_bars(ax, dividend):
    """Draw a Dividend, or an Access number, as bars: alone, same size, together; a range from its
    low to its high end.

    An infinite value has no bar: its label says so. Return the axes.
    """
    rows = [
        (name, dividend.spread(name), colour)
        for name, colour in (("together", "blue"), ("same size", "orange"), ("alone", "vermillion"))
    ]
    rows = [row for row in rows if row[1] is not None]
    reach = (
        max((v for _, value, _ in rows for v in _ends(value) if np.isfinite(v)), default=1.0) or 1.0
    )
    for place, (_, value, colour) in enumerate(rows):
        low, high = (v if np.isfinite(v) else np.nan for v in _ends(value))
        start = low if high > low else 0
        ax.barh(place, high - start, left=start, height=0.6, color=COLOURS[colour])
        if 0 < high - low < reach / 100:  # too narrow a range to be seen as a bar
            ax.plot([low, high], [place, place], "D", color=COLOURS[colour], markersize=9)
        ax.annotate(
            written(value),
            (0 if np.isnan(high) else high, place),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
        )
    ax.set(
        yticks=range(len(rows)),
        yticklabels=[row[0] for row in rows],
        xlim=(0, 1.2 * reach),
        ylim=(-0.5, len(rows) - 0.5),
        xlabel=f"{dividend.unit} ({dividend.better} is better)",
        title=dividend.question,
    )
    ax.grid(axis="y", visible=False)
    return ax


def _ends(value):
    return value if isinstance(value, tuple) else (value, value)


def row_margins(names, size):
    """Return the margins (for gridspec_kw) of a figure of named rows: by its longest name, 0.64 of
    its size (points) a letter. They are not fitted: that halves the time to draw.
    """
    left = (16 + 0.64 * size * max(map(len, names))) / (72 * SIZE[0])
    return {"left": left, "right": 0.98, "bottom": 0.13, "top": 0.97}
