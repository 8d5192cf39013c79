"""Measure the map of lesson 09 beside a loop over skyfield objects; prints, asserts nothing.

The question: PDOP at 648 places (cells of 10 degrees), 145 times of a day, of all navigation
satellites in use. Times are processor time on one core. The loop over skyfield's own objects is
timed on a few pairs of place and satellite and multiplied up; it gives directions only.
"""

import time

import numpy as np
from skyfield.api import EarthSatellite, load, wgs84

from helpers.science import availability, constellations, orbits, street


def seconds(work, runs=3):
    """Return the least processor time of some runs, s, and what the last one gave."""
    best = np.inf
    for _ in range(runs):
        start = time.process_time()
        found = work()
        best = min(best, time.process_time() - start)
    return best, found


def main():
    rows = street.satellites()
    when = orbits.times(street.day(), 24, 600)
    systems = list(rows["system"])
    latitude, longitude = np.meshgrid(*availability.grid(10), indexing="ij")
    sets = constellations.element_sets(rows)
    placed, positions = seconds(lambda: constellations.positions(sets, when))
    view = availability.view(positions, systems, latitude, longitude, 10)
    looked, pdop = seconds(lambda: view.pdop(street.FOUR))
    print(
        f"{latitude.size} places x {len(when)} times x {len(rows)} satellites: positions "
        f"{placed:.2f} s, PDOP of four systems {looked:.2f} s; "
        f"median {np.median(pdop):.3f}"
    )
    scale = load.timescale(builtin=True)
    moments = scale.from_datetimes(list(when.to_pydatetime()))
    few = rows.iloc[::50]
    ours = [EarthSatellite(r.line1, r.line2, r.name, scale) for r in few.itertuples(index=False)]
    grounds = [wgs84.latlon(a, b) for a, b in ((0, 0), (45, 90))]

    def by_objects():
        return [(s - g).at(moments).altaz() for s in ours for g in grounds]

    looped, _ = seconds(by_objects)
    whole = looped / (len(ours) * len(grounds)) * len(rows) * latitude.size
    print(
        f"a loop over skyfield objects, all times at once: {whole:.0f} s for the same looks "
        f"(from {len(ours) * len(grounds)} pairs), {whole / (placed + looked):.0f} times as long"
    )


if __name__ == "__main__":
    main()
