"""Where a learner stands with each question and exercise:
what events sum up to, one after another.
"""

from dataclasses import asdict, dataclass


@dataclass
class Item:
    """Where a learner stands with one question."""

    state: str = "unseen"  # of the last answer
    attempts: int = 0  # at this variant, until it was right
    score: float = 0.0  # the best
    hints: int = 0
    nth: int = 0  # how many times "another one like this" was asked for
    raw: object = None  # the last answer, as typed
    version: int = 0
    revealed: bool = False
    seed: str = ""  # of the variant that was answered: it stays, whoever answered it
    at: str = ""  # when the last answer was given
    answered: bool = False  # once at least, in any variant
    solved: bool = False  # once right, without the answer being shown: it stays
    practice: int = 0  # answers after that


def _step(found, event):
    step = STEPS.get(event["kind"])
    if step is None:
        return
    what = event["payload"]
    for question in what["questions"] if "questions" in what else [what["question"]]:
        key = (what["lesson"], question)
        item = found.get(key)
        # A question that was rewritten starts anew.
        if item is None or what.get("version", item.version) != item.version:
            item = found[key] = Item(version=what.get("version", 0))
        step(item, what, event["at"])


def _shown(item, what, at):
    item.state = "shown" if item.state == "unseen" else item.state


def _answer(item, what, at):
    if what["state"] == "invalid":  # costs no attempt
        return
    item.state, item.raw, item.at = what["state"], what["raw"], at
    item.nth, item.seed = what.get("nth", 0), what.get("seed", "")
    item.attempts += 1
    item.answered = True
    if item.solved:
        item.practice += 1
    elif not item.revealed:  # with the answer on the page it earns nothing
        item.score = max(item.score, what["score"])
        item.solved = what["state"] == "right"


def _hint(item, what, at):
    item.hints = max(item.hints, what["hints"])


def _revealed(item, what, at):
    item.state, item.revealed = "revealed", True


def _another(item, what, at):
    item.state, item.nth, item.seed = "shown", what["nth"], what.get("seed", "")
    item.raw, item.hints, item.attempts, item.revealed = None, 0, 0, False


def _compared(item, what, at):
    item.state = "compared"


STEPS = {
    "shown": _shown,
    "compared": _compared,
    "answer": _answer,
    "hint": _hint,
    "revealed": _revealed,
    "another": _another,
}


def _check(found, event):
    if event["kind"] != "exercise":
        return
    name = event["payload"]["exercise"]
    state, checks = found.get(name, ("", 0))
    found[name] = ("right" if state == "right" else event["payload"]["state"], checks + 1)


def _items_written(found):
    return [[*key, asdict(item)] for key, item in found.items()]


def _items_read(rows):
    return {(lesson, question): Item(**item) for lesson, question, item in rows}


def _exercises_read(found):
    return {name: (state, checks) for name, (state, checks) in found.items()}


# name of a fold -> (how it starts, its step, its value as JSON, its value from JSON)
FOLDS = {
    "items": (dict, _step, _items_written, _items_read),
    "exercises": (dict, _check, dict, _exercises_read),
}
