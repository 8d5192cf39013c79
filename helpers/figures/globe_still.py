"""The still picture of a globe: what a reader sees where nothing runs.
It draws what globe_scene.js draws, at the start. The globe in the page waits for it, so things are
gathered and drawn at once: four collections cost a tenth of some hundred artists.

spec, samples, picture: what a globe tells the page (helpers.figures.globe).
"""

from io import BytesIO

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.patheffects import withStroke
from PIL import Image, WebPImagePlugin

PIXELS = 520  # on the page, each way
DENSE = 1.5  # stored pixels to a pixel of the page
MOST_BYTES = 60_000  # of a picture: coarser where it is full of lines (80 kB as text in the file)
SKY, INK = "#0b1020", "#f4f6fb"
COLOURS = {
    "blue": "#5aa9ff",
    "vermillion": "#ff8a4c",
    "green": "#2fd6a3",
    "purple": "#f0a3cf",
    "orange": "#f5b335",
    "sky": "#7cc8f2",
    "yellow": "#f0e442",
    "white": "#f4f6fb",
    "grey": "#8793ad",
}


def colour(name):
    """Return a colour of the style as it stands on a dark sky;
    any other text is a colour of its own.
    """
    return COLOURS.get(name, name)


def still(spec, samples, picture=b""):
    """Return the globe at its start as bytes of WebP."""
    numbers = np.frombuffer(samples, dtype="<i2")
    now = spec.get("clock", {}).get("now", 0.0)
    turn = _axes(spec["view"]["latitude"], spec["view"]["longitude"])
    figure = Figure(
        figsize=(PIXELS / 100, PIXELS / 100), dpi=100 * DENSE, facecolor=SKY, layout="none"
    )
    ax = figure.add_axes((0, 0, 1, 1))
    reach, radius = spec["extent"], spec["body"]["radius"]
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
    ax.axis("off")
    sheet = _Sheet(radius)
    if spec["body"].get("plan"):
        ax.plot(0, 0, "o", color="#ffd75e", markersize=12)
    else:
        _ball(ax, sheet, spec, numbers, now, picture, turn)
    for area in spec.get("circles", []):
        edge = circle(unit(area["latitude"], area["longitude"]), np.radians(area["angle"]))
        sheet.area(turn @ edge * radius, colour(area["colour"]))
    for line in spec.get("lines", []):
        lat, lon, high = np.array(line["points"]).reshape(-1, 3).T
        seen = turn @ (unit(lat, lon) * (radius + high))
        sheet.line(seen, colour(line["colour"]), 1.8)
        sheet.name(line, seen[:, len(lat) // 2])
    for mover in spec.get("movers", []):
        _mover(sheet, spec, mover, numbers, now, turn)
    for place in spec.get("places", []):
        seen = turn @ unit(place["latitude"], place["longitude"]) * radius
        if seen[2] > 0:
            sheet.mark("s", seen, colour(place["colour"]), 6)
            sheet.name(place, seen)
    sheet.draw(ax)
    _write(ax, sheet.named, reach)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return _packed(Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB"))


def _packed(image):
    """Return a picture as bytes of WebP: coarser, by what its first size tells, if it is large."""
    first = _webp(image, 78)
    if len(first) <= MOST_BYTES:
        return first
    for quality, share in ((50, 0.73), (25, 0.51)):  # of the size at 78
        if share * len(first) <= MOST_BYTES:
            coarser = _webp(image, quality)
            if len(coarser) <= MOST_BYTES:
                return coarser
    return _webp(image, 10)


def _webp(image, quality):
    # Its plugin is imported by name: else Pillow loads all of its 40 kinds, 2.5 MB.
    store, kind = BytesIO(), WebPImagePlugin.WebPImageFile.format
    image.save(store, kind, quality=quality, method=2)
    return store.getvalue()


class _Sheet:
    """What stands on the picture, gathered; positions (3, N) are in the axes of the view."""

    def __init__(self, radius):
        self.radius, self.named = radius, []
        self.lines, self.areas, self.edges, self.marks = [], [], [], {"s": [], "o": []}

    def line(self, seen, tint, width, alpha=1.0):
        points = np.where(_hidden(seen, self.radius), np.nan, seen[:2])
        self.lines.append((points.T, to_rgba(tint, alpha), width))

    def area(self, seen, tint):
        """Add an area; its points on the far side are moved to the rim, so that it closes there."""
        behind = seen[2] < 0
        if behind.all():
            return
        to_rim = np.where(behind, self.radius / np.maximum(np.hypot(*seen[:2]), 1e-9), 1.0)
        self.areas.append(((seen[:2] * to_rim).T, to_rgba(tint, 0.18)))
        self.edges.append((np.where(behind, np.nan, seen[:2]).T, to_rgba(tint), 1.5))

    def mark(self, form, seen, tint, size):
        self.marks[form].append((*seen[:2], tint, size**2))

    def name(self, thing, seen):
        if thing.get("label", True) and not _hidden(seen[:, None], self.radius)[0]:
            self.named.append((thing["name"], seen[0], seen[1]))

    def draw(self, ax):
        if self.areas:
            shapes, tints = zip(*self.areas)
            ax.add_collection(PolyCollection(shapes, facecolors=tints, zorder=1.5), autolim=False)
        for some, order in ((self.edges, 1.6), (self.lines, 2)):
            if some:
                points, tints, widths = zip(*some)
                drawn = LineCollection(points, colors=tints, linewidths=widths, zorder=order)
                ax.add_collection(drawn, autolim=False)
        for order, form in ((2.1, "s"), (4, "o")):
            if self.marks[form]:
                x, y, tints, sizes = zip(*self.marks[form])
                ax.scatter(
                    x, y, s=sizes, c=tints, marker=form, edgecolors=SKY, linewidths=1, zorder=order
                )


def unit(latitude, longitude):
    """Return unit vectors (3, ...) of places, degrees."""
    lat, lon = np.broadcast_arrays(np.radians(latitude), np.radians(longitude))
    return np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def sampled(path, numbers, seconds):
    """Return the position at a moment (3,), or at several (3, T).

    The cubic through the four samples around it (Lagrange), as the page does it.
    """
    at = numbers[path["from"] : path["from"] + 3 * path["count"]].reshape(-1, 3) * path["scale"]
    u = np.clip((np.asarray(seconds) - path["start"]) / path["step"], 0, path["count"] - 1)
    n = min(4, path["count"])
    first = np.clip(np.floor(u).astype(int) - 1, 0, path["count"] - n)
    u, found = u - first, np.zeros((3, *u.shape))
    for j in range(n):
        weight = 1.0
        for k in range(n):
            if k != j:
                weight = weight * ((u - k) / (j - k))
        found += weight * at[first + j].T
    return found


def circle(centre, angle, count=73):
    """Return the points (3, count) of a small circle of the unit ball round a centre,
    angle in radians.
    """
    flat = max(np.hypot(centre[0], centre[1]), 1e-9)
    east = np.array([-centre[1], centre[0], 0.0]) / flat
    north = np.array([-centre[0] * centre[2], -centre[1] * centre[2], flat**2]) / flat
    t = np.linspace(0, 2 * np.pi, count)
    rim = np.outer(east, np.cos(t)) + np.outer(north, np.sin(t))
    return np.cos(angle) * np.asarray(centre)[:, None] + np.sin(angle) * rim


def _axes(latitude, longitude):
    """Return the matrix (3, 3) that turns positions to right, up and towards the reader."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    (sp, cp), (sl, cl) = (np.sin(lat), np.cos(lat)), (np.sin(lon), np.cos(lon))
    return np.array([[-sl, cl, 0], [-sp * cl, -sp * sl, cp], [cp * cl, cp * sl, sp]])


def _ball(ax, sheet, spec, numbers, now, picture, turn):
    """Draw the body: its picture, or its land, with day and night."""
    radius = spec["body"]["radius"]
    count = int(PIXELS * DENSE * min(1.0, radius / spec["extent"]))
    x = np.linspace(-1, 1, count, dtype="float32")[None, :]
    y = -x.T
    depth = np.sqrt(np.maximum(0, 1 - x * x - y * y))
    axes = turn.astype("float32")
    over = [axes[0, k] * x + axes[1, k] * y + axes[2, k] * depth for k in range(3)]
    if picture:
        texture = np.asarray(Image.open(BytesIO(picture)).convert("RGB"))
        rows, columns = texture.shape[:2]
        row = ((0.5 - np.arcsin(np.clip(over[2], -1, 1)) / np.pi) * rows).astype(int)
        column = ((np.arctan2(over[1], over[0]) / (2 * np.pi) + 0.5) * columns).astype(int)
        colours = texture[np.clip(row, 0, rows - 1), column % columns]
    else:
        fill = spec["body"].get("fill", "#5b6b8c")
        colours = np.array([int(fill[i : i + 2], 16) for i in (1, 3, 5)])
    light = 0.65 + 0.35 * depth
    if "sun" in spec:
        sun = sampled(spec["sun"], numbers, now)
        sun = (sun / np.linalg.norm(sun)).astype("float32")
        height = sun[0] * over[0] + sun[1] * over[1] + sun[2] * over[2]
        light = light * np.clip(1 + 4.8 * height, 0.4, 1)
    rgba = np.dstack([colours * light[..., None], 255 * (depth > 0)]).astype(np.uint8)
    ax.imshow(rgba, extent=(-radius, radius, -radius, radius), zorder=1, interpolation="nearest")
    ax.add_patch(Circle((0, 0), radius, fill=False, edgecolor="#8cb4ff", linewidth=1, zorder=1))
    if not picture:
        _plain(sheet, spec, radius, turn)


def _plain(sheet, spec, radius, turn):
    """Add coasts and lines of longitude and latitude on a body without a picture."""
    for ring in spec.get("land", []):
        lon, lat = np.array(ring).reshape(-1, 2).T / 10
        sheet.line(turn @ unit(lat, lon) * radius, "#d8d6c4", 0.7)
    for value in range(-180, 180, 30):
        sheet.line(turn @ unit(np.linspace(-90, 90, 61), value) * radius, "white", 0.7, 0.25)
    for value in range(-60, 61, 30):
        sheet.line(turn @ unit(value, np.linspace(-180, 180, 121)) * radius, "white", 0.7, 0.25)


def _mover(sheet, spec, mover, numbers, now, turn):
    """Add a mover with its track and its reach."""
    radius, path, tint = spec["body"]["radius"], mover["path"], colour(mover["colour"])
    many = len(spec["movers"]) > 12
    ends = (path["start"], path["start"] + path["step"] * (path["count"] - 1))
    if mover["track"] and path["count"] > 1:
        first = ends[0] if mover["track"] == "all" else max(ends[0], now - 60 * mover["track"])
        last = ends[1] if mover["track"] == "all" else now
        count = max(2, int(3 * (last - first) / path["step"]))
        points = sampled(path, numbers, np.linspace(first, last, count))
        sheet.line(turn @ points, tint, 0.7 if many else 1.5, 0.6 if many else 1.0)
    position = sampled(path, numbers, now)
    if "footprint" in mover:
        far = np.linalg.norm(position)
        edge = circle(position / far, reach(radius, far, mover["footprint"]))
        sheet.area(turn @ edge * radius, tint)
    seen = turn @ position
    if spec["body"].get("plan") or not _hidden(seen[:, None], radius)[0]:
        sheet.mark("o", seen, tint, 4 if many else 8)
        if len(spec["movers"]) <= 40:
            sheet.name(mover, seen)


def reach(radius, distance, limits):
    """Return how far (radians at the centre) something at a distance sees the ground,
    to an elevation or along a look angle.
    """
    ratio = distance / radius
    if "look" in limits:
        look = np.radians(limits["look"])
        sine = ratio * np.sin(look)
        return np.arccos(1 / ratio) if sine >= 1 else np.arcsin(sine) - look
    elevation = np.radians(limits["elevation"])
    return np.arccos(np.cos(elevation) / ratio) - elevation


def _hidden(seen, radius):
    """Return for positions (3, N) in the axes of the view whether the body hides them."""
    return (seen[2] < 0) & (np.hypot(seen[0], seen[1]) < radius * 0.9999)


def _write(ax, named, reach):
    """Write names where there is room: beside all marks, else at least beside all names."""
    taken, line = [], 2 * reach / PIXELS * 18
    half = line / 3  # of a mark
    marks = [(x - half, y - half, x + half, y + half) for _, x, y in named]
    for name, x, y in named:
        wide = len(name) * line * 0.48
        sides = (
            (x + line / 2, y),
            (x - line / 2 - wide, y),
            (x - wide / 2, y + line),
            (x - wide / 2, y - line),
        )
        boxes = [(left, low - line / 2, left + wide, low + line / 2) for left, low in sides]
        inside = [b for b in boxes if min(b) > -reach and max(b) < reach]
        free = [b for b in inside if not any(_meet(b, other) for other in taken)]
        clear = [b for b in free if not any(_meet(b, mark) for mark in marks)]
        for box in (clear or free)[:1]:
            taken.append(box)
            rim = [withStroke(linewidth=2.5, foreground=SKY)]
            place = (box[0], box[1] + line / 2)
            ax.text(*place, name, color=INK, fontsize=10, va="center", path_effects=rim, zorder=5)


def _meet(one, other):
    """Return whether two boxes (left, low, right, high) have something in common."""
    apart = one[0] > other[2] or one[2] < other[0] or one[1] > other[3] or one[3] < other[1]
    return not apart
