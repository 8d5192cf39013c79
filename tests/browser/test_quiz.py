"""Quizzes in a real JupyterLab: by keyboard alone, in light and dark, narrow, after a crash,
without a kernel.
"""

import json
import re
import shutil

import nbformat
import pytest

from helpers.tables import data
from tests.browser.accessibility import pale, violations
from tests.browser.conftest import ROOT, run_all, shut_and_noticed, wait_idle, written

BANK = ROOT / "tests" / "learning" / "quiz" / "bank"
LESSON = "90_every_kind"
EVIL = "<img src=x onerror=\"document.title='broken into'\">"
LONG = (
    "A sentence of two hundred characters that has to wrap on a narrow screen, without being cut, "
    "without lying under its neighbour, "
    "and that can be chosen by a click on any of its words, the last one too, here"
)


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """A data folder with the example's bank, some of it evil, some of it long."""
    folder = tmp_path_factory.mktemp("bank") / "data"
    shutil.copytree(BANK, folder)
    (folder / "map").mkdir()
    shutil.copy(data.path("map/land.npz"), folder / "map")
    path = folder / "quiz" / f"{LESSON}.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        "Its engines push it up all the time.",
        json.dumps(EVIL + " Its engines push it up all the time."),
    )
    text = text.replace("Engines run for minutes", EVIL + " Engines run for minutes")
    for word, old in {
        "Height": "The height of the orbit",
        "Mass": "The mass of the satellite",
        "Tilt": "The inclination of the orbit",
    }.items():
        text = text.replace(f": {old}", f": {word}. {LONG}")
    text = text.replace(
        "far: Point farthest from the Earth", f"far: Point farthest from the Earth. {LONG}"
    )
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def setup(example):
    """Return the first cell of a notebook that asks the example's questions."""
    return f"""import os, sys
os.environ["SHARED_ORBITS_DATA"] = {str(example)!r}
sys.path.insert(0, {str(ROOT)!r})
import tests.learning.quiz.offer
from helpers.learning import quiz, progress
from helpers.teaching import classroom"""


@pytest.fixture
def quiz_page(lab, setup, tmp_path):
    """Return a function that opens a notebook with the whole example quiz, run, in a page of some
    size and theme.
    """

    def opened(name="quiz.ipynb", **options):
        path = written(tmp_path, name, setup, f"quiz.show({LESSON!r})", "'a cell below'")
        page = lab(path, **options)
        run_all(page)
        page.wait_for_selector(".so-card", timeout=30000)
        return page

    return opened


def card(page, name):
    return page.locator(f"[data-question={name}]")


def said(page, words):
    """Wait until the live region says these words, and return all it says."""
    page.wait_for_function(
        "words => document.querySelector('.so-live')?.textContent.includes(words)",
        arg=words,
        timeout=15000,
    )
    return page.locator(".so-live").text_content()


def cells(page):
    return page.locator(".jp-Notebook .jp-Cell").count()


def focused(page):
    return page.evaluate(
        "() => { const e = document.activeElement; return [e.tagName, e.type ?? '', e.value ?? '', "
        "e.closest('[data-question]')?.dataset.question ?? '', e.textContent.slice(0, 30)] }"
    )


def tab_to(page, question, selector, back=False):
    """Press Tab until a control of a question has the focus; return how many it took."""
    for count in range(80):
        if page.evaluate(
            "([q, s]) => document.activeElement.matches(`[data-question=${q}] ${s}`)",
            [question, selector],
        ):
            return count
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(
        f"{selector} of {question} is not reached by Tab; focus is on {focused(page)}"
    )


def test_every_kind_by_keyboard_alone(quiz_page):
    page = quiz_page()
    before = cells(page)
    page.evaluate("document.querySelector('.so-quiz input').focus()")  # from here on only keys
    page.keyboard.type("15,5")
    page.keyboard.press("Enter")
    assert "Kept" in said(page, "Question 1.")
    assert focused(page)[:1] == ["INPUT"], "an answer took the focus from its field"

    tab_to(page, "why-no-fall", "input")
    page.keyboard.press("Space")
    for _ in range(4):
        if focused(page)[2] == "falls":
            break
        page.keyboard.press("ArrowDown")
    tab_to(page, "why-no-fall", "button")
    page.keyboard.press("Enter")
    assert "Right" in said(page, "Question 2.")
    assert focused(page)[3:] == ["why-no-fall", "Check"], "an answer took the focus from its button"

    for name in ("height", "earth-mass"):
        tab_to(page, "what-sets-period", f"input[value={name}]", back=name == "earth-mass")
        page.keyboard.press("Space")
    tab_to(page, "what-sets-period", "button")
    page.keyboard.press("Space")
    assert "Right" in said(page, "Question 3.")

    tab_to(page, "period", "input")
    page.keyboard.type("abc")
    page.keyboard.press("Enter")
    assert "Not counted" in said(page, "Question 4.")
    tab_to(page, "period", "button:nth-of-type(2)")
    page.keyboard.press("Enter")
    said(page, "Hint 1:")
    assert focused(page)[3] == "period"

    for _ in range(12):  # sort by bubbling: up with each row until it is right
        rows = page.eval_on_selector_all(
            "[data-question=mission-order] li", "rows => rows.map(r => r.dataset.id)"
        )
        right = ["sputnik", "apollo", "mir", "iss"]
        wrong = [i for i in range(3) if right.index(rows[i]) > right.index(rows[i + 1])]
        if not wrong:
            break
        target = f"li[data-id={rows[wrong[0] + 1]}] button:first-of-type"
        page.evaluate("document.querySelector('[data-question=mission-order] li button').focus()")
        tab_to(page, "mission-order", target)
        page.keyboard.press("Enter")
        assert page.evaluate("s => document.activeElement.matches(s)", target), (
            "the focus moves with its row"
        )
    tab_to(page, "mission-order", ".so-buttons button")
    page.keyboard.press("Enter")
    assert "Right" in said(page, "Question 5.")

    for name, partner in {
        "inclination": "Angle",
        "apogee": "Point far",
        "perigee": "Point near",
    }.items():
        tab_to(page, "words", f"select[data-id={name}]")
        for _ in range(5):
            page.keyboard.press("ArrowDown")
            if partner in page.eval_on_selector(
                f"select[data-id={name}]", "s => s.selectedOptions[0].textContent"
            ):
                break
    tab_to(page, "words", "button")
    page.keyboard.press("Enter")
    assert "Right" in said(page, "Question 6.")

    tab_to(page, "unit-of-frequency", "input")
    page.keyboard.type(EVIL)
    page.keyboard.press("Enter")
    assert "Not yet" in said(page, "Question 7.")
    page.keyboard.press("Control+A")
    page.keyboard.type("Hertz")
    page.keyboard.press("Enter")
    said(page, "Right")

    tab_to(page, "never-overhead", "select")
    for _ in range(5):
        page.keyboard.press("ArrowDown")
        if page.eval_on_selector("[data-question=never-overhead] select", "s => s.value") == "oslo":
            break
    tab_to(page, "never-overhead", "button")
    page.keyboard.press("Enter")
    assert "Right" in said(page, "Question 8.")
    assert cells(page) == before
    assert page.title() != "broken into"


def test_no_key_on_any_control_reaches_the_notebook(quiz_page):
    """d d deletes, x cuts, a and b insert, arrows leave: on every control of the quiz they do
    nothing to the cells.
    """
    page = quiz_page()
    for one in (
        "why-no-fall",
        "unit-of-frequency",
    ):  # buttons that come after an answer belong to the test
        card(page, one).locator("input").first.fill("x") if one != "why-no-fall" else card(
            page, one
        ).locator("input").first.check()
        card(page, one).get_by_role("button", name="Check").click()
        said(page, f"Question {2 if one == 'why-no-fall' else 7}.")
    sources = page.eval_on_selector_all(
        ".jp-Cell .cm-content", "nodes => nodes.map(n => n.textContent)"
    )
    controls = page.locator(".so-quiz :is(input, select, button):visible")
    assert controls.count() >= 36
    for number in range(controls.count()):
        controls.nth(number).focus()
        for key in (
            "d",
            "d",
            "x",
            "b",
            "a",
            "j",
            "k",
            "ArrowDown",
            "ArrowUp",
            "ArrowRight",
            "c",
            "v",
            "z",
            "m",
        ):
            page.keyboard.press(key)
        assert page.evaluate("() => Boolean(document.activeElement.closest('.so-quiz'))"), focused(
            page
        )
    assert (
        page.eval_on_selector_all(".jp-Cell .cm-content", "nodes => nodes.map(n => n.textContent)")
        == sources
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_and_colours_are_readable(quiz_page, dark):
    page = quiz_page(dark=dark, height=2600)
    assert page.evaluate("document.body.dataset.jpThemeLight") == str(not dark).lower()
    in_every_state(page)
    assert violations(page, ".so-quiz", at_least=11) == []
    assert pale(page, ".so-quiz", at_least=41) == []
    names = page.eval_on_selector_all(
        ".so-quiz :is(input, select, button)",
        "all => all.map(e => [e.closest('[data-question]').dataset.question, (e.labels?.length ? "
        "e.labels[0].textContent : e.getAttribute('aria-label') ?? e.textContent).trim()])",
    )
    assert all(name for _, name in names)
    alike = {f"{one}: {name}" for one, name in names if names.count([one, name]) > 1}
    assert alike == set(), "controls of a question that sound alike"
    assert page.locator(".so-quiz [role=status]").count() == 1


def in_every_state(page):
    """Bring questions into the states kept, wrong, partial, invalid, right and revealed, with a
    hint.
    """
    card(page, "orbits-per-day").locator("input").fill("15")
    card(page, "orbits-per-day").get_by_role("button", name="Keep").click()
    said(page, "Question 1.")
    card(page, "why-no-fall").get_by_label("Its engines").check()
    card(page, "why-no-fall").get_by_role("button", name="Check").click()
    said(page, "Question 2.")
    card(page, "why-no-fall").get_by_role("button", name="Hint").click()
    said(page, "Hint 1")
    card(page, "what-sets-period").get_by_label("Height.").check()
    card(page, "what-sets-period").get_by_role("button", name="Check").click()
    said(page, "Question 3.")
    card(page, "period").locator("input").fill("abc")
    card(page, "period").get_by_role("button", name="Check").click()
    said(page, "Question 4.")
    card(page, "unit-of-frequency").locator("input").fill("second")
    card(page, "unit-of-frequency").get_by_role("button", name="Check").click()
    said(page, "Question 7.")
    card(page, "unit-of-frequency").get_by_role("button", name="Show the answer").click()
    said(page, "Answer: hertz")
    card(page, "never-overhead").locator("select").select_option("oslo")
    card(page, "never-overhead").get_by_role("button", name="Check").click()
    said(page, "Question 8.")


def test_narrow_page_and_long_options(quiz_page):
    page = quiz_page(width=420, height=900)
    for name in ("height", "own-mass", "inclination"):
        label = card(page, "what-sets-period").locator(
            "label", has=page.locator(f"input[value={name}]")
        )
        label.scroll_into_view_if_needed()
        box = label.locator("span").bounding_box()
        page.mouse.click(box["x"] + 10, box["y"] + box["height"] - 8)  # on the last line
        assert label.locator("input").is_checked()
    cut = page.evaluate("""() => {
        const words = '.so-quiz :is(label, span, p, li, legend, button)';
        const narrow = (e) => e.scrollWidth > e.clientWidth + 1;
        return [...document.querySelectorAll(words)]
            .filter((e) => e.offsetParent && !e.closest('.so-live') && narrow(e))
            .filter((e) => getComputedStyle(e).display !== 'inline')
            .map((e) => e.textContent.slice(0, 60));
    }""")
    assert cut == []
    beyond = page.evaluate("""() => {
        const right = (e) => e.getBoundingClientRect().right;
        const edge = right(document.querySelector('.so-quiz')) + 1;
        return [...document.querySelectorAll('.so-quiz *')]
            .filter((e) => right(e) > edge).map((e) => e.outerHTML.slice(0, 80));
    }""")
    assert beyond == []
    assert LONG in card(page, "words").locator("ol").text_content()  # a closed list would cut it


def test_the_map_and_its_list_are_the_same_answer(quiz_page):
    page = quiz_page()
    where = card(page, "never-overhead")
    where.locator("svg").scroll_into_view_if_needed()
    for name in ("lima", "oslo", "delhi", "nairobi"):
        box = where.locator(f"g[data-id={name}] circle").bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2 + 5, box["y"] + box["height"] / 2 + 3)
        assert where.locator("select").input_value() == name
    where.locator("select").select_option("oslo")
    assert where.locator("g.so-chosen").get_attribute("data-id") == "oslo"


def test_names_go_onto_a_figure_by_pointer_and_by_list(quiz_page, tmp_path):
    page = quiz_page()
    one = card(page, "parts-of-an-orbit")
    figure = one.locator("svg")
    figure.scroll_into_view_if_needed()

    def put(name, part):
        one.locator(f".so-chip[data-id={name}]").click()
        box = figure.locator(f"g[data-id={part}] circle").bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2 + 5, box["y"] + box["height"] / 2 + 3)

    put("apogee", "left")
    assert "Apogee stands at 1. the end of the orbit close to the Earth" in said(page, "Apogee")
    put("perigee", "right")
    put("earth", "middle")
    assert one.locator("select[data-id=left]").input_value() == "apogee"
    assert figure.locator("g[data-id=left] text").text_content() == "1 Apogee"
    one.get_by_role("button", name="Check").click()
    assert "Apo- means away" in said(page, "Not yet")  # the swapped pair has its own answer

    tab_to(page, "parts-of-an-orbit", "select[data-id=left]", back=True)
    names = {
        label.locator("select").get_attribute("data-id"): label.inner_text()
        for label in one.locator(".so-pair").all()
    }
    assert "1. the end of the orbit close to the Earth" in names["left"]
    for part, name in {"left": "perigee", "right": "apogee"}.items():
        one.locator(f"select[data-id={part}]").select_option(name)
    assert figure.locator("g[data-id=left] text").text_content() == "1 Perigee"
    one.get_by_role("button", name="Check").click()
    one.locator(".so-right").wait_for()
    for size, where in ((1280, "wide"), (420, "narrow")):
        page.set_viewport_size({"width": size, "height": 900})
        one.screenshot(path=tmp_path / f"label-{where}.png")


def test_html_in_any_text_shows_as_text(quiz_page):
    page = quiz_page()
    assert EVIL in card(page, "why-no-fall").text_content()
    card(page, "why-no-fall").get_by_label("Its engines").check()
    card(page, "why-no-fall").get_by_role("button", name="Check").click()
    assert EVIL in said(page, "Question 2.")
    for name, answer in {"unit-of-frequency": EVIL, "period": EVIL, "orbits-per-day": EVIL}.items():
        card(page, name).locator("input").fill(answer)
        card(page, name).get_by_role("button", name=re.compile("Check|Keep")).click()
    said(page, "Question 1.")
    assert page.locator(".so-quiz img").count() == 0
    assert page.title() != "broken into"


def test_the_page_holds_no_answer_before_one_is_given(quiz_page, example):
    frames = []
    page = quiz_page()
    page.on(
        "websocket",
        lambda w: w.on(
            "framereceived",
            lambda f: frames.append(f if isinstance(f, str) else f.decode("utf-8", "replace")),
        ),
    )
    page.reload()  # the whole conversation with the kernel once more, now listened to
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60000)
    wait_idle(page)
    run_all(page)
    page.wait_for_selector(".so-card", timeout=30000)
    heard = "".join(frames)
    assert "Why does a station in a low orbit" in heard
    dom = page.content()
    text = (example / "quiz" / f"{LESSON}.yaml").read_text(encoding="utf-8")
    feedback = [
        line.split(": ", 1)[1].strip()
        for block in re.findall(r"feedback:.*?\n((?:        .*\n)+)", text)
        for line in block.splitlines()
        if ": " in line
    ]
    secrets = (
        [s.split("  #")[0] for s in feedback]
        + re.findall(r"explanation: (.*)", text)
        + ["Think of a ball", "square root of r cubed"]
    )
    assert len(secrets) > 15
    for secret in secrets:
        if "{" not in secret and secret != "The period is":
            assert secret[-40:] not in heard, secret
            assert secret[-40:] not in dom, secret


def test_five_answers_survive_the_death_of_the_kernel(quiz_page, lab):
    page = quiz_page("killed.ipynb")
    in_every_state(page)
    states = lambda: page.eval_on_selector_all(
        "[data-question]",
        "all => Object.fromEntries(all.map(e => [e.dataset.question, e.querySelector('.so-out "
        "p')?.className ?? '']))",
    )
    before = states()
    assert sum(bool(state) for state in before.values()) == 6  # of which one, invalid, is no answer
    kernel = lab.server.kernels()[-1]["id"]
    connection = json.loads(
        (lab.server.folder.parent / "runtime" / f"kernel-{kernel}.json").read_text()
    )
    import psutil

    victim = next(
        p
        for p in psutil.process_iter(["cmdline"])
        if f"kernel-{kernel}.json" in " ".join(p.info["cmdline"] or [])
    )
    assert connection["shell_port"]
    victim.kill()
    page.get_by_text("Kernel Restarting").or_(
        page.get_by_text("appears to have died")
    ).first.wait_for(timeout=30000)
    ok = page.get_by_role("button", name="Ok", exact=True)  # else "Notebook" answers too
    if ok.count():
        ok.click()
    wait_idle(page)
    run_all(page)
    page.wait_for_function(
        "() => document.querySelectorAll('.so-card .so-out p').length > 5", timeout=30000
    )
    after = states()
    assert {n: s for n, s in after.items() if s} == {
        n: s for n, s in before.items() if s and n != "period"
    }
    assert card(page, "why-no-fall").get_by_label("Its engines").is_checked()


def test_a_reader_without_a_kernel_sees_prompts_and_options(
    lab, example, tmp_path, new_page, monkeypatch
):
    """A stored notebook, fresh from a clone (untrusted), trusted without running, and as HTML
    without any network.
    """
    from nbconvert import HTMLExporter

    from tests.notebooks import stored_form

    monkeypatch.setenv("SHARED_ORBITS_DATA", str(example))
    import tests.learning.quiz.offer  # noqa: F401
    from helpers.learning.quiz import bank, fallback

    asked = bank.load(LESSON).questions
    output = nbformat.v4.new_output(
        "execute_result",
        execution_count=1,
        data={
            "text/plain": fallback.as_text("x", asked),
            "text/html": fallback.as_html("x", asked),
        },
    )
    cell = nbformat.v4.new_code_cell(
        "quiz.show('90_every_kind')", id="c1", execution_count=1, outputs=[output]
    )
    notebook = stored_form(nbformat.v4.new_notebook(cells=[cell]))
    wanted = [
        "Why does a station in a low orbit",
        "There is no gravity at its height.",
        "New Delhi",
        LONG,
        EVIL,
    ]
    for trusted in (False, True):
        cell.metadata["trusted"] = trusted
        if trusted:
            from nbformat.sign import NotebookNotary

            NotebookNotary(data_dir=str(lab.server.folder.parent / "data")).sign(notebook)
        path = tmp_path / f"stored-{trusted}.ipynb"
        nbformat.write(notebook, path)
        page = lab(path, kernel=False)
        page.wait_for_selector(".jp-OutputArea-output li", timeout=30000)
        text = page.locator(".jp-OutputArea-output").inner_text()
        assert all(w in text for w in wanted) and "Error displaying" not in page.content()
        assert page.title() != "broken into"
    html = tmp_path / "stored.html"
    html.write_text(
        re.sub(
            r'<script[^>]*src="http.*?</script>',
            "",
            HTMLExporter().from_notebook_node(notebook)[0],
            flags=re.S,
        ),
        encoding="utf-8",
    )
    page = new_page()
    page.goto(html.as_uri())
    assert all(w in page.locator("body").inner_text() for w in wanted)
    assert page.title() != "broken into"


def test_class_mode_and_the_estimate_beside_the_value(lab, setup, tmp_path):
    cells = [
        setup,
        f"classroom.show({LESSON!r}, 'orbits-per-day', 15.54)",
        f"quiz.ask({LESSON!r}, 'orbits-per-day')",
        f"quiz.compare({LESSON!r}, 'orbits-per-day', 15.54)",
    ]
    page = lab(written(tmp_path, "class.ipynb", *cells))
    run_all(page)
    assert (
        "Computed: 15.54 orbits. No estimate of yours is kept"
        in page.locator(".jp-OutputArea").last.inner_text()
    )
    form = page.locator(".so-quiz", has=page.locator("textarea"))
    form.locator("textarea").fill("\n".join(["10", "many", "12,5", "20 orbits"] + ["16"] * 27))
    form.get_by_role("button", name="Add the guesses").click()
    page.get_by_text("30 guesses are in, and covered.").wait_for()
    assert not form.locator("img").is_visible()
    form.get_by_role("button", name="Uncover the guesses").click()
    page.get_by_text("30 guesses, from 10 orbits to 20 orbits").wait_for()
    form.get_by_role("button", name="Start anew").click()
    form.get_by_role("button", name="Forget all guesses? Click again").wait_for()
    form.locator("textarea").focus()
    form.get_by_role("button", name="Start anew").wait_for()
    assert form.locator("img").is_visible()
    assert form.locator("textarea").input_value() == "many"
    assert "15.54" not in form.inner_html()
    form.get_by_role("button", name="Show the computed value").click()
    page.get_by_text("Computed: 15.54 orbits. 2 guesses are below it, 28 above.").wait_for()
    assert violations(page, ".so-quiz") == []
    card(page, "orbits-per-day").locator("input").fill("31")
    card(page, "orbits-per-day").get_by_role("button", name="Keep").click()
    page.get_by_text("Your estimate is kept: 31 orbits.", exact=False).first.wait_for()
    run_all(page)
    assert (
        "Your estimate: 31 orbits. Computed: 15.54 orbits. Your estimate is 99 % too large."
        in page.locator(".jp-OutputArea").last.inner_text()
    )


def test_a_kernel_that_is_gone_is_said_at_once_and_not_logged(lab, setup, tmp_path):
    ask = f"{LESSON!r}, 'orbits-per-day')"
    cells = [setup, f"classroom.show({ask}", f"quiz.ask({ask}"]
    page = lab(written(tmp_path, "gone.ipynb", *cells))
    run_all(page)
    shut_and_noticed(lab, page)
    form = page.locator(".so-quiz", has=page.locator("textarea"))
    form.locator("textarea").fill("12")
    form.get_by_role("button", name="Add the guesses").click()
    form.get_by_text("Python is not running").wait_for(timeout=3000)
    assert form.locator("textarea").input_value() == "12"
    card(page, "orbits-per-day").locator("input").fill("31")
    card(page, "orbits-per-day").get_by_role("button", name="Keep").click()
    card(page, "orbits-per-day").get_by_text("No reply from Python").wait_for(timeout=3000)


# --- one gesture, two views, another learner, another evening ------------------------------------


def attempts(page):
    """Return the answers that the learner's log holds: [(question, state)]."""
    lines = "".join(p.read_text("utf-8") for p in sorted((page.home / "log").glob("*.jsonl")))
    events = [json.loads(line) for line in lines.splitlines()]
    return [
        (e["payload"]["question"], e["payload"]["state"]) for e in events if e["kind"] == "answer"
    ]


def test_a_double_click_and_a_word_being_composed_are_no_attempts(quiz_page, lab):
    page = quiz_page("gesture.ipynb")
    page.home = lab.server.home
    one = card(page, "why-no-fall")
    one.locator("label.so-option", has_text="Its engines push it up").click()
    one.get_by_role("button", name="Check").dblclick()
    said(page, "Engines run for minutes")
    assert attempts(page) == [("why-no-fall", "wrong")]
    assert "2 tries" not in one.locator(".so-out").inner_text()
    field = card(page, "period").locator("input")
    field.fill("94")
    compose = (
        "i => i.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: "
        "true, "
        "bubbles: true}))"
    )
    page.evaluate(COUNT_WAITS)
    field.evaluate(compose)
    assert page.evaluate("waits") == {"begun": 0, "ended": 0}
    # An empty answer twice: the kernel has the same to say, and the page knows that it did.
    field.fill("")
    for number in (1, 2):
        card(page, "period").get_by_role("button", name="Check").click()
        page.wait_for_function("n => waits.begun === n && waits.ended === n", arg=number)
    assert len(attempts(page)) == 1
    assert "No reply" not in page.locator(".so-quiz").inner_text()


# How often the page has begun to wait for a reply, and ended a wait before it gave it up.
COUNT_WAITS = """() => {
  const waits = window.waits = { begun: 0, ended: 0 }, under_way = new Set();
  const { setTimeout: begin, clearTimeout: end } = window;
  window.setTimeout = (act, time, ...rest) => {
    const timer = begin(act, time, ...rest);
    if (time === 8000) { waits.begun += 1; under_way.add(timer); }
    return timer;
  };
  window.clearTimeout = (timer) => {
    if (under_way.delete(timer)) waits.ended += 1;
    end(timer);
  };
}"""


def test_two_views_show_the_answer_that_the_verdict_belongs_to(lab, setup, tmp_path):
    ask = f"quiz.ask({LESSON!r}, 'period')"
    path = written(tmp_path, "two.ipynb", setup, ask, ask)
    page = lab(path)
    run_all(page)
    page.wait_for_selector(".so-card", timeout=30000)
    fields = page.locator(".so-card input")
    assert fields.count() == 2
    fields.nth(0).fill("1")
    page.get_by_role("button", name="Check").nth(0).click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.so-card input')].every(i => i.value === '1')"
    )
    fields.nth(1).fill("2")  # typed and not sent: another view's answer does not wipe it out
    fields.nth(0).fill("3")
    page.get_by_role("button", name="Check").nth(0).click()
    page.wait_for_function("() => document.body.innerText.includes('(2 tries)')")
    assert fields.nth(1).input_value() == "2"


def test_what_is_due_is_asked_on_another_evening(lab, setup, tmp_path):
    """An answer of last week, a new kernel: the review asks it anew, takes an answer, and has
    nothing more.
    """
    old = "\nfrom datetime import datetime, timedelta, timezone\n" + OLD_ANSWER
    path = written(tmp_path, "due.ipynb", setup + old, "quiz.review()", "'a cell below'")
    page = lab(path)
    run_all(page)
    page.wait_for_selector(".so-card", timeout=30000)
    assert page.locator(".so-title").inner_text() == "Review: 1 of 1 due"
    one = page.locator(".so-card")
    assert "Lesson 90." in one.locator("legend").inner_text()
    assert one.locator("input:checked").count() == 0 and not one.locator(".so-out p").count()
    one.locator("label.so-option", has_text="falls").first.click()
    one.get_by_role("button", name="Check").click()
    page.wait_for_selector(".so-card .so-right")
    for size, name in ((1280, "wide"), (420, "narrow")):
        page.set_viewport_size({"width": size, "height": 900})
        page.screenshot(path=tmp_path / f"review-{name}.png")


OLD_ANSWER = f"""
from helpers.learning.progress import log
class Past(datetime):
    @classmethod
    def now(cls, zone=None):
        return datetime.now(zone) - timedelta(days=7)
log.datetime = Past
progress.append("answer", {{"lesson": {LESSON!r}, "question": "why-no-fall", "version": 1,
                           "state": "wrong", "score": 0.0, "raw": "engines"}})
log.datetime = datetime
"""
