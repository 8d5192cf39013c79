"""Sounding radar against published instruments and hand-worked values."""

import numpy as np
import pytest

from helpers.base.checks import NotAccepted
from helpers.science import radar


def test_resolution_from_the_band():
    # RIMFAX sweeps 150 to 1,200 MHz (Hamran and others 2020): c / 2B by hand is 14.28 cm
    assert radar.resolution_m(1200 - 150) == pytest.approx(0.1428, abs=1e-3)
    # Seu and others 2007: SHARAD, 10 MHz, 15 m in free space
    assert radar.resolution_m(10) == pytest.approx(15, abs=0.02)
    # 5 cm at a permittivity of 3 (abstract on RoSPR) asks for 1.73 GHz: 0.2998 / (2 x 0.05 x 1.732)
    assert radar.resolution_m(1731, 3) == pytest.approx(0.05, abs=1e-4)


def test_depth_and_time_by_hand():
    # 15 m of eps = 4: the wave needs 30 m at half the speed of light
    assert radar.two_way_ns(15, 4) == pytest.approx(60 / 0.299792458)
    depths = np.array([0, 10, 35, 80.0])
    np.testing.assert_allclose(radar.depth_m(radar.two_way_ns(depths, 3.6), 3.6), depths)


def test_reflection_at_ice():
    # Fresnel: vacuum over ice (eps 3.15) gives -0.279, 7.8 percent of the power
    assert radar.reflection(1, 3.15) == pytest.approx(-0.2792, abs=1e-4)
    assert radar.reflection(1, 3.15) ** 2 == pytest.approx(0.078, abs=5e-4)
    assert radar.reflection(3, 3) == 0 and radar.reflection(9, 1) == pytest.approx(0.5)


def test_what_the_ground_swallows():
    # 9.1e-8 f sqrt(eps) tan(delta) dB a metre one way (f in Hz): Davis and Annan 1989, Geophysical
    # Prospecting 37, 531
    one_way = 9.1e-8 * 55e6 * np.sqrt(3.6) * 0.0174
    assert radar.absorbed_db(10, 3.6, 0.0174, 55) == pytest.approx(2 * 10 * one_way, rel=2e-3)


def test_slopes():
    assert radar.dip_deg(336, 1300) == pytest.approx(14.49, abs=0.01)
    assert radar.drawn_dip_deg(14.5, 10) == pytest.approx(68.86, abs=0.01)
    assert radar.true_dip_deg(radar.drawn_dip_deg(14.5, 10), 10) == pytest.approx(14.5)


def test_a_beach_by_the_published_fit():
    # by hand: g = 9.81, D = 1 mm, T = 10 s: sqrt(g D) T = 0.990 m; H = 0.990 m gives tan = 0.12
    assert np.tan(np.radians(radar.beach_slope_deg(0.99045, 1, 10))) == pytest.approx(
        0.12, rel=1e-4
    )
    # four times the grain: tan grows by the fourth root of 4
    steeper = radar.beach_slope_deg(0.99045, 4, 10)
    assert np.tan(np.radians(steeper)) == pytest.approx(0.12 * 4**0.25, rel=1e-4)


def test_the_layers_fill_the_band_and_dip_as_asked():
    layers = radar.dipping_layers(300, 10, 10, 35, 5)
    slope = np.tan(np.radians(10))
    assert len(layers) > 5
    for start, first, last in layers:
        ends = start + slope * np.array([first, last])
        assert 10 - 1e-9 <= ends[0] < ends[1] <= 35 + 1e-9 and 0 <= first < last <= 300


def test_the_picture_has_its_echo_where_the_layer_lies():
    picture = radar.radargram([(12.0, 0, 50)], 14.5, 4.0, length_m=50, noise=0)
    trace = picture.amplitude[:, 100]
    depth = radar.depth_m(picture.time_ns[trace.argmax()], 4.0)
    assert depth == pytest.approx(12 + picture.along_m[100] * np.tan(np.radians(14.5)), abs=0.2)
    outcrop = radar.radargram([(-0.9, 0, 50)], 14.5, 4.0, length_m=50, noise=0)
    above = outcrop.along_m < 0.9 / np.tan(np.radians(14.5))  # no echo from above the ground
    assert not outcrop.amplitude[:, above].any() and outcrop.amplitude[0, ~above].max() > 0.5
    again = radar.radargram([(12.0, 0, 50)], 14.5, 4.0, length_m=50)
    np.testing.assert_array_equal(
        again.amplitude, radar.radargram([(12.0, 0, 50)], 14.5, 4.0, length_m=50).amplitude
    )


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: radar.depth_m(-1, 3), "two_way_ns = -1"),
        (lambda: radar.depth_m(100, 0.5), "permittivity = 0.5; accepted: numbers from 1 up"),
        (lambda: radar.dipping_layers(dip_deg=0), "dip_deg = 0"),
    ],
)
def test_errors_name_the_value(call, words):
    with pytest.raises(NotAccepted, match=words):
        call()
