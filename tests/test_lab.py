"""The learner's copies: made without outputs, never overwritten, made fresh on request with the old one kept."""

import nbformat
import pytest

from helpers import lab


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
    lab.make_copies(*folders)
    cell = nbformat.read(folders[1] / "02_orbit.ipynb", as_version=4).cells[0]
    assert (cell.outputs, cell.execution_count) == ([], None)
    assert nbformat.read(folders[0] / "02_orbit.ipynb", as_version=4).cells[0].outputs


def test_a_copy_is_never_overwritten(folders):
    lab.make_copies(*folders)
    (folders[1] / "02_orbit.ipynb").write_text("mine")
    assert lab.make_copies(*folders) == []
    assert (folders[1] / "02_orbit.ipynb").read_text() == "mine"


def test_a_fresh_copy_keeps_the_old_one(folders):
    lab.make_copies(*folders)
    (folders[1] / "02_orbit.ipynb").write_text("mine")
    lab.fresh_copy("02", *folders)
    assert "1 + 1" in (folders[1] / "02_orbit.ipynb").read_text()
    assert [path.read_text() for path in folders[1].glob("*.kept-*.ipynb")] == ["mine"]


def test_an_unknown_lesson_is_named_with_what_there_is(folders):
    folders[1].mkdir()
    with pytest.raises(lab.CopyError, match="'77'.*02_orbit"):
        lab.fresh_copy("77", *folders)


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
