"""Where the course keeps its files, in a checkout and where it is installed."""

from pathlib import Path


def lessons():
    """Return the Path of the folder that holds the lessons as they are committed.

    That is `notebook_files` inside an installed package, else `notebooks` in a checkout.
    """
    package = Path(__file__).resolve().parents[1]
    installed = package / "notebook_files"
    return installed if installed.is_dir() else package.parent / "notebooks"
