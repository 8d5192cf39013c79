"""Times: UTC in pandas, Julian days for the sky. The one module that knows time scales."""

import numpy as np
import pandas as pd
from skyfield.api import load

from helpers.base import checks
from helpers.base.checks import NotAccepted
from helpers.base.constants import DAY_S, UNIX_EPOCH_JD
from helpers.base.places import Place as Place

TIMESCALE = load.timescale(builtin=True)  # built in: no file is fetched


def utc(time):
    """Return a time as a pandas Timestamp in UTC; text without a zone is taken as UTC.

    Raises NotAccepted when it is not a time.
    """
    try:
        stamp = pd.Timestamp(time)
    except (ValueError, TypeError):
        stamp = pd.NaT
    if stamp is pd.NaT:
        raise NotAccepted(f"{time!r} is not a time; accepted: such as '2025-04-24T09:17:00Z'")
    return stamp.tz_localize("UTC") if stamp.tz is None else stamp.tz_convert("UTC")


def index(when):
    """Return one time, or several, as a DatetimeIndex in UTC; times without a zone are taken as
    UTC.
    """
    if isinstance(when, pd.DatetimeIndex):
        return when.tz_localize("UTC") if when.tz is None else when.tz_convert("UTC")
    return pd.DatetimeIndex([utc(t) for t in np.atleast_1d(np.asarray(when, dtype=object))])


def times(start, hours=24.0, step_seconds=60.0):
    """Return UTC times from `start` over so many hours, both ends included, as a DatetimeIndex."""
    seconds = 3600 * checks.positive("hours", hours)
    count = int(seconds / checks.positive("step_seconds", step_seconds) + 1e-9) + 1
    return utc(start) + pd.to_timedelta((np.arange(count) * step_seconds * 1e6).round(), unit="us")


def julian(when):
    """Return (UTC Julian day, UTC fraction, UT1 fraction) of UTC times, arrays."""
    day, rest = np.divmod(index(when).as_unit("us").asi8, int(DAY_S * 1e6))
    fraction = rest / (DAY_S * 1e6)
    dut1 = TIMESCALE.utc(
        1970, 1, 1 + day
    ).dut1  # UT1 - UTC in seconds; it moves by a millisecond a day
    return day + UNIX_EPOCH_JD, fraction, fraction + dut1 / DAY_S


def as_text(julian):
    return f"{pd.Timestamp(round((julian - UNIX_EPOCH_JD) * DAY_S), unit='s'):%Y-%m-%d %H:%M} UTC"
