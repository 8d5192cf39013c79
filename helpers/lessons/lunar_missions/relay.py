"""A relay on its orbit, seen from afar and on a globe, and who sees whom along the hours."""

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
        edges = np.flatnonzero(np.diff(np.concatenate([[False], flags[:count], [False]]))) * step
        colour = "vermillion" if place == len(rows) - 1 else "blue"
        figures.spans(ax, place, edges[::2], edges[1::2], colour, height=0.72)
    ax.set(
        xlim=(0, hours),
        ylim=(len(rows) - 0.5, -0.5),
        xticks=range(0, int(hours) + 1, 24),
        xlabel=f"hours from {when[0]:%Y-%m-%d}",
    )
    ax.set_yticks(range(len(rows)), list(rows), fontsize=_row_size(rows))
    ax.grid(axis="y", visible=False)


def listening(when, dishes, any_of_them):
    """Return a figure of when dishes have the Moon, and any of them: name -> flags (N), flags (N)
    at evenly spaced times (N).
    """
    rows = {**dishes, "any of them": any_of_them}
    margins = figures.row_margins(rows, _row_size(rows))
    fig, ax = plt.subplots(layout="none", gridspec_kw=margins)
    spans(ax, when, rows)
    return fig


def _row_size(rows):
    return 14 if len(rows) <= 8 else 11  # points of the names


def contact_sentence(site, relay, view, earth_deg):
    """Return the sentence below a relay: contact with a site, whose Earth stands at `earth_deg`."""
    return (
        f"{site}: contact for {24 * view.share['both']:.1f} hours a day "
        f"({view.share['both']:.0%} of the month), longest gap "
        f"{figures.number(view.longest_gap_h, 'hours')}; one turn takes "
        f"{relay.period_h:.1f} hours. The Earth itself stands at {earth_deg} degrees there."
    )


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
