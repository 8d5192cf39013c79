"""Colours that the drawings of lesson 10 share."""

from helpers import figures

OWN, ALL = figures.COLOURS["orange"], figures.COLOURS["blue"]
FIRST = figures.COLOURS["vermillion"]
BARS = {"color": OWN, "edgecolor": figures.INK, "linewidth": 0.8}
