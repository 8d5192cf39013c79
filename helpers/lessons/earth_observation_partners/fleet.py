"""Whose satellites look at which capital, and how often."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures
from helpers.figures import globe
from helpers.lessons.earth_observation_partners.colours import ALL, FIRST, OWN
from helpers.science import imaging, in_use, orbits, pooling, revisit
from helpers.tables import data

DAYS = pooling.DAYS
HOUR = pd.Timedelta(hours=1)
COLOURS = ("sky", "vermillion", "yellow", "green", "purple")  # of owners on the globe


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


@in_use.kept
def looks(look_deg=30.0):
    """Return the looks of the six satellites at the five capitals in the four weeks, by day.

    A DataFrame as of `imaging.windows`, with member (whose capital) and day (0 to 27) of each.
    look_deg: how far a camera may look aside, the same for all.
    """
    chosen = members()
    places = pooling.capitals(chosen["party"])
    six = pooling.fleet().loc[sorted({s for own in units().values() for s in own})]
    seen = imaging.usable(imaging.windows(six, places, *pooling.month(), look_deg=look_deg))
    owner = dict(zip(places["name"], chosen.index, strict=True))
    day = (seen["opens"] - pooling.month()[0]) // pd.Timedelta(days=1)
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
    shared = {who: of_member for who, of_member in units().items() if of_member}
    names = sorted({name for of_member in shared.values() for name in of_member})
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
            note=_owned_by([who for who, own in shared.items() if row.name_ in own]),
        )
        for row in pooling.fleet()
        .loc[names]
        .rename(columns={"name": "name_"})
        .itertuples(index=False)
    ]
    return globe.globe(
        f"Which of six shared satellites looks at {place['name']}?",
        f"Six satellites of {len(shared)} owners, over twelve hours from {start:%H:%M} UTC on "
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


def _owned_by(owners):
    return f"{'Owner' if len(owners) == 1 else 'Owners'}: {' and '.join(owners)}."


def hours(seen, member, satellites):
    """Return the hours between looks of some satellites at a member's capital, at a random moment;
    infinite without a look.
    """
    rows = seen[(seen["member"] == member) & seen["satellite"].isin(list(satellites))]
    return revisit.median_gap(rows, *pooling.month()) if len(rows) else np.inf


def days(seen, member, satellites):
    """Return on how many of the 28 days some satellites look at a member's capital."""
    rows = seen[(seen["member"] == member) & seen["satellite"].isin(list(satellites))]
    return int(rows["day"].nunique())


def week(seen, member, own, between):
    """Return a figure: looks at a member's capital in a week, by who owns them,
    and the hours between.

    own: dict of member -> satellites; between: dict of the same members and "all" -> hours between
    looks.
    """
    fig, (ax, bars) = plt.subplots(1, 2, figsize=(10, 4.6), width_ratios=[1.7, 1], sharey=True)
    names = [*own, "all"]
    here = seen[(seen["member"] == member) & (seen["day"].between(11, 17))]
    hour = (here["opens"] - pooling.month()[0]) / HOUR / 24
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
        xlim=(0, 1.4 * max(w for w in between.values() if np.isfinite(w))),
        xlabel="hours between looks",
    )
    for one in (ax, bars):
        one.grid(axis="y", visible=False)
    figures.heading(fig, "Who looks at the capital, and how often?")
    return fig
