"""Positions of many satellites at many times, beside skyfield and beside the slow way of this
course.
"""

import numpy as np
import pandas as pd
import pytest
from skyfield.api import EarthSatellite, load, wgs84

from helpers.base.checks import NotAccepted
from helpers.science import constellations, orbits
from helpers.tables import data

WHEN = orbits.times("2026-03-19T00:00:00Z", 24, 3600)


@pytest.fixture(scope="module")
def rows():
    return data.table("navigation_element_sets").iloc[::23]


def test_shape_and_the_same_numbers_as_one_by_one(rows):
    places = constellations.positions(rows, WHEN)
    assert places.shape == (len(rows), 3, len(WHEN))
    for row, found in zip(rows.to_dict("records"), places):
        np.testing.assert_allclose(
            found, orbits.position(orbits.from_row(row), WHEN, 30)[0], atol=1e-9
        )


def test_times_of_its_own_for_each_satellite(rows):
    when = WHEN.tz_localize(None).to_numpy() + np.arange(len(rows))[:, None] * np.timedelta64(
        7, "m"
    )
    found = constellations.positions(rows, when)
    for k, (_, row) in enumerate(rows.iterrows()):
        alone = constellations.positions(row.to_frame().T, when[k])
        np.testing.assert_array_equal(found[k], alone[0])


def test_low_orbits_too():
    imaging = data.table("imaging_element_sets").tail(5)
    places = constellations.positions(imaging, imaging["epoch"].max(), 40)
    heights = np.linalg.norm(places[:, :, 0], axis=1) - 6378
    assert ((heights > 300) & (heights < 1000)).all()


def test_elevation_and_azimuth_are_skyfields(rows):
    places = constellations.positions(rows, WHEN)
    scale = load.timescale(builtin=True)
    times = scale.from_datetimes(list(WHEN.to_pydatetime()))
    for where in ((-6.2, 106.8), (68.97, 33.09), (0.0, -180.0)):
        elevation, azimuth = constellations.sky(places, where)
        for row, high, towards in zip(rows.to_dict("records"), elevation, azimuth):
            satellite = EarthSatellite(row["line1"], row["line2"], row["name"], scale)
            alt, az, _ = (satellite - wgs84.latlon(*where)).at(times).altaz()
            np.testing.assert_allclose(high, alt.degrees, atol=0.01)
            turn = (towards - az.degrees + 180) % 360 - 180
            np.testing.assert_allclose(turn * np.cos(np.radians(high)), 0, atol=0.01)


def test_the_axes_are_east_north_up():
    east, north, up = constellations.axes(0.0, 90.0)
    np.testing.assert_allclose([east, north, up], [[-1, 0, 0], [0, 0, 1], [0, 1, 0]], atol=1e-12)


def test_geostationary_elevation_is_skyfields_and_not_the_spheres():
    for latitude, longitude, ring in (
        (52.5, 13.4, 9.5),
        (-6.2, 106.8, 110.5),
        (75.0, 100.0, 140.0),
        (0.0, 0.0, 0.0),
    ):
        satellite = wgs84.latlon(
            0, ring, 1000 * (constellations.GEOSTATIONARY_RADIUS_KM - 6378.137)
        )
        time = load.timescale(builtin=True).utc(2026, 3, 19)
        alt, _, _ = (satellite - wgs84.latlon(latitude, longitude)).at(time).altaz()
        assert constellations.geostationary_elevation_deg(
            latitude, longitude, ring
        ) == pytest.approx(alt.degrees, abs=0.002)
    assert constellations.geostationary_elevation_deg([85.0, 0.0], 0.0, [0.0, 180.0]).max() < 0
    assert constellations.GEOSTATIONARY_RADIUS_KM == pytest.approx(42164.17, abs=0.01)


def test_what_cannot_be_answered_is_said(rows):
    with pytest.raises(NotAccepted, match="at least one"):
        constellations.positions(rows[:0], WHEN)
    with pytest.raises(NotAccepted, match="days from"):
        constellations.positions(rows, "2027-03-19T00:00:00Z")
    with pytest.raises(NotAccepted, match="is not a time"):
        constellations.positions(rows, "noon")
    sets = constellations.element_sets(rows)
    assert constellations.element_sets(sets) == sets
    assert isinstance(rows, pd.DataFrame)
