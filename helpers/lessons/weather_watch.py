"""Drawings of lesson 08: what one satellite sees, how many agencies see each place,
looks through the day, clouds that move.
"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.colors import to_rgb

from helpers import figures
from helpers.base import fits
from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM
from helpers.figures import globe
from helpers.science import ring as rings
from helpers.science import weather

EARTH, RING = weather.EARTH_MEAN_RADIUS_KM / 1000, weather.GEO_RADIUS_KM / 1000  # thousand km
NOBODY = "#E8A27C"  # the gap: warm, where all the rest is blue
SHADES = (NOBODY, "#E9F1F7", "#C9DEEE", "#A3C8E3", "#77ADD4", "#4A8FC1", "#2670A6", "#0B4F80")
OWNERS_SHADES = ("vermillion", "sky", "green", "orange", "purple", "yellow", "white")
COLOURS = np.array([to_rgb(shade) for shade in SHADES])


def zenith(limit):
    """Return a figure, to scale, of a geostationary satellite and the part of the Earth from which
    it stands below a zenith angle.

    limit: zenith angle in degrees, 0 to 90.
    """
    arc = np.radians(weather.disc_arc(limit))
    place = EARTH * np.array([np.cos(arc), np.sin(arc)])
    fig, ax = plt.subplots(figsize=(10, 4.2))
    ax.add_patch(plt.Circle((0, 0), EARTH, facecolor=figures.LAND, edgecolor=figures.COAST))
    seen = np.linspace(-arc, arc, 100)
    ax.plot(
        EARTH * np.cos(seen),
        EARTH * np.sin(seen),
        color=figures.COLOURS["blue"],
        linewidth=5,
        linestyle="-",
    )
    for side in (1, -1):
        ax.plot(
            [RING, place[0]], [0, side * place[1]], color=figures.COLOURS["blue"], linestyle="-"
        )
    up = place * 2.1
    ax.plot([place[0], up[0]], [place[1], up[1]], color=figures.INK, linestyle=":")
    to = np.arctan2(-place[1], RING - place[0])
    turn = np.linspace(to, arc, 30)
    ax.plot(
        place[0] + 4 * np.cos(turn),
        place[1] + 4 * np.sin(turn),
        color=figures.COLOURS["vermillion"],
        linestyle="-",
    )
    ax.annotate("straight up", up, xytext=(8, -4), textcoords="offset points")
    middle = turn[len(turn) // 2]
    ax.annotate(
        f"zenith angle {limit:g}°",
        place + 4 * np.array([np.cos(middle), np.sin(middle)]),
        xytext=(8, 4),
        textcoords="offset points",
    )
    ax.plot(RING, 0, "s", color=figures.COLOURS["vermillion"], markersize=12)
    ax.annotate(
        "satellite, over the equator",
        (RING, 0),
        xytext=(10, 46),
        textcoords="offset points",
        ha="right",
    )
    ax.annotate("Earth", (0, 0), ha="center", va="center")
    ax.set(xlim=(-EARTH - 1, RING + 1.5), ylim=(-EARTH - 1.4, up[1] + 1.6), aspect="equal")
    ax.axis("off")
    return fig


def ring(ax, satellites, limit):
    """Draw the geostationary ring as rows: the satellites of each owner,
    and how far they see along the equator.

    ax: an axes; satellites: rows such as `weather.satellites()` gives; limit: zenith angle in
    degrees. Return the axes.
    """
    reach = weather.disc_arc(limit)
    names = sorted(set(satellites["operator"]), reverse=True)
    for row, name in enumerate(names):
        longitudes = satellites.loc[satellites["operator"] == name, "longitude"].to_numpy()
        for turn in (-360, 0, 360):  # what leaves the map on one side comes in on the other
            ax.broken_barh(
                [(x - reach + turn, 2 * reach) for x in longitudes],
                (row - 0.36, 0.72),
                facecolors="#C9DEEE",
            )
        ax.plot(
            longitudes,
            np.full(longitudes.size, row),
            "o",
            color=figures.COLOURS["vermillion"],
            markersize=9,
            markeredgecolor=figures.PAPER,
        )
    figures.frame(ax, -180, 180, -0.6, len(names) - 0.4)
    ax.set(
        aspect="auto",
        facecolor=figures.PAPER,
        yticks=range(len(names)),
        yticklabels=names,
        xlabel="longitude along the equator",
    )
    ax.grid(axis="y", visible=False)
    return ax


def ring_globe(satellites, city, limit):
    """Return a globe of the ring over the equator, as it stands over the ground,
    and of a city that sees part of it.

    satellites: rows such as `weather.satellites()` gives; city: name, latitude_deg, longitude_deg;
    limit: zenith angle of a useful view, degrees. Those that see the city within it show their
    discs.
    """
    owners = sorted(set(satellites["operator"]))
    colour = dict(zip(owners, OWNERS_SHADES, strict=False))
    angle = weather.zenith_angle(
        city["latitude_deg"], city["longitude_deg"], satellites["longitude"]
    )
    things = [
        globe.mover(
            row.satellite,
            weather.GEO_RADIUS_KM * np.array([np.cos(east), np.sin(east), 0.0]),
            colour[row.operator],
            None,
            reach_elevation=90 - limit if degrees <= limit else None,
            label=False,
            note=f"Owner: {row.operator}.",
        )
        for row, east, degrees in zip(
            satellites.itertuples(), np.radians(satellites["longitude"]), angle, strict=True
        )
    ]
    up, useful = satellites[angle < 90], satellites[angle <= limit]
    chosen = satellites["satellite"].iloc[int(np.argmin(angle))] if len(useful) else ""
    return globe.globe(
        "The ring, and your city below it",
        f"{city['name']} has {len(up)} of {len(satellites)} satellites above its horizon, "
        f"{len(useful)} of them within "
        f"{limit} degrees of straight up (of "
        f"{', '.join(sorted(set(useful['operator']))) or 'nobody'}; with their discs). To scale: "
        f"all stand {weather.GEO_RADIUS_KM - EARTH_EQUATORIAL_RADIUS_KM:,.0f} km above the "
        "equator.",
        *things,
        globe.places(city, sees=90 - limit),
        centre=(25, city["longitude_deg"]),
        chosen=chosen,
    )


def agency_map(count, satellites=None, place=None):
    """Return a figure of how many agencies see each cell of a world map,
    with coasts on top and the key above.

    count: whole numbers (n, 2n) up to 7, from south to north and west to east; satellites: rows
    with longitude, marked on the equator; place: a row with latitude_deg and longitude_deg, marked
    with a star.
    """
    fig = plt.figure(layout="none")  # the layout engine would take longer than all the rest
    ax = fig.add_axes((0.09, 0.08, 0.83, 0.83))
    ax.imshow(
        (255 * COLOURS).round().astype(np.uint8)[count],
        origin="lower",
        extent=(-180, 180, -90, 90),
        interpolation="nearest",
    )
    figures.world_map(ax)
    ax.patches[-1].set(facecolor="none", edgecolor="#55524A")
    if satellites is not None:
        ax.plot(
            satellites["longitude"],
            np.zeros(len(satellites)),
            "o",
            color=figures.COLOURS["black"],
            markersize=6,
            markeredgecolor=figures.PAPER,
        )
    if place is not None:
        ax.plot(
            place["longitude_deg"],
            place["latitude_deg"],
            "*",
            color=figures.COLOURS["vermillion"],
            markersize=20,
            markeredgecolor=figures.PAPER,
        )
    ax.set(xticks=[-120, -60, 0, 60, 120], yticks=[-60, -30, 0, 30, 60])
    ax.grid(visible=False)
    _key(fig)
    return fig


def watcher(satellites, city):
    """Return the function of the figure to explore:
    (owners that take part, largest zenith angle) -> figure, sentence.

    satellites: rows such as `weather.satellites()` gives; city: a row with name, latitude_deg and
    longitude_deg.
    """
    lat, lon, _ = weather.grid(1)
    owned = dict(list(satellites.groupby("operator")))
    lowest = {  # the smallest zenith angle in each cell
        owner: weather.zenith_angle(
            lat[..., None], lon[..., None], own["longitude"].to_numpy()
        ).min(-1)
        for owner, own in owned.items()
    }

    def watch(chosen, zenith):
        cells = np.zeros((180, 360), int) + sum((lowest[o] <= zenith).astype(int) for o in chosen)
        some = {o: owned[o]["longitude"].to_numpy() for o in chosen}
        seen = rings.coverage(np.concatenate([np.empty(0), *some.values()]), zenith)
        once = sum(rings.seen_once(some, zenith).values()) if some else 0.0
        taking_part = satellites[satellites["operator"].isin(chosen)]
        fig = agency_map(cells, taking_part, city)
        return fig, (
            f"{len(chosen)} of {len(owned)} owners see {seen:.1%} of the Earth below {zenith} "
            "degrees; "
            f"{once:.1%} of it is seen by one of them only. {city['name']} is "
            f"{_best(taking_part, city, zenith)}."
        )

    return watch


def _best(satellites, city, zenith):
    """Return in words who sees a city best."""
    if len(satellites):
        angles = weather.zenith_angle(
            city["latitude_deg"], city["longitude_deg"], satellites["longitude"].to_numpy()
        )
        if angles.min() <= zenith:
            owner = satellites["operator"].iloc[int(angles.argmin())]
            return f"best seen by {owner}, {angles.min():.0f} degrees from straight up"
    return "not seen"


def losses(loss):
    """Return a figure of the share of the Earth that goes dark without each owner; loss:
    a Series of percent by owner.
    """
    fig, ax = plt.subplots(figsize=(10, 4))
    ax.barh(loss.index, loss, color=figures.COLOURS["vermillion"])
    for row, value in enumerate(loss):
        ax.annotate(
            f"{value:.2f}", (value, row), xytext=(6, 0), textcoords="offset points", va="center"
        )
    ax.set(xlabel="share of the Earth that goes dark (percent)", xlim=(0, 1.15 * loss.iloc[-1]))
    return fig


def served(before, told, line):
    """Return a figure of announced counts with the line through the earlier ones
    and its 95 percent interval.

    before, told: rows of fengyun_users with as_of and count; line: a fits.Line in years from the
    first count.
    """
    days = pd.date_range(before["as_of"].min(), "2026-02-01", periods=60)
    years = (days - days[0]).days / 365.25
    _, low, high = fits.predict(line, years)
    fig, ax = plt.subplots(figsize=(10, 4.4))
    ax.fill_between(days, low, high, color=figures.COLOURS["sky"], alpha=0.3, label="95 % interval")
    ax.plot(days, line.at(years), label="line through the round dots")
    ax.plot(before["as_of"], before["count"], "o", color=figures.COLOURS["black"])
    label = f"{told['count'].iloc[0]}, announced {len(told)} times"
    ax.plot(told["as_of"], told["count"], "s", color=figures.COLOURS["vermillion"], label=label)
    ax.set(ylabel="countries and regions")
    ax.legend(loc="lower right")
    return fig


def launched(fleet, said):
    """Return a figure of satellites launched, from a table,
    beside what reports say of launched and operating.
    """
    fig, ax = plt.subplots(figsize=(10, 4.4))
    number = np.arange(1, len(fleet) + 1)
    ax.step(fleet["launch_date"], number, where="post", label="launched, from the table")
    for name, mark, colour in (("launched", "o", "black"), ("operating", "s", "vermillion")):
        label = f"{name}, as announced"
        ax.plot(said["as_of"], said[name], mark, color=figures.COLOURS[colour], label=label)
    ax.set(ylabel="Fengyun satellites", ylim=(0, None))
    ax.legend(loc="upper left")
    return fig


def glows(glow):
    """Return a figure of the glow of a sea and two clouds by wavelength; glow:
    function of (um, K), W m-2 sr-1 um-1.
    """
    wavelength = np.linspace(3, 16, 300)
    fig, ax = plt.subplots(figsize=(10, 4.4))
    for kelvin, what in ((300, "warm sea"), (260, "low cloud"), (220, "high cloud")):
        ax.plot(wavelength, glow(wavelength, kelvin), label=f"{what}, {kelvin} K")
    ax.axvline(10.8, color=figures.COLOURS["black"], linestyle=":", linewidth=1.5)
    ax.set(xlabel="wavelength (um)", ylabel="glow (W m⁻² sr⁻¹ um⁻¹)", ylim=(0, None))
    ax.legend()
    return fig


def _key(fig):
    """Write the colours of 0 to 7 agencies above the map."""
    fig.text(0.09, 0.945, "agencies that see it:")
    for number, shade in enumerate(SHADES):
        fig.text(
            0.34 + 0.065 * number,
            0.945,
            f" {number if number else 'none'} ",
            color=figures.INK if number < 5 else figures.PAPER,
            ha="center",
            bbox={"facecolor": shade, "edgecolor": figures.GREY, "linewidth": 0.6, "pad": 3},
        )


def day(ax, hours):
    """Draw looks through the day as rows of marks, and mark the longest wait of each row.

    ax: an axes; hours: dict of name -> local hours (n,). The first name is drawn on top. Return the
    axes.
    """
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
    )
    ax.set_yticks(range(len(hours)), list(hours))
    ax.grid(axis="y", visible=False)
    return ax


def clouds(first, second, match, size=24):
    """Return a figure of two scenes side by side,
    with a patch in the first and where it is found in the second.

    first, second: scenes (n, n); match: a weather.Match; size: pixels a side of the patch.
    """
    fig, axes = plt.subplots(1, 2, figsize=(10, 4.6))
    corner = first.shape[0] / 2 - size / 2
    for ax, scene, title, down, right in (
        (axes[0], first, "first scene (synthetic)", 0, 0),
        (axes[1], second, "ten minutes later (synthetic)", match.rows, match.columns),
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
    middle = first.shape[0] / 2
    axes[1].annotate(
        "",
        (middle + match.columns, middle + match.rows),
        (middle, middle),
        arrowprops={"arrowstyle": "-|>", "color": figures.COLOURS["vermillion"], "linewidth": 3},
    )
    return fig
