"""What a satellite sees: glow by wavelength, looks through a day, clouds that move."""

import matplotlib.pyplot as plt
import numpy as np

from helpers import figures
from helpers.lessons.weather_watch.agencies import NOBODY


def glows(glow):
    """Return a figure of the glow of a sea and two clouds by wavelength; glow:
    function of (um, K), W m-2 sr-1 um-1.
    """
    wavelength = np.linspace(3, 16, 300)
    fig, ax = plt.subplots(figsize=(10, 4.4))
    for kelvin, what in ((300, "warm sea"), (260, "low cloud"), (220, "high cloud")):
        (line,) = ax.plot(wavelength, glow(wavelength, kelvin))
        ax.text(13, glow(13, kelvin) + 0.3, f"{what}, {kelvin} K", color=line.get_color())
    ax.axvline(10.8, color=figures.COLOURS["black"], linestyle=":", linewidth=1.5)
    ax.set(xlabel="wavelength (um)", ylabel="glow (W m⁻² sr⁻¹ um⁻¹)", ylim=(0, None))
    ax.set_title("How brightly does each glow at 10.8 um?")
    return fig


def day(hours):
    """Return a figure of looks through the day as rows of marks, with the longest wait of each row
    marked.

    hours: dict of name -> local hours (n,). The first name is drawn on top.
    """
    fig, ax = plt.subplots(figsize=(10, 3.6))
    for row, (name, times) in enumerate(hours.items()):
        times = np.sort(np.asarray(times, float))
        waits = np.diff(np.append(times, times[0] + 24))
        start = times[waits.argmax()]
        for turn in (-24, 0):  # a wait over midnight shows at both ends
            ax.broken_barh([(start + turn, waits.max())], (row - 0.3, 0.6), facecolors=NOBODY)
        ax.plot(
            times,
            np.full(times.size, row),
            "|",
            color=figures.COLOURS["blue"],
            markersize=26,
            markeredgewidth=4,
        )
    ax.set(
        xlim=(0, 24),
        ylim=(len(hours) - 0.5, -0.5),
        xticks=range(0, 25, 3),
        xlabel="local time by the Sun (hours); shaded: the longest wait",
        title="How long can the equator wait for a look?",
    )
    ax.set_yticks(range(len(hours)), list(hours))
    ax.grid(axis="y", visible=False)
    return fig


def clouds(first, second, match, size=24):
    """Return a figure of two scenes side by side,
    with a patch in the first and where it is found in the second.

    first, second: scenes (n, n); match: a clouds.Match; size: pixels a side of the patch.
    """
    fig, axes = plt.subplots(1, 2, figsize=(10, 4.6))
    corner = first.shape[0] / 2 - size / 2
    for ax, scene, title, down, right in (
        (axes[0], first, "first scene", 0, 0),
        (axes[1], second, "ten minutes later", match.rows, match.columns),
    ):
        ax.imshow(scene, cmap="Greys_r")
        if down or right:
            ax.add_patch(
                plt.Rectangle(
                    (corner, corner),
                    size,
                    size,
                    fill=False,
                    edgecolor=figures.COLOURS["sky"],
                    linewidth=2,
                    linestyle=":",
                )
            )
        ax.add_patch(
            plt.Rectangle(
                (corner + right, corner + down),
                size,
                size,
                fill=False,
                edgecolor=figures.COLOURS["orange"],
                linewidth=3,
            )
        )
        ax.set(title=title, xticks=[], yticks=[])
        ax.grid(visible=False)
    figures.heading(fig, "How far have the (synthetic) clouds moved?")
    middle = first.shape[0] / 2
    axes[1].annotate(
        "",
        (middle + match.columns, middle + match.rows),
        (middle, middle),
        arrowprops={"arrowstyle": "-|>", "color": figures.COLOURS["vermillion"], "linewidth": 3},
    )
    return fig
