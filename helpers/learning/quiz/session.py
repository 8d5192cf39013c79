"""One quiz as a learner meets it: which questions, where each stands, what an action does.
Knows no widgets.

What leaves this module towards a page is `questions()` (words without answers) and `states()` (for
each question only what the learner has earned: feedback after an answer, hints that were asked for,
the answer once revealed).
"""

from datetime import datetime, timedelta, timezone

from helpers.learning import progress
from helpers.learning.quiz import bank, grading, rules, variants

# The same answer again within this time is one gesture (a double click), not a second attempt.
ONE_GESTURE = timedelta(seconds=2)


class Session:
    """The questions of a lesson, of one of its sections, or one of them,
    for the learner who is working.
    """

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
        self.learner = progress.who()

    def is_current(self):
        """Return whether the learner for whom these questions were shown
        is still the one who works.
        """
        return progress.who().nickname == self.learner.nickname

    def open(self):
        """Note in the log which questions are seen for the first time."""
        known = progress.items(self.bank.lesson)
        new = [q for q in self.asked if _item(known, q).state == "unseen"]
        for version in sorted({q.version for q in new}):
            progress.append(
                "shown",
                {
                    "lesson": self.bank.lesson,
                    "questions": [q.id for q in new if q.version == version],
                    "version": version,
                },
            )

    def _one(self, question):
        return _item(progress.items(question.lesson), question)

    @property
    def seed(self):
        """The seed of the numbers: that of the class word where the room has one,
        else the learner's own.
        """
        return variants.seed_for(self.learner.seed)

    def _resolved(self, question, item):
        """Return the question as this learner sees it;
        once answered, its variant stays, whoever answered.
        """
        return variants.resolve(question, item.seed or self.seed, item.nth)

    def questions(self):
        """Return what the page shows before any answer:
        a list of dicts with words, never a key or a feedback.
        """
        known = progress.items(self.bank.lesson)
        return [self._public(q, _item(known, q)) for q in self.asked]

    def _public(self, question, item):
        return public(self._resolved(question, item), self.learner.seed)

    def question(self, name):
        """Return the question that the page knows by this name;
        raise FileError when there is none.
        """
        return self.bank[name]

    def states(self):
        """Return {question id: what the learner has earned there}."""
        known = progress.items(self.bank.lesson)
        return {q.id: self._state(q, _item(known, q)) for q in self.asked}

    def _state(self, question, item=None):
        item = item or self._one(question)
        now = self._resolved(question, item)
        words = {
            "state": item.state,
            "attempts": item.attempts,
            "raw": item.raw,
            "feedback": [],
            "hints": now.text.get("hints", [])[: item.hints],
            "solved": item.solved and item.state != "right",
        }
        if question.section in bank.TESTS:
            return {"state": "kept", "raw": item.raw, "feedback": [KEPT]} if item.answered else {}
        if item.raw is not None and item.state != "invalid":
            words["feedback"] = feedback(now, grading.grade(now, item.raw))
        if item.revealed:
            words |= {"answer": grading.solution_words(now), "explanation": now.text["explanation"]}
            words["feedback"] = words["feedback"] if item.state != "revealed" else []
        elif item.state in ("right", "compared"):
            words["explanation"] = now.text["explanation"]
        return {
            name: value for name, value in words.items() if value
        }  # what is empty need not travel

    def act(self, do, name, raw=None):
        """Do what a learner asked for and return the question's new state.

        do: "check" (with raw), "hint", "reveal" or "another". Anything else, and an unknown
        question, is refused with ValueError.
        """
        question = self.question(name)
        if not isinstance(do, str) or do not in ACTIONS:
            raise bank.FileError(f"{do!r} is not accepted; accepted: {', '.join(ACTIONS)}")
        return ACTIONS[do](self, question, raw)

    def _payload(self, question, **more):
        return {
            "lesson": question.lesson,
            "question": question.id,
            "version": question.version,
        } | more

    def _check(self, question, raw):
        item = self._one(question)
        result = grading.grade(self._resolved(question, item), raw)
        if result.state == "invalid":  # costs no attempt, and is no event: the log keeps answers
            return self._state(question, item) | {
                "state": "invalid",
                "feedback": list(result.feedback),
            }
        if question.kind == "estimate" and item.state == "compared":
            return self._state(question, item) | {"feedback": [CLOSED]}
        if question.section in bank.TESTS:
            if item.answered:
                return self._state(question, item) | {"feedback": [_first_stays(question, item)]}
            result = grading.Result("kept")
        if item.raw == raw and _just_now(item.at):
            return self._state(question, item)
        progress.append(
            "answer",
            self._payload(
                question,
                state=result.state,
                raw=raw,
                score=round(result.score, 4),
                nth=item.nth,
                seed=item.seed or self.seed,
                hints=item.hints,
                attempt=item.attempts + 1,
            ),
        )
        return self._state(question)

    def _hint(self, question, raw):
        item = self._one(question)
        if item.hints < len(question.text.get("hints", [])):
            progress.append("hint", self._payload(question, hints=item.hints + 1))
        return self._state(question)

    def _reveal(self, question, raw):
        # Never before a first attempt.
        if self._one(question).attempts and question.counts:
            progress.append("revealed", self._payload(question))
        return self._state(question)

    def _another(self, question, raw):
        item = self._one(question)
        if question.params and item.attempts:
            more = {"nth": item.nth + 1, "seed": self.seed}
            progress.append("another", self._payload(question, **more))
        return self._state(question)


ACTIONS = {
    "check": Session._check,
    "hint": Session._hint,
    "reveal": Session._reveal,
    "another": Session._another,
}


KEPT = "You will see it again when you have answered all ten of lesson 13."
CLOSED = "The value was shown since, so your first estimate stays; this one is not kept."


def _item(known, question):
    item = known.get((question.lesson, question.id), progress.Item())
    return item if item.version == question.version else progress.Item()


def _first_stays(question, item):
    return f"Your first answer stays: {question.options.get(item.raw, item.raw)}."


def _just_now(at):
    return bool(at) and abs(datetime.now(timezone.utc) - datetime.fromisoformat(at)) < ONE_GESTURE


def public(question, seed=variants.REFERENCE):
    """Return the words of a resolved question that may be seen before it is answered.

    seed: of the learner; it decides the order of the options.
    """
    words = {
        "id": question.id,
        "kind": question.kind,
        "prompt": question.text["prompt"],
        "hints": len(question.text.get("hints", [])),
    }
    if question.kind in ("single", "multiple", "order", "place"):
        words["options"] = [[name, question.options[name]] for name in order_shown(question, seed)]
    if question.kind in rules.PAIRED:
        words["left"] = [[name, text] for name, text in question.text["left"].items()]
        words["right"] = [
            [name, question.text["right"][name]]
            for name in variants.shuffled(question, question.text["right"], "right", seed)
        ]
    if question.kind == "label":
        words["figure"] = question.figure
    if question.kind in ("numeric", "estimate"):
        words["unit"] = question.answer["unit"]
    if question.kind == "place":
        words["places"] = {
            name: [question.places[name]["lat"], question.places[name]["lon"]]
            for name, _ in words["options"]
        }
    if question.params:
        words["variants"] = True
    if question.section in bank.TESTS:
        words["keep"] = True
    return words


def order_shown(question, seed=variants.REFERENCE):
    """Return the option ids in the order that the learner of this seed sees;
    never the right one of an order question.
    """
    if question.kind == "order":
        shown = variants.shuffled(question, question.options, "options", seed)
        return shown if shown != question.answer else shown[1:] + shown[:1]
    return (
        variants.shuffled(question, question.options, "options", seed)
        if question.shuffle
        else list(question.options)
    )


GENERAL = {
    "numeric": "Read the question again, and try once more.",
    "multiple": "Something is missing, or something is ticked too much.",
    "order": "Some of it is in the right order, some is not yet.",
    "match": "Some pairs fit, some do not yet.",
    "label": "Some names stand where they belong, some do not yet.",
}


def feedback(question, result):
    """Return the list of feedback sentences of a graded answer;
    a wrong answer that nobody foresaw gets a general one.
    """
    if result.feedback or result.state not in ("wrong", "partial"):
        return list(result.feedback)
    return [GENERAL["numeric"] if result.state == "wrong" else GENERAL[question.kind]]
