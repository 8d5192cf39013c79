"""What partners bring, what they gain, and how they vote."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures
from helpers.lessons.earth_observation_partners.colours import ALL, FIRST, OWN
from helpers.science import sharing


def core_sentence(players, worth):
    """Return in words what all players are worth, the least that groups ask for,
    and whether a core exists.
    """
    everyone, (least, _) = worth(players), sharing.least_total(players, worth)
    core = "a core exists" if least <= everyone + 1e-9 else "the core is empty"
    return f"all are worth {everyone}, and groups ask for {least:.0f}: {core}"


def uses_and_brings(uses, paid):
    """Return a figure of what each member uses and brings, which is what it uses less what it pays;
    uses, paid: owner -> days of looks.
    """
    fig, ax = plt.subplots(figsize=(10, 3.8))
    brings = {who: uses[who] - paid[who] for who in uses}
    table = pd.DataFrame({"uses": uses, "brings": brings})
    table.plot.barh(ax=ax, width=0.75, color=[ALL, OWN])
    ax.set(xlabel="days of looks in four weeks", title="Who uses more than it brings?")
    ax.invert_yaxis()
    return fig


def fair_share(own_costs, shares):
    """Return a figure of Brazil's fair share (percent) by what it alone would pay (million US
    dollars), beside the two agreed shares.
    """
    fig, ax = plt.subplots(figsize=(10, 3.8))
    ax.plot(own_costs, shares, label="fair share of Brazil")
    for share in (30, 50):
        ax.axhline(share, color=figures.GREY, linestyle=":", linewidth=1.5)
    ax.set(xlabel="what Brazil alone would pay (million US dollars)", ylabel="share (%)")
    ax.set(title="What is Brazil's fair share?")
    return fig


def joining(orders):
    """Return a figure of what each member adds in each order of joining, and the mean below."""
    fig, ax = plt.subplots(figsize=(10, 4.6))
    shades = dict(zip(orders.columns, (figures.COLOURS[c] for c in ("orange", "sky", "green"))))
    rows = [*orders.iterrows(), ("mean: the Shapley value", orders.mean())]
    for row, (order, brings) in enumerate(rows):
        names = order.split(", ") if row < len(orders) else list(orders.columns)
        start, place = 0.0, row + 0.4 * (row == len(orders))
        for name in names:
            ax.barh(
                place,
                brings[name],
                left=start,
                height=0.72,
                color=shades[name],
                edgecolor=figures.PAPER,
            )
            ax.annotate(
                f"{brings[name]:g}" if row < len(orders) else f"{brings[name]:.1f}",
                (start + brings[name] / 2, place),
                ha="center",
                va="center",
            )
            start += brings[name]
    for name, shade in shades.items():
        ax.barh(0, 0, color=shade, label=name)
    places = [*range(len(orders)), len(orders) + 0.4]
    ax.set(
        yticks=places,
        yticklabels=[order for order, _ in rows],
        ylim=(places[-1] + 0.5, -0.5),
        xlabel="days with a look, all three capitals together",
    )
    fig.legend(loc="outside lower right", ncols=3)
    ax.set(title="What does each member add when it joins?")
    ax.grid(axis="y", visible=False)
    return fig


def club(result):
    """Return a figure of a newcomer's choice: days with a look at each capital, and what each gives
    or takes.
    """
    fig = plt.figure(figsize=(10, 4.6), layout="none")
    ax = fig.add_axes((0.16, 0.16, 0.6, 0.74))
    names = list(result["use"])
    use, before, own = ([result[key][n] for n in names] for key in ("use", "before", "own"))
    rows = np.arange(len(names))
    figures.spans(ax, rows, 0, use, "green", height=0.7)
    figures.spans(ax, rows, 0, before, "sky", height=0.7)
    ax.vlines(own, rows - 0.2, rows + 0.2, figures.INK, lw=3)
    ax.set(
        xlim=(0, 28),
        xticks=[0, 7, 14, 21, 28],
        ylim=(len(names) - 0.5, -0.5),
        yticks=range(len(names)),
        yticklabels=names,
        xlabel="days of 28 with a look",
    )
    ax.grid(axis="y", visible=False)
    for row, name in enumerate(names):
        net = result["use"][name] - result["value"][name]
        says = f"{'takes' if net > 0 else 'gives'} {abs(net):.1f} days"
        ax.text(29, row, says, va="center", weight="bold", color=FIRST if net > 0 else ALL)
    keys = (("with the newcomer", "green"), ("with the partners", "sky"), ("own only", "black"))
    for x, (says, colour) in zip((0, 10.5, 20.5), keys):
        high = {"transform": ax.get_xaxis_transform(), "color": figures.COLOURS[colour]}
        ax.text(x, 1.03, "|" if says == "own only" else "\u25a0", weight="bold", **high)
        ax.text(x + 1, 1.03, says, **{**high, "color": figures.INK})
    return fig


def club_sentence(result):
    """Return what a newcomer's choice gives, in words:
    its hours, what it brings, what the partners gain.
    """
    newcomer, *partners = result["use"]
    alone, together = (
        "no look" if np.isinf(result[key]) else f"{result[key]:.1f} hours between looks"
        for key in ("alone_h", "together_h")
    )
    count = "1 partner" if len(partners) == 1 else f"{len(partners)} partners"
    gains = {p: result["use"][p] - result["before"][p] for p in partners}
    helped = [f"{p} {days:+d}" for p, days in gains.items() if days] or ["none"]
    net = result["use"][newcomer] - result["value"][newcomer]
    return (
        f"{newcomer}: alone {alone}, with {count} {together}. "
        f"It uses {result['use'][newcomer]} days and brings {result['value'][newcomer]:.1f}, so it "
        f"{'takes' if net > 0 else 'gives'} {abs(net):.1f}. Days that partners gain by it: "
        f"{', '.join(helped)}."
    )


def votes(shares_percent, quotas):
    """Return voting power in percent by share of cost:
    a DataFrame, one column a quota in percent.
    """
    weights = {p: round(10 * s) for p, s in shares_percent.items()}
    power = {f"{q:g}": sharing.power(weights, round(10 * q)) for q in quotas}
    table = {q: {p: 100 * float(v) for p, v in one.items()} for q, one in power.items()}
    return pd.DataFrame(table).rename_axis("quota")
