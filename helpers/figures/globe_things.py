"""What can stand on a globe: satellites, places, lines, areas, arrows. `helpers.figures.globe`
hands all of it on.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from helpers.science import orbits

SAMPLES_A_TURN = 30  # a cubic between them keeps a satellite within a kilometre of its place


class GlobeError(ValueError):
    """A globe that cannot be shown as it is asked for; the message says what is accepted."""


@dataclass(frozen=True)
class Thing:
    """One thing on a globe: its kind, what the page is told, and its positions (3, N) if it
    moves.
    """

    kind: str
    page: dict
    positions: np.ndarray | None = field(default=None, repr=False)

    @property
    def name(self):
        return self.page.get("name", "")


# --- what stands on a globe ---------------------------------------------------------------


def mover(
    name,
    positions,
    colour="sky",
    track="all",
    reach_elevation=None,
    look=None,
    label=True,
    note="",
):
    """Return something that moves: a satellite, a relay, a planet.

    positions: (3, N), evenly spaced from the globe's start to its end, both included, km in axes
    that turn with the body.
    track: "all", None, or so many minutes behind it. reach_elevation: the area from which it stands
    at least so many degrees high is drawn; or look: the area below it within so many degrees from
    straight down.
    note: a sentence that is added when it is chosen. Raises GlobeError for positions of another
    shape or not finite.
    """
    positions = np.asarray(positions, dtype=float)
    positions = positions[:, None] if positions.ndim == 1 else positions
    if positions.ndim != 2 or len(positions) != 3 or not np.isfinite(positions).all():
        raise GlobeError(
            f"positions of {name!r} have the shape {positions.shape}; accepted: (3, N), all finite"
        )
    page = {"name": str(name), "colour": colour, "track": track, "label": label, "note": note}
    if look is not None:
        page["footprint"] = {"look": between("look", look, 0, 90)}
    elif reach_elevation is not None:
        page["footprint"] = {"elevation": between("reach_elevation", reach_elevation, 0, 90)}
    return Thing("mover", page, positions)


def satellite(element_set, start, hours, name=None, max_age_days=orbits.MAX_AGE_DAYS, **options):
    """Return a mover that goes where SGP4 puts an element set, over so many hours; options as in
    `mover`.
    """
    turns = hours * 60 / element_set.period_minutes
    count = max(5, int(np.ceil(turns * SAMPLES_A_TURN)) + 1)
    positions = orbits.position(element_set, times(start, hours, count), max_age_days)[0]
    return mover(name or element_set.name, positions, **options)


def places(table, colour="vermillion", sees=None, label=True, notes=None):
    """Return places on the ground as a list of things.

    table: rows that orbits.as_place takes, such as a table with name, latitude_deg and
    longitude_deg.
    sees: they are stations that see what stands at least so many degrees high. notes: column with a
    sentence each.
    """
    if isinstance(table, (dict, pd.Series)):
        table = pd.DataFrame([table])
    rows = table.to_dict("records") if isinstance(table, pd.DataFrame) else list(table)
    found = []
    for row in rows:
        spot = orbits.as_place(row)
        page = {
            "name": spot.name,
            "latitude": round(spot.latitude, 4),
            "longitude": round(spot.longitude, 4),
            "colour": colour,
            "label": label,
            "note": str(row[notes]) if notes else "",
        }
        if sees is not None:
            page["sees"] = between("sees", sees, -90, 90)
        found.append(Thing("place", page))
    return found


def line(name, latitude, longitude, height_km=0.0, colour="yellow", label=True, note=""):
    """Return a line over the ground: a ground track, a fault, a route. Degrees and km, arrays
    (N,).
    """
    points = np.column_stack(np.broadcast_arrays(latitude, longitude, height_km)).astype(float)
    if len(points) < 2 or not np.isfinite(points).all():
        raise GlobeError(f"line {name!r}: {len(points)} points; accepted: two or more, all finite")
    page = {"name": str(name), "colour": colour, "label": label, "note": note}
    return Thing("line", {**page, "points": np.round(points, 2).ravel().tolist()})


def disc(name, place, angle_deg, colour="sky", label=True, note=""):
    """Return an area on the ground: all that lies within an angle (at the body's centre, degrees)
    of a place.
    """
    spot = orbits.as_place(place)
    page = {
        "name": str(name),
        "latitude": round(spot.latitude, 4),
        "longitude": round(spot.longitude, 4),
        "angle": between("angle_deg", angle_deg, 0, 180),
        "colour": colour,
    }
    return Thing("circle", {**page, "label": label, "note": note})


def direction(name, vectors, colour="yellow", note=""):
    """Return an arrow towards something far away, such as the Earth seen from the Moon: vectors
    (3,) or (3, N), any length.
    """
    vectors = np.asarray(vectors, dtype=float)
    unit = vectors / np.linalg.norm(vectors, axis=0)
    found = mover(name, unit, colour, None, note=note)
    return Thing("direction", found.page, found.positions)


def link(one, other, elevation_deg=None):
    """Return a line between two things by name: whole and green while they see each other, red and
    dotted while not.

    A place sees what stands at least elevation_deg high; two movers see each other unless the body
    is between.
    """
    page = {"from": str(one), "to": str(other)}
    return Thing("link", page if elevation_deg is None else {**page, "elevation": elevation_deg})


def times(start, hours, count):
    """Return so many moments from start to the end of so many hours, evenly spaced: where `mover`
    wants positions.
    """
    seconds = np.linspace(0.0, 3600.0 * hours, count)
    return orbits.utc(start) + pd.to_timedelta((seconds * 1e6).round(), unit="us")


def between(name, value, low, high):
    if not low <= value <= high:
        raise GlobeError(f"{name} = {value!r}; accepted: degrees from {low} to {high}")
    return float(value)
