"""Finding a place from ranges: the fix, and how the sky spreads its errors (dilution of precision).

A receiver measures **pseudoranges**: distances that are all wrong by the same length, since its own
clock is wrong. Each system of satellites keeps its own time, so each costs one more unknown.
Lengths are in the unit that goes in; angles are degrees. Transmitters are rows: (n, 2) in the
plane, (n, 3) in space.
"""

from typing import NamedTuple

import numpy as np

from helpers.base import doors
from helpers.base.constants import EARTH_TURN_RAD_S, LIGHT_M_S, SIDEREAL_DAY_S
from helpers.science import orbits

NO_FIX = 1e6  # a PDOP beyond it is as good as none: a metre becomes a thousand kilometres


class NavigationError(ValueError):
    """A question about a position that cannot be answered as put; the message says what is
    accepted.
    """


class Fix(NamedTuple):
    """A place found from ranges, in the unit of the ranges."""

    place: np.ndarray  # (2,) or (3,)
    clocks: dict  # system -> clock error times the speed of light; empty when clocks are right
    misses: np.ndarray  # (n,), range measured minus range computed
    steps: int  # steps of the iteration


# --- the fix -------------------------------------------------------------------------------------


@doors.takes(transmitters=doors.coordinates, ranges=doors.numeric)
def fix(transmitters, ranges, systems=None, clock=True, start=None, steps=50):
    """Return the Fix that least squares give: the place, and the clock error of each system.

    transmitters: (n, 2) or (n, 3); ranges: (n,), same unit; systems: the name of each transmitter's
    system, n texts, each with a clock unknown of its own (default: all one system). clock=False:
    the clocks are right, and only the place is unknown. start: first guess of the place, default
    the origin (the Earth's centre). Gauss-Newton: the ranges are taken as straight lines near the
    guess, solved, and again, until the place moves by less than 1e-9 of the range (Hofmann-
    Wellenhof, Lichtenegger and Wasle, GNSS, 2008, section 7.3). In the plane two places may fit;
    `start` chooses. Raises NavigationError for shapes that do not match, for fewer ranges than
    unknowns, and where the geometry fixes nothing.
    """
    at, ranges, systems = _checked(transmitters, ranges, systems)
    names = list(dict.fromkeys(systems)) if clock else []
    count, size = at.shape
    unknowns = size + len(names)
    if count < unknowns:
        raise NavigationError(
            f"{count} ranges for {unknowns} unknowns ({size} coordinates and the clock of "
            f"{len(names)} systems); "
            f"accepted: at least {unknowns} ranges"
        )
    own = np.array([[system == name for name in names] for system in systems], float).reshape(
        count, len(names)
    )
    place, clocks = (
        np.zeros(size) if start is None else np.array(start, float),
        np.zeros(len(names)),
    )
    for step in range(1, steps + 1):
        toward = place - at
        distance = np.linalg.norm(toward, axis=1)
        # a transmitter where the guess stands has no direction: its range tells of the clock alone
        direction = toward / np.where(distance > 0, distance, 1)[:, None]
        slope = np.hstack([direction, own])
        change, _, rank, _ = np.linalg.lstsq(slope, ranges - distance - own @ clocks, rcond=1e-10)
        if rank < unknowns:
            raise NavigationError(
                "these transmitters fix no place: "
                "seen from the guess, they differ too little in direction"
            )
        place, clocks = place + change[:size], clocks + change[size:]
        if np.abs(change).max() < 1e-10 * np.abs(ranges).max():
            misses = ranges - np.linalg.norm(place - at, axis=1) - own @ clocks
            return Fix(place, dict(zip(names, clocks)), misses, step)
    raise NavigationError(
        f"no place found in {steps} steps; "
        "accepted: ranges that belong together, or a start nearer to the place"
    )


@doors.takes(epoch=doors.rows("pseudorange_m"))
def corrected(epoch, satellite_clock=True, group_delay=True, ionosphere=True, troposphere=True):
    """Return the pseudoranges (n,) of an epoch in metres after the corrections that are switched
    on.

    epoch: rows with pseudorange_m, satellite_clock_m, group_delay_m, ionosphere_m, troposphere_m.
    The clock of a satellite that runs ahead makes the range too short: it is added. The three
    delays make it too long.
    """
    ranges = epoch["pseudorange_m"].to_numpy(float, copy=True)
    parts = (
        ("satellite_clock_m", satellite_clock, 1),
        ("group_delay_m", group_delay, -1),
        ("ionosphere_m", ionosphere, -1),
        ("troposphere_m", troposphere, -1),
    )
    for column, wanted, sign in parts:
        if wanted:
            ranges += sign * epoch[column].to_numpy(float)
    return ranges


def turned(positions, seconds):
    """Return Earth-fixed positions (..., 3) as they are in the axes of `seconds` later: the Earth
    has turned east.

    seconds: a number or (...). A signal flies for 0.07 to 0.13 s; meanwhile the receiver's axes
    turn by up to 60 m at the equator, and by more at the satellite (IS-GPS-200, section
    20.3.3.4.3.3.2).
    """
    angle = EARTH_TURN_RAD_S * np.asarray(seconds, float)
    x, y, z = np.moveaxis(np.asarray(positions, float), -1, 0)
    return np.stack(
        [np.cos(angle) * x + np.sin(angle) * y, np.cos(angle) * y - np.sin(angle) * x, z], axis=-1
    )


def flight_seconds(ranges_m):
    """Return how long light takes for ranges in metres, s."""
    return np.asarray(ranges_m, float) / LIGHT_M_S


# --- dilution of precision ------------------------------------------------------------------------


class Dops(NamedTuple):
    """Dilutions of precision: the error of the fix for a range error of 1."""

    geometry: float  # GDOP: place and clocks
    position: float  # PDOP
    horizontal: float  # HDOP
    vertical: float  # VDOP
    time: float  # TDOP: the clocks


def repeat_height_km(turns, days, day_s=SIDEREAL_DAY_S):
    """Return the height of the circle that is run through so many times in so many days, km.

    day_s: seconds of a day; the Earth's own turn under the stars, unless told otherwise. A track
    over the ground repeats only by that one. Raises NavigationError for numbers not above 0.
    """
    if not (turns > 0 and days > 0 and day_s > 0):
        raise NavigationError(f"{turns!r} turns in {days!r} days; accepted: numbers above 0")
    return orbits.height_from_period_km(days * day_s / 60 / turns)


@doors.takes(elevation_deg=doors.numeric, azimuth_deg=doors.numeric)
def dops(elevation_deg, azimuth_deg, systems=None):
    """Return the five Dops of satellites seen at these elevations and azimuths (degrees, arrays
    (n,)).

    systems: the system of each satellite, default one system; each has a clock unknown, and TDOP
    and GDOP take them all in. The square roots of sums on the diagonal of the inverse of A^T A,
    where a row of A is the direction to a satellite and a 1 for its clock (Langley, Dilution of
    precision, GPS World, May 1999). All infinite where the satellites cannot fix a place, or
    only to more than NO_FIX metres for a metre. Raises NavigationError for shapes that do not
    match.
    """
    elevation, azimuth = np.radians(elevation_deg), np.radians(azimuth_deg)
    if elevation.ndim != 1 or elevation.shape != azimuth.shape:
        raise NavigationError(
            f"elevations {elevation.shape} and azimuths {azimuth.shape}; "
            "accepted: two lists of the same length"
        )
    systems = _systems(systems, len(elevation))
    names = list(dict.fromkeys(systems))
    own = np.array([[system == name for name in names] for system in systems], float).reshape(
        len(systems), len(names)
    )
    across = np.cos(elevation)
    rows = np.column_stack(
        [across * np.sin(azimuth), across * np.cos(azimuth), np.sin(elevation), own]
    )
    if len(rows) < 3 + len(names) or np.linalg.matrix_rank(rows, tol=1e-9) < rows.shape[1]:
        return Dops(*[np.inf] * 5)
    # The diagonal of the inverse of A^T A, without its squares: directions may almost agree.
    part = (np.linalg.pinv(rows) ** 2).sum(axis=1)
    sums = part.sum(), part[:3].sum(), part[:2].sum(), part[2], part[3:].sum()
    if sums[1] > NO_FIX**2:
        return Dops(*[np.inf] * 5)
    return Dops(*(float(np.sqrt(value)) for value in sums))


# --- small parts ----------------------------------------------------------------------------------


def _systems(systems, count):
    systems = [""] * count if systems is None else [str(s) for s in systems]
    if len(systems) != count:
        raise NavigationError(
            f"{len(systems)} systems for {count} satellites; accepted: one for each"
        )
    return systems


def _checked(transmitters, ranges, systems):
    at, ranges = np.asarray(transmitters, float), np.asarray(ranges, float)
    if at.ndim != 2 or at.shape[1] not in (2, 3) or ranges.shape != at.shape[:1]:
        raise NavigationError(
            f"transmitters {at.shape} and ranges {ranges.shape}; "
            "accepted: (n, 2) or (n, 3), and (n,)"
        )
    if not np.isfinite(at).all() or not np.isfinite(ranges).all():
        raise NavigationError("a coordinate or a range is missing or infinite; accepted: numbers")
    return at, ranges, _systems(systems, len(ranges))
