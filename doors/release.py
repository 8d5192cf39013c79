"""Make the stick: one zip with the course and every wheel that it needs, for computers without a
network.

    make release                                   all targets
    make release TARGETS="windows-3.12 linux-3.12" only these

Needs uv and the network, here and now; nothing of it is needed where the zip is unpacked. Each
target is resolved against the lock, so every computer gets the versions with which the lessons were
stored.
"""

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

from doors.tools import ROOT, DoorError, locked, run

STICK = ROOT / "doors" / "stick"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
EXECUTABLE = {".sh", ".command"}


class System(NamedTuple):
    """What uv calls a system, and which wheels pip may take for it."""

    uv: str
    tags: tuple


SYSTEMS = {
    "windows": System("x86_64-pc-windows-msvc", ("win_amd64",)),
    "linux": System(
        "x86_64-manylinux_2_28",
        ("manylinux_2_28_x86_64", "manylinux2014_x86_64", "manylinux_2_17_x86_64", "linux_x86_64"),
    ),
    "macos-arm": System(
        "aarch64-apple-darwin",
        tuple(f"macosx_{n}_0_arm64" for n in (11, 12, 13, 14))
        + tuple(f"macosx_{n}_universal2" for n in ("10_9", "10_13", "11_0")),
    ),
    "macos-intel": System(
        "x86_64-apple-darwin",
        tuple(f"macosx_{n}_x86_64" for n in ("10_9", "10_12", "10_13", "11_0", "12_0", "13_0"))
        + tuple(f"macosx_{n}_universal2" for n in ("10_9", "10_13", "11_0")),
    ),
}
TARGETS = [f"{system}-{python}" for system in SYSTEMS for python in PYTHONS]


def split(target):
    """Return (system, Python version) of a target such as "windows-3.12"."""
    if target not in TARGETS:
        raise DoorError(f"target {target!r} is not known; accepted: {', '.join(TARGETS)}")
    system, python = target.rsplit("-", 1)
    return system, python


def resolve_command(target, lock, out):
    """Return the command that writes the requirements of a target, held to the lock, to file
    `out`.
    """
    system, python = split(target)
    return [
        "uv", "pip", "compile", "--quiet", "--python-platform", SYSTEMS[system].uv,
        "--python-version", python, "--only-binary", ":all:", "--no-header", "--no-annotate",
        "--constraint", str(lock), str(ROOT / "pyproject.toml"), "--output-file", str(out),
    ]  # fmt: skip


def download_command(target, requirements, wheels):
    """Return the command that fetches the wheels of a target's requirements into folder
    `wheels`.
    """
    system, python = split(target)
    abi = f"cp{python.replace('.', '')}"
    platforms = [word for tag in SYSTEMS[system].tags for word in ("--platform", tag)]
    return [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--only-binary", ":all:", *platforms, "--python-version", python,
        "--implementation", "cp", "--abi", abi, "--abi", "abi3", "--abi", "none",
        "--requirement", str(requirements), "--dest", str(wheels),
    ]  # fmt: skip


def collect(folder, targets, run=run):
    """Fill `folder` with the wheels of all targets, the course's own wheel, and the start files."""
    wheels, work = folder / "wheels", Path(tempfile.mkdtemp())
    wheels.mkdir(parents=True)
    lock = work / "lock.txt"
    lock.write_text(locked(), encoding="utf-8")
    run(["uv", "build", "--quiet", "--wheel", "--out-dir", str(wheels), str(ROOT)])
    for target in targets:
        wanted = work / f"{target}.txt"
        run(resolve_command(target, lock, wanted))
        run(download_command(target, wanted, wheels))
        print(f"{target}: {len(list(wheels.iterdir()))} files so far")
    for path in sorted(STICK.iterdir()):
        shutil.copy(path, folder / path.name)
    for name in ("LICENSE", "LICENSE-CC-BY-4.0"):
        shutil.copy(ROOT / name, folder / name)
    shutil.rmtree(work)


def checksums(folder):
    """Write SHA256SUMS of all files below `folder`, in the format that `sha256sum --check`
    reads.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}"
        for path in paths
    ]
    (folder / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def pack(folder, archive):
    """Write the zip: one folder inside, start files that may be run, wheels stored as they are."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            info = zipfile.ZipInfo.from_file(path, Path(folder.name) / path.relative_to(folder))
            info.external_attr = (0o755 if path.suffix in EXECUTABLE else 0o644) << 16
            kind = zipfile.ZIP_STORED if path.suffix == ".whl" else zipfile.ZIP_DEFLATED
            packed.writestr(info, path.read_bytes(), compress_type=kind)
    return archive


def main(arguments=None):
    """Make the zip and say where it is and how large; return 0, or 2 with what was wrong."""
    parser = argparse.ArgumentParser(prog="make release", description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", help=f"default: all of {', '.join(TARGETS)}")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder of the zip")
    options = parser.parse_args(arguments)
    try:
        targets = [t for t in options.targets or TARGETS if split(t)]
        if not shutil.which("uv"):
            raise DoorError("uv is not installed; accepted: uv 0.5 or newer (pip install uv)")
        with tempfile.TemporaryDirectory() as work:
            folder = Path(work) / "shared-orbits"
            collect(folder, targets)
            checksums(folder)
            os.makedirs(options.out, exist_ok=True)
            archive = pack(folder, options.out / "shared-orbits.zip")
    except (DoorError, OSError) as problem:
        print(f"release: {problem}", file=sys.stderr)
        return 2
    print(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB, for {', '.join(targets)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
