"""Where an object is through a span of time, as a place on the turning Earth sees it.

Positions come from SGP4 on a grid of a minute; between the grid points a cubic through position
and velocity is within a metre, so that no further SGP4 call is needed.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from helpers.base import checks
from helpers.science import orbits


STEP_S = 60.0


@dataclass(frozen=True, eq=False)
class Track:
    """Where an object is over a span of time: seconds (N,), position (3, N) km and velocity (3, N)
    km/s, Earth-fixed.
    """

    element_set: orbits.ElementSet
    start: pd.Timestamp
    seconds: np.ndarray
    position: np.ndarray
    velocity: np.ndarray

    @property
    def hours(self):
        return self.seconds[-1] / 3600

    def at(self, seconds):
        """Return position and velocity, each (3, ...), by the cubic through neighbouring points
        (Hermite).
        """
        h = self.seconds[1] - self.seconds[0]
        i = np.clip((seconds // h).astype(int), 0, len(self.seconds) - 2)
        t = (seconds - self.seconds[i]) / h
        p0, p1, m0, m1 = (
            self.position[:, i],
            self.position[:, i + 1],
            h * self.velocity[:, i],
            h * self.velocity[:, i + 1],
        )
        a, b = 2 * (p0 - p1) + m0 + m1, 3 * (p1 - p0) - 2 * m0 - m1
        return p0 + t * (m0 + t * (b + t * a)), (m0 + t * (2 * b + 3 * t * a)) / h

    def time(self, seconds):
        """Return UTC times, rounded to a tenth of a second."""
        return self.start + pd.to_timedelta(
            np.round(np.asarray(seconds) * 10) * 100, unit="ms"
        ).as_unit("us")


def track(element_set, start, hours=24.0, step_seconds=STEP_S, max_age_days=orbits.MAX_AGE_DAYS):
    """Return the Track of an element set from `start` over so many hours; the last few asked for
    are kept.
    """
    return _track(
        element_set, orbits.utc(start), float(hours), float(step_seconds), float(max_age_days)
    )


@lru_cache(maxsize=16)
def _track(element_set, start, hours, step, max_age_days):
    steps = int(np.ceil(checks.positive("hours", hours) * 3600 / step))
    seconds = np.linspace(0.0, hours * 3600, steps + 1)
    when = start + pd.to_timedelta((seconds * 1e6).round(), unit="us")
    return Track(element_set, start, seconds, *orbits.position(element_set, when, max_age_days))
