"""Lesson 11 held to its own cells: what its figures answer,
and the numbers on which its verdicts rest.
"""

import re

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from helpers.figures import explore
from helpers.learning import exercises
from helpers.learning.quiz import bank, grading, variants
from helpers.lessons import mars as lesson
from helpers.science import mars, radar, relay
from helpers.tables import data, sources
from tests.notebooks import ROOT, read, stored_text

# What a learner does to the interactive figures in the browser, and words that the sentence must
# then hold.
MOVES = [("What lies under the rover?", [("untick", "Heights stretched")], "drawn to scale")]

NOTEBOOK = ROOT / "notebooks" / "11_mars.ipynb"
PAGE = ROOT / "notebooks" / "teacher" / "11_mars.md"


def run(home, keep):
    """Run the code cells that `keep` takes, as a learner would; return the names they define."""
    before = matplotlib.get_backend()
    matplotlib.use("Agg")
    names = {}
    with pytest.MonkeyPatch.context() as patch, pd.option_context("display.max_colwidth", 50):
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


def place(cell_id):
    """Return where a cell stands in the lesson."""
    return [cell.id for cell in read(NOTEBOOK).cells].index(cell_id)


def source(cell_id):
    return read(NOTEBOOK).cells[place(cell_id)].source


def test_a_question_comes_before_the_number_that_answers_it(cells):
    """The dip and the stretch of the picture are told when the learner has said how steep the
    layers are; the light time stands in no cell above its estimate.
    """
    assert "looks-steep" in source("mars-5a738f55")
    above = read(NOTEBOOK).cells[place("mars-219e5ade") : place("mars-5a738f55")]
    said = "\n".join(cell.source + str(cell.get("outputs", "")) for cell in above)
    assert "times too large" not in said and "14.5" not in said and "20 degrees" not in said
    assert f"{cells['stretched']:.0f} times too large" in stored_text("11_mars")
    first = "\n".join(c.source for c in read(NOTEBOOK).cells[: place("mars-723deffd")])
    assert "hour" not in first and not re.search(r"\d+ minutes", first)


def test_the_try_that_is_named_had_no_greeting_and_came_whole():
    (whole,) = data.table("mars_relay_tries").query("whole")["day"]
    words = [source("mars-7a0065a1"), PAGE.read_text(encoding="utf-8")]
    words.append(str(bank.load("11_mars")["why-four-failed"].text["feedback"]["no-greeting"]))
    for text in words:
        assert f"try of {whole:%d %B}" in text and "fifth" not in text


def test_the_first_try_lies_before_the_change_of_orbit():
    first = data.table("mars_relay_tries")["day"].min()
    assert first < data.table("mars_states")["when"].min().tz_localize(None)
    assert f"on {first.day} {first:%B}" in source("mars-8d016d62")


def test_swapped_centres_are_told_so():
    question = variants.resolve(bank.load("11_mars")["who-sent"])
    answer = question.answer | {
        "passed": question.answer["used"],
        "used": question.answer["passed"],
    }
    assert grading.grade(question, answer).feedback == (question.text["feedback"]["swapped"],)


def test_an_explanation_names_its_unit_once():
    for question in map(variants.resolve, bank.load("11_mars").questions):
        if question.answer and question.kind == "numeric":
            unit = question.answer["unit"]
            text = question.text["explanation"]
            assert not re.search(rf"{unit}\W*(mega|kilo|{unit})", text), text


def test_no_table_is_cut_where_the_class_must_judge():
    for cell in read(NOTEBOOK).cells:
        for output in cell.get("outputs", []):
            assert "...</td>" not in str(output.get("data", {}).get("text/html", "")), cell.id


def test_a_beach_of_sand_only_touches_the_band_and_gravel_reaches_its_middle():
    def told(grain_mm):
        beach = [radar.beach_slope_deg(wave, grain_mm, 8) for wave in (2, 0.5)]
        _, text = lesson.slopes(data.table("ground_slopes"), beach)
        plt.close("all")
        return beach[1], int(re.search(r"rule: (\d+)%", text)[1])

    band = data.table("ground_slopes").set_index("ground").loc["Zhurong 2025"]
    middle = (band.low_deg + band.high_deg) / 2
    assert told(0.3)[1] == 3 and told(30)[1] > 60
    assert told(5)[0] < middle < told(6)[0]
    assert told(8)[0] < lesson.DIP_DEG < told(9)[0]
    assert "at 5 to 6 mm" in PAGE.read_text(encoding="utf-8")
    assert "at 8 to 9 mm" in PAGE.read_text(encoding="utf-8")


def test_the_core_asks_for_the_verdicts_that_it_can_give():
    """The others are asked where their evidence stands, and no page shows them before."""
    cells = read(NOTEBOOK).cells
    core = [cell.source for cell in cells if "core" in cell.metadata.get("tags", [])]
    assert 'record.verdict("mars_express_relay", "zhurong_ocean")' in core
    assert 'record.verdict("11")' not in core and 'sources.claims_page("11")' not in core
    asked = [cell.source for cell in cells].index('record.verdict("11")')
    assert max(place("mars-d0b485fb"), place("mars-1be29cab")) < asked


def test_a_radio_that_fits_is_worth_less_than_a_second_orbiter(cells):
    fleet = [*cells["partners"]["CNSA"], *cells["partners"]["ESA"]]
    matched = relay.mbit_a_sol(relay.heard(fleet, "Mars Express", 1), 25.066)
    assert max(cells["found"].together) < matched < min(map(min, cells["found"].same_size))


@pytest.mark.parametrize("day", ["2021-10-08", "2020-10-13", "2020-07-23", "2021-03-15"])
def test_no_name_is_met_by_the_line_to_mars(day):
    fig, _ = lesson.plan(day)
    fig.canvas.draw()
    (ax,) = fig.axes
    (line,) = [one for one in ax.lines if one.get_linestyle() == ":"]
    ends = ax.transData.transform(line.get_xydata())
    along = ends[0] + np.linspace(0, 1, 400)[:, None] * (ends[1] - ends[0])
    boxes = [text.get_window_extent() for text in ax.texts]
    assert len(boxes) == 3 and not any(box.contains(*spot) for box in boxes for spot in along)
    assert not any(a.overlaps(b) for a in boxes for b in boxes if a is not b)
    plt.close(fig)


def test_the_teacher_page_names_exercises_that_are_there():
    named = set(re.findall(r"[`\"](11-[a-z-]+)[`\"]", PAGE.read_text(encoding="utf-8")))
    assert len(named) >= 4 and named <= {one.id for one in exercises.load("11_mars")}


def test_the_silent_days_of_the_key():
    days = pd.date_range("2021-09-15", "2021-11-01", tz="UTC")
    silent = days[mars.sun_angle_deg(days) < 2]
    words = f"from {silent[0].day} to {silent[-1]:%d %B %Y}"
    assert words in PAGE.read_text(encoding="utf-8")


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
    assert "drawn to scale they look as steep as they are" in ground.set(stretched=False)
    with pytest.raises(explore.ExploreError, match="accepted: numbers from 6 to 20"):
        ground.set(dip=45)


def test_what_the_task_of_the_ground_asks_can_be_done(ground):
    looks = lambda **values: int(re.search(r"look (\d+) degrees", ground.set(**values))[1])
    asked = int(re.search(r"look (\d+) degrees steep", source("mars-768eeab6"))[1])
    ground.set(stretched=True)
    assert {looks(permittivity=p, dip=12.5) for p in (1.6, 3.6, 6.8)} == {asked}
    assert "To make them look 30, tell 12.5" in PAGE.read_text(encoding="utf-8")


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
