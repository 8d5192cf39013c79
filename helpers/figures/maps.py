"""Maps: the world flat, countries by value, tracks and places, and the Earth as a ball."""

from functools import lru_cache

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MultipleLocator

from helpers.figures.page import COAST, COLOURS, GREY, LAND, PAPER, FigureError
from helpers.science import orbits, worldmap


def world_map(ax, west=-180, east=180, south=-90, north=90):
    """Draw the land on an axes of longitude and latitude, degrees; coasts only, no borders. Return
    the axes.

    west to north: the part shown. What you draw afterwards uses longitude as x and latitude as y.
    """
    ax.add_artist(
        _land_patch()
    )  # not add_patch: that would look for the patch's limits, point by point, for 50 ms
    frame(ax, west, east, south, north)
    return ax


def choropleth(ax, values, label="", colours="cividis", **limits):
    """Colour countries by value and return the colour bar.

    values: ISO 3166 three-letter code -> number; a country without a value stays grey (unknown, not
    zero).
    limits: vmin, vmax. Borders are the data set's de facto lines. Raises FigureError for a code
    that is on no map.
    """
    shapes = worldmap.countries()
    unknown = sorted(set(values) - set(shapes))
    if unknown:
        raise FigureError(
            f"no country on this map has the code {', '.join(map(repr, unknown))}; accepted: ISO "
            "3166 three-letter codes such as 'BRA' "
            "(very small states are not drawn at this scale)"
        )
    shade = mpl.cm.ScalarMappable(
        mpl.colors.Normalize(
            limits.get("vmin", min(values.values())), limits.get("vmax", max(values.values()))
        ),
        colours,
    )
    for code, rings in shapes.items():
        colour = shade.to_rgba(values[code]) if code in values else LAND
        ax.add_artist(
            PathPatch(_path(rings), facecolor=colour, edgecolor=PAPER, linewidth=0.5, zorder=0.6)
        )
    frame(ax, -180, 180, -60, 85)
    return ax.figure.colorbar(
        shade, ax=ax, label=label, orientation="horizontal", shrink=0.6, aspect=40
    )


def track(ax, longitude, latitude, **line):
    """Draw a ground track, cut where it crosses 180 degrees; return the line."""
    line = {"color": COLOURS["blue"], "linewidth": 1.8, **line}
    return ax.plot(*orbits.split(longitude, latitude), **line)[0]


def places(ax, table, labels=True, **marker):
    """Mark places, with their names unless labels is False, and return the points.

    table: rows that orbits.as_place takes, such as a table with name, latitude_deg and
    longitude_deg.
    """
    marker = {
        "color": COLOURS["vermillion"],
        "marker": "o",
        "linestyle": "none",
        "markeredgecolor": PAPER,
        "zorder": 3,
        **marker,
    }
    spots = [orbits.as_place(row) for row in table.to_dict("records")]
    points = ax.plot(
        [spot.longitude for spot in spots], [spot.latitude for spot in spots], **marker
    )[0]
    for spot in spots if labels else []:
        _name(ax, spot)
    return points


def _name(ax, spot):
    """Write a place's name beside it, on the side that has room, with a rim of paper so that lines
    do not cross it.
    """
    left, right = ax.get_xlim()
    near_edge = spot.longitude > right - 0.15 * (right - left)
    ax.annotate(
        spot.name,
        (spot.longitude, spot.latitude),
        xytext=(-6 if near_edge else 6, 5),
        textcoords="offset points",
        ha="right" if near_edge else "left",
        path_effects=[withStroke(linewidth=3, foreground=PAPER)],
        zorder=2.9,
    ).set_in_layout(False)


def orthographic(ax, latitude=20.0, longitude=0.0):
    """Draw the Earth as seen from far above a point (orthographic), on an axes of unit radius;
    return a function.

    The function turns longitude and latitude arrays into x and y, with NaN on the far side: use it
    to draw tracks.
    """

    def see(lon, lat):
        lam, phi, phi0 = (
            np.radians(np.asarray(lon, float) - longitude),
            np.radians(np.asarray(lat, float)),
            np.radians(latitude),
        )
        return (
            np.cos(phi) * np.sin(lam),
            np.cos(phi0) * np.sin(phi) - np.sin(phi0) * np.cos(phi) * np.cos(lam),
            np.sin(phi0) * np.sin(phi) + np.cos(phi0) * np.cos(phi) * np.cos(lam),
        )

    def project(lon, lat):
        x, y, depth = see(lon, lat)
        return np.where(depth < 0, np.nan, x), np.where(depth < 0, np.nan, y)

    ax.add_patch(plt.Circle((0, 0), 1, facecolor="#EEF3F7", edgecolor=GREY, zorder=0.4))
    for ring in worldmap.land():
        x, y, depth = see(*ring.T)
        if (
            depth > 0
        ).any():  # points on the far side are moved to the rim, so that the outline closes there
            to_rim = np.where(depth < 0, np.maximum(np.hypot(x, y), 1e-9), 1.0)
            ax.fill(x / to_rim, y / to_rim, facecolor=LAND, edgecolor="none", zorder=0.6)
        seam = np.abs(ring[:, 0]) == 180
        ax.plot(
            *np.where((depth < 0) | seam, np.nan, (x, y)),
            color=COAST,
            linewidth=0.7,
            linestyle="-",
            zorder=0.7,
        )
    north, east = np.linspace(-90, 90, 91), np.linspace(-180, 180, 181)
    lines = [(np.full(north.size, value), north) for value in range(-150, 181, 30)]
    lines += [(east, np.full(east.size, value)) for value in range(-60, 61, 30)]
    for line in lines:
        ax.plot(*project(*line), color="#D5D5D0", linewidth=0.6, linestyle="-", zorder=0.8)
    ax.set(xlim=(-1.03, 1.03), ylim=(-1.03, 1.03), aspect="equal")
    ax.axis("off")
    return project


# --- small parts ---------------------------------------------------------------------------------


def frame(ax, west=-180, east=180, south=-90, north=90):
    """Set limits, ticks of whole degrees and names of the directions."""
    step = next(s for s in (60, 30, 20, 10, 5, 2, 1) if (east - west) / s >= 4 or s == 1)
    ax.set(xlim=(west, east), ylim=(south, north), aspect="equal", facecolor="#F3F6F8")
    ax.xaxis.set(
        major_locator=MultipleLocator(step),
        major_formatter=FuncFormatter(lambda v, _: _degrees(v, "E", "W")),
    )
    ax.yaxis.set(
        major_locator=MultipleLocator(min(step, 30)),
        major_formatter=FuncFormatter(lambda v, _: _degrees(v, "N", "S")),
    )


def _degrees(value, plus, minus):
    side = "" if value in (0, 180, -180) else plus if value > 0 else minus
    return f"{abs(value):g}°{' ' + side if side else ''}"


def _path(rings):
    """Return rings as one path; each ring is closed."""
    codes = np.concatenate(
        [[Path.MOVETO, *[Path.LINETO] * (len(r) - 2), Path.CLOSEPOLY] for r in rings]
    )
    return Path(np.vstack(rings), codes)


@lru_cache(maxsize=1)
def _land_path():
    return _path(worldmap.land())


def _land_patch():
    return PathPatch(_land_path(), facecolor=LAND, edgecolor=COAST, linewidth=0.7, zorder=0.6)
