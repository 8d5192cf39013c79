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


def _why_no_fix(elevations, azimuths):
    """Return why satellites of one system fix nothing. Four or more fail when their directions lie
    on one circle of the sky: then one change of place and one of the clock look the same to all.
    """
    apart = {
        (up, 0 if up == 90 else round(around % 360, 3))
        for up, around in zip(map(float, elevations), map(float, azimuths))
    }
    if len(apart) < 4:
        few = "too few" if len(elevations) < 4 else "some stand in one direction, which counts once"
        return f"{few}. Four that stand apart can fix three coordinates and a clock."
    if np.ptp(elevations) < 0.01:
        return (
            "all stand equally high. Then a higher place and a wrong clock look the same to all of "
            "them. Raise one."
        )
    return (
        "they lie on one circle of the sky, so a move along its axis and a wrong clock look the "
        "same to all. Move one off the circle."
    )


def four_sentence(elevations, azimuths, dops):
    """Return the sentence of Step 3: the five dilutions of four satellites,
    and how far they are from the best.
    """
    best = 3**0.5  # one overhead, three on the horizon (Kihara and Okada, Navigation 31, 1984)
    if min(elevations) < 0:
        return (
            "A satellite below the horizon cannot be heard. Put every elevation between 0 and 90."
        )
    if not np.isfinite(dops.geometry):
        return f"{len(elevations)} satellites, and no fix: {_why_no_fix(elevations, azimuths)}"
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
        f"Elevations {', '.join(f'{up:g}' for up in elevations)} degrees: "
        f"GDOP {dops.geometry:.2f}, PDOP {dops.position:.2f}; across "
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
        ylabel="PDOP (shaded: good)",
    )
    curve.axhspan(0, availability.GOOD_PDOP, color="#E9F1F7")
    if not kept.any():
        sky.draw_sky(ax, [], [], [], mask_deg)
        return fig, "No system is chosen, so nothing is heard."
    own, chosen = positions[kept], [name for name, keep in zip(names, kept) if keep]
    at = min(int(round(hour * 6)), positions.shape[2] - 1)
    elevation, azimuth = constellations.sky(own[:, :, at : at + 1], where)
    sky.draw_sky(ax, elevation[:, 0], azimuth[:, 0], chosen, mask_deg)
    for words in ax.texts:  # the degrees stand on the marks, and hide none
        words.set(zorder=5, color=figures.INK)
    for number, (mark, says) in enumerate(zip(*ax.get_legend_handles_labels())):
        # Above the curve, from left of it on: as wide as the longest name with its count.
        x, y = 9.6 * (number % 3) - 1.2, 14.1 - 1.2 * (number // 3)
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
        f"{where.name}, {_listed(systems)}, mask {mask_deg:g} degrees: {seen} satellites at "
        f"{hour:g} hours UTC, {now}. Good (below {availability.GOOD_PDOP:g}) for "
        f"{view.good_minutes()[0]:,.0f} of 1,440 minutes."
    )


def _listed(names):
    """Return names as a list in a sentence: "A", "A and B", "A, B and C"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def of_turns(turns, days, flown_km):
    """Return the height that a number of turns in whole turns of the Earth stands for, beside the
    one that is flown, in words.
    """
    height = navigation.repeat_height_km(turns, days)
    apart = abs(height - flown_km)
    fits = "They fit" if apart < 5 else f"They are {apart:,.0f} km apart"
    return (
        f"{turns} turns in {days} turns of the Earth: {height:,.0f} km high. "
        f"BeiDou-3 flies at {flown_km:,.0f} km. {fits}."
    )


def fix_of(systems, elevations=(70, 30, 25, 40), azimuths=(10, 120, 200, 300)):
    """Return what four satellites of these systems can fix, in words; a system is any letter."""
    if len(systems) != len(elevations):
        return f"{len(systems)} systems for {len(elevations)} satellites: one letter for each."
    names = sorted(set(systems))
    each = ", ".join(f"{list(systems).count(name)} of {name}" for name in names)
    pdop = navigation.dops(elevations, azimuths, systems).position
    said = f"PDOP {pdop:.2f}" if np.isfinite(pdop) else "no fix"
    return f"{each}: {len(systems)} satellites, {3 + len(names)} unknowns, {said}"
