"""Sharing by numbers: games of a few players in which every group is worth something.

A **game** is a list of players and a function `worth` of a frozenset of them; the empty group is
worth 0. How to split what all gain together: `dividend.shapley` gives each player its mean gain
over all orders of joining, `orders` shows them one by one, `in_core` and `least_total` say whether
a group would do better on its own, `power` counts votes. All is exact for the small games of a
lesson.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, islice, permutations

import numpy as np
import pandas as pd

from helpers.base import checks, doors
from helpers.science.dividend import shapley

MOST_PLAYERS = 5  # for `least_total`: beyond, the search has too many cases
Worth = Callable[[frozenset], float]


class SharingError(ValueError):
    """A game that cannot be computed as put."""


def groups(players):
    """Return every group of players that is not empty, small ones first, as frozensets.

    Raises SharingError when a player stands twice or there is none.
    """
    players = list(players)
    if not players or len(set(players)) < len(players):
        raise SharingError(f"players = {players!r}; accepted: at least one, each once")
    return [
        frozenset(group)
        for size in range(1, len(players) + 1)
        for group in combinations(players, size)
    ]


@doors.takes(players=doors.several, worth=doors.called)
def table(players, worth):
    """Return what each group is worth, as a DataFrame: group (text, players in their order),
    members, worth.
    """
    players = list(players)
    rows = [
        (" + ".join(p for p in players if p in g), len(g), float(worth(g))) for g in groups(players)
    ]
    return pd.DataFrame(rows, columns=["group", "members", "worth"])


@doors.takes(players=doors.several, worth=doors.called)
def orders(players, worth):
    """Return what each player adds in each order of joining: a DataFrame, one row an order.

    The index is the order ("A, B, C"), a column a player. The mean of a column is the Shapley
    value; each row adds up to what all are worth together. Raises SharingError for more than six
    players (720 orders).
    """
    players = list(players)
    groups(players)
    if len(players) > 6:
        raise SharingError(
            f"{len(players)} players have too many orders to list; accepted: up to 6, or `shapley`"
        )
    rows = {}
    for order in permutations(players):
        before = [frozenset(order[:k]) for k in range(len(order) + 1)]
        rows[", ".join(order)] = {
            p: worth(before[k + 1]) - (worth(before[k]) if k else 0) for k, p in enumerate(order)
        }
    return pd.DataFrame(rows).T[players]


def first_of_two(first, second, both):
    """Return the Shapley value of the first of two players: its own worth, and half of what joining
    adds.

    first, second: what each is worth alone; both: what they are worth together.
    """
    return first + (both - first - second) / 2


@doors.takes(players=doors.several, cost=doors.called)
def cost_shares(players, cost):
    """Return what each player pays of a joint cost by its Shapley value: a dict of player -> cost.

    cost: a function of a frozenset, what the group would pay on its own. For two players each pays
    its own cost less half of what is saved. Source: Littlechild and Owen, Management Science 20
    (1973) 370.
    """
    return {p: float(share) for p, share in shapley(players, lambda g: cost(g) if g else 0).items()}


@doors.takes(players=doors.several, worth=doors.called, own=doors.keyed)
def payments(players, worth, own):
    """Return what each player pays (above 0) or is paid (below 0) so that it keeps its Shapley
    value.

    own: a dict of player -> what it has of the whole group's worth by itself, without any payment;
    these add up to the worth of all. Where data are copied, each has its own use of all satellites;
    the payments even it out.
    Raises SharingError when `own` does not add up.
    """
    players = list(players)
    whole = float(worth(frozenset(players)))
    if not np.isclose(sum(own[p] for p in players), whole, rtol=1e-9, atol=1e-9):
        raise SharingError(
            f"own adds up to {sum(own.values()):g}, all together are worth {whole:g}; accepted: "
            "the same"
        )
    value = shapley(players, worth)
    return {p: own[p] - float(value[p]) for p in players}


# --- the core -------------------------------------------------------------------------------------


@doors.takes(players=doors.several, worth=doors.called, split=doors.keyed)
def objections(players, worth, split, tolerance=1e-9):
    """Return the groups that are worth more on their own than the split gives them: a dict of group
    -> by how much.

    split: a dict of player -> share. A split of what all are worth is in the **core** when nobody
    objects.
    """
    short = {g: float(worth(g)) - sum(float(split[p]) for p in g) for g in groups(players)}
    return {g: gap for g, gap in short.items() if gap > tolerance}


def in_core(players, worth, split, tolerance=1e-9):
    """Return whether a split gives out exactly what all are worth, and no group objects."""
    players = list(players)
    given = sum(float(split[p]) for p in players)
    exact = np.isclose(given, float(worth(frozenset(players))), rtol=0, atol=max(tolerance, 1e-9))
    return bool(exact) and not objections(players, worth, split, tolerance)


def least_total(players, worth):
    """Return the least sum that no group objects to, and the balanced groups that ask for it.

    The second value is a dict of group -> weight; each player's weights add up to 1, and the
    weighted worths to the sum. The core is empty exactly when the sum is more than all are worth
    (Bondareva 1963; Shapley, Naval Research Logistics Quarterly 14 (1967) 453). Found by trying
    every basis of the linear programme.
    Raises SharingError for more than five players.
    """
    players = list(players)
    every = groups(players)
    n = len(players)
    if n > MOST_PLAYERS:
        raise SharingError(f"{n} players; accepted: up to {MOST_PLAYERS}")
    value = np.array([float(worth(g)) for g in every])
    bases, weights = _bases(n)
    sums = (weights * value[bases]).sum(axis=1)
    best = int(np.argmax(sums))
    chosen = {
        every[g]: round(float(w), 9)
        for g, w in zip(bases[best], weights[best], strict=True)
        if w > 1e-9
    }
    return float(sums[best]), chosen


@lru_cache(maxsize=MOST_PLAYERS)
def _bases(n):
    """Return the bases of the linear programme of n players whose weights are not negative: places
    in `groups` and weights, each (bases, n); of five players 170,000 are tried, some at a time.
    """
    member = np.array([[p in g for g in groups(range(n))] for p in range(n)], float)
    tried, found = combinations(range(member.shape[1]), n), []
    while some := list(islice(tried, 20_000)):
        bases = np.array(some)
        square = member[:, bases].transpose(1, 0, 2)
        fine = abs(np.linalg.det(square)) > 0.5  # of entries 0 and 1 the determinant is whole
        bases, square = bases[fine], square[fine]
        weights = np.linalg.solve(square, np.ones((len(bases), n, 1)))[..., 0]
        good = (weights > -1e-9).all(axis=1)
        found.append((bases[good], weights[good]))
    return tuple(np.concatenate(parts) for parts in zip(*found))


def core_is_empty(players, worth, tolerance=1e-9):
    """Return whether every split of what all are worth leaves some group better off alone."""
    players = list(players)
    return least_total(players, worth)[0] > float(worth(frozenset(players))) + tolerance


# --- votes ----------------------------------------------------------------------------------------


def voting(weights, quota):
    """Return the worth of a vote: 1 for a group whose weights reach the quota, else 0.

    weights: a dict of player -> weight. Raises SharingError when no group can reach the quota, or
    every one does.
    """
    whole = sum(weights.values())
    if not 0 < quota <= whole:
        raise SharingError(
            f"quota = {quota!r}; accepted: above 0 and up to {whole}, the sum of the weights"
        )
    return lambda group: int(sum(weights[p] for p in group) >= quota)


def power(weights, quota):
    """Return each player's voting power (Shapley and Shubik, 1954): how often it turns a vote, over
    all orders.

    weights: a dict of player -> whole number; quota: what a group needs. A dict of player ->
    Fraction, exact; they add up to 1. Counted by sums of weights (a polynomial for each player), so
    dozens of players are no burden.
    """
    voting(weights, quota)
    names, n = list(weights), len(weights)
    whole = sum(weights.values())
    factorial = [1]
    for k in range(1, n + 1):
        factorial.append(factorial[-1] * k)
    result = {}
    for name in names:
        ways = {(0, 0): 1}  # (members, sum of weights) of the groups of the others -> how many
        for other in names:
            if other != name:
                for (size, total), count in list(ways.items()):
                    key = size + 1, total + weights[other]
                    ways[key] = ways.get(key, 0) + count
        turned = sum(
            count * factorial[size] * factorial[n - size - 1]
            for (size, total), count in ways.items()
            if quota - weights[name] <= total < quota
        )
        result[name] = Fraction(turned, factorial[n])
    assert whole and sum(result.values()) == 1
    return result


# --- luck -----------------------------------------------------------------------------------------


@doors.takes(successes=checks.number, tries=checks.number, chance=checks.number)
def at_least(successes, tries, chance):
    """Return the chance of at least so many successes in independent tries (binomial distribution).

    successes, tries: whole numbers; chance: 0 to 1, of each try. Raises SharingError for a chance
    beyond that.
    """
    if not 0 <= chance <= 1 or tries < 0:
        raise SharingError(
            f"chance = {chance!r}, tries = {tries!r}; accepted: a chance from 0 to 1, tries from 0 "
            "up"
        )
    ways = [1]
    for k in range(tries):
        ways.append(ways[-1] * (tries - k) // (k + 1))
    return float(
        sum(
            ways[k] * chance**k * (1 - chance) ** (tries - k)
            for k in range(max(0, successes), tries + 1)
        )
    )


def at_least_percent(successes, tries, percent):
    """Return the chance of at least so many successes in percent, from the chance of each try in
    percent.
    """
    return 100 * at_least(successes, tries, percent / 100)
