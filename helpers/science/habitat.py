"""Living on a station and paying for it: air, water, stores, people, projects, tickets (lesson 03).

Masses are in kg, rates in kg a day, money in millions of the currency named.
"""

import numpy as np
import pandas as pd

from helpers.base import checks, doors
from helpers.base.checks import NotAccepted
from helpers.tables import data

# Molar masses in g/mol, from the conventional atomic weights H 1.008, C 12.011, O 15.999
# (IUPAC 2021, doi 10.1515/pac-2019-0603).
MOLAR_MASS = {"H2": 2.016, "O2": 31.998, "H2O": 18.015, "CO2": 44.009, "CH4": 16.043}

# yuan a dollar, the rate that the source of the Chinese costs uses (paviavio-2011-css-cost)
CNY_PER_USD_2011 = 6.3813

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


# --- people ---------------------------------------------------------------------------------


def people_at(timeline, time):
    """Return how many people are in orbit at a time (UTC), from the table `people_in_orbit`.

    Raises NotAccepted for a time before the first row or after the last.
    """
    when, times = pd.Timestamp(time), timeline["time"]
    when = when.tz_localize("UTC") if when.tzinfo is None else when
    if not times.min() <= when <= times.max():
        raise NotAccepted(
            f"time {time!r} is not accepted; accepted: {times.min().isoformat()} to "
            f"{times.max().isoformat()}"
        )
    return int(timeline["people"][times <= when].iloc[-1])


@doors.takes(crew=doors.table)
def people_by(crew, definition):
    """Return how many people each party has in orbit, largest first, by one of three definitions.

    crew: rows of the table `crew_snapshots` at one moment. definition: "nationality",
    "agency" (that the person flew for) or "launched_by" (whose rocket). People without
    an agency are counted under "none named".
    Raises NotAccepted for another definition.
    """
    doors.one_name("definition", definition)
    if definition not in ("nationality", "agency", "launched_by"):
        raise NotAccepted(
            f"definition {definition!r} is not known; accepted: nationality, agency, launched_by"
        )
    doors.rows(definition)("crew", crew)
    return (
        crew[definition]
        .fillna("none named")
        .value_counts()
        .sort_index()
        .sort_values(ascending=False, kind="stable")
    )


# --- projects along the years -------------------------------------------------------


@doors.takes(dates=doors.dates)
def decimal_years(dates):
    """Return dates as years with a fraction: 1 July 2025 is about 2025.5."""
    when = pd.DatetimeIndex(dates)
    return np.asarray(
        when.year + (when.day_of_year - 1) / np.where(when.is_leap_year, 366, 365), dtype=float
    )


# --- money ----------------------------------------------------------------------------------------


def in_dollars(costs):
    """Return the rows of `station_costs` with an amount in dollars, yuan changed at the rate of
    2011.

    Rows in euro are left out: the table has no rate for their years.
    """
    rows = costs[costs["currency"].isin(["USD", "CNY"]) & costs["low"].notna()].copy()
    rate = rows["currency"].map({"USD": 1.0, "CNY": CNY_PER_USD_2011})
    return rows.assign(low=rows["low"] / rate, high=rows["high"] / rate, currency="USD")


@doors.takes(costs=doors.rows("confidence", "what", "low", "high"))
def tickets(costs, sure=("high", "medium")):
    """Return the range of reported money for a first access, one row for each way in (million
    dollars).

    costs: the table `station_costs`; sure: which confidence to accept.
    Ways: an experiment on the station of another (hardware only), a seat on the ship of
    another, a crewed programme of one's own, a station of one's own.
    Returns a DataFrame by way: low, high, prices (how many rows), gaps (rows without an amount).
    The money is of different years and is not corrected; nothing can be added.
    """
    ways = {
        "experiment": "instrument",
        "seat": "seat",
        "own programme": "programme",
        "own station": "total",
    }
    paid = in_dollars(costs[costs["confidence"].isin(sure)])
    rows = {}
    for way, what in ways.items():
        priced, asked = paid[paid["what"] == what], costs[costs["what"] == what]
        if (
            what == "programme"
        ):  # rows of one programme after another: the first alone, or all of them together
            priced = priced.assign(low=priced["low"].cumsum(), high=priced["high"].cumsum())
        rows[way] = {
            "low": priced["low"].min(),
            "high": priced["high"].max(),
            "prices": len(priced),
            "gaps": int(asked["low"].isna().sum()),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


@doors.takes(total=checks.number, weights=doors.keyed)
def split(total, weights):
    """Return how a cost is shared in proportion to weights, as a dict.

    total: money; weights: a dict of numbers by partner, none negative, not all 0.
    """
    whole = sum(weights.values())
    if min(weights.values(), default=0) < 0 or whole <= 0:
        raise NotAccepted(
            f"weights {weights} are not accepted; accepted: numbers of 0 or more, one of them "
            "above 0"
        )
    return {partner: total * weight / whole for partner, weight in weights.items()}


@doors.takes(cost_a_year=checks.number, people=checks.number)
def crew_hour(cost_a_year, people, hours_a_day=24.0):
    """Return the cost of one hour of one person aboard, when a year's cost is shared over all their
    hours.

    cost_a_year: money; people: on board on average; hours_a_day: 24 for hours lived, fewer for
    hours worked.
    """
    if people <= 0 or not 0 < hours_a_day <= 24:
        raise NotAccepted(
            f"people = {people!r}, hours_a_day = {hours_a_day!r} are not accepted; accepted: "
            "people above 0, hours above 0 up to 24"
        )
    return cost_a_year / (people * hours_a_day * 365.25)


# --- the nine experiments -----------------------------------------------------------------------


@doors.takes(counts=doors.rows("stage", "number"))
def funnel(counts):
    """Return four numbers of the first call: projects applied for, chosen, under way, flown (a
    Series).

    counts: the table `experiment_counts`. flown counts projects with hardware documented aboard.
    """
    stages = {
        "applied": "applications",
        "chosen": "chosen",
        "under way": "under way in December 2022",
        "flown": "hardware documented as sent up",
    }
    number = counts.set_index("stage")["number"]
    return pd.Series({name: int(number[stage]) for name, stage in stages.items()}, name="projects")


@doors.takes(institutions=doors.rows("country", "institution"))
def partners(institutions):
    """Return how many different countries and institutions take part, as a dict.

    institutions: rows of the table `experiment_institutions`, one an experiment and institution.
    """
    return {
        "countries": institutions["country"].nunique(),
        "institutions": institutions["institution"].nunique(),
    }


def _floats(values):
    return {name: float(value) for name, value in values.items()}
