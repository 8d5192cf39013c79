"""A small sample of mutants: each change is noticed by the first check that rests on it."""

import random

import pytest

from tests import mutants

SEED = 7
KINDS = ("table", "key", "tolerance", "sign")


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    return mutants.Bench(tmp_path_factory.mktemp("mutants"))


@pytest.mark.parametrize("mutant", mutants.drawn(4, SEED, KINDS), ids=lambda one: one.kind)
def test_a_change_is_noticed(bench, mutant):
    assert bench.notices(mutant, most=2), f"nothing noticed {mutant}"


def test_every_kind_is_drawn_and_each_is_one_change():
    found = mutants.drawn(70, SEED)
    assert {one.kind for one in found} == {*KINDS, "turned", "threshold", "word"}
    for one in found:
        text = (mutants.ROOT / one.file).read_text(encoding="utf-8")
        assert text[one.start :].startswith(one.old) and one.old != one.new
    assert mutants.drawn(70, SEED) == found


def test_science_stays_python():
    for one in mutants.in_science(random.Random(SEED)):
        text = (mutants.ROOT / one.file).read_text(encoding="utf-8")
        end = one.start + len(one.old)
        compile(text[: one.start] + one.new + text[end:], one.file, "exec")
