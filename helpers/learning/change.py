"""Ten questions before the course and ten after it, in pairs: what changed for a learner. Shown,
never graded.
"""

from html import escape

from helpers.learning import progress
from helpers.learning.quiz import bank, grading

BEFORE, AFTER = ("00_start_here", "before"), ("13_capstone", "after")


def pairs():
    """Return [(question before, question after)]: the same misconception, in another setting with
    other numbers.
    """
    first, then = (bank.load(lesson).section(section) for lesson, section in (BEFORE, AFTER))
    later = {question.id.removeprefix("after-"): question for question in then}
    return [(question, later[question.id.removeprefix("before-")]) for question in first]


def seen_through(question, raw):
    """Return whether an answer avoids the misconception that the question is about; raw: as the
    page sent it.
    """
    return grading.grade(question, raw).state == "right"


class Changed:
    """What changed for the learner who is working: by misconception, and the questions worth
    another look.
    """

    def __init__(self):
        mine = progress.items()
        self.answers = [tuple(_answer(mine, question) for question in pair) for pair in pairs()]
        self.items = mine

    @property
    def is_complete(self):
        """Whether all questions after the course are answered: before that nothing is given
        away.
        """
        return all(after is not None for _, after in self.answers)

    def rows(self):
        """Return [(misconception, seen through before, after)], such as ("…", "0 of 2", "2 of 2");
        "–" where not asked.
        """
        found = {}
        for (question, _), answers in zip(pairs(), self.answers):
            found.setdefault(question.objective, []).append(answers)
        return [(words, *map(_of, zip(*answers))) for words, answers in found.items()]

    def again(self):
        """Return [(prompt, your answer, what the course says)] of the answers after the course that
        fell for it.
        """
        found = []
        for (_, question), (_, right) in zip(pairs(), self.answers):
            if right is False:
                raw = self.items[question.lesson, question.id].raw
                said = " ".join(
                    [*grading.grade(question, raw).feedback, question.text["explanation"]]
                )
                found.append((question.text["prompt"], question.options[raw], said))
        return found

    def __repr__(self):
        if not self.is_complete:
            return WAITING
        lines = [HEAD, *(f"{words}: {one}, then {two}" for words, one, two in self.rows())]
        lines += [f"- {prompt} You: {mine}. {said}" for prompt, mine, said in self.again()]
        return "\n".join([*lines, NO_MARK])

    def _repr_html_(self):
        if not self.is_complete:
            return f"<p>{WAITING}</p>"
        left = 'style="text-align:left"'
        rows = "".join(
            f"<tr><td {left}>{escape(words)}</td><td>{one}</td><td>{two}</td></tr>"
            for words, one, two in self.rows()
        )
        head = f"<tr><th {left}>What many think</th><th>before</th><th>after</th></tr>"
        again = "".join(
            f"<li>{escape(prompt)}<br>You: {escape(mine)}. {escape(said)}</li>"
            for prompt, mine, said in self.again()
        )
        look = f"<p>Worth another look:</p><ul>{again}</ul>" if again else ""
        table = f"<table>{head}{rows}</table>"
        return f"<p><strong>{HEAD}</strong></p>{table}{look}<p>{NO_MARK}</p>"


HEAD = "How often you saw through it"
NO_MARK = (
    "This is no mark, and it is in no score. Ten questions are few: one more or less says nothing."
)
WAITING = "Answer the ten questions above, then run this cell again."


def _answer(mine, question):
    """Return whether a question was seen through, or None where it has no answer of this
    version.
    """
    item = mine.get((question.lesson, question.id))
    if item is None or item.raw is None or item.version != question.version:
        return None
    return seen_through(question, item.raw)


def _of(answers):
    given = [right for right in answers if right is not None]
    return f"{sum(given)} of {len(given)}" if given else "–"
