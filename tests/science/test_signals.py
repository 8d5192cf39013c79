"""Delays, clocks and weeks of navigation signals, held to the papers, the interface documents and
astropy.
"""

import numpy as np
import pytest
from astropy.time import Time

from helpers.science import signals
from helpers.science.navigation import NavigationError

L1, L2, E5A = 1575.42, 1227.60, 1176.45


def test_one_electron_unit_is_sixteen_centimetres_on_the_first_gps_frequency():
    assert signals.ionosphere_delay_m(1, L1) == pytest.approx(
        0.162, abs=0.0005
    )  # Klobuchar 1987: 0.163 m at 40.3
    np.testing.assert_allclose(signals.ionosphere_delay_m([10, 100], L1), [1.624, 16.24], rtol=1e-3)


def test_the_weights_without_ionosphere_are_those_of_the_gps_document():
    one, two = signals.ionosphere_free_weights(L1, L2)
    gamma = (77 / 60) ** 2  # IS-GPS-200, section 20.3.3.3.3.3
    assert one == pytest.approx(gamma / (gamma - 1)) and two == pytest.approx(-1 / (gamma - 1))
    assert one == pytest.approx(2.546, abs=5e-4) and one + two == pytest.approx(1)


def test_two_frequencies_take_the_delay_out_whatever_it_is():
    true, electrons = 23_456_789.0, np.array([0.0, 20.0, 180.0])
    measured = [true + signals.ionosphere_delay_m(electrons, f) for f in (L1, E5A)]
    np.testing.assert_allclose(
        signals.free_of_ionosphere(measured[0], L1, measured[1], E5A), true, atol=1e-6
    )
    with pytest.raises(NavigationError, match="two that differ"):
        signals.free_of_ionosphere(1, L1, 2, L1)


def test_saastamoinens_zenith_delay():
    assert signals.zenith_delay_m() == pytest.approx(
        0.002277 * 1013.25, rel=1e-6
    )  # 45 degrees, sea level: 2.307 m
    # The same pressure at the equator, where gravity is weaker, is more air.
    assert signals.zenith_delay_m(latitude_deg=0) > signals.zenith_delay_m(latitude_deg=90)
    # The wet part of a humid day: 20 hPa at 300 K make 19 cm.
    assert signals.zenith_delay_m(
        vapour_hpa=20, temperature_k=300
    ) - signals.zenith_delay_m() == pytest.approx(0.193, abs=0.001)


def test_the_table_of_kamakura_holds_the_same_zenith_delay():
    from helpers.tables import data

    epoch = data.table("kamakura_epoch")
    overhead = epoch["troposphere_m"] * np.sin(np.radians(epoch["elevation_deg"]))
    # Standard air at 66 m, half humid, as its program assumes: 1005.4 hPa, 287.7 K, 8.4 hPa.
    assert overhead.median() == pytest.approx(
        signals.zenith_delay_m(1005.4, 35.34, 65.7, 287.7, 8.4), abs=0.005
    )


def test_relativity_is_the_factory_setting_of_a_gps_clock():
    rate = signals.clock_rate(26_561.75)
    assert rate.together == pytest.approx(
        4.4647e-10, rel=1e-4
    )  # 10.22999999543 MHz for 10.23: IS-GPS-200, 3.3.1.1
    day = 86400e6
    assert rate.gravity * day == pytest.approx(45.8, abs=0.1) and rate.speed * day == pytest.approx(
        -7.2, abs=0.05
    )
    assert (
        signals.clock_rate(6_778.0).together < 0
    )  # on a low orbit speed wins: the station's clocks lose


def test_clocks_on_an_ellipse():
    constant = (
        -4.442807633e-10 * 0.02 * np.sqrt(26_561_750.0)
    )  # IS-GPS-200, 20.3.3.3.3.1, at E = 90 degrees
    assert signals.eccentric_clock_s(26_561.75, 0.02, 90) == pytest.approx(constant, rel=1e-4)
    assert signals.eccentric_clock_s(26_561.75, 0.02, 0) == 0


@pytest.mark.parametrize(
    "when", ["1999-08-22T00:00:00Z", "2019-04-06T23:59:42Z", "2026-03-19T12:34:56Z"]
)
def test_gps_weeks_are_astropys(when):
    week, second = signals.gps_week(when)
    assert 604800 * week + second == pytest.approx(
        Time(when.removesuffix("Z"), scale="utc").gps, abs=1e-6
    )


def test_weeks_begin_when_the_documents_say():
    assert signals.gps_week("1980-01-06T00:00:00Z") == (0, 0) and signals.beidou_week(
        "2006-01-01T00:00:00Z"
    ) == (0, 0)
    assert signals.gps_week("2019-04-06T23:59:42Z") == (2048, 0)  # the second roll-over of ten bits
    gps, beidou = (
        signals.gps_week("2026-03-19T12:00:00Z"),
        signals.beidou_week("2026-03-19T12:00:00Z"),
    )
    assert (
        gps[0] - beidou[0] == 1356 and gps[1] - beidou[1] == 14
    )  # 14 leap seconds from 1980 to 2006
    assert (
        signals.leap_seconds("2016-12-31T23:59:59Z") == 36
        and signals.leap_seconds("2017-01-01T00:00:00Z") == 37
    )
    with pytest.raises(NavigationError, match="before the first week"):
        signals.beidou_week("2005-06-01T00:00:00Z")
