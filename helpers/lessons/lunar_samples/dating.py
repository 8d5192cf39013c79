"""Ages of samples: of several teams, all of them combined, and what they make of a belief."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures
from helpers.base import checks
from helpers.science import samples


def ages(ax, rows):
    """Draw a row for each result: the thick bar is one stated error, the thin bar two.
    Return the axes.

    rows: a table with the columns team, age and uncertainty (Ma); the first row is drawn at the
    bottom.
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


def two_ages(rows):
    """Return a figure of two ages of one rock (rows as `ages` takes them)."""
    fig, ax = plt.subplots(figsize=(10, 3.2))
    ages(ax, rows).set(title="Do the two ages agree?")
    return fig


def mean_band(ax, mean):
    """Draw the combined age of a samples.Mean as a band of 1 sigma,
    and a paler one where disagreement widens it.
    """
    if mean.scaled > mean.sigma:
        _band(ax, mean.value, mean.scaled, label="widened", alpha=0.35)
    _band(ax, mean.value, mean.sigma, label="combined, 1 sigma")
    return ax


def _band(ax, value, error, **look):
    ax.axvspan(value - error, value + error, color=figures.COLOURS["orange"], linewidth=0, **look)


def widened(mean):
    """Return in words how far disagreement widens the error of a samples.Mean."""
    if not mean.dof:
        return "nothing to compare with"
    if mean.birge <= 1:
        return "not widened: the results agree"
    return f"widened {mean.birge:.2f} times: the results disagree"


def parcels(weighed, names):
    """Return a figure of the parts of the samples whose mass is published.

    weighed: a table with date, kind, country (code) and mass (mg). names: Series code -> name of
    the party.
    """
    fig, ax = plt.subplots()
    ax.barh(range(len(weighed)), weighed["mass"] / 1000, color=figures.COLOURS["sky"])
    labels = (
        weighed["date"].dt.strftime("%Y: ")
        + weighed["kind"]
        + " to "
        + weighed["country"].map(names)
    )
    ax.set(yticks=range(len(weighed)), yticklabels=labels, xlabel="mass (g)", xlim=(0, 35))
    ax.set_title("How large is each part whose mass is published?")
    return fig


def weighed(rows, share, combined, error):
    """Return a figure of ages with their combined age as a band,
    and the weight of each result beside them.

    rows: as for `ages`. share: the part of the weight of each. combined, error: Ma.
    """
    fig, (ax, side) = plt.subplots(1, 2, sharey=True, width_ratios=[3, 1.2], figsize=(10, 3.6))
    _band(ax, combined, error, label="combined, 1 sigma", alpha=0.6)
    ages(ax, rows)
    ax.legend(loc="upper left")
    side.barh(range(len(rows)), 100 * share, height=0.5, color=figures.COLOURS["sky"])
    side.bar_label(side.containers[0], [f"{part:.1%}" for part in share], padding=4)
    side.set(xlim=(0, 140), xticks=[0, 50, 100], xlabel="weight (percent)")
    side.grid(axis="y", visible=False)
    figures.heading(fig, "How old is the rock by all results, and which of them weighs most?")
    return fig


def disagreement(rows, mean, third):
    """Return a figure of results that disagree, their combined age,
    and a third age (Ma) that has no error.
    """
    fig, ax = plt.subplots(figsize=(10, 3.4))
    ages(ax, rows)
    mean_band(ax, mean)
    ax.axvline(third, color=figures.INK, linestyle=":", label="no error given")
    ax.set(xlim=(2790, 2860), title="Do these ages fit together?")
    ax.legend(loc="lower right")
    return fig


def fourth(rows, mean):
    """Return a figure of the chosen results and their combined age;
    margins are fixed, which is quick to draw.
    """
    fig, ax = plt.subplots(layout="none")
    fig.subplots_adjust(left=0.205, right=0.985, bottom=0.14, top=0.97)
    mean_band(ages(ax, rows), mean)
    ax.set(xlim=(1750, 2350), xticks=range(1800, 2301, 100))
    ax.legend(loc="upper left")
    return fig


def belief(other, fits):
    """Return the belief in a model, from even odds,
    after results that another story gives with chance `other` each.

    Raises checks.NotAccepted for a chance below 0 or above 1.
    """
    return 1 / (1 + checks.share("other", other) ** fits)


def beliefs(mine):
    """Return a figure of the belief in a model after one, two and five results,
    with your own chance marked.
    """
    others = np.linspace(0, 1, 101)
    fig, ax = plt.subplots(figsize=(10, 4.4))
    for fits in (1, 2, 5):
        label = f"{fits} independent result{'s' if fits > 1 else ''}"
        ax.plot(others, 100 * belief(others, fits), label=label)
    ax.plot(mine, 100 * belief(mine, 1), "o", color=figures.INK, label="your chance, one result")
    ax.set(
        xlabel="chance that another story gives the same result",
        ylabel="belief (percent)",
        ylim=(45, 102),
        title="What is left of the belief when another story fits as well?",
    )
    ax.legend()
    return fig


def isochron(rock, line):
    """Return a figure of synthetic minerals, their isochron today,
    and the flat line of the day when the lava set.

    rock: a table with x and y (isotope ratios). line: a samples.Line.
    """
    ends = np.array([0, 0.25])
    fig, ax = plt.subplots()
    ax.plot(rock["x"], rock["y"], "o", color=figures.COLOURS["blue"], label="minerals (synthetic)")
    today = line.intercept + line.slope * ends
    ax.plot(ends, today, color=figures.COLOURS["vermillion"], label="isochron today")
    flat = [line.intercept] * 2
    ax.plot(ends, flat, color=figures.INK, linestyle=":", label="when the lava set")
    ax.set(xlabel="87Rb / 86Sr", ylabel="87Sr / 86Sr", ylim=(0.698, 0.712))
    ax.set_title("How long ago did the lava set?")
    ax.legend()
    return fig


def both_readings(missions):
    """Return a table of the best team alone and all combined,
    for both readings of the stated errors.

    missions: tables with mission, age and uncertainty (Ma), one a mission.
    """
    rows = []
    for found in missions:
        for level in ("1 sigma", "2 sigma"):
            errors = samples.one_sigma(found["uncertainty"], level)
            mean = samples.weighted_mean(found["age"], errors)
            alone, together = errors.min(), mean.scaled
            grown, mission = max(1, mean.birge), found["mission"].iloc[0]
            rows.append([mission, level, alone, grown, together, alone / together])
    names = ["mission", "errors read as", "alone (Ma)", "widened", "together (Ma)", "dividend"]
    return pd.DataFrame(rows, columns=names).round(2)


def apart(ages, pairs):
    """Return a table of how many sigma lie between two ages of one rock,
    for both readings of their errors.

    ages: a table by id with sample, age and uncertainty (Ma). pairs: pairs of ids.
    """
    rows = []
    for a, b in ((ages.loc[one], ages.loc[two]) for one, two in pairs):
        gap = samples.sigmas_between(a["age"], a["uncertainty"], b["age"], b["uncertainty"])
        told = [f"{result['age']:.0f} +/- {result['uncertainty']:.0f}" for result in (a, b)]
        rows.append([a["sample"], *told, gap, 2 * gap])
    names = ["rock", "one (Ma)", "other (Ma)", "sigmas apart", "if errors are 2 sigma"]
    return pd.DataFrame(rows, columns=names).round(2)
