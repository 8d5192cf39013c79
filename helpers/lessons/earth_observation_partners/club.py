"""What partners bring, what they gain, and how they vote."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures
from helpers.lessons.earth_observation_partners.colours import ALL, FIRST
from helpers.science import sharing


def core_sentence(players, worth):
    """Return in words what all players are worth, the least that groups ask for,
    and whether a core exists.
    """
    everyone, (least, _) = worth(players), sharing.least_total(players, worth)
    core = "a core exists" if least <= everyone + 1e-9 else "the core is empty"
    return f"all are worth {everyone}, and groups ask for {least:.0f}: {core}"


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
    """Return a figure of a newcomer's choice:
    days with a look at each capital, and who gives or takes.
    """
    fig = plt.figure(figsize=(10, 4.6), layout="none")
    ax, pay = fig.subplots(
        1,
        2,
        width_ratios=[1.5, 1],
        sharey=True,
        gridspec_kw={"left": 0.17, "right": 0.98, "bottom": 0.16, "top": 0.9},
    )
    names = list(result["use"])
    rows = np.arange(len(names))
    use, before, own = ([result[key][n] for n in names] for key in ("use", "before", "own"))
    ax.barh(rows, use, height=0.7, color=figures.COLOURS["green"], label="with the newcomer")
    ax.barh(rows, before, height=0.7, color=figures.COLOURS["sky"], label="with the partners")
    ax.plot(own, rows, "|", color=figures.INK, markersize=22, markeredgewidth=3, label="own only")
    net = [result["use"][n] - result["value"][n] for n in names]
    pay.barh(rows, net, height=0.7, color=[FIRST if v > 0 else ALL for v in net])
    pay.axvline(0, color=figures.INK, linewidth=1, linestyle="-")
    ax.set(
        xlim=(0, 28.5),
        xticks=[0, 7, 14, 21, 28],
        ylim=(len(names) - 0.4, -0.6),
        yticks=rows,
        yticklabels=names,
        xlabel="days of 28 with a look",
    )
    pay.set(xlabel="gives (-) or takes (+), days")
    ax.legend(
        loc="lower left",
        bbox_to_anchor=(-0.02, 1),
        ncols=3,
        borderaxespad=0.1,
        handlelength=1,
        columnspacing=1,
    )
    for one in (ax, pay):
        one.grid(axis="y", visible=False)
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
