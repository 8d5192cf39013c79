"""Claims of one's own: what is missing is said, what is kept comes back, and the export holds
it.
"""

import csv

import pytest

from helpers.learning import claims, progress

GOOD = {
    "claim": "Two agencies share one dish.",
    "speaker": "An agency",
    "said_in": "Its newsletter",
    "said_on": "2026-03",
    "source": "Its table of dishes, 2026",
    "decides": "Who pays for the dish",
    "computed": 0.5,
    "verdict": "supported",
    "would_change": "A bill that names one agency only",
}


def test_untouched_form_is_not_an_error_and_names_each_field(learner_folder):
    draft = claims.new(**dict.fromkeys(claims.FIELDS, ...))
    assert repr(draft).startswith("○ Not attempted")
    assert all(f"{name}:" in repr(draft) for name in claims.FIELDS)
    assert claims.mine() == []


@pytest.mark.parametrize("name", claims.FIELDS)
def test_each_missing_field_is_named_and_nothing_is_kept(learner_folder, name):
    for empty in (..., "", "  ", None):
        draft = claims.new(**GOOD | {name: empty})
        assert draft.missing == [name] and repr(draft).startswith("○ Not kept yet")
    assert claims.mine() == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("verdict", "suported", "did you mean 'supported'"),
        ("verdict", "open", "accepted: supported"),
        ("said_on", "yesterday", "2026-03-19"),
        ("said_on", "2026-13", "2026-03-19"),
        ("said_on", "2999", "future"),
        ("claim", "12345", "accepted"),
        ("claim", "x" * 1001, "1,000 characters"),
        ("speaker", 7, "accepted"),
        ("computed", [1, 2, 3], "accepted"),
        ("computed", lambda: 1 / 0, "ZeroDivisionError"),
        ("colour", "red", "no field 'colour'"),
    ],
)
def test_what_is_not_accepted_is_said_and_not_kept(learner_folder, field, value, words):
    draft = claims.new(**GOOD | {field: value})
    assert repr(draft).startswith("✗ Not kept") and words in repr(draft)
    assert claims.mine() == []


def test_kept_claim_comes_back_and_new_words_replace_it(learner_folder):
    assert "Your claim (1)" in repr(claims.new(**GOOD))
    claims.new(**GOOD | {"verdict": "Overstated", "claim": "TWO agencies share one dish."})
    claims.new(**GOOD | {"claim": "Another one."})
    assert [(c["claim"], c["verdict"]) for c in claims.mine()] == [
        ("TWO agencies share one dish.", "overstated"),
        ("Another one.", "supported"),
    ]


def test_function_is_called_and_kept_with_its_lines(learner_folder):
    def half():
        return 1 / 2

    claims.new(**GOOD | {"computed": half})
    assert claims.mine()[0]["computed"] == "0.5 (def half(): return 1 / 2)"


def test_stands_beside_the_courses_and_is_escaped(learner_folder):
    assert "No claim of yours" in repr(claims.beside("13"))
    claims.new(**GOOD | {"claim": "<b>bold</b> & sure"})
    page = claims.beside("13")
    assert "Claims of lesson 13" in repr(page) and "&lt;b&gt;bold" in page._repr_html_()


def test_export_holds_every_field(learner_folder):
    with pytest.raises(progress.ProgressError, match="no claim of yours"):
        claims.export()
    claims.new(**GOOD)
    path = claims.export()
    with open(path, encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row == GOOD | {"computed": "0.5"} and path.parent == learner_folder


def test_a_lambda_among_other_fields_is_shown_alone(learner_folder):
    # fmt: off
    shown = claims.new(**GOOD | dict(computed=lambda: 6 / 4, verdict="supported"))
    # fmt: on
    assert "(lambda: 6 / 4)" in repr(shown) and "dict(" not in repr(shown)
