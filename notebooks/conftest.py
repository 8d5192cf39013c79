"""The comparison of stored outputs leaves out the pixels of pictures within HTML, as it leaves out
all other pictures.

A globe's still picture stands in HTML, because only there does JupyterLab keep its alternative
text. Which pixels the drawing library makes may differ between its releases; words, numbers and
alternative text are compared strictly.
"""

import os
from pathlib import Path

STORED_ON = "2026-11-25"
RULES = Path(__file__).parents[1] / "tests" / "pictures.cfg"


def pytest_configure(config):
    """Hand nbval the rule, unless another set of rules was asked for; name the day on which outputs
    were stored.
    """
    os.environ["SHARED_ORBITS_TODAY"] = STORED_ON  # lessons say how old element sets are
    if getattr(config.option, "nbval_sanitize_with", "") is None:
        config.option.nbval_sanitize_with = str(RULES)
