"""The hub: what its configuration gives a learner, and what the load test reads. A class of real
servers is `make hub-load`.
"""

import json
import sys
import types
from pathlib import Path

import pytest

from helpers.base import folders
from helpers.learning import copies as widgets
from helpers.teaching import classroom
from hub import load
from tests.teaching.test_results import answer

ESTIMATE = "04_lunar_missions", "home-hours"
ROOT = Path(__file__).parents[1]


class Settings:
    """Takes any setting, as the hub's own object does."""

    def __getattr__(self, name):
        made = Settings()
        object.__setattr__(self, name, made)
        return made


@pytest.fixture
def configured(tmp_path, monkeypatch):
    """Return a function that runs the configuration under some environment, without JupyterHub, and
    returns its names.
    """
    stand_in = types.ModuleType("jupyterhub.spawner")
    stand_in.SimpleLocalProcessSpawner = type("SimpleLocalProcessSpawner", (), {})
    monkeypatch.setitem(sys.modules, "jupyterhub", types.ModuleType("jupyterhub"))
    monkeypatch.setitem(sys.modules, "jupyterhub.spawner", stand_in)
    monkeypatch.setenv("SHARED_ORBITS_HUB", str(tmp_path / "hub"))

    def run(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        settings = Settings()
        names = {
            "get_config": lambda: settings,
            "__file__": str(ROOT / "hub" / "jupyterhub_config.py"),
        }
        exec((ROOT / "hub" / "jupyterhub_config.py").read_text(encoding="utf-8"), names)
        return names

    return run


def spawned(names, who):
    spawner = types.SimpleNamespace(
        user=types.SimpleNamespace(name=who), home_dir=str(names["LEARNERS"] / who), environment={}
    )
    names["before"](spawner)
    return spawner


def test_each_learner_has_copies_and_progress_apart(configured):
    names = configured()
    ada, ben = spawned(names, "ada"), spawned(names, "ben")
    copies = names["LEARNERS"] / "ada" / "my_notebooks"
    lesson = json.loads((copies / "02_station_orbit.ipynb").read_text(encoding="utf-8"))
    assert not any(cell.get("outputs") for cell in lesson["cells"])
    (copies / "02_station_orbit.ipynb").write_text("mine", encoding="utf-8")
    spawned(names, "ada")  # the next evening
    assert (copies / "02_station_orbit.ipynb").read_text(encoding="utf-8") == "mine"
    for name in ("SHARED_ORBITS_HOME", "JUPYTER_RUNTIME_DIR", "HOME"):
        assert ada.environment[name] != ben.environment[name]
    assert len(ada.environment["JUPYTER_RUNTIME_DIR"]) < len(str(names["HUB"])) + 10
    assert Path(ada.environment["HOME"]).stat().st_mode & 0o077 == 0


def test_teachers_are_named_by_the_environment(configured):
    names = configured(SHARED_ORBITS_TEACHERS="chidi, dora")
    assert names["c"].Authenticator.admin_users == {"chidi", "dora"}


def test_a_teacher_is_told_where_the_class_is_and_a_learner_is_not(configured, monkeypatch):
    names = configured(SHARED_ORBITS_TEACHERS="chidi")
    chidi, ada = spawned(names, "chidi"), spawned(names, "ada")
    assert folders.CLASS_LOGS not in ada.environment
    monkeypatch.setenv(folders.CLASS_LOGS, chidi.environment[folders.CLASS_LOGS])
    assert folders.class_logs() is None and classroom.show(*ESTIMATE).number == 0
    log = Path(ada.environment["SHARED_ORBITS_HOME"]) / "log" / "a.jsonl"
    log.parent.mkdir(parents=True)
    log.write_text(answer("ada", 1, ESTIMATE[1], "kept", "12 h") + "\n", encoding="utf-8")
    assert classroom.show(*ESTIMATE).guesses == [12.0]
    assert (names["LEARNERS"] / "chidi" / "my_notebooks" / "class_results.ipynb").is_file()
    assert not (names["LEARNERS"] / "ada" / "my_notebooks" / "class_results.ipynb").exists()


def test_what_a_stored_quiz_showed_is_let_go_on_the_next_evening(configured):
    names = configured()
    copy = names["LEARNERS"] / "ada" / "my_notebooks" / "02_station_orbit.ipynb"
    spawned(names, "ada")
    lesson = json.loads(copy.read_text(encoding="utf-8"))
    cell = next(cell for cell in lesson["cells"] if cell["cell_type"] == "code")
    data = {widgets.WIDGET: {"model_id": "gone"}, "text/plain": "Run this cell to answer."}
    cell["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]
    copy.write_text(json.dumps(lesson), encoding="utf-8")
    spawned(names, "ada")
    assert widgets.WIDGET not in copy.read_text(encoding="utf-8")


def test_no_question_about_news(configured):
    names = configured()
    text = (names["HUB"] / "config" / "labconfig" / "page_config.json").read_text(encoding="utf-8")
    assert json.loads(text)["disabledExtensions"] == {
        "@jupyterlab/apputils-extension:announcements": True
    }
    assert spawned(names, "ada").environment["JUPYTER_CONFIG_PATH"] == str(names["HUB"] / "config")


def test_kernels_talk_through_files_and_idle_ones_stop(configured):
    settings = configured()["c"]
    assert "--KernelManager.transport=ipc" in settings.Spawner.args
    assert any("cull_idle_timeout=1800" in argument for argument in settings.Spawner.args)
    assert "--timeout=1800" in settings.JupyterHub.services[0]["command"]


def test_a_service_that_starts_servers_is_there_only_for_the_load_test(configured):
    assert [s["name"] for s in configured()["c"].JupyterHub.services] == ["idle-culler"]
    names = configured(SHARED_ORBITS_LOAD_TOKEN="secret")
    assert names["c"].JupyterHub.services[1] == {"name": "load", "api_token": "secret"}
    assert names["c"].JupyterHub.load_roles[1]["services"] == ["load"]


def test_the_load_test_runs_the_core_of_the_lesson():
    cells = load.core_cells()
    text = "\n".join(cells)
    assert cells[0].startswith("import ") and "record.dividend" in text
    assert "exercises.check" not in text and len(cells) > 15


def test_it_reads_each_learners_own_answers(tmp_path):
    for name, raw in (("ada", "100"), ("ben", "101")):
        log = tmp_path / "learners" / name / "progress" / "log" / "one.jsonl"
        log.parent.mkdir(parents=True)
        events = [{"question": "minutes-together", "raw": raw}, {"question": "other", "raw": "7"}]
        text = "\n".join(json.dumps({"kind": "answer", "payload": event}) for event in events)
        log.write_text(text + "\n", encoding="utf-8")
    assert load.answers_kept(tmp_path) == {"ada": ["100"], "ben": ["101"]}


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux counts it in /proc")
def test_memory_and_time_of_a_process_are_counted():
    import os

    memory, seconds = load.used(os.getpid())
    assert memory > 10 and seconds > 0.1
