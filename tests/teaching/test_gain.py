"""The gain of a class, by a published value and by a class of five worked by hand; no answer of it
is ever graded.
"""

import json
import re

import pytest

from helpers.learning import change
from helpers.tables import data
from helpers.teaching import gain, report, results, statistics
from tests.notebooks import ROOT

# Five pupils, right answers of ten before and after. Worked by hand over the three that have both:
# Ada 2 -> 6, Ben 4 -> 7, Cai 3 -> 8: means 30 and 70 percent, gain (70 - 30) / (100 - 30) = 4 / 7.
# Without Ada 35 -> 75: 40 / 65; without Ben 25 -> 70: 45 / 75; without Cai 30 -> 65: 35 / 70. Dee
# never took the test after the course; Eli left its last question open.
RIGHT = {"Ada": (2, 6), "Ben": (4, 7), "Cai": (3, 8), "Dee": (9, 0), "Eli": (5, 9)}
ASKED = {"Ada": (10, 10), "Ben": (10, 10), "Cai": (10, 10), "Dee": (10, 0), "Eli": (10, 9)}


def lines(who):
    """Return the answers of a pupil as lines of a log: the first ones right, the others as a wrong
    option.
    """
    number = 0
    for side in (0, 1):
        for place, pair in enumerate(change.pairs()[: ASKED[who][side]]):
            number += 1
            yield line(who, number, pair[side], place < RIGHT[who][side])


def line(who, number, question, right):
    wrong = next(name for name in question.options if name != question.answer)
    payload = {"lesson": question.lesson, "question": question.id, "version": question.version}
    payload |= {"raw": question.answer if right else wrong, "state": "kept", "score": 0.0}
    event = {"at": f"2026-03-01T09:00:{number:02}+00:00", "n": number, "who": who}
    return json.dumps(event | {"kind": "answer", "payload": payload})


@pytest.fixture
def logs(tmp_path):
    for who in RIGHT:
        (tmp_path / who / "log").mkdir(parents=True)
        text = "\n".join([*lines(who)])
        if who == "Ada":  # a second thought on the first question does not count
            text += "\n" + line(who, 50, change.pairs()[0][0], False)
        (tmp_path / who / "log" / "a.jsonl").write_text(text + "\n", encoding="utf-8")
    return tmp_path


def test_a_published_class():
    """BMC Medical Education 21:210 (2021), table 1, doi:10.1186/s12909-021-02646-3.

    A test of 20 points: 11.1 points gained, 225.8 percent of the mean before; printed gain 0.73.
    """
    before = 100 * 11.1 / 2.258 / 20
    assert gain.normalised(before, before + 55.55) == pytest.approx(0.73, abs=0.01)


@pytest.mark.parametrize(
    "before, after, value", [(40, 70, 0.5), (50, 40, -0.2), (0, 25, 0.25), (100, 100, None)]
)
def test_gain_by_hand(before, after, value):
    assert gain.normalised(before, after) == value


@pytest.mark.parametrize("before, after", [(-1, 50), (50, 101), (float("nan"), 50)])
def test_what_is_no_percentage_is_refused(before, after):
    with pytest.raises(gain.GainError, match="accepted: a mean from 0 to 100 percent"):
        gain.normalised(before, after)


def test_a_class_with_missing_tests(logs):
    found = gain.of_class(logs)
    assert set(found.scores) == {"Ada/Ada", "Ben/Ben", "Cai/Cai"}
    assert (found.before, found.after) == (pytest.approx(30), pytest.approx(70))
    assert found.gain == pytest.approx(4 / 7)
    assert found.without_one() == (pytest.approx(35 / 70), pytest.approx(40 / 65))
    assert found.missing == {"before": [], "after": ["Dee/Dee", "Eli/Eli"]}
    # The first two questions are of one kind: before 6 of 6, since each has two or more right.
    assert found.thoughts[change.pairs()[0][0].objective] == (100, 100)


def test_the_report_says_it_and_names_who_is_left_out(logs):
    page = report.report(logs)
    assert "30 % right before, 70 % after" in page and "Normalised gain (Hake): 0.57" in page
    assert "between 0.50 and 0.62" in page
    assert "2 without a whole test after the course, left out: Dee/Dee, Eli/Eli" in page
    assert "Before and after the course" not in report.report(logs, lesson="04")


def test_nobody_yet_and_one_alone(logs):
    for who in ("Ada", "Ben", "Cai"):
        (logs / who / "log" / "a.jsonl").unlink()
    found = gain.of_class(logs)
    assert found.gain is None and found.without_one() is None
    assert "Nobody has answered all ten" in report.report(logs)


def test_it_is_in_no_statistics_and_in_no_grid(logs):
    assert statistics.items(logs).empty
    assert "What was hard" not in report.report(logs)
    assert {row.split(",")[9] for row in results.table(logs).splitlines()[1:]} == {"kept"}
    assert not any("score" in one["result"] for one in results.xapi(logs))


def test_the_five_kinds_are_those_that_most_teacher_pages_name():
    table = data.table("misconceptions")
    pages = table.groupby("misconception").size().sort_values(ascending=False)
    asked = {question.id.split("-")[1] for question, _ in change.pairs()}
    assert set(pages.index[:5]) == asked and pages.iloc[4] > pages.iloc[5]
    said = (ROOT / "notebooks" / "teacher" / "README.md").read_text(encoding="utf-8")
    named = re.search(r"In words, and on how many.*?\n\n", said, re.S)[0]
    assert [int(n) for n in re.findall(r"\((\d+)\)", named)] == list(pages.iloc[:5])
    for row in table.itertuples():
        (path,) = (ROOT / "notebooks" / "teacher").glob(f"{row.lesson}_*.md")
        part = re.search(r"^## Misconceptions.*?(?=^## )", path.read_text("utf-8"), re.M | re.S)[0]
        assert f'"{row.heard}"' in part, row
