"""The interval of a counted share against published values and a search of its own definition."""

import numpy as np
import pytest

from helpers.base import shares


def test_wilson_by_its_own_definition():
    # the ends are the shares p whose own sigma puts the count exactly 1.96 sigma away (Wilson 1927)
    for hits, tries in ((1, 5), (81, 263), (3, 10)):
        for p in shares.share_interval(hits, tries):
            away = abs(hits / tries - p) / np.sqrt(p * (1 - p) / tries)
            assert away == pytest.approx(shares.NORMAL_95, rel=1e-9)


def test_published_value():
    # Newcombe 1998, Statistics in Medicine 17, 857: 81 of 263 gives 0.2553 to 0.3662
    assert shares.share_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_none_and_all():
    assert shares.share_interval(0, 5)[0] == 0 and shares.share_interval(5, 5)[1] == 1


@pytest.mark.parametrize("hits, tries", [(-1, 5), (6, 5), (0, 0)])
def test_errors_say_what_is_accepted(hits, tries):
    with pytest.raises(ValueError, match="accepted"):
        shares.share_interval(hits, tries)
