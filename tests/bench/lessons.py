"""How quickly each interactive figure of the lessons answers a control, kernel side, picture
included; prints, asserts nothing.
"""

import contextlib
import io
import os
import random
import statistics
import tempfile
import time

from tests.notebooks import LESSONS, read

MOVES = 21


def figures_of(path):
    """Run the code cells of a lesson quietly and return its interactive figures as [(title, figure,
    controls)].
    """
    from helpers.figures import explore, page

    found, make, display = [], explore.explore, page.display

    def kept(draw, title, **controls):
        found.append((title, make(draw, title, **controls), controls))
        return found[-1][1]

    explore.explore, page.display = kept, lambda *args, **kwargs: None
    names = {}
    try:
        for cell in read(path).cells:
            if cell.cell_type == "code":
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(compile(cell.source, path.name, "exec"), names)
    finally:
        explore.explore, page.display = make, display
    return found


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


def main():
    """Move random controls of every figure and print the median and the longest answer."""
    os.environ["MPLBACKEND"] = "agg"
    os.environ["SHARED_ORBITS_HOME"] = tempfile.mkdtemp()
    chance = random.Random(1)
    print(
        f"{'figure':52} {'median ms':>10} {'longest ms':>11}   ({MOVES} moves; aim: a median of "
        "100)"
    )
    for path in LESSONS:
        for title, figure, controls in figures_of(path):
            taken = []
            for _ in range(MOVES):
                name = chance.choice(list(controls))
                begin = time.perf_counter()
                figure.set(**{name: another(controls[name], chance)})
                taken.append(1000 * (time.perf_counter() - begin))
            print(f"{path.name[:2]} {title:49} {statistics.median(taken):10.0f} {max(taken):11.0f}")


if __name__ == "__main__":
    main()
