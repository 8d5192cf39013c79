"""Figures that can be read from the back row: one style, `show`, maps and charts.

A lesson says `from helpers import figures` and calls what stands here; `explore` and `globe` are
modules of their own.
"""

from helpers.base.numbers import number
from helpers.figures.charts import bars, dividend_bars, row_margins, spans
from helpers.figures.maps import choropleth, frame, orthographic, places, track, world_map
from helpers.figures.page import (
    COAST,
    COLOURS,
    GREY,
    INK,
    LAND,
    PAGE_DPI,
    PAPER,
    SIZE,
    STYLE,
    FigureError,
    caption,
    heading,
    img,
    lay_out,
    layout,
    look,
    packed,
    png,
    sentence,
    show,
    stored,
    style,
)

__all__ = [
    "COAST",
    "COLOURS",
    "GREY",
    "INK",
    "LAND",
    "PAGE_DPI",
    "PAPER",
    "SIZE",
    "STYLE",
    "FigureError",
    "bars",
    "caption",
    "choropleth",
    "dividend_bars",
    "frame",
    "heading",
    "img",
    "lay_out",
    "layout",
    "look",
    "number",
    "orthographic",
    "packed",
    "places",
    "png",
    "row_margins",
    "sentence",
    "show",
    "spans",
    "stored",
    "style",
    "track",
    "world_map",
]
