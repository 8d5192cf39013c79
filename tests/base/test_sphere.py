"""Distances, circles, lines and views on the sphere against astropy, and by hand."""

from itertools import pairwise

import numpy as np
import pytest
from astropy import units as u
from astropy.coordinates import SkyCoord, angular_separation

from helpers.base import sphere
from helpers.base.checks import NotAccepted

EPICENTRE = (22.011, 95.9363)


def test_distance_agrees_with_astropy():
    rng = np.random.default_rng(1)
    lat, lon = rng.uniform(-90, 90, (2, 50)), rng.uniform(-180, 180, (2, 50))
    arc = angular_separation(*np.radians([lon[0], lat[0], lon[1], lat[1]]))
    assert sphere.distance(lat[0], lon[0], lat[1], lon[1]) == pytest.approx(
        arc * 6371.0088, abs=1e-6
    )


def test_destination_agrees_with_astropy():
    there = SkyCoord(*EPICENTRE[::-1], unit="deg").directional_offset_by(
        -10 * u.deg, (300 / 6371.0088) * u.rad
    )
    assert sphere.destination(*EPICENTRE, -10, 300) == pytest.approx(
        (there.dec.deg, there.ra.wrap_at(180 * u.deg).deg)
    )


def test_circle_and_rupture_line_keep_their_distances():
    lat, lon = sphere.circle(*EPICENTRE, 120)
    assert sphere.distance(*EPICENTRE, lat, lon) == pytest.approx(120)
    lat, lon = sphere.line_through(*EPICENTRE, -3, 174, 335)
    assert sphere.distance(*EPICENTRE, lat, lon) == pytest.approx([335, 0, 174])
    assert lat[0] < EPICENTRE[0] < lat[2] and lon[2] < EPICENTRE[1] < lon[0]
    assert sphere.line_length(lat, lon) == pytest.approx(509)


@pytest.mark.parametrize("seed", range(8))
def test_share_of_a_line_agrees_with_dense_sampling(seed):
    rng = np.random.default_rng(seed)
    corners = SkyCoord(rng.uniform(-180, 180, 4) * u.deg, rng.uniform(-80, 80, 4) * u.deg)
    centre, radius = (rng.uniform(-80, 80), rng.uniform(-180, 180)), rng.uniform(300, 12000)
    inside = total = 0.0
    for a, b in pairwise(corners):
        arc, bearing = a.separation(b), a.position_angle(b)
        points = a.directional_offset_by(bearing, (np.arange(20000) + 0.5) / 20000 * arc)
        near = (
            angular_separation(
                points.ra, points.dec, centre[1] * u.deg, centre[0] * u.deg
            ).to_value(u.rad)
            * 6371.0088
            <= radius
        )
        inside, total = inside + arc.rad * near.mean(), total + arc.rad
    assert sphere.line_share_inside(
        corners.dec.deg, corners.ra.deg, centre, radius
    ) == pytest.approx(inside / total, abs=2e-4)


def test_at_most_240_of_475_km_lie_in_the_circle():
    for forward in (120, 174 / 509 * 475, 237.5, 355):
        line = sphere.line_through(*EPICENTRE, -2, forward, 475 - forward)
        assert sphere.line_share_inside(*line, EPICENTRE, 120) == pytest.approx(240 / 475)
    assert sphere.line_share_inside(
        *sphere.line_through(*EPICENTRE, 0, 50, 425), EPICENTRE, 120
    ) == pytest.approx(170 / 475)


def test_share_inside_by_hand():
    # One degree of latitude is 111.195 km: two of three places, 30 of 60 people.
    assert sphere.share_inside([0, 1, 2], [0, 0, 0], (0, 0), 112) == pytest.approx(2 / 3)
    assert sphere.share_inside([0, 1, 2], [0, 0, 0], (0, 0), 112, [10, 20, 30]) == pytest.approx(
        0.5
    )


def test_east_north_and_up_are_a_right_handed_frame():
    lat, lon = np.array([-60.0, 0.0, 45.0]), np.array([10.0, -100.0, 179.0])
    (east, north), up = sphere.east_north(lat, lon), sphere.up(lat, lon)
    assert np.cross(east, north, axis=0) == pytest.approx(up)
    there = SkyCoord(lon * u.deg, lat * u.deg)
    assert up == pytest.approx(there.cartesian.xyz.value)
    # a small step north and east is the difference of two directions
    assert (sphere.up(lat + 1e-6, lon) - up) / np.radians(1e-6) == pytest.approx(north, abs=1e-6)
    assert np.array(sphere.latitude_longitude(up)) == pytest.approx(np.array([lat, lon]))


def test_seen_from_afar():
    x, y, depth = sphere.seen_from(sphere.up([10, 20, 10], [50, 40, -130]), 10, 50)
    assert (x[0], y[0], depth[0]) == pytest.approx((0, 0, 1))
    assert x[1] < 0 < y[1] and depth[2] < 0  # west and north of the eye; beyond the edge


def test_elevation_by_hand():
    assert sphere.elevation(np.array([1.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0])) == pytest.approx(
        45
    )
    away = np.array([[0.0, -1.0], [1.0, 0.0], [0.0, 0.0]])
    assert sphere.elevation(away, sphere.up(0, 0)) == pytest.approx([0, -90])


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda: sphere.distance(91, 0, 0, 0), "latitude = 91"),
        (lambda: sphere.distance(float("nan"), 0, 0, 0), "latitude = nan"),
        (lambda: sphere.distance(0, "east", 0, 0), "longitude = 'east'"),
        (lambda: sphere.circle(0, 0, None), "distance_km = None"),
        (lambda: sphere.share_inside([1], [1], (0, 0), 10, [0]), "0"),
        (lambda: sphere.line_share_inside([1, 1], [2, 2], (0, 0), 10), "no length"),
    ],
)
def test_bad_input_says_what_was_given_and_what_is_accepted(call, said):
    with pytest.raises(NotAccepted, match="accepted") as raised:
        call()
    assert said in str(raised.value)
