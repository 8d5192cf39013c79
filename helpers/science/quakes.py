"""Earthquakes: how strong, how many after, and what a circle on the map takes in.

Words used here: magnitude (a number on a logarithmic scale), moment (N m, the
size of the slip), b-value (how quickly numbers fall with magnitude), completeness
(the magnitude above which a catalogue misses nothing), rupture (the line that broke).
Nothing here predicts or scores casualties.

Sources, by their ids in data/sources.csv: hanks-kanamori-1979, iaspei-2013, gutenberg-richter-1956,
choy-boatwright-1995, moritz-2000, aki-1965, utsu-1966, shi-bolt-1982, wiemer-wyss-2000,
woessner-wiemer-2005, utsu-1995, ogata-1983, schorlemmer-2007, zechar-2010,
reasenberg-jones-1989, brier-1950, bath-1966; on the fault before 2025: hurukawa-2011.
"""

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np

EARTH_MEAN_RADIUS_KM = 6371.0088  # (2a + b) / 3 of GRS 80: Moritz 2000
MOMENT_OFFSET = 9.1  # log10(M0 / N m) = 1.5 Mw + 9.1: IASPEI 2013, after Hanks and Kanamori 1979
RIGIDITY_PA = 3.0e10  # usual value for the crust: Hanks and Kanamori 1979
ENERGY_RELATIONS = {  # log10(E / J) = offset + slope * M
    "gutenberg-richter": (4.8, 1.5),  # Gutenberg and Richter 1956, 11.8 + 1.5 M in erg
    "choy-boatwright": (4.4, 1.5),  # Choy and Boatwright 1995
    "bath": (5.24, 1.44),  # Bath 1966, 12.24 + 1.44 M in erg; the form that the USGS teaches
}


class QuakeError(ValueError):
    """A number or a set of events from which this cannot be computed."""


# --- strength ------------------------------------------------------------------------


def moment(magnitude):
    """Return the seismic moment in N m of a moment magnitude.

    magnitude: number or array, dimensionless.
    Source: IASPEI 2013, log10 M0 = 1.5 Mw + 9.1.
    """
    return 10.0 ** (1.5 * np.asarray(magnitude, float) + MOMENT_OFFSET)


def moment_magnitude(moment_nm):
    """Return the moment magnitude of a seismic moment.

    moment_nm: number or array above zero, in N m.
    Raises QuakeError for a moment that is not above zero. Source: IASPEI 2013.
    """
    return (np.log10(_positive(moment_nm, "a moment in N m")) - MOMENT_OFFSET) / 1.5


def fault_moment(length_km, width_km, slip_m, rigidity_pa=RIGIDITY_PA):
    """Return the seismic moment in N m of a fault: rigidity times area times mean slip.

    length_km, width_km: sides of the broken area in km; slip_m: mean slip in m;
    rigidity_pa: stiffness of the rock in Pa. Source: Hanks and Kanamori 1979.
    """
    return rigidity_pa * (length_km * 1e3) * (width_km * 1e3) * slip_m


def radiated_energy(magnitude, relation="gutenberg-richter"):
    """Return the energy in J that leaves the fault as waves.

    magnitude: number or array; relation: one of ENERGY_RELATIONS, where the sources stand.
    Raises QuakeError for an unknown relation.
    """
    if relation not in ENERGY_RELATIONS:
        raise QuakeError(
            f"no energy relation {relation!r}; accepted: {', '.join(ENERGY_RELATIONS)}"
        )
    offset, slope = ENERGY_RELATIONS[relation]
    return 10.0 ** (offset + slope * np.asarray(magnitude, float))


def energy_ratio(magnitude, other, relation="gutenberg-richter"):
    """Return how many times the energy of one magnitude is that of another."""
    return radiated_energy(magnitude, relation) / radiated_energy(other, relation)


# --- places --------------------------------------------------------------------------


def distance(lat, lon, other_lat, other_lon):
    """Return the great-circle distance in km between places on the mean sphere.

    lat, lon, other_lat, other_lon: degrees, numbers or arrays that broadcast.
    Raises QuakeError for a latitude beyond 90 degrees. Source: haversine formula.
    """
    p, q = np.radians(_latitude(lat)), np.radians(_latitude(other_lat))
    dlon = np.radians(np.asarray(other_lon, float) - np.asarray(lon, float))
    h = np.sin((q - p) / 2) ** 2 + np.cos(p) * np.cos(q) * np.sin(dlon / 2) ** 2
    return 2 * EARTH_MEAN_RADIUS_KM * np.arcsin(np.sqrt(np.clip(h, 0, 1)))


def destination(lat, lon, bearing, distance_km):
    """Return latitude and longitude in degrees, a distance away in a direction.

    lat, lon: start in degrees; bearing: degrees from north towards east;
    distance_km: along the great circle. Source: spherical law of cosines.
    """
    p, course, arc = (
        np.radians(_latitude(lat)),
        np.radians(bearing),
        np.asarray(distance_km, float) / EARTH_MEAN_RADIUS_KM,
    )
    q = np.arcsin(
        np.clip(np.sin(p) * np.cos(arc) + np.cos(p) * np.sin(arc) * np.cos(course), -1, 1)
    )
    turn = np.arctan2(np.sin(course) * np.sin(arc) * np.cos(p), np.cos(arc) - np.sin(p) * np.sin(q))
    return np.degrees(q), (np.asarray(lon, float) + np.degrees(turn) + 180) % 360 - 180


def circle(lat, lon, radius_km, points=181):
    """Return latitudes and longitudes (points,) of a circle around a place, to draw it."""
    return destination(lat, lon, np.linspace(0, 360, points), radius_km)


def rupture_line(lat, lon, strike, forward_km, backward_km):
    """Return latitudes (3,) and longitudes (3,) of a straight rupture through an epicentre.

    lat, lon: epicentre in degrees; strike: direction of the line, degrees from north
    towards east; forward_km, backward_km: length along the strike and against it.
    The middle point is the epicentre.
    """
    ahead, behind = (
        destination(lat, lon, strike, forward_km),
        destination(lat, lon, strike + 180, backward_km),
    )
    return np.array([behind[0], lat, ahead[0]], float), np.array([behind[1], lon, ahead[1]], float)


def share_inside(lat, lon, centre, radius_km, weight=None):
    """Return the share (0 to 1) of places, or of their weight, within a circle.

    lat, lon: arrays (n,) in degrees; centre: (lat, lon) in degrees; radius_km: great-circle
    radius; weight: array (n,), such as people. Raises QuakeError when the weights add up to zero.
    """
    inside = distance(lat, lon, *centre) <= radius_km
    weight = np.ones(inside.shape) if weight is None else np.asarray(weight, float)
    total = weight.sum()
    if not total > 0:
        raise QuakeError(
            f"the weights of {inside.size} places add up to {total}; accepted: a sum above zero"
        )
    return float(weight[inside].sum() / total)


def line_length(lat, lon):
    """Return the length in km of a line of great-circle pieces; lat, lon: (n,) in degrees."""
    lat, lon = np.asarray(lat, float), np.asarray(lon, float)
    return float(distance(lat[:-1], lon[:-1], lat[1:], lon[1:]).sum())


def line_share_inside(lat, lon, centre, radius_km):
    """Return the share (0 to 1) of a line that lies within a circle, exact on the sphere.

    lat, lon: corners (n,) of the line in degrees, joined by great circles;
    centre: (lat, lon) in degrees; radius_km: great-circle radius.
    Raises QuakeError for a line without length.

    On a piece the point is a cos s + t sin s, so its product with the centre is a
    cosine in s: the piece is inside between two values of s, found in closed form.
    """
    points, c = _unit(lat, lon), _unit(*centre)
    total = line_length(lat, lon)
    if not total > 0:
        raise QuakeError(
            f"the line of {len(points)} points has no length; accepted: two different points or more"
        )
    inside = sum(_inside(a, b, c, radius_km / EARTH_MEAN_RADIUS_KM) for a, b in pairwise(points))
    return float(inside * EARTH_MEAN_RADIUS_KM / total)


def _inside(a, b, c, radius):
    """Return the arc in radians of the great circle from a to b within `radius` of c."""
    end = math.atan2(np.linalg.norm(np.cross(a, b)), a @ b)
    if end == 0:
        return 0.0
    t = (b - a * math.cos(end)) / math.sin(end)
    peak, nearest = math.hypot(a @ c, t @ c), math.atan2(t @ c, a @ c)
    ratio = math.cos(radius) / peak if peak > 0 else math.inf
    if ratio >= 1:
        return 0.0
    half = math.acos(max(ratio, -1.0))
    # The nearest point repeats every turn; a piece is at most half a turn long.
    return sum(
        max(0.0, min(end, n + half) - max(0.0, n - half))
        for n in (nearest, nearest - math.tau, nearest + math.tau)
    )


# --- how many small for each large ----------------------------------------------------


class BValue(NamedTuple):
    """A b-value: b, its standard error, the events used, and their completeness."""

    b: float
    error: float
    events: int
    completeness: float


def frequency_magnitude(magnitudes, width=0.1):
    """Return bin centres, counts and counts at or above each bin, as arrays (n,).

    magnitudes: (m,); width: width of a bin, the rounding of the magnitudes.
    """
    m = np.asarray(magnitudes, float)
    if m.size == 0 or not np.isfinite(m).all() or not width > 0:
        raise QuakeError(
            f"{m.size} magnitudes {m[~np.isfinite(m)]} in bins of width {width}; accepted: one or more known numbers, and a width above zero"
        )
    steps = np.rint(m / width).astype(int)
    counts = np.bincount(steps - steps.min())
    centres = (np.arange(counts.size) + steps.min()) * width
    return np.round(centres, 10), counts, counts[::-1].cumsum()[::-1]


def completeness(magnitudes, width=0.1, method="maximum curvature", fit=90):
    """Return the magnitude above which a catalogue seems to miss nothing.

    magnitudes: (n,); width: width of a bin; method: "maximum curvature" (the fullest
    bin) or "goodness of fit" (the first bin from which a Gutenberg-Richter line explains
    `fit` per cent of the numbers). Raises QuakeError for an unknown method or no such bin.
    Source: Wiemer and Wyss 2000. Maximum curvature tends to come out low; Woessner and
    Wiemer 2005 add 0.2.
    """
    centres, counts, above = frequency_magnitude(magnitudes, width)
    if method == "maximum curvature":
        return float(centres[np.argmax(counts)])
    if method != "goodness of fit":
        raise QuakeError(f"no method {method!r}; accepted: maximum curvature, goodness of fit")
    for m in centres[above >= 2]:
        if goodness_of_fit(magnitudes, m, width) >= fit:
            return float(m)
    raise QuakeError(
        f"no bin of {len(centres)} reaches a fit of {fit} per cent; accepted: a smaller fit or more events"
    )


def goodness_of_fit(magnitudes, from_magnitude, width=0.1):
    """Return how many per cent of the cumulative numbers a Gutenberg-Richter line explains.

    magnitudes: (n,); from_magnitude: first bin used. Source: Wiemer and Wyss 2000, equation 1.
    """
    found = b_value(magnitudes, from_magnitude, width)
    centres, _, above = frequency_magnitude(magnitudes, width)
    use = centres >= from_magnitude - width / 4
    line = above[use][0] * 10 ** (-found.b * (centres[use] - from_magnitude))
    return float(100 - 100 * np.abs(above[use] - line).sum() / above[use].sum())


def b_value(magnitudes, from_magnitude, width=0.1):
    """Return the b-value of the events at or above a magnitude, as a BValue.

    magnitudes: (n,); from_magnitude: completeness; width: width of a bin. Half a bin is
    taken off, because 4.2 stands for 4.15 to 4.25.
    Raises QuakeError for fewer than 2 events or no spread.
    Sources: Aki 1965 and Utsu 1966 (b); Shi and Bolt 1982 (standard error).
    """
    m = np.asarray(magnitudes, float)
    m = m[m >= from_magnitude - width / 4]
    if m.size < 2:
        raise QuakeError(
            f"{m.size} events at or above magnitude {from_magnitude}; accepted: 2 or more"
        )
    excess = m.mean() - (from_magnitude - width / 2)
    if not excess > 0:
        raise QuakeError(
            f"mean magnitude {m.mean()} is not above {from_magnitude - width / 2}; accepted: a bin width above zero, or magnitudes that differ"
        )
    b = math.log10(math.e) / excess
    error = math.log(10) * b**2 * math.sqrt(((m - m.mean()) ** 2).sum() / (m.size * (m.size - 1)))
    return BValue(float(b), float(error), int(m.size), float(from_magnitude))


# --- how the number falls with time -----------------------------------------------------


class Omori(NamedTuple):
    """Parameters of the Omori-Utsu law: k (events per day at t + c = 1 d), c (d), p, with standard errors."""

    k: float
    c: float
    p: float
    log_likelihood: float = math.nan
    events: int = 0
    errors: tuple = (math.nan,) * 3


def days_after(times, origin):
    """Return days (n,) from an origin time to times (pandas Series of UTC times)."""
    return np.asarray((times - origin).dt.total_seconds(), float) / 86400


def omori_rate(days, k, c, p):
    """Return events a day at a time after the mainshock: k / (t + c)^p.

    days: number or array, t in days; k, c in days, p. Source: Utsu and others 1995.
    """
    return k / (np.asarray(days, float) + c) ** p


def omori_count(start, end, k, c, p):
    """Return the number of events between two times, the integral of the rate.

    start, end: days after the mainshock, numbers or arrays. Source: Utsu and others 1995.
    """
    low, high = np.log(np.asarray(start, float) + c), np.log(np.asarray(end, float) + c)
    q = 1 - p
    if abs(q) < 1e-9:  # the integral of 1 / x
        return k * (high - low)
    return k * np.exp(q * low) * np.expm1(q * (high - low)) / q


def fit_omori(days, start, end):
    """Return the Omori-Utsu law most likely to give these events, as an Omori.

    days: times (n,) after the mainshock in days; start, end: window in days; events outside
    are left out. Raises QuakeError for fewer than 5 events or a window that is empty.
    A window that starts late says nothing about c: then c runs to 0 and its error is NaN.
    Source: Ogata 1983. For each c and p the best k is n over the integral, so the search
    (Nelder and Mead 1965) runs over log c and p alone; errors from the curvature at the top.
    """
    if not 0 <= start < end:
        raise QuakeError(
            f"window from {start} to {end} days; accepted: a start from 0 and an end after it"
        )
    t = np.asarray(days, float)
    t = t[(t >= start) & (t <= end)]
    if t.size < 5:
        raise QuakeError(f"{t.size} events between {start} and {end} days; accepted: 5 or more")
    log_c, p = _nelder_mead(
        lambda x: -_omori_profile(t, start, end, math.exp(x[0]), x[1]),
        [(math.log(0.05), 1.0), (math.log(0.2), 1.0), (math.log(0.05), 1.3)],
    )
    c = math.exp(log_c)
    best = (t.size / float(omori_count(start, end, 1, c, p)), c, float(p))
    return Omori(
        *best,
        omori_log_likelihood(t, start, end, *best),
        t.size,
        _omori_errors(t, start, end, best),
    )


def omori_log_likelihood(days, start, end, k, c, p):
    """Return the log-likelihood of events (n,) under an Omori-Utsu law. Source: Ogata 1983, equation 6."""
    return float(np.log(omori_rate(days, k, c, p)).sum() - omori_count(start, end, k, c, p))


def _omori_profile(t, start, end, c, p):
    """Return the log-likelihood at the best k for this c and p."""
    if not 1e-8 < c < 1e4:
        return -math.inf
    return omori_log_likelihood(
        t, start, end, t.size / float(omori_count(start, end, 1, c, p)), c, p
    )


def _omori_errors(t, start, end, best):
    """Return standard errors of k, c and p from the information matrix by central differences."""
    steps = np.diag([1e-3 * abs(v) for v in best])
    value = lambda d: omori_log_likelihood(t, start, end, *(np.array(best) + d))
    curved = [
        [
            (value(a + b) - value(a - b) - value(b - a) + value(-a - b)) / (4 * a.sum() * b.sum())
            for b in steps
        ]
        for a in steps
    ]
    variance = np.diag(np.linalg.inv(-np.array(curved)))
    variance = [
        variance[0],
        variance[1] if best[1] > 1e-6 else math.nan,
        variance[2],
    ]  # c at its limit has no curvature
    return tuple(math.sqrt(v) if v > 0 else math.nan for v in variance)


def _nelder_mead(f, corners, rounds=400, tolerance=1e-10):
    """Return the point that makes f smallest, from len(x) + 1 starting corners."""
    simplex = sorted((f(np.array(x)), tuple(x)) for x in corners)
    for _ in range(rounds):
        worst = np.array(simplex[-1][1])
        middle = np.mean([x for _, x in simplex[:-1]], axis=0)
        new = _try(f, middle, worst, 1.0)
        if new[0] < simplex[0][0]:
            new = min(new, _try(f, middle, worst, 2.0))
        elif new[0] >= simplex[-2][0]:
            new = _try(f, middle, worst, 0.5 if new[0] < simplex[-1][0] else -0.5)
        if new[0] < simplex[-1][0]:
            simplex[-1] = new
        else:
            simplex = [simplex[0]] + [
                _try(f, np.array(simplex[0][1]), np.array(x), -0.5) for _, x in simplex[1:]
            ]
        simplex.sort()
        if np.ptp([x for _, x in simplex], axis=0).max() < tolerance:
            break
    return simplex[0][1]


def _try(f, middle, worst, factor):
    """Return f and the point on the line from worst through middle, `factor` times as far beyond."""
    x = middle + factor * (middle - worst)
    return f(x), tuple(x)


# --- forecasts and their scores -----------------------------------------------------------


def expected_aftershocks(omori, b, from_magnitude, magnitude, start, end):
    """Return the expected number of aftershocks of at least a magnitude in a window.

    omori: an Omori fitted to events from `from_magnitude`; b: b-value; magnitude: number or
    array; start, end: days after the mainshock. Source: Reasenberg and Jones 1989.
    """
    fall = 10.0 ** (-b * (np.asarray(magnitude, float) - from_magnitude))
    return omori_count(start, end, omori.k, omori.c, omori.p) * fall


def chance_of_any(expected):
    """Return the chance of one event or more when `expected` are expected: 1 - exp(-expected) (Poisson)."""
    return -np.expm1(-np.asarray(expected, float))


def expected_from_chance(chance):
    """Return the expected number that gives a chance (0 to below 1) of one event or more."""
    chance = np.asarray(chance, float)
    if np.any((chance < 0) | (chance >= 1)):
        raise QuakeError(f"chance {chance}; accepted: from 0 to below 1")
    return -np.log1p(-chance)


def poisson_log_likelihood(expected, observed):
    """Return the joint log-likelihood of observed counts under expected numbers.

    expected, observed: numbers or arrays (n,). An observed event where none is expected gives
    minus infinity. Source: Schorlemmer and others 2007, equation 5.
    """
    pairs = zip(np.ravel(np.asarray(expected, float)), np.ravel(observed))
    return sum(
        -e - math.lgamma(n + 1) + (n * math.log(e) if e > 0 else -math.inf if n else 0.0)
        for e, n in pairs
    )


def number_test(expected, observed):
    """Return the chances of at least, and of at most, the observed number (the N-test).

    expected: expected number above zero; observed: whole number. A chance below 0.025 on one
    side says that the forecast gave too few, on the other too many.
    Source: Schorlemmer and others 2007; Zechar and others 2010.
    """
    if observed < 0 or observed != int(observed) or not expected > 0:
        raise QuakeError(
            f"expected {expected}, observed {observed}; accepted: a number above 0 and a whole number from 0"
        )
    term, below, at_most = math.exp(-expected), 0.0, 0.0
    for n in range(int(observed) + 1):
        below, at_most = at_most, at_most + term
        term *= expected / (n + 1)
    return 1 - below, at_most


def brier_score(chance, happened):
    """Return the mean squared error of chances (n,) in 0 to 1 against what happened (n,): 0 is perfect (Brier 1950)."""
    return float(np.mean((np.asarray(chance, float) - np.asarray(happened, float)) ** 2))


# --- checks ---------------------------------------------------------------------------------


def _positive(value, what):
    value = np.asarray(value, float)
    if not np.all(value > 0):
        raise QuakeError(f"{value} is not {what}; accepted: above zero")
    return value


def _latitude(lat):
    lat = np.asarray(lat, float)
    if np.any(~(np.abs(lat) <= 90)):
        raise QuakeError(
            f"latitude {lat[~(np.abs(lat) <= 90)] if lat.ndim else lat}; accepted: -90 to 90 degrees"
        )
    return lat


def _unit(lat, lon):
    """Return unit vectors (..., 3) of places in degrees."""
    p, l = np.radians(_latitude(lat)), np.radians(np.asarray(lon, float))
    return np.stack([np.cos(p) * np.cos(l), np.cos(p) * np.sin(l), np.sin(p)], axis=-1)
