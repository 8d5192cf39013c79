"""Weather from orbit: who sees which part of the Earth, how often, and how warm it is.

Words used here: geostationary (above the equator, one turn a day, so it stands still
over one longitude), zenith angle (how far from overhead a satellite stands, 90 degrees
is the horizon), brightness temperature (of a black body that would glow as much),
local time of node (time by the Sun when a polar satellite crosses the equator).

Sources, by their ids in data/sources.csv: moritz-2000, cgms-hrit, codata-2018.
"""

import math
from functools import lru_cache

import numpy as np
import pandas as pd

from helpers.base import checks, doors, fits
from helpers.base.checks import NotAccepted
from helpers.base.constants import EARTH_MEAN_RADIUS_KM, LIGHT_M_S
from helpers.tables import data

GEO_RADIUS_KM = 42164.0  # from the centre of the Earth: CGMS 03, LRIT/HRIT global specification
PLANCK_J_S = 6.62607015e-34  # CODATA 2018, exact
BOLTZMANN_J_K = 1.380649e-23  # CODATA 2018, exact
USEFUL_ZENITH_DEG = 70.0  # a usual limit of useful images; the edge of the disc is smeared beyond


# --- geostationary satellites ----------------------------------------------------------


def satellites(operators=None, without=()):
    """Return the geostationary weather satellites with a known position, a DataFrame.

    operators: names such as ["CMA", "NOAA"], None for all; without: operators that drop out.
    Raises NotAccepted for an operator that is not in the table, and for a selection that leaves
    none.
    """
    table = data.table("geo_weather_satellites").dropna(subset=["longitude"])
    known = sorted(set(table["operator"]))
    for name in [*(operators or []), *without]:
        if name not in known:
            raise NotAccepted(
                f"no operator {name!r} of geostationary weather satellites; accepted: "
                f"{', '.join(known)}"
            )
    chosen = table[
        table["operator"].isin(known if operators is None else operators)
        & ~table["operator"].isin(list(without))
    ]
    if chosen.empty:
        raise NotAccepted(
            f"no satellite is left of operators {operators} without {list(without)}; accepted: a "
            f"choice that leaves one or more of {', '.join(known)}"
        )
    return chosen


def zenith_angle(lat, lon, satellite_lon):
    """Return the angle in degrees between straight up and a geostationary satellite.

    lat, lon, satellite_lon: degrees, numbers or arrays that broadcast. Above 90 degrees the
    satellite is below the horizon, for ever. The Earth is a sphere here (up to 0.03 degrees off).
    Source: plane triangle of the Earth's centre, the place and the satellite.
    """
    p, dlon = (
        np.radians(checks.latitude(lat)),
        np.radians(_longitude(lon) - _longitude(satellite_lon)),
    )
    cos_arc = np.cos(p) * np.cos(dlon)  # arc from the place to the point below the satellite
    sin_arc = np.sqrt(np.clip(1 - cos_arc**2, 0, 1))
    return np.degrees(np.arctan2(sin_arc, cos_arc - EARTH_MEAN_RADIUS_KM / GEO_RADIUS_KM))


def _longitude(lon):
    return checks.number("longitude", lon, "numbers in degrees")


def disc_arc(zenith=90.0):
    """Return the arc in degrees from the point below a satellite to where it stands at a zenith
    angle.

    zenith: 0 to 90 degrees. Raises NotAccepted outside. At 90 it is also the latitude beyond
    which no geostationary satellite is ever seen. Source: law of sines in the same triangle.
    """
    checks.between("zenith", zenith, 0, 90, "degrees")
    return zenith - math.degrees(
        math.asin(EARTH_MEAN_RADIUS_KM / GEO_RADIUS_KM * math.sin(math.radians(zenith)))
    )


def disc_share(zenith=USEFUL_ZENITH_DEG):
    """Return the share (0 to 1) of the Earth's area that one satellite sees below a zenith angle (a
    spherical cap).
    """
    return (1 - math.cos(math.radians(disc_arc(zenith)))) / 2


@doors.takes(lat=checks.number, lon=checks.number, chosen=doors.rows("longitude"))
def best_view(lat, lon, chosen):
    """Return the row of the satellite that stands highest over a place, with its zenith_angle.

    lat, lon: one place in degrees; chosen: DataFrame such as `satellites()` gives.
    Raises NotAccepted when all of them are below the horizon.
    """
    angles = zenith_angle(lat, lon, chosen["longitude"].to_numpy())
    if angles.min() > 90:
        raise NotAccepted(
            f"none of {len(chosen)} satellites rises above the horizon at latitude {lat:g}, "
            f"longitude {lon:g}, now or ever; accepted: a place within "
            f"{disc_arc():.1f} degrees of the equator and of a satellite's longitude"
        )
    row = chosen.iloc[int(angles.argmin())].copy()
    row["zenith_angle"] = float(angles.min())
    return row


# --- maps -------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def grid(step=2.0):
    """Return latitudes (n, 1), longitudes (1, 2n) of cell centres in degrees, and area shares (n,
    1).

    step: side of a cell in degrees, a divisor of 180. The area of a band between two
    parallels goes with the difference of their sines (Archimedes); the shares of all
    cells add up to 1. Raises NotAccepted for a step that does not divide 180.
    """
    rows = round(180 / step) if step > 0 else 0
    if rows < 1 or abs(rows * step - 180) > 1e-9:
        raise NotAccepted(f"step of {step} degrees; accepted: a divisor of 180 such as 1, 2 or 5")
    lat = (np.arange(rows) + 0.5) * step - 90
    lon = (np.arange(2 * rows) + 0.5) * step - 180
    edge = np.radians(np.arange(rows + 1) * step - 90)
    share = np.diff(np.sin(edge)) / 2 / (2 * rows)
    for a in (lat, lon, share):
        a.setflags(write=False)  # shared by every caller
    return lat[:, None], lon[None, :], share[:, None]


def views(longitudes, zenith=USEFUL_ZENITH_DEG, step=2.0):
    """Return how many satellites see each cell of a map, an array (n, 2n) of whole numbers.

    longitudes: degrees east (m,); zenith: limit in degrees, 0 to 90; step: cell in degrees.
    Raises NotAccepted for no longitudes or a zenith angle outside.
    """
    longitudes = np.atleast_1d(checks.finite("longitudes", longitudes))
    lat, lon, _ = grid(step)
    # Within the arc means: cosine of the arc above a limit. One comparison a cell, no inverse
    # functions.
    limit = math.cos(math.radians(disc_arc(zenith)))
    across = np.cos(np.radians(lon - longitudes[:, None]))
    return (np.cos(np.radians(lat))[None, :, :] * across[:, None, :] >= limit).sum(axis=0)


def area_share(cells):
    """Return the share (0 to 1) of the Earth's area in the true cells of a map (n, 2n)."""
    cells = np.asarray(cells, bool)
    return float((cells * grid(180 / cells.shape[0])[2]).sum())


# --- warmth ------------------------------------------------------------------------------


def planck_radiance(wavelength_um, temperature_k):
    """Return the glow of a black body in W m-2 sr-1 um-1.

    wavelength_um: micrometres above zero; temperature_k: kelvin above zero; numbers or arrays.
    Source: Planck's law with CODATA 2018 constants.
    """
    length, warm = (
        checks.positive("wavelength_um", wavelength_um) * 1e-6,
        checks.positive("temperature_k", temperature_k),
    )
    x = PLANCK_J_S * LIGHT_M_S / (length * BOLTZMANN_J_K * warm)
    return 2 * PLANCK_J_S * LIGHT_M_S**2 / length**5 / np.expm1(x) * 1e-6


def brightness_temperature(wavelength_um, radiance):
    """Return the temperature in K of the black body that glows as much: Planck's law turned round.

    wavelength_um: micrometres; radiance: W m-2 sr-1 um-1, above zero; numbers or arrays.
    """
    length, glow = (
        checks.positive("wavelength_um", wavelength_um) * 1e-6,
        checks.positive("radiance", radiance),
    )
    ratio = 2 * PLANCK_J_S * LIGHT_M_S**2 / length**5 / (glow * 1e6)
    return PLANCK_J_S * LIGHT_M_S / (length * BOLTZMANN_J_K) / np.log1p(ratio)


# --- polar satellites ------------------------------------------------------------------------


def look_hours(descending_local_times):
    """Return the local hours (2n,) of the day, sorted, at which polar satellites cross the equator.

    descending_local_times: hours (n,) after midnight of the crossing towards the south; the
    crossing towards the north comes 12 h later. A wide-swath imager looks at a place on the
    equator at about these hours by the Sun, each day.
    """
    hours = checks.between("descending_local_times", descending_local_times, 0, 24, "hours")
    hours = np.atleast_1d(hours)
    return np.sort(np.concatenate([hours, hours + 12]) % 24)


def longest_wait(hours):
    """Return the longest time in hours between looks that come back each day; hours: (n,)."""
    hours = np.sort(np.atleast_1d(checks.between("hours", hours, 0, 24)))
    return float(np.max(np.diff(np.append(hours, hours[0] + 24))))


# --- counts that somebody announces ------------------------------------------------------------


@doors.takes(value=checks.finite, middle=checks.finite, low=checks.finite, high=checks.finite)
def where(value, middle, low, high):
    """Return in words where a count lies in its interval."""
    if not low <= value <= high:
        return "below the interval" if value < low else "above the interval"
    return f"inside the interval, in its {'lower' if value < middle else 'upper'} half"


@doors.takes(
    before=doors.rows("as_of", "years", "count"),
    told=doors.rows("as_of", "years", "count"),
    starts=checks.number,
)
def windows(before, told, starts):
    """Return lines through the counts from each of the first so many dates on, and what each
    expects for the days told.
    """
    rows = []
    for first in range(starts):
        part = before.iloc[first:]
        fit = fits.line(part["years"], part["count"])
        for day, x, count in zip(told["as_of"], told["years"], told["count"], strict=True):
            middle, low, high = (float(value) for value in fits.predict(fit, x))
            inside = low <= count <= high
            begins = part["as_of"].iloc[0]
            rows.append([begins, len(part), fit.slope, day, middle, low, high, inside])
    columns = ["window from", "counts", "a year", "for", "line", "low", "high", "133 inside"]
    return pd.DataFrame(rows, columns=columns)
