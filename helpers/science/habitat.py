"""Living on a station: air and water, what recycling saves, how long stores last (lesson 03).

Masses are in kg, rates in kg a day.
"""

import numpy as np
import pandas as pd

from helpers.base import checks, doors
from helpers.base.checks import NotAccepted
from helpers.tables import data

# Molar masses in g/mol, from the conventional atomic weights H 1.008, C 12.011, O 15.999
# (IUPAC 2021, doi 10.1515/pac-2019-0603).
MOLAR_MASS = {"H2": 2.016, "O2": 31.998, "H2O": 18.015, "CO2": 44.009, "CH4": 16.043}


SOLIDS = ("sweat_solids", "urine_solids", "feces_solids")
GIVEN_OFF = ("respiration_perspiration_water", "urine_water")  # water that a station can collect


# --- air and water ----------------------------------------------------------------------


@doors.takes(water=checks.number)
def electrolysis(water):
    """Return the oxygen and hydrogen (kg) that this water (kg) splits into: 2 H2O -> 2 H2 + O2."""
    moles = water / MOLAR_MASS["H2O"]
    return moles / 2 * MOLAR_MASS["O2"], moles * MOLAR_MASS["H2"]


@doors.takes(oxygen=checks.number)
def water_to_split(oxygen):
    """Return the water (kg) that electrolysis needs to make this oxygen (kg)."""
    return oxygen / MOLAR_MASS["O2"] * 2 * MOLAR_MASS["H2O"]


@doors.takes(carbon_dioxide=checks.number, hydrogen=checks.number)
def sabatier(carbon_dioxide, hydrogen):
    """Return what the Sabatier reaction makes and leaves: CO2 + 4 H2 -> CH4 + 2 H2O.

    carbon_dioxide, hydrogen: kg put in; the scarcer of the two ends the reaction.
    Returns a dict of kg: H2O and CH4 made, CO2 and H2 left over.
    """
    moles = min(carbon_dioxide / MOLAR_MASS["CO2"], hydrogen / MOLAR_MASS["H2"] / 4)
    return {
        "H2O": 2 * moles * MOLAR_MASS["H2O"],
        "CH4": moles * MOLAR_MASS["CH4"],
        "CO2": carbon_dioxide - moles * MOLAR_MASS["CO2"],
        "H2": hydrogen - 4 * moles * MOLAR_MASS["H2"],
    }


@doors.takes(oxygen=checks.number, carbon_dioxide=checks.number)
def respiratory_quotient(oxygen, carbon_dioxide):
    """Return moles of carbon dioxide breathed out for each mole of oxygen breathed in."""
    return (carbon_dioxide / MOLAR_MASS["CO2"]) / (oxygen / MOLAR_MASS["O2"])


def rates(source="wieland-1994"):
    """Return the daily rates of one person, as a Series of kg by quantity, from the table
    `person_day`.

    Raises NotAccepted for a source that the table does not have.
    """
    table = data.table("person_day")
    if source not in set(table["source"]):
        raise NotAccepted(
            f"source {source!r} is not in the table person_day; accepted: "
            f"{', '.join(sorted(set(table['source'])))}"
        )
    return table[table["source"] == source].set_index("quantity")["rate"]


@doors.takes(rate=doors.labelled("oxygen", "carbon_dioxide", "drink"))
def body_balance(rate):
    """Return what one person takes in and gives off in a day, and the gap between the two (kg).

    rate: a Series as from `rates("wieland-1994")`.
    A body that neither gains nor loses mass has a gap of zero, within the rounding of the rates.
    """
    taken = rate[["oxygen", "food_solids", "water_in_food", "food_prep_water", "drink"]].sum()
    given = rate[["carbon_dioxide", *GIVEN_OFF, "feces_water", *SOLIDS]].sum()
    return {"in": float(taken), "out": float(given), "gap": float(taken - given)}


# --- a station with recycling ---------------------------------------------------------------


def loop(people, water_recycled=0.0, oxygen_made=0.0, use_sabatier=False, washing=0.0, rate=None):
    """Return one day of a station: what must be brought, and what leaves the loop (kg a day).

    people: how many. water_recycled: share (0 to 1) of the water given off as breath,
    sweat and urine that becomes drinking water again. oxygen_made: share (0 to 1) of the
    oxygen that electrolysis makes from water. use_sabatier: whether its hydrogen goes on
    to make water from carbon dioxide. washing: kg of water a person and day that is used
    and given off again without being drunk. rate: a Series as from `rates()`.
    Returns a dict of two dicts. brought: food (with its water), oxygen, water. leaves:
    carbon dioxide, methane, hydrogen, water lost, water left over, solids.
    The two add up to the same, but for the gap of `body_balance`: no mass is lost.
    Raises NotAccepted for shares outside 0 to 1, and for people or washing below 0.
    """
    checks.share("water_recycled", water_recycled)
    checks.share("oxygen_made", oxygen_made)
    rate = people_rate(people, rates() if rate is None else rate)
    split = water_to_split(oxygen_made * rate["oxygen"])
    hydrogen = electrolysis(split)[1]
    gas = sabatier(rate["carbon_dioxide"], hydrogen if use_sabatier else 0)
    washed = people_rate(people, checks.not_negative("washing", washing))
    waste = rate[list(GIVEN_OFF)].sum() + washed
    water = (
        rate["drink"]
        + rate["food_prep_water"]
        + washed
        + split
        - water_recycled * waste
        - gas["H2O"]
    )
    brought = {
        "food": rate["food_solids"] + rate["water_in_food"],
        "oxygen": (1 - oxygen_made) * rate["oxygen"],
        "water": max(water, 0),
    }
    leaves = {
        "carbon dioxide": gas["CO2"],
        "methane": gas["CH4"],
        "hydrogen": gas["H2"] if use_sabatier else hydrogen,
        "water lost": (1 - water_recycled) * waste + rate["feces_water"],
        "water left over": max(-water, 0),
        "solids": rate[list(SOLIDS)].sum(),
    }
    return {"brought": _floats(brought), "leaves": _floats(leaves)}


def people_rate(people, rate):
    """Return the daily rates of this many people; raises NotAccepted below 0."""
    return rate * checks.not_negative("people", people)


@doors.takes(
    people=checks.number,
    oxygen_share=checks.number,
    water_share=checks.number,
    water_need=checks.number,
)
def yearly_saving(people, oxygen_share, water_share, water_need, rate=None, days=365):
    """Return the tonnes a year that recycling need not bring up, by the simple count.

    people: how many; oxygen_share, water_share: 0 to 1; water_need: kg of water a person
    and day that the share applies to. This counts all recycled water as water saved, so
    water that comes with the food is an upper bound; `loop` gives the stricter balance.
    """
    rate = rates() if rate is None else rate
    return float(
        people
        * days
        * (
            checks.share("oxygen_share", oxygen_share) * rate["oxygen"]
            + checks.share("water_share", water_share) * water_need
        )
        / 1000
    )


def store_levels(stores, use, days, delivery=None, every=None):
    """Return what is left of each store at the end of each day, from day 0, as a DataFrame (kg).

    stores: kg at the start, by item; use: kg a day, by item (below 0 fills up);
    days: how many. delivery: kg brought by each ship, by item; every: days between ships,
    the first after that many days. A level below 0 is what would be missing.
    Raises NotAccepted for items without a use, and for every below 1.
    """
    unknown = set(stores) ^ set(use)
    if unknown:
        raise NotAccepted(
            f"items {sorted(unknown)} have no use or no store; accepted: the same items in both, "
            f"here {sorted(stores)}"
        )
    if delivery and (not every or every < 1):
        raise NotAccepted(
            f"every = {every!r} is not accepted; accepted: 1 or more days between ships"
        )
    day = np.arange(days + 1)
    ships = day // every if delivery else 0 * day
    return pd.DataFrame(
        {
            item: stores[item] - use[item] * day + (delivery or {}).get(item, 0) * ships
            for item in stores
        },
        index=day,
    )


def days_until_empty(stores, use, delivery=None, every=None, limit=3650):
    """Return the number of whole days that the stores last, and the item that ends them.

    Arguments as in `store_levels`; limit: days to look ahead.
    Returns (days, item), or (inf, None) when nothing runs out within the limit.
    """
    levels = store_levels(stores, use, limit, delivery, every)
    short = (levels < -1e-9).to_numpy()
    if not short.any():
        return float("inf"), None
    day = int(short.any(axis=1).argmax())
    return day - 1, str(levels.columns[short[day].argmax()])


def _floats(values):
    return {name: float(value) for name, value in values.items()}
