"""Who deserves how much of what is gained together."""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from math import factorial

from helpers.base import doors
from helpers.science.dividend.values import DividendError


@doors.takes(players=doors.several, value=doors.called)
def shapley(players, value: Callable[[frozenset], float]):
    """Return a dict of player -> Shapley value, exact (Fraction): the player's mean gain over all
    orders of joining.

    players: at most 20 or so, since every group is asked for once. value: a function of a frozenset
    of players; the empty group must be worth 0. Source: L. S. Shapley, A value for n-person games
    (1953).
    Raises DividendError when a player stands twice or the empty group is worth something.
    """
    players = list(players)
    if len(set(players)) < len(players) or not players:
        raise DividendError(f"players = {players!r}; accepted: at least one, each once")
    groups = [
        frozenset(group)
        for size in range(len(players) + 1)
        for group in combinations(players, size)
    ]
    worth = {group: Fraction(value(group)) for group in groups}
    if worth[frozenset()] != 0:
        raise DividendError(f"the empty group is worth {value(frozenset())!r}; accepted: 0")
    n = len(players)
    weight = [
        Fraction(factorial(size) * factorial(n - size - 1), factorial(n)) for size in range(n)
    ]
    return {
        p: sum(weight[len(g)] * (worth[g | {p}] - worth[g]) for g in groups if p not in g)
        for p in players
    }
