"""The normalised gain of a class: ten questions before the course (00), ten after it (13), from a
folder of logs.

R. R. Hake, "Interactive-engagement versus traditional methods", American Journal of Physics 66
(1998), 64-74, doi:10.1119/1.18809: of what a class could still learn, the share that it did learn.
"""

import collections
from dataclasses import dataclass, field
from statistics import mean

from helpers.learning import change
from helpers.teaching import statistics


class GainError(ValueError):
    """A mean score that is none."""


def normalised(before, after):
    """Return Hake's gain <g> = (after - before) / (100 - before) of two means in percent; below 0
    is a loss.

    None where before is 100: nothing was left to learn. Raises GainError for what is no percentage.
    """
    for name, value in (("before", before), ("after", after)):
        if not 0 <= value <= 100:
            raise GainError(f"{name} = {value!r}; accepted: a mean from 0 to 100 percent")
    return None if before == 100 else (after - before) / (100 - before)


@dataclass(frozen=True)
class ClassGain:
    """What a class answered before and after the course; means count only pupils who answered all
    of both.
    """

    scores: dict  # pupil -> (percent before, percent after), of those who answered all of both
    missing: dict = field(default_factory=dict)  # "before" and "after": pupils without a whole test
    thoughts: dict = field(default_factory=dict)  # misconception -> (percent before, percent after)

    @property
    def before(self):
        """Mean before the course in percent, or None without pupils."""
        return mean(one for one, _ in self.scores.values()) if self.scores else None

    @property
    def after(self):
        """Mean after the course in percent, or None without pupils."""
        return mean(two for _, two in self.scores.values()) if self.scores else None

    @property
    def gain(self):
        """The normalised gain, or None where it does not exist."""
        return normalised(self.before, self.after) if self.scores else None

    def without_one(self):
        """Return (lowest, highest) gain of the class with one pupil left out: how far a single one
        moves it.

        None below three pupils.
        """
        if len(self.scores) < 3:
            return None
        left = [
            ClassGain({p: s for p, s in self.scores.items() if p != out}) for out in self.scores
        ]
        found = [one.gain for one in left if one.gain is not None]
        return (min(found), max(found)) if found else None


def of_class(folder, since=None):
    """Return the ClassGain of a folder of collected logs; the first answer to each question counts.

    folder, since: see `collected.read`. Raises collected.LogError when there is no log at all.
    """
    given = _first_answers(folder, since)
    pairs, scores, missing, thoughts = change.pairs(), {}, {"before": [], "after": []}, {}
    marks = collections.defaultdict(list)
    for pupil, mine in sorted(given.items()):
        sides = [[mine.get(question.id) for question in side] for side in zip(*pairs)]
        lacking = [name for name, side in zip(missing, sides) if None in side]
        for name in lacking:
            missing[name].append(pupil)
        if not lacking:
            scores[pupil] = tuple(100 * mean(side) for side in sides)
            for (question, _), *both in zip(pairs, *sides):
                marks[question.objective].append(both)
    for words, both in marks.items():
        thoughts[words] = tuple(100 * mean(side) for side in zip(*both))
    return ClassGain(scores, missing, thoughts)


def _first_answers(folder, since):
    """Return {pupil: {question id: seen through}} of all pupils who answered one of the twenty."""
    asked = {(q.lesson, q.id, q.version): q for pair in change.pairs() for q in pair}
    found = collections.defaultdict(dict)
    for event in statistics.answers(folder, None, since):
        what = event["payload"]
        question = asked.get((what["lesson"], what["question"], what["version"]))
        if question is not None:
            right = change.seen_through(question, what["raw"])
            found[event["pupil"]].setdefault(question.id, right)
    return found
