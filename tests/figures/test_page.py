"""The world map does not smear, `show` says what it shows,
and numbers are written as they should be.
"""

import re
import weakref
from base64 import b64decode
from io import BytesIO
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter
from matplotlib.colors import to_hex
from PIL import Image

from helpers import figures
from helpers.figures import page
from helpers.science import worldmap
from helpers.tables import data
from helpers.science.dividend import Dividend


@pytest.fixture(autouse=True)
def own_style():
    with plt.rc_context():
        figures.style()
        yield
    plt.close("all")


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    monkeypatch.setattr(
        page, "display", lambda bundle, raw, metadata=None: outputs.append((bundle, metadata))
    )
    return outputs


# --- the map's data ------------------------------------------------------------------------


def every_ring():
    return [*worldmap.land(), *(ring for rings in worldmap.countries().values() for ring in rings)]


def test_rings_are_closed_and_on_the_map():
    for ring in every_ring():
        assert (ring[0] == ring[-1]).all() and len(ring) > 3
        assert np.abs(ring[:, 0]).max() <= 180 and np.abs(ring[:, 1]).max() <= 90


def test_no_segment_runs_across_the_map():
    # Where the map is whole, coasts have short segments; a ring that was not cut at 180 degrees has
    # one of some 350 degrees.
    assert max(np.abs(np.diff(ring[:, 0])).max() for ring in every_ring()) < 25


@pytest.mark.parametrize(
    "what, longitude, latitude, land",
    [
        ("Paris", 2.35, 48.85, True),
        ("Lima", -76.9, -12.0, True),
        ("Mandalay", 96.1, 22.0, True),
        ("Chukotka, east of 180", -175.0, 67.0, True),
        ("Chukotka, west of 180", 175.0, 67.5, True),
        ("South Pole", 0.0, -89.9, True),
        ("Antarctica at 180", 179.9, -85.0, True),
        ("Viti Levu, Fiji", 178.0, -17.8, True),
        ("Pacific", -150.0, 0.0, False),
        ("Caspian Sea", 50.5, 42.0, False),
        ("Davis Strait, in the row of Russia", -60.0, 68.0, False),
        ("Greenland Sea, in the row of Russia", -10.0, 68.0, False),
        ("Indian Ocean, in the row of Fiji", 80.0, -17.0, False),
        ("Southern Ocean", 0.0, -60.0, False),
        ("North Pole", 0.0, 89.9, False),
    ],
)
def test_land_and_sea(what, longitude, latitude, land):
    assert worldmap.is_land(longitude, latitude) == land


def test_share_of_land():
    # About 29 % of the Earth is land; this scale leaves out small islands and lakes stay land.
    latitude = np.degrees(np.arcsin(np.linspace(-0.995, 0.995, 60)))
    hits = [worldmap.is_land(lon, lat) for lat in latitude for lon in np.linspace(-179, 179, 60)]
    assert np.mean(hits) == pytest.approx(0.29, abs=0.01)


@pytest.mark.parametrize(
    "code, longitude, latitude",
    [
        ("RUS", 37.6, 55.75),
        ("RUS", -175.0, 67.0),
        ("FJI", 178.0, -17.8),
        ("BRA", -47.9, -15.8),
        ("CHN", 116.4, 39.9),
        ("USA", -150.0, 65.0),
        ("ATA", 90.0, -80.0),
        ("NAM", 17.1, -22.6),
    ],
)
def test_countries_hold_their_places(code, longitude, latitude):
    shapes = worldmap.countries()
    holding = [c for c, rings in shapes.items() if worldmap.contains(rings, longitude, latitude)]
    assert holding == [code]


def test_countries_are_known_codes():
    codes = set(worldmap.countries())
    assert len(codes) == 175 and all(
        len(code) in (0, 3) and code.isupper() or code == "" for code in codes
    )


def test_files_are_small():
    assert (
        sum(data.path(f"map/{name}.npz").stat().st_size for name in ("land", "countries"))
        <= 110_000
    )


# --- the map drawn ------------------------------------------------------------------------------


def pixels(fig, ax, points):
    """Return the colours of a drawn figure at points of longitude and latitude."""
    picture = np.asarray(Image.open(BytesIO(figures.png(fig, small=False))))
    at = ax.transData.transform(points).astype(int)
    return [tuple(picture[picture.shape[0] - 1 - y, x]) for x, y in at]


def test_map_is_filled_on_land_and_clear_at_sea():
    fig, ax = plt.subplots()
    figures.world_map(ax)
    land, chukotka, antarctica, davis, caspian, pacific = pixels(
        fig, ax, [(20, 20), (-178, 67.5), (-20, -80), (-58, 67), (50.9, 42.3), (-140, -5)]
    )
    grey = tuple(int(figures.LAND[i : i + 2], 16) for i in (1, 3, 5))
    assert land == chukotka == antarctica == grey
    assert davis == caspian == pacific != grey


def test_map_keeps_its_part_and_names_directions():
    fig, ax = plt.subplots()
    figures.world_map(ax, west=90, east=110, south=10, north=30)
    fig.canvas.draw()
    assert ax.get_xlim() == (90, 110) and ax.get_ylim() == (10, 30)
    assert "95° E" in [t.get_text() for t in ax.get_xticklabels()] and "20° N" in [
        t.get_text() for t in ax.get_yticklabels()
    ]


def test_track_is_cut_at_the_edge():
    _, ax = plt.subplots()
    line = figures.track(ax, [170, -170], [0, 10])
    assert np.isnan(line.get_xdata()).any() and np.nanmax(np.abs(np.diff(line.get_xdata()))) <= 180


def test_globe_hides_the_far_side():
    _, ax = plt.subplots(figsize=(5, 5))
    project = figures.orthographic(ax, latitude=0.0, longitude=100.0)
    x, y = project([100, 190, 100, -80], [0, 0, 89.999, 0])
    assert (
        x[:3] == pytest.approx([0, 1, 0], abs=1e-4)
        and y[:3] == pytest.approx([0, 0, 1], abs=1e-4)
        and np.isnan(x[3])
    )
    fig = ax.figure
    assert (
        pixels(fig, ax, [(0, 0.55), (0.2, -0.6)])[0] != pixels(fig, ax, [(0, 0.55), (0.2, -0.6)])[1]
    )  # China is land, the ocean south of Java is not


def test_choropleth_colours_and_refuses_unknown_codes():
    _, ax = plt.subplots()
    bar = figures.choropleth(ax, {"BRA": 1.0, "CHN": 3.0}, "launches")
    assert bar.ax.get_xlabel() == "launches" and (bar.vmin, bar.vmax) == (1.0, 3.0)
    with pytest.raises(figures.FigureError, match="'XYZ'"):
        figures.choropleth(ax, {"XYZ": 1.0})


def test_the_figure_shown_before_holds_no_memory(shown):
    figures.style()
    seen = []
    for name in ("first", "second"):
        fig, ax = plt.subplots()
        ax.set_title(name)
        seen.append(weakref.ref(fig))
        figures.show(fig, name)
    assert [one() for one in seen] == [None, fig]


def test_places_take_table_rows():
    _, ax = plt.subplots()
    points = figures.places(ax, data.table("ground_stations").head(3))
    assert len(points.get_xdata()) == 3 == len(ax.texts)


# --- show ---------------------------------------------------------------------------------------


def test_show_gives_picture_alt_text_and_sentence(shown):
    fig, ax = plt.subplots()
    ax.plot([1, 2])
    figures.show(fig, "The line rises\n  from 1 to 2 & <more>.")
    (picture, _), (sentence, _) = shown
    stored = figures.stored({"data": picture})
    assert Image.open(BytesIO(b64decode(stored))).size == (1440, 720)
    assert (
        'alt="Figure: The line rises from 1 to 2 &amp; &lt;more&gt;." width="960"'
        in (picture["text/html"])
    )
    assert picture["text/plain"] == "Figure, 10 x 5 inches, 1 axis"
    assert (
        sentence["text/plain"] == "The line rises from 1 to 2 & <more>."
        and "&amp; &lt;more&gt;." in sentence["text/html"]
    )
    assert plt.get_fignums() == []


def test_the_name_of_a_picture_is_its_titles(shown):
    fig, axes = plt.subplots(1, 2)
    axes[0].set_title("What rises?")
    axes[1].set_title("What\nfalls?")
    figures.show(fig, "One line rises.")
    assert 'alt="Figure: What rises? / What falls?"' in shown[0][0]["text/html"]


@pytest.mark.parametrize(
    "array, options, look",
    [
        (np.zeros((4, 4)), {"cmap": "viridis"}, "chart"),
        (np.zeros((4, 4)), {"cmap": "Greys_r"}, "photo"),
        (np.zeros((4, 4, 3)), {}, "photo"),
        (np.zeros((4, 4, 3)), {"gid": "chart"}, "chart"),
    ],
)
def test_a_photograph_keeps_its_light_and_dark(shown, array, options, look):
    fig, ax = plt.subplots()
    ax.imshow(array, **options)
    figures.show(fig, "A picture.")
    assert f'<img class="so-{look}"' in shown[0][0]["text/html"]
    assert figures.stored(shown[0][0]) == "" != figures.stored({"data": shown[0][0]})


def test_a_photograph_is_mounted_on_dark_paper_with_its_words_in_light(shown):
    """White paper round a dark picture glares on a dark page."""
    for options in ({"gid": "chart"}, {}):
        fig, ax = plt.subplots()
        ax.imshow(np.zeros((4, 4, 3)), **options)
        ax.set(title="What is it?", xlabel="metres")
        figures.show(fig, "A picture.")
    chart, photo = (
        np.asarray(
            Image.open(BytesIO(b64decode(figures.stored({"data": shown[n][0]})))).convert("L")
        )
        for n in (0, 2)
    )
    title = np.s_[:40, :400]
    assert (
        chart[0, 0] > 240 > 60 > photo[0, 0] and photo[title].max() > 200 > 80 > chart[title].min()
    )


def test_show_is_the_same_every_time(shown):
    for _ in range(2):
        fig, ax = plt.subplots()
        figures.world_map(ax)
        figures.show(fig, "A map.")
    assert shown[0] == shown[2] and shown[1] == shown[3]


@pytest.mark.parametrize("text", ["", "  ", None, "12 + 3"])
def test_show_refuses_to_say_nothing(text):
    fig, _ = plt.subplots()
    with pytest.raises(figures.FigureError, match="accepted: a sentence"):
        figures.show(fig, text)


def test_show_refuses_an_empty_figure():
    with pytest.raises(figures.FigureError, match="no axes"):
        figures.show(plt.figure(), "Nothing is drawn.")


def test_small_picture_is_smaller_and_looks_the_same():
    fig, ax = plt.subplots()
    figures.world_map(ax)
    small, whole = figures.png(fig), figures.png(fig, small=False)
    difference = np.abs(
        np.asarray(Image.open(BytesIO(small)).convert("RGB"), float)
        - np.asarray(Image.open(BytesIO(whole)), float)
    )
    assert len(small) < len(whole) / 2 and difference.mean() < 0.2


def test_the_quick_picture_is_what_was_drawn_to_the_pixel():
    fig, ax = plt.subplots(figsize=(3.33, 2.17))
    figures.world_map(ax)
    png = figures.png(fig, 101, small=False)
    Image.open(BytesIO(png)).verify()  # the sums of its chunks
    quick = Image.open(BytesIO(png))
    assert (quick.mode, quick.size) == ("RGB", fig.canvas.get_width_height(physical=True))
    assert (np.asarray(quick) == np.asarray(fig.canvas.buffer_rgba())[..., :3]).all()


def test_photograph_keeps_its_colours():
    noise = np.random.default_rng(1).integers(0, 256, (200, 200, 3), dtype=np.uint8)
    assert (np.asarray(Image.open(BytesIO(figures.packed(Image.fromarray(noise))))) == noise).all()


def test_text_is_large_enough_for_the_back_row():
    sizes = [
        "font.size",
        "axes.titlesize",
        "axes.labelsize",
        "xtick.labelsize",
        "ytick.labelsize",
        "legend.fontsize",
    ]
    assert (
        min(plt.rcParams[name] for name in sizes) >= 14
        and plt.rcParams["figure.dpi"] == figures.PAGE_DPI
    )


def contrast(one, other):
    """Return the contrast ratio of two colours (WCAG 2.2)."""

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_text_stands_out_from_the_paper():
    assert contrast(figures.INK, figures.PAPER) > 15 and contrast(figures.GREY, figures.PAPER) > 4.5


@pytest.mark.parametrize(
    "value, options, text",
    [
        (389.442, {"unit": "km"}, "389 km"),
        (17333, {}, "17,333"),
        (1234567.8, {}, "1,234,568"),
        (0.012345, {}, "0.0123"),
        (41.4664, {"digits": 4}, "41.47"),
        ((3.14159, 4.2), {"unit": "h"}, "3.14 to 4.20 h"),
        (None, {"unit": "km"}, "unknown"),
        (float("nan"), {}, "unknown"),
        (0, {"unit": "h"}, "0 h"),
        (-0.0, {}, "0"),
        (-2.5, {"digits": 2}, "-2.5"),
        (float("inf"), {}, "infinite"),
        (0.25, {"unit": "%", "digits": 2}, "0.25 %"),
        (9.999, {"digits": 2}, "10"),
    ],
)
def test_numbers(value, options, text):
    assert figures.number(value, **options) == text


def test_bars_that_stand_out_have_the_second_colour():
    values = pd.Series({"Kenya": 3, "Uruguay": 40})
    (ax,) = figures.bars(values, "objects", "Who owns how many?", ["Uruguay"]).axes
    assert [bar.get_width() for bar in ax.patches] == [3, 40]
    assert [to_hex(bar.get_facecolor()).upper() for bar in ax.patches] == [
        figures.COLOURS["sky"].upper(),
        figures.COLOURS["vermillion"].upper(),
    ]
    assert (ax.get_xlabel(), ax.get_title(loc="left")) == ("objects", "Who owns how many?")


def test_dividend_bars_show_values_ranges_and_endless_waits():
    _, ax = plt.subplots()
    figures.dividend_bars(
        ax,
        Dividend(
            question="How long?",
            unit="h",
            better="low",
            alone=float("inf"),
            together=(2, 4),
            same_size=5,
        ),
    )
    assert [t.get_text() for t in ax.texts] == ["2 to 4", "5", "without end"]
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches][:2] == [
        (2, 2),
        (0, 5),
    ] and ax.get_xlabel() == "h (low is better)"


def test_lines_are_told_apart_without_colour():
    cycle = page.STYLE["axes.prop_cycle"].by_key()
    assert len({str(dash) for dash in cycle["linestyle"]}) == len(cycle["color"]) == 7


def test_after_a_cell_nothing_is_held_for_a_control_that_nobody_moves(monkeypatch):
    hooks, asked = {}, []
    formatter = SimpleNamespace(formatters={"text/html": SimpleNamespace(for_type=print)})
    events = SimpleNamespace(register=hooks.setdefault)
    shell = SimpleNamespace(display_formatter=formatter, events=events)
    monkeypatch.setattr(page, "get_ipython", lambda: shell)
    monkeypatch.setattr(page.HEAP, "give_back", lambda: asked.append("freed memory"))
    with plt.rc_context():
        figures.style()
        figures.png(plt.figure(), small=False)
    assert page._renderer.cache_info().currsize == 1
    hooks["post_run_cell"]("what IPython says of the cell")
    assert page._renderer.cache_info().currsize == 0 and asked == ["freed memory"]


def test_no_cell_without_words_is_a_heading_of_a_table(monkeypatch):
    formatter, hooks = DisplayFormatter(), []
    events = SimpleNamespace(register=lambda *hook: hooks.append(hook))
    shell = SimpleNamespace(display_formatter=formatter, events=events)
    monkeypatch.setattr(page, "get_ipython", lambda: shell)
    with plt.rc_context():
        figures.style()
    assert [when for when, _ in hooks] == ["post_run_cell"]
    frame = pd.DataFrame({"a": [1]}, index=pd.Index(["one"], name="row"))
    for one in (frame, frame.reset_index()):
        shown, _ = formatter.format(one)
        assert "<th></th>" not in shown["text/html"] and "<th>a</th>" in shown["text/html"]
        assert shown["text/plain"] == repr(one)


def test_a_table_shows_a_dash_for_no_value_and_says_utc():
    when = pd.to_datetime(["2026-06-11 03:36:57.4", None], utc=True)
    frame = pd.DataFrame({"n": pd.array([1, None], "Int64"), "x": [None, 0.5]}, index=when)
    shown = page.table(frame.assign(note="NaN is a word here", own="+00:00"))
    cells = re.findall(r"<t[dh]>(.+?)</t[dh]>", shown.split("<tbody>")[1])
    assert cells[:3] == ["2026-06-11 03:36:57.400 UTC", "1", "–"]
    assert cells[5:8] == ["–", "–", "0.5"] and cells[3:5] == ["NaN is a word here", "+00:00"]
