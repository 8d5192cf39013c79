"""The self-test of every question and exercise:
``python -m tests.learning.quiz.selftest [02_station_orbit ...]`` prints what is wrong.

For each question, in 50 variants where it has parameters: the right answers are accepted, every
distractor is refused with its own feedback, malformed input is invalid. For each exercise: the
solution is right, the stub is not attempted, every typical wrong answer gets its own message.
"""

import sys

from helpers.learning import exercises
from helpers.learning.quiz import bank, grading, rules, variants

SEEDS = 50
MALFORMED = [
    None,
    7,
    True,
    float("nan"),
    {"a": [1]},
    [[]],
    "",
    "   ",
    "\x00",
    "<img src=x onerror=alert(1)>",
]  # for every kind


def raw_distractors(question):
    """Return {feedback name: answer as the page sends it} of a resolved question."""
    if question.kind in ("single", "place"):
        return {name: name for name in rules.distractors(question)}
    if question.kind == "multiple":
        return {name: [*question.answer, name] for name in rules.distractors(question)}
    if question.kind == "numeric":
        return {name: repr(value) for name, value in question.wrong.items()}
    if question.kind == "text":
        return {f"{name}": text for name, texts in question.wrong.items() for text in texts}
    if question.kind in rules.PAIRED:
        return {
            name: {
                left: pairs.get(left, next(iter(question.text["right"])))
                for left in question.answer
            }
            for name, pairs in question.wrong.items()
        }
    return dict(question.wrong)


def question_problems(question):
    """Return a list of sentences on what is wrong with a question, empty when all is well."""
    found = []
    for number in range(SEEDS if question.params else 1):
        seed = f"seed {number}" if question.params else variants.REFERENCE
        one = variants.resolve(question, seed)
        found += [
            f"{question.lesson}, {question.id}, {seed}: {text}" for text in _variant_problems(one)
        ]
    reference = variants.resolve(question)
    say = lambda text: found.append(f"{question.lesson}, {question.id}: {text}")
    for raw in question.test["right"]:
        result = grading.grade(reference, raw)
        if result.state != ("kept" if question.kind == "estimate" else "right"):
            say(f"test.right {raw!r} is {result.state} ({'; '.join(result.feedback)})")
    for name, raws in question.test.get("wrong", {}).items():
        for raw in (
            raws
            if isinstance(raws, list) and question.kind not in ("multiple", "order")
            else [raws]
        ):
            result = grading.grade(reference, raw)
            if name not in result.keys or result.state not in ("wrong", "partial"):
                say(
                    f"test.wrong {raw!r} is {result.state} with feedback {result.keys}, not "
                    f"{name!r}"
                )
    for raw in question.test["malformed"]:
        if grading.grade(reference, raw).state != "invalid":
            say(f"test.malformed {raw!r} is {grading.grade(reference, raw).state}, not invalid")
    return found


def _variant_problems(question):
    if (
        question.kind != "estimate"
        and grading.grade(question, grading.solution(question)).state != "right"
    ):
        yield f"its own answer {grading.solution(question)!r} is not accepted"
    for name, raw in raw_distractors(question).items():
        result = grading.grade(question, raw)
        if result.state not in ("wrong", "partial"):
            yield f"the distractor {name!r} ({raw!r}) is {result.state}"
        elif question.text["feedback"].get(name) not in result.feedback:
            yield (
                f"the distractor {name!r} ({raw!r}) does not bring its feedback, but "
                f"{result.feedback}"
            )
    for raw in MALFORMED:
        if (
            not (question.kind == "text" and raw == MALFORMED[-1])
            and grading.grade(question, raw).state != "invalid"
        ):
            yield f"{raw!r} is {grading.grade(question, raw).state}, not invalid"


def exercise_problems(exercise):
    """Return a list of sentences on what is wrong with an exercise, empty when all is well."""
    found, seen = [], {}
    say = lambda text: found.append(f"{exercise.lesson}, {exercise.id}: {text}")
    for what, code, state in [
        ("stub", exercise.stub, "not attempted"),
        ("solution", exercise.solution, "right"),
    ]:
        answer = exercises.check(exercise.id, exercises.run(exercise, code))
        if answer.state != state:
            say(f"the {what} is {answer.state!r}, not {state!r} ({' '.join(answer.sentences)})")
    for name, code in exercise.wrong.items():
        answer = exercises.check(exercise.id, exercises.run(exercise, code))
        message = " ".join(answer.sentences)
        if answer.state != "not yet" or message != exercise.text["wrong"][name]:
            say(
                f"the wrong answer {name!r} is {answer.state!r} with {message!r}, not with its own "
                "message"
            )
        if message in seen:
            say(f"the wrong answers {name!r} and {seen[message]!r} have the same message")
        seen[message] = name
    return found


def main(wanted):
    """Print the problems of the lessons named (none named: all) and return how many there are."""
    found = []
    for name in bank.lessons():
        if not wanted or name in wanted:
            found += [p for q in bank.load(name).questions for p in question_problems(q)]
            print(name, len(bank.load(name).questions), "questions")
    for name in exercises.lessons():
        if not wanted or name in wanted:
            found += [p for e in exercises.load(name) for p in exercise_problems(e)]
            print(name, len(exercises.load(name)), "exercises")
    print("\n".join(found) or "all right")
    return len(found)


if __name__ == "__main__":
    import os
    import tempfile

    with tempfile.TemporaryDirectory() as home:
        os.environ["SHARED_ORBITS_HOME"] = home
        sys.exit(bool(main(sys.argv[1:])))
