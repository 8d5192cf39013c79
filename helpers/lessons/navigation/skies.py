"""Drawings of lesson 09 of skies: four satellites, a globe of two systems, a day over a city."""

import matplotlib.pyplot as plt
import numpy as np

from helpers import figures
from helpers.figures import globe, sky
from helpers.science import availability, constellations, navigation, orbits, street


def four_satellites(elevations, azimuths):
    """Return the figure of Step 3: four satellites on a sky, with the five dilutions of precision
    as bars, and the Dops.
    """
    found = navigation.dops(elevations, azimuths)
    fig, _ = sky.sky(elevations, azimuths, labels=[f"{n + 1}" for n in range(len(elevations))])
    ax = fig.add_axes((0.625, 0.15, 0.335, 0.72))
    names = ["GDOP all", "PDOP place", "HDOP across", "VDOP up", "TDOP clock"]
    values = np.minimum(found, 1e3)
    ax.barh(
        names, values, color=[figures.COLOURS[c] for c in ("black", "blue", "sky", "sky", "orange")]
    )
    for row, value in enumerate(found):
        ax.annotate(
            f"{value:.2f}" if np.isfinite(value) else "no fix",
            (min(value, 1e3), row),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
        )
    ax.set(
        ylim=(4.6, -0.6),
        xlim=(0, 1.25 * min(max(values), 1e3)),
        xlabel="metres of error a metre of range error",
    )
    ax.grid(axis="y", visible=False)
    figures.heading(fig, "How well do the four stand?")
    return fig, found


def four_sentence(elevations, dops):
    """Return the sentence of Step 3: the five dilutions of four satellites,
    and how far they are from the best.
    """
    best = 3**0.5  # one overhead, three on the horizon (Kihara and Okada, Navigation 31, 1984)
    if min(elevations) < 0:
        return (
            "A satellite below the horizon cannot be heard. Put every elevation between 0 and 90."
        )
    if not np.isfinite(dops.geometry):
        return (
            f"{len(elevations)} satellites, and no fix: too few, or too many in one direction. "
            "Four that stand apart can fix three coordinates and a clock."
        )
    grade = (
        f"That is below 2. The best there is, is {best:.2f}."
        if dops.geometry < 2
        else f"Below 2 is the aim; the best there is, is {best:.2f}. "
        + (
            "They crowd in one part of the sky: lower some."
            if min(elevations) > 20
            else "Leave one overhead, and spread the low ones evenly around."
        )
    )
    return (
        f"Elevations {elevations}: GDOP {dops.geometry:.2f}, PDOP {dops.position:.2f}; across "
        f"{dops.horizontal:.2f}, up {dops.vertical:.2f}, clock {dops.time:.2f}. {grade}"
    )


def turning(start, hours=24.0):
    """Return a globe of BeiDou-3 and GPS: the seven that go round once a day with their tracks over
    the ground, the others as points.
    """
    kept = street.satellites(["BeiDou-3", "GPS"])
    places = constellations.positions(kept, globe.times(start, hours, 61))
    daily = (kept["orbit"] != "medium").to_numpy()
    colour = np.where(daily, "orange", np.where(kept["system"] == "GPS", "green", "sky"))
    things = [
        globe.mover(name, path, shade, "all" if stays else None, label=bool(stays))
        for name, path, shade, stays in zip(kept["name"], places, colour, daily)
    ]
    east = np.degrees(np.arctan2(places[daily, 1], places[daily, 0])) % 360
    reach = f"{east.min():.0f} to {east.max():.0f}"
    return globe.globe(
        "How do BeiDou-3 and GPS go round in a day?",
        f"BeiDou-3: {daily.sum()} satellites that go round once a day and stay over longitudes "
        f"{reach} degrees east (orange, with their tracks), and "
        f"{(colour == 'sky').sum()} on medium orbits (blue). GPS: {(colour == 'green').sum()} on "
        "medium orbits (green).",
        *things,
        start=start,
        hours=hours,
        centre=(10, 110),
        speed=3600,
    )


def day_and_sky(systems, mask_deg, place, hour):
    """Return the figure to explore: the sky of a place at an hour of the day of the
    newest element set, and PDOP through that day; a pure function.

    systems: names; mask_deg: degrees; place: as orbits.as_place takes; hour: 0 to 24, UTC.
    """
    positions, names = street.over_the_day()
    where = orbits.as_place(place)
    kept = np.isin(names, systems)
    fig = plt.figure(figsize=(10, 5.0), layout="none")
    ax, curve = (
        fig.add_axes((0.0, 0.03, 0.46, 0.94)),
        fig.add_axes((0.54, 0.15, 0.44, 0.65)),
    )
    curve.set(
        xlim=(0, 24),
        ylim=(0, 12),
        xticks=range(0, 25, 6),
        xlabel=f"hour of {street.day().day} {street.day():%B %Y} (UTC)",
        ylabel="PDOP",
    )
    curve.axhspan(0, availability.GOOD_PDOP, color="#E9F1F7")
    curve.annotate("good", (0.3, 0.25), color=figures.GREY)
    if not kept.any():
        return fig, "No system is chosen, so nothing is heard."
    own, chosen = positions[kept], [name for name, keep in zip(names, kept) if keep]
    at = min(int(round(hour * 6)), positions.shape[2] - 1)
    elevation, azimuth = constellations.sky(own[:, :, at : at + 1], where)
    sky.draw_sky(ax, elevation[:, 0], azimuth[:, 0], chosen, mask_deg)
    for number, (mark, says) in enumerate(zip(*ax.get_legend_handles_labels())):
        x, y = 0.8 + 8.4 * (number % 3), 14.1 - 1.2 * (number // 3)  # above the curve
        style = {"color": mark.get_color(), "markersize": 9, "clip_on": False}
        curve.plot(x - 0.7, y, mark.get_marker(), **style)
        curve.text(x, y, says, va="center_baseline")
    view = availability.at_place(own, chosen, where, mask_deg)
    pdop, seen = view.pdop()[0], int(view.count()[0, at])
    curve.plot(
        np.arange(pdop.size) / 6,
        np.where(pdop > 12, np.nan, pdop),
        color=figures.COLOURS["blue"],
        linestyle="-",
    )
    off = pdop[at] > 12  # an arrow on the edge: its value lies above
    style = {"marker": "^" if off else "o", "markersize": 11, "clip_on": not off}
    curve.plot(hour, min(pdop[at], 12), color=figures.COLOURS["vermillion"], **style)
    now = f"PDOP {pdop[at]:.2f}" if np.isfinite(pdop[at]) else "no fix"
    return fig, (
        f"{where.name}, {' and '.join(systems)}, mask {mask_deg:g} degrees: {seen} satellites at "
        f"{hour:g} hours UTC, {now}. Good (below {availability.GOOD_PDOP:g}) for "
        f"{view.good_minutes()[0]:.0f} of 1,440 minutes."
    )
