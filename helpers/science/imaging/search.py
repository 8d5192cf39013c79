"""Windows: every time at which a satellite can look at a place, and who never can."""

import numpy as np
import pandas as pd

from helpers.base.checks import NotAccepted
from helpers.science import orbits
from helpers.science.imaging.angles import sun_elevation
from helpers.science.imaging.edges import all_windows
from helpers.science.imaging.exact import SGP4_RADIUS, as_question, cap_angle, interval, place_table
from helpers.science.imaging.satellites import MAX_AGE_DAYS, check_age


def windows(
    satellites, places, start, end, look_deg=45.0, min_elevation_deg=0.0, max_age_days=MAX_AGE_DAYS
):
    """Return every time at which a satellite can look at a place, one row a window, by opening
    time.

    satellites: DataFrame with columns name, line1, line2 (as `fleet` gives; owner, home and sensor
    are passed on); places: see `place_table`; start, end: UTC; look_deg: largest angle between
    straight down and the place, at the satellite, the same for all; min_elevation_deg: least height
    of the satellite above the place's horizon; max_age_days: see `check_age`.

    Columns: place, satellite, owner, home, sensor, opens, closes (UTC, cut at start and end),
    seconds, open_at_start, open_at_end (the window goes on beyond), look_deg (the least of the
    pass, in an open window perhaps beyond the interval: compare it with `look_of_reach` for a
    camera that cannot turn aside, such as Landsat's or Sentinel-2's), sun_deg (elevation of the Sun
    at the place, mid-window). Edges are SGP4's own to 0.001 s.
    Raises NotAccepted for an empty selection, an impossible limit or an element set too old.
    """
    places, (start, end) = place_table(places), interval(start, end)
    q = as_question(satellites, places, start, end, look_deg, min_elevation_deg)
    check_age(satellites, start, end, max_age_days)
    sat, place, opens, closes, _, look = all_windows(q)
    order = np.lexsort((sat, place, opens))
    sat, place, opens, closes, look = (
        sat[order],
        place[order],
        opens[order],
        closes[order],
        look[order],
    )
    first, last = np.maximum(opens, 0), np.minimum(closes, q.seconds)
    lat, lon = (places[c].to_numpy(float)[place] for c in ("latitude_deg", "longitude_deg"))
    columns = {
        "place": places["name"].to_numpy()[place],
        "satellite": satellites["name"].to_numpy()[sat],
    }
    columns |= {
        c: satellites[c].to_numpy()[sat] for c in ("owner", "home", "sensor") if c in satellites
    }
    columns |= {
        "opens": clock(start, first),
        "closes": clock(start, last),
        "seconds": last - first,
        "open_at_start": opens < 0,
        "open_at_end": closes > q.seconds,
        "look_deg": np.degrees(look),
        "sun_deg": sun_elevation(clock(start, (first + last) / 2), lat, lon),
    }
    return pd.DataFrame(columns)


def subpoints(looks, satellites):
    """Return the windows with the point under the satellite at mid-window: latitude, longitude
    (deg) and height_km.

    looks: rows of `windows`; satellites: the rows it was asked for. The point is on the WGS 84
    ellipsoid.
    """
    middle = looks["opens"] + (looks["closes"] - looks["opens"]) / 2
    rows = satellites.set_index("name").loc[looks["satellite"].unique()]
    found = [
        orbits.subpoint(
            orbits.from_lines(row.line1, row.line2),
            pd.DatetimeIndex(middle[looks["satellite"] == row.Index]),
            MAX_AGE_DAYS,
        ).set_index(looks.index[looks["satellite"] == row.Index])
        for row in rows.itertuples()
    ]
    return looks.join(pd.concat(found)[["latitude", "longitude", "height_km"]])


def clock(start, seconds):
    return start + pd.to_timedelta(np.round(seconds * 1e6).astype("int64"), unit="us")


def out_of_reach(satellites, places, look_deg=45.0, min_elevation_deg=0.0):
    """Return one sentence for each satellite and place that can never meet within the look angle.

    The ground track reaches the latitude of the inclination (or 180 deg minus it), the look angle a
    little farther; a place beyond that is never seen. Satellites in high orbits are left out.
    """
    places, sentences = place_table(places), []
    q = as_question(
        satellites,
        places,
        orbits.utc("2026-01-01"),
        orbits.utc("2026-01-02"),
        look_deg,
        min_elevation_deg,
    )
    for name, s in zip(satellites["name"], q.satrecs):
        radius = s.a * (1 + s.ecco) * SGP4_RADIUS + 20
        band, cap = np.degrees(min(s.inclo, np.pi - s.inclo)), np.degrees(cap_angle(q, radius))
        for place, lat in zip(places["name"], places["latitude_deg"]):
            if radius < 10000 and abs(lat) > band + cap + 0.4:
                sentences.append(
                    f"{name} never comes to look at {place} ({abs(lat):.1f} deg "
                    f"{'N' if lat > 0 else 'S'}): its track "
                    f"turns back at {band:.1f} deg, and within {look_deg:g} deg it sees only "
                    f"{cap:.1f} deg farther."
                )
    return sentences


def repeat_looks(satellite, places, start, end, cycle_days, look_deg=45.0):
    """Return the windows of a satellite on a repeating track in a past interval, by whole repeat
    cycles.

    satellite: one row of `fleet`; start, end: the interval asked about; cycle_days: after so many
    days the satellite is kept over the same track. The windows are computed beside the set's epoch
    and moved by a whole number of cycles. Such times hold to some minutes, and only as long as the
    track was kept.
    Columns as `windows`, and cycles (how many were counted).
    """
    start, end, cycle = orbits.utc(start), orbits.utc(end), pd.Timedelta(days=float(cycle_days))
    rows = satellite.to_frame().T
    epoch = orbits.epochs(rows)[0]
    cycles = int(np.round((epoch - start) / cycle))
    found = windows(
        rows, places, start + cycles * cycle, end + cycles * cycle, look_deg, max_age_days=np.inf
    )
    age = max(abs(epoch - start - cycles * cycle), abs(epoch - end - cycles * cycle))
    if age > pd.Timedelta(days=MAX_AGE_DAYS):
        raise NotAccepted(
            f"the interval asked about lasts {(end - start).days} days; accepted: at most "
            f"{2 * MAX_AGE_DAYS:.0f} days "
            "less one repeat cycle, so that it lies near the epoch of the set"
        )
    return found.assign(
        opens=found["opens"] - cycles * cycle,
        closes=found["closes"] - cycles * cycle,
        cycles=cycles,
    )
