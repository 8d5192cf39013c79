"""One quiz as a learner meets it: which questions, where each stands, what an action does. Knows no widgets.

What leaves this module towards a page is `questions()` (words without answers) and `states()` (for each question
only what the learner has earned: feedback after an answer, hints that were asked for, the answer once revealed).
"""

from helpers.learning import progress
from helpers.learning.quiz import bank, grading, variants

MAX_RAW = 4000  # characters of an answer that the log keeps


class Session:
    """The questions of a lesson, of one of its sections, or one of them, for the learner who is working."""

    def __init__(self, lesson, section=None, question=None):
        self.bank = bank.load(lesson)
        self.asked = (
            [self.bank[question]]
            if question
            else self.bank.section(section)
            if section
            else self.bank.questions
        )
        self.title = self.bank.title
        self.problem = ""

    def open(self):
        """Note in the log which questions are seen for the first time."""
        known = progress.items(self.bank.lesson)
        new = [
            q
            for q in self.asked
            if known.get((q.lesson, q.id), progress.Item()).version != q.version
        ]
        for version in sorted({q.version for q in new}):
            progress.append(
                "shown",
                {
                    "lesson": self.bank.lesson,
                    "questions": [q.id for q in new if q.version == version],
                    "version": version,
                },
            )

    def _item(self, question):
        item = progress.items(question.lesson).get((question.lesson, question.id), progress.Item())
        return item if item.version == question.version else progress.Item()

    def _resolved(self, question, item):
        return variants.resolve(question, progress.who().seed, item.nth)

    def questions(self):
        """Return what the page shows before any answer: a list of dicts with words, never a key or a feedback."""
        return [public(self._resolved(q, self._item(q))) for q in self.asked]

    def states(self):
        """Return {question id: what the learner has earned there}."""
        return {q.id: self._state(q) for q in self.asked}

    def _state(self, question):
        item = self._item(question)
        now = self._resolved(question, item)
        words = {
            "state": item.state,
            "attempts": item.attempts,
            "raw": item.raw,
            "feedback": [],
            "hints": now.text.get("hints", [])[: item.hints],
        }
        if item.raw is not None and item.state != "invalid":
            words["feedback"] = feedback(now, grading.grade(now, item.raw))
        if item.revealed:
            words |= {"answer": grading.solution_words(now), "explanation": now.text["explanation"]}
            words["feedback"] = words["feedback"] if item.state != "revealed" else []
        elif item.state == "right":
            words["explanation"] = now.text["explanation"]
        return {
            name: value for name, value in words.items() if value
        }  # what is empty need not travel

    def act(self, do, name, raw=None):
        """Do what a learner asked for and return the question's new state.

        do: "check" (with raw), "hint", "reveal" or "another". Anything else, and an unknown question, is refused with ValueError.
        """
        question = self.bank[name]
        if not isinstance(do, str) or do not in ACTIONS:
            raise bank.BankError(f"{do!r} is not accepted; accepted: {', '.join(ACTIONS)}")
        return ACTIONS[do](self, question, raw)

    def _payload(self, question, **more):
        return {
            "lesson": question.lesson,
            "question": question.id,
            "version": question.version,
        } | more

    def _check(self, question, raw):
        item = self._item(question)
        now = self._resolved(question, item)
        result = grading.grade(now, raw)
        if result.state == "invalid":  # costs no attempt, and is no event: the log keeps answers
            return self._state(question) | {"state": "invalid", "feedback": list(result.feedback)}
        if question.kind == "estimate" and item.state == "compared":
            return self._state(question)
        progress.append(
            "answer",
            self._payload(
                question,
                state=result.state,
                raw=raw,
                score=round(result.score, 4),
                nth=item.nth,
                hints=item.hints,
                attempt=item.attempts + 1,
            ),
        )
        return self._state(question)

    def _hint(self, question, raw):
        item = self._item(question)
        if item.hints < len(question.text.get("hints", [])):
            progress.append("hint", self._payload(question, hints=item.hints + 1))
        return self._state(question)

    def _reveal(self, question, raw):
        if (
            self._item(question).attempts and question.kind != "estimate"
        ):  # never before a first attempt
            progress.append("revealed", self._payload(question))
        return self._state(question)

    def _another(self, question, raw):
        if question.params and self._item(question).attempts:
            progress.append("another", self._payload(question, nth=self._item(question).nth + 1))
        return self._state(question)


ACTIONS = {
    "check": Session._check,
    "hint": Session._hint,
    "reveal": Session._reveal,
    "another": Session._another,
}


def public(question):
    """Return the words of a resolved question that may be seen before it is answered."""
    words = {
        "id": question.id,
        "kind": question.kind,
        "prompt": question.text["prompt"],
        "hints": len(question.text.get("hints", [])),
    }
    if question.kind in ("single", "multiple", "order", "place"):
        words["options"] = [[name, question.options[name]] for name in order_shown(question)]
    if question.kind == "match":
        words["left"] = [[name, text] for name, text in question.text["left"].items()]
        words["right"] = [
            [name, question.text["right"][name]]
            for name in variants.shuffled(question, question.text["right"], "right")
        ]
    if question.kind in ("numeric", "estimate"):
        words["unit"] = question.answer["unit"]
    if question.kind == "place":
        words["places"] = {name: [p["lat"], p["lon"]] for name, p in question.places.items()}
    if question.params:
        words["variants"] = True
    return words


def order_shown(question):
    """Return the option ids in the order in which every learner sees them; never the right one of an order question."""
    if question.kind == "order":
        shown = variants.shuffled(question, question.options, "options")
        return shown if shown != question.answer else shown[1:] + shown[:1]
    return (
        variants.shuffled(question, question.options, "options")
        if question.shuffle
        else list(question.options)
    )


GENERAL = {
    "numeric": "Read the question again, and try once more.",
    "multiple": "Something is missing, or something is ticked too much.",
    "order": "Some of it is in the right order, some is not yet.",
    "match": "Some pairs fit, some do not yet.",
}


def feedback(question, result):
    """Return the list of feedback sentences of a graded answer; a wrong answer that nobody foresaw gets a general one."""
    if result.feedback or result.state not in ("wrong", "partial"):
        return list(result.feedback)
    return [GENERAL["numeric"] if result.state == "wrong" else GENERAL[question.kind]]
