"""Winds from the drift of synthetic clouds, beside scipy."""

import math

import numpy as np
import pytest
from scipy import ndimage

from helpers.science import clouds


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("shift", [(0, 0), (4, -6), (3.4, -5.7), (-7.3, 6.6)])
def test_displacement_finds_the_shift_of_synthetic_clouds(shift, seed):
    found = clouds.displacement(*clouds.synthetic_clouds(*shift, seed=seed), size=40)
    assert (found.rows, found.columns) == pytest.approx(shift, abs=0.15)
    assert found.likeness > 0.95


def test_synthetic_clouds_move_as_scipy_moves_them():
    first, second = clouds.synthetic_clouds(2.5, -1.25, noise=0)
    moved = ndimage.shift(first, (2.5, -1.25), order=5)
    assert second[10:-10, 10:-10] == pytest.approx(moved[10:-10, 10:-10], abs=0.01)


def test_synthetic_clouds_come_back_with_their_seed():
    assert (
        clouds.synthetic_clouds(1, 2, seed=4)[1] == clouds.synthetic_clouds(1, 2, seed=4)[1]
    ).all()
    assert (
        clouds.synthetic_clouds(1, 2, seed=4)[0] != clouds.synthetic_clouds(1, 2, seed=5)[0]
    ).any()


def test_likeness_is_the_correlation_coefficient():
    first, second = clouds.synthetic_clouds(4, -6, noise=0.3)
    found = clouds.displacement(first, second)
    assert found.likeness == pytest.approx(
        np.corrcoef(first[36:60, 36:60].ravel(), second[40:64, 30:54].ravel())[0, 1]
    )
    dim = clouds.displacement(first / 1e4, second / 1e4)  # a correlation knows no brightness
    assert list(dim) == pytest.approx(list(found))


def test_wind_by_hand():
    # 3 pixels up and 4 to the left, 3 km each, in 10 minutes: 15 m/s to the north, 20 m/s to the
    # west, 25 in all, from the south-east.
    east, north, speed, source = clouds.wind(clouds.Match(-3, -4, 1), 3, 10)
    assert (east, north, speed) == pytest.approx((-20, 15, 25))
    assert source == pytest.approx(180 - math.degrees(math.atan2(20, 15)))
    assert clouds.wind(clouds.Match(0, 1, 1), 3, 10)[3] == pytest.approx(270)  # a westerly
