"""The questions that are due for review, of all lessons, as one quiz."""

from helpers.learning import progress
from helpers.learning.quiz import bank
from helpers.learning.quiz.session import Session

MOST = 20  # questions in one review


class ReviewError(ValueError):
    """A number of questions that no review has."""


class Review(Session):
    """The oldest questions that are due, each asked anew: a number question with other numbers."""

    def __init__(self, number=3, now=None):
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= MOST:
            raise ReviewError(f"number = {number!r}; accepted: a whole number from 1 to {MOST}")
        self.learner = progress.who()
        due = _due(now)
        # Two lessons may have a question of one name; the page knows each by its place.
        self.named = {str(i): question for i, question in enumerate(due[:number], 1)}
        self.title = _title(len(self.named), len(due))

    @property
    def asked(self):
        """The questions, as a reader without a kernel sees them."""
        return list(self.named.values())

    def open(self):
        """Ask anew: what was answered before is not on the page, so it gives nothing away."""
        for question in self.named.values():
            item = self._one(question)
            if item.attempts:
                more = {"nth": item.nth + 1, "seed": self.seed}
                progress.append("another", self._payload(question, **more))

    def questions(self):
        """Return the words of each question, with the lesson that it comes from."""
        return [self._words(name, q) for name, q in self.named.items()]

    def _words(self, name, question):
        words = self._public(question, self._one(question))
        prompt = f"Lesson {question.lesson[:2]}. {words['prompt']}"
        return words | {"id": name, "prompt": prompt}

    def states(self):
        """Return {name on the page: what the learner has earned there}."""
        return {name: self._state(question) for name, question in self.named.items()}

    def question(self, name):
        """Return the question that the page knows by this name."""
        if name not in self.named:
            raise bank.FileError(f"no question {name!r}; accepted: {', '.join(self.named)}")
        return self.named[name]


def _due(now):
    """Return the questions that are due and still in their banks, the oldest first."""
    found = []
    for _, lesson, name in progress.due(now):
        try:
            found.append(bank.load(lesson)[name])
        except bank.FileError:  # a lesson or question that a later course no longer has
            continue
    return found


def _title(shown, due):
    if not due:
        return "Nothing is due for review. What you answer today comes back tomorrow or later."
    return f"Review: {shown} of {due} due"
