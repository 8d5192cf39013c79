"""Lesson 12: how many are known, a line of possible places, and a push."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures
from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM
from helpers.base.numbers import number
from helpers.science import defence
from helpers.tables import data

BLUE, RED, GREEN = (figures.COLOURS[name] for name in ("blue", "vermillion", "green"))
ORANGE = figures.COLOURS["orange"]


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
    ax.semilogy(years, counts, "o", color=BLUE, label="all known")
    sizes = {size: known(size) for size in ("140 m", "1 km")}
    for (size, found), mark, colour in zip(sizes.items(), "sv", (GREEN, ORANGE)):
        ax.semilogy(*found, mark, color=colour, markersize=5, label=f"{size} and more")
    ax.semilogy(years, steady, color=RED, linestyle="--", label=f"all, {percent:g} % a year")
    ax.set(xlabel="year", ylabel="near-Earth asteroids", ylim=(200, 3e6))
    ax.set_xticks([2000, 2010, 2020])
    ax.legend(loc="upper left", ncols=2)
    side.plot(*yearly_growth(), "o", color=BLUE)
    side.axhline(percent, color=RED, linestyle="--")
    side.set(xlabel="year", ylabel="growth (% a year)", ylim=(0, 50))
    figures.heading(fig, "Does the number known grow by the same share each year?")
    ten = int(np.argmin(np.abs(years - 2010)))
    text = (
        f"With {percent:g} % each year, {counts[0]:,} in 2000 become {number(steady[ten])} in 2010 "
        "and "
        f"{number(steady[-1])} in November 2025. Known were {counts[ten]:,} and {counts[-1]:,}. In "
        "January 2022, "
        f"{sizes['140 m'][1][-1]:,} of 140 m and more were known, and {sizes['1 km'][1][-1]:,} of "
        "1 km and more."
    )
    return fig, text


def shares_known(albedo=0.14):
    """Return estimates of how many near-Earth asteroids there are (number, low, high),
    how many are known, and the share.

    One row an estimate. Known of 140 m: January 2022. Of 30 m no count is known: all asteroids
    known in November 2025 stand there, so the share is the largest possible. albedo: of the model
    that has one for all.
    """
    facts = (
        data.table("defence_facts").query("attribute == 'larger than 140 m'").set_index("source")
    )
    counted = data.table("neo_known").set_index("id")["count"]
    large, all_known = counted["140m-2022-01-01"], counted["all-2025-11-20"]
    one = "one albedo for all"
    rows = [
        ("140 m", "albedos measured", *facts.loc["nesvorny-2024-neomod3", _RANGE], large),
        ("140 m", one, *_brighter(140, albedo), large),
        ("140 m", "NASA, rounded", *facts.loc["nasa-2025-10-140m", _RANGE], large),
        ("30 m", f"{one}; at most", *_brighter(30, albedo), all_known),
    ]
    table = pd.DataFrame(rows, columns=["at least", "estimate", *_RANGE, "known"])
    table["share %"] = (100 * table["known"] / table["number"]).round(1)
    return table.astype(dict.fromkeys(_RANGE, "Int64"))


_RANGE = ["number", "low", "high"]


def _brighter(diameter_m, albedo):
    """Return the number of asteroids, its low and its high end,
    that are as bright as one of a diameter; to hundreds.
    """
    model = data.table("neo_population")
    faintest = defence.absolute_magnitude(diameter_m, albedo)
    columns = (np.log(model[name]) for name in ("brighter", "low", "high"))
    return [round(float(np.exp(np.interp(faintest, model["h_to"], c))), -2) for c in columns]


def yr4_target_km():
    """Return the half width of the Earth for a body that hits as fast
    as 2024 YR4 would have, km.
    """
    facts = data.table("defence_facts").query("about == '2024 YR4' and attribute == 'impact speed'")
    return float(defence.capture_radius_km(defence.far_speed_km_s(facts["number"].iloc[0])))


def published(centre, body="Earth"):
    """Return the times and percentages that a centre published for 2024 YR4."""
    rows = data.table("yr4_probability").query("centre == @centre and body == @body")
    rows = rows.sort_values("time")
    return rows["time"], rows["percent"].to_numpy()


def yr4_offset_km():
    """Return where the Earth must stand on the line so that its share peaks at
    the highest published value.

    The share is largest when the line just ends behind the Earth: target / (offset + target).
    """
    return yr4_target_km() * (100 / published("NASA")[1].max() - 1)


def possible_places(half_width_km):
    """Return the line of possible places, as long as the learner makes it,
    with the Earth on it or beside it.
    """
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
    ax.set_title(f"Does the Earth lie on the line? Probability {100 * chance:.2f} %")
    inside = "part of it lies" if chance else "none of it lies"
    text = (
        f"A line of {number(2 * half_width_km)} km of possible places; {inside} on the Earth, "
        "which is "
        f"{number(2 * EARTH_EQUATORIAL_RADIUS_KM)} km wide and counts as {number(2 * target)}. "
        f"Probability: {100 * chance:.2f} %."
    )
    return fig, text


def rise_and_fall(seed=12):
    """Return the chance in two models, as the places shrink,
    beside the published values of 2024 YR4.
    """
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
        xlabel="half width, or spread (thousand km)",
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
    ax.set(title="two models")
    figures.heading(fig, "Why did the probability rise, and then fall?")
    when, values = published("NASA")
    text = (
        f"Models (left): both reach {100 * line.max():.1f} and {100 * max(hits):.1f} %, then fall "
        "to nothing. "
        f"Published (right): NASA went from {values[0]:.1f} % to {values.max():.2f} % on "
        f"{when.iloc[int(values.argmax())]:%d %B} and to {values[when >= '2025-02-24'][0]:.4f} % "
        "on 24 February; "
        f"ESA's highest was {published('ESA')[1].max():.1f} %. {_apophis()}"
    )
    return fig, text


def _apophis():
    """Return the highest probability before that of 2024 YR4, in words: a claim speaks of it."""
    facts = data.table("defence_facts").query("about == 'Apophis'").set_index("attribute")
    chance, across = facts.loc["impact probability"], facts.loc["diameter"]
    return (
        f"Asteroid Apophis, about {across['number']:.0f} m across, had stood at "
        f"{chance['number']:.1f} % on {chance['time']:%d %B %Y}."
    )


def _share_of_hits(sigma, centre, target, seed, count=200_000):
    """Return the share of places drawn by chance on the target plane that lie on the Earth."""
    places = defence.target_plane(sigma, sigma / 200, count, seed)
    return float(np.mean(np.hypot(places[:, 0] - centre, places[:, 1]) < target))


def pushed(cm_s, years=20):
    """Return how far a push along the motion, or against it (below 0), shifts an asteroid,
    by the linear rule and by Kepler's laws.
    """
    if not -1000 <= cm_s <= 1000:
        raise ValueError(f"cm_s = {cm_s!r}; accepted: from -1000, against the motion, to 1000")
    when = np.linspace(0, years, 801)
    exact = defence.shift_km(cm_s / 100, when, 1.0, 0.0)
    fig, ax = plt.subplots(figsize=(10, 4.2))
    ax.plot(
        when,
        np.abs(defence.drift_km(cm_s / 100, when)) / 1000,
        color=RED,
        linestyle="--",
        label="3 x push x time",
    )
    ax.plot(when, exact / 1000, color=BLUE, linestyle="-", label="Kepler's laws")
    ax.axhline(
        EARTH_EQUATORIAL_RADIUS_KM / 1000,
        color=figures.INK,
        linestyle=":",
        label="radius of the Earth",
    )
    ax.set(
        xlabel="years after the push",
        ylabel="shift (thousand km)",
        ylim=(0, max(10, exact.max() / 900)),
        title="How far does a small push shift an asteroid?",
    )
    ax.legend(loc="upper left")
    far = exact >= EARTH_EQUATORIAL_RADIUS_KM
    over = when[np.argmax(far)] if far.any() else None
    radius = "by the Earth's radius"
    reached = f"It has not moved {radius} within {years} years."
    if over is not None:
        reached = f"It has moved {radius} after {over:.1f} years."
    if cm_s == 0:
        return fig, "Without a push nothing shifts. Below 0 you push against the motion."
    way, late = ("along", "late: its year is longer") if cm_s > 0 else _AGAINST
    text = (
        f"A push of {abs(cm_s):g} cm/s {way} its motion shifts the asteroid by "
        f"{number(float(abs(defence.drift_km(cm_s / 100, 10))), 'km')} in ten years. "
        f"It arrives {late}. {reached}"
    )
    return fig, text


_AGAINST = ("against", "early: its year is shorter")


def pushed_on_ellipse(anomaly_deg, cm_s=1.0, years=20):
    """Return how far a push shifts an asteroid on the ellipse of 2024 YR4, by where it is pushed,
    beside the linear rule.

    anomaly_deg: 0 is nearest to the Sun, 180 farthest.
    """
    facts = data.table("defence_facts").query("source == 'jpl-horizons-2025-02-18'")
    yr4 = facts.set_index("attribute")["number"]
    when, push = np.linspace(0, years, 400), cm_s / 100
    exact = defence.shift_km(push, when, yr4["axis"], yr4["eccentricity"], anomaly_deg)
    rule = defence.drift_km(push, when)
    fig, ax = plt.subplots(figsize=(10, 3.8))
    ax.plot(when, exact / 1000, color=BLUE, linestyle="-", label="Kepler's laws")
    ax.plot(when, rule / 1000, color=RED, linestyle="--", label="3 x push x time")
    ax.set(xlabel="years after the push", ylabel="shift (thousand km)")
    ax.set(title="Does the rule hold on an ellipse?")
    ax.legend(loc="upper left")
    return fig, (
        f"A push of {cm_s:g} cm/s at {anomaly_deg:g} degrees: after {years} years {exact[-1]:,.0f} "
        "km, "
        f"at most {exact.max():,.0f} km; the rule for circles says {rule[-1]:,.0f} km."
    )
