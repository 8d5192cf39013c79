"""A whole lesson on two evenings: the server stops between them, and a day goes by in the log."""

import json
import re
from datetime import datetime, timedelta

import pytest

from helpers import lab as door
from helpers.learning import progress
from helpers.learning.quiz import bank, grading, variants
from tests.browser.conftest import NOTEBOOK_7, Lab, open_notebook, run_all, wait_idle
from tests.browser.test_lessons import question
from tests.notebooks import ROOT

LESSON = "02_station_orbit"
# What is answered wrongly first, and what the page then says.
WRONG = {"higher-is": ("faster-shorter", "on the way up it loses more speed")}
RUN_FIRST = "Run the first cell, then this one"
GONE = re.compile("Cannot send|ERR_CONNECTION_REFUSED|WebSocket|Connection lost")
# The page gives up waiting for a reply after 8 s; here there is none to come, so it need not wait.
IMPATIENT = """() => {
  const begin = window.setTimeout;
  window.setTimeout = (act, time, ...rest) => begin(act, time === 8000 ? 0 : time, ...rest);
}"""
ACTIVE = "window.jupyterapp.shell.currentWidget.content.activeCell.model"
WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def evening(tmp_path, new_page, monkeypatch, watched):
    """Return a function that starts a server of the kind `app` on the learner's folder, and gives
    (server, page).
    """
    running, address = [], {}

    def begin(app):
        folder = tmp_path / "base" / "notebooks"
        lessons = ["--lessons", str(ROOT / "notebooks"), "--copies", str(folder)]
        assert door.main(["--copies-only", *lessons]) == 0
        # an evening later at the same address: the browser has kept JupyterLab
        server, page = Lab(tmp_path / "base", app=app, port=address.get("port", 0)), new_page()
        address["port"] = server.port
        running.append(server)
        monkeypatch.setenv(progress.HOME_VARIABLE, str(server.home))
        server.wait(page)
        return server, page

    def end(server, page):
        before = [text for text in watched.errors if not its_own(server.app, text)]
        watched.errors.clear()
        page.goto("about:blank")
        running.remove(server)
        server.shut_kernels()
        server.stop()
        progress.forget()
        # What a page says to a server that goes is no error of ours.
        after = [text for text in watched.errors if not GONE.search(text)]
        watched.errors[:] = [*before, *after]

    begin.end = end
    yield begin
    for server in running:
        server.shut_kernels()
        server.stop()
    progress.forget()


def its_own(app, text):
    """Return whether an error in the console is one that the application makes by itself."""
    return app == "notebook" and any(words in text for words in NOTEBOOK_7)


def a_day_goes_by(home):
    """Move every event of the learner's log back by a day."""
    for path in (home / "log").glob("*.jsonl"):
        events = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for event in events:
            event["at"] = (datetime.fromisoformat(event["at"]) - timedelta(days=1)).isoformat()
        path.write_text("".join(json.dumps(e) + "\n" for e in events), "utf-8")


def right_answer(asked):
    """Return the right answer to a question with the numbers of the learner who is working."""
    seed = variants.seed_for(progress.who().seed)
    return grading.solution(variants.resolve(asked, seed))


def give(card, kind, raw):
    """Choose or type an answer as a learner does, and press the button."""
    if kind == "single":
        card.locator(f'input[value="{raw}"]').check()
    else:
        card.locator("input").fill(str(raw))
    card.get_by_role("button", name="Keep" if kind == "estimate" else "Check").click()


def answer_the_core(page):
    """Answer each question of the lesson but those of the further part."""
    for asked in bank.load(LESSON).questions:
        if asked.section == "further" and not asked.id.startswith("step-"):
            continue
        card = question(page, asked.id)
        if asked.kind == "estimate":
            give(card, asked.kind, asked.test["right"][0])
            card.locator(".so-kept").wait_for()
            continue
        if asked.id in WRONG:
            raw, said = WRONG[asked.id]
            give(card, asked.kind, raw)
            card.locator(".so-wrong").wait_for()
            assert said in card.locator(".so-feedback").inner_text()
        give(card, asked.kind, right_answer(asked))
        card.locator(".so-right").wait_for()


def run_cell(page, words):
    """Put the cursor into the code cell that holds these words and run it; return the cell."""
    cell = page.locator(".jp-CodeCell", has_text=words).first
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-line").first.click()
    page.evaluate(f"() => {{ {ACTIVE}.executionCount = null; }}")
    page.keyboard.press("Control+Enter")
    page.wait_for_function(f"() => {ACTIVE}.executionCount !== null", timeout=60000)
    wait_idle(page)
    return cell


def type_line(page, cell, text):
    """Write over the first line of a cell and run it."""
    cell.locator(".cm-line").first.click()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")


def add_cell(page, cell, text):
    """Insert a code cell below another one with the keys of command mode, and run it."""
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-line").first.click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")


def save(page, path):
    """Save the notebook with the keys that everyone knows, and wait for the file."""
    before = path.stat().st_mtime_ns
    page.locator(".jp-Notebook").first.focus()
    page.keyboard.press("Control+s")
    for _ in range(100):
        if path.stat().st_mtime_ns != before and WIDGET in path.read_text("utf-8"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{path.name} was not saved with its quizzes")


def restart_kernel(page):
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Restart Kernel…")).click()
    page.locator(".jp-Dialog").locator(".jp-mod-accept, .jp-mod-warn").first.click()
    page.wait_for_selector(".jp-Dialog", state="detached")
    wait_idle(page)


@pytest.mark.parametrize("app", ["jupyterlab", "notebook"])
def test_a_lesson_on_two_evenings(evening, watched, app):
    pytest.importorskip(app, reason=f"{app} is served where it is installed")
    server, page = evening(app)
    home, path = server.home, server.folder / f"{LESSON}.ipynb"

    # --- the first evening: sign in, predict, act, answer, type, choose a verdict, finish
    open_notebook(server, page, "00_start_here.ipynb")
    if app == "notebook":  # in JupyterLab every lesson is run in test_lessons
        run_all(page)
    else:
        run_cell(page, "from helpers.learning import")
        run_cell(page, "progress.sign_in")
    assert progress.who().nickname == "learner"
    open_notebook(server, page, path.name)
    run_all(page)
    answer_the_core(page)
    figure = page.locator(".so-explore").first
    figure.scroll_into_view_if_needed()
    figure.get_by_label("Canberra").check()
    figure.get_by_text("5 stations").first.wait_for()
    exercise = page.locator(".jp-CodeCell", has_text='exercises.check("02-hundred-minutes"').first
    exercise.get_by_text("Not attempted").wait_for()
    for typed, said in (("418.3", "does not grow in step"), ("758", "Right")):
        type_line(page, exercise, f"height_km = {typed}")
        exercise.locator(".jp-OutputArea").get_by_text(said).first.wait_for()
    step = page.locator(".so-quiz", has_text="Your verdict first").first
    step.scroll_into_view_if_needed()
    assert "The course:" not in step.inner_text()
    card = step.locator(".so-card").first
    card.locator('input[value="overstated"]').check()
    card.get_by_role("button", name="Check").click()
    card.get_by_text("You, before you saw it: overstated. The course:").wait_for()
    done = run_cell(page, 'course.done("02")').locator(".jp-OutputArea").inner_text()
    assert "You are done" in done.replace("you are", "You are") and "Still open" not in done
    assert "Next: 03" in done
    save(page, path)
    evening.end(server, page)

    # --- the night
    a_day_goes_by(home)

    # --- the second evening: words first, then, as they say, the first cell and this one
    server, page = evening(app)
    assert WIDGET not in path.read_text("utf-8")
    open_notebook(server, page, path.name)
    core = page.locator(".jp-CodeCell", has_text=f'quiz.show("{LESSON}", "core")').first
    core.evaluate("cell => cell.scrollIntoView({block: 'center'})")
    core.get_by_text(RUN_FIRST).first.wait_for()
    shown = page.locator(".jp-Notebook").inner_text()
    assert "model not found" not in shown and "Error displaying widget" not in shown
    assert RUN_FIRST in core.inner_text() and "A station is raised from 390 km" in core.inner_text()
    run_cell(page, "from helpers.lessons import station_orbit")
    run_cell(page, f'quiz.show("{LESSON}", "core")')
    again = question(page, "higher-is")
    again.locator(".so-right").wait_for()
    assert again.locator('input[value="slower-longer"]').is_checked()

    # a kernel that has lost the quiz: the button says what to run
    before = len(watched.errors)
    restart_kernel(page)
    page.evaluate(IMPATIENT)
    again.locator('input[value="faster-shorter"]').check()
    again.get_by_role("button", name="Check").click()
    again.get_by_text("run the first cell, then this one").wait_for()
    watched.errors[before:] = [e for e in watched.errors[before:] if e != "Cannot send"]
    # ... and who does what it says finds the answer again
    run_cell(page, "from helpers.lessons import station_orbit")
    run_cell(page, f'quiz.show("{LESSON}", "core")')
    again.locator(".so-right").wait_for()
    assert again.locator('input[value="slower-longer"]').is_checked()

    # the review of yesterday is due, and the page has filled
    open_notebook(server, page, "00_start_here.ipynb")
    run_cell(page, "from helpers.learning import")
    run_cell(page, "record.page()")
    add_cell(page, page.locator(".jp-CodeCell", has_text="record.page()").last, "quiz.review()")
    review = page.locator(".so-quiz", has_text="Review:").first
    review.scroll_into_view_if_needed()
    due = int(re.search(r"Review: \d of (\d+) due", review.inner_text())[1])
    assert due == len(progress.due())
    card = review.locator(".so-card").first
    first = progress.due()[0]
    assert f"Lesson {first[1][:2]}." in card.locator("legend").inner_text()
    # Asked anew: what was answered yesterday is not on the page, only that it was right once.
    assert card.locator("input:checked, .so-right, .so-wrong, .so-feedback").count() == 0
    page_of_mine = page.locator(".jp-CodeCell", has_text="record.page()").last
    page_of_mine.scroll_into_view_if_needed()
    said = page_of_mine.locator(".jp-OutputArea").inner_text()
    assert "overstated" in said and f"Due for review today: {due}" in said
    assert "Go on: 03" in said and "minutes a day can somebody talk to Tiangong" in said
    link = page_of_mine.get_by_role("link", name=re.compile("^03 "))
    if app == "notebook":  # which gives each notebook a page of its own
        with page.context.expect_page() as opened:
            link.click()
        opened.value.locator("h1:visible", has_text="03 ·").first.wait_for()
        opened.value.close()
    else:
        link.click()
        page.locator("h1:visible", has_text="03 ·").first.wait_for()
    evening.end(server, page)
