"""The report: one file, no network, the learner's own words escaped, numbers as the log holds
them.
"""

import re

import matplotlib.pyplot as plt
import pytest

from helpers.learning import claims, progress, quiz, record, report
from helpers.lessons import capstone as lesson
from helpers.science import design
from tests.learning.test_claims import GOOD


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_empty_log_gives_an_honest_page(learner_folder):
    path = report.write()
    text = path.read_text(encoding="utf-8")
    assert path == learner_folder / "report.html" and "Nobody watched" in text
    assert dict(report.done()) == dict.fromkeys(dict(report.done()), 0)
    assert text.count("None is kept.") == 2 and "None was handed" in text


def test_holds_design_figures_claims_dividends_and_predictions(learner_folder):
    progress.sign_in("<Ada>")
    mine = design.Mission("weather", ("JMA", "KMA"), new={"KMA": [180]})
    record.dividend("13", mine.dividend())
    claims.new(**GOOD | {"claim": "<script>alert(1)</script> shared"})
    view = quiz.ask("13_capstone", "how-many-double")
    progress.append(
        "answer",
        {"lesson": "13_capstone", "question": "how-many-double", "version": 1, "raw": "4",
         "state": "kept", "score": 0.0, "nth": 0},
    )  # fmt: skip
    del view
    drawn = lesson.gives_and_costs(mine)
    text = report.write(mine, drawn, path=learner_folder / "mine" / "r.html").read_text(
        encoding="utf-8"
    )
    assert "<script" not in text and "&lt;script&gt;" in text and "&lt;Ada&gt;" in text
    assert "data:image/png;base64," in text and "Best partner alone" not in text
    assert "best partner alone" in text and mine.dividend().owner in text
    assert ("13", "4") in [(number, guess) for number, _, guess in report.predictions()]
    assert dict(report.done())["claims of your own"] == 1
    assert not re.search(r"""(src|href)=["'](https?:)?//""", text), "the page loads something"
    assert text.count("<tr>") == text.count("</tr>") and text.endswith("</html>\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("weather",), "a design.Mission, or None"),
        ((None, "figure"), "a figure and its sentence"),
        ((None, ("a", "b")), "a figure and its sentence"),
    ],
)
def test_what_is_no_mission_or_no_figure_is_refused(learner_folder, arguments, words):
    with pytest.raises(report.ReportError, match=words):
        report.write(*arguments)


def test_file_that_cannot_be_written_is_said(learner_folder):
    (learner_folder / "taken").write_text("a file, no folder")
    with pytest.raises(report.ReportError, match="a file that can be written"):
        report.write(path=learner_folder / "taken" / "r.html")
