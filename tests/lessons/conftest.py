"""One way to run a lesson's cells for its tests."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from tests import notebooks


@pytest.fixture
def closed():
    """Close the figures that a test has drawn."""
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def said(request):
    """All that the stored lesson of this test prints and shows, as one text."""
    return notebooks.stored_text(request.path.stem.removeprefix("test_"))


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Return `notebooks.run`, in a learner's folder of its own; what it opened is closed at the
    end.
    """
    ran = []

    def start(slug, **which):
        ran.append(notebooks.run(slug, **which))
        return ran[-1]

    with (
        pytest.MonkeyPatch.context() as patch,
        plt.rc_context(),
        pd.option_context("display.max_colwidth", 50),
    ):
        patch.setenv("SHARED_ORBITS_HOME", str(tmp_path_factory.mktemp("home")))
        yield start
        for view in (view for one in ran for view in one.views.values()):
            view.close()
        plt.close("all")
