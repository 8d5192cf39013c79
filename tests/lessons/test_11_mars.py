"""Lesson 11 held to its own cells: what its figures answer,
and the numbers on which its verdicts rest.
"""

import re

import matplotlib
import numpy as np
import pytest

from helpers.figures import explore
from helpers.lessons import mars as lesson
from helpers.science import mars, relay
from helpers.tables import data, sources
from tests.notebooks import ROOT, read

# What a learner does to the interactive figures in the browser, and words that the sentence must
# then hold.
MOVES = [("What lies under the rover?", [("untick", "Heights stretched")], "drawn 1.0 times")]

NOTEBOOK = ROOT / "notebooks" / "11_mars.ipynb"


def run(home, keep):
    """Run the code cells that `keep` takes, as a learner would; return the names they define."""
    before = matplotlib.get_backend()
    matplotlib.use("Agg")
    names = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHARED_ORBITS_HOME", str(home))
        for cell in read(NOTEBOOK).cells:
            if cell.cell_type == "code" and keep(cell):
                exec(compile(cell.source, cell.id, "exec"), names)
    matplotlib.use(before)
    return names


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    return run(tmp_path_factory.mktemp("home"), lambda cell: True)


def test_a_class_that_leaves_out_the_further_cells_meets_no_missing_name(tmp_path):
    names = run(tmp_path, lambda cell: "further" not in cell.metadata.get("tags", []))
    low, high = names["found"].ratio("alone")
    assert (low, high) == pytest.approx((1.02, 1.34), abs=0.01)


def test_every_core_step_opens_with_an_act():
    step, seen = None, {}
    for cell in read(NOTEBOOK).cells:
        found = re.match(r"### (Step \d+): .* · core", cell.source)
        if found or cell.source.startswith("#"):
            step = found[1] if found else None
        if step and cell.cell_type == "code":
            seen.setdefault(step, "act" in cell.metadata["tags"])
    assert len(seen) == 5 and all(seen.values()), seen


def test_the_dividend_is_that_of_the_definition(cells):
    found = cells["found"]
    gain, partners = cells["gain"], cells["partners"]
    assert found.owner == "CNSA" and sorted(partners) == ["CNSA", "ESA"]
    everyone = [unit for units in partners.values() for unit in units]
    assert found.together == gain(everyone)
    low, high = found.same_size
    assert min(low) > max(found.alone) and min(high) > max(low)
    assert found.ratio("same size")[1] < 1


def test_radios_that_do_not_match_give_no_more_than_alone(cells):
    deaf = relay.heard(cells["partners"]["ESA"], "Mars Express", 0)
    together = relay.mbit_a_sol([*cells["partners"]["CNSA"], *deaf], 25.066)
    assert together == cells["alone"]


def test_what_came_is_in_bits_and_a_share_of_the_slowest_rate(cells):
    assert cells["could"] == {8: 4.8, 128: 76.8}
    assert cells["came"] == pytest.approx(1.864)
    assert cells["came"] / cells["could"][8] == pytest.approx(0.388, abs=1e-3)


def test_the_lead_found_by_hand_meets_mars(cells):
    _, text = lesson.half_ellipse(cells["lead"])
    assert "miss it by 0 million km" in text
    assert "miss it by 172 million km" in lesson.half_ellipse(0)[1]


def test_a_published_period_to_a_second(cells):
    assert cells["computed"] == pytest.approx(cells["published"], abs=1.5)


def test_the_silent_days(cells):
    assert "silent" in lesson.plan("2021-10-08")[1]
    assert "in contact" in lesson.plan("2020-10-13")[1]
    assert (
        "For 11 days of October"
        in cells["lesson"].light_times(cells["moments"], cells["minutes"])[1]
    )


def test_a_layer_read_off_the_picture_is_told_right_or_wrong():
    assert "45.0 degrees. That is steeper" in lesson.measured(100, 100)[1]
    assert "It lies along the layers" in lesson.measured(97, 25)[1]
    assert f"{np.degrees(np.arctan(25 / 97)):.1f} degrees" in lesson.measured(97, 25)[1]
    fig, text = lesson.measured(100, 5)
    assert "flatter" in text and "fall by 65 m" in text
    along, down = fig.axes[0].lines[-1].get_data()
    assert np.ptp(down) / np.ptp(along) == pytest.approx(0.05)


def test_reach_says_how_long_mars_express_is_that_near():
    minutes = lambda km: float(re.search(r"for ([\d.]+) minutes", lesson.reach(km)[1])[1])
    assert minutes(1000) < 2 < minutes(4000) and minutes(300) == 0


@pytest.fixture
def ground(cells):
    return explore._open["What lies under the rover?"]


def test_the_ground_answers_and_refuses(ground):
    text = ground.set(permittivity=3.6, dip=14.5, stretched=True)
    assert "between 10 and 35 m and dip 14.5 degrees" in text
    slower = ground.set(permittivity=6.6)
    assert "between 7 and 26 m" in slower
    dip = float(re.search(r"dip ([\d.]+)", slower)[1])
    by_hand = np.degrees(np.arctan(np.tan(np.radians(14.5)) * np.sqrt(3.6 / 6.6)))
    assert dip == pytest.approx(by_hand, abs=0.05)
    assert "1.0 times too high" in ground.set(stretched=False)
    with pytest.raises(explore.ExploreError, match="accepted: numbers from 6 to 20"):
        ground.set(dip=45)


def test_the_passes_answer_as_the_helper_does(cells):
    view = explore._open["Who hears the rover?"]
    text = view.set(height=600, inclination=30, latitude=25)
    total = relay.mbit_a_sol([relay.Orbiter("one", 600, 600, 30)], 25)
    assert f"{total:.0f} megabits" in text
    assert "0 passes in two sols, never" in view.set(height=200, inclination=0, latitude=80)


def test_the_verdicts_rest_on_the_numbers_of_the_lesson(cells):
    claims = sources.claims("11").set_index("id")
    assert len(claims) == 6
    assert claims.loc["mex_seven_missions", "verdict"] == "supported"
    assert len(data.table("mars_relayed")) == 7
    share = cells["share"] / cells["share"].sum()
    assert (
        share["Trace Gas Orbiter"] < 0.6
        and claims.loc["tgo_sixty_percent", "verdict"] == "single source"
    )
    tries = data.table("mars_relay_tries")
    assert (len(tries), tries["heard"].sum(), tries["whole"].sum()) == (5, 5, 1)
    assert claims.loc["zhurong_ocean", "verdict"] == "partly supported"


def test_three_missions_of_one_window_lie_in_one_valley():
    windows = data.table("mars_windows")
    c3, _ = mars.trip(windows["departure"], windows["arrival"])
    assert c3.max() < 15
    late, _ = mars.trip(["2020-09-20"], ["2021-04-10"])
    assert late[0] > 4 * c3.max()


def test_the_plan_starts_at_the_earth_and_ends_at_mars():
    """Distances by the ephemeris."""
    view = lesson.flight_plan("2020-07-23", "2021-02-10")
    start, end = mars.distance_km(["2020-07-23", "2021-02-10"]) / 1e6
    assert (
        f"{start:.0f} million km apart at the start, {end:.0f} million at the arrival"
        in view.sentence
    )
    way = mars.flight_path_km("2020-07-23", "2021-02-10", points=2000) / 1e6
    length = np.linalg.norm(np.diff(way), axis=0).sum()
    assert f"{length:.0f} million km long" in view.sentence
    assert view.names() == ["Earth", "Mars", "flight"]
