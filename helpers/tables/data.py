"""The tables of the course: find them, check them against their description, hand out a copy.

Every table is a CSV file under `data/`, described once in the `tables.yaml` of its folder
(a Frictionless Table Schema). `table` refuses a file that breaks its description
and says where: file, line, field, value and what is accepted.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

import pandas as pd

from helpers.tables.description import FILE, TableError, folder, resources, stamp
from helpers.tables.schema import as_list, fields, listed, load, nearest

__all__ = ["TableError", "folder", "path", "names", "describe", "table", "city", "resource"]

# --- where the data are ---------------------------------------------------------------


def path(name):
    """Return the Path of one file of the data folder, such as `path("map/land.npz")`.

    Raises TableError when there is no such file, with the files of that folder.
    """
    found = folder() / name
    if not found.is_file():
        beside = sorted(p.name for p in found.parent.glob("*") if p.is_file())
        raise TableError(
            f"no data file {name!r}; in {Path(name).parent.as_posix()!r} accepted: {listed(beside)}"
        )
    return found


# --- what the tables are ----------------------------------------------------------------


def names():
    """Return the names of all tables, sorted."""
    return sorted(resources(folder()))


def describe(name=None):
    """Return a DataFrame that says what the tables hold, or the fields of one table.

    name: a table; without it, one row a table (title and file).
    Raises TableError for an unknown name.
    """
    if name is None:
        return pd.DataFrame(
            [[n, r["title"], r["path"]] for n, r in sorted(resources(folder()).items())],
            columns=["table", "title", "file"],
        )
    return pd.DataFrame(
        [
            [f["name"], f["type"], f.get("unit", ""), f.get("description", "")]
            for f in fields(resource(name))
        ],
        columns=["field", "type", "unit", "description"],
    )


def table(name):
    """Return one table as a DataFrame of your own, checked against its description.

    name: one of `names()`.
    Columns have the types of the schema; `attrs` holds "name", "title" and "units"
    (field -> unit). An empty cell is missing (NaN, <NA> or NaT): unknown, not zero.
    Raises TableError for an unknown name and for every kind of bad data.
    """
    root, file = folder(), path(resource(name)["path"])
    return load(root, name, stamp(file), *_described(root, file)).copy(deep=True)


def _described(root, file):
    """Return what changes when the description of a file does: its own and the shared one."""
    return stamp(root / FILE), stamp(file.parent / FILE)


def city(name):
    """Return the row of one city of the table `cities`, as a Series.

    name: "Lima", "reykjavik" (accents and capitals do not matter), or "Name, Country"
    where several share a name: "Birmingham, United Kingdom".
    Raises TableError for a name that is unknown (with the nearest ones) or shared.
    """
    files = [path(resource(one)["path"]) for one in ("cities", "parties")]
    cities = _cities(tuple((stamp(file), *_described(folder(), file)) for file in files))
    place, _, country = (_plain(part) for part in str(name).partition(","))
    found = cities[cities["plain"].map(lambda names: place in names)].drop(columns="plain")
    if country:
        found = found[
            [
                country in (_plain(r.country), _plain(r.country_name))
                or _plain(r.country_name).startswith(country)
                for r in found.itertuples()
            ]
        ]
    if len(found) == 1:
        return found.iloc[0]
    if len(found) > 1:
        raise TableError(
            f"{name!r} is the name of {len(found)} cities; accepted: one of "
            f"{'; '.join(found['name'] + ', ' + found['country_name'])}"
        )
    known = {_plain(n): n for n in cities["ascii_name"]} | {_plain(n): n for n in cities["name"]}
    near = list(
        dict.fromkeys(known[n] for n in nearest(place, known, n=5))
    )  # nearest first, once each
    raise TableError(
        f"no city {name!r} in the table 'cities' ({len(cities)} rows); "
        + (
            f"nearest names: {listed(near)}"
            if near
            else "try a larger city near you, or give latitude and longitude"
        )
    )


@lru_cache(2)
def _cities(stamps):
    """Return the cities with the names of their countries, and all their names as plain letters.

    stamps: of the files that this rests on; when one changes, all is read anew.
    """
    countries = table("parties")[["id", "name"]]
    cities = table("cities").merge(
        countries.rename(columns={"id": "country", "name": "country_name"})
    )
    names = zip(cities["name"].map(_plain), cities["ascii_name"].map(_plain), strict=True)
    return cities.assign(plain=[set(both) for both in names])


def resource(name):
    """Return the description of one table, as a dict (a Frictionless resource).

    Raises TableError for an unknown name.
    """
    known = resources(folder())
    if name not in known:
        near = nearest(name, known)
        raise TableError(
            f"no table {name!r}"
            + (f" (did you mean {' or '.join(near)}?)" if near else "")
            + f"; accepted: {listed(sorted(known))}"
        )
    return known[name]


def source_fields(name):
    """Return the names of the fields of a table that hold ids of sources."""
    described = resource(name)
    keys = [
        f
        for k in described["schema"].get("foreignKeys", [])
        if k["reference"]["resource"] == "sources"
        for f in as_list(k["fields"])
    ]
    return keys + [f["name"] for f in fields(described) if f.get("listOf") == "sources"]


@lru_cache(1 << 14)  # as many names as the table of cities has, some times over
def _plain(text):
    """Return a text without accents, capitals, and outer spaces."""
    split = unicodedata.normalize("NFKD", str(text).strip().casefold())
    return "".join(c for c in split if not unicodedata.combining(c))
