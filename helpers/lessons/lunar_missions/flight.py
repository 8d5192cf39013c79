"""Orbits round Earth and Moon by their periods, what a burn reaches, the Earth over four sites."""

import matplotlib.pyplot as plt
import numpy as np

from helpers import figures
from helpers.science import moon


def ladder(known, named):
    """Return a figure of periods against half axes: Kepler's law round both bodies, and rungs of an
    orbit.

    known, named: rows with centre, low_km, high_km, period_h; known are filled, named are rings.
    """
    fig, ax = plt.subplots()
    bodies = {body.name: body for body in (moon.EARTH, moon.MOON)}
    a_km = np.geomspace(1800, 2e5, 50)
    for body in bodies.values():
        height = a_km - body.radius_km
        hours = moon.period_h_circle(height, body)
        ax.loglog(a_km, hours, label=f"Kepler's law, round the {body.name}")
    radius = {name: body.radius_km for name, body in bodies.items()}
    for rungs, size, word in (
        (known, 6, "heights and period published"),
        (named, 12, "period published, height from the law"),
    ):
        low = rungs["low_km"].fillna(600)
        half_axis = rungs["centre"].map(radius) + (low + rungs["high_km"]) / 2
        fill = "none" if size > 6 else "full"
        style = {"color": figures.COLOURS["black"], "markersize": size, "fillstyle": fill}
        ax.plot(half_axis, rungs["period_h"], "o", label=word, **style)
    ax.set(xlabel="half the long axis (km)", ylabel="hours for one turn")
    ax.set(title="Does Kepler's law give the published periods?")
    ax.legend()
    return fig


def readings(names, off_as_heights, off_as_distances):
    """Return a figure: by how many percent two readings of printed kilometres miss the printed
    periods.
    """
    fig, ax = plt.subplots(figsize=(10, 4.2))
    ax.plot(off_as_heights, names, "s", linestyle="none", label="read as heights")
    words = "read as distances from the centre"
    ax.plot(off_as_distances, names, "o", linestyle="none", label=words)
    ax.set(xlabel="computed period against the printed one (%)", xlim=(-1, 6))
    fig.legend(loc="outside lower right", ncols=2)
    ax.set(title="Are the printed kilometres heights, or distances?")
    return fig


def injections(far_km, extra_km_s, marks, escape_km_s):
    """Return a figure: the extra speed (km/s) that reaches a highest point (km), with named marks
    {name: km}.
    """
    fig, ax = plt.subplots()
    ax.semilogx(far_km, extra_km_s)
    for name, km in marks.items():
        extra = np.interp(km, far_km, extra_km_s)
        ax.plot(km, extra, "o", color=figures.COLOURS["vermillion"])
        ax.annotate(name, (km, extra), xytext=(8, -18), textcoords="offset points")
    ax.axhline(escape_km_s, color=figures.COLOURS["black"], linestyle=":", label="never to return")
    ax.set(xlabel="highest point (km)", ylabel="faster than a circle (km/s)")
    ax.set(title="How much more speed reaches the Moon?")
    ax.legend()
    return fig


def earth_heights(earth, step_hours=6, days=120):
    """Return a figure of the Earth's elevation through the first days, with the range of all days
    in the legend.

    earth: dict of site -> elevations (N), degrees, so many hours apart.
    """
    fig, ax = plt.subplots()
    shown = days * 24 // step_hours
    for name, up in earth.items():
        words = f"{name}: {up.min():.1f} to {up.max():.1f}"
        ax.plot(np.arange(shown) * step_hours / 24, up[:shown], label=words)
    ax.hlines(0, 0, days, color=figures.COLOURS["black"], linewidth=1)
    ax.set(xlabel="days from 2018-01-02", ylabel="Earth above the horizon (degrees)")
    ax.set(xlim=(0, days), xticks=range(0, days + 1, 30), title="Where does the Earth stand?")
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1), title="range in 18.6 years (degrees)")
    return fig
