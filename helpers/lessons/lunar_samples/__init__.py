"""Drawings of lesson 05: ages of several teams, the crater curve, titanium in basalts, a melt."""

from helpers.lessons.lunar_samples.craters import (
    chronologies,
    dated_places,
    far_from,
    tied_curve,
)
from helpers.lessons.lunar_samples.dating import (
    ages,
    apart,
    belief,
    beliefs,
    both_readings,
    disagreement,
    fourth,
    isochron,
    parcels,
    two_ages,
    weighed,
    widened,
)
from helpers.lessons.lunar_samples.rocks import melts, oxides
