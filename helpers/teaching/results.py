"""What a class answered, from one folder of collected logs:
a report to read, a table for a spreadsheet, xAPI statements.

python -m helpers.teaching.results report FOLDER
python -m helpers.teaching.results csv FOLDER --decimal comma
python -m helpers.teaching.results xapi FOLDER
"""

import argparse
import csv
import io
import json
import sys
import uuid
from pathlib import Path

from helpers.learning.quiz import bank
from helpers.teaching import collected, report, statistics

VERB = "http://adlnet.gov/expapi/verbs/answered"
INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
SHOWN = "urn:shared-orbits:extension:answer-shown-before"
INTERACTIONS = {
    "single": "choice",
    "multiple": "choice",
    "place": "choice",
    "numeric": "numeric",
    "estimate": "numeric",
    "order": "sequencing",
    "match": "matching",
    "label": "matching",
    "text": "fill-in",
}
NAMESPACE = uuid.UUID(
    "0f6d5a52-6b0c-5a8e-9a55-1d5b6f5b3c10"
)  # of the statements' ids: the same event gets the same id
COLUMNS = ["pupil", "folder", "nickname", "kind", "lesson", "question", "version", "at", "attempt"]
COLUMNS += ["state", "answer shown before", "score", "hints", "variant", "response"]
SUFFIX = {"report": ".html", "csv": ".csv", "xapi": ".json"}


# --- a table ----------------------------------------------------------------------------------


def table(folder, lesson=None, since=None, decimal="point"):
    """Return the answers and checked exercises of a folder of logs as CSV text, one row each.

    A pupil is named by folder and nickname, so that three pupils called "learner" stay three.
    decimal: "comma" writes 0,5 and parts columns by semicolons, as spreadsheets of many languages
    expect.
    """
    stream = io.StringIO()
    comma = decimal == "comma"
    rows = csv.writer(stream, lineterminator="\n", delimiter=";" if comma else ",")
    rows.writerow(COLUMNS)
    found = collected.read(folder, lesson, since)
    for event in statistics.answers(found) + found.of("exercise"):
        rows.writerow([_cell(value, comma) for value in _row(event)])
    return stream.getvalue()


def _row(event):
    what = event["payload"]
    who = [event["pupil"], event["pupil"].rpartition("/")[0], event["who"]]
    if event["kind"] == "exercise":
        lesson = what.get("lesson", what["exercise"][:2])
        named = ["exercise", lesson, what["exercise"], what.get("version", 1), event["at"]]
        return [*who, *named, "", what["state"], "", int(what["state"] == "right"), "", "", ""]
    named = ["question", what["lesson"], what["question"], what["version"], event["at"]]
    marks = [what["attempt"], what["state"], "yes" if what["shown"] else "no", what["score"]]
    return [*who, *named, *marks, what["hints"], what["nth"], _response(what["raw"])]


def _response(raw):
    return raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)


def _cell(value, comma=False):
    """Return a value that a spreadsheet shows as text, even when it looks like a formula."""
    if comma and isinstance(value, float):
        return f"{value}".replace(".", ",")
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


# --- xAPI -------------------------------------------------------------------------------------


def xapi(folder, lesson=None, since=None):
    """Return the answers of a folder of logs as a list of xAPI 1.0.3 statements;
    the actor is folder and nickname.
    """
    return [_statement(event) for event in statistics.answers(folder, lesson, since)]


def _statement(event):
    what = event["payload"]
    name = f"{what['lesson']}:{what['question']}:{what['version']}"
    kind = _kind(what["lesson"], what["question"])
    result = {"response": _response(what["raw"]), "completion": True}
    if what["state"] != "kept":  # an estimate is neither a success nor a failure
        result |= {"success": what["state"] == "right", "score": {"scaled": what["score"]}}
    if what["shown"]:
        result["extensions"] = {SHOWN: True}
    who = event["pupil"]
    return {
        "id": str(uuid.uuid5(NAMESPACE, f"{who}|{event['at']}|{event['n']}|{name}")),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": "urn:shared-orbits", "name": who},
        },
        "verb": {"id": VERB, "display": {"en": "answered"}},
        "object": {
            "objectType": "Activity",
            "id": f"urn:shared-orbits:question:{name}",
            "definition": {"type": INTERACTION} | ({"interactionType": kind} if kind else {}),
        },
        "result": result,
        "timestamp": event["at"],
    }


def _kind(lesson, question):
    try:
        return INTERACTIONS[bank.load(lesson)[question].kind]
    except bank.FileError:  # a question that is in the logs and no longer in the bank
        return None


# --- the command ------------------------------------------------------------------------------


def parser():
    """Return the parser of the command."""
    command = argparse.ArgumentParser(
        prog="python -m helpers.teaching.results",
        description="What a class answered, from one folder of collected logs.",
    )
    command.add_argument("what", choices=SUFFIX, help="a page to read, a table, xAPI statements")
    command.add_argument("folder", metavar="FOLDER", help="it holds one folder a machine or pupil")
    command.add_argument("--lesson", metavar="NN", help="only this lesson, such as 04")
    command.add_argument("--since", metavar="DAY", help="only from this day on, such as 2026-03-01")
    command.add_argument("--decimal", choices=("point", "comma"), default="point", help="of csv")
    command.add_argument("--to", metavar="FILE", type=Path, help="(else class.html, .csv, .json)")
    return command


def main(arguments=None):
    """Write what was asked for; return the exit code."""
    options = parser().parse_args(arguments)
    chosen = options.folder, options.lesson, options.since
    target = options.to or Path("class").with_suffix(SUFFIX[options.what])
    try:
        if options.what == "csv":
            # The mark before the text tells spreadsheets that it is UTF-8.
            target.write_text("\ufeff" + table(*chosen, options.decimal), encoding="utf-8")
        elif options.what == "xapi":
            made = json.dumps(xapi(*chosen), ensure_ascii=False, indent=1)
            target.write_text(made, encoding="utf-8")
        else:
            target.write_text(report.report(*chosen), encoding="utf-8")
        for problem in collected.read(*chosen).problems:
            print(f"shared-orbits: {problem}", file=sys.stderr)
    except (collected.LogError, OSError) as problem:
        print(f"shared-orbits: {problem}", file=sys.stderr)
        return 2
    print("written", target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
