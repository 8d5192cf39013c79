"""Bars of lesson 04: hours a day with contact, and what weighs how much."""

import matplotlib.pyplot as plt

from helpers import figures


def day_bars(table, xlabel):
    """Return a figure of hours a day: a row for each of the table, a bar in it for each column."""
    colours = [figures.COLOURS["blue"], figures.COLOURS["orange"]]
    ax = table.plot.barh(figsize=(10, 4), color=colours, width=0.7)
    ax.set(xlabel=xlabel, xlim=(0, 24), xticks=range(0, 25, 4))
    ax.set(title="How long can each site talk over one relay?")
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    return ax.figure


def ground_bars(owners):
    """Return a figure of hours a day by owner: own ground before all ground."""
    fig, ax = plt.subplots()
    sky, blue = figures.COLOURS["sky"], figures.COLOURS["blue"]
    ax.barh(owners["owner"], owners["all ground"], color=sky, label="with ground of host states")
    own = owners["own ground"]
    ax.barh(owners["owner"], own, color=blue, height=0.45, label="on its own ground")
    ax.set(xlabel="Moon at least 10 degrees up (hours a day)", xlim=(0, 24), xticks=range(0, 25, 4))
    ax.set(title="How long does each owner have the Moon above its dishes?")
    ax.legend(loc="center right")
    return fig


def mass_bars(weighed):
    """Return a figure of kilograms by mission: what was offered, and the part of known mass.

    weighed: by mission: known, payloads (counts), kg, offered.
    """
    fig, ax = plt.subplots(figsize=(10, 4.2))
    sky, blue = figures.COLOURS["sky"], figures.COLOURS["blue"]
    ax.barh(weighed.index, weighed["offered"], color=sky, label="offered to partners")
    ax.barh(weighed.index, weighed["kg"], color=blue, height=0.45, label="of known mass")
    for place, row in enumerate(weighed.fillna(0).itertuples()):
        words = f"mass known for {row.known:.0f} of {row.payloads:.0f}"
        ax.text(max(row.kg, row.offered) + 4, place, words, va="center")
    ax.set(xlabel="kg", xlim=(0, 290), title="How much of the partners' mass is known?")
    ax.legend(loc="center right")
    return fig
