"""Networks held to known graphs (karate club, Florentine families, Southern women), to scipy and to
hand counts.
"""

import math
import random
from collections import Counter

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from helpers.science import networks
from helpers.science.networks import chance as by_chance
from helpers.tables import data

# --- known graphs ------------------------------------------------------------------------


def karate():
    """Zachary's karate club without weights."""
    return nx.Graph(nx.karate_club_graph().edges())


def test_karate_club():
    """Degrees 16 and 17 (Zachary 1977); betweenness as in the networkx documentation; modularity
    0.381 (Clauset et al. 2004).
    """
    table = networks.centralities(karate()).set_index("party")
    assert table.loc[[0, 33], "degree"].tolist() == [16, 17] and table.index[0] == 33
    assert table.loc[[0, 33], "betweenness"].tolist() == pytest.approx(
        [0.437635, 0.304075], abs=1e-6
    )
    groups, modularity = networks.communities(karate())
    assert [len(g) for g in groups] == [17, 9, 8] and modularity == pytest.approx(0.381, abs=5e-4)


def test_florentine_families():
    """Jackson, Social and Economic Networks (2008), section 2.1: Medici 0.522, Guadagni 0.255,
    Strozzi 0.103.
    """
    table = networks.centralities(nx.florentine_families_graph()).set_index("party")
    assert table.index[0] == "Medici" and table.loc["Medici", "degree"] == 6
    assert table.loc[["Medici", "Guadagni", "Strozzi"], "betweenness"].round(3).tolist() == [
        0.522,
        0.255,
        0.103,
    ]


def test_southern_women_projection():
    """Breiger (1974): Evelyn and Theresa met at 7 events, Evelyn and Laura at 6, Evelyn and Flora
    at 1.
    """
    women = nx.davis_southern_women_graph()
    rows = pd.DataFrame(
        [(e, w) for w in women.graph["top"] for e in women[w]], columns=["project", "party"]
    )
    met = networks.partners(networks.bipartite(rows))
    assert [
        met.edges["Evelyn Jefferson", w]["weight"]
        for w in ("Theresa Anderson", "Laura Mandeville", "Flora Price")
    ] == [7, 6, 1]


# --- a small table counted by hand ------------------------------------------------------------

# A hosts p1 (with B) and p2 (with B and C); D hosts p3 (with C); E hosts p4 (with A).
TOY = pd.DataFrame(
    [
        ("p1", "A", "host"),
        ("p1", "B", "contributor"),
        ("p2", "A", "host"),
        ("p2", "B", "contributor"),
        ("p2", "C", "contributor"),
        ("p3", "D", "host"),
        ("p3", "C", "contributor"),
        ("p4", "E", "host"),
        ("p4", "A", "contributor"),
    ],
    columns=["project", "party", "role"],
)


def test_toy_graph():
    graph = networks.bipartite(TOY)
    assert networks.side(graph, "project") == ["p1", "p2", "p3", "p4"] and networks.side(
        graph, "party"
    ) == list("ABCDE")
    together = networks.partners(graph)
    assert {tuple(sorted(e)): w for *e, w in together.edges(data="weight")} == {
        ("A", "B"): 2,
        ("A", "C"): 1,
        ("B", "C"): 1,
        ("C", "D"): 1,
        ("A", "E"): 1,
    }
    table = networks.centralities(together).set_index("party")
    assert table.loc["A", ["degree", "strength"]].tolist() == [3, 4]
    assert table.loc["A", "betweenness"] == pytest.approx(
        3 / 6
    )  # E-B, E-C, E-D of the 6 pairs without A
    assert table.loc["C", "betweenness"] == pytest.approx(3 / 6)  # D-A, D-B, D-E


def test_toy_reach():
    graph = networks.bipartite(TOY)
    assert networks.reach(graph, "Z", ["B", "D"]) == {
        "alone": [],
        "through": ["p1", "p2", "p3"],
        "together": ["p1", "p2", "p3"],
    }
    assert networks.reach(graph, "C", ["B"])["together"] == ["p1", "p2", "p3"]
    assert networks.reach(graph, "Z", ["X"]) == {"alone": [], "through": [], "together": []}
    with pytest.raises(networks.NetworkError, match="'p1' is a project"):
        networks.reach(graph, "p1")


def test_toy_without_each():
    table = networks.without_each(TOY).set_index("party")
    assert table["ended"].to_dict() == {"A": 3, "B": 1, "C": 1, "D": 1, "E": 1}
    assert table["smaller"].to_dict() == {"A": 0, "B": 1, "C": 1, "D": 0, "E": 0}
    assert table["untouched"].to_dict() == {"A": 1, "B": 2, "C": 2, "D": 3, "E": 3}
    assert table["cut_off"].to_dict() == {"A": ["B", "E"], "B": [], "C": ["D"], "D": [], "E": []}


def test_names_on_both_sides_are_refused():
    with pytest.raises(networks.NetworkError, match="'A' is both"):
        networks.bipartite(pd.DataFrame({"project": ["A"], "party": ["A"]}))


# --- chance ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "k, a, b, n", [(2, 65, 13, 193), (0, 5, 6, 20), (6, 6, 9, 20), (1, 54, 13, 193)]
)
def test_overlap_by_chance_against_scipy(k, a, b, n):
    chance = networks.overlap_by_chance(k, a, b, n)
    assert chance.p == pytest.approx(stats.fisher_exact([[k, a - k], [b - k, n - a - b + k]])[1])
    theirs = stats.hypergeom(n, a, b)
    assert [chance.expected, chance.sd] == pytest.approx([theirs.mean(), theirs.std()])
    assert chance.z == pytest.approx((k - theirs.mean()) / theirs.std())


def test_overlap_by_hand():
    """Two of four and two of four: 6 ways, of which 4 share exactly one."""
    chance = networks.overlap_by_chance(1, 2, 2, 4)
    assert [chance.expected, chance.z, chance.p] == pytest.approx([1, 0, 1])
    assert networks.overlap_by_chance(2, 2, 2, 4).p == pytest.approx(2 / 6)
    with pytest.raises(networks.NetworkError, match="overlap 3 of 2 and 2"):
        networks.overlap_by_chance(3, 2, 2, 4)
    with pytest.raises(
        networks.NetworkError, match="overlap 1 of 6 and 6 among 10; accepted: 2 to"
    ):
        networks.overlap_by_chance(1, 6, 6, 10)


def test_rewiring_keeps_degrees_and_moves_edges():
    graph = networks.bipartite(networks.projects())
    other = networks.rewired(graph, random.Random(3))
    assert dict(other.degree()) == dict(graph.degree())
    assert set(map(frozenset, other.edges())) != set(map(frozenset, graph.edges()))
    assert all(
        {other.nodes[a]["bipartite"], other.nodes[b]["bipartite"]} == {0, 1}
        for a, b in other.edges()
    )


def test_rewiring_reaches_all_graphs_alike():
    """Three projects of one party each: 6 arrangements, each as likely as another."""
    graph = networks.bipartite(pd.DataFrame({"project": ["p", "q", "r"], "party": ["A", "B", "C"]}))
    chance = random.Random(5)
    seen = Counter(
        "".join(next(iter(g[n])) for n in "pqr")
        for g in (networks.rewired(graph, chance) for _ in range(1200))
    )
    assert len(seen) == 6 and stats.chisquare(list(seen.values())).pvalue > 0.001


def test_the_spread_by_chance_is_that_of_a_sample():
    chance = by_chance._chance(4.0, np.array([1.0, 2.0, 3.0]))
    assert (chance.expected, chance.sd, chance.z) == pytest.approx((2.0, 1.0, 2.0))
    assert chance.p == 1 / 4


def test_against_chance():
    graph = networks.bipartite(networks.projects())
    fixed = networks.against_chance(graph, lambda g: g.degree("CHN"), draws=5)
    assert fixed.observed == fixed.expected and math.isnan(fixed.z) and fixed.p == 1
    same = [
        networks.against_chance(
            graph, lambda g: networks.partners(g).number_of_edges(), draws=10, seed=4
        )
        for _ in range(2)
    ]
    assert same[0] == same[1]
    with pytest.raises(networks.NetworkError, match="draws 1"):
        networks.against_chance(graph, len, draws=1)


def test_several_statistics_share_their_copies():
    graph = networks.bipartite(networks.projects())
    edges = lambda g: networks.partners(g).number_of_edges()
    degree = lambda g: networks.partners(g).degree("FRA")
    both = networks.against_chance(graph, lambda g: (edges(g), degree(g)), 10, 4)
    assert both == [networks.against_chance(graph, one, 10, 4) for one in (edges, degree)]


@pytest.mark.parametrize("n", [2, 5, 21, 22, 64, 100])
def test_the_draws_are_those_of_the_library(n):
    ours, theirs = random.Random(n), random.Random(n)
    for _ in range(300):
        assert list(by_chance._two(ours.getrandbits, n)) == theirs.sample(range(n), 2)
        assert by_chance._below(ours.getrandbits, n) == theirs.randrange(n)


def test_against_chance_sees_a_planted_pattern():
    """Two closed groups of five parties, eight projects each: no chance wiring keeps them apart."""
    rng = np.random.default_rng(0)
    rows = pd.DataFrame(
        [
            (f"{g}{i}", f"{g.upper()}{j}")
            for g in "xy"
            for i in range(8)
            for j in rng.choice(5, 3, replace=False)
        ],
        columns=["project", "party"],
    )
    chance = networks.against_chance(
        networks.bipartite(rows),
        lambda g: nx.number_connected_components(networks.partners(g)),
        draws=60,
    )
    assert chance.observed == 2 and chance.expected < 1.1 and chance.p < 0.05


# --- members by date ------------------------------------------------------------------------------


def test_signatories_agree_with_every_announced_total():
    """All dated totals but the two that say otherwise in their notes."""
    totals = data.table("framework_totals").query("framework == 'Artemis Accords'").set_index("id")
    for key, row in totals.iterrows():
        counted = len(networks.members("Artemis Accords", row["as_of"]))
        assert counted == {"artemis-2025-11": 59, "artemis-2026-09": 65}.get(key, row["value"]), key
    assert totals.loc["artemis-2026-09", "confidence"] == "low"


def test_signatories_follow_their_order():
    rows = data.table("artemis_signatories").query("counted")
    assert len(rows) == rows["country"].nunique() == 65
    dated = rows.sort_values(["signed", "order"])
    assert dated["order"].is_monotonic_increasing and dated["order"].max() == 65


def test_ilrs_members_by_date():
    assert networks.members("ILRS", "2021-03-08") == set() and networks.members(
        "ILRS", "2021-03-09"
    ) == {"CHN", "RUS"}
    assert networks.members("ILRS", "2023-12-31") == {
        "CHN",
        "RUS",
        "VEN",
        "ZAF",
        "AZE",
        "PAK",
        "BLR",
        "EGY",
    }
    assert (
        len(networks.members("ILRS", "2026-09-01")) == 13
        and len(networks.members("ILRS", "2026-09-01", listed=True)) == 15
    )
    assert networks.members("ILRS", "2025-01-01", kinds=("organisation",)) == {"APSCO", "AUASS"}
    assert (
        networks.growth("ILRS").iloc[-1] == 13 and networks.growth("Artemis Accords").iloc[0] == 8
    )


def test_overlap():
    assert networks.overlap("2024-12-15") == [] and networks.overlap("2025-04-24") == ["THA"]
    assert networks.overlap("2025-07-24") == ["SEN", "THA"] and networks.overlap(
        "2026-05-04", listed=True
    ) == ["BHR", "SEN", "THA"]
    both = data.table("both_frameworks").query("relation == 'state in both'")["country"]
    assert sorted(both) == networks.overlap("2026-05-04")


def test_readings_of_17():
    """13 states with China and 2 organisations signed; one report lists 2 states more."""
    table = networks.readings_of_17()
    assert table["named"].tolist() == [15, 14, 12] and table["named_with_listed"].tolist() == [
        17,
        16,
        14,
    ]
    assert table["unnamed"].tolist() == [2, 3, 5] and table["unnamed_with_listed"].tolist() == [
        0,
        1,
        3,
    ]


def test_fellows():
    assert set(networks.fellows("THA", "2026-05-04")) == {"ILRS", "Artemis Accords"} and set(
        networks.fellows("NIC", "2026-05-04")
    ) == {"ILRS"}
    assert (
        networks.fellows("ETH", "2026-05-04") == {}
        and "THA" not in networks.fellows("THA", "2026-05-04")["ILRS"]
    )


def test_by_group():
    """The ILRS by hand: Egypt, Senegal, South Africa; Nicaragua, Venezuela; Azerbaijan, China,
    Kazakhstan, Pakistan, Thailand; Belarus, the Russian Federation, Serbia.
    """
    table = networks.by_group(networks.members("ILRS", "2026-05-04"))
    assert table["members"].to_dict() == {
        "Africa": 3,
        "Americas": 2,
        "Asia": 5,
        "Europe": 3,
        "Oceania": 0,
    }
    assert table["states"].to_dict() == {
        "Africa": 54,
        "Americas": 35,
        "Asia": 48,
        "Europe": 44,
        "Oceania": 14,
    }  # 193 members of the UN and two observers
    income = networks.by_group(["VEN", "SEN", "NIC", "RUS"], "income")["members"]
    assert income["not classified"] == 1 and income["lower middle"] == 2 and income["high"] == 1
    with pytest.raises(networks.NetworkError, match="'wealth'"):
        networks.by_group([], "wealth")


def test_unknown_framework():
    with pytest.raises(networks.NetworkError, match="'Gateway'; accepted: Artemis Accords, ILRS"):
        networks.members("Gateway", "2025-01-01")


# --- slip and projects ----------------------------------------------------------------------------


def test_slip_by_hand():
    """Chang'e-6: 2023 ended on 31 December; it flew on 3 May 2024, 124 days later. A deadline
    counts to its last day.
    """
    table = networks.slip("Chang'e-6")
    assert table["slip"].tolist() == [0, 124] and table["window"].tolist() == [365, 1]
    assert table["lead"].iloc[0] == (pd.Timestamp("2023-07-02") - pd.Timestamp("2019-12-18")).days
    landing = networks.slip("Artemis III").query("said == 'mid-2027'")["slip"].item()
    middle = (
        pd.Timestamp("2027-05-01") + (pd.Timestamp("2027-08-31") - pd.Timestamp("2027-05-01")) / 2
    )
    assert landing == (middle - pd.Timestamp("2024-03-26")).days == 1192
    assert (networks.slip("Artemis II")["slip"] >= 0).all()
    assert networks.slip("Chang'e-8")["slip"].max() == 730
    assert (
        not networks.slip("Chang'e-7")["said"].str.contains("launched about").any()
    )  # low: left out
    with pytest.raises(networks.NetworkError, match="'Apollo 18'; accepted: "):
        networks.slip("Apollo 18")


def test_projects():
    rows = networks.projects()
    assert rows.groupby("project")["role"].apply(lambda r: (r == "host").sum()).eq(1).all()
    assert not rows.duplicated(["project", "party"]).any()
    chinese = rows[(rows["party"] == "CHN") & (rows["role"] == "host")]
    assert (
        len(chinese)
        == data.table("lunar_payloads").drop_duplicates(["mission", "payload"]).shape[0]
    )
    assert set(networks.projects(loans=True)["project"]) - set(rows["project"]) == {
        "loan: " + i
        for i in data.table("sample_loans").query("kind == 'international loan'")["institution"]
    }


def test_members_without_a_project():
    """The counterexample of the lesson: a signature is no payload."""
    graph = networks.bipartite(networks.projects())
    idle = [m for m in networks.members("ILRS", "2026-05-04") if m not in graph]
    assert sorted(idle) == ["AZE", "BLR", "KAZ", "NIC", "SEN", "SRB", "VEN"]


# --- tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "sample_loans",
        "sample_compositions",
        "sample_ages",
        "ilrs_members",
        "framework_totals",
        "artemis_signatories",
        "moon_projects",
        "country_groups",
    ],
)
def test_a_doubtful_row_says_why(name):
    rows = data.table(name)
    assert (rows.loc[rows["confidence"] == "low", "note"].fillna("").str.len() > 10).all()


def test_every_member_has_a_region():
    known = set(data.table("country_groups")["party"])
    assert (
        networks.members("ILRS", "2026-12-31", listed=True)
        | networks.members("Artemis Accords", "2026-12-31")
        <= known
    )


def test_shuffled_is_what_against_chance_averages():
    graph = networks.bipartite(networks.projects())
    counted = networks.shuffled(graph, lambda g: networks.partners(g).number_of_edges(), 10, 4)
    chance = networks.against_chance(
        graph, lambda g: networks.partners(g).number_of_edges(), draws=10, seed=4
    )
    assert len(counted) == 10 and counted.mean() == chance.expected


def test_what_is_left_without_a_party():
    """Against without_each, which counts by who is needed."""
    rows = networks.projects()
    ended = networks.without_each(rows).set_index("party")["ended"]
    for party in ("CHN", "ITA", "SWE"):
        left = networks.without(rows, party)
        assert rows["project"].nunique() - left["project"].nunique() == ended[party]
        missions = rows.drop_duplicates("project").set_index("project")["mission"]
        stands = networks.standing(missions, left, {"through": [], "alone": []})
        assert (stands == "ended").sum() == ended[party]


def test_who_signed_among_the_contributors():
    rows = pd.DataFrame({"party": ["A", "B", "A", "C"], "host": ["H", "H", "I", "I"]})
    found = networks.signed_among(rows, [["H"], ["H", "I"]], {"X": {"A"}, "Y": {"B", "C"}})
    assert found.loc["H"].tolist() == [2, 1, 1] and found.loc["H, I"].tolist() == [3, 1, 2]
