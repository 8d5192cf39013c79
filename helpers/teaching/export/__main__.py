"""One export from the command line: ``python -m helpers.teaching.export moodle LESSON FILE``."""

import argparse
import sys

from helpers.tables.yaml_files import FileError
from helpers.teaching import export

KINDS = {"moodle": export.moodle, "qti": export.qti}


def parser():
    """Return the parser of the command."""
    command = argparse.ArgumentParser(
        prog="python -m helpers.teaching.export",
        description="The questions of a lesson for other systems. The file holds the key.",
    )
    command.add_argument("what", choices=KINDS, help="Moodle XML, or QTI 1.2 for Canvas and others")
    command.add_argument("lesson", metavar="LESSON", help="such as 02_station_orbit")
    command.add_argument("file", metavar="FILE", nargs="?", help="(else to the standard output)")
    return command


def main(arguments=None):
    """Run one export; return the exit code."""
    options = parser().parse_args(arguments)
    try:
        made = KINDS[options.what](options.lesson)
        if options.file:
            with open(options.file, "wb") as file:
                file.write(made)
        else:
            sys.stdout.buffer.write(made)
    except (FileError, OSError) as problem:
        print(f"shared-orbits: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
