"""Design a mission with partners: what it gives, what it costs, what may fail, and who pays how
much.

A `Mission` is a goal, partners with what they own today, and new units that some of them bring. All
is counted by the goal's own functions (see `goals`): the dividend as in every lesson, the price
from the table `unit_prices`, the risk from the table `reliability`, the split of the bill by the
Shapley value.
"""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, count, islice
from math import comb

import pandas as pd

from helpers.base import doors
from helpers.base.numbers import written
from helpers.base.shares import share_interval
from helpers.science import dividend, goals, sharing
from helpers.science.goals import DesignError
from helpers.tables import data

MOST_NEW = 8  # new units of one mission: each may work or fail, so 256 cases at most
MOST_MORE = 12  # how far the search goes for what nobody reaches


@dataclass(frozen=True)
class Mission:
    """A goal, the partners, and the new units that partners bring (owner -> places in the words of
    the goal).

    Raises DesignError for fewer than two partners, unknown ones, too many new units, or a place
    that is none.
    """

    goal: str
    partners: tuple
    new: dict = field(default_factory=dict)
    place: str | None = None

    def __post_init__(self):
        _listed(self.new)
        owners = self.aim.owners
        for owner in [*self.partners, *self.new]:
            if owner not in owners:
                raise DesignError(f"partner {owner!r}; accepted: {', '.join(sorted(owners))}")
        strangers = [owner for owner in self.new if owner not in self.partners]
        if strangers:
            raise DesignError(f"new = {self.new!r}; accepted: only of the partners of this mission")
        if len(set(self.partners)) < 2 or len(set(self.partners)) < len(self.partners):
            raise DesignError(f"partners = {self.partners!r}; accepted: two or more, each once")
        if len(self.added) > MOST_NEW:
            raise DesignError(f"{len(self.added)} new units; accepted: up to {MOST_NEW}")

    @property
    def aim(self):
        """The Goal behind the name."""
        return goals.goal(self.goal, self.place)

    @property
    def brought(self):
        """The new units by owner."""
        return {
            owner: [self.aim.new(owner, where, n) for n, where in enumerate(places, 1)]
            for owner, places in self.new.items()
        }

    @property
    def added(self):
        """All new units."""
        return [unit for own in self.brought.values() for unit in own]

    @property
    def units(self):
        """The units of each partner: those of today and the new ones."""
        brought = self.brought
        return {p: [*self.aim.owners[p], *brought.get(p, [])] for p in self.partners}

    # --- what it gives ------------------------------------------------------------------------

    def dividend(self):
        """Return the Dividend of the mission: its best single partner, all together, and the same
        size.
        """
        return self._dividend

    @cached_property
    def _dividend(self):
        aim = self.aim
        return dividend.compare(
            aim.gain,
            self.units,
            at_home=aim.at_home,
            anywhere=aim.anywhere,
            question=aim.question,
            unit=aim.unit,
            better=aim.better,
        )

    def gain(self, without=()):
        """Return what all partners get when some new units fail."""
        lost = list(without)
        return self.aim.gain([u for own in self.units.values() for u in own if u not in lost])

    # --- what it costs ------------------------------------------------------------------------

    def budget(self):
        """Return the price of the new units as (low, high, currency), in millions; see `price`."""
        low, high, currency = price(self.goal)
        return len(self.added) * low, len(self.added) * high, currency

    def needed(self, group, at_home=False):
        """Return how many more units a group of partners would need to get what the mission gives.

        The group has its units of today. Each further one is the best of those that the search
        tries (`anywhere`, the mission's own units among them; or where the first of the group may
        stand today). Returns None when the search at home does not get there within twelve.
        """
        aim, group = self.aim, [p for p in self.partners if p in group]
        target, kept = self.gain(), [u for p in group for u in aim.owners[p]]
        every = [u for own in self.units.values() for u in own]
        most = len([u for u in dict.fromkeys(every) if u not in kept])
        if set(group) == set(self.partners):
            return len(self.added)
        if at_home:
            return self._steps((aim.at_home(group[0], kept, n) for n in count()), target, MOST_MORE)
        steps = aim.growth(kept, [*aim.pool(group[0]), *every])
        found = self._steps(steps, target, min(most, MOST_MORE))
        return most if found is None else found

    def _steps(self, fleets, target, most):
        """Return the number of the first of some fleets that gets as much as a target, up to
        `most`.
        """
        for number, units in enumerate(islice(fleets, most + 1)):
            if not _worse(self.aim, self.aim.gain(units), target):
                return number
        return None

    def shares(self):
        """Return how many of the new units each partner would pay for by its Shapley value, as a
        dict.

        What a group would have to buy to get the same on its own is its cost; the shares add up to
        the new units. Below 0 means: the others pay it, since what it brings saves them more than
        it saves itself.
        """
        return sharing.cost_shares(self.partners, self.needed)

    def to_beat_same_size(self):
        """Return how many units more the partners need to be as good as the same size anywhere, or
        None beyond twelve.
        """
        aim, found = self.aim, self.dividend()
        best = found.same_size[1] if isinstance(found.same_size, tuple) else found.same_size
        every = [u for own in self.units.values() for u in own]
        return self._steps(aim.growth(every, aim.pool(found.owner)), best, MOST_MORE)

    # --- what may fail ------------------------------------------------------------------------

    def risk(self, works=None, one_rocket=False):
        """Return what is left when new units fail: a DataFrame, one row for each number that works.

        works: chance (0 to 1) of each new unit, or (low, high); None takes the table's (see
        `reliability`).
        one_rocket: all new units share one fate. Columns: working, gain_worst, gain_mean,
        chance_low, chance_high (the chance of just so many, for each end of `works`).
        """
        low, high = _chances(self.goal if works is None else works)
        new, rows = self.added, []
        for lost in range(len(new), -1, -1):
            left = [self.gain(without) for without in combinations(new, lost)]
            worst = min(left) if self.aim.better == "high" else max(left)
            chances = [_chance(len(new) - lost, len(new), p, one_rocket) for p in (low, high)]
            rows.append((len(new) - lost, worst, sum(left) / len(left), *chances))
        columns = ["working", "gain_worst", "gain_mean", "chance_low", "chance_high"]
        return pd.DataFrame(rows, columns=columns)

    def chance_of_more(self, works=None, one_rocket=False):
        """Return the (low, high) chance that all together still get more than the best single
        partner of today.
        """
        aim, risk = self.aim, self.risk(works, one_rocket)
        alone = [aim.gain(aim.owners[p]) for p in self.partners if aim.owners[p]]
        best = max(alone) if aim.better == "high" else min(alone)
        good = [not _worse(aim, gain, best) and gain != best for gain in risk["gain_worst"]]
        return tuple(
            min(1.0, float(risk.loc[good, c].sum())) for c in ("chance_low", "chance_high")
        )

    # --- in words -----------------------------------------------------------------------------

    def summary(self):
        """Return the mission as a Series of texts: gains, ratios, price, risk and shares."""
        found, (low, high, currency) = self.dividend(), self.budget()
        more = self.to_beat_same_size()
        chance = tuple(100 * c for c in self.chance_of_more())
        shares = ", ".join(f"{p} {share:.2f}" for p, share in self.shares().items())
        return pd.Series(
            {
                "partners": ", ".join(self.partners),
                "new": f"{len(self.added)} ({self.aim.thing})",
                "best partner alone": f"{found.owner}: {written(found.spread('alone'))} "
                f"{found.unit}",
                "all together": written(found.spread("together")),
                "same size, that owner": written(found.spread("same size")),
                "against alone": found.verdict(),
                "against the same size": found.verdict("same size"),
                "price of the new ones": f"{written((low, high))} million {currency}",
                "to match the same size anywhere": f"{more} more"
                if more is not None
                else "not within 12",
                "chance of more than alone (%)": written(chance),
                "who pays for how many (Shapley)": shares,
            }
        )


def beside(**missions):
    """Return two or more missions side by side: a DataFrame of texts, one column each, named as
    given.
    """
    return pd.DataFrame({name: mission.summary() for name, mission in missions.items()})


# --- the tables -------------------------------------------------------------------------------


@doors.takes(goal=doors.one_name)
def price(goal):
    """Return what one more unit costs as (low, high, currency), in millions: lowest and highest of
    `unit_prices`.

    Raises DesignError for a goal without a price.
    """
    rows = data.table("unit_prices")
    rows = rows[rows["goal"] == goal]
    if rows.empty:
        raise DesignError(f"no price for {goal!r}; accepted: a goal of the table unit_prices")
    each = rows["total"] / rows["units"]
    return float(each.min()), float(each.max()), rows["currency"].iloc[0]


def reliability(goal):
    """Return the (low, high) chance that one new unit of a goal works, from the table
    `reliability`.

    A count, such as 5 of 6, gives the 95 percent interval that it fits; percents are taken as they
    stand.
    """
    rows = data.table("reliability")
    rows = rows[rows["goal"].fillna("") == goal]
    if rows.empty:
        return 1.0, 1.0  # what stands on the ground can be mended
    row = rows.iloc[0]
    if pd.notna(row["tries"]):
        return share_interval(int(row["worked"]), int(row["tries"]))
    return tuple(round(float(row[c]) / 100, 6) for c in ("low_percent", "high_percent"))


def _listed(new):
    """Refuse new units that are no lists of places, as a number or a city without brackets."""
    if not isinstance(new, dict) or any(not isinstance(p, (list, tuple)) for p in new.values()):
        raise DesignError(f"new = {new!r}; accepted: a list for each owner, as {{'JMA': [180]}}")


def _chances(works):
    if isinstance(works, str):
        return reliability(works)
    low, high = works if isinstance(works, tuple) else (works, works)
    if not 0 <= low <= high <= 1:
        raise DesignError(f"works = {works!r}; accepted: a chance from 0 to 1, or (low, high)")
    return low, high


def _chance(working, tries, chance, one_rocket):
    if one_rocket and tries:
        return chance if working == tries else 1 - chance if working == 0 else 0.0
    return comb(tries, working) * chance**working * (1 - chance) ** (tries - working)


def _worse(aim, value, target):
    """Whether a gain is worse than a target, by more than rounding."""
    slack = 1e-9 * abs(target) if target != float("inf") else 0
    return value < target - slack if aim.better == "high" else value > target + slack
