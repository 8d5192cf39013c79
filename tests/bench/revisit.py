"""Measure the map of revisit beside skyfield's find_events on a part of its grid; prints, asserts
nothing.

33 satellites, 7 days, 1,000 cells of equal area, look angle 45 degrees. Skyfield takes an elevation
instead of a look angle (38 degrees fits 600 km) and one satellite and place at a time: six
satellites and ten cells are timed, and the rest is counted at the same price. Processor time.
"""

import time

from skyfield.api import EarthSatellite, load, wgs84

from helpers.science import orbits, pooling, revisit

START, END = (2026, 3, 16), (2026, 3, 23)


def spent(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def main():
    fleet, grid = pooling.fleet().iloc[:33], revisit.equal_area_grid(1000)
    days = ["-".join(f"{n:02d}" for n in day) for day in (START, END)]
    ours = min(
        spent(lambda: revisit.revisit_map(revisit.looks(fleet, grid, *days, look_deg=45)))
        for _ in range(3)
    )
    clock = load.timescale(builtin=True)
    part = [
        (EarthSatellite.from_satrec(orbits.from_lines(a, b).satrec, clock), wgs84.latlon(lat, lon))
        for a, b in zip(fleet["line1"][:6], fleet["line2"][:6], strict=True)
        for lat, lon in grid.iloc[::100][["latitude_deg", "longitude_deg"]].to_numpy()
    ]
    begin, end = clock.utc(*START), clock.utc(*END)
    peer = spent(lambda: [craft.find_events(spot, begin, end, 38.0) for craft, spot in part])
    whole = peer / len(part) * len(fleet) * len(grid)
    print(
        f"{len(fleet)} satellites, 7 days, {len(grid)} cells: {ours:.2f} s; find_events on "
        f"{len(part)} pairs "
        f"{peer:.2f} s, so {whole:.0f} s for the whole map: {whole / ours:.0f} times"
    )


if __name__ == "__main__":
    main()
