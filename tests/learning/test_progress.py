"""The learner's log: nothing acknowledged is lost, whatever happens to the process, the disk or a line."""

import json
import os
import signal
import stat
import subprocess
import sys
from datetime import datetime, timedelta, timezone

import pytest

from helpers.learning import progress, record
from helpers.science.dividend import Dividend

WRITER = """
import sys
from helpers.learning import progress, record
for number in range(int(sys.argv[1])):
    assert progress.append("answer", {"lesson": "t", "question": f"q{sys.argv[2]}-{number}", "state": "right", "score": 1.0, "raw": "x" * 300, "version": 1})
    print(number, flush=True)
"""


@pytest.fixture(autouse=True)
def fresh(learner_folder, monkeypatch):
    """Give every test an empty folder and a process that remembers nothing."""
    monkeypatch.setattr(progress, "_state", progress._State())
    return learner_folder


def answer(question="q1", state="right", **more):
    payload = {
        "lesson": "02_station_orbit",
        "question": question,
        "version": 1,
        "state": state,
        "score": float(state == "right"),
        "raw": "a",
    } | more
    return progress.append("answer", payload)


def writer(folder, count, name):
    environment = os.environ | {"SHARED_ORBITS_HOME": str(folder)}
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(count), name],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    )


# --- crashes and neighbours -----------------------------------------------------------------


@pytest.mark.skipif(
    not hasattr(signal, "SIGKILL") or not hasattr(os, "fork"), reason="kill -9 and fork are POSIX"
)
def test_150_kills_while_writing_lose_no_acknowledged_answer(fresh):
    """Each of 150 processes is killed within a write: after 0 to 49 fiftieths of the line, in its 1st to 3rd event."""
    acknowledged = []
    for number in range(150):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            _write_until_killed(number, write)
        os.close(write)
        with os.fdopen(read) as pipe:
            acknowledged += pipe.read().split()
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    found = {key[1] for key in progress.items()}
    assert len(acknowledged) == 150  # of the 3 x 50 processes: none, one or two each
    assert set(acknowledged) <= found
    assert progress.notices() == []  # a torn last line is no news: it was never acknowledged


def _write_until_killed(number, pipe):
    real, calls = os.write, [0]

    def torn(handle, data):
        if handle != pipe:
            calls[0] += 1
            if calls[0] == number // 50 + 1:
                real(handle, data[: len(data) * (number % 50) // 50])
                os.kill(os.getpid(), signal.SIGKILL)
        return real(handle, data)

    os.write = torn
    for event in range(9):
        answer(f"k{number}-{event}")
        real(pipe, f"k{number}-{event}\n".encode())


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is POSIX")
def test_process_killed_from_outside_keeps_what_it_said_it_kept(fresh):
    process = writer(fresh, 100000, "o")
    said = [process.stdout.readline() for _ in range(20)]
    process.kill()
    said += process.stdout.readlines()
    process.wait()
    kept = {key[1] for key in progress.items()}
    assert {f"qo-{line.strip()}" for line in said if line.endswith("\n")} <= kept


def test_two_processes_at_once_lose_nothing(fresh):
    both = [writer(fresh, 200, name) for name in "ab"]
    for process in both:
        process.communicate()
        assert process.returncode == 0
    assert len(progress.items()) == 400


def test_an_event_counts_as_kept_only_after_the_disk_has_it(fresh, monkeypatch):
    synced = []
    monkeypatch.setattr(
        progress.os, "fsync", lambda handle: synced.append(os.fstat(handle).st_size)
    )
    assert answer("q1") is True
    assert synced == [log(fresh).stat().st_size]

    def refuse(handle):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(progress.os, "fsync", refuse)
    assert answer("q2") is False


# --- damage ---------------------------------------------------------------------------------


def log(folder):
    return sorted((folder / "log").glob("*.jsonl"))[0]


def test_torn_last_line_is_tolerated_and_kept(fresh):
    answer("q1")
    before = log(fresh).read_bytes()
    log(fresh).write_bytes(before + before[:40])
    assert set(progress.items()) == {("02_station_orbit", "q1")}
    assert log(fresh).read_bytes() == before + before[:40]
    assert progress.notices() == []


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"\xff\xfe\x00",
        b'{"at": 1}',
        b"[]",
        b'{"at":"x","n":1,"who":"guest","kind":"answer","payload":null}',
    ],
)
def test_line_that_cannot_be_read_is_skipped_with_one_notice_and_kept(fresh, capsys, line):
    answer("q1")
    log(fresh).write_bytes(line + b"\n" + line + b"\n" + log(fresh).read_bytes())
    assert set(progress.items()) == set(progress.items()) == {("02_station_orbit", "q1")}
    assert len(progress.notices()) == 1 and "skipped and kept" in progress.notices()[0]
    assert capsys.readouterr().err.count("skipped and kept") == 1
    assert line in log(fresh).read_bytes()


def test_disk_that_takes_nothing_means_memory_and_one_notice(fresh, monkeypatch):
    def refuse(*arguments):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(progress.os, "open", refuse)
    assert answer("q1") is False and answer("q2") is False
    assert len(progress.items()) == 2
    assert len(progress.notices()) == 1 and "Read-only" in progress.notices()[0]
    assert "Read-only" in repr(record.view())


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0,
    reason="the permission bits mean nothing to root or on Windows",
)
def test_folder_without_write_permission(fresh):
    fresh.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert answer("q1") is False
    assert len(progress.items()) == 1
    fresh.chmod(stat.S_IRWXU)


def test_folder_that_is_a_file_means_memory(fresh, monkeypatch):
    (fresh / "file").write_text("x")
    monkeypatch.setenv("SHARED_ORBITS_HOME", str(fresh / "file"))
    assert answer("q1") is False
    assert len(progress.items()) == 1
    progress.sign_in("Ada")
    assert progress.who().nickname == "Ada"


def test_disk_that_takes_half_a_line_spoils_only_that_event(fresh, monkeypatch):
    answer("q1")
    with monkeypatch.context() as half:
        half.setattr(
            progress.os, "write", lambda handle, line, write=os.write: write(handle, line[:20])
        )
        assert answer("q2") is False
    assert answer("q3") is True
    monkeypatch.setattr(progress, "_state", progress._State())
    assert {key[1] for key in progress.items()} == {"q1", "q3"}


@pytest.mark.parametrize("payload", [{"x": object()}, {"x": float("nan")}, ["list"], None])
def test_payload_that_is_no_json_is_refused(fresh, payload):
    with pytest.raises(progress.ProgressError, match="accepted: a dict of JSON values"):
        progress.append("answer", payload)
    assert progress.events() == []


# --- who ------------------------------------------------------------------------------------


def test_learners_on_one_machine_are_kept_apart(fresh):
    answer("q1")
    progress.sign_in("Ada", city="Nairobi")
    assert progress.items() == {} and progress.who().city == "Nairobi"
    answer("q2")
    progress.sign_in("Ben")
    assert progress.items() == {}
    assert progress.sign_in("Ada").city == "Nairobi"
    assert {key[1] for key in progress.items()} == {"q2"}


def test_the_next_session_knows_who_worked_last(fresh, monkeypatch):
    seed = progress.sign_in("Ada", city="Nairobi").seed
    monkeypatch.setattr(progress, "_state", progress._State())
    assert (progress.who().nickname, progress.who().city, progress.who().seed) == (
        "Ada",
        "Nairobi",
        seed,
    )


def test_logs_hold_the_nickname_and_never_the_city(fresh):
    progress.sign_in("Ada", city="Nairobi")
    answer("q1")
    text = "".join(path.read_text() for path in (fresh / "log").glob("*"))
    assert '"who": "Ada"' in text and "Nairobi" not in text


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\nb", "\x00"])
def test_nickname_that_is_refused(fresh, name):
    with pytest.raises(progress.ProgressError, match="accepted: 1 to 40 printable characters"):
        progress.sign_in(name)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"learners": 3, "current": "x"}'])
def test_profile_file_that_cannot_be_read_makes_a_guest_with_a_notice(fresh, text):
    (fresh / "profiles.json").write_text(text)
    assert progress.who().nickname == "guest"
    assert "profiles.json" in progress.notices()[0]


def test_guest_in_a_notebook_under_test_gets_a_temporary_folder(fresh, monkeypatch):
    monkeypatch.delenv("SHARED_ORBITS_HOME")
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("PYTEST_CURRENT_TEST", "02.ipynb::Cell 3 (call)")
    assert "shared-orbits-" in progress.home().name and progress.home() == progress.home()
    monkeypatch.setenv("PYTEST_CURRENT_TEST", "tests/test_x.py::test (call)")
    assert progress.home().name == "shared-orbits"


# --- folds ----------------------------------------------------------------------------------


def test_the_state_is_a_fold_over_events(fresh):
    answer("q1", "wrong")
    answer("q1", "partial", score=0.5)
    answer("q1", "wrong")
    item = progress.items()[("02_station_orbit", "q1")]
    assert (item.state, item.attempts, item.score) == ("wrong", 3, 0.5)


def test_a_new_version_of_a_question_starts_anew(fresh):
    answer("q1")
    answer("q1", "wrong", version=2)
    item = progress.items()[("02_station_orbit", "q1")]
    assert (item.state, item.attempts, item.score) == ("wrong", 1, 0.0)


def test_reset_starts_anew_and_deletes_nothing(fresh):
    answer("q1")
    size = log(fresh).stat().st_size
    progress.reset()
    assert progress.items() == {} and record.dividends() == {}
    assert [e["payload"]["question"] for e in progress.archived()[:1]] == ["q1"]
    assert log(fresh).stat().st_size > size
    answer("q2")
    assert len(progress.items()) == 1


def test_the_last_dividend_of_a_lesson_counts(fresh):
    for alone in (1.0, 2.0):
        record.dividend(
            "02", Dividend(question="?", unit="h", better="high", alone=alone, together=3)
        )
    assert record.dividends()["02"].alone == 2.0


def test_a_right_exercise_stays_right(fresh):
    for state in ("not yet", "right", "not yet"):
        progress.append("exercise", {"exercise": "02-period", "state": state})
    assert progress.exercises() == {"02-period": ("right", 3)}


def test_a_wrong_answer_is_due_before_a_right_one(fresh):
    answer("q1", "wrong")
    answer("q2", "right")
    now = datetime.now(timezone.utc)
    assert progress.due(now) == []
    assert [d[2] for d in progress.due(now + timedelta(days=400))] == ["q1", "q2"]


def test_reviews_are_the_same_at_every_reading(fresh):
    for number in range(5):
        answer(f"q{number}", "right")
    later = datetime.now(timezone.utc) + timedelta(days=400)
    assert progress.due(later) == progress.due(later)
    assert len(progress.due(later)) == 5


def test_long_intervals_are_the_same_at_every_reading_too(fresh, monkeypatch):
    """Intervals of weeks are where a scheduler would add chance: six right answers, each a few weeks after the other."""
    (fresh / "log").mkdir()
    lines = [
        json.dumps(
            {
                "at": f"2026-0{month}-01T00:00:00+00:00",
                "n": month,
                "who": "guest",
                "kind": "answer",
                "payload": {
                    "lesson": "02_x",
                    "question": "q",
                    "state": "right",
                    "score": 1.0,
                    "raw": "a",
                    "version": 1,
                },
            }
        )
        for month in range(1, 7)
    ]
    (fresh / "log" / "a.jsonl").write_text("\n".join(lines) + "\n")
    later = datetime(2036, 1, 1, tzinfo=timezone.utc)
    assert len({progress.due(later)[0][0] for _ in range(20)}) == 1
    assert progress.due(later)[0][0] > datetime(2026, 9, 1, tzinfo=timezone.utc)


def test_claims_of_finished_lessons(fresh, monkeypatch):
    """A lesson is finished when every core question has an answer, right or not."""
    from helpers.learning.quiz import bank

    core = [q for q in bank.load("02_station_orbit").questions if q.section == "core"]
    for question in core[:-1]:
        answer(question.id, "wrong", version=question.version)
    assert record.finished_lessons() == [] and record.claims_tested() == []
    answer(core[-1].id, "wrong", version=core[-1].version)
    assert record.finished_lessons() == ["02_station_orbit"]
    from helpers.tables import data

    claims = data.table("claims")
    assert record.claims_tested() == sorted(
        c.id for c in claims.itertuples() if "02" in str(c.lessons).split(";")
    )


def test_the_view_counts_by_objective(fresh):
    from helpers.learning.quiz import bank

    question = next(q for q in bank.load("02_station_orbit").questions if q.section == "core")
    answer(question.id, "right", version=question.version)
    row = next(r for r in record.view().rows if r[1] == question.objective)
    assert row[0] == "02_station_orbit" and row[2:4] == [1, 1]
    assert question.objective in repr(record.view()) and "<td>1</td>" in record.view()._repr_html_()


def test_the_view_of_nothing_is_the_same_everywhere(fresh):
    assert repr(record.view()) == "Progress of guest\nNo question answered yet."
    assert str(fresh) not in record.view()._repr_html_()


def test_the_view_escapes_a_nickname(fresh):
    progress.sign_in("<img src=x onerror=alert(1)>")
    assert "<img" not in record.view()._repr_html_()


def test_events_are_lines_of_json_that_any_tool_reads(fresh):
    answer("q1", raw={"é": ["∞"]})
    line = json.loads(log(fresh).read_text(encoding="utf-8"))
    assert line["payload"]["raw"] == {"é": ["∞"]} and line["at"].endswith("+00:00")
