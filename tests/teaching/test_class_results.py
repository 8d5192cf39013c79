"""The class results of a notebook: a synthetic class of 24, the same each time,
in pictures and tables.
"""

import dataclasses

import pytest

from helpers.base.numbers import written
from helpers.learning import dividends
from helpers.tables import sources
from helpers.teaching import class_results, collected, report, statistics, synthetic


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return synthetic.write(tmp_path_factory.mktemp("class"))


def test_the_synthetic_class_has_24_pupils_three_of_one_nickname_and_is_the_same_each_time(
    folder, tmp_path
):
    found = class_results.read(folder)
    assert len(found.pupils) == 24
    assert [p for p in found.pupils if p.endswith("/learner")] == [
        f"pc0{i}/learner" for i in (1, 2, 3)
    ]
    assert all("synthetic" in p or "learner" in p for p in found.pupils)
    again = collected.read(synthetic.write(tmp_path))
    assert again.events == found.found.events
    assert found.found.problems == [
        "pc24/log/foreign.jsonl: no line is an event of this course; left out"
    ]


def test_lesson_and_day_choose(folder):
    late = class_results.read(folder, since="2026-03-05")
    assert {e["at"][:10] for e in late.found.events} == {"2026-03-09", "2026-06-12"}
    first = class_results.read(folder, lesson="04")
    assert {e["payload"]["lesson"] for e in first.answers} == {"04_lunar_missions"}
    assert 0 < len(first.pupils) <= 24
    with pytest.raises(collected.LogError, match="accepted: a day"):
        class_results.read(folder, since="monday")


def test_pictures_say_the_numbers_of_the_tables(folder, capsys, monkeypatch):
    said = []
    monkeypatch.setattr(class_results.figures, "show", lambda fig, text: said.append(text))
    found = class_results.read(folder)
    class_results.hard(found)
    items = statistics.items(folder)
    hardest = items.loc[items["facility"].idxmin()]
    assert hardest["question"] in said[0] and f"{hardest['facility']:.0%}" in said[0]
    class_results.grid(found)
    shown = sum(e["payload"]["shown"] and e["payload"]["state"] == "right" for e in found.answers)
    assert f"s right after the answer was shown {shown}," in said[1]
    class_results.grid(found, "exercises")
    assert said[2].startswith("24 pupils, 2 exercises")
    class_results.verdicts(found)
    assert said[3].startswith("10 claims.")


def test_tables_are_in_words(folder):
    found = class_results.read(folder)
    thought = class_results.thoughts(found).data.splitlines()
    assert "It would be the latitude if the satellite were infinitely far away" in "".join(thought)
    counts = [int(row.split("|")[1]) for row in thought[2:]]
    assert counts == sorted(counts, reverse=True) and counts[0] > 5
    assert "Chandrayaan-3 landed" in class_results.claims(found).data
    course = dividends.of_course()["04"]
    [row] = [r for r in class_results.dividends(found).data.splitlines() if r.startswith("| 04 |")]
    assert f"| {written(course.spread('alone'))} |" in row and course.verdict("same size") in row
    judged = class_results.claims(found).data.splitlines()
    assert all(word in judged[0] for word in sources.WORDS)
    chosen = [sum(int(cell or 0) for cell in map(str.strip, r.split("|")[3:9])) for r in judged[2:]]
    verdicts = found.found.of("verdict")
    assert sum(chosen) == len({(e["pupil"], e["payload"]["claim"]) for e in verdicts})
    assert "12 hours" in class_results.exercise_words(found).data
    assert class_results.items(found).data.count("\n") == 7


def test_the_gain_of_the_synthetic_class_is_shown(folder, capsys):
    class_results.changed(class_results.read(folder))
    said = capsys.readouterr().out
    assert "24 pupils answered all ten questions" in said and "Normalised gain (Hake): 0.35" in said


def test_an_empty_part_says_so(folder, capsys):
    nothing = class_results.read(folder, lesson="05")
    class_results.hard(nothing)
    class_results.grid(nothing)
    class_results.verdicts(nothing)
    class_results.changed(nothing)
    assert capsys.readouterr().out.splitlines()[:3] == [
        "No question was answered.",
        "No questions in these logs.",
        "No verdict was chosen.",
    ]


def test_pupils_with_other_values_have_a_row_of_their_own():
    kept = dividends.of_course()["02"]
    other = dataclasses.replace(kept, alone=kept.alone / 2)
    events = [
        {"pupil": pupil, "payload": {"lesson": "02", **one.payload()}}
        for pupil, one in [("a", other), ("a", kept), ("b", kept), ("c", other)]
    ]
    events.append({"pupil": "d", "payload": {"lesson": "02", "alone": "much"}})
    rows = report.dividend_rows(events)
    assert [row[:2] for row in rows] == [("02", 2), ("02", 1)]
    alone = report.DIVIDEND_HEAD.index("alone")
    assert [row[alone] for row in rows] == [written(kept.alone), written(other.alone)]
    assert rows[0][-2:] == (kept.verdict(), kept.verdict("same size"))
