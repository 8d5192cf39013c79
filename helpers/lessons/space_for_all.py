"""Drawings of who takes part: who is bound, how unequally objects lie, where their owners are."""

from functools import lru_cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import colormaps
from matplotlib.collections import PathCollection
from matplotlib.patches import Patch
from matplotlib.path import Path

from helpers import figures
from helpers.science import participation, worldmap
from helpers.tables import data

CLASSES = (1, 10, 100, 1000)  # lower ends of the classes of objects
NAMES = ("1 to 9", "10 to 99", "100 to 999", "1,000 and more")
SHADES = tuple(
    colormaps["YlGnBu"](share) for share in (0.25, 0.5, 0.75, 1.0)
)  # light to dark, also in grey


def bound_and_seated(treaty, committee, everybody):
    """Return a figure of how many are bound by a treaty and how many sit in a committee, by year.

    treaty: rows with year and parties; committee: rows with year and members; everybody: how many
    there are today.
    """
    fig, ax = plt.subplots()
    ax.axhline(everybody, color=figures.COLOURS["black"], linewidth=1)
    blue, red = figures.COLOURS["blue"], figures.COLOURS["vermillion"]
    ax.text(1957, everybody + 3, "members of the United Nations today")
    ax.text(2007, 103, "parties to the Outer Space Treaty", color=blue, ha="right")
    ax.text(1957, 58, "members of COPUOS", color=red)
    bound, seated = treaty["parties"].astype(int), committee["members"].astype(int)
    ax.plot(treaty["year"].astype(int), bound, "o:", color=blue)
    ax.plot(committee["year"].astype(int), seated, "s:", color=red)
    ax.set(xlabel="year (the dots are counts, the lines only join them)", ylim=(0, 215))
    ax.set(title="Who is bound by the treaty, and who sits in the committee?")
    return fig


def differences(by_year):
    """Return a figure of what the owners add up to less what the world has (Series year ->
    objects).
    """
    fig, ax = plt.subplots(figsize=(10, 4.4))
    blue, red = figures.COLOURS["blue"], figures.COLOURS["vermillion"]
    ax.bar(by_year.index, by_year, color=np.where(by_year > 0, blue, red))
    ax.set(xlabel="year", ylabel="by owner, minus the world")
    ax.set(title="Do the owners add up to the world?")
    return fig


def gini_by_year(owners, everyone):
    """Return a figure of two Gini coefficients by year (Series year -> 0 to 1): among those who own
    an object, and among all members of the United Nations.
    """
    fig, ax = plt.subplots()
    ax.plot(owners.index, owners)
    blue, red = figures.COLOURS["blue"], figures.COLOURS["vermillion"]
    ax.text(2022, 0.89, "among those who own an object", ha="right", color=blue)
    ax.plot(everyone.index, everyone)
    ax.text(1964, 0.97, f"among all {participation.UN_MEMBERS} members of today", color=red)
    ax.set(xlabel="year", ylabel="Gini coefficient", ylim=(0.6, 1.0), xlim=(1962, 2023))
    ax.set(title="Has the sharing become more even?")
    return fig


def treaties(newest):
    """Return a figure of how many states each treaty binds; the Moon Agreement stands out.

    newest: by treaty, columns parties, year (of the count) and confidence.
    """
    what = "parties in the newest count of our table"
    question = "How many states does each treaty bind?"
    fig = figures.bars(newest["parties"].astype(int), what, question, ["Moon Agreement"])
    (ax,) = fig.axes
    for place, row in enumerate(newest.itertuples()):
        sure = ", a lead" if row.confidence == "low" else ""
        ax.text(row.parties + 2, place, f"{row.parties} ({row.year}{sure})", va="center")
    ax.set(xlim=(0, 150))
    return fig


def who_owns(held, year, when, own_rocket):
    """Return the sentence below a map of owners.

    held: Series owner -> objects, above zero; when: words for the span; own_rocket: whether only
    states with a rocket of their own are counted.
    """
    who = "state" if len(held) == 1 else "states"
    who += " with a rocket of their own" if own_rocket else ""
    return (
        f"{year}: {len(held)} {who}, {held.sum():,} objects launched {when}. "
        f"The largest owner has {participation.top_share(held, 1):.0%}; "
        f"the Gini coefficient among them is {participation.gini(held):.3f}."
    )


def lorenz(curves):
    """Return a figure of Lorenz curves over the diagonal of equal shares.

    curves: label -> amounts, of any unit, as participation.lorenz takes them.
    """
    fig, ax = plt.subplots()
    ax.plot([0, 100], [0, 100], ":", color=figures.INK, linewidth=1.5, label="all hold the same")
    for label, amounts in curves.items():
        owners, held = participation.lorenz(amounts)
        ax.plot(100 * owners, 100 * held, label=label)
    ax.set(
        title="How evenly are the objects shared?",
        xlabel="share of the owners, smallest first (%)",
        ylabel="share of the objects (%)",
        xlim=(0, 100),
        ylim=(0, 100),
    )
    ax.legend(loc="upper left")
    return fig


def objects_map(counts):
    """Return a map of countries coloured by the class of their count of objects; without a positive
    count they stay pale.

    counts: ISO 3166 three-letter code -> number of objects. Countries that are too small for the
    map get a dot at their capital. One artist holds all countries: a redraw takes a fraction of a
    choropleth.
    """
    fig, ax = plt.subplots(figsize=(10, 4.1))
    codes, paths = _countries()
    colours = [_shade(counts.get(code, 0)) for code in codes]
    ax.add_artist(
        PathCollection(
            paths, facecolors=colours, edgecolors=figures.COAST, linewidths=0.4, zorder=0.6
        )
    )
    small = [
        (place, _shade(counts[code]))
        for code, place in _small_states().items()
        if counts.get(code, 0) > 0
    ]
    if small:
        ax.scatter(
            *np.transpose([place for place, _ in small]),
            s=60,
            c=[colour for _, colour in small],
            edgecolors=figures.INK,
            zorder=3,
        )
    fig.set_layout_engine("none")  # the map fills its figure: nothing to lay out at each redraw
    ax.set_position((0.005, 0.01, 0.99, 0.98))
    ax.spines[:].set_visible(False)
    ax.set(
        xlim=(-180, 180), ylim=(-58, 84), aspect="equal", facecolor="#F3F6F8", xticks=[], yticks=[]
    )
    ax.legend(
        handles=[
            Patch(facecolor=shade, edgecolor=figures.COAST, label=name)
            for shade, name in zip(SHADES, NAMES)
        ],
        title="objects",
        loc="lower left",
    )
    return fig


def _shade(count):
    """Return the colour of a count: that of its class, or that of land."""
    place = np.searchsorted(CLASSES, count, side="right")
    return SHADES[place - 1] if place else figures.LAND


@lru_cache(maxsize=1)
def _countries():
    """Return the codes of the countries on the map and one path for each, made once."""

    def path(rings):
        codes = np.concatenate(
            [[Path.MOVETO, *[Path.LINETO] * (len(ring) - 2), Path.CLOSEPOLY] for ring in rings]
        )
        return Path(np.vstack(rings), codes)

    shapes = worldmap.countries()
    return list(shapes), [path(rings) for rings in shapes.values()]


@lru_cache(maxsize=1)
def _small_states():
    """Return code -> (longitude, latitude) of the capital of each state of the table `cities` that
    the map does not draw.
    """
    cities = data.table("cities")
    rows = cities[cities["is_capital"] & ~cities["country"].isin(list(worldmap.countries()))]
    return {row.country: (row.longitude_deg, row.latitude_deg) for row in rows.itertuples()}
