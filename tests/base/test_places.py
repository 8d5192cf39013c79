"""A place in every form in which a learner may have one."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from helpers.base.checks import NotAccepted
from helpers.base.places import Place, as_place, as_places
from helpers.science import imaging, moon, orbits, passes
from helpers.tables import data

LIMA = [
    ("Lima", -12.0432, -77.0282),
    ["Lima", -12.0432, -77.0282],
    Place("Lima", -12.0432, -77.0282),
    {"name": "Lima", "latitude_deg": -12.0432, "longitude_deg": -77.0282},
    pd.Series({"capital": "Lima", "latitude": -12.0432, "longitude": -77.0282}),
]


def test_every_form_of_one_place():
    for given in [*LIMA, data.city("Lima")]:
        place = as_place(given)
        assert place.name == "Lima" and place.height_m == 0
        assert place[1:3] == pytest.approx((-12.0432, -77.0282), abs=1e-4)
    for given in [(-12, -77), [-12, -77], np.array([-12.0, -77.0])]:
        assert as_place(given) == Place("", -12, -77, 0)
    assert (
        as_place((-12, -77, 154)).height_m == 154
        and as_place(("Lima", -12, -77, 154)).height_m == 154
    )


def test_one_several_and_a_table_are_taken():
    assert len(as_places(data.city("Lima"))) == len(as_places((-12, -77))) == 1
    assert [p.name for p in as_places([*LIMA[:2], (1, 2)])] == ["Lima", "Lima", ""]
    table = data.table("ground_stations")
    assert [p.name for p in as_places(table)] == table["name"].to_list()
    assert as_places(list(table.itertuples()))[0] == as_place(table.iloc[0])


def test_a_height_that_is_missing_in_a_table_is_sea_level():
    assert as_place({"latitude": 1, "longitude": 2, "height_m": float("nan")}).height_m == 0


@pytest.mark.parametrize(
    "given",
    [
        "Rome",
        None,
        3,
        (91, 0),
        (0, 400),
        (float("nan"), 0),
        (1,),
        (1, 2, 3, 4),
        {"name": "Rome"},
        ("Rome", "north", 0),
        [],
        SimpleNamespace(latitude=1),
    ],
    ids=repr,
)
def test_what_is_no_place_is_said_with_what_is_accepted(given):
    with pytest.raises(NotAccepted, match=r"no place.*accepted: \(latitude, longitude\)"):
        as_place(given)


def test_no_place_at_all():
    with pytest.raises(NotAccepted, match="no place was given"):
        as_places([])


def test_all_subjects_take_the_same_places():
    """Windows, passes and antennas say the same of one place, whatever it is given as."""
    satellites = imaging.fleet(owners="COPERNICUS").head(2)
    station = orbits.newest(orbits.sets("tiangong"))
    when = orbits.times(station.epoch, 3, 600)
    looks, seen, moons = [], [], []
    for given in [*LIMA, LIMA[0][1:]]:
        looks.append(
            imaging.windows(satellites, given, "2026-03-09", "2026-03-11")["opens"].to_list()
        )
        seen.append(passes.passes(station, given, station.epoch)["rise"].to_list())
        moons.append(moon.antenna_elevations_deg(given, when).tolist())
    assert all(one == several[0] for several in (looks, seen, moons) for one in several)
    assert looks[0] and seen[0]
