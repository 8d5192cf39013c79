"""The flight to the Moon held to published orbits, JPL's full files, astropy, scipy and geometry by
hand.
"""

import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from astropy import units as u
from astropy.coordinates import AltAz, EarthLocation, get_body
from astropy.time import Time
from astropy.utils import iers
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from helpers.base import sphere
from helpers.science import moon, orbits, twobody
from helpers.science.moon import ephemeris
from helpers.tables import data
from helpers.tables.description import package

REFERENCE = json.loads(
    Path(__file__).with_name("reference").joinpath("moon.json").read_text(encoding="utf-8")
)
TDB = np.array(REFERENCE["tdb"])
FAR = {
    "change-4": (-45.457, 177.589, -44.5),
    "change-6": (-41.6385, -153.9852, -42.2),
}  # latitude, longitude, elevation of the mean Earth
QUEQIAO_24H = moon.Relay(200, 16000, 62.4)
TABLES = [
    "lunar_missions",
    "lunar_mission_facts",
    "orbit_ladder",
    "transfer_orbits",
    "lunar_payloads",
    "lunar_payload_masses",
    "lunar_payload_facts",
    "lunar_payload_calls",
    "launch_date_announcements",
    "lunar_sites",
    "relay_orbits",
    "ground_antennas",
]


def fly(position, velocity, seconds, mu):
    """Integrate two bodies numerically: the referee of every closed form."""

    def pull(_, state):
        return np.concatenate([state[3:], -mu * state[:3] / np.linalg.norm(state[:3]) ** 3])

    flown = solve_ivp(
        pull,
        (0, seconds[-1]),
        np.concatenate([position, velocity]),
        t_eval=seconds,
        rtol=1e-11,
        atol=1e-9,
        method="DOP853",
    )
    return flown.y[:3]


def utc_of(tdb):
    """Return UTC of Julian dates in TDB by astropy, which warns that leap seconds of years to come
    are not known.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pd.DatetimeIndex(Time(tdb, format="jd", scale="tdb").utc.to_datetime(), tz="UTC")


# --- ellipses


@pytest.mark.parametrize("stage, within_h", [(1, 0.25), (6, 0.01), (7, 0.03), (8, 0.01)])
def test_periods_of_the_ladder_are_the_published_ones(stage, within_h):
    row = data.table("orbit_ladder").query("stage == @stage and report == 1").iloc[0]
    body = {"Earth": moon.EARTH, "Moon": moon.MOON}[row.centre]
    assert moon.period_h(row.low_km, row.high_km, body) == pytest.approx(row.period_h, abs=within_h)


def test_seven_periods_of_the_ladder_are_published():
    assert data.table("orbit_ladder").query("period_h > 0")["period_h"].round(2).tolist() == [
        16,
        16,
        24,
        48,
        12,
        3.5,
        2.12,
    ]


@pytest.mark.parametrize("hours, reported_km, within_km", [(24, 71600, 500), (48, 120000, 1000)])
def test_heights_from_the_periods_of_24_and_48_hours_are_those_reported(
    hours, reported_km, within_km
):
    assert moon.high_km(hours, 600) == pytest.approx(reported_km, abs=within_km)


def test_the_height_from_a_period_gives_the_period_back():
    assert moon.period_h(300, moon.high_km(12.13, 300, moon.MOON), moon.MOON) == pytest.approx(
        12.13, abs=1e-9
    )


@pytest.mark.parametrize("low, high, body", [(205, 50930, moon.EARTH), (200, 16000, moon.MOON)])
def test_speed_and_period_carry_a_numerical_flight_from_the_lowest_to_the_highest_point(
    low, high, body
):
    half = moon.period_h(low, high, body) * 3600 / 2
    end = fly(
        [body.radius_km + low, 0, 0],
        [0, moon.speed_km_s(low, low, high, body), 0],
        np.array([0, half]),
        body.mu_km3_s2,
    )[:, -1]
    assert end == pytest.approx([-(body.radius_km + high), 0, 0], abs=0.01)


def test_speeds_of_change_1_are_the_published_ones():
    assert moon.circular_speed_km_s(200, moon.MOON) == pytest.approx(1.59, abs=0.005)
    assert moon.speed_km_s(400, 210, 8600, moon.MOON) == pytest.approx(1.948, abs=0.005)
    assert moon.speed_km_s(210, 210, 8600, moon.MOON) == pytest.approx(2.058, abs=0.001)


def test_periods_of_the_transfer_orbits_are_those_printed_with_them():
    table = data.table("transfer_orbits")
    low, high = (
        table["perigee_radius_km"] - moon.EARTH.radius_km,
        table["apogee_radius_km"] - moon.EARTH.radius_km,
    )
    assert (moon.period_h(low.to_numpy(), high.to_numpy()) / 24) == pytest.approx(
        table["period_d"].to_numpy(), abs=0.005
    )  # some are printed to 0.01 d
    assert (
        (table["perigee_radius_km"] + table["apogee_radius_km"]) / 2
    ).to_numpy() == pytest.approx(table["semi_major_axis_km"].to_numpy(), rel=1e-6)


def test_radii_taken_for_heights_miss_the_printed_period():
    """The slip that a learner is to find: 6,537 km from the centre is not 6,537 km up."""
    row = data.table("transfer_orbits").query("mission == 'Queqiao-1'").iloc[0]
    assert moon.period_h(row.perigee_radius_km, row.apogee_radius_km) / 24 > 1.03 * row.period_d


def test_flights_between_earth_and_moon_start_or_end_about_3_15_km_s_above_a_circle():
    table = data.table("transfer_orbits").query("observed and leg in ['outbound', 'return']")
    gain = [
        moon.injection_km_s(
            r.perigee_radius_km - moon.EARTH.radius_km, r.apogee_radius_km - moon.EARTH.radius_km
        )
        for r in table.itertuples()
    ]
    assert gain == pytest.approx([3.1413, 3.1603, 3.1578, 3.1687], abs=5e-5)


def test_l2_lies_where_scipy_finds_it():
    mu_e, mu_m, d = moon.EARTH.mu_km3_s2, moon.MOON.mu_km3_s2, 384400.0
    root = brentq(
        lambda r: (
            mu_e / (d + r) ** 2
            + mu_m / r**2
            - (mu_e + mu_m) / d**3 * (d * mu_e / (mu_e + mu_m) + r)
        ),
        1e4,
        1e5,
    )
    assert moon.l2_beyond_moon_km() == pytest.approx(root, abs=1e-6) == pytest.approx(64515, abs=5)


# --- bodies and axes


def test_the_excerpt_is_de421_to_the_metre():
    for target, centre in [("Moon", "Earth"), ("Mars", "Earth"), ("Sun", "Moon"), ("Earth", "Sun")]:
        full = np.array(REFERENCE["position_km"][target]) - np.array(
            REFERENCE["position_km"][centre]
        )
        assert ephemeris.position_at(target, centre, TDB).T == pytest.approx(full, abs=1e-4)


def test_times_in_utc_reach_the_ephemeris_as_tdb():
    when = pd.DatetimeIndex(["2025-04-24T09:17:00Z"])
    expected = ephemeris.position_at(
        "Moon", "Earth", np.array([Time("2025-04-24T09:17:00").tdb.jd])
    )
    assert moon.position_km("Moon", "Earth", when) == pytest.approx(
        expected, abs=0.1
    )  # 69 s would be 70 km


def turned_by(matrices, others):
    product = np.einsum("ijn,kjn->ikn", matrices, others)
    return np.degrees(np.arccos(np.clip((np.trace(product) - 1) / 2, -1, 1)))


def test_the_moons_axes_are_those_of_jpl_within_a_hundredth_of_a_degree():
    jpl = np.moveaxis(np.array(REFERENCE["orientation"]), 0, 2)
    assert turned_by(ephemeris.axes_at(TDB), jpl).max() < 0.005


@pytest.mark.parametrize("column", [2, 3, 4])
def test_a_term_of_wrong_sign_would_be_seen(column, monkeypatch):
    wrong = ephemeris._E.copy()
    wrong[0, column] *= -1
    monkeypatch.setattr(ephemeris, "_E", wrong)
    jpl = np.moveaxis(np.array(REFERENCE["orientation"]), 0, 2)
    assert turned_by(ephemeris.axes_at(TDB), jpl).max() > 1


def test_libration_stays_within_the_known_extremes_and_comes_near_them():
    latitude, longitude = moon.sub_earth_deg(orbits.times("2018-01-02", 24 * 6900, 6 * 3600))
    for values, least, most in ((latitude, 6.7, 6.9), (longitude, 7.6, 8.2)):
        assert least < values.max() < most and least < -values.min() < most


# --- the Earth over a site


@pytest.mark.parametrize("latitude, longitude, elevation", FAR.values())
def test_the_earth_stands_where_the_far_side_sites_never_see_it(latitude, longitude, elevation):
    site = (latitude, longitude)
    assert moon.mean_earth_elevation_deg(site) == pytest.approx(elevation, abs=0.05)
    over_years = moon.elevation_deg(site, orbits.times("2018-01-02", 24 * 6900, 6 * 3600))
    assert over_years.mean() == pytest.approx(elevation, abs=0.1)
    assert over_years.max() < -30


def test_elevation_of_the_earth_by_jpl_axes_and_dot_products():
    matrices, lat, lon = (
        np.array(REFERENCE["orientation"]),
        np.radians(-45.457),
        np.radians(177.589),
    )
    up = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    earth = np.array(REFERENCE["position_km"]["Earth"]) - np.array(REFERENCE["position_km"]["Moon"])
    seen = np.einsum("nij,nj->ni", matrices, earth) - 1737.4 * up
    expected = np.degrees(np.arcsin(seen @ up / np.linalg.norm(seen, axis=1)))
    when = utc_of(TDB)
    assert moon.elevation_deg((-45.457, 177.589), when) == pytest.approx(expected, abs=0.005)


def test_near_the_south_pole_the_earth_rises_and_sets_each_month():
    up = moon.elevation_deg((-88.8, 123.4), orbits.times("2026-01-01", 24 * 273.2, 3 * 3600)) > 0
    assert np.count_nonzero(np.diff(up.astype(int)) == 1) == pytest.approx(10, abs=1)


def test_the_sun_makes_one_turn_over_a_site_in_a_synodic_month():
    up = moon.elevation_deg((0, 0), orbits.times("2026-01-01", 24 * 295.3, 3600), target="Sun") > 0
    assert np.mean(up) == pytest.approx(0.5, abs=0.01)
    assert np.count_nonzero(np.diff(up.astype(int)) == 1) == 10


# --- relays


def test_queqiao_2_goes_round_in_24_3_and_12_1_hours():
    assert QUEQIAO_24H.period_h == pytest.approx(24.3, abs=0.05)
    assert moon.Relay(300, 8600, 60).period_h == pytest.approx(12.1, abs=0.05)


@pytest.mark.parametrize("eccentricity", [0.0, 0.3, 0.7, 0.97])
def test_keplers_equation_as_scipy_solves_it(eccentricity):
    mean = np.linspace(-3.1, 3.1, 63)
    expected = [
        brentq(lambda e, m=m: e - eccentricity * np.sin(e) - m, -4, 4, xtol=1e-14) for m in mean
    ]
    assert twobody.eccentric_anomaly(mean, eccentricity) == pytest.approx(expected, abs=1e-11)


def test_a_relay_flies_as_two_bodies_do():
    relay, hours = moon.Relay(300, 8600, 54.8, 70.0, 33.0, 200.0), np.linspace(0, 24, 25)
    h = 1e-4
    before, start, after = moon.relay_position_km(relay, [-h, 0, h]).T
    flown = fly(start, (after - before) / (2 * h * 3600), hours * 3600, moon.MOON.mu_km3_s2)
    assert moon.relay_position_km(relay, hours) == pytest.approx(flown, abs=0.1)


def test_a_relay_keeps_its_heights_its_inclination_and_its_node():
    curve = moon.relay_curve_km(moon.Relay(200, 16000, 62.4, 90.0, 40.0), 100001)
    radius = np.linalg.norm(curve, axis=0)
    assert [radius.min(), radius.max()] == pytest.approx([1937.4, 17737.4], abs=0.01)
    latitude, longitude = sphere.latitude_longitude(curve)
    assert [latitude.max(), latitude[radius.argmin()], latitude[radius.argmax()]] == pytest.approx(
        [62.4, 62.4, -62.4], abs=0.01
    )
    northward = np.flatnonzero((curve[2][:-1] < 0) & (curve[2][1:] >= 0))
    assert longitude[northward] == pytest.approx([40.0], abs=0.01)


def test_a_circle_over_the_pole_is_above_its_horizon_as_long_as_geometry_says():
    height, limit = 3000.0, np.radians(5)
    r = moon.MOON_RADIUS_KM + height
    arc = (
        np.arccos(moon.MOON_RADIUS_KM / r * np.cos(limit)) - limit
    )  # spherical triangle: site, centre, relay
    view = moon.relay_view(moon.Relay(height, height, 90), (-90, 0), days=27, step_minutes=2)
    assert view.share["site"] == pytest.approx(arc / np.pi, abs=0.002)


def test_the_moon_hides_the_earth_from_a_circle_as_long_as_geometry_says():
    angle = np.linspace(0, 2 * np.pi, 20001)[:-1]
    ring, earth = (
        3000 * np.array([np.cos(angle), np.sin(angle), 0 * angle]),
        np.array([[384400e6], [0], [0]]),
    )
    hidden = moon.behind_moon(ring, earth)
    assert hidden.mean() == pytest.approx(np.arcsin(1737.4 / 3000) / np.pi, abs=1e-3)
    assert ring[0][hidden].max() < 0  # on the far side of the Moon, not between it and the Earth
    assert not moon.behind_moon(
        ring[[2, 0, 1]], earth
    ).any()  # a ring that faces the Earth is never hidden
    # Seen from the mean sphere itself, what stands 0.01 degrees below the horizon is hidden.
    for below, expected in ((0.01, True), (-0.01, False)):
        place = np.array([[0], [moon.MOON_RADIUS_KM], [0]])
        target = place + 3000 * np.array(
            [[np.cos(np.radians(below))], [-np.sin(np.radians(below))], [0]]
        )
        assert moon.behind_moon(place, target)[0] == expected


def test_the_relay_is_seen_from_its_site_as_jpl_axes_say():
    """The whole chain once more: still axes, JPL's orientation, elevation by the angle at the
    site.
    """
    start = utc_of(TDB[20:21])[0]
    days = float(TDB[21] - TDB[20])
    view = moon.relay_view(
        QUEQIAO_24H,
        FAR["change-4"][:2],
        start,
        days=days,
        step_minutes=days * 1440,
        min_elevation_deg=5,
    )
    first, last = np.array(REFERENCE["orientation"])[20:22]
    here = last @ first.T @ moon.relay_position_km(QUEQIAO_24H, [days * 24])[:, 0]
    assert view.position_km[:, -1] == pytest.approx(here, abs=2)  # 0.005 degrees at 17,700 km
    site = 1737.4 * sphere.up(*FAR["change-4"][:2])
    zenith = np.degrees(np.arccos((here - site) @ site / np.linalg.norm(here - site) / 1737.4))
    assert view.site[-1] == (90 - zenith >= 5)


@pytest.mark.parametrize("inclination", [50, 55, 60, 65])
def test_the_12_hour_orbit_keeps_contact_with_the_pole_for_more_than_8_hours_as_its_designer_wrote(
    inclination,
):
    view = moon.relay_view(moon.Relay(300, 8600, inclination), (-88.8, 123.4), step_minutes=10)
    assert 8 < view.longest_contact_h < 12.13


def test_the_other_way_up_the_same_orbit_serves_the_north():
    north, south = (
        moon.relay_view(moon.Relay(200, 16000, 62.4, argument), FAR["change-6"][:2]).share["both"]
        for argument in (270, 90)
    )
    assert south > 0.7
    assert north < 0.4


def test_both_needs_site_and_earth_and_gaps_are_counted():
    when = orbits.times("2026-01-01", 5, 3600)
    view = moon.RelayView(
        when,
        np.zeros((3, 6)),
        np.array([1, 1, 0, 0, 1, 1], bool),
        np.array([1, 0, 1, 0, 0, 1], bool),
    )
    assert view.both.tolist() == [True, False, False, False, False, True]
    assert view.share == pytest.approx({"site": 4 / 6, "earth": 3 / 6, "both": 2 / 6})
    assert (view.longest_gap_h, view.longest_contact_h) == (4.0, 1.0)
    once = moon.RelayView(when[:1], np.zeros((3, 1)), np.array([True]), np.array([True]))
    assert once.longest_contact_h == 0  # one moment lasts no time
    twice = moon.RelayView(when[:2], np.zeros((3, 2)), np.array([True] * 2), np.array([True] * 2))
    assert twice.longest_contact_h == 2.0


# --- antennas


def test_the_moon_over_antennas_is_where_astropy_sees_it():
    antennas = data.table("ground_antennas").query(
        "antenna in ['goldstone', 'jiamusi', 'espacio-lejano', 'new-norcia', 'bear-lakes']"
    )
    when = orbits.times("2026-02-03", 24 * 27, 7.3 * 3600)
    ours = moon.antenna_elevations_deg(antennas, when)
    with (
        iers.conf.set_temp("auto_download", False),
        iers.conf.set_temp("auto_max_age", None),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter(
            "ignore"
        )  # astropy has no measured Earth rotation for these dates: 0.001 degrees
        time = Time(when.tz_localize(None).to_numpy())
        for row, elevation in zip(antennas.itertuples(), ours):
            place = EarthLocation.from_geodetic(
                row.longitude_deg, row.latitude_deg, 0 if pd.isna(row.height_m) else row.height_m
            )
            seen = get_body("moon", time, place, ephemeris="builtin").transform_to(
                AltAz(obstime=time, location=place)
            )
            assert elevation == pytest.approx(seen.alt.to_value(u.deg), abs=0.01), row.antenna


def test_hours_a_day_count_an_hour_once():
    elevations = np.array([[20, 5, 5, 4], [20, 20, 5, -5]])
    assert moon.hours_a_day(elevations, 10) == 12
    assert moon.hours_a_day(elevations[:1], 10) == 6
    assert moon.hours_a_day(elevations, 5) == 18


def test_longest_wait_on_a_table_made_by_hand():
    elevations = np.array([[20, 20, 0, 0, 0, 0], [0, 20, 20, 20, 0, 0], [0, 0, 0, 0, 0, 20]])
    assert moon.longest_wait_h(elevations, orbits.times("2026-01-01", 5, 3600), 10) == 1
    assert moon.longest_wait_h(elevations[:2], orbits.times("2026-01-01", 5, 3600), 10) == 2


def test_three_continents_see_the_moon_longer_than_three_dishes_of_one_country():
    antennas = data.table("ground_antennas").set_index("antenna")
    when = orbits.times("2026-01-01", 24 * moon.DAYS_A_MONTH, 600)

    def hours(*names):
        return moon.hours_a_day(moon.antenna_elevations_deg(antennas.loc[list(names)], when), 10)

    one, same, three = (
        hours("usuda"),
        hours("usuda", "misasa", "uchinoura"),
        hours("usuda", "hartebeesthoek", "cordoba"),
    )
    assert one <= same < 11
    assert three > 23
    assert hours("goldstone", "madrid", "canberra") == pytest.approx(
        three, abs=0.5
    )  # one owner on the ground of three states


# --- drawing


def test_the_globe_is_seen_from_the_side_it_shows():
    x, y, hidden = moon.project(moon.globe_km([0, 0, 0, 90], [0, 90, 180, 0]), 0, 0)
    assert x == pytest.approx([0, 1737.4, 0, 0], abs=1e-9)
    assert y == pytest.approx([0, 0, 0, 1737.4], abs=1e-9)
    assert (hidden[0], hidden[2]) == (False, True)
    x, y, _ = moon.project(moon.globe_km(-45.457, 177.589), -45.457, 177.589)
    assert [x, y] == pytest.approx([0, 0], abs=1e-9)


def test_a_point_300_m_before_the_limb_is_not_hidden():
    """1737.4 km x sin 0.01 degrees is 0.3 km."""
    assert not moon.project(moon.globe_km(0, 89.99), 0, 0)[2]
    assert moon.project(moon.globe_km(0, 90.01), 0, 0)[2]


def test_a_point_behind_is_hidden_only_inside_the_disc():
    behind = np.array([[-5000.0, -5000.0, 5000.0], [0.0, 3000.0, 0.0], [0.0, 0.0, 0.0]])
    assert moon.project(behind, 0, 0)[2].tolist() == [True, False, False]


def test_the_lines_of_the_globe_lie_on_it():
    for line in moon.graticule(30):
        assert np.linalg.norm(line, axis=0) == pytest.approx(1737.4)
    assert len(moon.graticule(30)) == 5 + 12


# --- errors and tables


@pytest.mark.parametrize(
    "call, says",
    [
        (lambda: moon.period_h(-7000, 300), "-7000"),
        (lambda: moon.high_km(1, 200), "1 h"),
        (lambda: moon.high_km(0, 200), "period_h = 0"),
        (lambda: moon.speed_km_s(9000, 210, 8600, moon.MOON), "9000"),
        (lambda: moon.position_km("Venus", "Earth", "2026-01-01"), "Venus"),
        (lambda: moon.position_km("Moon", "Earth", "2040-01-01"), "2040-01-01.*2018-01-01"),
        (lambda: twobody.eccentric_anomaly(1.0, 1.2), "1.2"),
        (lambda: twobody.eccentric_anomaly(1.0, -0.2), "-0.2"),
        (lambda: moon.Relay(900, 300, 60), "900"),
        (lambda: moon.Relay(300, 900, 200), "200"),
        (lambda: moon.antenna_elevations_deg([], "2026-01-01"), "no place was given"),
        (lambda: moon.elevation_deg((95, 0), "2026-01-01"), "95"),
    ],
)
def test_errors_repeat_what_was_given(call, says):
    with pytest.raises(ValueError, match=says):
        call()


@pytest.mark.parametrize("name", TABLES)
def test_no_row_rests_on_a_lead_without_saying_so(name):
    table = data.table(name)
    leads = table[table["confidence"] == "low"]
    said = leads["note"].fillna("").str.contains("lead, not a")
    assert said.all(), leads[~said]


def test_disagreements_stay_apart():
    facts = data.table("lunar_mission_facts").set_index(["mission", "attribute"])["number"]
    assert sorted(facts.loc[("Chang'e-1", "launch_mass")]) == [2230, 2300, 2350]
    assert sorted(facts.loc[("Chang'e-6", "launch_mass")]) == [8200, 8350]
    sites = data.table("lunar_sites")
    assert (
        sites.query("site == 'change-4'").shape[0] == 2
        and sites.query("site == 'change-6'").shape[0] == 2
    )
    assert (
        data.table("launch_date_announcements").query('mission == "Chang\'e-8"')["said"].nunique()
        == 5
    )


def test_units_of_the_facts_are_units_of_the_package():
    known = package(data.folder())["units"]
    for name in ("lunar_mission_facts", "lunar_payload_facts"):
        assert set(data.table(name)["unit"].dropna()) <= set(known)


def test_announcements_name_days_in_order():
    table = data.table("launch_date_announcements").dropna(subset=["earliest", "latest"])
    assert (table["earliest"] <= table["latest"]).all()


def test_antennas_of_three_published_positions_are_where_the_agencies_say():
    antennas = data.table("ground_antennas").set_index("antenna")
    for name, latitude, longitude in [
        ("goldstone", 35.425901, 243.110462 - 360),
        ("madrid", 40.431210, 355.751991 - 360),
    ]:  # NASA Planetary Data System
        assert (
            antennas.loc[name, "latitude_deg"],
            antennas.loc[name, "longitude_deg"],
        ) == pytest.approx((latitude, longitude), abs=2e-5)


def test_the_default_mask_is_ten_degrees():
    when = orbits.times("2026-01-01", 5, 3600)
    up = np.array([[12, 8, 8, 30, 9.9, 10]])
    assert moon.longest_wait_h(up, when) == 2 and moon.hours_a_day(up) == 12
