"""Intervals on a line: cut to a span, joined where they overlap, and what is left between them.

An interval has an opening and a closing edge: two arrays (n,) of numbers or of numpy times, which
need not be sorted. Nothing here knows what the intervals are of.
"""

import numpy as np


def clip(opens, closes, start, end):
    """Return the parts of intervals that lie between start and end; what lies outside is
    dropped.
    """
    opens, closes = np.asarray(opens), np.asarray(closes)
    inside = (closes > start) & (opens < end)
    return np.maximum(opens[inside], start), np.minimum(closes[inside], end)


def merge(opens, closes):
    """Return sorted intervals in which those that overlap or touch have become one."""
    order = np.argsort(opens, kind="stable")
    opens, closes = np.asarray(opens)[order], np.asarray(closes)[order]
    if len(opens) == 0:
        return opens, closes
    closes = np.maximum.accumulate(closes)
    new = np.flatnonzero(opens[1:] > closes[:-1]) + 1
    return opens[np.insert(new, 0, 0)], closes[np.append(new, len(opens)) - 1]


def gaps(opens, closes, start, end):
    """Return the stretches between start and end that no interval covers, as intervals.

    The stretch before the first interval and the one after the last are gaps too. Gaps and the
    merged intervals, cut to the span, fill it.
    """
    opens, closes = merge(*clip(opens, closes, start, end))
    begins, ends = np.insert(closes, 0, start), np.append(opens, end)
    return begins[ends > begins], ends[ends > begins]


def waits(opens, closes, times):
    """Return how long after each time an interval is open (0 inside one), and whether one still
    comes.

    times: (m,), in the unit of the edges. An interval is closed at its closing edge.
    """
    opens, closes = merge(opens, closes)
    which = np.searchsorted(closes, times, side="right")
    comes = which < len(opens)
    wait = np.zeros(len(times), opens.dtype)
    wait[comes] = np.maximum(opens[which[comes]] - np.asarray(times)[comes], 0)
    return wait, comes


def longest_run(flags):
    """Return the length of the longest run of True, such as steps without a signal."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]])))
    return int((edges[1::2] - edges[::2]).max(initial=0))
