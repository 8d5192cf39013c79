"""Quizzes: `show` a quiz, `ask` one question, `compare` a kept estimate with a computed value, `class_mode` for a whole class."""


def show(lesson, section=None):
    """Return the quiz of a lesson, or of one of its sections, as something a notebook shows.

    lesson: such as "02_station_orbit". section: "predict", "core" or "further"; None is all of them.
    Raises BankError (a ValueError) for a lesson or section that is not there.
    """
    from helpers.quiz import view  # here, so that reading a bank does not load the widgets

    return view.show(lesson, section)


def ask(lesson, question):
    """Return one question of a lesson's quiz; an unknown id raises BankError that lists what there is."""
    from helpers.quiz import view

    return view.ask(lesson, question)


def compare(lesson, question, value):
    """Return your kept estimate beside a computed value, as a small drawing with a sentence.

    value: in the unit of the question. Without a kept estimate the sentence states the value alone.
    """
    from helpers.quiz import estimates

    return estimates.compare(lesson, question, value)


def class_mode(lesson, question, value=None):
    """Return a form that takes the guesses of a class for one estimate, and draws them beside `value`."""
    from helpers.quiz import classroom as form

    return form.show(lesson, question, value)
