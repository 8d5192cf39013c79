"""Newer element sets of your own: pasted or dropped, checked, dated, kept in your folder, and a
lesson run on them.

The tables of the course stay as they are, and so does every stored output: a lesson takes your sets
only in the line in which you ask for them.
"""

import json
import os
from pathlib import Path

import pandas as pd

from helpers.base import files
from helpers.learning import progress
from helpers.learning.progress import folder
from helpers.science import (
    constellations,
    firstlook,
    imaging,
    in_use,
    orbits,
    passes,
    pooling,
    revisit,
    street,
)
from helpers.tables import data, messages
from helpers.tables.messages import MessageError

FILE = "element_sets.json"
# an environment variable: the day that counts as today, such as 2026-11-25
TODAY = "SHARED_ORBITS_TODAY"
STATIONS = {"00": ("tiangong",), "02": ("iss", "tiangong")}
LESSONS = ("00", "02", "07", "09", "10")
TOGETHER = pd.Timedelta(days=7)  # sets that lie further before your newest one are left out
MASK_DEG, LOOK_DEG = 40, {"07": 45, "10": 30}


def today():
    """Return the present day as a UTC time; the variable SHARED_ORBITS_TODAY can name another
    one.
    """
    named = os.environ.get(TODAY, "").strip()
    try:
        return pd.Timestamp(named, tz="UTC") if named else pd.Timestamp.now(tz="UTC").normalize()
    except ValueError:
        raise MessageError(f"{TODAY} = {named!r}; accepted: a day such as 2026-11-25") from None


# --- taking in ------------------------------------------------------------------------------------


def add(text):
    """Take in element sets, keep them in your folder, and return what was taken in, for display.

    text: two lines, three lines, or messages (OMM) as CSV, JSON, XML or KVN; or the name of a file
    that holds them, such as one that you dropped into the list of files on the left. Of an object
    the newest set stays.
    Raises MessageError that names line, field, value and what is accepted.
    """
    found = messages.read(_content(text), now=today())
    mine = {one["NORAD_CAT_ID"]: one for one in kept()}
    newer = [
        one
        for one in found
        if one["NORAD_CAT_ID"] not in mine or one["EPOCH"] >= mine[one["NORAD_CAT_ID"]]["EPOCH"]
    ]
    _keep(list((mine | {one["NORAD_CAT_ID"]: one for one in newer}).values()))
    return Said([_taken(found), *_older(len(found) - len(newer))])


def kept():
    """Return your element sets as a list of messages, one an object; none where nothing is kept
    yet.
    """
    path = progress.home() / FILE
    if not path.exists():
        return []
    try:
        return messages.read(
            path.read_text(encoding="utf-8"), now=today() + pd.Timedelta(days=36500)
        )
    except (MessageError, UnicodeDecodeError, OSError) as problem:
        raise MessageError(f"{path}: {problem}; delete the file and add the sets again") from None


def forget():
    """Delete your element sets; the lessons go on with those of the course."""
    (progress.home() / FILE).unlink(missing_ok=True)


def _content(text):
    """Return a text, or that of the file which it names."""
    if not isinstance(text, str | Path):
        raise MessageError(f"{type(text).__name__}; accepted: a text, or the name of a file")
    name = str(text).strip()
    if "\n" in name or name.startswith(("<", "[", "{")):
        return str(text)
    path = Path(name).expanduser()
    if not path.is_file():
        raise MessageError(
            f"no file {name[:80]!r} here; accepted: {messages.KINDS}, or a file's name"
        )
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise MessageError(f"{path.name} is no text in UTF-8; accepted: {messages.KINDS}") from None


def _keep(found):
    files.replace(folder.made(progress.home()) / FILE, json.dumps(found, indent=0).encode())


class Said:
    """Sentences for display, a paragraph each."""

    def __init__(self, sentences):
        self.sentences = sentences

    def __repr__(self):
        return "\n".join(self.sentences)

    def _repr_html_(self):
        from html import escape

        return "".join(f"<p>{escape(sentence)}</p>" for sentence in self.sentences)


def _taken(found):
    some = ", ".join(one["OBJECT_NAME"] or str(one["NORAD_CAT_ID"]) for one in found[:3])
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    return (
        f"Taken in: {some}{more}, {_span(pd.Timestamp(one['EPOCH'], tz='UTC') for one in found)}."
    )


def _older(number):
    return [f"{number} of them older than what you had: left out."] if number else []


def _span(epochs):
    """Return the days of epochs as words."""
    epochs = sorted(epochs)
    first, last = (f"{day.day} {day:%B %Y}" for day in (epochs[0], epochs[-1]))
    return f"of {first}" if first == last else f"of {first} to {last}"


# --- a lesson -------------------------------------------------------------------------------------


def station(name):
    """Return the newest ElementSet of a station, yours or the course's; name: "tiangong" or
    "iss".
    """
    ours = orbits.newest(orbits.sets(name))
    mine = [orbits.from_omm(one) for one in _mine([ours.catalogue_number])]
    return orbits.newest([ours, *mine])


def fleet(lesson):
    """Return the satellites of lesson "07", "09" or "10" of which you have sets, with your lines,
    as the lesson's own table.

    Sets that lie more than a week before your newest one are left out. Raises MessageError where
    you have none.
    """
    return _on_yours(lesson, _rows(lesson))


def _on_yours(lesson, rows):
    """Return the rows of a lesson's table of which you have sets, on your lines; see `fleet`."""
    mine = {one["NORAD_CAT_ID"]: orbits.from_omm(one) for one in _mine(rows["catalogue_number"])}
    if not mine:
        raise MessageError(
            f"none of your sets is of the {len(rows)} satellites of lesson {lesson}; accepted: "
            "after new_sets.add(...)"
        )
    last = max(one.epoch for one in mine.values())
    mine = {number: one for number, one in mine.items() if one.epoch >= last - TOGETHER}
    rows = rows[rows["catalogue_number"].isin(list(mine))]
    sets = [mine[number] for number in rows["catalogue_number"]]
    lines = [orbits.lines(one) for one in sets]
    return rows.assign(
        line1=[a for a, _ in lines], line2=[b for _, b in lines], epoch=[one.epoch for one in sets]
    )


def use(lesson):
    """Let the core of lesson "07", "09" or "10" fly on your sets until the kernel ends; its days
    follow them. Return what is flown on, for display.

    Raises MessageError that names the satellites which the core needs and you have no set of.
    """
    in_use.take()
    mine, rows = fleet(lesson), _rows(lesson)
    missing = [" or ".join(some) for some in _needed(lesson, rows) if not {*some} & {*mine["name"]}]
    if missing:
        raise MessageError(
            f"no set of yours, of the week before your newest one, is of {'; '.join(missing)}; "
            f"accepted for lesson {lesson}: new_sets.add(...) with sets of these too"
        )
    in_use.take(mine)
    return Said([f"In use: {len(mine)} of {len(rows)} satellites, {_span(mine['epoch'])}."])


def _needed(lesson, rows):
    """Return lists of satellites: the core of a lesson needs one of each list."""
    if lesson == "07":
        owned = rows[rows["owner"].isin(firstlook.charter_owners())].groupby("owner")["name"]
        return [["CARTOSAT-3"], *owned.agg(sorted)]
    if lesson == "10":
        return [[name] for name in sorted(set(data.table("brics_satellites")["satellite"]))]
    return [[name] for name in rows.loc[rows["system"].isin(street.FOUR), "name"]]


def lesson(number, city):
    """Return how old the element sets of a lesson are and, where you have newer ones, what the
    lesson asks, on yours.

    number: "00", "02", "07", "09" or "10". city: a name of the table of cities. Raises MessageError
    for another lesson.
    """
    if number not in LESSONS:
        raise MessageError(f"lesson {number!r}; accepted: {', '.join(LESSONS)}")
    place = data.city(city)
    if number in STATIONS:
        ours = [orbits.newest(orbits.sets(name)) for name in STATIONS[number]]
        age = _age("The newest element sets of this lesson are", [one.epoch for one in ours])
        mine = [station(name) for name in STATIONS[number]]
        new = [one for one, old in zip(mine, ours) if one.epoch > old.epoch]
        return Said([age, *(_passes(one, place) for one in new)] if new else [age, NONE])
    rows = _rows(number)
    age = _age(
        f"The element sets of the {len(rows)} satellites of this lesson are", orbits.epochs(rows)
    )
    try:
        mine = _on_yours(number, rows)
    except MessageError:
        return Said([age, NONE])
    have = f"Yours: {len(mine)} of {len(rows)} satellites, {_span(mine['epoch'])}."
    return Said([age, have, (_in_the_sky if number == "09" else _looks)(number, mine, place)])


NONE = (
    "You have no newer ones of these yet. In a cell of your own, new_sets.add(...) takes a text or "
    "a file of them; "
    "then run this cell again."
)


def _rows(lesson):
    if lesson not in ("07", "09", "10"):
        raise MessageError(f"lesson {lesson!r} has no fleet; accepted: '07', '09', '10'")
    if lesson == "09":
        return street.satellites()
    rows = imaging.fleet() if lesson == "07" else pooling.fleet()
    return rows.assign(catalogue_number=[int(line[2:7]) for line in rows["line1"]])


def _mine(numbers):
    wanted = set(map(int, numbers))
    return [one for one in kept() if one["NORAD_CAT_ID"] in wanted]


def _age(what, epochs):
    """Return the sentence that says how old the sets of the course are."""
    day = today()
    days = (day - max(epochs)).days
    return f"{what} {_span(epochs)}; on {day.day} {day:%B %Y} that is {days} days ago or more."


def _passes(one, place):
    found = passes.passes(one, place, one.epoch, hours=72)
    highest = f", the highest {found['highest_deg'].max():.0f} degrees up" if len(found) else ""
    name = one.name.strip() or f"object {one.catalogue_number}"
    return (
        f"Your set of {name}, {_span([one.epoch])}: mean height {one.mean_height_km:.0f} km; in "
        "the three days after it "
        f"{len(found)} passes over {place['name']} rise above 10 degrees{highest}."
    )


def _looks(number, rows, place):
    begin = rows["epoch"].max()
    end = begin + TOGETHER
    where = (place["name"], place["latitude_deg"], place["longitude_deg"])
    seen = imaging.usable(imaging.windows(rows, where, begin, end, look_deg=LOOK_DEG[number]))
    gap = revisit.median_gap(seen, begin, end)
    return (
        f"In the week from {begin:%Y-%m-%d %H:%M} UTC on, {place['name']} can be seen {len(seen)} "
        "times by "
        f"{seen['satellite'].nunique()} of them; half of all moments lie in gaps of {gap:.1f} "
        "hours or more."
    )


def _in_the_sky(number, rows, place):
    begin = rows["epoch"].max()
    high = constellations.sky(constellations.positions(rows, orbits.times(begin, 24, 600)), place)[
        0
    ]
    counts = (high > MASK_DEG).sum(axis=0)
    return (
        f"In the day from {begin:%Y-%m-%d %H:%M} UTC on, {counts.min()} to {counts.max()} of them "
        "stand more than "
        f"{MASK_DEG} degrees high over {place['name']}; with four or more of one system there is a "
        "fix."
    )
