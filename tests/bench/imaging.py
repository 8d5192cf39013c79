"""Measure the imaging windows beside other ways to find them; prints, asserts nothing.

    python tests/bench/imaging.py            # everything; brahe only where it is installed
    python tests/bench/imaging.py growth     # up to 400 satellites, 14 days, 50 places

The question: 40 sun-synchronous satellites, 7 days, Mandalay, look angle 45 degrees. Each way runs
in a process of its own, so that memory is its own; processor time is the best of some runs and
counts all threads. Skyfield's find_events takes an elevation instead of a look angle: the one that
belongs to each satellite's mean height, so its edges are some seconds off. The referee shares the
geometry of the module; tests/test_imaging.py holds that geometry to independent ones.
"""

import json
import subprocess
import sys
import time

import numpy as np
import pandas as pd

from helpers.science import imaging, orbits
from helpers.science.imaging import exact

PLACE, LOOK = ("Mandalay", 21.9747, 96.0836), 45.0
START, DAYS = pd.Timestamp("2026-03-16T00:00Z"), 7


def satellites(count=40):
    fleet = imaging.fleet()
    fleet = fleet[fleet["inclination_deg"].between(96, 100)]
    return imaging.same_size(fleet, count) if count > len(fleet) else fleet.iloc[:count]


def peak_megabytes():
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (2**20 if sys.platform == "darwin" else 2**10)


def ours(fleet):
    found = imaging.windows(fleet, PLACE, START, START + pd.Timedelta(days=DAYS), LOOK)
    index = {n: i for i, n in enumerate(fleet["name"])}
    opens, closes = ((found[c] - START) / pd.Timedelta(seconds=1) for c in ("opens", "closes"))
    return list(zip(found["satellite"].map(index), opens, closes, strict=True))


def array_scan(fleet, step=10.0):
    """SGP4 for every satellite every `step` seconds, then bisection, in arrays."""
    place = imaging.place_table(PLACE)
    q = exact.as_question(fleet, place, START, START + pd.Timedelta(days=DAYS), LOOK, 0)
    t = np.append(np.arange(0, q.seconds, step), q.seconds)
    found = []
    for i in range(len(fleet)):
        inside = exact.view_of(q, np.full(len(t), i), np.zeros(len(t), int), t).margin > 0
        change = np.flatnonzero(inside[1:] != inside[:-1])
        low, high = t[change], t[change + 1]
        for _ in range(22):
            middle = (low + high) / 2
            same = (
                exact.view_of(q, np.full(len(low), i), np.zeros(len(low), int), middle).margin > 0
            ) == inside[change]
            low, high = np.where(same, middle, low), np.where(same, high, middle)
        edges = np.concatenate([[0.0] * int(inside[0]), low, [t[-1]] * int(inside[-1])]).reshape(
            -1, 2
        )
        found += [[i, a, b] for a, b in edges]
    return found


def skyfield_events(fleet):
    from skyfield.api import EarthSatellite, load, wgs84

    scale = load.timescale(builtin=True)
    place = wgs84.latlon(*PLACE[1:])
    t0, t1 = (
        scale.from_datetime(START.to_pydatetime()),
        scale.from_datetime((START + pd.Timedelta(days=DAYS)).to_pydatetime()),
    )
    found = []
    for i, row in enumerate(fleet.itertuples()):
        body = EarthSatellite(row.line1, row.line2, row.name, scale)
        height = body.model.a * 6378.135 - 6371
        times, kinds = body.find_events(
            place, t0, t1, altitude_degrees=float(imaging.elevation_of_look(LOOK, height))
        )
        seconds = (times.tt - t0.tt) * 86400
        opens = seconds[kinds == 0]
        closes = [seconds[(kinds == 2) & (seconds > a)] for a in opens]
        found += [[i, a, b[0]] for a, b in zip(opens, closes, strict=True) if len(b)]
    return found


def brahe_accesses(fleet):
    import brahe

    brahe.set_global_eop_provider_from_static_provider(brahe.StaticEOPProvider.from_zero())
    place = brahe.PointLocation(PLACE[2], PLACE[1], 0.0)
    bodies = [
        brahe.SGPPropagator.from_tle(a, b, 60.0)
        for a, b in zip(fleet["line1"], fleet["line2"], strict=True)
    ]
    for body, name in zip(bodies, fleet["name"], strict=True):
        body.set_name(name)
    start = brahe.Epoch(START.year, START.month, START.day, 0, 0, 0.0)
    # Off-nadir alone also returns the far side of the Earth, so the horizon is asked for too.
    limit = brahe.ConstraintAll(
        [brahe.OffNadirConstraint(None, LOOK), brahe.ElevationConstraint(0.0)]
    )
    index = {n: i for i, n in enumerate(fleet["name"])}
    return [
        [index[w.satellite_name], w.window_open - start, w.window_close - start]
        for w in brahe.location_accesses(place, bodies, start, start + 86400.0 * DAYS, limit)
    ]


WAYS = {
    "imaging.windows": (ours, 15),
    "skyfield find_events": (skyfield_events, 3),
    "brahe location_accesses": (brahe_accesses, 3),
    "SGP4 every 10 s in arrays": (array_scan, 1),
    "SGP4 every 1 s in arrays (referee)": (lambda f: array_scan(f, 1.0), 1),
}


def one(name):
    """Run one way in this process and print its result as JSON."""
    way, runs = WAYS[name]
    fleet = satellites()
    imaging.place_table(PLACE), exact.earth_fixed(imaging.place_table(PLACE))
    before, first = peak_megabytes(), time.process_time()
    found = way(fleet)
    first = time.process_time() - first
    megabytes, cpu, wall = peak_megabytes() - before, [], []
    for _ in range(runs):
        c, w = time.process_time(), time.perf_counter()
        way(fleet)
        cpu.append(time.process_time() - c)
        wall.append(time.perf_counter() - w)
    print(
        json.dumps(
            {
                "found": found,
                "cpu": min([first, *cpu]),
                "first": first,
                "wall": min(wall),
                "megabytes": megabytes,
            }
        )
    )


def compare(found, referee):
    """Windows of the referee that were found, lost (2 s and longer; shorter), extra, and the worst
    edge error (s).
    """
    lost = short = 0
    worst = 0.0
    used = set()
    for i, a, b in referee:
        near = [k for k, (j, c, d) in enumerate(found) if j == i and c < b + 5 and d > a - 5]
        if not near:
            lost, short = lost + (b - a >= 2), short + (b - a < 2)
            continue
        used.update(near)
        worst = max(worst, abs(found[near[0]][1] - a), abs(found[near[-1]][2] - b))
    return lost, short, [f for k, f in enumerate(found) if k not in used], worst


def measured(ways=WAYS):
    """Return {way: result} of the ways that are installed; the others are named and left out."""
    results = {}
    for name in ways:
        done = subprocess.run(
            [sys.executable, __file__, "--one", name], check=False, capture_output=True, text=True
        )
        if done.returncode:
            print(f"{name}: not measured ({done.stderr.strip().splitlines()[-1]})")
        else:
            results[name] = json.loads(done.stdout.splitlines()[-1])
    return results


def main():
    results = measured()
    referee = results["SGP4 every 1 s in arrays (referee)"]["found"]
    own = results["imaging.windows"]["cpu"]
    print(
        f"\n40 sun-synchronous satellites, {DAYS} days, {PLACE[0]}, look angle {LOOK:g} deg: "
        f"{len(referee)} windows in the referee"
    )
    print(
        f"{'':36}{'cpu ms':>9}{'ratio':>8}{'wall ms':>9}{'MB':>7}"
        f"{'found':>7}{'lost':>6}{'extra':>7}{'edge s':>9}"
    )
    for name, r in sorted(results.items(), key=lambda item: item[1]["cpu"]):
        lost, _, extra, worst = compare(r["found"], referee)
        print(
            f"{name:36}{r['cpu'] * 1e3:9.1f}{r['cpu'] / own:8.1f}{r['wall'] * 1e3:9.1f}"
            f"{r['megabytes']:7.1f}{len(r['found']):7d}"
            f"{lost:6d}{len(extra):7d}{worst:9.4f}"
        )
        if name == "imaging.windows":
            grazing = [f"{b - a:.2f} s" for _, a, b in extra]
            print(
                f"    first call in a process {r['first'] * 1e3:.1f} ms; grazing windows between "
                f"the referee's samples: {grazing or 'none'}"
            )


def growth():
    """Processor time as the question grows; the last column should stay about the same."""
    print(
        "satellites  days  places   windows   cpu s   us a satellite-day-place     MB above the "
        "imports"
    )
    places = [
        (f"place {i}", lat, lon)
        for i, (lat, lon) in enumerate(
            zip(np.linspace(-88, 88, 50), np.arange(50) * 137.5 % 360, strict=True)
        )
    ]
    imaging.windows(satellites(2), places[:2], START, START + pd.Timedelta(days=1))
    before = peak_megabytes()
    for count, days, many in [
        (40, 7, 1),
        (80, 7, 1),
        (400, 7, 1),
        (40, 14, 1),
        (40, 7, 10),
        (40, 7, 50),
        (400, 14, 10),
        (400, 14, 50),
    ]:
        fleet = satellites(count)
        orbits.epochs(fleet)
        c = time.process_time()
        found = imaging.windows(
            fleet, places[:many] if many > 1 else PLACE, START, START + pd.Timedelta(days=days)
        )
        c = time.process_time() - c
        print(
            f"{count:10d}{days:6d}{many:8d}{len(found):10d}{c:8.3f}"
            f"{c / count / days / many * 1e6:29.1f}{peak_megabytes() - before:25.0f}"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2])
    elif sys.argv[1:] == ["growth"]:
        growth()
    else:
        main()
        growth()
