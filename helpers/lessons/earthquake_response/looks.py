"""When looks come: by hour of the day, by owner, and how long a place waits."""

from functools import lru_cache

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from helpers import figures
from helpers.lessons.earthquake_response.fleet import CAMERA, RADAR
from helpers.science import imaging, orbits, quakes, worldmap


def waits(hours):
    """Return a figure of how many moments have had a look, by hours; hours: dict of name -> waits
    (n,), may be infinite.
    """
    fig, ax = plt.subplots()
    for name, wait in hours.items():
        half = imaging.quantile(wait, 0.5)
        label = f"{name}: half within {half:.2f} hours"
        (line,) = ax.plot(np.sort(wait), np.linspace(0, 100, len(wait)), label=label)
        ax.plot(half, 50, "o", color=line.get_color())
    ax.axhline(50, color=figures.COLOURS["black"], linestyle=":", linewidth=1)
    ax.set(xlabel="hours after the earthquake", ylabel="moments with a look (%)", xlim=(0, 12))
    ax.set_title("How long until the first look?")
    ax.legend()
    return fig


def by_hour(table):
    """Return a figure of the median wait for a camera and for a radar, by the local hour of the
    earthquake (the index).
    """
    fig, ax = plt.subplots(figsize=(10, 4.6))
    for kind, line in (("camera", "o-"), ("radar", "s--")):
        (drawn,) = ax.plot(table.index, table[kind], line)
        ax.text(table[kind].idxmax() + 0.4, table[kind].max(), f"{kind}s", color=drawn.get_color())
    ax.set(
        xlabel="local hour of the earthquake in Mandalay",
        ylabel="median wait (hours)",
        xticks=range(0, 24, 3),
        title="After which hour is the wait long?",
    )
    return fig


LARGE = [
    "AIRBUS-DS",
    "CGSTL",
    "PLANET",
    "SIWEI",
    "VANTOR",
]  # owners outside the Charter shown by name
CURVE_GAP = -30  # percent: rows of looks begin so far below the curve


def same_hour(begin):
    """Return the moment of the earthquake in the weeks of the element sets, UTC: 24 days after
    their begin, at the hour of 28 March 2025. With the sets of the course the season is the same.
    """
    return orbits.utc(begin) + pd.Timedelta(days=24, hours=6, minutes=20, seconds=52)


class Choices:
    """The figure to explore: who has looked by when, for chosen owners, sensors, look angle, night
    and cloud.
    """

    def __init__(self, looks, fleet, members, place, moments, span):
        """looks: windows of a fleet at one place; members: owners shown by name; moments: of the
        event; span: begin, end.
        """
        named = fleet["owner"].where(fleet["owner"].isin({*members, *LARGE}), "not listed")
        self.owners = [*sorted(set(named) - {"not listed"}), "not listed"]
        self.place, self.moments, self.span = place, moments, span
        # All is UTC: times without a zone are quicker.
        plain = {edge: looks[edge].dt.tz_localize(None) for edge in ("opens", "closes")}
        owner = looks["satellite"].map(dict(zip(fleet["name"], named, strict=True)))
        self.looks = imaging.subpoints(looks, fleet).assign(owner=owner, **plain)

    def draw(self, owners, sensor, angle, daylight, cloud):
        """Return the figure and its sentence; angle: degrees; cloud: percent."""
        some = self.looks[self.looks["owner"].isin(owners) & (self.looks["look_deg"] <= angle)]
        kind = {"both": None, "cameras": "optical", "radars": "radar"}[sensor]
        some = imaging.usable(some, 0 if daylight else -90, kind)
        start = same_hour(self.span[0]).tz_localize(None)
        fig, ax = look_times(some, self.place, angle, start, 48, cloud=cloud / 100)
        if some.empty:
            return fig, (
                "With this choice no satellite ever looks. "
                "Tick an owner that has such a sensor, or allow a wider look angle."
            )
        waits = imaging.first_look_hours(some, self.moments, cloud=cloud / 100, skies=3)
        ax.plot(np.sort(waits), np.linspace(0, 100, len(waits)), color=figures.COLOURS["green"])
        half, nine = (_in_words(imaging.quantile(waits, share)) for share in (0.5, 0.9))
        gap = imaging.longest_gap(some, *self.span)
        who = ", ".join(owners) if len(owners) < 5 else f"{len(owners)} choices"
        blind = some.loc[some["sensor"] == "optical", "satellite"].nunique() if cloud == 100 else 0
        if blind:
            who += f", of which the {blind} with cameras see nothing"
        return fig, (
            f"{some['satellite'].nunique()} satellites of {who}: a look comes for half of the "
            f"moments {half}, "
            f"for nine of ten {nine}. Without cloud the longest time between looks is {gap:.1f} h."
        )


def _in_words(hours):
    return f"within {hours:.1f} h" if np.isfinite(hours) else "not within these weeks"


def look_times(looks, place, look_deg, start, hours, rows=5, cloud=0.0):
    """Return a figure of the looks in the hours after a start, on a map and in time, and the axes
    of the hours, with room above the rows for a curve from 0 to 100 %.

    looks: rows of imaging.subpoints; place: (name, latitude, longitude); look_deg: deg, for the
    rings of the map;
    start: UTC time; rows: the owners with most looks; the rest share one row. cloud: chance (0 to
    1) that a camera sees nothing; its marks are drawn the paler, and not at all at 1. Cameras and
    radars differ in colour and mark. Margins are fixed, not fitted: that halves the time to draw.
    """
    fig = plt.figure(figsize=(10, 5.2), layout="none")
    # Curve and rows share one pair of axes: a second one would cost an eighth of the drawing.
    ax, ground = fig.add_axes((0.17, 0.13, 0.45, 0.83)), fig.add_axes((0.645, 0.16, 0.345, 0.8))
    ahead = looks[looks["opens"].between(start, start + pd.Timedelta(hours=hours))]
    when = ((ahead["opens"] - start) / pd.Timedelta(hours=1)).to_numpy()
    names, row = _rows(ahead["owner"], rows)
    height = -120 / max(len(names), 1)  # of a row, in percent of the curve
    _reach_map(ground, place, look_deg, looks)
    for kind, colour, mark in (("optical", CAMERA, "|"), ("radar", RADAR, "x")):
        this = (ahead["sensor"] == kind).to_numpy()
        style = {"color": colour, "alpha": 1 - cloud if kind == "optical" else 1}
        style |= {"markeredgewidth": 2, "linestyle": "none", "marker": mark}
        size, word = (11, "camera") if kind == "optical" else (7, "radar")
        y = CURVE_GAP + height * (row[this] + 0.5)
        ax.plot(when[this], y, markersize=size, label=word, **style)
        ground.plot(ahead["longitude"][this], ahead["latitude"][this], markersize=7, **style)
    ax.set(
        xlim=(0, hours),
        ylim=(CURVE_GAP - 120, 100),
        yticks=[*(CURVE_GAP + height * (i + 0.5) for i in range(len(names))), 0, 50, 100],
        yticklabels=[*names, "0", "50", "100"],
        xticks=range(0, hours + 1, 12),
        xlabel="hours after the earthquake",
    )
    beside = {"textcoords": "offset points", "rotation": 90, "ha": "center", "va": "center"}
    ax.annotate("had a look (%)", (0, 50), xytext=(-50, 0), **beside)
    key = ax.legend(
        loc="center right",
        bbox_to_anchor=(hours, CURVE_GAP / 2),
        bbox_transform=ax.transData,
        ncols=2,
        borderaxespad=0,
        handletextpad=0.2,
        frameon=True,
        framealpha=1,
        facecolor=figures.PAPER,
        edgecolor="none",
    )
    if cloud == 1:
        key.get_texts()[0].set_text("no camera")  # its mark is as clear as the others: not there
    return fig, ax


def _reach_map(ax, place, look_deg, looks):
    """Draw the land around a place and how far to the side the lowest and the highest satellite
    reach, km.
    """
    name, lat, lon = place
    box = (lon - 9.2, lat - 9.9, lon + 9.2, lat + 9.9)
    ax.add_artist(PathPatch(_land(box), facecolor=figures.LAND, edgecolor="none", zorder=0.6))
    ax.set(
        xlim=box[::2],
        ylim=box[1::2],
        xticks=[],
        yticks=[],
        aspect=1 / np.cos(np.radians(lat)),
        facecolor="#F3F6F8",
    )
    ax.plot(
        lon,
        lat,
        "o",
        color=figures.COLOURS["black"],
        markeredgecolor=figures.PAPER,
        markersize=9,
        zorder=3,
    )
    ax.annotate(
        f"● {name}", (0.03, 0.93), xycoords="axes fraction"
    )  # in the corner, where no look is ever marked
    said = []
    for height, dash in (
        [] if looks.empty else [(looks["height_km"].min(), "--"), (looks["height_km"].max(), "-")]
    ):
        reach = float(imaging.ground_reach(look_deg, height))
        ax.plot(*quakes.circle(lat, lon, reach, 61)[::-1], dash, color=figures.INK, linewidth=1.4)
        said.append(f"{height:.0f} km up: reach {reach:.0f} km")
    ax.set_xlabel("\n".join(said))


@lru_cache(maxsize=4)
def _land(box):
    """Return the land within (west, south, east, north), degrees, as one path: the whole world
    would be slow to draw.
    """
    rings = [
        ring
        for ring in worldmap.land()
        if (ring.max(0) > box[:2]).all() and (ring.min(0) < box[2:]).all()
    ]
    return Path.make_compound_path(
        *(Path(ring, closed=True).clip_to_bbox(Bbox.from_extents(*box)) for ring in rings)
    )


def _rows(owners, rows):
    """Return the names of the rows and the row of each look: the owners with most looks, then "more
    owners".
    """
    named = sorted(owners.value_counts().index[:rows])
    row = {name: i for i, name in enumerate(named)}
    names = named + (["more owners"] if owners.nunique() > len(named) else [])
    return names, np.array([row.get(owner, len(named)) for owner in owners])
