"""Drawings of lesson 12: discoveries, a line of possible places, two eyes, error ellipses, and a push.

Each returns a figure and the sentence that belongs below it.
"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures
from helpers.base.numbers import number
from helpers.figures import globe
from helpers.science import approach, campaign, defence
from helpers.tables import data

BLUE, RED, GREEN = (figures.COLOURS[name] for name in ("blue", "vermillion", "green"))
ORANGE, SKY = figures.COLOURS["orange"], figures.COLOURS["sky"]
EUROPE = {"west": -20, "east": 30, "south": 26, "north": 60}
TOGETHER = ("033", "K88")  # two observatories that looked in the same seconds


# --- step 1: how many are known -----------------------------------------------------------


def known(size="all", since=2000):
    """Return the years (decimal) and counts of known near-Earth asteroids of a size, one a year."""
    rows = data.table("neo_known").query("size == @size").sort_values("date")
    rows = rows[rows["date"].dt.year >= since]
    rows = rows[~rows["date"].isin(pd.to_datetime(["2022-07-01", "2022-08-01"]))]
    years = rows["date"].dt.year + (rows["date"].dt.day_of_year - 1) / 365.25
    return years.to_numpy(), rows["count"].to_numpy()


def yearly_growth():
    """Return the middle of each interval (year) and the growth in it, percent a year."""
    years, counts = known()
    span = np.diff(years)
    return years[:-1] + span / 2, 100 * ((counts[1:] / counts[:-1]) ** (1 / span) - 1)


def steady_growth(percent):
    """Return the known asteroids beside a growth by the same percentage each year, from 2000 on."""
    if not -50 < percent < 200:
        raise ValueError(f"percent = {percent!r}; accepted: between -50 and 200")
    years, counts = known()
    steady = counts[0] * (1 + percent / 100) ** (years - years[0])
    fig, (ax, side) = plt.subplots(1, 2, figsize=(10, 4.4), width_ratios=[3, 2])
    ax.semilogy(years, counts, "o", color=BLUE, label="known")
    ax.semilogy(years, steady, color=RED, linestyle="--", label=f"{percent:g} % a year")
    ax.set(xlabel="year", ylabel="near-Earth asteroids", ylim=(500, 2e5))
    ax.legend(loc="upper left")
    side.plot(*yearly_growth(), "o", color=BLUE)
    side.axhline(percent, color=RED, linestyle="--")
    side.set(xlabel="year", ylabel="growth (% a year)", ylim=(0, 50))
    ten = int(np.argmin(np.abs(years - 2010)))
    text = (
        f"With {percent:g} % each year, {counts[0]:,} in 2000 become {number(steady[ten])} in 2010 and "
        f"{number(steady[-1])} in November 2025. Known were {counts[ten]:,} and {counts[-1]:,}."
    )
    return fig, text


# --- step 2: a line of possible places ----------------------------------------------------


def yr4_target_km():
    """Return the half width of the Earth for a body that hits as fast as 2024 YR4 would have, km."""
    facts = data.table("defence_facts").query("about == '2024 YR4' and attribute == 'impact speed'")
    return float(defence.capture_radius_km(defence.far_speed_km_s(facts["number"].iloc[0])))


def published(centre, body="Earth"):
    """Return the times and percentages that a centre published for 2024 YR4."""
    rows = data.table("yr4_probability").query("centre == @centre and body == @body")
    rows = rows.sort_values("time")
    return rows["time"], rows["percent"].to_numpy()


def yr4_offset_km():
    """Return where the Earth must stand on the line so that its share peaks at the highest published value.

    The share is largest when the line just ends behind the Earth: target / (offset + target).
    """
    return yr4_target_km() * (100 / published("NASA")[1].max() - 1)


def possible_places(half_width_km):
    """Return the line of possible places, as long as the learner makes it, with the Earth on it or beside it."""
    target, offset = yr4_target_km(), yr4_offset_km()
    chance = float(defence.chance_on_line(offset, half_width_km, target))
    fig, ax = plt.subplots(figsize=(10, 2.6))
    ax.axhline(0, color=figures.GREY, linewidth=0.8, linestyle=":")
    half, earth = half_width_km / 1000, offset / 1000
    ax.plot([-half, half], [0, 0], color=ORANGE, linewidth=10, linestyle="-", solid_capstyle="butt")
    ax.plot(earth, 0, "o", color=BLUE, markersize=11, markeredgecolor=figures.PAPER)
    ax.annotate(
        "Earth (its dot is too large)",
        (earth, 0),
        xytext=(0, 14),
        textcoords="offset points",
        ha="center",
        color=BLUE,
    )
    ax.set(xlim=(-1600, 1600), ylim=(-1, 1), yticks=[], xlabel="thousand km along the line")
    ax.set_title(f"probability {100 * chance:.2f} %")
    inside = "part of it lies" if chance else "none of it lies"
    text = (
        f"A line of {number(2 * half_width_km)} km of possible places; {inside} on the Earth, which counts "
        f"as {number(2 * target)} km wide. Probability: {100 * chance:.2f} %."
    )
    return fig, text


def rise_and_fall(seed=12):
    """Return the chance in two models, as the places shrink, beside the published values of 2024 YR4."""
    target, peak = yr4_target_km(), published("NASA")[1].max() / 100
    widths = np.sort(np.append(np.geomspace(1.6e6, 3e4, 60), yr4_offset_km() + target))[::-1]
    line = defence.chance_on_line(yr4_offset_km(), widths, target)
    centre = (
        2 * target / peak / np.sqrt(2 * np.pi * np.e)
    )  # where the normal chance peaks there too
    drawn = np.geomspace(1.6e6, 4e4, 14)
    hits = [_share_of_hits(sigma, centre, target, seed) for sigma in drawn]
    fig, (ax, side) = plt.subplots(1, 2, figsize=(10, 4.4), sharey=True)
    ax.semilogx(widths / 1000, 100 * line, color=RED, label="line, evenly filled")
    ax.semilogx(drawn / 1000, 100 * np.array(hits), "o", color=BLUE, label="drawn by chance")
    ax.set(
        xlabel="half width, or sigma (thousand km)",
        ylabel="probability (%)",
        xlim=(1800, 25),
        ylim=(-0.1, 4.3),
    )
    ax.legend(loc="upper left")
    for name, mark, colour in (("NASA", "o-", GREEN), ("ESA", "s", figures.INK)):
        side.plot(*published(name), mark, color=colour, label=name, markersize=6)
    side.set(xlim=pd.to_datetime(["2025-01-25", "2025-03-05"]), title="published")
    side.set_xticks(pd.to_datetime(["2025-02-01", "2025-02-15", "2025-03-01"]))
    side.set_xticklabels(["1 Feb", "15 Feb", "1 Mar"])
    side.legend(loc="upper left")
    when, values = published("NASA")
    text = (
        f"Models (left): both reach {100 * line.max():.1f} and {100 * max(hits):.1f} %, then fall to nothing. "
        f"Published (right): NASA went from {values[0]:.1f} % to {values.max():.2f} % on "
        f"{when.iloc[int(values.argmax())]:%d %B} and to {values[when >= '2025-02-24'][0]:.4f} % on 24 February; "
        f"ESA's highest was {published('ESA')[1].max():.1f} %."
    )
    return fig, text


def _share_of_hits(sigma, centre, target, seed, count=200_000):
    """Return the share of places drawn by chance on the target plane that lie on the Earth."""
    places = defence.target_plane(sigma, sigma / 200, count, seed)
    return float(np.mean(np.hypot(places[:, 0] - centre, places[:, 1]) < target))


# --- step 3: two eyes ---------------------------------------------------------------------


def two_eyes(distance):
    """Return the two lines of sight, to scale in each direction, and the learner's distance; `...` gives the lines."""
    site, sight, other, beside, when = campaign.same_moment(*TOGETHER)
    apart = np.subtract(other, site)
    across = apart - (apart @ sight) * sight
    across /= np.linalg.norm(across)
    places = data.table("observatories").set_index("id")["place"]
    fig, ax = plt.subplots(figsize=(10, 4.4))
    reach = np.array([0.0, 80e3])
    for name, start, way, colour in (
        (TOGETHER[0], np.zeros(3), sight, BLUE),
        (TOGETHER[1], apart, beside, RED),
    ):
        points = start + reach[:, None] * way
        ax.plot(
            points @ sight / 1000, points @ across, color=colour, linestyle="-", label=places[name]
        )
    ax.set(xlabel="away from the Earth (thousand km)", ylabel="across (km)", xlim=(-2, 80))
    ax.legend(loc="upper right")
    if distance is ...:
        return (
            fig,
            "Two lines of sight. No distance yet: complete the line above and run the cell again.",
        )
    ax.axvline(float(distance) / 1000, color=GREEN, linestyle="--")
    met = defence.where_lines_meet(site, sight, other, beside)
    way = campaign.bx1().place_km(when)
    true = float(np.linalg.norm(way - site))
    text = (
        f"Your distance: {number(float(distance), 'km')}. The two lines come closest {number(met[0], 'km')} away and "
        f"pass each other by {number(met[2], 'km')}. The orbit from all stations has the asteroid at {number(true, 'km')}."
    )
    return fig, text


# --- step 4: many eyes --------------------------------------------------------------------


def ellipses(stations, minutes=60, wrong="nobody", wrong_s=0.0):
    """Return a map of the stations that count and the error ellipse of the place of the fall, minutes before it.

    stations: codes; wrong: the station whose clock is wrong, wrong_s: by how many seconds.
    """
    bx1 = campaign.bx1(campaign.NOISE if wrong == "nobody" else campaign.TRUSTING)
    units = bx1.units(minutes / 60, stations)
    fig, (ax, near) = plt.subplots(1, 2, figsize=(10, 4.6), width_ratios=[1.1, 1])
    _stations(ax, bx1, units)
    found = bx1.ellipse(units) if units else None
    if found is None or not np.isfinite(found.error_km) or found.error_km > 12000:
        near.set(xticks=[], yticks=[])
        near.annotate("no place yet", (0.5, 0.5), xycoords="axes fraction", ha="center")
        return fig, (
            f"{_count(units)} {minutes:g} minutes before the fall. They do not fix the place: "
            "too few looks, too close together in time."
        )
    moved = (0.0, 0.0)
    if wrong != "nobody" and wrong in {code for code, _ in units}:
        moved = bx1.clock_move_km(units, wrong, wrong_s)
    _ellipse(near, found, moved)
    text = (
        f"{_count(units)} {minutes:g} minutes before the fall. Formal error of the place: "
        f"{number(found.error_km, 'km')} ({number(found.long_km)} along the long axis, {number(found.short_km)} across)."
    )
    if moved != (0.0, 0.0):
        text += f" The clock of {wrong}, {wrong_s:g} s wrong, moves the place by {number(float(np.hypot(*moved)), 'km')}."
    return fig, text


def _count(units):
    stations = len({code for code, _ in units})
    return f"{len(units)} looks from {stations} station{'' if stations == 1 else 's'}, until"


def _stations(ax, bx1, units):
    """Draw all stations, those that count filled, and the place of the fall."""
    figures.world_map(ax, **EUROPE)
    table = data.table("observatories").query("country != 'USA'")
    used = table["id"].isin({code for code, _ in units}).to_numpy()
    for some, face in ((table[~used], figures.PAPER), (table[used], BLUE)):
        ax.plot(
            some["longitude"], some["latitude"], "o", color=BLUE, markerfacecolor=face, markersize=8
        )
    ax.plot(bx1.fall.longitude, bx1.fall.latitude, "*", color=RED, markersize=16)
    ax.annotate(
        "fall",
        (bx1.fall.longitude, bx1.fall.latitude),
        xytext=(0, 9),
        textcoords="offset points",
        color=RED,
        ha="center",
    )


def _ellipse(ax, found, moved):
    """Draw an error ellipse round the place of the fall, moved by a wrong clock, km."""
    turn, angle = np.linspace(0, 2 * np.pi, 181), np.radians(found.bearing_deg)
    along, across = found.long_km * np.cos(turn), found.short_km * np.sin(turn)
    east = along * np.sin(angle) + across * np.cos(angle) + moved[0]
    north = along * np.cos(angle) - across * np.sin(angle) + moved[1]
    reach = 1.25 * max(np.abs(east).max(), np.abs(north).max(), 0.02)
    ax.fill(east, north, color=SKY, alpha=0.6)
    ax.plot(east, north, color=BLUE, linestyle="-")
    ax.plot(0, 0, "*", color=RED, markersize=16)
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
    ax.set(xlabel="east (km)", ylabel="north (km)")


def narrowing():
    """Return how the error of the place shrank: the best station alone, and all, until so many minutes before."""
    bx1 = campaign.bx1()
    before = np.arange(88, 12, -4)
    everyone = [bx1.error_km(bx1.units(m / 60)) for m in before]
    alone = [min(map(bx1.error_km, bx1.partners(m / 60).values())) for m in before]
    fig, ax = plt.subplots(figsize=(10, 4.2))
    ax.semilogy(-before, alone, color=RED, marker="o", label="best station alone")
    ax.semilogy(-before, everyone, color=BLUE, marker="s", linestyle="-", label="all stations")
    ax.set(xlabel="minutes before the fall", ylabel="formal error (km)")
    ax.set_xticks([-80, -60, -40, -20], ["80", "60", "40", "20"])
    ax.legend()
    sooner = next(m for m, e in zip(before, everyone) if e < 1)
    late = next(m for m, e in zip(before, alone) if e < 1)
    text = (
        f"Below one kilometre: all stations {sooner} minutes before the fall, the best one alone {late} minutes before. "
        f"An hour before, {number(alone[7], 'km')} alone and {number(everyone[7], 'km')} together."
    )
    return fig, text


# --- step 5: a push -----------------------------------------------------------------------


def pushed(cm_s, years=20):
    """Return how far a push along the motion shifts an asteroid, by the linear rule and by Kepler's laws."""
    if not 0 < cm_s <= 1000:
        raise ValueError(f"cm_s = {cm_s!r}; accepted: above 0, at most 1000")
    when = np.linspace(0, years, 801)
    exact = defence.shift_km(cm_s / 100, when, 1.0, 0.0)
    fig, ax = plt.subplots(figsize=(10, 4.2))
    ax.plot(
        when,
        defence.drift_km(cm_s / 100, when) / 1000,
        color=RED,
        linestyle="--",
        label="3 x push x time",
    )
    ax.plot(when, exact / 1000, color=BLUE, linestyle="-", label="Kepler's laws")
    ax.axhline(6.378, color=figures.INK, linestyle=":", label="radius of the Earth")
    ax.set(
        xlabel="years after the push",
        ylabel="shift (thousand km)",
        ylim=(0, max(10, exact.max() / 900)),
    )
    ax.legend(loc="upper left")
    over = when[np.argmax(exact >= 6378.137)] if exact.max() >= 6378.137 else None
    reached = f"after {over:.1f} years" if over is not None else f"not within {years} years"
    text = (
        f"A push of {cm_s:g} cm/s shifts the asteroid by {number(float(defence.drift_km(cm_s / 100, 10)), 'km')} in ten years. "
        f"It has moved by the Earth's radius {reached}."
    )
    return fig, text


# --- the way over the ground --------------------------------------------------------------


def last_way():
    """Return the last way of 2024 BX1 over the ground, from discovery to the fall, with its height every half hour."""
    bx1 = campaign.bx1()
    end = approach.falling(bx1.orbit.state, campaign.EPOCH)
    seconds = np.linspace(bx1.looks.seconds.min(), end, 300)
    lat, lon, height = approach.ground_track(bx1.orbit.state, campaign.EPOCH, seconds)
    fig, ax = plt.subplots(figsize=(10, 4.8))
    figures.world_map(ax, west=-12, east=48, south=38, north=58)
    figures.track(ax, lon, lat)
    beside = {15: (-10, 8, "right"), 30: (-14, -34, "right")}
    for minutes in (150, 120, 90, 60, 30, 15):
        k = int(np.argmin(np.abs(seconds - end + 60 * minutes)))
        right, up, side = beside.get(minutes, (0, -38, "left"))
        ax.plot(lon[k], lat[k], "o", color=BLUE)
        ax.annotate(
            f"{minutes} min\n{number(height[k] / 1000, digits=2)}",
            (lon[k], lat[k]),
            xytext=(right, up),
            textcoords="offset points",
            ha=side,
        )
    ax.plot(lon[-1], lat[-1], "*", color=RED, markersize=16)
    ax.set(title="minutes before the fall, and height in thousand km")
    text = (
        f"Seen first {(end - seconds[0]) / 3600:.1f} hours before the fall, {number(height[0], 'km')} up; "
        f"an hour before it was {number(float(np.interp(end - 3600, seconds, height)), 'km')} up. "
        f"It came down at {lat[-1]:.2f} degrees north, {lon[-1]:.2f} degrees east."
    )
    return fig, text


def last_hours(sees=15.0):
    """Return a globe: the last hours of 2024 BX1 in the axes of the turning Earth, and who could see it.

    sees: how high, in degrees, it must stand for an observatory.
    """
    bx1 = campaign.bx1()
    first, end = bx1.looks.seconds.min(), approach.falling(bx1.orbit.state, campaign.EPOCH)
    seconds = np.linspace(first, end, 181)
    ways = approach.propagate(bx1.orbit.state, seconds, campaign.EPOCH)[0, :, :3]
    path = np.einsum("ijn,nj->in", approach.turning(campaign.EPOCH, seconds), ways)
    height = np.linalg.norm(path, axis=0)
    start = pd.Timestamp(campaign.EPOCH) + pd.Timedelta(seconds=float(first))
    used = data.table("observatories").set_index("id").loc[sorted(set(bx1.looks.station))]
    return globe.globe(
        "The last hours of 2024 BX1",
        f"In {(end - first) / 3600:.1f} hours it comes from {number(height[0], 'km')} to {number(height[-1], 'km')} from "
        f"the Earth's middle. Marked are the {len(used)} observatories whose looks the orbit uses; those from which it "
        f"stands {sees:g} degrees high or more are lit.",
        globe.mover("2024 BX1", path, "yellow"),
        globe.places(
            list(used[["place", "latitude", "longitude"]].itertuples(index=False)), sees=sees
        ),
        start=start,
        hours=(end - first) / 3600,
        speed=600,
        centre=(35, 75),  # from the side of the way
        extent=110_000,
        chosen="2024 BX1",
    )
