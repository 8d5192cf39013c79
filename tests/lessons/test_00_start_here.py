"""Lesson 00 as its learner meets it: the shops by hand, the station over a city, any city, and a
set pasted in.
"""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.science import orbits
from helpers.learning import course
from helpers.tables import data
from tests.notebooks import LESSONS, ROOT, cells, read


@pytest.fixture(scope="module")
def lesson(run):
    """What the whole lesson leaves behind."""
    return run("00_start_here")


def test_core_cells_need_no_further_cell(run):
    assert "gain" in run("00_start_here", tags=["core"])


def test_the_shops_by_hand(lesson):
    gain = lesson["gain"]
    assert (gain.owner, gain.alone, gain.together, gain.same_size) == ("Ben", 7, 10, (10, 12))
    assert gain.ratio("alone") == pytest.approx(10 / 7) and gain.ratio("same size") == (
        pytest.approx(10 / 12),
        1,
    )


def test_the_station_at_the_epoch_is_where_the_elements_put_it(lesson):
    """At the epoch the argument of latitude gives the latitude, by spherical trigonometry."""
    satrec = lesson["station"].satrec
    sine = np.sin(satrec.inclo) * np.sin(satrec.argpo + satrec.mo)
    # Short-period terms and the map's latitude: a tenth of a degree each.
    assert lesson["path"]["latitude"].iloc[0] == pytest.approx(np.degrees(np.arcsin(sine)), abs=0.3)


def test_the_set_pasted_in_is_the_one_of_the_table(lesson):
    assert lesson["today"].epoch == lesson["station"].epoch


@pytest.mark.parametrize(
    "name, says",
    [("Singapore", "can pass overhead"), ("Paris", "rises"), ("Reykjavik", "never rises")],
)
def test_the_answer_for_other_cities(lesson, name, says):
    """The learner's own city: both cells run again with another name."""
    for cell in cells("00_start_here"):
        if 'data.city("Nairobi")' in cell.source and "best = " in cell.source:
            exec(cell.source.replace("Nairobi", name), lesson.names)
    assert lesson["answer"].startswith(says)
    city, station = data.city(name), lesson["station"]
    seen = orbits.look(station, city, orbits.times(station.epoch, 24 * 5, 60))["elevation"].max()
    # Five days come near the highest that it can ever rise, and not above it.
    assert seen <= lesson["best"] + 0.2
    assert (seen > 0) == (re.match("never", says) is None)
    plt.close("all")


def test_readme_and_00_say_how_many_lessons_are_written():
    assert len(LESSONS) == 14 and course.lessons()["written"].all()
    said = "ourteen lessons, 00 to 13, all written"
    assert said in (ROOT / "README.md").read_text(encoding="utf-8")
    assert any(said in cell.source for cell in read(LESSONS[0]).cells)
