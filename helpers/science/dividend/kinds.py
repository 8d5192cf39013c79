"""What is compared: the Dividend (alone, together, same size) and the Access (alone, together)."""

from dataclasses import dataclass
from html import escape
from math import inf

from helpers.base.numbers import written
from helpers.science.dividend import values
from helpers.science.dividend.values import DividendError, Value


@dataclass(frozen=True, repr=False, kw_only=True)
class Compared:
    """A question, a unit, whether "high" or "low" is better, and what one alone and all together
    get.

    A value is a number from 0 up, or a range of two. An infinite one is allowed: a wait that never
    ends.
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
            self._keep(name, values.checked(name, getattr(self, name), self._paired))

    _paired = False  # whether the first ends of all ranges belong together, and the second ends

    def _keep(self, name, value):
        object.__setattr__(self, name, value)  # frozen: the way a dataclass sets its own fields

    def _ratio(self, base):
        if base is None or self._nothing(base):
            return None
        ends = zip if self._paired else values.each_with_each
        ratios = [
            values.over(t, b) if self.better == "high" else values.over(b, t)
            for b, t in ends(values.pair(base), values.pair(self.together))
        ]
        one = not isinstance(base, tuple) and not isinstance(self.together, tuple)
        return ratios[0] if one else (min(ratios), max(ratios))

    @property
    def only_together(self):
        """Whether one alone gets nothing, and all together something."""
        return self._nothing(self.alone) and not self._nothing(self.together)

    def _nothing(self, value):
        """Whether a value means that the thing is not had at all."""
        low, high = values.ordered(value)
        return high == 0 if self.better == "high" else low == inf

    def _said(self, base):
        """Return how together stands to another value, in words."""
        ratio = self._ratio(base)
        if ratio is not None:
            return f"{written(ratio)} times: {values.how(*values.ordered(ratio))}"
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
            '<tr><th scope="row" '
            f'style="text-align:left">{escape(f"{name} ({whose})" if whose else name)}</th><td '
            f'style="text-align:right">{escape(value)}</td>'
            f'<td style="text-align:left">{escape(said)}</td></tr>'
            for name, whose, value, said in self._rows()
        )
        head = (
            '<tr><th scope="col" style="text-align:left">Who</th><th scope="col" '
            f'style="text-align:right">{escape(self.unit)}</th>'
            '<th scope="col" style="text-align:left">Together is</th></tr>'
        )
        return (
            f'<table><caption style="text-align:left">{escape(self.question)} ({self.better} is '
            "better)</caption>"
            f"<thead>{head}</thead><tbody>{cells}</tbody></table>"
        )

    def payload(self):
        """Return it as plain values, to be kept: ranges as lists, infinite as text."""
        kept = {name: values.plain(getattr(self, name)) for name in self.__dataclass_fields__}
        return {"kind": type(self).__name__.lower()} | kept


@dataclass(frozen=True, repr=False, kw_only=True)
class Dividend(Compared):
    """What `compare` finds: alone, together, and same size as a range from its low end to its high
    end.

    owner: whose units "alone" are. same_size: a number, or a range in which each end may be a range
    itself.
    own_land: "alone" of units on one's own land only, with its owner. With an owner named, the
    first ends of all ranges belong together, and so do the second ends: what is uncertain acts on
    all values alike.
    contradicting: whether units may contradict one another, so that all together can be worse than
    one alone.

    Raises DividendError for what cannot be: same size below alone, its high end below its low end,
    together below alone (unless contradicting), in the sense of what is better.
    """

    same_size: Value | tuple | None = None
    owner: str = ""
    own_land: tuple | None = None
    contradicting: bool = False

    def __post_init__(self):
        super().__post_init__()
        if self.same_size is not None:
            self._keep(
                "same_size", values.checked("same_size", self.same_size, self._paired, nested=True)
            )
        if self.owner:
            self._check_order()

    @property
    def _paired(self):
        return bool(self.owner)

    def _check_order(self):
        rules = [] if self.contradicting else [("alone", self.alone, "together", self.together)]
        if self.same_size is not None:
            low, high = values.pair(self.same_size)
            rules += [("alone", self.alone, "same size, low end", low)]
            rules += [("same size, low end", low, "same size, high end", high)]
        for less, a, more, b in rules:
            for x, y in zip(values.pair(a), values.pair(b), strict=True):
                worse = (
                    y < x - values.NEAR * abs(x)
                    if self.better == "high"
                    else x < y - values.NEAR * abs(y)
                )
                if worse and x != y:
                    raise DividendError(
                        f"{more} = {b!r} is worse than {less} = {a!r} ({self.better} is better); "
                        f"accepted: no less gain, since units are only added"
                    )

    def ratio(self, against="alone"):
        """Return how many times better together is than "alone" or "same size": above 1 is better.

        Returns a number, or a (low, high) range when an input is one, or None where there is no
        ratio: when only together gives anything at all, and when nothing is known of the other
        value.
        Raises DividendError for another word.
        """
        base = self._base(against)
        if base is None or not values.nested(base):
            return self._ratio(base)
        ends = [values.ordered(self._ratio(end)) for end in base]
        return min(low for low, _ in ends), max(high for _, high in ends)

    def verdict(self, against="alone"):
        """Return the ratio in words: "only together", "1.3 times: better", "1 times: about the
        same".
        """
        base = self._base(against)
        if base is None or not values.nested(base):
            return self._said(base)
        ratio = self.ratio(against)
        return f"{written(ratio)} times: {values.how(*ratio)}"

    def spread(self, name):
        """Return "alone", "together" or "same size" as a number or a (low, high) range, None if
        unknown.
        """
        value = {"alone": self.alone, "together": self.together, "same size": self.same_size}[name]
        return values.flat(value) if isinstance(value, tuple) else value

    def sentence(self):
        """Return the dividend in words: the three values, whose they are, and both ratios."""
        alone, together = (f"{written(self.spread(n))} {self.unit}" for n in ("alone", "together"))
        land = (
            f" (on own land only, {self.own_land[0]}: {written(values.flat(self.own_land[1]))})"
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
        low, high = values.pair(self.same_size)
        if isinstance(self.same_size, tuple):
            return (values.pair(low), values.pair(high))
        return self.same_size

    def _rows(self):
        rows = [("alone", self.owner, written(self.spread("alone")), self.verdict())]
        if self.own_land:
            owner, value = self.own_land
            rows.append(("own land only", owner, written(values.flat(value)), self._said(value)))
        if self.same_size is not None:
            size = written(self.spread("same size"))
            rows.append(("same size", "", size, self.verdict("same size")))
        return [*rows, ("together", "", written(self.spread("together")), "")]


@dataclass(frozen=True, repr=False, kw_only=True)
class Access(Compared):
    """Who gets in, or at what price: alone and together, no same size, in a table of its own, never
    ranked.

    alone_is, together_is: what the two words mean here, such as "a programme of its own" and "a
    seat". The two may be uncertain for reasons of their own, so a ratio takes each end with each.
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


def from_payload(payload):
    """Return the Dividend or the Access of a payload: the inverse of `payload`."""

    def read(value):
        if isinstance(value, list):
            return tuple(read(v) for v in value)
        return inf if value == "infinite" else value

    kept = {name: read(value) for name, value in payload.items()}
    return {"access": Access, "dividend": Dividend}[kept.pop("kind", "dividend")](**kept)
