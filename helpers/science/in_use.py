"""The element sets on which the fleets of the lessons fly: those of the course, or newer ones in
their place until the kernel ends.

A fleet asks `on` for its lines, and counts its days from `newest_day`; so a lesson runs on other
sets without another line of its own.
"""

from functools import lru_cache

import pandas as pd

from helpers.base import doors
from helpers.science import orbits

_taken = {}  # catalogue number -> row of a set: line1, line2, epoch
_caches = []


def take(rows=None):
    """Let all fleets fly on other sets; without any, on those of the course.

    rows: a DataFrame with catalogue_number, line1, line2 and epoch, one row a satellite.
    """
    _taken.clear()
    if rows is not None:
        _taken.update(rows.set_index("catalogue_number")[["line1", "line2", "epoch"]].T)
    for cached in _caches:
        cached.cache_clear()


def on(rows):
    """Return the rows of a fleet on the sets in use; satellites of which there is none stay out.

    rows: a DataFrame with catalogue_number, line1 and line2. While the course's own sets are in
    use it comes back as it is.
    """
    if not _taken:
        return rows
    rows = rows[rows["catalogue_number"].isin(list(_taken))]
    lines = pd.DataFrame([_taken[number] for number in rows["catalogue_number"]], rows.index)
    return rows.assign(**{name: lines[name] for name in lines if name in rows or name != "epoch"})


@doors.takes(rows=doors.rows("line1", "line2"))
def newest_day(rows):
    """Return the UTC midnight before the newest set of a fleet; rows: with line1 and line2."""
    return orbits.epochs(rows).max().floor("D")


def kept(function):
    """Return the function with its last eight answers kept, until other sets are taken."""
    cached = lru_cache(maxsize=8)(function)
    _caches.append(cached)
    return cached
