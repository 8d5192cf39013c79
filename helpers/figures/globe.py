"""A globe in the page: it turns, it plays, and it says what you chose, without asking the kernel.

    from helpers.figures import globe

    station = orbits.newest(orbits.sets("tiangong"))
    start, hours = station.epoch, 3.0
    globe.globe(
        "Who hears the station?",                            # unique in the notebook
        f"In 3 hours ... {minutes:.0f} minutes ...",         # computed here, compared by nbval
        globe.satellite(station, start, hours, track=95, reach_elevation=10),
        globe.places(data.table("ground_stations"), sees=10),  # sees: lowest elevation, degrees
        start=start, hours=hours, centre=(20, 100),
    )

What can stand on a globe: `satellite` (by SGP4), `mover` (any positions), `places`, `line`, `disc`,
`direction`, `link`. Bodies: "earth", "moon", "mars", and "sun" for a plan of the inner solar
system. Positions are in axes that turn with the body (x at longitude 0, z at the north pole),
evenly spaced over the whole time, km (for the Sun: million km, axes of the ecliptic). Between
samples the page goes along a cubic: 30 samples a turn keep a satellite within a kilometre of its
place.

The stored output is a still picture with the sentence as its alternative text. Python can read what
the learner chose (`view.chosen`, `view.time`) and choose for them (`view.choose(name)`).

Why our own canvas module and no library: tests/bench/globe.py measures it beside the libraries.
"""

import base64
import itertools
import json
import os
from html import escape
from pathlib import Path

import anywidget
import numpy as np
import pandas as pd
import traitlets

from helpers.base.assets import asset, module
from helpers.base.constants import EARTH_EQUATORIAL_RADIUS_KM, SIDEREAL_DAY_S
from helpers.figures import globe_still
from helpers.figures.globe_things import (
    GlobeError,
    Thing,
    direction,
    disc,
    line,
    link,
    mover,
    places,
    satellite,
    times,
)
from helpers.figures.page import caption, sentence
from helpers.science import orbits, worldmap
from helpers.tables import data

__all__ = [
    "BODIES",
    "Globe",
    "GlobeError",
    "as_page",
    "direction",
    "disc",
    "globe",
    "line",
    "link",
    "mover",
    "places",
    "satellite",
    "times",
]
HERE = Path(__file__).parent
MOST_BYTES = 150_000  # of samples: with script and picture a figure stays below 250 kB

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
        "turn_s": 27.321662 * 86400,
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


# --- the widget -----------------------------------------------------------------------------


class Globe(anywidget.AnyWidget):
    """One globe on the page. `chosen` and `time` say what the learner chose, and when."""

    _esm = module(HERE / "globe_scene.js", HERE / "globe.js")
    _css = asset(HERE / "globe.css")
    spec = traitlets.Dict().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    picture = traitlets.Bytes(b"").tag(sync=True)
    samples = traitlets.Bytes(b"").tag(sync=True)
    chosen = traitlets.Unicode("").tag(sync=True)
    seconds = traitlets.Int(0).tag(sync=True)

    def choose(self, name):
        """Choose a thing by name from Python, "" for none; raise GlobeError when there is no such
        thing.
        """
        known = self.names()
        if name and name not in known:
            raise GlobeError(f"nothing here is called {name!r}; accepted: {', '.join(known)}")
        self.chosen = name

    def names(self):
        """Return the names of all things, in the order in which they were given."""
        kinds = ("movers", "places", "lines", "circles", "directions")
        return [thing["name"] for kind in kinds for thing in self.spec.get(kind, [])]

    @property
    def time(self):
        """The moment that the page shows, when it last stood still; None on a globe without a
        clock.
        """
        clock = self.spec.get("clock")
        return orbits.utc(clock["start"]) + pd.Timedelta(seconds=self.seconds) if clock else None

    def still(self):
        """Return the picture of the start as bytes of WebP."""
        return globe_still.still(self.spec, self.samples, self.picture)

    def _repr_mimebundle_(self, **kwargs):
        live = super()._repr_mimebundle_(**kwargs) or {}
        live, metadata = live if isinstance(live, tuple) else (live, {})
        html = as_page(self) if os.environ.get("SHARED_ORBITS_PAGE") else as_html(self)
        return {**live, "text/html": html, "text/plain": as_text(self)}, metadata


def as_text(view):
    """Return a globe in words: title, time, things and sentence, the same at every run."""
    spec, names = view.spec, view.names()
    shown = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    lines = [f"Globe: {spec['title']}", f"  On it: {shown or 'nothing'}"]
    if clock := spec.get("clock"):
        lines.append(f"  From {clock['start'][:16]} UTC, {clock['seconds'] / 3600:g} hours")
    return "\n".join([*lines, f"  {view.sentence}"])


def as_page(view, ids=itertools.count(1)):
    """Return a globe as HTML that runs by itself: script, style and data in one piece, for pages
    without a kernel.
    """
    place = f"so-globe-page-{next(ids)}"
    state = {"spec": view.spec, "sentence": view.sentence, "chosen": view.chosen}
    told = json.dumps(state | {"seconds": view.seconds}).replace("</", "<\\/")
    coded = {key: base64.b64encode(getattr(view, key)).decode() for key in ("picture", "samples")}
    script = view._esm.replace("export default", "const widget=")
    return f"""<style>{view._css}</style><div id="{place}"></div>
<script type="module">
{script}
const state = {told};
for (const [key, text] of Object.entries({json.dumps(coded)}))
  state[key] = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const quiet = () => {{}};
const set = (key, value) => {{ state[key] = value; }};
const model = {{ get: (key) => state[key], set, on: quiet, off: quiet, save_changes: quiet }};
widget.render({{ model, el: document.getElementById("{place}") }});
</script>
<noscript>{as_html(view)}</noscript>"""


def as_html(view):
    """Return the still picture, with the sentence as its alternative text and again below it."""
    picture = base64.b64encode(view.still()).decode("ascii")
    alt = escape(f"{view.spec['title']} {view.sentence}", quote=True)
    return (
        f"<p><strong>{escape(view.spec['title'])}</strong></p>\n"
        f'<img alt="{alt}" width="{globe_still.PIXELS}" src="data:image/webp;base64,{picture}">\n'
        f"{caption(view.sentence)}"
    )


_open = {}  # title -> the globe on the page: running a cell again closes the one it replaces


def globe(
    title,
    text,
    *things,
    body="earth",
    picture=True,
    start=None,
    hours=None,
    now=0.0,
    speed=None,
    sunlight=True,
    centre=(15.0, 0.0),
    extent=None,
    chosen="",
):
    """Return a globe; as the last line of a cell it shows itself.

    title: text, unique in the notebook. text: the sentence with the numbers that you computed
    (figures.show).
    things: satellite, mover, places, line, disc, direction, link; lists of them are opened.
    body: "earth", "moon", "mars" or "sun". picture: NASA's picture; False draws land on a plain
    ball.
    start, hours: the span of the clock; none: nothing moves. now: hours after the start that are
    shown first.
    speed: seconds a second (1, 60, 600, 3600 ...). sunlight: True shows day and night of the Earth;
    elsewhere pass directions to the Sun (3, N). centre: latitude and longitude in the middle of the
    view. extent: km from the middle to the edge; by default all fits. chosen: the name chosen at
    first.
    Raises GlobeError for an unknown body, two things of one name, positions without a clock, or too
    many samples.
    """
    things = _opened(things)
    _check(title, things, body, hours, chosen)
    spec, store = _spec(title, things, body, picture, centre), _Store(hours)
    for thing in things:
        spec.setdefault(_GROUPS[thing.kind], []).append(store.keep(thing))
    light = _sunlight(sunlight, body, start, hours)
    if light is not None:
        spec["sun"] = store.path(light)
    if hours is not None:
        spec["clock"] = _clock(start, hours, now, speed)
    spec["extent"] = extent or _extent(things, BODIES[body]["radius"])
    if len(store.bytes()) > MOST_BYTES:
        raise GlobeError(
            f"{len(store.bytes()):,} bytes of positions; accepted: {MOST_BYTES:,}. Fewer hours, or "
            "fewer satellites"
        )
    if title in _open:
        _open.pop(title).close()
    file = BODIES[body].get("picture") if picture else None
    _open[title] = Globe(
        spec=spec,
        sentence=sentence(text),
        picture=data.path(file).read_bytes() if file else b"",
        samples=store.bytes(),
        chosen=chosen,
        seconds=round(3600 * now),
    )
    return _open[title]


_GROUPS = {
    "mover": "movers",
    "place": "places",
    "line": "lines",
    "circle": "circles",
    "direction": "directions",
    "link": "links",
}


def _opened(things):
    """Return the things of lists within lists as one list."""
    opened = []
    for thing in things:
        opened += _opened(thing) if isinstance(thing, (list, tuple)) else [thing]
    return opened


def _check(title, things, body, hours, chosen):
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


def _spec(title, things, body, picture, centre):
    """Return what the page is told of the body and the view."""
    about = {k: v for k, v in BODIES[body].items() if k not in ("picture", "source", "turn_s")}
    plan = about.get("plan", False)
    view = {"latitude": 90, "longitude": -90} if plan else _view(centre)
    spec = {"title": str(title), "body": about, "view": view}
    if "turn_s" in BODIES[body]:
        spec["turn"] = 2 * np.pi / BODIES[body]["turn_s"]
    if body == "earth" and not picture:
        spec["land"] = [
            np.round(10 * ring).astype(int).ravel().tolist() for ring in worldmap.land()
        ]
    return spec


def _view(centre):
    latitude, longitude = (float(value) for value in centre)
    if not (-90 <= latitude <= 90 and -360 <= longitude <= 360):
        raise GlobeError(f"centre = {centre!r}; accepted: latitude and longitude, degrees")
    return {"latitude": round(latitude, 3), "longitude": round(longitude, 3)}


class _Store:
    """Positions as whole numbers of 16 bits, one path behind the other; a path is told by where it
    starts, and by its scale.
    """

    def __init__(self, hours):
        self.span, self.parts, self.length = 3600.0 * (hours or 0), [], 0

    def path(self, positions):
        scale = float(np.abs(positions).max() / 32767) or 1.0
        numbers = np.round(positions.T / scale).astype("<i2").ravel()
        count = positions.shape[1]
        step = self.span / (count - 1) if count > 1 else 1.0
        path = {"from": self.length, "count": count, "start": 0, "step": step, "scale": scale}
        self.parts.append(numbers)
        self.length += len(numbers)
        return path

    def keep(self, thing):
        if thing.positions is None:
            return thing.page
        return {**thing.page, "path": self.path(thing.positions)}

    def bytes(self):
        return b"".join(part.tobytes() for part in self.parts)


def _sunlight(sunlight, body, start, hours):
    """Return directions to the Sun (3, N) over the span, or None for a body that is lit evenly."""
    if sunlight is False or sunlight is None:
        return None
    if sunlight is not True:
        found = np.asarray(sunlight, dtype=float)
        return found[:, None] if found.ndim == 1 else found
    if body != "earth" or start is None:
        return None
    return orbits.sun_direction(times(start, hours or 0.0, 5 + int((hours or 0) / 2)))


def _clock(start, hours, now, speed):
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


def _extent(things, radius):
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
