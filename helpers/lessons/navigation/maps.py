"""World maps of lesson 09, and its table of regions."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures


def minutes_maps(minutes):
    """Return a figure of world maps, one a system: minutes a day with a good fix.

    minutes: dict of name -> (n, 2n) from south to north and west to east, 0 to 1440.
    """
    fig, axes = plt.subplots(2, 2, figsize=(10, 5.0), layout="constrained")
    for ax, (name, values) in zip(axes.flat, minutes.items()):
        image = ax.imshow(
            values / 60,
            origin="lower",
            extent=(-180, 180, -90, 90),
            cmap="cividis",
            vmin=0,
            vmax=24,
        )
        _coasts(ax)
        ax.set_title(name, fontsize=14)
    fig.colorbar(
        image, ax=axes, label="hours a day with a good fix", ticks=[0, 6, 12, 18, 24], shrink=0.85
    )
    figures.heading(fig, "How many hours a day has each place a good fix?")
    return fig


def ratio_map(ratio, places):
    """Return a figure of a world map of a ratio (n, 2n), 1 in pale, with places marked; above 1 is
    blue, below 1 orange.
    """
    fig, ax = plt.subplots(figsize=(10, 5.2), layout="constrained")
    limit = np.log2(1.6)
    image = ax.imshow(
        np.log2(ratio),
        origin="lower",
        extent=(-180, 180, -90, 90),
        cmap="PuOr",
        vmin=-limit,
        vmax=limit,
    )
    _coasts(ax)
    figures.places(ax, places)
    ax.set(title="Where is BeiDou-3 sharper than GPS?")
    bar = fig.colorbar(
        image,
        ax=ax,
        shrink=0.8,
        ticks=np.log2([0.65, 0.8, 1, 1.25, 1.55]),
        label="PDOP of GPS over that of BeiDou-3",
    )
    bar.ax.set_yticklabels(["0.65", "0.8", "1", "1.25", "1.55"])
    return fig


def _coasts(ax):
    """Draw the coasts without the land's colour, so that a picture below stays in sight."""
    figures.world_map(ax)
    ax.patches[-1].set(facecolor="none", edgecolor="#2B2B2B", linewidth=0.5, zorder=2)
    ax.set(xticks=[], yticks=[], xlabel="", ylabel="")
    ax.grid(visible=False)


def by_region(named, values):
    """Return the median of each region: a DataFrame with a row a region and a column a system.

    named: the region of each place (n,); values: dict of system -> (n,).
    """
    table = pd.DataFrame(values).groupby(np.asarray(named)).median()
    return table.rename_axis("median of capitals")
