"""Lesson 06: its interactive figure driven from Python, its numbers against hand counts, and the
drawings of partners.
"""

import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from helpers import figures
from helpers.lessons import lunar_partners as drawings
from helpers.lessons.lunar_partners import graph as placing
from helpers.science import networks
from helpers.tables import data
from tests.gains import hold_never_falls
from tests.notebooks import ROOT

# What a learner does to each interactive figure in the browser, and words that its sentence must
# then hold.
MOVES = [("Whose doors are open?", [("untick", "Artemis Accords")], "23")]


@pytest.fixture(scope="module")
def lesson(run):
    """What the core cells up to the first exercise leave behind."""
    return run("06_lunar_partners", tags=["core"], until="Your turn")


def numbers(text):
    return [int(n) for n in re.findall(r"\b\d+\b", text)]


def test_it_starts_with_nobody_singled_out(lesson):
    view = lesson.view
    assert view.values == {
        "newcomer": "Afghanistan",
        "signs": ["Artemis Accords", "ILRS"],
        "leaver": "nobody",
        "hosts_only": False,
    }
    assert lesson["states"][0] == "Afghanistan" and len(lesson["states"]) == 193
    assert numbers(view.text) == [0, 42, 76] and view.text.endswith("Nobody leaves.")
    assert "With neither signed, Afghanistan has 0 projects" in view.set(signs=[])
    assert "With Artemis Accords signed, Austria has 0" in view.set(newcomer="Austria")
    assert "Türkiye has 1 project of" in view.set(newcomer="Türkiye")


@pytest.mark.parametrize(
    "signs, hosts_only, reached",
    [
        (["ILRS"], False, 23),
        (["Artemis Accords"], False, 34),
        (["Artemis Accords", "ILRS"], False, 42),
        (["ILRS"], True, 23),
        (["Artemis Accords"], True, 19),
        (["Artemis Accords", "ILRS"], True, 42),
        ([], True, 0),
    ],
)
def test_what_a_signature_opens(lesson, signs, hosts_only, reached):
    text = lesson.view.set(
        newcomer="Afghanistan", signs=signs, leaver="nobody", hosts_only=hosts_only
    )
    assert numbers(text)[:2] == [0, reached]
    through = re.search(r"through (\d+) partner", text)[1]
    assert int(through) <= 3 if hosts_only else int(through) >= len(signs)


def test_each_partner_leaves_in_turn(lesson):
    """Against the helper, which counts another way: by who is needed, not by what is left."""
    turns = networks.without_each(networks.projects()).set_index("party")["ended"]
    names = lesson["names"]
    for party, ended in turns.items():
        text = lesson.view.set(
            newcomer="Andorra", signs=["ILRS"], leaver=names[party], hosts_only=False
        )
        assert text.endswith(f"Leaving: {names[party]}. {ended} of 42 projects end."), text


def test_who_has_projects_of_its_own(lesson):
    """Thailand by hand: one payload on Chang'e-7 and one on Chang'e-8; in both frameworks, so all
    doors are open.
    """
    assert numbers(
        lesson.view.set(newcomer="Thailand", signs=[], leaver="nobody", hosts_only=False)
    )[:2] == [2, 40]
    text = lesson.view.set(newcomer="Thailand", leaver="China")
    assert numbers(text)[0] == 0 and "23 of 42 projects end" in text


def test_unknown_values_are_refused(lesson):
    with pytest.raises(ValueError, match="newcomer = 'Atlantis'"):
        lesson.view.set(newcomer="Atlantis")


def test_the_lesson_counts_states_as_said(lesson):
    assert (len(lesson["artemis"]), len(lesson["ilrs"]), lesson["both"]) == (65, 13, ["SEN", "THA"])
    assert lesson["artemis"] | lesson["ilrs"] <= {
        lesson["code"][state] for state in lesson["states"]
    }, "the hat holds members of the United Nations only"
    idle = (lesson["artemis"] | lesson["ilrs"]) - set(lesson["graph"])
    assert len(idle) == 53 and len(lesson["artemis"] | lesson["ilrs"]) == 76


def test_numbers_in_the_questions_are_those_of_the_tables():
    """65, 13, 42 and the hosts' 23, 9, 10 stand in the words of questions."""
    words = (ROOT / "data" / "quiz" / "06_lunar_partners.yaml").read_text(encoding="utf-8")
    artemis, ilrs = (len(networks.members(name, "2026-05-04")) for name in networks.FRAMEWORKS)
    hosts = networks.projects().query("role == 'host'")["party"].value_counts()
    assert (
        f"{artemis} states had signed the Artemis Accords and {ilrs} states" in words
        and f"list of {hosts.sum()} shared lunar projects" in words
    )
    assert (
        f"China hosts {hosts['CHN']}, India {hosts['IND']} and the United States of America "
        f"{hosts['USA']}" in words
    )


def test_who_contributes_and_has_signed():
    """By hand, of the sixteen states on Chinese missions: ten, five, Thailand in both, Iran and
    Türkiye in neither.
    """
    artemis, ilrs = (networks.members(name, "2026-05-04") for name in networks.FRAMEWORKS)
    states = set(data.table("parties").query("kind == 'state'")["id"]) & set(
        data.table("lunar_payloads")["party"]
    )
    assert states & artemis == {
        "BHR",
        "CHE",
        "DEU",
        "FRA",
        "ITA",
        "NLD",
        "PER",
        "SAU",
        "SWE",
        "THA",
    }
    assert states & ilrs == {"EGY", "PAK", "RUS", "THA", "ZAF"} and states - artemis - ilrs == {
        "IRN",
        "TUR",
    }


def test_ten_projects_and_six():
    """One payload of Chang'e-8 counts as two of the ten, says its row."""
    rows = data.table("lunar_payloads")
    for mission, projects, parties in [("Chang'e-7", 6, 7), ("Chang'e-8", 10, 12)]:
        some = rows[rows["mission"] == mission]
        assert (
            sum(p.count(";") + 1 for p in some["payload"].unique()),
            some["party"].nunique(),
        ) == (projects, parties)


def test_spans_of_years():
    rows = data.table("launch_date_announcements").set_index("announcement")
    assert rows.loc["artemis-iii-1", "latest"] == rows.loc[
        "artemis-iii-1", "earliest"
    ] + pd.DateOffset(years=5)
    three = rows.loc["change-7-3"]
    assert three["latest"] == three["earliest"] + pd.DateOffset(years=3)
    assert rows.loc["change-7-4", "latest"] <= three["latest"] < rows.loc["change-8-3", "earliest"]


def test_verdicts_hold_what_was_counted():
    claims = data.table("claims").set_index("id")
    assert claims.loc["ilrs_seventeen", "verdict"] == "single source"
    readings = networks.readings_of_17()
    assert (
        f"{readings['named'][1]} signatures" in claims.loc["ilrs_seventeen", "evidence"]
        and f"{readings['named_with_listed'][1]} with two"
        in claims.loc["ilrs_seventeen", "evidence"]
    )
    assert (
        claims.loc["ce78_three_years", "verdict"] == "not testable"
        and claims.loc["artemis_2024", "verdict"] == "contradicted"
    )


# --- the drawings -------------------------------------------------------------------------------


def places():
    graph = networks.partners(networks.bipartite(networks.projects()))
    return graph, placing.places(graph, ["CHN", "IND", "USA"])


def test_no_two_parties_lie_upon_each_other():
    graph, place = places()
    assert set(place) == set(graph)
    spots = list(place.values())
    assert (
        min(abs(a[0] - b[0]) + abs(a[1] - b[1]) for n, a in enumerate(spots) for b in spots[:n])
        > 1.2
    )


def test_no_line_runs_under_a_third_party():
    """A line behind a circle would be read as two links that are not there."""
    graph, place = places()
    for first, second in graph.edges():
        a, b = pd.Series(place[first]), pd.Series(place[second])
        for third in set(place) - {first, second}:
            c = pd.Series(place[third])
            along = min(1, max(0, ((c - a) @ (b - a)) / ((b - a) @ (b - a))))
            assert ((a + along * (b - a) - c) ** 2).sum() ** 0.5 > 0.45, (first, second, third)


def test_drawings_refuse_what_they_cannot_draw():
    fig, ax = plt.subplots()
    with pytest.raises(drawings.DrawingError, match="hosts FRO; accepted: "):
        drawings.network(ax, places()[0], ["CHN", "FRO"])
    with pytest.raises(drawings.DrawingError, match="'lost'; accepted: its own"):
        drawings.squares(ax, pd.Series({"p": "M"}), pd.Series({"p": "lost"}))
    plt.close(fig)


def test_every_square_is_drawn_once_and_counted():
    fig, ax = plt.subplots()
    missions = pd.Series({"p": "M", "q": "M", "r": "N"})
    drawings.squares(ax, missions, pd.Series({"p": "ended", "q": "its own", "r": "ended"}))
    drawn = sum(
        len(line.get_xdata()) - 1 for line in ax.lines if line.get_marker() == "s"
    )  # one of each is the key
    assert drawn == 3 and {t.get_text() for t in ax.texts} == {
        "its own: 1",
        "within reach: 0",
        "out of reach: 0",
        "ended: 2",
    }
    assert [t.get_text() for t in ax.get_yticklabels()] == ["M", "N"]
    plt.close(fig)


def test_each_lane_shows_its_slip():
    """By hand: 2023 ended on 31 December 2023, Chang'e-6 flew on 3 May 2024, 124 days later."""
    with plt.rc_context(figures.STYLE):
        fig = drawings.slips({"Chang'e-6": networks.slip("Chang'e-6")})
        ax = fig.axes[0]
        assert [t.get_text() for t in ax.texts] == ["124 days", "said 2019"]
        first, slip = ax.patches[:2]
        assert (first.get_x(), first.get_x() + first.get_width()) == pytest.approx(
            (2023, 2024), abs=0.01
        )
        assert slip.get_width() == pytest.approx(124 / 365.25)
        assert ax.lines[0].get_xdata() == pytest.approx([2024.337], abs=0.01)
        plt.close(fig)


# --- what the new steps say ---------------------------------------------------------------------


def test_access_number_anew(lesson, run):
    """From the rows themselves: the projects in which a party of a group has a part, or hosts."""
    access = run("06_lunar_partners", tags=["core"])["access"]
    rows = networks.projects()
    groups = [networks.members(name, "2026-05-04") for name in networks.FRAMEWORKS]
    hosting = rows[rows["role"] == "host"]
    best = [
        max(some.loc[some["party"].isin(group), "project"].nunique() for group in groups)
        for some in (rows, hosting)
    ]
    both = {
        some.loc[some["party"].isin(set.union(*groups)), "project"].nunique()
        for some in (rows, hosting)
    }
    assert access.alone == tuple(sorted(best)) and {access.together} == both
    assert access.ratio() == pytest.approx(
        tuple(access.together / alone for alone in sorted(best, reverse=True))
    )
    words = (ROOT / "data" / "quiz" / "06_lunar_partners.yaml").read_text(encoding="utf-8")
    assert f"{min(best)} to {max(best)} of the {access.together:.0f} listed projects" in words


def test_no_access_falls_when_one_more_signs():
    rows = networks.projects()
    graph = networks.bipartite(rows)
    hold_never_falls(
        lambda group: int(
            networks.opened(graph, {"all": set(group)}, {"CHN", "USA"}).loc["all"].sum()
        ),
        ["CHN", "USA", "THA", "SEN", "ITA"],
        examples=10,
    )


def test_parties_stay_with_one_host_more_than_chance(lesson):
    """Against networkx's own two-sided configuration: any deal keeps the degrees, and seldom leaves
    so few with several hosts.
    """
    own = {party: len(hosts) for party, hosts in lesson["hosts_of"](lesson["guests"]).items()}
    assert sum(n > 1 for n in own.values()) == lesson["stay"] == 5
    assert len(lesson["deals"]) == 1000 and lesson["deals"].mean() > 7
    assert lesson["as_far"].mean() < 0.05
    dealt, guests = lesson["dealt"], lesson["guests"]
    assert dict(dealt.degree()) == dict(guests.degree()) and set(dealt.edges) != set(guests.edges)


def test_slips_of_the_newest_words(lesson):
    assert lesson["days"] == {
        "Artemis II": 1187,
        "Artemis III": 1193,
        "Chang'e-6": 124,
        "Chang'e-7": 913,
        "Chang'e-8": 730,
    }
    announced = lesson["by_kind"]["announcement"]  # what Xinhua says is a report
    assert (announced["Chang'e-7"], announced["Chang'e-8"]) == (548, 183)
    assert lesson["moved"].days == 1466  # from 26 March 2024 to the middle of early 2028


def test_both_lists_have_projects_from_before_the_papers(run):
    lesson = run("06_lunar_partners", until="Where sources disagree")
    assert lesson["early"].to_dict() == {"Chandrayaan-1": 6, "Chang'e-4": 4}


def test_codes_are_named_and_never_broken():
    names = pd.Series({"ZAF": "South Africa", "ISTVS": "International Society"})
    text = drawings.named(names, ["ZAF", "ISTVS"] * 8)
    assert all(len(line) <= 92 for line in text.splitlines())
    assert "".join(text.replace("\n", " ").split("; ")[0]) == "ZAF South Africa"


def test_tails_of_a_figure_are_coloured():
    fig = drawings.draws(pd.Series([0.1, 0.2, 0.4, 0.3]).to_numpy(), 1, {0, 1}, "x", "y")
    colours = {
        patch.get_x() + patch.get_width() / 2: patch.get_facecolor()
        for patch in fig.axes[0].patches
    }
    assert colours[0] == colours[1] != colours[2] == colours[3]
    plt.close(fig)
