"""What the page is told of a globe: the body, the view, the positions, the light and the clock."""

import numpy as np

from helpers.base.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_KM, SIDEREAL_DAY_S
from helpers.figures.globe_things import GlobeError, Thing, times
from helpers.science import orbits, worldmap

# Radii: IAU working group, Archinal et al. 2018 (doi 10.1007/s10569-017-9805-5), the Earth's from
# WGS 84 with its flattening. `turn_s`: one turn under the stars, seconds (same report; the
# Astronomical Almanac, section B).
BODIES = {
    "earth": {
        "radius": EARTH_EQUATORIAL_RADIUS_KM,
        "flattening": 1 / 298.257223563,
        "turn_s": SIDEREAL_DAY_S,
        "picture": "map/earth.webp",
        "source": "nasa-earth-observatory-2004",
        "fill": "#24466f",
    },
    "moon": {
        "radius": 1737.4,
        "turn_s": 27.321662 * DAY_S,
        "picture": "map/moon.webp",
        "source": "nasa-svs-2019",
    },
    "mars": {"radius": 3396.19, "turn_s": 88642.663, "fill": "#a4593a"},
    "sun": {"radius": 1e-6, "plan": True},
}
SPEEDS = {
    1: "as it is",
    60: "1 minute a second",
    600: "10 minutes a second",
    3600: "1 hour a second",
    21600: "6 hours a second",
    86400: "1 day a second",
    864000: "10 days a second",
}


def check(title, things, body, hours, chosen):
    """Raise GlobeError for a body, a thing, a name or hours that a globe has no place for."""
    if body not in BODIES:
        raise GlobeError(f"body = {body!r}; accepted: {', '.join(BODIES)}")
    wrong = [type(thing).__name__ for thing in things if not isinstance(thing, Thing)]
    if wrong:
        raise GlobeError(f"{title!r} holds {', '.join(wrong)}; accepted: globe.mover and the like")
    names = [thing.name for thing in things if thing.kind != "link"]
    twice = sorted({name for name in names if names.count(name) > 1 or not name})
    if twice:
        raise GlobeError(f"names {twice!r}; accepted: each thing has a name, each name once")
    ends = [thing.page[end] for thing in things if thing.kind == "link" for end in ("from", "to")]
    asked = {*ends, *([chosen] if chosen else [])}
    unknown = sorted(asked - set(names))
    if unknown:
        raise GlobeError(f"nothing here is called {unknown!r}; accepted: {', '.join(names)}")
    moving = [t.name for t in things if t.positions is not None and t.positions.shape[1] > 1]
    if moving and hours is None:
        raise GlobeError(f"{moving[0]!r} moves; accepted: a globe with start and hours")
    if hours is not None and not hours > 0:
        raise GlobeError(f"hours = {hours!r}; accepted: numbers above 0")


def spec(title, body, picture, centre):
    """Return what the page is told of the body and the view."""
    about = {k: v for k, v in BODIES[body].items() if k not in ("picture", "source", "turn_s")}
    plan = about.get("plan", False)
    view = {"latitude": 90, "longitude": -90} if plan else _view(centre)
    page = {"title": str(title), "body": about, "view": view}
    if "turn_s" in BODIES[body]:
        page["turn"] = 2 * np.pi / BODIES[body]["turn_s"]
    if body == "earth" and not picture:
        page["land"] = [
            np.round(10 * ring).astype(int).ravel().tolist() for ring in worldmap.land()
        ]
    return page


def _view(centre):
    latitude, longitude = (float(value) for value in centre)
    if not (-90 <= latitude <= 90 and -360 <= longitude <= 360):
        raise GlobeError(f"centre = {centre!r}; accepted: latitude and longitude, degrees")
    return {"latitude": round(latitude, 3), "longitude": round(longitude, 3)}


class Store:
    """Positions as whole numbers of 16 bits, one path behind the other; a path is told by where it
    starts, and by its scale.
    """

    def __init__(self, hours):
        self.span, self.parts, self.length = 3600.0 * (hours or 0), [], 0

    def path(self, positions):
        """Keep positions (3, N) and return where they are."""
        scale = float(np.abs(positions).max() / 32767) or 1.0
        numbers = np.round(positions.T / scale).astype("<i2").ravel()
        count = positions.shape[1]
        step = self.span / (count - 1) if count > 1 else 1.0
        path = {"from": self.length, "count": count, "start": 0, "step": step, "scale": scale}
        self.parts.append(numbers)
        self.length += len(numbers)
        return path

    def keep(self, thing):
        """Return the thing as the page is told of it, its positions kept."""
        if thing.positions is None:
            return thing.page
        return {**thing.page, "path": self.path(thing.positions)}

    def bytes(self):
        """Return all numbers, little end first."""
        return b"".join(part.tobytes() for part in self.parts)


def sunlight(sunlight, body, start, hours):
    """Return directions to the Sun (3, N) over the span, or None for a body that is lit evenly."""
    if sunlight is False or sunlight is None:
        return None
    if sunlight is not True:
        found = np.asarray(sunlight, dtype=float)
        return found[:, None] if found.ndim == 1 else found
    if body != "earth" or start is None:
        return None
    return orbits.sun_direction(times(start, hours or 0.0, 5 + int((hours or 0) / 2)))


def clock(start, hours, now, speed):
    """Return what the page is told of the time. Raises GlobeError for other moments and speeds."""
    if not 0 <= now <= hours:
        raise GlobeError(f"now = {now!r}; accepted: hours from 0 to {hours:g}")
    seconds = 3600.0 * hours
    if speed is None:  # the whole span in about a minute
        speed = min(SPEEDS, key=lambda value: abs(np.log(seconds / 60 / value)))
    if speed not in SPEEDS:
        raise GlobeError(f"speed = {speed!r}; accepted: {', '.join(map(str, SPEEDS))}")
    near = [(value, words) for value, words in SPEEDS.items() if seconds / 1000 < value < seconds]
    near = near if any(value == speed for value, _ in near) else [*near, (speed, SPEEDS[speed])]
    begin = orbits.utc(start)
    return {
        "start": begin.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "seconds": seconds,
        "now": 3600.0 * now,
        "step": float(max(1, round(seconds / 500))),
        "speed": speed,
        "speeds": near,
    }


def extent(things, radius):
    """Return how far from the middle the view reaches: a little beyond the farthest thing."""
    farthest = max(
        (
            np.linalg.norm(thing.positions, axis=0).max()
            for thing in things
            if thing.kind == "mover"
        ),
        default=0.0,
    )
    return float(1.08 * max(radius, farthest))
