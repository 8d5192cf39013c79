"""The learner's copies: made without outputs, never overwritten, made fresh on request with the old
one kept.
"""

import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from helpers import lab
from helpers.learning import copies as copying
from tests.notebooks import ROOT


@pytest.fixture
def folders(tmp_path):
    lessons, copies = tmp_path / "notebooks", tmp_path / "my_notebooks"
    lessons.mkdir()
    cell = nbformat.v4.new_code_cell(
        "1 + 1", execution_count=1, outputs=[nbformat.v4.new_output("stream", text="2")]
    )
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), lessons / "02_orbit.ipynb")
    return lessons, copies


def test_copies_hold_no_outputs(folders):
    copying.make(*folders)
    cell = nbformat.read(folders[1] / "02_orbit.ipynb", as_version=4).cells[0]
    assert (cell.outputs, cell.execution_count) == ([], None)
    assert nbformat.read(folders[0] / "02_orbit.ipynb", as_version=4).cells[0].outputs


def test_a_copy_is_never_overwritten(folders):
    copying.make(*folders)
    (folders[1] / "02_orbit.ipynb").write_text("mine")
    assert copying.make(*folders) == []
    assert (folders[1] / "02_orbit.ipynb").read_text() == "mine"


def test_a_fresh_copy_keeps_the_old_one(folders):
    copying.make(*folders)
    (folders[1] / "02_orbit.ipynb").write_text("mine")
    copying.fresh("02", *folders)
    assert "1 + 1" in (folders[1] / "02_orbit.ipynb").read_text()
    assert [path.read_text() for path in folders[1].glob("*.kept-*.ipynb")] == ["mine"]


def test_an_unknown_lesson_is_named_with_what_there_is(folders):
    folders[1].mkdir()
    with pytest.raises(copying.CopyError, match="'77'.*02_orbit"):
        copying.fresh("77", *folders)


def test_lessons_and_copies_may_stand_anywhere(folders, capsys):
    lessons, copies = folders
    asked = ["--lessons", str(lessons), "--copies", str(copies / "deep"), "--copies-only"]
    assert lab.main(asked) == 0
    assert [path.name for path in (copies / "deep").iterdir()] == ["02_orbit.ipynb"]


def test_a_folder_without_lessons_is_named(tmp_path, capsys):
    assert lab.main(["--lessons", str(tmp_path), "--copies-only"]) == 2
    assert f"--lessons {tmp_path}: no lesson there" in capsys.readouterr().err


def test_copies_of_a_folder_that_cannot_be_written_go_to_documents(folders, monkeypatch):
    lessons, _ = folders
    assert lab.default_copies(lessons) == lessons.parent / "my_notebooks"
    monkeypatch.setattr(lab.os, "access", lambda place, mode: False)
    assert lab.default_copies(lessons).parent.name == "Shared Orbits"
    assert lab.default_copies(lessons.parent / "notebook_files").parent.name == "Shared Orbits"


def test_two_fresh_copies_in_one_second_keep_both(folders):
    copying.make(*folders)
    for words in ("mine", "mine too"):
        (folders[1] / "02_orbit.ipynb").write_text(words)
        copying.fresh("02", *folders)
    kept = [path.read_text() for path in folders[1].glob("*.kept-*.ipynb")]
    assert sorted(kept) == ["mine", "mine too"]


def test_a_full_disk_leaves_no_half_of_a_copy(folders, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        copying.make(*folders)
    assert list(folders[1].iterdir()) == []
    monkeypatch.undo()
    assert len(copying.make(*folders)) == 1


def test_conflict_marks_are_named_and_stop_no_other_lesson(folders, capsys):
    lessons, copies = folders
    text = (lessons / "02_orbit.ipynb").read_text()
    (lessons / "01_space.ipynb").write_text("\n\n<<<<<<< HEAD\n" + text)
    asked = ["--lessons", str(lessons), "--copies", str(copies), "--copies-only"]
    assert lab.main(asked) == 2
    said = capsys.readouterr()
    assert "01_space.ipynb, line 3: conflict marks of git; accepted: a notebook" in said.err
    assert [path.name for path in copies.iterdir()] == ["02_orbit.ipynb"]


@pytest.mark.parametrize(
    "content", [b"", b'{"cells": [{"cell', b"[]", b"\xff\xfe", b'{"cells": 3}']
)
def test_a_copy_cut_short_is_named_with_what_to_do(folders, capsys, content):
    copying.make(*folders)
    (folders[1] / "02_orbit.ipynb").write_bytes(content)
    (said,) = copying.wake(folders[1])
    assert "02_orbit.ipynb" in said and "--fresh 02 makes a new one and keeps this" in said
    assert (folders[1] / "02_orbit.ipynb").read_bytes() == content


def test_a_file_that_hides_the_helpers_is_named(folders):
    copying.make(*folders)
    (folders[1] / "helpers.py").write_text("")
    assert "helpers.py hides the course's own helpers" in copying.wake(folders[1])[0]


def test_widgets_of_yesterday_let_go_and_everything_else_stays(folders):
    """Their words stay and say which cells to run; what the learner wrote and saw is as it was."""
    quiz = {
        "application/vnd.jupyter.widget-view+json": {"model_id": "gone", "version_major": 2},
        "text/plain": ["1. Why?\n", "Run this cell to answer."],
        "text/html": "<p><em>Run this cell to answer.</em></p>",
    }
    cells = [
        nbformat.v4.new_code_cell(
            "quiz.show('02')",
            execution_count=3,
            outputs=[nbformat.v4.new_output("execute_result", quiz, execution_count=3)],
        ),
        nbformat.v4.new_code_cell(
            "1 + 1  # é \U0001f680", outputs=[nbformat.v4.new_output("stream", text="2")]
        ),
        nbformat.v4.new_markdown_cell("my words"),
    ]
    folders[1].mkdir()
    path = folders[1] / "02_orbit.ipynb"
    made = nbformat.v4.new_notebook(cells=cells, metadata={"widgets": {"x": {}}, "mine": 1})
    nbformat.write(made, path)
    assert copying.wake(folders[1]) == []
    after = nbformat.read(path, as_version=4)
    nbformat.validate(after)
    data = after.cells[0].outputs[0].data
    assert set(data) == {"text/plain", "text/html"} and after.cells[0].execution_count == 3
    assert data["text/html"] == "<p><em>Run the first cell, then this one, to answer.</em></p>"
    assert "Run the first cell, then this one, to answer." in "".join(data["text/plain"])
    assert after.cells[1:] == made.cells[1:] and after.metadata == {"mine": 1}
    again = path.stat().st_mtime_ns
    assert copying.wake(folders[1]) == [] and path.stat().st_mtime_ns == again


SLOW_LAB = """
import signal, sys, time
stopped = []
def ask(number, frame):
    print("y/n?", flush=True)
    time.sleep(1.5)
    print("resumed", flush=True)
    sys.exit(7)
signal.signal(signal.SIGINT, ask)
print("lab runs", flush=True)
time.sleep(20)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_leaves_jupyterlab_the_time_to_ask(folders, tmp_path):
    """One Ctrl-C in the terminal goes to both processes; JupyterLab goes on and its exit code
    counts.
    """
    (tmp_path / "jupyter.py").write_text(SLOW_LAB)
    lessons, copies = folders
    code = "from helpers import lab; raise SystemExit(lab.main())"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "--lessons", str(lessons), "--copies", str(copies)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    for line in process.stdout:
        if "lab runs" in line:
            break
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert "resumed" in out and process.returncode == 7 and "Traceback" not in err


def test_each_pupil_at_a_shared_machine_has_own_copies_and_answers_and_can_be_forgotten(
    folders, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("SHARED_ORBITS_HOME", str(tmp_path / "home"))
    started = []
    monkeypatch.setattr(lab, "_ended", lambda *what: started.append(what) or 0)
    places = ["--lessons", str(folders[0]), "--copies", str(folders[1])]
    for name in ("ana", "Zoë B"):
        assert lab.main([*places, "--pupil", name]) == 0
        command, root, environment = started[-1]
        assert root == folders[1] / name  # the other pupils' folders lie beside it, out of sight
        assert f"--ServerApp.root_dir={root}" in command and command[-1] == lab.FIRST
        assert environment["SHARED_ORBITS_HOME"] == str(tmp_path / "home" / "pupils" / name)
        assert (folders[1] / name / "02_orbit.ipynb").exists()
        (tmp_path / "home" / "pupils" / name).mkdir(parents=True)
    assert lab.main([*places, "--forget", "ana"]) == 0
    assert not (folders[1] / "ana").exists() and (folders[1] / "Zoë B").exists()
    assert [p.name for p in (tmp_path / "home" / "pupils").iterdir()] == ["Zoë B"]
    assert capsys.readouterr().out.count("deleted:") == 2


def test_a_pupil_who_still_works_is_not_forgotten(folders, monkeypatch, capsys):
    from jupyter_server import serverapp

    own = folders[1] / "ana"
    own.mkdir(parents=True)
    monkeypatch.setattr(serverapp, "list_running_servers", lambda: [{"root_dir": str(own)}])
    places = ["--lessons", str(folders[0]), "--copies", str(folders[1])]
    assert lab.main([*places, "--forget", "ana"]) == 2
    assert own.is_dir() and "File, Shut Down" in capsys.readouterr().err
    assert lab.main([*places, "--forget", "ben"]) == 0


@pytest.mark.parametrize("name", ["..", "../x", "a/b", "", " ", "C:", ".ssh", "x" * 41])
def test_a_nickname_that_names_no_folder_is_refused(name, folders, capsys):
    with pytest.raises(SystemExit):
        lab.main(["--lessons", str(folders[0]), "--copies", str(folders[1]), "--forget", name])
    assert "accepted: up to 40 letters" in capsys.readouterr().err


def test_jupyterlab_asks_nothing_about_news(tmp_path, monkeypatch):
    """As JupyterLab itself reads it: the extension with the question is switched off."""
    from jupyterlab_server.config import get_page_config

    environment = lab.quiet({"JUPYTER_CONFIG_PATH": "/elsewhere"}, tmp_path)
    first, *rest = environment["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert rest == ["/elsewhere"]
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", first)
    assert get_page_config([])["disabledExtensions"] == [
        "@jupyterlab/apputils-extension:announcements"
    ]
