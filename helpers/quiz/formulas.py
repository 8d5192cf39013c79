"""Formulas for variants that no science module offers, and that need no more than arithmetic."""
from helpers import orbits
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


@register
def sum_of_two_spans(first_start, first_end, second_start, second_end):
    """Return the lengths of two spans added up, as if they could not overlap."""
    return first_end - first_start + second_end - second_start


@register
def double_burn(height_change_km, height_km):
    """Return the burn of a learner who forgets the 2 in dh = 2 a dv / v, m/s."""
    return 2 * orbits.burn_speed_change_m_s(height_change_km, height_km)


@register
def burn_with_height_for_distance(height_change_km, height_km):
    """Return the burn of a learner who puts the height for the distance from the Earth's centre, m/s."""
    return 1000 * height_change_km * orbits.speed_km_s(height_km) / (2 * height_km)
