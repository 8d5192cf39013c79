"""Who works with whom: members by date, shared projects as graphs, and what is chance.

Graphs are networkx graphs. In a bipartite graph one side is projects, the other
parties; node attributes "bipartite" (0 = project, 1 = party) tell them apart.
"""

import math
from typing import NamedTuple

import networkx as nx
import numpy as np
import pandas as pd

from helpers.tables import data


class NetworkError(ValueError):
    """A party, a framework or a graph that a question does not fit."""


FRAMEWORKS = ("Artemis Accords", "ILRS")
COUNTED = ("founder", "signed")  # status of the rows of `ilrs_members` that count as membership


# --- members by date ---------------------------------------------------------------------


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


def members(framework, on, **options):
    """Return the set of members of a framework at the end of a day; options as in membership."""
    rows = membership(framework, **options)
    return set(rows.loc[rows["date"] <= pd.Timestamp(on), "party"])


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


class Chance(NamedTuple):
    """A count or statistic against chance: observed, expected, sd, z and p (at least as far out)."""

    observed: float
    expected: float
    sd: float
    z: float
    p: float


def overlap_by_chance(observed, first, second, population):
    """Return the Chance of the overlap of two groups drawn blindly from one population.

    observed: members of both; first, second: sizes of the groups; population: of all
    that could join. p is two-sided: all overlaps no more likely than the observed one.
    Source: hypergeometric distribution (Feller, volume 1, chapter II.6).
    """
    sizes = range(max(0, first + second - population), min(first, second) + 1)
    if not 0 <= max(first, second) <= population or observed not in sizes:
        raise NetworkError(
            f"overlap {observed!r} of {first} and {second} among {population}; accepted: {sizes[0] if len(sizes) else 0} to {min(first, second)}, groups no larger than the population"
        )
    chance = {
        k: math.comb(second, k)
        * math.comb(population - second, first - k)
        / math.comb(population, first)
        for k in sizes
    }
    mean = first * second / population
    sd = math.sqrt(sum(q * (k - mean) ** 2 for k, q in chance.items()))
    p = sum(q for q in chance.values() if q <= chance[observed] * (1 + 1e-9))
    return Chance(observed, mean, sd, (observed - mean) / sd if sd else math.nan, min(1.0, p))


# --- announced dates ------------------------------------------------------------------------


def slip(mission):
    """Return what was announced for a mission and how far the target had moved, by day of announcement.

    Columns: announced_on (first day of a month that is all that is known), said, earliest,
    latest, window (days the words allow), lead (days from announcement to mid-window),
    slip (days from the last day that the first words allowed to the middle of this window; 0 while that is not past),
    kind, confidence. Low rows are left out. A first date that leaves room is late only when all its room is used up.
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


# --- shared projects as a graph ----------------------------------------------------------------


def projects(loans=False):
    """Return the shared lunar projects, one row a project and party: project, mission, party, role, status.

    Payloads on Chinese missions (host CHN), and the selection on missions of India, Japan
    and the United States of America. loans: add the loans of samples abroad.
    The first list is meant to be whole, the second is not: compare parties within a list,
    never the number of projects of two hosts.
    """
    guests = data.table("lunar_payloads")
    guests = guests[guests["confidence"] != "low"].assign(
        project=lambda t: t["mission"] + ": " + t["payload"], role="contributor"
    )
    hosts = guests.drop_duplicates("project").assign(party="CHN", role="host")
    others = data.table("moon_projects")
    others = others[others["confidence"] != "low"].assign(
        project=lambda t: t["mission"] + ": " + t["title"]
    )
    parts = [hosts, guests, others]
    if loans:
        lent = data.table("sample_loans")
        lent = lent[lent["kind"] == "international loan"].assign(
            project=lambda t: "loan: " + t["institution"], status="lent"
        )
        parts += [
            lent.assign(party="CHN", role="host"),
            lent.assign(party=lent["country"], role="contributor"),
        ]
    columns = ["project", "mission", "party", "role", "status"]
    return (
        pd.concat([p[columns] for p in parts])
        .sort_values(["project", "role", "party"], key=lambda c: c.astype(str))
        .reset_index(drop=True)
    )


def bipartite(rows, project="project", party="party"):
    """Return the graph of projects and parties of a table, one edge a pair.

    rows: DataFrame; project, party: names of its columns. Raises NetworkError where a
    name stands on both sides.
    """
    both = set(rows[project]) & set(rows[party])
    if both:
        raise NetworkError(
            f"{min(both)!r} is both a project and a party; accepted: names that tell them apart"
        )
    graph = nx.Graph()
    graph.add_nodes_from(sorted(set(rows[project])), bipartite=0)
    graph.add_nodes_from(sorted(set(rows[party])), bipartite=1)
    graph.add_edges_from(zip(rows[project], rows[party]))
    return graph


def side(graph, which):
    """Return the sorted nodes of one side: "project" or "party"."""
    number = {"project": 0, "party": 1}[which]
    return sorted(n for n, b in graph.nodes(data="bipartite") if b == number)


def partners(graph):
    """Return the graph of parties: an edge where two share a project, weight = how many."""
    return nx.bipartite.weighted_projected_graph(graph, side(graph, "party"))


def centralities(graph):
    """Return degree, strength (sum of weights) and betweenness of each node, most connected first.

    Betweenness: share of shortest paths that pass through a node (each edge one step).
    Source: Freeman, Sociometry 40, 35 (1977), as networkx computes it.
    """
    table = pd.DataFrame(
        {
            "degree": dict(graph.degree()),
            "strength": dict(graph.degree(weight="weight")),
            "betweenness": nx.betweenness_centrality(graph),
        }
    )
    return (
        table.rename_axis("party")
        .reset_index()
        .sort_values(["degree", "betweenness", "party"], ascending=[False, False, True])
        .reset_index(drop=True)
    )


def communities(graph):
    """Return the communities of a graph (sorted lists, largest first) and their modularity.

    Source: greedy modularity, Clauset, Newman and Moore, Phys. Rev. E 70, 066111 (2004).
    """
    found = nx.community.greedy_modularity_communities(graph, weight="weight")
    groups = sorted((sorted(c) for c in found), key=lambda c: (-len(c), c))
    return groups, nx.community.modularity(graph, found, weight="weight")


# --- what chance would do ------------------------------------------------------------------------


def rewired(graph, rng):
    """Return a bipartite graph with the same degrees and otherwise random edges.

    graph: bipartite; rng: a numpy Generator. Two projects at a time trade the parties
    that only one of them has (curveball; 5 trades a project).
    Source: Strona et al., Nature Communications 5, 4114 (2014).
    """
    names = side(graph, "project")
    have = [set(graph[n]) for n in names]
    for _ in range(5 * len(names) if len(names) > 1 else 0):
        i, j = rng.choice(len(names), 2, replace=False)
        shared, loose = have[i] & have[j], sorted(have[i] ^ have[j])
        rng.shuffle(loose)
        keep = len(have[i]) - len(shared)
        have[i], have[j] = shared | set(loose[:keep]), shared | set(loose[keep:])
    new = nx.Graph()
    new.add_nodes_from(graph.nodes(data=True))
    new.add_edges_from((n, p) for n, own in zip(names, have) for p in sorted(own))
    return new


def against_chance(graph, statistic, draws=200, seed=1):
    """Return the Chance of a statistic of a bipartite graph against rewired copies.

    statistic: function graph -> number; draws: copies; seed: whole number.
    p counts copies at least as far from their mean, two-sided, the graph itself included.
    A z of NaN says that the degrees alone fix the statistic.
    """
    if draws < 2:
        raise NetworkError(f"draws {draws!r}; accepted: 2 or more")
    rng = np.random.default_rng(seed)
    observed = statistic(graph)
    drawn = np.array([statistic(rewired(graph, rng)) for _ in range(draws)], float)
    mean, sd = drawn.mean(), drawn.std(ddof=1)
    far = np.count_nonzero(np.abs(drawn - mean) >= abs(observed - mean) - 1e-12)
    z = (observed - mean) / sd if sd > 1e-12 else math.nan
    return Chance(float(observed), float(mean), float(sd), float(z), float((far + 1) / (draws + 1)))


# --- within reach, and without a partner ------------------------------------------------------------


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
