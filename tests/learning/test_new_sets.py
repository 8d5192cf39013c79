"""Newer element sets of a learner: taken in, dated, kept; a lesson runs on them and the tables stay
as they are.
"""

import pandas as pd
import pytest

from helpers.learning import new_sets, progress
from helpers.science import imaging, orbits, street
from helpers.tables import data
from helpers.tables.elements import checksum
from tests.notebooks import LESSONS, read


@pytest.fixture(autouse=True)
def learner(learner_of):
    learner_of("2026-11-25")


def later(line1, line2, day="26327"):
    """Return two lines as if they were of 23 November 2026, with checksums that hold."""
    line1 = line1[:18] + day + line1[23:]
    return line1[:-1] + str(checksum(line1)) + "\n" + line2 + "\n"


def rows(lesson, number):
    return new_sets._rows(lesson).head(number)


def texts(lesson, number=5):
    found = rows(lesson, number)
    return "".join(later(a, b) for a, b in zip(found["line1"], found["line2"]))


def test_a_text_and_a_dropped_file_are_kept_and_the_older_one_is_left_out(tmp_path, monkeypatch):
    tiangong = orbits.newest(orbits.sets("tiangong"))
    old = "\n".join(["TIANHE", *orbits.lines(tiangong)])
    assert "Taken in: TIANHE, of 11 June 2026." in repr(new_sets.add(old))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "today.txt").write_text("\ufeffTIANHE\r\n" + later(*orbits.lines(tiangong)))
    assert "of 23 November 2026" in new_sets.add("today.txt")._repr_html_()
    assert "1 of them older than what you had" in repr(new_sets.add(old))
    (one,) = new_sets.kept()
    assert one["EPOCH"].startswith("2026-11-23") and one["NORAD_CAT_ID"] == 48274
    assert new_sets.station("tiangong").epoch.day == 23
    assert new_sets.station("iss").epoch == orbits.newest(orbits.sets("iss")).epoch
    new_sets.forget()
    assert new_sets.kept() == [] and new_sets.station("tiangong").epoch == tiangong.epoch


@pytest.mark.parametrize(
    "text, said",
    [
        ("nowhere.txt", "no file 'nowhere.txt' here; accepted: two or three lines"),
        (7, "int; accepted: a text, or the name of a file"),
        ("1 25544U\n2 25544", "line 1: .*accepted: 69 plain characters"),
    ],
)
def test_what_is_no_set_changes_nothing(text, said):
    new_sets.add(texts("09", 1))
    with pytest.raises(new_sets.MessageError, match=said):
        new_sets.add(text)
    assert len(new_sets.kept()) == 1


def test_a_picture_and_a_damaged_store_are_named(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\xff")
    with pytest.raises(new_sets.MessageError, match="a.png is no text in UTF-8"):
        new_sets.add(str(tmp_path / "a.png"))
    new_sets.add(texts("09", 1))
    (progress.home() / new_sets.FILE).write_text("[{")
    with pytest.raises(new_sets.MessageError, match="element_sets.json: .*delete the file"):
        new_sets.kept()


@pytest.mark.parametrize("lesson", new_sets.LESSONS)
def test_without_new_sets_a_lesson_says_how_old_its_own_are(lesson):
    said = new_sets.lesson(lesson, "Nairobi").sentences
    assert "2026; on 25 November 2026 that is" in said[0] and said[1] == new_sets.NONE


def test_the_age_is_counted_from_the_newest():
    days = (
        pd.Timestamp("2026-11-25", tz="UTC") - orbits.newest(orbits.sets("tiangong")).epoch
    ).days
    assert f"that is {days} days ago" in new_sets.lesson("00", "Lima").sentences[0]


@pytest.mark.parametrize(
    "lesson, said",
    [
        ("07", "In the week from 2026-11-23 .* UTC on, Mandalay can be seen"),
        ("09", "In the day from 2026-11-23 .* of them stand more than 40 degrees high"),
        ("10", "In the week from 2026-11-23 .* half of all moments lie in gaps"),
    ],
)
def test_a_lesson_runs_on_the_new_ones(lesson, said):
    before = {name: data.table(name) for name in data.names() if name.endswith("element_sets")}
    new_sets.add(texts(lesson, 4))
    answer = repr(new_sets.lesson(lesson, "Mandalay"))
    assert "Yours: 4 of" in answer and "of 23 November 2026" in answer
    assert pd.Series([answer.replace("\n", " ")]).str.contains(said).all()
    fleet = new_sets.fleet(lesson)
    assert set(fleet["line1"].str[18:23]) == {"26327"}
    for name, table in before.items():
        pd.testing.assert_frame_equal(data.table(name), table)
    assert not imaging.fleet()["line1"].str[18:23].eq("26327").any()
    assert not street.satellites()["line1"].str[18:23].eq("26327").any()


def test_the_station_lessons_run_on_the_new_ones():
    new_sets.add(later(*orbits.lines(orbits.newest(orbits.sets("iss")))))
    said = new_sets.lesson("02", "Nairobi").sentences
    assert len(said) == 2 and "passes over Nairobi rise above 10 degrees" in said[1]


def test_sets_that_do_not_belong_together_are_left_out():
    first, second = (rows("07", 2).iloc[n] for n in (0, 1))
    new_sets.add(
        later(first["line1"], first["line2"]) + later(second["line1"], second["line2"], "26300")
    )
    assert len(new_sets.fleet("07")) == 1
    with pytest.raises(new_sets.MessageError, match="none of your sets is of the"):
        new_sets.fleet("09")
    for wrong in ("03", 7):
        with pytest.raises(new_sets.MessageError, match="accepted"):
            new_sets.lesson(wrong, "Lima")


def test_the_five_lessons_say_it():
    said = {path.name[:2]: read(path) for path in LESSONS}
    for number in new_sets.LESSONS:
        sources = [cell.source for cell in said[number].cells if cell.cell_type == "code"]
        assert any(f'new_sets.lesson("{number}", ' in source for source in sources), number
