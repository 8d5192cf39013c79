"""Imaging windows against a scan of SGP4 second by second, other libraries' frames, and sums by
hand.
"""

import warnings

import numpy as np
import pandas as pd
import pytest
from sgp4.api import Satrec
from sgp4.exporter import export_tle

from helpers.base.checks import NotAccepted
from helpers.base.constants import EARTH_MEAN_RADIUS_KM
from helpers.science import imaging, orbits
from helpers.tables import data

MANDALAY = ("Mandalay", 21.9747, 96.0836)
START = pd.Timestamp("2026-03-19T00:00Z")
DAY = pd.Timedelta(days=1)


def named(*names):
    rows = imaging.fleet(low_only=False).set_index("name", drop=False)
    return rows.loc[list(names)].reset_index(drop=True)


# --- the referee: a scan second by second, with its own geometry ----------------------------------


def margin(line1, line2, place, seconds, look_deg):
    """Above 0 where the satellite looks at the place; written apart from the module, in inertial
    axes.
    """
    satrec = Satrec.twoline2rv(line1, line2)
    day = (START - pd.Timestamp("2000-01-01T12:00Z")) / DAY + 2451545.0
    r = satrec.sgp4_array(np.full(len(seconds), day), seconds / 86400)[1]
    # Sidereal time by Aoki et al. 1982, in seconds of time, turned by UT1.
    ut1 = day - 2451545.0
    seconds = seconds + orbits.TIMESCALE.utc(START.year, START.month, START.day).dut1
    t = ut1 / 36525
    sidereal = (67310.54841 + (876600 * 3600 + 8640184.812866) * t + 0.093104 * t**2) / 240
    east = np.radians(sidereal + 360.98564736629 * seconds / 86400 + place[2])
    north = np.radians(place[1])
    n = 6378.137 / np.sqrt(1 - 0.00669437999014 * np.sin(north) ** 2)
    p = np.column_stack(
        [
            n * np.cos(north) * np.cos(east),
            n * np.cos(north) * np.sin(east),
            np.full(len(east), n * (1 - 0.00669437999014) * np.sin(north)),
        ]
    )
    up = np.column_stack(
        [
            np.cos(north) * np.cos(east),
            np.cos(north) * np.sin(east),
            np.full(len(east), np.sin(north)),
        ]
    )
    line = p - r
    angle = np.arccos((line * -r).sum(1) / np.linalg.norm(line, axis=1) / np.linalg.norm(r, axis=1))
    return np.minimum(np.radians(look_deg) - angle, -(line * up).sum(1))


def scan(satellite, place, hours, look_deg, step=1.0):
    """Windows by a scan and bisection: list of (opens, closes) in seconds."""
    of = lambda t: margin(satellite["line1"], satellite["line2"], place, t, look_deg) > 0
    t = np.arange(0, hours * 3600 + step / 2, step)
    inside = of(t)
    change = np.flatnonzero(inside[1:] != inside[:-1])
    low, high, state = t[change], t[change + 1], inside[change]
    for _ in range(20):
        middle = (low + high) / 2
        same = of(middle) == state if len(middle) else state
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    edges = np.concatenate([[0.0] * int(inside[0]), low, [t[-1]] * int(inside[-1])])
    return edges.reshape(-1, 2)


def seconds(times):
    return ((times - START) / pd.Timedelta(seconds=1)).to_numpy()


def agree(found, expected, shortest=2.0):
    """Every window of the scan is found to 0.05 s, and nothing else but grazing ones the scan
    stepped over.
    """
    for opens, closes in expected:
        near = np.flatnonzero(
            (abs(seconds(found["opens"]) - opens) < 0.05)
            & (abs(seconds(found["closes"]) - closes) < 0.05)
        )
        assert len(near) == 1 or closes - opens < shortest, (
            opens,
            closes,
            found[["opens", "closes"]],
        )
    extra = [
        row
        for row in found.itertuples()
        if not any(abs((row.opens - START).total_seconds() - o) < 0.05 for o, _ in expected)
    ]
    assert all(row.seconds < shortest for row in extra), extra


SATELLITES = [
    "SENTINEL-2B",
    "RISAT-2BR1",
    "LEGION 3",
    "PRSC-S1",
    "GAOFEN-9 01",
    "JILIN-1 GAOFEN 03D14",
    "THEOS",
    "ALOS-2",
]
PLACES = [
    MANDALAY,
    ("North Pole", 90.0, 0.0),
    ("near the South Pole", -89.9, 200.0),
    ("Svalbard", 78.2, 15.6),
    ("Quito", -0.2, -78.5),
    ("date line", -16.5, 179.99),
]


@pytest.mark.parametrize("name", SATELLITES)
def test_every_window_of_a_scan_is_found(name):
    rng = np.random.default_rng(SATELLITES.index(name))
    satellite = named(name)
    for place in [
        PLACES[rng.integers(len(PLACES))],
        (f"seed {name}", rng.uniform(-90, 90), rng.uniform(-180, 180)),
    ]:
        look = rng.choice([12.0, 30.0, 45.0, 58.0])
        found = imaging.windows(satellite, place, START, START + 2 * DAY, look)
        agree(found, scan(satellite.iloc[0], place, 48, look))


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p[0])
def test_places_up_to_the_poles(place):
    satellites = named("SENTINEL-1A", "RISAT-2BR2", "LANDSAT 9")
    found = imaging.windows(satellites, place, START, START + DAY, 45)
    for _, satellite in satellites.iterrows():
        agree(found[found["satellite"] == satellite["name"]], scan(satellite, place, 24, 45))


def test_the_horizon_decides_where_the_look_angle_does_not():
    satellite, place = named("LANDSAT 8"), ("Svalbard", 78.2, 15.6)
    found = imaging.windows(satellite, place, START, START + DAY, 90)
    agree(found, scan(satellite.iloc[0], place, 24, 90))
    assert found["seconds"].max() > 600


def test_windows_three_weeks_from_the_epoch_with_drag():
    satellite, start = named("SKYSAT-C10"), START + 18 * DAY
    found = imaging.windows(satellite, MANDALAY, START, START + 22 * DAY, 45)
    late = found[found["opens"] > start]
    assert len(late) >= 2
    expected = [
        w for w in scan(satellite.iloc[0], MANDALAY, 22 * 24, 45, step=5.0) if w[0] > 18 * 86400
    ]
    agree(late, expected, shortest=6.0)


# --- frames by independent libraries --------------------------------------------------------------


def test_edges_by_skyfield_altitudes():
    from skyfield.api import EarthSatellite, wgs84

    satellite = named("SENTINEL-2A")
    found = imaging.windows(satellite, MANDALAY, START, START + 5 * DAY, 45)
    body = EarthSatellite(satellite["line1"][0], satellite["line2"][0], "S2A", orbits.TIMESCALE)
    t = orbits.TIMESCALE.from_datetimes([w.to_pydatetime() for w in found["opens"]])
    elevation, _, distance = (body - wgs84.latlon(*MANDALAY[1:])).at(t).altaz()
    radius = np.linalg.norm(body.at(t).position.km, axis=0)
    place = np.linalg.norm(wgs84.latlon(*MANDALAY[1:]).itrs_xyz.km)
    # Cosine rule: the angle at the satellite from three sides that skyfield measured.
    look = np.degrees(
        np.arccos((radius**2 + distance.km**2 - place**2) / (2 * radius * distance.km))
    )
    assert len(found) >= 3
    np.testing.assert_allclose(look, 45, atol=2e-3)
    by_formula = imaging.elevation_of_look(45, radius - place, place)
    np.testing.assert_allclose(
        elevation.degrees, by_formula, atol=0.25
    )  # the vertical differs from the radius


def test_edges_by_astropy():
    from astropy import units as u
    from astropy.coordinates import ITRS, TEME, CartesianRepresentation, EarthLocation
    from astropy.time import Time
    from astropy.utils import iers

    satellite = named("LEGION 5")
    found = imaging.windows(satellite, MANDALAY, START, START + 4 * DAY, 50)
    with (
        iers.conf.set_temp("auto_download", False),
        iers.conf.set_temp("iers_degraded_accuracy", "warn"),
    ):
        t = Time(found["closes"].dt.tz_localize(None).to_numpy(), scale="utc")
        r = Satrec.twoline2rv(satellite["line1"][0], satellite["line2"][0]).sgp4_array(
            t.jd1, t.jd2
        )[1]
        fixed = (
            TEME(CartesianRepresentation(r.T * u.km), obstime=t)
            .transform_to(ITRS(obstime=t))
            .cartesian.xyz.to_value(u.km)
            .T
        )
    place = np.array(
        [x.to_value(u.km) for x in EarthLocation.from_geodetic(MANDALAY[2], MANDALAY[1]).geocentric]
    )
    line = place - fixed
    look = np.degrees(
        np.arccos(
            (line * -fixed).sum(1) / np.linalg.norm(line, axis=1) / np.linalg.norm(fixed, axis=1)
        )
    )
    assert len(found) >= 2
    np.testing.assert_allclose(look, 50, atol=5e-3)


def test_sun_by_astropy():
    from astropy import units as u
    from astropy.coordinates import AltAz, EarthLocation, get_sun
    from astropy.time import Time
    from astropy.utils import iers

    times = pd.date_range("2025-01-01T03:00Z", periods=14, freq="37D5h")
    with (
        iers.conf.set_temp("auto_download", False),
        iers.conf.set_temp("iers_degraded_accuracy", "warn"),
    ):
        t = Time(times.tz_localize(None).to_numpy(), scale="utc")
        frame = AltAz(obstime=t, location=EarthLocation.from_geodetic(-60 * u.deg, 47 * u.deg))
        expected = get_sun(t).transform_to(frame).alt.deg
    np.testing.assert_allclose(imaging.sun_elevation(times, 47, -60), expected, atol=0.03)


# --- angles ---------------------------------------------------------------------------------------


def test_a_look_angle_is_not_an_elevation():
    np.testing.assert_allclose(
        imaging.elevation_of_look(45, [500, 600, 700]), [40.3, 39.3, 38.3], atol=0.05
    )
    assert imaging.elevation_of_look(0, 600) == 90
    assert np.isnan(imaging.elevation_of_look(70, 700))


def test_ground_reach_by_the_triangle():
    elevation = float(imaging.elevation_of_look(30, 786))
    # The distance satellite-place from the sine rule, then the arc from its horizontal part.
    distance = (
        EARTH_MEAN_RADIUS_KM * np.sin(np.radians(90 - elevation - 30)) / np.sin(np.radians(30))
    )
    arc = EARTH_MEAN_RADIUS_KM * np.arctan2(
        distance * np.sin(np.radians(30)),
        EARTH_MEAN_RADIUS_KM + 786 - distance * np.cos(np.radians(30)),
    )
    assert imaging.ground_reach(30, 786) == pytest.approx(arc)
    assert imaging.look_of_reach(arc, 786) == pytest.approx(30)
    # Sentinel-2: 290 km of swath under a field of view of 20.6 degrees (ESA).
    assert 2 * imaging.look_of_reach(145, 786) == pytest.approx(20.6, abs=0.3)
    assert imaging.ground_reach(90, 786) == pytest.approx(
        EARTH_MEAN_RADIUS_KM * np.arccos(EARTH_MEAN_RADIUS_KM / 7157), rel=1e-4
    )


# --- open and grazing windows ---------------------------------------------------------------------


def test_windows_open_at_start_and_end():
    satellite = named("SENTINEL-2B")
    whole = imaging.windows(satellite, MANDALAY, START, START + 5 * DAY).iloc[1]
    middle = whole["opens"] + (whole["closes"] - whole["opens"]) / 2
    after = imaging.windows(satellite, MANDALAY, middle, middle + DAY / 4).iloc[0]
    before = imaging.windows(satellite, MANDALAY, middle - DAY / 4, middle).iloc[-1]
    assert (
        after["open_at_start"]
        and after["opens"] == middle
        and abs(after["closes"] - whole["closes"]).total_seconds() < 0.002
    )
    assert (
        before["open_at_end"]
        and before["closes"] == middle
        and abs(before["opens"] - whole["opens"]).total_seconds() < 0.002
    )
    within = imaging.windows(satellite, MANDALAY, middle, middle + pd.Timedelta(seconds=5)).iloc[0]
    assert (
        within["open_at_start"] and within["open_at_end"] and within["seconds"] == pytest.approx(5)
    )
    assert imaging.first_look(pd.DataFrame([after]), middle)["hours"] == 0


def test_the_last_half_second_of_a_window_is_one():
    satellite = named("SENTINEL-2B")
    closes = imaging.windows(satellite, MANDALAY, START, START + 5 * DAY)["closes"].iloc[1]
    half = closes - pd.Timedelta(seconds=0.5)
    found = imaging.windows(satellite, MANDALAY, half, half + DAY / 4)
    assert found["open_at_start"].iloc[0]
    assert found["seconds"].iloc[0] == pytest.approx(0.5, abs=0.01)


def test_one_opening_has_no_time_to_the_next():
    one = imaging.windows(named("SENTINEL-2B"), MANDALAY, START, START + 5 * DAY).iloc[:1]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isnan(imaging.revisit(one))


@pytest.mark.parametrize("name", ["SENTINEL-2B", "LEGION 3", "GAOFEN-9 01", "RCM-1"])
def test_grazing_windows(name):
    satellite = named(name)
    for least in imaging.windows(satellite, MANDALAY, START, START + 3 * DAY, 50)["look_deg"]:
        touching = imaging.windows(satellite, MANDALAY, START, START + 3 * DAY, least + 1e-4)
        missing = imaging.windows(satellite, MANDALAY, START, START + 3 * DAY, least - 1e-4)
        assert len(touching) == len(missing) + 1
        if least > 10:
            assert touching["seconds"].min() < 4


def least_looks(satellite, place, found):
    """Least look angle (deg) of each window, by the referee's geometry every 0.1 s."""
    times = [
        np.arange(0, row.seconds, 0.1) + (row.opens - START).total_seconds()
        for row in found.itertuples()
    ]
    return [
        90 - np.degrees(margin(satellite["line1"][0], satellite["line2"][0], place, t, 90).max())
        for t in times
    ]


@pytest.mark.parametrize("name", ["KOMPSAT-3A", "GAOFEN-9 01", "SENTINEL-2B"])
def test_least_look_by_fine_steps(name):
    satellite = named(name)
    found = imaging.windows(satellite, MANDALAY, START, START + 6 * DAY, 60)
    found = found[
        found["look_deg"] > 20
    ]  # straight overhead the angle changes too fast for steps of 0.1 s
    np.testing.assert_allclose(
        found["look_deg"], least_looks(satellite, MANDALAY, found), atol=1e-5
    )


def moved(name, **elements):
    """A made-up satellite: the named one with some elements changed (SGP4 units: rad, rad/min)."""
    row, s, new = named(name), orbits.from_row(named(name).iloc[0]).satrec, Satrec()
    wanted = {
        "ecco": s.ecco,
        "argpo": s.argpo,
        "inclo": s.inclo,
        "mo": s.mo,
        "no_kozai": s.no_kozai,
        "nodeo": s.nodeo,
    } | elements
    new.sgp4init(
        0, "i", s.satnum, s.jdsatepoch + s.jdsatepochF - 2433281.5, s.bstar, 0, 0, *wanted.values()
    )
    new.intldesg, new.classification, new.elnum, new.revnum = s.intldesg, "U", 1, 1
    line1, line2 = export_tle(new)
    return row.assign(line1=line1, line2=line2, name="made up")


@pytest.mark.parametrize("eccentricity", [0.008, 0.025, 0.1])
def test_eccentric_orbits(eccentricity):
    satellite = moved(
        "RISAT-2BR1",
        ecco=eccentricity,
        inclo=1.1,
        no_kozai=12.2 * 2 * np.pi / 1440,
        mo=1.0,
        argpo=2.0,
    )
    for place in (MANDALAY, ("Quito", -0.2, -78.5)):
        found = imaging.windows(satellite, place, START, START + DAY, 45)
        agree(found, scan(satellite.iloc[0], place, 24, 45))
        found = found[~found["open_at_start"] & ~found["open_at_end"]]
        np.testing.assert_allclose(
            found["look_deg"], least_looks(satellite, place, found), atol=2e-5
        )
        for least in found["look_deg"]:
            above, below = (
                imaging.windows(satellite, place, START, START + DAY, least + d)
                for d in (1e-4, -1e-4)
            )
            assert len(above) == len(below) + 1


def test_a_geostationary_satellite_never_closes():
    found = imaging.windows(
        named("GAOFEN-4"), [MANDALAY, ("Lima", -12.0, -77.0)], START, START + DAY
    )
    assert list(found["place"]) == ["Mandalay"]
    assert (
        found["open_at_start"].all()
        and found["open_at_end"].all()
        and found["look_deg"].max() < 8.7
    )
    assert imaging.longest_gap(found, START, START + DAY) == 0


def test_a_satellite_that_comes_down_has_windows_until_then():
    satellite = named("JILIN-1 GAOFEN 03D14")
    found = imaging.windows(satellite, MANDALAY, START, START + 200 * DAY, max_age_days=250)
    assert found["closes"].max() < START + 150 * DAY
    agree(found[found["opens"] < START + 3 * DAY], scan(satellite.iloc[0], MANDALAY, 72, 45))


def test_many_places_at_once_as_one_by_one():
    satellites = named("SENTINEL-2B", "RISAT-2BR1", "GAOFEN-2")
    together = imaging.windows(satellites, PLACES, START, START + 2 * DAY)
    for place in PLACES:
        alone = imaging.windows(satellites, place, START, START + 2 * DAY)
        same = together[together["place"] == place[0]].reset_index(drop=True)
        assert len(alone) == len(same)
        assert (abs(alone["opens"] - same["opens"]) < pd.Timedelta(milliseconds=2)).all()


# --- clean failure --------------------------------------------------------------------------------


def test_out_of_reach_is_a_sentence():
    said = imaging.out_of_reach(named("RISAT-2BR1", "SENTINEL-2A"), ("Svalbard", 78.2, 15.6))
    assert (
        len(said) == 1
        and "RISAT-2BR1" in said[0]
        and "37.0 deg" in said[0]
        and "Svalbard" in said[0]
    )
    assert imaging.windows(named("RISAT-2BR1"), ("Svalbard", 78.2, 15.6), START, START + DAY).empty
    assert imaging.out_of_reach(named("SENTINEL-2A"), ("South Pole", -90.0, 0.0), 10.0)
    beyond = ("a place 3 degrees past the track", 40.0, 30.0)
    assert imaging.out_of_reach(named("RISAT-2BR1"), beyond) == []
    assert len(imaging.windows(named("RISAT-2BR1"), beyond, START, START + 3 * DAY)) > 0


def test_out_of_reach_counts_from_the_highest_point_of_an_orbit():
    line1, line2 = orbits.made_up(
        START.to_julian_date(),
        inclination=np.radians(40),
        node=0.0,
        motion=2 * np.pi / orbits.period_minutes(1722),
        eccentricity=0.19,  # highest over its northernmost latitude
        argument=np.radians(270),
    )
    high = named("SENTINEL-2A").assign(name="made up", line1=line1, line2=line2)
    for latitude, never in ((48.0, False), (55.0, True)):
        place = ("a place north of the track", latitude, 30.0)
        seen = imaging.windows(high, place, START, START + 5 * DAY, look_deg=20)
        assert (len(seen) == 0) == never == bool(imaging.out_of_reach(high, place, 20.0))


def test_too_old_says_what_age_costs():
    with pytest.raises(
        NotAccepted, match=r"2026-03-19.*356 days.*up to 30 days.*seconds along the track"
    ):
        imaging.windows(named("SENTINEL-2A"), MANDALAY, "2025-03-28", "2025-03-30")


@pytest.mark.parametrize(
    "change, message",
    [
        ({"satellites": lambda s: s.iloc[:0]}, "no satellite is left"),
        ({"places": ("Nowhere", 91.0, 0.0)}, "Nowhere 91, longitude 0 is no place"),
        ({"places": []}, "no place"),
        ({"look_deg": 0}, "look angle 0 deg"),
        ({"look_deg": 120}, "look angle 120 deg"),
        ({"end": START}, "ends .* before"),
    ],
)
def test_impossible_questions(change, message):
    question = {
        "satellites": named("SENTINEL-2A"),
        "places": MANDALAY,
        "start": START,
        "end": START + DAY,
        **change,
    }
    if callable(question["satellites"]):
        question["satellites"] = question["satellites"](named("SENTINEL-2A"))
    with pytest.raises(NotAccepted, match=message):
        imaging.windows(**question)


def test_unknown_owner_lists_those_there_are():
    with pytest.raises(NotAccepted, match=r"nothing of ATLANTIS here; .*COPERNICUS"):
        imaging.fleet(owners=["ATLANTIS"])


def test_events_without_a_look():
    none = imaging.usable(
        imaging.windows(named("RISAT-2BR1"), ("Svalbard", 78.2, 15.6), START, START + DAY)
    )
    summary = imaging.first_look_summary(none, imaging.event_times(START, START + DAY, 10))
    assert np.isinf(summary["median_hours"]) and summary["without_look"] == 1
    assert imaging.first_look(none, START) is None
    assert imaging.longest_gap(none, START, START + DAY) == 24 and np.isnan(imaging.revisit(none))


# --- counting -------------------------------------------------------------------------------------


def looks_at(minutes, length=2.0, sensor="optical"):
    """Made-up windows that open so many minutes after START."""
    opens = START + pd.to_timedelta(np.asarray(minutes, float), unit="min")
    return pd.DataFrame(
        {
            "place": "made up",
            "sensor": sensor,
            "opens": opens,
            "closes": opens + pd.to_timedelta(length, unit="min"),
            "sun_deg": 30.0,
        }
    )


@pytest.mark.parametrize("seed", range(5))
def test_merging_gaps_and_waits_by_brute_force(seed):
    rng = np.random.default_rng(seed)
    minutes, length = rng.uniform(0, 600, 12).round(2), rng.uniform(1, 60, 12).round(2)
    looks, end = looks_at(minutes, length), START + pd.Timedelta(minutes=700)
    grid = np.arange(0, 700, 0.05) + 0.025
    seen = ((grid[:, None] > minutes) & (grid[:, None] < minutes + length)).any(1)
    gaps = imaging.gaps(looks, START, end)
    assert gaps["hours"].sum() * 60 == pytest.approx((~seen).sum() * 0.05, abs=0.7)
    wait = [
        next((g - x for g, s in zip(grid, seen, strict=True) if s and g >= x), np.inf)
        for x in grid[::500]
    ]
    found = imaging.hours_to_look(looks, START + pd.to_timedelta(grid[::500], unit="min")) * 60
    np.testing.assert_allclose(found, wait, atol=0.06)
    assert imaging.longest_gap(looks, START, end) == gaps["hours"].max()


def test_gaps_are_cut_to_the_interval():
    looks = looks_at([-30, 100, 250], [60, 10, 500])  # one is open at the start, one beyond the end
    end = START + pd.Timedelta(minutes=300)
    gaps = imaging.gaps(looks, START, end)
    assert (gaps["hours"] * 60).round(6).to_list() == [70, 140]
    assert gaps["begins"].min() >= START and gaps["ends"].max() <= end
    assert imaging.longest_gap(looks_at([400, 900]), START, end) == pytest.approx(5)
    with pytest.raises(NotAccepted, match="before it begins"):
        imaging.gaps(looks, end, START)


def test_more_satellites_never_wait_longer_under_one_sky():
    rng = np.random.default_rng(5)
    opens = np.sort(rng.uniform(0, 30 * 1440, 150))
    all_looks = looks_at(opens, 3.0, rng.choice(["optical", "radar"], 150, p=[0.9, 0.1]))
    events = imaging.event_times(START, START + 20 * DAY, 300)
    cloudy = {"cloud": 0.5, "skies": 3}
    waits = imaging.first_look_hours(all_looks, events, **cloudy)
    for share in (0.3, 0.7):
        fewer = all_looks[rng.random(150) < share]  # the first window goes, too
        assert (imaging.first_look_hours(fewer, events, **cloudy) >= waits).all()
    # More skies leave the first ones as they are; another seed is another sky.
    more = imaging.first_look_hours(all_looks, events, cloud=0.5, skies=6)
    assert (more[:900] == waits).all()
    assert (imaging.first_look_hours(all_looks, events, **cloudy, seed=8) != waits).any()


def test_quantile_is_one_of_the_hours_also_beside_infinity():
    hours = [np.inf, 3.0, 1.0, np.inf]
    assert imaging.quantile(hours, 0.5) == 3 and imaging.quantile(hours, 0.9) == np.inf
    assert imaging.quantile(hours, 0) == 1 and imaging.quantile(np.arange(1, 101), 0.9) == 90
    with pytest.raises(NotAccepted, match="share = 1.1; accepted: 0 to 1"):
        imaging.quantile(hours, 1.1)


def test_first_look_by_hand():
    looks = looks_at([10, 70, 250])
    assert imaging.first_look(looks, START)["hours"] == pytest.approx(1 / 6)
    assert imaging.first_look(looks, START + pd.Timedelta(minutes=11))["hours"] == 0
    assert imaging.first_look(looks, START + pd.Timedelta(minutes=300)) is None
    assert imaging.revisit(looks) == pytest.approx(2.0)
    assert imaging.longest_gap(looks, START, START + pd.Timedelta(minutes=260)) == pytest.approx(
        178 / 60
    )


def test_summary_by_hand():
    # One look a day: the wait is spread evenly over a day, so its median is 12 h and its 90 % point
    # 21.6 h.
    summary = imaging.first_look_summary(
        looks_at(np.arange(0, 40) * 1440, 0.01), imaging.event_times(START, START + 30 * DAY, 1000)
    )
    assert summary["median_hours"] == pytest.approx(12, abs=0.05) and summary[
        "hours_90"
    ] == pytest.approx(21.6, abs=0.05)


def test_cloud_loses_optical_looks_and_spares_radar():
    days, events = np.arange(0, 300) * 1440, imaging.event_times(START, START + 200 * DAY, 1000)
    clear = imaging.first_look_hours(looks_at(days), events)
    half = imaging.first_look_hours(looks_at(days), events, cloud=0.5, skies=40)
    assert half.shape == (40000,)
    # Clear with probability 1/2 each day: half the events still wait less than a day, a quarter up
    # to two.
    assert (half < 24).mean() == pytest.approx(0.5, abs=0.03)
    assert ((half >= 24) & (half < 48)).mean() == pytest.approx(0.25, abs=0.03)
    radar = imaging.first_look_hours(looks_at(days, sensor="radar"), events, cloud=0.9, skies=1)
    np.testing.assert_array_equal(radar, clear)
    assert np.isinf(imaging.first_look_hours(looks_at(days), events, cloud=1)).all()
    with pytest.raises(NotAccepted, match="1.5"):
        imaging.first_look_hours(looks_at(days), events, cloud=1.5)


def test_night_hides_from_optical_satellites_only():
    found = imaging.windows(named("SENTINEL-2A", "SENTINEL-1A"), MANDALAY, START, START + 6 * DAY)
    seen = imaging.usable(found)
    assert (seen.loc[seen["sensor"] == "optical", "sun_deg"] >= 0).all()
    assert (seen["sensor"] == "radar").sum() == (found["sensor"] == "radar").sum()
    assert len(imaging.usable(found, optical_sun_deg=-90)) == len(found) > len(seen)
    assert set(imaging.usable(found, sensor="radar")["satellite"]) == {"SENTINEL-1A"}


# --- as many satellites of one owner --------------------------------------------------------------


@pytest.mark.parametrize(
    "spread, field, other",
    [("anomaly", slice(43, 51), slice(17, 25)), ("node", slice(17, 25), slice(43, 51))],
)
def test_same_size_moves_copies_by_equal_shares(spread, field, other):
    own = imaging.fleet(owners="COPERNICUS")
    fleet = imaging.same_size(own, 3 * len(own) - 2, spread)
    assert len(fleet) == 3 * len(own) - 2 and fleet["name"].is_unique
    assert (~fleet["hypothetical"]).sum() == len(own) and fleet.loc[
        fleet["hypothetical"], "name"
    ].str.contains("hypothetical").all()
    for k in (1, 2):
        copies = fleet.iloc[k * len(own) : (k + 1) * len(own)]
        for old, new in zip(own["line2"], copies["line2"], strict=False):
            assert (float(new[field]) - float(old[field]) - 120 * k + 180) % 360 == pytest.approx(
                180, abs=2e-4
            )
            assert float(new[other]) == pytest.approx(float(old[other]), abs=1e-4)
    assert (orbits.epochs(fleet)[: len(own)] == orbits.epochs(fleet)[len(own) : 2 * len(own)]).all()


def test_same_size_can_shrink_a_fleet():
    assert len(imaging.same_size(imaging.fleet(owners="CGSTL"), 1)) == 1
    assert list(imaging.same_size(imaging.fleet(owners="CGSTL"), 2)["hypothetical"]) == [
        False,
        False,
    ]


# --- past dates by repeat cycles ------------------------------------------------------------------


def test_published_image_dates_are_reproduced():
    dates, cycles = (
        data.table("image_dates"),
        data.table("repeat_orbit_checks").set_index("mission")["cycle_days"],
    )
    assert len(dates) == 4
    for row in dates.itertuples():
        names = (
            ["SENTINEL-2A", "SENTINEL-2B", "SENTINEL-2C"]
            if row.mission == "Sentinel-2"
            else [row.satellite]
        )
        day = row.date.tz_localize("UTC") if row.date.tz is None else row.date
        found = pd.concat(
            [
                imaging.repeat_looks(s, MANDALAY, day, day + DAY, cycles[row.mission])
                for _, s in named(*names).iterrows()
            ]
        )
        if row.mission == "Sentinel-2":  # half of the swath of 290 km, by day
            found = found[
                (imaging.ground_reach(found["look_deg"], 789) < 145) & (found["sun_deg"] > 0)
            ]
            assert list(found["satellite"]) == ["SENTINEL-2B"]
        else:  # the radar looks sideways, at 29 to 46 degrees from the vertical at the place
            incidence = 90 - imaging.elevation_of_look(found["look_deg"], 696)
            found = found[incidence.between(29, 46)]
        assert len(found) >= 1, row


@pytest.mark.parametrize(
    "mission, name",
    [
        ("Sentinel-1", "SENTINEL-1A"),
        ("Sentinel-2", "SENTINEL-2B"),
        ("Landsat 8/9", "LANDSAT 8"),
        ("ALOS-2", "ALOS-2"),
        ("TerraSAR-X", "TERRASAR-X"),
        ("CBERS-4", "CBERS-4"),
        ("CBERS-4A", "CBERS 4A"),
    ],
)
def test_repeat_cycles_hold_in_the_element_sets(mission, name):
    if name == "CBERS-4":
        name = "CBERS 4"
    row = data.table("repeat_orbit_checks").set_index("mission").loc[mission]
    s = orbits.from_row(named(name).iloc[0]).satrec
    nodal = 2 * np.pi / (s.mdot + s.argpdot)  # minutes from node to node
    day = (
        2 * np.pi / (4.37526908801129966e-3 - s.nodedot)
    )  # minutes in which the Earth turns once under the plane
    assert row["cycle_days"] * day / nodal == pytest.approx(
        row["orbits"], abs=0.03 if mission != "CBERS-4A" else 2.5
    )


def test_repeat_looks_refuses_a_long_interval():
    with pytest.raises(NotAccepted, match="lasts 90 days; accepted: at most 60 days"):
        imaging.repeat_looks(named("SENTINEL-2B").iloc[0], MANDALAY, "2025-01-01", "2025-04-01", 10)


# --- the tables -----------------------------------------------------------------------------------


def test_fleet_is_large_and_of_many_owners():
    fleet = imaging.fleet(low_only=False)
    assert (
        len(fleet) >= 60
        and fleet["owner"].nunique() >= 20
        and set(fleet["sensor"]) == {"optical", "radar"}
    )
    assert set(imaging.fleet(owners="JAXA", sensor="radar")["name"]) == {"ALOS-2", "ALOS-4"}
    assert "GAOFEN-4" not in set(imaging.fleet()["name"])


def test_columns_of_the_sets_are_those_of_their_lines():
    for row in data.table("imaging_element_sets").itertuples():
        s = orbits.from_lines(row.line1, row.line2).satrec  # raises where a checksum fails
        assert s.satnum == row.catalogue_number
        assert s.no_kozai * 1440 / (2 * np.pi) == pytest.approx(row.mean_motion, rel=1e-12)
        assert [s.ecco, s.bstar] == pytest.approx([row.eccentricity, row.bstar], rel=1e-9)
        assert np.degrees([s.inclo, s.nodeo, s.argpo, s.mo]) == pytest.approx(
            [row.inclination_deg, row.raan_deg, row.arg_perigee_deg, row.mean_anomaly_deg], abs=1e-9
        )
        assert abs(orbits.from_lines(row.line1, row.line2).epoch - row.epoch) < pd.Timedelta(
            milliseconds=1
        )


def test_fleet_takes_the_set_nearest_to_a_time():
    rows = imaging.fleet(owners="USGS", on="2025-08-20")
    assert set(rows["epoch"].dt.strftime("%Y-%m-%d")) == {"2025-08-13"}
    assert set(imaging.fleet(owners="USGS")["epoch"].dt.year) == {2026}


def test_what_age_costs():
    cost = imaging.age_cost()
    assert len(cost) >= 10 and cost["days"].between(200, 230).all()
    # The worst case of the table, by the difference of the two positions themselves.
    assert cost["seconds"].abs().max() < 3000 and (cost["seconds"].abs() > 150).all()
    assert (cost["km"] / cost["seconds"]).between(7.3, 7.7).all()  # km/s along a low orbit
