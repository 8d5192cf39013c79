"""The satellites of the course: their element sets, how old these are and what that costs, and
larger fleets that do not exist.
"""

from functools import lru_cache

import numpy as np
import pandas as pd

from helpers.base import doors
from helpers.base.checks import NotAccepted
from helpers.science import in_use, orbits
from helpers.science.imaging.approaches import LOW_PERIOD
from helpers.science.imaging.looks import of_owners
from helpers.tables import data

MAX_AGE_DAYS = 30.0  # d, accepted age of an element set; `age_cost` shows what age costs


@doors.takes(satellites=doors.rows("line1", "line2"))
def month(satellites):
    """Return the first day of four weeks about the newest of element sets, the day after them, and
    the last day that the sets carry, as texts such as 2026-03-04.
    """
    day = in_use.newest_day(satellites)
    return tuple(f"{day + pd.Timedelta(days=n):%Y-%m-%d}" for n in (-15, 13, 23))


def check_age(satellites, start, end, max_age_days=MAX_AGE_DAYS):
    """Raise NotAccepted when an element set is farther than max_age_days from the interval, and say
    what that costs.
    """
    epoch, start, end = orbits.epochs(satellites), orbits.utc(start), orbits.utc(end)
    age = np.maximum(abs(epoch - start), abs(end - epoch)) / pd.Timedelta(days=1)
    worst = int(np.argmax(age))
    if age[worst] > max_age_days:
        raise NotAccepted(
            f"the element set of {satellites['name'].iloc[worst]} is of {epoch[worst]:%Y-%m-%d}, "
            "and the question reaches "
            f"{age[worst]:.0f} days away from it; accepted: up to {max_age_days:.0f} days. "
            f"{_age_sentence()} A window lasts two or "
            "three minutes, so such a prediction tells nothing. Ask about a date nearer to the "
            "set, or, for a satellite held "
            "to a repeating track, count whole repeat cycles with repeat_looks."
        )


@lru_cache(maxsize=1)
def _age_sentence():
    cost = age_cost()
    return (
        f"Of {len(cost)} satellites with two sets in the table, {cost['days'].median():.0f} days "
        "apart, the older set was "
        f"wrong by {cost['seconds'].abs().min():.0f} to {cost['seconds'].abs().max():.0f} seconds "
        "along the track, "
        f"half of them by more than {cost['seconds'].abs().median():.0f}."
    )


def age_cost():
    """Return what age costs: for each satellite with two element sets, how early or late the older
    one is.

    Columns: name, days (between the sets), km and seconds along the track (above 0: the older set
    puts the satellite ahead of where it was), counted within half a revolution: so old a set can be
    wrong by whole revolutions on top. Burns and drag that nobody knew beforehand make it.
    """
    sets = data.table("imaging_element_sets").sort_values("epoch")
    rows = [
        _age_row(group.iloc[0], group.iloc[-1])
        for _, group in sets.groupby("catalogue_number")
        if len(group) > 1
    ]
    return pd.DataFrame(rows, columns=["name", "days", "km", "seconds"])


def _age_row(old, new):
    satrec = orbits.from_lines(new["line1"], new["line2"]).satrec
    when = satrec.jdsatepoch, satrec.jdsatepochF
    _, r, v = satrec.sgp4(*when)
    r_old = orbits.from_lines(old["line1"], old["line2"]).satrec.sgp4(*when)[1]
    r, v, r_old = np.array(r), np.array(v), np.array(r_old)
    normal = np.cross(r, v)
    ahead = np.arctan2(
        np.dot(np.cross(r, r_old), normal) / np.linalg.norm(normal), np.dot(r, r_old)
    )
    return (
        old["name"],
        (new["epoch"] - old["epoch"]) / pd.Timedelta(days=1),
        ahead * np.linalg.norm(r),
        ahead * np.linalg.norm(r) / np.linalg.norm(v),
    )


def same_size(satellites, size, spread="anomaly"):
    """Return a hypothetical fleet of one owner with `size` satellites: its own, and copies of them.

    The third bar of the dividend: as many satellites as all partners have, owned by one. Copies are
    made in rounds, each satellite once a round. With R copies or originals of each, copy k of a
    satellite is moved by k / R of a turn: along its orbit (spread="anomaly": same plane, so the
    same local time and light), or with its plane about the Earth's axis (spread="node": other local
    times, the most favourable an owner could choose for a quick look). A fleet larger than `size`
    keeps its first ones. Copies are named "... (hypothetical copy k)"; they exist nowhere but here.
    """
    if spread not in ("anomaly", "node"):
        raise NotAccepted(f"spread {spread!r}; accepted: 'anomaly' or 'node'")
    if len(satellites) == 0 or size < 1:
        raise NotAccepted(
            f"{len(satellites)} satellites to make {size} of; accepted: at least one of each"
        )
    rounds = -(-size // len(satellites))
    parts = [satellites.assign(hypothetical=False)]
    parts += [_copies(satellites, k, k / rounds, spread) for k in range(1, rounds)]
    return pd.concat(parts, ignore_index=True).iloc[:size]


def _copies(satellites, number, share, spread):
    there = moved(satellites, **{f"{spread}_turn": share})
    return there.assign(
        name=[f"{n} (hypothetical copy {number})" for n in satellites["name"]], hypothetical=True
    )


def moved(satellites, anomaly_turn=0.0, node_turn=0.0):
    """Return satellites elsewhere: see `orbits.moved`. Such satellites exist nowhere.

    satellites: DataFrame with line1 and line2; the rest of each row is kept.
    """
    lines = [
        orbits.moved(a, b, anomaly_turn, node_turn)
        for a, b in zip(satellites["line1"], satellites["line2"], strict=True)
    ]
    return satellites.assign(line1=[a for a, _ in lines], line2=[b for _, b in lines])


def fleet(owners=None, sensor=None, low_only=True, on=None):
    """Return the imaging satellites of the course with their element sets, one row each.

    owners: ids of parties (None: all); sensor: "optical" or "radar"; low_only: leave out the
    geostationary ones; on: a UTC time, to take the set nearest to it instead of the newest.
    Columns of the tables imaging_satellites and imaging_element_sets together.
    """
    rows = data.table("imaging_satellites").drop(columns=["source", "confidence"])
    sets = data.table("imaging_element_sets").drop(columns=["name"])
    rank = -sets["epoch"].astype("int64") if on is None else abs(sets["epoch"] - orbits.utc(on))
    sets = (
        sets.assign(rank=rank)
        .sort_values("rank", kind="stable")
        .drop_duplicates("catalogue_number")
        .drop(columns="rank")
    )
    rows = in_use.on(rows.merge(sets, on="catalogue_number", validate="one_to_one"))
    if owners is not None:
        rows = of_owners(rows, owners)
    if sensor is not None:
        rows = rows[rows["sensor"] == sensor]
    if low_only:
        rows = rows[rows["mean_motion"] > 1440 / LOW_PERIOD]
    if rows.empty:
        raise NotAccepted(
            "no satellite is left in the selection; choose at least one owner, and a kind of "
            "sensor that it has"
        )
    return rows.reset_index(drop=True)
