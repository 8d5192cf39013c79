"""Links against hand-worked values with their sources."""

import numpy as np
import pytest

from helpers.base.checks import NotAccepted
from helpers.science import links


def test_loss_in_space_as_the_itu_writes_it():
    # Recommendation ITU-R P.525: 32.4 + 20 log f (MHz) + 20 log d (km)
    for km, mhz in ((4000, 401), (35786, 12000), (3.84e8, 8420)):
        assert links.free_space_loss_db(km, mhz) == pytest.approx(
            32.45 + 20 * np.log10(mhz * km), abs=0.01
        )


def test_a_deep_space_dish():
    # DSN Telecommunications Link Design Handbook 810-005, module 101: 70 m at 8420 MHz, about 74.5
    # dBi, 34 m about 68.3
    assert links.dish_gain_db(70, 8420, 0.70) == pytest.approx(74.3, abs=0.3)
    assert links.dish_gain_db(34, 8420, 0.72) == pytest.approx(68.2, abs=0.3)
    # pi D / wavelength = 10 and a perfect dish: 20 dB
    assert links.dish_gain_db(10 * 0.299792458 / np.pi, 1000, 1) == pytest.approx(20)


def test_shannon_and_the_telephone():
    # Tanenbaum, Computer Networks: 3 kHz and 30 dB give about 30 kbit/s; S/N = 1 gives one bit a
    # hertz
    assert links.shannon_kbit_s(3, 30) == pytest.approx(29.9, abs=0.02)
    assert links.shannon_kbit_s(8, 0) == pytest.approx(8)


def test_half_the_distance_four_times_the_rate():
    assert links.reach_km(128, 8, 4000) == pytest.approx(1000)
    assert links.reach_km(2, 8, 4000) == pytest.approx(8000)
    rates = links.rate_kbit_s([500, 1000, 1001, 1999, 2000, 4000, 4001], 8, 4000)
    np.testing.assert_array_equal(rates, [128, 128, 64, 32, 32, 8, 0])
    near, far = links.free_space_loss_db(1000, 400), links.free_space_loss_db(4000, 400)
    assert 10 ** ((far - near) / 10) == pytest.approx(16)


def test_the_power_that_arrives():
    # 1 W is 30 dBm; 4 pi d / wavelength = 10^6 loses 120 dB
    km = 1e6 * 0.000299792458 / (4 * np.pi)
    assert links.received_dbm(1, km, 1000, gains_db=5) == pytest.approx(30 + 5 - 120)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: links.free_space_loss_db(0, 400), "distance_km = 0"),
        (lambda: links.dish_gain_db(2, 400, 1.2), "efficiency = 1.2"),
        (lambda: links.rate_kbit_s(1000, 8, 4000, lowest=256), "lowest not above highest"),
    ],
)
def test_errors_name_the_value(call, words):
    with pytest.raises(NotAccepted, match=words):
        call()
