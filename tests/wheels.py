"""Ask the resolver whether each platform of the course finds wheels for the lock: ``python -m
tests.wheels``.

Needs uv and an index (or its cache), so `make wheels` runs it after `make lock` and in CI, not the
unit tests.
"""

import subprocess
import sys

from doors.tools import locked

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = (
    "aarch64-apple-darwin",
    "aarch64-unknown-linux-gnu",
    "x86_64-apple-darwin",
    "x86_64-pc-windows-msvc",
    "x86_64-unknown-linux-gnu",
    "x86_64-unknown-linux-musl",  # not aarch64 with musl: matplotlib has no wheels there
)


def refusal(python, platform, pins):
    """Return why the pins do not resolve with wheels only; "" where they do."""
    command = ["uv", "pip", "compile", "--quiet", "--no-header", "--only-binary", ":all:"]
    where = ["--python-version", python, "--python-platform", platform, "-"]
    run = subprocess.run(command + where, input=pins, capture_output=True, text=True)
    return run.stderr.strip() if run.returncode else ""


def main():
    """Print a line a platform and return how many fail."""
    failed = 0
    for python in PYTHONS:
        for platform in PLATFORMS:
            why = refusal(python, platform, locked())
            failed += bool(why)
            print(f"{python} {platform:26} {why or 'wheels for all'}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main() > 0)
