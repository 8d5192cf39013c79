"""A sheet for pencil, two to four pages: claims, guesses, what each core step asks, room to answer,
verdict; no values.

Made from the stored lesson and its banks; nothing is kept by hand. Class sheets show one set of
numbers, see `seed_of`.
"""

from helpers import figures
from helpers.learning import exercises
from helpers.learning.quiz import bank, fallback, rules, variants
from helpers.learning.quiz.session import public
from helpers.tables import sources
from helpers.teaching import paper, plan, slides
from helpers.teaching.words import without_tools

STYLE = """
@page { size: A4; margin: 12mm 14mm }
body { font: 9.8pt/1.28 "DejaVu Sans", Verdana, sans-serif; color: #000; max-width: 180mm;
  margin: 0 auto }
h1 { font-size: 16pt; margin: 0 0 2mm }
h2 { font-size: 11.5pt; margin: 3.5mm 0 1mm; break-after: avoid }
p { margin: 0 0 1.5mm }
.part { break-inside: avoid }
.line { border-bottom: 0.3mm solid #777; height: 6.5mm }
.line + p, table + p, .part + .part { margin-top: 2mm }
.who { display: flex; gap: 8mm; margin-bottom: 3mm }
.who span { flex: 1; border-bottom: 0.3mm solid #777; padding-bottom: 5mm }
.sketch { border: 0.3mm solid #777; height: 20mm; margin: 1.5mm 0; padding: 1mm; color: #555;
  font-size: 9pt }
ul { list-style: none; margin: 0 0 1.5mm; padding-left: 3mm }
li { margin-bottom: 0.6mm }
ol { margin: 0 0 1.5mm; padding-left: 8mm }
li.box { display: inline-block; margin-right: 7mm }
li.box::before { content: "\\2610\\00a0" }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt; break-inside: auto }
th, td { border: 0.3mm solid #777; padding: 1mm 1.5mm; text-align: left; vertical-align: top }
tr { break-inside: avoid }
.small { font-size: 9pt; color: #333 }
"""


def seed_of(word):
    """Return the seed of a class word, or that of the stored lessons without one (None)."""
    return variants.REFERENCE if word is None else variants.class_seed(word)


def worksheet(number, word=None):
    """Return the worksheet of the lesson `number` ("04") as one HTML page.

    word: the class word; its numbers stand in the questions. None: the numbers of the stored
    lesson.
    Raises plan.PlanError for a lesson that is not there.
    """
    path = plan.lesson_path(number)
    notebook = plan.read(path)
    title = plan.headings(notebook)[0].title
    seed = seed_of(word)
    parts = [
        f"<h1>{fallback.rich(title)}</h1>",
        '<div class="who"><span>Name</span><span>Class</span><span>Date</span></div>',
        _claims(number),
        _guesses(path.stem, notebook, seed),
        *_steps(path.stem, notebook, seed),
        _exercise(path.stem),
        _questions(path.stem, seed),
        _verdict(number),
        _dividend(number),
    ]
    return paper.page(f"Worksheet {title}", "\n".join(filter(None, parts)), STYLE)


def lines(count):
    """Return so many lines to write on."""
    return '<div class="line"></div>' * count


def _part(title, body):
    return f'<section class="part"><h2>{fallback.rich(title)}</h2>{body}</section>'


def claims_of(number):
    """Return the claims of a lesson as a list of dicts; lesson 00 tests none."""
    every = sources.claims()
    mine = [str(number) in found.split(";") for found in every["lessons"]]
    return every[mine].to_dict("records")


def _claims(number):
    rows = claims_of(number)
    items = "".join(
        f"<li>{fallback.rich(row['claim'])} <span class='small'>({fallback.rich(row['speaker'])}, "
        f"{row['said_on']})</span></li>"
        for row in rows
    )
    asked = "<p>What would you have to count or measure to test one of them?</p>" + lines(2)
    return _part("The claims", f"<ol>{items}</ol>{asked}") if rows else ""


def asked(question, seed):
    """Return the public words of a question in the variant of a seed."""
    return public(variants.resolve(question, seed))


def ask(words, room=1):
    """Return one question with boxes to tick or lines to write on."""
    prompt = without_tools(words["prompt"])
    text = f"<p>{fallback.rich(prompt)} <em>{fallback.say(words)}</em></p>"
    if words["kind"] in rules.PAIRED:
        left = "".join(f"<li>{fallback.rich(t)}: ____</li>" for _, t in words["left"])
        right = "".join(f"<li>{fallback.rich(t)}</li>" for _, t in words["right"])
        return f'{text}<ul>{left}</ul><ol type="A">{right}</ol>'
    if words.get("options"):
        mark = "" if words["kind"] == "order" else ' class="box"'
        blank = "____ " if words["kind"] == "order" else ""
        items = "".join(f"<li{mark}>{blank}{fallback.rich(t)}</li>" for _, t in words["options"])
        return f"{text}<ul>{items}</ul>"
    return text + lines(room)


def _guesses(lesson, notebook, seed):
    """Return the guesses of the start; a prediction that a step opens with stands in that step."""
    later = {name for cells in _of_steps(notebook).values() for name in _names(cells)}
    predict = [q for q in bank.load(lesson).questions if q.section == "predict"]
    chosen = [q for q in predict if q.id not in later]
    shown = "".join(ask(asked(q, seed)) for q in chosen)
    return _part("My guesses, before we compute", shown) if shown else ""


def _of_steps(notebook):
    """Return {title: cells} of the core steps; lesson 00 has none, and its parts with a figure
    count.
    """
    title, found = "", {}
    for cell in plan.core_cells(notebook):
        heading = plan.HEADING.search(cell.source) if cell.cell_type == "markdown" else None
        title = heading[2] if heading else title
        found.setdefault(title, []).append(cell)
    steps = {title: cells for title, cells in found.items() if title.startswith("Step ")}
    drawn = {title: cells for title, cells in found.items() if _figure(cells)}
    return steps or {title: cells for title, cells in drawn.items() if title != "The dividend"}


def _figure(cells):
    return any(figures.stored(output) for c in cells for output in c.get("outputs", []))


def _names(cells):
    """Return the ids of the questions that some cells ask one by one."""
    found = [slides.QUIZ.search(cell.source) for cell in cells]
    return [m[2] for m in found if m and m[2] and m[2] not in bank.SECTIONS]


def _steps(lesson, notebook, seed):
    """Return a part for each core step: what it asks, and room for what the figure says."""
    steps = _of_steps(notebook)
    return [_step(lesson, title, cells, seed) for title, cells in steps.items()]


def _step(lesson, title, cells, seed):
    chosen = bank.load(lesson)
    body = "".join(ask(asked(chosen[name], seed)) for name in _names(cells))
    if _figure(cells):
        body += '<div class="sketch">What I expect to see (sketch, with axes)</div>'
    return _part(title, f"{body}<p>What we found, with a number and its unit:</p>{lines(1)}")


def _exercise(lesson):
    if lesson not in exercises.lessons():
        return ""
    prompt = without_tools(exercises.load(lesson)[0].text["prompt"])
    return _part("Exercise", f"<p>{fallback.rich(prompt)}</p>{lines(3)}")


def _questions(lesson, seed):
    chosen = [q for q in bank.load(lesson).questions if q.section == "core"]
    each = "".join(f'<div class="part">{ask(asked(q, seed), room=2)}</div>' for q in chosen)
    return f"<section><h2>Check yourself</h2>{each}</section>"


def _verdict(number):
    rows = claims_of(number)
    if not rows:
        return ""
    head = "".join(f"<th>{verdict}</th>" for verdict in sources.WORDS)
    row = "".join("<td>&#x2610;</td>" for _ in sources.WORDS)
    numbered = "".join(f"<tr><td>Claim {i}</td>{row}</tr>" for i in range(1, len(rows) + 1))
    why = f"<p>My reason for one of them, with a number:</p>{lines(2)}"
    return _part("My verdicts", f"<table><tr><td></td>{head}</tr>{numbered}</table>{why}")


def _dividend(number):
    if number == "13":  # that one is of the learner's own design
        return ""
    names = ("The best partner alone", "All partners together", "One owner of the same size")
    rows = "".join(f"<tr><td>{name}</td><td></td><td></td></tr>" for name in names)
    table = f"<table><tr><td></td><th>value</th><th>unit</th></tr>{rows}</table>"
    return _part("The dividend", f"{table}<p>Where does sharing bring nothing?</p>{lines(1)}")
