"""Guesses from pupils' own machines: read out of logs in a folder, one a pupil, the last one."""

import pytest

from helpers.teaching import classroom, collected, synthetic
from tests.teaching.test_results import answer

LESSON, NAME = "04_lunar_missions", "home-hours"


def put(folder, machine, *lines):
    home = folder / machine / "log"
    home.mkdir(parents=True)
    (home / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_guesses_of_a_share_are_in_the_histogram_one_a_pupil(tmp_path, monkeypatch):
    monkeypatch.setenv("SHARED_ORBITS_HOME", str(tmp_path / "teacher"))
    share = tmp_path / "share"
    put(share, "pc1", answer("learner", 1, NAME, "kept", "12 h"))
    put(
        share,
        "pc2",
        answer("learner", 1, NAME, "kept", "9 h"),
        answer("learner", 2, NAME, "kept", "720 min"),
    )
    put(share, "pc3", "damaged", answer("Zoë", 1, NAME, "kept", "15,5"))
    put(share, "pc4", answer("Ben", 1, "relay-hours", "kept", "3 h"))
    form = classroom.show(LESSON, NAME, folder=share)
    assert sorted(form.guesses) == [12.0, 12.0, 15.5]
    assert form.number == 3 and form.words.startswith("3 guesses, from 12 h to 15.5 h")
    # a pupil more, the cell run again; nothing was written into the share
    put(share, "pc5", answer("Cleo", 1, NAME, "kept", "20 h"))
    assert sorted(classroom.show(LESSON, NAME, 15, folder=share).guesses) == [
        12.0,
        12.0,
        15.5,
        20.0,
    ]
    assert len(list(share.rglob("*.jsonl"))) == 5


def test_guesses_typed_at_the_teacher_s_machine_join_them(tmp_path, monkeypatch):
    monkeypatch.setenv("SHARED_ORBITS_HOME", str(tmp_path / "teacher"))
    form = classroom.show(LESSON, NAME, folder=synthetic.write(tmp_path / "share"))
    before = form.number
    form._receive(form, {"do": "add", "text": "7, 8"}, [])
    assert before >= 18 and form.number == before + 2


def test_a_folder_without_logs_is_named(tmp_path):
    with pytest.raises(collected.LogError, match="no logs under"):
        classroom.show(LESSON, NAME, folder=tmp_path)
