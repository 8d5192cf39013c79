"""Class results as one page: what was hard, what was thought, who answered what.
Pictures first, tables behind.
"""

import collections
from html import escape

from helpers.base.numbers import written
from helpers.learning import exercises
from helpers.learning.quiz import bank, fallback, grading, variants
from helpers.science.dividend import from_payload
from helpers.tables import data
from helpers.teaching import collected, gain, paper, statistics

MARKS = {
    "first": ("✓", "right at first", "#bfe3d0"),
    "later": ("+", "right later", "#dcecf7"),
    "shown": ("s", "right after the answer was shown", "#f5e6c4"),
    "partial": ("~", "partly right", "#f5e6c4"),
    "wrong": ("✗", "not yet right", "#f6d3c4"),
    "": ("", "not answered", "#fff"),
}
STYLE = """
body { font: 15px/1.4 "DejaVu Sans", Verdana, sans-serif; color: #1a1a1a; max-width: 1100px;
  margin: 20px auto; padding: 0 16px }
h1 { font-size: 24px }
h2 { font-size: 19px; margin: 26px 0 8px }
table { border-collapse: collapse; font-size: 13px }
td, th { border: 1px solid #bbb; padding: 3px 7px; text-align: left }
td.mark { text-align: center; min-width: 18px }
.bar { display: flex; gap: 8px; align-items: center; margin: 2px 0 }
.bar b { flex: 0 0 60px; text-align: right; font-weight: normal }
.bar i { display: block; height: 16px; background: #56b4e9 }
.bar u { flex: 0 0 300px; background: #eee; text-decoration: none }
.wide { overflow-x: auto }
th.q { writing-mode: vertical-rl; transform: rotate(180deg); font-weight: normal;
  max-height: 220px }
"""


def report(folder, lesson=None, since=None):
    """Return the results of a class as one HTML page;
    arguments and errors are those of `collected.read`.
    """
    found = collected.read(folder, lesson, since)
    answers = statistics.graded(found)
    pupils = sorted({event["pupil"] for event in found.events})
    scope = f"lesson {lesson}" if lesson else "all lessons"
    days = sorted(event["at"][:10] for event in found.events)
    span = f"{days[0]} to {days[-1]}" if days else "no answers"
    parts = [
        f"<h1>Class results: {escape(scope)}</h1>",
        f"<p>{len(pupils)} pupils, {len(answers)} answers, {span}.</p>",
        _left_out(found.problems),
        _hard(found),
        _thoughts(answers),
        _changed(gain.of_class(folder, since)) if lesson in (None, "00", "13") else "",
        _verdicts(found.of("verdict")),
        _dividends(found.of("dividend")),
        _grid("Who answered what", pupils, marks(answers), question_words),
        _grid("Exercises", pupils, exercise_marks(found.events), exercise_words),
    ]
    return paper.page("Class results", "\n".join(filter(None, parts)), STYLE)


def _left_out(problems):
    items = "".join(f"<li>{escape(problem)}</li>" for problem in problems)
    return f"<h2>Left out</h2><ul>{items}</ul>" if problems else ""


# --- what was hard ----------------------------------------------------------------------------


def _hard(found):
    items = statistics.items(found).sort_values("facility")
    bars = "".join(map(_bar, items.itertuples()))
    note = (
        "<p>Share of the first answers that were right, hardest first. In brackets the "
        "discrimination: above about 0.2 the "
        "question tells those who know from those who do not; it is given from three pupils on.</p>"
    )
    return f"<h2>What was hard</h2>{note}{bars}" if len(items) else ""


def _bar(row):
    tells = "" if row.discrimination != row.discrimination else f" ({row.discrimination:.2f})"
    words = question_words((row.lesson, row.question))
    return (
        f'<div class="bar"><b>{row.facility:.0%}</b><u><i '
        f'style="width:{300 * row.facility:.0f}px"></i></u>'
        f"<span>{escape(row.lesson[:2])} {fallback.rich(words)}{tells}, {row.learners} "
        "pupils</span></div>"
    )


def question_words(key):
    """Return what a question asks, by (lesson, question); its id when the bank has it no more."""
    lesson, name = key
    try:
        return variants.resolve(bank.load(lesson)[name]).text["prompt"]
    except bank.FileError:  # a question that is in the logs and no longer in the bank
        return name


def exercise_words(key):
    """Return what an exercise asks, by (lesson, exercise);
    its id when there is none of that id any more.
    """
    try:
        return exercises.get(key[1]).text["prompt"]
    except exercises.ExerciseError:
        return key[1]


# --- what was thought -------------------------------------------------------------------------


def thoughts(answers):
    """Return [(pupils, lesson, question, what the course says to that answer)] of wrong answers,
    commonest first.

    A drawn number is no misconception; the slip behind it is. So answers are judged anew, in the
    variant of the pupil.
    """
    who = collections.defaultdict(set)
    for event in answers:
        what = event["payload"]
        for said in _said(what) if what["score"] < 1 else ():
            who[what["lesson"], what["question"], said].add(event["pupil"])
    rows = [(len(pupils), *key) for key, pupils in who.items()]
    return sorted(rows, key=lambda row: (-row[0], row[1:]))


def _said(what):
    try:
        question = bank.load(what["lesson"])[what["question"]]
        now = variants.resolve(question, what.get("seed") or variants.REFERENCE, what["nth"])
        return grading.grade(now, what["raw"]).feedback
    except (ValueError, TypeError, KeyError):  # a bank that has changed since
        return ()


def _thoughts(answers):
    rows = "".join(
        f"<tr><td>{count}</td><td>{escape(lesson[:2])} "
        f"{fallback.rich(question_words((lesson, name)))}</td>"
        f"<td>{fallback.rich(said)}</td></tr>"
        for count, lesson, name, said in thoughts(answers)[:12]
    )
    head = "<tr><th>pupils</th><th>question</th><th>what the course said to their answer</th></tr>"
    return f"<h2>What was thought</h2><table>{head}{rows}</table>" if rows else ""


# --- what changed -----------------------------------------------------------------------------


def _changed(found):
    if not (found.scores or any(found.missing.values())):
        return ""
    missing = "".join(
        f"<li>{len(pupils)} without a whole test {name} the course, left out: "
        f"{escape(', '.join(pupils))}</li>"
        for name, pupils in found.missing.items()
        if pupils
    )
    rows = "".join(
        f"<tr><td>{escape(words)}</td><td>{one:.0f} %</td><td>{two:.0f} %</td></tr>"
        for words, (one, two) in found.thoughts.items()
    )
    head = "<tr><th>what many think</th><th>seen through before</th><th>after</th></tr>"
    table = f"<table>{head}{rows}</table>" if rows else ""
    return (
        f"<h2>Before and after the course</h2><p>{gain_words(found)}</p>{table}<ul>{missing}</ul>"
    )


def gain_words(found):
    """Return a gain.ClassGain in words."""
    if not found.scores:
        return "Nobody has answered all ten questions of lesson 00 and all ten of lesson 13 yet."
    said = (
        f"{len(found.scores)} pupils answered all ten questions of lesson 00 and all ten of lesson "
        "13: "
        f"{found.before:.0f} % right before, {found.after:.0f} % after. "
    )
    if found.gain is None:
        return said + "Nothing was left to gain."
    said += f"Normalised gain (Hake): {found.gain:.2f} of what was left to learn. "
    ends = found.without_one()
    if ends:
        said += f"With any one pupil left out it lies between {ends[0]:.2f} and {ends[1]:.2f}. "
    return (
        said + "It is a number for the class, not for a mark; gains of other tests are other gains."
    )


# --- verdicts and dividends -------------------------------------------------------------------


def _verdicts(events):
    chosen = {}
    for event in events:  # the first word counts
        chosen.setdefault((event["payload"]["claim"], event["pupil"]), event["payload"]["verdict"])
    counts = collections.Counter((claim, verdict) for (claim, _), verdict in chosen.items())
    claims = data.table("claims").set_index("id")["claim"]
    rows = "".join(
        f"<tr><td>{escape(claims.get(claim, claim))}</td><td>{escape(verdict)}</td>"
        f"<td>{count}</td></tr>"
        for (claim, verdict), count in sorted(counts.items())
    )
    head = "<tr><th>claim</th><th>verdict of pupils</th><th>pupils</th></tr>"
    return f"<h2>Verdicts of the class</h2><table>{head}{rows}</table>" if rows else ""


DIVIDEND_HEAD = (
    *("lesson", "pupils", "question", "unit", "alone", "same size", "together"),
    *("together against alone", "against the same size"),
)


def dividend_rows(events):
    """Return a row for each dividend that the class kept, as DIVIDEND_HEAD names it.

    The last one of each pupil in a lesson counts. Pupils with the same values share a row, so a
    second row of a lesson is another city, or another setting. What cannot be read is left out.
    """
    last = {}
    for event in events:
        payload = dict(event["payload"])
        lesson = str(payload.pop("lesson", ""))
        try:
            last[lesson, event["pupil"]] = from_payload(payload)
        except (KeyError, TypeError, ValueError):
            continue
    counts = collections.Counter((lesson, _values(kept)) for (lesson, _), kept in last.items())
    shared = sorted(counts.items(), key=lambda one: (one[0][0], -one[1], one[0][1]))
    return [(lesson, pupils, *values) for (lesson, values), pupils in shared]


def _values(kept):
    spread = [kept.spread(name) for name in ("alone", "same size", "together")]
    said = ["-" if value is None else written(value) for value in spread]
    size = "-" if spread[1] is None else kept.verdict("same size")
    return kept.question, kept.unit, *said, kept.verdict(), size


def _dividends(events):
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(str(value))}</td>' for value in row)}</tr>"
        for row in dividend_rows(events)
    )
    head = "".join(f"<th>{name}</th>" for name in DIVIDEND_HEAD)
    return f"<h2>Dividends of the class</h2><table><tr>{head}</tr>{rows}</table>" if rows else ""


# --- who answered what ------------------------------------------------------------------------


def marks(answers):
    """Return {(pupil, (lesson, question)): mark} of answers in their order;
    a mark is a key of MARKS.
    """
    found = {}
    for event in answers:
        what = event["payload"]
        key = event["pupil"], (what["lesson"], what["question"])
        if found.get(key) in ("first", "later", "shown"):
            continue
        if what["state"] == "right":
            found[key] = "shown" if what["shown"] else "later" if key in found else "first"
        else:
            found[key] = what["state"]
    return found


def exercise_marks(events):
    """Return {(pupil, (lesson, exercise)): mark} of the checked exercises."""
    found, shown = {}, set()
    for event in events:
        what = event["payload"]
        if not event["kind"].startswith("exercise") or not isinstance(what.get("exercise"), str):
            continue
        key = event["pupil"], (what["exercise"][:2], what["exercise"])
        if event["kind"] == "exercise_solution":
            shown.add(key)
        elif event["kind"] == "exercise" and found.get(key) not in ("first", "later", "shown"):
            right = "shown" if key in shown else "later" if key in found else "first"
            found[key] = right if what["state"] == "right" else "wrong"
    return found


def _grid(title, pupils, found, words):
    keys = sorted({key for _, key in found})
    if not keys:
        return ""
    head = "".join(
        f'<th class="q" title="{escape(words(key))}">{escape(key[0][:2])} '
        f"{escape(key[1].removeprefix(key[0][:2] + '-'))}</th>"
        for key in keys
    )
    marks = {p: "".join(_mark(found.get((p, key), "")) for key in keys) for p in pupils}
    rows = "".join(f"<tr><th>{escape(p)}</th>{marks[p]}</tr>" for p in pupils)
    legend = ", ".join(f"{sign} {said}" for sign, said, _ in MARKS.values() if sign)
    return (
        f"<h2>{title}</h2><p>{legend}.</p><div "
        f'class="wide"><table><tr><th>pupil</th>{head}</tr>{rows}</table></div>'
    )


def _mark(name):
    sign, said, colour = MARKS[name]
    return f'<td class="mark" style="background:{colour}" title="{said}">{sign}</td>'
