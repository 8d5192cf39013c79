"""Lesson 11: what radar echoes say of the ground under a rover."""

from functools import lru_cache

import matplotlib.pyplot as plt
import numpy as np

from helpers import figures
from helpers.base import checks
from helpers.science import radar

BLUE, RED, GREEN = (figures.COLOURS[name] for name in ("blue", "vermillion", "green"))
ORANGE = figures.COLOURS["orange"]
PERMITTIVITY = (
    3.6  # measured in the upper metres at the landing site: see the table mars_radar_facts
)
DIP_DEG = 14.5  # the mean dip that was reported; the made-up layers have it


def depths(permittivity, interval, times_ns):
    """Return a figure of the depth of two echoes by permittivity, and its words.

    interval: (low, high) that was measured; times_ns: two-way times of the echoes.
    """
    eps = np.linspace(1, 9, 200)
    fig, ax = plt.subplots(figsize=(10, 4))
    ax.axvspan(*interval, color=ORANGE, alpha=0.25, linewidth=0, label="measured range")
    for time, label in zip(times_ns, ("upper echo", "lower echo")):
        ax.plot(eps, radar.depth_m(time, eps), label=f"{label}, {time:.0f} ns")
    here = [radar.depth_m(time, permittivity) for time in times_ns]
    ax.plot([permittivity] * len(here), here, "o", color=RED)
    ax.set(xlabel="permittivity of the ground", ylabel="depth (m)", ylim=(70, 0), xlim=(1, 9))
    ax.set(title="How deep do the two echoes lie?")
    ax.legend(loc="lower right")
    shallow, deep = (radar.depth_m(times_ns[1], e) for e in interval[::-1])
    return fig, (
        f"With {permittivity:g} the echoes lie {here[0]:.0f} and {here[1]:.0f} m deep. Over the "
        f"measured range the lower one lies anywhere from {shallow:.0f} to {deep:.0f} m."
    )


def radargram(picture, permittivity, to_scale=False):
    """Return a figure of a made-up radargram, to scale or stretched, and how far it is stretched.

    picture: radar.Radargram; the right scale gives depths for the permittivity.
    """
    deepest = radar.depth_m(picture.time_ns[-1], permittivity)
    length = picture.along_m[-1]
    # Fixed margins: the stretch is known before anything is drawn.
    low, high = (0.19, 0.9) if to_scale else (0.133, 0.933)
    margins = {"left": 0.064, "right": 0.977, "bottom": low, "top": high}
    size = (10, 2.9 if to_scale else 4.4)
    fig, ax = plt.subplots(figsize=size, layout="none", gridspec_kw=margins)
    ax.imshow(
        picture.amplitude,
        extent=(0, length, deepest, 0),
        cmap="gray",
        vmin=-1,
        vmax=1,
        aspect="equal" if to_scale else "auto",
        interpolation="bilinear",
        interpolation_stage="data",  # one number a pixel, not four: the same greys, sooner
    )
    ax.grid(visible=False)
    ax.set(xlabel="along the way (m)", ylabel="depth (m)")
    question = "How steep are they to scale?" if to_scale else "How steep are the layers?"
    ax.set(title=f"{question} (made up for this lesson)")
    if to_scale:
        return fig, 1.0
    box = ax.get_window_extent()
    return fig, (box.height / deepest) / (box.width / length)


def measured(right_m, down_m):
    """Return the first 300 m of the radargram to scale with a learner's layer laid over it, and how
    well it fits.

    right_m, down_m: lengths along the way and downwards, read off one layer.
    """
    dip = float(radar.dip_deg(checks.not_negative("down", down_m), right_m))
    picture, _ = made_up(length_m=300)
    fig, _ = radargram(picture, PERMITTIVITY, to_scale=True)
    (ax,) = fig.axes
    reach = min(270.0, 25 / np.tan(np.radians(dip))) if dip else 270.0
    ax.plot([15, 15 + reach], [10, 10 + reach * np.tan(np.radians(dip))], color=RED, linewidth=4)
    ax.set(xlim=(0, 300), ylim=(radar.depth_m(picture.time_ns[-1], PERMITTIVITY), 0))
    if abs(dip - DIP_DEG) <= 1.5:
        word = "It lies along the layers."
    elif dip > DIP_DEG:
        word = (
            "That is steeper than the layers. Read metres on both axes, not lengths on the screen."
        )
    else:
        word = "That is flatter than the layers. Do both points lie on one layer?"
    return fig, (
        f"To scale, with your layer in orange: it dips {dip:.1f} degrees. {word} "
        f"As one bed over 1,300 m it would fall by {1300 * down_m / right_m:,.0f} m."
    )


def slopes(table, beach):
    """Return a figure of slopes: published ranges, and a beach by a published rule, and its words.

    table: rows with ground, low_deg, high_deg; beach: (low, high) degrees.
    """
    rows = [("beach, by Sunamura's rule", *beach, GREEN)]
    rows += [
        (r.ground, r.low_deg, r.high_deg, RED if "Zhurong" in r.ground else BLUE)
        for r in table.itertuples()
    ]
    fig, ax = plt.subplots(figsize=(10, 3.8))
    for place, (_, low, high, colour) in enumerate(rows):
        ax.barh(place, high - low, left=low, height=0.55, color=colour)
    zhurong = table[table["ground"].str.contains("Zhurong")].iloc[0]
    ax.axvspan(zhurong.low_deg, zhurong.high_deg, color=RED, alpha=0.12, linewidth=0)
    ax.set(
        yticks=range(len(rows)),
        yticklabels=[r[0] for r in rows],
        xlabel="slope (degrees)",
        xlim=(0, 40),
        title="Which ground slopes as the layers do?",
    )
    ax.grid(axis="y", visible=False)
    band = (zhurong.low_deg, zhurong.high_deg)
    shares = [f"{r[0]}: {_covered(r[1:3], band):.0%}" for r in rows if r[3] != RED]
    return fig, (
        f"The beach slopes {beach[0]:.1f} to {beach[1]:.1f} degrees. So much of the orange band, "
        f"{band[0]:g} to {band[1]:g} degrees, lies within each ground: {'; '.join(shares)}."
    )


def _covered(ground, band):
    """Return the share of a band of slopes that a ground covers, 0 to 1: two that only touch are
    no fit.

    ground, band: (low, high) degrees.
    """
    common = min(ground[1], band[1]) - max(ground[0], band[0])
    return max(0.0, common) / (band[1] - band[0])


@lru_cache(8)
def made_up(dip_deg=DIP_DEG, length_m=1300.0):
    """Return a made-up radargram of parallel layers 10 to 35 m down, and how many layers it holds.

    Sampled in time for a permittivity of 3.6; about as many layers as were reported.
    """
    layers = radar.dipping_layers(length_m, dip_deg, 10, 35, 4.4)
    return radar.radargram(layers, dip_deg, PERMITTIVITY, length_m), len(layers)


def ground(permittivity, dip, stretched):
    """Return the radargram of dipping layers for another permittivity, and its words.

    The echoes stay where they are in time: permittivity only turns time into depth.
    """
    picture, _ = made_up(dip, 300)
    fig, factor = radargram(picture, permittivity, not stretched)
    true = true_dip(dip, permittivity)
    top, bottom = (radar.depth_m(radar.two_way_ns(d, PERMITTIVITY), permittivity) for d in (10, 35))
    if stretched:
        look = f"{radar.drawn_dip_deg(true, factor):.0f} degrees steep"
        drawn = f"drawn {factor:.1f} times too high they look {look}"
    else:
        drawn = "drawn to scale they look as steep as they are"
    return fig, (
        f"Permittivity {permittivity:g}: the layers lie between {top:.0f} and {bottom:.0f} m and "
        f"dip {true:.1f} degrees; {drawn}."
    )


def true_dip(dip_deg, permittivity):
    """Return the dip that becomes of one found with a permittivity of 3.6, for another; degrees."""
    return np.degrees(np.arctan(np.tan(np.radians(dip_deg)) * np.sqrt(PERMITTIVITY / permittivity)))
