"""Who takes part in space: how evenly objects are spread, and who has one without a rocket (lesson
01).

A table of objects has one row an owner and year, as `data.table("objects_launched")`:
columns `party`, `year` and `objects`.
"""

import numpy as np
import pandas as pd

from helpers.base import checks, doors
from helpers.tables import data

UN_MEMBERS = 193  # states that are members of the United Nations, 2026 (source: un-member-states)
OWN = ("own",)  # narrow sense of a launch of its own; the wide sense adds "inherited" and "company"


class ParticipationError(ValueError):
    """Numbers or names that the functions of this module cannot use."""


# --- how evenly ------------------------------------------------------------------------


@doors.takes(values=doors.numeric)
def lorenz(values):
    """Return the Lorenz curve: what share of the total the smallest owners hold together.

    values: n numbers, none negative, of any unit.
    Returns two arrays of n + 1 shares from 0 to 1: of the owners, and of the total.
    Raises ParticipationError for negative numbers, unknown ones, or a total of zero.
    Source: M. O. Lorenz (1905), doi 10.2307/2276207.
    """
    held = np.sort(_amounts(values))
    return np.linspace(0, 1, held.size + 1), np.concatenate([[0], np.cumsum(held) / held.sum()])


@doors.takes(values=doors.numeric)
def gini(values):
    """Return the Gini coefficient: 0 when all hold the same, (n - 1) / n when one holds everything.

    values: n numbers, none negative; owners that hold nothing count if they are listed as 0.
    Returns twice the area between the Lorenz curve and the diagonal.
    Raises ParticipationError as `lorenz` does.
    Source: A. Sen, On Economic Inequality (1973), section 2.
    """
    owners, held = lorenz(values)
    return float(1 - np.sum((held[1:] + held[:-1]) * np.diff(owners)))


@doors.takes(values=doors.numeric, n=checks.number)
def top_share(values, n):
    """Return the share of the total that the n largest hold, from 0 to 1.

    Raises ParticipationError for n below 1 or above the number of values.
    """
    held = np.sort(_amounts(values))
    if not 1 <= n <= held.size:
        raise ParticipationError(
            f"n = {n!r} is not accepted; accepted: 1 to {held.size}, the number of values"
        )
    return float(held[-n:].sum() / held.sum())


# --- year by year --------------------------------------------------------------------------


@doors.takes(objects=doors.rows("year", "party", "objects"))
def yearly(objects):
    """Return objects launched in each year: one row a year (none left out), one column an owner."""
    table = objects.pivot_table(
        index="year", columns="party", values="objects", aggfunc="sum", fill_value=0
    )
    return table.reindex(
        range(int(table.index.min()), int(table.index.max()) + 1), fill_value=0
    ).astype(int)


@doors.takes(objects=doors.rows("year", "party", "objects"))
def cumulative(objects):
    """Return objects launched up to the end of each year: one row a year, one column an owner."""
    return yearly(objects).cumsum()


@doors.takes(table=doors.table)
def gini_by_year(table, members=None):
    """Return the Gini coefficient of each row of a table with one column an owner.

    table: such as `yearly(objects)` or `cumulative(objects)`.
    members: how many could own something; None counts only those that own something in
    the row, a number such as UN_MEMBERS adds the others with zero.
    Returns a Series by year. The two choices answer two questions: how even is it among
    those who take part, and how even is it among all.
    Raises ParticipationError when a row has more owners than members.
    """
    return pd.Series(
        {
            year: gini(_with_members(row[row > 0].to_numpy(), members))
            for year, row in table.iterrows()
        },
        name="gini",
    )


def _with_members(held, members):
    if members is None:
        return held
    if held.size > members:
        raise ParticipationError(
            f"members = {members!r} is not accepted; accepted: at least {held.size}, the owners in "
            "the row"
        )
    return np.pad(held, (members - held.size, 0))


@doors.takes(objects=doors.rows("year", "party"))
def first_years(objects):
    """Return the year of the first object of each owner, earliest first, as a Series."""
    return objects.groupby("party")["year"].min().astype(int).sort_values(kind="stable")


# --- who owns, who launches -------------------------------------------------------------------


@doors.takes(table=doors.rows("party"))
def of_kind(table, *kinds):
    """Return the rows whose party is of one of these kinds, such as "state" or "organisation".

    table: with a column `party`, the id of a row of the table `parties`.
    Raises ParticipationError for a kind that no party has.
    """
    known = data.table("parties").set_index("id")["kind"]
    for kind in kinds:
        if kind not in set(known):
            raise ParticipationError(
                f"kind {kind!r} is not known; accepted: {', '.join(sorted(set(known)))}"
            )
    return table[table["party"].map(known).isin(kinds)]


@doors.takes(objects=doors.rows("year", "party"), year=checks.number)
def owners(objects, year):
    """Return the set of parties with at least one object launched by the end of a year."""
    first = first_years(objects)
    return set(first[first <= year].index)


@doors.takes(first_launches=doors.rows("year", "basis", "party"), year=checks.number)
def launchers(first_launches, year, basis=OWN):
    """Return the set of parties that had launched to orbit by the end of a year.

    first_launches: the table `first_own_launches`.
    basis: in what sense the launch was its own; ("own",), or with "joint", "inherited", "company".
    Raises ParticipationError for a basis that the table does not have.
    """
    known = set(first_launches["basis"])
    if not set(basis) <= known:
        raise ParticipationError(
            f"basis {sorted(set(basis) - known)} is not known; accepted: {', '.join(sorted(known))}"
        )
    done = first_launches[(first_launches["year"] <= year) & first_launches["basis"].isin(basis)]
    return set(done["party"])


@doors.takes(
    objects=doors.rows("year", "party"),
    first_launches=doors.rows("year", "basis", "party"),
    year=checks.number,
)
def reach(objects, first_launches, year, basis=OWN):
    """Return how many states had an object in space, as the three values of a dividend.

    objects, first_launches: tables as above; year: end of the count; basis: as in `launchers`.
    Returns a dict of counts of states. alone: launched by a rocket of their own. together:
    by anyone's rocket. same_size: as many rockets as all launchers have, each carrying
    only what its own state owns, which serves the launchers and nobody else.
    """
    alone = len(
        set(of_kind(first_launches, "state")["party"]) & launchers(first_launches, year, basis)
    )
    return {
        "alone": alone,
        "together": len(owners(of_kind(objects, "state"), year)),
        "same_size": alone,
    }


# --- counting twice -----------------------------------------------------------------------------


@doors.takes(objects=doors.rows("year", "objects"), world=doors.rows("year", "objects"))
def counted_twice(objects, world):
    """Compare the sum over owners with the world's count, year by year.

    objects: one row an owner and year; world: one row a year, each object once.
    Returns a DataFrame by year: by_owner, world, difference, and two lower bounds that
    the difference proves: shared (countings beyond the first, of objects with several
    owners) and unowned (objects of the world that no owner lists).
    In a year that has both, one hides the other: so these are lower bounds.
    """
    years = world.set_index("year")["objects"].astype(int)
    table = pd.DataFrame(
        {
            "by_owner": objects.groupby("year")["objects"]
            .sum()
            .reindex(years.index, fill_value=0)
            .astype(int),
            "world": years,
        }
    )
    table["difference"] = table["by_owner"] - table["world"]
    return table.assign(
        shared=table["difference"].clip(lower=0), unowned=(-table["difference"]).clip(lower=0)
    )


def _amounts(values):
    held = np.asarray(values, dtype=float).ravel()
    if held.size == 0 or not np.all(np.isfinite(held)) or np.any(held < 0):
        wrong = held[~(np.isfinite(held) & (held >= 0))].tolist()
        raise ParticipationError(
            f"{wrong or 'no values'} is not accepted; accepted: one or more numbers, none "
            "negative, none unknown"
        )
    if held.sum() == 0:
        raise ParticipationError(
            f"{held.size} values that add up to 0 are not accepted; accepted: at least one above 0"
        )
    return held
