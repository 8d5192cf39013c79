"""A straight line through points, what it can tell, and where a function is zero."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from helpers.base import checks


class Line(NamedTuple):
    """A straight line by least squares: y = mean_y + slope (x - mean_x), and what its intervals
    need.
    """

    slope: float
    mean_x: float
    mean_y: float
    scatter: float  # standard deviation of the points about the line, n - 2 degrees of freedom
    sxx: float  # sum of (x - mean_x) squared
    n: int

    def at(self, x):
        """Return the height of the line at x."""
        return self.mean_y + self.slope * (np.asarray(x, dtype=float) - self.mean_x)


def line(x, y):
    """Return the Line through three or more points by least squares; x, y: (n,).

    Raises NotAccepted for fewer points, points that all have the same x, and unknown values.
    Source: Draper and Smith, Applied Regression Analysis, chapter 1.
    """
    x, y = np.atleast_1d(checks.finite("x", x)), np.atleast_1d(checks.finite("y", y))
    checks.same_length(x, y)
    if x.size < 3 or np.ptp(x) == 0:
        raise checks.NotAccepted(
            f"{x.size} values of x, {np.unique(x).size} of them different; accepted: 3 or more, "
            "not all the same"
        )
    dx = x - x.mean()
    sxx = float(dx @ dx)
    slope = float(dx @ y) / sxx
    left = y - y.mean() - slope * dx
    scatter = float(np.sqrt(left @ left / (x.size - 2)))
    return Line(slope, float(x.mean()), float(y.mean()), scatter, sxx, x.size)


def predict(line, x, level=0.95):
    """Return the line at x and the interval in which one new point is expected: (y, low, high).

    x: number or array; level: chance (0 to 1) that the interval holds the point, if the line goes
    on and points scatter independently. Counts that add up do not quite do so: take it as a least
    width. Source: Draper and Smith, section 1.4; Student's t with n - 2 degrees of freedom.
    """
    reach = student_t(level, line.n - 2) * line.scatter
    far = np.asarray(x, dtype=float) - line.mean_x
    half = reach * np.sqrt(1 + 1 / line.n + far**2 / line.sxx)
    return line.at(x), line.at(x) - half, line.at(x) + half


def when_reached(line, y, level=0.95):
    """Return where the line reaches y, and where its prediction interval first and last holds y.

    Returns (x, first, last); last is infinite where the interval never leaves y again.
    Source: inverse prediction, Draper and Smith, section 3.2.
    """
    square = (student_t(level, line.n - 2) * line.scatter) ** 2
    rise = checks.finite("y", y) - line.mean_y
    a, b = line.slope**2 - square / line.sxx, line.slope * rise
    c = rise**2 - square * (1 + 1 / line.n)
    root = np.sqrt(max(b**2 - a * c, 0))
    last = (b + root) / a if a > 0 else np.inf
    first = c / (b + root)
    return tuple(float(line.mean_x + far) for far in (rise / line.slope, first, last))


def student_t(level, df):
    """Return the t within which Student's distribution holds this chance, on both sides of 0.

    level: between 0 and 1; df: degrees of freedom, a whole number from 1.
    Raises NotAccepted outside.
    Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
    """
    checks.positive("df", df)
    if not 0 < checks.number("level", level) < 1 or df != int(df):
        raise checks.NotAccepted(
            f"level = {level!r}, df = {df!r}; accepted: level between 0 and 1, df whole, from 1"
        )
    return _student_t(float(level), int(df))


@lru_cache(maxsize=64)
def _student_t(level, df):
    angle = root(lambda a: _chance_within(a, df) - level, 0.0, np.pi / 2)
    return float(np.sqrt(df) * np.tan(angle))


def _chance_within(angle, df):
    """Return the chance of |t| < sqrt(df) tan(angle)."""
    odd = df % 2
    term, total = np.cos(angle) if odd else 1.0, 0.0
    for i in range(df // 2):
        total += term
        k = 2 * i + 1 + odd
        term = term * np.cos(angle) ** 2 * k / (k + 1)
    return 2 / np.pi * (angle + np.sin(angle) * total) if odd else np.sin(angle) * total


def root(function, low, high, rising=True, rounds=80):
    """Return where a function is zero between low and high, by halving: numbers, or arrays at once.

    rising: whether it goes from below 0 to above (True), or from above to below; may be an array.
    Each round halves the interval; 80 leave nothing but rounding.
    """
    for _ in range(rounds):
        middle = (low + high) / 2
        before = (np.asarray(function(middle)) < 0) == rising
        low, high = np.where(before, middle, low), np.where(before, high, middle)
    return ((low + high) / 2)[()]


def lowest_point(function, corners, rounds=400, tolerance=1e-10):
    """Return the point at which a function of several numbers is smallest, from starting corners.

    corners: one more than there are numbers. Source: Nelder and Mead 1965, A simplex method for
    function minimization (doi 10.1093/comjnl/7.4.308).
    """
    simplex = sorted((function(np.array(x)), tuple(x)) for x in corners)
    for _ in range(rounds):
        worst = np.array(simplex[-1][1])
        middle = np.mean([x for _, x in simplex[:-1]], axis=0)
        new = _try(function, middle, worst, 1.0)
        if new[0] < simplex[0][0]:
            new = min(new, _try(function, middle, worst, 2.0))
        elif new[0] >= simplex[-2][0]:
            new = _try(function, middle, worst, 0.5 if new[0] < simplex[-1][0] else -0.5)
        if new[0] < simplex[-1][0]:
            simplex[-1] = new
        else:
            best = np.array(simplex[0][1])
            shrunk = [_try(function, best, np.array(x), -0.5) for _, x in simplex[1:]]
            simplex = [simplex[0]] + shrunk
        simplex.sort()
        if np.ptp([x for _, x in simplex], axis=0).max() < tolerance:
            break
    return simplex[0][1]


def _try(function, middle, worst, factor):
    """Return value and point on the line from worst through middle, `factor` times as far
    beyond.
    """
    x = middle + factor * (middle - worst)
    return function(x), tuple(x)
