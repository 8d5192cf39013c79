"""The end of a core, and the page that fills: nothing invented, nothing given away, one next
step.
"""

import json
import re
from datetime import datetime, timedelta, timezone

import pytest

from helpers.learning import course, finished, progress, record
from helpers.learning.quiz import bank
from helpers.science.dividend import Access, Dividend
from helpers.tables import data
from tests.notebooks import LESSONS, minutes, read


@pytest.fixture(autouse=True)
def fresh(learner_folder):
    progress.forget()


def answer(lesson, question):
    one = bank.load(lesson)[question]
    progress.append(
        "answer",
        {
            "lesson": lesson,
            "question": question,
            "version": one.version,
            "state": "right",
            "raw": "x",
            "score": 1.0,
            "nth": 0,
        },
    )


def finish(lesson):
    for question in finished.core_questions(lesson):
        answer(lesson, question.id)


def shown(thing):
    return repr(thing) + thing._repr_html_()


# --- the end of the core --------------------------------------------------------------------------


def test_the_core_ends_with_one_next_lesson_that_is_written():
    said = course.done("09")
    assert "you are done" in repr(said) and "for the curious" in repr(said)
    assert said._repr_html_().count("<a href=") == 1
    assert 'href="10_earth_observation_partners.ipynb"' in said._repr_html_()


def test_next_goes_by_the_route_and_leaves_out_what_is_finished():
    assert course.next_lesson("02").id == "03"
    course.follow(3)
    assert course.followed() == 3 and course.next_lesson("02").id == "04"
    finish("04_lunar_missions")
    assert course.next_lesson("02").id == "07"
    assert course.next_lesson("07").id == "02"  # nothing is left behind it: the first before it
    for name in ("02_station_orbit", "07_earthquake_response"):
        finish(name)
    assert course.next_lesson("07") is None
    assert course.ALL_DONE in shown(course.done("07"))
    assert course.ALL_DONE in shown(record.page())


def test_a_lesson_that_is_not_written_is_never_next(monkeypatch):
    monkeypatch.setattr(course, "_is_written", lambda name: name < "05")
    assert course.next_lesson("04").id == "01" and course.next_lesson("03").id == "04"


@pytest.mark.parametrize("route", [0, 5, "3", None, True, 3.5])
def test_another_route_is_refused(route):
    with pytest.raises(ValueError, match="accepted: 3, 6 or 13"):
        course.follow(route)


@pytest.mark.parametrize("lesson", ["99", 9, None, "09_navigation", ""])
def test_another_lesson_is_refused(lesson):
    with pytest.raises(ValueError, match="no lesson .*accepted: '01'"):
        course.done(lesson)


def test_what_is_open_and_the_time_without_pauses(monkeypatch):
    first = finished.core_questions("09_navigation")[0]
    answer("09_navigation", first.id)
    left = len(finished.core_questions("09_navigation")) - 1
    assert f"Still open in the core: {left} of the questions" in repr(course.done("09"))
    begin = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
    times = [0, 4, 9, 60, 66]  # minutes: the gap from 9 to 60 is a pause
    events = [{"at": (begin + timedelta(minutes=t)).isoformat()} for t in times]
    monkeypatch.setattr(finished, "acts", lambda lesson=None: events)
    assert finished.minutes("09_navigation") == 15


def test_the_minutes_of_a_lesson_are_those_that_its_first_cell_says():
    for path in LESSONS:
        assert course.core_minutes(path.stem) == minutes(read(path), "core")


# --- the page -------------------------------------------------------------------------------------


def test_an_empty_page_gives_nothing_away():
    page = shown(record.page())
    assert "None yet." in page and 'href="01_space_for_all.ipynb"' in page
    for row in data.table("claims").to_dict("records"):
        assert row["claim"] not in page and row["evidence"] not in page


def test_claims_stand_with_your_own_verdict_beside_the_course_s():
    progress.append("verdict", {"claim": "bds_everywhere", "verdict": "supported"})
    progress.append("verdict", {"claim": "bds_everywhere", "verdict": "partly supported"})
    page = shown(record.page())
    row = data.table("claims").set_index("id").loc["bds_everywhere"]
    assert f"You: supported (now: partly supported). The course: {row['verdict']}" in page
    assert 'href="09_navigation.ipynb"' in page and "Claims with your verdict: 1" in page


def test_dividends_grow_in_one_chart_and_access_stands_apart():
    gain = dict(question="How long?", unit="h", better="high")
    record.dividend("02", Dividend(**gain, alone=4, together=8, same_size=(8, 16)))
    record.dividend("08", Dividend(**gain, alone=0, together=8, same_size=None))
    record.dividend("01", Access(**gain, alone=1, together=5, alone_is="own", together_is="any"))
    page = record.page()
    assert "against the best alone 2 times, against the same size 0.5 to 1 times" in repr(page)
    assert "against the best alone only together." in repr(page)
    html = page._repr_html_()
    assert html.count("<svg") == 2 and "Dividends: 2" in html and "who gets in" in html
    # the dot of 2 stands right of the line of 1, the bar of 0.5 to 1 ends at it
    assert 'x1="80.0" x2="80.0"' in html and 'cx="' in html


def test_what_is_due_stands_in_words():
    answer("09_navigation", "how-many")
    later = datetime.now(timezone.utc) + timedelta(days=30)
    page = record.page(later)
    prompt = bank.load("09_navigation")["how-many"].text["prompt"]
    assert "Due for review today: 1" in repr(page)
    assert prompt.split("{")[0][:20] in repr(page) and "how-many" not in shown(page)


def test_go_on_is_the_lesson_last_begun():
    answer("09_navigation", "how-many")
    assert "Go on: 09 Navigation" in repr(record.page())


@pytest.mark.parametrize("route", course.ROUTES)
def test_the_page_goes_on_where_the_end_of_the_lesson_points(route):
    progress.append("route", {"route": route})
    assert record.page().step.id == course.next_lesson().id  # nothing begun yet
    for lesson in ("02_station_orbit", "09_navigation", "04_lunar_missions"):
        finish(lesson)
        following = course.done(lesson[:2]).following
        assert record.page().step.id == following.id
        assert lesson > "03" or following.id > "02"  # onward, not back to 01


def test_a_nickname_is_escaped():
    progress.sign_in("<b>nova</b>")
    assert "<b>nova" not in record.page()._repr_html_()
    assert json.dumps(repr(record.page()))


# --- the map --------------------------------------------------------------------------------------


@pytest.mark.parametrize("route", course.ROUTES)
def test_the_map_draws_the_routes_and_lists_minutes_claims_and_how_far_you_are(route):
    found = course.show_map(route)
    page, rows = found._repr_html_(), list(course.lessons(route).itertuples())
    assert page.count('<circle cx="') == 3 + 6 + 13 and page.count('r="8"') == route
    for row, stop in zip(rows, found.stops, strict=True):
        path = next(path for path in LESSONS if path.stem == row.name)
        assert stop.minutes == (minutes(read(path), "core"), minutes(read(path)))
        assert f'href="{row.name}.ipynb"' in page and f"{stop.minutes[0]} to" in page
        tested = data.table("claims")["lessons"].str.split(";").map(lambda ids: row.id in ids)
        assert len(stop.claims) == tested.sum() and stop.state == "not begun"
    whole = sum(stop.minutes[1] for stop in found.stops)
    assert f"{whole:,} for all of them" in repr(found)
    assert "verdict" not in page and "supported" not in page
    boxes = re.findall("<div[^>]*overflow-x[^>]*>", page)
    assert len(boxes) == 2 and all('tabindex="0"' in box for box in boxes)  # moved by keys too


def test_the_map_shows_what_you_finished_began_and_judged():
    answer("09_navigation", finished.core_questions("09_navigation")[0].id)
    finish("02_station_orbit")
    progress.append("verdict", {"claim": "galileo_20_cm", "verdict": "overstated"})
    found = course.show_map(13)
    states = {stop.row.id: stop.state for stop in found.stops}
    assert (states["02"], states["09"], states["10"]) == ("finished", "begun", "not begun")
    assert "4 claims, 1 judged by you" in repr(found) and "Finished: 1." in repr(found)


def test_what_depends_on_what_is_what_the_lessons_say():
    """The map says: 00 and no other, and for 13 two or three more.
    So say the lessons' own first cells.
    """
    for path in LESSONS[1:]:
        needs = read(path).cells[0].source.split("**Needed before:**")[1].split("\n")[0]
        assert "lesson 00" in needs and not set(re.findall(r"lesson (\d\d)", needs)) - {"00"}
        assert ("two or three lessons" in needs) == (path.name[:2] == "13")
