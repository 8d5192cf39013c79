"""When and where a fix is good: PDOP of whole constellations, over many places and a whole day.

`view` looks at every satellite from every place once, and keeps for each system six sums. Any
choice of systems is then an addition: `View.pdop(["BeiDou-3", "GPS"])`.
"""

from typing import NamedTuple

import numpy as np

from helpers.base import checks, doors
from helpers.science import orbits
from helpers.science.navigation import NavigationError

GOOD_PDOP = 6.0  # the limit in the availability that GPS and GLONASS publish


class View(NamedTuple):
    """What places see of some systems, at some times."""

    systems: tuple  # names, in the order of the second axis below
    sums: (
        np.ndarray
    )  # (places, systems, 6, times): xx, yy, zz, xy, xz, yz of the directions, its clock taken out
    seen: np.ndarray  # (places, systems, times): satellites above the mask

    def pdop(self, systems=None):
        """Return PDOP (places, times) of the named systems together, default all; infinite where
        there is no fix.
        """
        own = self._own(systems)
        seen = self.seen[:, own]
        spare = (
            seen.sum(axis=1) - (seen > 0).sum(axis=1) - 3
        )  # ranges beyond three coordinates and one clock a system
        return np.sqrt(_trace_of_inverse(self.sums[:, own].sum(axis=1), spare >= 0))

    def count(self, systems=None):
        """Return how many satellites of the named systems stand above the mask: (places, times)."""
        return self.seen[:, self._own(systems)].sum(axis=1)

    def good_minutes(self, systems=None, limit=GOOD_PDOP):
        """Return the minutes of a day with PDOP below the limit, (places,): the share of the times,
        of 1,440 minutes.
        """
        return 1440 * (self.pdop(systems) < limit).mean(axis=1)

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
        return [self.systems.index(name) for name in wanted]


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
    names = tuple(dict.fromkeys(str(s) for s in systems))
    own = np.array([[str(s) == name for s in systems] for name in names], float)
    ground, up = orbits.ground_and_up(latitude, longitude, height_m)
    xyz, low = np.ascontiguousarray(np.moveaxis(positions, 1, 0)), np.sin(np.radians(mask_deg))
    sums = np.empty((latitude.size, len(names), 6, positions.shape[2]))
    seen = np.empty((latitude.size, len(names), positions.shape[2]), np.int16)
    for i in range(latitude.size):  # one place at a time: its arrays fit the processor's cache
        sums[i], seen[i] = _from_one_place(xyz, own, ground[:, i], up[:, i], low)
    return View(names, sums, seen)


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


def contributions(positions_km, place, mask_deg=10.0):
    """Return what each satellite adds to the sums of one place: (satellites, 10, times).

    positions_km: (satellites, 3, times); place: as `orbits.as_place` takes. With the direction e of
    a satellite above the mask: xx, yy, zz, xy, xz, yz and x, y, z of e, and 1; all 0 below it. They
    simply add up, so a fleet can be put together satellite by satellite: `pdop_of`.
    """
    where = orbits.as_place(place)
    ground, up = orbits.ground_and_up(where.latitude, where.longitude, where.height_m)
    return _rows(
        np.moveaxis(np.asarray(positions_km, float), 1, 0), ground, up, np.sin(np.radians(mask_deg))
    )


def pdop_of(parts, systems):
    """Return PDOP (times,) of satellites whose contributions are given, (satellites, 10, times),
    with the system of each.
    """
    names = dict.fromkeys(systems)
    own = np.array([[system == name for system in systems] for name in names], float)
    sums, seen = _by_system(parts, own)
    return View(tuple(names), sums[None], seen[None]).pdop()[0]


def _from_one_place(xyz, own, ground, up, low):
    """Return the six sums (systems, 6, times) and the count (systems, times) of one place.

    xyz: (3, satellites, times); own: (systems, satellites), 1 where a satellite belongs to a
    system.
    """
    return _by_system(_rows(xyz, ground, up, low), own)


def _rows(xyz, ground, up, low):
    """Return the contributions (satellites, 10, times) of satellites at one place; low: sine of the
    mask.
    """
    x, y, z = (axis - origin for axis, origin in zip(xyz, ground))
    far = np.sqrt(x * x + y * y + z * z)
    seen = (up[0] * x + up[1] * y + up[2] * z >= low * far).astype(float)
    part = seen / far
    x, y, z = (
        x * part,
        y * part,
        z * part,
    )  # the direction to a satellite that is seen, 0 for the others
    return np.stack([x * x, y * y, z * z, x * y, x * z, y * z, x, y, z, seen], axis=1)


def _by_system(rows, own):
    """Return contributions added up system by system, the clock of each taken out: sums (systems,
    6, times), counts.
    """
    total = (own @ rows.reshape(len(rows), -1)).reshape(len(own), 10, -1)
    mx, my, mz, n = (total[:, k] for k in range(6, 10))
    means = np.stack([mx * mx, my * my, mz * mz, mx * my, mx * mz, my * mz], axis=1)
    return total[:, :6] - means / np.maximum(n, 1)[:, None], n.round()


def _trace_of_inverse(sums, fixed):
    """Return the trace of the inverse of symmetric 3 x 3 matrices given as six sums (places, 6,
    times); infinite where not fixed.
    """
    xx, yy, zz, xy, xz, yz = np.moveaxis(sums, 1, 0)
    minors = xx * yy - xy**2 + xx * zz - xz**2 + yy * zz - yz**2
    determinant = xx * (yy * zz - yz**2) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz)
    fixed = fixed & (determinant > 1e-12)
    return np.where(fixed, minors / np.where(fixed, determinant, 1), np.inf)
