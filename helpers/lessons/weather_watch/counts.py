"""Users and satellites, as counted and as announced."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures
from helpers.base import fits


def served(before, told, line):
    """Return a figure of announced counts with the line through the earlier ones
    and its 95 percent interval.

    before, told: rows of fengyun_users with as_of and count; line: a fits.Line in years from the
    first count.
    """
    days = pd.date_range(before["as_of"].min(), "2026-02-01", periods=60)
    years = (days - days[0]).days / 365.25
    _, low, high = fits.predict(line, years)
    fig, ax = plt.subplots(figsize=(10, 4.4))
    ax.fill_between(days, low, high, color=figures.COLOURS["sky"], alpha=0.3, label="95 % interval")
    ax.plot(days, line.at(years), label="line through the round dots")
    ax.plot(before["as_of"], before["count"], "o", color=figures.COLOURS["black"])
    label = f"{told['count'].iloc[0]}, announced {len(told)} times"
    ax.plot(told["as_of"], told["count"], "s", color=figures.COLOURS["vermillion"], label=label)
    ax.set(ylabel="countries and regions", title="Does the newest count follow the others?")
    ax.legend(loc="lower right")
    return fig


def launched(fleet, said):
    """Return a figure of satellites launched, from a table,
    beside what reports say of launched and operating.
    """
    fig, ax = plt.subplots(figsize=(10, 4.4))
    number = np.arange(1, len(fleet) + 1)
    ax.step(fleet["launch_date"], number, where="post", label="launched, from the table")
    for name, mark, colour in (("launched", "o", "black"), ("operating", "s", "vermillion")):
        label = f"{name}, as announced"
        ax.plot(said["as_of"], said[name], mark, color=figures.COLOURS[colour], label=label)
    ax.set(ylabel="Fengyun satellites", ylim=(0, None), title="How many fly, of those launched?")
    ax.legend(loc="upper left")
    return fig
