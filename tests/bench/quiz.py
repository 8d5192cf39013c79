"""What a quiz of ten questions costs, beside jupyterquiz, marimo-learn (from Python 3.12) and plain
ipywidgets showing the same ten; prints, asserts nothing.

    python -m tests.bench.quiz

Rows: ten single-choice questions of four options; the ten-question quiz of lesson 02 (all its
kinds, with the map). Models and message bytes are counted as they leave the kernel; stored bytes
are the output as a notebook keeps it. Build is the median of 20; memory is what 50 further runs of
the cell add to the process. The floor is one bare widget without content: what anywidget itself
costs. "first ms" includes every import.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


ROOT = Path(__file__).resolve().parents[2]
ASKED = "Which option of question {} is the right one?"
OPTIONS = {
    name: f"Option {name} of this question, in a sentence as long as they usually are"
    for name in "abcd"
}
MISTAKE = "Option {} is a misconception that many have, look again."
LIMITS = "asked for: 3 models, 20 kB of messages, 50 ms, 15 kB stored, 5 MiB"
ROWS = ["floor", "ten single", "lesson 02", "jupyterquiz", "marimo-learn", "ipywidgets"]


def ten_single(folder):
    """Write a synthetic bank of ten single-choice questions into a data folder; return the
    folder.
    """
    question = lambda i: {
        "id": f"q{i}",
        "version": 1,
        "kind": "single",
        "section": "core",
        "objective": "Choose",
        "answer": "a",
        "test": {"right": ["a"], "malformed": [""]},
        "text": {
            "prompt": ASKED.format(i),
            "explanation": "The first.",
            "options": OPTIONS,
            "feedback": {name: MISTAKE.format(name) for name in "bcd"},
        },
    }
    (folder / "quiz").mkdir(parents=True)
    (folder / "tables.yaml").write_text(
        "package: {units: {}, licences: {CC-BY-4.0: {}}, shared: {}}\n"
    )
    content = {
        "lesson": "99_synthetic_ten",
        "title": "Ten questions",
        "language": "en",
        "questions": [question(i) for i in range(1, 11)],
    }
    (folder / "quiz" / "99_synthetic_ten.yaml").write_text(json.dumps(content), encoding="utf-8")
    return folder


def recorded():
    """Put a recorder between widgets and page; return its list of (message type, bytes)."""
    import comm
    from comm.base_comm import BaseComm

    messages = []

    class Recorder(BaseComm):
        def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
            size = len(json.dumps({"data": data, "metadata": metadata} | keys, default=str)) + sum(
                len(b) for b in buffers or []
            )
            messages.append((msg_type, size))

    comm.create_comm = Recorder
    return messages


def captured(show):
    """Return the outputs of a function that displays things, as a notebook would store them."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    InteractiveShell.instance()
    with capture_output() as found:
        show()
    return [o.data for o in found.outputs] + ([found.stdout] if found.stdout else [])


def plain_widgets():
    """Return ten questions of four options as one would write them with ipywidgets alone."""
    from ipywidgets import HTML, Button, Output, RadioButtons, VBox

    one = lambda i: VBox(
        [
            HTML(ASKED.format(i)),
            RadioButtons(options=list(OPTIONS.values()), value=None),
            Button(description="Check"),
            Output(),
        ]
    )
    return VBox([one(i) for i in range(1, 11)])


def ten_of_marimo():
    """Return ten questions of four options as widgets of marimo-learn."""
    from marimo_learn import MultipleChoiceWidget

    return [
        MultipleChoiceWidget(
            question=ASKED.format(i),
            options=list(OPTIONS.values()),
            correct_answer=0,
            explanation="The first.",
        )
        for i in range(1, 11)
    ]


def makers(row):
    """Return (show, stored): functions that run the cell of a row, and that return what a notebook
    stores of it.
    """
    if row == "floor":
        import anywidget

        class Bare(anywidget.AnyWidget):
            _esm = "export default { render() {} }"

        return Bare, lambda shown: shown._repr_mimebundle_()[0]
    if row == "ipywidgets":
        return plain_widgets, lambda shown: shown._repr_mimebundle_()
    if row == "marimo-learn":
        return ten_of_marimo, lambda shown: [one._repr_mimebundle_()[0] for one in shown]
    if row == "jupyterquiz":
        import jupyterquiz

        answer = lambda name: {
            "answer": OPTIONS[name],
            "correct": name == "a",
            "feedback": MISTAKE.format(name),
        }
        ten = [
            {
                "question": ASKED.format(i),
                "type": "multiple_choice",
                "answers": [answer(name) for name in OPTIONS],
            }
            for i in range(1, 11)
        ]
        return lambda: captured(lambda: jupyterquiz.display_quiz(ten)), lambda shown: shown
    from helpers.learning import quiz

    lesson = "99_synthetic_ten" if row == "ten single" else "02_station_orbit"
    keep = lambda shown: {
        k: v for k, v in shown._repr_mimebundle_()[0].items() if "widget-view" not in k
    }
    return lambda: quiz.show(lesson), keep


def measure(row):
    """Return a dict of numbers for one row, measured in this process."""
    import psutil

    messages = recorded()
    show, stored = makers(row)
    first = time.perf_counter()
    shown = show()
    first = 1000 * (time.perf_counter() - first)
    found = {
        "models": sum(kind == "comm_open" for kind, _ in messages),
        "message bytes": sum(size for _, size in messages),
        "first ms": first,
        "stored bytes": len(json.dumps(stored(shown), ensure_ascii=False).encode()),
    }
    times = []
    for _ in range(20):
        if row not in ("floor", "jupyterquiz"):
            from helpers.learning.quiz import view

            # a new model each time, as in a kernel that shows the quiz for the first time
            view._views.clear()
        start = time.perf_counter()
        show()
        times.append(1000 * (time.perf_counter() - start))
    before, models = psutil.Process().memory_info().rss, len(messages)
    for _ in range(50):
        show()
    found |= {
        "build ms": statistics.median(times),
        "rerun MiB": (psutil.Process().memory_info().rss - before) / 2**20,
        "rerun models": sum(kind == "comm_open" for kind, _ in messages[models:]),
    }
    return found


def measured(rows=ROWS):
    """Return {row: numbers}, each measured in a process of its own; a row that cannot be measured
    is named and left out.
    """
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        bank = ten_single(Path(folder) / "data")
        for row in rows:
            environment = (
                os.environ
                | {"SHARED_ORBITS_HOME": str(Path(folder) / f"home {row}")}
                | ({"SHARED_ORBITS_DATA": str(bank)} if row == "ten single" else {})
            )
            run = subprocess.run(
                [sys.executable, "-m", "tests.bench.quiz", row],
                capture_output=True,
                text=True,
                env=environment,
                cwd=ROOT,
            )
            if run.returncode:
                print(row.ljust(14), "not measured:", run.stderr.strip().splitlines()[-1])
                continue
            found[row] = json.loads(run.stdout.splitlines()[-1])
    return found


def main():
    """Print the table of all rows."""
    columns = [
        "models",
        "message bytes",
        "first ms",
        "build ms",
        "stored bytes",
        "rerun MiB",
        "rerun models",
    ]
    print("ten questions".ljust(14), *(c.rjust(14) for c in columns))
    for row, found in measured().items():
        cells = (
            f"{found[c]:14.1f}" if isinstance(found[c], float) else f"{found[c]:14d}"
            for c in columns
        )
        print(row.ljust(14), *cells)
    print(LIMITS)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
    else:
        main()
