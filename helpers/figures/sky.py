"""The sky of a place as a disc: zenith in the middle, north up, the horizon as the rim."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.figures import page

MARKS = {  # colour and mark of each system
    "": ("blue", "o"),
    "BeiDou": ("blue", "o"),
    "BeiDou-2": ("sky", "o"),
    "BeiDou-3": ("blue", "o"),
    "GLONASS": ("vermillion", "s"),
    "GPS": ("green", "^"),
    "Galileo": ("purple", "D"),
    "NavIC": ("black", "v"),
    "QZSS": ("orange", "P"),
}


def sky(elevation, azimuth, systems=None, mask_deg=0.0, labels=None):
    """Return a figure of a sky as a disc, zenith in the middle and north up, and its axes.

    elevation, azimuth: degrees (n,); systems: the system of each; mask_deg: what is hidden is
    shaded; labels: n texts.
    """
    fig = plt.figure(figsize=(10, 5.0))
    ax = fig.add_subplot(1, 2, 1, projection="polar")
    draw_sky(ax, elevation, azimuth, systems, mask_deg, labels)
    return fig, ax


def draw_sky(ax, elevation, azimuth, systems=None, mask_deg=0.0, labels=None):
    """Draw a sky on polar axes; satellites below the mask are left pale."""
    elevation, azimuth = np.asarray(elevation, float), np.asarray(azimuth, float)
    systems = np.asarray([""] * elevation.size if systems is None else systems, object)
    if mask_deg > 0:
        around = np.linspace(0, 2 * np.pi, 100)
        ax.fill_between(around, 90 - mask_deg, 90, color=page.LAND, linewidth=0, zorder=0.5)
    for name in sorted(set(systems)):
        colour, mark = MARKS[name]
        own, seen = systems == name, elevation >= mask_deg
        low = own & ~seen & (elevation > 0)
        ax.plot(
            np.radians(azimuth[low]),
            90 - elevation[low],
            mark,
            color="#B8B4A8",
            markersize=6,
            linestyle="none",
        )
        ax.plot(
            np.radians(azimuth[own & seen]),
            90 - elevation[own & seen],
            mark,
            color=page.COLOURS[colour],
            markersize=9,
            linestyle="none",
            label=f"{name} ({np.count_nonzero(own & seen)})",
        )
    for up, towards, text in zip(elevation, azimuth, labels or []):
        ax.annotate(text, (np.radians(towards), 90 - up), xytext=(7, 5), textcoords="offset points")
    ax.set(
        theta_zero_location="N",
        theta_direction=-1,
        rlim=(0, 90),
        rticks=[30, 60, 90],
        yticklabels=["60°", "30°", ""],
    )
    ax.set_rlabel_position(135)
    ax.set_xticks(np.radians([0, 90, 180, 270]), ["N", "E", "S", "W"])
    ax.set_facecolor("#F3F6F8")
    return ax
