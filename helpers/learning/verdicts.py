"""Your verdict before the course's: which of the six words fits a claim, chosen first and kept in
the log.
"""

from dataclasses import dataclass

from helpers.learning import progress
from helpers.tables import data, sources


class VerdictError(ValueError):
    """A choice of claims that cannot be shown, or a word that is none of the six."""


@dataclass(frozen=True)
class Own:
    """What a learner says of a claim: the first word, chosen before the course's was seen, and the
    latest one.
    """

    first: str
    now: str


def own():
    """Return {claim id: Own} of the learner who is working."""
    found = {}
    for event in progress.events("verdict"):
        claim, word = event["payload"].get("claim"), event["payload"].get("verdict")
        if isinstance(claim, str) and word in sources.WORDS:
            found[claim] = Own(found[claim].first if claim in found else word, word)
    return found


def claims(*which):
    """Return the claims asked for, as a list of dicts.

    which: two digits of a lesson, such as "09", or ids of claims, such as "bds_everywhere".
    Raises VerdictError for nothing, or for what is neither.
    """
    every = data.table("claims").to_dict("records")
    if len(which) == 1 and isinstance(which[0], str) and which[0].isdigit():
        found = [row for row in every if which[0] in row["lessons"].split(";")]
    else:
        by_id = {row["id"]: row for row in every}
        found = [by_id[name] for name in which if isinstance(name, str) and name in by_id]
    tested = [row for row in found if row["verdict"] != "open"]
    if not tested or (len(which) > 1 and len(tested) < len(which)):
        near = [n for name in which for n in data.nearest(str(name), [r["id"] for r in every])]
        hint = f"; near: {', '.join(near)}" if near else ""
        raise VerdictError(
            f"no tested claims {', '.join(map(repr, which)) or '(none named)'}{hint}; "
            "accepted: two digits of a lesson that tests claims, such as '09', or ids of claims"
        )
    return tested


# --- one step, as the quiz view shows it ----------------------------------------------------------


class Step:
    """The claims of one verdict step, in the form of a quiz session: words first, the course's only
    after a choice.
    """

    def __init__(self, *which):
        self.rows = {row["id"]: row for row in claims(*which)}
        self.title = "Your verdict first: which of the six words fits?"
        self.learner = progress.who()

    def is_current(self):
        """Return True: what shows is always what the learner who works now has chosen (see
        verdict_view).
        """
        return True

    def open(self):
        """Nothing is noted when a step is shown; a choice is."""

    def questions(self):
        """Return what the page shows before any choice; the first claim explains the words."""
        return [
            {
                "id": name,
                "kind": "single",
                "prompt": f"{row['claim']} ({row['speaker']}, {row['said_on']})",
                "hints": 0,
                "options": [[word, option(word, number == 0)] for word in sources.WORDS],
            }
            for number, (name, row) in enumerate(self.rows.items())
        ]

    def states(self):
        """Return {claim id: what the learner has earned there}: nothing before a choice."""
        mine = own()
        return {name: _state(row, mine.get(name)) for name, row in self.rows.items()}

    def act(self, do, name, raw=None):
        """Keep a choice and return the new state of its claim.

        Raises VerdictError for another claim; what is none of the six words is not counted.
        """
        if name not in self.rows:
            raise VerdictError(f"{name!r} is not asked here; accepted: {', '.join(self.rows)}")
        if do == "check" and raw in sources.WORDS:
            progress.append("verdict", {"claim": name, "verdict": raw})
        state = _state(self.rows[name], own().get(name))
        if do == "check" and raw not in sources.WORDS:
            return state | {"state": "invalid", "feedback": ["Choose one of the six words first."]}
        return state


def option(word, explained):
    """Return a verdict as an option, with its meaning where it stands for the first time."""
    return f"{word}: {sources.VERDICTS[word]}" if explained else word


def course_says(row):
    """Return the course's verdict with its flag."""
    return row["verdict"] + (", dated" if row["dated"] else "")


def _state(row, mine):
    if mine is None:
        return {}
    said = [f"You, before you saw it: {mine.first}. The course: {course_says(row)}."]
    if mine.now != mine.first:
        said.append(f"You now say: {mine.now}.")
    if mine.now != row["verdict"]:
        meaning = sources.VERDICTS
        said.append(
            _reply(row["id"], mine.now)
            or f"“{mine.now}” would mean: {meaning[mine.now]}. "
            f"“{row['verdict']}” means: {meaning[row['verdict']]}."
        )
    return {
        "state": "kept",
        "raw": mine.now,
        "feedback": said,
        "explanation": f"Evidence: {row['evidence']}",
    }


def _reply(claim, word):
    """Return what the course answers to a word that it did not choose, "" where nothing is
    written.
    """
    table = data.table("verdict_replies")
    found = table[(table["claim"] == claim) & (table["chosen"] == word)]["reply"]
    return found.iloc[0] if len(found) else ""
