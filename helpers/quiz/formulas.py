"""Formulas for variants that no science module offers, and that need no more than arithmetic."""
from helpers.quiz.variants import register


@register
def ratio(top, bottom):
    """Return top divided by bottom."""
    return top / bottom


@register
def product(first, second):
    """Return first times second."""
    return first * second


@register
def difference(first, second):
    """Return first minus second."""
    return first - second


@register
def share(part, whole):
    """Return part of whole as a fraction; `gives: "1"` with `unit: "%"` makes it percent."""
    return part / whole
