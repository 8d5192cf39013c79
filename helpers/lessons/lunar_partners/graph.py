"""A network of parties round their hosts."""

from textwrap import fill

import matplotlib.pyplot as plt
import numpy as np

from helpers import figures

PALE = "#FFF7B8"


class DrawingError(ValueError):
    """Something that these drawings have no place for."""


def network(ax, graph, hosts):
    """Draw parties as circles with their codes,
    and lines that are wider where two share more projects.

    graph: parties, edges with a weight. hosts: codes of the parties that launch, as squares: the
    first stands to the left, the others to the right. Partners of one host lie round it, partners
    of several between. Distances have no meaning.
    Raises DrawingError for a host that is not in the graph.
    """
    unknown = sorted(set(hosts) - set(graph))
    if unknown or not hosts:
        raise DrawingError(
            f"hosts {', '.join(unknown) or 'none'}; accepted: parties of the graph: "
            f"{', '.join(sorted(graph))}"
        )
    place = places(graph, hosts)
    for first, second, weight in graph.edges(data="weight", default=1):
        ax.plot(
            *np.transpose([place[first], place[second]]),
            "-",
            color=figures.GREY,
            linewidth=0.8 + 0.7 * weight,
            alpha=0.55,
            zorder=1,
        )
    for party, (x, y) in place.items():
        host = party in hosts
        ax.plot(
            x,
            y,
            "s" if host else "o",
            markersize=44 if len(party) > 4 else 36,
            color=figures.COLOURS["sky"] if host else PALE,
            markeredgecolor=figures.INK,
            zorder=2,
        )
        ax.text(
            x,
            y,
            party,
            ha="center",
            va="center_baseline",
            fontsize=14 if len(party) < 5 else 12,
            zorder=3,
        )
    ax.set(xlim=(-0.6, 20.6), ylim=(-1.2, 9.2))
    ax.axis("off")


def places(graph, hosts):
    """Return a place (x, y) for each party of the graph; see network."""
    right = np.linspace(6.6, 1.9, len(hosts) - 1) if len(hosts) > 2 else [4.0]
    place = {hosts[0]: (5.6, 4.0), **{host: (15.4, y) for host, y in zip(hosts[1:], right)}}
    links = {
        party: [h for h in hosts if graph.has_edge(party, h)]
        for party in sorted(graph)
        if party not in hosts
    }
    between = [party for party, own in links.items() if len(own) != 1]
    for host in hosts:
        ring = _ring(
            graph,
            [party for party, own in links.items() if own == [host]],
            between,
            last=host == hosts[0],
        )
        first, end, wide, high = (58, 302, 5.3, 4.4) if host == hosts[0] else (75, -75, 4.0, 2.2)
        turn = np.radians(np.linspace(first, end, len(ring)) if len(ring) > 1 else [0.0])
        place.update(
            {
                p: (place[host][0] + wide * np.cos(t), place[host][1] + high * np.sin(t))
                for p, t in zip(ring, turn)
            }
        )
    heights = np.linspace(8.2, -0.2, len(between)) if len(between) > 1 else [8.2]
    return place | {
        party: (11.4 - 0.9 * (n % 2), y) for n, (party, y) in enumerate(zip(between, heights))
    }


def _ring(graph, ring, between, last):
    """Return the parties of a ring so that those with a common project are neighbours,
    and those with a line to the middle at one end.
    """
    order = []
    for party in ring:
        order += [p for p in [party, *sorted(set(graph[party]) & set(ring))] if p not in order]
    outward = [p for p in order if set(graph[p]) & set(between)]
    rest = [p for p in order if p not in outward]
    return rest + outward if last else outward + rest


def named(names, parties):
    """Return codes and names of parties as text that breaks between words. names:
    Series code -> name.
    """
    pairs = "; ".join(f"{party} {names[party]}".replace(" ", "\0") for party in parties)
    return fill(pairs, 92).replace("\0", " ")


def parties(graph, hosts):
    """Return a figure of the network of parties; see `network`."""
    fig, ax = plt.subplots(figsize=(10, 5.4))
    network(ax, graph, hosts)
    ax.set_title("Who works with whom on the way to the Moon?")
    return fig
