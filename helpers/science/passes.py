"""When can a place see an object: passes over a place, contact minutes of several, gaps.

One idea carries it all. The height of the object over a place's horizon is a smooth function
of time with one hump a pass, so: find the tops of the humps, keep those above the limit, and
look for the two edges beside each. A Track answers for any second of its span,
so that twenty places cost hardly more than one.

Elevations are geometric (no refraction: at 10 degrees the air lifts by 0.1 degrees).
"""

import numpy as np
import pandas as pd

from helpers.base import checks, doors, fits, intervals
from helpers.base.checks import NotAccepted
from helpers.base.places import as_place, listed
from helpers.science import orbits, tracks

COLUMNS = [
    "place",
    "rise",
    "culmination",
    "set",
    "minutes",
    "highest_deg",
    "open_start",
    "open_end",
    "sunlit",
    "dark",
    "visible",
]
DARK_DEG = (
    -6.0
)  # the Sun this far below the horizon: end of civil twilight, when a station can be seen by eye


# --- passes -----------------------------------------------------------------------------------


def passes(
    element_set, places, start, hours=24.0, min_elevation_deg=10.0, max_age_days=orbits.MAX_AGE_DAYS
):
    """Return the passes of an object over places: a DataFrame, one row a pass, by place and time.

    places: one place or a list or table of them (places.as_places). start: UTC; hours: the span
    searched.
    Columns: place; rise, culmination, set (UTC, 0.1 s); minutes; highest_deg; open_start and
    open_end (the pass was under way when the span began or ended, so its rise or set is the span's
    edge); sunlit (the object, at culmination); dark (the Sun at the place is 6 degrees below the
    horizon then); visible (both, at the
    culmination: to be seen by eye at its highest).
    Raises NotAccepted for a limit that is no elevation, a bad place, an element set too old.
    """
    return find(
        tracks.track(element_set, start, hours, max_age_days=max_age_days),
        places,
        min_elevation_deg,
    )


@doors.takes(path=doors.a(tracks.Track))
def find(path, places, min_elevation_deg=10.0):
    """Return the passes within one Track, as `passes` does."""
    where, grounds, ups = _stations(places)
    number, rise, top, fall, highest = _windows(path, grounds, ups, _limit(min_elevation_deg))
    sunlit, dark = _light(path, top, ups[number])
    last = path.seconds[-1]
    frame = pd.DataFrame(
        {
            "place": pd.Series([where[i].name for i in number], dtype="str"),
            "rise": path.time(rise),
            "culmination": path.time(top),
            "set": path.time(fall),
            "minutes": (fall - rise) / 60,
            "highest_deg": highest,
            "open_start": rise <= 0,
            "open_end": fall >= last,
            "sunlit": sunlit,
            "dark": dark,
            "visible": sunlit & dark,
        },
        columns=COLUMNS,
    )
    return frame


def describe(found, element_set, place, hours, min_elevation_deg=10.0):
    """Return one sentence on the passes found over one place: how many, or why there is none, or
    that it never sets.
    """
    where = as_place(place)
    name, object_name = where.name or "this place", element_set.name or "the object"
    if found.empty:
        best = orbits.highest_elevation_deg(
            where.latitude, element_set.inclination_deg, element_set.apogee_height_km
        )
        if best < min_elevation_deg:
            return (
                f"{object_name} never rises {min_elevation_deg:g} degrees high at {name}: its "
                "track ends at latitude "
                f"{orbits.latitude_limit_deg(element_set.inclination_deg):.2f} degrees, and the "
                f"best view from here is {best:.1f} degrees."
            )
        return (
            f"{object_name} does not rise {min_elevation_deg:g} degrees high at {name} within "
            f"these {hours:g} hours."
        )
    if len(found) == 1 and found["open_start"].iloc[0] and found["open_end"].iloc[0]:
        return (
            f"{object_name} stays above {min_elevation_deg:g} degrees at {name} for all "
            f"{hours:g} hours: it never sets."
        )
    best = found.loc[found["highest_deg"].idxmax()]
    often = "once" if len(found) == 1 else f"{len(found)} times"
    return (
        f"In {hours:g} hours {object_name} rises above {min_elevation_deg:g} degrees at {name} "
        f"{often}, "
        f"{found['minutes'].sum():.0f} minutes in all; highest at "
        f"{best['culmination']:%Y-%m-%d %H:%M} UTC, {best['highest_deg']:.0f} degrees."
    )


# --- contact with several stations ---------------------------------------------------------------


def union(windows):
    """Return the merged intervals of all windows, a DataFrame with start and end: at any time in
    them someone sees the object.

    windows: what `passes` returns, for one or more places.
    """
    return _frame(*intervals.merge(*_edges(windows)))


@doors.takes(windows=doors.rows("rise", "set"))
def contact_minutes(windows):
    """Return the minutes in which at least one place sees the object: overlaps count once."""
    merged = union(windows)
    return float((merged["end"] - merged["start"]).dt.total_seconds().sum() / 60)


def contact_minutes_per_day(windows, hours):
    """Return `contact_minutes` as minutes a day, for windows found in a span of so many hours."""
    return contact_minutes(windows) * 24 / checks.positive("hours", hours)


def gaps(windows, start, hours):
    """Return the intervals of a span in which no place sees the object: a DataFrame with start, end
    and minutes.

    start: UTC; hours: length of the span. Windows are cut to the span, and may reach beyond it.
    Raises NotAccepted for hours that are not above 0.
    """
    begin = orbits.utc(start)
    span = orbits.index([begin, begin + pd.Timedelta(hours=checks.positive("hours", hours))])
    found = _frame(*intervals.gaps(*_edges(windows), *span.as_unit("us").asi8))
    found["minutes"] = (found["end"] - found["start"]).dt.total_seconds() / 60
    return found


def _edges(windows):
    """Return rise and set of windows as two arrays of microseconds."""
    return (pd.DatetimeIndex(windows[edge]).as_unit("us").asi8 for edge in ("rise", "set"))


def _frame(start, end):
    """Return intervals in microseconds as a table of UTC times."""
    edges = {"start": start, "end": end}
    return pd.DataFrame({key: pd.to_datetime(us, unit="us", utc=True) for key, us in edges.items()})


# --- small parts ----------------------------------------------------------------------------------


def _stations(places):
    """Return the places as a list, and their positions and upward unit vectors, (S, 3) each."""
    where = [as_place(place) for place in listed(places)]
    if not where:
        return [], np.empty((0, 3)), np.empty((0, 3))
    ground, up = orbits.ground_and_up(
        *(
            np.array([getattr(p, key) for p in where])
            for key in ("latitude", "longitude", "height_m")
        )
    )
    return where, ground.T, up.T


def _limit(min_elevation_deg):
    if not -90 <= min_elevation_deg < 90:
        raise NotAccepted(
            f"min_elevation_deg = {min_elevation_deg!r}; accepted: -90 up to, not including, 90 "
            "degrees"
        )
    return np.sin(np.radians(min_elevation_deg))


def _sine(position, ground, up):
    """Return the sine of the elevation; position (3, ...), ground and up (3, ...)."""
    away = position - ground
    return np.einsum("i...,i...", away, up) / np.sqrt(np.einsum("i...,i...", away, away))


def _slope(position, velocity, ground, up):
    """Return the time derivative of `_sine`, scaled by a positive factor: its sign and zeros are
    what counts.
    """
    away = position - ground
    square = np.einsum("i...,i...", away, away)
    return np.einsum("i...,i...", velocity, up) * square - np.einsum(
        "i...,i...", away, up
    ) * np.einsum("i...,i...", away, velocity)


def _windows(path, grounds, ups, limit):
    """Return arrays, one entry a pass: number of the place, rise, culmination and set in seconds,
    highest elevation in degrees.
    """
    place, seconds = _turning_points(path, grounds, ups)
    value = _sine(path.at(seconds)[0], grounds[place].T, ups[place].T) - limit
    seen, same = value > 0, place[1:] == place[:-1]
    begins = seen & ~np.insert(
        seen[:-1] & same, 0, False
    )  # first node of a run of nodes above the limit, at one place
    ends = seen & ~np.append(seen[1:] & same, False)
    first, last = np.flatnonzero(begins), np.flatnonzero(ends)
    top = np.array([a + value[a : b + 1].argmax() for a, b in zip(first, last)], dtype=int)
    number = place[top]

    def above(t):
        return _sine(path.at(t)[0], grounds[number].T, ups[number].T) - limit

    before, after = np.maximum(first - 1, 0), np.minimum(last + 1, len(place) - 1)
    opens, closes = place[before] == number, place[after] == number
    opens &= before < first
    closes &= after > last
    rise = np.where(
        opens,
        fits.root(
            above, np.where(opens, seconds[before], seconds[first]), seconds[first], rounds=24
        ),
        seconds[first],
    )
    fall = np.where(
        closes,
        fits.root(
            above,
            seconds[last],
            np.where(closes, seconds[after], seconds[last]),
            rising=False,
            rounds=24,
        ),
        seconds[last],
    )
    return (
        number,
        rise,
        seconds[top],
        fall,
        np.degrees(np.arcsin(np.clip(value[top] + limit, -1, 1))),
    )


def _turning_points(path, grounds, ups):
    """Return place and time, by place and time, of the span's two ends and of every top and bottom
    of the elevation.

    Between two neighbours the elevation only rises or only falls: so a short or grazing pass cannot
    be missed.
    """
    p, u = grounds.T[:, :, None], ups.T[:, :, None]
    slope = _slope(path.position[:, None, :], path.velocity[:, None, :], p, u)
    place, i = np.nonzero((slope[:, :-1] < 0) != (slope[:, 1:] < 0))
    turning = fits.root(
        lambda t: _slope(*path.at(t), grounds[place].T, ups[place].T),
        path.seconds[i],
        path.seconds[i + 1],
        rising=slope[place, i] < 0,
        rounds=18,  # halvings of a minute leave 0.2 ms
    )
    every = np.arange(len(grounds))
    place = np.concatenate([every, place, every])
    seconds = np.concatenate([np.zeros(len(every)), turning, np.full(len(every), path.seconds[-1])])
    order = np.lexsort((seconds, place))
    return place[order], seconds[order]


def _light(path, seconds, ups):
    """Return whether the object is in sunlight, and whether it is dark on the ground below `ups`
    (N, 3), at some times.
    """
    if not len(seconds):
        return np.empty(0, bool), np.empty(0, bool)
    sun = orbits.sun_direction(path.time(seconds))
    return orbits.in_sunlight(path.at(seconds)[0], sun), (ups.T * sun).sum(axis=0) < np.sin(
        np.radians(DARK_DEG)
    )
