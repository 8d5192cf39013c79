"""A property that every gain of a dividend has: it does not fall when a unit is added."""

from hypothesis import given, settings
from hypothesis import strategies as st


def hold_never_falls(gain, units, better="high", examples=25):
    """Fail when `gain` of some units gets worse by one more of them, with the units that show it.

    gain: function of a list of units -> a number, or two numbers for two readings. units: at least
    one, to draw from. examples: how many random orders are tried; in each, one unit is added to
    those before it.
    """
    units = list(units)

    @settings(max_examples=examples, deadline=None, derandomize=True, database=None)
    @given(st.permutations(range(len(units))), st.integers(0, len(units) - 1))
    def holds(order, size):
        fewer = [units[i] for i in order[:size]]
        more = [*fewer, units[order[size]]]
        for before, after in zip(_pair(gain(fewer)), _pair(gain(more)), strict=True):
            slack = 1e-9 * abs(before) if before not in (float("inf"), float("-inf")) else 0
            fell = after < before - slack if better == "high" else after > before + slack
            assert not fell, f"{before} becomes {after} when {more[-1]!r} is added to {fewer!r}"

    holds()


def _pair(value):
    return value if isinstance(value, tuple) else (value, value)
