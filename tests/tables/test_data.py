"""Tables: found, converted, checked, and refused with the place of the error when they are bad."""

import shutil
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from sgp4.api import Satrec
from sgp4.conveniences import sat_epoch_datetime
from sgp4.io import verify_checksum

from sgp4.earth_gravity import wgs72
from sgp4.io import twoline2rv

from helpers.tables import data, elements
from tests.notebooks import ROOT
from tests.tables.copies import copy_data

ELEMENTS = "station/element_sets.csv"
REBOOSTS = "station/reboosts.csv"


def refused(table):
    """Return the message with which a table is refused."""
    with pytest.raises(data.TableError) as error:
        data.table(table)
    assert isinstance(error.value, ValueError)
    return str(error.value)


# --- reading ------------------------------------------------------------------------------


def test_every_table_keeps_its_description():
    for name in data.names():
        table = data.table(name)
        assert len(table) > 0, name
        assert list(table.columns) == list(data.describe(name)["field"]), name
        assert table.attrs["name"] == name and table.attrs["title"], name


def test_columns_have_the_types_of_the_schema():
    sets = data.table("element_sets")
    assert str(sets["epoch"].dtype) == "datetime64[us, UTC]"
    assert sets["mean_motion"].dtype == np.float64
    assert str(sets["catalogue_number"].dtype) == "Int64"
    assert str(sets["name"].dtype) == "str"
    assert str(data.table("reboosts")["date"].dtype) == "datetime64[us]"
    assert str(data.table("cities")["is_capital"].dtype) == "boolean"
    assert sets.attrs["units"]["mean_motion"] == "rev/d"


def test_an_empty_cell_is_missing_not_zero():
    reboosts = data.table("reboosts").set_index("vehicle")
    assert pd.isna(reboosts.loc["Progress MS-06", "dv_m_s"])
    crews = data.table("crew_missions").set_index("mission")
    assert pd.isna(crews.loc["Shenzhou-21", "crew_landing"])


def test_a_table_is_your_own_copy():
    mine = data.table("reboosts")
    mine.loc[:, "dh_km"] = 99.0
    mine.attrs["title"] = "mine"
    assert data.table("reboosts")["dh_km"].max() < 5
    assert data.table("reboosts").attrs["title"] != "mine"


def test_a_changed_file_is_read_again(broken):
    before = data.table("reboosts")["dh_km"].iloc[0]
    broken.set(REBOOSTS, 2, "dh_km", "3.123")
    assert before != 3.123 and data.table("reboosts")["dh_km"].iloc[0] == 3.123


def test_an_unknown_table_lists_what_there_is():
    message = refused("element_set")
    assert (
        "'element_set'" in message
        and "did you mean element_sets" in message
        and "crew_missions" in message
    )


def test_describe_without_a_name_lists_every_table():
    listed = data.describe()
    assert list(listed["table"]) == data.names()
    assert listed.set_index("table").loc["parties", "file"] == "parties.csv"


def test_paths_of_files():
    assert data.path("map/land.npz").is_file()
    with pytest.raises(data.TableError, match="no data file 'map/sea.npz'.*land.npz"):
        data.path("map/sea.npz")


def test_a_folder_without_description_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("SHARED_ORBITS_DATA", str(tmp_path))
    assert "tables.yaml" in refused("parties") and str(tmp_path) in refused("parties")


def test_data_are_found_in_an_installed_package(tmp_path):
    """The layout of the wheel: helpers/data_files beside the modules, no checkout near."""
    package = tmp_path / "helpers"
    shutil.copytree(ROOT / "helpers", package, ignore=shutil.ignore_patterns("__pycache__"))
    copy_data(tmp_path).rename(package / "data_files")
    code = (
        "from helpers.tables import data; print(data.folder()); "
        "print(len(data.table('partner_countries')))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert shown == [str(package / "data_files"), "17"]


def test_importing_is_light():
    code = (
        "import sys; from helpers.tables import data, sources; print(sorted({'matplotlib', "
        "'skyfield', 'sgp4', 'IPython', 'ipywidgets', 'scipy'} & set(sys.modules)))"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )


# --- bad data: file, line, field, value, what is accepted -----------------------------------

BAD_CELLS = [  # file, table, line, field, value, what the message must say
    (REBOOSTS, "reboosts", 3, "date", "27.08.2017", ["a date such as 2025-04-24"]),
    (REBOOSTS, "reboosts", 3, "date", "2017-02-30", ["a date such as 2025-04-24"]),
    (REBOOSTS, "reboosts", 4, "burn_s", "three minutes", ["a number such as"]),
    (REBOOSTS, "reboosts", 4, "burn_s", "nan", ["a number such as"]),
    (REBOOSTS, "reboosts", 4, "burn_s", "1_000", ["a number such as"]),
    (REBOOSTS, "reboosts", 4, "burn_s", "-5", ["at least 0"]),
    (REBOOSTS, "reboosts", 4, "mean_height_after_km", "41800", ["at most 500"]),
    (REBOOSTS, "reboosts", 4, "station", "salyut", ["one of tiangong, iss"]),
    (REBOOSTS, "reboosts", 4, "station", "", ["a value (this field is required)"]),
    (
        REBOOSTS,
        "reboosts",
        4,
        "source",
        "roscosmos-2020-07",
        ["id of a row in sources.csv", "near: roscosmos-2020-07-11"],
    ),
    (REBOOSTS, "reboosts", 4, "operator", "XYZ", ["id of a row in parties.csv"]),
    (REBOOSTS, "reboosts", 4, "confidence", "certain", ["one of high, medium, low"]),
    (
        "station/crew_missions.csv",
        "crew_missions",
        2,
        "launch",
        "2021-06-17 01:22:32",
        ["a time in UTC such as 2025-04-24T09:17:00Z"],
    ),
    (
        "station/crew_missions.csv",
        "crew_missions",
        2,
        "launch",
        "2021-06-17T09:22:32+08:00",
        ["a time in UTC"],
    ),
    (
        "station/crew_missions.csv",
        "crew_missions",
        3,
        "crew_size",
        "3.0",
        ["a whole number such as 42"],
    ),
    ("station/crew_missions.csv", "crew_missions", 3, "crew_size", "4", ["at most 3"]),
    (
        "station/crew_missions.csv",
        "crew_missions",
        3,
        "mission",
        "Shenzhou-12",
        ["a value used once (line 2 has it too)"],
    ),
    ("people/cities.csv", "cities", 5, "is_capital", "yes", ["true or false"]),
    ("people/cities.csv", "cities", 5, "latitude_deg", "95", ["at most 90"]),
    ("parties.csv", "parties", 5, "id", "afg", ["text of the pattern"]),
    ("parties.csv", "parties", 5, "part_of", "NOWHERE", ["id of a row in parties.csv"]),
    ("sources.csv", "sources", 4, "url", "www.example.org", ["text of the pattern"]),
    ("claims.csv", "claims", 4, "verdict", "wrong", ["one of supported, partly supported"]),
    ("claims.csv", "claims", 4, "lessons", "1", ["ids of lessons between semicolons"]),
    (
        "claims.csv",
        "claims",
        4,
        "evidence_sources",
        "geonames;nobody-2025",
        ["ids of sources between semicolons"],
    ),
    (ELEMENTS, "element_sets", 2, "line1", "1 25544U", ["69 to 69 characters"]),
]


@pytest.mark.parametrize(("file", "table", "line", "field", "value", "says"), BAD_CELLS)
def test_a_bad_cell_is_named(broken, file, table, line, field, value, says):
    data.table(table)  # whole before it is broken
    broken.set(file, line, field, value)
    message = refused(table)
    shown = value.split(";")[-1] if field == "evidence_sources" else value
    assert message.startswith(
        f"{file}, line {line}, field {field!r}: {shown!r} is not accepted; accepted: "
    ), message
    for part in says:
        assert part in message


def test_a_key_of_two_fields_is_unique(broken):
    rows = broken.rows("station/experiment_institutions.csv")
    broken.write("station/experiment_institutions.csv", [*rows, rows[1]])
    message = refused("experiment_institutions")
    assert (
        f"line {len(rows) + 1}, field 'experiment, institution'" in message
        and "line 2 has it too" in message
    )


def test_a_reference_of_two_fields_is_held(broken):
    broken.set("station/published_passes.csv", 2, "epoch", "2014-01-20T22:23:05.000416Z")
    assert "field 'object, epoch'" in refused(
        "published_passes"
    ) and "station/element_sets.csv" in refused("published_passes")


def test_a_missing_and_an_unknown_column_are_named(broken):
    rows = broken.rows(REBOOSTS)
    rows[0][rows[0].index("burn_s")] = "burn_min"
    broken.write(REBOOSTS, rows)
    message = refused("reboosts")
    assert (
        message.startswith(
            f"{REBOOSTS}, line 1: missing column 'burn_s'; unknown column 'burn_min'"
        )
        and "accepted: date, station" in message
    )


def test_a_row_with_a_value_too_few_is_named(broken):
    rows = broken.rows(REBOOSTS)
    rows[3] = rows[3][:-1]
    broken.write(REBOOSTS, rows)
    assert "reboosts.csv, line 4: 12 values" in refused("reboosts") and "accepted: 13" in refused(
        "reboosts"
    )


def test_the_line_is_that_of_the_file(broken):
    """A quoted line break makes file lines and rows differ: the file line counts."""
    broken.set(REBOOSTS, 2, "note", "two\nlines")
    broken.set(REBOOSTS, 3, "burn_s", "long")
    assert "line 4, field 'burn_s'" in refused("reboosts")


def test_a_file_that_is_not_utf8_is_named(broken):
    file = broken.root / REBOOSTS
    file.write_bytes(file.read_bytes().replace(b"Dragon", "Drägon".encode("latin-1")))
    assert "reboosts.csv: not readable" in refused("reboosts") and "UTF-8" in refused("reboosts")


def test_a_missing_file_is_named(broken):
    (broken.root / REBOOSTS).unlink()
    assert "no data file 'station/reboosts.csv'" in refused(
        "reboosts"
    ) and "crew_missions.csv" in refused("reboosts")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"unit": "furlong"}, ": unit 'furlong' is not known; accepted: "),
        ({"unit": None}, ".unit': None is not accepted; accepted: string"),
        ({"type": "decimal"}, ".type': 'decimal' is not accepted; accepted: one of string, "),
        ({"minimum": "low"}, ", minimum: 'low'; accepted: a number such as 41.47"),
        ({"minimum": 2, "maximum": 1}, ", minimum: 2; accepted: not above maximum"),
        ({"enum": [1, "two"]}, ", enum: 'two'; accepted: a number"),
        ({"pattern": "("}, ", pattern: '(' "),
    ],
)
def test_a_field_whose_description_cannot_be_is_refused(broken, change, says):
    broken.describe("reboosts", lambda t: t["fields"]["burn_s"].update(change))
    message = refused("reboosts")
    assert "tables.yaml" in message and "burn_s" in message and says in message


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"refers": {"operator": "nothing: id"}}, "refers: no table 'nothing'; accepted: "),
        ({"refers": {"operator": "parties: key"}}, "'parties': 'key' is no field; accepted: id"),
        ({"refers": {"pilot": "parties: id"}}, "refers: 'pilot' is no field; accepted: "),
        ({"key": ["day"]}, "table 'reboosts', key: 'day' is no field; accepted: "),
        ({"file": "../secret.csv"}, "reboosts.file': '../secret.csv' is not accepted"),
        ({"colour": "red"}, "accepted: only the fields file, title"),
    ],
)
def test_a_table_whose_description_rests_on_nothing_is_refused(broken, change, says):
    broken.describe("reboosts", lambda t: t.update(change))
    assert says in refused("reboosts")


# --- element sets ---------------------------------------------------------------------------

# Two invented sets that stand in public code as if they were real: both fail their checksum.
INVENTED = [
    (
        "1 25544U 98067A   24306.50000000  .00016717  00000-0  10270-3 0  9009",
        "2 25544  51.6416 208.5809 0003045  72.4415  25.3141 15.51344062 12345",
    ),
    (
        "1 48274U 21035A   26138.50000000  .00015432  00000+0  18765-3 0  9990",
        "2 48274  41.4700 234.5678 0002345  34.5678 325.4321 15.62000000300002",
    ),
]


@pytest.mark.parametrize("lines", INVENTED)
def test_invented_element_sets_are_refused(lines):
    with pytest.raises(
        elements.ElementSetError,
        match="a line whose last digit is its checksum|69 plain characters",
    ):
        elements.parse(*lines)


@pytest.mark.parametrize("lines", INVENTED)
def test_an_invented_set_in_the_table_is_named(broken, lines):
    rows = broken.rows(ELEMENTS)
    rows[1][rows[0].index("line1")], rows[1][rows[0].index("line2")] = lines
    broken.write(ELEMENTS, rows)
    message = refused("element_sets")
    assert (
        message.startswith(f"{ELEMENTS}, line 2, field 'line")
        and "checksum" in message
        and lines[0][:20] in message
    )


def test_a_digit_that_changed_on_the_way_is_named(broken):
    rows = broken.rows(ELEMENTS)
    line2 = rows[5][rows[0].index("line2")]
    broken.set(ELEMENTS, 6, "line2", line2[:10] + str((int(line2[10]) + 1) % 10) + line2[11:])
    assert f"{ELEMENTS}, line 6, field 'line2'" in refused(
        "element_sets"
    ) and "its checksum" in refused("element_sets")


def test_lines_in_the_wrong_order_are_named(broken):
    rows = broken.rows(ELEMENTS)
    broken.set(ELEMENTS, 6, "line1", rows[5][rows[0].index("line2")])
    assert "a line that begins with 1" in refused("element_sets")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("inclination_deg", "51.7"),
        ("epoch", "2024-05-06T19:53:05Z"),
        ("revolution_number", "1"),
        ("bstar", "0.1"),
    ],
)
def test_columns_that_differ_from_the_lines_are_named(broken, field, value):
    broken.set(ELEMENTS, 3, field, value)
    message = refused("element_sets")
    assert f"{ELEMENTS}, line 3, field {field!r}" in message and "as the lines say" in message


def test_lines_of_two_objects_are_refused():
    sets = data.table("element_sets")
    iss, tiangong = (sets[sets["object"] == o].iloc[0] for o in ("iss", "tiangong"))
    with pytest.raises(elements.ElementSetError, match="the line 2 of object 25544"):
        elements.parse(iss["line1"], tiangong["line2"])


def test_columns_agree_with_the_sgp4_library():
    """An independent reader of the format sees the same elements, in radians and minutes."""
    for row in data.table("element_sets").itertuples():
        verify_checksum(row.line1, row.line2)  # raises
        other = Satrec.twoline2rv(row.line1, row.line2)
        assert row.catalogue_number == other.satnum
        assert np.isclose(row.inclination_deg, np.degrees(other.inclo), rtol=1e-12)
        assert np.isclose(row.raan_deg, np.degrees(other.nodeo), rtol=1e-12)
        assert np.isclose(row.arg_perigee_deg, np.degrees(other.argpo), rtol=1e-12)
        assert np.isclose(row.mean_anomaly_deg, np.degrees(other.mo), rtol=1e-12)
        assert row.eccentricity == other.ecco
        assert np.isclose(row.mean_motion, other.no_kozai * 1440 / (2 * np.pi), rtol=1e-12)
        assert np.isclose(row.bstar, other.bstar, rtol=1e-12)
        assert np.isclose(row.mean_motion_dot, other.ndot * 1440**2 / (2 * np.pi), rtol=1e-9)
        assert row.revolution_number == other.revnum
        assert abs((row.epoch - pd.Timestamp(sat_epoch_datetime(other))).total_seconds()) < 2e-6


# --- what the tables say of each other ------------------------------------------------------


def test_prunariu_flew_as_long_as_his_launch_and_landing_say():
    flights = data.table("guest_flights")
    his = flights[flights["person"] == "Dumitru-Dorin Prunariu"].set_index("source")
    timed = his.loc["cosmos-book-astronauts"]
    published = his.loc["rosa-2014-prunariu"]
    assert published["duration_s"] == ((7 * 24 + 20) * 60 + 41) * 60 + 52
    assert abs((timed["landing"] - timed["launch"]).total_seconds() - published["duration_s"]) <= 1
    assert published["orbits"] == 124


def test_published_burns_obey_the_rule_of_small_burns():
    """dh = 2 a dv / v, for a circular orbit at the published height,
    within the rounding of print.
    """
    burns = data.table("reboosts").dropna(subset=["dv_m_s", "dh_km"])
    assert len(burns) == 3
    a = 6371.0 + burns["mean_height_after_km"]
    v = np.sqrt(398600.4418 / a)
    assert np.allclose(2 * a * burns["dv_m_s"] / 1000 / v, burns["dh_km"], rtol=0.08)


def test_flights_are_in_order():
    crews = data.table("crew_missions")
    assert crews["launch"].is_monotonic_increasing
    known = crews.dropna(subset=["crew_landing"])
    assert (
        known["crew_landing"].dt.strftime("%Y-%m-%d")
        == known["crew_landing_date"].dt.strftime("%Y-%m-%d")
    ).all()
    assert (known["crew_landing"] > known["launch"]).all()


def test_the_nine_experiments_add_up():
    experiments, institutions = data.table("experiments"), data.table("experiment_institutions")
    counts = (
        data.table("experiment_counts").query("confidence == 'high'").set_index("stage")["number"]
    )
    assert len(experiments) == counts["chosen"] == 9
    assert (experiments["selection"] == "accepted").sum() == counts["accepted fully"]
    assert len(institutions) == counts["institutions of those chosen"]
    assert (
        institutions["country"].nunique()
        == counts["countries of those chosen"]
        == len(data.table("partner_countries"))
    )
    assert set(institutions["country"]) == set(data.table("partner_countries")["country"])
    per = institutions.groupby("experiment").size()
    assert (experiments.set_index("id")["institutions"] == per.reindex(experiments["id"])).all()


def test_partner_capitals_are_rows_of_the_cities():
    cities = data.table("cities").set_index("id")
    for row in data.table("partner_countries").itertuples():
        city = cities.loc[row.city_id]
        assert city["is_capital"] and city["country"] == row.country and city["name"] == row.capital
        assert (city["latitude_deg"], city["longitude_deg"]) == (
            row.latitude_deg,
            row.longitude_deg,
        )


def test_partner_capitals_lie_where_the_time_zone_files_put_them():
    """Degrees and minutes of the tz database (zone.tab, public domain),
    an independent gazetteer.
    """
    tz = {
        "BEL": (50 + 50 / 60, 4 + 20 / 60),
        "DEU": (52.5, 13 + 22 / 60),
        "ESP": (40.4, -3 - 41 / 60),
        "FRA": (48 + 52 / 60, 2 + 20 / 60),
        "ITA": (41.9, 12 + 29 / 60),
        "JPN": (35.654, 139.745),
        "KEN": (-1 - 17 / 60, 36 + 49 / 60),
        "MEX": (19.4, -99.15),
        "NLD": (52 + 22 / 60, 4.9),
        "NOR": (59 + 55 / 60, 10.75),
        "PER": (-12.05, -77.05),
        "POL": (52.25, 21.0),
        "RUS": (55.756, 37.618),
        "SAU": (24 + 38 / 60, 46 + 43 / 60),
    }
    capitals = data.table("partner_countries").set_index("country")
    for country, place in tz.items():
        assert np.allclose(
            capitals.loc[country, ["latitude_deg", "longitude_deg"]].astype(float), place, atol=0.1
        ), country


def test_every_member_state_is_a_party_once():
    parties = data.table("parties")
    states = parties[parties["kind"] == "state"]
    assert (states["source"] == "un-member-states").sum() == 193
    assert (states["source"] == "un-non-member-states").sum() == 2
    assert (states["id"] == states["iso3"]).all()
    names = parties.set_index("id")["name"]
    assert (
        names["TUR"] == "Türkiye"
        and names["VNM"] == "Viet Nam"
        and names["IRN"] == "Iran (Islamic Republic of)"
    )
    assert parties.set_index("id").loc["SUN", "valid_to"] == pd.Timestamp("1991-12-26")


# --- your own city ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Lima", "PER"),
        ("  reykjavik ", "ISL"),
        ("REYKJAVÍK", "ISL"),
        ("Hyderabad, India", "IND"),
        ("birmingham, united kingdom", "GBR"),
        ("Hyderabad, PAK", "PAK"),
        ("sao paulo", "BRA"),
    ],
)
def test_a_city_is_found_by_its_name(asked, found):
    assert data.city(asked)["country"] == found


def test_a_shared_name_asks_for_the_country():
    with pytest.raises(
        data.TableError,
        match="'Hyderabad' is the name of 2 cities; accepted: one of Hyderabad, India; Hyderabad, "
        "Pakistan",
    ):
        data.city("Hyderabad")


@pytest.mark.parametrize("asked", ["Bukarest", "Nairobbi", "xyzzy", "", "Lima, Kenya"])
def test_an_unknown_city_says_what_is_near(asked):
    with pytest.raises(data.TableError, match="no city") as error:
        data.city(asked)
    assert repr(asked) in str(error.value)
    if asked == "Bukarest":
        assert "Bucharest" in str(error.value)


def test_every_state_has_a_city_and_no_two_share_their_name():
    cities = data.table("cities")
    states = data.table("parties").query("kind == 'state' and valid_to.isna()")
    assert set(states["id"]) <= set(cities["country"])
    assert not cities.duplicated(["ascii_name", "country"]).any()


def test_catalogue_numbers_above_99999_are_read():
    """Alpha-5: the first digit becomes a letter, A for 10 and on, without I and O (Space-Track)."""
    row = data.table("element_sets").iloc[0]

    def numbered(line, number):
        line = line[:2] + number + line[7:68]
        return line + str(elements.checksum(line + "0"))

    for number, wanted in (("A0274", 100274), ("J0001", 180001), ("00005", 5)):
        lines = [numbered(row[line], number) for line in ("line1", "line2")]
        assert elements.parse(*lines)["catalogue_number"] == wanted
        assert twoline2rv(*lines, wgs72).satnum == wanted  # by another reader


@pytest.mark.parametrize(
    "table",
    [
        "element_sets",
        "imaging_element_sets",
        "imaging_satellites",
        "navigation_element_sets",
        "partner_element_sets",
        "partner_satellites",
    ],
)
def test_tables_take_catalogue_numbers_of_six_digits(table):
    """Alpha-5 ends at Z9999, which is 339,999."""
    fields = {field["name"]: field for field in data.resource(table)["schema"]["fields"]}
    limit = fields["catalogue_number"].get("constraints", {}).get("maximum")
    assert limit is None or limit == 339_999
