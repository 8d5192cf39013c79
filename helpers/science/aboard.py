"""Who and what comes aboard a station, and what it costs: people, projects, tickets (lesson 03).

Money is in millions of the currency named.
"""

import numpy as np
import pandas as pd

from helpers.base import checks, doors
from helpers.base.checks import NotAccepted


# yuan a dollar, the rate that the source of the Chinese costs uses (paviavio-2011-css-cost)
CNY_PER_USD_2011 = 6.3813


# --- people --------------------------------------------------------------------------------------


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


@doors.takes(dates=doors.dates)
def decimal_years(dates):
    """Return dates as years with a fraction: 1 July 2025 is about 2025.5."""
    when = pd.DatetimeIndex(dates)
    return np.asarray(
        when.year + (when.day_of_year - 1) / np.where(when.is_leap_year, 366, 365), dtype=float
    )


# --- money ---------------------------------------------------------------------------------------


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


# --- the nine experiments ------------------------------------------------------------------------


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
