"""Make the course for the browser alone: JupyterLite with Pyodide, everything in one folder,
nothing fetched when used.

    make lite PYODIDE=~/pyodide       writes dist/lite; any web server can hand it out

PYODIDE is the unpacked release 0.27.7 of Pyodide (pyodide-0.27.7.tar.bz2). Of its packages only
those that the course needs are taken. The lessons are those of the wheel, without their outputs,
with one cell in front that installs it.

    make lite-build    the same without Pyodide: runs nothing, shows that all else is complete
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from doors.tools import ROOT, DoorError, locked, run
from helpers.learning import copies

LESSONS = ROOT / "notebooks"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
INSTALL = "%pip install -q shared-orbits"
CORE = (
    "pyodide.js",
    "pyodide.mjs",
    "pyodide.asm.js",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
# Compiled for Pyodide: taken from its release, with what they ask for.
COMPILED = (
    "numpy",
    "pandas",
    "matplotlib",
    "pillow",
    "ipython",
    "jedi",
    "micropip",
    "sqlite3",
    "ssl",
)
# Pure Python, from the index: in the lock's versions where the lock has them.
PURE = (
    "anywidget",
    "certifi",
    "comm",
    "fastjsonschema",
    "fsrs",
    "ipywidgets",
    "jplephem",
    "jupyterlab-widgets",
    "networkx",
    "platformdirs",
    "psygnal",
    "sgp4",
    "skyfield",
    "typing-extensions",
    "widgetsnbextension",
)
# What JupyterLab's page needs to show widgets and to run Python.
EXTENSIONS = (
    "anywidget",
    "@jupyter-widgets/jupyterlab-manager",
    "@jupyterlite/pyodide-kernel-extension",
)


def with_needs(lock, wanted):
    """Return the names of the packages of Pyodide's lock that `wanted` need, themselves included,
    sorted.

    Raises DoorError when one is not in the lock.
    """
    found, left = set(), list(wanted)
    while left:
        name = left.pop().replace("_", "-")
        if name not in lock["packages"]:
            raise DoorError(f"{name} is not in pyodide-lock.json; accepted: Pyodide 0.27.7")
        if name not in found:
            found.add(name)
            left += lock["packages"][name]["depends"]
    return sorted(found)


def take_pyodide(source, target):
    """Copy from an unpacked release of Pyodide what the course needs; raise DoorError for what is
    missing.
    """
    if not (source / "pyodide-lock.json").is_file():
        raise DoorError(
            f"{source} holds no pyodide-lock.json; accepted: the unpacked pyodide-0.27.7.tar.bz2"
        )
    lock = json.loads((source / "pyodide-lock.json").read_text(encoding="utf-8"))
    packages = [lock["packages"][name]["file_name"] for name in with_needs(lock, COMPILED)]
    missing = [name for name in (*CORE, *packages) if not (source / name).is_file()]
    if missing:
        raise DoorError(f"{source} lacks {', '.join(missing)}")
    target.mkdir(parents=True)
    for name in (*CORE, *packages):
        shutil.copy(source / name, target / name)


def pins():
    """Return {name: version} of requirements.txt."""
    lines = locked().splitlines()
    pairs = (line.split(";")[0].split("==") for line in lines)
    return {name.strip(): version.strip() for name, version in pairs}


def take_wheels(folder):
    """Fill `folder` with the wheels that Pyodide lacks: the course's own, pure ones, and PyYAML
    built without its C.
    """
    held = pins()
    wanted = [f"{name}=={held[name]}" for name in PURE]
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    where = ["--no-deps", "--dest", str(folder)]
    pure = [
        "--only-binary",
        ":all:",
        "--platform",
        "any",
        "--implementation",
        "py",
        "--abi",
        "none",
    ]
    run([*pip, "download", *where, *pure, "--python-version", "3.12", *wanted])
    plain = os.environ | {"PYYAML_FORCE_LIBYAML": "0", "PYYAML_FORCE_CYTHON": "0"}
    make = [*pip, "wheel", "--no-deps", "--wheel-dir", str(folder)]
    run([*make, "--no-binary", "pyyaml", f"pyyaml=={held['pyyaml']}"], env=plain)
    run([*make, str(ROOT)])


def take_lessons(folder):
    """Write the lessons without outputs, with the cell that installs the course in front."""
    folder.mkdir(parents=True)
    for path in copies.shipped(LESSONS):
        notebook = copies.without_outputs(path)
        first = {"cell_type": "code", "id": "install", "metadata": {}, "source": INSTALL}
        notebook["cells"].insert(0, first | {"outputs": [], "execution_count": None})
        notebook["metadata"]["kernelspec"] = {"name": "python", "display_name": "Python (Pyodide)"}
        text = json.dumps(notebook, ensure_ascii=False, indent=1)
        (folder / path.name).write_text(text, encoding="utf-8")


def settings(folder):
    """Write what JupyterLite reads: which files and wheels, where Pyodide is, and that no index is
    asked.
    """
    build = {"contents": ["files"], "output_dir": "site", "no_sourcemaps": True}
    wheels = sorted(f"wheels/{path.name}" for path in (folder / "wheels").glob("*.whl"))
    (folder / "jupyter_lite_config.json").write_text(
        json.dumps({"LiteBuildConfig": build, "PipliteAddon": {"piplite_urls": wheels}})
    )
    kernel = {"pyodideUrl": "./static/pyodide/pyodide.js", "disablePyPIFallback": True}
    page = {"appName": "Shared Orbits", "litePluginSettings": {KERNEL: kernel}}
    (folder / "jupyter-lite.json").write_text(
        json.dumps({"jupyter-lite-schema-version": 0, "jupyter-config-data": page})
    )


def check(site):
    """Raise DoorError when a built site lacks a wheel, a lesson, or a script of the widgets."""
    index = json.loads((site / "pypi" / "all.json").read_text(encoding="utf-8"))
    missing = {*PURE, "pyyaml", "shared-orbits"} - set(index)
    wanted = [f"files/{path.name}" for path in copies.shipped(LESSONS)]
    wanted += [f"extensions/{name}/package.json" for name in EXTENSIONS]
    missing |= {name for name in wanted if not (site / name).is_file()}
    if missing:
        raise DoorError(f"the site lacks {', '.join(sorted(missing))}")


def build(pyodide, out):
    """Build the site into the folder `out`; return how many bytes it has. pyodide: the folder of an
    unpacked Pyodide, or None for a site that runs nothing.
    """
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        if pyodide:  # first, since it takes the longest to build what then cannot be used
            take_pyodide(pyodide.expanduser().absolute(), work / "pyodide")
        (work / "wheels").mkdir()
        take_wheels(work / "wheels")
        take_lessons(work / "files")
        settings(work)
        run([sys.executable, "-m", "jupyterlite_core", "build"], cwd=work)
        check(work / "site")
        if pyodide:
            shutil.move(work / "pyodide", work / "site" / "static" / "pyodide")
        shutil.rmtree(out, ignore_errors=True)
        shutil.move(work / "site", out)
    return sum(path.stat().st_size for path in out.rglob("*") if path.is_file())


def main(arguments=None):
    """Make the site and say where it is and how large; return 0, or 2 with what was wrong."""
    parser = argparse.ArgumentParser(prog="make lite", description=__doc__.splitlines()[0])
    parser.add_argument(
        "pyodide", type=Path, nargs="?", help="folder of the unpacked pyodide-0.27.7.tar.bz2"
    )
    parser.add_argument("--without-pyodide", action="store_true", help="a site that runs nothing")
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "lite")
    options = parser.parse_args(arguments)
    if bool(options.pyodide) == options.without_pyodide:
        parser.error("accepted: the folder of Pyodide, or --without-pyodide")
    try:
        size = build(options.pyodide, options.out)
    except (DoorError, OSError) as problem:
        print(f"lite: {problem}", file=sys.stderr)
        return 2
    how = f"To try: python -m http.server -d {options.out}" if options.pyodide else "Runs nothing"
    print(f"{options.out}: {size / 1e6:.0f} MB. {how}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
