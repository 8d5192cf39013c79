"""Lesson 08: its interactive figure driven from Python, and what the lesson says held to sums of
its own.
"""

import io
from itertools import combinations

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from helpers.figures import explore
from helpers.learning.quiz import bank, grading, variants
from helpers.science import weather
from helpers.tables import data
from tests.notebooks import ROOT, read

# What a learner does to each interactive figure in the browser, and words that its sentence must
# then hold.
MOVES = [("Who watches, when not all take part?", [("untick", "NOAA")], "6 of 7 owners")]

matplotlib.use("agg")
OWNERS = ["CMA", "EUMETSAT", "IMD", "JMA", "KMA", "NOAA", "ROSHYDROMET"]


@pytest.fixture(scope="module")
def lesson(run):
    """What the cells of the whole lesson leave behind."""
    return run("08_weather_watch")


def test_all_owners_at_the_start_see_what_the_lesson_computed(lesson):
    view = lesson.view
    assert view.values["chosen"] == OWNERS and view.values["zenith"] == 70
    assert (
        "7 of 7 owners see 87.6% of the Earth" in view.text
        and "18.6% of the Earth is seen by one" in view.text
    )
    assert "Lima is best seen by NOAA, 14 degrees" in view.text


def test_without_noaa_the_americas_are_dark(lesson):
    view = lesson.view
    before, text = view.picture, view.set(chosen=[owner for owner in OWNERS if owner != "NOAA"])
    assert "6 of 7 owners see 70." in text and "Lima is not seen" in text
    assert view.picture != before
    view.set(chosen=OWNERS)


def test_the_teacher_page_says_what_the_figure_shows(lesson):
    view = lesson.view
    others = [owner for owner in OWNERS if owner != "NOAA"]
    share = lambda chosen, zenith: float(
        view.set(chosen=chosen, zenith=zenith)
        .replace(" sees ", " see ")
        .split(" see ")[1]
        .split("%")[0]
    )
    assert share(others, 90) < share(OWNERS, 90)  # dark up to the horizon
    pairs = {(a, b): share([a, b], 70) for a in OWNERS for b in OWNERS if a < b}
    assert max(pairs, key=pairs.get) == ("NOAA", "ROSHYDROMET")
    view.set(chosen=OWNERS, zenith=70)


def test_nobody_and_the_horizon_are_drawn_too(lesson):
    view = lesson.view
    assert "0 of 7 owners see 0.0% of the Earth" in view.set(chosen=[])
    assert "not seen" in view.text
    assert "1 of 7 owners sees" in view.set(chosen=["NOAA"])
    assert "below 90 degrees" in view.set(chosen=["KMA"], zenith=90)
    assert Image.open(io.BytesIO(view.picture)).width > 900
    with pytest.raises(explore.ExploreError, match="NASA"):
        view.set(chosen=["NASA"])
    view.set(chosen=OWNERS, zenith=70)


def test_same_setting_same_picture(lesson):
    view = lesson.view
    first = (view.set(chosen=["CMA", "NOAA"], zenith=65), view.picture)
    view.set(chosen=OWNERS)
    assert (view.set(chosen=["CMA", "NOAA"]), view.picture) == first
    view.set(chosen=OWNERS, zenith=70)


def test_the_map_counts_agencies_by_zenith_angle(lesson):
    lat, lon, share = weather.grid(1)
    table = data.table("geo_weather_satellites").dropna(subset=["longitude"])
    by_angle = sum(
        (weather.zenith_angle(lat[..., None], lon[..., None], own["longitude"].to_numpy()) <= 70)
        .any(axis=-1)
        .astype(int)
        for _, own in table.groupby("operator")
    )
    assert (by_angle == lesson["count"]).all()
    once, anyone = (((by_angle == 1) * share).sum(), ((by_angle > 0) * share).sum())
    # The lesson's shares are exact; the map's cells of one degree are off by a tenth of a percent
    # at most.
    assert sum(lesson["once"].values()) == pytest.approx(once, abs=0.001)
    assert lesson["together"] == pytest.approx(anyone, abs=0.001)


def on_the_map(longitudes):
    """Return the percentage seen below 70 degrees, counted on a map of half a degree: another way
    than the lesson's.
    """
    return 100 * weather.area_share(weather.views(longitudes, 70, 0.5) > 0)


def test_numbers_of_the_dividend_counted_on_a_fine_map(lesson):
    result, table = (
        lesson["result"],
        data.table("geo_weather_satellites").dropna(subset=["longitude"]),
    )
    each = {owner: on_the_map(own["longitude"]) for owner, own in table.groupby("operator")}
    assert result.owner == max(each, key=each.get) == "ROSHYDROMET"
    assert result.alone == pytest.approx(each["ROSHYDROMET"], abs=0.05)
    assert result.together == pytest.approx(on_the_map(table["longitude"]), abs=0.05)
    low, high = result.same_size
    assert result.alone <= low <= high
    orbit, own = lesson["orbit"], lesson["orbit"].partners()["ROSHYDROMET"]
    for search, value in ((orbit.at_home, low), (orbit.anywhere, high)):
        seats = search("ROSHYDROMET", own, len(table) - len(own))
        assert len(seats) == len(table) == 22 and seats[:3] == own
        assert value == pytest.approx(on_the_map([seat.longitude for seat in seats]), abs=0.1)


def test_same_size_at_home_is_in_sight_of_own_land_and_depends_on_it(lesson):
    raised, result = lesson["raised"], lesson["result"]
    assert raised["ROSHYDROMET"] == result.same_size[0]
    assert all(raised[owner] < result.together - 5 for owner in OWNERS if owner != "ROSHYDROMET")


def test_home_is_seen_by_its_owner_but_for_the_north_west_of_the_russian_federation(lesson):
    at_home = lesson["at_home"].set_index("owner")
    assert (at_home["alone"].drop("ROSHYDROMET") == 1).all() and at_home.loc[
        "ROSHYDROMET", "alone"
    ] < 1
    assert (at_home["together"] == 1).all()


def test_the_verdict_on_133_carries_the_computed_numbers(lesson):
    evidence = data.table("claims").set_index("id").loc["fengyun_133", "evidence"]
    (april, a_low, a_high), (december, d_low, d_high) = lesson["expected"]
    late = lesson["late"]
    for number in (april, a_low, a_high, d_low, d_high, late["line"], late["low"], late["high"]):
        assert f"{number:.1f}" in evidence
    assert a_low < 133 < a_high and 133 < d_low


def test_the_text_after_the_line_says_of_each_date_what_the_interval_says(lesson):
    april, december = (weather.where(133, *one) for one in lesson["expected"])
    assert april.startswith("inside") and december.startswith("below")
    cell = next(
        c
        for c in read(ROOT / "notebooks/08_weather_watch.ipynb").cells
        if c.id == "step-5-does-133-fit-4"
    )
    assert "in April 2025 the 133 fits" in cell.source
    assert "in December, does not any more" in cell.source


def test_a_slow_wind_is_not_taken_for_one_in_kilometres_a_second():
    question = next(q for q in bank.load("08_weather_watch").questions if q.id == "wind-from-shift")
    one = variants.resolve(question)
    for value in ("0.2", "0.4"):
        assert "km/s" not in " ".join(grading.grade(one, value).feedback)
    thousandth = str(one.answer["value"] / 1000)
    assert "km/s" in grading.grade(one, thousandth).feedback[0]


@pytest.mark.parametrize("limit", [0, 5, 20, 29, 30, 70, 90])
def test_the_whole_earth_is_drawn_and_no_words_lie_on_others_at_any_limit(lesson, limit):
    fig = lesson["drawings"].zenith(limit)
    fig.draw_without_rendering()
    ax = fig.axes[0]
    earth = ax.patches[0].get_window_extent()
    assert ax.bbox.y0 <= earth.y0 and earth.y1 <= ax.bbox.y1
    boxes = [text.get_window_extent() for text in ax.texts]
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    plt.close(fig)


def test_planck_of_the_cell_is_that_of_the_helper(lesson):
    wavelength, kelvin = np.array([3.9, 10.8, 12.0]), np.array([220.0, 260.0, 300.0])
    assert lesson["glow"](wavelength, kelvin) == pytest.approx(
        weather.planck_radiance(wavelength, kelvin)
    )


def test_the_globe_holds_every_satellite_and_chooses_the_highest_over_the_city(lesson):
    view = lesson["drawings"].ring_globe(lesson["satellites"], lesson["city"], 70)
    assert set(lesson["satellites"]["satellite"]) | {"Lima"} == set(view.names())
    assert view.chosen == "GOES-19" and "7 of 22" in view.sentence and "of NOAA" in view.sentence
    far = view.spec["movers"]
    assert sum("footprint" in one for one in far) == 3
    nobody = lesson["drawings"].ring_globe(lesson["satellites"], data.city("Reykjavik"), 70)
    assert nobody.chosen == "" and "nobody" in nobody.sentence
