"""Drawings of lesson 09 of a real receiver:
how far its fixes miss, and what each correction is worth.
"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures
from helpers.science import navigation
from helpers.tables import data


def as_sent(rows):
    """Return the rows of an epoch with the satellites where they stood over the ground when they
    sent: the turn of the Earth during the flight is taken back.
    """
    axes, ranges = ["x_m", "y_m", "z_m"], navigation.corrected(rows)
    (clock,) = navigation.fix(rows[axes], ranges).clocks.values()
    before = navigation.turned(rows[axes], -navigation.flight_seconds(ranges - clock))
    return rows.assign(**dict(zip(axes, before.T)))


def misses(found):
    """Return a figure of fixes beside the known place: from above, and in height.

    found: dict of name -> (east, north, up), m.
    """
    fig, (ax, bars) = plt.subplots(1, 2, figsize=(10, 4.8), width_ratios=[1, 1.15])
    reach = 1.25 * max(1.0, max(np.abs(miss[:2]).max() for miss in found.values()))
    for radius in np.arange(0.5, reach * 1.5, 0.5 if reach < 4 else 5):
        ax.add_patch(plt.Circle((0, 0), radius, fill=False, edgecolor="#DDDDD8"))
    ax.plot(0, 0, "+", color=figures.INK, markersize=18, markeredgewidth=2)
    for row, (name, (east, north, up)) in enumerate(found.items()):
        colour, mark = list(figures.COLOURS.values())[row % 7], "osD^vPX"[row % 7]
        ax.plot(east, north, mark, color=colour, markersize=11)
        bars.barh(row, up, color=colour, height=0.55)
        bars.plot(up, row, mark, color=colour, markersize=11, markeredgecolor=figures.PAPER)
    ax.set(
        xlim=(-reach, reach),
        ylim=(-reach, reach),
        aspect="equal",
        xlabel="east of the place (m)",
        ylabel="north of it (m)",
    )
    ax.grid(visible=False)
    bars.axvline(0, color=figures.INK, linewidth=1, linestyle="-")
    bars.set(
        yticks=range(len(found)),
        yticklabels=found,
        ylim=(len(found) - 0.4, -0.6),
        xlabel="above the place (m)",
    )
    bars.margins(x=0.15)
    figures.heading(fig, "How far from the known place is each fix?")
    return fig


def parts(found):
    """Return a table of misses: a row a choice of systems; across the map, up (below 0: too low),
    and in all, m.

    found: dict of name -> (east, north, up), m.
    """
    rows = {
        name: (np.hypot(east, north), up, np.linalg.norm([east, north, up]))
        for name, (east, north, up) in found.items()
    }
    columns = ["across (m)", "up (m)", "in all (m)"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).round(2)


def on_the_map(satellites):
    """Return what the satellites' own errors make on the map under a sky of Galileo, in lines: the
    range error times the dilution across.

    satellites: rows with elevation_deg and azimuth_deg, of one system.
    """
    across = navigation.dops(satellites["elevation_deg"], satellites["azimuth_deg"]).horizontal
    if not np.isfinite(across):
        return f"{len(satellites)} satellites are left: no fix."
    rows = data.table("ranging_errors").set_index("id")
    least, lines = rows.loc["sisre-galileo", "low_m"], []
    for system in ("galileo", "gps", "beidou-2", "glonass"):
        name, own = rows.loc[f"sisre-{system}", ["system", "low_m"]]
        lines.append(
            f"{name}: {own:.1f} m, {own / least:.0f} times Galileo's; "
            f"times {across:.2f} across: {across * own:.2f} m"
        )
    return "\n".join(lines)


def costs(errors):
    """Return a figure of errors (m) as bars on a logarithmic axis, each with its number; errors:
    dict of name -> m.
    """
    fig, ax = plt.subplots(figsize=(10, 3.8))
    ends = np.array(list(errors.values()))
    ax.barh(list(errors), ends - 0.1, left=0.1, color=figures.COLOURS["sky"])
    for row, value in enumerate(errors.values()):
        ax.annotate(
            f"{value:,.0f} m" if value >= 100 else f"{value:.1f} m",
            (value, row),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
        )
    ax.set(
        xscale="log",
        xlim=(0.1, 15 * ends.max()),
        ylim=(len(errors) - 0.4, -0.6),
        xlabel="error of the fix: each line is ten times the last",
        xticks=[0.1, 1, 10, 100, 1000, 10_000, 100_000],
        xticklabels=["10 cm", "1 m", "10 m", "100 m", "1 km", "10 km", "100 km"],
        title="How wrong is the fix when one correction is left out?",
    )
    ax.minorticks_off()
    return fig
