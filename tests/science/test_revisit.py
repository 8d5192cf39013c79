"""Revisit maps held to equal areas, to exact windows, to a brute-force scan by SGP4 and to
published intervals.
"""

import numpy as np
import pandas as pd
import pytest
from matplotlib.path import Path
from sgp4.api import Satrec
from skyfield.api import EarthSatellite, load, wgs84

from helpers.base.checks import NotAccepted
from helpers.science import imaging, orbits, revisit, worldmap
from helpers.tables import data

START, END = "2026-03-16", "2026-03-19"
TEN = [
    "CBERS 4",
    "GAOFEN-6",
    "KANOPUS-V 3",
    "RESOURCESAT-2",
    "ZIYUAN 3-02",
    "LANDSAT 8",
    "SENTINEL-2B",
    "COSMO-SKYMED 1",
    "RISAT-2BR1",
    "PRSS-1",
]
FIVE = pd.DataFrame(
    [
        ("Longyearbyen", 78.22, 15.65),
        ("Moscow", 55.75, 37.62),
        ("Quito", -0.22, -78.51),
        ("Pretoria", -25.74, 28.19),
        ("McMurdo", -77.85, 166.67),
    ],
    columns=["name", "latitude_deg", "longitude_deg"],
)


@pytest.fixture(scope="module")
def fleet():
    return imaging.fleet().set_index("name", drop=False)


@pytest.fixture(scope="module")
def ten(fleet):
    return fleet.loc[TEN]


# --- equal areas ----------------------------------------------------------------------------------


@pytest.mark.parametrize("cells", [20, 200, 1000, 5000])
def test_cells_have_equal_areas_and_cover_the_earth_once(cells):
    grid = revisit.equal_area_grid(cells)
    assert len(grid) == pytest.approx(cells, rel=0.1)
    areas = np.radians(grid["east"] - grid["west"]) * (
        np.sin(np.radians(grid["north"])) - np.sin(np.radians(grid["south"]))
    )
    assert np.ptp(areas) < 1e-9 * areas.mean()
    assert areas.sum() == pytest.approx(4 * np.pi)  # the constant 1, integrated
    rows = grid.groupby("south")
    assert np.allclose(rows["east"].max(), 180) and np.allclose(rows["west"].min(), -180)


def test_a_mean_over_the_cells_is_a_mean_over_the_earth():
    grid = revisit.equal_area_grid(2000)
    north, east = np.radians(grid["latitude_deg"]), np.radians(grid["longitude_deg"])
    x, z = np.cos(north) * np.cos(east), np.sin(north)
    # Means over the sphere: of x and z 0, of z^2 and x^2 a third, of z^4 a fifth, of |latitude|
    # 32.7 deg (pi/2 - 1).
    assert abs(x.mean()) < 1e-9 and abs(z.mean()) < 1e-9
    assert (z**2).mean() == pytest.approx(1 / 3, abs=1e-3) and (x**2).mean() == pytest.approx(
        1 / 3, abs=1e-3
    )
    assert (z**4).mean() == pytest.approx(1 / 5, abs=1e-3)
    assert abs(north).mean() == pytest.approx(np.pi / 2 - 1, abs=2e-3)


# --- looks ----------------------------------------------------------------------------------------


def exact(ten, places, look_deg):
    windows = imaging.windows(ten, places, START, END, look_deg=look_deg)
    zero = pd.Timestamp(START, tz="UTC")
    return pd.DataFrame(
        {
            "satellite": windows["satellite"],
            "place": windows["place"],
            "look_deg": windows["look_deg"],
            "sun_deg": windows["sun_deg"],
            "middle": (
                windows["opens"] + (windows["closes"] - windows["opens"]) / 2 - zero
            ).dt.total_seconds(),
            "seconds": windows["seconds"],
        }
    )


@pytest.mark.parametrize("look_deg", [15, 30, 45])
def test_looks_are_those_of_the_exact_windows(ten, look_deg):
    """Every window is found, the middle within 3 s; only looks that graze the limit may differ."""
    found = revisit.looks(ten, FIVE, START, END, look_deg=look_deg)
    mine = pd.DataFrame(
        {
            "satellite": np.array(TEN)[found.satellite],
            "place": FIVE["name"].to_numpy()[found.place],
            "middle": (found.opens + found.closes) * 1800,
            "mine": (found.closes - found.opens) * 3600,
            "sun": found.sun_deg,
        }
    )
    truth = exact(ten, FIVE, look_deg)
    both = pd.merge_asof(
        truth.sort_values("middle"),
        mine.sort_values("middle"),
        on="middle",
        by=["satellite", "place"],
        direction="nearest",
        tolerance=30,
    )
    missed = both[both["mine"].isna()]
    assert (missed["look_deg"] > look_deg - 0.3).all()
    assert abs(len(mine) - len(truth)) <= 0.01 * len(truth) + 2
    clear = both[both["look_deg"] < look_deg - 2].dropna()
    assert len(clear) > 30 and abs(clear["mine"] - clear["seconds"]).max() < 6
    assert abs(clear["sun"] - clear["sun_deg"]).max() < 0.05


def test_the_last_half_second_of_a_look_is_one(ten):
    found = revisit.looks(ten[:1], FIVE, START, END, look_deg=30)
    later = pd.Timestamp(START, tz="UTC") + pd.Timedelta(hours=found.closes[5], seconds=-0.5)
    again = revisit.looks(ten[:1], FIVE, later, END, look_deg=30)
    assert (again.closes - again.opens).min() * 3600 == pytest.approx(0.5, abs=0.4)


def test_no_look_ends_before_the_interval_begins(ten):
    found = revisit.looks(ten[:1], FIVE, START, END, look_deg=30)
    for late in (0.3, 0.6):  # seconds after a look has ended
        begin = pd.Timestamp(START, tz="UTC") + pd.Timedelta(hours=found.closes[5], seconds=late)
        assert (revisit.looks(ten[:1], FIVE, begin, END, look_deg=30).closes > 0.01).all()


def test_a_pole_is_seen_as_often_as_the_exact_windows_say(ten):
    poles = pd.DataFrame({"name": ["N", "S"], "latitude_deg": [90, -90], "longitude_deg": [0, 0]})
    found = revisit.looks(ten, poles, START, END, look_deg=60)
    exact_ones = imaging.windows(ten, poles, START, END, look_deg=60)
    counts = exact_ones.groupby("place").size()[["N", "S"]].to_numpy()
    assert counts.min() > 100
    np.testing.assert_allclose(np.bincount(found.place), counts, rtol=0.01)


def test_looks_are_those_of_a_brute_force_scan(ten):
    """Ten satellites and five places for two days, by sgp4 and skyfield's frames every 10 seconds,
    not by this course's code.
    """
    zero, seconds = pd.Timestamp(START, tz="UTC"), np.arange(0, 2 * 86400, 10.0)
    clock = load.timescale(builtin=True)
    times = clock.utc(2026, 3, 16, 0, 0, seconds)
    found = revisit.looks(ten, FIVE, START, "2026-03-18", look_deg=30)
    wrong = total = 0
    for i, row in enumerate(ten.itertuples()):
        craft = EarthSatellite.from_satrec(Satrec.twoline2rv(row.line1, row.line2), clock).at(times)
        here = craft.frame_xyz(revisit_frame()).km
        for j, place in enumerate(FIVE.itertuples()):
            ground = wgs84.latlon(place.latitude_deg, place.longitude_deg).itrs_xyz.km[:, None]
            sight = ground - here
            angle = np.degrees(
                np.arccos(
                    -(sight * here).sum(0)
                    / np.linalg.norm(sight, axis=0)
                    / np.linalg.norm(here, axis=0)
                )
            )
            near = np.linalg.norm(sight, axis=0) < 2500
            inside = near & (angle < 30)
            starts = np.flatnonzero(inside[1:] & ~inside[:-1]) + 1
            mine = found.opens[(found.satellite == i) & (found.place == j)] * 3600
            total += len(starts)
            clear = [
                s
                for s in starts
                if angle[max(0, s - 15) : s + 25][near[max(0, s - 15) : s + 25]].min() < 29
            ]
            wrong += sum(abs(mine - seconds[s]).min(initial=np.inf) > 15 for s in clear)
            assert abs(len(mine) - len(starts)) <= 1
    assert total > 60 and wrong == 0 and zero.year == 2026


def revisit_frame():
    from skyfield.framelib import itrs

    return itrs


def test_own_reach_counts_for_each_satellite(fleet):
    two = fleet.loc[["LANDSAT 8", "SENTINEL-2B"]]
    grid = revisit.equal_area_grid(300)
    narrow, wide = (
        np.bincount(revisit.looks(two, grid, START, END, reach_km=r).satellite)
        for r in ([50, 145], [100, 145])
    )
    assert wide[0] == pytest.approx(2 * narrow[0], rel=0.15) and wide[1] == narrow[1]


# --- published intervals --------------------------------------------------------------------------


def on_land(grid):
    inside = np.zeros(len(grid), bool)
    for ring in worldmap.land():
        inside ^= Path(ring).contains_points(grid[["longitude_deg", "latitude_deg"]])
    return inside


def test_landsat_and_sentinel_together_come_back_as_often_as_published(fleet):
    """The median over the land of the mean interval, by day, half a swath each side; Sentinel-2C
    has taken the place of 2A since.

    The papers count a year on a grid of 0.05 degrees, this test seven weeks on 440 cells: 8 % are
    allowed.
    """
    said = data.table("published_revisit").set_index("id")["days"]
    grid = revisit.equal_area_grid(1500)
    grid = grid[on_land(grid) & (abs(grid["latitude_deg"]) < 82)].reset_index(drop=True)
    four = fleet.loc[["LANDSAT 8", "LANDSAT 9", "SENTINEL-2B", "SENTINEL-2C"]]
    found = revisit.by_day(
        revisit.looks(four, grid, "2026-02-20", "2026-04-16", reach_km=[92.5, 92.5, 145, 145])
    )
    three = revisit.revisit_map(revisit.of_satellites(found, [0, 2, 3]))
    assert three["mean_h"].median() / 24 == pytest.approx(said["ls-3-mean"], rel=0.08)
    assert revisit.revisit_map(found)["mean_h"].median() / 24 == pytest.approx(
        said["ls-4-mean"], rel=0.08
    )


@pytest.mark.parametrize(
    ("name", "mission"),
    [("LANDSAT 8", "Landsat 8/9"), ("SENTINEL-2B", "Sentinel-2"), ("ALOS-2", "ALOS-2")],
)
def test_a_repeating_track_comes_back_after_its_published_cycle(fleet, name, mission):
    """After the cycle the satellite is over the same ground again: within 40 km, at the same time
    of day within 3 minutes.
    """
    cycle = data.table("repeat_orbit_checks").set_index("mission").loc[mission]
    start = pd.Timestamp("2026-03-12", tz="UTC")
    one = fleet.loc[[name]]
    grid = revisit.equal_area_grid(200)
    first = revisit.looks(one, grid, start, start + pd.Timedelta(days=1), reach_km=400)
    again = start + pd.Timedelta(days=float(cycle["cycle_days"]))
    second = revisit.looks(one, grid, again, again + pd.Timedelta(days=1), reach_km=400)
    near = [
        min(abs(second.opens[second.place == p] - t), default=9)
        for p, t in zip(first.place, first.opens)
    ]
    assert np.mean(np.array(near) < 0.05) > 0.93
    turns = one["mean_motion"].iloc[0] * cycle["cycle_days"]
    assert round(turns) == cycle["orbits"] or abs(turns - cycle["orbits"]) < 0.6


# --- gaps -----------------------------------------------------------------------------------------


def made(rows, places=1, hours=100.0):
    """Looks of one satellite from (place, opens, closes)."""
    place, opens, closes = (
        (np.array(c) for c in zip(*rows)) if rows else (np.empty(0, int), np.empty(0), np.empty(0))
    )
    return revisit.Looks(
        np.zeros(len(place), int),
        place.astype(int),
        opens.astype(float),
        closes.astype(float),
        np.full(len(place), 45.0),
        places,
        hours,
    )


def test_gaps_by_hand():
    found = made([(0, 10, 11), (0, 10.5, 12), (0, 30, 31), (2, 0, 1), (2, 99, 100)], places=3)
    place, hours = revisit.gaps(found)
    assert {p: sorted(hours[place == p]) for p in range(3)} == {0: [10, 18, 69], 1: [100], 2: [98]}
    table = revisit.revisit_map(found)
    assert table["longest_h"].to_list() == [69, 100, 98] and table["median_h"].to_list() == [
        69,
        100,
        98,
    ]
    assert table["looks"].to_list() == [3, 0, 2] and table["mean_h"].to_list() == [
        100 / 3,
        np.inf,
        50,
    ]


def test_the_median_gap_is_that_of_the_middle_moment():
    """Nine short gaps and one long one: half of all moments lie in the long one."""
    found = made([(0, float(h), h + 1e-9) for h in range(1, 40)])
    assert revisit.revisit_map(found)["median_h"][0] == pytest.approx(61, abs=1e-6)
    even = made([(0, 10 * h, 10 * h + 1e-9) for h in range(1, 10)])
    assert revisit.revisit_map(even)["median_h"][0] == pytest.approx(10)


def test_a_sorted_list_and_the_map_agree_at_every_place(ten):
    grid = revisit.equal_area_grid(60)
    found = revisit.looks(ten, grid, START, END)
    table = revisit.revisit_map(found)
    moments = np.linspace(0, found.hours, 20001)
    for p in range(0, len(grid), 7):
        mine = found.place == p
        order = np.argsort(found.opens[mine])
        opens, closes = found.opens[mine][order], np.maximum.accumulate(found.closes[mine][order])
        before = np.append(0, closes)[np.searchsorted(opens, moments, side="right")]
        after = np.append(opens, found.hours)[np.searchsorted(opens, moments, side="right")]
        gap = np.where(moments < before, 0, after - before)
        assert table["median_h"][p] == pytest.approx(np.median(gap), abs=0.02)
        assert table["longest_h"][p] == pytest.approx(gap.max(), abs=0.02)


def test_a_satellite_more_never_makes_a_gap_longer(ten):
    grid = revisit.equal_area_grid(100)
    found = revisit.looks(ten, grid, START, END)
    fewer = revisit.revisit_map(revisit.of_satellites(found, range(6)))
    every = revisit.revisit_map(found)
    assert (every["median_h"] <= fewer["median_h"] + 1e-9).all() and (
        every["longest_h"] <= fewer["longest_h"] + 1e-9
    ).all()


def test_night_takes_cameras_away_and_leaves_radars(ten):
    grid = revisit.equal_area_grid(100)
    found = revisit.looks(ten, grid, START, END)
    day = revisit.by_day(found, radar=[7, 8])
    assert (day.sun_deg[~np.isin(day.satellite, [7, 8])] >= 0).all()
    assert np.isin(day.satellite, [7, 8]).sum() == np.isin(found.satellite, [7, 8]).sum()
    assert 0.4 < len(day.opens) / len(found.opens) < 0.8


def test_median_gap_of_windows_agrees_with_the_map(ten):
    place = FIVE.iloc[[3]].reset_index(drop=True)
    windows = imaging.windows(ten, place, START, END, look_deg=30)
    found = revisit.looks(ten, place, START, END, look_deg=30)
    assert revisit.median_gap(windows, START, END) == pytest.approx(
        revisit.revisit_map(found)["median_h"][0], abs=0.02
    )
    assert revisit.median_gap(windows.iloc[:0], START, END) == 72.0


# --- an orbit of your own -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("height_km", "inclination_deg"), [(705, 98.2), (786, 98.6), (505, 97.4), (778, 98.5)]
)
def test_inclination_is_the_published_one_of_satellites_at_that_height(height_km, inclination_deg):
    """Landsat 8 98.2, Sentinel-2 98.62, Ziyuan-3 02 97.42, CBERS 98.50 degrees."""
    row = orbits.sun_synchronous(height_km, 10.5, "2026-03-19")
    elements = orbits.from_lines(row["line1"][0], row["line2"][0])
    assert np.degrees(elements.satrec.inclo) == pytest.approx(inclination_deg, abs=0.06)


@pytest.mark.parametrize("local_hour", [6.0, 10.5, 13.5])
def test_it_comes_at_its_local_hour_all_month(local_hour):
    row = orbits.sun_synchronous(600, local_hour, "2026-03-19", phase_deg=40)
    quito = FIVE.iloc[[2]].reset_index(drop=True)
    for start in ("2026-03-05", "2026-03-28"):
        found = revisit.looks(
            row, quito, start, pd.Timestamp(start, tz="UTC") + pd.Timedelta(days=5), look_deg=40
        )
        hour = (found.opens + quito["longitude_deg"][0] / 15) % 24
        south = abs((hour - local_hour + 12) % 24 - 12)
        north = abs((hour - local_hour - 12 + 12) % 24 - 12)
        assert (np.minimum(south, north) < 0.6).all() and len(hour) >= 2 and (south < 0.6).any()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda f: revisit.equal_area_grid(10), "from 20"),
        (lambda f: revisit.looks(f.iloc[:0], FIVE, START, END), "0 satellites"),
        (lambda f: revisit.looks(f, FIVE, END, START), "before it begins"),
        (lambda f: revisit.looks(f, FIVE, END, END), "before it begins"),
        (lambda f: revisit.looks(f, FIVE, START, END, look_deg=95), "below 90"),
        (lambda f: orbits.sun_synchronous(100, 10, START), "250 to 2,000"),
        (lambda f: orbits.sun_synchronous(700, 25, START), "0 to 24"),
    ],
)
def test_what_has_no_answer_is_refused(ten, call, words):
    with pytest.raises(NotAccepted, match=words):
        call(ten)
