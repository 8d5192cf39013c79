"""When and where a fix is good: PDOP of whole constellations, over many places and a whole day.

`view` takes positions and places. A View then answers for any choice of systems, and keeps nothing
of what it looked at: six sums for each system, place and time are 50 MB for a map of the Earth.
"""

from dataclasses import dataclass

import numpy as np

from helpers.base import checks, doors
from helpers.science import orbits
from helpers.science.navigation import NavigationError

GOOD_PDOP = 6.0  # the limit in the availability that GPS and GLONASS publish
PAIRS = ((0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2))  # xx, yy, zz, xy, xz, yz
CHUNK = 16  # places at a time: their arrays fit the processor's cache


@dataclass(frozen=True, eq=False)
class View:
    """What places see of some systems, at some times."""

    systems: tuple  # names
    positions: dict  # name -> (satellites, 3, times), km
    ground: np.ndarray  # (3, places), km
    up: np.ndarray  # (3, places), unit vectors straight up
    low: float  # sine of the mask

    def pdop(self, systems=None):
        """Return PDOP (places, times) of the named systems together, default all; infinite where
        there is no fix.
        """
        return self._over_places(systems, _pdop)

    def count(self, systems=None):
        """Return how many satellites of the named systems stand above the mask: (places, times)."""
        return self._over_places(systems, lambda found: sum(n for _, n in found)).astype(int)

    def good_minutes(self, systems=None, limit=GOOD_PDOP):
        """Return the minutes of a day with PDOP below the limit, (places,): the share of the times,
        of 1,440 minutes.
        """
        return 1440 * (self.pdop(systems) < limit).mean(axis=1)

    def _over_places(self, systems, function):
        """Return what a function gives for (sums, count) of the systems, over all places."""
        terms, lines = [_terms(self.positions[name]) for name in self._own(systems)], self._lines()
        chunks = [
            function([_looked(one, self.ground[some], lines[some], self.low) for one in terms])
            for begin in range(0, self.up.shape[1], CHUNK)
            for some in (np.s_[..., begin : begin + CHUNK],)
        ]
        return np.concatenate([chunk.T for chunk in chunks])

    def _lines(self):
        """Return (2, 10, places): what the terms of a satellite are multiplied by and added up to
        give its height above the plane of the horizon, km, and its distance squared.
        """
        ground, none = self.ground, np.zeros_like(self.up)
        height = [*none, *none, *self.up, -(self.up * ground).sum(axis=0)]
        return np.array([height, [*none + 1, *none, *(-2 * ground), (ground**2).sum(axis=0)]])

    def _own(self, systems):
        wanted = (
            self.systems
            if systems is None
            else [systems]
            if isinstance(systems, str)
            else list(systems)
        )
        unknown = [name for name in wanted if name not in self.systems]
        if unknown or len(wanted) == 0:
            raise NavigationError(
                f"systems {unknown or 'none'}; accepted: some of {', '.join(self.systems)}"
            )
        return dict.fromkeys(wanted)


@doors.takes(
    positions_km=doors.numeric,
    systems=doors.names,
    latitude_deg=checks.number,
    longitude_deg=checks.number,
)
def view(positions_km, systems, latitude_deg, longitude_deg, mask_deg=10.0, height_m=0.0):
    """Return the View of satellites from places.

    positions_km: (satellites, 3, times), as `constellations.positions` gives; systems: the name of
    each satellite's system; latitude_deg, longitude_deg, height_m: (places,) or numbers; mask_deg:
    the elevation below which houses or hills hide the sky.

    A system's clock is one more unknown. Solving for it first takes away the mean of the system's
    directions e: sum of e e^T - (sum of e)(sum of e)^T / n (the Schur complement of the clock in
    A^T A). What is left adds up over systems, and no satellite more can make it smaller: a bigger
    fleet never has a larger PDOP here. Raises NavigationError for shapes that do not match and a
    mask out of range.
    """
    positions = np.asarray(positions_km, float)
    if positions.ndim != 3 or positions.shape[1] != 3 or len(systems) != len(positions):
        raise NavigationError(
            f"positions {positions.shape} and {len(systems)} systems; "
            "accepted: (satellites, 3, times) and one system a satellite"
        )
    if not 0 <= mask_deg < 90:
        raise NavigationError(f"mask_deg = {mask_deg!r}; accepted: 0 to below 90, in degrees")
    latitude, longitude = (
        np.ravel(v)
        for v in np.broadcast_arrays(
            np.asarray(latitude_deg, float), np.asarray(longitude_deg, float)
        )
    )
    named = np.array([str(s) for s in systems])
    own = {name: positions[named == name] for name in dict.fromkeys(named.tolist())}
    ground, up = orbits.ground_and_up(latitude, longitude, height_m)
    return View(tuple(own), own, ground, up, np.sin(np.radians(mask_deg)))


def at_place(positions_km, systems, place, mask_deg=10.0):
    """Return the View from one place, anything that `orbits.as_place` takes."""
    where = orbits.as_place(place)
    return view(positions_km, systems, where.latitude, where.longitude, mask_deg, where.height_m)


@doors.takes(step_deg=checks.number)
def grid(step_deg):
    """Return latitudes (n,) and longitudes (2n,) of the middles of cells of so many degrees; 180
    must be a whole number of steps.
    """
    if step_deg <= 0 or 180 % step_deg:
        raise NavigationError(f"step_deg = {step_deg!r}; accepted: a part of 180 such as 5 or 10")
    return np.arange(-90 + step_deg / 2, 90, step_deg), np.arange(
        -180 + step_deg / 2, 180, step_deg
    )


def directions(positions_km, place, mask_deg=10.0):
    """Return the unit vectors from one place to satellites, (satellites, 3, times); 0 where one is
    below the mask.

    positions_km: (satellites, 3, times); place: as `orbits.as_place` takes.
    """
    where = orbits.as_place(place)
    ground, up = orbits.ground_and_up(where.latitude, where.longitude, where.height_m)
    away = np.asarray(positions_km, float) - ground[:, None]
    far = np.sqrt((away**2).sum(axis=1))
    seen = np.einsum("i,sit->st", up, away) >= np.sin(np.radians(mask_deg)) * far
    return away * (seen / far)[:, None]


def contributions(directions):
    """Return what each satellite adds to the sums of its place, (satellites, 10, times): xx, yy,
    zz, xy, xz, yz and x, y, z of its direction, and 1 where it is seen.

    They simply add up, so a fleet can be put together satellite by satellite: `pdop_of`.
    """
    xyz = np.moveaxis(directions, 1, 0)
    seen = xyz.any(axis=0).astype(float)
    return np.stack([*(xyz[i] * xyz[j] for i, j in PAIRS), *xyz, seen], axis=1)


def pdop_of(parts, systems):
    """Return PDOP (..., times) of satellites whose contributions are given, (satellites, 10, ...,
    times), with the system of each.
    """
    systems = np.array(systems)
    total = [parts[systems == name].sum(axis=0) for name in dict.fromkeys(systems.tolist())]
    return _pdop([(_without_clock(one, one[6:9], one[9]), one[9]) for one in total])


def _terms(positions):
    """Return (times, satellites, 10) of positions (satellites, 3, times): xx, yy, zz, xy, xz, yz,
    x, y, z, 1.
    """
    xyz = np.moveaxis(positions, 2, 0)
    squares = [xyz[..., i] * xyz[..., j] for i, j in PAIRS]
    return np.stack([*squares, *np.moveaxis(xyz, 2, 0), np.ones_like(xyz[..., 0])], axis=-1)


def _looked(terms, ground, lines, low):
    """Return the six sums (6, times, places) and the count (times, places) of one system.

    terms: as `_terms` gives; ground: (3, places); lines: as `View._lines` gives; low: sine of the
    mask. In e e^T with e = (s - g) / d only s s^T, s, 1 and d differ from satellite to satellite,
    so that sums over satellites are products of matrices.
    """
    height, far = terms @ lines[0], terms @ lines[1]
    np.sqrt(far, out=far)
    seen = (height >= low * far).astype(float)
    part, terms = np.divide(seen, far, out=far), terms.swapaxes(1, 2)
    once = (terms[:, 6:] @ part).swapaxes(0, 1)
    twice = (terms @ np.square(part, out=part)).swapaxes(0, 1)
    n = (terms[:, 9:] @ seen)[:, 0]
    x, y, z = (once[k] - ground[k] * once[3] for k in range(3))  # the sum of e
    sums = [
        twice[k]
        - ground[i] * twice[6 + j]
        - ground[j] * twice[6 + i]
        + ground[i] * ground[j] * twice[9]
        for k, (i, j) in enumerate(PAIRS)
    ]
    return _without_clock(sums, (x, y, z), n), n


def _without_clock(sums, mean, n):
    """Return the six sums of e e^T of one system with its clock taken out; mean: the sum of e."""
    return [one - mean[i] * mean[j] / np.maximum(n, 1) for one, (i, j) in zip(sums, PAIRS)]


def _pdop(found):
    """Return PDOP of systems together, each given as its six sums and its count."""
    spare = sum(n - (n > 0) for _, n in found) - 3  # beyond three coordinates and a clock a system
    return np.sqrt(_trace_of_inverse([sum(one) for one in zip(*(s for s, _ in found))], spare >= 0))


def _trace_of_inverse(sums, fixed):
    """Return the trace of the inverse of symmetric 3 x 3 matrices given as six arrays; infinite
    where not fixed.
    """
    xx, yy, zz, xy, xz, yz = sums
    minors = xx * yy - xy**2 + xx * zz - xz**2 + yy * zz - yz**2
    determinant = xx * (yy * zz - yz**2) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz)
    fixed = fixed & (determinant > 1e-12)
    return np.where(fixed, minors / np.where(fixed, determinant, 1), np.inf)
