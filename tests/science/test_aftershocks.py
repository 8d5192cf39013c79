"""Aftershocks by Omori's law, and scores of forecasts, beside scipy and published fits."""

import math

import numpy as np
import pytest
from scipy import integrate, optimize, stats

from helpers.science import aftershocks
from helpers.tables import data


@pytest.mark.parametrize("p", [0.7, 1.0, 1.0 + 1e-12, 1.3])
def test_omori_count_is_the_integral_of_the_rate(p):
    area, _ = integrate.quad(aftershocks.omori_rate, 0.1, 50, args=(6.0, 0.02, p))
    assert aftershocks.omori_count(0.1, 50, 6.0, 0.02, p) == pytest.approx(area, rel=1e-8)


def test_log_likelihood_by_hand():
    # p = 0: a constant rate of 2 a day; two events in 3 days: 2 ln 2 - 6.
    assert aftershocks.omori_log_likelihood([1.0, 2.0], 0, 3, 2.0, 0.1, 0.0) == pytest.approx(
        2 * math.log(2) - 6
    )


def omori_times(k, c, p, end, seed):
    """Return SYNTHETIC times of an Omori-Utsu law: equal steps of the expected count, exponential
    gaps.
    """
    total = aftershocks.omori_count(0, end, k, c, p)
    marks = np.cumsum(np.random.default_rng(seed).exponential(1, int(2 * total)))
    return np.array(
        [
            optimize.brentq(
                lambda t, m: aftershocks.omori_count(0, t, k, c, p) - m, 0, end, args=(m,)
            )
            for m in marks[marks < total]
        ]
    )


def test_fit_finds_the_law_that_made_the_events():
    found = aftershocks.fit_omori(omori_times(80, 0.05, 1.1, 200, 5), 0, 200)
    for value, true, error in zip(found[:3], (80, 0.05, 1.1), found.errors):
        assert abs(value - true) < 3 * error


def events_after(from_magnitude, kinds=("aftershock",)):
    events = data.table("aftershocks")
    origin = events.loc[events["kind"] == "mainshock", "time"].iloc[0]
    chosen = events[events["kind"].isin(kinds) & (events["magnitude"] > from_magnitude - 0.05)]
    return aftershocks.days_after(chosen["time"], origin)


@pytest.mark.parametrize(
    "from_magnitude, start", [(4.1, 0.0), (4.2, 0.0), (4.2, 0.001), (4.3, 0.0), (4.5, 0.0)]
)
def test_fit_agrees_with_scipy_on_the_catalogue(from_magnitude, start):
    days = events_after(from_magnitude)
    found = aftershocks.fit_omori(days, start, 257)
    t = days[(days >= start) & (days <= 257)]
    other = optimize.minimize(
        lambda x: -aftershocks.omori_log_likelihood(t, start, 257, *np.exp(x)),
        np.log([3, 0.1, 1.2]),
        method="L-BFGS-B",
    )
    assert found[:3] == pytest.approx(np.exp(other.x), rel=5e-3)
    assert found.log_likelihood >= -other.fun - 1e-6


def test_first_value_of_the_catalogue_agrees_with_an_independent_fit():
    # Fitted independently on 84 events to January 2026: K = 6.0, c = 0.013 d, p = 0.88.
    found = aftershocks.fit_omori(
        events_after(4.2, ("aftershock", "slab", "off fault")), 0.001, 257
    )
    assert found.k == pytest.approx(6.0, abs=0.05)
    assert found.c == pytest.approx(0.013, abs=0.0005)
    assert abs(found.p - 0.88) < found.errors[2]  # 0.90: three events fewer and a shorter window


def test_a_window_that_starts_late_knows_nothing_of_c():
    found = aftershocks.fit_omori(events_after(4.2), 0.05, 257)
    assert found.c < 1e-6 and math.isnan(found.errors[1])
    assert 0.8 < found.p < 1.0


def test_expected_aftershocks_by_hand():
    law = aftershocks.Omori(
        10.0, 0.0, 1.0
    )  # 10 ln(7) events from day 1 to day 7; a tenth for each magnitude at b = 1
    assert aftershocks.expected_aftershocks(law, 1.0, 4.0, [4.0, 5.0, 6.0], 1, 7) == pytest.approx(
        10 * math.log(7) * np.array([1, 0.1, 0.01])
    )


def test_chances_and_numbers_are_inverse():
    assert aftershocks.chance_of_any(math.log(2)) == pytest.approx(0.5)
    assert aftershocks.expected_from_chance([0.0, 0.5, 0.92]) == pytest.approx(
        [0, math.log(2), 2.5257], abs=1e-4
    )


def test_poisson_score_agrees_with_scipy():
    expected, observed = [2.5, 0.3, 0.02], [4, 0, 1]
    assert aftershocks.poisson_log_likelihood(expected, observed) == pytest.approx(
        stats.poisson.logpmf(observed, expected).sum()
    )
    assert (
        aftershocks.poisson_log_likelihood(0, 0) == 0
        and aftershocks.poisson_log_likelihood(0, 1) == -math.inf
    )


@pytest.mark.parametrize("expected, observed", [(2.5, 0), (2.5, 4), (11.0, 3), (0.1, 2)])
def test_number_test_agrees_with_scipy(expected, observed):
    at_least, at_most = aftershocks.number_test(expected, observed)
    assert at_least == pytest.approx(stats.poisson.sf(observed - 1, expected))
    assert at_most == pytest.approx(stats.poisson.cdf(observed, expected))


def test_brier_score_by_hand():
    assert aftershocks.brier_score([0.92, 0.30, 0.04], [1, 0, 0]) == pytest.approx(
        (0.0064 + 0.09 + 0.0016) / 3
    )


def test_number_test_against_scipy_for_small_large_and_unlikely_numbers():
    for expected, observed in (
        (800, 800),
        (0.01, 12),
        (5000.5, 5200),
        (3.2, 0),
        (40, 3),
        (1e-9, 1),
    ):
        at_least, at_most = aftershocks.number_test(expected, observed)
        assert at_least == pytest.approx(stats.poisson.sf(observed - 1, expected), rel=1e-9)
        assert at_most == pytest.approx(stats.poisson.cdf(observed, expected), rel=1e-9)
