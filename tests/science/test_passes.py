"""Passes held to an independent astropy computation, to skyfield's event finder, to published
passes and to brute force.
"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from skyfield.api import EarthSatellite, wgs84

from helpers.base.checks import NotAccepted
from helpers.science import orbits, passes, tracks
from helpers.tables import data
from tests.science.test_orbits import LINES, START, astropy_fixed

PLACES = [
    orbits.Place("Beijing", 39.9, 116.4),
    orbits.Place("Lima", -12.05, -77.05),
    orbits.Place("Rome", 41.89, 12.48),
    orbits.Place("Malindi", -3.0, 40.2, 50.0),
    orbits.Place("Bern", 46.95, 7.45),
    orbits.Place("Suva", -18.14, 178.44),
]
# An object that stands over 100 E: the elements are made up, only the mean motion of one sidereal
# day matters.
STANDING = {
    "OBJECT_NAME": "standing object (made up)",
    "EPOCH": "2025-11-08T00:00:00",
    "MEAN_MOTION": "1.0027379",
    "ECCENTRICITY": "0.0001",
    "INCLINATION": "0.05",
    "RA_OF_ASC_NODE": "0",
    "ARG_OF_PERICENTER": "0",
    "MEAN_ANOMALY": "147.4",
    "NORAD_CAT_ID": "99999",
    "BSTAR": "0",
    "MEAN_MOTION_DOT": "0",
}


@pytest.fixture(scope="module")
def station():
    return orbits.from_lines(*LINES, "Tiangong")


@pytest.fixture(scope="module")
def found(station):
    return passes.passes(station, PLACES, START, 24)


def astropy_elevation(station, place, when):
    """Return elevations in degrees with astropy alone: TEME to ITRS, EarthLocation, and the angle
    to the ellipsoid's normal.
    """
    import astropy.units as u
    from astropy.coordinates import EarthLocation

    ground = EarthLocation.from_geodetic(place.longitude, place.latitude, place.height_m)
    up = EarthLocation.from_geodetic(place.longitude, place.latitude, place.height_m + 1000.0)
    at, above = (
        np.array([p.x.to_value(u.km), p.y.to_value(u.km), p.z.to_value(u.km)])[:, None]
        for p in (ground, up)
    )
    away = astropy_fixed(station, when) - at
    return np.degrees(
        np.arcsin(
            (away * (above - at)).sum(axis=0)
            / np.linalg.norm(away, axis=0)
            / np.linalg.norm(above - at)
        )
    )


@pytest.mark.parametrize("place", PLACES[:4], ids=lambda p: p.name)
def test_edges_and_tops_agree_with_astropy(station, found, place):
    mine = found[found["place"] == place.name]
    for moment in ("rise", "set"):
        inner = mine[~mine["open_start" if moment == "rise" else "open_end"]]
        # One degree of elevation takes this object 5 to 10 s here: 0.02 degrees are 0.2 s.
        assert_allclose(
            astropy_elevation(station, place, pd.DatetimeIndex(inner[moment])), 10.0, atol=0.02
        )
    assert_allclose(
        astropy_elevation(station, place, pd.DatetimeIndex(mine["culmination"])),
        mine["highest_deg"],
        atol=0.02,
    )


def test_no_pass_is_missed_or_made_up(station, found):
    """Brute force: astropy every 10 seconds of the day; each time above the limit must lie in a
    pass, and no other.
    """
    when = orbits.times(START, 24, 10)
    for place in (PLACES[0], PLACES[4]):
        mine = found[found["place"] == place.name]
        inside = np.zeros(len(when), bool)
        for row in mine.itertuples():
            inside |= (when >= row.rise) & (when <= row.set)
        elevation = astropy_elevation(station, place, when)
        clear = np.abs(elevation - 10) > 0.05
        assert (inside[clear] == (elevation > 10)[clear]).all()


def test_agrees_with_skyfield_events(station, found):
    satellite, ts = EarthSatellite.from_satrec(station.satrec, orbits.TIMESCALE), orbits.TIMESCALE
    begin, end = (
        ts.from_datetime((orbits.utc(START) + pd.Timedelta(hours=h)).to_pydatetime())
        for h in (0, 24)
    )
    for place in PLACES:
        t, event = satellite.find_events(
            wgs84.latlon(place.latitude, place.longitude, place.height_m),
            begin,
            end,
            altitude_degrees=10,
        )
        mine = found[found["place"] == place.name]
        for number, moment, hidden in ((0, "rise", "open_start"), (2, "set", "open_end")):
            theirs = pd.DatetimeIndex([x.utc_datetime() for x in t[event == number]])
            ours = pd.DatetimeIndex(mine.loc[~mine[hidden], moment])
            assert len(theirs) == len(ours)
            assert (
                not len(ours) or np.abs((theirs - ours).total_seconds()).max() < 1.0
            )  # their tolerance is about half a second


def test_published_passes():
    published = data.table("published_passes")
    where = orbits.as_place(published.iloc[0])
    iss = orbits.nearest(orbits.sets("iss"), published["epoch"].iloc[0])
    mine = passes.passes(iss, where, "2014-01-23", 24, min_elevation_deg=30)
    for number, row in enumerate(mine.itertuples(), start=1):
        theirs = published[published["pass_number"] == number].set_index("event")
        for event, moment in (("rise", row.rise), ("culminate", row.culmination), ("set", row.set)):
            assert abs((theirs.loc[event, "time"] - moment).total_seconds()) < 1.0
        assert theirs["sunlit"].iloc[0] == row.sunlit
    assert len(mine) == published["pass_number"].nunique()


def test_cubic_between_grid_points_is_within_a_metre(station):
    path = tracks.track(station, START, 24)
    seconds = np.linspace(0, 86400, 5000)
    r, v = path.at(seconds)
    when = orbits.utc(START) + pd.to_timedelta((seconds * 1e6).round(), unit="us")
    expected_r, expected_v = orbits.position(station, when)
    assert np.abs(r - expected_r).max() < 1e-3
    assert np.abs(v - expected_v).max() < 1e-4


# --- unusual passes ------------------------------------------------------------------------------


def test_pass_open_at_both_ends(station, found):
    one = found[(found["place"] == "Lima") & ~found["open_start"]].iloc[0]
    begin = one["rise"] + pd.Timedelta(seconds=60)
    late = passes.passes(station, PLACES[1], begin, 24).iloc[0]
    assert late["open_start"] and not late["open_end"] and late["rise"] == begin
    assert abs(late["set"] - one["set"]) < pd.Timedelta(seconds=0.2)
    early = passes.passes(station, PLACES[1], one["rise"] - pd.Timedelta(hours=1), 1 + 1 / 60).iloc[
        -1
    ]
    assert (
        early["open_end"]
        and not early["open_start"]
        and abs(early["rise"] - one["rise"]) < pd.Timedelta(seconds=0.2)
    )
    inside = passes.passes(station, PLACES[1], begin, 30 / 3600)
    assert (
        len(inside) == 1
        and inside["open_start"].iloc[0]
        and inside["open_end"].iloc[0]
        and inside["minutes"].iloc[0] == pytest.approx(0.5)
    )


def test_grazing_pass_of_a_second_is_found(station, found):
    best = found[found["place"] == "Bern"].sort_values("highest_deg").iloc[0]
    graze = passes.passes(
        station, PLACES[4], START, 24, min_elevation_deg=best["highest_deg"] - 1e-4
    )
    shortest = graze.sort_values("minutes").iloc[0]
    assert 0 < shortest["minutes"] < 0.2 and shortest["culmination"] == best["culmination"]
    gone = passes.passes(
        station, PLACES[4], START, 24, min_elevation_deg=best["highest_deg"] + 1e-4
    )
    assert len(gone) == len(graze) - 1


def test_object_that_never_sets():
    standing = orbits.from_omm(STANDING)
    under = orbits.Place("Singapore", 1.35, 103.8)
    seen = passes.passes(standing, under, START, 24)
    assert (
        len(seen) == 1
        and seen["open_start"].all()
        and seen["open_end"].all()
        and seen["minutes"].iloc[0] == pytest.approx(1440)
    )
    assert "it never sets" in passes.describe(seen, standing, under, 24)
    assert passes.gaps(seen, START, 24).empty and passes.contact_minutes(seen) == pytest.approx(
        1440
    )


def test_object_that_never_rises(station):
    oslo = orbits.Place("Oslo", 59.91, 10.75)
    seen = passes.passes(station, oslo, START, 24)
    assert seen.empty and list(seen.columns) == passes.COLUMNS and passes.contact_minutes(seen) == 0
    assert "never rises 10 degrees high at Oslo" in passes.describe(seen, station, oslo, 24)
    assert passes.gaps(seen, START, 24)["minutes"].tolist() == [1440]


def test_describe_tells_not_now_from_never(station, found):
    short = passes.passes(station, PLACES[0], START, 0.05)
    assert "does not rise 10 degrees high at Beijing within these 0.05 hours" in passes.describe(
        short, station, PLACES[0], 0.05
    )
    mine = found[found["place"] == "Beijing"]
    assert f"{len(mine)} times" in passes.describe(mine, station, PLACES[0], 24)


def test_light_is_told_of_the_highest_point(station):
    """At its rise or its set the station may be lit while it is in the shadow at its highest."""
    week = passes.passes(station, PLACES[0], START, 168)
    lit = {}
    for edge in ("rise", "culmination", "set"):
        when = week[edge]
        lit[edge] = orbits.in_sunlight(
            orbits.position(station, when)[0], orbits.sun_direction(when)
        )
    assert (week["sunlit"] == lit["culmination"]).all()
    assert all((lit[edge] != lit["culmination"]).any() for edge in ("rise", "set"))


def test_seen_by_eye_needs_a_dark_place_and_a_lit_object(station):
    week = passes.passes(station, PLACES[0], START, 168)
    assert week["visible"].any() and (week["visible"] == (week["sunlit"] & week["dark"])).all()
    hour = week["culmination"].dt.hour + week["culmination"].dt.minute / 60
    local = (hour + PLACES[0].longitude / 15) % 24
    assert (
        local[week["dark"]].between(6.7, 17.0).sum() == 0
    )  # November: dark from about 17:20 to 06:30 by the Sun
    assert local[week["visible"]].between(9.0, 16.0).sum() == 0
    assert not week.loc[
        local.between(22, 24) | local.between(0, 2), "sunlit"
    ].any()  # near midnight the shadow covers it


@pytest.mark.parametrize(
    "call, says",
    [
        (
            lambda s: passes.passes(s, PLACES[0], START, min_elevation_deg=90),
            "min_elevation_deg = 90",
        ),
        (lambda s: passes.passes(s, PLACES[0], START, hours=0), "hours = 0.0"),
        (lambda s: passes.passes(s, (95, 0), START), "latitude 95"),
        (lambda s: passes.passes(s, PLACES[0], "2026-03-01"), "at most 15 days"),
    ],
)
def test_errors_repeat_the_value(station, call, says):
    with pytest.raises(NotAccepted, match=says):
        call(station)


# --- contact with several -------------------------------------------------------------------------


def test_contact_counts_overlaps_once(station):
    near = [orbits.Place("one", 40.0, 116.0), orbits.Place("other", 40.0, 117.0)]
    both = passes.passes(station, near, START, 24)
    single = passes.contact_minutes(both[both["place"] == "one"])
    assert single == pytest.approx(both.loc[both["place"] == "one", "minutes"].sum(), abs=0.05)
    assert single < passes.contact_minutes(both) < 1.2 * single
    assert passes.contact_minutes_per_day(both, 12) == pytest.approx(
        2 * passes.contact_minutes(both)
    )


def test_subset_of_stations_is_a_filter(station, found):
    some = found[found["place"].isin(["Beijing", "Lima"])]
    again = passes.passes(station, [PLACES[0], PLACES[1]], START, 24)
    pd.testing.assert_frame_equal(some.reset_index(drop=True), again)


def test_contact_and_gaps_fill_the_day(found):
    gap = passes.gaps(found, START, 24)
    assert passes.contact_minutes(found) + gap["minutes"].sum() == pytest.approx(1440)
    assert (gap["start"].to_numpy()[1:] > gap["end"].to_numpy()[:-1]).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 90)), max_size=12))
def test_union_is_what_a_grid_of_seconds_counts(spans):
    base, second = pd.Timestamp(START), pd.Timedelta(seconds=1)
    windows = pd.DataFrame(
        {
            "rise": [base + a * second for a, _ in spans],
            "set": [base + (a + n) * second for a, n in spans],
        },
        dtype="datetime64[us, UTC]",
    )
    covered = {t for a, n in spans for t in range(a, a + n)}
    assert passes.contact_minutes(windows) * 60 == pytest.approx(len(covered))


def test_table_of_stations_is_accepted(station):
    table = data.table("ground_stations")
    seen = passes.passes(station, table, START, 24)
    assert set(seen["place"]) <= set(table["name"]) and len(seen) > 10


def test_gaps_are_cut_to_the_span(station):
    three_days = passes.passes(station, PLACES, START, 72)
    gap = passes.gaps(three_days, START, 24)
    day = passes.passes(station, PLACES, START, 24)
    assert gap["end"].max() <= orbits.utc(START) + pd.Timedelta(hours=24)
    assert gap["minutes"].sum() == pytest.approx(1440 - passes.contact_minutes(day), abs=0.01)
    with pytest.raises(NotAccepted, match="hours = 0"):
        passes.gaps(day, START, 0)


def test_one_pass_is_told_as_one(station, found):
    mine = found[found["place"] == "Beijing"].head(1)
    assert "at Beijing once, " in passes.describe(mine, station, PLACES[0], 24)
    assert "at this place once, " in passes.describe(mine, station, PLACES[0][1:3], 24)


def test_culmination_is_the_highest_of_several_humps():
    """An eccentric orbit seen from one place for half a day: more than one top above the limit."""
    high = orbits.from_omm(
        {
            **STANDING,
            "ECCENTRICITY": 0.7,
            "INCLINATION": 63.4,
            "MEAN_MOTION": 2.006,
            "MEAN_ANOMALY": 0,
        }
    )
    place = orbits.Place("in the Indian Ocean", -45.0, 100.0)
    seen = passes.passes(high, place, START, 48, min_elevation_deg=0)
    humps = []
    for row in seen.itertuples():
        when = pd.date_range(row.rise, row.set, freq="4s")
        elevation = orbits.look(high, place, when)["elevation"].to_numpy()
        assert row.highest_deg == pytest.approx(elevation.max(), abs=0.01)
        assert abs(row.culmination - when[elevation.argmax()]) < pd.Timedelta(seconds=5)
        inner = elevation[1:-1]
        humps.append(inner[(inner > elevation[:-2]) & (inner > elevation[2:])])
    assert any(
        len(tops) > 1 and tops.argmax() > 0 for tops in humps
    )  # the first is not the highest
