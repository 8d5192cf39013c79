"""Lesson 01: its interactive map driven from Python, its drawings, and the sentences that rest on
the data.
"""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import figures
from helpers.lessons import space_for_all as drawings
from helpers.science import participation
from helpers.tables import data

# What a learner does to each interactive figure in the browser, and words that its sentence must
# then hold.
MOVES = [
    (
        "Who has something in space?",
        [("tick", "Only states that had launched a rocket of their own")],
        "11 states",
    )
]

TITLE = "Who has something in space?"


@pytest.fixture(scope="module")
def lesson(run):
    """What the core cells alone, as in a short class, leave behind."""
    return run("01_space_for_all", tags=["core"])


@pytest.fixture(scope="module")
def objects():
    return data.table("objects_launched")


@pytest.fixture(scope="module")
def states(objects):
    return participation.of_kind(objects, "state")


# --- the map ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values, says",
    [
        (
            {"year": 2023, "when": "up to that year", "own_rocket": False},
            "2023: 95 states, 17,036 objects launched up to that year. The largest owner has 57%; "
            "the Gini coefficient among them is 0.944.",
        ),
        (
            {"year": 2023, "own_rocket": True},
            "2023: 11 states with a rocket of their own, 15,910 objects",
        ),
        ({"year": 1961, "own_rocket": True}, "1961: 2 states"),
        ({"year": 1961, "own_rocket": False}, "1961: 2 states"),
        ({"year": 1962, "own_rocket": True}, "1962: 2 states"),
        ({"year": 1962, "own_rocket": False}, "1962: 4 states"),
        (
            {"year": 1990, "when": "in that year", "own_rocket": False},
            "objects launched in that year",
        ),
        ({"year": 1957, "when": "up to that year"}, "1957: 1 state, 2 objects"),
    ],
)
def test_map_says_what_it_shows(lesson, values, says):
    assert lesson.view.set(**values).startswith(says) or says in lesson.view.text


def test_every_year_can_be_drawn(lesson):
    view = lesson.view
    for own in (False, True):
        for year in (1957, 1975, 2023):
            for when in ("up to that year", "in that year"):
                assert view.set(year=year, when=when, own_rocket=own).startswith(f"{year}: ")
                assert view.picture.startswith(b"\x89PNG")


def test_the_picture_follows_the_year(lesson):
    view = lesson.view
    view.set(year=1970, when="up to that year", own_rocket=False)
    before = view.picture
    view.set(year=2020)
    assert view.picture != before


@pytest.mark.parametrize(
    "count, place", [(1, 0), (9, 0), (10, 1), (99, 1), (100, 2), (999, 2), (1000, 3), (9632, 3)]
)
def test_classes_of_the_map(count, place):
    assert drawings._shade(count) == drawings.SHADES[place]


def test_no_object_is_the_colour_of_land():
    assert drawings._shade(0) == figures.LAND


def test_every_owner_is_on_the_map_or_a_dot(objects):
    drawn = set(drawings._countries()[0]) | set(drawings._small_states())
    assert set(participation.of_kind(objects, "state", "territory")["party"]) <= drawn


def test_dots_lie_at_their_capitals():
    longitude, latitude = drawings._small_states()["SGP"]
    assert (longitude, latitude) == pytest.approx((103.85, 1.29), abs=0.1)


def test_lorenz_drawing_ends_in_both_corners():
    fig = drawings.lorenz({"three": [1, 4, 5]})
    (ax,) = fig.axes
    x, y = ax.lines[1].get_data()
    plt.close(fig)
    assert (x[0], y[0], x[-1], y[-1]) == pytest.approx((0, 0, 100, 100))
    assert y[1] == pytest.approx(10)


def test_core_cells_need_no_further_cell(lesson):
    assert lesson["dividend"].payload()["together"] == 95 and "winners" not in lesson


# --- what the sentences rest on -------------------------------------------------------------


def test_area_below_the_curve_is_the_gini_coefficient(states):
    total = states.groupby("party")["objects"].sum()
    owners, held = participation.lorenz(total)
    assert 1 - 2 * np.trapezoid(held, owners) == pytest.approx(participation.gini(total))


def test_two_readings_part_until_2019_and_rise_since(states):
    so_far = participation.cumulative(states)
    inside, everyone = (
        participation.gini_by_year(so_far),
        participation.gini_by_year(so_far, participation.UN_MEMBERS),
    )
    assert [round(inside[year], 3) for year in (1970, 1990, 2010, 2023)] == [
        0.800,
        0.900,
        0.918,
        0.944,
    ]
    assert [round(everyone[year], 3) for year in (1970, 2019, 2023)] == [0.990, 0.968, 0.972]
    assert everyone.idxmin() == 2019
    assert inside[2019] < inside[2020] < inside[2021] < inside[2022] < inside[2023]
    assert everyone[2019] < everyone[2020] < everyone[2021] < everyone[2022] < everyone[2023]


def test_the_turn_of_2019_comes_from_the_largest_owner(states):
    others = participation.cumulative(states[states["party"] != "USA"])
    without = participation.gini_by_year(others, participation.UN_MEMBERS - 1)
    assert without.loc[2010:2023].is_monotonic_decreasing


def test_newcomers_make_owners_less_alike_and_the_world_more(states):
    """The answer of the question `two-readings`."""
    total = states.groupby("party")["objects"].sum().to_numpy()
    later = np.concatenate([total, np.ones(10)])

    def among_all(held):
        return participation.gini(np.pad(held, (0, participation.UN_MEMBERS - held.size)))

    assert participation.gini(later) > participation.gini(total)
    assert among_all(later) < among_all(total)


def test_printed_words_are_not_those_of_the_treaty():
    phrases = data.table("treaty_phrases").set_index("document")["phrase"]
    printed = phrases.iloc[0]
    assert (
        printed not in set(phrases.loc["Outer Space Treaty"])
        and len(phrases.loc["Outer Space Treaty"]) == 3
    )
    assert phrases.loc["National Aeronautics and Space Act, United States"] == printed
    assert phrases.str.split().str.len().max() <= 8  # short phrases only


def test_newcomers_of_kibocube(states):
    winners, first = data.table("kibocube_winners"), participation.first_years(states)
    newcomers = winners.loc[winners["first_of_state"].fillna(False).astype(bool), "party"]
    assert {party: int(first[party]) for party in newcomers} == {
        "KEN": 2018,
        "GTM": 2020,
        "MUS": 2021,
        "MDA": 2022,
    }
    assert int((first >= 2016).sum()) == 31


def test_counted_in_objects_others_add_little(states):
    total = states.groupby("party")["objects"].sum()
    launchers = participation.launchers(data.table("first_own_launches"), 2023)
    own = total[total.index.isin(launchers)].sum()
    assert (total.sum(), own) == (17036, 15910)
    assert (
        round(total.sum() / own, 2) == 1.07 and round(total.sum() / (own - total["GBR"]), 2) == 1.12
    )


def test_dates_of_the_space_day():
    loans = data.table("sample_loans")
    assert ((loans["kind"] == "international loan") & (loans["date"] == "2025-04-24")).sum() == 7
    assert (
        f"{data.table('crew_missions').set_index('mission').loc['Shenzhou-20', 'launch']:%Y-%m-%d}"
        == "2025-04-24"
    )
    assert data.table("first_own_launches").set_index("party").loc["CHN", "date"] == "1970-04-24"
