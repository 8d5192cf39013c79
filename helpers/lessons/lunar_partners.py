"""Drawings of partners: a network of parties round their hosts, announced dates,
and projects as squares.
"""

from textwrap import fill

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures

# How a project stands for a newcomer: colour of the square, colour of its rim, mark upon it (shape
# as well as colour).
STANDS = {
    "its own": ("green", "green", "o"),
    "within reach": ("blue", "blue", ""),
    "out of reach": (None, "black", ""),
    "ended": (None, "black", "x"),
}
ANNOUNCED = {
    "announcement": ("blue", "o"),
    "flown": ("green", "s"),
    "report": ("vermillion", "D"),
}  # what kind of word: colour and mark
PALE = "#FFF7B8"


class DrawingError(ValueError):
    """Something that these drawings have no place for."""


def network(ax, graph, hosts):
    """Draw parties as circles with their codes,
    and lines that are wider where two share more projects.

    graph: parties, edges with a weight. hosts: codes of the parties that launch, as squares: the
    first stands to the left, the others to the right. Partners of one host lie round it, partners
    of several between. Distances have no meaning.
    Raises DrawingError for a host that is not in the graph.
    """
    unknown = sorted(set(hosts) - set(graph))
    if unknown or not hosts:
        raise DrawingError(
            f"hosts {', '.join(unknown) or 'none'}; accepted: parties of the graph: "
            f"{', '.join(sorted(graph))}"
        )
    place = _places(graph, hosts)
    for first, second, weight in graph.edges(data="weight", default=1):
        ax.plot(
            *np.transpose([place[first], place[second]]),
            "-",
            color=figures.GREY,
            linewidth=0.8 + 0.7 * weight,
            alpha=0.55,
            zorder=1,
        )
    for party, (x, y) in place.items():
        host = party in hosts
        ax.plot(
            x,
            y,
            "s" if host else "o",
            markersize=44 if len(party) > 4 else 36,
            color=figures.COLOURS["sky"] if host else PALE,
            markeredgecolor=figures.INK,
            zorder=2,
        )
        ax.text(
            x,
            y,
            party,
            ha="center",
            va="center_baseline",
            fontsize=14 if len(party) < 5 else 12,
            zorder=3,
        )
    ax.set(xlim=(-0.6, 20.6), ylim=(-1.2, 9.2))
    ax.axis("off")


def _places(graph, hosts):
    """Return a place (x, y) for each party of the graph; see network."""
    right = np.linspace(6.6, 1.9, len(hosts) - 1) if len(hosts) > 2 else [4.0]
    place = {hosts[0]: (5.6, 4.0), **{host: (15.4, y) for host, y in zip(hosts[1:], right)}}
    links = {
        party: [h for h in hosts if graph.has_edge(party, h)]
        for party in sorted(graph)
        if party not in hosts
    }
    between = [party for party, own in links.items() if len(own) != 1]
    for host in hosts:
        ring = _ring(
            graph,
            [party for party, own in links.items() if own == [host]],
            between,
            last=host == hosts[0],
        )
        first, end, wide, high = (58, 302, 5.3, 4.4) if host == hosts[0] else (75, -75, 4.0, 2.2)
        turn = np.radians(np.linspace(first, end, len(ring)) if len(ring) > 1 else [0.0])
        place.update(
            {
                p: (place[host][0] + wide * np.cos(t), place[host][1] + high * np.sin(t))
                for p, t in zip(ring, turn)
            }
        )
    heights = np.linspace(8.2, -0.2, len(between)) if len(between) > 1 else [8.2]
    return place | {
        party: (11.4 - 0.9 * (n % 2), y) for n, (party, y) in enumerate(zip(between, heights))
    }


def _ring(graph, ring, between, last):
    """Return the parties of a ring so that those with a common project are neighbours,
    and those with a line to the middle at one end.
    """
    order = []
    for party in ring:
        order += [p for p in [party, *sorted(set(graph[party]) & set(ring))] if p not in order]
    outward = [p for p in order if set(graph[p]) & set(between)]
    rest = [p for p in order if p not in outward]
    return rest + outward if last else outward + rest


def named(names, parties):
    """Return codes and names of parties as text that breaks between words. names:
    Series code -> name.
    """
    pairs = "; ".join(f"{party} {names[party]}".replace(" ", "\0") for party in parties)
    return fill(pairs, 92).replace("\0", " ")


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


def endings(turns):
    """Return a figure of the projects that end, or go on smaller,
    when each party leaves (networks.without_each).
    """
    fig, ax = plt.subplots(figsize=(10, 5))
    ended, smaller = turns["ended"], turns["smaller"]
    ax.bar(turns["party"], ended, color=figures.COLOURS["vermillion"], label="ends")
    ax.bar(
        turns["party"],
        smaller,
        bottom=ended,
        color=figures.COLOURS["sky"],
        label="goes on, smaller",
    )
    ax.tick_params(axis="x", rotation=90)
    ax.set_title("How many projects end when one party leaves?")
    ax.set(ylabel="projects", xlim=(-0.7, len(turns) - 0.3), ylim=(0, 25), yticks=range(0, 26, 5))
    ax.legend()
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


def slips(tables):
    """Return a figure of announced dates, one lane a mission,
    and the slip as a red bar with its days.

    tables: mission -> what `networks.slip` gives. The pale bar is what the first words allowed, the
    mark is the middle of what the newest allow, and the red bar runs from the last day of the one
    to the other.
    """
    fig, ax = plt.subplots()
    for lane, table in enumerate(tables.values()):
        first, newest = table.iloc[0], table.iloc[-1]
        start, end = _year(table["earliest"]).iloc[0], _year(table["latest"]).iloc[0]
        middle = end + newest["slip"] / 365.25
        sky = figures.COLOURS["sky"]
        ax.barh(lane, max(end - start, 0.06), left=start, height=0.5, color=sky, zorder=2)
        red = figures.COLOURS["vermillion"]
        ax.barh(lane, middle - end, left=end, height=0.16, color=red, zorder=2)
        colour, mark = ANNOUNCED[newest["kind"]]
        look = {"color": figures.COLOURS[colour], "markeredgecolor": figures.INK, "zorder": 3}
        ax.plot(middle, lane, mark, markersize=11, **look)
        ax.text(middle + 0.25, lane, f"{newest['slip']:,} days", va="center")
        ax.text(start - 0.15, lane, f"said {first['announced_on'].year}", va="center", ha="right")
    ax.set(yticks=range(len(tables)), yticklabels=tables, xlim=(2017, 2032.5))
    ax.set(ylim=(len(tables) - 0.4, -0.6), xlabel="date named")
    ax.set_title("How far has each date moved?")
    ax.grid(axis="y", visible=False)
    ax.barh(0, 0, color=figures.COLOURS["sky"], label="first words")
    for kind, (colour, mark) in ANNOUNCED.items():
        look = {"color": figures.COLOURS[colour], "markeredgecolor": figures.INK}
        ax.plot([], [], mark, linestyle="none", label=f"newest: {kind}", **look)
    fig.legend(loc="outside upper center", ncols=4)
    return fig


def parties(graph, hosts):
    """Return a figure of the network of parties; see `network`."""
    fig, ax = plt.subplots(figsize=(10, 5.4))
    network(ax, graph, hosts)
    ax.set_title("Who works with whom on the way to the Moon?")
    return fig


def access(number):
    """Return a figure of an access number."""
    fig, ax = plt.subplots(figsize=(10, 2.8))
    figures.dividend_bars(ax, number)
    return fig


def doors(missions, stands):
    """Return a figure of the projects as squares; see `squares`."""
    fig, ax = plt.subplots()
    squares(ax, missions, stands)
    return fig


def told_of(newcomer, papers, partners, reach, leaver, stands):
    """Return the sentence below the squares: what is the newcomer's own,
    what is within reach, what ends.
    """
    own, more = len(reach["alone"]), len(reach["together"]) - len(reach["alone"])
    signed = " and ".join(papers) or "neither"
    text = (
        f"{newcomer}, signed {signed}: {own} projects of its own, {more} more within reach through "
        f"{len(partners)} partners. "
    )
    ended = f"{(stands == 'ended').sum()} of {len(stands)} projects end."
    return text + ("Nobody leaves." if leaver == "nobody" else f"If {leaver} leaves, {ended}")


def _year(days):
    """Return dates as years with a fraction."""
    days = pd.to_datetime(days)
    return days.dt.year + (days.dt.day_of_year - 1) / 365.25


def squares(ax, missions, stands):
    """Draw each project as a square in the row of its mission, by how it stands for a newcomer.

    missions: Series project -> mission. stands: Series project -> "its own", "within reach", "out
    of reach" or "ended".
    Raises DrawingError for another word.
    """
    strange = sorted(set(stands) - set(STANDS))
    if strange:
        raise DrawingError(f"a project stands as {strange[0]!r}; accepted: {', '.join(STANDS)}")
    order = pd.DataFrame({"mission": missions, "word": stands}).sort_values(
        ["mission", "word"], key=_rank
    )
    rows = list(dict.fromkeys(order["mission"]))
    order["across"], order["row"] = (
        order.groupby("mission").cumcount(),
        order["mission"].map(rows.index),
    )
    for line, (word, look) in enumerate(STANDS.items()):
        some = order[order["word"] == word]
        _marks(
            ax,
            [*some["across"], 11.2],
            [*some["row"], (line + 0.5) * len(rows) / len(STANDS) - 0.5],
            *look,
        )
        ax.text(
            11.8, (line + 0.5) * len(rows) / len(STANDS) - 0.5, f"{word}: {len(some)}", va="center"
        )
    ax.set(
        xlim=(-0.7, 15.2),
        ylim=(len(rows) - 0.4, -0.6),
        yticks=range(len(rows)),
        yticklabels=rows,
        xticks=[],
    )
    ax.grid(visible=False)
    ax.spines[["bottom", "left"]].set_visible(False)
    ax.tick_params(length=0)


def _rank(column):
    return column.map(list(STANDS).index) if column.name == "word" else column


def _marks(ax, x, y, fill, rim, mark):
    ax.plot(
        x,
        y,
        "s",
        markersize=22,
        color=figures.COLOURS[fill] if fill else figures.PAPER,
        markeredgecolor=figures.COLOURS[rim],
        linestyle="none",
    )
    if mark:
        ax.plot(
            x,
            y,
            mark,
            markersize=9,
            color=figures.PAPER if fill else figures.INK,
            markeredgewidth=2,
            linestyle="none",
        )
