"""Importing this offers the example's formulas to a bank: for notebooks of the browser tests."""

import math
import sys
import types


def period(height_km):
    """Return the period in seconds of a circular orbit at a height in km (GM and radius of WGS
    84).
    """
    return 2 * math.pi * math.sqrt((6378.137 + height_km) ** 3 / 398600.4418)


def period_from_height_alone(height_km):
    """Return what comes out when the Earth's radius is forgotten."""
    return period(height_km - 6378.137)


MODULE = types.ModuleType("helpers.science.test_formulas")
for _one in (period, period_from_height_alone):
    _one.__module__ = MODULE.__name__
    setattr(MODULE, _one.__name__, _one)
sys.modules[MODULE.__name__] = MODULE
