"""Element sets as texts of six kinds, by published examples;
what is broken is refused with line and field.
"""

import json

import pandas as pd
import pytest
from sgp4 import omm
from sgp4.api import Satrec

from helpers.tables import messages

# CCSDS 502.0-B-2 (2009), Orbit Data Messages: figures 4-1 and 4-2, GOES 9, and its two lines
# (annex).
GOES = """GOES 9 [P]
1 23581U 95025A   07064.44075725 -.00000113  00000-0  10000-3 0  9250
2 23581   3.0539  81.7939 0005013 249.2363 150.1602  1.00273272 43169
"""
GOES_KVN = """CCSDS_OMM_VERS = 2.0
CREATION_DATE = 2007-065T16:00:00
ORIGINATOR = NOAA/USA

OBJECT_NAME = GOES 9
OBJECT_ID = 1995-025A
CENTER_NAME = EARTH
REF_FRAME = TEME
TIME_SYSTEM = UTC
MEAN_ELEMENT_THEORY = SGP/SGP4

EPOCH = 2007-064T10:34:41.4264
MEAN_MOTION = 1.00273272
ECCENTRICITY = 0.0005013
INCLINATION = 3.0539
RA_OF_ASC_NODE = 81.7939
ARG_OF_PERICENTER = 249.2363
MEAN_ANOMALY = 150.1602
GM = 398600.8

EPHEMERIS_TYPE = 0
CLASSIFICATION_TYPE = U
NORAD_CAT_ID = 23581
ELEMENT_SET_NO = 0925
REV_AT_EPOCH = 4316
BSTAR = 0.0001
MEAN_MOTION_DOT = -0.00000113
MEAN_MOTION_DDOT = 0.0
"""
GOES_XML = """<?xml version="1.0" encoding="UTF-8"?>
<omm xmlns="urn:ccsds:recommendation:navigation:schema:ndmxml" id="CCSDS_OMM_VERS" version="2.0">
<header><CREATION_DATE>2007-065T16:00:00</CREATION_DATE><ORIGINATOR>NOAA/USA</ORIGINATOR></header>
<body><segment>
<metadata><OBJECT_NAME>GOES-9</OBJECT_NAME><OBJECT_ID>1995-025A</OBJECT_ID>
<CENTER_NAME>EARTH</CENTER_NAME><REF_FRAME>TEME</REF_FRAME><TIME_SYSTEM>UTC</TIME_SYSTEM>
<MEAN_ELEMENT_THEORY>TLE</MEAN_ELEMENT_THEORY></metadata>
<data><meanElements><EPOCH>2007-064T10:34:41.4264</EPOCH>
<MEAN_MOTION>1.00273272</MEAN_MOTION><ECCENTRICITY>0.0005013</ECCENTRICITY>
<INCLINATION>3.0539</INCLINATION><RA_OF_ASC_NODE>81.7939</RA_OF_ASC_NODE>
<ARG_OF_PERICENTER>249.2363</ARG_OF_PERICENTER><MEAN_ANOMALY>150.1602</MEAN_ANOMALY>
<GM>398600.8</GM></meanElements>
<tleParameters><NORAD_CAT_ID>23581</NORAD_CAT_ID><ELEMENT_SET_NO>0925</ELEMENT_SET_NO>
<REV_AT_EPOCH>4316</REV_AT_EPOCH><BSTAR>0.0001</BSTAR>
<MEAN_MOTION_DOT>-0.00000113</MEAN_MOTION_DOT><MEAN_MOTION_DDOT>0.0</MEAN_MOTION_DDOT>
</tleParameters></data></segment></body></omm>
"""
# CelesTrak, GP data of Vanguard 1 (object 5): lines, CSV and XML of 13 October 2020, JSON of 14
# February 2025.
VANGUARD_CSV = (
    "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,"
    "ARG_OF_PERICENTER,MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,"
    "ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT\n"
    "VANGUARD 1,1958-002B,2020-10-13T04:52:48.472320,10.84869164,.1845686,34.2443,225.5254,"
    "162.2516,205.2356,0,U,5,999,21814,-.22483E-4,-1.6E-7,0\n"
)
VANGUARD_JSON = """[{
  "OBJECT_NAME": "VANGUARD 1",
  "OBJECT_ID": "1958-002B",
  "EPOCH": "2025-02-14T14:36:48.662784",
  "MEAN_MOTION": 10.85873516,
  "ECCENTRICITY": 0.1841322,
  "INCLINATION": 34.2493,
  "RA_OF_ASC_NODE": 19.2327,
  "ARG_OF_PERICENTER": 100.1057,
  "MEAN_ANOMALY": 281.1229,
  "EPHEMERIS_TYPE": 0,
  "CLASSIFICATION_TYPE": "U",
  "NORAD_CAT_ID": 5,
  "ELEMENT_SET_NO": 999,
  "REV_AT_EPOCH": 39027,
  "BSTAR": 0.00035436,
  "MEAN_MOTION_DOT": 2.64e-6,
  "MEAN_MOTION_DDOT": 0
}]
"""
EVERY = {"3LE": GOES, "2LE": GOES.split("\n", 1)[1], "KVN": GOES_KVN, "XML": GOES_XML}
EVERY |= {"CSV": VANGUARD_CSV, "JSON": VANGUARD_JSON}
NOW = pd.Timestamp("2026-11-25", tz="UTC")


def place(fields, days=1.0):
    """Return where SGP4, read from the fields by its own reader,
    puts the object after some days.
    """
    satrec = Satrec()
    omm.initialize(satrec, fields)
    return satrec.sgp4(satrec.jdsatepoch, satrec.jdsatepochF + days)[1]


@pytest.mark.parametrize("kind", ["2LE", "KVN", "XML"])
def test_the_published_example_is_the_same_in_each_kind(kind):
    (whole,), (one,) = messages.read(GOES, NOW), messages.read(EVERY[kind], NOW)
    assert one["EPOCH"] == "2007-03-05T10:34:41.426400"
    for name in messages.NUMBERS:
        assert one[name] == pytest.approx(whole[name], abs=1e-12), name
    assert (one["NORAD_CAT_ID"], one["OBJECT_ID"]) == (23581, "1995-025A")
    assert place(one) == pytest.approx(place(whole), abs=1e-4)
    line1, line2 = GOES.splitlines()[1:]
    satrec = Satrec.twoline2rv(line1, line2)
    there = satrec.sgp4(satrec.jdsatepoch, satrec.jdsatepochF + 1.0)[1]
    assert place(one) == pytest.approx(there, abs=1e-3)


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_marks_and_line_ends_of_any_system(kind, end):
    text = "\ufeff" + EVERY[kind].replace("\n", end)
    assert messages.read(text, NOW) == messages.read(EVERY[kind], NOW)


def test_several_sets_in_one_text_and_the_newest_of_an_object():
    newer = VANGUARD_CSV.splitlines()[1].replace("2020-10-13", "2020-10-14")
    assert len(messages.read(VANGUARD_CSV + newer, NOW)) == 1
    assert messages.read(newer.join([VANGUARD_CSV, "\n"]), NOW)[0]["EPOCH"].startswith("2020-10-14")
    both = GOES_KVN + "\n" + GOES_KVN.replace("23581", "23582")
    assert [one["NORAD_CAT_ID"] for one in messages.read(both, NOW)] == [23581, 23582]
    three = "0 FIRST\n" + "\n".join(GOES.splitlines()[1:]) + "\n\n" + VANGUARD_LINES
    assert [one["OBJECT_NAME"] for one in messages.read(three, NOW)] == ["FIRST", "VANGUARD 1"]


VANGUARD_LINES = """VANGUARD 1
1     5U 58002B   20287.20333880 -.00000016  00000-0 -22483-4 0  9998
2     5  34.2443 225.5254 1845686 162.2516 205.2356 10.84869164218149
"""


def test_numbers_beyond_five_digits():
    """Alpha-5 in lines (A0274 is 100,274), six and nine digits in messages."""
    line1 = "1 A0274U 95025A   07064.44075725 -.00000113  00000-0  10000-3 0  9250"
    line2 = "2 A0274   3.0539  81.7939 0005013 249.2363 150.1602  1.00273272 43169"
    from helpers.tables.elements import checksum

    lines = [line[:-1] + str(checksum(line)) for line in (line1, line2)]
    assert messages.read("\n".join(lines), NOW)[0]["NORAD_CAT_ID"] == 100_274
    for number in (100_274, 812_345, 799_500_123):
        text = VANGUARD_CSV.replace(",U,5,", f",U,{number},")
        assert messages.read(text, NOW)[0]["NORAD_CAT_ID"] == number


CSV, KVN = VANGUARD_CSV, GOES_KVN
BROKEN = [  # text, words of the error
    ("", "an empty text; accepted: two or three lines"),
    ("\ufeff \n", "an empty text"),
    ("GIF89a\0\0", "this is no text"),
    ("<!DOCTYPE html><html>...", "line 1: this is a web page"),
    ("No GP data found", "line 1: the text ends before a set is whole"),
    (GOES.replace("81.7939", "81.7938"), "line 3: .*its checksum"),
    (GOES[:-20], "line 3: .*accepted: 69 plain characters"),
    ("\n".join(GOES.splitlines()[:2]), "line 2: the text ends before a set is whole"),
    (GOES.splitlines()[2], "line 1: a line 2 without a line 1"),
    (CSV.replace("2020-10-13", "2027-10-13"), "line 2, field EPOCH: .*1957-10-04 to 2026-12-02"),
    (CSV.replace("2020-10-13", "2020-13-13"), "line 2, field EPOCH: .*a time in UTC"),
    (CSV.replace("2020-10-13T", "13.10.2020 "), "line 2, field EPOCH"),
    (CSV.replace("34.2443", "234.2443"), "line 2, field INCLINATION: '234.2443' .*0 to 180"),
    (CSV.replace(".1845686", "1.1845686"), "line 2, field ECCENTRICITY"),
    (CSV.replace("10.84869164", "nan"), "line 2, field MEAN_MOTION: 'nan'"),
    (CSV.replace(",U,5,", ",U,five,"), "line 2, field NORAD_CAT_ID: 'five' .*a whole number"),
    (CSV[:-40], "line 2: 9 values for 17 names"),
    (CSV.replace("INCLINATION", "TILT"), "line 2, field INCLINATION: None"),
    (KVN.replace("TEME", "GCRF"), "line 8, field REF_FRAME: 'GCRF' .*accepted: TEME"),
    (KVN.replace("SGP/SGP4", "DSST"), "line 10, field MEAN_ELEMENT_THEORY"),
    (KVN.replace("EPHEMERIS_TYPE = 0", "EPHEMERIS_TYPE = 4"), "line 21, field EPHEMERIS_TYPE: '4'"),
    (KVN.replace("3.0539", "steep"), "line 15, field INCLINATION: 'steep'"),
    (KVN.replace("2007-064", "2007-366"), "line 12, field EPOCH"),
    (KVN.replace("GM =", "GM "), "line 19: .*accepted: KEY = value"),
    (KVN[:300], "field EPOCH|field MEAN_MOTION|KEY = value"),
    ("CCSDS_OEM_VERS = 2.0\nCREATION_DATE = 2007-065T16:00:00\n", "line 1: CCSDS_OEM_VERS"),
    (GOES_XML[:700], "line 11: not readable as XML, perhaps cut off"),
    (GOES_XML.replace("<omm", "<!DOCTYPE omm><omm", 1), "an XML text with a DOCTYPE"),
    (GOES_XML.replace("3.0539<", "-3.0539<"), "line 10, field INCLINATION: '-3.0539'"),
    (GOES_XML.replace("tleParameters", "covariance"), "a segment without metadata"),
    ("<ndm></ndm>", "no element set in this text"),
    (VANGUARD_JSON[:100], "line 4: not readable as JSON, perhaps cut off"),
    (VANGUARD_JSON.replace("34.2493", '"34,2493"'), "line 7, field INCLINATION: '34,2493'"),
    (VANGUARD_JSON.replace("34.2493", "true"), "line 7, field INCLINATION: True"),
    ("[3]", "message 1: 3; accepted: an object"),
    ("[]", "no element set in this text"),
]


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_what_is_broken_is_refused_with_line_and_field(number):
    text, words = BROKEN[number]
    with pytest.raises(messages.MessageError, match=words):
        messages.read(text, NOW)


def test_lines_inside_a_message_are_held_to_their_checksums():
    (fields,) = messages.read(GOES, NOW)
    assert messages.read(json.dumps([fields]), NOW) == [fields]
    for change in ({"TLE_LINE2": fields["TLE_LINE2"][:-1] + "0"}, {"NORAD_CAT_ID": 23582}):
        with pytest.raises(messages.MessageError, match="field TLE_LINE1"):
            messages.read(json.dumps([fields | change]), NOW)
