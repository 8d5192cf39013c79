"""Where the course keeps its files, in a checkout and where it is installed."""

import os
from pathlib import Path

CLASS_LOGS = "SHARED_ORBITS_CLASS_LOGS"  # environment variable: a hub sets it for its teachers


def lessons():
    """Return the Path of the folder that holds the lessons as they are committed.

    That is `notebook_files` inside an installed package, else `notebooks` in a checkout.
    """
    package = Path(__file__).resolve().parents[1]
    installed = package / "notebook_files"
    return installed if installed.is_dir() else package.parent / "notebooks"


def class_logs():
    """Return the Path of the folder of the class's logs where a hub names one; None elsewhere, and
    while it holds none.
    """
    named = os.environ.get(CLASS_LOGS)
    return Path(named) if named and any(Path(named).rglob("*.jsonl")) else None
