"""Antennas on the Earth: when they have the Moon above the horizon."""

import numpy as np

from helpers.base import checks, doors, intervals, sphere
from helpers.base.places import as_places
from helpers.science import orbits
from helpers.science.moon.ephemeris import CHUNK, about_z, position_at, track, turn


@doors.takes(when=doors.some)
def antenna_elevations_deg(places, when):
    """Return the elevation of the Moon's centre over each place on the Earth at each time, (places,
    N) degrees in single precision: 18 years of hours are many.

    places: one place or several, see `places.as_places`; at least one. Parallax is in; refraction
    is not, nor nutation (0.005 degrees).
    """
    moon, places = _moon_over_earth(when), as_places(places)
    found = np.empty((len(places), moon.shape[1]), np.float32)
    for row, place in zip(found, places):
        for begin in range(0, len(row), CHUNK):  # a chunk fits the processor's cache
            some = np.s_[begin : begin + CHUNK]
            row[some] = _over_ground(moon[:, some], place)
    return found


def _rows_of_antennas(name, value):
    """Take elevations of no antenna at all too, (0, N): then there is no hour."""
    if np.ndim(value) != 2 or not np.shape(value)[1] or hasattr(value, "columns"):
        checks.finite(name, value)


@doors.takes(elevations_deg=_rows_of_antennas)
def hours_a_day(elevations_deg, min_elevation_deg=10.0):
    """Return the hours a day that at least one antenna has the Moon at or above the limit.

    elevations_deg: (antennas, N) from `antenna_elevations_deg`, evenly spaced in time.
    """
    return 24.0 * float((np.atleast_2d(elevations_deg) >= min_elevation_deg).any(axis=0).mean())


@doors.takes(elevations_deg=_rows_of_antennas, when=doors.some)
def longest_wait_h(elevations_deg, when, min_elevation_deg=10.0):
    """Return the longest stretch in which no antenna has the Moon, hours (to the step)."""
    return intervals.longest_run(
        ~(np.atleast_2d(elevations_deg) >= min_elevation_deg).any(axis=0)
    ) * step_h(orbits.index(when))


def _moon_over_earth(when):
    """Return the Moon (3, N) in axes that turn with the Earth."""
    return track(_from_earth, "Moon", when)


def _from_earth(target, time):
    """Return the way in axes that turn with the Earth: skyfield's precession, then mean sidereal
    time.
    """
    of_date = turn(time.precession_matrix(), position_at(target, "Earth", time.tdb))
    return turn(about_z(15.0 * time.gmst), of_date)


def _over_ground(moon, place):
    ground, up = orbits.ground_and_up(place.latitude, place.longitude, place.height_m)
    return sphere.elevation(moon - ground[:, None], up)


def step_h(when):
    return (when[1] - when[0]).total_seconds() / 3600 if len(when) > 1 else 0.0
