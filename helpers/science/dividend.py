"""The dividend: what is gained by doing a thing together, as one small number with its question and unit.

Up to three values are compared: **alone** (the best that a single owner gets), **together** (all partners),
and **same size** (as many units as the partners have, owned by one). Together against alone shows *more*;
together against same size shows *cooperation itself*, since pooling always adds hardware.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from itertools import combinations
from math import factorial, inf, isnan

from helpers.base.numbers import written

Value = float | tuple[float, float]


class DividendError(ValueError):
    """A value or a word that a dividend does not take."""


@dataclass(frozen=True, repr=False, kw_only=True)
class Dividend:
    """A question, a unit, whether "high" or "low" is better, and two or three values, each a number or a (low, high) range.

    An infinite value is allowed where low is better: a wait that never ends. Raises DividendError for anything else.
    """

    question: str
    unit: str
    better: str
    alone: Value
    together: Value
    same_size: Value | None = None

    def __post_init__(self):
        if not str(self.question).strip():
            raise DividendError(f"question = {self.question!r}; accepted: a question in words")
        if self.better not in ("high", "low"):
            raise DividendError(f"better = {self.better!r}; accepted: 'high' or 'low'")
        for name in ("alone", "together", "same_size"):
            value = getattr(self, name)
            if name != "same_size" or value is not None:
                object.__setattr__(
                    self, name, _checked(name, value)
                )  # frozen: the way a dataclass sets its own fields

    def ratio(self, against="alone"):
        """Return how many times better together is than "alone" or "same size": above 1 is better.

        Returns a number, or a (low, high) range when an input is one, or None where there is no ratio: when only
        together gives anything at all, and when nothing is known of the other value.
        Raises DividendError for another word.
        """
        base = self._base(against)
        if base is None or self._nothing(base):
            return None
        (b0, b1), (t0, t1) = _range(base), _range(self.together)
        low, high = (
            (_over(t0, b1), _over(t1, b0))
            if self.better == "high"
            else (_over(b0, t1), _over(b1, t0))
        )
        return (
            low
            if not isinstance(base, tuple) and not isinstance(self.together, tuple)
            else (low, high)
        )

    @property
    def only_together(self):
        """Whether one alone gets nothing, and all together something."""
        return self._nothing(self.alone) and not self._nothing(self.together)

    def _base(self, against):
        if against not in ("alone", "same size"):
            raise DividendError(f"against = {against!r}; accepted: 'alone' or 'same size'")
        return self.alone if against == "alone" else self.same_size

    def _nothing(self, value):
        """Whether a value means that the thing is not had at all."""
        low, high = _range(value)
        return high == 0 if self.better == "high" else low == inf

    def verdict(self, against="alone"):
        """Return the ratio in words: "only together", "1.3 times better", "about the same", "0.8 times: worse"."""
        ratio = self.ratio(against)
        if ratio is None:
            return _without_ratio(self, self._base(against))
        return f"{written(ratio)} times: {_how(*_range(ratio))}"

    def __repr__(self):
        lines = [f"Dividend: {self.question} ({self.unit}; {self.better} is better)"]
        return "\n".join(
            lines
            + [
                f"  {name}: {value}" + (f", {said}" if said else "")
                for name, value, said in self._rows()
            ]
        )

    def _repr_html_(self):
        """The same as a small table, for a notebook."""
        cells = "".join(
            f'<tr><th scope="row" style="text-align:left">{escape(name)}</th><td style="text-align:right">{escape(value)}</td>'
            f'<td style="text-align:left">{escape(said)}</td></tr>'
            for name, value, said in self._rows()
        )
        head = (
            f'<tr><th scope="col" style="text-align:left">Who</th><th scope="col" style="text-align:right">{escape(self.unit)}</th>'
            '<th scope="col" style="text-align:left">Together is</th></tr>'
        )
        return (
            f'<table><caption style="text-align:left">{escape(self.question)} ({self.better} is better)</caption>'
            f"<thead>{head}</thead><tbody>{cells}</tbody></table>"
        )

    def _rows(self):
        rows = [("alone", written(self.alone), self.verdict())]
        if self.same_size is not None:
            rows.append(("same size", written(self.same_size), self.verdict("same size")))
        return [*rows, ("together", written(self.together), "")]

    def payload(self):
        """Return the dividend as plain values, to be kept: ranges as lists, infinite as text."""

        def plain(value):
            return (
                [plain(v) for v in value]
                if isinstance(value, tuple)
                else "infinite"
                if value == inf
                else value
            )

        return {
            "question": self.question,
            "unit": self.unit,
            "better": self.better,
            "alone": plain(self.alone),
            "together": plain(self.together),
            "same_size": plain(self.same_size),
        }


def from_payload(payload):
    """Return the Dividend of a payload: the inverse of `Dividend.payload`."""

    def read(value):
        return (
            tuple(read(v) for v in value)
            if isinstance(value, list)
            else inf
            if value == "infinite"
            else value
        )

    return Dividend(**{name: read(value) for name, value in payload.items()})


# --- who deserves how much of it --------------------------------------------------------------


def shapley(players, value: Callable[[frozenset], float]):
    """Return a dict of player -> Shapley value, exact (Fraction): the player's mean gain over all orders of joining.

    players: at most 20 or so, since every group is asked for once. value: a function of a frozenset of players;
    the empty group must be worth 0. Source: L. S. Shapley, A value for n-person games (1953).
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


# --- small parts -----------------------------------------------------------------------------------


def _checked(name, value):
    """Return a value as a float or a (low, high) tuple of floats."""
    if isinstance(value, (tuple, list)):
        if len(value) != 2 or not value[0] <= value[1]:
            raise DividendError(f"{name} = {value!r}; accepted: a number, or a range (low, high)")
        return tuple(_checked(name, v) for v in value)
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if isinstance(value, (bool, str)) or isnan(number) or number < 0:
        raise DividendError(
            f"{name} = {value!r}; accepted: a number from 0 up, or a range (low, high) of such"
        )
    return number


def _range(value):
    return value if isinstance(value, tuple) else (value, value)


def _over(a, b):
    """Return a / b for numbers from 0 to infinity; what has no meaning (0/0, infinite over infinite) counts as 1: the same."""
    if a == b:
        return 1.0
    return inf if b == 0 or a == inf else 0.0 if b == inf else a / b


def _how(low, high):
    """Return a range of ratios in words; within 5 % of 1 it is about the same."""
    if 0.95 <= low and high <= 1.05:
        return "about the same"
    if low >= 1:
        return "better"
    return "worse" if high <= 1 else "better or worse, the ranges overlap"


def _without_ratio(dividend, base):
    if base is None:
        return "not known"
    return "neither has it" if dividend._nothing(dividend.together) else "only together"
