"""Lesson 11: how far and how long, the window, and a flight seen from above."""

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.patheffects import withStroke

from helpers import figures
from helpers.base.constants import DAY_S
from helpers.figures import globe
from helpers.science import mars, orbits, transfer

BLUE, RED = figures.COLOURS["blue"], figures.COLOURS["vermillion"]
ORANGE, INK = figures.COLOURS["orange"], figures.COLOURS["black"]
SILENT_DEG = 2  # NASA holds back commands when Mars stands closer to the Sun than this
MILLION = 1e6


def light_times(moments, minutes):
    """Return a figure of the light time from 2020 to 2022, with moments of a flight, and its words.

    moments: rows with when and moment; minutes: the light time of each.
    """
    days = orbits.times("2020-06-01", 24 * 640, DAY_S)
    curve, near_sun = mars.light_time_s(days) / 60, mars.sun_angle_deg(days) < SILENT_DEG
    fig, ax = plt.subplots(figsize=(10, 4.4))
    ax.plot(days, curve, linewidth=1.6)
    ax.fill_between(days, 0, 26, where=near_sun, color=ORANGE, alpha=0.5, linewidth=0)
    ax.annotate("silent", (days[near_sun].mean(), 1), ha="center")
    for when, name, value in zip(moments["when"], moments["moment"], minutes):
        ax.plot(when, value, "o", color=RED)
        shift = {"launch": (10, 0), "new orbit": (4, 16), "relay": (10, 0)}.get(name, (-8, 4))
        ax.annotate(
            f"{name} {value:.1f}",
            (when, value),
            xytext=shift,
            textcoords="offset points",
            ha="left" if shift[0] > 0 else "right",
        )
    ax.set(ylabel="minutes, one way", ylim=(0, 26))
    ax.set(title="How long is a signal on its way from Mars?")
    ax.set_xticks(pd.date_range("2020-07-01", "2022-01-01", freq="6MS", tz="UTC"))
    told = ", ".join(f"{m} {v:.1f}" for m, v in zip(moments["moment"], minutes))
    return fig, (
        f"Minutes on the way from Mars: {told}. For {near_sun.sum()} days of October 2021 Mars "
        f"stood closer than {SILENT_DEG} degrees to the Sun."
    )


def plan(day):
    """Return a figure of Sun, Earth and Mars from above on a day, and its words."""
    when = orbits.utc(day)
    earth, there = (mars.from_sun_km(b, [when])[:, 0] / mars.AU_KM for b in ("Earth", "Mars"))
    km, angle = mars.distance_km([when])[0], mars.sun_angle_deg([when])[0]
    fig, ax = plt.subplots(figsize=(10, 4.6))
    _paths(ax, when)
    ax.plot(*np.array([earth, there])[:, :2].T, color=INK, linestyle=":", linewidth=1.5)
    aside, middle = _aside(there - earth, there), {"ha": "center", "va": "center"}
    _body(ax, (0, 0), "Sun", ORANGE, 16, -aside, **middle)
    _body(ax, earth, "Earth", BLUE, 10, -aside, **middle)
    _body(ax, there, "Mars", RED, 8, aside, **middle)  # on the other side: the two may be near
    ax.set(title="Where do the Earth and Mars stand?")
    word = "silent: too close to the Sun" if angle < SILENT_DEG else "in contact"
    return fig, (
        f"{when:%d %B %Y}: {km / MILLION:.0f} million km, "
        f"{mars.light_time_s([when])[0] / 60:.1f} minutes one way; "
        f"from the Earth, Mars stands {angle:.1f} degrees from the Sun: {word}."
    )


def _paths(ax, when):
    """Draw the paths of Earth and Mars through one turn each from a day on."""
    for body, colour in (("Earth", BLUE), ("Mars", RED)):
        hours = 24 * mars.YEAR_D[body]
        x, y, _ = mars.from_sun_km(body, orbits.times(when, hours, 3 * DAY_S)) / mars.AU_KM
        ax.plot(np.append(x, x[0]), np.append(y, y[0]), color=colour, linestyle="-", linewidth=1)
    ax.set(xlim=(-3.4, 3.4), ylim=(-1.75, 1.75), aspect="equal")
    ax.axis("off")


def _aside(way, place):
    """Return the offset of the middle of a name from its body, points: square to a line along
    `way`, so far that neither line nor body meets the name; at `place` it points to the Sun.
    """
    square = np.array([-way[1], way[0]]) / np.hypot(way[0], way[1])
    room = 14 + np.abs(square) @ [22, 6]  # half of a disc and a gap, half of a word
    return room * square * (1 if square @ place[:2] < 0 else -1)


def _body(ax, place, name, colour, size, offset=(10, 6), **anchor):
    ax.plot(*place[:2], "o", color=colour, markersize=size, zorder=3)
    written = ax.annotate(
        name, place[:2], xytext=offset, textcoords="offset points", zorder=4, **anchor
    )
    written.set_path_effects([withStroke(linewidth=3, foreground=figures.PAPER)])


def half_ellipse(ahead_deg, earth_au=1.0, mars_au=1.524):
    """Return a figure of a Hohmann flight that finds Mars where it is, and its words.

    ahead_deg: how far Mars stands ahead of the Earth at the start. Circles, as by hand.
    """
    way = transfer.hohmann(earth_au * mars.AU_KM, mars_au * mars.AU_KM, transfer.SUN_MU_KM3_S2)
    turned = 360 * way.days / mars.YEAR_D["Mars"]
    end = np.radians(ahead_deg + turned)
    goal = mars_au * np.array([np.cos(end), np.sin(end)])
    miss = np.hypot(*(goal - [-mars_au, 0])) * mars.AU_KM / MILLION
    angle = np.linspace(0, np.pi, 90)
    axis, shape = (earth_au + mars_au) / 2, (mars_au - earth_au) / (earth_au + mars_au)
    r = axis * (1 - shape**2) / (1 + shape * np.cos(angle))
    fig, ax = plt.subplots(figsize=(10, 4.6))
    for radius, colour in ((earth_au, BLUE), (mars_au, RED)):
        ax.add_patch(plt.Circle((0, 0), radius, fill=False, edgecolor=colour, linewidth=1))
    ax.plot(r * np.cos(angle), r * np.sin(angle), color=INK, linestyle="--")
    start = mars_au * np.array([np.cos(np.radians(ahead_deg)), np.sin(np.radians(ahead_deg))])
    _body(ax, (0, 0), "Sun", ORANGE, 16)
    _body(ax, (earth_au, 0), "Earth at the start", BLUE, 10, (-60, -24))
    _body(ax, start, "Mars at the start", RED, 6)
    right = goal[0] > 0
    _body(ax, goal, "Mars at the end", RED, 10, (10, 6) if right else (-128, 6))
    _body(ax, (-mars_au, 0), "you", INK, 6, (10, -18))
    ax.set(xlim=(-3.4, 3.4), ylim=(-1.75, 1.75), aspect="equal", title="Does the flight meet Mars?")
    ax.axis("off")
    return fig, (
        f"The flight takes {way.days:.0f} days. Mars moves on by {turned:.0f} degrees meanwhile. "
        f"With a start of {ahead_deg:g} degrees you miss it by {miss:.0f} million km."
    )


def windows(missions, ideal_deg):
    """Return a figure of how far Mars stands ahead of the Earth, with real launches, and its words.

    missions: rows with mission and launch, 2018 on. ideal_deg: the lead that Hohmann asks for.
    """
    days = orbits.times("2018-01-02", 24 * 365.25 * 4.5, DAY_S)
    lead = mars.lead_deg(days)
    lead = np.where(np.abs(np.diff(lead, append=lead[-1])) > 90, np.nan, lead)
    fig, ax = plt.subplots(figsize=(10, 4.4))
    ax.plot(days, lead, linewidth=1.4)
    ax.axhline(ideal_deg, color=INK, linestyle=":", label=f"{ideal_deg:.0f} degrees: as by hand")
    ax.axhline(0, color=figures.GREY, linewidth=0.8, linestyle="-")
    angles = mars.lead_deg(missions["launch"])
    ax.plot(missions["launch"], angles, "o", color=RED, label="launches")
    ax.set(ylabel="Mars ahead (degrees)", ylim=(-180, 180), yticks=range(-180, 181, 90))
    ax.set(title="How far ahead was Mars when they left?")
    ax.set_xticks(pd.date_range("2018-01-01", "2022-01-01", freq="YS", tz="UTC"))
    ax.xaxis.set_major_formatter(lambda value, _: mdates.num2date(value).strftime("%Y"))
    ax.legend(loc="lower left", ncols=2)
    return fig, (
        f"{len(missions)} launches of 2018 and 2020 left with Mars {angles.min():.0f} to "
        f"{angles.max():.0f} degrees ahead; circles ask for {ideal_deg:.0f}."
    )


def flight_plan(departure, arrival, spare_days=30):
    """Return a plan of the Sun, seen from above:
    the Earth, Mars and a direct flight between two days.

    The clock runs from so many days before the start to as many after the arrival; the flight waits
    at the Earth before, and stays with Mars afterwards.
    """
    departure, arrival = orbits.utc(departure), orbits.utc(arrival)
    spare = pd.Timedelta(days=spare_days)
    start, hours = departure - spare, (arrival - departure + 2 * spare) / pd.Timedelta(hours=1)
    when = globe.times(start, hours, 181)
    earth, at_mars = (mars.from_sun_km(body, when) / MILLION for body in ("Earth", "Mars"))
    path = mars.flight_path_km(departure, arrival) / MILLION
    share = np.clip((when - departure) / (arrival - departure), 0, 1)
    flight = np.array([np.interp(share, np.linspace(0, 1, path.shape[1]), row) for row in path])
    flight = np.where(share <= 0, earth, np.where(share >= 1, at_mars, flight))
    apart = np.linalg.norm(earth - at_mars, axis=0)
    words = (
        f"From {departure:%d %B %Y} to {arrival:%d %B %Y}, {(arrival - departure).days} days. The "
        "Earth and Mars are "
        f"{np.interp(0, (when - departure).total_seconds(), apart):.0f} million km apart at the "
        "start, "
        f"{np.interp(0, (when - arrival).total_seconds(), apart):.0f} million at the arrival; "
        f"the flight itself is {np.linalg.norm(np.diff(path), axis=0).sum():.0f} million km long."
    )
    return globe.globe(
        "Which way does a flight to Mars go?",
        words,
        globe.mover("Earth", earth, "sky", label=True),
        globe.mover("Mars", at_mars, "vermillion", label=True),
        globe.mover("flight", flight, "yellow", label=True),
        body="sun",
        start=start,
        hours=hours,
        speed=10 * int(DAY_S),
        chosen="flight",
    )


def porkchop(departures, arrivals, c3, flown):
    """Return a map of C3 by departure and arrival day with the flights that were made.

    c3: (arrivals, departures), km2/s2. flown: rows with mission, departure, arrival.
    """
    fig, ax = plt.subplots(figsize=(10, 5.2))
    levels = [14, 15, 17, 20, 25, 30, 40]
    lines = ax.contour(
        departures, arrivals, c3, levels=levels, cmap="viridis", vmax=50, linewidths=1.6
    )
    ax.clabel(lines, fmt="%g", fontsize=14)
    for row in flown.itertuples():
        ax.plot(row.departure, row.arrival, "o", color=RED, zorder=4)
    for row, (dx, dy) in zip(flown.itertuples(), ((-10, -24), (-28, -24), (10, 10))):
        name = ax.annotate(
            row.mission.split(" (")[0],
            (row.departure, row.arrival),
            xytext=(dx, dy),
            textcoords="offset points",
            ha="right" if dx == -10 else "left",
        )
        name.set_path_effects([withStroke(linewidth=4, foreground=figures.PAPER)])
    ax.set(xlabel="departure", ylabel="arrival")
    ax.set(title="Which day of departure asks for least? (C3, km²/s²)")
    ax.set_xticks(pd.date_range("2020-07-01", "2020-09-01", freq="MS", tz="UTC"))
    best = np.unravel_index(np.nanargmin(c3), c3.shape)
    return fig, (
        f"The least is {np.nanmin(c3):.1f} km2/s2, for a start on {departures[best[1]]:%d %B} and "
        f"an arrival on {arrivals[best[0]]:%d %B %Y}."
    )
