"""Results of a class for a notebook: pictures with their sentences first, tables behind them.

`read(folder)` gives the ClassResults of a folder of collected logs; each picture is one function of
it.
"""

import collections
import textwrap
from dataclasses import dataclass
from functools import cached_property

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Markdown
from matplotlib.colors import ListedColormap

from helpers import figures
from helpers.tables import data, sources
from helpers.teaching import collected, gain, report, statistics

LEAST = 0.2  # discrimination above which a question tells pupils apart


@dataclass(frozen=True)
class ClassResults:
    """What was read of a class; lesson and since are the filters."""

    folder: object
    lesson: str | None
    since: str | None
    found: collected.Collected

    @cached_property
    def pupils(self):
        """Names of all pupils, sorted: folder and nickname."""
        return sorted({event["pupil"] for event in self.found.events})

    @cached_property
    def answers(self):
        """Answers to questions, without estimates, in their order."""
        return statistics.graded(self.found)

    @cached_property
    def items(self):
        """The table of the questions: see statistics.items."""
        return statistics.items(self.found)

    def __repr__(self):
        days = sorted(event["at"][:10] for event in self.found.events)
        span = f"{days[0]} to {days[-1]}" if days else "no day"
        lines = [f"{len(self.pupils)} pupils, {len(self.answers)} answers, {span}."]
        return "\n".join(lines + [f"Left out: {problem}" for problem in self.found.problems])


def read(folder, lesson=None, since=None):
    """Return the ClassResults of a folder of collected logs.

    lesson: two digits as text, or None for all. since: a day such as "2026-03-01", or None.
    Raises collected.LogError when there is no log at all, and for a day that is none.
    """
    return ClassResults(folder, lesson, since, collected.read(folder, lesson, since))


# --- pictures ---------------------------------------------------------------------------------


def hard(results):
    """Show how many first answers to each question were right, hardest first."""
    if not len(results.items):
        return print("No question was answered.")
    items = results.items.sort_values("facility", ascending=False)
    fig, ax = plt.subplots(figsize=(10, 1.6 + 0.5 * len(items)))
    tells = items["discrimination"] >= LEAST
    colours = np.where(tells, figures.COLOURS["blue"], figures.COLOURS["orange"])
    names = items["lesson"].str[:2] + " " + items["question"]
    ax.barh(names, 100 * items["facility"], color=colours)
    ax.set(xlim=(0, 100), xlabel="first answers that were right (%)")
    hardest = items.iloc[-1]
    return figures.show(
        fig,
        f"Hardest: {names.iloc[-1]}, right at first for {hardest['facility']:.0%} of "
        f"{hardest['learners']} pupils. "
        f"{tells.sum()} of {len(items)} questions (blue) tell pupils apart: a discrimination of at "
        f"least {LEAST}.",
    )


def grid(results, what="questions"):
    """Show pupils x questions, or pupils x exercises (what="exercises"):
    one square a pupil and question.
    """
    if what == "questions":
        found = report.marks(results.answers)
    else:
        found = report.exercise_marks(results.found.events)
    keys = sorted({key for _, key in found})
    if not keys:
        return print(f"No {what} in these logs.")
    kinds = list(report.MARKS)
    table = np.array(
        [[kinds.index(found.get((pupil, key), "")) for key in keys] for pupil in results.pupils]
    )
    fig, ax = plt.subplots(figsize=(10, 1.8 + 0.3 * len(results.pupils)))
    colours = ListedColormap([report.MARKS[kind][2] for kind in kinds])
    ax.pcolormesh(table, cmap=colours, vmin=-0.5, vmax=len(kinds) - 0.5, edgecolor="white")
    for (row, column), value in np.ndenumerate(table):
        ax.text(column + 0.5, row + 0.5, report.MARKS[kinds[value]][0], ha="center", va="center")
    ax.set_xticks(np.arange(len(keys)) + 0.5, [_short(key) for key in keys])
    ax.set_yticks(np.arange(len(results.pupils)) + 0.5, results.pupils)
    ax.tick_params(labelsize=11)
    ax.invert_yaxis()
    ax.grid(False)
    counts = collections.Counter(kinds[value] for value in table.flat)
    said = ", ".join(
        f"{sign or 'empty'} {words} {counts[k]}" for k, (sign, words, _) in report.MARKS.items()
    )
    return figures.show(fig, f"{len(results.pupils)} pupils, {len(keys)} {what}: {said}.")


def _short(key):
    lesson, name = key
    return f"{lesson[:2]}\n" + "\n".join(name.removeprefix(f"{lesson[:2]}-").split("-"))


def verdicts(results):
    """Show which of the six words the class chose for each claim;
    a first word counts. The course's word is in brackets.
    """
    chosen = _first_verdicts(results)
    if not chosen:
        return print("No verdict was chosen.")
    claims = data.table("claims").set_index("id")
    counts = collections.Counter((claim, word) for (claim, _), word in chosen.items())
    ids = [name for name in claims.index if any(claim == name for claim, _ in chosen)]
    fig, ax = plt.subplots(figsize=(10, 2.2 + 0.45 * len(ids)))
    left = np.zeros(len(ids))
    palette = list(figures.COLOURS.values())
    for word, colour in zip(sources.WORDS, palette):
        share = np.array([counts[name, word] for name in ids])
        ax.barh(ids, share, left=left, label=word, color=colour)
        left += share
    ax.set(xlabel="pupils")
    ax.invert_yaxis()
    ax.legend(ncols=3, loc="lower center", bbox_to_anchor=(0.3, 1.0))
    same = [
        np.mean(
            [
                word == claims["verdict"][name]
                for (claim, _), word in chosen.items()
                if claim == name
            ]
        )
        for name in ids
    ]
    far = int(np.argmin(same))
    return figures.show(
        fig,
        f"{len(ids)} claims. The class is farthest from the course's word on {ids[far]}: "
        f'{same[far]:.0%} chose "{claims["verdict"][ids[far]]}".',
    )


def _first_verdicts(results):
    chosen = {}
    for event in results.found.of("verdict"):
        what = event["payload"]
        chosen.setdefault((what["claim"], event["pupil"]), what["verdict"])
    known = set(data.table("claims")["id"])
    return {key: word for key, word in chosen.items() if key[0] in known}


# --- tables -----------------------------------------------------------------------------------


def _table(head, rows):
    """Return a table as Markdown, which a notebook shows and a test compares."""
    cells = [[str(value).replace("|", "/").replace("\n", " ") for value in row] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *cells]]
    return Markdown("\n".join(lines))


def thoughts(results, most=8):
    """Return a table of the commonest wrong answers in words:
    pupils, question, what the course said to that answer.
    """
    rows = [
        (count, f"{lesson[:2]} {report.question_words((lesson, name))}", said)
        for count, lesson, name, said in report.thoughts(results.answers)[:most]
    ]
    return _table(["pupils", "question", "what the course said to their answer"], rows)


def claims(results):
    """Return a table of the claims that the class judged: name, claim, how many pupils chose each
    of the six words, the course's word.
    """
    counts = collections.Counter((c, word) for (c, _), word in _first_verdicts(results).items())
    judged = {claim for claim, _ in counts}
    every = data.table("claims")
    rows = [
        (row.id, row.claim, *(counts[row.id, word] or "" for word in sources.WORDS), row.verdict)
        for row in every[every["id"].isin(judged)].itertuples()
    ]
    return _table(["name", "claim", *sources.WORDS, "the course's word"], rows)


def dividends(results):
    """Return a table of the dividends that pupils kept, with their values."""
    return _table(report.DIVIDEND_HEAD, report.dividend_rows(results.found.of("dividend")))


def exercise_words(results):
    """Return a table of the exercises in these logs and what they ask."""
    ids = sorted({e["payload"]["exercise"] for e in results.found.of("exercise")})
    rows = [(name, report.exercise_words((name[:2], name))) for name in ids]
    return _table(["exercise", "what it asks"], rows)


def items(results):
    """Return the table behind `hard`: pupils, facility, discrimination, hints of each question."""
    names = ["lesson", "question", "learners", "facility", "discrimination", "hints"]
    return _table(names, results.items[names].round(2).to_numpy().tolist())


def changed(results):
    """Show what the class saw through before the course and after it, misconception by
    misconception, with the normalised gain.
    """
    found = gain.of_class(results.folder, results.since)
    if not found.thoughts:
        return print(report.gain_words(found))
    names = ["\n".join(textwrap.wrap(words, 40)) for words in found.thoughts]
    before, after = np.array(list(found.thoughts.values())).T
    fig, ax = plt.subplots(figsize=(10, 1.6 + 0.7 * len(names)))
    ax.hlines(names, before, after, color=figures.GREY, lw=3)
    for share, when, colour in ((before, "before", "orange"), (after, "after", "blue")):
        ax.scatter(share, names, s=90, color=figures.COLOURS[colour], label=when, zorder=3)
    ax.set(xlim=(0, 100), xlabel="pupils who see through it (%)")
    ax.invert_yaxis()
    ax.legend(ncols=2, loc="lower right", bbox_to_anchor=(1.0, 1.0))
    return figures.show(fig, report.gain_words(found))
