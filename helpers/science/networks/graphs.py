"""Shared projects as graphs: who works with whom, who stands in between, who belongs together."""

import networkx as nx
import pandas as pd

from helpers.base import doors
from helpers.science.networks.frameworks import NetworkError
from helpers.tables import data


def projects(loans=False):
    """Return the shared lunar projects, one row a project and party: project, mission, party, role,
    status.

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


@doors.takes(rows=doors.table)
def bipartite(rows, project="project", party="party"):
    """Return the graph of projects and parties of a table, one edge a pair.

    rows: DataFrame; project, party: names of its columns. Raises NetworkError where a
    name stands on both sides.
    """
    doors.rows(project, party)("rows", rows)
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


@doors.takes(graph=doors.graph, which=doors.one_name)
def side(graph, which):
    """Return the sorted nodes of one side: "project" or "party"."""
    number = {"project": 0, "party": 1}[which]
    return sorted(n for n, b in graph.nodes(data="bipartite") if b == number)


@doors.takes(graph=doors.graph)
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


@doors.takes(graph=doors.graph)
def communities(graph):
    """Return the communities of a graph (sorted lists, largest first) and their modularity.

    Source: greedy modularity, Clauset, Newman and Moore, Phys. Rev. E 70, 066111 (2004).
    """
    found = nx.community.greedy_modularity_communities(graph, weight="weight")
    groups = sorted((sorted(c) for c in found), key=lambda c: (-len(c), c))
    return groups, nx.community.modularity(graph, found, weight="weight")
