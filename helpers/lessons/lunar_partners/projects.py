"""Projects as squares, what ends when a party leaves, and announced dates."""

import matplotlib.pyplot as plt
import pandas as pd

from helpers import figures
from helpers.lessons.lunar_partners.graph import DrawingError

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
        f"With {signed} signed, {newcomer} has {_counted(own, 'project')} of its own, and {more} "
        f"more within reach through {_counted(len(partners), 'partner')}. "
    )
    ended = f"{(stands == 'ended').sum()} of {len(stands)} projects end."
    return text + ("Nobody leaves." if leaver == "nobody" else f"Leaving: {leaver}. {ended}")


def _counted(number, what):
    return f"{number} {what}{'' if number == 1 else 's'}"


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
