"""Weather helpers held to published values, to astropy and scipy, and to sums by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from astropy import units as u
from astropy.coordinates import EarthLocation
from astropy.modeling.models import BlackBody
from scipy import integrate, stats

from helpers.base import fits
from helpers.base.checks import NotAccepted
from helpers.science import clouds, weather
from helpers.tables import data

# --- geostationary satellites -----------------------------------------------------------


def zenith_on_the_ellipsoid(lat, lon, satellite_lon):
    """Return the zenith angle from positions on the WGS 84 ellipsoid that astropy gives."""
    place, above = (
        np.array(
            [c.to_value(u.km) for c in EarthLocation.from_geodetic(lon, lat, h * u.km).geocentric]
        )
        for h in (0, 1)
    )
    to = (
        weather.GEO_RADIUS_KM
        * np.array(
            [math.cos(math.radians(satellite_lon)), math.sin(math.radians(satellite_lon)), 0]
        )
        - place
    )
    return math.degrees(
        math.acos(to @ (above - place) / np.linalg.norm(to) / np.linalg.norm(above - place))
    )


@pytest.mark.parametrize(
    "lat, lon, satellite_lon",
    [
        (0, 0, 0),
        (22, 96, 104.8),
        (-33.9, 18.4, 0),
        (64.1, -21.9, -75.2),
        (52.5, 13.4, 9.1),
        (10, -170, 165.8),
        (89, 0, 0),
    ],
)
def test_zenith_angle_agrees_with_astropy_on_the_ellipsoid(lat, lon, satellite_lon):
    assert weather.zenith_angle(lat, lon, satellite_lon) == pytest.approx(
        zenith_on_the_ellipsoid(lat, lon, satellite_lon), abs=0.25
    )


def test_limits_of_the_disc_as_published():
    # A geostationary satellite is seen to latitude 81.3 degrees and sees 42.4 per cent of the
    # Earth.
    assert weather.disc_arc(90) == pytest.approx(81.3, abs=0.05)
    assert weather.disc_share(90) == pytest.approx(0.424, abs=0.0005)
    assert weather.disc_arc(0) == 0


@pytest.mark.parametrize("zenith", [10, 45, 70, 90])
def test_arc_and_zenith_angle_are_inverse(zenith):
    assert weather.zenith_angle(weather.disc_arc(zenith), 30, 30) == pytest.approx(zenith)
    assert weather.zenith_angle(0, 30 - weather.disc_arc(zenith), 30) == pytest.approx(zenith)


@pytest.mark.parametrize("step", [1, 2, 5, 7.5])
def test_cells_add_up_to_the_whole_earth(step):
    assert weather.area_share(np.ones((round(180 / step), round(360 / step)))) == pytest.approx(1)
    lat, _, _ = weather.grid(step)
    north_of_30 = np.broadcast_to(lat > 30, (round(180 / step), round(360 / step)))
    if 60 % step == 0:
        assert weather.area_share(north_of_30) == pytest.approx(
            0.25
        )  # 1 - sin 30, halved (Archimedes)


def test_views_count_what_zenith_angles_say():
    lat, lon, _ = weather.grid(5)
    chosen = np.array([-137.0, -75.2, 0.0, 45.9, 140.8])
    angles = weather.zenith_angle(lat[..., None], lon[..., None], chosen)
    assert (weather.views(chosen, 70, 5) == (angles <= 70).sum(axis=-1)).all()


def test_a_satellite_just_above_the_horizon_is_the_best_there_is():
    one = weather.satellites(["CMA"]).head(1).assign(longitude=0.0)
    rim = weather.disc_arc(90)
    assert 89 < weather.best_view(rim - 0.3, 0, one)["zenith_angle"] < 90
    with pytest.raises(NotAccepted, match="rises above the horizon"):
        weather.best_view(rim + 0.3, 0, one)


@pytest.mark.parametrize("step", [1, 2])
def test_one_satellite_sees_a_cap_of_the_sphere(step):
    seen = weather.views(30.0, 70, step) > 0
    assert weather.area_share(seen) == pytest.approx(weather.disc_share(70), rel=0.005)
    assert np.average(weather.grid(step)[1].ravel(), weights=seen.sum(axis=0)) == pytest.approx(30)


def test_best_view_takes_the_highest():
    row = weather.best_view(22, 96, weather.satellites(["CMA", "NOAA"]))
    assert row["satellite"] == "FY-2G" and row["zenith_angle"] == pytest.approx(
        zenith_on_the_ellipsoid(22, 96, row["longitude"]), abs=0.25
    )


# --- warmth -----------------------------------------------------------------------------


@pytest.mark.parametrize("wavelength", [0.6, 3.9, 6.2, 10.8, 13.4])
@pytest.mark.parametrize("temperature", [190, 300, 5772])
def test_planck_agrees_with_astropy(wavelength, temperature):
    glow = BlackBody(temperature * u.K, scale=1 * u.W / u.m**2 / u.sr / u.um)(
        wavelength * u.um
    ).to_value(u.W / u.m**2 / u.sr / u.um)
    assert weather.planck_radiance(wavelength, temperature) == pytest.approx(glow, rel=1e-9)


def test_planck_gives_the_published_constants():
    # CODATA 2018: Stefan-Boltzmann 5.670374419e-8 W m-2 K-4, Wien 2897.771955 um K; 9.924 is the
    # usual table value at 300 K and 10 um.
    total, _ = integrate.quad(lambda w: weather.planck_radiance(w, 300.0), 1, 3000, limit=400)
    assert math.pi * total / 300**4 == pytest.approx(5.670374419e-8, rel=1e-5)
    top = np.linspace(9.6, 9.7, 100001)
    assert top[np.argmax(weather.planck_radiance(top, 300.0))] * 300 == pytest.approx(
        2897.771955, rel=1e-4
    )
    assert weather.planck_radiance(10, 300) == pytest.approx(9.924, abs=0.0005)


def test_brightness_temperature_turns_planck_round():
    warm = np.array([180.0, 220.0, 300.0, 330.0])
    assert weather.brightness_temperature(
        10.8, weather.planck_radiance(10.8, warm)
    ) == pytest.approx(warm)


# --- polar satellites ----------------------------------------------------------------------


def test_look_hours_by_hand():
    assert weather.look_hours([10.0, 13.5]).tolist() == [1.5, 10.0, 13.5, 22.0]
    assert weather.longest_wait([1.5, 10.0, 13.5, 22.0]) == 8.5
    assert weather.longest_wait(weather.look_hours([6])) == 12
    assert weather.longest_wait([9, 12]) == 21  # the wait over midnight


def test_more_operators_wait_less():
    fleet = data.table("polar_weather_satellites")
    fleet = fleet[fleet["status"].isin(["operating", "commissioning"])]
    waits = {
        name: weather.longest_wait(weather.look_hours(own["descending_local_time"]))
        for name, own in fleet.groupby("operator")
    }
    assert waits == pytest.approx({"CMA": 4.48, "EUMETSAT": 11.47, "NOAA": 12.0}, abs=0.01)
    assert weather.longest_wait(
        weather.look_hours(fleet["descending_local_time"])
    ) == pytest.approx(3.25, abs=0.01)


# --- a straight line ------------------------------------------------------------------------


def fengyun_users():
    users = data.table("fengyun_users")
    users = users[users["quantity"] == "countries and regions served"]
    first = users["as_of"].iloc[0]
    return (users["as_of"] - first).dt.days.to_numpy() / 365.25, users["count"].to_numpy(float)


def test_133_lies_inside_the_interval_of_the_line_and_near_its_lower_end():
    years, count = fengyun_users()
    line = fits.line(years[:9], count[:9])
    _, low, high = fits.predict(line, years[9])
    assert (low, high) == pytest.approx((130.8, 150.2), abs=0.1) and low < 133 < high
    other = stats.linregress(years[:9], count[:9])
    assert line.slope == pytest.approx(other.slope) == pytest.approx(6.87, abs=0.01)
    # By scipy's errors of slope and intercept, about the mean of x.
    x, half = years[9] - years[:9].mean(), (high - low) / 2
    assert half == pytest.approx(
        stats.t.ppf(0.975, 7) * math.sqrt(line.scatter**2 * (1 + 1 / 9) + (other.stderr * x) ** 2)
    )


def test_growth_has_slowed():
    years, count = fengyun_users()
    late = fits.line(years[4:9], count[4:9])
    assert late.slope == pytest.approx(3.56, abs=0.01) and late.at(years[9]) == pytest.approx(
        133.0, abs=0.1
    )
    # The same 133 was still announced in December 2025: below the interval of the straight line.
    _, low, _ = fits.predict(fits.line(years[:9], count[:9]), years[10])
    assert low > 133


# --- clean failures ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda: weather.satellites(["NASA"]), "'NASA'"),
        (lambda: weather.satellites(["CMA"], without=["CMA"]), "CMA"),
        (lambda: weather.satellites([]), "[]"),
        (lambda: weather.best_view(90, 0, weather.satellites()), "latitude 90"),
        (lambda: weather.best_view(0, -75, weather.satellites(["KMA"])), "longitude -75"),
        # 81.3 degrees from the point below it a satellite stands on the horizon
        (lambda: weather.best_view(81.6, 128.2, weather.satellites(["KMA"])), "latitude 81.6"),
        (lambda: weather.zenith_angle(91, 0, 0), "91"),
        (lambda: weather.disc_arc(95), "95"),
        (lambda: weather.grid(7), "7"),
        (lambda: weather.grid(0), "0"),
        (lambda: weather.views([]), "[]"),
        (lambda: weather.views([float("nan")]), "nan"),
        (lambda: weather.planck_radiance(10, 0), "0"),
        (lambda: weather.brightness_temperature(10, -2), "-2"),
        (lambda: clouds.displacement(np.zeros((96, 96)), np.zeros((96, 96))), "one brightness"),
        (lambda: clouds.displacement(*clouds.synthetic_clouds(), row=10), "reach of 12"),
        (lambda: clouds.displacement(*clouds.synthetic_clouds(12, 0)), "12 rows"),
        (lambda: clouds.wind(clouds.Match(1, 1, 1), 3, 0), "0"),
        (lambda: weather.look_hours([25]), "25"),
    ],
)
def test_bad_input_says_what_was_given_and_what_is_accepted(call, said):
    with pytest.raises(NotAccepted) as raised:
        call()
    assert said in str(raised.value)
    assert "accepted" in str(raised.value)


# --- the tables of lesson 08 ----------------------------------------------------------------------


def test_launches_are_in_universal_time():
    fleet = data.table("fengyun_satellites").set_index("satellite")
    assert len(fleet) == 23
    days = {
        name: str(fleet.loc[name, "launch_date"].date())
        for name in ("FY-3B", "FY-3D", "FY-3E", "FY-3H", "FY-4A", "FY-4B", "FY-4C")
    }
    assert days == {
        "FY-3B": "2010-11-04",
        "FY-3D": "2017-11-14",
        "FY-3E": "2021-07-04",
        "FY-3H": "2025-09-26",
        "FY-4A": "2016-12-10",
        "FY-4B": "2021-06-02",
        "FY-4C": "2025-12-26",
    }
    timed = fleet.dropna(subset=["launch_time"])
    assert (timed["launch_time"].dt.tz_localize(None).dt.normalize() == timed["launch_date"]).all()


def test_the_fleet_of_the_table_agrees_with_the_announced_numbers():
    launched = data.table("fengyun_satellites")["launch_date"]
    for row in data.table("fengyun_fleet").itertuples():
        if row.precision == "day":
            assert (launched <= row.as_of).sum() == row.launched, row.id
    assert (launched <= "2025-12-31").sum() == 23


def test_positions_with_and_without_a_longitude():
    table = data.table("geo_weather_satellites")
    assert table.loc[table["longitude"].isna(), "satellite"].tolist() == ["Elektro-L 5"]
    assert len(weather.satellites()) == 22
    assert table.set_index("id").loc["insat-3d", "longitude"] == pytest.approx(129.59)


def test_charter_counts_agree_between_reports():
    table = data.table("charter_activations").set_index("id")
    # 856 by the end of 2023, and 63 of them in 2023; 85 more in 2024; the thousandth on 3 November
    # 2025.
    assert (
        table.loc["total-2023-12-31", "activations"] + table.loc["year-2024", "activations"]
        < 1000
        == table.loc["total-2025-11-03", "activations"]
    )
    totals = table[table["kind"] == "since the start"].sort_values("as_of")
    assert (
        totals["activations"].is_monotonic_increasing
        and totals["countries"].dropna().is_monotonic_increasing
    )
    assert len(data.table("charter_members")) == 17


# --- counts that somebody announces -------------------------------------------------------------


def test_where_says_on_which_side_of_an_interval_a_count_lies():
    assert weather.where(3, 5, 4, 6) == "below the interval"
    assert weather.where(4.5, 5, 4, 6) == "inside the interval, in its lower half"
    assert weather.where(6, 5, 4, 6) == "inside the interval, in its upper half"
    assert weather.where(7, 5, 4, 6) == "above the interval"


def test_windows_that_start_later_hold_the_interval_of_statsmodels_formula():
    years = np.arange(6.0)
    days = pd.to_datetime("2018-01-01") + pd.to_timedelta(365.25 * years, unit="D")
    before = pd.DataFrame({"years": years, "count": [90, 99, 111, 118, 131, 139], "as_of": days})
    told = before.tail(1).assign(years=7.0, count=133)
    found = weather.windows(before, told, starts=2)
    assert list(found["counts"]) == [6, 5]
    for row, first in zip(found.itertuples(), (0, 1), strict=True):
        x, y = years[first:], before["count"].to_numpy()[first:]
        fit = stats.linregress(x, y)
        rest = y - fit.intercept - fit.slope * x
        spread = math.sqrt((rest**2).sum() / (len(x) - 2))
        out = 1 + 1 / len(x) + (7 - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum()
        half = stats.t.ppf(0.975, len(x) - 2) * spread * math.sqrt(out)
        middle = fit.intercept + 7 * fit.slope
        assert (row.line, row.low, row.high) == pytest.approx(
            (middle, middle - half, middle + half)
        )
        assert found["133 inside"].iloc[first] == (middle - half <= 133 <= middle + half)
