"""Variants: the same everywhere for the same seed, other ones for other seeds, and solved as they
are graded.
"""

import hashlib
import json
import re
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.learning.quiz import bank, grading, variants

ROOT = Path(__file__).resolve().parents[3]
DRAWS = """
import json, sys
import tests.learning.quiz.offer
from helpers.learning.quiz import bank, variants
q = bank.load("90_every_kind")["period"]
drawn = [variants.draw(q, f"seed {n}") for n in range(200)]
print(json.dumps([*drawn, variants.shuffled(q, list("abcdefgh"), "options")]))
"""


@pytest.fixture
def period(example):
    return bank.load("90_every_kind")["period"]


def drawn_by(python, example, hash_seed):
    environment = os.environ | {
        "SHARED_ORBITS_DATA": str(example),
        "PYTHONHASHSEED": hash_seed,
        "PYTHONPATH": str(ROOT),
    }
    return json.loads(
        subprocess.run(
            [python, "-c", DRAWS],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )


def test_two_processes_draw_the_same(example, period):
    first = drawn_by(sys.executable, example, "1")
    assert first == drawn_by(sys.executable, example, "2")
    assert first[:200] == [variants.draw(period, f"seed {n}") for n in range(200)]


def test_draws_are_what_they_were(period):
    """Worked out once from the definition; every Python and platform that runs this test must draw
    the same.
    """
    assert [variants.draw(period, f"seed {n}")["height"] for n in range(12)] == HEIGHTS


HEIGHTS = [510, 390, 410, 490, 570, 530, 470, 340, 380, 410, 430, 580]


def test_a_draw_is_the_sha256_it_says(period):
    number = int(hashlib.sha256(b"Ada|90_every_kind|period|1|0|height").hexdigest(), 16)
    assert variants.draw(period, "Ada") == {"height": 300 + 10 * (number % 31)}


def test_seeds_counts_and_versions_differ(period):
    draws = lambda **more: [
        variants.draw(period, f"seed {n}", **more)["height"] for n in range(100)
    ]
    assert len(set(draws())) == 31 or len(set(draws())) > 25  # of 31 possible heights
    assert draws() != draws(nth=1)


def test_solver_and_grading_agree_on_1000_variants(period):
    states = [
        grading.grade(one, grading.solution(one)).state
        for one in (variants.resolve(period, f"seed {n}") for n in range(1000))
    ]
    assert states == ["right"] * 1000


def test_1000_variants_hold_to_kepler(period):
    """Kepler's third law, T squared over r cubed, is the same for all; geostationary height gives a
    sidereal day (23.934 h).
    """
    from tests.learning.quiz import offer

    ratios = {
        round(
            (one.answer["value"] * 60) ** 2
            / (6378.137 + variants.draw(period, f"seed {n}")["height"]) ** 3,
            12,
        )
        for n in range(1000)
        for one in [variants.resolve(period, f"seed {n}")]
    }
    assert len(ratios) == 1
    assert offer.period(35786) / 3600 == pytest.approx(23.934, abs=0.001)


def test_words_are_filled_in(period):
    one = variants.resolve(period, "Ada")
    height = variants.draw(period, "Ada")["height"]
    assert f"height of {height} km" in one.text["prompt"] and not re.search(
        r"{\w+}", json.dumps(one.text)
    )


@pytest.mark.parametrize(
    "name",
    ["no_module.period", "orbits.no_such_function", "progress._write", "os.system", "..os.system"],
)
def test_only_public_functions_of_the_helpers_can_be_named(name):
    with pytest.raises(variants.FormulaError, match="accepted: "):
        variants.function(name)


@pytest.mark.parametrize(
    "value, text",
    [
        (13.0, "13"),
        (0.12345678, "0.1235"),
        (12345.678, "12346"),
        (1e9, "1e+09"),
        ("x", "x"),
        (-2.5, "-2.5"),
    ],
)
def test_numbers_are_printed_as_readers_expect(value, text):
    assert variants.printed(value) == text
