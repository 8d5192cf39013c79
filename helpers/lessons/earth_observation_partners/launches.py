"""Launches for users abroad: the first of each kind of firm, and what users got."""

import matplotlib.pyplot as plt
import pandas as pd

from helpers import figures
from helpers.lessons.earth_observation_partners.colours import ALL, FIRST
from helpers.tables import data


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
        title="Which launch for a user abroad was the first?",
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
