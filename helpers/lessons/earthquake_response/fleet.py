"""How a satellite looks aside, and where a fleet stands over a place."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import figures
from helpers.base.constants import EARTH_MEAN_RADIUS_KM
from helpers.figures import globe
from helpers.science import imaging, orbits

CAMERA, RADAR = figures.COLOURS["blue"], figures.COLOURS["vermillion"]


def look_angle(look_deg, height_km):
    """Return a figure of a satellite over the ground, to scale, with its look angle and how far
    that reaches.

    look_deg: deg between straight down and the line of sight; height_km: height of the satellite.
    """
    reach = float(imaging.ground_reach(look_deg, height_km))
    fig, ax = plt.subplots(figsize=(10, 4.6))
    arc = np.linspace(-1200, 1200, 200) / EARTH_MEAN_RADIUS_KM
    ax.fill_between(
        EARTH_MEAN_RADIUS_KM * np.sin(arc),
        EARTH_MEAN_RADIUS_KM * (np.cos(arc) - 1),
        -160,
        color=figures.LAND,
        linewidth=0,
    )
    x, y = _ground(reach)
    for side in (-1, 1):
        ax.plot([0, side * x], [height_km, y], color=CAMERA, linestyle="-")
    ax.plot([0, 0], [height_km, 0], color=figures.INK, linestyle=":")
    turn = np.radians(np.linspace(0, look_deg, 30))
    ax.plot(
        0.3 * height_km * np.sin(turn),
        height_km - 0.3 * height_km * np.cos(turn),
        color=RADAR,
        linestyle="-",
    )
    ax.annotate(
        f"look angle {look_deg:g}°",
        (0.16 * height_km, 0.68 * height_km),
        xytext=(40, -4),
        textcoords="offset points",
    )
    ax.plot(0, height_km, "s", color=figures.INK, markersize=11)
    ax.annotate("satellite", (0, height_km), xytext=(12, 4), textcoords="offset points")
    ax.annotate(f"{reach:.0f} km", (x, y), xytext=(10, 8), textcoords="offset points")
    ax.annotate(
        "straight down",
        (0, 0.12 * height_km),
        xytext=(-8, 0),
        textcoords="offset points",
        ha="right",
    )
    ax.set(
        xlim=(-1000, 1000),
        ylim=(-150, height_km + 90),
        aspect="equal",
        xlabel="along the ground (km)",
        ylabel="height (km)",
        yticks=[0, 250, 500],
        title="How far aside can a satellite look?",
    )
    return fig


def _ground(reach):
    """Return x and y (km) of a point of the round Earth, `reach` km along the ground from the
    middle.
    """
    angle = reach / EARTH_MEAN_RADIUS_KM
    return EARTH_MEAN_RADIUS_KM * np.sin(angle), EARTH_MEAN_RADIUS_KM * (np.cos(angle) - 1)


def fleet_globe(fleet, seen, place, start, hours=3.0, sees=40.0):
    """Return a globe of a fleet in the hours after the hour of the earthquake, in the year of the
    element sets.

    fleet: rows with lines; seen: usable windows at the place; place: (name, latitude, longitude);
    start: that moment, see `same_hour`;
    sees: how high a satellite must stand to be marked, degrees: a look of 45 degrees from some 500
    km comes to that.
    """
    things = [
        globe.satellite(
            orbits.from_lines(row.line1, row.line2),
            start,
            hours,
            name=row.name,
            max_age_days=imaging.MAX_AGE_DAYS,
            colour="sky" if row.sensor == "optical" else "vermillion",
            track=10,
            look=45,
            label=False,
            note=f"{row.owner}, {'camera' if row.sensor == 'optical' else 'radar'}.",
        )
        for row in fleet.set_index(fleet["name"]).itertuples(index=False)
    ]
    looks = seen[seen["opens"].between(start, start + pd.Timedelta(hours=hours))]
    first = looks.sort_values("opens").iloc[0] if len(looks) else None
    kinds = looks["sensor"].value_counts()
    if first is None:
        told = "none can look"
    else:
        minutes = (first["opens"] - start) / pd.Timedelta(minutes=1)
        told = (
            f"{looks['satellite'].nunique()} can look (cameras {kinds.get('optical', 0)}, radars "
            f"{kinds.get('radar', 0)}), "
            f"the first after {minutes:.0f} minutes: {first['satellite']} of {first['owner']}"
        )
    return globe.globe(
        "Who of the members can look at Mandalay?",
        f"{len(fleet)} satellites, cameras blue and radars red. Of them, in the {hours:g} hours "
        f"after {start:%H:%M:%S} UTC on {start.day} {start:%B %Y}, {told}.",
        *things,
        globe.places([place], sees=sees),
        start=start,
        hours=hours,
        speed=600,
        centre=place[1:],
        chosen=first["satellite"] if first is not None else "",
    )
