"""Who signed what, and how unusual it is: counts by date, draws of chance, names, incomes."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures


def grown(counts, listed, noted, on):
    """Return a figure of the states of each framework by date,
    with what is doubtful hollow or dotted.

    counts: name -> Series of members by date. listed: the same with what one report lists (drawn
    with the last framework). noted: a row with as_of and value, of the first. on: last day known.
    """
    fig, axes = plt.subplots(1, 2, sharex=True, sharey=True)
    ticks = pd.to_datetime(["2021", "2023", "2025"])
    for ax, (name, count) in zip(axes, counts.items()):
        days, states = [*count.index, pd.Timestamp(on)], [*count, count.iloc[-1]]
        ax.step(days, states, where="post", label="signed")
        ax.set(title=name, ylim=(0, 80), xticks=ticks, xticklabels=ticks.year)
    axes[0].plot(pd.Timestamp(noted["as_of"]), noted["value"], "o", fillstyle="none")
    axes[0].lines[-1].set_label("one note, no names")
    days, states = [*listed.index[-2:], pd.Timestamp(on)], [*listed[-2:], listed.iloc[-1]]
    axes[1].step(days, states, ":", where="post", label="listed by one report")
    axes[0].set_ylabel("states")
    figures.heading(fig, "How many states have signed, and when?")
    for ax in axes:
        ax.legend(loc="upper left")
    return fig


def draws(shares, seen, tails, xlabel, ylabel):
    """Return a figure of how often chance gives each number, the seen one marked,
    those as unusual in another colour.

    shares: share of the draws for 0, 1, 2 ... tails: the numbers that are as unusual as the seen
    one, or more so.
    """
    fig, ax = plt.subplots(figsize=(10, 4.4))
    place = np.arange(len(shares))
    usual = ~np.isin(place, list(tails))
    ax.bar(place[usual], shares[usual], color=figures.COLOURS["sky"])
    ax.bar(
        place[~usual], shares[~usual], color=figures.COLOURS["orange"], label="as unusual, or more"
    )
    ax.axvline(seen, color=figures.COLOURS["vermillion"], linestyle="--", label="seen")
    ax.set(xlabel=xlabel, ylabel=ylabel, xticks=place)
    ax.set_title(f"How often does chance give so many {xlabel}?")
    ax.legend()
    return fig


def guests(lists, hosts):
    """Return a figure of who is a guest of whom, a panel for each list:
    a dot where a party contributes to a host.

    lists: title -> dict of party -> set of its hosts. hosts: codes. Parties with several hosts
    stand out.
    """
    fig, axes = plt.subplots(len(lists), 1, sharex=True, figsize=(10, 5))
    parties = sorted({party for of in lists.values() for party in of})
    for ax, (title, of) in zip(np.atleast_1d(axes), lists.items()):
        for across, party in enumerate(parties):
            own = sorted(hosts.index(host) for host in of.get(party, ()))
            colour = figures.COLOURS["vermillion" if len(own) > 1 else "blue"]
            ax.plot([across] * len(own), own, "o-", color=colour, markersize=11, linewidth=3)
        ax.set(title=title, yticks=range(len(hosts)), yticklabels=hosts, xticks=range(len(parties)))
        ax.set(ylim=(len(hosts) - 0.5, -0.5))
        ax.set_xticklabels(parties, rotation=90, fontsize=14)
    figures.heading(fig, "Who contributes to more than one host?")
    return fig


def seventeen(readings):
    """Return a figure of what each reading of "17" can name. readings:
    what networks.readings_of_17 gives.
    """
    fig, ax = plt.subplots(figsize=(10, 4.2))
    parts = {
        "signature found": readings["named"],
        "listed by one report": readings["named_with_listed"] - readings["named"],
        "no name found": readings["unnamed_with_listed"],
    }
    left = 0
    for (label, width), colour in zip(parts.items(), ("blue", "orange", "yellow")):
        look = {"color": figures.COLOURS[colour], "edgecolor": figures.INK, "height": 0.45}
        bars = ax.barh(readings.index, width, left=left, label=label, **look)
        ink = figures.PAPER if colour == "blue" else figures.INK
        ax.bar_label(bars, [n or "" for n in width], label_type="center", color=ink)
        left = left + width
    for row, reading in readings["reading"].items():
        ax.text(0, row - 0.32, reading)
    ticks = [0, 5, 10, 15, 17]
    ax.set(xlim=(0, 17.2), ylim=(2.4, -0.75), yticks=[], xticks=ticks, xlabel="names")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.25), ncols=3)
    ax.set_title("Whose names make up the 17?")
    return fig


def incomes(spreads):
    """Return a figure of the share of each income group that has signed. spreads:
    name -> networks.by_group.
    """
    fig, axes = plt.subplots(1, len(spreads), sharey=True, figsize=(10, 4.4))
    for ax, (name, spread) in zip(axes, spreads.items()):
        spread = spread.reindex(["low", "lower middle", "upper middle", "high"])
        ax.barh(spread.index, 100 * spread["share"], color=figures.COLOURS["sky"])
        counts = [f"{m} of {s}" for m, s in zip(spread["members"], spread["states"])]
        ax.bar_label(ax.containers[0], counts, padding=4)
        ax.set(title=name, xlim=(0, 100), xlabel="percent of the states of a group")
        ax.grid(axis="y", visible=False)
    figures.heading(fig, "In which income group have most states signed?")
    return fig


def access(number):
    """Return a figure of an access number."""
    fig, ax = plt.subplots(figsize=(10, 2.8))
    figures.dividend_bars(ax, number)
    return fig
