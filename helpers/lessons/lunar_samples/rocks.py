"""What rocks are made of: titanium in basalts and soils, and a melt that crystallises."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from helpers import figures
from helpers.science import samples


def oxides(both, part):
    """Return a figure of FeO and TiO2 in rocks and soils,
    and beside it the rows of which only TiO2 is known.

    both, part: tables with mission, kind, sample, FeO, TiO2 and TiO2_sigma (wt%).
    """
    fig, (ax, side) = plt.subplots(1, 2, sharey=True, width_ratios=[4, 1.6])
    looks = (("Apollo", "o", "blue"), ("Luna", "s", "green"), ("Chang'e", "D", "vermillion"))
    for name, marker, colour in looks:
        for kind, fill in (("basalt", "full"), ("soil", "none")):
            some = both[both["mission"].str.startswith(name) & (both["kind"] == kind)]
            if len(some):
                look = {"color": figures.COLOURS[colour], "fillstyle": fill}
                ax.plot(some["FeO"], some["TiO2"], marker, label=f"{name}, {kind}", **look)
    titanium_borders(ax)
    titanium_only(side, part)
    figures.heading(fig, "How much titanium is in each basalt and soil?")
    return fig


def titanium_borders(ax):
    """Set up an axes of FeO and TiO2 (wt%) with the borders between very-low-Ti,
    low-Ti and high-Ti basalts.
    """
    for border, below in samples.TITANIUM[:2]:
        ax.axhline(border, color=figures.COLOURS["black"], linestyle=":", linewidth=1.6)
    names = [name for _, name in samples.TITANIUM]
    for name, height in zip(names, (0.15, 1.15, 6.15)):
        ax.annotate(name, (10.1, height))
    ax.set(xlabel="FeO (wt%)", ylabel="TiO2 (wt%)", xlim=(10, 24), ylim=(0, 14))
    ax.legend(loc="upper left")
    return ax


def titanium_only(ax, rows):
    """Draw rows of which only TiO2 is known, with its spread where one is stated,
    on an axes that shares y. Return the axes.

    rows: a table with sample, TiO2 and TiO2_sigma (wt%).
    """
    place = np.arange(len(rows))
    ax.errorbar(
        place,
        rows["TiO2"],
        yerr=rows["TiO2_sigma"],
        fmt="D",
        linestyle="none",
        color=figures.COLOURS["vermillion"],
        capsize=6,
    )
    names = [
        sample.replace("Chang'e", "CE").split()[0] + "\n" + sample.split()[-1]
        for sample in rows["sample"]
    ]
    ax.set(xticks=place, xticklabels=names, xlim=(-0.7, len(rows) - 0.3), xlabel="no FeO found")
    for border, _ in samples.TITANIUM[:2]:
        ax.axhline(border, color=figures.COLOURS["black"], linestyle=":", linewidth=1.6)
    return ax


def melts(left, leave, plagioclase, stay):
    """Return a figure of an element in a melt that crystallises, three ways:
    times the first share, a log scale.

    left: shares of melt left. leave, plagioclase, stay: times the first share, as long as left.
    """
    fig, ax = plt.subplots(layout="none")
    fig.subplots_adjust(left=0.1, right=0.965, bottom=0.14, top=0.97)
    ax.set_yscale("log")
    ax.set(
        xlim=(0, 100),
        ylim=(0.1, 200),
        xlabel="crystallised (percent)",
        ylabel="times the first share in the melt",
    )
    ax.yaxis.set(
        major_locator=FixedLocator([0.1, 1, 10, 100]),
        major_formatter=FuncFormatter(lambda value, _: f"{value:g}"),
        minor_locator=NullLocator(),
    )
    ax.plot(100 * (1 - left), leave, label="crystals leave the melt")
    ax.plot(100 * (1 - left), plagioclase, label="plagioclase takes the element")
    ax.plot(100 * (1 - left), stay, label="crystals stay in the melt")
    ax.legend(loc="upper left")
    return fig
