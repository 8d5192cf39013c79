"""Lesson 12: 2024 BX1 from many stations: two eyes, error ellipses, the last hours."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures
from helpers.base.numbers import number
from helpers.figures import globe
from helpers.lessons.planetary_defence import observatories
from helpers.science import approach, astrometry, campaign, defence
from helpers.tables import data

BLUE, RED, GREEN = (figures.COLOURS[name] for name in ("blue", "vermillion", "green"))
SKY = figures.COLOURS["sky"]
TOGETHER = ("033", "K88")  # two observatories that looked in the same seconds


def two_eyes(distance):
    """Return the two lines of sight, to scale in each direction, and the learner's distance;
    `...` gives the lines.
    """
    site, sight, other, beside, when = campaign.same_moment(*TOGETHER)
    apart = np.subtract(other, site)
    across = apart - (apart @ sight) * sight
    across /= np.linalg.norm(across)
    places = data.table("observatories").set_index("id")["place"]
    fig, ax = plt.subplots(figsize=(10, 4.4))
    reach = np.array([0.0, 80e3])
    for name, start, way, colour in (
        (TOGETHER[0], np.zeros(3), sight, BLUE),
        (TOGETHER[1], apart, beside, RED),
    ):
        points = start + reach[:, None] * way
        ax.plot(
            points @ sight / 1000, points @ across, color=colour, linestyle="-", label=places[name]
        )
    ax.set(xlabel="away from the Earth (thousand km)", ylabel="across (km)", xlim=(-2, 80))
    ax.set(title="How far away do the two lines meet?")
    ax.legend(loc="upper right")
    if distance is ...:
        return (
            fig,
            "Two lines of sight. No distance yet: complete the line above and run the cell again.",
        )
    try:
        distance = float(distance)
    except (TypeError, ValueError):
        return fig, f"{distance!r} is no number of km. The line above needs one distance."
    ax.axvline(distance / 1000, color=GREEN, linestyle="--")
    across_km, angle = defence.baseline_km(site, sight, other), defence.angle_deg(sight, beside)
    said = _of_distance(distance, across_km, angle)
    if said != "Right":
        outside = "" if -2 <= distance / 1000 <= 80 else " It lies outside the picture."
        return fig, f"Your distance: {number(distance, 'km')}.{outside} Not yet: {said}"
    met = defence.where_lines_meet(site, sight, other, beside)
    way = campaign.bx1().place_km(when)
    true = float(np.linalg.norm(way - site))
    text = (
        f"Your distance: {number(distance, 'km')}. Right. The two lines come closest "
        f"{number(met[0], 'km')} away and "
        f"pass each other by {number(met[2], 'km')}. The orbit from all stations has the asteroid "
        f"at {number(true, 'km')}."
    )
    return fig, text


def _of_distance(distance, baseline, angle):
    """Return "Right", or what is wrong with a distance (km) from a baseline (km) and an angle
    (degrees): the slips that everybody makes, each with what to do.
    """
    radians = np.radians(angle)
    known = {
        "Right": baseline / radians,
        "you divided by degrees. np.radians(angle) is the angle in radians.": baseline / angle,
        "you multiplied. The smaller the angle, the farther away: divide.": baseline * radians,
        "you multiplied, and by degrees. Divide, by the angle in radians.": baseline * angle,
        "use np.radians; the angle is in degrees already.": baseline / np.degrees(angle),
        "you turned the division round. The baseline goes above.": radians / baseline,
        "you turned the division round, and took degrees.": angle / baseline,
        "half of the angle belongs to half of the baseline.": 2 * baseline / radians,
        "half of the baseline belongs to half of the angle.": baseline / radians / 2,
    }
    for said, value in known.items():
        if np.isclose(distance, value, rtol=0.02, atol=0):
            return said
    return f"it is too {'large' if distance > baseline / radians else 'small'}. {_RULE}"


_RULE = "Divide baseline by np.radians(angle)."


def ellipses(stations, minutes=60, wrong="nobody", wrong_s=0.0):
    """Return a map of the stations that count and the error ellipse of the place of the fall,
    minutes before it.

    stations: codes, a name may follow each; wrong: the station whose clock is wrong, wrong_s: by
    how many seconds. A clock counts only where its station has a look.
    """
    stations = [stations] if isinstance(stations, str) else stations
    chosen = [str(one).split(" ")[0] for one in stations]
    wrong = str(wrong).split(" ")[0]
    counts = wrong in {code for code, _ in campaign.bx1().units(minutes / 60, chosen)}
    bx1 = campaign.bx1(campaign.TRUSTING if counts else campaign.NOISE)
    units = bx1.units(minutes / 60, chosen)
    strange = observatories.strange_codes([*chosen, *([] if wrong == "nobody" else [wrong])])
    # Fixed margins: nothing jumps when a station comes or goes.
    margins = {"left": 0.07, "right": 0.985, "bottom": 0.127, "top": 0.925, "wspace": 0.31}
    fig, (ax, near) = plt.subplots(
        1, 2, figsize=(10, 4.6), width_ratios=[1.1, 1], gridspec_kw=margins, layout="none"
    )
    observatories.station_map(ax, bx1, units)
    figures.heading(fig, "How well is the place of the fall known?")
    found = bx1.ellipse(units) if units else None
    if found is None or not np.isfinite(found.error_km) or found.error_km > 12000:
        near.set(xticks=[], yticks=[])
        near.annotate("no place yet", (0.5, 0.5), xycoords="axes fraction", ha="center")
        return fig, strange + (
            f"{_count(units)} {minutes:g} minutes before the fall. They do not fix the place: "
            "too few looks, too close together in time."
        )
    moved = bx1.clock_move_km(units, wrong, wrong_s) if counts else (0.0, 0.0)
    _ellipse(near, found, moved)
    trusted = ", every clock trusted" if counts else ""
    text = strange + (
        f"{_count(units)} {minutes:g} minutes before the fall. Formal error of the place"
        f"{trusted}: {number(found.error_km, 'km')} ({number(found.long_km)} along the long axis, "
        f"{number(found.short_km)} across)."
    )
    if moved != (0.0, 0.0):
        text += (
            f" The clock of {wrong}, {wrong_s:g} s wrong, moves the place by "
            f"{number(float(np.hypot(*moved)), 'km')}."
        )
    if wrong in observatories.places() and not counts:
        text += f" No look of {wrong} counts here, so its clock takes no part."
    return fig, text


def second_station(minutes=60, first="K88"):
    """Return the formal error of the place by the discoverer and one other station, until so many
    minutes before the fall; the nearest other station first.

    Columns: added (code), place, away (km from the first, straight), looks, error (km). The
    first row is the discoverer alone.
    """
    bx1, home = campaign.bx1(), astrometry.fixed_place_km(first)
    rows = [("nobody", "", 0.0, 0, bx1.error_km(bx1.units(minutes / 60, [first])))]
    for code in dict.fromkeys(code for code, _ in bx1.units(minutes / 60)):
        units = bx1.units(minutes / 60, [first, code])
        if code != first:
            away = np.linalg.norm(astrometry.fixed_place_km(code) - home)
            looks = sum(who == code for who, _ in units)
            rows.append((code, observatories.places()[code], away, looks, bx1.error_km(units)))
    names = ["added", "place", "away (km)", "looks", "error (km)"]
    found = pd.DataFrame(rows, columns=names).sort_values("away (km)", ignore_index=True)
    return found.round({"away (km)": 0, "error (km)": 2}).astype({"away (km)": int})


def more_stations(minutes=60):
    """Return the formal error of the place until so many minutes before the fall:
    by 1, 3, 5 and all stations.

    Stations come in the order of their first look. Columns: stations, codes, looks, error (km).
    """
    bx1 = campaign.bx1()
    order = list(
        dict.fromkeys(code for code, _ in sorted(bx1.units(minutes / 60), key=lambda unit: unit[1]))
    )
    rows = []
    for count in (1, 3, 5, len(order)):
        units = bx1.units(minutes / 60, order[:count])
        rows.append((count, order[count - 1], len(units), round(bx1.error_km(units), 2)))
    return pd.DataFrame(rows, columns=["stations", "up to", "looks", "error (km)"])


def _count(units):
    codes = list(dict.fromkeys(code for code, _ in units))
    places = data.table("observatories").set_index("id").loc[codes, "place"]
    listed = "; ".join(places) if len(codes) <= 5 else ", ".join(codes)
    named = f" ({listed})" if codes else ""
    return (
        f"{len(units)} looks from {len(codes)} station{'' if len(codes) == 1 else 's'}{named}, "
        "until"
    )


def _ellipse(ax, found, moved):
    """Draw an error ellipse round the place of the fall, moved by a wrong clock, km."""
    turn, angle = np.linspace(0, 2 * np.pi, 181), np.radians(found.bearing_deg)
    along, across = found.long_km * np.cos(turn), found.short_km * np.sin(turn)
    east = along * np.sin(angle) + across * np.cos(angle) + moved[0]
    north = along * np.cos(angle) - across * np.sin(angle) + moved[1]
    reach = 1.25 * max(np.abs(east).max(), np.abs(north).max(), 0.02)
    ax.fill(east, north, color=SKY, alpha=0.6)
    ax.plot(east, north, color=BLUE, linestyle="-")
    ax.plot(0, 0, "*", color=RED, markersize=16)
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
    ax.set(xlabel="east (km)", ylabel="north (km)")


def narrowing():
    """Return how the error of the place shrank:
    the best station alone, and all, until so many minutes before.
    """
    bx1 = campaign.bx1()
    before = np.arange(88, 12, -4)
    everyone = [bx1.error_km(bx1.units(m / 60)) for m in before]
    alone = [min(map(bx1.error_km, bx1.partners(m / 60).values())) for m in before]
    fig, ax = plt.subplots(figsize=(10, 4.2))
    ax.semilogy(-before, alone, color=RED, marker="o", label="best station alone")
    ax.semilogy(-before, everyone, color=BLUE, marker="s", linestyle="-", label="all stations")
    ax.set(xlabel="minutes before the fall", ylabel="formal error (km)")
    ax.set(title="How early is the place known to a kilometre?")
    ax.set_xticks([-80, -60, -40, -20], ["80", "60", "40", "20"])
    ax.legend()
    sooner = next(m for m, e in zip(before, everyone) if e < 1)
    late = next(m for m, e in zip(before, alone) if e < 1)
    text = (
        f"Below one kilometre: all stations {sooner} minutes before the fall, the best one alone "
        f"{late} minutes before. "
        f"An hour before, {number(alone[7], 'km')} alone and {number(everyone[7], 'km')} together."
    )
    return fig, text


def clock_of(code):
    """Return by how many seconds the looks of a station seem to be stamped early or late, in words,
    held against the orbit that fits the others and misses no look by much.
    """
    bx1 = campaign.bx1()
    if unknown := observatories.strange_codes([code]):
        return unknown.strip()
    slips = astrometry.clock_slip_s(bx1.orbit.state, bx1.looks.pick(bx1.looks.station == code))
    return (
        f"{code}, {len(slips)} looks. If its clock is the reason, they are stamped too early by "
        f"{slips.min():.1f} to {slips.max():.1f} seconds, {slips.mean():.1f} on the mean (below 0: "
        "too late)."
    )


def last_way():
    """Return the last way of 2024 BX1 over the ground, from discovery to the fall,
    with its height every half hour.
    """
    bx1 = campaign.bx1()
    end = approach.falling(bx1.orbit.state, campaign.EPOCH)
    seconds = np.linspace(bx1.looks.seconds.min(), end, 300)
    lat, lon, height = approach.ground_track(bx1.orbit.state, campaign.EPOCH, seconds)
    fig, ax = plt.subplots(figsize=(10, 4.8))
    figures.world_map(ax, west=-12, east=48, south=38, north=58)
    figures.track(ax, lon, lat)
    beside = {15: (-10, 8, "right"), 30: (-14, -34, "right")}
    for minutes in (150, 120, 90, 60, 30, 15):
        k = int(np.argmin(np.abs(seconds - end + 60 * minutes)))
        right, up, side = beside.get(minutes, (0, -38, "left"))
        ax.plot(lon[k], lat[k], "o", color=BLUE)
        ax.annotate(
            f"{minutes} min\n{number(height[k] / 1000, digits=2)}",
            (lon[k], lat[k]),
            xytext=(right, up),
            textcoords="offset points",
            ha=side,
        )
    ax.plot(lon[-1], lat[-1], "*", color=RED, markersize=16)
    ax.set(title="Which way did it come? (minutes before the fall, thousand km up)")
    text = (
        f"Seen first {(end - seconds[0]) / 3600:.1f} hours before the fall, "
        f"{number(height[0], 'km')} up; "
        f"an hour before it was {number(float(np.interp(end - 3600, seconds, height)), 'km')} up. "
        f"It came down at {lat[-1]:.2f} degrees north, {lon[-1]:.2f} degrees east."
    )
    return fig, text


def last_hours(sees=15.0):
    """Return a globe: the last hours of 2024 BX1 in the axes of the turning Earth,
    and who could see it.

    sees: how high, in degrees, it must stand for an observatory.
    """
    bx1 = campaign.bx1()
    first, end = bx1.looks.seconds.min(), approach.falling(bx1.orbit.state, campaign.EPOCH)
    seconds = np.linspace(first, end, 181)
    ways = approach.propagate(bx1.orbit.state, seconds, campaign.EPOCH)[0, :, :3]
    path = np.einsum("ijn,nj->in", approach.turning(campaign.EPOCH, seconds), ways)
    height = np.linalg.norm(path, axis=0)
    start = pd.Timestamp(campaign.EPOCH) + pd.Timedelta(seconds=float(first))
    used = data.table("observatories").set_index("id").loc[sorted(set(bx1.looks.station))]
    return globe.globe(
        "Where was 2024 BX1 in its last hours?",
        f"In {(end - first) / 3600:.1f} hours it comes from {number(height[0], 'km')} to "
        f"{number(height[-1], 'km')} from "
        f"the Earth's middle. Marked are the {len(used)} observatories that looked at it; those "
        "from which it "
        f"stands {sees:g} degrees high or more are lit.",
        globe.mover("2024 BX1", path, "yellow"),
        globe.places(
            list(used[["place", "latitude", "longitude"]].itertuples(index=False)), sees=sees
        ),
        start=start,
        hours=(end - first) / 3600,
        speed=600,
        centre=(35, 75),  # from the side of the way
        extent=110_000,
        chosen="2024 BX1",
    )


def wrong_clock(wrong_s):
    """Return what a clock that is wrong by so many seconds does to the shared place, in words.

    The worst station is taken, and a fit that trusts all clocks; beside it the best owner alone
    with a good clock.
    """
    trusting = campaign.bx1(campaign.TRUSTING)
    looks = trusting.units()
    codes = sorted(set(trusting.looks.station))
    moves = {code: trusting.clock_shift_km(looks, code, float(wrong_s)) for code in codes}
    worst = max(moves, key=moves.get)
    alone = min(trusting.error_km(own) for own in trusting.partners().values())
    shared = trusting.error_km(looks)
    times = alone / max(moves[worst], shared)
    word = "better" if times > 1.05 else "worse" if times < 0.95 else "no better and no worse"
    return (
        f"All {len(looks)} looks: formal error {number(shared, 'km')}, whatever the clocks say. "
        f"{wrong_s:g} s at {worst} moves the place by {number(moves[worst], 'km')}.\n"
        f"The best owner alone with a good clock: {number(alone, 'km')}. Together is "
        f"{number(times, digits=2)} times as good: {word}."
    )
