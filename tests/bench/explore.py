"""Measure how fast an interactive figure answers in the kernel; prints, asserts nothing.

    python -m tests.bench.explore

The question: 20 ground stations, a day of Tiangong, contact minutes, a world map and the picture as
PNG. The floor that was asked for is 100 ms an answer. Wall time is the median of 25 answers;
processor time counts all threads.
"""

import statistics
import time

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures
from helpers.figures import explore
from helpers.science import orbits, passes, tracks

STATIONS = pd.DataFrame(
    np.random.default_rng(1).uniform([-55, -180], [65, 180], (20, 2)),
    columns=["latitude", "longitude"],
)
STATIONS["name"] = [f"station {n}" for n in range(1, 21)]


def timed(action, rounds=25):
    """Return median wall and processor milliseconds of action(n) over some rounds."""
    walls, cpus = [], []
    for n in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        action(n)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return 1000 * statistics.median(walls), 1000 * statistics.median(cpus)


def main():
    figures.style()
    station = orbits.newest(orbits.sets("tiangong"))
    start = station.epoch.floor("D")
    path = tracks.track(station, start, 24)
    ground = orbits.ground_track(station, start, 24, 60)

    def draw(chosen, limit):
        some = STATIONS[STATIONS["name"].isin(chosen)]
        minutes = passes.contact_minutes(passes.find(path, some, limit))
        fig, ax = plt.subplots()
        figures.world_map(ax)
        figures.track(ax, ground["longitude"], ground["latitude"], linewidth=0.8)
        figures.places(ax, some, labels=len(some) < 8)
        return (
            fig,
            f"With {len(some)} stations the crew can talk for {minutes:.0f} minutes of the day.",
        )

    def drawn(n):
        plt.close(draw(list(STATIONS["name"]), 1 + n)[0])

    view = explore.explore(
        draw,
        "Bench",
        chosen=explore.world_points(STATIONS, list(STATIONS["name"]), "Stations"),
        limit=explore.slider(0, 60, 1, 10, "Lowest elevation", "degrees"),
    )
    rows = [
        (
            "track of a day by SGP4, 1,441 points",
            lambda n: tracks.track(
                station, start + pd.Timedelta(seconds=1 + n), 24
            ),  # none is kept
        ),
        ("passes over 20 stations", lambda n: passes.find(path, STATIONS, 1 + n)),
        ("draw, without the picture", drawn),
        ("whole answer, picture included", lambda n: view.set(limit=1 + n)),
    ]
    for what, action in rows:
        wall, cpu = timed(action)
        print(f"{what:42} {wall:7.1f} ms wall {cpu:7.1f} ms processor")
    print(f"{'size of the picture':42} {len(view.picture) / 1000:7.1f} kB")


if __name__ == "__main__":
    main()
