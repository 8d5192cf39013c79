"""What a teacher prints: ``python -m helpers.teaching slides 04``."""

import argparse
import sys
from pathlib import Path

from helpers.teaching import key, paper, plan, slides, worksheet

MAKERS = {
    "slides": (slides.slides, "the core of a lesson for a projector of 1280 x 720, without code"),
    "worksheet": (worksheet.worksheet, "a sheet for pencil, without values"),
    "key": (key.key, "answers with values, solutions, typical slips, verdicts, points"),
}


def parser():
    """Return the parser of the command."""
    command = argparse.ArgumentParser(
        prog="python -m helpers.teaching",
        description="Make something to project or to print from a lesson. It needs no network.",
    )
    kinds = command.add_subparsers(dest="kind", required=True, metavar="|".join(MAKERS))
    for kind, (_, about) in MAKERS.items():
        one = kinds.add_parser(kind, help=about, description=about.capitalize() + ".")
        one.add_argument("lessons", nargs="+", metavar="NN", help='lessons, such as 04; or "all"')
        one.add_argument(
            "--to", metavar="FOLDER", type=Path, default=Path("handouts"), help="(else handouts)"
        )
        if kind != "slides":
            one.add_argument(
                "--class-word", metavar="WORD", help="the numbers that all pupils have"
            )
        one.add_argument(
            "--pdf", action="store_true", help="print it as PDF too (Chromium, Chrome or Edge)"
        )
    return command


def main(arguments=None):
    """Make what was asked for; return the exit code."""
    options = parser().parse_args(arguments)
    make = MAKERS[options.kind][0]
    word = [options.class_word] if getattr(options, "class_word", None) else []
    numbers = plan.numbers() if options.lessons == ["all"] else options.lessons
    try:
        for number in numbers:
            stem = plan.lesson_path(number).stem
            options.to.mkdir(parents=True, exist_ok=True)
            target = options.to / f"{stem}.{options.kind}.html"
            target.write_text(make(number, *word), encoding="utf-8")
            print("written", target)
            if options.pdf:
                paper.print_pdf(target, target.with_suffix(".pdf"))
                print("printed", target.with_suffix(".pdf"))
    except (plan.PlanError, paper.PrintError, OSError) as problem:
        print(f"shared-orbits: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
