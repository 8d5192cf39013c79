"""Drawings for life and work on a station: experiments by stage and by country, people by rule,
one day's books, what recycling saves, projects and crews along the years, stores, and prices.
"""

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
import pandas as pd

from helpers import figures
from helpers.base import fits
from helpers.base.numbers import written
from helpers.science import aboard, habitat
from helpers.tables import data

SHADES = {"USA": "sky", "NASA": "sky", "RUS": "orange", "ROSCOSMOS": "orange"}
SHADES |= {"CHN": "yellow", "CMSA": "yellow"}
PERSON_DAY = {"respiration_perspiration_water": "water of breath, sweat"}
AIR = {
    "brought by ship": (0, False),
    "made from water": (1, False),
    "made from water, and Sabatier": (1, True),
}


# --- the nine experiments ------------------------------------------------------------------------


def stage_bars(stages):
    """Return a figure of experiments by stage, the earliest on top. stages: a Series by name."""
    fig, ax = plt.subplots(figsize=(10, 3.6))
    colours = [figures.COLOURS[c] for c in ("sky", "sky", "sky", "vermillion")]
    ax.barh(stages.index, stages, color=colours)
    ax.bar_label(ax.containers[0], padding=6)
    ax.set(xlabel="experiments", xlim=(0, 45), ylim=(3.6, -0.6))
    ax.set_title("How many experiments have come how far?")
    return fig


def bipartite(net, experiments, host):
    """Return a figure of a graph of experiments (left) and countries (right), each group together.

    net: networkx.Graph. experiments: dict of id -> name. host: the country drawn in another colour.
    """
    names = data.table("parties").set_index("id")["name"].to_dict() | experiments
    groups = sorted(nx.connected_components(net), key=len, reverse=True)
    left = [one for group in groups for one in experiments if one in group]
    middle = {c: np.mean([left.index(one) for one in net[c]]) for c in set(net) - set(left)}
    right = sorted(middle, key=lambda c: (middle[c], c))
    place = {one: (0, -2 * n) for n, one in enumerate(left)}
    place |= {c: (1, -n) for n, c in enumerate(right)}
    fig, ax = plt.subplots(figsize=(10, 5.6))
    for one, other in net.edges:
        ends = np.transpose([place[one], place[other]])
        ax.plot(*ends, "-", color=figures.GREY, linewidth=1.5)
    for party, (x, y) in place.items():
        colour = figures.COLOURS["vermillion" if party == host else "blue"]
        ax.plot(x, y, "os"[x == 0], color=colour)
        side = {"xytext": (-12 + 24 * x, 0), "ha": ["right", "left"][x], "va": "center"}
        ax.annotate(names[party], (x, y), textcoords="offset points", **side)
    ax.set(xlim=(-0.55, 1.6), title="Who takes part in which experiment?")
    ax.axis("off")
    return fig


# --- people --------------------------------------------------------------------------------------


def people_line(line, peak):
    """Return a figure of people in orbit along time,
    with one moment marked (a row of the table).
    """
    fig, ax = plt.subplots(figsize=(10, 3.8))
    ax.step(line["time"], line["people"].astype(int), where="post", linewidth=1.6)
    ax.plot(peak["time"], peak["people"], "o", color=figures.COLOURS["vermillion"])
    most = f"{peak['people']} in {peak['time']:%B %Y}"
    ax.annotate(most, (peak["time"], peak["people"]), xytext=(12, -4), textcoords="offset points")
    ax.set_title("How many people are in orbit?")
    ax.set(ylabel="people in orbit", ylim=(0, 20), yticks=[0, 5, 10, 15, 20])
    return fig


def rule_bars(crew, rules):
    """Return a figure of one crew counted by several rules. rules:
    dict of word -> column of crew.
    """
    fig, ax = plt.subplots(figsize=(10, 3.8))
    for rule, column in rules.items():
        start = 0
        for party, count in aboard.people_by(crew, column).sort_index().items():
            colour = figures.COLOURS[SHADES.get(party, "purple")]
            ax.barh(rule, count, left=start, color=colour, edgecolor=figures.INK)
            ax.text(start + count / 2, rule, f"{party}\n{count}", ha="center", va="center")
            start += count
    ax.set(xlabel="people", xlim=(0, 19.2), ylim=(2.6, -0.6), xticks=[0, 5, 10, 15, 19])
    ax.set_title("The same people: whose are they, by each rule?")
    return fig


# --- air, water, stores --------------------------------------------------------------------------


def balance(goes_in, comes_out):
    """Return a figure of one person's day: what goes in beside what comes out (Series of kg)."""
    fig, axes = plt.subplots(1, 2, sharex=True, figsize=(10, 4.2))
    sides = ((goes_in, "in", "blue"), (comes_out, "out", "vermillion"))
    for ax, (side, word, colour) in zip(axes, sides, strict=True):
        labels = side.rename(index=PERSON_DAY).index.str.replace("_", " ")
        ax.barh(labels.str.replace("feces", "faeces"), side, color=figures.COLOURS[colour])
        title = f"{word}: {side.sum():.2f} kg"
        ax.set(title=title, xlabel="kg a day", ylim=(len(side) - 0.4, -0.6))
    figures.heading(fig, "What goes into one person in a day, and what comes out?")
    return fig


def brought_bars(brought):
    """Return a figure of what must be brought (kg a day), a bar a way of living, by item."""
    fig, ax = plt.subplots(figsize=(10, 4.2))
    colours = [figures.COLOURS[c] for c in ("orange", "sky", "blue")]
    brought.plot.barh(stacked=True, ax=ax, color=colours, edgecolor=figures.INK, legend=False)
    for bars, ink in zip(ax.containers, (figures.INK, figures.INK, figures.PAPER), strict=True):
        words = [bars.get_label() if bar.get_width() > 2 else "" for bar in bars]
        ax.bar_label(bars, words, label_type="center", color=ink)
    ax.bar_label(ax.containers[-1], [f"{kg:.1f}" for kg in brought.sum(axis=1)], padding=6)
    ax.set(xlabel="to be brought for three people (kg a day)", ylim=(2.6, -0.6), xlim=(0, 17.5))
    ax.set_title("How much less must be brought when things are won back?")
    return fig


def saving_curve(washing, savings, reported):
    """Return a figure of the yearly saving (t) by washing water,
    with the reported one as a line.
    """
    fig, ax = plt.subplots(figsize=(10, 4))
    ax.plot(washing, savings)
    ax.axhline(reported, color=figures.COLOURS["vermillion"], linestyle="--")
    ax.text(0.05, reported + 0.2, f"reported: {reported:g}")
    ax.set(xlabel="water for washing (kg a person and day)", ylabel="saved (t a year)")
    ax.set(xlim=(0, 5), ylim=(0, None), title="How much washing makes the saving that is reported?")
    return fig


def stores(full, people, recycled, oxygen, load, every):
    """Return a figure of what is left in the stores along two years,
    and a sentence with what ends first.

    full: kg by item. recycled: percent of the water. oxygen: a key of AIR. load: t a ship. every:
    days.
    """
    made, sabatier = AIR[oxygen]
    use = habitat.loop(people, recycled / 100, made, sabatier)["brought"]
    ship = aboard.split(1000 * load, use)
    days, _ = habitat.days_until_empty(full, use, ship, every)
    left = habitat.store_levels(full, use, 720, ship, every).clip(lower=0)
    fig, ax = plt.subplots(figsize=(10, 3.4))
    for name in left:
        ax.plot(left.index, left[name], label=name)
    ax.set(xlabel="day", ylabel="left (kg)", xlim=(0, 720), ylim=(0, None))
    ax.set_xticks(range(0, 721, 120))
    ax.yaxis.set_major_formatter("{x:,.0f}")
    # above the axes: where ships bring more than is used, the lines reach every corner inside
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.2)
    end = "Nothing runs out within ten years."
    if np.isfinite(days):
        end = f"{_ending(full, use, ship, every, days)} first, after {days} days."
    uses = ", ".join(f"{name} {kg:.1f}" for name, kg in use.items())
    total = f"{sum(use.values()):.1f} kg a day ({uses})"
    return fig, f"To be brought for a crew of {people:g}: {total}. {end}"


def _ending(full, use, ship, every, days):
    """Return the items that end after so many days, with their verb: two may end on one day."""
    alone = {
        item: habitat.days_until_empty({item: full[item]}, {item: kg}, {item: ship[item]}, every)
        for item, kg in use.items()
    }
    last = [item for item, (until, _) in alone.items() if until == days]
    return f"{' and '.join(last).capitalize()} {'ends' if len(last) == 1 else 'end'}"


# --- along the years -----------------------------------------------------------------------------


def projects(counts, trend):
    """Return a figure of projects along the years:
    done, approved, expected, and a line with its interval.

    counts: the table `station_projects`. trend: a fits.Line through those that were done.
    """
    years = np.linspace(2021, 2045, 100)
    expected, low, high = fits.predict(trend, years)
    fig, ax = plt.subplots()
    band = {"color": figures.COLOURS["sky"], "alpha": 0.4}
    ax.fill_between(years, low, high, label="95 % prediction interval", **band)
    ax.plot(years, expected)
    done = counts[(counts["what"] == "done") & (counts["bound"] == "number")]
    approved = counts[counts["what"] == "approved"]
    for rows, style, word in ((done, "o", "done"), (approved, "s", "approved in a first step")):
        when = aboard.decimal_years(rows["as_of"])
        ax.plot(when, rows["projects"], style, color=figures.COLOURS["vermillion"], label=word)
    said = aboard.decimal_years(counts.loc[counts["what"] == "expected", "as_of"]).min()
    words = {"color": figures.COLOURS["black"], "label": "expected, in 10 to 15 years"}
    ax.plot([said + 10, said + 15], [1000, 1000], "-", linewidth=5, **words)
    ax.set(ylabel="projects", xlim=(2021, 2045), ylim=(0, 1700), xticks=range(2021, 2046, 4))
    ax.set_title("When does the line through what was done reach 1,000?")
    ax.legend(loc="upper left")
    return fig


EVENTS = [  # table, the rows of it, and the few words for the drawing
    ("us_law_2011", "aspect == 'citation'", "a law of the United States"),
    ("esa_china", "as_of == '2014'", "ESA and CMSA sign"),
    ("esa_china", "as_of == '2017-07-28'", "aim: a European aboard by 2022"),
    ("esa_china", "as_of == '2023-01-23'", "ESA: neither budget nor approval"),
    ("esa_china", "as_of == '2023-08-18' and row == 7", "ten joint projects with ESA"),
    ("foreign_astronauts", "what == 'agreement signed'", "Pakistan and CMSA sign"),
    ("foreign_astronauts", "what == 'candidates named'", "two candidates named"),
    ("foreign_astronauts", "what.str.contains('launched')", "first from Hong Kong flies"),
]


def events():
    """Return what was signed and said of guests, by day: a DataFrame of day, words, source."""
    rows = []
    for table, query, words in EVENTS:
        row = data.table(table).query(query).iloc[0]
        dated = table == "foreign_astronauts" and str(row["value"])[:2] == "20"
        day = pd.Timestamp(row["value"] if dated else row["as_of"])
        rows.append({"day": day, "words": words, "source": row["source"]})
    return pd.DataFrame(rows).sort_values("day", ignore_index=True)


def timeline(flights, said):
    """Return a figure: what was said, one line each, and below them the crews that were aboard.

    flights: crews with launch and left_at (UTC; missing while aboard). said: day and words, see
    `events`.
    """
    fig, ax = plt.subplots(figsize=(10, 5.2))
    for number, row in enumerate(said.itertuples()):
        ax.plot(row.day, number, "o", color=figures.COLOURS["blue"])
        late = row.day.year > 2018
        place = {"xytext": (-10 if late else 10, 0), "ha": "right" if late else "left"}
        ax.annotate(row.words, (row.day, number), textcoords="offset points", va="center", **place)
    launch = flights["launch"].dt.tz_localize(None)
    home = flights["left_at"].dt.tz_localize(None).fillna(pd.Timestamp("2026-06-30"))
    for number, (up, down) in enumerate(zip(launch, home, strict=True)):
        bar = [(up, down - up)]
        shade = figures.COLOURS[("vermillion", "orange")[number % 2]]
        ax.broken_barh(bar, (len(said) + 0.4 * (number % 2), 0.4), facecolors=shade)
    ax.annotate("crews of Tiangong", (launch.iloc[0], len(said) + 0.4), xytext=(-10, 0),
                textcoords="offset points", ha="right", va="center")  # fmt: skip
    ax.set(ylim=(len(said) + 1.2, -0.7), yticks=[], title="What was said of guests, and when?")
    ax.set_xlim(pd.Timestamp("2010-06-01"), pd.Timestamp("2026-12-31"))
    return fig


# --- money ---------------------------------------------------------------------------------------


def price_bars(tickets):
    """Return a figure of prices by way in, in factors of ten. tickets: as from aboard.tickets."""
    fig, ax = plt.subplots(figsize=(10, 3.8))
    style = {"linewidth": 8, "markersize": 8, "solid_capstyle": "butt"}
    for way, ticket in tickets.iterrows():
        ends = list(dict.fromkeys(ticket[["low", "high"]]))
        ax.plot(ends, [way] * len(ends), "o-", color=figures.COLOURS["blue"], **style)
        words = " to ".join(map(written, ends))
        ax.annotate(words, (ends[0], way), xytext=(-4, 12), textcoords="offset points")
    ax.set(xscale="log", xlabel="million US dollars", xlim=(0.02, 9e6), ylim=(3.5, -0.8))
    ax.set_title("What does each way into orbit cost?")
    ax.set_xticks([0.1, 1, 10, 100, 1000, 1e4, 1e5])
    ax.xaxis.set_major_formatter("{x:,.9g}")
    return fig
