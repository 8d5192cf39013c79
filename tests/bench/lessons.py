"""How quickly each interactive figure of the lessons answers a control, kernel side, picture
included; prints, asserts nothing.

    python -m tests.bench.lessons [02 07 ...]
"""

import os
import random
import statistics
import sys
import tempfile
import time

from tests.notebooks import LESSONS, run

MOVES = 21
AIM, MEDIAN = 80, 50  # ms


def figures_of(path):
    """Run the code cells of a lesson quietly and return its interactive figures as [(title, figure,
    controls)].
    """
    views = run(path.stem, pictures=True).views
    return [(title, figure, figure._controls) for title, figure in views.items()]


def another(control, chance):
    """Return some value that a control takes."""
    page = control.page
    if control.kind == "slider":
        return chance.choice([page["low"], page["high"], (page["low"] + page["high"]) / 2])
    if control.kind == "tick":
        return chance.choice([True, False])
    return (
        chance.choice(page["options"])
        if control.kind == "choice"
        else chance.sample(page["options"], max(1, len(page["options"]) // 2))
    )


def main(wanted=()):
    """Move random controls of every figure (of the lessons wanted, all if none) and print what
    an answer takes: median and longest, then the setting of the longest where it is above the aim.

    Processor time is what another program on the machine does not lengthen.
    """
    os.environ["MPLBACKEND"] = "agg"
    os.environ["SHARED_ORBITS_HOME"] = tempfile.mkdtemp()
    print(f"ms an answer in {MOVES} moves; aim: at most {AIM}, median {MEDIAN}")
    print(f"{'figure':64}{'wall':>14}{'processor':>14}")
    for path in LESSONS:
        if wanted and path.name[:2] not in wanted:
            continue
        for title, figure, controls in figures_of(path):
            wall, cpu, longest = moved(figure, controls)
            row = f"{path.name[:2]} {title:61.60}{wall[0]:6.0f} /{wall[1]:6.0f}"
            above = f"  {longest}" if cpu[1] > AIM or cpu[0] > MEDIAN else ""
            print(f"{row}{cpu[0]:6.0f} /{cpu[1]:6.0f}{above}", flush=True)


def moved(figure, controls):
    """Return (median, longest) ms of wall and of processor time, and the longest answer's move.

    A slider asks as it does on its way, all others as they do once; no answer is one that was kept.
    """
    chance, wall, cpu, moves = random.Random(1), [], [], []
    for number in range(1, MOVES + 1):
        name = chance.choice(list(controls))
        move = {name: another(controls[name], chance)}
        request = {"number": number, "values": move, "moving": controls[name].kind == "slider"}
        figure._answers.clear()
        begin, used = time.perf_counter(), time.process_time()
        figure.request = request
        wall.append(1000 * (time.perf_counter() - begin))
        cpu.append(1000 * (time.process_time() - used))
        moves.append(move)
    both = [(statistics.median(some), max(some)) for some in (wall, cpu)]
    return *both, moves[cpu.index(max(cpu))]


if __name__ == "__main__":
    main(sys.argv[1:])
