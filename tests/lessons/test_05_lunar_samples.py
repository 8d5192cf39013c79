"""Lesson 05 as its learner meets it: the core alone, both interactive figures driven from Python,
the numbers worked out anew.
"""

import io
import math
import re
from contextlib import redirect_stdout
from unittest.mock import patch

import numpy as np
import pytest
from scipy import optimize, stats

from helpers import figures
from helpers.base import checks
from helpers.learning import exercises
from helpers.lessons import lunar_samples as drawings
from helpers.tables import data
from tests.notebooks import ROOT, cells, read

# What a learner does to each interactive figure in the browser, and words that its sentence must
# then hold.
MOVES = [
    (
        "Does a fourth team change the age?",
        [
            ("untick", "Che et al., 2021"),
            ("untick", "Boschi et al., 2023"),
            ("untick", "Li et al., 2021"),
        ],
        "nothing to compare with",
    )
]

START = {
    "age": 2050,
    "error": 6,
    "others": ["Che et al., 2021", "Boschi et al., 2023", "Li et al., 2021"],
    "level": "1 sigma",
}


@pytest.fixture(scope="module")
def core(run):
    """What the core cells leave behind, run without the further ones: a class of 45 minutes runs no
    others.
    """
    return run("05_lunar_samples", tags=["core"])


@pytest.fixture
def view(core):
    core.view.set(**START)
    return core.view


@pytest.fixture(scope="module")
def further(run):
    """The interactive figures, by the first word of their titles."""
    views = run("05_lunar_samples", until="Your turn").views
    return {title.split()[0]: view for title, view in views.items()}


@pytest.fixture
def ocean(further):
    return further["What"]


@pytest.fixture
def tie(further):
    return further["How"]


def told(text):
    """Return (mean, error, times widened) of the figure's sentence; 1 where not widened, NaN with
    nothing to compare.
    """
    found = re.search(r"Combined: (\d+) \+/- ([\d.]+) Ma \((.+)\)\.", text)
    assert found, text
    grown = re.match(r"widened ([\d.]+) times", found[3])
    alone = math.nan if found[3] == "nothing to compare with" else 1.0
    return float(found[1]), float(found[2]), float(grown[1]) if grown else alone


def tied(text):
    """Return (age as published, age when tied) in Ga of the sentence of the tied curve."""
    return [float(x) for x in re.search(r"is ([\d.]+) Ga .* published, ([\d.]+) Ga", text).groups()]


def fit(values, sigmas):
    """Return mean, error and Birge ratio by a least-squares fit of a constant (scipy)."""
    values, sigmas = np.array(values, float), np.array(sigmas, float)
    (mean,), cov = optimize.curve_fit(
        lambda x, m: m + 0 * x, values, values, sigma=sigmas, absolute_sigma=True, p0=[values[0]]
    )
    return (
        mean,
        math.sqrt(cov[0, 0]),
        math.sqrt((((values - mean) / sigmas) ** 2).sum() / (len(values) - 1)),
    )


def test_start_is_the_fit_of_four_results(view):
    mean, error, birge = fit([1963, 2040, 2030, 2050], [57, 22, 4, 6])
    assert (
        told(view.text)[:3] == pytest.approx((mean, error * birge, birge), abs=0.51) and birge > 1
    )
    assert told(view.text)[2] == pytest.approx(birge, abs=0.005)


def test_disagreeing_widens_and_agreeing_narrows(view):
    agreeing = told(view.set(age=2030))
    assert agreeing[2] == 1 and agreeing[1] < 4
    disagreeing = told(view.set(age=2150, error=4))
    assert disagreeing[2] > 10 and disagreeing[1] > 4 * agreeing[1]
    assert told(view.set(error=60))[1] < 8  # a poor result, far off, spoils little


def test_a_finer_reading_of_their_errors_pulls_the_mean_away_from_you(view):
    coarse, fine = told(view.set(age=2300)), told(view.set(age=2300, level="2 sigma"))
    mean, error, birge = fit([1963, 2040, 2030, 2300], [28.5, 11, 2, 6])
    assert fine == pytest.approx((mean, error * birge, birge), abs=0.51) and fine[0] < coarse[0]


def test_the_tied_curve_is_solved_independently(tie):
    row, site = (
        data.table(name).set_index("id").loc[key]
        for name, key in (("crater_chronologies", "neukum-1983"), ("crater_sites", "chang-e-5"))
    )
    old, new = tied(tie.set(age=2300, plain=0.8, curve="neukum-1983"))

    def read_off(c):
        return optimize.brentq(
            lambda t: row["a"] * math.expm1(row["b"] * t) + c * t - 0.8e-3, 0, 4.4
        )

    assert old == pytest.approx(read_off(row["c"]), abs=0.0051)
    assert new == pytest.approx(
        read_off((site["n1"] - row["a"] * math.expm1(row["b"] * 2.3)) / 2.3), abs=0.0051
    )


def test_no_setting_fails(view, tie):
    for age in (1800, 2300):
        for others in ([], START["others"]):
            for level in ("1 sigma", "2 sigma"):
                assert told(view.set(age=age, error=1, others=others, level=level))[1] > 0
        for plain in (0.5, 3):
            for curve in ("marchi-2009", "neukum-1983", "yue-2022"):
                assert tied(tie.set(age=age, plain=plain, curve=curve))[1] > 0


def test_an_older_site_makes_other_plains_older(tie):
    ages = [tied(tie.set(age=age, plain=1, curve="neukum-1983"))[1] for age in (1800, 2000, 2300)]
    assert ages == sorted(ages) and ages[0] < ages[-1]


def stretched(ages, errors):
    """Return the error of a combined age, widened where the Birge ratio is above 1, by scipy's fit
    of a constant.
    """
    _, error, birge = fit(ages, errors)
    return error * max(1, birge)


def test_dividend_in_both_readings_of_the_errors(core):
    """Each value anew: the best team's own error, the fit of all, a third of the square where
    faults are independent.
    """
    found = core["result"]
    ages, errors = np.array([1963, 2040, 2030]), np.array([57, 22, 4])
    together = [stretched(ages, errors / level) for level in (2, 1)]
    assert found.owner.startswith("Li") and found.better == "low" and found.contradicting
    assert found.alone == pytest.approx((2, 4)) and found.together == pytest.approx(together)
    home, anywhere = found.same_size
    assert home == pytest.approx((2, 4)) and anywhere == pytest.approx(
        (2 / math.sqrt(3), 4 / math.sqrt(3))
    )
    for alone, low, high in zip(found.alone, home, anywhere):
        assert alone >= low >= high
    assert found.ratio() == pytest.approx((2 / together[0], 4 / together[1]))
    assert found.ratio("same size") == pytest.approx(
        (2 / math.sqrt(3) / together[0], 4 / together[1])
    )
    assert found.ratio()[0] < 1 < found.ratio()[1]  # the named exception: together may be worse


def test_counterexample_in_both_readings():
    ages = data.table("sample_ages").set_index("id")
    rows = drawings.both_readings([ages.loc[["ce6-zhang", "ce6-cui"]]])
    assert (
        rows["alone (Ma)"].tolist() == [3, 1.5]
        and rows["together (Ma)"].tolist() == [round(15 * 23 / 34, 2)] * 2
    )
    assert rows["widened"].tolist() == [round(k * 23 / math.sqrt(34), 2) for k in (1, 2)] and all(
        rows["dividend"] < 0.31
    )


def test_chance_by_drawing_is_the_normal_tail(core):
    for factor, drawn in zip((1, 2), core["chance"]):
        assert drawn == pytest.approx(2 * stats.norm.sf(factor * core["apart"]), abs=0.005)


def test_belief_is_bayes_from_even_odds():
    """By hand: one fit that another story always gives moves nothing; 1 in 10 against certain gives
    10 of 11.
    """
    assert drawings.belief(1, 3) == 0.5 and drawings.belief(0.1, 1) == pytest.approx(10 / 11)
    assert drawings.belief(0.5, 5) == pytest.approx(32 / 33)


@pytest.mark.parametrize("other", [1.5, -0.2, "half"])
def test_a_chance_that_is_none_is_refused(other):
    with pytest.raises(checks.NotAccepted, match="other = .*; accepted"):
        drawings.belief(other, 1)


@pytest.mark.parametrize(
    "chance, told", [("0.25", "0.25, takes even odds to 80%"), ("1", "to 50%")]
)
def test_the_sentence_of_the_beliefs_holds_the_learner_s_chance(chance, told):
    cell = next(c for c in cells("05_lunar_samples") if "drawings.beliefs" in c.source)
    names = {"other": float(chance), "drawings": drawings, "figures": figures}
    with redirect_stdout(io.StringIO()) as said, patch.object(figures, "show", print):
        exec(cell.source, names)
    assert told in said.getvalue()


def test_the_core_explains_its_words_and_sends_nobody_to_a_further_step():
    """Words that a further step explains are explained in the core as well, where it uses them."""
    lesson = read(ROOT / "notebooks" / "05_lunar_samples.ipynb").cells
    core = [cell for cell in lesson if "core" in cell.metadata.get("tags", [])]
    text = "\n".join(cell.source for cell in core if cell.cell_type == "markdown")
    assert not re.search(r"\bStep [5-9]\b", text)
    for word, meaning in (("clast", "crumb"), ("wt%", "hundredths"), ("TiO2", "titanium")):
        assert re.search(rf"{word}[^.]*{meaning}", text), word
    claims = stored(r"^sources.claims_page..05..$")
    assert "ferroan anorthosite (the pale rock" in claims


def test_the_teacher_page_names_exercises_that_are_there():
    page = (ROOT / "notebooks" / "teacher" / "05_lunar_samples.md").read_text(encoding="utf-8")
    named = set(re.findall(r"[`\"](05-[a-z-]+)[`\"]", page))
    assert len(named) >= 4 and named <= {one.id for one in exercises.load("05_lunar_samples")}


def test_dividend_question_speaks_of_the_lessons_dividend(core):
    low, high = core["result"].ratio("same size")
    words = (ROOT / "data" / "quiz" / "05_lunar_samples.yaml").read_text(encoding="utf-8")
    assert f"{low:.2f} to {high:.2f}" in words


def test_what_the_core_says(core):
    assert core["apart"] == pytest.approx(67 / math.hypot(4, 57)) and core[
        "combined"
    ] == pytest.approx(fit([1963, 2040, 2030], [57, 22, 4])[0])
    assert core["share"].sum() == pytest.approx(1) and core["share"]["ce5-li"] == pytest.approx(
        0.963, abs=5e-4
    )
    assert core["batches"] == pytest.approx(83.5762) and core["brought"] == pytest.approx(
        1731 + 1935.3
    )
    assert len(core["abroad"]) == 7 and core["abroad"]["mass"].isna().all()


def stored(pattern):
    """Return the stored text outputs of the first code cell whose source matches."""
    cell = next(cell for cell in cells("05_lunar_samples") if re.search(pattern, cell.source))
    return " ".join(
        output.get("text", "") or output["data"].get("text/plain", "") for output in cell.outputs
    )


def test_stored_sentences_of_the_further_steps():
    slope = math.expm1(3300e6 * 1.3972e-11)
    assert slope == pytest.approx(
        0.04692, abs=4e-4
    )  # the truth behind the synthetic rock, within two of its errors
    assert "3282 +/- 14 Ma" in stored("drawings.isochron") and "1.3 sigma away" in stored(
        "drawings.isochron"
    )
    assert "3303 Ma" in stored("rescaled_age") and 3320 * 1.39e-11 / 1.3972e-11 == pytest.approx(
        3303, abs=0.5
    )
    assert "53%" in stored("drawings.beliefs") and 1 / 1.9 == pytest.approx(0.53, abs=0.005)
    assert "ratio: 5.6" in stored("thorium") and 5.14 / 0.92 == pytest.approx(5.6, abs=0.05)


def test_rows_of_low_confidence_are_said_to_be_so():
    assert "far more than loans of this kind" in stored('"confidence"\\] == "low"')
    used = [
        row
        for name in ("sample_ages", "sample_compositions", "crater_chronologies", "crater_sites")
        for row in data.table(name)["confidence"]
    ]
    assert "low" not in used


def test_magma_ocean_driven(ocean):
    assert re.findall(r"[\d.]+ times", ocean.set(d=0))[:2] == [
        "100.0 times",
        "100.0 times",
    ]  # nothing enters crystals: both ways agree
    assert re.findall(r"([\d.]+) times", ocean.set(d=1, loved=1)) == ["1.0", "1.0", "1.0"]
    first, _, last = (
        float(value)
        for value in re.findall(r"([\d.]+) times", ocean.set(d=0.01, loved=1.2, begins=22))
    )
    assert first == pytest.approx(0.01**-0.99, abs=0.05) and last == pytest.approx(
        0.22**-0.99 * (0.01 / 0.22) ** 0.2, abs=0.05
    )
    for begins in (5, 50):
        for loved in (0, 2):
            assert "times as rich" in ocean.set(d=1, loved=loved, begins=begins)


def test_what_lies_far_from_one_place_is_a_cap():
    place = data.table("lunar_sites").query("site == 'apollo-11'")
    for km in (500, 1000, 2500):
        cap = (1 + math.cos(km / 1737.4)) / 2
        assert drawings.far_from(place, km, 1737.4) == pytest.approx(cap, abs=2e-4)
    both = data.table("lunar_sites").query("site in ['apollo-11', 'change-6'] and solution == 1")
    assert drawings.far_from(both, 1000, 1737.4) == pytest.approx(math.cos(1000 / 1737.4), abs=2e-4)


def test_the_places_that_hold_the_curve_are_told_by_their_samples():
    sites = data.table("lunar_sites").query("site in ['apollo-11', 'change-6'] and solution == 1")
    words = drawings.dated_places(sites, ["Apollo 11"]).sentence
    assert (
        "From 2 landings" in words and "Those of 1, in orange" in words and "; all of them" in words
    )
    assert "; 0 of them" in drawings.dated_places(sites, ["Chang'e-6"]).sentence
