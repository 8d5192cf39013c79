"""Item statistics over a folder of collected logs: how hard a question is, and whether it tells
those who know from those who do not.

Only a learner's first answer to a question counts, which is what classical test theory describes.
"""

import json

import pandas as pd

from helpers.teaching import collected
from helpers.teaching.collected import LogError  # noqa: F401  (what `answers` raises)

MISSING = {"hints": 0, "nth": 0, "attempt": 1, "version": 1}


def answers(folder, lesson=None, since=None):
    """Return the answer events of all logs under `folder` in their order, each with `pupil`.

    `shown` in the payload says whether the answer had been shown to that pupil before.
    folder, lesson, since: see `collected.read`. Raises LogError when there is no log at all.
    """
    shown, found = set(), []
    for event in collected.read(folder, lesson, since).of("revealed", "answer"):
        what = event["payload"]
        asked = event["pupil"], what["lesson"], what["question"]
        if event["kind"] == "revealed":
            shown.add(asked)
        elif _is_answer(event):
            found.append(event | {"payload": MISSING | what | {"shown": asked in shown}})
    return found


def graded(folder, lesson=None, since=None):
    """Return the answers that were graded: those of `answers` without estimates, which are kept."""
    return [e for e in answers(folder, lesson, since) if e["payload"]["state"] != "kept"]


def _is_answer(event):
    return event["payload"]["state"] != "invalid"


def first_answers(folder, lesson=None, since=None):
    """Return a table of first answers: learner (folder and nickname), question, score; estimates
    are left out.
    """
    rows = [
        {
            "learner": e["pupil"],
            "lesson": e["payload"]["lesson"],
            "question": e["payload"]["question"],
            "version": e["payload"]["version"],
            "score": e["payload"]["score"],
            "hints": e["payload"]["hints"],
            "raw": json.dumps(e["payload"]["raw"], ensure_ascii=False),
        }
        for e in graded(folder, lesson, since)
    ]
    table = pd.DataFrame(
        rows, columns=["learner", "lesson", "question", "version", "score", "hints", "raw"]
    )
    return table.drop_duplicates(["learner", "lesson", "question", "version"])


def items(folder, lesson=None, since=None):
    """Return a table with a row for each question: learners, facility, discrimination, hints, and
    the commonest wrong answer.

    facility: mean score of the first answers, 0 to 1. discrimination: correlation between the score
    on the question and the mean score on the other questions (the corrected item-total
    correlation), from -1 to 1; missing below three learners or when all scored the same.
    """
    first = first_answers(folder, lesson, since)
    rows = []
    for key, group in first.groupby(["lesson", "question", "version"], sort=True):
        wrong = group.loc[group["score"] < 1, "raw"].value_counts()
        rows.append(
            [
                *key,
                len(group),
                group["score"].mean(),
                _discrimination(first, group),
                group["hints"].mean(),
                min(wrong[wrong == wrong.max()].index, default=""),
            ]
        )
    return pd.DataFrame(
        rows,
        columns=[
            "lesson",
            "question",
            "version",
            "learners",
            "facility",
            "discrimination",
            "hints",
            "commonest wrong",
        ],
    )


def _discrimination(first, group):
    others = first.drop(group.index)
    rest = others[others["lesson"] == group["lesson"].iloc[0]].groupby("learner")["score"].mean()
    both = (
        group.set_index("learner")["score"]
        .to_frame("item")
        .join(rest.rename("rest"), how="inner")
        .dropna()
    )
    if len(both) < 3 or both["item"].nunique() == 1 or both["rest"].nunique() == 1:
        return float("nan")
    return both["item"].corr(both["rest"])
