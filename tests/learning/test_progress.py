"""The learner's log: nothing acknowledged is lost, whatever happens to the process, the disk or a
line.
"""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from helpers.learning import progress, record
from helpers.science.dividend import Dividend

WRITER = """
import sys
from helpers.learning import progress, record
for number in range(int(sys.argv[1])):
    given = {"lesson": "t", "question": f"q{sys.argv[2]}-{number}", "state": "right"}
    assert progress.append("answer", given | {"score": 1.0, "raw": "x" * 300, "version": 1})
    print(number, flush=True)
"""


@pytest.fixture(autouse=True)
def fresh(learner_folder):
    """Give every test an empty folder and a process that remembers nothing."""
    progress.forget()
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


def line(number=1, kind="answer", payload=None, **more):
    """Return an event of the guest as a line of a log, as a version before `turn` and `id` wrote
    it.
    """
    given = {"lesson": "02_x", "question": "q", "state": "right", "score": 1.0, "raw": "a"}
    event = {
        "at": f"2026-01-01T00:00:{number:02}+00:00",
        "n": number,
        "who": "guest",
        "kind": kind,
        "payload": given | {"version": 1} if payload is None else payload,
    }
    return json.dumps(event | more).encode() + b"\n"


def put(folder, *lines, name="a"):
    (folder / "log").mkdir(exist_ok=True)
    (folder / "log" / f"{name}.jsonl").write_bytes(b"".join(lines))


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
    """Each of 150 processes is killed within a write: after 0 to 49 fiftieths of the line, in its
    1st to 3rd event.
    """
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
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_size))
    assert answer("q1") is True
    assert synced == [log(fresh).stat().st_size]

    def refuse(handle):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
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

    monkeypatch.setattr(os, "open", refuse)
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
        half.setattr(os, "write", lambda handle, line, write=os.write: write(handle, line[:20]))
        assert answer("q2") is False
    assert answer("q3") is True
    progress.forget()
    assert {key[1] for key in progress.items()} == {"q1", "q2", "q3"}  # q2 came with the next one


WITHOUT_RAW = {"lesson": "02_x", "question": "q", "version": 2, "state": "wrong", "score": 0}
FOREIGN = {
    "an answer without what was typed": line(payload=WITHOUT_RAW),
    "an answer without a state": line(payload={"lesson": "l", "question": "q", "raw": 1}),
    "a state that is no text": line(payload={**WITHOUT_RAW, "raw": 1, "state": ["right"]}),
    "a state of another version": line(payload={**WITHOUT_RAW, "raw": 1, "state": "superb"}),
    "a score that is text": line(payload={**WITHOUT_RAW, "raw": 1, "score": "1"}),
    "a score out of range": line(payload={**WITHOUT_RAW, "raw": 1, "score": 1e308}),
    "an unhashable question": line(payload={**WITHOUT_RAW, "raw": 1, "question": []}),
    "a version that is text": line(payload={**WITHOUT_RAW, "raw": 1, "version": "2"}),
    "hints without a number": line(kind="hint", payload={"lesson": "l", "question": "q"}),
    "another without nth": line(kind="another", payload={"lesson": "l", "question": "q"}),
    "shown without questions": line(kind="shown", payload={"lesson": "l", "questions": None}),
    "unhashable questions": line(kind="shown", payload={"lesson": "l", "questions": [[]]}),
    "class without guesses": line(kind="class", payload={"lesson": "l", "question": "q"}),
    "class with guesses of text": line(
        kind="class", payload={"lesson": "l", "question": "q", "guesses": ["7"]}
    ),
    "an exercise without a state": line(kind="exercise", payload={"exercise": "02-x"}),
    "an exercise with a list as name": line(
        kind="exercise", payload={"exercise": [], "state": "right"}
    ),
    "a sign-in without a seed": line(kind="signed_in", payload={}),
    "taken over from nobody": line(kind="taken_over", payload={}),
    "a time that is none": line(at="yesterday"),
    "a time without a zone": line(at="2026-01-01T00:00:00"),
    "a number that is true": line(n=True),
    "a number of 400 digits": line(turn=10**400),
    "a turn below zero": line(turn=-1),
    "a later format": line(v=2),
    "an id that is a list": line(id=[]),
    "100,000 brackets": b"[" * 100_000 + b"\n",
    "5,000 digits": b'{"n":' + b"9" * 5_000 + b"}\n",
    "not a number": line(payload={"lesson": "l", "question": "q", "raw": float("nan")}),
    "half a character": line(who="\ud800"),
    "another character set": '{"who": "Zoë"}'.encode("utf-16") + b"\n",
    "NUL": b"\x00" * 50 + b"\n",
}


@pytest.mark.parametrize("foreign", FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_line_stops_nothing(fresh, foreign):
    put(fresh, line(1), foreign, line(2), name="foreign")
    assert answer("q1") is True
    assert set(progress.items()) == {("02_x", "q"), ("02_station_orbit", "q1")}
    assert progress.items()[("02_x", "q")].attempts == 2
    assert record.view() and progress.exercises() == {} and progress.archived() == []
    assert progress.due(datetime.now(timezone.utc) + timedelta(days=400))
    assert len(progress.notices()) == 1 and "foreign.jsonl" in progress.notices()[0]


def test_lines_of_an_editor_are_read(fresh):
    """A mark before the first line, line ends of Windows, a blank line."""
    put(fresh, b"\xef\xbb\xbf" + line(1).strip() + b"\r\n\r\n" + line(2).strip() + b"\r\n")
    assert progress.items()[("02_x", "q")].attempts == 2 and progress.notices() == []


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="the permission bits mean nothing to root"
)
def test_a_log_folder_of_another_user_is_named(fresh):
    put(fresh, line(1))
    (fresh / "log").chmod(0)
    assert progress.items() == {} and "could not be read" in progress.notices()[0]
    (fresh / "log").chmod(0o700)


def test_a_folder_and_a_dangling_link_among_the_logs_are_no_logs(fresh):
    answer("q1")
    (fresh / "log" / "b.jsonl").mkdir()
    (fresh / "log" / "c.jsonl").symlink_to(fresh / "nowhere")
    assert len(progress.items()) == 1 and len(progress.notices()) == 2


# --- copies, and clocks -----------------------------------------------------------------------


@pytest.mark.parametrize("old", [True, False])
def test_a_copy_that_a_cloud_drive_made_counts_once(fresh, old):
    if old:
        put(fresh, line(1), line(2), line(3))
    else:
        for state in ("wrong", "wrong", "right"):
            answer("q1", state)
    before = progress.items()
    assert next(iter(before.values())).attempts == 3
    path = log(fresh)
    copy = path.with_name(f"{path.stem}-LAPTOP-7 (conflicted copy).jsonl")
    copy.write_bytes(path.read_bytes())
    assert progress.items() == before
    answer("q2")  # written to one of the two
    progress.forget()
    assert len(progress.items()) == len(before) + 1
    assert next(iter(progress.items().values())).attempts == 3


def test_a_log_that_was_taken_away_no_longer_counts(fresh):
    put(fresh, line(1))
    answer("q1")
    assert len(progress.items()) == 2
    (fresh / "log" / "a.jsonl").unlink()
    assert set(progress.items()) == {("02_station_orbit", "q1")}


class Clock(datetime):
    year_now = 2031

    @classmethod
    def now(cls, zone=None):
        return datetime(cls.year_now, 1, 1, tzinfo=zone)


def test_a_clock_that_was_wrong_hides_nothing(fresh, monkeypatch):
    """A reset while the clock is years ahead, then put right; then a machine without a battery."""
    from helpers.learning.progress import log as writing

    monkeypatch.setattr(writing, "datetime", Clock)
    answer("q0", "wrong")
    progress.reset()
    for year, state in ((2026, "wrong"), (1970, "right"), (2026, "wrong")):
        monkeypatch.setattr(Clock, "year_now", year)
        progress.forget()
        answer("q1", state, raw=year)
    item = progress.items()[("02_station_orbit", "q1")]
    assert (item.state, item.raw, item.attempts) == ("wrong", 2026, 3)
    assert len(progress.items()) == 1  # the reset still holds
    progress.reset()
    assert progress.items() == {}


def test_reviews_survive_a_clock_that_was_ahead(fresh):
    put(fresh, line(1, at="2036-01-01T00:00:00+00:00"), line(2))
    tomorrow = datetime.now(timezone.utc) + timedelta(days=2)
    assert [d[2] for d in progress.due(tomorrow + timedelta(days=400))] == ["q"]


# --- a disk that refuses ----------------------------------------------------------------------


def test_what_no_disk_took_is_written_when_one_does(fresh, monkeypatch):
    with monkeypatch.context() as full:

        def refuse(*arguments):
            raise OSError(28, "No space left on device")

        full.setattr(os, "open", refuse)
        assert answer("q1") is False and answer("q2") is False
        assert "No space left" in progress.notices()[0]
    assert answer("q3") is True and progress.notices() == []
    progress.forget()
    assert {key[1] for key in progress.items()} == {"q1", "q2", "q3"}


@pytest.mark.parametrize("number, kept", [(22, True), (95, True), (5, False)])
def test_an_event_counts_once_when_fsync_is_refused(fresh, monkeypatch, number, kept):
    """22 and 95: a drive that knows no fsync has the line. 5: it may not; either way it counts
    once.
    """

    def refuse(handle):
        raise OSError(number, "refused")

    monkeypatch.setattr(os, "fsync", refuse)
    assert answer("q1") is kept and answer("q1") is kept
    assert progress.items()[("02_station_orbit", "q1")].attempts == 2
    progress.forget()
    assert progress.items()[("02_station_orbit", "q1")].attempts == 2


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
    progress.forget()
    assert (progress.who().nickname, progress.who().city, progress.who().seed) == (
        "Ada",
        "Nairobi",
        seed,
    )


def test_logs_hold_the_nickname_and_never_the_city(fresh):
    progress.sign_in("Ada", city="Nairobi")
    answer("q1")
    text = "".join(path.read_text("utf-8") for path in (fresh / "log").glob("*"))
    assert '"who": "Ada"' in text and "Nairobi" not in text


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\nb", "\x00"])
def test_nickname_that_is_refused(fresh, name):
    with pytest.raises(progress.ProgressError, match="accepted: 1 to 40 printable characters"):
        progress.sign_in(name)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"nickname": 3, "city": "x"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"city": 1}',
    ],
)
def test_damage_to_a_profile_loses_one_city_and_nothing_else(fresh, content):
    seed = progress.sign_in("Ada", city="Nairobi").seed
    answer("q1")
    progress.sign_in("Ben", city="Lima")
    profile = next(p for p in (fresh / "profiles").iterdir() if "Ada" in p.read_text())
    profile.write_bytes(content)
    progress.forget()
    assert progress.who().city == "Lima"
    ada = progress.sign_in("Ada")
    assert (ada.city, ada.seed, len(progress.items())) == ("", seed, 1)
    assert profile.name in progress.notices()[0]
    assert progress.sign_in("Ada", city="Nairobi").city == "Nairobi"
    kept = [p for p in (fresh / "profiles").iterdir() if "kept" in p.name]
    assert [p.read_bytes() for p in kept] == [content]


def test_a_profile_that_an_editor_saved_with_a_mark_is_read(fresh):
    progress.sign_in("Ada", city="Nairobi")
    profile = next((fresh / "profiles").iterdir())
    profile.write_bytes(b"\xef\xbb\xbf" + profile.read_bytes())
    progress.forget()
    assert progress.who().city == "Nairobi" and progress.notices() == []


SIGN_IN = """
import sys
from helpers.learning import progress
for number in range(int(sys.argv[2])):
    progress.forget()
    print(progress.sign_in(f"{sys.argv[1]}-{number}", city=f"city of {sys.argv[1]}-{number}").seed)
"""


def test_sign_ins_at_once_lose_no_profile(fresh):
    """Four processes, ten learners each, into one folder."""
    command = [sys.executable, "-c", SIGN_IN]
    both = [
        subprocess.Popen([*command, name, "10"], stdout=subprocess.PIPE, text=True)
        for name in "abcd"
    ]
    seeds = [process.communicate()[0].split() for process in both]
    for name, found in zip("abcd", seeds, strict=True):
        for number in range(10):
            progress.forget()
            learner = progress.sign_in(f"{name}-{number}")
            assert (learner.seed, learner.city) == (found[number], f"city of {name}-{number}")
    assert not [p for p in fresh.rglob("*part")]


def test_another_learners_sign_in_does_not_turn_an_open_notebook_over(fresh):
    """Ada has a lesson open; Ben signs in in another notebook: her next answer stays hers."""
    progress.sign_in("Ada")
    answer("q1")
    subprocess.run([sys.executable, "-c", SIGN_IN, "Ben", "1"], check=True, capture_output=True)
    answer("q2")
    assert progress.who().nickname == "Ada" and len(progress.items()) == 2
    progress.forget()
    assert progress.who().nickname == "Ben-0"


def test_a_guest_becomes_the_one_who_signs_in_elsewhere(fresh):
    answer("q1")
    subprocess.run([sys.executable, "-c", SIGN_IN, "Ben", "1"], check=True, capture_output=True)
    assert progress.who().nickname == "Ben-0" and progress.items() == {}


def test_what_a_guest_did_can_be_taken_over(fresh):
    answer("q1")
    answer("q2")
    progress.sign_in("Ada")
    answer("q3")
    assert progress.take_over() == 2
    assert {key[1] for key in progress.items()} == {"q1", "q2", "q3"}
    with pytest.raises(progress.ProgressError, match="accepted: nobody else worked here"):
        progress.take_over()
    progress.forget()
    assert len(progress.items()) == 3


def test_a_nickname_can_be_changed(fresh):
    seed = progress.sign_in("Aad", city="Nairobi").seed
    answer("q1")
    renamed = progress.rename("Ada")
    assert (renamed.nickname, renamed.city, renamed.seed) == ("Ada", "Nairobi", seed)
    assert len(progress.items()) == 1
    progress.forget()
    assert progress.who() == renamed and len(progress.items()) == 1
    assert progress.rename("Aad").nickname == "Aad"  # the old one is free again
    assert len(progress.items()) == 1
    progress.sign_in("Ben")
    answer("q2")
    with pytest.raises(progress.ProgressError, match="'Aad' is in use"):
        progress.rename("Aad")


def test_a_kernel_that_goes_on_under_the_old_name_writes_for_the_new_one(fresh):
    progress.sign_in("Aad")
    code = "from helpers.learning import progress; progress.rename('Ada')"
    subprocess.run([sys.executable, "-c", code], check=True)
    answer("q1")
    progress.forget()
    assert progress.who().nickname == "Ada" and len(progress.items()) == 1


@pytest.mark.parametrize(
    "name", ["ශ්\u200dරී", "ക്\u200d", "Zoë", "👩\u200d🚀", "../../etc/passwd", "李"]
)
def test_names_of_people_are_accepted(fresh, name):
    progress.sign_in(name, city="Lima")
    progress.forget()
    assert progress.who().city == "Lima" and progress.who().nickname == name


def test_unicode_forms_of_a_name_are_one(fresh):
    seed = progress.sign_in("Zoe\u0308").seed
    assert progress.sign_in("Zo\u00eb").seed == seed


@pytest.mark.parametrize("name", [None, ["Ada"], float("nan"), 7])
def test_a_nickname_that_is_no_text_is_refused(fresh, name):
    with pytest.raises(progress.ProgressError, match="is no text; accepted: 1 to 40"):
        progress.sign_in(name)


@pytest.mark.parametrize("city", ["x" * 100_000, "a\x00b", 7, ["Lima"]])
def test_a_city_that_is_refused(fresh, city):
    with pytest.raises(progress.ProgressError, match="city .*accepted: 0 to 80 printable") as said:
        progress.sign_in("Ada", city=city)
    assert len(str(said.value)) < 400
    assert progress.who().nickname == "guest"


@pytest.mark.parametrize("value", ["orbits", "./x", "../y"])
def test_a_folder_that_depends_on_where_you_stand_is_refused(monkeypatch, value):
    monkeypatch.setenv("SHARED_ORBITS_HOME", value)
    with pytest.raises(
        progress.ProgressError, match="SHARED_ORBITS_HOME = .*accepted: a full path"
    ):
        progress.home()


def test_the_home_sign_is_the_users_folder_and_blanks_are_no_folder(monkeypatch):
    monkeypatch.setenv("SHARED_ORBITS_HOME", " ~/orbits ")
    assert progress.home() == Path.home() / "orbits"
    monkeypatch.setenv("SHARED_ORBITS_HOME", "   ")
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    monkeypatch.setenv("CI", "false")  # a word of other tools: it moves no answers
    assert progress.home().name == "shared-orbits"


@pytest.mark.skipif(os.name != "posix", reason="permission bits are POSIX")
def test_neighbours_can_list_nothing(fresh, monkeypatch):
    monkeypatch.setenv("SHARED_ORBITS_HOME", str(fresh / "a" / "b"))
    progress.sign_in("Ada", city="Lima")
    for path in (fresh / "a").rglob("*"):
        assert not path.stat().st_mode & 0o077, path


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


def test_a_right_answer_stays_right_and_practice_counts_extra(fresh):
    for state in ("wrong", "right", "wrong", "right"):
        answer("q1", state)
    item = progress.items()[("02_station_orbit", "q1")]
    assert (item.solved, item.score, item.practice, item.state) == (True, 1.0, 2, "right")


def test_an_answer_after_it_was_shown_earns_nothing(fresh):
    answer("q1", "wrong")
    progress.append("revealed", {"lesson": "02_station_orbit", "question": "q1", "version": 1})
    answer("q1", "right")
    item = progress.items()[("02_station_orbit", "q1")]
    assert (item.solved, item.score, item.answered) == (False, 0.0, True)


def test_nothing_is_due_on_the_day_of_its_answer(fresh):
    answer("q1", "wrong")
    midnight = (datetime.now().astimezone() + timedelta(days=1)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    assert progress.due(midnight - timedelta(seconds=1)) == []
    assert [d[2] for d in progress.due(midnight)] == ["q1"]


def test_fifty_thousand_events_slow_nothing_down(fresh):
    """One answer in 0.1 s; first reading in a new kernel stays below 5 s on any machine."""
    put(fresh, *(line(1, n=n, payload=None) for n in range(50_000)))
    begun = time.process_time()
    assert progress.items()[("02_x", "q")].attempts == 50_000
    read = time.process_time() - begun
    answer("q0")
    times = []
    for number in range(5):
        begun = time.process_time()
        answer(f"q{number}")
        assert len(progress.items()) > 1
        times.append(time.process_time() - begun)
    assert min(times) < 0.1 and read < 5, (times, read)


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
    """Intervals of weeks are where a scheduler would add chance: six right answers, each a few
    weeks after the other.
    """
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
