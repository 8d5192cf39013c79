"""Your verdict first: nothing of the course's before a choice, the first word kept, the reasons
after it.
"""

import json

import pytest

from helpers.learning import progress, record, verdicts
from helpers.tables import data, sources


@pytest.fixture(autouse=True)
def fresh(learner_folder):
    progress.forget()


@pytest.fixture
def step():
    return verdicts.Step("09")


def test_nothing_of_the_course_shows_before_a_choice(step):
    page = json.dumps([step.questions(), step.states()])
    stored = record.verdict("09")._repr_mimebundle_()[0]
    shown = page + stored["text/plain"] + stored["text/html"]
    for row in verdicts.claims("09"):
        assert row["claim"] in page and row["evidence"] not in shown
    assert not any(step.states().values())
    # all six words are offered for each, so the right one cannot be told from the page
    assert all([word for word, _ in q["options"]] == sources.WORDS for q in step.questions())


def test_a_choice_brings_the_verdict_and_its_reasons(step):
    row = data.table("claims").set_index("id").loc["bds_everywhere"]
    state = step.act("check", "bds_everywhere", row["verdict"])
    assert state["feedback"] == [
        f"You, before you saw it: {row['verdict']}. The course: {row['verdict']}."
    ]
    assert state["explanation"] == f"Evidence: {row['evidence']}" and state["state"] == "kept"
    assert step.states()["galileo_20_cm"] == {}


def test_the_first_word_is_kept_and_a_later_one_noted(step):
    step.act("check", "bds_everywhere", "supported")
    state = step.act("check", "bds_everywhere", "overstated")
    assert verdicts.own() == {"bds_everywhere": verdicts.Own("supported", "overstated")}
    assert state["feedback"][:2] == [
        "You, before you saw it: supported. The course: partly supported.",
        "You now say: overstated.",
    ]


def test_another_word_is_answered_by_what_is_written_for_it_or_by_the_meanings(step):
    replies = data.table("verdict_replies").set_index(["claim", "chosen"])["reply"]
    state = step.act("check", "bds_everywhere", "supported")
    assert replies["bds_everywhere", "supported"] in state["feedback"]
    course = data.table("claims").set_index("id").loc["galileo_20_cm", "verdict"]
    other = next(word for word in sources.WORDS if word != course)
    said = step.act("check", "galileo_20_cm", other)["feedback"][-1]
    assert sources.VERDICTS[other] in said and sources.VERDICTS[course] in said


@pytest.mark.parametrize("raw", [None, "", "open", "maybe", 7, ["supported"], {"a": 1}])
def test_what_is_none_of_the_six_is_not_counted(step, raw):
    state = step.act("check", "bds_everywhere", raw)
    assert state["state"] == "invalid" and verdicts.own() == {}


def test_the_view_keeps_a_choice_and_refuses_foreign_messages():
    view = record.verdict("galileo_20_cm", "bds_everywhere")
    view._receive(view, {"id": "bds_everywhere", "do": "check", "raw": "supported"}, [])
    assert view.states["bds_everywhere"]["raw"] == "supported" and not view.states["galileo_20_cm"]
    for message in [None, {}, {"id": "x"}, {"id": "bds_everywhere", "do": "reveal"}, {"id": []}]:
        view._receive(view, message, []) if not isinstance((message or {}).get("id"), list) else 0
    assert verdicts.own() == {"bds_everywhere": verdicts.Own("supported", "supported")}
    assert record.verdict("galileo_20_cm", "bds_everywhere") is view


def test_a_foreign_event_does_no_harm():
    for payload in [{}, {"claim": 5, "verdict": "supported"}]:
        with pytest.raises(progress.ProgressError):
            progress.append("verdict", payload)
    progress.append("verdict", {"claim": "x", "verdict": "no word"})
    assert verdicts.own() == {}


def test_another_learner_sees_their_own_choices():
    progress.sign_in("nova")
    view = record.verdict("09")
    view._receive(view, {"id": "bds_everywhere", "do": "check", "raw": "supported"}, [])
    progress.sign_in("zoe")
    assert not any(view.states.values()) and verdicts.own() == {}
    progress.sign_in("nova")
    assert view.states["bds_everywhere"]["raw"] == "supported"


@pytest.mark.parametrize("which", [(), ("99",), ("bds_everywhere", "x"), (None,), (9,), ("",)])
def test_claims_that_are_not_there_are_named(which):
    with pytest.raises(verdicts.VerdictError, match="accepted: two digits of a lesson"):
        verdicts.claims(*which)
    with pytest.raises(verdicts.VerdictError, match="near: bds_everywhere"):
        verdicts.claims("bds_everywher")


def test_each_reply_is_to_a_word_that_the_course_did_not_choose():
    course = data.table("claims").set_index("id")["verdict"]
    for row in data.table("verdict_replies").itertuples():
        assert course[row.claim] != row.chosen, f"{row.claim}: the course itself says {row.chosen}"
