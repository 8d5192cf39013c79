"""What the builders of the doors share: one kind of error, running a command, the lock."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class DoorError(ValueError):
    """A door could not be built."""


def run(command, **options):
    """Run a command quietly; raise DoorError with the end of what it said when it fails.

    options: of subprocess.run, such as cwd and env.
    """
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        raise DoorError(f"{' '.join(command[:4])} ...: {(done.stderr or done.stdout)[-1500:]}")


def locked():
    """Return the pins that a learner installs, a line each, without their hashes."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return "".join(line.rstrip(" \\") + "\n" for line in lines if "==" in line)
