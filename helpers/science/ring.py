"""The ring of geostationary satellites: which share of the Earth several of them see, and where one
owner could add more.

A unit is a `Seat`, one satellite over one longitude. `Ring` gives the gain of a set of seats and
the two searches of the dividend of lesson 08: in sight of the owner's own land, and anywhere on the
ring.
"""

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.base import checks, doors
from helpers.science import weather, worldmap
from helpers.science.dividend import grown
from helpers.tables import data

# Whose land counts as an owner's own. EUMETSAT has many member states; only that of its seat is
# taken.
HOMES = {
    "CMA": "CHN",
    "EUMETSAT": "DEU",
    "IMD": "IND",
    "JMA": "JPN",
    "KMA": "KOR",
    "NOAA": "USA",
    "ROSHYDROMET": "RUS",
}
DEGREES = np.arange(-180, 180)  # where a satellite may be put: every whole degree


class Seat(NamedTuple):
    """One satellite over the equator: whose it is, its name, its longitude in degrees east."""

    owner: str
    name: str
    longitude: float


def coverage(longitudes, zenith=weather.USEFUL_ZENITH_DEG):
    """Return the share (0 to 1) of the Earth's area that one satellite or more sees below a zenith
    angle.

    longitudes: degrees east (n,), may be empty, or (..., n) for several sets at once: then (...)
    shares; zenith: 0 to 90 degrees. Exact on a sphere: between two neighbours on the ring each sees
    its own half of the gap, so the share is a sum over the gaps.
    """
    if not np.size(longitudes):
        return 0.0
    lon = np.sort(np.atleast_1d(checks.finite("longitudes", longitudes)) % 360, axis=-1)
    gaps = np.diff(lon, append=lon[..., :1] + 360, axis=-1)
    quarters = _quarter(np.radians(gaps / 2), math.radians(weather.disc_arc(zenith)))
    shares = quarters.sum(axis=-1) / np.pi
    return shares if lon.ndim > 1 else float(shares)


def _quarter(half_gap, arc):
    """Return the solid angle that a disc covers north of the equator, on one side, as far as half a
    gap (rad).

    Napier's rules in the right-angled triangle of the disc's centre, the end of the half gap on the
    equator, and the point where its meridian cuts the rim; the rest is a sector of the disc, (1 -
    cos arc) for each radian.
    """
    a = np.minimum(half_gap, arc)
    rim = np.arccos(
        np.clip(math.cos(arc) / np.cos(a), -1, 1)
    )  # latitude where the meridian cuts it
    at_centre = np.arctan2(np.tan(rim), np.sin(a))
    at_rim = np.arccos(np.clip(np.cos(a) * np.sin(at_centre), -1, 1))
    triangle = at_centre + at_rim - np.pi / 2
    return triangle + (1 - math.cos(arc)) * (np.pi / 2 - at_centre)


@doors.takes(groups=doors.keyed)
def seen_once(groups, zenith=weather.USEFUL_ZENITH_DEG):
    """Return the share (0 to 1) of the Earth that only one of several owners sees, by owner: what
    goes dark without it.

    groups: dict of owner -> longitudes in degrees east.
    """
    everyone = coverage(np.concatenate(list(groups.values())), zenith)
    return {
        owner: everyone
        - coverage([x for other, lon in groups.items() if other != owner for x in lon], zenith)
        for owner in groups
    }


@doors.takes(latitudes=checks.number, longitudes=checks.number)
def in_sight(latitudes, longitudes, elevation=10.0):
    """Return the whole degrees of longitude at which a satellite stands so high over one of the
    places, or higher.

    latitudes, longitudes: places in degrees (n,); elevation: degrees above the horizon.
    """
    lat, lon = (np.atleast_1d(x)[:, None] for x in (latitudes, longitudes))
    angles = weather.zenith_angle(lat, lon, DEGREES)
    return DEGREES[(angles <= 90 - elevation).any(axis=0)]


@lru_cache(maxsize=32)
def in_sight_of_land(country, elevation=10.0):
    """Return `in_sight` for the outline of a country (ISO 3166 code) on the course's map: its de
    facto lines.
    """
    lon, lat = np.vstack(worldmap.countries()[country]).T
    return in_sight(lat, lon, elevation)


@doors.takes(satellites=doors.rows("operator", "longitude"), owner=doors.one_name)
def nearest_other(satellites, owner):
    """Return how far along the ring, in degrees, the nearest satellite of another owner stands from
    those of one owner.
    """
    mine = satellites["operator"] == owner
    own, others = (satellites.loc[rows, "longitude"].to_numpy() for rows in (mine, ~mine))
    return float(np.abs((own[:, None] - others + 180) % 360 - 180).min())


@doors.takes(
    cities=doors.rows("country", "latitude_deg", "longitude_deg"),
    longitude=checks.number,
    limit=checks.number,
)
def in_the_picture(cities, longitude, limit):
    """Return how many cities of Africa, and of Europe west of 60 degrees east, one satellite has in
    its picture, by region.

    cities: rows of the table; longitude: of the satellite, degrees; limit: zenith angle of a useful
    view, degrees.
    """
    regions = data.table("country_groups").set_index("party")["region"]
    angles = weather.zenith_angle(cities["latitude_deg"], cities["longitude_deg"], longitude)
    table = cities.assign(region=cities["country"].map(regions), angle=angles)
    table = table[table["region"].isin(["Africa", "Europe"]) & (table["longitude_deg"] < 60)]
    rows = {}
    for region, own in table.groupby("region"):
        beyond = own[own["angle"] > limit].sort_values("angle")
        rows[region] = {
            "cities": len(own),
            "in the picture": int((own["angle"] < 90).sum()),
            f"below {limit} degrees": len(own) - len(beyond),
            "capitals beyond": ", ".join(beyond.loc[beyond["is_capital"], "name"]) or "none",
        }
    return pd.DataFrame.from_dict(rows, orient="index")


@doors.takes(
    cities=doors.rows("name", "country", "latitude_deg", "longitude_deg"),
    satellites=doors.rows("operator", "longitude"),
    limit=checks.number,
)
def at_home(cities, satellites, limit):
    """Return which share of the cities of each owner's country is seen below a zenith angle, alone
    and together.

    cities: rows with name, country, latitude_deg, longitude_deg; satellites: rows such as
    `weather.satellites()` gives.
    Columns: owner, cities, alone, together (shares), largest angle alone (degrees), where.
    """
    rows = []
    for owner, country in HOMES.items():
        own = cities[cities["country"] == country]
        lat, lon = (own[c].to_numpy()[:, None] for c in ("latitude_deg", "longitude_deg"))
        angles = weather.zenith_angle(lat, lon, satellites["longitude"].to_numpy())
        best = angles[:, satellites["operator"] == owner].min(axis=1)
        shares = (best <= limit).mean(), (angles.min(axis=1) <= limit).mean()
        rows.append([owner, len(own), *shares, best.max(), own["name"].iloc[best.argmax()]])
    columns = ["owner", "cities", "alone", "together", "largest angle alone", "where"]
    return pd.DataFrame(rows, columns=columns)


class Ring:
    """The gain of seats on the ring, in percent of the Earth's area seen below a zenith angle, and
    two searches.
    """

    def __init__(self, zenith=weather.USEFUL_ZENITH_DEG, elevation=10.0):
        """zenith: limit of a useful view, degrees; elevation: how high a dish must see its
        satellite, degrees.
        """
        self.zenith, self.elevation = zenith, elevation

    def partners(self):
        """Return a dict of owner -> its seats of today."""
        return {
            owner: [Seat(owner, row.satellite, row.longitude) for row in own.itertuples()]
            for owner, own in weather.satellites().groupby("operator")
        }

    def gain(self, seats):
        """Return the percentage of the Earth's area that the seats see."""
        return 100 * coverage([seat.longitude for seat in seats], self.zenith)

    def at_home(self, owner, own, more):
        """Return the owner's seats and so many more in sight of its land, each put where it adds
        most.
        """
        return self.among(in_sight_of_land(HOMES[owner], self.elevation), owner, own, more)

    def among(self, longitudes, owner, own, more):
        """Return the owner's seats and so many more, each at that one of the longitudes where it
        adds most.
        """
        offers = [Seat(owner, "added", float(x)) for x in longitudes]
        return grown(own, more, offers, self._with_each)

    def _with_each(self, seats, offers):
        """Return the gain of seats with one more, each of the offers in turn."""
        kept = np.tile([seat.longitude for seat in seats], (len(offers), 1))
        sets = np.column_stack([kept, [seat.longitude for seat in offers]])
        return 100 * coverage(sets, self.zenith)

    def anywhere(self, owner, own, more):
        """Return the owner's seats and so many more anywhere, the gaps between its own divided
        evenly.

        A wider gap adds less and less (the rim runs down to the equator), so even parts see most,
        and the next one goes into the gap in which one more adds most.
        """
        starts = sorted(seat.longitude % 360 for seat in own)
        gaps = np.diff([*starts, starts[0] + 360])
        parts = np.ones(len(gaps), int)
        for _ in range(more):
            parts[np.argmax(self._in_gaps(gaps, parts + 1) - self._in_gaps(gaps, parts))] += 1
        added = [
            Seat(owner, "added", start + gap * k / number)
            for start, gap, number in zip(starts, gaps, parts, strict=True)
            for k in range(1, number)
        ]
        return [*own, *added]

    def _in_gaps(self, gaps, parts):
        """Return what is seen of each gap divided into so many equal parts, in any unit."""
        return parts * _quarter(
            np.radians(gaps / parts / 2), math.radians(weather.disc_arc(self.zenith))
        )
