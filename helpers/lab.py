"""Open the course: copy the lessons for the learner, then start JupyterLab on them.

Run ``python -m helpers.lab`` in a checkout, or ``shared-orbits`` where the wheel is installed;
options that this module does not know go on to JupyterLab.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from platformdirs import user_documents_path

from helpers.base import folders
from helpers.learning import copies as copies_of
from helpers.learning import progress
from helpers.learning.quiz.variants import CLASS_VARIABLE

FIRST = "00_start_here.ipynb"
# The question about news would ask the network and cover a corner of the page: nobody is to see it.
QUIET = ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
NO_NEWS = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
HOME_VARIABLE = "SHARED_ORBITS_HOME"


def default_copies(lessons):
    """Return where the copies of folder `lessons` go: beside it in a checkout that can be written,
    else in Documents.

    A checkout on a stick or a share may be read-only, and a folder of installed packages is no
    place for work.
    """
    beside = lessons.parent
    if lessons.name == "notebooks" and os.access(beside, os.W_OK):
        return beside / "my_notebooks"
    return user_documents_path() / "Shared Orbits" / "my_notebooks"


def nickname(text):
    """Return a nickname that may name a folder; raise ArgumentTypeError for any other."""
    if not re.fullmatch(r"\w[\w .-]{0,38}\w|\w", text):
        raise argparse.ArgumentTypeError(
            f"{text[:40]!r}; accepted: up to 40 letters, digits, spaces, points and hyphens"
        )
    return text


def answers_of(name):
    """Return the Path of the answers of one of several pupils at this machine."""
    return progress.home() / "pupils" / name


def forget(*kept):
    """Delete folders of a pupil and say what was deleted; return the exit code."""
    try:
        for path in kept:
            if path.is_dir():
                shutil.rmtree(path)
                print("deleted:", path)
            else:
                print("nothing was kept in", path)
    except OSError as problem:
        print(f"shared-orbits: {problem}", file=sys.stderr)
        return 2
    return 0


def main(arguments=None):
    """Make the copies and hand over to JupyterLab; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.lab", description=__doc__.splitlines()[0]
    )
    parser.add_argument(
        "--fresh", metavar="NN", help="copy lesson NN anew; your old copy is kept beside it"
    )
    parser.add_argument("--copies-only", action="store_true", help="make the copies and stop")
    parser.add_argument("--lessons", metavar="FOLDER", type=Path, help="take the lessons from here")
    parser.add_argument(
        "--copies", metavar="FOLDER", type=Path, help="keep your copies here (else my_notebooks)"
    )
    parser.add_argument(
        "--class-word", metavar="WORD", help="all who start with this word get the same numbers"
    )
    parser.add_argument(
        "--pupil", metavar="NICKNAME", type=nickname, help="copies and answers of one of several"
    )
    parser.add_argument(
        "--forget", metavar="NICKNAME", type=nickname, help="delete what --pupil kept, and stop"
    )
    options, for_lab = parser.parse_known_args(arguments)
    lessons = (options.lessons or folders.lessons()).absolute()
    copies = (options.copies or default_copies(lessons)).absolute()
    if options.forget:
        if _is_open(copies / options.forget):
            print(
                f"shared-orbits: {options.forget} still works: close that JupyterLab first "
                "(File, Shut Down)",
                file=sys.stderr,
            )
            return 2
        return forget(copies / options.forget, answers_of(options.forget))
    own = {}
    if options.pupil:
        copies, own = copies / options.pupil, {HOME_VARIABLE: str(answers_of(options.pupil))}
    try:
        if not any(lessons.glob("[0-9]*.ipynb")):
            raise copies_of.CopyError(
                f"--lessons {lessons}: no lesson there; accepted: a folder of lessons"
            )
        if options.fresh:
            print("fresh copy:", copies_of.fresh(options.fresh, lessons, copies))
    except (copies_of.CopyError, OSError) as problem:
        print(f"shared-orbits: {problem}", file=sys.stderr)
        return 2
    problems = _copied(lessons, copies)
    if options.copies_only:
        return 2 if problems else 0
    word = {CLASS_VARIABLE: options.class_word} if options.class_word else {}
    return _handed_over(for_lab, copies, word | own)


def _copied(lessons, copies):
    """Make the copies and get them ready; say what was made, and what is wrong with one. Return the
    problems.
    """
    problems = []
    try:
        for path in copies_of.make(lessons, copies):
            print("your copy:", path)
    except (copies_of.CopyError, OSError) as problem:
        problems.append(str(problem))
    if not _is_open(copies):  # a page that is open would find its file changed
        problems += copies_of.wake(copies)
    for problem in problems:
        print(f"shared-orbits: {problem}", file=sys.stderr)
    return problems


def _is_open(copies):
    """Return whether a Jupyter server runs on the folder of the copies, or on the one that holds
    it.
    """
    from jupyter_server.serverapp import list_running_servers

    roots = [Path(server.get("root_dir", "")) for server in list_running_servers()]
    return any(root in (copies, copies.parent) for root in roots)


def _handed_over(for_lab, copies, own):
    """Run JupyterLab on the copies until it ends; return its exit code.

    own: environment variables of this class or pupil.
    """
    # One of several pupils sees no other's folder; whatever the user's own settings say.
    root = copies if HOME_VARIABLE in own else copies.parent
    command = [sys.executable, "-m", "jupyter", "lab", *QUIET, f"--ServerApp.root_dir={root}"]
    first = str((copies / FIRST).relative_to(root))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as settings:
        return _ended([*command, *for_lab, first], root, quiet(os.environ | own, settings))


def quiet(environment, settings):
    """Return the environment in which JupyterLab asks nothing about news, and matplotlib finds a
    folder where the user's own takes no writing: its complaint would open every lesson.

    settings: an empty folder for what JupyterLab then reads.
    """
    config = Path(settings) / "labconfig"
    config.mkdir()
    (config / "page_config.json").write_text(json.dumps(NO_NEWS), encoding="utf-8")
    before = environment.get("JUPYTER_CONFIG_PATH")
    spare = {} if os.access(Path.home(), os.W_OK) else {"MPLCONFIGDIR": str(settings)}
    return (
        spare
        | environment
        | {"JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, [str(settings), before]))}
    )


def _ended(command, folder, environment):
    """Run JupyterLab in `folder` until it ends; return its exit code."""
    process = subprocess.Popen(command, cwd=folder, env=environment)
    # Ctrl-C is for JupyterLab, which asks before it stops.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return process.wait()
    finally:
        signal.signal(signal.SIGINT, before)


if __name__ == "__main__":
    sys.exit(main())
