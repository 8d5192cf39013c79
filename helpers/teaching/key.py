"""The key of a lesson with values: every question in one set of numbers, exercises with solutions
and slips, verdicts, points.
"""

import html

from helpers.learning import exercises
from helpers.learning.quiz import bank, fallback, grading, variants
from helpers.teaching import paper, plan, worksheet

STYLE = (
    worksheet.STYLE
    + """
.answer { font-weight: bold; color: #004c78 }
pre { font-size: 9pt; background: #f3f3f0; padding: 2mm; white-space: pre-wrap }
"""
)
SECTIONS = {
    "before": "Before the course: ten questions, never graded",
    "predict": "Guesses",
    "step": "In the steps",
    "core": "Check yourself",
    "further": "Further questions",
    "after": "After the course: ten questions, never graded",
}


def key(number, word=None):
    """Return the key of the lesson `number` ("04") as one HTML page.

    word: the class word for which the values hold; None: the values of the stored lesson.
    Raises plan.PlanError for a lesson that is not there.
    """
    path = plan.lesson_path(number)
    notebook = plan.read(path)
    title = plan.headings(notebook)[0].title
    seed = worksheet.seed_of(word)
    chosen = [variants.resolve(q, seed) for q in bank.load(path.stem).questions]
    computed = plan.computed(notebook)
    holds = (
        f"The values hold for the class word <b>{html.escape(word)}</b>."
        if word
        else "The values are those of the stored lesson. Without a class word each learner has "
        "numbers of their own; the method is the same."
    )
    parts = [
        f"<h1>Key {fallback.rich(title)}</h1>",
        f"<p>{holds} Points of the questions in all: {_total(chosen)}.</p>",
    ]
    for section, name in SECTIONS.items():
        found = [_question(q, computed) for q in chosen if q.section == section]
        parts += [f"<h2>{name}</h2>", *found] if found else []
    if path.stem in exercises.lessons():
        parts.append("<h2>Exercises</h2>")
        parts += [_exercise(one) for one in exercises.load(path.stem)]
    rows = worksheet.claims_of(number)
    if rows:
        parts.append("<h2>Verdicts</h2>")
        parts += [_claim(row) for row in rows]
    return paper.page(f"Key {title}", "\n".join(parts), STYLE)


def _total(questions):
    return f"{sum(q.points for q in questions if q.counts):g}"


def _question(question, computed):
    """computed: what the lesson finds for its guesses, by question (`plan.computed`)."""
    words = question.text
    slips = "".join(
        f"<li><i>{fallback.rich(_slip(question, name))}</i>: {fallback.rich(said)}</li>"
        for name, said in words.get("feedback", {}).items()
    )
    points = f"{question.points:g} point" if question.counts else "kept, no points"
    said = computed.get(question.id, "") if question.kind == "estimate" else _answer(question)
    answer = f'<p class="answer">{said}</p>' if said else ""
    return (
        f'<div class="part"><p>{fallback.rich(words["prompt"])} <span '
        f'class="small">({points})</span></p>{answer}'
        f"<p>{fallback.rich(words['explanation'])}</p><ul>{slips}</ul></div>"
    )


def _answer(question):
    said = fallback.rich(grading.solution_words(question))
    if question.kind != "numeric":
        return said
    value, answer = question.answer["value"], question.answer
    room = answer.get("abs_tol", 0.0) + answer.get("rel_tol", 0.0) * abs(value)
    low, high = (variants.printed(value + sign * room) for sign in (-1, 1))
    return f"{said} (taken from {low} to {high})" if room else said


def _slip(question, name):
    """Return what stands on the paper when a learner makes the slip `name`."""
    if name in question.options:
        return question.options[name]
    wrong = question.wrong.get(name)
    if isinstance(wrong, list):
        return "; ".join(question.options.get(word, word) for word in wrong)
    if isinstance(wrong, dict):
        sides = question.text["left"], question.text["right"]
        return "; ".join(f"{sides[0][a]}: {sides[1][b]}" for a, b in wrong.items())
    return name if wrong is None else variants.printed(wrong)


def _exercise(one):
    slips = "".join(f"<li>{fallback.rich(said)}</li>" for said in one.text["wrong"].values())
    return (
        f'<div class="part"><p>{fallback.rich(one.text["prompt"])} <span '
        f'class="small">({one.id})</span></p>'
        f"<pre>{html.escape(one.solution.rstrip())}</pre><p>{fallback.rich(one.text['explanation'])}</p>"
        f"<p>Typical slips:</p><ul>{slips}</ul></div>"
    )


def _claim(row):
    dated = ", dated" if row["dated"] else ""
    return (
        f'<div class="part"><p>{fallback.rich(row["claim"])}</p><p '
        f'class="answer">{row["verdict"]}{dated}</p>'
        f"<p>{fallback.rich(row['evidence'])}</p></div>"
    )
