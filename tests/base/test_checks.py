"""What stands at the door of public functions, alone and on the functions that the lessons name."""

import math

import numpy as np
import pandas as pd
import pytest

from helpers.base import checks, fits, sphere
from helpers.base.checks import NotAccepted
from helpers.science import aftershocks, imaging, moon, orbits, quakes, samples, weather

BAD = ["text", None, [], math.nan]


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda: checks.number("mass", "3"), "mass = '3'; accepted: numbers"),
        (lambda: checks.number("mass", [1, None]), "mass = [1, None]"),
        (lambda: checks.finite("mass", [1, math.inf]), "mass = [1, inf]; accepted: known numbers"),
        (lambda: checks.positive("mass", 0), "mass = 0; accepted: numbers above 0"),
        (lambda: checks.not_negative("mass", np.array([-1.0])), "mass = [-1.0]"),
        (lambda: checks.between("tilt", 181, 0, 180, "deg"), "tilt = 181; accepted: 0 to 180 deg"),
        (lambda: checks.share("part", math.nan), "part = nan; accepted: 0 to 1"),
        (lambda: checks.latitude(-90.1), "latitude = -90.1; accepted: -90 to 90 degrees"),
        (lambda: checks.choice("kind", "x", ["a", "b"]), "kind = 'x'; accepted: 'a', 'b'"),
        (lambda: checks.same_length([1], [1, 2]), "arrays of 1, 2 values"),
        (lambda: checks.positive("mass", [-1] * 999), "[-1, -1"),
    ],
)
def test_the_error_has_name_value_and_what_is_accepted(call, said):
    with pytest.raises(NotAccepted) as raised:
        call()
    assert said in str(raised.value) and "accepted" in str(raised.value)
    assert len(str(raised.value)) < 160


def test_numbers_of_all_kinds_pass():
    assert checks.number("n", True) == 1 and math.isnan(checks.number("n", math.nan))
    for given in (
        [1, 2],
        (1, 2),
        np.array([1, 2]),
        pd.Series([1, 2]),
        pd.Series([1, 2], dtype="Int64"),
    ):
        assert checks.positive("n", given).tolist() == [1.0, 2.0]
    assert isinstance(checks.positive("n", 3), float)


CURVE = samples.Chronology("a curve", 5.44e-14, 6.93, 8.38e-4)
# Functions that the lessons name, each with arguments that are right.
CALLS = [
    (orbits.period_minutes, [400.0]),
    (orbits.height_from_period_km, [92.0]),
    (orbits.speed_km_s, [400.0]),
    (orbits.burn_height_change_km, [1.0, 400.0]),
    (orbits.burn_speed_change_m_s, [1.0, 400.0]),
    (orbits.count_orbits, [600.0, 400.0, 41.5]),
    (orbits.latitude_limit_deg, [41.5, 400.0]),
    (orbits.highest_elevation_deg, [50.0, 41.5, 400.0]),
    (moon.period_h, [200.0, 16000.0]),
    (moon.high_km, [24.0, 200.0]),
    (moon.injection_km_s, [200.0, 380000.0]),
    (moon.l2_beyond_moon_km, [384400.0]),
    (imaging.elevation_of_look, [45.0, 508.0]),
    (imaging.ground_reach, [45.0, 508.0]),
    (imaging.look_of_reach, [145.0, 789.0]),
    (quakes.moment, [7.7]),
    (quakes.moment_magnitude, [1e20]),
    (quakes.radiated_energy, [7.7]),
    (quakes.energy_ratio, [7.9, 7.7]),
    (aftershocks.number_test, [8.0, 6.0]),
    (aftershocks.chance_of_any, [2.0]),
    (aftershocks.expected_from_chance, [0.4]),
    (samples.sigmas_between, [2030.0, 4.0, 1963.0, 57.0]),
    (samples.age_from_slope, [0.04]),
    (samples.pb_pb_age, [0.1]),
    (samples.n1, [2.0, CURVE]),
    (samples.crater_age, [0.002, CURVE]),
    (samples.rayleigh, [0.5, 0.1]),
    (samples.equilibrium_melt, [0.5, 0.1]),
    (weather.zenith_angle, [10.0, 100.0, 105.0]),
    (weather.disc_arc, [70.0]),
    (weather.planck_radiance, [10.8, 288.0]),
    (weather.brightness_temperature, [10.8, 9.0]),
    (weather.look_hours, [[10.0, 13.5]]),
    (weather.longest_wait, [[10.0, 22.0]]),
    (sphere.distance, [1.0, 2.0, 3.0, 4.0]),
    (fits.student_t, [0.95, 7.0]),
]


def numbers_in(answer):
    """Return all numbers of an answer as one array."""
    parts = answer if isinstance(answer, tuple) else (answer,)
    return np.concatenate([np.ravel(np.asarray(part, float)) for part in parts])


@pytest.mark.parametrize("function, right", CALLS, ids=lambda x: getattr(x, "__name__", ""))
def test_a_bad_value_is_named_or_unknown_in_gives_unknown_out(function, right):
    """Text, None and an empty list are refused by name and value; NaN is refused, or comes out as
    NaN.
    """
    assert np.isfinite(numbers_in(function(*right))).all()
    for place, bad in ((i, b) for i, value in enumerate(right) if value is not CURVE for b in BAD):
        given = [*right[:place], bad, *right[place + 1 :]]
        if isinstance(bad, float):
            try:
                answer = numbers_in(function(*given))
            except ValueError as refused:
                assert "nan" in str(refused) and "accepted" in str(refused)
            else:
                assert np.isnan(answer).any(), f"{function.__name__}{tuple(given)} = {answer}"
        else:
            with pytest.raises(ValueError, match="accepted") as refused:
                function(*given)
            assert repr(bad) in str(refused.value)


def test_a_whole_table_is_not_its_column():
    table = pd.DataFrame({"height_km": [390.0], "name": ["station"]})
    assert checks.positive("height", table["height_km"]) == 390
    with pytest.raises(checks.NotAccepted, match="height = a table with the columns height_km, n"):
        checks.positive("height", table)
