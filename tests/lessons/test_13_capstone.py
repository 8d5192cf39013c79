"""Lesson 13 as its learner meets it: the chart of all dividends, the mission and its bill, a claim
of one's own.
"""

import re

import numpy as np
import pytest

from helpers.learning import claims, dividends, exercises, record
from helpers.lessons import capstone as lesson
from helpers.science import design
from helpers.science.dividend import Dividend
from helpers.tables import data
from tests.notebooks import LESSONS, read

# What a learner does to the interactive figure, and words that its sentence must then hold.
MOVES = [
    (
        "Who takes part, and where do new satellites go?",
        [("tick", "NOAA"), ("untick", "JMA")],
        "The best of 2 alone, NOAA",
    )
]


pytestmark = pytest.mark.usefixtures("closed")


@pytest.fixture(scope="module")
def mine():
    return design.Mission("weather", ("EUMETSAT", "JMA"), new={"JMA": [180]})


# --- all dividends --------------------------------------------------------------------------------


def stored_record(path):
    """Return what the stored run of a lesson printed for its last dividend or access number."""
    found = [
        output["data"]["text/plain"]
        for cell in read(path).cells
        if cell.cell_type == "code" and "record.dividend(" in cell.source
        for output in cell.outputs
        if re.match(r"(Dividend|Access):", output.get("data", {}).get("text/plain", ""))
    ]
    return found[-1] if found else None


@pytest.mark.parametrize(
    "path", [p for p in LESSONS if "01" <= p.name[:2] <= "12"], ids=lambda p: p.stem
)
def test_table_holds_what_the_lesson_computes(path):
    """The stored runs are compared with fresh ones in the same build, so a changed lesson turns
    this red.
    """
    kept = dividends.of_course()
    assert repr(kept[path.name[:2]]) == stored_record(path), (
        f"run `python -m tests.dividends {path.name[:2]}` and `make notebooks LESSONS=13`"
    )


def test_rows_of_the_table_come_back_as_they_were(learner_folder):
    for number, one in dividends.of_course().items():
        row = {k: np.nan if v is None else v for k, v in dividends.write(number, one).items()}
        assert dividends.read(row) == one


def test_two_readings_and_own_land_survive_the_table():
    one = Dividend(
        question="q", unit="u", better="low", owner="A", alone=(4.0, 5.0), together=(2.0, 3.0),
        same_size=((3.0, 4.0), (1.0, 2.0)), own_land=("B", (6.0, 7.0)), contradicting=True,
    )  # fmt: skip
    row = {k: np.nan if v is None else v for k, v in dividends.write("05", one).items()}
    assert dividends.read(row) == one


def test_access_numbers_are_never_ranked():
    assert list(dividends.access()) == ["01", "03", "06"]
    assert list(dividends.ranked()) == ["02", "04", "05", "07", "08", "09", "10", "11", "12"]


def test_own_runs_take_the_place_of_the_courses(learner_folder):
    assert "Your own runs: 0 of 9" in lesson.side_by_side("alone")[1]
    record.dividend(
        "09", Dividend(question="q", unit="h", better="high", alone=1, together=50, same_size=60)
    )
    text = lesson.side_by_side("both")[1]
    assert "Your own runs: 1 of 9" in text and "to 50 (lesson 09)" in text
    with pytest.raises(ValueError, match="against = 'size'"):
        lesson.side_by_side("size")


def test_chart_counts_what_the_ratios_say(learner_folder):
    table = dividends.ratios(dividends.ranked())
    text = lesson.side_by_side("alone")[1]
    above = sum(low > 1.05 for low in table["alone_low"])
    assert f"clearly above 1: {above} of 9" in text
    assert lesson.count("alone", 2) == sum(low >= 2 for low in table["alone_low"])
    assert lesson.count("same size", 1.05) == sum(low >= 1.05 for low in table["size_low"])


def test_every_ranked_lesson_has_its_counterexample():
    assert list(data.table("counterexamples")["lesson"]) == list(dividends.ranked())


# --- the mission ----------------------------------------------------------------------------------


def test_sentence_of_the_mission_holds_gain_and_bill(mine):
    text = lesson.gives_and_costs(mine)[1]
    found, (low, high, _) = mine.dividend(), mine.budget()
    assert found.sentence() in text and f"{low:,.0f} to {high:,.0f} million USD" in text
    assert f"{found.owner} would buy {mine.needed([found.owner])} weather satellites" in text


def test_bill_waits_for_the_number_and_says_whether_it_is_right(mine):
    right = sum(mine.needed([p]) for p in mine.partners) - len(mine.added)
    assert "complete the line" in lesson.who_pays(mine)[1]
    assert "take off what they buy together" in lesson.who_pays(mine, right + 1)[1]
    assert (
        f"They save {right}. Each pays its own number less half" in lesson.who_pays(mine, right)[1]
    )


def test_three_partners_are_not_told_the_rule_of_two():
    three = design.Mission("weather", ("CMA", "EUMETSAT", "NOAA"), new={"CMA": [180]})
    text = lesson.who_pays(three, sum(three.needed([p]) for p in three.partners) - 1)[1]
    assert "as a mean over all orders of joining" in text and "half" not in text


def test_a_mission_without_new_ones_says_that_none_can_fail():
    text = lesson.may_fail(design.Mission("weather", ("EUMETSAT", "JMA")))[1]
    assert (
        text == "No new one, so nothing new can fail. All partners keep 60.6 percent of the Earth."
    )


@pytest.mark.parametrize("new", [{"JMA": 180}, {"JMA": "Lima"}, [180]])
def test_a_place_without_brackets_is_told_how_to_write_it(new):
    with pytest.raises(design.DesignError, match="accepted: a list for each owner, as {'JMA':"):
        design.Mission("weather", ("EUMETSAT", "JMA"), new=new)


def test_the_widest_gap_is_where_the_key_of_the_teacher_says():
    seen = {
        east: design.Mission("weather", ("EUMETSAT", "JMA"), new={"JMA": [east]}).gain()
        for east in range(-180, 181, 10)
    }
    assert max(seen, key=seen.get) == -110  # the middle between 141 and 0 degrees east, eastward


def test_words_on_the_same_size_are_what_the_table_holds(learner_folder):
    table = dividends.ratios(dividends.ranked())
    low, high = table["size_low"].dropna(), table["size_high"].dropna()
    assert not (low > lesson.NEAR_ONE[1]).any(), "the lesson says that none lies clearly above 1"
    assert ((low < lesson.NEAR_ONE[0]) & (high > lesson.NEAR_ONE[1])).sum() >= 2
    assert (high < lesson.NEAR_ONE[1]).sum() >= 2


def test_one_share_of_the_designs_side_by_side_is_below_zero():
    shares = design.Mission("weather", ("EUMETSAT", "JMA")).shares()
    assert shares["EUMETSAT"] < 0 < shares["JMA"]


def test_each_exercise_has_its_task_on_the_page():
    cells = read(next(path for path in LESSONS if path.name.startswith("13"))).cells
    heads = [c.source for c in cells if c.source.startswith("### Exercise")]
    tasks = [one.text["prompt"] for one in exercises.load("13_capstone")]
    assert len(heads) == len(tasks) == 4
    for head, task in zip(heads, tasks, strict=True):
        said, words = set(re.findall(r"\w+", head)), set(re.findall(r"\w+", task))
        assert len(words & said) > 0.7 * len(words), head
    assert design.price("images")[:2] == (100, 211)  # what the first one says


def test_all_that_a_price_covers_is_in_the_table():
    prices = data.table("unit_prices")
    shown = lesson.priced(prices.assign(each=prices["total"] / prices["units"])).rows
    assert [row[5] for row in shown] == prices["covers"].to_list()
    assert any("running" in row[5] for row in shown)  # the lesson names it


def test_what_may_fail_adds_up_for_one_rocket_and_for_two(mine):
    two = design.Mission("weather", ("EUMETSAT", "JMA"), new={"EUMETSAT": [-60], "JMA": [180]})
    assert "All 2 work with a chance of 56.2 %, none with 6.25 %" in lesson.may_fail(two, 0.75)[1]
    assert "chance of 75 %, none with 25 %" in lesson.may_fail(two, 0.75, one_rocket=True)[1]


def test_every_setting_of_the_explore_figure_draws():
    for partners in ([], ["KMA"], ["CMA", "NOAA"]):
        for new in (0, 1, 2):
            figure, text = lesson.weather_mission(partners, [0, 90], new)
            assert figure.axes and text
    axes = lesson.weather_mission(["JMA"], [-180, 180], 2)[0].axes[0]
    left, right = axes.get_xlim()
    assert left < -183 and right > 183, "a mark at the end of the slider lies on the names"
    assert "Nobody takes part" in lesson.weather_mission([], [0, 90], 0)[1]


# --- a claim of one's own -------------------------------------------------------------------------


def test_untouched_lesson_runs_and_keeps_no_claim(run):
    ran = run("13_capstone", tags=("core",))
    assert ran["mine"].dividend().owner == "EUMETSAT"
    assert claims.mine() == [] and record.dividends()["13"] == ran["mine"].dividend()
