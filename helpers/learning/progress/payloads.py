"""What an event of the log holds, by kind: a line that another version or hand wrote stops no
lesson.
"""

from datetime import datetime

FORMAT = 1  # of the lines of the log; written into each as "v"
MOST = 2**53  # of a counter: what every JSON reader takes for a whole number
NUMBER = (int, float)
STATES = ("invalid", "wrong", "partial", "right", "kept")
# kind -> {field: types}; a kind not named here is read by no fold and passes
QUESTION = {"lesson": (str,), "question": (str,)}
REQUIRED = {
    "answer": QUESTION | {"state": (str,)},
    "hint": QUESTION | {"hints": (int,)},
    "revealed": QUESTION,
    "another": QUESTION | {"nth": (int,)},
    "shown": {"lesson": (str,), "questions": (list,)},
    "compared": QUESTION,
    "exercise": {"exercise": (str,), "state": (str,)},
    "verdict": {"claim": (str,), "verdict": (str,)},
    "class": QUESTION | {"guesses": (list,)},
    "signed_in": {"seed": (str,)},
    "taken_over": {"from": (str,)},
}
OPTIONAL = {
    **dict.fromkeys(("version", "nth", "hints", "attempt"), (int,)),
    "score": NUMBER,
    "seed": (str,),
}


def is_event(event):
    """Return whether event (anything that JSON can hold) is an event that the folds can read.

    It has at, who and kind as text, n as a whole number, a payload with the fields of its kind,
    and a time with its zone. What a later format holds is not known, so it is not read.
    """
    if type(event) is not dict or event.get("v", FORMAT) != FORMAT:
        return False
    if not (_counts(event.get("n")) and _counts(event.get("turn", 0))):
        return False
    texts = event.get("at"), event.get("who"), event.get("kind"), event.get("id", "")
    payload = event.get("payload")
    if {*map(type, texts)} != {str} or type(payload) is not dict or not _has_zone(event["at"]):
        return False
    return _holds(event["kind"], payload)


def _holds(kind, payload):
    if kind not in REQUIRED:
        return True
    # type() and not isinstance: True is an int to Python and no number to a learner's log.
    for name, types in REQUIRED[kind].items():
        if type(payload.get(name)) not in types:
            return False
    for name, types in OPTIONAL.items():
        if name in payload and type(payload[name]) not in types:
            return False
    if kind == "shown":
        return all(type(q) is str for q in payload["questions"])
    if kind == "class":
        return all(type(g) in NUMBER for g in payload["guesses"])
    return kind != "answer" or _is_graded(payload)


def _is_graded(payload):
    if payload["state"] == "invalid":  # such answers count for nothing
        return True
    return "raw" in payload and payload["state"] in STATES and 0 <= payload.get("score", -1) <= 1


def _counts(value):
    return type(value) is int and 0 <= value < MOST


def _has_zone(text):
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
