"""How a satellite looks aside, where a fleet stands, and when looks come."""

from functools import lru_cache

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from helpers import figures
from helpers.base.constants import EARTH_MEAN_RADIUS_KM
from helpers.figures import globe
from helpers.science import imaging, orbits, quakes, worldmap

CAMERA, RADAR = figures.COLOURS["blue"], figures.COLOURS["vermillion"]


def look_angle(look_deg, height_km):
    """Return a figure of a satellite over the ground, to scale, with its look angle and how far
    that reaches.

    look_deg: deg between straight down and the line of sight; height_km: height of the satellite.
    """
    reach = float(imaging.ground_reach(look_deg, height_km))
    fig, ax = plt.subplots(figsize=(10, 4.6))
    arc = np.linspace(-1200, 1200, 200) / EARTH_MEAN_RADIUS_KM
    ax.fill_between(
        EARTH_MEAN_RADIUS_KM * np.sin(arc),
        EARTH_MEAN_RADIUS_KM * (np.cos(arc) - 1),
        -160,
        color=figures.LAND,
        linewidth=0,
    )
    x, y = _ground(reach)
    for side in (-1, 1):
        ax.plot([0, side * x], [height_km, y], color=CAMERA, linestyle="-")
    ax.plot([0, 0], [height_km, 0], color=figures.INK, linestyle=":")
    turn = np.radians(np.linspace(0, look_deg, 30))
    ax.plot(
        0.3 * height_km * np.sin(turn),
        height_km - 0.3 * height_km * np.cos(turn),
        color=RADAR,
        linestyle="-",
    )
    ax.annotate(
        f"look angle {look_deg:g}°",
        (0.16 * height_km, 0.68 * height_km),
        xytext=(40, -4),
        textcoords="offset points",
    )
    ax.plot(0, height_km, "s", color=figures.INK, markersize=11)
    ax.annotate("satellite", (0, height_km), xytext=(12, 4), textcoords="offset points")
    ax.annotate(f"{reach:.0f} km", (x, y), xytext=(10, 8), textcoords="offset points")
    ax.annotate(
        "straight down",
        (0, 0.12 * height_km),
        xytext=(-8, 0),
        textcoords="offset points",
        ha="right",
    )
    ax.set(
        xlim=(-1000, 1000),
        ylim=(-150, height_km + 90),
        aspect="equal",
        xlabel="along the ground (km)",
        ylabel="height (km)",
        yticks=[0, 250, 500],
    )
    return fig


def _ground(reach):
    """Return x and y (km) of a point of the round Earth, `reach` km along the ground from the
    middle.
    """
    angle = reach / EARTH_MEAN_RADIUS_KM
    return EARTH_MEAN_RADIUS_KM * np.sin(angle), EARTH_MEAN_RADIUS_KM * (np.cos(angle) - 1)


def fleet_globe(fleet, seen, place, start, hours=3.0, sees=40.0):
    """Return a globe of a fleet in the hours after the hour of the earthquake, in the year of the
    element sets.

    fleet: rows with lines; seen: usable windows at the place; place: (name, latitude, longitude);
    start: that moment, see `same_hour`;
    sees: how high a satellite must stand to be marked, degrees: a look of 45 degrees from some 500
    km comes to that.
    """
    things = [
        globe.satellite(
            orbits.from_lines(row.line1, row.line2),
            start,
            hours,
            name=row.name,
            max_age_days=imaging.MAX_AGE_DAYS,
            colour="sky" if row.sensor == "optical" else "vermillion",
            track=10,
            look=45,
            label=False,
            note=f"{row.owner}, {'camera' if row.sensor == 'optical' else 'radar'}.",
        )
        for row in fleet.set_index(fleet["name"]).itertuples(index=False)
    ]
    looks = seen[seen["opens"].between(start, start + pd.Timedelta(hours=hours))]
    first = looks.sort_values("opens").iloc[0] if len(looks) else None
    kinds = looks["sensor"].value_counts()
    if first is None:
        told = "none can look"
    else:
        minutes = (first["opens"] - start) / pd.Timedelta(minutes=1)
        told = (
            f"{looks['satellite'].nunique()} can look (cameras {kinds.get('optical', 0)}, radars "
            f"{kinds.get('radar', 0)}), "
            f"the first after {minutes:.0f} minutes: {first['satellite']} of {first['owner']}"
        )
    return globe.globe(
        "The fleet of the members over Mandalay",
        f"{len(fleet)} satellites, cameras blue and radars red. Of them, in the {hours:g} hours "
        f"after {start:%H:%M:%S} UTC on {start.day} {start:%B %Y}, {told}.",
        *things,
        globe.places([place], sees=sees),
        start=start,
        hours=hours,
        speed=600,
        centre=place[1:],
        chosen=first["satellite"] if first is not None else "",
    )


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
        return fig, (
            f"{some['satellite'].nunique()} satellites of {who}: a look comes for half of the "
            f"moments {half}, "
            f"for nine of ten {nine}. Without cloud the longest time between looks is {gap:.1f} h."
        )


def _in_words(hours):
    return f"within {hours:.1f} h" if np.isfinite(hours) else "not within these weeks"


def look_times(looks, place, look_deg, start, hours, rows=5, cloud=0.0):
    """Return a figure of the looks in the hours after a start, on a map and in time, and the empty
    axes for a curve from 0 to 100 %.

    looks: rows of imaging.subpoints; place: (name, latitude, longitude); look_deg: deg, for the
    rings of the map;
    start: UTC time; rows: the owners with most looks; the rest share one row. cloud: chance (0 to
    1) that a camera sees nothing; its marks are drawn the paler, and not at all at 1. Cameras and
    radars differ in colour and mark. Margins are fixed, not fitted: that halves the time to draw.
    """
    fig = plt.figure(figsize=(10, 5.2), layout="none")
    grid = fig.add_gridspec(
        2, 1, height_ratios=[1, 1.2], left=0.17, right=0.62, top=0.96, bottom=0.13, hspace=0.28
    )
    above, ax, ground = (
        fig.add_subplot(grid[0]),
        fig.add_subplot(grid[1]),
        fig.add_axes((0.645, 0.16, 0.345, 0.8)),
    )
    ahead = looks[looks["opens"].between(start, start + pd.Timedelta(hours=hours))]
    when = ((ahead["opens"] - start) / pd.Timedelta(hours=1)).to_numpy()
    names, row = _rows(ahead["owner"], rows)
    _reach_map(ground, place, look_deg, looks)
    for kind, colour, mark in (("optical", CAMERA, "|"), ("radar", RADAR, "x")):
        this = (ahead["sensor"] == kind).to_numpy()
        clear = 1 - cloud if kind == "optical" else 1
        ax.plot(
            when[this],
            row[this],
            mark,
            color=colour,
            alpha=clear,
            markersize=11 if mark == "|" else 7,
            markeredgewidth=2,
            label="camera" if kind == "optical" else "radar",
        )
        ground.plot(
            ahead["longitude"][this],
            ahead["latitude"][this],
            mark,
            color=colour,
            alpha=clear,
            markersize=7,
            markeredgewidth=2,
        )
    ticks = range(0, hours + 1, 12)
    ax.set(
        xlim=(0, hours),
        ylim=(max(len(names), 1) - 0.4, -0.6),
        yticks=range(len(names)),
        yticklabels=names,
        xticks=ticks,
        xlabel="hours after the earthquake",
    )
    above.set(
        xlim=(0, hours),
        ylim=(0, 100),
        xticks=ticks,
        xticklabels=[],
        yticks=[0, 50, 100],
        ylabel="had a look (%)",
    )
    ax.legend(
        loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, borderaxespad=0.1, handletextpad=0.2
    )
    return fig, above


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
