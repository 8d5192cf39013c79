"""What every test of the learning floor starts from."""

import sys

import pytest


@pytest.fixture(autouse=True)
def no_page_of_other_tests():
    """Forget the pages that other tests showed in this process: signing in would renew them, with
    banks that are gone.
    """
    for name in ("helpers.learning.quiz.view", "helpers.learning.verdict_view"):
        if name in sys.modules:
            sys.modules[name]._views.clear()
