"""The geostationary ring: how far one satellite sees, whose stand where, and a city below it."""

import matplotlib.pyplot as plt
import numpy as np

from helpers import figures
from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM
from helpers.figures import globe
from helpers.science import weather

EARTH, RING = weather.EARTH_MEAN_RADIUS_KM / 1000, weather.GEO_RADIUS_KM / 1000  # thousand km
OWNERS_SHADES = ("vermillion", "sky", "green", "orange", "purple", "yellow", "white")


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
    ax.annotate("straight up", up, xytext=(8, 2), textcoords="offset points")
    middle = turn[len(turn) // 2]
    ax.annotate(
        f"zenith angle {limit:g}°",
        place + 4 * np.array([np.cos(middle), np.sin(middle)])
        if limit >= 30
        else (place[0] + 4, -place[1]),  # a low arc has no room under "straight up"
        xytext=(8, 4 if limit >= 30 else -24),
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
    ax.set(
        xlim=(-EARTH - 1, RING + 1.5), ylim=(-EARTH - 1.4, max(up[1], EARTH) + 1.6), aspect="equal"
    )
    ax.set(title="From where does the satellite stand high enough?")
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
        f"Which satellites of the ring see {city['name']}?",
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
