"""Lines, their intervals, roots and lowest points against scipy and published values."""

import math
from itertools import product

import numpy as np
import pytest
from scipy import optimize, stats

from helpers.base import fits
from helpers.base.checks import NotAccepted

X, Y = np.array([2023.9, 2024.5, 2025.1, 2025.8]), np.array([110.0, 181.0, 215.0, 267.0])


def test_student_t_against_scipy():
    for df, level in product([1, 2, 3, 4, 5, 8, 15, 30, 101], [0.01, 0.5, 0.8, 0.95, 0.999]):
        expected = stats.t.ppf(0.5 + level / 2, df)
        assert fits.student_t(level, df) == pytest.approx(expected, rel=1e-9), (df, level)


def test_fit_against_scipy():
    x, y = X, Y
    fit, line = stats.linregress(x, y), fits.line(x, y)
    assert line.slope == pytest.approx(fit.slope)
    assert line.slope / line.scatter * math.sqrt(line.sxx) == pytest.approx(fit.slope / fit.stderr)
    assert line.at(2030) == pytest.approx(fit.intercept + fit.slope * 2030)


def test_prediction_interval_of_a_textbook_form():
    x, y = X, Y
    fit = stats.linregress(x, y)
    scatter = math.sqrt(np.sum((y - fit.intercept - fit.slope * x) ** 2) / 2)
    half = (
        stats.t.ppf(0.975, 2)
        * scatter
        * math.sqrt(1 + 1 / 4 + (2035 - x.mean()) ** 2 / np.sum((x - x.mean()) ** 2))
    )
    middle, low, high = fits.predict(fits.line(x, y), 2035.0)
    assert (high - low) / 2 == pytest.approx(half) and (high + low) / 2 == pytest.approx(middle)


def test_interval_covers_as_often_as_it_says():
    draw = np.random.default_rng(20250424)
    x, hits = np.arange(6.0), 0
    for _ in range(2000):
        y = 3 * x + draw.normal(size=6)
        _, low, high = fits.predict(fits.line(x, y), 9.0, 0.8)
        hits += low < 27 + draw.normal() < high
    assert hits / 2000 == pytest.approx(0.8, abs=0.03)  # three standard deviations of the count


def test_a_line_too_flat_never_surely_arrives():
    assert fits.when_reached(fits.line([0, 1, 2], [0, 5, 1]), 100)[2] == math.inf


def test_line_of_anscombes_first_set():
    # Anscombe 1973: slope 0.500, intercept 3.00, residual sum of squares 13.75 for n = 11.
    x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
    line = fits.line(x, y)
    assert line.slope == pytest.approx(0.500, abs=0.0005) and line.at(0) == pytest.approx(
        3.00, abs=0.005
    )
    assert line.scatter**2 * 9 == pytest.approx(13.75, abs=0.02) and line.sxx == pytest.approx(110)
    other = stats.linregress(x, y)
    assert (line.slope, float(line.at(0))) == pytest.approx((other.slope, other.intercept))


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda: fits.line([1, 1, 1], [1, 2, 3]), "3 values of x, 1 of them different"),
        (lambda: fits.line([1, 2, 3], [1, 2]), "arrays of 3, 2 values"),
        (lambda: fits.line([1, 2, math.nan], [1, 2, 3]), "nan"),
        (lambda: fits.line("123", [1, 2, 3]), "x = '123'"),
        (lambda: fits.student_t(1, 3), "level = 1"),
        (lambda: fits.student_t(0.9, 2.5), "df = 2.5"),
        (lambda: fits.when_reached(fits.line(X, Y), None), "y = None"),
    ],
)
def test_bad_input_says_what_was_given_and_what_is_accepted(call, said):
    with pytest.raises(NotAccepted, match="accepted") as raised:
        call()
    assert said in str(raised.value)


def test_root_of_arrays_rising_and_falling():
    wanted = np.array([0.1, 0.5, 0.9])
    assert fits.root(lambda x: x**3 - wanted, 0 * wanted, wanted + 1) == pytest.approx(
        wanted ** (1 / 3)
    )
    assert fits.root(lambda x: wanted - x, 0.0, 1.0, rising=False) == pytest.approx(wanted)
    both = fits.root(
        lambda x: np.array([1, -1]) * (x - 0.3), 0.0, 1.0, rising=np.array([True, False])
    )
    assert both == pytest.approx([0.3, 0.3])


def test_lowest_point_against_scipy():
    valley = lambda x: (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2  # Rosenbrock 1960
    found = fits.lowest_point(valley, [(-1.2, 1.0), (-1.0, 1.0), (-1.2, 1.3)])
    other = optimize.minimize(
        valley, [-1.2, 1.0], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-16}
    )
    assert found == pytest.approx(other.x, abs=1e-6)
