"""Drawings of lesson 09 in the plane: circles round masts, and a boat with a wrong clock."""

import matplotlib.pyplot as plt
import numpy as np

from helpers import figures
from helpers.base.constants import LIGHT_M_S
from helpers.science import navigation

LIGHT_KM_US = LIGHT_M_S / 1e9  # km that light goes in a microsecond
MASTS = np.array([[1.0, 1.0], [9.0, 2.0], [4.0, 9.0], [9.5, 8.5]])  # km east and north
BOAT = np.array([5.5, 4.5])


def circles(masts, ranges, found=None):
    """Return a figure of circles of these radii (km) round masts; found: a place to mark, (2,) or
    None.
    """
    fig, ax = plt.subplots(figsize=(10, 5.2))
    _circles(ax, masts, ranges, found)
    ax.set(title="Do the circles meet in one point?")
    return fig


def _circles(ax, masts, ranges, found):
    for (x, y), far, colour in zip(masts, ranges, ("blue", "vermillion", "green", "purple")):
        ax.add_patch(
            plt.Circle((x, y), far, fill=False, edgecolor=figures.COLOURS[colour], linewidth=2)
        )
        ax.plot(x, y, "^", color=figures.COLOURS[colour], markersize=12)
    ax.plot(*BOAT, "*", color=figures.COLOURS["black"], markersize=16, label="the boat")
    if found is not None:
        ax.plot(
            *found,
            "o",
            markerfacecolor="none",
            markeredgecolor=figures.COLOURS["vermillion"],
            markersize=20,
            markeredgewidth=2.5,
            linestyle="none",
            label="found",
        )
    ax.set(
        xlim=(-4.5, 14.5),
        ylim=(-0.8, 10.8),
        aspect="equal",
        xticks=range(-4, 15, 2),
        xlabel="east (km)",
        ylabel="north (km)",
    )
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))


def clock_sentence(ahead_us):
    """Return what a clock that runs ahead by microseconds (behind:
    below 0) does to three circles.
    """
    if ahead_us == 0:
        return "Your clock is right: all three circles meet where the boat is."
    long = 1000 * LIGHT_KM_US * ahead_us
    return (
        f"A clock that is {abs(ahead_us):g} us {'ahead' if long > 0 else 'behind'} makes every "
        "range "
        f"{abs(long):.0f} m too {'long' if long > 0 else 'short'}. "
        "The three circles no longer meet in one point."
    )


def in_the_plane(clock_us, east, north, fourth, solved):
    """Return the figure to explore of Step 1: masts, circles and the place found; a pure function
    of its settings.

    clock_us: how far the boat's clock runs ahead; east, north: the third mast (km); fourth: whether
    a fourth is heard; solved: whether the clock is an unknown too.
    """
    masts = MASTS[: 4 if fourth else 3].copy()
    masts[2] = east, north
    measured = np.linalg.norm(masts - BOAT, axis=1) + LIGHT_KM_US * clock_us
    margins = {"left": 0.07, "right": 0.8, "bottom": 0.13, "top": 0.97}  # fixed: drawn sooner
    fig, ax = plt.subplots(figsize=(10, 5.2), layout="none", gridspec_kw=margins)
    try:
        found = navigation.fix(masts, measured, clock=solved, start=(5, 5))
    except navigation.NavigationError as problem:
        _circles(ax, masts, measured, None)
        return fig, (
            f"No place is found: {problem}. From there two masts stand in one direction, "
            "so they say the same of the place."
        )
    _circles(ax, masts, measured, found.place)
    off, miss = np.linalg.norm(found.place - BOAT), np.abs(found.misses).max()
    clock = ""
    if solved:
        clock_found = sum(found.clocks.values()) / LIGHT_KM_US
        clock = f"The clock is found to be {_ahead(clock_found, 2)}. "
    wide = f"{abs(1000 * LIGHT_KM_US * clock_us):.0f} m too {'wide' if clock_us > 0 else 'small'}"
    if clock_us == 0:
        wide = "as wide as it should be"
    return fig, (
        f"{len(masts)} masts, a clock that is {_ahead(clock_us, 1)}: every circle is {wide}. "
        f"{clock}"
        f"The place found lies {1000 * off:.0f} m from the boat, "
        f"and the circles miss it by up to {1000 * miss:.0f} m."
    )


def _ahead(microseconds, digits):
    """Return how far a clock runs ahead, or behind, in words."""
    size = f"{abs(microseconds):.{digits}f}"
    if float(size) == 0:
        return "right"
    return f"{size} us {'ahead' if microseconds > 0 else 'behind'}"
