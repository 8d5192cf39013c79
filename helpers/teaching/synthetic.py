"""A class that never was: 24 synthetic pupils on 24 machines,
to try the class results with before there is a class.

Each has an ability and each question a hardness (a Rasch model); who misses takes the misconception
that the question knows, in the pupil's own numbers. The same seed gives the same class.

G. Rasch, "Probabilistic Models for Some Intelligence and Attainment Tests" (Copenhagen, 1960).
"""

import json
from pathlib import Path

import numpy as np

from helpers.learning import change, dividends, exercises
from helpers.learning.quiz import bank, grading, variants
from helpers.tables import sources

PUPILS, SEED = 24, 7
LESSONS = {"04_lunar_missions": "2026-03-02", "08_weather_watch": "2026-03-09"}
# The day of the ten questions before and after the course, and how much easier they are by then.
TESTS = {"2026-03-01": 0.0, "2026-06-12": 1.0}


def write(folder):
    """Write the logs of the synthetic class into `folder`, one folder a machine,
    and return it as a Path.

    Three pupils kept the nickname "learner"; the last machine holds a file that is no log of the
    course.
    """
    chance = np.random.default_rng(SEED)
    for i in range(PUPILS):
        name = "learner" if i < 3 else f"synthetic {i + 1:02d}"
        pupil = _Pupil(f"{i:08x}", name, float(chance.normal(0.6, 1.2)), chance)
        for lesson, day in LESSONS.items():
            if chance.random() > 0.06:  # somebody is always ill
                pupil.work(lesson, day)
        pupil.chance = np.random.default_rng([SEED, i])
        pupil.answer_tests()
        home = Path(folder) / f"pc{i + 1:02d}" / "log"
        home.mkdir(parents=True, exist_ok=True)
        (home / "synthetic.jsonl").write_text("\n".join(pupil.lines) + "\n", encoding="utf-8")
    (home / "foreign.jsonl").write_text('{"no": "log"}\n', encoding="utf-8")
    return Path(folder)


class _Pupil:
    """One pupil at work: `lines` are those of the log."""

    def __init__(self, machine, name, ability, chance):
        self.machine, self.name, self.ability, self.chance = machine, name, ability, chance
        self.lines = []

    def work(self, lesson, day):
        """Answer the predictions and core questions of a lesson, check an exercise,
        choose verdicts.
        """
        for question in bank.load(lesson).questions:
            if question.section in ("predict", "core"):
                self._answer(lesson, day, question)
        first = exercises.load(lesson)[0].id
        state = "right" if self._knows(0.2) else "wrong"
        self._note(day, "exercise", lesson=lesson, exercise=first, state=state)
        if self._knows(-0.5):
            kept = dividends.of_course()[lesson[:2]]
            self._note(day, "dividend", lesson=lesson[:2], **kept.payload())
        for row in sources.claims().itertuples():
            if lesson[:2] in row.lessons.split(";"):
                said = row.verdict if self._knows(0.5) else str(self.chance.choice(sources.WORDS))
                self._note(day, "verdict", claim=row.id, verdict=said)

    def answer_tests(self):
        """Answer the ten questions before the course and the ten after it."""
        for side, (day, learned) in zip(zip(*change.pairs()), TESTS.items()):
            for question in side:
                seen = self._knows(_hardness(question) - learned)
                fit = [o for o in question.options if change.seen_through(question, o) == seen]
                raw = str(self.chance.choice(fit))
                self._note_result(question.lesson, day, question, raw, 1, grading.Result("kept"))

    def _knows(self, hardness):
        return self.chance.random() < 1 / (1 + np.exp(hardness - self.ability))

    def _answer(self, lesson, day, question):
        now = variants.resolve(question, self.machine)
        if question.kind == "estimate":
            return self._note_answer(lesson, day, now, self._guess(now), 1)
        if not self._knows(_hardness(question)):
            self._note_answer(lesson, day, now, self._slip(now), 1)
            if self.chance.random() < 0.4:
                self._note(day, "revealed", lesson=lesson, question=question.id, version=1)
        self._note_answer(lesson, day, now, grading.solution(now), 2)

    def _guess(self, question):
        low, high = question.answer["range"]
        return f"{low + (high - low) * self.chance.beta(2, 3):.0f} {question.answer['unit']}"

    def _slip(self, question):
        """Return a wrong answer: the option or the number of a
        misconception that the question knows.
        """
        if question.kind in ("single", "place"):
            wrong = [name for name in question.options if name != question.answer]
            return wrong[int(self.chance.random() ** 2 * len(wrong))]
        if question.kind == "numeric" and question.wrong:
            return f"{next(iter(question.wrong.values())):.5g} {question.answer['unit']}"
        if question.kind == "multiple":
            return sorted(question.options)
        if question.kind == "order":
            return list(question.answer)[::-1]
        return "0" if question.kind in ("numeric", "text") else {}

    def _note_answer(self, lesson, day, question, raw, attempt):
        self._note_result(lesson, day, question, raw, attempt, grading.grade(question, raw))

    def _note_result(self, lesson, day, question, raw, attempt, result):
        self._note(
            day,
            "answer",
            lesson=lesson,
            question=question.id,
            version=question.version,
            state=result.state,
            raw=raw,
            score=round(result.score, 4),
            nth=0,
            seed=self.machine,
            hints=0,
            attempt=attempt,
        )

    def _note(self, day, kind, /, **payload):
        n = len(self.lines) + 1
        at = f"{day}T09:{n // 60:02d}:{n % 60:02d}+00:00"
        event = {"v": 1, "id": self.machine, "n": n, "turn": n, "at": at, "who": self.name}
        self.lines.append(
            json.dumps(event | {"kind": kind, "payload": payload}, ensure_ascii=False)
        )


def _hardness(question):
    """Return how hard a question is taken to be:
    from its id, so that it does not change with its place.
    """
    return (sum(question.id.encode()) % 20) / 10 - 1
