"""The course in the browser alone: what its site is made of, and that the helpers can live where no
JupyterLab is.
"""

import json
import os
import re
import subprocess
import sys
import textwrap
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from doors import lite
from doors.tools import DoorError
from helpers.learning import progress
from helpers.learning.progress import folder

ROOT = Path(__file__).parents[1]
LOCK = {
    "packages": {
        "numpy": {"depends": [], "file_name": "numpy.whl"},
        "pandas": {"depends": ["numpy", "python_dateutil"], "file_name": "pandas.whl"},
        "python-dateutil": {"depends": [], "file_name": "dateutil.whl"},
        "scipy": {"depends": ["numpy"], "file_name": "scipy.whl"},
    }
}


@pytest.fixture
def in_browser(monkeypatch, tmp_path):
    """Python in the browser, with its drive in a folder of the test's."""
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setattr(folder, "BROWSER_HOME", tmp_path / "my_progress")
    monkeypatch.delenv("SHARED_ORBITS_HOME", raising=False)
    progress.forget()
    yield tmp_path
    progress.forget()


def test_what_a_package_needs_comes_with_it_and_no_more():
    assert lite.with_needs(LOCK, ["pandas"]) == ["numpy", "pandas", "python-dateutil"]


def test_a_package_that_this_pyodide_lacks_is_named():
    with pytest.raises(DoorError, match="matplotlib is not in pyodide-lock.json"):
        lite.with_needs(LOCK, ["matplotlib"])


def test_a_folder_that_is_no_pyodide_is_named(tmp_path, capsys):
    assert lite.main([str(tmp_path / "none"), "--out", str(tmp_path / "site")]) != 0
    with pytest.raises(DoorError, match="holds no pyodide-lock.json; accepted"):
        lite.take_pyodide(tmp_path, tmp_path / "site")


def test_what_a_half_unpacked_pyodide_lacks_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(lite, "COMPILED", ("pandas",))
    (tmp_path / "pyodide-lock.json").write_text(json.dumps(LOCK), encoding="utf-8")
    (tmp_path / "pandas.whl").touch()
    with pytest.raises(DoorError, match="lacks pyodide.js.*numpy.whl, dateutil.whl"):
        lite.take_pyodide(tmp_path, tmp_path / "site")


def test_lessons_begin_with_the_installation_and_carry_no_outputs(tmp_path):
    lite.take_lessons(tmp_path / "files")
    made = sorted(path.name for path in (tmp_path / "files").iterdir())
    assert made == sorted(path.name for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
    notebook = json.loads((tmp_path / "files" / made[2]).read_text(encoding="utf-8"))
    assert notebook["cells"][0]["source"] == "%pip install -q shared-orbits"
    assert not any(cell.get("outputs") for cell in notebook["cells"])


@pytest.fixture
def built(tmp_path):
    """A site as JupyterLite leaves it: the list of wheels, the lessons, the scripts of widgets."""
    wheels = {*lite.PURE, "pyyaml", "shared-orbits"}
    names = [f"files/{path.name}" for path in (ROOT / "notebooks").glob("[0-9]*.ipynb")]
    names += [f"extensions/{name}/package.json" for name in lite.EXTENSIONS]
    for name in [*names, "pypi/all.json"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(json.dumps(dict.fromkeys(wheels)), encoding="utf-8")
    return tmp_path


def test_a_complete_site_passes(built):
    lite.check(built)


@pytest.mark.parametrize(
    "name", ["files/05_lunar_samples.ipynb", "extensions/anywidget/package.json"]
)
def test_what_a_site_lacks_is_named(built, name):
    (built / name).unlink()
    with pytest.raises(DoorError, match=f"the site lacks {name}"):
        lite.check(built)


def test_a_wheel_that_a_site_lacks_is_named(built):
    (built / "pypi" / "all.json").write_text(json.dumps(dict.fromkeys(lite.PURE)), "utf-8")
    with pytest.raises(DoorError, match="the site lacks pyyaml, shared-orbits"):
        lite.check(built)


def test_pyodide_or_none_but_one_of_them(capsys):
    for given in ([], ["somewhere", "--without-pyodide"]):
        with pytest.raises(SystemExit):
            lite.main(given)
        assert "accepted: the folder of Pyodide, or --without-pyodide" in capsys.readouterr().err


def test_every_requirement_in_the_browser_is_in_the_site():
    """What a plain install asks for there is compiled for Pyodide, pure, or PyYAML built without
    its C.
    """
    wanted = map(Requirement, metadata.requires("shared-orbits"))
    here = {"sys_platform": "emscripten", "extra": ""}
    names = {r.name.lower() for r in wanted if not r.marker or r.marker.evaluate(here)}
    have = {*lite.COMPILED, *lite.PURE, "pyyaml"}
    assert names <= have, names - have
    assert {*lite.PURE, "pyyaml"} <= set(lite.pins())


def test_helpers_import_where_neither_jupyterlab_nor_a_system_is():
    """All modules but the door of JupyterLab and what a teacher runs on a computer."""
    absent = "jupyterlab jupyter_server nbconvert nbformat jsonschema fcntl termios pty".split()
    kernels = ("helpers.lab", "helpers.teaching", "helpers.notebook_files", "helpers.data_files")
    code = f"""
        import importlib, pkgutil, sys
        sys.modules.update(dict.fromkeys({absent!r}))
        import helpers
        for found in pkgutil.walk_packages(helpers.__path__, "helpers."):
            if not found.name.startswith({kernels!r}):
                importlib.import_module(found.name)
                print(found.name)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr[-1000:]
    assert "helpers.learning.quiz.session" in done.stdout.split()


def umask():
    now = os.umask(0)
    os.umask(now)
    return now


def test_answers_lie_on_the_browsers_drive_under_a_name_that_it_does_not_read_as_json(in_browser):
    progress.sign_in("ana", "Nairobi")
    assert progress.home() == in_browser / "my_progress"
    assert (progress.home() / "log").stat().st_mode & 0o777 == 0o777 & ~umask()
    (log,) = (progress.home() / "log").iterdir()
    assert re.fullmatch(r".*\.txt", log.name)
    progress.forget()  # a page that is loaded again
    assert progress.who().nickname == "ana"


def test_answers_can_be_taken_along_and_brought_back(in_browser, monkeypatch):
    progress.sign_in("ana")
    progress.append("note", {"n": 1})
    progress.forget()
    progress.append("note", {"n": 2})
    packed = progress.pack(in_browser / "my_answers.txt")
    monkeypatch.setattr(folder, "BROWSER_HOME", in_browser / "elsewhere")
    progress.forget()
    assert progress.events("note") == []
    (progress.home() / "log").mkdir(parents=True)
    for name in ("my_answers.txt", "my_answers (1).txt"):  # brought back twice
        (progress.home() / "log" / name).write_bytes(packed.read_bytes())
    progress.forget()
    assert progress.who().nickname == "ana"
    assert [e["payload"]["n"] for e in progress.events("note")] == [1, 2]
