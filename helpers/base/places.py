"""One way to name a place on a globe, whatever the learner has in hand.

Taken everywhere: a Place, (latitude, longitude), (name, latitude, longitude), each with a height in
metres behind if you like, or a row of a table (`data.city("Lima")`, a dict, a named tuple) with
latitude and longitude, or latitude_deg and longitude_deg. North and east count up.
"""

from collections import namedtuple
from numbers import Real

from helpers.base.checks import NotAccepted

Place = namedtuple("Place", "name latitude longitude height_m", defaults=[0.0])

ACCEPTED = (
    "(latitude, longitude) or (name, latitude, longitude) in degrees, or a row with such columns, "
    "-90 to 90 north, -360 to 360 east"
)


def as_place(given):
    """Return the Place that something names; its name may be empty.

    Raises NotAccepted when a coordinate is missing, not a number or out of range.
    """
    try:
        place = given if isinstance(given, Place) else _read(given)
        name, latitude, longitude, height = place
        place = Place(str(name), float(latitude), float(longitude), float(height))
    except (TypeError, ValueError, KeyError):
        raise NotAccepted(f"{given!r} is no place; accepted: {ACCEPTED}") from None
    if not (-90 <= place.latitude <= 90 and -360 <= place.longitude <= 360):
        raise NotAccepted(
            f"{place.name or 'latitude'} {place.latitude:g}, longitude {place.longitude:g} is no "
            f"place; accepted: {ACCEPTED}"
        )
    return place


def as_places(given):
    """Return a list of Place: of one place, of several, or of the rows of a table.

    A tuple or list that starts with a number or a name is one place. Raises NotAccepted as
    `as_place`, and when there is none.
    """
    found = [as_place(one) for one in listed(given)]
    if not found:
        raise NotAccepted(f"no place was given; accepted: one or more of {ACCEPTED}")
    return found


def listed(given):
    """Return what was given as a list: one place, several of them, or the rows of a table."""
    if hasattr(given, "iterrows"):
        return given.to_dict("records")
    if isinstance(given, (Place, str)) or hasattr(given, "get") or hasattr(given, "_fields"):
        return [given]
    try:
        several = list(given)
    except TypeError:
        return [given]  # no place at all: `as_place` says so
    return [given] if several and isinstance(several[0], (Real, str)) else several


def _read(given):
    """Return a Place out of a tuple, a list, an array, or a row."""
    if hasattr(given, "get") or hasattr(given, "_fields"):
        return _of_row(given)
    if isinstance(given, str):
        raise TypeError
    values = list(given)
    name = values.pop(0) if values and isinstance(values[0], str) else ""
    if not 2 <= len(values) <= 3:
        raise ValueError
    return Place(name, *values)


def _of_row(row):
    get = row.get if hasattr(row, "get") else lambda key: getattr(row, key, None)
    latitude, longitude = (
        get(key) if get(key) is not None else get(f"{key}_deg") for key in ("latitude", "longitude")
    )
    named = (get(key) for key in ("name", "capital", "place"))
    name = next((n for n in named if isinstance(n, str)), "")
    height = get("height_m")
    # A height that is missing in a table is NaN; the place is then taken at sea level.
    return Place(name, latitude, longitude, 0.0 if height is None or height != height else height)
