"""Lesson 11: one orbiter speaks with another's rover: tries, rates, fleets, passes."""

import matplotlib.pyplot as plt
import numpy as np

from helpers import figures
from helpers.science import links, relay

BLUE, RED, GREEN = (figures.COLOURS[name] for name in ("blue", "vermillion", "green"))
INK = figures.COLOURS["black"]
ZHURONG_DEG = 25.066  # the latitude of the rover: see the table mars_link_facts


def tries(table, interval):
    """Return a figure of five tries: heard, and whole, and its words.

    table: rows with day, heard, whole; interval: (low, high) of the share that comes whole.
    """
    fig, ax = plt.subplots(figsize=(10, 2.6))
    for place, row in enumerate(table.itertuples()):
        ax.plot(
            place,
            0,
            "o",
            markersize=34,
            color=GREEN if row.whole else BLUE,
            alpha=0.4 if row.heard else 0,
        )
        ax.annotate("heard" if row.heard else "", (place, 0.42), ha="center")
        ax.annotate("data whole" if row.whole else "data spoiled", (place, -0.62), ha="center")
        ax.annotate(f"{row.day:%d %B}", (place, -0.95), ha="center")
    ax.set(xlim=(-0.6, len(table) - 0.4), ylim=(-1.1, 0.8), title="How many tries worked?")
    ax.axis("off")
    whole, heard = int(table["whole"].sum()), int(table["heard"].sum())
    return fig, (
        f"Of {len(table)} tries {heard} were heard and {whole} brought its data whole. "
        f"So few tries fit a rate of success anywhere from {interval[0]:.0%} to {interval[1]:.0%}."
    )


def link_bars(came_mbit, could):
    """Return a figure of megabits that came beside what each rate could bring, and its words.

    could: dict of rate (kbit/s) -> megabits in the time of the try.
    """
    values = {"came": came_mbit} | {f"could at {rate:g} kbit/s": v for rate, v in could.items()}
    shares = ", ".join(f"{came_mbit / v:.1%} at {r:g}" for r, v in could.items())
    fig = _bars(values, "megabits in ten minutes", "How much came of what could come?")
    return fig, f"{came_mbit:.2f} megabits came. That is {shares} kbit/s."


def fleet_bars(values, unit="megabits a sol", who="fleet"):
    """Return a figure of bars for named fleets or orbiters, in the order given, and its words."""
    told = "; ".join(f"{name} {figures.number(value)}" for name, value in values.items())
    return _bars(values, unit, f"Which {who} could carry how much?"), f"In {unit}: {told}."


def _bars(values, label, question):
    """Return a figure of horizontal bars, the first on top and red where it is what came."""
    fig, ax = plt.subplots(figsize=(10, 0.62 * len(values) + 1.4))
    names, numbers = list(values)[::-1], list(values.values())[::-1]
    ax.barh(names, numbers, color=[RED if name == "came" else BLUE for name in names])
    for place, value in enumerate(numbers):
        ax.annotate(
            figures.number(value), (value, place), (6, 0), textcoords="offset points", va="center"
        )
    ax.set(xlabel=label, xlim=(0, 1.15 * max(numbers)), title=question)
    ax.grid(axis="y", visible=False)
    return fig


def reach(km, radio=relay.Radio()):
    """Return a figure of the rate by distance with one distance marked, and its words."""
    axis = np.geomspace(300, 8000, 400)
    ladder = links.rate_kbit_s(
        axis, radio.known_rate_kbit_s, radio.known_km, radio.lowest, radio.highest
    )
    rate = links.rate_kbit_s(
        km, radio.known_rate_kbit_s, radio.known_km, radio.lowest, radio.highest
    )
    loss = links.free_space_loss_db(km, 400) - links.free_space_loss_db(radio.known_km, 400)
    fig, ax = plt.subplots(figsize=(10, 3.8))
    ax.plot(axis, ladder)
    ax.plot(km, rate, "o", color=RED, markersize=11)
    ax.set(
        xlabel="distance (km)", ylabel="kilobits a second", yticks=[8, 32, 64, 128], ylim=(-4, 140)
    )
    ax.set(title="How quick is the link at each distance?")
    said = f"{rate:.0f} kilobits a second" if rate else "nothing: too far"
    near = relay.minutes_within(relay.orbiter("mars-express"), ZHURONG_DEG, km)
    return fig, (
        f"At {km:,.0f} km the signal is {abs(loss):.0f} decibels "
        f"{'stronger' if loss < 0 else 'weaker'} than at {radio.known_km:,.0f} km, "
        f"and this radio brings {said}. By this model Mars Express is as near as that over Zhurong "
        f"for {near:.1f} minutes a sol."
    )


def passes(height, inclination, latitude):
    """Return a figure of one orbiter's passes over a rover in two sols, and its words."""
    one = relay.Orbiter("one", height, height, inclination)
    seconds, distance, elevation = relay.look(one, latitude)
    up = elevation >= 10
    total = relay.mbit_a_sol([one], latitude)
    fig, ax = plt.subplots(figsize=(10, 4))
    ax.plot(seconds / 3600, np.where(elevation > 0, elevation, np.nan))
    ax.fill_between(seconds / 3600, 0, elevation, where=up, color=BLUE, alpha=0.3)
    ax.axhline(10, color=INK, linestyle=":", linewidth=1)
    ax.set(
        xlabel="hours",
        ylabel="above the horizon (degrees)",
        ylim=(0, 90),
        xlim=(0, seconds[-1] / 3600),
    )
    near = f"as near as {distance[up].min():,.0f} km" if up.any() else "never in these two sols"
    return fig, (
        f"{len(relay.passes(elevation))} passes in two sols, {near}. "
        f"On average {figures.number(total)} megabits a sol come through."
    )
