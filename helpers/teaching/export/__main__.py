"""One export from the command line: ``python -m helpers.teaching.export moodle LESSON FILE``."""

import sys

from helpers.teaching import export


def main(arguments):
    """Run one export; return the exit code."""
    try:
        what, source, *target = arguments
        made = {"moodle": export.moodle, "qti": export.qti}[what](source)
    except (ValueError, KeyError) as problem:
        print(f"shared-orbits: {problem}\n{export.__doc__}", file=sys.stderr)
        return 2
    if target:
        with open(target[0], "wb") as file:
            file.write(made)
    else:
        sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
