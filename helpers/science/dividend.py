"""The dividend: what is gained by doing a thing together, as one small number with its question and unit.

A **gain** is one function of a list of units (dishes, satellites, measurements); it does not fall when a
unit is added. Three values of it are compared: **alone** (the best single partner with its own units),
**together** (the units of all partners), and **same size** (that same partner, its own units kept in place,
raised to the partners' number). Together against alone shows *more*; together against same size shows
*cooperation itself*, since pooling always adds hardware. `compare` computes all three in one way.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from html import escape
from itertools import combinations
from math import factorial, inf, isnan

from helpers.base.numbers import written

Value = float | tuple[float, float]
NEAR = 1e-9  # of a value: less than that is rounding of floating point numbers


class DividendError(ValueError):
    """A value or a word that a dividend does not take."""


@dataclass(frozen=True, repr=False, kw_only=True)
class Compared:
    """A question, a unit, whether "high" or "low" is better, and what one alone and all together get.

    A value is a number from 0 up, or a range of two. An infinite one is allowed: a wait that never ends.
    """

    question: str
    unit: str
    better: str
    alone: Value
    together: Value

    def __post_init__(self):
        if not str(self.question).strip():
            raise DividendError(f"question = {self.question!r}; accepted: a question in words")
        if self.better not in ("high", "low"):
            raise DividendError(f"better = {self.better!r}; accepted: 'high' or 'low'")
        for name in ("alone", "together"):
            self._keep(name, _checked(name, getattr(self, name), self._paired))

    _paired = False  # whether the first ends of all ranges belong together, and the second ends

    def _keep(self, name, value):
        object.__setattr__(self, name, value)  # frozen: the way a dataclass sets its own fields

    def _ratio(self, base):
        if base is None or self._nothing(base):
            return None
        ends = zip if self._paired else _each_with_each
        ratios = [
            _over(t, b) if self.better == "high" else _over(b, t)
            for b, t in ends(_pair(base), _pair(self.together))
        ]
        one = not isinstance(base, tuple) and not isinstance(self.together, tuple)
        return ratios[0] if one else (min(ratios), max(ratios))

    @property
    def only_together(self):
        """Whether one alone gets nothing, and all together something."""
        return self._nothing(self.alone) and not self._nothing(self.together)

    def _nothing(self, value):
        """Whether a value means that the thing is not had at all."""
        low, high = _range(value)
        return high == 0 if self.better == "high" else low == inf

    def _said(self, base):
        """Return how together stands to another value, in words."""
        ratio = self._ratio(base)
        if ratio is not None:
            return f"{written(ratio)} times: {_how(*_range(ratio))}"
        if base is None:
            return "not known"
        return "neither has it" if self._nothing(self.together) else "only together"

    def __repr__(self):
        lines = [f"{type(self).__name__}: {self.question} ({self.unit}; {self.better} is better)"]
        return "\n".join(
            lines
            + [
                f"  {name}: {value}"
                + (f" ({whose})" if whose else "")
                + (f", {said}" if said else "")
                for name, whose, value, said in self._rows()
            ]
        )

    def _repr_html_(self):
        """The same as a small table, for a notebook."""
        cells = "".join(
            f'<tr><th scope="row" style="text-align:left">{escape(f"{name} ({whose})" if whose else name)}</th><td style="text-align:right">{escape(value)}</td>'
            f'<td style="text-align:left">{escape(said)}</td></tr>'
            for name, whose, value, said in self._rows()
        )
        head = (
            f'<tr><th scope="col" style="text-align:left">Who</th><th scope="col" style="text-align:right">{escape(self.unit)}</th>'
            '<th scope="col" style="text-align:left">Together is</th></tr>'
        )
        return (
            f'<table><caption style="text-align:left">{escape(self.question)} ({self.better} is better)</caption>'
            f"<thead>{head}</thead><tbody>{cells}</tbody></table>"
        )

    def payload(self):
        """Return it as plain values, to be kept: ranges as lists, infinite as text."""
        kept = {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}
        return {"kind": type(self).__name__.lower()} | kept


@dataclass(frozen=True, repr=False, kw_only=True)
class Dividend(Compared):
    """What `compare` finds: alone, together, and same size as a range from its low end to its high end.

    owner: whose units "alone" are. same_size: a number, or a range in which each end may be a range itself.
    own_land: "alone" of units on one's own land only, with its owner. With an owner named, the first ends of all
    ranges belong together, and so do the second ends: what is uncertain acts on all values alike.
    contradicting: whether units may contradict one another, so that all together can be worse than one alone.

    Raises DividendError for what cannot be: same size below alone, its high end below its low end, together
    below alone (unless contradicting), in the sense of what is better.
    """

    same_size: Value | tuple | None = None
    owner: str = ""
    own_land: tuple | None = None
    contradicting: bool = False

    def __post_init__(self):
        super().__post_init__()
        if self.same_size is not None:
            self._keep(
                "same_size", _checked("same_size", self.same_size, self._paired, nested=True)
            )
        if self.owner:
            self._check_order()

    @property
    def _paired(self):
        return bool(self.owner)

    def _check_order(self):
        rules = [] if self.contradicting else [("alone", self.alone, "together", self.together)]
        if self.same_size is not None:
            low, high = _pair(self.same_size)
            rules += [("alone", self.alone, "same size, low end", low)]
            rules += [("same size, low end", low, "same size, high end", high)]
        for less, a, more, b in rules:
            for x, y in zip(_pair(a), _pair(b), strict=True):
                worse = y < x - NEAR * abs(x) if self.better == "high" else x < y - NEAR * abs(y)
                if worse and x != y:
                    raise DividendError(
                        f"{more} = {b!r} is worse than {less} = {a!r} ({self.better} is better); "
                        f"accepted: no less gain, since units are only added"
                    )

    def ratio(self, against="alone"):
        """Return how many times better together is than "alone" or "same size": above 1 is better.

        Returns a number, or a (low, high) range when an input is one, or None where there is no ratio: when only
        together gives anything at all, and when nothing is known of the other value.
        Raises DividendError for another word.
        """
        base = self._base(against)
        if base is None or not _nested(base):
            return self._ratio(base)
        ends = [_range(self._ratio(end)) for end in base]
        return min(low for low, _ in ends), max(high for _, high in ends)

    def verdict(self, against="alone"):
        """Return the ratio in words: "only together", "1.3 times: better", "1 times: about the same"."""
        base = self._base(against)
        if base is None or not _nested(base):
            return self._said(base)
        ratio = self.ratio(against)
        return f"{written(ratio)} times: {_how(*ratio)}"

    def spread(self, name):
        """Return "alone", "together" or "same size" as a number or a (low, high) range, None if unknown."""
        value = {"alone": self.alone, "together": self.together, "same size": self.same_size}[name]
        return _flat(value) if isinstance(value, tuple) else value

    def sentence(self):
        """Return the dividend in words: the three values, whose they are, and both ratios."""
        alone, together = (f"{written(self.spread(n))} {self.unit}" for n in ("alone", "together"))
        land = (
            f" (on own land only, {self.own_land[0]}: {written(_flat(self.own_land[1]))})"
            if self.own_land
            else ""
        )
        text = (
            f"The best partner alone ({self.owner or 'not named'}): {alone}{land}. "
            f"All together: {together}. Against alone {self.verdict()}."
        )
        if self.same_size is None:
            return text
        size = written(self.spread("same size"))
        return (
            f"{text} The same owner with as many units: {size}. "
            f"Against the same size {self.verdict('same size')}."
        )

    def _base(self, against):
        if against not in ("alone", "same size"):
            raise DividendError(f"against = {against!r}; accepted: 'alone' or 'same size'")
        if against == "alone" or self.same_size is None:
            return self.alone if against == "alone" else None
        if not self.owner:
            return self.same_size
        low, high = _pair(self.same_size)
        if isinstance(self.same_size, tuple):
            return (_pair(low), _pair(high))
        return self.same_size

    def _rows(self):
        rows = [("alone", self.owner, written(self.spread("alone")), self.verdict())]
        if self.own_land:
            owner, value = self.own_land
            rows.append(("own land only", owner, written(_flat(value)), self._said(value)))
        if self.same_size is not None:
            size = written(self.spread("same size"))
            rows.append(("same size", "", size, self.verdict("same size")))
        return [*rows, ("together", "", written(self.spread("together")), "")]


@dataclass(frozen=True, repr=False, kw_only=True)
class Access(Compared):
    """Who gets in, or at what price: alone and together, no same size, in a table of its own, never ranked.

    alone_is, together_is: what the two words mean here, such as "a programme of its own" and "a seat".
    The two may be uncertain for reasons of their own, so a ratio takes each end with each.
    """

    alone_is: str
    together_is: str

    def __post_init__(self):
        super().__post_init__()
        for name in ("alone_is", "together_is"):
            if not str(getattr(self, name)).strip():
                raise DividendError(f"{name} = {getattr(self, name)!r}; accepted: a few words")

    def ratio(self):
        """Return how many times better together is than alone, a number, a range, or None."""
        return self._ratio(self.alone)

    def verdict(self):
        """Return the ratio in words."""
        return self._said(self.alone)

    def spread(self, name):
        """Return "alone" or "together" as a number or a (low, high) range; "same size" is None."""
        return {"alone": self.alone, "together": self.together, "same size": None}[name]

    def sentence(self):
        """Return the access number in words."""
        alone, together = written(self.alone), written(self.together)
        return (
            f"Alone ({self.alone_is}): {alone} {self.unit}. Together ({self.together_is}): "
            f"{together} {self.unit}. {self.verdict().capitalize()}."
        )

    def _rows(self):
        return [
            ("alone", self.alone_is, written(self.alone), self.verdict()),
            ("together", self.together_is, written(self.together), ""),
        ]


def compare(
    gain,
    partners,
    *,
    at_home,
    anywhere,
    question,
    unit,
    better="high",
    land=None,
    contradicting=False,
):
    """Return the Dividend of partners, by one gain function: alone, together and same size, all computed.

    gain: function of a list of units -> a number, or two numbers for two readings of what is uncertain (the first
    of all values belong together). partners: dict of owner -> list of its units; a unit that two own counts once.
    at_home, anywhere: functions (owner, its units, how many more) -> all units of that owner raised to the
    partners' number, its own kept: the best where it may stand today, and the best anywhere.
    land: function (owner, unit) -> whether the unit stands on its owner's own land, for the second value of "alone".

    Raises DividendError for partners without units, for a search that drops or miscounts units, and for values
    that cannot be (see Dividend).
    """
    owned = {owner: _once(units) for owner, units in partners.items() if len(units)}
    if len(owned) < 2:
        raise DividendError(
            f"partners with units = {sorted(owned)!r}; accepted: two owners or more"
        )
    everyone = _once([unit for units in owned.values() for unit in units])
    owner, alone = _best(gain, owned, better)
    own, more = owned[owner], len(everyone) - len(owned[owner])
    raised = [
        gain(_raised(name, search(owner, list(own), more), own, len(everyone)))
        for name, search in (("at_home", at_home), ("anywhere", anywhere))
    ]
    found = Dividend(
        question=question,
        unit=unit,
        better=better,
        alone=alone,
        together=gain(everyone),
        same_size=tuple(raised),
        owner=str(owner),
        contradicting=contradicting,
    )
    if land is None:
        return found
    at_land = {o: [u for u in units if land(o, u)] for o, units in owned.items()}
    at_land = {o: units for o, units in at_land.items() if units}
    return replace(found, own_land=_best(gain, at_land, better)) if at_land else found


def _best(gain, owned, better):
    """Return (owner, gain) of the owner whose units give most; of two readings, by their mean."""
    found = {owner: gain(units) for owner, units in owned.items()}
    best = (max if better == "high" else min)(found, key=lambda owner: sum(_pair(found[owner])))
    return best, found[best]


def _raised(name, units, own, number):
    """Return the units that a search gives, checked: so many, and the owner's own among them."""
    units = list(units)
    if len(units) != number:
        raise DividendError(f"{name} gives {len(units)} units; accepted: {number}, as all partners")
    lost = [unit for unit in own if not any(_same(unit, one) for one in units)]
    if lost:
        raise DividendError(f"{name} moves {lost[0]!r}; accepted: the owner's own units in place")
    return units


def _once(units):
    kept = []
    for unit in units:
        if not any(_same(unit, one) for one in kept):
            kept.append(unit)
    return kept


def _same(a, b):
    try:
        return a is b or bool(a == b)
    except ValueError:  # arrays and tables, which compare by element
        return False


def from_payload(payload):
    """Return the Dividend or the Access of a payload: the inverse of `payload`."""

    def read(value):
        if isinstance(value, list):
            return tuple(read(v) for v in value)
        return inf if value == "infinite" else value

    kept = {name: read(value) for name, value in payload.items()}
    return {"access": Access, "dividend": Dividend}[kept.pop("kind", "dividend")](**kept)


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


def _checked(name, value, paired=False, nested=False):
    """Return a value as a float or as a tuple of two; paired ends may stand in any order."""
    if isinstance(value, (tuple, list)):
        if len(value) != 2 or not (paired or value[0] <= value[1]):
            raise DividendError(f"{name} = {value!r}; accepted: a number, or a range (low, high)")
        return tuple(_checked(name, v, paired) if nested else _number(name, v) for v in value)
    return _number(name, value)


def _number(name, value):
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if isinstance(value, (bool, str)) or isnan(number) or number < 0:
        raise DividendError(
            f"{name} = {value!r}; accepted: a number from 0 up, or a range (low, high) of such"
        )
    return number


def _pair(value):
    return value if isinstance(value, tuple) else (value, value)


def _nested(value):
    return isinstance(value, tuple) and any(isinstance(end, tuple) for end in value)


def _flat(value):
    """Return the (low, high) of all numbers in a value, or the number when they are one."""
    if not isinstance(value, tuple):
        return value
    numbers = [v for end in value for v in _pair(end)]
    return (min(numbers), max(numbers))


def _range(value):
    return tuple(sorted(_pair(value)))


def _each_with_each(one, other):
    return [(a, b) for a in one for b in other]


def _plain(value):
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return "infinite" if isinstance(value, float) and value == inf else value


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
