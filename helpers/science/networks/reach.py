"""What is within a party's reach, and what is lost when one leaves."""

import pandas as pd

from helpers.base import doors
from helpers.science.networks.frameworks import FRAMEWORKS, NetworkError, members
from helpers.science.networks.graphs import side


def fellows(party, on, listed=False):
    """Return for each framework a party is in on a day the other states in it."""
    groups = {f: members(f, on, **({"listed": listed} if f == "ILRS" else {})) for f in FRAMEWORKS}
    return {f: sorted(group - {party}) for f, group in groups.items() if party in group}


@doors.takes(graph=doors.graph, newcomer=doors.one_name)
def reach(graph, newcomer, through=()):
    """Return the projects within a party's reach: a dictionary of sorted lists.

    graph: bipartite; newcomer: any party, also one without a project; through: partners
    whose projects it could join. "alone": its own; "through": its partners'; "together": both.
    A project within reach is a door, not a promise of a place.
    """

    def of(party):
        return set(graph[party]) if party in graph else set()

    if newcomer in side(graph, "project"):
        raise NetworkError(f"{newcomer!r} is a project; accepted: a party")
    own, theirs = of(newcomer), set().union(*(of(p) for p in through))
    return {"alone": sorted(own), "through": sorted(theirs), "together": sorted(own | theirs)}


@doors.takes(graph=doors.graph, groups=doors.keyed, hosts=doors.names)
def opened(graph, groups, hosts):
    """Return how many projects come within reach of a newcomer who has none, by who opens them.

    graph: bipartite. groups: dict of a way in -> the parties behind it. hosts: parties that host.
    Columns: any partner opens, only hosts open; one row a way.
    """
    readings = {
        "any partner opens": lambda group: group,
        "only hosts open": lambda group: group & set(hosts),
    }
    return pd.DataFrame(
        {
            reading: {
                way: len(reach(graph, "newcomer", through(set(group)))["together"])
                for way, group in groups.items()
            }
            for reading, through in readings.items()
        }
    )


@doors.takes(rows=doors.rows("party", "project", "role"), party=doors.one_name)
def without(rows, party):
    """Return the rows left when a party leaves: a project goes on while it has a host and a
    contributor.
    """
    left = rows[rows["party"] != party]
    roles = left.groupby("project")["role"].nunique()
    return left[left["project"].isin(roles.index[roles == 2])]


@doors.takes(missions=doors.labelled(), left=doors.rows("project"), reach=doors.keyed)
def standing(missions, left, reach):
    """Return a Series of how each project stands: "its own", "within reach", "out of reach" or
    "ended".

    missions: Series project -> mission. left: the rows that go on. reach: what networks.reach
    gives.
    """
    stands = pd.Series("out of reach", index=missions.index)
    stands[~stands.index.isin(left["project"])] = "ended"
    stands[reach["through"]] = "within reach"
    stands[reach["alone"]] = "its own"
    return stands


@doors.takes(rows=doors.rows("host", "party"), hosts=doors.some, signed=doors.keyed)
def signed_among(rows, hosts, signed):
    """Return a table of how many parties contribute to some hosts, and how many of them have signed
    what.

    rows: with party and host. hosts: lists of codes. signed: name -> set of members.
    """
    found = {}
    for some in hosts:
        group = set(rows.loc[rows["host"].isin(some), "party"])
        by_papers = {"signed: " + name: len(group & members) for name, members in signed.items()}
        found[", ".join(some)] = {"contributing states": len(group)} | by_papers
    return pd.DataFrame(found).T.rename_axis("hosts")


@doors.takes(rows=doors.rows("party", "project", "role"))
def without_each(rows):
    """Return what is lost when each party in turn leaves, one row a party in alphabetical order.

    rows: as projects() gives them, with the column role. Columns: party; ended (projects that
    lose a host or their only contributor), smaller (projects that go on with one party less),
    untouched, cut_off (other parties left without any project).
    """
    parties = sorted(set(rows["party"]))
    teams = {name: (set(team["party"]), _needed(team)) for name, team in rows.groupby("project")}
    found = []
    for party in parties:
        left = [team - {party} for team, needed in teams.values() if party not in needed]
        ended = len(teams) - len(left)
        smaller = sum(party in team and party not in needed for team, needed in teams.values())
        cut_off = sorted(set(parties) - {party} - set().union(*left))
        found.append((party, ended, smaller, len(teams) - ended - smaller, cut_off))
    return pd.DataFrame(found, columns=["party", "ended", "smaller", "untouched", "cut_off"])


def _needed(team):
    """Return the parties without which a project ends: hosts, and a sole contributor."""
    hosts, guests = (
        set(team.loc[team["role"] == role, "party"]) for role in ("host", "contributor")
    )
    return hosts | (guests if len(guests) == 1 else set())
