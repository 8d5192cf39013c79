"""Revisit: how long a place waits between looks, for a whole map at once.

`imaging.windows` is exact to a millisecond and meant for a few places. A map has a thousand. Here
SGP4 is asked once a minute for each satellite; between two of those minutes the track is taken as a
straight line on the sphere, and one matrix product finds the places near it. A look is then known
to a second or two.

Time between looks is counted as somebody meets it who needs a picture at a random moment: the
**median gap** is the gap in which half of all moments lie (not half of all gaps: long ones hold
more moments). Counted so, it cannot grow when a satellite is added.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from skyfield.sgp4lib import theta_GMST1982

from helpers.base import doors
from helpers.base.checks import NotAccepted
from helpers.base.constants import DAY_S, EARTH_GMST_RAD_S
from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM as EQUATORIAL
from helpers.science import imaging, orbits

STEP_S = 60.0  # s between two positions by SGP4
BLOCK = 400  # positions in one matrix product: neighbours in latitude, so that few places are near
POLAR = 6356.752  # km, WGS 84


# --- equal areas ----------------------------------------------------------------------------------


def equal_area_grid(cells=1000):
    """Return about `cells` cells that cover the Earth, each of exactly the same area, as a
    DataFrame.

    Rows of latitude of about equal height, cut into as many cells as their length allows; the edges
    of the rows are then moved so that the areas agree: a band between two latitudes has the area 2
    pi R^2 times the difference of their sines (Archimedes). The mean of a column over the cells is
    a mean over the Earth.
    Columns: name, latitude_deg, longitude_deg (of the middle), south, north, west, east (deg).
    Raises NotAccepted for fewer than 20 cells or more than 50,000.
    """
    if not 20 <= cells <= 50_000:
        raise NotAccepted(f"cells = {cells!r}; accepted: from 20 to 50,000")
    rows = round(np.sqrt(np.pi * cells / 4))
    middles = (np.arange(rows) + 0.5) * np.pi / rows - np.pi / 2
    counts = np.maximum(3, np.round(np.cos(middles) * cells / np.cos(middles).sum())).astype(int)
    sines = np.concatenate([[-1], 2 * np.cumsum(counts) / counts.sum() - 1])
    edges = np.degrees(np.arcsin(np.clip(sines, -1, 1)))
    row = np.repeat(np.arange(rows), counts)
    place = np.concatenate([np.arange(n) for n in counts])
    width = 360 / counts[row]
    grid = pd.DataFrame(
        {
            "latitude_deg": np.degrees(np.arcsin((sines[row] + sines[row + 1]) / 2)),
            "longitude_deg": -180 + (place + 0.5) * width,
            "south": edges[row],
            "north": edges[row + 1],
            "west": -180 + place * width,
            "east": -180 + (place + 1) * width,
        }
    )
    grid.insert(0, "name", [f"cell {i}" for i in range(len(grid))])
    return grid


# --- looks ----------------------------------------------------------------------------------------


class Looks(NamedTuple):
    """Looks of satellites at places: arrays of one length, and the interval in which they were
    sought.
    """

    satellite: np.ndarray  # index of the satellite
    place: np.ndarray  # index of the place
    opens: np.ndarray  # h since the start, cut there
    closes: np.ndarray  # h since the start, cut at the end
    sun_deg: np.ndarray  # elevation of the Sun at the place
    places: int  # how many places were asked for
    hours: float  # length of the interval


@doors.takes(
    satellites=doors.rows("line1", "line2"),
    places=doors.rows("latitude_deg", "longitude_deg"),
    start=doors.some,
    end=doors.some,
)
def looks(satellites, places, start, end, reach_km=None, look_deg=30.0):
    """Return the Looks of satellites at places between two times, each known to a second or two.

    satellites: DataFrame with line1 and line2, in low orbits; places: DataFrame with latitude_deg
    and longitude_deg; start, end: UTC. A satellite looks at a place within `look_deg` of straight
    down, the same for all, or within `reach_km` of its track, one number or one a satellite (half
    the swath of a camera that does not turn). The Earth is a sphere here: 0.3 % of a reach.
    Raises NotAccepted without satellites or places, for an end before the start, or a limit that
    is no angle.
    """
    if len(satellites) == 0 or len(places) == 0:
        raise NotAccepted(
            f"{len(satellites)} satellites and {len(places)} places; accepted: at least one of each"
        )
    if reach_km is None and not 0 < look_deg < 90:
        raise NotAccepted(f"look_deg = {look_deg!r}; accepted: above 0 and below 90 degrees")
    start, end = orbits.utc(start), orbits.utc(end)
    seconds = (end - start).total_seconds()
    if not seconds > 0:
        raise NotAccepted(
            f"the interval ends ({end}) before it begins ({start}); accepted: an end after the "
            "start"
        )
    imaging.check_age(satellites, start, end)
    t = np.arange(0, seconds + STEP_S, STEP_S)
    north, east = np.radians(places["latitude_deg"]), np.radians(places["longitude_deg"])
    # Geocentric latitude: the angle at the Earth's centre, which the sphere of the look knows.
    north = np.arctan(0.99330562 * np.tan(north))
    ground = np.array([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])
    order = np.argsort(ground[2], kind="stable")
    reach = np.broadcast_to(np.nan if reach_km is None else reach_km, len(satellites))
    found = [
        _looks_of(line1, line2, own, start, t, ground[:, order], look_deg)
        for line1, line2, own in zip(satellites["line1"], satellites["line2"], reach)
    ]
    counts = [len(middle) for _, middle, _ in found]
    place, middle, half = (np.concatenate(column) for column in zip(*found))
    place, sat = order[place], np.repeat(np.arange(len(satellites)), counts)
    keep = (middle + half > 0) & (middle - half < seconds)
    place, sat, middle, half = place[keep], sat[keep], middle[keep], half[keep]
    sun = _sun(start, middle, places, place)
    return Looks(
        sat,
        place,
        np.maximum(middle - half, 0) / 3600,
        np.minimum(middle + half, seconds) / 3600,
        sun,
        len(places),
        seconds / 3600,
    )


def _looks_of(line1, line2, reach_km, start, t, ground, look_deg):
    """Looks of one satellite: place (index into ground), middle and half length (s), three arrays.

    Each place is tested against the minute in which it is abeam of the satellite.
    """
    up, along, radius = _frames(orbits.from_lines(line1, line2).satrec, start, t)
    rate = np.sqrt((along**2).sum(0))
    along = along / rate
    across = np.cross(up, along, axis=0)
    local = POLAR + (EQUATORIAL - POLAR) * (1 - up[2] ** 2)  # radius of the Earth below
    cap = (
        reach_km / local
        if not np.isnan(reach_km)
        else imaging.ground_reach(look_deg, radius - local, local) / local
    )
    half = (
        rate.max() * STEP_S / 2 * 1.02
    )  # a little over: what is found in two minutes is dropped below
    wide = np.hypot(cap.max(), half)
    order = np.argsort(up[2], kind="stable")
    found = []
    for block in np.split(order, range(BLOCK, len(order), BLOCK)):
        low, high = _band(up[2, block], ground[2], wide)
        here = ground[:, low:high]
        off = across[:, block].T @ here
        near = np.flatnonzero(
            (abs(off) < np.sin(cap[block])[:, None]) & (up[:, block].T @ here > np.cos(wide))
        )
        which, place = np.divmod(near, high - low)
        when, place = block[which], low + place
        ahead = (along[:, when] * ground[:, place]).sum(0)
        good = abs(ahead) < np.sin(half)
        found.append((place[good], when[good], ahead[good], off.ravel()[near[good]]))
    place, when, ahead, off = (np.concatenate(column) for column in zip(*found))
    middle = t[when] + np.arcsin(ahead / np.sqrt(1 - off**2)) / rate[when]
    long = np.arccos(np.minimum(1, np.cos(cap[when]) / np.sqrt(1 - off**2))) / rate[when]
    order = np.lexsort((middle, place))
    new = np.append(True, (np.diff(place[order]) != 0) | (np.diff(middle[order]) > STEP_S))[
        : len(order)
    ]
    return place[order][new], middle[order][new], long[order][new]


def _band(sines, ground, wide):
    """Indices low and high of the places (sorted by the sine of latitude) that a block can be
    near.
    """
    ends = np.arcsin(np.clip([sines.min(), sines.max()], -1, 1)) + [-wide, wide]
    south, north = np.sin(np.clip(ends, -np.pi / 2, np.pi / 2))  # not beyond a pole
    low, high = np.searchsorted(ground, south), np.searchsorted(ground, north, side="right")
    return low, max(high, low + 1)


def _frames(satrec, start, t):
    """Unit vectors up and along (rad/s, over the turning Earth), each (3, n), and the radius (km),
    by SGP4.
    """
    day = np.full(len(t), start.to_julian_date() // 1 + 0.5)
    fraction = (
        (start - pd.Timestamp("2000-01-01", tz="UTC")) / pd.Timedelta(days=1)
        + 2451544.5
        - day
        + t / DAY_S
    )
    _, r, v = satrec.sgp4_array(day, fraction)
    angle = theta_GMST1982(day[0], fraction[0])[0] + EARTH_GMST_RAD_S * t
    c, s = np.cos(angle), np.sin(angle)
    x, y = c * r[:, 0] + s * r[:, 1], c * r[:, 1] - s * r[:, 0]
    vx = c * v[:, 0] + s * v[:, 1] + EARTH_GMST_RAD_S * y
    vy = c * v[:, 1] - s * v[:, 0] - EARTH_GMST_RAD_S * x
    radius = np.sqrt(x**2 + y**2 + r[:, 2] ** 2)
    up, velocity = np.array([x, y, r[:, 2]]) / radius, np.array([vx, vy, v[:, 2]])
    return up, (velocity - up * (up * velocity).sum(0)) / radius, radius


def _sun(start, seconds, places, place):
    """Elevation of the Sun (deg) at places, `seconds` after the start."""
    lat, lon = (places[c].to_numpy(float)[place] for c in ("latitude_deg", "longitude_deg"))
    return imaging.sun_elevation(start + pd.to_timedelta(seconds, unit="s"), lat, lon)


@doors.takes(found=doors.a(Looks))
def by_day(found, radar=(), least_sun_deg=0.0):
    """Return the Looks that can show something: by day, or of a satellite with radar (indices) at
    any hour.
    """
    return kept(found, (found.sun_deg >= least_sun_deg) | np.isin(found.satellite, list(radar)))


@doors.takes(found=doors.a(Looks), which=doors.some)
def of_satellites(found, which):
    """Return the Looks of some satellites, by index."""
    return kept(found, np.isin(found.satellite, list(which)))


def kept(found, mask):
    """Return the Looks where a mask is true."""
    return found._replace(
        **{
            name: getattr(found, name)[mask]
            for name in ("satellite", "place", "opens", "closes", "sun_deg")
        }
    )


# --- gaps -----------------------------------------------------------------------------------------


def gaps(found):
    """Return every stretch without a look: place (index) and hours, two arrays.

    The stretch before the first look and the one after the last are gaps too, at least so long. A
    place that is never looked at has one gap as long as the interval.
    """
    edge = (
        np.arange(found.places) * 2 * found.hours
    )  # each place gets a stretch of the axis of its own
    place = np.concatenate([found.place, np.arange(found.places)])
    begins = np.concatenate([found.opens + edge[found.place], edge])
    ends = np.concatenate([found.closes + edge[found.place], edge])
    order = np.argsort(begins, kind="stable")
    place, ends = place[order], np.maximum.accumulate(ends[order])
    after = np.append(begins[order][1:], np.inf)
    hours = np.minimum(after, edge[place] + found.hours) - ends
    keep = hours > 1e-9
    return place[keep], hours[keep]


@doors.takes(found=doors.a(Looks))
def revisit_map(found):
    """Return for each place a row: looks (how many), mean_h, median_h, longest_h (hours between
    looks).

    mean_h: the interval divided by the number of looks (infinite with none); median_h: half of all
    moments lie in gaps at least so long; longest_h: the longest gap.
    """
    place, hours = gaps(found)
    counts = np.bincount(found.place, minlength=found.places)
    longest = np.zeros(found.places)
    np.maximum.at(longest, place, hours)
    with np.errstate(divide="ignore"):
        mean = found.hours / counts
    return pd.DataFrame(
        {
            "looks": counts,
            "mean_h": mean,
            "median_h": _middle(place, hours, found),
            "longest_h": longest,
        }
    )


def _middle(place, hours, found):
    """The gap (h) in which the middle moment lies, for each place; moments with a look count as
    gaps of 0.
    """
    order = np.lexsort((-hours, place))  # each place's gaps, from the longest down
    place, hours = place[order], hours[order]
    total = np.bincount(place, hours, minlength=found.places)
    passed = np.cumsum(hours) - (np.cumsum(total) - total)[place]
    enough = passed >= found.hours / 2 - 1e-6
    which, first = np.unique(place[enough], return_index=True)
    median = np.zeros(found.places)
    median[which] = hours[enough][first]
    return median


def median_gap(windows, start, end):
    """Return the hours between looks that somebody meets at a random moment between start and end.

    windows: rows of `imaging.windows` at one place. Of all moments, half lie in gaps at least so
    long: the gaps from the longest down, until half of the interval is passed (0 if looks fill more
    than half). With no look it is the whole interval. It cannot grow when a window is added.
    """
    stretch = np.sort(imaging.gaps(windows, start, end)["hours"].to_numpy())[::-1]
    half = (orbits.utc(end) - orbits.utc(start)) / pd.Timedelta(hours=2)
    passed = np.flatnonzero(np.cumsum(stretch) >= half - 1e-9)
    return float(stretch[passed[0]]) if len(passed) else 0.0
