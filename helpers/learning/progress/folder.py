"""The learner's folder, and what this process remembers beside it."""

import os
import sys
import tempfile
from pathlib import Path

import platformdirs

HOME_VARIABLE = "SHARED_ORBITS_HOME"  # an environment variable: another learner's folder
GUEST = "guest"  # the nickname before anybody signs in
# JupyterLite keeps what lies on its drive in the browser, and reads a file named .jsonl as JSON,
# which a log is not: the kernel would wait for ever.
BROWSER_HOME = Path("/drive/my_progress")
LOG_ENDINGS = (".jsonl", ".txt")
PRIVATE = 0o700  # of the folders: nobody else on the machine lists when you worked


class ProgressError(ValueError):
    """A profile or an event that the log cannot take."""


class Remembered:
    """What this process remembers: its files, events that no disk took, notices, what was read."""

    def __init__(self):
        self.files = {}  # (folder, process) -> the log file that this process writes
        self.counts = {}  # log file -> events written to it
        self.unwritten = {}  # folder -> lines that no disk took yet
        self.shelves = {}  # folder -> the events read from it
        self.learners = {}  # folder -> the Learner who works in this process
        self.cities = {}  # profile file -> the city that the disk refused
        self.notices = []
        self.temporary = None


kept = Remembered()


def forget():
    """Forget all that this process remembers, as a new kernel would;
    nothing on the disk changes.
    """
    kept.__init__()


def home():
    """Return the Path of the learner's folder.

    That is the folder named by SHARED_ORBITS_HOME, else a temporary one in a test run, else the
    browser's own storage in JupyterLite, else the user's data folder. Raises ProgressError when
    SHARED_ORBITS_HOME is no full path.
    """
    named = os.environ.get(HOME_VARIABLE, "").strip()
    if named:
        path = Path(named).expanduser()
        if not path.is_absolute():
            raise ProgressError(
                f"{HOME_VARIABLE} = {named!r} is not accepted; "
                "accepted: a full path, such as ~/orbits, the same from every folder"
            )
        return path
    # nbval's kernels inherit the name of the cell under test from pytest.
    if "::Cell" in os.environ.get("PYTEST_CURRENT_TEST", ""):
        kept.temporary = kept.temporary or Path(tempfile.mkdtemp(prefix="shared-orbits-"))
        return kept.temporary
    if in_browser():
        return BROWSER_HOME
    return platformdirs.user_data_path("shared-orbits", appauthor=False)


def in_browser():
    """Return whether Python itself runs in the browser (Pyodide)."""
    return sys.platform == "emscripten"


def log_ending():
    """Return the ending of the names of new logs."""
    return LOG_ENDINGS[in_browser()]


def made(folder):
    """Make a folder of the learner's, closed to others, with those above it; return it."""
    mode = 0o777 if in_browser() else PRIVATE  # JupyterLite's drive takes any other for a file's
    for path in reversed([p for p in (folder, *folder.parents) if not p.exists()]):
        path.mkdir(mode=mode, exist_ok=True)
    return folder


NOT_KEPT = (
    "Your data folder takes no writing ({}): answers count until this run ends, then they are gone."
)


def not_kept(problem):
    """Tell the learner that the disk refused an event."""
    notice(NOT_KEPT.format(problem.strerror or problem))


def kept_again():
    """Take back what `not_kept` said: the disk took it after all."""
    start = NOT_KEPT.partition("{}")[0]
    kept.notices[:] = [text for text in kept.notices if not text.startswith(start)]


def notice(text):
    """Tell the learner of a problem, each once a session."""
    if text not in kept.notices:
        kept.notices.append(text)
        print(text, file=sys.stderr)


def notices():
    """Return the list of problems that the learner should see: each once a session."""
    return list(kept.notices)
