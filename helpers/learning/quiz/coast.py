"""The coasts of the world as one short SVG path, for questions that ask for a place."""

from functools import cache

import numpy as np

from helpers.tables import data


@cache
def path(tolerance=2.2, smallest=9.0):
    """Return the `d` of an SVG path in whole degrees (x = longitude, y = -latitude), "" when the
    map is not there.

    tolerance: how far in degrees the simplified line may lie from the coast. smallest: islands
    narrower than this many degrees are left out.
    """
    try:
        lines = _rings(data.path("map/land.npz"))
    except ValueError:
        return ""
    kept = [simplify(line, tolerance) for line in lines if np.ptp(line, axis=0).max() >= smallest]
    return "".join(_steps(np.round(line * [1, -1]).astype(int)) for line in kept if len(line) > 2)


def _steps(points):
    """Return one ring as a move and relative steps, which are short: a minus sign separates numbers
    too.
    """
    steps = np.diff(points, axis=0)
    numbers = "".join(f"{n:+d}" for n in steps[steps.any(axis=1)].ravel())
    return f"M{points[0][0]} {points[0][1]}l" + numbers.replace("+", " ").strip()


def _rings(file):
    """Return the coast lines of the map file, each an array (n, 2) of longitude and latitude."""
    with np.load(file) as found:
        points, starts = (
            found["lon_lat"] / 100,
            found["starts"],
        )  # the file holds hundredths of a degree
    return np.split(points, starts[1:])


def simplify(line, tolerance):
    """Return the points of `line` (n, 2) that the Douglas-Peucker algorithm keeps at this
    tolerance.
    """
    if len(line) < 3:
        return line
    chord = line[-1] - line[0]
    away = line - line[0]
    length = np.hypot(*chord)
    distance = (
        np.abs(chord[0] * away[:, 1] - chord[1] * away[:, 0]) / length
        if length
        else np.hypot(*away.T)
    )
    far = int(distance.argmax())
    if distance[far] <= tolerance:
        return line[[0, -1]]
    return np.vstack([simplify(line[: far + 1], tolerance)[:-1], simplify(line[far:], tolerance)])
