"""What the trial on the oldest releases takes as the same line, and that there are lines to
compare.
"""

import pytest

from tests import oldest


@pytest.mark.parametrize(
    ("line", "other", "same"),
    [
        ("6489 windows, 3.04 times", "6488 windows, 3.03 times", True),
        ("6489 windows", "6400 windows", False),
        ("3.04 times sooner", "3.04 times later", False),
        ("0 of 12", "1 of 12", False),
        ("no number", "no number", True),
    ],
)
def test_lines_are_the_same_by_words_and_nearly_by_numbers(line, other, same):
    assert oldest.same(line, other) is same


def test_a_changed_sentence_of_a_lesson_is_missed(monkeypatch):
    monkeypatch.setenv("SHARED_ORBITS_HOME", "")
    kept = oldest.stored_lines("05_lunar_samples")
    assert kept
    monkeypatch.setattr(oldest, "stored_lines", lambda slug: [*kept, "the Moon is 1 day old"])
    assert oldest.trial("05_lunar_samples")[1] == ["the Moon is 1 day old"]
