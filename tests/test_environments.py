"""What a machine brings along changes no sentence of the course: settings of matplotlib and of
Jupyter, a home that cannot be written, switches of other tools, the language, the clock.

The same small core (a table, an orbit, a figure, an interactive figure, a quiz that is answered)
runs in a process of its own under each; the proof of the README runs under all of them at once.
"""

import json
import os
import subprocess
import sys

import nbformat
import pytest

from tests.checkouts import NBVAL
from tests.notebooks import ROOT

CORE = """
from helpers import figures
from helpers.figures import explore
from helpers.learning import quiz
from helpers.learning.quiz.session import Session
from helpers.science import orbits
from helpers.tables import data
import matplotlib.pyplot as plt

figures.style()
station, city = orbits.newest(orbits.sets("tiangong")), data.city("Nairobi")

def draw(height):
    fig, ax = plt.subplots()
    figures.world_map(ax)
    ax.plot([0, city["longitude_deg"]], [0, city["latitude_deg"]], label="a line")
    ax.legend()
    return fig, f"At {height} km one turn takes {orbits.period_minutes(height):.2f} minutes."
"""
SAID = """
import json
view = explore.explore(draw, "A turn", height=explore.slider(200, 1000, 10, 400, "Height", "km"))
first = view.text
view.set(height=500)
shown = quiz.show("02_station_orbit", section="core")._repr_mimebundle_()[0]["text/plain"]
session = Session("02_station_orbit", question="higher-is")
states = [session.act("check", "higher-is", answer) for answer in ("", "slower-longer")]
said = [f"{station.epoch:%d %B %Y}", city["name"], first, view.text, shown]
said += [{key: state[key] for key in state if key != "at"} for state in states]
print(json.dumps([said, len(figures.png(draw(400)[0]))]))
"""
AHEAD = """
import datetime, sys, time
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(days=2900)
seconds = time.time
time.time = lambda: seconds() + 2900 * 86400
for name, module in list(sys.modules.items()):
    if name.startswith("helpers.") and getattr(module, "datetime", None) is datetime.datetime:
        module.datetime = Later
"""
SETTINGS = """
figure.dpi: 300
font.size: 40
font.family: cursive
text.usetex: True
savefig.bbox: tight
savefig.transparent: True
lines.linewidth: 20
backend: TkAgg
interactive: True
"""
NOBODYS = os.path.join(os.devnull, "home")  # below a file no folder can be made, not even by root


def own_matplotlib(folder):
    (folder / "matplotlibrc").write_text(SETTINGS, encoding="utf-8")
    return {"MATPLOTLIBRC": str(folder / "matplotlibrc"), "MPLBACKEND": None}


def own_jupyter(folder):
    profile = folder / "ipython" / "profile_default"
    (profile / "startup").mkdir(parents=True)
    (profile / "startup" / "00.py").write_text("import sys\nprint('hello', file=sys.stderr)\n")
    settings = "c.InlineBackend.figure_formats = {'svg'}\nc.InteractiveShell.ast_node_interactivity"
    (profile / "ipython_config.py").write_text(f"{settings} = 'all'\n")
    (folder / "jupyter").mkdir()
    (folder / "jupyter" / "jupyter_config.py").write_text("raise SystemExit('own settings')\n")
    return {"IPYTHONDIR": str(folder / "ipython"), "JUPYTER_CONFIG_DIR": str(folder / "jupyter")}


def home_read_only(folder):
    unset = ("SHARED_ORBITS_HOME", "MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    return {"HOME": NOBODYS, "USERPROFILE": NOBODYS, **dict.fromkeys((*unset, "XDG_DATA_HOME"))}


# Settings that do not touch one another are brought along at once; the name of each is in the test.
ENVIRONMENTS = {
    "as it is": lambda folder: {},
    "own matplotlib settings": own_matplotlib,
    "own Jupyter settings": own_jupyter,
    "a home that cannot be written": home_read_only,
    "CI=false": lambda folder: {"CI": "false", "SHARED_ORBITS_HOME": None, "HOME": str(folder)},
    "no UTF-8": lambda folder: {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Turkish": lambda folder: {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "clock ahead": lambda folder: {},
}


def run(names, folder, *command):
    """Run Python under some environments at once; return what it did."""
    folder.mkdir(exist_ok=True)
    wanted = os.environ | {"PYTHONPATH": str(ROOT), "SHARED_ORBITS_HOME": str(folder / "answers")}
    wanted.pop("PYTEST_CURRENT_TEST", None)
    for one in names:
        wanted |= ENVIRONMENTS[one](folder)
    wanted = {key: value for key, value in wanted.items() if value is not None}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, capture_output=True, text=True, env=wanted
    )


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    done = run(["as it is"], tmp_path_factory.mktemp("plain"), "-c", CORE + SAID)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


TOGETHER = [
    ["own matplotlib settings", "own Jupyter settings", "Turkish", "clock ahead"],
    ["CI=false", "no UTF-8"],
    ["a home that cannot be written"],
]


def test_every_environment_is_tried():
    assert sorted(["as it is", *(name for names in TOGETHER for name in names)]) == sorted(
        ENVIRONMENTS
    )


@pytest.mark.parametrize("names", TOGETHER, ids=" and ".join)
def test_the_core_says_the_same_in_every_environment(names, plain, tmp_path):
    code = CORE + (AHEAD if "clock ahead" in names else "") + SAID
    done = run(names, tmp_path, "-c", code)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == plain
    told = [line for line in done.stderr.splitlines() if "atplotlib" not in line]
    if "a home that cannot be written" in names:  # by us, once; the lab spares matplotlib's
        assert len(told) == 1 and told[0].startswith("Your data folder takes no writing")
    else:
        assert done.stderr == ""


def test_the_comparison_passes_where_all_of_it_meets(plain, tmp_path):
    """Strict nbval of a small notebook, as `make test` runs the lessons."""
    cells = [nbformat.v4.new_code_cell(CORE, execution_count=1)]
    for height, words in zip((400, 500), plain[0][2:4]):
        source = f"print(explore.render(draw, {{'height': {height}}})[1])"
        said = nbformat.v4.new_output("stream", text=words + "\n")
        cells.append(nbformat.v4.new_code_cell(source, execution_count=2, outputs=[said]))
    path = tmp_path / "small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    done = run(ENVIRONMENTS, tmp_path, *NBVAL, str(path))
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
