"""The edges of windows: when, to a millisecond, a look becomes possible and ceases to be."""

import numpy as np

from helpers.science.imaging.approaches import LOW_PERIOD, closest_approaches, mean_elements
from helpers.science.imaging.exact import View, cap_angle, view_of

EDGE_TOLERANCE = 1e-3  # s, to which an edge is refined


def refine_edges(q, sat, place, inside, outside, guess):
    """Return the times (s) at which the margin crosses zero between `inside` and `outside`.

    Newton's method with the exact slope, held inside a shrinking bracket; a step that leaves the
    bracket is replaced by halving it.
    """
    t, found = guess.copy(), np.full(len(guess), np.nan)
    inside, outside, left = inside.copy(), outside.copy(), np.arange(len(guess))
    for _ in range(60):
        view = view_of(q, sat[left], place[left], t)
        good = view.margin > 0
        inside[left], outside[left] = (
            np.where(good, t, inside[left]),
            np.where(good, outside[left], t),
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            step = t - view.margin / view.slope
        a, b = np.minimum(inside[left], outside[left]), np.maximum(inside[left], outside[left])
        step = np.where((step > a) & (step < b), step, (a + b) / 2)
        done = np.abs(step - t) < EDGE_TOLERANCE
        found[left[done]] = step[done]
        left, t = left[~done], step[~done]
        if len(left) == 0:
            break
    return found


def climb_to_peaks(q, sat, place, t):
    """Move approaches to the least look angle; return satellite, place, time and View of those that
    reach it.

    It comes a little off the closest approach where the satellite climbs or sinks, hence one step
    more.
    """
    t = t + np.clip(view_of(q, sat, place, t).nearing, -300, 300)
    t = climb(q, sat, place, t)
    view = view_of(q, sat, place, t)
    keep = view.margin > 0
    return sat[keep], place[keep], t[keep], View(*(a[keep] for a in view))


def climb(q, sat, place, t):
    """One Newton step of times t towards the largest margin."""
    before, after = (view_of(q, sat, place, t + dt).slope for dt in (-0.5, 0.5))
    return t - np.clip((after + before) / 2 / np.minimum(after - before, -1e-7), -20, 20)


def _put(values, where, new):
    values = values.copy()
    values[where] = new
    return values


def _low_windows(q, mean, sat):
    """Windows of satellites in low, nearly circular orbits: satellite, place, opens, closes, peak,
    look.
    """
    sat, place, t = closest_approaches(q, mean, sat)
    sat, place, peak, view = climb_to_peaks(q, sat, place, t)
    if len(sat) == 0:
        return [np.empty(0)] * 6
    size = np.sqrt((q.place**2).sum(0))[place]
    ratio = np.cos(cap_angle(q, view.radius, size)) / np.cos(view.angle)
    half = np.maximum(np.arccos(np.minimum(ratio, 1)) / view.rate, 0.5)
    quarter = np.pi / 2 / mean.motion[sat]
    both, sign = np.repeat(np.arange(len(sat)), 2), np.tile([-1.0, 1.0], len(sat))
    edge = refine_edges(
        q,
        sat[both],
        place[both],
        peak[both],
        (peak[both] + sign * quarter[both]),
        peak[both] + sign * half[both],
    ).reshape(-1, 2)
    return [sat, place, edge[:, 0], edge[:, 1], peak, view.look]


def _scanned_windows(q, mean, sat, step=30.0):
    """Windows of one satellite by a scan: high, eccentric or falling orbits. Same columns as
    `_low_windows`.

    Where the margin only peaks between samples, the peak itself is looked up, so short windows
    count too.
    """
    t = np.append(np.arange(0, q.seconds, step), q.seconds)
    found = []
    for place in range(q.place.shape[1]):
        margin = view_of(q, np.full(len(t), sat), np.full(len(t), place), t).margin
        inside = np.concatenate([[False], margin > 0, [False]])
        first, last = (
            np.flatnonzero(inside[1:-1] & ~inside[:-2]),
            np.flatnonzero(inside[1:-1] & ~inside[2:]),
        )
        edges = [
            *zip(
                _crossing(q, sat, place, t, first, first - 1),
                _crossing(q, sat, place, t, last, last + 1),
                strict=True,
            ),
            *_hidden(q, sat, place, t, margin),
        ]
        found += [
            [sat, place, a, b, *_least(q, sat, place, max(a, 0), min(b, q.seconds))]
            for a, b in sorted(edges)
        ]
    return list(np.array(found).T) if found else [np.empty(0)] * 6


def _least(q, sat, place, a, b):
    """Time (s) and value (rad) of the least look angle between a and b, sampled, then refined."""
    look = lambda times: (
        view_of(q, np.full(len(times), sat), np.full(len(times), place), times).look
    )
    times = np.linspace(a, b, 50)
    peak = times[[np.nanargmin(look(times))]]
    for _ in range(4):
        peak = np.clip(climb(q, np.array([sat]), np.array([place]), peak), a, b)
    times = np.append(times, peak)
    return times[np.nanargmin(look(times))], np.nanmin(look(times))


def _hidden(q, sat, place, t, margin):
    """Windows (opens, closes) that lie between two samples: peaks of the margin that rise above 0
    there.
    """
    top = 1 + np.flatnonzero(
        (margin[1:-1] <= 0) & (margin[1:-1] >= margin[:-2]) & (margin[1:-1] > margin[2:])
    )
    peak, sats, places = t[top].copy(), np.full(len(top), sat), np.full(len(top), place)
    for _ in range(6):
        peak = np.clip(climb(q, sats, places, peak), t[top - 1], t[top + 1])
    good = view_of(q, sats, places, peak).margin > 0
    peak, top, sats, places = peak[good], top[good], sats[good], places[good]
    before, after = (
        refine_edges(q, sats, places, peak, t[top + k], (peak + t[top + k]) / 2) for k in (-1, 1)
    )
    return list(zip(before, after, strict=True))


def _crossing(q, sat, place, t, inside, outside):
    """Edges between samples; where there is no sample beyond, the window is open and the sample
    stands.
    """
    edge = t[inside]
    real = (outside >= 0) & (outside < len(t))
    if real.any():
        a, b = t[inside[real]], t[outside[real]]
        many = np.ones(real.sum(), int)
        refined = refine_edges(q, sat * many, place * many, a, b, (a + b) / 2)
        # Where SGP4 stops (the satellite has come down) there is no crossing: the last sample
        # stands.
        edge = _put(edge, real, np.where(np.isnan(refined), a, refined))
    # An edge beyond the interval marks the window as open there.
    return np.where(outside < 0, -1.0, np.where(outside >= len(t), t[-1] + 1.0, edge))


def all_windows(q):
    """Windows of a Question as six arrays: satellite, place, opens, closes, peak (s), least look
    (rad).
    """
    motions = np.array([s.no_kozai for s in q.satrecs])  # rad a minute
    low = motions[motions * LOW_PERIOD > 2 * np.pi]
    slowest = 60 * 2 * np.pi / low.min() if low.size else 6000.0
    mean = mean_elements(q, slowest / 4)
    low, parts = np.flatnonzero(mean.fine), []
    # Blocks keep the working arrays to a few megabytes, whatever the question's size.
    revolutions = 2 * q.seconds / (2 * np.pi / mean.motion.max()) + 6
    block = max(1, int(60000 / (revolutions * q.place.shape[1])))
    for i in range(0, len(low), block):
        parts.append(_low_windows(q, mean, low[i : i + block]))
    parts += [_scanned_windows(q, mean, i) for i in np.flatnonzero(~mean.fine)]
    sat, place, opens, closes, peak, look = (np.concatenate(column) for column in zip(*parts))
    keep = (closes > 0) & (opens < q.seconds)
    return [a[keep] for a in (sat.astype(int), place.astype(int), opens, closes, peak, look)]
