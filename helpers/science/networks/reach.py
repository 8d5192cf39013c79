"""What is within a party's reach, and what is lost when one leaves."""

import pandas as pd

from helpers.science.networks.frameworks import FRAMEWORKS, NetworkError, members
from helpers.science.networks.graphs import side


def fellows(party, on, listed=False):
    """Return for each framework a party is in on a day the other states in it."""
    groups = {f: members(f, on, **({"listed": listed} if f == "ILRS" else {})) for f in FRAMEWORKS}
    return {f: sorted(group - {party}) for f, group in groups.items() if party in group}


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
