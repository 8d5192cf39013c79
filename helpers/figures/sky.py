"""The sky of a place as a disc: zenith in the middle, north up, the horizon as the rim."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import LineCollection

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
    fig = plt.figure(figsize=(10, 5.0), layout="none")
    ax = fig.add_axes((0.0, 0.0, 0.46, 0.92))
    draw_sky(ax, elevation, azimuth, systems, mask_deg, labels)
    return fig, ax


def draw_sky(ax, elevation, azimuth, systems=None, mask_deg=0.0, labels=None):
    """Draw a sky on plain axes, which takes half the time of polar ones; satellites below the mask
    are left pale, and the count of those above stands beside the name of each system.
    """
    elevation, azimuth = np.asarray(elevation, float), np.asarray(azimuth, float)
    systems = np.asarray([""] * elevation.size if systems is None else systems, object)
    _disc(ax, mask_deg)
    x, y = _place(elevation, azimuth)
    seen, low = elevation >= mask_deg, (elevation > 0) & (elevation < mask_deg)
    for name in sorted(set(systems)):
        colour, mark = MARKS[name]
        own = systems == name
        ax.plot(x[own & low], y[own & low], mark, color="#B8B4A8", markersize=6)
        up, style = own & seen, {"color": page.COLOURS[colour], "markersize": 9}
        ax.plot(x[up], y[up], mark, label=f"{name} ({np.count_nonzero(up)})", **style)
    for east, north, text in zip(x, y, labels or []):
        ax.annotate(text, (east, north), xytext=(7, 5), textcoords="offset points")
    return ax


def _place(elevation, azimuth):
    """Return where a direction (degrees) stands on the disc: to the right and up, 90 at the rim."""
    far, towards = 90 - np.asarray(elevation, float), np.radians(azimuth)
    return far * np.sin(towards), far * np.cos(towards)


def _disc(ax, mask_deg):
    """Draw the empty sky: what is hidden, circles of elevation, the cross of the winds."""
    around = np.linspace(0, 360, 121)
    rings = {up: np.column_stack(_place(up, around)) for up in (0, 30, 60, mask_deg)}
    shades = ((0, page.LAND), (mask_deg, "#F3F6F8")) if mask_deg > 0 else ((0, "#F3F6F8"),)
    for up, shade in shades:
        ax.fill(*rings[up].T, color=shade, linewidth=0, zorder=0.5)
    cross = [[(-90, 0), (90, 0)], [(0, -90), (0, 90)]]
    thin = {"colors": ["#C9C9C4"] * 4 + [page.GREY], "linewidths": 0.8, "zorder": 0.6}
    ax.add_collection(LineCollection([*cross, rings[30], rings[60], rings[0]], **thin))
    for up in (30, 60):
        ax.text(*_place(up, 135), f"{up}°", color=page.GREY, ha="center", va="center")
    for towards, wind in zip(range(0, 360, 90), "NESW"):
        ax.text(*_place(-8, towards), wind, ha="center", va="center")
    ax.set(xlim=(-104, 104), ylim=(-104, 104), aspect="equal")
    ax.set_axis_off()
