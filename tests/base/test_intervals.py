"""Intervals by brute force on a grid, with edges that stick out of the span."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.base import intervals

SPANS = st.lists(st.tuples(st.integers(-60, 140), st.integers(1, 70)), max_size=12)
START, END = 0, 100


def edges(spans):
    return np.array([a for a, _ in spans], int), np.array([a + n for a, n in spans], int)


def minutes(opens, closes):
    return {t for a, b in zip(opens.tolist(), closes.tolist()) for t in range(a, b)}


@settings(max_examples=300, deadline=None)
@given(SPANS)
def test_gaps_and_union_fill_the_span(spans):
    covered, span = minutes(*edges(spans)), set(range(START, END))
    begins, ends = intervals.gaps(*edges(spans), START, END)
    assert minutes(begins, ends) == span - covered
    assert minutes(*intervals.clip(*edges(spans), START, END)) == span & covered
    opens, closes = intervals.merge(*edges(spans))
    assert minutes(opens, closes) == covered and (opens[1:] > closes[:-1]).all()
    assert ((ends - begins).sum() + len(span & covered)) == END - START


@settings(max_examples=300, deadline=None)
@given(SPANS, st.lists(st.integers(-80, 250), min_size=1, max_size=8), SPANS)
def test_waits_are_those_of_a_clock_and_more_intervals_never_wait_longer(spans, times, more):
    times = np.array(times)
    wait, comes = intervals.waits(*edges(spans), times)
    covered = minutes(*edges(spans))
    for t, w, c in zip(times.tolist(), wait.tolist(), comes.tolist()):
        later = [m for m in covered if m >= t]
        assert c == bool(later) and (not later or w == min(later) - t)
    better, also = intervals.waits(*edges(spans + more), times)
    assert (also >= comes).all() and (better[comes] <= wait[comes]).all()


@given(st.lists(st.booleans(), max_size=30))
def test_longest_run_is_that_of_the_text(flags):
    text = "".join("x" if flag else " " for flag in flags)
    assert intervals.longest_run(np.array(flags, bool)) == max(map(len, text.split()), default=0)
