"""Drawings of partners: a network of parties round their hosts, announced dates, and projects as squares."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures

# How a project stands for a newcomer: colour of the square, colour of its rim, mark upon it (shape as well as colour).
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
    """Draw parties as circles with their codes, and lines that are wider where two share more projects.

    graph: parties, edges with a weight. hosts: codes of the parties that launch, as squares: the first stands to the left, the
    others to the right. Partners of one host lie round it, partners of several between. Distances have no meaning.
    Raises DrawingError for a host that is not in the graph.
    """
    unknown = sorted(set(hosts) - set(graph))
    if unknown or not hosts:
        raise DrawingError(
            f"hosts {', '.join(unknown) or 'none'}; accepted: parties of the graph: {', '.join(sorted(graph))}"
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
    """Return the parties of a ring so that those with a common project are neighbours, and those with a line to the middle at one end."""
    order = []
    for party in ring:
        order += [p for p in [party, *sorted(set(graph[party]) & set(ring))] if p not in order]
    outward = [p for p in order if set(graph[p]) & set(between)]
    rest = [p for p in order if p not in outward]
    return rest + outward if last else outward + rest


def slips(tables):
    """Return a figure of announced dates: one panel a mission, in the order given.

    tables: mission -> what `networks.slip` gives. Across: the day something was said. Upwards: the date it named, as wide as the
    words allow. On the dotted line both are the same day.
    """
    fig, axes = plt.subplots(1, len(tables), sharex=True, sharey=True)
    for ax, (mission, table) in zip(np.atleast_1d(axes), tables.items()):
        ax.plot([2018.5, 2032], [2018.5, 2032], ":", color=figures.GREY, linewidth=1.4)
        for kind, (colour, mark) in ANNOUNCED.items():
            rows = table[table["kind"] == kind]
            said, first, last = (
                _year(rows[name]) for name in ("announced_on", "earliest", "latest")
            )
            ax.vlines(said, first, last, color=figures.COLOURS[colour], linewidth=3, alpha=0.6)
            ax.plot(
                said,
                (first + last) / 2,
                mark,
                linestyle="none",
                color=figures.COLOURS[colour],
                label=kind,
            )
        ax.set(
            title=mission,
            xlim=(2018.3, 2027.5),
            ylim=(2018.5, 2032.2),
            xticks=[2020, 2025],
            yticks=range(2020, 2033, 2),
        )
        ax.title.set_size(14)
    axes = np.atleast_1d(axes)
    axes[0].set_ylabel("date named")
    fig.supxlabel("day on which it was said", fontsize=14)
    fig.legend(*axes[0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return fig


def _year(days):
    """Return dates as years with a fraction."""
    days = pd.to_datetime(days)
    return days.dt.year + (days.dt.day_of_year - 1) / 365.25


def squares(ax, missions, stands):
    """Draw each project as a square in the row of its mission, by how it stands for a newcomer.

    missions: Series project -> mission. stands: Series project -> "its own", "within reach", "out of reach" or "ended".
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
