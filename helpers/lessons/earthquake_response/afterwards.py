"""What came after the earthquake: what was reported when,
and the aftershocks with their forecasts.
"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures
from helpers.lessons.earthquake_response.fleet import RADAR
from helpers.science import aftershocks, quakes

WORDS = {
    "activation": "called",
    "acquisition": "image",
    "delivery": "delivered",
}  # kinds of response_timeline, short


def energies(told, times, rounding):
    """Return a figure of the energy that each printed magnitude means.

    told: rows with who and magnitude; times: energy, where 7.7 is 1 (N); rounding: the factor that
    a printed decimal leaves to either side.
    """
    fig, ax = plt.subplots(figsize=(10, 4.4))
    spread = [times - times / rounding, times * rounding - times]
    ax.barh(np.arange(len(told)), times, xerr=spread, color=figures.COLOURS["sky"], capsize=5)
    ax.set_yticks(np.arange(len(told)), told["who"] + " " + told["magnitude"].astype(str))
    ax.axvline(1, color=figures.COLOURS["vermillion"])
    ax.set(xlabel="energy, where 7.7 (USGS) is 1")
    ax.set(title="How much energy does each magnitude mean?")
    return fig


def reports(table, origin, hours):
    """Return a figure of reported events along the hours after an origin: a mark where the time is
    published, a bar over the day where only the date is.

    table: rows of response_timeline; origin: UTC time; hours: the span shown. An open
    mark: confidence low.
    """
    fig, ax = plt.subplots(figsize=(10, 5.2))
    hour = pd.Timedelta(hours=1)
    rows = table.assign(
        begin=((table["time"].fillna(table["date"].dt.tz_localize("UTC")) - origin) / hour).clip(
            lower=0
        )
    ).sort_values("begin", kind="stable")
    for row, one in enumerate(rows.itertuples()):
        if pd.isna(one.time):
            end = (one.date.tz_localize("UTC") + pd.Timedelta(days=1) - origin) / hour
            ax.barh(
                row,
                end - one.begin,
                left=one.begin,
                height=0.5,
                color=figures.COLOURS["sky"],
                alpha=0.6,
            )
        else:
            ax.plot(
                one.begin,
                row,
                "o",
                color=RADAR,
                markersize=10,
                markerfacecolor=figures.PAPER if one.confidence == "low" else RADAR,
                markeredgewidth=2,
            )
    names = [
        f"{one.party}: {'try, cloud' if 'blocked' in one.event else WORDS[one.kind]}"
        for one in rows.itertuples()
    ]
    ax.set(
        xlim=(-1, hours),
        ylim=(len(rows) - 0.4, -0.6),
        yticks=range(len(rows)),
        yticklabels=names,
        xticks=range(0, hours + 1, 12),
        xlabel="hours after the earthquake",
        title="When was what reported?",
    )
    ax.grid(axis="y", visible=False)
    return fig


def circle_and_line(after, line, circle, towns, label):
    """Return a map of aftershocks, the line through them, a circle of a radius told, and towns.

    after: rows with latitude and longitude; line, circle: latitudes and longitudes; towns: rows.
    """
    fig, ax = plt.subplots(figsize=(10, 5.2))
    figures.world_map(ax, west=88.5, east=99.5, south=16.3, north=24.7)
    orange, red = figures.COLOURS["orange"], figures.COLOURS["vermillion"]
    ax.set(title="How much of the rupture does the circle hold?")
    ax.plot(after["longitude"], after["latitude"], ".", color=orange, label="aftershocks")
    ax.plot(*line[::-1], color=red, linestyle="--", label="line through them")
    ax.plot(*circle[::-1], color=figures.COLOURS["blue"], label=label)
    figures.places(ax, towns)
    ax.legend(loc="lower left", borderaxespad=0.2, handlelength=1.2)
    return fig


def counts_and_times(magnitudes, law, days, omori):
    """Draw how many aftershocks are how strong, and how many came by when, each with its law;
    return the Figure.

    magnitudes: (n,); law: of quakes.b_value; days: (m,) after the main earthquake; omori: of
    aftershocks.fit_omori.
    """
    fig, (strong, late) = plt.subplots(1, 2, figsize=(10, 4.6), layout="constrained")
    centres, _, above = quakes.frequency_magnitude(magnitudes)
    strong.semilogy(centres, above, "o")
    line = law.events * 10 ** (-law.b * (centres - law.completeness))
    strong.semilogy(centres, line, label=f"b = {law.b:.2f}, from {law.completeness:g}")
    strong.set(xlabel="magnitude", ylabel="as strong or stronger", ylim=(0.3, 200))
    late.semilogx(np.sort(days), np.arange(1, len(days) + 1), "o")
    grid = np.geomspace(0.005, 257, 200)
    late.semilogx(
        grid, aftershocks.omori_count(0, grid, omori.k, omori.c, omori.p), label="Omori-Utsu law"
    )
    late.set(xlabel="days after the earthquake", ylabel="came so far")
    for ax in (strong, late):
        ax.legend()
    figures.heading(fig, "How strong are the aftershocks, and how do they die away?")
    return fig


def scored(forecasts, events):
    """Return a table of the forecasts of magnitude 5 or more as they were given,
    beside what happened in their time.

    forecasts: rows of aftershock_forecasts; events: rows with `time` and `magnitude`, without the
    main earthquake.
    """
    given = forecasts[(forecasts["relation"] == "as given") & (forecasts["magnitude_min"] >= 5)]
    rows = []
    for one in given.itertuples():
        during = events["time"].between(
            one.start.tz_localize("UTC"), one.end.tz_localize("UTC"), inclusive="left"
        )
        happened = int((during & (events["magnitude"] >= one.magnitude_min)).sum())
        expected = float(aftershocks.expected_from_chance(one.probability / 100))
        tails = aftershocks.number_test(expected, happened)
        rows.append(
            (one.issued.date(), one.magnitude_min, one.probability, expected, happened, *tails)
        )
    columns = ["issued", "from", "chance_%", "expected", "happened", "at_least", "at_most"]
    return pd.DataFrame(rows, columns=columns)
