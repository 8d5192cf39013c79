"""What a quiz sends to the page and stores in a notebook: words, and nothing that gives an answer
away.
"""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from helpers.learning import progress, quiz
from helpers.learning.quiz import bank, grading, variants, view
from helpers.learning.quiz.session import Session

ROOT = Path(__file__).resolve().parents[3]
LESSON = "90_every_kind"
SETUP = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r}); import tests.learning.quiz.offer\nfrom "
    "helpers.learning import quiz"
)


@pytest.fixture(autouse=True)
def fresh(example, monkeypatch):
    progress.forget()
    monkeypatch.setattr(view, "_views", {})
    return example


def secrets(questions):
    """Return {what: text} of everything that must not be seen before an answer."""
    found = {}
    for q in questions:
        for one in (variants.resolve(q), variants.resolve(q, progress.who().seed)):
            words = one.text
            found |= {
                f"{q.id} feedback {n}": text for n, text in words.get("feedback", {}).items()
            } | {f"{q.id} explanation": words["explanation"]}
            found |= {f"{q.id} hint {i}": text for i, text in enumerate(words.get("hints", []))}
            if q.kind == "numeric":
                found |= {
                    f"{q.id} value {digits}": f"{one.answer['value']:.{digits}f}"
                    for digits in (1, 2, 3)
                }
                found |= {f"{q.id} wrong {n}": f"{value:.2f}" for n, value in one.wrong.items()}
            if q.kind == "text":
                found |= {f"{q.id} accepted": one.answer[0]}
    return found


def sent(widget):
    """Return everything a page gets of a widget before any answer, as text."""
    state = {
        name: value for name, value in widget.get_state().items() if name not in ("_esm", "_css")
    }
    return json.dumps(state, ensure_ascii=False) + json.dumps(
        widget._repr_mimebundle_()[0], ensure_ascii=False
    )


def test_no_key_and_no_feedback_is_sent_before_an_answer(fresh):
    widget = quiz.show(LESSON)
    page = sent(widget)
    assert {
        name: text for name, text in secrets(bank.load(LESSON).questions).items() if text in page
    } == {}
    assert set(widget.questions[1]) == {"id", "kind", "prompt", "hints", "options"}
    assert not re.search(r"correct|answer\W+:|right\W+:\W+true", page)


def test_the_secrets_are_sent_once_they_are_earned(fresh):
    """The counterpart: the same search finds them after answers, so it is no blind search."""
    widget = quiz.show(LESSON)
    for question in bank.load(LESSON).questions:
        one = variants.resolve(question, progress.who().seed)
        widget._receive(
            widget, {"do": "check", "id": question.id, "raw": grading.solution(one) or "16"}, []
        )
    page = sent(widget)
    assert all(
        f"{q.text['explanation']}" in page
        for q in bank.load(LESSON).questions
        if q.kind not in ("numeric", "estimate")
    )


@pytest.mark.parametrize("lesson", bank.lessons())
def test_no_bank_of_the_course_gives_its_answers_away(lesson, monkeypatch):
    monkeypatch.delenv("SHARED_ORBITS_DATA")
    questions = bank.load(lesson).questions
    page = sent(view.QuizView(Session(lesson)))
    loud = {
        name: text for name, text in secrets(questions).items() if len(text) > 12
    }  # "13.0" may stand in a prompt by right
    assert {name: text for name, text in loud.items() if text in page} == {}


def test_the_order_of_options_says_nothing(fresh):
    """Author's order, right answer first or last, does not show: over 400 questions each place is
    right about equally often.
    """
    one = bank.load(LESSON)["why-no-fall"]
    from dataclasses import replace
    from helpers.learning.quiz.session import order_shown

    places = [order_shown(replace(one, id=f"q{i}")).index("falls") for i in range(400)]
    assert all(60 < places.count(place) < 140 for place in range(4))
    assert all(
        order_shown(replace(bank.load(LESSON)["mission-order"], id=f"q{i}"))
        != ["sputnik", "apollo", "mir", "iss"]
        for i in range(400)
    )


def test_two_learners_see_two_orders_each_the_same_on_every_day(fresh):
    orders = {}
    for name in ("Ada", "Ben", "Cai", "Dee", "Ada"):
        progress.sign_in(name)
        shown = {q["id"]: [o[0] for o in q.get("options", [])] for q in quiz.show(LESSON).questions}
        assert orders.setdefault(name, shown) == shown
    assert len({tuple(shown["why-no-fall"]) for shown in orders.values()}) > 1
    words = quiz.show(LESSON)._repr_mimebundle_()[0]["text/plain"]
    progress.sign_in("Ben")
    assert (
        quiz.show(LESSON)._repr_mimebundle_()[0]["text/plain"] == words
    )  # the stored order is one


def test_no_key_is_given_away_by_its_position(monkeypatch):
    """Over all banks and 40 learners the key stands in each place about equally often, on the map
    too.
    """
    monkeypatch.delenv("SHARED_ORBITS_DATA")
    from helpers.learning.quiz.session import public

    for kind in ("single", "place"):
        expected, found, seen = [0.0] * 8, [0] * 8, 0
        for lesson in bank.lessons():
            for q in bank.load(lesson).questions:
                if q.kind != kind:
                    continue
                for learner in range(40):
                    words = public(variants.resolve(q), f"learner {learner}")
                    names = [name for name, _ in words["options"]]
                    assert list(words.get("places", names)) == names
                    found[names.index(q.answer)] += 1
                    seen += 1
                    for place in range(len(names)):
                        expected[place] += 1 / len(names)
        chi = sum((f - e) ** 2 / e for f, e in zip(found, expected, strict=True) if e)
        assert seen >= 200 and chi < 25, (kind, found, expected)  # 7 degrees of freedom: P < 0.001


# --- states ------------------------------------------------------------------------------------


def act(widget, name, raw=None, do="check"):
    widget._receive(widget, {"do": do, "id": name, "raw": raw}, [])
    return widget.states[name]


def test_the_way_of_an_answer_through_the_states(fresh):
    widget = quiz.show(LESSON)
    assert widget.states["why-no-fall"] == {"state": "shown"}
    assert act(widget, "why-no-fall", "")["state"] == "invalid"
    assert "attempts" not in widget.states["why-no-fall"]
    assert act(widget, "why-no-fall", do="reveal") == {
        "state": "shown"
    }  # nothing is revealed before an attempt
    assert act(widget, "why-no-fall", do="hint")["hints"] == [
        "Think of a ball that you throw faster and faster."
    ]
    wrong = act(widget, "why-no-fall", "engines")
    assert (
        (wrong["state"], wrong["attempts"]) == ("wrong", 1)
        and "Engines run" in wrong["feedback"][0]
        and "explanation" not in wrong
    )
    assert act(widget, "why-no-fall", "")["attempts"] == 1
    shown = act(widget, "why-no-fall", do="reveal")
    assert (
        shown["state"] == "revealed"
        and shown["answer"].startswith("It falls")
        and shown["explanation"]
    )
    assert act(widget, "why-no-fall", "falls")["state"] == "right"


def test_hints_come_one_by_one_and_end(fresh):
    widget = quiz.show(LESSON)
    assert [len(act(widget, "period", do="hint")["hints"]) for _ in range(4)] == [1, 2, 2, 2]


def test_another_one_like_this(fresh):
    progress.sign_in("Ada")
    widget = quiz.show(LESSON)
    prompt = lambda: next(q["prompt"] for q in widget.questions if q["id"] == "period")
    first = prompt()
    act(widget, "period", do="another")
    assert prompt() == first  # only after an answer
    act(widget, "period", "1")
    prompts = [first]
    for _ in range(4):
        act(widget, "period", do="another")
        assert widget.states["period"]["state"] == "shown" and "raw" not in widget.states["period"]
        prompts.append(prompt())
        one = variants.resolve(
            bank.load(LESSON)["period"],
            progress.who().seed,
            progress.items()[(LESSON, "period")].nth,
        )
        assert act(widget, "period", grading.solution(one))["state"] == "right"
    assert len(set(prompts)) > 2


def test_two_learners_get_two_variants_and_the_notebook_stores_neither(fresh):
    prompts = set()
    for name in ("Ada", "Ben", "Cai", "Dee"):
        progress.sign_in(name)
        widget = quiz.show(LESSON)
        prompts.add(next(q["prompt"] for q in widget.questions if q["id"] == "period"))
        assert "470 km" in widget._repr_mimebundle_()[0]["text/plain"]
    assert len(prompts) > 1


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        "check",
        {},
        {"do": "check"},
        {"id": "why-no-fall"},
        {"do": "reset", "id": "why-no-fall"},
        {"do": "check", "id": "other", "raw": "falls"},
        {"do": ["check"], "id": "why-no-fall"},
        {"do": "check", "id": [], "raw": "falls"},
        {"do": {}, "id": "why-no-fall"},
    ],
)
def test_a_message_of_another_shape_changes_nothing(fresh, message):
    widget = quiz.show(LESSON)
    before = widget.states
    widget._receive(widget, message, [])
    assert widget.states == before and progress.events("answer") == []


def test_huge_answers_are_refused_not_stored(fresh):
    widget = quiz.show(LESSON)
    act(widget, "unit-of-frequency", "x" * 10**6)
    act(widget, "period", "1" * 10**6)
    assert progress.events("answer") == []


def test_running_a_cell_again_makes_no_new_model(fresh):
    first = quiz.show(LESSON)
    act(first, "why-no-fall", "falls")
    assert quiz.show(LESSON) is first and first.states["why-no-fall"]["state"] == "right"
    progress.sign_in("Ben")
    assert quiz.show(LESSON).states["why-no-fall"]["state"] == "shown"


def test_a_sign_in_is_shown_in_every_open_quiz(fresh):
    progress.sign_in("Ada")
    widget, other = quiz.show(LESSON), quiz.ask(LESSON, "period")
    act(widget, "why-no-fall", "falls")
    progress.sign_in("Ben")
    assert widget.states["why-no-fall"]["state"] == "shown"
    prompt = variants.resolve(bank.load(LESSON)["period"], progress.who().seed).text["prompt"]
    assert other.questions[0]["prompt"] == prompt and "Ben works here now" in other.notices[-1]
    progress.sign_in("Ada")
    assert widget.states["why-no-fall"]["state"] == "right"


def test_an_answer_is_never_graded_with_another_learners_numbers(fresh):
    """A guest's quiz is open; somebody signs in in another notebook; the guest presses Check."""
    widget = quiz.show(LESSON)
    code = "from helpers.learning import progress; progress.sign_in('Ada')"
    subprocess.run([sys.executable, "-c", code], check=True)
    guests = grading.solution(variants.resolve(bank.load(LESSON)["period"], "guest"))
    state = act(widget, "period", guests)
    assert state["state"] == "shown" and "Ada works here now" in widget.notices[-1]
    assert progress.events("answer", everyone=True) == []
    mine = grading.solution(variants.resolve(bank.load(LESSON)["period"], progress.who().seed))
    assert act(widget, "period", mine)["state"] == "right"


def test_answers_taken_over_keep_the_numbers_that_they_were_given_for(fresh):
    widget = quiz.show(LESSON)
    guests = variants.resolve(bank.load(LESSON)["period"], "guest")
    act(widget, "period", grading.solution(guests))
    progress.sign_in("Ada")
    progress.take_over()
    assert widget.states["period"]["state"] == "right" and "feedback" not in widget.states["period"]
    assert (
        next(q for q in widget.questions if q["id"] == "period")["prompt"] == guests.text["prompt"]
    )


def test_a_double_click_is_one_attempt(fresh):
    widget = quiz.show(LESSON)
    act(widget, "why-no-fall", "engines")
    assert act(widget, "why-no-fall", "engines")["attempts"] == 1
    assert act(widget, "why-no-fall", "falls")["attempts"] == 2


def test_a_right_answer_stays_right(fresh):
    widget = quiz.show(LESSON)
    act(widget, "why-no-fall", "falls")
    again = act(widget, "why-no-fall", "engines")
    assert again["state"] == "wrong" and again["solved"] is True


def test_an_estimate_that_is_closed_says_so(fresh):
    widget = quiz.show(LESSON)
    act(widget, "orbits-per-day", "16")
    quiz.compare(LESSON, "orbits-per-day", 15.5)
    state = act(widget, "orbits-per-day", "12")
    assert state["raw"] == "16" and "is not kept" in state["feedback"][0] and state["explanation"]


def test_one_option_sent_a_million_times_is_no_answer(fresh):
    widget = quiz.show(LESSON)
    assert act(widget, "what-sets-period", ["height"] * 10**6)["state"] == "invalid"
    assert progress.events("answer") == []


def test_five_answers_come_back_after_a_kernel_was_killed(fresh):
    """A second process answers five questions and kills itself; this one then shows all five."""
    code = f"""{SETUP}
import os, signal
w = quiz.show("{LESSON}")
for name, raw in [
    ("why-no-fall", "falls"),
    ("what-sets-period", ["height"]),
    ("mission-order", ["iss", "mir", "apollo", "sputnik"]),
    ("unit-of-frequency", "Hertz"),
    ("orbits-per-day", "16"),
]:
    w._receive(w, {{"do": "check", "id": name, "raw": raw}}, [])
os.kill(os.getpid(), {int(getattr(signal, "SIGKILL", signal.SIGTERM))})
"""
    assert subprocess.run([sys.executable, "-c", code], env=os.environ).returncode != 0
    states = {
        name: state["state"]
        for name, state in quiz.show(LESSON).states.items()
        if state["state"] != "shown"
    }
    assert states == {
        "why-no-fall": "right",
        "what-sets-period": "partial",
        "mission-order": "wrong",
        "unit-of-frequency": "right",
        "orbits-per-day": "kept",
    }
    assert quiz.show(LESSON).states["mission-order"]["raw"] == ["iss", "mir", "apollo", "sputnik"]


def test_a_disk_that_takes_nothing_is_said_in_the_quiz(fresh, monkeypatch):
    def refuse(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "open", refuse)
    widget = quiz.show(LESSON)
    assert act(widget, "why-no-fall", "falls")["state"] == "right"
    assert "No space left" in widget.notices[0]


# --- what a notebook stores ----------------------------------------------------------------------


def test_the_fallback_holds_every_prompt_and_option_and_escapes_them(fresh):
    path = fresh / "quiz" / f"{LESSON}.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "There is no gravity at its height.", "<img src=x onerror=alert(1)> & <b>none</b>"
        ),
        encoding="utf-8",
    )
    bundle = quiz.show(LESSON)._repr_mimebundle_()[0]
    for q in map(variants.resolve, bank.load(LESSON).questions):
        assert q.text["prompt"] in bundle["text/plain"]
        assert all(text in bundle["text/plain"] for text in q.options.values())
    assert (
        "<img" not in bundle["text/html"]
        and "&lt;img src=x onerror=alert(1)&gt; &amp; &lt;b&gt;none" in bundle["text/html"]
    )


def notebook(tmp_path, *cells):
    path = tmp_path / "quiz.ipynb"
    made = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(c, id=f"c{i}") for i, c in enumerate(cells)]
    )
    nbformat.write(made, path)
    return path


@pytest.fixture
def stored(fresh, tmp_path):
    """A notebook with a quiz, run and stored as the course's notebooks are."""
    from nbclient import NotebookClient
    from tests.notebooks import stored_form

    path = notebook(
        tmp_path,
        SETUP,
        f'quiz.show("{LESSON}")',
        f'quiz.compare("{LESSON}", "orbits-per-day", 15.5)',
    )
    found = nbformat.read(path, as_version=4)
    NotebookClient(found, timeout=60, kernel_name="python3").execute()
    nbformat.write(stored_form(found), path)
    return path


def nbval(path, tmp_path):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")} | {
        "PYTHONPATH": str(ROOT),
        "SHARED_ORBITS_HOME": str(tmp_path / "nbval home"),
    }
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-vv",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-p",
        "tests.no_grammar",
        "--nbval",
        "--nbval-current-env",
        "--nbval-cell-timeout=60",
        str(path),
    ]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path)


def test_strict_nbval_passes_and_names_an_option_that_changed(stored, fresh, tmp_path):
    run = nbval(stored, tmp_path)
    assert "3 passed" in run.stdout, run.stdout
    path = fresh / "quiz" / f"{LESSON}.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "The pull of the Moon balances", "The pull of the Sun balances"
        ),
        encoding="utf-8",
    )
    run = nbval(stored, tmp_path)
    assert run.returncode == 1
    assert (
        "The pull of the Sun balances the pull of the Earth." in run.stdout
        and "The pull of the Moon balances" in run.stdout
    )


def test_the_stored_notebook_and_its_html_hold_no_secret(stored, tmp_path):
    from nbconvert import HTMLExporter

    html = re.sub(
        r"<style.*?</style>|<script.*?</script>",
        "",
        HTMLExporter().from_filename(str(stored))[0],
        flags=re.S,
    )
    text = stored.read_text(encoding="utf-8")
    found = {
        name
        for name, secret in secrets(bank.load(LESSON).questions).items()
        if secret in text.replace('\\"', '"') or secret in html
    }
    assert found == set()
    for q in map(variants.resolve, bank.load(LESSON).questions):
        assert q.text["prompt"] in html and all(option in html for option in q.options.values())
    assert (
        "widget-view" not in text
        and len(json.dumps(json.loads(text)["cells"][1]["outputs"])) < 15000
    )
