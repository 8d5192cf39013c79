"""Lessons 07, 09 and 10 on newer element sets, by one line: the days follow, and what is missing is
named. The sets are those of the course a year later, when the Sun stands as before: synthetic.
"""

import pandas as pd
import pytest

from helpers.learning import new_sets
from helpers.science import imaging, in_use, orbits, pooling, street
from tests.learning.test_new_sets import later

DAY = pd.Timestamp("2027-03-19", tz="UTC")
SLUG = {
    "07": "07_earthquake_response",
    "09": "09_navigation",
    "10": "10_earth_observation_partners",
}


@pytest.fixture(autouse=True)
def learner(learner_of):
    learner_of("2027-03-21")


def newer(lesson, without=()):
    """Take in sets of all satellites of a lesson, as if of 19 March 2027."""
    rows = new_sets._rows(lesson)
    rows = rows[~rows["name"].isin(without)]
    new_sets.add("".join(later(a, b, "27078") for a, b in zip(rows["line1"], rows["line2"])))


def test_the_core_of_07_runs_in_the_weeks_of_the_newer_sets(run):
    newer("07")
    assert "In use: 166 of 166 satellites, of 19 March 2027." in repr(new_sets.use("07"))
    ran = run(SLUG["07"], tags=("core",))
    assert (ran["begin"], ran["end"]) == ("2027-03-04", "2027-04-01")
    assert ran["one"]["opens"].between(DAY, DAY + pd.Timedelta(days=7)).all() and len(ran["one"])
    assert ran["moments"][0].strftime("%Y-%m-%d") == "2027-03-04"
    assert orbits.epochs(ran["fleet"]).min() > DAY


def test_the_core_of_09_runs_on_the_day_of_the_newer_sets(run):
    before = street.over_the_day()[0][:, :, 0]
    newer("09")
    new_sets.use("09")
    assert street.day() == DAY
    ran = run(SLUG["09"], tags=("core",))
    moved = abs(ran["positions"][:, :, 0] - before).max(axis=1)
    assert (moved > 100).mean() > 0.5  # km: another sky, but for those that stay over a place
    assert set(ran["systems"]) >= set(street.FOUR)


def test_the_core_of_10_runs_in_the_weeks_of_the_newer_sets(run):
    newer("10")
    new_sets.use("10")
    assert pooling.month() == (DAY - pd.Timedelta(days=14), DAY + pd.Timedelta(days=14))
    ran = run(SLUG["10"], tags=("core",))
    assert ran["seen"]["opens"].between(*pooling.month()).all() and ran["seen"]["day"].max() < 28
    assert ran["pretoria"]["all"] < 30


@pytest.mark.parametrize(
    "lesson, names",
    [
        ("07", ["CARTOSAT-3"]),
        ("07", ["LANDSAT 8", "LANDSAT 9"]),
        ("09", ["BEIDOU-3 M1"]),
        ("10", ["GAOFEN-6"]),
    ],
)
def test_a_satellite_that_the_core_needs_is_named(lesson, names):
    newer(lesson, without=names)
    said = f"is of {' or '.join(names)}; accepted for lesson {lesson}"
    with pytest.raises(new_sets.MessageError, match=said):
        new_sets.use(lesson)
    assert street.day() == pd.Timestamp("2026-03-19", tz="UTC")  # all fly on those of the course


def test_without_newer_sets_nothing_changes():
    with pytest.raises(new_sets.MessageError, match="none of your sets is of the 166 satellites"):
        new_sets.use("07")
    assert imaging.month(imaging.fleet()) == ("2026-03-04", "2026-04-01", "2026-04-11")
    assert pooling.month()[0] == pd.Timestamp("2026-03-05", tz="UTC")
    newer("07")
    new_sets.use("07")
    assert pooling.day() == DAY
    in_use.take()
    assert pooling.day() == street.day() == pd.Timestamp("2026-03-19", tz="UTC")
