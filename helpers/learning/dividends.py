"""The dividends of all lessons side by side: the learner's own runs where there are any, else the
course's.

The course's stand in the table `lesson_dividends`; a test holds them to the stored records of the
lessons, so a lesson that changes turns the test red until the table is made anew (``python -m
tests.dividends``).
"""

from typing import NamedTuple

import pandas as pd

from helpers.learning import record
from helpers.science.dividend import Access, Dividend, from_payload
from helpers.tables import data

TABLE = "lesson_dividends"
ENDS = ("alone", "together", "home", "anywhere", "own_land")  # each in two columns: two readings
WORDS = ("question", "unit", "better", "owner", "land_owner", "alone_is", "together_is")


class Kept(NamedTuple):
    """A dividend or an access number, and whose run it comes from: "yours" or "the course's"."""

    value: Dividend | Access
    run: str


def of_course():
    """Return a dict of lesson ("02") -> the Dividend or Access number of the course's own run, in
    order.
    """
    return {row["lesson"]: read(row) for row in data.table(TABLE).to_dict("records")}


ASKS_ACCESS = ("01", "03", "06")  # who gets in, or at what price: a table of its own


def ranked():
    """Return a dict of lesson -> Kept Dividend: together against alone and against the same
    size.
    """
    return {k: kept for k, kept in _kept().items() if k not in ASKS_ACCESS}


def access():
    """Return a dict of lesson -> Kept access number: who gets in, or at what price; never
    ranked.
    """
    return {k: kept for k, kept in _kept().items() if k in ASKS_ACCESS}


def _kept():
    """Return a dict of lesson -> Kept: the learner's own where there is one of the kind that the
    lesson asks for.
    """
    course = {k: Kept(v, "the course's") for k, v in of_course().items()}
    mine = {k: Kept(v, "yours") for k, v in (record.dividends() | record.access_numbers()).items()}
    fitting = {
        k: v for k, v in mine.items() if k not in course or type(v.value) is type(course[k].value)
    }
    return dict(sorted((course | fitting).items()))


def ratios(found):
    """Return the ratios of some dividends (lesson -> Kept) as a DataFrame, one row a lesson.

    Columns: question, run, alone_low, alone_high, size_low, size_high; missing where there is no
    ratio.
    """
    rows = []
    for lesson, (value, run) in found.items():
        alone, size = (_ends(value.ratio(which)) for which in ("alone", "same size"))
        rows.append((lesson, value.question, run, *alone, *size))
    columns = ["lesson", "question", "run", "alone_low", "alone_high", "size_low", "size_high"]
    return pd.DataFrame(rows, columns=columns).set_index("lesson")


def _ends(ratio):
    if ratio is None:
        return float("nan"), float("nan")
    return tuple(sorted(ratio)) if isinstance(ratio, tuple) else (ratio, ratio)


# --- as rows of the table -----------------------------------------------------------------


def read(row):
    """Return the Dividend or Access number of a row of the table (a dict)."""
    ends = {name: _pair(row[f"{name}_first"], row[f"{name}_second"]) for name in ENDS}
    words = {name: row[name] for name in WORDS if isinstance(row[name], str)}
    payload = {"kind": row["kind"], "alone": ends["alone"], "together": ends["together"]}
    payload |= {k: words[k] for k in ("question", "unit", "better")}
    if row["kind"] == "access":
        return from_payload(payload | {k: words[k] for k in ("alone_is", "together_is")})
    if ends["home"] is not None:
        payload["same_size"] = _joined(ends["home"], ends["anywhere"])
    if "land_owner" in words:
        payload["own_land"] = (words["land_owner"], ends["own_land"])
    payload["contradicting"] = bool(row["contradicting"])
    return from_payload(payload | {"owner": words.get("owner", "")})


def write(lesson, value):
    """Return the row of the table (a dict) of a lesson's Dividend or Access number: the inverse of
    `read`.
    """
    kept = value.payload()
    size = kept.get("same_size")
    home, anywhere = size if isinstance(size, list) else (size, size)
    land_owner, land = kept.get("own_land") or (None, None)
    ends = dict(zip(ENDS, (kept["alone"], kept["together"], home, anywhere, land), strict=True))
    row = {"lesson": lesson, "kind": kept["kind"]} | {name: kept.get(name) for name in WORDS}
    row |= {"land_owner": land_owner, "contradicting": kept.get("contradicting", False)}
    for name, end in ends.items():
        first, second = end if isinstance(end, list) else (end, None)
        row |= {f"{name}_first": _digits(first), f"{name}_second": _digits(second)}
    return row


def _pair(first, second):
    if pd.isna(first):
        return None
    return float(first) if pd.isna(second) else (float(first), float(second))


def _joined(home, anywhere):
    return home if home == anywhere and not isinstance(home, tuple) else (home, anywhere)


def _digits(value):
    """Return a number with ten digits: more differ from one processor to the next."""
    if value is None:
        return None
    return "INF" if value == "infinite" else float(f"{value:.10g}")
