"""Drawings for flights to the Moon: orbits by their periods, the Earth over four sites, a relay on
its orbit, seen from afar and on a globe, who sees whom along the hours, and what weighs how much.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle
from matplotlib.patheffects import withStroke

from helpers import figures
from helpers.figures import globe
from helpers.science import moon

VIEWS = {
    "the side": (0.0, 90.0),
    "the Earth": (0.0, 0.0),
    "the far side": (0.0, 180.0),
    "above the south pole": (-89.9, 0.0),
}
DOT_MINUTES = 30
RIM = [withStroke(linewidth=3, foreground=figures.PAPER)]


# --- orbits --------------------------------------------------------------------------------------


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
    ax.legend(fontsize=12)
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
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
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
    ax.set(xlim=(0, days), xticks=range(0, days + 1, 30))
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1), title="range in 18.6 years (degrees)")
    return fig


# --- hours a day ---------------------------------------------------------------------------------


def day_bars(table, xlabel):
    """Return a figure of hours a day: a row for each of the table, a bar in it for each column."""
    colours = [figures.COLOURS["blue"], figures.COLOURS["orange"]]
    ax = table.plot.barh(figsize=(10, 4), color=colours, width=0.7)
    ax.set(xlabel=xlabel, xlim=(0, 24), xticks=range(0, 25, 4))
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    return ax.figure


def ground_bars(owners):
    """Return a figure of hours a day by owner: own ground before all ground."""
    fig, ax = plt.subplots()
    sky, blue = figures.COLOURS["sky"], figures.COLOURS["blue"]
    ax.barh(owners["owner"], owners["all ground"], color=sky, label="with ground of host states")
    own = owners["own ground"]
    ax.barh(owners["owner"], own, color=blue, height=0.45, label="on its own ground")
    ax.set(xlabel="Moon at least 10 degrees up (hours a day)", xlim=(0, 24), xticks=range(0, 25, 4))
    ax.legend(loc="center right")
    return fig


def mass_bars(weighed):
    """Return a figure of kilograms by mission: what was offered, and the part of known mass.

    weighed: by mission: known, payloads (counts), kg, offered.
    """
    fig, ax = plt.subplots(figsize=(10, 4.2))
    sky, blue = figures.COLOURS["sky"], figures.COLOURS["blue"]
    ax.barh(weighed.index, weighed["offered"], color=sky, label="offered to partners")
    ax.barh(weighed.index, weighed["kg"], color=blue, height=0.45, label="of known mass")
    for place, row in enumerate(weighed.fillna(0).itertuples()):
        words = f"mass known for {row.known:.0f} of {row.payloads:.0f}"
        ax.text(max(row.kg, row.offered) + 4, place, words, va="center")
    ax.set(xlabel="kg", xlim=(0, 290))
    ax.legend(loc="center right")
    return fig


# --- a relay -------------------------------------------------------------------------------------


def behind_the_moon(view, sites, site):
    """Return what stands on a globe of the Moon: Queqiao-2, sites, the way to the Earth, and the
    link to one site.

    view: a moon.RelayView. sites: rows with name, latitude_deg, longitude_deg. site: the name of
    one of them.
    """
    latitude, longitude = moon.sub_earth_deg(view.when)
    return [
        globe.mover("Queqiao-2", view.position_km, colour="orange"),
        globe.places(sites, sees=5),
        globe.direction("The Earth", moon.globe_km(latitude, longitude), colour="blue"),
        globe.link(site, "Queqiao-2", 5),
    ]


def relay_figure(relay, view, site, seen_from="the side", hours=72):
    """Return a figure: the relay's orbit seen from afar, and beside it when the site has contact.

    relay: moon.Relay. view: the moon.RelayView of this relay and site. site: (latitude, longitude).
    seen_from: a key of VIEWS. The axes are placed by hand: a layout engine would take most of the
    time that an answer may take.
    """
    fig = plt.figure(layout="none")
    relay_globe(fig.add_axes((0, 0, 0.5, 1)), relay, view, site, seen_from)
    spans(
        fig.add_axes((0.72, 0.15, 0.26, 0.78)),
        view.when,
        {
            "site sees\nrelay": view.site,
            "relay sees\nthe Earth": view.earth,
            "both:\ncontact": view.both,
        },
        hours,
    )
    return fig


def relay_globe(ax, relay, view, site, seen_from="the side"):
    """Draw the Moon, a relay's orbit and where it is every half hour of its first turn, to scale,
    seen from far away.

    ax: a square axes. relay, view, site, seen_from: as for `relay_figure`. Filled dots: contact
    from the site over the relay to the Earth; rings: none. What the Moon hides is left out.
    """
    eye = VIEWS[seen_from]
    ax.add_patch(
        Circle(
            (0, 0),
            moon.MOON_RADIUS_KM,
            facecolor=figures.LAND,
            edgecolor=figures.GREY,
            linewidth=1.2,
        )
    )
    _line(ax, _grid(), eye, color="#BDB9AC", linewidth=0.6, linestyle="-")
    curve = moon.relay_curve_km(relay)
    _line(ax, curve, eye, color=figures.COLOURS["black"], linewidth=1.0, linestyle="-")
    step = _step_minutes(view.when)
    every = max(1, round(DOT_MINUTES / step))
    turn = slice(0, max(every + 1, int(relay.period_h * 60 / step)), every)
    _dots(
        ax,
        moon.relay_position_km(relay, _hours(view.when[turn], view.when[0])),
        view.both[turn],
        eye,
    )
    _site(ax, moon.globe_km(*site), eye)
    _frame(ax, curve, eye)
    _earth(ax, eye)


def spans(ax, when, rows, hours=72):
    """Draw when something holds: a row for each name, a bar wherever its flags are true; the last
    row stands out.

    ax: an axes. when: evenly spaced times (N). rows: dict of name -> flags (N). hours: the span
    shown, from the first time.
    """
    step = _step_minutes(when) / 60
    count = min(len(when), int(round(hours / step)) + 1)
    for place, flags in enumerate(rows.values()):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], flags[:count], [False]])))
        bars = [(begin * step, (end - begin) * step) for begin, end in zip(edges[::2], edges[1::2])]
        ax.broken_barh(
            bars,
            (place - 0.36, 0.72),
            facecolors=figures.COLOURS["vermillion" if place == len(rows) - 1 else "blue"],
        )
    ax.set(
        xlim=(0, hours),
        ylim=(len(rows) - 0.5, -0.5),
        xticks=range(0, int(hours) + 1, 24),
        xlabel=f"hours from {when[0]:%Y-%m-%d}",
    )
    ax.set_yticks(range(len(rows)), list(rows), fontsize=14 if len(rows) <= 8 else 11)
    ax.grid(axis="y", visible=False)


# --- small parts ---------------------------------------------------------------------------------


def _grid():
    """Return the Moon's lines of latitude and longitude as one line with gaps, (3, N) km."""
    gap = np.full((3, 1), np.nan)
    return np.hstack(
        [part for line in moon.graticule(30, points=41) for part in (1.0001 * line, gap)]
    )


def _line(ax, points, eye, **style):
    """Draw a line in space where the Moon does not hide it; on the Moon itself that is the near
    half.
    """
    x, y, hidden = moon.project(points, *eye)
    hidden |= moon.project(0.999 * points, *eye)[2]
    ax.plot(np.where(hidden, np.nan, x), np.where(hidden, np.nan, y), **style)


def _dots(ax, points, contact, eye):
    """Mark a relay's places: filled where there is contact, rings where there is none."""
    x, y, hidden = moon.project(points, *eye)
    for some, style in (
        (contact, {"color": figures.COLOURS["green"], "markersize": 8}),
        (
            ~contact,
            {
                "markerfacecolor": figures.PAPER,
                "markeredgecolor": figures.COLOURS["vermillion"],
                "markersize": 7,
                "markeredgewidth": 1.6,
            },
        ),
    ):
        ax.plot(x[some & ~hidden], y[some & ~hidden], marker="o", linestyle="none", **style)


def _site(ax, point, eye):
    """Mark the site: filled on the near half, an open mark where the Moon stands before it."""
    x, y, hidden = moon.project(0.999 * point[:, None], *eye)
    fill = figures.PAPER if hidden[0] else figures.COLOURS["blue"]
    ax.plot(
        x,
        y,
        marker="D",
        markersize=9,
        markerfacecolor=fill,
        markeredgecolor=figures.COLOURS["blue"],
        markeredgewidth=2,
        zorder=4,
    )
    ax.annotate(
        "site (behind)" if hidden[0] else "site",
        (x[0], y[0]),
        xytext=(10, 6),
        textcoords="offset points",
        fontweight="bold",
        zorder=5,
        path_effects=RIM,
    )


def _frame(ax, curve, eye):
    """Show the whole orbit and the Moon in a square, with room for words above and below; say what
    the dots mean.
    """
    x, y, _ = moon.project(curve, *eye)
    r = moon.MOON_RADIUS_KM
    low, high = (
        np.array([min(x.min(), -r), min(y.min(), -r)]),
        np.array([max(x.max(), r), max(y.max(), r)]),
    )
    middle, half = (low + high) / 2, 0.6 * (high - low).max()
    ax.set(
        xlim=(middle[0] - half, middle[0] + half),
        ylim=(middle[1] - half, middle[1] + half),
        aspect="equal",
    )
    ax.axis("off")
    ax.text(
        0.5,
        0.01,
        "● contact   ○ none   (every half hour)",
        ha="center",
        transform=ax.transAxes,
        path_effects=RIM,
    )


def _earth(ax, eye):
    """Point to the Earth, or say that it stands behind the viewer or behind the Moon."""
    x, y, _ = moon.project(np.array([[1.0], [0.0], [0.0]]), *eye)
    if np.hypot(x[0], y[0]) < 0.5:
        words = "seen from the Earth" if eye[1] == 0 else "the Earth lies behind the Moon"
        ax.text(0.5, 0.95, words, ha="center", transform=ax.transAxes, path_effects=RIM)
        return
    start = (0.40, 0.965) if abs(x[0]) > abs(y[0]) else (0.16, 0.80)
    end = (start[0] + 0.32 * x[0], start[1] + 0.15 * y[0])
    ax.annotate(
        "to the Earth",
        end,
        xytext=start,
        xycoords="axes fraction",
        textcoords="axes fraction",
        va="center",
        ha="center",
        arrowprops={"arrowstyle": "->", "linewidth": 2},
        path_effects=RIM,
    )


def _hours(when, start):
    return (when - start).total_seconds().to_numpy() / 3600


def _step_minutes(when):
    return (when[1] - when[0]).total_seconds() / 60
