"""Lesson 13: all dividends side by side, a mission of your own, and their drawings."""

import matplotlib.pyplot as plt
import numpy as np

from helpers import figures
from helpers.base.numbers import written
from helpers.learning import dividends, record
from helpers.science import design, goals
from helpers.tables import data

ALONE, SIZE, ALL = (figures.COLOURS[c] for c in ("vermillion", "orange", "blue"))
NEAR_ONE = (0.95, 1.05)  # the words of the dividend: about the same
TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)


# --- all dividends ------------------------------------------------------------------------------


def side_by_side(against):
    """Return a figure of the ratios of all lessons on one logarithmic axis, with ranges, and its
    sentence.

    against: "alone", "same size" or "both". Raises ValueError for another word.
    """
    kinds = {"alone": ["alone"], "same size": ["size"], "both": ["alone", "size"]}
    if against not in kinds:
        raise ValueError(f"against = {against!r}; accepted: {', '.join(map(repr, kinds))}")
    table = dividends.ratios(dividends.ranked())
    fig, ax = plt.subplots(figsize=(10, 5.2))
    looks = {
        "alone": (ALONE, "o", "against the best partner alone"),
        "size": (SIZE, "s", "against the same size"),
    }
    for kind in kinds[against]:
        colour, marker, label = looks[kind]
        shift = 0.0 if against != "both" else -0.14 if kind == "alone" else 0.14
        rows = np.arange(len(table)) + shift
        low, high = table[f"{kind}_low"].to_numpy(), table[f"{kind}_high"].to_numpy()
        ax.hlines(rows, low, high, color=colour, linewidth=5, alpha=0.75)
        middle = np.sqrt(low * high)
        ax.plot(middle, rows, marker, color=colour, label=label, markersize=9, linestyle="none")
    ax.axvline(1, color=figures.INK, linewidth=1.5, linestyle="-")
    titles = data.table("lessons").set_index("id")["title"].to_dict() | {"13": "Your mission"}
    names = [f"{lesson} {titles[lesson]}" for lesson in table.index]
    shown = table[[f"{k}_{end}" for k in kinds[against] for end in ("low", "high")]]
    ax.set(
        xscale="log",
        yticks=range(len(table)),
        yticklabels=names,
        ylim=(len(table) - 0.5, -0.6),
        xlim=(0.8 * min(shown.min().min(), 1), 1.25 * shown.max().max()),
        xlabel="times as good together (1: the same)",
        title="How many times as good is it together?",
    )
    ticks = [t for t in TICKS if ax.get_xlim()[0] <= t <= ax.get_xlim()[1]]
    ax.set_xticks(ticks, [f"{t:g}" for t in ticks])
    ax.minorticks_off()
    ax.grid(axis="y", visible=False)
    fig.legend(loc="outside lower right", ncols=2)
    said = " ".join(_said(table, kind) for kind in kinds[against])
    mine = (table["run"] == "yours").sum()
    return fig, f"{said} Your own runs: {mine} of {len(table)}, the others are the course's."


def _said(table, kind):
    low, high = table[f"{kind}_low"], table[f"{kind}_high"]
    whom = "the best partner alone" if kind == "alone" else "the same size in one hand"
    above, below = (low > NEAR_ONE[1]).sum(), (high < NEAR_ONE[0]).sum()
    least, most = low.idxmin(), high.idxmax()
    return (
        f"Against {whom}: from {written(float(low.min()))} (lesson {least}) to "
        f"{written(float(high.max()))} "
        f"(lesson {most}); clearly above 1: {above} of {len(table)}, clearly below: {below}, "
        f"near 1 or on both sides: {len(table) - above - below}."
    )


def count(against, least):
    """Return in how many lessons together is at least so many times as good, whatever the range
    says.
    """
    table = dividends.ratios(dividends.ranked())
    return int((table["alone_low" if against == "alone" else "size_low"] >= least).sum())


def access():
    """Return the access numbers as a table: who gets in, or at what price; not ranked with the
    ratios.
    """
    rows = [
        [
            lesson,
            one.question,
            one.unit,
            written(one.spread("alone")),
            written(one.spread("together")),
        ]
        for lesson, (one, _) in dividends.access().items()
    ]
    header = ["lesson", "question", "unit", "alone", "together"]
    return record.View("Who gets in, or at what price", header, rows, [])


def reasons():
    """Return the counterexample of each lesson beside its ratio, sorted by reason, as a table."""
    ratios = dividends.ratios(dividends.ranked())
    table = data.table("counterexamples").sort_values(["reason", "lesson"])
    rows = [
        [row.reason, row.lesson, row.counterexample, _ratio(ratios.loc[row.lesson])]
        for row in table.itertuples()
    ]
    header = ["reason", "lesson", "counterexample", "ratio of the lesson, against alone"]
    return record.View("When together gives nothing more", header, rows, [])


def _ratio(row):
    low, high = row["alone_low"], row["alone_high"]
    if np.isnan(low):
        return "only together"
    return written((float(low), float(high)) if high > low else float(low))


def designs(**missions):
    """Return two or more missions side by side, as a table with a column each, named as given."""
    table = design.beside(**missions)
    rows = [[name, *row] for name, row in zip(table.index, table.to_numpy().tolist(), strict=True)]
    return record.View("Designs side by side", ["", *table.columns], rows, [])


def priced(prices):
    """Return prices as a table: what one unit cost (`each`, millions), and all that it covers."""
    shown = prices[["goal", "thing", "units", "each", "currency", "covers", "as_of"]]
    rows = shown.assign(each=shown["each"].map("{:,.1f}".format)).to_numpy().tolist()
    header = ["goal", "thing", "units", "each, million", "currency", "covers", "as of"]
    return record.View("What one cost, and what the price covers", header, rows, [])


# --- a mission ------------------------------------------------------------------------------------


def gives_and_costs(mission):
    """Return a figure of a mission: what it gives beside alone and the same size, and what each way
    costs.
    """
    found = mission.dividend()
    low, high, currency = design.price(mission.goal)
    fig, (ax, pay) = plt.subplots(1, 2, figsize=(10, 4.2), width_ratios=[1.25, 1])
    figures.dividend_bars(ax, found)
    ax.set_title(f"{len(mission.partners)} partners, {len(mission.added)} new", fontsize=14)
    single = mission.needed([found.owner])
    further = mission.to_beat_same_size()
    ways = {"these new ones": len(mission.added), f"{found.owner} alone,\nto get as much": single}
    ways["all, to match the\nsame size anywhere"] = (
        None if further is None else len(mission.added) + further
    )
    for row, number in enumerate(ways.values()):
        if number is not None:
            pay.barh(row, number * (high - low), left=number * low, height=0.55, color=SIZE)
            if high == low or number == 0:
                pay.plot(number * low, row, "D", color=SIZE, markersize=9)
        label = "more than 12" if number is None else f"{number}"
        pay.annotate(
            label,
            (0 if number is None else number * high, row),
            xytext=(11, 0),  # beyond a diamond of a single price
            textcoords="offset points",
            va="center",
        )
    most = max((n for n in ways.values() if n is not None), default=1) or 1
    pay.set(
        yticks=range(len(ways)),
        yticklabels=list(ways),
        ylim=(len(ways) - 0.5, -0.5),
        xlim=(0, 1.3 * most * high),
        xlabel=f"price, million {currency}",
    )
    pay.grid(axis="y", visible=False)
    figures.heading(fig, "What does it give, and what does it cost?")
    return fig, f"{found.sentence()} {_money(mission, single, further)}"


def _money(mission, single, further):
    low, high, currency = mission.budget()
    each = design.price(mission.goal)[:2]
    thing = mission.aim.thing
    text = f"New: {_count(len(mission.added), thing)}, {written((low, high))} million {currency}. "
    text += (
        f"To get as much without the others, {mission.dividend().owner} would buy "
        f"{_count(single, thing)}, "
        f"{written((single * each[0], single * each[1]))} million. "
    )
    if further is None:
        return text + "Twelve more are not enough to match the same size anywhere."
    if further == 0:
        return text + "All together are as good as the same size anywhere."
    more = written((further * each[0], further * each[1]))
    return text + f"To match the same size anywhere, all would need {further} more, {more} million."


def _count(number, thing):
    plural = f"{thing}es" if thing.endswith("sh") else f"{thing}s"
    return f"{number} {thing if number == 1 else plural}"


def may_fail(mission, works=None, one_rocket=False):
    """Return a figure of what is left when new units fail, with the chance of each case, and its
    sentence.
    """
    risk = mission.risk(works, one_rocket)
    fig, (ax, odds) = plt.subplots(1, 2, figsize=(10, 4.0), sharey=True)
    rows = risk["working"].to_numpy()
    ax.barh(rows, risk["gain_mean"], height=0.6, color=ALL)
    worst = risk["gain_worst"].to_numpy()
    ax.plot(worst, rows, "|", color=figures.INK, markersize=20, markeredgewidth=3)
    chance = 100 * risk[["chance_low", "chance_high"]].to_numpy()
    odds.barh(
        rows,
        chance.max(axis=1) - chance.min(axis=1),
        left=chance.min(axis=1),
        height=0.6,
        color=SIZE,
    )
    odds.plot(chance.mean(axis=1), rows, "D", color=SIZE, markersize=8, linestyle="none")
    ax.set(
        yticks=rows, ylabel="new ones that work", xlabel=f"{mission.aim.unit} (mark: worst case)"
    )
    odds.set(xlabel="chance (%)", xlim=(0, 105))
    for one in (ax, odds):
        one.grid(axis="y", visible=False)
    figures.heading(fig, "What is left when new ones fail?")
    more = tuple(100 * c for c in mission.chance_of_more(works, one_rocket))
    if not rows[-1]:
        return fig, f"No new one, so nothing new can fail. {_stays(mission, worst[-1])}"
    every, none = chance[-1], chance[0]
    return fig, (
        f"All {rows[-1]} work with a chance of {written(_between(every))} %, none with "
        f"{written(_between(none))} %. "
        f"Then all partners get {written(float(worst[-1]))} or {written(float(worst[0]))} "
        f"{mission.aim.unit}. "
        f"Chance to get more than the best partner of today: {written(_between(more))} %."
    )


def _stays(mission, gain):
    return f"All partners keep {written(float(gain))} {mission.aim.unit}."


def _between(pair):
    low, high = (float(v) for v in sorted(pair))
    return low if high - low < 0.05 else (low, high)


def who_pays(mission, saved=...):
    """Return a figure of what each group of partners would buy on its own, and who pays for how
    many.

    saved: how many the partners save together; `...` draws what is known without it.
    """
    alone = {p: mission.needed([p]) for p in mission.partners}
    shares = mission.shares()
    fig, ax = plt.subplots(figsize=(10, 3.8))
    rows = np.arange(len(alone))
    ax.barh(
        rows - 0.18,
        list(alone.values()),
        height=0.34,
        color=ALONE,
        label="would buy without the others",
    )
    known = saved is not ... and isinstance(saved, (int, float))
    if known:
        ax.barh(
            rows + 0.18, list(shares.values()), height=0.34, color=ALL, label="pays for, by Shapley"
        )
    ax.axvline(0, color=figures.INK, linewidth=1, linestyle="-")
    ax.set(
        yticks=rows,
        yticklabels=list(alone),
        ylim=(len(alone) - 0.4, -0.6),
        xlabel=f"how many {mission.aim.thing}s",
    )
    ax.locator_params("x", steps=[1, 5, 10])  # whole and half ones, no quarters
    ax.grid(axis="y", visible=False)
    fig.legend(loc="outside lower right", ncols=2)
    ax.set(title="How many does each pay for?")
    apart = ", ".join(f"{p} {n}" for p, n in alone.items())
    said = f"Each without the others would buy: {apart}. Together they buy {len(mission.added)}."
    if not known:
        return fig, f"{said} No number yet: complete the line above and run the cell again."
    right = sum(alone.values()) - len(mission.added)
    if not np.isclose(saved, right):
        return (
            fig,
            f"{said} They save {saved:g}? Add up what they would buy apart, and take off what they "
            "buy together.",
        )
    split = ", ".join(
        f"{p} {written(s) if s >= 0 else '-' + written(-s)}" for p, s in shares.items()
    )
    rule = (
        "Each pays its own number less half of that"
        if len(alone) == 2
        else "Each pays what it adds to the bill, as a mean over all orders of joining"
    )
    return fig, f"{said} They save {right:g}. {rule}: {split}."


# --- explore --------------------------------------------------------------------------------------


def weather_mission(partners, slots, new):
    """Return a figure of a weather mission: who stands where on the ring, and what they see, and
    its sentence.

    partners: operators; slots: degrees east of new satellites; new: how many of them fly.
    """
    aim = goals.goal("weather")
    low, high, currency = design.price("weather")
    seats = {p: aim.owners[p] for p in partners}
    added = [aim.new("new", east, n) for n, east in enumerate(slots[:new], 1)]
    fig, ax = plt.subplots(figsize=(10, 3.8))
    for row, (owner, own) in enumerate(seats.items()):
        ax.plot([s.longitude for s in own], [row] * len(own), "o", color=ALL, markersize=10)
    ax.plot(
        [s.longitude for s in added],
        [len(seats)] * len(added),
        "D",
        color=ALONE,
        markersize=10,
    )
    ax.set(
        xlim=(-188, 188),  # one at 180 degrees keeps off the frame and the names
        xticks=range(-180, 181, 60),
        ylim=(len(seats) + 0.5, -0.5),
        yticks=range(len(seats) + 1),
        yticklabels=[*seats, "new"],
        xlabel="degrees east, over the equator",
    )
    every = [*(s for own in seats.values() for s in own), *added]
    if not every:
        return fig, "Nobody takes part yet: tick an owner, or add a satellite."
    best = max(seats, key=lambda p: aim.gain(seats[p])) if seats else None
    alone = (
        f"The best of {len(seats)} alone, {best}, sees {aim.gain(seats[best]):.1f} %. "
        if best
        else ""
    )
    return fig, (
        f"{alone}All {len(every)} satellites together see {aim.gain(every):.1f} % of the Earth. "
        f"New: {len(added)}, at {written((len(added) * low, len(added) * high))} million "
        f"{currency}."
    )
