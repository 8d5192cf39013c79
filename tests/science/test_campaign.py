"""Who looked at 2024 BX1, and what sets of looks are worth: against the fit itself, and by what
must hold.
"""

import numpy as np
import pytest

from helpers.science import astrometry, campaign, defence, dividend
from helpers.tables import data
from tests.gains import hold_never_falls


@pytest.fixture(scope="module")
def bx1():
    return campaign.bx1()


@pytest.fixture(scope="module")
def hour(bx1):
    """Return the owners and looks an hour before the fall."""
    return bx1.partners(1.0)


def test_units_are_the_rows_of_the_table(bx1):
    rows = data.table("asteroid_looks").query("asteroid == '2024 BX1'")
    assert len(bx1.units()) == len(rows) == 108
    counts = rows["station"].value_counts()
    assert {s: len(bx1.units(stations=[s])) for s in counts.index} == counts.to_dict()
    last = bx1.fall.time - (rows["time"].max() - rows["time"].max())
    assert len(bx1.units(1.0)) == (rows["time"] <= last - np.timedelta64(1, "h")).sum() == 50


def test_owners_command_all_their_stations(bx1, hour):
    everyone = bx1.partners()
    assert len(everyone) == 15 and len(hour) == 10
    assert {code for code, _ in everyone["Las Cumbres Observatory"]} == {"Z21", "Z31"}
    assert sum(map(len, everyone.values())) == 108


def test_error_of_a_set_is_the_error_of_a_fit_to_it(bx1):
    """The sum of what each look tells, against the covariance that the fit of these looks gives."""
    chosen = bx1.looks.seconds < 1300
    fitted = astrometry.fit(bx1.looks.pick(chosen), bx1.orbit.state)
    scale = np.outer(astrometry.NUDGE, astrometry.NUDGE)
    wanted = astrometry.ellipse(np.linalg.inv(fitted.covariance / scale), bx1.change)
    before = (bx1.fall.time - bx1.looks.epoch).total_seconds() - 1300
    assert bx1.error_km(bx1.units(before / 3600)) == pytest.approx(wanted.error_km, rel=0.01)


def test_gain_never_falls(bx1):
    """Looks of the discoverer stay in: without them a set may fix nothing, and digits get lost."""
    own = bx1.units(1.0, ["K88"])
    others = [unit for unit in bx1.units(1.0) if unit not in set(own)]
    hold_never_falls(lambda units: bx1.error_km([*own, *units]), others, better="low")
    assert bx1.error_km([]) == np.inf and bx1.error_km(own[:2]) == np.inf


def test_dividend_is_ordered_and_its_searches_keep_what_is_owned(bx1, hour):
    found = dividend.compare(
        bx1.error_km,
        hour,
        at_home=bx1.at_home,
        anywhere=bx1.anywhere,
        question="q",
        unit="km",
        better="low",
    )
    assert found.owner == "Konkoly Observatory"
    assert found.alone == pytest.approx(3.085, abs=0.01) and found.together == pytest.approx(
        0.192, abs=0.002
    )
    low, high = sorted(found.same_size)
    assert low < found.together < high < found.alone


def test_search_at_home_beats_looks_spread_evenly(bx1, hour):
    own = hour["Konkoly Observatory"]
    found = bx1.at_home("Konkoly Observatory", own, 10)
    assert (
        found[: len(own)] == own
        and {code for code, _ in found} == {"K88"}
        and len(set(found)) == len(own) + 10
    )
    even = [("K88", t) for t in np.linspace(bx1.window[0], bx1.window[-1], 10)]
    assert bx1.error_km(found) <= bx1.error_km([*own, *even])


def test_looks_from_anywhere_see_the_asteroid_in_the_dark(bx1, hour):
    own = hour["Konkoly Observatory"]
    extra = bx1.anywhere("Konkoly Observatory", own, 12)[len(own) :]
    planned = astrometry.planned(
        [where for where, _ in extra], [s for _, s in extra], campaign.EPOCH
    )
    up = planned.site / np.linalg.norm(planned.site, axis=1, keepdims=True)
    seen = astrometry.predicted(bx1.orbit.state[None], planned)[0]
    assert np.all(np.degrees(np.arcsin((seen * up).sum(axis=1))) > campaign.LOWEST_DEG - 0.5)
    west = [where[1] for where, _ in extra if not isinstance(where, str)]
    assert all(-60 < longitude < 100 for longitude in west)  # night in the small hours of Europe


def test_a_wrong_clock_moves_the_place_in_step_and_the_error_bars_not_at_all():
    trusting = campaign.bx1(campaign.TRUSTING)
    units = trusting.units()
    one, three = (trusting.clock_shift_km(units, "Z21", s) for s in (1.0, -3.0))
    assert three == pytest.approx(3 * one)
    assert one > 30 * trusting.error_km(units)
    assert one > min(map(trusting.error_km, trusting.partners().values()))


def test_two_stations_at_the_same_moment(bx1):
    site, sight, other, beside, when = campaign.same_moment("033", "K88")
    near, _, gap = defence.where_lines_meet(site, sight, other, beside)
    true = np.linalg.norm(bx1.place_km(when) - site)
    assert near == pytest.approx(true, rel=0.002) and gap < 1
    assert defence.baseline_km(site, sight, other) == pytest.approx(683, abs=1)
    assert str(when)[11:19] == "23:05:32"
