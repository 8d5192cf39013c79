"""Element sets as texts: two lines, three lines, and Orbit Mean-Elements Messages (OMM) as CSV,
JSON, XML, KVN.

Each text becomes a list of messages: dicts with the upper-case names of the standard (CCSDS
502.0-B, "Orbit Data Messages"). XML and CSV are read by `sgp4.omm`. Every message is checked:
checksum, ranges, date; an error names line and field.
"""

import io
import json
import re
from xml.etree.ElementTree import ParseError

import pandas as pd

from helpers.base.checks import NotAccepted
from helpers.tables import elements

FIRST_EPOCH = pd.Timestamp("1957-10-04", tz="UTC")
AHEAD = pd.Timedelta(days=7)  # how far a predicted set may lie ahead
MOST = 20_000_000  # characters: the whole public catalogue has fewer
KINDS = "two or three lines a set, or a message (OMM) as CSV, JSON, XML or KVN"
NUMBERS = {  # field -> (lowest, highest, what is accepted)
    "MEAN_MOTION": (0.01, 18, "0.01 to 18 turns a day"),
    "ECCENTRICITY": (0, 0.999, "0 to 0.999"),
    "INCLINATION": (0, 180, "0 to 180 degrees"),
    "RA_OF_ASC_NODE": (0, 360, "0 to 360 degrees"),
    "ARG_OF_PERICENTER": (0, 360, "0 to 360 degrees"),
    "MEAN_ANOMALY": (0, 360, "0 to 360 degrees"),
    "BSTAR": (-10, 10, "-10 to 10 per Earth radius"),
    "MEAN_MOTION_DOT": (-10, 10, "-10 to 10"),
}
WORDS = {  # field -> (values that SGP4 can use, what is accepted); a message may leave it out
    "CENTER_NAME": ({"EARTH"}, "EARTH"),
    "REF_FRAME": ({"TEME"}, "TEME"),
    "TIME_SYSTEM": ({"UTC"}, "UTC"),
    "MEAN_ELEMENT_THEORY": ({"SGP", "SGP4", "SGP/SGP4", "TLE"}, "SGP4"),
    "EPHEMERIS_TYPE": ({"0", "2"}, "0: SGP4"),
}


class MessageError(NotAccepted):
    """A text that is no element set; the message names line and field, and what is accepted."""


def read(text, now=None):
    """Return the messages in a text, as a list of dicts;
    of an object that stands in it twice, the newest.

    now: the present as a UTC time; an epoch may lie a week ahead of it.
    Raises MessageError for what is none of the six kinds, is cut off, or holds a value out of
    range.
    """
    text = _clean(text)
    found = [_checked(*one, now) for one in _reader(text)(text)]
    if not found:
        raise MessageError(f"no element set in this text; accepted: {KINDS}")
    newest = {}
    for one in found:
        number = one["NORAD_CAT_ID"]
        if number not in newest or one["EPOCH"] > newest[number]["EPOCH"]:
            newest[number] = one
    return list(newest.values())


def _clean(text):
    """Return a text with plain line ends, without a mark in front (BOM)."""
    if not isinstance(text, str) or not text.strip("\ufeff \t\r\n"):
        raise MessageError(f"an empty text; accepted: {KINDS}")
    if len(text) > MOST:
        raise MessageError(f"a text of {len(text):,} characters; accepted: at most {MOST:,}")
    if "\0" in text:
        raise MessageError(f"this is no text (it holds a zero byte); accepted: {KINDS}")
    return "\n".join(text.removeprefix("\ufeff").splitlines())


def _reader(text):
    """Return the function that reads this kind of text."""
    start = text.lstrip()[:400]
    if re.match(r"<(!doctype html|html)", start, re.I):
        raise MessageError(f"line 1: this is a web page, not the file behind it; accepted: {KINDS}")
    if start.startswith("<"):
        return _xml
    if start.startswith(("[", "{")):
        return _json
    if re.match(r"[A-Z_]+,[A-Z_]+,", start):
        return _csv
    if re.match(r"(COMMENT\b.*\n\s*)*(CCSDS_\w+_VERS|OBJECT_NAME)\s*=", start):
        return _kvn
    return _lines


# --- the six kinds: each yields (message, function: field -> line) --------------------------------


def _lines(text):
    """Yield messages of two or three lines a set."""
    rows = [(n, row.rstrip()) for n, row in enumerate(text.split("\n"), 1) if row.strip()]
    place = 0
    while place < len(rows):
        name = ""
        number, row = rows[place]
        if not row.startswith("1 "):
            if row.startswith("2 ") and len(row) == elements.LINE_LENGTH:
                raise MessageError(f"line {number}: a line 2 without a line 1 before it")
            name, place = row.removeprefix("0 ").strip(), place + 1
        if place + 1 >= len(rows):
            last = rows[min(place, len(rows) - 1)]
            said = f"line {last[0]}: the text ends before a set is whole, at {last[1][:30]!r}"
            raise MessageError(f"{said}; accepted: {KINDS}")
        (first, line1), (second, line2) = rows[place], rows[place + 1]
        yield _two_lines(name, first, line1.strip(), second, line2.strip()), _at(first)
        place += 2


def _two_lines(name, first, line1, second, line2):
    for number, line, which in ((first, line1, 1), (second, line2, 2)):
        try:
            elements.check_line(line, which)
        except elements.ElementSetError as problem:
            raise MessageError(f"line {number}: {problem}") from None
    try:
        read = elements.parse(line1, line2)
    except elements.ElementSetError as problem:
        raise MessageError(f"line {first} or {second}: {problem}") from None
    epoch = read["epoch"].tz_localize(None).isoformat(timespec="microseconds")
    named = {name: read[key] for name, key in FIELDS.items()}
    return named | {"OBJECT_NAME": name, "EPOCH": epoch, "TLE_LINE1": line1, "TLE_LINE2": line2}


FIELDS = {  # of a message -> of the table element_sets
    "OBJECT_ID": "designator",
    "MEAN_MOTION": "mean_motion",
    "ECCENTRICITY": "eccentricity",
    "INCLINATION": "inclination_deg",
    "RA_OF_ASC_NODE": "raan_deg",
    "ARG_OF_PERICENTER": "arg_perigee_deg",
    "MEAN_ANOMALY": "mean_anomaly_deg",
    "CLASSIFICATION_TYPE": "classification",
    "NORAD_CAT_ID": "catalogue_number",
    "ELEMENT_SET_NO": "element_set_number",
    "REV_AT_EPOCH": "revolution_number",
    "BSTAR": "bstar",
    "MEAN_MOTION_DOT": "mean_motion_dot",
    "MEAN_MOTION_DDOT": "mean_motion_ddot",
}


def _csv(text):
    from sgp4 import omm

    rows = omm.parse_csv(io.StringIO(text))
    for row in rows:
        number = rows.line_num
        if None in row or None in row.values():
            held = sum(value is not None for value in row.values())
            raise MessageError(
                f"line {number}: {held} values for {len(rows.fieldnames)} names; accepted: as many "
                "as in line 1"
            )
        yield row, _at(number)


def _json(text):
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as problem:
        line = getattr(problem, "lineno", 1)
        raise MessageError(
            f"line {line}: not readable as JSON, perhaps cut off ({problem})"
        ) from None
    found = found if isinstance(found, list) else [found]
    for number, one in enumerate(found, 1):
        if not isinstance(one, dict):
            raise MessageError(f"message {number}: {one!r:.40}; accepted: an object with fields")
        yield one, _nth(text, number, len(found))


def _xml(text):
    from sgp4 import omm

    if "<!DOCTYPE" in text or "<!ENTITY" in text:  # a few lines of these can fill a memory
        raise MessageError("an XML text with a DOCTYPE; accepted: a message without one")
    plain = re.sub(r"\sxmlns=([\"']).*?\1", " ", text)  # the reader knows names without a space
    plain = re.sub(r"^\s*<\?xml.*?\?>", "", plain, flags=re.S)
    try:
        found = list(omm.parse_xml(io.StringIO(plain)))
    except ParseError as problem:
        raise MessageError(
            f"line {problem.position[0]}: not readable as XML, perhaps cut off ({problem})"
        ) from None
    except (AttributeError, TypeError):  # the reader met a segment without one of its parts
        raise MessageError(
            "a segment without metadata, meanElements or tleParameters; accepted: an OMM of SGP4"
        ) from None
    for number, one in enumerate(found, 1):
        yield one, _nth(text, number, len(found))


def _kvn(text):
    """Yield messages written as KEY = value, one a line; a unit in brackets is left out."""
    one, where = {}, {}
    for number, row in enumerate(text.split("\n"), 1):
        row = row.strip()
        if not row or row.startswith("COMMENT") or row in ("META_START", "META_STOP"):
            continue
        name, mark, value = (part.strip() for part in row.partition("="))
        if not mark or not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
            raise MessageError(f"line {number}: {row[:40]!r}; accepted: KEY = value")
        if name in one and name in ("CCSDS_OMM_VERS", "OBJECT_NAME"):  # the next message
            yield one, where.get
            one, where = {}, {}
        if name.startswith("CCSDS_") and name != "CCSDS_OMM_VERS":
            raise MessageError(f"line {number}: {name}; accepted: CCSDS_OMM_VERS, mean elements")
        one[name], where[name] = re.sub(r"\s*\[[^\]]*\]$", "", value), number
    yield one, where.get


def _at(number):
    return lambda field: number


def _nth(text, number, messages):
    """Return a function that finds the line of a field in the nth message,
    where each message has that field.
    """

    def line(field):
        places = [m.start() for m in re.finditer(rf"(?<=[<\"]){field}(?=[>\"])", text)]
        whole = len(places) == messages
        return text.count("\n", 0, places[number - 1]) + 1 if whole else None

    return line


# --- one message ----------------------------------------------------------------------------------


def _checked(fields, line, now):
    """Return a message whose values are of their type and in their range;
    raise MessageError otherwise.
    """
    fields = {k: v for k, v in fields.items() if isinstance(k, str)}
    about = str(
        fields.get("OBJECT_NAME") or fields.get("NORAD_CAT_ID") or "a message without a name"
    )

    def refuse(field, value, accepted):
        number = line(field)
        where = f"line {number}" if number else f"message of {about[:40]}"
        return MessageError(
            f"{where}, field {field}: {value!r:.60} is not accepted; accepted: {accepted}"
        )

    for name, (known, accepted) in WORDS.items():
        if str(fields.get(name) or "").strip() not in known | {""}:
            raise refuse(name, fields[name], accepted)
    kept = {
        "OBJECT_NAME": str(fields.get("OBJECT_NAME") or "").strip(),
        "OBJECT_ID": str(fields.get("OBJECT_ID") or "").strip(),
    }
    kept["EPOCH"] = _epoch(fields.get("EPOCH"), refuse, now)
    for name, (low, high, accepted) in NUMBERS.items():
        value = fields.get(name, 0 if name == "MEAN_MOTION_DOT" else None)
        kept[name] = _number(name, value, float, low, high, accepted, refuse)
    whole = "a whole number from 1 to 999,999,999"
    kept["NORAD_CAT_ID"] = _number(
        "NORAD_CAT_ID", fields.get("NORAD_CAT_ID"), int, 1, 999_999_999, whole, refuse
    )
    for name in ("MEAN_MOTION_DDOT", "ELEMENT_SET_NO", "REV_AT_EPOCH"):
        value = fields.get(name) or 0
        make = float if name == "MEAN_MOTION_DDOT" else int
        kept[name] = _number(name, value, make, -1, 10**9, "a number", refuse)
    kept["EPHEMERIS_TYPE"] = 0
    kept["CLASSIFICATION_TYPE"] = str(fields.get("CLASSIFICATION_TYPE") or "U").strip()[:1]
    return kept | _own_lines(fields, kept["NORAD_CAT_ID"], refuse)


def _own_lines(fields, number, refuse):
    """Return the two lines that stand in a message, held to their checksums and to its number;
    {} where there are none.
    """
    lines = {k: str(fields[k]).strip() for k in ("TLE_LINE1", "TLE_LINE2") if fields.get(k)}
    try:
        if len(lines) == 2 and elements.parse(*lines.values())["catalogue_number"] == number:
            return lines
    except elements.ElementSetError as problem:
        raise refuse("TLE_LINE1", problem.args[0], "two whole lines") from None
    if lines:
        raise refuse("TLE_LINE1", fields.get("TLE_LINE1"), f"both lines, of object {number}")
    return {}


def _number(name, value, make, low, high, accepted, refuse):
    try:
        number = make(value if isinstance(value, int | float) else str(value).strip())
    except (TypeError, ValueError, OverflowError):
        raise refuse(name, value, accepted) from None
    if isinstance(value, bool) or not low <= number <= high:
        raise refuse(name, value, accepted)
    return number


def _epoch(value, refuse, now):
    """Return an epoch as text in UTC, to the microsecond;
    2007-064T10:34:41 is the 64th day of 2007.
    """
    text = str(value or "").strip().removesuffix("Z")
    day = re.fullmatch(r"(\d{4})-(\d{3})(T.*)?", text)
    accepted = "a time in UTC such as 2026-03-19T07:01:01.765"
    try:
        if day:
            start = pd.Timestamp(f"{day[1]}-01-01{day[3] or ''}", tz="UTC")
            time = start + pd.Timedelta(days=int(day[2]) - 1)
            if not 1 <= int(day[2]) <= 365 + time.is_leap_year or time.year != int(day[1]):
                raise ValueError
        elif re.match(r"\d{4}-\d\d-\d\d", text):
            time = pd.Timestamp(text, tz="UTC")
        else:
            raise ValueError
    except ValueError:
        raise refuse("EPOCH", value, accepted) from None
    last = (pd.Timestamp.now(tz="UTC") if now is None else pd.Timestamp(now)) + AHEAD
    if not FIRST_EPOCH <= time <= last:
        raise refuse("EPOCH", value, f"1957-10-04 to {last:%Y-%m-%d}, a week from today")
    return time.tz_localize(None).isoformat(timespec="microseconds")
