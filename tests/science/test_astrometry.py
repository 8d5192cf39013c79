"""Directions, orbits from them and their errors, held to astropy, to the ephemeris and to synthetic
skies.
"""

import dataclasses

import astropy.units as u
import numpy as np
import pandas as pd
import pytest
from astropy.coordinates import EarthLocation, SkyCoord
from astropy.time import Time
from jplephem.spk import SPK

from helpers.science import approach, astrometry, orbits
from helpers.tables import data

EPOCH = "2024-01-20T23:00:00Z"


@pytest.fixture(scope="module")
def looks():
    rows = data.table("asteroid_looks").query("asteroid == '2024 BX1'")
    return astrometry.looks(rows, EPOCH)


@pytest.fixture(scope="module")
def good(looks):
    return looks.pick(looks.station != "G18")


@pytest.fixture(scope="module")
def orbit(good):
    return astrometry.fit(good)


def synthetic(state, given, seed, noise=astrometry.NOISE):
    """Return looks as an honest observer would have them: errors along and across, from a seed."""
    seen, axes, rate, _ = astrometry._design(state, given)
    error = np.random.default_rng(seed).normal(size=(len(given), 2)) * astrometry._sigma(
        rate, noise
    )
    moved = seen + np.einsum("na,ani->ni", error, axes) * astrometry.ARCSEC
    return dataclasses.replace(given, sight=moved / np.linalg.norm(moved, axis=1, keepdims=True))


# --- where from, which way ----------------------------------------------------------------


def test_sights_are_those_of_astropy():
    sky = SkyCoord([116.619417, 121.5] * u.deg, [45.391194, -20.0] * u.deg)
    assert astrometry.sight([116.619417, 121.5], [45.391194, -20.0]) == pytest.approx(
        sky.cartesian.xyz.value.T
    )


def test_sites_are_those_of_astropy(looks):
    """Places of the observatories among the stars within 50 m: the rest is how the Earth's turning
    is known.
    """
    for k in (0, 40, 107):
        fixed = astrometry.fixed_place_km(str(looks.station[k]))
        when = Time((looks.epoch + pd.Timedelta(seconds=looks.seconds[k])).to_pydatetime())
        wanted, _ = EarthLocation.from_geocentric(*fixed, unit=u.km).get_gcrs_posvel(when)
        assert looks.site[k] == pytest.approx(wanted.xyz.to_value(u.km), abs=0.05)


def test_table_latitudes_are_the_parallax_constants():
    for row in data.table("observatories").itertuples():
        latitude, longitude, height = orbits.geodetic(astrometry.fixed_place_km(row.id))
        assert [latitude, longitude] == pytest.approx([row.latitude, row.longitude], abs=0.011)
        assert -0.1 < height < 3.5


def test_predicted_directions_against_places_in_the_solar_system(orbit, good):
    """Where the asteroid was when the light left, from where the observer is, both from the
    barycentre (jplephem).
    """
    spk = SPK.open(str(data.path("lunar/de421_2018_2036.bsp")))
    start = orbits.TIMESCALE.from_datetime(pd.Timestamp(EPOCH).to_pydatetime()).tdb
    earth = lambda second: (
        spk[0, 3].compute(start + second / 86400) + spk[3, 399].compute(start + second / 86400)
    )
    found = astrometry.predicted(orbit.state[None], good)[0]
    for k in (0, 30, 100):
        observer, late = earth(good.seconds[k]) + good.site[k], 0.0
        for _ in range(4):
            then = good.seconds[k] - late
            there = earth(then) + approach.propagate(orbit.state, [then], EPOCH)[0, 0, :3]
            late = np.linalg.norm(there - observer) / 299792.458
        wanted = (there - observer) / np.linalg.norm(there - observer)
        assert np.linalg.norm(found[k] - wanted) / astrometry.ARCSEC < 0.02


# --- the orbit ----------------------------------------------------------------------------


def test_real_looks_miss_by_what_the_noise_says(orbit, good):
    _, _, rate, _ = astrometry._design(orbit.state, good)
    misses = orbit.misses / astrometry._sigma(rate, astrometry.NOISE)
    assert 0.5 < np.sqrt((misses**2).mean()) < 1.2
    assert np.abs(misses).max() < 4


def test_one_clock_was_wrong(orbit, looks):
    """The two looks of G18 lie ahead on the way, not beside it: stamped about four seconds too
    early.
    """
    wrong = looks.pick(looks.station == "G18")
    seen, axes, rate, _ = astrometry._design(orbit.state, wrong)
    along, across = (((wrong.sight - seen) * axis).sum(axis=1) / astrometry.ARCSEC for axis in axes)
    assert np.all(np.abs(across) < 4)
    slip = astrometry.clock_slip_s(orbit.state, wrong)
    assert slip == pytest.approx(along / rate) and np.all((3.4 < slip) & (slip < 4.3))


def test_orbit_does_not_depend_on_where_the_fit_starts(orbit, good):
    start = orbit.state + [300, -200, 500, 0.05, 0.02, -0.04]
    assert astrometry.fit(good, start).state == pytest.approx(orbit.state, abs=0.02)


def test_fall_of_the_fitted_orbit_is_the_bolide(orbit):
    """Spurny and others (2024): first light in the second 00:32:38."""
    found = approach.fall(orbit.state, EPOCH, 93.3)
    assert pd.Timestamp("2024-01-21T00:32:38Z") <= found.time < pd.Timestamp("2024-01-21T00:32:39Z")


def test_fit_covers_the_truth_as_often_as_it_says(orbit, good):
    """Over 40 seeds the true state lies within the 95 % region (chi-square, six numbers: 12.59)
    about as often.
    """
    some = good.pick(good.seconds < 1300)
    squares = []
    for seed in range(40):
        found = astrometry.fit(synthetic(orbit.state, some, seed), orbit.state)
        off = (found.state - orbit.state) / astrometry.NUDGE
        inverse = np.linalg.inv(found.covariance / np.outer(astrometry.NUDGE, astrometry.NUDGE))
        squares.append(off @ inverse @ off)
    assert sum(s < 12.59 for s in squares) >= 34  # 38 expected; fewer than 34 once in 100
    assert 4.8 < np.mean(squares) < 7.3  # 6 expected, with a standard error of 0.55


def test_each_number_is_found_within_its_noise_without_a_start(orbit, good):
    found = astrometry.fit(synthetic(orbit.state, good, 7))
    assert np.all(np.abs(found.state - orbit.state) < 4 * np.sqrt(np.diag(found.covariance)))


# --- how sure -----------------------------------------------------------------------------


def test_information_adds_up_to_the_covariance_of_the_fit(orbit, good):
    told = astrometry.information(orbit.state, good).sum(axis=0)
    wanted = orbit.covariance / np.outer(astrometry.NUDGE, astrometry.NUDGE)
    assert np.linalg.inv(told) == pytest.approx(wanted, rel=1e-3)


def test_ellipse_is_the_scatter_of_falls(orbit, good):
    """Draw 80 orbits from the covariance of three stations and let each fall."""
    some = good.pick(good.seconds < 370)
    told = astrometry.information(orbit.state, some).sum(axis=0)
    formal = astrometry.ellipse(told, astrometry.ground_change(orbit.state, EPOCH))
    draws = (
        np.random.default_rng(3).multivariate_normal(np.zeros(6), np.linalg.inv(told), 80)
        * astrometry.NUDGE
    )
    falls = [approach.fall(orbit.state + draw, EPOCH) for draw in draws]
    lat, lon = np.array([(f.latitude, f.longitude) for f in falls]).T
    east = (lon - lon.mean()) * 111.3 * np.cos(np.radians(52.6))
    north = (lat - lat.mean()) * 111.3
    (short, long), axes = np.linalg.eigh(np.cov(east, north))
    assert np.sqrt(long) == pytest.approx(formal.long_km, rel=0.22)
    assert np.sqrt(short) == pytest.approx(formal.short_km, rel=0.22)
    bearing = np.degrees(np.arctan2(axes[0, 1], axes[1, 1])) % 180
    assert abs((bearing - formal.bearing_deg + 90) % 180 - 90) < 4
    assert formal.error_km == pytest.approx(np.hypot(formal.long_km, formal.short_km))


def test_one_more_look_never_makes_it_worse(orbit, looks):
    told = astrometry.information(orbit.state, looks)
    change = astrometry.ground_change(orbit.state, EPOCH)
    order = np.random.default_rng(5).permutation(len(looks))
    errors = [
        astrometry.ellipse(told[order[:n]].sum(axis=0), change).error_km
        for n in range(1, len(looks) + 1)
    ]
    assert errors[0] == np.inf and np.isfinite(errors[-1])
    assert all(after <= before * (1 + 1e-6) for before, after in zip(errors[8:], errors[9:]))


def test_clock_shift_is_what_a_new_fit_shows(orbit, good):
    wrong = 1.0
    moved = astrometry.clock_shift_km(orbit.state, good, "Z21", wrong)
    seen, axes, rate, _ = astrometry._design(orbit.state, good)
    clean = dataclasses.replace(good, sight=seen)
    slip = np.where(good.station == "Z21", rate * wrong, 0) * astrometry.ARCSEC
    late = seen + slip[:, None] * axes[0]
    dirty = dataclasses.replace(good, sight=late / np.linalg.norm(late, axis=1, keepdims=True))
    here, there = (
        approach.fall(astrometry.fit(x, orbit.state).state, EPOCH) for x in (clean, dirty)
    )
    north = (there.latitude - here.latitude) * 111.3
    east = (there.longitude - here.longitude) * 111.3 * np.cos(np.radians(52.6)) * 1.014
    assert [east, north] == pytest.approx(list(moved), rel=0.05, abs=0.001)


def test_planned_looks_tell_as_much_as_real_ones(orbit, good):
    planned = astrometry.planned(list(good.station), good.seconds, EPOCH)
    assert astrometry.information(orbit.state, planned) == pytest.approx(
        astrometry.information(orbit.state, good), rel=1e-9
    )
    place = astrometry.planned([(47.917, 19.894)], [0.0], EPOCH)
    assert len(place) == 1 and np.linalg.norm(place.site) == pytest.approx(6366, abs=5)


def test_refusals(good):
    with pytest.raises(astrometry.AstrometryError, match="2 looks; accepted: at least 3"):
        astrometry.fit(good.pick([0, 50]))
    with pytest.raises(astrometry.AstrometryError, match="within 0.5 s.*farther apart in time"):
        astrometry.guess(astrometry.planned(["K88"] * 2, [0.0, 0.5], EPOCH))
    with pytest.raises(astrometry.AstrometryError, match="of one moment"):
        astrometry.guess(good.pick([4, 4, 4]))
    with pytest.raises(astrometry.AstrometryError, match="no observatory 'Q99'; accepted: K88"):
        astrometry.planned(["Q99"], [0.0], EPOCH)
    with pytest.raises(astrometry.AstrometryError, match="no orbit fits"):
        astrometry.fit(good.pick([0, 1, 2]))
