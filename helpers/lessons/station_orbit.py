"""Drawings that explain a picture in the mind: the elements of an orbit, round the globe and to
scale; contacts along a day.
"""

import matplotlib.pyplot as plt
import numpy as np

from helpers import figures
from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM as RADIUS
from helpers.figures import globe
from helpers.science import constellations, orbits, passes

VIEW_LATITUDE = 18.0  # seen from a little above the equator, so that both planes open up
MOST_ROWS = 12  # places with a row of their own along a day, so that the names stay readable
NODE_AT = -40.0  # the ascending node is drawn this many degrees of longitude from the middle


def orbit_elements(element_set):
    """Return a figure of an orbit round the globe, with its size, shape, tilt and places on it
    labelled.

    element_set: orbits.ElementSet. The orbit's size is to scale (Earth's radius = 1). The globe is
    turned so that the node stands to the left of the middle: the drawing shows angles between
    planes, not where the continents were.
    """
    fig, (ax, notes) = plt.subplots(1, 2, width_ratios=[1, 1])
    figures.orthographic(ax, VIEW_LATITUDE, 0.0)
    size = 1 + element_set.mean_height_km / RADIUS
    tilt = element_set.inclination_deg
    turn = np.radians(np.linspace(0, 360, 361))
    _ring(ax, _plane(1.0, 0.0, turn), figures.COLOURS["black"], "-")
    _ring(ax, _plane(size, tilt, turn), figures.COLOURS["blue"], "-")
    _angle(ax, size, tilt)
    _point(ax, _plane(size, tilt, np.array([0.0])), "A", figures.COLOURS["vermillion"])
    _point(ax, _plane(size, tilt, np.array([np.pi / 2])), "N", figures.COLOURS["green"])
    ax.set(xlim=(-1.35, 1.35), ylim=(-1.2, 1.2))
    _legend(notes, element_set)
    figures.heading(fig, "Which numbers describe an orbit?")
    return fig


def flight(element_set, hours, places):
    """Return what stands on the globe of a flight: the station, the fence that it never crosses,
    and places.

    hours: from the epoch on. places: rows that orbits.as_place takes.
    """
    fence = orbits.latitude_limit_deg(element_set.inclination_deg, element_set.mean_height_km)
    around = np.linspace(-180, 180, 181)
    rings = [
        globe.line(
            f"{words} fence", np.full(181, side * fence), around, colour="white", label=False
        )
        for side, words in ((1, "Northern"), (-1, "Southern"))
    ]
    craft = globe.satellite(
        element_set, element_set.epoch, hours, name="Tiangong", reach_elevation=10
    )
    return [craft, *rings, globe.places(places)]


def _plane(size, tilt_deg, turn):
    """Return points (3, N) of a circle through the node, tilted against the equator; axes: x to the
    viewer, y right, z north.
    """
    tilt, node = np.radians(tilt_deg), np.radians(NODE_AT)
    x, y, z = np.cos(turn), np.sin(turn) * np.cos(tilt), np.sin(turn) * np.sin(tilt)
    return size * np.array(
        [x * np.cos(node) - y * np.sin(node), x * np.sin(node) + y * np.cos(node), z]
    )


def _see(points):
    """Return right, up and towards the viewer, of points (3, N)."""
    v = np.radians(VIEW_LATITUDE)
    x, y, z = points
    return y, z * np.cos(v) - x * np.sin(v), x * np.cos(v) + z * np.sin(v)


def _ring(ax, points, colour, line):
    right, up, near = _see(points)
    hidden = (near < 0) & (np.hypot(right, up) < 0.999)
    ax.plot(
        np.where(hidden, np.nan, right),
        np.where(hidden, np.nan, up),
        color=colour,
        linestyle=line,
        linewidth=2.4,
    )
    ax.plot(
        np.where(hidden, right, np.nan),
        np.where(hidden, up, np.nan),
        color=colour,
        linestyle=":",
        linewidth=1.0,
        alpha=0.6,
    )


def _angle(ax, size, tilt):
    """Draw the inclination as an arc between the planes, a third of a turn past the node."""
    third = np.array([np.radians(35)])
    arc = np.hstack([_plane(size, angle, third) for angle in np.linspace(0, tilt, 20)])
    right, up, _ = _see(arc)
    ax.plot(right, up, color=figures.COLOURS["vermillion"], linestyle="-", linewidth=3)
    ax.annotate(
        "i",
        (right[10], up[10]),
        xytext=(8, -4),
        textcoords="offset points",
        fontsize=18,
        fontstyle="italic",
        fontweight="bold",
    )


def _point(ax, point, letter, colour):
    right, up, _ = _see(point)
    ax.plot(right, up, "o", color=colour, markersize=11, markeredgecolor=figures.PAPER)
    ax.annotate(
        letter,
        (right[0], up[0]),
        xytext=(-6, 12),
        textcoords="offset points",
        fontsize=18,
        fontweight="bold",
    )


def _legend(ax, s):
    ax.axis("off")
    lines = [
        ("size", f"mean height {s.mean_height_km:.0f} km"),
        ("shape", f"eccentricity {s.eccentricity:.4f}"),
        ("tilt  i", f"inclination {s.inclination_deg:.2f}°"),
        ("A", f"ascending node, at {np.degrees(s.satrec.nodeo):.1f}°"),
        ("", "here it crosses the equator northward"),
        ("N", "northernmost point"),
        ("where", f"mean anomaly {np.degrees(s.satrec.mo):.1f}°"),
        ("when", f"epoch {s.epoch:%Y-%m-%d %H:%M} UTC"),
    ]
    for number, (name, words) in enumerate(lines):
        y = 0.92 - 0.12 * number
        ax.text(0.0, y, name, fontweight="bold", transform=ax.transAxes)
        ax.text(0.22, y, words, transform=ax.transAxes)


def turns_a_day(marks):
    """Return a figure of turns a day by height, with marked orbits.

    marks: name -> (height in km, turns a day).
    """
    heights = np.linspace(150, 700, 100)
    fig, ax = plt.subplots()
    ax.plot(heights, orbits.revolutions_per_day(heights))
    ax.axhline(16, color=figures.COLOURS["black"], linestyle=":")
    for name, (height, turns) in marks.items():
        ax.plot(height, turns, "o", color=figures.COLOURS["vermillion"])
        beside = {"xytext": (8, 8), "textcoords": "offset points"}
        ax.annotate(f"{name}: {height:.0f} km", (height, turns), **beside)
    ax.set(xlabel="height (km)", ylabel="turns a day", title="How high for sixteen turns a day?")
    return fig


def highest_bars(places):
    """Return a figure of how high Tiangong ever rises, by place (columns name, latitude_deg and
    highest_deg, all in degrees); below 10 degrees, where no dish follows it, stands out.
    """
    order = places.sort_values("latitude_deg", key=abs).set_index("name")["highest_deg"]
    low = order.index[order < 10]
    what = "highest that Tiangong ever rises (degrees; 90 is overhead)"
    question = "From which capitals can Tiangong be heard?"
    fig = figures.bars(order.clip(lower=0), what, question, low, height=5.4)
    (ax,) = fig.axes
    ax.axvline(10, color=figures.COLOURS["vermillion"], linestyle="--")
    ax.set(xlim=(0, 92), xticks=[0, 10, 30, 60, 90])
    return fig


def flown_heights(history):
    """Return a figure of mean heights (columns epoch and mean_height_km): the dots are sets, the
    lines only join them.
    """
    fig, ax = plt.subplots()
    ax.plot(history["epoch"], history["mean_height_km"], "o:", linewidth=1)
    ax.set(ylabel="mean height (km)", title="How high has Tiangong flown?")
    return fig


def owner_bars(by_owner, together):
    """Return a figure of contact by owner, and of all together.

    by_owner: Series owner -> minutes a day; together: minutes a day.
    """
    fig, ax = plt.subplots()
    ax.barh(by_owner.index, by_owner)
    ax.axvline(together, color=figures.COLOURS["vermillion"], linestyle="--")
    ax.set(xlabel="contact (minutes a day)", xlim=(0, None))
    ax.set_title("Who can talk to Tiangong, and how long?")
    words = f"all together: {together:.0f}"
    beside = {"xytext": (-8, 0), "textcoords": "offset points", "ha": "right"}
    ax.annotate(words, (together, 0), **beside)
    return fig


def hearing(craft, many, windows, start):
    """Return the sentence below a day's contacts: the windows of `many` stations with a craft, the
    longest silence between them, and how many of them the drawing shows.
    """
    heard = passes.contact_minutes(windows)
    silent = passes.gaps(windows, start, 24)["minutes"].max()
    hidden = windows["place"].nunique() > MOST_ROWS
    rows = f" The drawing has rows for the first {MOST_ROWS}; the last row counts all."
    who = "1 station hears" if many == 1 else f"{many} stations hear"
    return (
        f"{who} {craft} for {heard:.0f} minutes of this day; "
        f"the longest silence lasts {figures.number(silent / 60, 'hours', digits=2)}."
        f"{rows if hidden else ''}"
    )


def relayed_minutes(position_km, longitudes_deg):
    """Return the minutes a day in which the straight line to at least one relay misses the Earth.

    position_km: of the station through a day, (3, N), Earth-fixed; longitudes_deg: of relays over
    the equator, on the ring of one turn a day.
    """
    clear = np.zeros(position_km.shape[1], bool)
    for angle in np.radians(longitudes_deg):
        relay = constellations.GEOSTATIONARY_RADIUS_KM * np.array(
            [[np.cos(angle)], [np.sin(angle)], [0]]
        )
        line = relay - position_km
        nearest = np.clip(-(position_km * line).sum(0) / (line**2).sum(0), 0, 1)
        clear |= np.linalg.norm(position_km + nearest * line, axis=0) > RADIUS
    return clear.mean() * 1440


def timeline(windows, start, hours=24, most_rows=MOST_ROWS):
    """Return a figure of contact windows along a day: a row for each place, and below them the row
    in which any place has contact.

    windows: what `passes.passes` gives for one or more places. start: UTC; hours: the
    span shown. Only the first `most_rows` places get a row of their own, so that the names stay
    readable; the last row counts all.
    """
    names = list(dict.fromkeys(windows["place"]))
    rows = [*names[:most_rows], "any of them"]
    size = 14 if len(rows) <= 8 else 11
    fig, ax = plt.subplots(layout="none", gridspec_kw=figures.row_margins(rows, size))
    place = windows["place"].map({name: row for row, name in enumerate(rows[:-1])})
    own, anybody = windows[place.notna()], passes.union(windows)
    lanes = (
        (place.dropna(), own[["rise", "set"]], "blue"),
        (len(rows) - 1, anybody[["start", "end"]], "vermillion"),
    )
    for lane, times, colour in lanes:
        since = times.sub(orbits.utc(start)) / np.timedelta64(1, "h")
        figures.spans(ax, lane, *since.to_numpy().T, colour)
    ax.set(
        xlim=(0, hours),
        ylim=(len(rows) - 0.5, -0.5),
        xlabel=f"hours after {orbits.utc(start):%Y-%m-%d %H:%M} UTC",
        xticks=range(0, int(hours) + 1, 4),
    )
    ax.set_yticks(range(len(rows)), rows, fontsize=size)
    ax.grid(axis="y", visible=False)
    return fig
