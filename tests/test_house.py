"""The house as a whole: floors, style, what the wheel carries, and no network."""

import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch

from tests.notebooks import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def listed_files():
    """Return the files that git knows, or all below the folder where there is no git."""
    found = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if found.returncode == 0 and found.stdout:
        return [ROOT / line for line in found.stdout.splitlines() if (ROOT / line).is_file()]
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and not {".venv", ".git", "my_notebooks"} & set(path.relative_to(ROOT).parts)
    ]


def test_modules_import_only_from_the_floors_below():
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout[-3000:]


def test_a_constant_of_nature_stands_once():
    """A radius typed again in another module may differ in its last digits from the first."""
    from helpers.base import constants

    numbers = [value for value in vars(constants).values() if isinstance(value, float)]
    typed = [f"{value:.1f}".removesuffix(".0") for value in numbers if value > 1e5]
    typed += ["86164", "6378.137", "6371.0"]
    for path in listed_files():
        if path.suffix == ".py" and ROOT / "helpers" in path.parents and path.stem != "constants":
            text = path.read_text(encoding="utf-8")
            again = [value for value in typed if value in text]
            assert not again, f"{path.relative_to(ROOT)}: {again}"


def test_the_code_has_no_slips():
    run = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout[-3000:]


def test_the_wheel_carries_every_data_file():
    """Each file under data/ that a lesson can read matches a pattern of the package data."""
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["helpers.data_files"]
    names = [
        path.relative_to(ROOT / "data").as_posix()
        for path in listed_files()
        if (ROOT / "data") in path.parents
    ]
    names = [name for name in names if not name.startswith("scripts/")]
    left_out = [
        name
        for name in names
        if not any(
            fnmatch(name, pattern) and name.count("/") == pattern.count("/") for pattern in patterns
        )
    ]
    assert names and not left_out


def test_the_wheel_carries_every_module_and_page_file():
    patterns = PROJECT["tool"]["setuptools"]["package-data"]
    for path in listed_files():
        if (ROOT / "helpers") in path.parents and path.suffix != ".py":
            assert any(fnmatch(path.name, pattern) for pattern in patterns["*"]), path
    folders = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in listed_files()
        if (ROOT / "helpers") in path.parents and path.suffix == ".py"
    }
    assert folders <= set(PROJECT["tool"]["setuptools"]["packages"])


def test_the_guard_cuts_the_network_off_and_leaves_this_machine():
    """The lessons run under this guard (tests/lesson_report.py), so a request to the outside turns
    a cell red.
    """
    code = "import socket, urllib.request\n{}"

    def run(line):
        return subprocess.run(
            [sys.executable, "-c", code.format(line)],
            capture_output=True,
            text=True,
            env={"PYTHONPATH": str(ROOT / "tests" / "offline"), "PATH": ""},
        )

    for line in (
        "urllib.request.urlopen('http://example.org')",
        "socket.create_connection(('192.0.2.1', 80))",
        "socket.getaddrinfo('example.org', 80)",
    ):
        refused = run(line)
        assert refused.returncode != 0 and "without a network" in refused.stderr, line
    here = run(
        "s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); "
        "socket.create_connection(s.getsockname())"
    )
    assert here.returncode == 0, here.stderr


def test_actions_are_pinned_by_commit():
    """A tag can be moved to other code; a commit cannot. Dependabot moves the pins."""
    used = re.findall(
        r"uses: (\S+)", (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    )
    assert used and all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action) for action in used)


def test_every_pin_of_both_locks_has_checksums_and_the_tests_hold_the_learners_pins():
    """pip and uv refuse a file with another checksum; `make` passes --require-hashes."""
    pins = {}
    for name in ("requirements.txt", "tests/requirements.txt"):
        entries = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
        bare = [entry for entry in entries if not re.search(r"==\S+.* --hash=sha256:\w{64}", entry)]
        assert entries and not bare, bare
        pins[name] = {entry.split(" ;")[0].split(" --")[0].strip() for entry in entries}
    left = pins["requirements.txt"] - pins["tests/requirements.txt"]
    assert {pin.split("==")[0] for pin in left} <= {"setuptools"}
