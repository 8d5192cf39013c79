"""The ring of geostationary satellites: the exact share held to an integral and to random points,
the searches to brute force.
"""

import math
from itertools import combinations

import numpy as np
import pytest
from scipy import integrate

from helpers.base.checks import NotAccepted
from helpers.science import ring, weather
from helpers.tables import data
from tests.gains import hold_never_falls


def integral(longitudes, zenith):
    """Return the share by adding up parallels: on each, the discs are stretches of longitude; count
    their union.
    """
    arc = math.radians(weather.disc_arc(zenith))

    def along(sine):
        ratio = math.cos(arc) / math.sqrt(1 - sine**2)
        half = math.degrees(math.acos(min(1.0, ratio)))
        gaps = np.diff(np.append(lon, lon[0] + 360))
        return np.minimum(gaps, 2 * half).sum() / 360

    lon = np.sort(np.asarray(longitudes, float) % 360)
    top = math.sin(arc)
    # A kink wherever two rims meet: each gap's own latitude.
    halves = np.radians(np.diff(np.append(lon, lon[0] + 360)) / 2)
    kinks = [math.sqrt(1 - (math.cos(arc) / math.cos(a)) ** 2) for a in halves if a < arc]
    found, _ = integrate.quad(along, 0, top, points=sorted({*kinks}) or None, limit=400)
    return found


@pytest.mark.parametrize("zenith", [20, 70, 90])
@pytest.mark.parametrize(
    "longitudes", [[104.8], [0, 90], [-14.6, 75.9, 165.8], [-179.9, 179.9, 10, 11, 60]]
)
def test_coverage_is_the_integral_over_parallels(longitudes, zenith):
    assert ring.coverage(longitudes, zenith) == pytest.approx(
        integral(longitudes, zenith), abs=1e-7
    )


def test_several_sets_at_once_are_the_sets_one_by_one():
    sets = np.random.default_rng(3).uniform(-180, 180, (50, 6))
    one_by_one = [ring.coverage(one) for one in sets]
    assert ring.coverage(sets) == pytest.approx(one_by_one, rel=1e-12)


def test_coverage_agrees_with_random_points():
    rng = np.random.default_rng(2)
    lat, lon = np.degrees(np.arcsin(rng.uniform(-1, 1, 200_000))), rng.uniform(-180, 180, 200_000)
    chosen = [-14.6, 75.9, 165.8]
    seen = (weather.zenith_angle(lat[:, None], lon[:, None], np.array(chosen)) <= 70).any(axis=1)
    assert ring.coverage(chosen, 70) == pytest.approx(seen.mean(), abs=0.004)


def test_one_satellite_sees_a_cap_none_sees_nothing_and_no_ring_sees_beyond_its_band():
    for zenith in (30, 70, 90):
        assert ring.coverage([-179.9], zenith) == pytest.approx(weather.disc_share(zenith))
    band = math.sin(math.radians(weather.disc_arc(70)))  # area between the two parallels
    assert ring.coverage([]) == 0 and type(ring.coverage([0.0])) is float
    assert ring.coverage([[0.0], [90.0]]).shape == (2,)
    assert ring.coverage(np.arange(0, 360, 0.5)) == pytest.approx(band, abs=1e-5)
    assert ring.coverage(np.arange(0, 360, 0.5)) < band
    with pytest.raises(NotAccepted, match="nan"):
        ring.coverage([float("nan")])


def test_what_only_one_sees_is_what_the_map_counts_once():
    groups = {"a": [0.0, 20.0], "b": [10.0], "c": [150.0]}
    seen = {name: weather.views(lon, 70, 1) > 0 for name, lon in groups.items()}
    count = sum(cells.astype(int) for cells in seen.values())
    once = ring.seen_once(groups)
    for name, cells in seen.items():
        assert once[name] == pytest.approx(weather.area_share(cells & (count == 1)), abs=0.002)


def test_in_sight_ends_where_the_satellite_sinks():
    for elevation in (0, 5, 10, 30):
        degrees = ring.in_sight(39.9, 20.4, elevation)
        angles = weather.zenith_angle(
            39.9, 20.4, np.array([degrees[0] - 1, *degrees[[0, -1]], degrees[-1] + 1])
        )
        assert ((angles <= 90 - elevation) == [False, True, True, False]).all()
    assert ring.in_sight(85, 0).size == 0


def test_every_owner_has_a_home_on_the_map():
    assert set(ring.HOMES) == set(weather.satellites()["operator"])
    parties = set(data.table("parties")["id"])
    for country in ring.HOMES.values():
        assert country in parties and len(ring.in_sight_of_land(country))


def test_the_gain_does_not_fall():
    search = ring.Ring()
    units = [seat for seats in search.partners().values() for seat in seats][::3]
    hold_never_falls(search.gain, units, better="high", examples=15)


def test_anywhere_is_the_best_of_all_places_and_home_is_near_the_best_of_its_own():
    search = ring.Ring()
    own = [ring.Seat("KMA", "one", 0.0), ring.Seat("KMA", "two", 100.0)]
    free = search.gain(search.anywhere("KMA", own, 2))
    offers = [ring.Seat("KMA", "x", float(x)) for x in range(0, 360, 5)]
    brute = max(search.gain([*own, *pair]) for pair in combinations(offers, 2))
    assert brute - 1e-9 <= free < brute + 0.2  # brute force steps by 5 degrees
    home = ring.in_sight_of_land("KOR")
    offers = [ring.Seat("KMA", "x", float(x)) for x in home[::3]]
    brute = max(search.gain([*own, *pair]) for pair in combinations(offers, 2))
    assert brute - 0.3 <= search.gain(search.at_home("KMA", own, 2)) <= free


def test_own_seats_stay_and_the_number_is_kept():
    search = ring.Ring()
    for owner in ("CMA", "ROSHYDROMET"):
        own = search.partners()[owner]
        more = 22 - len(own)
        for found in (search.at_home(owner, own, more), search.anywhere(owner, own, more)):
            assert found[: len(own)] == own and len(found) == 22
        assert search.gain(search.at_home(owner, own, more)) <= search.gain(
            search.anywhere(owner, own, more)
        )


def test_a_city_is_in_the_picture_down_to_the_horizon():
    """On the equator the satellite stands at the horizon 81.3 degrees of longitude away."""
    away = math.degrees(math.acos(6378.137 / 42164.17))
    cities = data.table("cities").query("country == 'KEN'").head(2)
    cities = cities.assign(latitude_deg=0.0, longitude_deg=[away - 0.1, away + 0.1])
    found = ring.in_the_picture(cities.assign(longitude_deg=cities["longitude_deg"] - 60), -60, 70)
    assert found.loc["Africa", "in the picture"] == 1
