"""Constants that say the same thing in two ways agree."""

import math

import pytest

from helpers.base import constants


def test_a_sidereal_day_is_a_turn_against_the_equinox():
    """Against the stars it would be 86164.0989 s: the equinox wanders the other way."""
    turn = 2 * math.pi / constants.EARTH_GMST_RAD_S
    assert constants.SIDEREAL_DAY_S == pytest.approx(turn, abs=1e-3)
    stars = 2 * math.pi / constants.EARTH_TURN_RAD_S
    assert stars - constants.SIDEREAL_DAY_S == pytest.approx(0.0084, abs=1e-3)
