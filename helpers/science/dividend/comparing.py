"""A dividend from one gain function: who is best alone, all together, and the same owner raised in
size.
"""

from dataclasses import replace

from helpers.base import doors
from helpers.science.dividend import values
from helpers.science.dividend.kinds import Dividend
from helpers.science.dividend.values import DividendError


@doors.takes(gain=doors.called, partners=doors.keyed, at_home=doors.called, anywhere=doors.called)
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
    """Return the Dividend of partners, by one gain function: alone, together and same size, all
    computed.

    gain: function of a list of units -> a number, or two numbers for two readings of what is
    uncertain (the first of all values belong together). partners: dict of owner -> list of its
    units; a unit that two own counts once.
    at_home, anywhere: functions (owner, its units, how many more) -> all units of that owner raised
    to the partners' number, its own kept: the best where it may stand today, and the best anywhere.
    land: function (owner, unit) -> whether the unit stands on its owner's own land, for the second
    value of "alone".

    Raises DividendError for partners without units, for a search that drops or miscounts units, and
    for values that cannot be (see Dividend).
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
    best = (max if better == "high" else min)(
        found, key=lambda owner: sum(values.pair(found[owner]))
    )
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
