"""Item statistics over a folder of collected logs: how hard a question is, and whether it tells those who know from those who do not.

Only a learner's first answer to a question counts, which is what classical test theory describes.
"""

import json
from pathlib import Path

import pandas as pd

from helpers.learning.progress import log


class LogError(ValueError):
    """A folder that holds no logs."""


def answers(folder):
    """Return the answer events of all logs under `folder` in order of time, each with `file`; lines that cannot be read are left out.

    folder: a Path or text; logs of many learners may lie in folders of their own.
    Raises LogError when there is no log at all.
    """
    files = sorted(Path(folder).rglob("*.jsonl"))
    if not files:
        raise LogError(
            f"no logs under {str(folder)!r}; accepted: a folder that holds learners' log folders (*.jsonl)"
        )
    found = {}  # a log that was collected twice counts once
    for file in files:
        for event, line in _events(file):
            named = event | {"file": str(file.parent.relative_to(folder))}
            found.setdefault(log.identity(event, line), named)
    return sorted(found.values(), key=log.key)


def _events(file):
    """Return [(event, line)] of the answers in one file; raise LogError when it cannot be opened."""
    try:
        lines = file.read_bytes().split(b"\n")
    except OSError as problem:
        raise LogError(
            f"{file}: {problem.strerror or problem}; accepted: a log that can be read"
        ) from None
    kept = [found for line in lines if (found := log.parse(line)) and _is_answer(found[0])]
    missing = {"hints": 0, "nth": 0, "attempt": 1, "version": 1}
    return [(event | {"payload": missing | event["payload"]}, line) for event, line in kept]


def _is_answer(event):
    return event["kind"] == "answer" and event["payload"]["state"] != "invalid"


def first_answers(folder):
    """Return a table of first answers: learner (folder and nickname), question, score; estimates are left out."""
    rows = [
        {
            "learner": f"{e['file']}/{e['who']}",
            "lesson": e["payload"]["lesson"],
            "question": e["payload"]["question"],
            "version": e["payload"]["version"],
            "score": e["payload"]["score"],
            "hints": e["payload"]["hints"],
            "raw": json.dumps(e["payload"]["raw"], ensure_ascii=False),
        }
        for e in answers(folder)
        if e["payload"]["state"] != "kept"
    ]
    table = pd.DataFrame(
        rows, columns=["learner", "lesson", "question", "version", "score", "hints", "raw"]
    )
    return table.drop_duplicates(["learner", "lesson", "question", "version"])


def items(folder):
    """Return a table with a row for each question: learners, facility, discrimination, hints, and the commonest wrong answer.

    facility: mean score of the first answers, 0 to 1. discrimination: correlation between the score on the question and
    the mean score on the other questions (the corrected item-total correlation), from -1 to 1; missing below three
    learners or when all scored the same.
    """
    first = first_answers(folder)
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
