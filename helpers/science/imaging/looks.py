"""Counting looks: which are usable, the gaps between them, and how long until the first one."""

from functools import lru_cache

import numpy as np
import pandas as pd

from helpers.base import checks, doors, intervals
from helpers.base.checks import NotAccepted
from helpers.science import orbits
from helpers.science.imaging.exact import interval


@doors.takes(looks=doors.rows("sensor", "sun_deg"))
def usable(looks, optical_sun_deg=0.0, sensor=None):
    """Return the windows in which something can be seen: radar always, optical only by day.

    looks: from `windows`; optical_sun_deg: least elevation of the Sun for an optical look (0: above
    the horizon; -90 switches the condition off); sensor: "optical" or "radar" keeps only that kind.
    """
    if sensor not in (None, "optical", "radar"):
        raise NotAccepted(f"sensor {sensor!r}; accepted: 'optical', 'radar' or None for both")
    keep = (looks["sensor"] == "radar") | (looks["sun_deg"] >= optical_sun_deg)
    return looks[keep if sensor is None else keep & (looks["sensor"] == sensor)]


@doors.takes(rows=doors.table, owners=doors.some)
def of_owners(rows, owners, column="owner"):
    """Return the rows (satellites or windows) of some owners, or of some homes with column="home".

    Raises NotAccepted for an owner without a row; it lists those there are.
    """
    owners = [owners] if isinstance(owners, str) else list(owners)
    unknown = sorted(set(owners) - set(rows[column]))
    if unknown:
        raise NotAccepted(
            f"nothing of {', '.join(unknown)} here; there is something of: "
            f"{', '.join(sorted(set(rows[column])))}"
        )
    return rows[rows[column].isin(owners)]


def first_look(looks, after):
    """Return the first window (a Series, with `hours` after the event) that is open at or after a
    time, or None.

    A window already open at that time counts as 0 hours.
    """
    after = orbits.utc(after)
    left = looks[looks["closes"] > after].sort_values("opens", kind="stable")
    if left.empty:
        return None
    row = left.iloc[0]
    return pd.concat(
        [row, pd.Series({"hours": max(0.0, (row["opens"] - after) / pd.Timedelta(hours=1))})]
    )


def opens_closes(looks):
    """Return opening and closing times of windows as two arrays of microseconds since 1970."""
    return tuple(pd.DatetimeIndex(looks[edge]).as_unit("us").asi8 for edge in ("opens", "closes"))


def gaps(looks, start, end):
    """Return the times without a look between start and end: a DataFrame begins, ends, hours.

    Windows are cut to the interval, and may reach beyond it. The stretch before the first window
    and the one after the last are gaps too: at least so long.
    Raises NotAccepted for an end that is not after the start.
    """
    start, end = interval(start, end)
    span = orbits.index([start, end]).as_unit("us").asi8
    begins, ends = intervals.gaps(*opens_closes(looks), *span)
    table = {"begins": begins, "ends": ends}
    table = pd.DataFrame({k: pd.to_datetime(us, unit="us", utc=True) for k, us in table.items()})
    return table.assign(hours=(ends - begins) / 3.6e9)


def longest_gap(looks, start, end):
    """Return the longest time without a look between start and end, hours (0 when windows cover it
    all).
    """
    return float(max(gaps(looks, start, end)["hours"], default=0.0))


def revisit(looks):
    """Return the mean time from one opening to the next, hours (NaN with fewer than two
    windows).
    """
    opens, _ = intervals.merge(*opens_closes(looks))
    return float(np.diff(opens).mean() / 3.6e9) if len(opens) > 1 else float("nan")


def event_times(start, end, count=1000):
    """Return `count` times from start to end, sorted: where the event is placed.

    They are spread evenly by steps of the golden ratio, so that they do not beat against the day
    (equal steps would fall on the same few hours again and again).
    """
    start, end = orbits.utc(start), orbits.utc(end)
    return start + (end - start) * np.sort((np.arange(count) + 0.5) * (5**0.5 - 1) / 2 % 1)


def hours_to_look(looks, times):
    """Return for each time the hours until a window is open (0 inside one), infinite where none
    comes any more.
    """
    wait, comes = intervals.waits(*opens_closes(looks), orbits.index(times).as_unit("us").asi8)
    return np.where(comes, wait / 3.6e9, np.inf)


def first_look_hours(looks, times, cloud=0.0, skies=20, sky_hours=3.0, seed=7):
    """Return the hours from an event to the first look, for each event time (and each drawn sky).

    looks: usable windows of a subset of satellites at one place, reaching well past the last time;
    cloud: probability (0 to 1) that an optical look is lost to cloud. Synthetic sky: it is drawn
    anew for each stretch of `sky_hours`, so looks close together share their luck; `skies` such
    skies are drawn. A sky belongs to seed and hour alone, so that all fleets are compared under the
    same one. Radar looks through. Shape: (times,) without cloud, else (skies * times,).
    Raises NotAccepted for a chance outside 0 to 1 and for windows of several places.
    """
    checks.share("cloud", cloud)
    if looks["place"].nunique() > 1:
        raise NotAccepted(
            f"windows of {looks['place'].nunique()} places; accepted: of one place at a time"
        )
    if cloud == 0 or looks.empty:
        return hours_to_look(looks, times)
    optical = (looks["sensor"] == "optical").to_numpy()
    stretch = opens_closes(looks)[0] // int(checks.positive("sky_hours", sky_hours) * 3.6e9)
    cells, cell_of = np.unique(stretch, return_inverse=True)
    cover = np.array([_cover(seed, int(cell), skies) for cell in cells])
    lost = (cover[cell_of] < cloud) & optical[:, None]
    return np.concatenate([hours_to_look(looks[~sky], times) for sky in lost.T])


@lru_cache(maxsize=4096)
def _cover(seed, cell, skies):
    """Return how easily each sky is clear (0 to 1) in one stretch of hours, counted from 1970."""
    return np.random.default_rng([seed, cell]).random(skies)


def quantile(hours, share):
    """Return the hours within which a share (0 to 1) of the events has had its look.

    It is one of the hours themselves: nothing is interpolated, so that it may be infinite.
    Raises NotAccepted for a share outside 0 to 1 and for no hours.
    """
    checks.share("share", share)
    return float(np.quantile(checks.not_negative("hours", hours), share, method="inverted_cdf"))


@doors.takes(looks=doors.rows("place", "sensor"), times=doors.some)
def first_look_summary(looks, times, **cloud):
    """Return a Series: median and 90 % hours to the first look over many event times, and how many
    got none.

    Arguments as `first_look_hours`. Quantiles are of the sorted hours, no interpolation across
    infinity.
    """
    hours = first_look_hours(looks, times, **cloud)
    return pd.Series(
        {
            "median_hours": quantile(hours, 0.5),
            "hours_90": quantile(hours, 0.9),
            "without_look": float(np.isinf(hours).mean()),
            "events": len(times),
        }
    )
