"""Item statistics against a table worked by hand."""

import json

import pytest

from helpers.teaching import statistics

# Four learners, three questions, first scores. Worked by hand: q1    q2    q3   mean of the others
# for q1, q2, q3 Ada      1     1     0.5     0.75  0.75  1 Ben      1     0     0       0     0.5
# 0.5 Cai      0     1     1       1     0.5   0.5 Dee      0     0     0       0     0     0
# facility  0.5   0.5   0.375 q1: item (1,1,0,0), rest (0.75,0,1,0): mean 0.4375; covariance sum
# 0.5*(0.3125-0.4375-0.5625+0.4375) = -0.125; item sum of squares 1; rest:
# 0.3125^2+0.4375^2+0.5625^2+0.4375^2 = 0.796875; r = -0.125/sqrt(0.796875) = -0.14003 q2: item
# (1,0,1,0), rest (0.75,0.5,0.5,0): mean 0.4375; 0.5*(0.3125-0.0625+0.0625+0.4375) = 0.375; rest:
# 0.3125^2+0.0625^2+0.0625^2+0.4375^2 = 0.296875; r = 0.375/sqrt(0.296875) = 0.68825 q3: item
# (0.5,0,1,0), mean 0.375, rest (1,0.5,0.5,0), mean 0.5: 0.125*0.5 + 0 + 0 + 0.375*0.5 = 0.25; item:
# 0.015625+0.140625+0.390625+0.140625 = 0.6875; rest: 0.5; r = 0.25/sqrt(0.34375) = 0.42640
SCORES = {"Ada": (1, 1, 0.5), "Ben": (1, 0, 0), "Cai": (0, 1, 1), "Dee": (0, 0, 0)}
WORKED = {"q1": (0.5, -0.14003), "q2": (0.5, 0.68825), "q3": (0.375, 0.42640)}


def event(who, question, score, n, **more):
    state = "right" if score == 1 else "partial" if score else "wrong"
    payload = {
        "lesson": "02_x",
        "question": question,
        "version": 1,
        "state": state,
        "score": score,
        "raw": f"answer {score}",
        "hints": 0,
        "nth": 0,
        "attempt": n,
    } | more
    return json.dumps(
        {
            "at": f"2026-01-01T00:00:{n:02d}+00:00",
            "n": n,
            "who": who,
            "kind": "answer",
            "payload": payload,
        }
    )


@pytest.fixture
def logs(tmp_path):
    """One folder a learner, as a teacher collects them; second answers, estimates and torn lines do
    not count.
    """
    for who, scores in SCORES.items():
        lines = [event(who, f"q{i}", score, i) for i, score in enumerate(scores, 1)]
        lines += [
            event(who, "q1", 1, 9),
            event(who, "guess", 0, 10, state="kept"),
            "not json",
            '{"kind": "answer"}',
        ]
        (tmp_path / who / "log").mkdir(parents=True)
        (tmp_path / who / "log" / "a.jsonl").write_text(
            "\n".join(lines) + '\n{"torn', encoding="utf-8"
        )
    return tmp_path


def test_facility_and_discrimination_are_those_worked_by_hand(logs):
    found = statistics.items(logs).set_index("question")
    assert list(found.index) == ["q1", "q2", "q3"] and (found["learners"] == 4).all()
    for name, (facility, discrimination) in WORKED.items():
        assert found.loc[name, "facility"] == pytest.approx(facility)
        assert found.loc[name, "discrimination"] == pytest.approx(discrimination, abs=1e-5)
    assert found.loc["q3", "commonest wrong"] == '"answer 0"'


def test_too_few_learners_give_no_discrimination(logs):
    for who in ("Cai", "Dee"):
        (logs / who / "log" / "a.jsonl").unlink()
    assert statistics.items(logs)["discrimination"].isna().all()


def test_a_question_that_all_answer_alike_gives_no_discrimination(logs):
    for who in SCORES:
        path = logs / who / "log" / "a.jsonl"
        path.write_text(
            event(who, "all", 1, 1) + "\n" + path.read_text(encoding="utf-8"), encoding="utf-8"
        )
    assert statistics.items(logs).set_index("question")["discrimination"].isna()["all"]


def test_the_same_nickname_in_two_folders_is_two_learners(logs):
    (logs / "other" / "log").mkdir(parents=True)
    (logs / "other" / "log" / "a.jsonl").write_text(event("Ada", "q1", 0, 1) + "\n")
    assert statistics.items(logs).set_index("question").loc["q1", "learners"] == 5


def test_a_folder_without_logs_is_refused(tmp_path):
    with pytest.raises(
        statistics.LogError, match="accepted: a folder that holds learners' log folders"
    ):
        statistics.items(tmp_path)


@pytest.mark.parametrize(
    "payload",
    [
        {"question": "q", "version": 1, "state": "right", "score": 1, "raw": "a"},
        {"lesson": "l", "question": "q", "version": 1, "state": "right", "raw": "a"},
        {"lesson": "l", "question": "q", "version": 1, "state": "right", "score": 1},
        {"lesson": "l", "question": "q", "state": "right", "score": "1", "raw": "a"},
        {"lesson": "l", "question": "q", "state": "right", "score": 1, "raw": "a", "attempt": "2"},
        None,
    ],
)
@pytest.mark.parametrize("outer", [{}, {"at": None}, {"n": "2"}, {"who": 7}])
def test_a_foreign_line_stops_no_statistics(tmp_path, payload, outer):
    good = json.loads(event("Ada", "q1", 1, 1))
    lines = [good, good | {"payload": payload, "n": 2} | outer]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n")
    assert [e["who"] for e in statistics.answers(tmp_path)] == ["Ada"]
    assert len(statistics.items(tmp_path)) == 1


def test_a_class_that_was_collected_twice_counts_once(tmp_path):
    for folder in ("monday", "tuesday"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.jsonl").write_text(event("Ada", "q1", 1, 1) + "\n")
    assert len(statistics.answers(tmp_path)) == 1
