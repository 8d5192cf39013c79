"""Winds from clouds: where a patch of cloud went between two scenes, and how fast that is.

A scene is an array of brightness. Sources, by their ids in data/sources.csv: leese-1971.
"""

import math
from typing import NamedTuple

import numpy as np

from helpers.base import checks, doors
from helpers.base.checks import NotAccepted


class Match(NamedTuple):
    """Where a patch went: rows (down), columns (right) in pixels, and how alike it still is (-1 to
    1).
    """

    rows: float
    columns: float
    likeness: float


def synthetic_clouds(rows=0.0, columns=0.0, size=96, seed=8, noise=0.02):
    """Return two SYNTHETIC cloud scenes (size, size), the second moved by a known shift.

    rows, columns: shift down and right in pixels, fractions allowed; size: pixels a side;
    seed: of the random field; noise: random part of each scene against a field of spread 1.
    Not an observation: a smooth random field, moved exactly by turning its Fourier phases,
    then cut from a larger canvas so that clouds enter and leave.
    """
    random, canvas = np.random.default_rng(seed), 2 * size
    fy, fx = np.fft.fftfreq(canvas)[:, None], np.fft.rfftfreq(canvas)[None, :]
    spectrum = np.fft.rfft2(random.standard_normal((canvas, canvas))) * np.exp(
        -((fy**2 + fx**2) * (2 * math.pi * 3.0) ** 2) / 2
    )
    spectrum[0, 0] = 0
    first = np.fft.irfft2(spectrum, s=(canvas, canvas))
    second = np.fft.irfft2(
        spectrum * np.exp(-2j * math.pi * (fy * rows + fx * columns)), s=(canvas, canvas)
    )
    cut = slice(size // 2, size // 2 + size)
    return tuple(
        scene[cut, cut] / first.std() + noise * random.standard_normal((size, size))
        for scene in (first, second)
    )


@doors.takes(first=doors.scene, second=doors.scene)
def displacement(first, second, row=None, column=None, size=24, reach=12):
    """Return where a patch of the first scene is found in the second, as a Match.

    first, second: scenes of one shape (n, m); row, column: centre of the patch in pixels, the
    middle of the scene when None; size: pixels a side; reach: how far to look each way.
    The likeness is the correlation coefficient at each whole-pixel shift; a parabola through
    its top and the neighbours gives the fraction of a pixel.
    Raises NotAccepted when the search leaves the scene, when a patch is all of one brightness,
    or when the best likeness lies at the edge of the search.
    Source: cross-correlation as for winds from satellites (Leese, Novak and Clark 1971).
    """
    first, second = np.asarray(first, float), np.asarray(second, float)
    top = (first.shape[0] if row is None else 2 * row) // 2 - size // 2
    left = (first.shape[1] if column is None else 2 * column) // 2 - size // 2
    if (
        first.shape != second.shape
        or min(top, left) < reach
        or top + size + reach > first.shape[0]
        or left + size + reach > first.shape[1]
    ):
        raise NotAccepted(
            f"a patch of {size} pixels at row {top}, column {left} with a reach of {reach} leaves "
            f"scenes of {first.shape} and {second.shape}; accepted: a patch farther inside, or a "
            "smaller reach"
        )
    alike = _likeness(
        first[top : top + size, left : left + size],
        second[top - reach : top + size + reach, left - reach : left + size + reach],
    )
    r, c = np.unravel_index(np.argmax(alike), alike.shape)
    if not 0 < r < 2 * reach or not 0 < c < 2 * reach:
        raise NotAccepted(
            f"the best likeness lies {r - reach} rows and {c - reach} columns away, at the edge of "
            f"the search; accepted: a reach above {reach}"
        )
    return Match(
        float(r - reach + _summit(alike[r - 1 : r + 2, c])),
        float(c - reach + _summit(alike[r, c - 1 : c + 2])),
        float(alike[r, c]),
    )


def _likeness(patch, area):
    """Return the correlation coefficient of a patch with every place of an area."""
    patch = patch - patch.mean()
    places = np.lib.stride_tricks.sliding_window_view(area, patch.shape)
    spread = places.std(axis=(2, 3)) * patch.size * patch.std()
    if not spread.min() > 0:
        raise NotAccepted("a patch is all of one brightness; accepted: a patch with clouds in it")
    return np.einsum("ijkl,kl->ij", places, patch) / spread


def _summit(three):
    """Return where a parabola through values at -1, 0 and 1 has its top."""
    below, middle, above = three
    return float((below - above) / (2 * (below - 2 * middle + above)))


def wind(match, pixel_km, minutes):
    """Return wind to the east and to the north in m/s, its speed in m/s, and the direction it comes
    from in degrees.

    match: a Match, rows counted southward; pixel_km: side of a pixel in km; minutes: between the
    scenes.
    """
    scale = checks.positive("pixel_km", pixel_km) * 1e3 / (checks.positive("minutes", minutes) * 60)
    east, north = float(match.columns * scale), float(-match.rows * scale)
    return east, north, math.hypot(east, north), math.degrees(math.atan2(-east, -north)) % 360
