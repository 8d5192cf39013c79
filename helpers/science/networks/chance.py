"""What chance alone would do: overlaps of blind draws, and graphs rewired at random."""

import math
import random
from typing import NamedTuple

import networkx as nx
import numpy as np

from helpers.base import checks, doors
from helpers.science.networks.frameworks import NetworkError
from helpers.science.networks.graphs import side


class Chance(NamedTuple):
    """A count or statistic against chance: observed, expected, sd, z and p (at least as far
    out).
    """

    observed: float
    expected: float
    sd: float
    z: float
    p: float


@doors.takes(
    observed=checks.finite, first=checks.finite, second=checks.finite, population=checks.finite
)
def overlap_by_chance(observed, first, second, population):
    """Return the Chance of the overlap of two groups drawn blindly from one population.

    observed: members of both; first, second: sizes of the groups; population: of all
    that could join. p is two-sided: all overlaps no more likely than the observed one.
    Source: hypergeometric distribution (Feller, volume 1, chapter II.6).
    """
    sizes = range(max(0, first + second - population), min(first, second) + 1)
    if not 0 <= max(first, second) <= population or observed not in sizes:
        raise NetworkError(
            f"overlap {observed!r} of {first} and {second} among {population}; accepted: "
            f"{sizes[0] if len(sizes) else 0} to {min(first, second)}, groups no larger than the "
            "population"
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


@doors.takes(graph=doors.graph)
def rewired(graph, chance):
    """Return a bipartite graph with the same degrees and otherwise random edges.

    graph: bipartite; chance: a random.Random. Two projects at a time trade the parties
    that only one of them has (curveball; 5 trades a project).
    Source: Strona et al., Nature Communications 5, 4114 (2014).
    """
    return _with_parties(graph, _traded(_parties(graph), chance.getrandbits))


@doors.takes(graph=doors.graph, statistic=doors.called)
def shuffled(graph, statistic, draws=200, seed=1):
    """Return a statistic of `draws` rewired copies of a bipartite graph: an array (draws,), or
    (draws, n) of n statistics.

    statistic: function graph -> number, or n numbers; draws: copies; seed: whole number. One graph
    and one seed give the same copies to every statistic. Raises NetworkError for fewer than two
    draws.
    """
    if draws < 2:
        raise NetworkError(f"draws {draws!r}; accepted: 2 or more")
    parties, draw = _parties(graph), random.Random(seed).getrandbits
    copies = (_with_parties(graph, _traded(parties, draw)) for _ in range(draws))
    return np.array([statistic(copy) for copy in copies], float)


@doors.takes(graph=doors.graph, statistic=doors.called)
def against_chance(graph, statistic, draws=200, seed=1):
    """Return the Chance of a statistic of a bipartite graph against rewired copies, or a list of
    them where it gives several numbers; arguments as for `shuffled`.

    p counts copies at least as far from their mean, two-sided, the graph itself included.
    A z of NaN says that the degrees alone fix the statistic.
    """
    observed, drawn = statistic(graph), shuffled(graph, statistic, draws, seed)
    if drawn.ndim == 1:
        return _chance(observed, drawn)
    return [_chance(one, copies) for one, copies in zip(observed, drawn.T)]


def _chance(observed, drawn):
    mean, sd = drawn.mean(), drawn.std(ddof=1)
    far = np.count_nonzero(np.abs(drawn - mean) >= abs(observed - mean) - 1e-12)
    z = (observed - mean) / sd if sd > 1e-12 else math.nan
    p = (far + 1) / (len(drawn) + 1)
    return Chance(float(observed), float(mean), float(sd), float(z), float(p))


def _parties(graph):
    """Return {project: its parties, a sorted tuple}, projects in order."""
    return {name: tuple(sorted(graph[name])) for name in side(graph, "project")}


def _traded(parties, draw):
    """Return the parties of each project after the trades of one curveball.

    draw: the getrandbits of a random.Random.
    """
    have = list(parties.values())
    for _ in range(5 * len(have) if len(have) > 1 else 0):
        i, j = _two(draw, len(have))
        mine, other = have[i], have[j]
        if mine == other:
            continue
        if len(mine) == len(other) == 1:  # most trades: the same draw and the same order as below
            first, last = (mine, other) if mine < other else (other, mine)
            have[i], have[j] = (first, last) if _below(draw, 2) else (last, first)
            continue
        shared, loose = set(mine) & set(other), sorted(set(mine) ^ set(other))
        for last in range(len(loose) - 1, 0, -1):
            place = _below(draw, last + 1)
            loose[last], loose[place] = loose[place], loose[last]
        keep = len(mine) - len(shared)
        have[i] = tuple(sorted(shared.union(loose[:keep])))
        have[j] = tuple(sorted(shared.union(loose[keep:])))
    return dict(zip(parties, have))


# What random.sample and random.shuffle draw, without their checks, which take most of their time.


def _below(draw, n):
    bits = n.bit_length()
    while (number := draw(bits)) >= n:
        pass
    return number


def _two(draw, n):
    """Return two different numbers below n."""
    first = _below(draw, n)
    if n > 21:
        while (second := _below(draw, n)) == first:
            pass
        return first, second
    second = _below(draw, n - 1)
    return first, n - 1 if second == first else second


def _with_parties(graph, parties):
    """Return a graph with the nodes of a bipartite one, whose projects have these parties."""
    new = nx.Graph()
    new.add_nodes_from(graph.nodes(data=True))
    new.add_edges_from((name, party) for name, own in parties.items() for party in own)
    return new
