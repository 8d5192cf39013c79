"""As many units in one hand: the search that adds one unit at a time, each where it adds most."""

from helpers.science.dividend.values import DividendError


def grown(own, more, offers, gains, *, better="high", until=None):
    """Return a list of own units and so many more, added one at a time, each time the best offer.

    offers: list of units that may be added, or a function of the units so far -> such a list. An
    offer may be taken again; the first of equal ones is taken. gains: function (units, offers) ->
    what the units give with each of the offers: numbers, or tuples to be compared in order (see
    `each`). better: "high" or "low". until: function of a list of units -> whether they are enough,
    so that the search ends early.

    Such a search finds a good set, not always the best one. Raises DividendError without offers.
    """
    units = list(own)
    best = {"high": max, "low": min}[better]
    for _ in range(more):
        if until is not None and until(units):
            break
        found = list(offers(units) if callable(offers) else offers)
        if not found:
            raise DividendError("offers = []; accepted: at least one unit that may be added")
        values = list(gains(units, found))
        units.append(found[best(range(len(found)), key=values.__getitem__)])
    return units


def each(gain):
    """Return the `gains` of `grown` for a gain that takes one list of units: each offer is
    tried.
    """
    return lambda units, offers: [gain([*units, one]) for one in offers]
