"""Waits for a first look of any set of satellites, held to a count by hand, and an owner raised to
more of them.
"""

import numpy as np
import pandas as pd
import pytest

from helpers.science import dividend, firstlook, imaging
from helpers.tables import data
from tests.gains import hold_never_falls

MANDALAY = ("Mandalay", 21.9747, 96.0836)
BEGIN, END = "2026-03-14", "2026-03-24"


@pytest.fixture(scope="module")
def search():
    looks = imaging.windows(imaging.fleet(), MANDALAY, BEGIN, END)
    moments = imaging.event_times(BEGIN, "2026-03-22", 200)
    return firstlook.FirstLook(imaging.usable(looks), MANDALAY, moments, BEGIN, END)


def by_hand(search, names):
    """The median wait, moment by moment, from windows asked for anew."""
    looks = imaging.windows(imaging.fleet().query("name in @names"), MANDALAY, BEGIN, END)
    looks = imaging.usable(looks)
    waits = []
    for moment in pd.to_datetime(search.times, unit="us", utc=True):
        left = looks[looks["closes"] > moment]
        hours = (left["opens"].min() - moment) / pd.Timedelta(hours=1) if len(left) else np.inf
        waits.append(max(0.0, hours))
    return sorted(waits)[len(waits) // 2 - 1]


def test_the_owners_are_the_members_of_the_charter_that_have_satellites_in_the_table():
    owners = firstlook.charter_owners()
    assert len(owners) == 14 and {"CBERS", "COPERNICUS", "CRESDA", "ISRO"} <= set(owners)
    signed = set(data.table("charter_members")["member"])
    assert set(owners) - signed == {"CBERS", "COPERNICUS", "CRESDA"}
    assert {"ESA", "CNSA"} <= signed


@pytest.mark.parametrize("names", [["CARTOSAT-3"], ["SENTINEL-1A", "SENTINEL-2B", "LANDSAT 9"]])
def test_median_is_that_of_a_count_by_hand(search, names):
    assert search.median(names) == pytest.approx(by_hand(search, names), abs=1e-6)


def test_without_a_satellite_the_wait_never_ends(search):
    assert search.median([]) == np.inf
    few = search.hours(["CARTOSAT-3"])
    assert np.isinf(imaging.quantile(np.append(few, [np.inf] * 300), 0.5))
    assert np.isfinite(imaging.quantile(np.append(few, [np.inf] * 20), 0.5))
    assert (
        np.isinf(imaging.quantile([1.0, np.inf], 0.9)) and imaging.quantile([1.0, np.inf], 0.5) == 1
    )


def test_the_gain_does_not_fall(search):
    hold_never_falls(search.median, search.partners()["ISRO"], better="low", examples=15)


def test_copies_are_added_and_the_own_stay(search):
    own = search.partners()["COPERNICUS"]
    for raised in (search.at_home, search.anywhere):
        units = raised("COPERNICUS", own, 10)
        assert units[: len(own)] == own and len(set(units)) == len(own) + 10
    home, free = (
        search.median(f("COPERNICUS", own, 10)) for f in (search.at_home, search.anywhere)
    )
    assert free <= home <= search.median(own)


def test_anywhere_is_never_worse_than_at_home_and_compare_takes_both(search):
    some = {owner: units for owner, units in search.partners().items() if len(units) < 7}
    found = dividend.compare(
        search.median, some, at_home=search.at_home, anywhere=search.anywhere,
        question="How many hours?", unit="hours", better="low",
    )  # fmt: skip
    low, high = found.same_size
    assert found.alone >= low >= high and found.alone >= found.together
