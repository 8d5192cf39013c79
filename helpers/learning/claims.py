"""Claims of your own: tested by the yardstick of the course, kept in the learner's folder, shown
beside the course's.

A claim has the fields of the table `claims`, and two more: what was computed, and what would change
the verdict.
"""

import ast
import contextlib
import csv
import inspect
import re
from datetime import date
from html import escape

from helpers.base.numbers import written
from helpers.learning import progress
from helpers.tables import data, sources

FIELDS = {  # field -> what to fill in
    "claim": "the claim, in your words, in its strongest reading",
    "speaker": "who said it: a person or an agency, not the paper that printed it",
    "said_in": "where it was said: title and publisher",
    "said_on": "when it was said, such as 2026-03 or 2026-03-19",
    "source": "the source of the data that you held it against: who, what, when",
    "decides": "which data would decide it",
    "computed": "what you computed: a number, a text, or a function without arguments",
    "verdict": "one of the six words",
    "would_change": "what would change your verdict",
}
DAY = re.compile(r"(\d{4})(-\d{2})?(-\d{2})?")


class Draft:
    """A claim that is not kept yet, and what is missing or not accepted: shown in place of an
    error.
    """

    def __init__(self, missing, refused):
        self.missing, self.refused = missing, refused

    def __repr__(self):
        if not self.refused and len(self.missing) == len(FIELDS):
            head = "○ Not attempted. Fill in the dots, then run this cell."
        else:
            head = "○ Not kept yet." if not self.refused else "✗ Not kept."
        lines = [f"    {name}: {FIELDS[name]}" for name in self.missing]
        return "\n".join([head, *(f"    {text}" for text in self.refused), *lines])

    def _repr_html_(self):
        first, *rest = repr(self).split("\n")
        items = "".join(f"<li>{escape(line.strip())}</li>" for line in rest)
        return f"<p>{escape(first)}</p>" + (f"<ul>{items}</ul>" if items else "")


def new(**fields):
    """Check a claim of your own and keep it; return it as it will stand in the table, or a Draft
    that says what is missing.

    fields: see FIELDS; `...` or an empty text counts as missing. A claim of the same words replaces
    the one before.
    """
    unknown = sorted(set(fields) - set(FIELDS))
    refused = [f"no field {name!r}; accepted: {', '.join(FIELDS)}" for name in unknown]
    given = {k: fields[k] for k in FIELDS if k in fields and not _is_empty(fields[k])}
    missing = [name for name in FIELDS if name not in given]
    kept = {}
    for name, value in given.items():
        try:
            kept[name] = _CHECKS.get(name, _text)(name, value)
        except ValueError as problem:
            refused.append(str(problem))
    if missing or refused:
        return Draft(missing, refused)
    progress.append("claim", kept)
    return _shown("Your claim", [kept])


def mine():
    """Return your claims as a list of dicts, in the order in which they were first kept, the newest
    words of each.
    """
    found = {}
    for event in progress.events("claim"):
        if set(FIELDS) <= set(event["payload"]):
            found[event["payload"]["claim"].casefold()] = event["payload"]
    return list(found.values())


def beside(lesson=None):
    """Return your claims and below them those of the course, of one lesson ("13") or of all, for
    display.
    """
    own = mine()
    first = _shown("Your claims", own) if own else None
    return Beside(first, sources.claims_page(lesson))


class Beside:
    """Your claims above those of the course."""

    def __init__(self, own, course):
        self.own, self.course = own, course

    def __repr__(self):
        return "\n".join(
            [repr(self.own) if self.own else "No claim of yours is kept yet.", repr(self.course)]
        )

    def _repr_html_(self):
        own = self.own._repr_html_() if self.own else "<p>No claim of yours is kept yet.</p>"
        return own + self.course._repr_html_()


def export(path=None):
    """Write your claims to a CSV file and return its Path; without a path it lies in your learner's
    folder.

    Raises progress.ProgressError when there is none yet.
    """
    found = mine()
    if not found:
        raise progress.ProgressError(
            "no claim of yours is kept yet; accepted: after claims.new(...)"
        )
    path = progress.home() / "my_claims.csv" if path is None else path
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(FIELDS), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
    return path


# --- one field --------------------------------------------------------------------------------


def _is_empty(value):
    return value is ... or value is None or (isinstance(value, str) and not value.strip())


def _text(name, value):
    text = " ".join(str(value).split())
    if not isinstance(value, str) or not any(c.isalpha() for c in text) or len(text) > 1000:
        raise ValueError(f"{name} = {value!r}; accepted: {FIELDS[name]} (1,000 characters at most)")
    return text


def _day(name, value):
    found = DAY.fullmatch(str(value).strip())
    parts = [int(part.strip("-")) if part else 1 for part in found.groups()] if found else None
    try:
        future = date(*parts) > date.today()
    except (TypeError, ValueError):
        raise ValueError(
            f"{name} = {value!r}; accepted: a day, month or year as 2026-03-19"
        ) from None
    if future:
        raise ValueError(
            f"{name} = {value!r} lies in the future; accepted: a day on which it was said"
        )
    return str(value).strip()


def _verdict(name, value):
    word = str(value).strip().lower()
    if word not in sources.WORDS:
        near = data.nearest(word, sources.WORDS, n=1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        raise ValueError(f"{name} = {value!r}{hint}; accepted: {', '.join(sources.WORDS)}")
    return word


def _computed(name, value):
    """Return what was computed as text; a function is called, and the lines that define it are kept
    with its value.
    """
    if callable(value):
        try:
            result = value()
        except Exception as problem:  # a learner's code: whatever it raises is said, not raised
            raise ValueError(
                f"{name}: your function stops with {type(problem).__name__}: {problem}"
            ) from None
        return f"{_computed(name, result)} ({_lines(value)})"
    if isinstance(value, str):
        return _text(name, value)
    try:
        return written(float(value))
    except (TypeError, ValueError):
        raise ValueError(f"{name} = {value!r}; accepted: {FIELDS[name]}") from None


def _lines(function):
    try:
        source = " ".join(inspect.getsource(function).split())
    except (OSError, TypeError):
        return getattr(function, "__name__", "a function")
    return _lambda(source) if function.__name__ == "<lambda>" else source


def _lambda(source):
    """Return a lambda alone: Python gives the whole lines in which it stands."""
    start = source.find("lambda")
    for end in range(len(source), start, -1):
        with contextlib.suppress(SyntaxError):
            if isinstance(ast.parse(source[start:end].strip(), mode="eval").body, ast.Lambda):
                return source[start:end].strip()
    return source


_CHECKS = {"said_on": _day, "verdict": _verdict, "computed": _computed}


def _shown(title, rows):
    labels = {
        "speaker": "Said by",
        "verdict": "Your verdict",
        "computed": "Computed",
        "source": "Held against",
        "decides": "What decides it",
        "would_change": "What would change it",
    }

    def words(row):
        said = f"{row['speaker']}, {row['said_on']} ({row['said_in']})"
        return [(label, said if name == "speaker" else row[name]) for name, label in labels.items()]

    def text(row):
        return row["claim"] + "".join(f"\n    {label}: {value}" for label, value in words(row))

    def html(row):
        lines = "".join(f"<br>{label}: {escape(value)}" for label, value in words(row))
        return f"<strong>{escape(row['claim'])}</strong>{lines}"

    return sources.Shown(title, rows, text, html)
