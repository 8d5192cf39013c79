"""Estimates against computed values, alone and in class."""

import base64
import re
import xml.etree.ElementTree as ET

import pytest

from helpers.learning import progress, quiz
from helpers.learning.quiz import bank, estimates, view
from helpers.teaching import classroom

LESSON, NAME = "90_every_kind", "orbits-per-day"


@pytest.fixture(autouse=True)
def fresh(example, monkeypatch):
    progress.forget()
    monkeypatch.setattr(view, "_views", {})
    return example


def keep(raw):
    widget = quiz.ask(LESSON, NAME)
    widget._receive(widget, {"do": "check", "id": NAME, "raw": raw}, [])
    return widget


def test_without_a_kept_estimate_the_text_is_the_value_alone():
    assert (
        repr(quiz.compare(LESSON, NAME, 15.5))
        == "Computed: 15.5 orbits. No estimate of yours is kept for this question."
    )
    assert progress.events("compared") == []


def test_percents_are_apart_by_points(fresh):
    path = fresh / "quiz" / f"{LESSON}.yaml"
    text = path.read_text(encoding="utf-8").replace("scale: log", "scale: linear")
    path.write_text(text.replace("unit: orbits", 'unit: "%"'), encoding="utf-8")
    keep("16.5")
    assert "1 percentage point too large" in repr(quiz.compare(LESSON, NAME, 15.5))


@pytest.mark.parametrize(
    "value, unit, words",
    [(1, "members", "1 member"), (2, "members", "2 members"), (1, "1", "1"), (1, "ms", "1 ms")],
)
def test_a_unit_that_is_a_word_fits_the_number(value, unit, words):
    assert estimates.quantity(value, unit) == words


@pytest.mark.parametrize(
    "raw, words",
    [
        ("150", "9.7 times too large"),
        ("1,5", "10 times too small"),
        ("15.5", "They agree within half a percent"),
        ("20", "29 % too large"),
    ],
)
def test_on_a_log_scale_the_distance_is_a_factor(raw, words):
    keep(raw)
    assert words in repr(quiz.compare(LESSON, NAME, 15.5))


def test_on_a_linear_scale_the_distance_is_a_difference(fresh):
    path = fresh / "quiz" / f"{LESSON}.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("scale: log", "scale: linear"), encoding="utf-8"
    )
    keep("20")
    assert "4.5 orbits too large" in repr(quiz.compare(LESSON, NAME, 15.5))


def test_the_estimate_counts_as_it_was_before_the_value_was_seen():
    widget = keep("150")
    quiz.compare(LESSON, NAME, 15.5)
    widget._receive(widget, {"do": "check", "id": NAME, "raw": "15.5"}, [])
    assert estimates.kept(bank.load(LESSON)[NAME]) == 150


def test_the_drawing_puts_values_where_the_scale_says():
    question = bank.load(LESSON)[NAME]  # log, 1 to 1000
    assert [estimates.position(question, v) for v in (1, 10, 1000, 0.1, 1e9)] == pytest.approx(
        [0, 1 / 3, 1, 0, 1]
    )
    drawn = ET.fromstring(estimates.drawing(question, [10], 100))
    assert float(drawn.find("circle").get("cx")) == pytest.approx(140)
    assert float(drawn.findall("line")[1].get("x1")) == pytest.approx(260)


@pytest.mark.parametrize("value", [None, "x", float("nan"), float("inf"), [1, 2]])
def test_a_value_that_is_no_number_is_refused(value):
    with pytest.raises(estimates.EstimateError, match="accepted: one finite number"):
        quiz.compare(LESSON, NAME, value)


def test_another_kind_is_refused():
    with pytest.raises(estimates.EstimateError, match="accepted: an estimate \\(orbits-per-day\\)"):
        quiz.compare(LESSON, "period", 1)


# --- in class ---------------------------------------------------------------------------------

THIRTY = [
    2,
    3,
    4,
    5,
    6,
    8,
    8,
    9,
    10,
    10,
    10,
    12,
    12,
    12,
    14,
    15,
    15,
    16,
    16,
    18,
    20,
    20,
    24,
    24,
    30,
    48,
    50,
    100,
    150,
    900,
]


def send(form, **message):
    form._receive(form, message, [])


def drawn(form):
    return ET.fromstring(base64.b64decode(form.picture.split(",")[1]))


def test_thirty_guesses_of_a_class():
    form = classroom.show(LESSON, NAME, 15.5)
    send(form, do="add", text="\n".join(map(str, THIRTY[:20])))
    send(form, do="add", text=";".join(f"{n} orbits" for n in THIRTY[20:]))
    assert form.words.startswith(
        "30 guesses, from 2 orbits to 900 orbits; the middle one (median) is 14.5 orbits."
    )
    bars = classroom.counts(form.question, form.guesses)
    # Bins of a quarter decade from 1 to 1000 orbits: 1, 1.78, 3.16, 5.62, 10, 17.8, 31.6, 56.2,
    # 100, 178, 316, 562, 1000.
    assert bars == [0, 2, 2, 4, 11, 6, 2, 0, 2, 0, 0, 1] and sum(bars) == 30
    assert (
        sum(
            "{http://www.w3.org/2000/svg}rect" == n.tag and n.get("fill") == "#56B4E9"
            for n in drawn(form)
        )
        == 8
    )


def test_the_value_is_not_in_the_page_before_it_is_asked_for():
    form = classroom.show(LESSON, NAME, 15.4321)
    send(form, do="add", text="10")
    state = lambda: (
        str({k: v for k, v in form.get_state().items() if not k.startswith("_")})
        + base64.b64decode(form.picture.split(",")[1]).decode()
    )
    assert "15.43" not in state()
    send(form, do="value")
    assert "Computed: 15.43 orbits. 1 guesses are below it, 0 above." in state()


def test_what_cannot_be_read_is_named_and_the_rest_counts():
    form = classroom.show(LESSON, NAME)
    send(form, do="add", text="10\nmany; <b>5</b>\n5000\n12,5")
    assert form.guesses == [10, 12.5]
    assert [p.split(":")[0] for p in form.problems] == ["'many'", "'<b>5</b>'", "'5000'"]


@pytest.mark.parametrize(
    ("text", "guesses"),
    [
        ("12, 14, 15", [12, 14, 15]),
        ("12 14 15", [12, 14, 15]),
        ("12\t14\n15\r\n", [12, 14, 15]),
        ("12 orbits, 14,5 orbits", [12, 14.5]),
        ("12,5", [12.5]),
        ("12, 14,", [12, 14]),
    ],
)
def test_guesses_are_read_as_a_teacher_types_and_pastes_them(text, guesses):
    form = classroom.show(LESSON, NAME)
    send(form, do="add", text=text)
    assert (form.guesses, form.number, form.problems) == (guesses, len(guesses), [])


def test_a_list_with_one_bad_guess_is_named_whole_and_a_long_text_says_what_was_cut():
    form = classroom.show(LESSON, NAME)
    send(form, do="add", text="12, many, 15")
    assert form.guesses == [] and form.problems[0].startswith("'12, many, 15': ")
    send(form, do="add", text="10\n" * 1400)
    assert "cut off" in form.problems[-1] and form.guesses == [10] * 1333


def test_guesses_outlive_the_kernel_until_started_anew():
    send(classroom.show(LESSON, NAME), do="add", text="10;20")
    again = classroom.show(LESSON, NAME)
    assert again.guesses == [10, 20]
    send(again, do="anew")
    assert (
        again.guesses == []
        and classroom.show(LESSON, NAME).guesses == []
        and again.words == "No guesses yet."
    )


@pytest.mark.parametrize(
    "message", [None, [], {}, {"do": "add"}, {"do": "add", "text": 3}, {"do": "other"}]
)
def test_a_message_of_another_shape_changes_nothing(message):
    form = classroom.show(LESSON, NAME)
    form._receive(form, message, [])
    assert form.guesses == []


def test_the_stored_form_is_the_same_every_time_and_holds_no_value():
    words = classroom.show(LESSON, NAME, 15.4321)._repr_mimebundle_()[0]["text/plain"]
    assert words == classroom.show(LESSON, NAME, 15.4321)._repr_mimebundle_()[0]["text/plain"]
    assert not re.search("15[.]4", words)
