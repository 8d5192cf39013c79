"""Ages of ground from craters: chronologies, and one tied to a dated place."""

import matplotlib.pyplot as plt
import numpy as np

from helpers import figures
from helpers.science import samples


def tied_curve(published, tied, plain, site):
    """Return a figure of a chronology as published and tied to a dated site,
    and how a plain is read off the tied one.

    published, tied: samples.Chronology. plain: craters of 1 km and more on 1,000 km2.
    site: (age in Ma, craters of 1 km and more per km2).
    """
    fig, ax = plt.subplots(layout="none")
    fig.subplots_adjust(left=0.09, right=0.985, bottom=0.14, top=0.97)
    time = np.linspace(0, 3.3, 60)
    ax.plot(
        time,
        1000 * samples.n1(time, published),
        color=figures.COLOURS["green"],
        linestyle="--",
        label="as published",
    )
    ax.plot(
        time,
        1000 * samples.n1(time, tied),
        color=figures.COLOURS["vermillion"],
        linestyle="-",
        label="tied",
    )
    read = float(samples.crater_age(plain / 1000, tied))
    ax.plot(
        [0, read, read],
        [plain, plain, 0],
        color=figures.COLOURS["black"],
        linestyle=":",
        linewidth=1.6,
    )
    ax.plot(
        site[0] / 1000,
        1000 * site[1],
        "o",
        color=figures.COLOURS["blue"],
        markeredgecolor=figures.PAPER,
        markersize=10,
        label="dated place",
    )
    ax.set(
        xlim=(0, 3.3),
        ylim=(0, 5),
        xticks=range(4),
        yticks=range(0, 6, 2),
        xlabel="age (Ga)",
        ylabel="craters on 1,000 km2",
    )
    ax.legend(loc="upper left")
    return fig


def chronologies(curves, site):
    """Return a figure of crater chronologies and the place of known age that they may be tied to.

    curves: a table by id with name. site: a row with age (Ga), n1 and n1_sigma (craters of 1 km and
    more a km2).
    """
    time = np.linspace(0.02, 3.9, 300)
    fig, ax = plt.subplots()
    for name, row in curves.iterrows():
        ax.plot(time, 1000 * samples.n1(time, samples.chronology(name)), label=row["name"])
    spot = (site["age"], 1000 * site["n1"])
    ax.errorbar(*spot, yerr=1000 * site["n1_sigma"], fmt="o", color=figures.INK, capsize=6)
    ax.annotate("Chang'e-5", spot, xytext=(10, -18), textcoords="offset points")
    ax.set(
        xlabel="age (Ga, thousand million years)",
        ylabel="craters of 1 km or more\non 1,000 km2",
        ylim=(0, 6),
        title="How old is ground with so many craters?",
    )
    ax.legend()
    return fig
