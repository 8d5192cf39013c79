"""Drawings of lesson 09: circles in the plane, misses of a fix, skies, maps of good fixes."""

import matplotlib.pyplot as plt
import numpy as np

from helpers import figures
from helpers.figures import globe, sky
from helpers.science import availability, constellations, navigation, orbits, street

LIGHT_KM_US = 0.299792458  # km that light goes in a microsecond
MASTS = np.array([[1.0, 1.0], [9.0, 2.0], [4.0, 9.0], [9.5, 8.5]])  # km east and north
BOAT = np.array([5.5, 4.5])


# --- in the plane ---------------------------------------------------------------------------------


def circles(masts, ranges, found=None):
    """Return a figure of circles of these radii (km) round masts; found: a place to mark, (2,) or
    None.
    """
    fig, ax = plt.subplots(figsize=(10, 5.2))
    _circles(ax, masts, ranges, found)
    return fig


def _circles(ax, masts, ranges, found):
    for (x, y), far, colour in zip(masts, ranges, ("blue", "vermillion", "green", "purple")):
        ax.add_patch(
            plt.Circle((x, y), far, fill=False, edgecolor=figures.COLOURS[colour], linewidth=2)
        )
        ax.plot(x, y, "^", color=figures.COLOURS[colour], markersize=12)
    ax.plot(*BOAT, "*", color=figures.COLOURS["black"], markersize=16, label="the boat")
    if found is not None:
        ax.plot(
            *found,
            "o",
            markerfacecolor="none",
            markeredgecolor=figures.COLOURS["vermillion"],
            markersize=20,
            markeredgewidth=2.5,
            linestyle="none",
            label="found",
        )
    ax.set(
        xlim=(-4.5, 14.5),
        ylim=(-0.8, 10.8),
        aspect="equal",
        xticks=range(-4, 15, 2),
        xlabel="east (km)",
        ylabel="north (km)",
    )
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))


def in_the_plane(clock_us, east, north, fourth, solved):
    """Return the figure to explore of Step 1: masts, circles and the place found; a pure function
    of its settings.

    clock_us: how far the boat's clock runs ahead; east, north: the third mast (km); fourth: whether
    a fourth is heard; solved: whether the clock is an unknown too.
    """
    masts = MASTS[: 4 if fourth else 3].copy()
    masts[2] = east, north
    measured = np.linalg.norm(masts - BOAT, axis=1) + LIGHT_KM_US * clock_us
    fig, ax = plt.subplots(figsize=(10, 5.2))
    try:
        found = navigation.fix(masts, measured, clock=solved, start=(5, 5))
    except navigation.NavigationError as problem:
        _circles(ax, masts, measured, None)
        return fig, f"No place is found: {problem}."
    _circles(ax, masts, measured, found.place)
    off, miss = np.linalg.norm(found.place - BOAT), np.abs(found.misses).max()
    clock = (
        f"The clock is found to be {sum(found.clocks.values()) / LIGHT_KM_US:.2f} us ahead. "
        if solved
        else ""
    )
    return fig, (
        f"{len(masts)} masts, a clock {clock_us:.1f} us ahead: every circle is "
        f"{1000 * LIGHT_KM_US * clock_us:.0f} m too wide. {clock}"
        f"The place found lies {1000 * off:.0f} m from the boat, "
        f"and the circles miss it by up to {1000 * miss:.0f} m."
    )


# --- a real receiver ------------------------------------------------------------------------------


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
    return fig


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
    )
    ax.minorticks_off()
    return fig


# --- four satellites and many ---------------------------------------------------------------------


def four_satellites(elevations, azimuths):
    """Return the figure of Step 3: four satellites on a sky, with the five dilutions of precision
    as bars, and the Dops.
    """
    found = navigation.dops(elevations, azimuths)
    fig, _ = sky.sky(elevations, azimuths, labels=[f"{n + 1}" for n in range(len(elevations))])
    ax = fig.add_subplot(1, 2, 2)
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
    return fig, found


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
        "BeiDou-3 and GPS, one day",
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


# --- maps -----------------------------------------------------------------------------------------


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


# --- to explore -----------------------------------------------------------------------------------


def day_and_sky(systems, mask_deg, place, hour):
    """Return the figure to explore: the sky of a place at an hour of 19 March 2026, and PDOP
    through that day; a pure function.

    systems: names; mask_deg: degrees; place: as orbits.as_place takes; hour: 0 to 24, UTC.
    """
    positions, names = street.over_the_day()
    where = orbits.as_place(place)
    kept = np.isin(names, systems)
    fig = plt.figure(figsize=(10, 5.0), layout="none")
    ax, curve = (
        fig.add_axes((0.045, 0.1, 0.35, 0.74), projection="polar"),
        fig.add_axes((0.5, 0.15, 0.48, 0.72)),
    )
    curve.set(
        xlim=(0, 24),
        ylim=(0, 12),
        xticks=range(0, 25, 6),
        xlabel="hour of 19 March 2026 (UTC)",
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
    ax.legend(loc="upper left", bbox_to_anchor=(0.9, 1.2), fontsize=12, handletextpad=0.1)
    view = availability.at_place(own, chosen, where, mask_deg)
    pdop, seen = view.pdop()[0], int(view.count()[0, at])
    curve.plot(
        np.arange(pdop.size) / 6,
        np.where(pdop > 12, np.nan, pdop),
        color=figures.COLOURS["blue"],
        linestyle="-",
    )
    curve.plot(hour, min(pdop[at], 12), "o", color=figures.COLOURS["vermillion"], markersize=11)
    now = f"PDOP {pdop[at]:.2f}" if np.isfinite(pdop[at]) else "no fix"
    return fig, (
        f"{where.name}, {' and '.join(systems)}, mask {mask_deg:g} degrees: {seen} satellites at "
        f"{hour:g} hours UTC, {now}. Good (below {availability.GOOD_PDOP:g}) for "
        f"{view.good_minutes()[0]:.0f} of 1,440 minutes."
    )
