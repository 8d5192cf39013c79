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
import pandas as pd
import traitlets

from helpers.base.assets import asset, module
from helpers.figures import globe_page as told
from helpers.figures import globe_still
from helpers.figures.globe_page import BODIES
from helpers.figures.globe_things import (
    GlobeError,
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
from helpers.science import orbits
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
    told.check(title, things, body, hours, chosen)
    spec, store = told.spec(title, body, picture, centre), told.Store(hours)
    for thing in things:
        spec.setdefault(_GROUPS[thing.kind], []).append(store.keep(thing))
    light = told.sunlight(sunlight, body, start, hours)
    if light is not None:
        spec["sun"] = store.path(light)
    if hours is not None:
        spec["clock"] = told.clock(start, hours, now, speed)
    spec["extent"] = extent or told.extent(things, BODIES[body]["radius"])
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
