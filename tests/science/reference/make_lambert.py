"""Write lambert.json: Lambert's problem solved by an independent package, for
tests/science/test_transfer.py.

Needs `pip install lamberthub` (it brings numba, so the tests do not ask for it). Run from the
repository:

    python tests/science/reference/make_lambert.py
"""

import json
from pathlib import Path

import lamberthub
import numpy as np

from helpers.science import mars, transfer


def solved(start, end, seconds, mu, clockwise=False):
    """Return a case with the velocities of two solvers of lamberthub, which must agree."""
    answers = [
        np.array(
            solver(mu, np.array(start), np.array(end), seconds, M=0, prograde=not clockwise)[:2]
        )
        for solver in (lamberthub.izzo2015, lamberthub.gooding1990)
    ]
    np.testing.assert_allclose(*answers, rtol=1e-6, atol=1e-9)
    case = {"start": start, "end": end, "seconds": seconds, "mu": mu, "clockwise": clockwise}
    return {**case, "leave": answers[0][0].tolist(), "arrive": answers[0][1].tolist()}


def window(departure, arrival):
    """Return the case of a flight from Earth to Mars between two days."""
    start, end = (
        mars.from_sun_km(b, [d])[:, 0] for b, d in (("Earth", departure), ("Mars", arrival))
    )
    seconds = (np.datetime64(arrival) - np.datetime64(departure)) / np.timedelta64(1, "s")
    return {
        "from": departure,
        "to": arrival,
        **solved(start.tolist(), end.tolist(), seconds, transfer.SUN_MU_KM3_S2),
    }


def main():
    """Draw 60 cases in canonical units, add the three missions of July 2020, write the file."""
    draw = np.random.default_rng(11)
    cases = [
        solved(
            draw.normal(size=3).tolist(),
            draw.normal(size=3).tolist(),
            draw.uniform(0.2, 30),
            1.0,
            k % 2 == 1,
        )
        for k in range(60)
    ]
    days = [
        ("2020-07-19", "2021-02-09"),
        ("2020-07-23", "2021-02-10"),
        ("2020-07-30", "2021-02-18"),
    ]
    made = {
        "package": f"lamberthub {lamberthub.__version__}",
        "drawn": cases,
        "window": [window(*d) for d in days],
    }
    Path(__file__).with_name("lambert.json").write_text(
        json.dumps(made, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
