"""The Earth in cells of equal area: hours between looks, by bands and on land."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.collections import PolyCollection
from matplotlib.colors import LogNorm
from matplotlib.path import Path

from helpers import figures
from helpers.science import worldmap


def revisit_maps(grid, maps, label="hours between looks", limits=(12, 96)):
    """Return a figure of maps of the Earth side by side, one a title,
    cells coloured by hours on one scale.
    """
    fig, axes = plt.subplots(1, len(maps), figsize=(10, 4.1), squeeze=False, sharey=True)
    corners = grid[["west", "south", "east", "north"]].to_numpy()
    boxes = [[(w, s), (e, s), (e, n), (w, n)] for w, s, e, n in corners]
    for ax, (title, values) in zip(axes[0], maps.items(), strict=True):
        figures.frame(ax)
        shown = np.clip(values, *limits)
        scale = {"cmap": "viridis_r", "norm": LogNorm(*limits), "edgecolors": "face"}
        cells = ax.add_collection(PolyCollection(boxes, array=shown, linewidths=0.2, **scale))
        for ring in worldmap.land():
            ax.plot(*ring.T, color=figures.INK, linewidth=0.7, linestyle="-")
        ax.set(title=title, xticks=[-120, 0, 120])
    ticks = [12, 24, 48, 96]
    bar = fig.colorbar(cells, ax=axes[0], label=label, location="bottom", aspect=40, shrink=0.7)
    bar.ax.set_xticks(ticks, ["12 or less", "24", "48", "96 or more"])
    bar.ax.minorticks_off()
    figures.heading(fig, "How many hours lie between two looks?")
    return fig


def bands(grid, alone, together):
    """Return mean hours between looks, alone and together, by how far a cell is from the equator.

    A DataFrame: near the equator (within the tropics), between, near the poles (beyond the polar
    circles), whole Earth; columns median and longest gap, alone and together. Cells have equal
    areas, so means are of areas.
    """
    zone = pd.cut(abs(grid["latitude_deg"]), [0, 23.44, 66.56, 90])
    zone = zone.cat.rename_categories(["near the equator", "between", "near the poles"])
    table = pd.concat(
        {
            "median": pd.DataFrame({"alone": alone["median_h"], "together": together["median_h"]}),
            "longest": pd.DataFrame(
                {"alone": alone["longest_h"], "together": together["longest_h"]}
            ),
        },
        axis=1,
    )
    rows = table.groupby(zone, observed=True).mean()
    rows.index = rows.index.astype(str)
    return pd.concat([rows, table.mean().to_frame("the whole Earth").T]).rename_axis("where")


def on_land(grid):
    """Return which cells of a grid have their middle on land."""
    inside = np.zeros(len(grid), bool)
    for ring in worldmap.land():
        inside ^= Path(ring).contains_points(grid[["longitude_deg", "latitude_deg"]])
    return inside
