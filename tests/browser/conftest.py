"""A real JupyterLab and a real browser for the tests: `lab(notebook) -> page`.

JupyterLab runs on a folder of its own, with a fresh learner's folder and settings that touch
neither the user's nor the network. Everything the page writes to its console as an error, and every
request that leaves the machine, is kept and fails the test at its end.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlparse

import nbformat
import pytest

playwright_api = pytest.importorskip(
    "playwright.sync_api", reason="the browser tests need Playwright and Chromium"
)

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = ("127.0.0.1", "localhost", "::1")
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DARK = {"@jupyterlab/apputils-extension:themes": {"theme": "JupyterLab Dark"}}
QUIET = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}  # else cells off the screen are not in the page

# What Notebook 7 says in the console by itself.
NOTEBOOK_7 = ("reading 'schema'", "registered.")
APP = {"jupyterlab": "LabApp", "notebook": "JupyterNotebookApp"}


class Lab:
    """A running JupyterLab: `folder` holds its notebooks, `home` the learner's folder,
    `url` is where it answers.

    app: "jupyterlab", or "notebook" for Notebook 7. A folder `base` of an evening before goes on
    being used, and so may its `port`: what the browser keeps of an address is then not loaded anew.
    """

    def __init__(self, base, settings=None, app="jupyterlab", port=0):
        self.folder, self.home, self.app = base / "notebooks", base / "home", app
        self.folder.mkdir(parents=True, exist_ok=True)
        share = base / "share"
        (share / "settings").mkdir(parents=True, exist_ok=True)
        (share / "settings" / "overrides.json").write_text(json.dumps(QUIET | (settings or {})))
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        environment = {
            k: v for k, v in os.environ.items() if k not in ("PYTEST_CURRENT_TEST", "CI")
        }
        environment |= {
            "SHARED_ORBITS_HOME": str(self.home),
            "JUPYTER_CONFIG_DIR": str(base / "config"),
            "JUPYTER_DATA_DIR": str(base / "data"),
            "JUPYTER_RUNTIME_DIR": str(base / "runtime"),
            "JUPYTERLAB_SETTINGS_DIR": str(base / "user"),
            "JUPYTERLAB_WORKSPACES_DIR": str(base / "workspaces"),
            "IPYTHONDIR": str(base / "ipython"),
        }
        command = [
            sys.executable,
            "-m",
            app,
            "--no-browser",
            "--ip=127.0.0.1",
            f"--port={self.port}",
            "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={self.folder}",
            "--IdentityProvider.token=",
            "--ServerApp.password=",
            "--ServerApp.disable_check_xsrf=True",
            "--ServerApp.allow_root=True",
            f"--{APP[app]}.app_settings_dir={share / 'settings'}",
            # as window.jupyterapp; JupyterLab's server answers for Notebook 7 too
            *(f"--{name}.expose_app_in_browser=True" for name in APP.values()),
            "--LabApp.news_url=None",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ]
        self.log = base / "server.log"
        self.process = subprocess.Popen(
            command,
            env=environment,
            cwd=self.folder,
            stdout=open(self.log, "w"),
            stderr=subprocess.STDOUT,
        )

    def wait(self, page):
        """Wait until the server answers; the browser's own timer paces the tries."""
        for _ in range(900):
            try:
                return json.load(urllib.request.urlopen(f"{self.url}/api", timeout=5))
            except (urllib.error.URLError, ConnectionError):
                if self.process.poll() is not None:
                    break
                page.wait_for_timeout(200)
        raise RuntimeError(f"JupyterLab did not start:\n{self.log.read_text()[-3000:]}")

    def kernels(self):
        """Return the list of running kernels."""
        return json.load(urllib.request.urlopen(f"{self.url}/api/kernels", timeout=10))

    def shut_kernels(self):
        """End all sessions with their kernels, at once."""
        sessions = json.load(urllib.request.urlopen(f"{self.url}/api/sessions", timeout=10))
        addresses = [f"{self.url}/api/sessions/{session['id']}" for session in sessions]
        with ThreadPoolExecutor() as pool:
            list(pool.map(delete, addresses))

    def stop(self):
        """End the server; one that still waits for a page is killed, so that none is left over."""
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def delete(address):
    urllib.request.urlopen(urllib.request.Request(address, method="DELETE"), timeout=60)


def written(folder, name, *cells):
    """Write a notebook of code cells into `folder` and return its path."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(cells)],
        metadata={
            "kernelspec": {
                "name": "python3",
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
            }
        },
    )
    nbformat.write(notebook, folder / name)
    return folder / name


# Who waits for a kernel or for a run would wait in vain where the application asks something first,
# as for a kernel ("Select Kernel") or after a crash: its words end the wait.
DIALOG = ".jp-Dialog"
ASKED = f"document.querySelector('{DIALOG}')?.innerText"
# The mark of Notebook 7 says idle before there is a kernel, so the application itself is asked;
# the status bar of JupyterLab must have followed.
IDLE = f"""() => {{
  const asked = {ASKED};
  if (asked) return asked;
  const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
  const bar = document.querySelector('#jp-main-statusbar');
  return kernel?.connectionStatus === 'connected' && kernel.status === 'idle'
    && (!bar || /\\| Idle/.test(bar.innerText)) && 'idle';
}}"""


def wait_idle(page):
    """Wait until the page has a session with a kernel, is connected to it, and it is idle:
    a run asked for earlier opens a dialog instead. An open dialog fails at once, with its words.
    """
    found = page.wait_for_function(IDLE, timeout=60000).json_value()
    if found != "idle":
        pytest.fail(f"the page asks in place of being idle: {found}")


def shut_and_noticed(lab, page):
    """End the kernels, and wait until the page has noticed and disposed of its connection."""
    lab.server.shut_kernels()
    page.wait_for_function(
        "() => !/\\| (Idle|Busy)/.test(document.querySelector('#jp-main-statusbar').innerText)",
        timeout=60000,
    )
    dialog = page.locator(".jp-Dialog .jp-mod-accept")
    if dialog.count():
        dialog.first.click()


# Notebook 7 keeps only the cells near the screen in the page, so the cells of the model are asked.
CODE_CELLS = """[...window.jupyterapp.shell.currentWidget.content.model.cells].filter(
  (cell) => cell.type === 'code' && cell.sharedModel.getSource().trim())"""
FORGET_NUMBERS = f"() => {{ for (const cell of {CODE_CELLS}) cell.executionCount = null; }}"
DONE = f"""() => {{
  const asked = {ASKED};
  if (asked) return `the page asks in place of running: ${{asked}}`;
  const panel = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden)');
  const error = panel.querySelector(
    '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"],'
    + '[data-mime-type="application/vnd.jupyter.stderr"] .ansi-red-fg');
  if (error) return error.textContent;
  const cells = {CODE_CELLS};
  for (const cell of cells) {{
    const raised = cell.outputs.toJSON().find((output) => output.output_type === 'error');
    if (raised) return raised.traceback.join('\\n');
  }}
  return cells.length > 0 && cells.every((cell) => cell.executionCount !== null) && 'ran';
}}"""


def run_all(page, timeout=120000):
    """Run all cells from the menu and wait until every one has a number and the kernel is idle;
    a cell that raises, or a dialog, fails at once.
    """
    page.evaluate(FORGET_NUMBERS)
    page.locator(".lm-MenuBar-item", has_text="Run").first.click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    found = page.wait_for_function(DONE, timeout=timeout).json_value()
    if found != "ran":
        pytest.fail(re.sub(r"\x1b\[[\d;]*m", "", found)[-2000:])
    wait_idle(page)


@pytest.fixture(scope="session")
def browser():
    with playwright_api.sync_playwright() as playwright:
        found = (
            shutil.which("chromium")
            or shutil.which("chromium-browser")
            or shutil.which("google-chrome")
        )
        running = playwright.chromium.launch(executable_path=found, args=CHROMIUM)
        yield running
        running.close()


class Watched:
    """What a page must not do: errors in its console, and requests that leave the machine."""

    def __init__(self):
        self.errors, self.outside = [], []

    def watch(self, page):
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on(
            "request",
            lambda r: (
                self.outside.append(r.url)
                if urlparse(r.url).scheme.startswith(("http", "ws"))
                and urlparse(r.url).hostname not in LOOPBACK
                else None
            ),
        )
        page.on(
            "websocket",
            lambda w: (
                self.outside.append(w.url) if urlparse(w.url).hostname not in LOOPBACK else None
            ),
        )


@pytest.fixture
def watched():
    """Collect console errors and outside requests of every page of this test;
    both must be empty at its end.
    """
    found = Watched()
    yield found
    told = [f"asks outside: {url}" for url in found.outside] + found.errors
    assert not told, "\n".join(dict.fromkeys(told))


@pytest.fixture(scope="session")
def context(browser):
    """Return the context of most pages: its cache holds JupyterLab for the next page."""
    shared = browser.new_context()
    yield shared
    shared.close()


@pytest.fixture
def new_page(browser, context, watched):
    """Return a function that opens a watched page: `new_page(width, height)`.

    A page with `options` of Playwright has a context of its own.
    """
    own = []

    def make(width=1280, height=900, **options):
        if options:
            own.append(browser.new_context(**options))
        page = (own[-1] if options else context).new_page()
        page.set_viewport_size({"width": width, "height": height})
        watched.watch(page)
        return page

    yield make
    for one in (context, *own):
        for page in one.pages:
            watched.errors += [f"left open: {it}" for it in page.locator(DIALOG).all_inner_texts()]
            page.close()
    for one in own:
        one.close()


@pytest.fixture(scope="session")
def servers(tmp_path_factory, browser):
    """Return a function that gives the running JupyterLab of a theme; it is started once a
    session.
    """
    running = {}

    def get(dark=False):
        if dark not in running:
            running[dark] = Lab(tmp_path_factory.mktemp("lab"), DARK if dark else None)
            page = browser.new_page()
            running[dark].wait(page)
            page.close()
        return running[dark]

    yield get
    for server in running.values():
        server.stop()


@pytest.fixture
def lab(servers, new_page):
    """Return `lab(notebook_path) -> page`: a copy of the notebook,
    open in a real JupyterLab with an idle kernel.

    The learner's folder is fresh in every test. `dark=True` is the dark theme,
    `app="notebook"` is Notebook 7, `lab.run_all(page)` runs everything, `lab.server` is the Lab
    that answered last.
    """
    used = []

    def opened(path, dark=False, width=1280, height=900, kernel=True, app=None):
        opened.server = servers(dark)
        if opened.server not in used:
            used.append(opened.server)
            shutil.rmtree(opened.server.home, ignore_errors=True)
        target = opened.server.folder / Path(path).name
        if Path(path) != target:
            shutil.copy(path, target)
        return open_notebook(opened.server, new_page(width, height), target.name, kernel, app)

    opened.run_all = run_all
    yield opened
    for server in used:
        server.shut_kernels()


def open_notebook(server, page, name, kernel=True, app=None):
    """Open a notebook of a Lab in simple mode, and wait for its kernel.

    app: "jupyterlab" or "notebook"; without it the one that the Lab runs.
    """
    view = "doc/tree" if (app or server.app) == "jupyterlab" else "notebooks"
    page.goto(f"{server.url}/{view}/{quote(name)}")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60000)
    if kernel:
        wait_idle(page)
    return page
