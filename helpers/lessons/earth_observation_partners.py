"""Lesson 10: the satellites that states share, who looks where, and its drawings."""

from functools import lru_cache

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.collections import PolyCollection
from matplotlib.colors import LogNorm
from matplotlib.path import Path

from helpers import figures
from helpers.figures import globe
from helpers.science import imaging, orbits, pooling, revisit, sharing, worldmap
from helpers.tables import data

BEGIN, END, DAYS = pooling.BEGIN, pooling.END, pooling.DAYS
HOUR = pd.Timedelta(hours=1)
OWN, ALL = figures.COLOURS["orange"], figures.COLOURS["blue"]
FIRST = figures.COLOURS["vermillion"]
COLOURS = ("sky", "vermillion", "yellow", "green", "purple")  # of owners on the globe
BARS = {"color": OWN, "edgecolor": figures.INK, "linewidth": 0.8}


# --- who owns what, and where they look -----------------------------------------------------------


def members():
    """Return the members of the BRICS constellation:
    a DataFrame by name, with party and capital.
    """
    rows = data.table("sharing_members").query("body == 'BRICS constellation'")
    names = data.table("parties").set_index("id")["name"]
    return rows.assign(name=rows["party"].map(names)).set_index("name").sort_index()


def units():
    """Return a dict of member -> names of its satellites in the constellation
    (CBERS 4 has two owners).
    """
    rows = data.table("brics_satellites").groupby("party")["satellite"].agg(list)
    return {name: rows.get(party, []) for name, party in members()["party"].items()}


@lru_cache(maxsize=8)
def looks(look_deg=30.0):
    """Return the looks of the six satellites at the five capitals in the four weeks, by day.

    A DataFrame as of `imaging.windows`, with member (whose capital) and day (0 to 27) of each.
    look_deg: how far a camera may look aside, the same for all.
    """
    chosen = members()
    places = pooling.capitals(chosen["party"])
    six = pooling.fleet().loc[sorted({s for own in units().values() for s in own})]
    seen = imaging.usable(imaging.windows(six, places, BEGIN, END, look_deg=look_deg))
    owner = dict(zip(places["name"], chosen.index, strict=True))
    day = (seen["opens"] - pd.Timestamp(BEGIN, tz="UTC")) // pd.Timedelta(days=1)
    return seen.assign(member=seen["place"].map(owner), day=day)


def shared_fleet(seen, member="South Africa", look_deg=30.0):
    """Return a globe: the six satellites on the first of the four weeks' days on which one
    looks at a member's capital.

    seen: as `looks` returns it. Twelve hours are shown, around the first look.
    """
    own = seen[seen["member"] == member].sort_values("opens")
    first = own.iloc[0]
    start = first["opens"].floor("h") - 3 * HOUR
    day = own[own["opens"].between(start, start + 12 * HOUR)]
    names = sorted({name for of_member in units().values() for name in of_member})
    colours = dict(zip(sorted(pooling.fleet().loc[names, "owner"].unique()), COLOURS))
    place = pooling.capitals([members().loc[member, "party"]]).iloc[0]
    movers = [
        globe.satellite(
            orbits.from_lines(row.line1, row.line2),
            start,
            12,
            name=row.name_,
            max_age_days=imaging.MAX_AGE_DAYS,
            colour=colours[row.owner],
            track=45,
            look=look_deg,
            note=f"Owner: {row.owner}.",
        )
        for row in pooling.fleet()
        .loc[names]
        .rename(columns={"name": "name_"})
        .itertuples(index=False)
    ]
    return globe.globe(
        "Six shared satellites",
        f"Six satellites of {len(colours)} owners, over twelve hours from {start:%H:%M} UTC on "
        f"{start:%d %B %Y}. By day and "
        f"within {look_deg:g} degrees they look at {place['name']} {len(day)} times; the first is "
        f"{first['satellite']}, "
        f"{(first['opens'] - start) / HOUR:.1f} hours after the start.",
        *movers,
        globe.places([(place["name"], place["latitude_deg"], place["longitude_deg"])]),
        start=start,
        hours=12,
        now=max(0.0, (first["opens"] - start) / HOUR),
        speed=600,
        centre=(place["latitude_deg"], place["longitude_deg"]),
        chosen=first["satellite"],
    )


def hours(seen, member, satellites):
    """Return the hours between looks of some satellites at a member's capital, at a random moment;
    infinite without a look.
    """
    rows = seen[(seen["member"] == member) & seen["satellite"].isin(list(satellites))]
    return revisit.median_gap(rows, BEGIN, END) if len(rows) else np.inf


def days(seen, member, satellites):
    """Return on how many of the 28 days some satellites look at a member's capital."""
    rows = seen[(seen["member"] == member) & seen["satellite"].isin(list(satellites))]
    return int(rows["day"].nunique())


def bought(launches):
    """Return what users abroad got: a DataFrame by satellite, for whom, built and flown by whom,
    price in millions of US dollars.
    """
    names = data.table("parties").set_index("id")["name"]
    price = launches["price_musd"].map(lambda usd: "given" if usd == 0 else f"{usd:g}", "ignore")
    return pd.DataFrame(
        {
            "for": launches["user"].map(lambda party: names[party].split(" (")[0]),
            "built": launches["builder"].fillna("-"),
            "flown by": launches["firm"],
            "price": price.fillna("-"),
        }
    ).set_index(launches["satellite"].rename(None))


def core_sentence(players, worth):
    """Return in words what all players are worth, the least that groups ask for,
    and whether a core exists.
    """
    everyone, (least, _) = worth(players), sharing.least_total(players, worth)
    core = "a core exists" if least <= everyone + 1e-9 else "the core is empty"
    return f"all are worth {everyone}, and groups ask for {least:.0f}: {core}"


# --- drawings -------------------------------------------------------------------------------------


def firsts(table, found):
    """Return a figure of launches along the years, the chosen ones filled and the first marked,
    and its sentence.
    """
    kinds = ["state", "commercial arm of a state group", "commercial"]
    fig, ax = plt.subplots(figsize=(10, 4.2))
    for row in table.itertuples():
        chosen = row.id in set(found["id"])
        abroad = row.user != row.firm_home
        ax.plot(
            row.day,
            kinds.index(row.firm_kind),
            "o" if abroad else "s",
            markersize=12,
            color=ALL,
            markerfacecolor=ALL if chosen else figures.PAPER,
            markeredgewidth=2,
        )
    if len(found):
        first = found.sort_values("day").iloc[0]
        spot = (first["day"], kinds.index(first["firm_kind"]))
        ax.plot(*spot, "o", markersize=24, markerfacecolor="none", color=FIRST, markeredgewidth=2.5)
        early = first["day"].year < 2005
        ax.annotate(
            f"first: {first['satellite']}",
            spot,
            xytext=(16 if early else -16, 16),
            textcoords="offset points",
            ha="left" if early else "right",
            color=FIRST,
        )
    ax.set_yticks(
        range(3), ["a state firm", "the commercial arm\nof a state group", "a commercial firm"]
    )
    ax.set(
        ylim=(-0.5, 2.7),
        xlabel="launched (circle: for a user abroad, square: at home)",
        xlim=(pd.Timestamp("1988-01-01"), pd.Timestamp("2027-06-01")),
    )
    said = "No launch is left. Put a kind back."
    if len(found):
        firm = data.table("parties").set_index("id")["name"][first["firm"]]
        said = (
            f"Of {len(table)} launches {len(found)} are left. The first is {first['satellite']}, "
            f"on {first['day']:%-d %B %Y}, by {firm}."
        )
    return fig, said


def week(seen, member, own, between):
    """Return a figure: looks at a member's capital in a week, by who owns them,
    and the hours between.

    own: dict of member -> satellites; between: dict of the same members and "all" -> hours between
    looks.
    """
    fig, (ax, bars) = plt.subplots(1, 2, figsize=(10, 4.6), width_ratios=[1.7, 1], sharey=True)
    names = [*own, "all"]
    here = seen[(seen["member"] == member) & (seen["day"].between(11, 17))]
    hour = (here["opens"] - pd.Timestamp(BEGIN, tz="UTC")) / HOUR / 24
    for row, name in enumerate(names):
        mine = here["satellite"].isin(own.get(name, here["satellite"].unique())).to_numpy()
        ax.plot(
            hour[mine] - 11,
            np.full(mine.sum(), row),
            "|",
            markersize=22,
            markeredgewidth=2.5,
            color=ALL if name == "all" else FIRST,
        )
        wait = between[name]
        never = np.isinf(wait)
        bars.barh(row, 0 if never else wait, height=0.55, color=ALL if name == "all" else OWN)
        bars.annotate(
            "never" if never else f"{wait:.1f}",
            (0 if never else wait, row),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
        )
    labels = [f"{n} ({len(own[n])})" if n in own else "all together" for n in names]
    ax.set(
        yticks=range(len(names)),
        yticklabels=labels,
        ylim=(len(names) - 0.4, -0.6),
        xlim=(0, 7),
        xticks=range(8),
        xlabel="day of one week (UTC)",
    )
    bars.set(
        xlim=(0, 1.25 * max(w for w in between.values() if np.isfinite(w))),
        xlabel="hours between looks",
    )
    for one in (ax, bars):
        one.grid(axis="y", visible=False)
    return fig


def revisit_maps(grid, maps, label="hours between looks", limits=(12, 96)):
    """Return a figure of maps of the Earth side by side, one a title,
    cells coloured by hours on one scale.
    """
    fig, axes = plt.subplots(1, len(maps), figsize=(10, 4.1), squeeze=False, sharey=True)
    corners = grid[["west", "south", "east", "north"]].to_numpy()
    boxes = [[(w, s), (e, s), (e, n), (w, n)] for w, s, e, n in corners]
    for ax, (title, values) in zip(axes[0], maps.items(), strict=True):
        figures.frame(ax)
        shown = np.clip(values, *limits)
        scale = {"cmap": "viridis_r", "norm": LogNorm(*limits), "edgecolors": "face"}
        cells = ax.add_collection(PolyCollection(boxes, array=shown, linewidths=0.2, **scale))
        for ring in worldmap.land():
            ax.plot(*ring.T, color=figures.INK, linewidth=0.7, linestyle="-")
        ax.set(title=title, xticks=[-120, 0, 120])
    ticks = [12, 24, 48, 96]
    bar = fig.colorbar(cells, ax=axes[0], label=label, location="bottom", aspect=40, shrink=0.7)
    bar.ax.set_xticks(ticks, ["12 or less", "24", "48", "96 or more"])
    bar.ax.minorticks_off()
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
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.2)
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


# --- the Earth by bands, and its land -------------------------------------------------------------


def bands(grid, alone, together):
    """Return mean hours between looks, alone and together, by how far a cell is from the equator.

    A DataFrame: near the equator (within the tropics), between, near the poles (beyond the polar
    circles), whole Earth; columns median and longest gap, alone and together. Cells have equal
    areas, so means are of areas.
    """
    zone = pd.cut(abs(grid["latitude_deg"]), [0, 23.44, 66.56, 90])
    zone = zone.cat.rename_categories(["near the equator", "between", "near the poles"])
    table = pd.concat(
        {
            "median": pd.DataFrame({"alone": alone["median_h"], "together": together["median_h"]}),
            "longest": pd.DataFrame(
                {"alone": alone["longest_h"], "together": together["longest_h"]}
            ),
        },
        axis=1,
    )
    rows = table.groupby(zone, observed=True).mean()
    rows.index = rows.index.astype(str)
    return pd.concat([rows, table.mean().to_frame("the whole Earth").T]).rename_axis("where")


def on_land(grid):
    """Return which cells of a grid have their middle on land."""
    inside = np.zeros(len(grid), bool)
    for ring in worldmap.land():
        inside ^= Path(ring).contains_points(grid[["longitude_deg", "latitude_deg"]])
    return inside
