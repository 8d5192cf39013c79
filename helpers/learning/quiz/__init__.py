"""Quizzes: `show` a quiz, `ask` one question, `review` what is due, `compare` an estimate with a
value.
"""


def show(lesson, section=None):
    """Return the quiz of a lesson, or of one of its sections, as something a notebook shows.

    lesson: such as "02_station_orbit". section: "predict", "core" or "further", in 00 "before", in
    13 "after"; None is all of them.
    Raises FileError (a ValueError) for a lesson or section that is not there.
    """
    from helpers.learning.quiz import view  # here, so that reading a bank does not load the widgets

    return view.show(lesson, section)


def ask(lesson, question):
    """Return one question of a lesson's quiz; an unknown id raises FileError that lists what there
    is.
    """
    from helpers.learning.quiz import view

    return view.ask(lesson, question)


def review(number=3):
    """Return the oldest questions that are due for review, of all lessons, as a quiz.

    number: how many at most. What you answered today is due tomorrow at the earliest; run the cell
    again for the next ones. Raises ReviewError for another number than 1 to 20.
    """
    from helpers.learning.quiz import view

    return view.review(number)


def compare(lesson, question, value):
    """Return your kept estimate beside a computed value, as a small drawing with a sentence.

    value: in the unit of the question. Without a kept estimate the sentence states the value alone.
    """
    from helpers.learning.quiz import estimates

    return estimates.compare(lesson, question, value)
