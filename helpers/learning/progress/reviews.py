"""What is due for review, spaced by `fsrs` (Free Spaced Repetition Scheduler).

It is pure Python, under the MIT licence, and the same at every reading once its fuzzing is off.
"""

from datetime import datetime, timezone

from helpers.learning.progress import own


def due(now=None):
    """Return [(due time, lesson, question id)] of the questions whose review is due, oldest first.

    now: an aware datetime; None is the present. A first right answer counts as good, one with a
    hint or after another try as hard, a wrong one as again (the ratings of fsrs). Nothing is due
    on the day of its last answer: a review comes the next day at the earliest.
    """
    now = now or datetime.now(timezone.utc)
    cards = own.fold("cards", _Cards, _Cards.take).cards
    return sorted(
        (max(card.due, _next_day(card.last_review)), *key)
        for key, card in cards.items()
        if card.due <= now and _next_day(card.last_review) <= now
    )


def _next_day(moment):
    """Return the first moment of the day after, where the learner lives."""
    from datetime import timedelta

    day = moment.astimezone() + timedelta(days=1)
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


class _Cards:
    """A card of the scheduler for every question answered."""

    def __init__(self):
        from fsrs import Scheduler  # here: it is needed in few lessons

        self.scheduler, self.cards, self.struggled = Scheduler(enable_fuzzing=False), {}, set()

    def take(self, event):
        """Take one event into account."""
        from fsrs import Card, Rating

        what = event["payload"]
        key = (what.get("lesson"), what.get("question"))
        if event["kind"] == "hint":
            self.struggled.add(key)
        if event["kind"] != "answer" or what["state"] not in ("right", "wrong", "partial"):
            return
        right = what["state"] == "right"
        rating = (Rating.Hard if key in self.struggled else Rating.Good) if right else Rating.Again
        # A clock that was ahead: nothing was answered later than now, or before the last answer.
        at = min(datetime.fromisoformat(event["at"]), datetime.now(timezone.utc))
        card = self.cards.get(key) or Card(card_id=1, due=at)
        at = max(at, card.last_review or at)
        self.cards[key], _ = self.scheduler.review_card(card, rating, review_datetime=at)
        (self.struggled.discard if right else self.struggled.add)(key)
