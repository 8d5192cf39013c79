"""Earthquake helpers held to published values, to scipy and astropy, and to sums by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from helpers.base import sphere
from helpers.base.checks import NotAccepted
from helpers.science import aftershocks, quakes
from helpers.tables import data

EPICENTRE = (22.011, 95.9363)


# --- strength ------------------------------------------------------------------------


def test_moment_magnitude_of_known_earthquakes():
    # Chile 1960: 2.0e23 N m, Mw 9.5 (Hanks and Kanamori 1979, table 1); Tohoku 2011: 5.31e22 N m,
    # Mw 9.1 (Global CMT).
    assert quakes.moment_magnitude(2.0e23) == pytest.approx(9.5, abs=0.05)
    assert quakes.moment_magnitude(5.31e22) == pytest.approx(9.1, abs=0.05)


def test_moment_and_magnitude_are_inverse_and_a_step_of_two_is_a_thousand():
    magnitudes = np.array([0.0, 4.2, 7.7, 9.5])
    assert quakes.moment_magnitude(quakes.moment(magnitudes)) == pytest.approx(magnitudes)
    assert quakes.moment(7.0) / quakes.moment(5.0) == pytest.approx(1000)
    assert quakes.moment(7.7) == pytest.approx(4.47e20, rel=1e-3)


def test_fault_of_475_by_15_km_with_3_3_m_of_slip():
    assert quakes.fault_moment(475, 15, 3.3) == pytest.approx(7.05e20, rel=1e-3)
    assert quakes.moment_magnitude(quakes.fault_moment(475, 15, 3.3)) == pytest.approx(
        7.83, abs=0.005
    )


def test_energy_in_erg_as_first_published():
    # Gutenberg and Richter 1956: log E = 11.8 + 1.5 M, in erg (1e-7 J).
    assert np.log10(quakes.radiated_energy(6.0) * 1e7) == pytest.approx(11.8 + 9.0)
    assert np.log10(quakes.radiated_energy(6.0, "bath") * 1e7) == pytest.approx(12.24 + 1.44 * 6)


@pytest.mark.parametrize(
    "relation, near, far",
    [
        ("gutenberg-richter", 1.995, 11.22),
        ("choy-boatwright", 1.995, 11.22),
        ("bath", 1.941, 10.19),
    ],
)
def test_energy_ratios_of_the_lesson(relation, near, far):
    assert quakes.energy_ratio(7.9, 7.7, relation) == pytest.approx(near, abs=0.001)
    assert quakes.energy_ratio(7.9, 7.2, relation) == pytest.approx(far, abs=0.01)
    assert quakes.energy_ratio(7.7, 7.9, relation) == pytest.approx(1 / near, abs=0.001)


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda: quakes.radiated_energy(7, "richter"), "'richter'"),
        (lambda: quakes.moment_magnitude(-1), "-1"),
        (lambda: quakes.b_value([4.2], 4.2), "1 events"),
        (lambda: quakes.b_value([4.2, 4.2], 4.2, width=0), "4.2"),
        (lambda: quakes.completeness([4.2, 4.3], method="by eye"), "'by eye'"),
        (lambda: quakes.completeness([4.2, 4.2, 6.0], method="goodness of fit", fit=101), "101"),
        (lambda: quakes.frequency_magnitude([]), "0 magnitudes"),
        (lambda: quakes.frequency_magnitude([4.2], width=0), "width 0"),
        (lambda: quakes.frequency_magnitude([4.2, math.nan]), "nan"),
        (lambda: aftershocks.fit_omori([1, 2, 3], 0, 10), "3 events"),
        (lambda: aftershocks.fit_omori(np.arange(9.0), 5, 5), "5 to 5"),
        (lambda: aftershocks.expected_from_chance(1.0), "1.0"),
        (lambda: aftershocks.number_test(2.0, 1.5), "1.5"),
    ],
)
def test_bad_input_says_what_was_given_and_what_is_accepted(call, said):
    with pytest.raises(NotAccepted) as raised:
        call()
    assert said in str(raised.value)
    assert "accepted" in str(raised.value)


# --- b-value -------------------------------------------------------------------------


def synthetic_magnitudes(b=1.0, n=4000, completeness=4.0, seed=3):
    """Return a SYNTHETIC catalogue that follows Gutenberg and Richter, rounded to 0.1."""
    m = completeness - 0.05 + np.random.default_rng(seed).exponential(math.log10(math.e) / b, n)
    return np.round(m, 1)


def test_frequency_magnitude_by_hand():
    centres, counts, above = quakes.frequency_magnitude([4.2, 4.2, 4.3, 4.5])
    assert centres.tolist() == [4.2, 4.3, 4.4, 4.5]
    assert counts.tolist() == [2, 1, 0, 1] and above.tolist() == [4, 2, 1, 1]


def test_b_value_by_hand():
    # mean 4.4, edge 4.15: 0.4343 / 0.25; squares 0.04 + 0 + 0.04: 2.3026 b^2 sqrt(0.08 / 6)
    found = quakes.b_value([4.2, 4.4, 4.6, 3.9], 4.2)
    assert found.b == pytest.approx(0.4342945 / 0.25)
    assert found.error == pytest.approx(2.302585 * found.b**2 * math.sqrt(0.08 / 6), rel=1e-6)
    assert found.events == 3


@pytest.mark.parametrize("b", [0.7, 1.0, 1.4])
def test_b_value_finds_what_made_the_catalogue_and_agrees_with_scipy(b):
    m = synthetic_magnitudes(b)
    found = quakes.b_value(m, 4.0)
    _, scale = stats.expon.fit(m, floc=3.95)
    assert found.b == pytest.approx(math.log10(math.e) / scale)
    assert abs(found.b - b) < 3 * found.error


def test_error_of_b_is_the_spread_over_many_catalogues():
    many = [quakes.b_value(synthetic_magnitudes(n=200, seed=s), 4.0) for s in range(400)]
    assert np.mean([f.error for f in many]) == pytest.approx(np.std([f.b for f in many]), rel=0.12)


def test_completeness_finds_where_events_go_missing():
    whole = synthetic_magnitudes(n=20000, completeness=2.0)
    rng = np.random.default_rng(4)
    seen = whole[(whole >= 3.0) | (rng.random(whole.size) < 0.03)]
    assert quakes.completeness(seen) == pytest.approx(3.0)
    assert quakes.completeness(seen, method="goodness of fit") == pytest.approx(3.0, abs=0.15)
    assert quakes.goodness_of_fit(seen, 3.0) > 95 > quakes.goodness_of_fit(seen, 2.0)


# --- the tables of lesson 07 -------------------------------------------------------------


def test_aftershocks_are_flagged_before_anyone_fits():
    events = data.table("aftershocks").set_index("id")
    assert len(events) == 81
    assert events.loc["us7000pn9s", "kind"] == "mainshock"
    assert events.loc["us6000rc6v", ["kind", "depth"]].tolist() == ["slab", 141.52]
    assert set(events.index[events["kind"] == "off fault"]) == {
        "us7000qtq7",
        "us7000qac1",
        "us6000qz5b",
    }
    assert (events["kind"] == "aftershock").sum() == 76
    assert (events["time"].diff().dropna() > pd.Timedelta(0)).all()
    assert ((events["depth"] == 10) == events["depth_fixed"]).all()


def test_largest_aftershock_comes_672_seconds_later():
    events = data.table("aftershocks")
    assert (events["time"][1] - events["time"][0]).total_seconds() == pytest.approx(672, abs=0.5)


@pytest.mark.parametrize("from_magnitude, events, b", [(4.1, 73, 0.99), (4.2, 66, 1.15)])
def test_b_of_the_whole_catalogue_depends_on_where_you_cut(from_magnitude, events, b):
    m = data.table("aftershocks")["magnitude"][1:]
    found = quakes.b_value(m, from_magnitude)
    assert found.events == events and found.b == pytest.approx(b, abs=0.005)


def test_towns_in_the_circle_and_the_capital_outside():
    towns = data.table("towns").set_index("name")
    km = pd.Series(sphere.distance(towns["latitude"], towns["longitude"], *EPICENTRE), towns.index)
    assert (km <= 120).sum() == 14 and towns["population"][km <= 120].sum() == 2422249
    assert km["Nay Pyi Taw"] == pytest.approx(252.8, abs=0.1) and km["Mandalay"] == pytest.approx(
        15.7, abs=0.05
    )
    assert towns.loc["Kyauktan", "flag"] == "doubtful place"
    assert set(towns.index[towns["flag"] == "township"]) == {
        "Yawnghwe",
        "Kalemyo",
        "Heho",
        "Kalaw",
        "Meiktila",
        "Yenangyaung",
    }


def test_agencies_disagree_and_all_are_kept():
    table = data.table("quake_magnitudes")
    main = table[table["event"] == "mainshock"]
    assert sorted(main["magnitude"].unique()) == [7.2, 7.4, 7.7, 7.8, 7.9, 8.2]
    assert set(main.loc[main["magnitude"] == 7.9, "agency"].dropna()) == {"CENC"}


def test_official_and_independent_counts_stay_apart():
    counts = data.table("casualties")
    dead = counts[(counts["measure"] == "dead") & (counts["place"] == "MMR")]
    last = dead[dead["counter_kind"] == "authorities"].sort_values("as_of").iloc[-1]
    assert (last["count"], str(last["as_of"].date())) == (3740, "2025-05-30")
    assert dead.loc[dead["counter"] == "MSR", "count"].tolist() == [5313]


def test_sentinel_dates_differ_by_whole_cycles_of_the_pair():
    line = data.table("response_timeline").set_index("id")
    assert (
        str(line.loc["sentinel-2", "date"].date()) == "2025-03-30"
        and str(line.loc["sentinel-1c", "date"].date()) == "2025-04-02"
    )
    assert (line["time"].dropna() >= line.loc["mainshock", "time"]).all()


def test_no_list_of_thirty_satellites_is_behind_the_claim():
    named = data.table("satellites_named")
    chinese = named[named["operator"].isin(["CRESDA", "SIWEI", "CGSTL", "SPACETY"])]
    assert len(chinese) == 13 and len(named) == 18
