"""Keep a lesson's dividend in the learner's log, so that the capstone can put all of them side by side."""
from helpers import progress
from helpers.dividend import Dividend, DividendError, from_payload


def dividend(lesson, dividend):
    """Write the dividend of a lesson to the log and return it, so that a cell that ends in this call shows it.

    lesson: two digits such as "02". Raises DividendError when these are not a lesson and a Dividend.
    """
    if not (isinstance(lesson, str) and len(lesson) == 2 and lesson.isdigit()):
        raise DividendError(f"lesson = {lesson!r}; accepted: two digits as text, such as '02'")
    if not isinstance(dividend, Dividend):
        raise DividendError(f"dividend = {dividend!r}; accepted: a Dividend(question, unit, better, alone, together)")
    progress.append("dividend", {"lesson": lesson, **dividend.payload()})
    return dividend


def dividends():
    """Return a dict of lesson -> the Dividend last written for it, in order of the lessons; what is not readable is left out."""
    latest = {}
    for event in progress.events("dividend"):
        try:
            payload = dict(event["payload"])
            lesson = payload.pop("lesson")
            latest[lesson] = from_payload(payload)
        except (KeyError, TypeError, ValueError):
            continue
    return dict(sorted(latest.items()))
