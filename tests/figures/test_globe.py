"""Globes: positions as the page gets them, words and picture without a kernel, sizes, and what is
refused.
"""

import json
import re
from io import BytesIO

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from PIL import Image

from helpers import figures
from helpers.figures import globe, globe_still
from helpers.science import orbits, weather
from helpers.tables import data

STATION = orbits.newest(orbits.sets("tiangong"))
START, HOURS = STATION.epoch, 3.0
TEXT = "In 3 hours 2 of 3 stations hear Tiangong & <others>."
DISHES = pd.DataFrame(
    {"name": ["Kashi", "Malindi", "Quito"], "latitude_deg": [39.5, -3.0, -0.2]}
).assign(longitude_deg=[75.9, 40.2, -78.5])


def tiangong(**options):
    return globe.satellite(STATION, START, HOURS, name="Tiangong", track=90, **options)


@pytest.fixture
def view():
    one = globe.globe(
        "Who hears?",
        TEXT,
        tiangong(reach_elevation=10),
        globe.places(DISHES, sees=10),
        start=START,
        hours=HOURS,
        now=1.5,
    )
    yield one
    one.close()


def decoded(view, path, seconds):
    return globe_still.sampled(path, np.frombuffer(view.samples, "<i2"), seconds)


def test_between_the_samples_a_satellite_is_within_a_kilometre_of_sgp4(view):
    path = view.spec["movers"][0]["path"]
    seconds = np.random.default_rng(3).uniform(0, 3600 * HOURS, 200)
    truth = orbits.position(STATION, START + pd.to_timedelta(seconds, unit="s"))[0].T
    page = np.array([decoded(view, path, s) for s in seconds])
    assert np.linalg.norm(page - truth, axis=1).max() < 1.0


def test_the_sun_of_the_page_is_the_sun(view):
    seconds = 5400.0
    sun = decoded(view, view.spec["sun"], seconds)
    truth = orbits.sun_direction([START + pd.Timedelta(seconds=seconds)])[:, 0]
    assert np.degrees(np.arccos(sun @ truth / np.linalg.norm(sun))) < 0.02


@pytest.mark.parametrize("elevation", [0.0, 10.0, 30.0])
def test_reach_is_the_disc_of_a_geostationary_satellite(elevation):
    """Against the zenith angle of helpers.science.weather, which is held to published discs."""
    reach = globe_still.reach(6378.137, 42164.0, {"elevation": elevation})
    assert np.degrees(reach) == pytest.approx(weather.disc_arc(90.0 - elevation), abs=0.05)


def test_reach_along_a_look_angle_ends_where_the_ground_does():
    radius, distance = 6378.137, 6978.137
    reach = globe_still.reach(radius, distance, {"look": 30.0})
    place = radius * np.array([np.cos(reach), np.sin(reach)])  # the satellite stands on the x axis
    seen = np.arctan2(place[1], distance - place[0])
    assert np.degrees(seen) == pytest.approx(30.0)
    beyond = globe_still.reach(radius, distance, {"look": 80.0})
    assert np.cos(beyond) == pytest.approx(radius / distance)  # the horizon


def test_words_without_a_kernel(view):
    bundle, _ = view._repr_mimebundle_()
    view.choose("Kashi")
    assert view._repr_mimebundle_()[0]["text/html"] == bundle["text/html"]  # the same every time
    assert bundle["text/plain"] == (
        "Globe: Who hears?\n  On it: Tiangong, Kashi, Malindi, Quito\n"
        f"  From 2026-06-11T12:54 UTC, 3 hours\n  {TEXT}"
    )
    html = bundle["text/html"]
    assert 'alt="Who hears? In 3 hours 2 of 3 stations hear Tiangong &amp; &lt;others&gt;."' in html
    assert html.count("Tiangong &amp; &lt;others&gt;") == 2  # in the picture's words, and below it
    assert "<script" not in html and "application/vnd.jupyter.widget-view+json" in bundle


def test_a_page_without_a_kernel_holds_everything(view, monkeypatch):
    monkeypatch.setenv("SHARED_ORBITS_PAGE", "1")
    html = view._repr_mimebundle_()[0]["text/html"]
    assert html.count("<script") == 1 and "export" not in html.split("<noscript>")[0]
    assert not re.search(r"https?://|\bimport\b|\bfetch\(", html)


def test_sizes(view):
    """A figure in the page stays below 250 kB with 200 satellites on it, in the file below 120
    kB.
    """
    path = orbits.position(STATION, globe.times(START, 1.6, 38))[0]
    fleet = [globe.mover(f"satellite {n}", path) for n in range(200)]
    many = globe.globe("Many", "200 of them.", fleet, start=START, hours=1.6)
    sent = len(many._esm) + len(many._css) + len(many.picture) + len(many.samples)
    assert sent + len(json.dumps(many.spec)) < 250_000
    for one in (many, view):
        assert len(one._repr_mimebundle_()[0]["text/html"]) < 120_000
    many.close()


def test_pictures_are_small_and_the_right_way_up():
    files = [data.path(f"map/{name}.webp") for name in ("earth", "moon")]
    assert sum(file.stat().st_size for file in files) < 400_000
    earth, moon = (np.asarray(Image.open(file).convert("RGB")).astype(int) for file in files)
    at = lambda picture, lat, lon: picture[
        int((90 - lat) * 512 / 180), int((lon + 180) * 1024 / 360)
    ]
    red, _, blue = at(earth, 23, 13)  # the Sahara
    assert red > blue + 40
    red, _, blue = at(earth, 0, -30)  # the Atlantic
    assert blue > red
    assert at(earth, -85, 0).min() > 200 and at(earth, -27, 133)[0] > at(earth, -27, 133)[2]
    assert at(moon, 33, -16).sum() < at(moon, 30, 170).sum() - 60  # Mare Imbrium, the far side


def picture_of(view):
    return np.asarray(Image.open(BytesIO(view.still())).convert("RGB")).astype(int)


def test_the_still_picture_shows_what_stands_in_the_middle_and_hides_what_is_behind():
    front = globe.mover("front", [7000.0, 0, 0], colour="#ff0000", label=False)
    back = globe.mover("back", [-6500.0, 0, 0], colour="#00ff00", label=False)
    one = globe.globe("Still", "Two things.", front, back, centre=(0, 0))
    pixels = picture_of(one)
    red, green, blue = pixels[len(pixels) // 2, len(pixels) // 2]
    assert red > 200 and green < 60 and blue < 60
    assert not ((pixels[..., 1] > 200) & (pixels[..., 0] < 60)).any()
    one.close()


def test_a_name_stands_clear_of_the_marks_where_it_can():
    """The second mark stands where the first name would; with marks all round it, a name covers
    one rather than fall away.
    """

    class Axes:
        def text(self, x, y, name, **style):
            written[name] = x

    written = {}
    globe_still._write(Axes(), [("first", 0.0, 0.0), ("second", 0.1, 0.0)], 1.0)
    assert written["first"] < 0 and written["second"] > 0.1
    written = {}
    ring = [(0.1, 0.0), (-0.1, 0.0), (0.0, 0.05), (0.0, -0.05)]
    globe_still._write(Axes(), [("first", 0.0, 0.0), *(("n", *place) for place in ring)], 1.0)
    assert written["first"] > 0


@pytest.mark.parametrize("body", ["moon", "mars", "sun"])
def test_other_bodies_draw(body):
    if body == "sun":
        angle = np.linspace(0, 2 * np.pi, 40)
        ring = np.array([np.cos(angle), np.sin(angle), 0 * angle])
        things = [globe.mover("Earth", 149.6 * ring), globe.mover("Mars", 227.9 * ring[[1, 0, 2]])]
    else:
        things = [
            globe.places({"name": "site", "latitude": 5.0, "longitude": 3.0}, sees=0),
            globe.mover("relay", np.array([[4000.0, 0, 3000.0]] * 5).T),
            globe.direction("Earth", [1.0, 0, 0]),
            globe.link("relay", "site"),
            globe.disc("area", (5.0, 3.0), 20),
            globe.line("path", [0, 10], [0, 10]),
        ]
    one = globe.globe(body, "Drawn.", things, body=body, start=START, hours=24 * 687)
    assert picture_of(one).std() > 5
    one.close()


def test_plain_ball_sends_coasts_and_no_picture():
    one = globe.globe("Plain", "Coasts.", picture=False)
    assert one.picture == b"" and one.spec["land"] and picture_of(one).std() > 5
    one.close()


def test_python_reads_and_sets_what_is_chosen(view):
    view.choose("Malindi")
    assert view.chosen == "Malindi" and view.time == START.floor("s") + pd.Timedelta(hours=1.5)
    with pytest.raises(globe.GlobeError, match="nothing here is called 'Bern'; accepted: Tiangong"):
        view.choose("Bern")


def test_running_the_cell_again_closes_the_old_globe(view):
    again = globe.globe("Who hears?", TEXT)
    assert view.comm is None
    again.close()


ONE = globe.mover("one", [7000.0, 0, 0])


@pytest.mark.parametrize(
    "make, says",
    [
        (lambda: globe.globe("T", "Text.", body="venus"), "body = 'venus'; accepted: earth, moon"),
        (lambda: globe.globe("T", "Text.", 3), "holds int; accepted: globe.mover"),
        (lambda: globe.globe("T", "Text.", ONE, ONE), r"names \['one'\]"),
        (lambda: globe.globe("T", "Text.", tiangong()), "'Tiangong' moves; accepted: a globe with"),
        (lambda: globe.globe("T", "Text.", start=START, hours=0), "hours = 0; accepted"),
        (lambda: globe.globe("T", "Text.", start=START, hours=2, now=3), "now = 3; accepted"),
        (
            lambda: globe.globe("T", "Text.", start=START, hours=2, speed=7),
            "speed = 7; accepted: 1",
        ),
        (lambda: globe.globe("T", "Text.", centre=(100, 0)), "centre = .*; accepted: latitude"),
        (lambda: globe.globe("T", "Text.", chosen="x"), r"called \['x'\]"),
        (lambda: globe.globe("T", "Text.", ONE, globe.link("one", "two")), r"called \['two'\]"),
        (lambda: globe.globe("T", "12."), "accepted: a sentence"),
        (lambda: globe.mover("m", np.zeros((2, 5))), r"shape \(2, 5\); accepted: \(3, N\)"),
        (lambda: globe.mover("m", [np.nan, 0, 0]), "all finite"),
        (lambda: globe.mover("m", [1, 0, 0], look=95), "look = 95; accepted: degrees from 0 to 90"),
        (lambda: globe.line("l", [0], [0]), "1 points; accepted: two or more"),
        (lambda: globe.disc("d", (0, 0), 200), "angle_deg = 200"),
        (lambda: globe.places([("x", "y")]), "is no place"),
        (
            lambda: globe.globe(
                "T", "Text.", globe.mover("m", np.ones((3, 30000))), start=START, hours=1
            ),
            "180,0.. bytes of positions; accepted: 150,000",
        ),
    ],
)
def test_what_is_refused_is_said(make, says):
    with pytest.raises(ValueError, match=says):
        make()


def test_the_style_of_the_course_draws_no_warning(view, recwarn):
    with plt.rc_context():
        figures.style()
        view.still()
    assert not list(recwarn)
