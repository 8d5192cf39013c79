"""Interactive figures: a pure function of its parameters, plus native controls.

`explore(draw, title, **controls)` calls `draw(**values)`, which returns a figure and its sentence,
and calls it again when a control moves. The same object answers to Python: `view.set(name=value)`.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import anywidget
import matplotlib.pyplot as plt
import traitlets
from IPython.display import display
from PIL import Image

from helpers import figures
from helpers.base.assets import asset, module
from helpers.science import orbits, worldmap

HERE = Path(__file__).parent
# Pixels in an inch of an answer: sharp enough, and drawn in well under a tenth of a second.
DPI = 110
ANSWERS = 64  # kept of each figure,
KEPT_BYTES = 8_000_000  # of pictures at most: a radargram's are ten times a chart's


class ExploreError(ValueError):
    """A control or a value that an interactive figure does not take."""


# --- controls ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Control:
    """One control: kind, label, start value, and what the page needs to draw it."""

    kind: str
    label: str
    value: object
    page: dict

    def check(self, name, value):
        """Return the value as the control holds it;
        raise ExploreError when it takes no such value.
        """
        return CHECKS[self.kind](self, name, value)


def slider(low, high, step, value, label, unit=""):
    """Return a slider from low to high in steps, with its start value, label and unit."""
    if not (low < high and step > 0):
        raise ExploreError(
            f"slider {label!r}: low {low!r}, high {high!r}, step {step!r}; accepted: low below "
            "high, step above 0"
        )
    decimals = max(
        len(text.split(".")[1]) if "." in (text := f"{number:g}") else 0 for number in (step, low)
    )
    return _started(
        Control(
            "slider",
            label,
            value,
            {"low": low, "high": high, "step": step, "unit": unit, "decimals": decimals},
        )
    )


def choice(options, value, label):
    """Return a choice of one of several texts: radio buttons up to five, a list beyond."""
    return _started(Control("choice", label, value, {"options": _texts(label, options)}))


def several(options, value, label):
    """Return a group of boxes; the value is the list of texts that are ticked,
    in the order of the options.
    """
    return _started(Control("several", label, value, {"options": _texts(label, options)}))


def tick(value, label):
    """Return one box: true when ticked."""
    return _started(Control("tick", label, value, {}))


def world_points(places, value, label):
    """Return a map on which places are chosen, with the same places as a list of boxes.

    places: rows that orbits.as_place takes, such as a table with name, latitude_deg and
    longitude_deg. The value is the list of names chosen.
    """
    spots = [orbits.as_place(row) for row in places.to_dict("records")]
    points = [[round(spot.longitude, 2), round(spot.latitude, 2)] for spot in spots]
    return _started(
        Control(
            "world_points",
            label,
            value,
            {"options": _texts(label, [spot.name for spot in spots]), "points": points},
        )
    )


def _texts(label, options):
    texts = [str(option) for option in options]
    if not texts or len(set(texts)) < len(texts):
        raise ExploreError(
            f"control {label!r}: options {texts!r}; accepted: at least one, each once"
        )
    return texts


def _started(control):
    """Return the control with its start value checked."""
    return Control(
        control.kind, control.label, control.check(control.label, control.value), control.page
    )


def _check_slider(control, name, value):
    low, high, step = (control.page[key] for key in ("low", "high", "step"))
    if (
        isinstance(value, bool)
        or not isinstance(value, (int, float))
        and not hasattr(value, "__float__")
        or not low <= value <= high
    ):
        raise ExploreError(
            (
                f"{name} = {value!r}; accepted: numbers from {low:g} to {high:g} "
                f"{control.page['unit']}"
            ).rstrip()
        )
    nearest = low + round((float(value) - low) / step) * step
    whole = all(float(number).is_integer() for number in (low, step))
    return round(nearest) if whole else round(nearest, 10)


def _check_choice(control, name, value):
    if value not in control.page["options"]:
        raise ExploreError(
            f"{name} = {value!r}; accepted: {', '.join(map(repr, control.page['options']))}"
        )
    return str(value)


def _check_several(control, name, value):
    chosen = list(value) if isinstance(value, (list, tuple, set)) else [value]
    unknown = [one for one in chosen if one not in control.page["options"]]
    if unknown:
        raise ExploreError(
            f"{name} has no {', '.join(map(repr, unknown))}; accepted: "
            f"{', '.join(map(repr, control.page['options']))}"
        )
    return [option for option in control.page["options"] if option in chosen]


def _check_tick(control, name, value):
    if value not in (True, False):
        raise ExploreError(f"{name} = {value!r}; accepted: True or False")
    return bool(value)


CHECKS = {
    "slider": _check_slider,
    "choice": _check_choice,
    "several": _check_several,
    "tick": _check_tick,
    "world_points": _check_several,
}


# --- the figure ------------------------------------------------------------------------------


class Explore(anywidget.AnyWidget):
    """One interactive figure. `values` and `text` say where it stands; `set` moves it."""

    _esm = module(HERE / "explore.js")
    _css = asset(HERE / "explore.css")
    spec = traitlets.Dict().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    picture = traitlets.Bytes(b"").tag(sync=True)
    text = traitlets.Unicode("").tag(sync=True)
    # from the page: a number, all values, and whether a slider is on its way
    request = traitlets.Dict().tag(sync=True)
    answer = traitlets.Int(0).tag(sync=True)  # to the page: the number answered

    def __init__(self, draw, title, controls):
        self._draw, self._controls, self._answers = draw, controls, {}
        start = {name: control.value for name, control in controls.items()}
        # An error at the start is a mistake in the lesson: let it be seen.
        picture, text, look, self._layout = self._answer(start, None)
        self._start = (picture, text)
        land = {"land": _land()} if any(c.kind == "world_points" for c in controls.values()) else {}
        page = [
            {"name": name, "kind": c.kind, "label": c.label, **c.page}
            for name, c in controls.items()
        ]
        super().__init__(
            spec={"title": title, "controls": page, "look": look, **land},
            values=start,
            picture=picture,
            text=text,
        )
        self.observe(self._asked, "request")

    def set(self, **values):
        """Move controls from Python and draw again; return the new sentence.

        Raises ExploreError for an unknown name or a value that its control does not take.
        """
        checked = self._checked(values)
        with self.hold_sync():
            self._move({**self.values, **checked})
        return self.text

    def _checked(self, values):
        unknown = sorted(set(values) - set(self._controls))
        if unknown:
            raise ExploreError(
                f"no control {', '.join(map(repr, unknown))}; accepted: {', '.join(self._controls)}"
            )
        return {name: self._controls[name].check(name, value) for name, value in values.items()}

    def _move(self, values, moving=False):
        """Take new values and draw; a draw that fails becomes a sentence,
        since the page has no place for a traceback.

        moving: keep the axes where they stand, which answers sooner and holds the picture still.
        """
        self.values = values
        try:
            kept = self._layout if moving else None
            self.picture, self.text, _, self._layout = self._answer(values, kept)
        except Exception as problem:
            plt.close("all")
            self.picture, self.text = b"", f"This setting cannot be drawn: {problem}"

    def _answer(self, values, kept):
        """Return what `render` does, drawn only where it is none of the last answers: a drag forth
        and back passes the same values again.
        """
        asked = repr((sorted(values.items()), kept))
        answer = self._answers.pop(asked, None) or render(self._draw, values, kept)
        self._answers[asked] = answer  # the last asked stands last
        size = sum(len(picture) for picture, *_ in self._answers.values())
        while len(self._answers) > ANSWERS or size > KEPT_BYTES and len(self._answers) > 1:
            size -= len(self._answers.pop(next(iter(self._answers)))[0])
        return answer

    def _asked(self, change):
        """Answer a request of the page."""
        with self.hold_sync():
            asked = change["new"]
            try:
                values = {**self.values, **self._checked(asked.get("values", {}))}
                self._move(values, asked.get("moving", False))
            except ExploreError as problem:
                self.text = f"This setting is not accepted: {problem}"
            self.answer = asked.get("number", 0)

    def _plain(self):
        """Return the controls and the start sentence as text:
        what is compared, and what is read where nothing can be drawn.
        """
        lines = [f"Interactive figure: {self.spec['title']}"]
        lines += [f"  {c.label}: {_words(c)}" for c in self._controls.values()]
        return "\n".join([*lines, f"  At the start setting: {self._start[1]}"])

    def _repr_mimebundle_(self, **kwargs):
        live = super()._repr_mimebundle_(**kwargs) or {}
        live = live[0] if isinstance(live, tuple) else live
        picture = figures.packed(Image.open(BytesIO(self._start[0])))
        shown = figures.img(picture, self.spec["title"], figures.SIZE[0], self.spec["look"])
        return {**live, "text/html": shown, "text/plain": self._plain()}

    def _ipython_display_(self):
        display(self._repr_mimebundle_(), raw=True)
        # its own output: the picture alone would hide it from a reader without a kernel
        start = f"At the start setting: {self._start[1]}"
        display({"text/html": figures.caption(start), "text/plain": start}, raw=True)


_open = {}  # title -> the figure on the page: running a cell again closes the one it replaces


def explore(draw, title, **controls):
    """Return an interactive figure; as the last line of a cell it shows itself.

    draw: a pure function, called with one value a control, that returns a figure and its sentence
    (figures.show).
    title: text, unique in the notebook. controls: name = slider(...), choice(...), several(...),
    tick(...), world_points(...).
    Raises ExploreError when there is no control, or when draw does not return a figure and a
    sentence.
    """
    wrong = [name for name, control in controls.items() if not isinstance(control, Control)]
    if wrong or not controls:
        raise ExploreError(
            f"controls {wrong or 'none'}; accepted: name=explore.slider(...) or another control, "
            "at least one"
        )
    if title in _open:
        _open.pop(title).close()
    _open[title] = Explore(draw, title, controls)
    return _open[title]


def render(draw, values, kept=None):
    """Return the picture (bytes of PNG), the sentence, the look (figures.look) and the layout
    (figures.layout) that draw gives for some values; with a layout kept, in that one.
    """
    drawn = draw(**values)
    if not (isinstance(drawn, tuple) and len(drawn) == 2 and hasattr(drawn[0], "savefig")):
        raise ExploreError(
            f"draw returned {type(drawn).__name__}; accepted: a figure and its sentence, 'return "
            "fig, text'"
        )
    fig, text = drawn
    text = figures.sentence(text)
    if kept:
        figures.lay_out(fig, kept)
    picture, look, layout = (
        figures.png(fig, DPI, small=False),
        figures.look(fig),
        figures.layout(fig),
    )
    plt.close(fig)
    return picture, text, look, layout


def _words(control):
    """Return a control as text: what it offers and where it starts."""
    page, value = control.page, control.value
    if control.kind == "slider":
        range_ = f"{page['low']:g} to {page['high']:g} {page['unit']}".rstrip()
        return f"{range_} in steps of {page['step']:g}; start {value:g}"
    if control.kind == "tick":
        return "on or off; start " + ("on" if value else "off")
    start = value if isinstance(value, str) else ", ".join(value) or "none"
    return f"{', '.join(page['options'])}; start {start}"


def _land():
    """Return the land as the path of an SVG map, rounded to a tenth of a degree:
    longitude, minus latitude.
    """
    return "".join(
        "M" + " ".join(f"{x:.1f},{-y:.1f}" for x, y in ring) + "Z" for ring in worldmap.land()
    )
