"""Drawings of samples: ages of several teams, the crater curve that their mean ties down, titanium in basalts, a melt."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from helpers import figures
from helpers.science import samples


def ages(ax, rows):
    """Draw a row for each result: the thick bar is one stated error, the thin bar two. Return the axes.

    rows: a table with the columns team, age and uncertainty (Ma); the first row is drawn at the bottom.
    """
    place = np.arange(len(rows))
    blue = figures.COLOURS["blue"]
    for errors, width in ((2, 2), (1, 7)):
        ax.hlines(
            place,
            rows["age"] - errors * rows["uncertainty"],
            rows["age"] + errors * rows["uncertainty"],
            color=blue,
            linewidth=width,
            zorder=2,
        )
    ax.plot(rows["age"], place, "o", color=blue, markeredgecolor=figures.PAPER, zorder=3)
    ax.set(
        yticks=place,
        yticklabels=rows["team"],
        ylim=(-0.7, len(rows) - 0.3),
        xlabel="age (Ma, million years)",
    )
    ax.grid(axis="y", visible=False)
    return ax


def mean_band(ax, mean):
    """Draw the combined age of a samples.Mean as a band of 1 sigma, and a paler one where the Birge ratio widens it."""
    if mean.scaled > mean.sigma:
        ax.axvspan(
            mean.value - mean.scaled,
            mean.value + mean.scaled,
            color=figures.COLOURS["orange"],
            alpha=0.35,
            linewidth=0,
            label="scaled",
        )
    ax.axvspan(
        mean.value - mean.sigma,
        mean.value + mean.sigma,
        color=figures.COLOURS["orange"],
        linewidth=0,
        label="combined, 1 sigma",
    )
    return ax


def tied_curve(ax, published, tied, plain, site):
    """Draw a chronology as published and tied to a dated site, and how an undated plain is read off the tied one.

    ax: an axes. published, tied: samples.Chronology. plain: craters of 1 km and more on 1,000 km2.
    site: (age in Ma, craters of 1 km and more per km2). Return the axes.
    """
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
    return ax


def titanium_borders(ax):
    """Set up an axes of FeO and TiO2 (wt%) with the borders between very-low-Ti, low-Ti and high-Ti basalts."""
    for border, below in samples.TITANIUM[:2]:
        ax.axhline(border, color=figures.COLOURS["black"], linestyle=":", linewidth=1.6)
    names = [name for _, name in samples.TITANIUM]
    for name, height in zip(names, (0.15, 1.15, 6.15)):
        ax.annotate(name, (10.1, height))
    ax.set(xlabel="FeO (wt%)", ylabel="TiO2 (wt%)", xlim=(10, 24), ylim=(0, 14))
    ax.legend(loc="upper left")
    return ax


def titanium_only(ax, rows):
    """Draw rows of which only TiO2 is known, with its spread where one is stated, on an axes that shares y. Return the axes.

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


def side_by_side():
    """Return a figure and two axes, for ages on the left and craters on the right; margins are fixed, which is quick to draw."""
    fig, (left, right) = plt.subplots(1, 2, layout="none")
    fig.subplots_adjust(left=0.205, right=0.985, bottom=0.14, top=0.97, wspace=0.17)
    left.set(xlim=(1750, 2350), xticks=(1800, 2000, 2200))
    return fig, left, right


def melt_axes():
    """Return a figure and axes for an element in a melt that crystallises: percent crystallised, times the first share (log)."""
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
    return fig, ax


def both_readings(missions):
    """Return a table of the best team alone and all combined, for both readings of the stated errors.

    missions: tables with mission, age and uncertainty (Ma), one a mission.
    """
    rows = []
    for found in missions:
        for level in ("1 sigma", "2 sigma"):
            errors = samples.one_sigma(found["uncertainty"], level)
            mean = samples.weighted_mean(found["age"], errors)
            alone, together = errors.min(), mean.scaled
            rows.append(
                [found["mission"].iloc[0], level, alone, mean.birge, together, alone / together]
            )
    names = ["mission", "errors read as", "alone (Ma)", "Birge ratio", "together (Ma)", "dividend"]
    return pd.DataFrame(rows, columns=names).round(2)
