"""Sharpness held to what the makers of three cameras publish, and to the sizes of radar waves."""

import pytest

from helpers.base.checks import NotAccepted
from helpers.science import sharpness
from helpers.tables import data


@pytest.mark.parametrize(
    "row", list(data.table("camera_optics").itertuples()), ids=lambda row: row.id
)
def test_ground_sample_is_the_published_one(row):
    computed = sharpness.ground_sample_m(row.height_km, row.focal_length_m, row.pixel_um)
    assert computed == pytest.approx(row.sample_m, rel=0.02)


def test_ground_sample_aside_takes_in_the_published_one_of_worldview_2():
    """0.46 m straight down, 0.52 m at 20 degrees (eoPortal): between the pixel's length along the
    track and across it.
    """
    along, across = sharpness.sample_aside_m(0.46, 20, 770)
    assert along < 0.52 < across < 0.54
    assert sharpness.sample_aside_m(0.46, 1e-6, 770) == pytest.approx((0.46, 0.46))


def test_on_a_nearly_flat_earth_the_pixel_grows_as_the_cosine_says():
    """From a low aircraft: 1 / cos along, 1 / cos^2 across."""
    along, across = sharpness.sample_aside_m(1.0, 60, 1.0)
    assert float(along) == pytest.approx(2, rel=2e-3) and float(across) == pytest.approx(
        4, rel=2e-3
    )


def test_rayleigh_limit_of_the_eye_and_of_a_mirror():
    """A mirror of 2.4 m has 0.05 arc seconds in visible light, as is published of Hubble: 0.15 m
    from 600 km.
    """
    assert sharpness.rayleigh_m(600, 2.4, 500e-9) == pytest.approx(
        600e3 * 0.0524 / 206265, rel=0.01
    )
    assert sharpness.rayleigh_m(770, 1.1) == pytest.approx(0.47, abs=0.005)


@pytest.mark.parametrize(
    ("frequency_ghz", "wavelength_cm", "fringe_cm"),
    [(5.405, 5.547, 2.77), (1.2575, 23.84, 11.92), (9.65, 3.107, 1.55)],
)
def test_a_fringe_is_half_a_wavelength(frequency_ghz, wavelength_cm, fringe_cm):
    """5.6 cm and 2.8 cm are published for Sentinel-1 (ESA), 24 cm and 12 cm for the L band of
    ALOS-2 (JAXA).
    """
    assert 100 * sharpness.wavelength_m(frequency_ghz) == pytest.approx(wavelength_cm, abs=0.01)
    assert 100 * sharpness.fringe_m(frequency_ghz) == pytest.approx(fringe_cm, abs=0.01)
    assert sharpness.fringe_m(frequency_ghz, 60) == pytest.approx(
        2 * sharpness.fringe_m(frequency_ghz)
    )


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: sharpness.ground_sample_m(0, 1, 1), "height_km"),
        (lambda: sharpness.ground_sample_m(700, -1, 1), "focal_length_m"),
        (lambda: sharpness.rayleigh_m(700, 0), "aperture_m"),
        (lambda: sharpness.fringe_m(0), "frequency_ghz"),
    ],
)
def test_what_cannot_be_is_refused(call, name):
    with pytest.raises(NotAccepted, match=name):
        call()
