"""Who is in which framework on which day, and what was announced for a mission."""

import pandas as pd

from helpers.base import doors
from helpers.tables import data


class NetworkError(ValueError):
    """A party, a framework or a graph that a question does not fit."""


FRAMEWORKS = ("Artemis Accords", "ILRS")
COUNTED = ("founder", "signed")  # status of the rows of `ilrs_members` that count as membership


@doors.takes(framework=doors.one_name)
def membership(framework, listed=False, kinds=("state",)):
    """Return the members of a framework, one row each: party, date; sorted by date.

    framework: "ILRS" or "Artemis Accords"; listed: count ILRS members that one report
    only lists; kinds: of ILRS members (state, organisation, institution, company).
    """
    if framework not in FRAMEWORKS:
        raise NetworkError(f"framework {framework!r}; accepted: {', '.join(FRAMEWORKS)}")
    if framework == "ILRS":
        rows = data.table("ilrs_members")
        rows = rows[rows["status"].isin(COUNTED + ("listed",) * listed) & rows["kind"].isin(kinds)]
        rows = rows.rename(columns={"member": "party", "joined": "date"})
    else:
        rows = data.table("artemis_signatories")
        rows = rows[rows["counted"]].rename(columns={"country": "party", "signed": "date"})
    rows = rows[rows["confidence"] != "low"]
    return rows.sort_values(["date", "party"])[["party", "date"]].reset_index(drop=True)


@doors.takes(framework=doors.one_name, on=doors.one_name)
def members(framework, on, **options):
    """Return the set of members of a framework at the end of a day; options as in membership."""
    rows = membership(framework, **options)
    return set(rows.loc[rows["date"] <= pd.Timestamp(on), "party"])


@doors.takes(framework=doors.one_name)
def growth(framework, **options):
    """Return how many members a framework had after each day on which one joined."""
    return membership(framework, **options).groupby("date").size().cumsum().rename("members")


def overlap(on, listed=False):
    """Return the states in both frameworks at the end of a day, as a sorted list."""
    return sorted(members("ILRS", on, listed=listed) & members("Artemis Accords", on))


def readings_of_17(on="2025-04-24"):
    """Return three readings of "17" and how many names each finds by a day.

    Columns: reading, named (signed), named_with_listed (one report more), unnamed and
    unnamed_with_listed (what is left to 17; negative would be too many).
    """
    states = [members("ILRS", on, listed=x) for x in (False, True)]
    bodies = members("ILRS", on, kinds=("organisation",))
    counts = {
        "countries and international organisations, China among them": [
            len(s | bodies) for s in states
        ],
        "countries and international organisations that signed with China": [
            len((s | bodies) - {"CHN"}) for s in states
        ],
        "countries that signed with China, as many outlets wrote": [
            len(s - {"CHN"}) for s in states
        ],
    }
    return pd.DataFrame(
        [(k, a, b, 17 - a, 17 - b) for k, (a, b) in counts.items()],
        columns=["reading", "named", "named_with_listed", "unnamed", "unnamed_with_listed"],
    )


@doors.takes(parties=doors.names)
def by_group(parties, by="region"):
    """Return how the members of a group spread over regions or income groups.

    parties: state ids; by: "region", "subregion" or "income" (table `country_groups`).
    Columns: members, states (all states of that group), share (members/states).
    States without an income group stand under "not classified".
    """
    if by not in ("region", "subregion", "income"):
        raise NetworkError(f"by {by!r}; accepted: region, subregion, income")
    states = data.table("parties").query("kind == 'state'")["id"]
    groups = (
        data.table("country_groups")
        .set_index("party")[by]
        .fillna("not classified")
        .reindex(states)
        .dropna()
    )
    table = pd.DataFrame(
        {
            "members": groups[groups.index.isin(list(parties))].value_counts(),
            "states": groups.value_counts(),
        }
    )
    table["members"] = table["members"].fillna(0).astype(int)
    return table.assign(share=table["members"] / table["states"]).rename_axis(by).sort_index()


# --- announced dates ------------------------------------------------------------------------


@doors.takes(mission=doors.one_name)
def slip(mission):
    """Return what was announced for a mission and how far the target had moved, by day of
    announcement.

    Columns: announced_on (first day of a month that is all that is known), said, earliest, latest,
    window (days the words allow), lead (days from announcement to mid-window), slip (days from the
    last day that the first words allowed to the middle of this window; 0 while that is not past),
    kind, confidence. Low rows are left out. A first date that leaves room is late only when all its
    room is used up.
    """
    rows = data.table("launch_date_announcements")
    if mission not in set(rows["mission"]):
        raise NetworkError(
            f"no announcements for {mission!r}; accepted: {', '.join(sorted(set(rows['mission'])))}"
        )
    rows = (
        rows[(rows["mission"] == mission) & (rows["confidence"] != "low")]
        .dropna(subset=["earliest", "latest"])
        .copy()
    )
    rows["announced_on"] = pd.to_datetime(rows["announced_on"], format="ISO8601")
    rows = rows.sort_values("announced_on", kind="stable")
    middle = rows["earliest"] + (rows["latest"] - rows["earliest"]) / 2
    rows["window"] = (rows["latest"] - rows["earliest"]).dt.days + 1
    rows["lead"] = (middle - rows["announced_on"]).dt.days
    rows["slip"] = (middle - rows["latest"].iloc[0]).dt.days.clip(lower=0)
    return rows[
        [
            "announced_on",
            "said",
            "earliest",
            "latest",
            "window",
            "lead",
            "slip",
            "kind",
            "confidence",
        ]
    ].reset_index(drop=True)
