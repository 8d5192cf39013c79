"""Drawings of lesson 06: partners on the way to the Moon, what they signed, and their projects."""

from helpers.lessons.lunar_partners.graph import DrawingError, named, network, parties
from helpers.lessons.lunar_partners.projects import (
    doors,
    endings,
    slips,
    squares,
    told_of,
)
from helpers.lessons.lunar_partners.signatures import (
    access,
    draws,
    grown,
    guests,
    incomes,
    seventeen,
)
