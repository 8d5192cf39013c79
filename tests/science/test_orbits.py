"""Orbits held to hand computation, to published values, to SGP4's verification vectors,
to skyfield and to astropy.
"""

import json
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from sgp4 import exporter
from skyfield.api import EarthSatellite, wgs84

from sgp4.api import WGS72, Satrec

from helpers.base.checks import NotAccepted
from helpers.science import orbits, passes
from helpers.tables import data, elements

# Tiangong, 2025-11-07: one set for the tests that need any.
LINES = (
    "1 48274U 21035A   25311.80807516  .00039652  00000+0  46682-3 0  9996",
    "2 48274  41.4662 228.8136 0005483 340.8611  19.2021 15.60624711258578",
)
START = "2025-11-08T00:00:00Z"


@pytest.fixture(scope="module")
def station():
    return orbits.from_lines(*LINES, "Tiangong")


# --- a circle by hand ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "height, minutes",
    [
        # By hand: a = 6768.137; a^3 / mu = 310,030,655,000 / 398,600.44 = 777,798; root 881.93;
        # times 2 pi / 60 = 92.355.
        (390.0, 92.355),
        (
            20181.86,
            717.95,
        ),  # GPS: half a sidereal day, 11 h 57 min 58 s (a = 26,560 km, IS-GPS-200)
        (35786.03, 1436.068),  # geostationary: one sidereal day, 23 h 56 min 4.1 s
    ],
)
def test_period_of_a_height(height, minutes):
    assert_allclose(orbits.period_minutes(height), minutes, rtol=2e-5)
    assert_allclose(orbits.height_from_period_km(minutes), height, atol=0.5)


def test_geostationary_axis_and_speed():
    assert_allclose(
        orbits.semi_major_axis_km(1.00273790935), 42164.17, atol=0.02
    )  # Soop, Handbook of Geostationary Orbits
    assert_allclose(orbits.speed_km_s(42164.17 - 6378.137), 3.0747, atol=1e-4)
    assert_allclose(orbits.revolutions_per_day(orbits.mean_height_km(15.5)), 15.5)


def test_node_drift_of_landsat_is_sun_synchronous():
    # Landsat 8: 705 km, 98.2 degrees; the Sun moves 360 degrees in 365.2422 days.
    assert_allclose(orbits.node_drift_deg_per_day(705.0, 98.2), 360 / 365.2422, rtol=5e-3)


def test_node_drift_agrees_with_two_published_element_sets():
    first, last = (
        orbits.nearest(orbits.sets("tiangong"), day) for day in ("2025-11-02", "2025-11-07T19:00")
    )
    days = (last.epoch - first.epoch) / pd.Timedelta(days=1)
    observed = np.degrees(last.satrec.nodeo - first.satrec.nodeo) / days
    assert_allclose(
        orbits.node_drift_deg_per_day(last.mean_height_km, last.inclination_deg),
        observed,
        rtol=3e-3,
    )


def test_nodal_period_counts_the_equator_crossings_of_sgp4(station):
    z = orbits.position(station, times := orbits.times(station.epoch, 24, 30))[0][2]
    up = np.flatnonzero((z[:-1] < 0) & (z[1:] >= 0))
    crossing = (up - z[up] / (z[up + 1] - z[up])) * 30
    measured = (crossing[-1] - crossing[0]) / (len(up) - 1) / 60
    height, tilt = station.brouwer_height_km, station.inclination_deg
    assert len(times) == 2881
    assert_allclose(
        orbits.nodal_period_minutes(height, tilt), measured, atol=0.008
    )  # half a second
    # The height from the period has a part of the flattening in it: with it the turn is too short.
    kozai = orbits.nodal_period_minutes(station.mean_height_km, tilt)
    assert kozai < measured - 0.02
    # Without the flattening the period would be off by several times that.
    assert abs(orbits.period_minutes(height) - measured) > 0.05


def test_counts_of_a_flight():
    counts = orbits.count_orbits(679312, 342.0, 51.6)  # 7 d 20 h 41 min 52 s
    assert counts["turns"] == pytest.approx(679312 / 60 / orbits.period_minutes(342.0))
    assert counts["turns"] - counts["turns over the ground"] == pytest.approx(679312 / 86164.0905)
    assert counts["equator crossings"] > counts["turns"]


def test_burn_agrees_with_vis_viva():
    a, dv = 6768.137, 1.0
    v = np.sqrt(398600.4418 / a) + dv / 1000
    exact = 1 / (2 / a - v**2 / 398600.4418) - a
    assert_allclose(orbits.burn_height_change_km(dv, 390.0), exact, rtol=1e-3)
    assert_allclose(
        orbits.burn_speed_change_m_s(orbits.burn_height_change_km(2.5, 400.0), 400.0), 2.5
    )


# --- what an inclination lets you see ----------------------------------------------------------


def test_latitude_limit_is_the_one_sgp4_reaches(station):
    track = orbits.ground_track(station, START, 72, 20)
    limit = orbits.latitude_limit_deg(station.inclination_deg, station.mean_height_km)
    assert_allclose(track["latitude"].max(), limit, atol=0.003)
    assert_allclose(track["latitude"].min(), -limit, atol=0.003)
    assert limit - station.inclination_deg == pytest.approx(
        0.16, abs=0.01
    )  # geodetic, not geocentric
    assert orbits.latitude_limit_deg(98.2) == pytest.approx(orbits.latitude_limit_deg(81.8))


def test_distance_to_the_band():
    assert orbits.distance_to_track_km(30.0, 41.47) == 0
    assert orbits.distance_to_track_km(41.8933, 41.47) == pytest.approx(
        29.4, abs=0.5
    )  # Rome: 0.26 degrees beyond


@pytest.mark.parametrize("latitude", [45.0, 50.0, 55.0, 60.0])
def test_highest_elevation_bounds_what_sgp4_shows(station, latitude):
    best = orbits.highest_elevation_deg(latitude, station.inclination_deg, station.mean_height_km)
    ring = [(latitude, longitude) for longitude in range(0, 360, 3)]
    seen = passes.passes(station, ring, START, 72, min_elevation_deg=-5)["highest_deg"].max()
    assert seen == pytest.approx(
        best, abs=0.5
    )  # the orbit is not quite a circle: 5 km of height are 0.4 degrees at 45 N


def test_highest_elevation_inside_the_band_is_overhead():
    assert orbits.highest_elevation_deg(41.6, 41.47, 390.0) == 90
    assert orbits.highest_elevation_deg(-70.0, 41.47, 390.0) < 0


# --- element sets ------------------------------------------------------------------------------


def verification():
    """Yield line pairs and (minutes, position,
    velocity) rows of the SGP4 verification set that ships with sgp4.
    """
    vectors, sets = {}, []
    for line in files("sgp4").joinpath("tcppver.out").read_text().splitlines():
        if line.endswith("xx"):
            current = vectors.setdefault(line.split()[0], [])
        elif line.strip():
            current.append([float(x) for x in line.split()[:7]])
    lines = [
        line
        for line in files("sgp4").joinpath("SGP4-VER.TLE").read_text().splitlines()
        if line[:2] in ("1 ", "2 ")
    ]
    for line1, line2 in zip(lines[::2], lines[1::2]):
        sets.append((line1[:69], line2[:69], vectors[line2[2:7].strip().lstrip("0") or "0"]))
    return sets


def test_sgp4_verification_vectors():
    checked = 0
    for line1, line2, rows in verification():
        try:
            satrec = orbits.from_lines(line1, line2).satrec
        except elements.ElementSetError:  # the set has lines that are wrong on purpose
            continue
        for minutes, *expected in rows:
            error, r, v = satrec.sgp4_tsince(minutes)
            if error == 0:
                assert_allclose(
                    r, expected[:3], atol=2e-5, err_msg=f"{line1[2:7]} at {minutes} min"
                )
                assert_allclose(v, expected[3:], atol=2e-8)
                checked += 1
    assert checked > 500


def test_set_from_omm_is_the_set_from_lines(station):
    fields = exporter.export_omm(station.satrec, "Tiangong")
    same = orbits.from_omm({key: str(value) for key, value in fields.items()})
    assert same.name == "Tiangong" and abs(same.epoch - station.epoch) <= pd.Timedelta(
        microseconds=1
    )
    assert_allclose(
        orbits.position(same, START)[0], orbits.position(station, START)[0], atol=1e-4
    )  # a microsecond of epoch is 8 mm
    with pytest.raises(NotAccepted, match="no field 'INCLINATION'"):
        orbits.from_omm({k: v for k, v in fields.items() if k != "INCLINATION"})
    with pytest.raises(NotAccepted, match="Tiangong is not readable.*steep"):
        orbits.from_omm({**fields, "INCLINATION": "steep"})


def test_set_from_pasted_text(station):
    fields = {
        key: str(value) for key, value in exporter.export_omm(station.satrec, "Tiangong").items()
    }
    table = f"{','.join(fields)}\n{','.join(fields.values())}\n"
    for text in (
        "\n".join(LINES),
        f"\n  Tiangong \n\n{LINES[0]}  \n{LINES[1]}\n",
        json.dumps(fields),
        json.dumps([fields]),
        table,
    ):
        one = orbits.from_text(text)
        assert abs(one.epoch - station.epoch) <= pd.Timedelta(microseconds=1) and one.name in (
            "",
            "Tiangong",
        )
        assert one.mean_height_km == pytest.approx(station.mean_height_km)
    for broken, said in (
        (LINES[0], "line 1: the text ends before a set is whole"),
        ("OBJECT_NAME,EPOCH,INCLINATION", "no element set in this text"),
        ("{half", "line 1: not readable as JSON"),
    ):
        with pytest.raises(NotAccepted, match=said):
            orbits.from_text(broken)


def test_a_number_that_two_lines_cannot_hold(station):
    fields = exporter.export_omm(station.satrec, "Tiangong") | {"NORAD_CAT_ID": 812_345}
    one = orbits.from_text(json.dumps(fields, default=str))
    assert one.catalogue_number == 812_345
    assert_allclose(orbits.position(one, START)[0], orbits.position(station, START)[0], atol=1e-4)
    with pytest.raises(NotAccepted, match="object 812,345; accepted: up to 339,999"):
        orbits.lines(one)
    again = orbits.from_lines(*orbits.lines(station))
    assert_allclose(orbits.position(again, START)[0], orbits.position(station, START)[0], atol=1e-6)


def test_lines_of_two_objects_are_refused():
    line2 = exporter.export_tle(orbits.sets("iss")[-1].satrec)[1]
    with pytest.raises(elements.ElementSetError, match="the line 2 of object 48274"):
        orbits.from_lines(LINES[0], line2)


def test_set_agrees_with_the_columns_of_its_row():
    row = data.table("element_sets").query("object == 'tiangong'").iloc[-1]
    one = orbits.from_row(row)
    assert_allclose(
        [one.revolutions_per_day, one.inclination_deg, one.eccentricity],
        [row["mean_motion"], row["inclination_deg"], row["eccentricity"]],
    )
    assert abs(one.epoch - row["epoch"]) < pd.Timedelta(milliseconds=1)
    assert one.catalogue_number == row["catalogue_number"] and one.name == row["name"]
    assert 0 < one.brouwer_axis_km - one.axis_km < 5
    assert one.perigee_height_km < one.mean_height_km < one.apogee_height_km


def test_sets_of_an_object_by_epoch():
    found = orbits.sets("tiangong")
    assert [s.epoch for s in found] == sorted(s.epoch for s in found) and len(found) > 10
    assert orbits.newest(found) is found[-1]
    assert orbits.nearest(found, found[3].epoch + pd.Timedelta(minutes=5)) is found[3]
    history = orbits.altitude_history(reversed(found))
    assert (
        history["epoch"].is_monotonic_increasing
        and history["mean_height_km"].between(370, 400).all()
    )
    with pytest.raises(NotAccepted, match="no element set of 'mir'.*iss.*tiangong"):
        orbits.sets("mir")
    with pytest.raises(NotAccepted, match="at least one"):
        orbits.newest([])


def test_wrong_checksum_says_which_line():
    with pytest.raises(elements.ElementSetError, match="25311.*checksum"):
        orbits.from_lines(LINES[0][:-1] + "7", LINES[1])


def test_old_set_is_refused_unless_asked_for(station):
    with pytest.raises(
        NotAccepted, match="2025-11-07 19:23 UTC, 54 days from 2025-12-31.*at most 15 days"
    ):
        orbits.position(station, "2025-12-31T20:00Z")
    assert np.isfinite(orbits.position(station, "2025-12-31T20:00Z", max_age_days=60)[0]).all()


def test_object_that_came_down_is_refused():
    line1, line2 = next(
        (a, b) for a, b, _ in verification() if a[2:7] == "28872"
    )  # decays within an hour
    with pytest.raises(NotAccepted, match="SGP4 gives no position"):
        orbits.position(orbits.from_lines(line1, line2), "2005-11-29T01:29Z")


# --- position: independent referees ------------------------------------------------------------


def astropy_fixed(element_set, when):
    """Return Earth-fixed positions (3, N) in km by astropy:
    TEME to ITRS with its own sidereal time and polar motion.
    """
    import astropy.units as u
    from astropy.coordinates import ITRS, TEME, CartesianRepresentation
    from astropy.time import Time
    from astropy.utils import iers

    with (
        iers.conf.set_temp("auto_download", False),
        iers.conf.set_temp("auto_max_age", None),
        iers.conf.set_temp("iers_degraded_accuracy", "ignore"),
    ):
        t = Time(when.tz_localize(None).to_numpy(), scale="utc")
        _, r, _ = element_set.satrec.sgp4_array(t.jd1, t.jd2)
        fixed = TEME(CartesianRepresentation(r.T * u.km), obstime=t).transform_to(ITRS(obstime=t))
    return fixed.cartesian.xyz.to_value(u.km)


@pytest.mark.parametrize("set_at", ["2024-05-09", "2025-04-02"])
def test_position_agrees_with_astropy(set_at):
    one = orbits.nearest(orbits.sets("tiangong"), set_at)
    when = orbits.times(one.epoch, 24, 600)
    apart = np.linalg.norm(orbits.position(one, when)[0] - astropy_fixed(one, when), axis=0)
    assert (
        apart.max() < 0.03
    )  # 30 m: polar motion, up to 15 m, is left out, and the two use other tables of UT1


def test_velocity_is_the_derivative_of_position(station):
    when = orbits.times(START, 1, 1)
    r, v = orbits.position(station, when)
    assert_allclose(np.gradient(r, axis=1)[:, 5:-5], v[:, 5:-5], atol=2e-5)


def test_subpoint_agrees_with_skyfield(station):
    track = orbits.ground_track(station, START, 3, 60)
    t = orbits.TIMESCALE.from_datetimes(list(track["time"].dt.to_pydatetime()))
    there = wgs84.geographic_position_of(
        EarthSatellite.from_satrec(station.satrec, orbits.TIMESCALE).at(t)
    )
    assert_allclose(track["latitude"], there.latitude.degrees, atol=2e-5)
    assert_allclose((track["longitude"] - there.longitude.degrees + 180) % 360 - 180, 0, atol=2e-5)
    assert_allclose(track["height_km"], there.elevation.km, atol=1e-3)


def test_geodetic_agrees_with_astropy():
    import astropy.units as u
    from astropy.coordinates import EarthLocation

    latitude, longitude, height = (
        np.array([-89.9, -41.5, 0, 30, 77]),
        np.array([-179, -70, 0, 100, 180.0]),
        np.array([0, 390, 20000, -0.1, 800.0]),
    )
    place = EarthLocation.from_geodetic(longitude, latitude, height * 1000)
    lat, lon, h = orbits.geodetic(
        np.array([place.x.to_value(u.km), place.y.to_value(u.km), place.z.to_value(u.km)])
    )
    assert_allclose([lat, lon], [latitude, longitude], atol=1e-8)
    assert_allclose(h, height, atol=1e-5)


def test_published_look_angles():
    published = data.table("published_positions").set_index(["time", "quantity"])["value"]
    one = orbits.nearest(orbits.sets("iss"), "2014-01-20T22:23:04Z")
    seen = orbits.look(one, (40.8939, -83.8917), "2014-01-23T11:18:07Z").iloc[0]
    at = pd.Timestamp("2014-01-23T11:18:07Z")
    # The manual prints whole sexagesimal digits; its angles are true directions, as ours.
    assert_allclose(
        [seen["elevation"], seen["azimuth"]],
        [published[at, "elevation"], published[at, "azimuth"]],
        atol=0.003,
    )
    assert_allclose(seen["range_km"], published[at, "range"], atol=0.06)
    ranges = published.xs("range", level="quantity").drop(at)
    assert_allclose(
        orbits.look(one, (40.8939, -83.8917), list(ranges.index))["range_km"], ranges, atol=0.06
    )


def test_sun_agrees_with_astropy():
    import astropy.units as u
    from astropy.coordinates import ITRS, get_sun
    from astropy.time import Time
    from astropy.utils import iers

    when = pd.date_range("2012-01-01T03:00Z", "2026-11-01T03:00Z", periods=60)
    with (
        iers.conf.set_temp("auto_download", False),
        iers.conf.set_temp("auto_max_age", None),
        iers.conf.set_temp("iers_degraded_accuracy", "ignore"),
    ):
        t = Time(when.tz_localize(None).to_numpy(), scale="utc")
        sun = get_sun(t).transform_to(ITRS(obstime=t)).cartesian.xyz.to_value(u.km)
    apart = np.degrees(
        np.arccos(
            np.clip(
                (sun / np.linalg.norm(sun, axis=0) * orbits.sun_direction(when)).sum(axis=0), -1, 1
            )
        )
    )
    assert apart.max() < 0.02


def test_shadow_is_behind_the_earth():
    sun = np.array([[1.0], [0.0], [0.0]])
    for x, y, lit in [
        (-7000, 0, False),
        (-7000, 6370, False),
        (-7000, 6390, True),
        (7000, 0, True),
        (0, 6790, True),
    ]:
        assert orbits.in_sunlight(np.array([[x], [y], [0.0]]), sun)[0] == lit


# --- small parts ---------------------------------------------------------------------------------


def test_split_leads_the_line_to_both_edges():
    lon, lat = orbits.split([170, -170, -160, 175], [0, 10, 20, 35])
    assert_allclose(lon, [170, 180, np.nan, -180, -170, -160, -180, np.nan, 180, 175])
    assert_allclose(lat, [0, 5, np.nan, 5, 10, 20, 32, np.nan, 32, 35])
    assert_allclose(orbits.split([10, 20], [1, 2]), [[10, 20], [1, 2]])
    assert_allclose(orbits.split([-89.75, 89.75], [1, 2]), [[-89.75, 89.75], [1, 2]])


def test_split_track_has_no_line_across_the_map(station):
    track = orbits.ground_track(station, START, 24, 60)
    lon, _ = orbits.split(track["longitude"], track["latitude"])
    steps = np.abs(np.diff(lon))
    assert np.nanmax(steps) < 30 and np.isnan(lon).sum() >= 14


@pytest.mark.parametrize(
    "given",
    [
        (39.9, 116.4),
        orbits.Place("Beijing", 39.9, 116.4),
        {"name": "Beijing", "latitude_deg": 39.9, "longitude_deg": 116.4},
        pd.Series({"capital": "Beijing", "latitude": 39.9, "longitude": 116.4}),
    ],
)
def test_places_in_many_forms(given):
    place = orbits.as_place(given)
    assert (place.latitude, place.longitude, place.height_m) == (39.9, 116.4, 0.0)
    assert (
        isinstance(given, tuple) and not isinstance(given, orbits.Place) or place.name == "Beijing"
    )


@pytest.mark.parametrize(
    "call, says",
    [
        (lambda: orbits.period_minutes(-7000), "height_km = -7000; accepted"),
        (lambda: orbits.period_minutes([400, np.nan]), "height_km = .400, nan.; accepted"),
        (lambda: orbits.height_from_period_km(0), "period_minutes = 0; accepted: numbers above 0"),
        (lambda: orbits.utc("yesterday evening"), "'yesterday evening' is not a time"),
        (lambda: orbits.utc(None), "None is not a time"),
        (lambda: orbits.times(START, hours=-1), "hours = -1"),
        (lambda: orbits.as_place((91, 0)), "latitude 91"),
        (lambda: orbits.as_place("Rome"), "'Rome' is no place"),
        (lambda: orbits.as_place({"name": "Rome"}), "is no place"),
    ],
)
def test_errors_repeat_the_value(call, says):
    with pytest.raises(NotAccepted, match=says):
        call()


def test_times_are_taken_as_utc():
    assert orbits.utc("2025-01-01 12:00") == orbits.utc("2025-01-01T13:00+01:00")
    assert str(orbits.times(START, 1, 1800)[-1]) == "2025-11-08 01:00:00+00:00"


def test_node_drift_of_an_eccentric_orbit():
    # Molniya: 26,554 km, e = 0.74, 63.4 degrees; by the rates that SGP4 itself carries.
    satrec = Satrec()
    motion = np.sqrt(398600.8 / 26554.0**3) * 60
    satrec.sgp4init(
        WGS72, "i", 1, 27000.0, 0.0, 0.0, 0.0, 0.74, 4.7, np.radians(63.4), 0.0, motion, 0.0
    )
    height = satrec.a * satrec.radiusearthkm - 6378.137
    expected = np.degrees(satrec.nodedot) * 1440
    assert_allclose(orbits.node_drift_deg_per_day(height, 63.4, 0.74), expected, rtol=3e-3)


def test_a_moved_element_set_flies_where_it_was_moved_to():
    row = data.table("imaging_element_sets").query("name == 'CARTOSAT-3'").iloc[-1]
    at = lambda lines: Satrec.twoline2rv(*lines)
    old = at((row["line1"], row["line2"]))
    when = old.jdsatepoch, old.jdsatepochF + 0.3
    place = np.array(old.sgp4(*when)[1])
    same = at(orbits.moved(row["line1"], row["line2"])).sgp4(*when)[1]
    assert_allclose(same, place, atol=0.05)
    # The field of a body of revolution: the whole orbit turns about the axis with its node.
    turned = at(orbits.moved(row["line1"], row["line2"], node_turn=0.25)).sgp4(*when)[1]
    assert_allclose(turned, [-place[1], place[0], place[2]], atol=0.1)
    # A whole turn ahead is no turn; half a turn ahead it is on the other side of the Earth.
    half = np.array(at(orbits.moved(row["line1"], row["line2"], anomaly_turn=0.5)).sgp4(*when)[1])
    assert half @ place / np.linalg.norm(half) / np.linalg.norm(place) == pytest.approx(
        -1, abs=2e-3
    )
