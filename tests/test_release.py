"""The stick: what is resolved and fetched for each computer, what lies in the zip, and what its
start file does.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from doors import release
from doors.tools import DoorError

ROOT = Path(__file__).parents[1]


def test_every_python_of_the_project_on_every_system():
    """The classifiers' range: 3.11 up to, not with, 3.15."""
    assert release.PYTHONS == ("3.11", "3.12", "3.13", "3.14")
    assert len(release.TARGETS) == 4 * 4 and release.split("macos-arm-3.12") == (
        "macos-arm",
        "3.12",
    )


@pytest.mark.parametrize("target", ["windows-3.10", "windows", "amiga-3.12", ""])
def test_unknown_targets_are_named(target, capsys):
    assert release.main([target, "--out", "nowhere"]) == 2
    assert f"target {target!r} is not known; accepted: windows-3.11" in capsys.readouterr().err


def test_the_lock_is_held():
    lines = release.locked().splitlines()
    assert not any(line.startswith("-e") for line in lines)
    assert any(line.startswith("numpy==") for line in lines) and len(lines) > 50


def test_wheels_are_asked_for_the_other_computer():
    command = release.download_command("windows-3.13", "wanted.txt", "wheels")
    assert command[command.index("--platform") + 1] == "win_amd64"
    assert command[command.index("--python-version") + 1] == "3.13" and "cp313" in command
    assert "x86_64-pc-windows-msvc" in release.resolve_command("windows-3.13", "l", "o")


@pytest.fixture
def stick(tmp_path):
    """A stick whose wheels are stand-ins: what would be run is written down, nothing is fetched."""
    ran = []

    def run(command):
        ran.append(command)
        if "download" in command:
            (Path(command[command.index("--dest") + 1]) / "made_up-1-py3-none-any.whl").write_bytes(
                b"x"
            )

    folder = tmp_path / "shared-orbits"
    release.collect(folder, ["linux-3.12", "windows-3.11"], run)
    release.checksums(folder)
    return folder, ran


def test_the_zip_holds_all_with_sums_that_agree(stick, tmp_path):
    folder, ran = stick
    assert [c[1] for c in ran if c[0] == "uv"] == ["build", "pip", "pip"] and len(ran) == 5
    archive = release.pack(folder, tmp_path / "stick.zip")
    with zipfile.ZipFile(archive) as packed:
        names = set(packed.namelist())
        assert {
            f"shared-orbits/{n}" for n in ("start.sh", "start.command", "start.bat", "README.txt")
        } < names
        assert "shared-orbits/wheels/made_up-1-py3-none-any.whl" in names
        modes = {i.filename: i.external_attr >> 16 for i in packed.infolist()}
        assert (
            modes["shared-orbits/start.sh"] & 0o111 and modes["shared-orbits/start.command"] & 0o111
        )
        sums = packed.read("shared-orbits/SHA256SUMS").decode().split("\n")[:-1]
        assert len(sums) == len(names) - 1
        for line in sums:
            digest, name = line.split("  ")
            assert hashlib.sha256(packed.read(f"shared-orbits/{name}")).hexdigest() == digest


def test_a_failed_step_is_told_with_what_it_said():
    with pytest.raises(DoorError, match="no such thing"):
        release.run([sys.executable, "-c", "import sys; sys.exit('no such thing')"])


def test_the_windows_start_file_has_windows_line_ends_and_no_network():
    text = (release.STICK / "start.bat").read_bytes()
    assert text.count(b"\r\n") == text.count(b"\n") and b"--no-index" in text
    for name in ("start.sh", "start.command"):
        assert "--no-index" in (release.STICK / name).read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="a shell script for Linux and macOS")
class TestStart:
    def start(self, folder, path, home, *options):
        environment = {"PATH": str(path), "HOME": str(home), "SHARED_ORBITS_APP": str(home / "app")}
        return subprocess.run(
            ["/bin/sh", str(folder / "start.sh"), *options],
            capture_output=True,
            text=True,
            env=environment,
        )

    def test_without_python_it_says_what_it_needs(self, stick, tmp_path):
        tools = tmp_path / "tools"
        tools.mkdir()
        (tools / "dirname").symlink_to(shutil.which("dirname"))
        done = self.start(stick[0], tools, tmp_path)
        assert done.returncode == 1 and "needs Python 3.11, 3.12, 3.13 or 3.14" in done.stderr

    def test_with_wheels_missing_it_leaves_nothing_half_made(self, stick, tmp_path):
        done = self.start(stick[0], "/usr/bin:/bin:" + str(Path(sys.base_prefix) / "bin"), tmp_path)
        assert done.returncode == 1 and "holds nothing for Python 3." in done.stderr
        assert not (tmp_path / "app").exists()

    def test_later_starts_pass_options_on(self, stick, tmp_path):
        program = tmp_path / "app" / "bin" / "shared-orbits"
        program.parent.mkdir(parents=True)
        program.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        done = self.start(stick[0], "/usr/bin:/bin", tmp_path, "--fresh", "02")
        assert done.stdout == "--fresh 02\n"
