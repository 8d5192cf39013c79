"""PDOP of whole constellations: beside the formula one moment at a time, and beside values of
another program.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from helpers.science import availability, constellations, navigation, orbits
from helpers.science.navigation import NavigationError
from helpers.tables import data

MURMANSK = {
    "name": "Murmansk",
    "latitude_deg": 68.96,
    "longitude_deg": 33.08,
}  # not in the table of cities
OTHER = Path(__file__).parent / "reference" / "navigation_geometry.csv"


@pytest.fixture(scope="module")
def fleet():
    """Positions and systems of all satellites in use, 145 times of 19 March 2026."""
    kept = (
        data.table("navigation_satellites")
        .query("in_use")
        .merge(data.table("navigation_element_sets")[["catalogue_number", "line1", "line2"]])
    )
    return constellations.positions(kept, orbits.times("2026-03-19T00:00:00Z", 24, 600)), kept[
        "system"
    ].to_numpy()


@pytest.mark.parametrize(
    "systems",
    [["GPS"], ["BeiDou-3", "GPS"], ["BeiDou-3", "GLONASS", "GPS", "Galileo"], ["QZSS", "GPS"]],
)
def test_the_fast_way_is_the_formula(fleet, systems):
    positions, names = fleet
    own = np.isin(names, systems)
    for place in ((-6.2, 106.8), (64.1, -21.9)):
        fast = availability.at_place(positions, names, place, 25).pdop(systems)[0]
        elevation, azimuth = constellations.sky(positions[own], place)
        for k in range(0, 145, 24):
            seen = elevation[:, k] >= 25
            assert fast[k] == pytest.approx(
                navigation.dops(elevation[seen, k], azimuth[seen, k], names[own][seen]).position,
                rel=1e-6,
            )


def test_another_program_finds_the_same_within_rounding(fleet):
    """14 cities, two masks, seven choices of systems. Its places may differ from ours by some km,
    and it counts minutes of 145 times.
    """
    positions, names = fleet
    rows = list(csv.DictReader(OTHER.open(encoding="utf-8")))
    assert len(rows) > 170
    cities = (
        data.table("cities")
        .sort_values("population")
        .drop_duplicates("ascii_name", keep="last")
        .set_index("ascii_name")
    )
    views = {}
    for row in rows:
        key = row["city"], row["mask_deg"]
        if key not in views:
            views[key] = availability.at_place(
                positions,
                names,
                cities.loc[row["city"]] if row["city"] in cities.index else MURMANSK,
                float(row["mask_deg"]),
            )
        systems, view = row["systems"].split("+"), views[key]
        count, pdop = view.count(systems)[0], view.pdop(systems)[0]
        where = f"{key}, {row['systems']}"
        assert count.mean() == pytest.approx(float(row["mean_seen"]), abs=0.11), where
        assert abs(count.min() - int(row["least_seen"])) <= 1, where
        median = float(row["median_pdop"] or "inf")
        assert np.median(pdop) == pytest.approx(median, rel=0.08 if median > 5 else 0.02), where
        assert 1440 - view.good_minutes(systems)[0] == pytest.approx(
            float(row["minutes_without"]), abs=25
        ), where


def test_a_bigger_fleet_is_never_worse(fleet):
    positions, names = fleet
    view = availability.view(positions, names, [-6.2, 0.0, 60.0], [106.8, 20.0, 30.0], 30)
    order = ["QZSS", "GPS", "BeiDou-3", "GLONASS"]
    steps = [view.pdop(order[: n + 1]) for n in range(len(order))]
    for fewer, more in zip(steps, steps[1:]):
        assert (more <= fewer * (1 + 1e-9)).all()


def test_many_places_at_once_are_the_places_one_by_one(fleet):
    positions, names = fleet
    latitudes, longitudes = np.linspace(-80, 80, 37), np.linspace(-170, 170, 37)
    view = availability.view(positions, names, latitudes, longitudes, 20)
    found, count = view.pdop(["GLONASS", "GPS"]), view.count("GPS")
    assert found.shape == count.shape == (37, 145)
    for k in (0, 15, 16, 36):
        alone = availability.view(positions, names, latitudes[k], longitudes[k], 20)
        assert found[k] == pytest.approx(alone.pdop(["GLONASS", "GPS"])[0], rel=1e-9)
        assert (count[k] == alone.count("GPS")[0]).all()


def test_two_satellites_each_of_two_systems_fix_nothing():
    positions = 26560.0 * np.array(
        [
            [[1.0], [0.0], [0.0]],
            [[0.8], [0.6], [0.0]],
            [[0.8], [0.0], [0.6]],
            [[0.8], [-0.4], [-0.44]],
        ]
    )
    one = availability.at_place(positions, ["A"] * 4, (0, 0), 5)
    two = availability.at_place(positions, ["A", "A", "B", "B"], (0, 0), 5)
    assert one.pdop()[0, 0] < 6 and np.isinf(two.pdop()[0, 0]) and (two.count() == 4).all()
    assert one.good_minutes()[0] == 1440 and two.good_minutes()[0] == 0


def test_with_as_many_unknowns_as_satellites_no_rounding_makes_a_fix():
    """Three coordinates and two clocks from four satellites, in 500 random skies."""
    at = np.random.default_rng(5).uniform(-1, 1, (4, 3, 500)) + np.array([2, 0, 0])[:, None]
    view = availability.at_place(
        26560 * at / np.linalg.norm(at, axis=1)[:, None], [*"AABB"], (0, 0), 0
    )
    assert (view.count() == 4).sum() > 100 and np.isinf(view.pdop()).all()


@pytest.mark.parametrize(
    "counts, fixes", [([4], True), ([3], False), ([3, 2], True), ([3, 1], False), ([2, 2], False)]
)
def test_a_fix_needs_three_satellites_and_one_more_a_system(counts, fixes):
    """Whatever the sums are: a satellite alone of its system tells only that system's clock."""
    whole = [np.ones(1)] * 3 + [np.zeros(1)] * 3
    pdop = availability._pdop([(whole, np.array([n])) for n in counts])
    assert np.isfinite(pdop[0]) == fixes


def test_the_mask_hides_the_low_sky(fleet):
    positions, names = fleet
    counts = [
        availability.at_place(positions, names, (48, 16), mask).count("GPS").mean()
        for mask in (0, 10, 30, 60)
    ]
    assert counts == sorted(counts, reverse=True) and counts[0] > 10 and counts[-1] < 3


def test_grid_cells():
    latitudes, longitudes = availability.grid(10)
    assert (
        len(latitudes) == 18
        and len(longitudes) == 36
        and latitudes[0] == -85
        and longitudes[-1] == 175
    )


def test_bad_questions_are_said(fleet):
    positions, names = fleet
    with pytest.raises(NavigationError, match="0 to below 90"):
        availability.view(positions, names, 0, 0, 95)
    with pytest.raises(NavigationError, match="one system a satellite"):
        availability.view(positions, names[:-1], 0, 0)
    with pytest.raises(NavigationError, match="accepted: some of"):
        availability.at_place(positions, names, (0, 0)).pdop(["Loran"])
    with pytest.raises(NavigationError, match="part of 180"):
        availability.grid(7)
