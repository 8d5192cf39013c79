"""Where the numbers come from: citations, bibliographies, and the claims the course tests."""

from html import escape

from helpers.tables import data

VERDICTS = {
    "supported": "the data agree, within the scope and the rounding of the words",
    "partly supported": "a part holds, another does not or needs a narrower scope",
    "overstated": "the direction is right, the size or the firmness is not",
    "contradicted": "the data say otherwise",
    "single source": "no second source was found by the date given",
    "not testable": "it judges, hopes, plans for a day to come or compares unlike things: no data "
    "can decide it yet",
    "open": "no lesson has tested it yet",
}
# The six that a reader can choose among: a claim that no lesson has tested has none of them.
WORDS = [word for word in VERDICTS if word != "open"]
DATED = "it held when it was said; read without its date it holds no more"
REPORTS = (
    "cgtn-2025-04",
    "commentary-2019-06-25",
    "globaltimes-2025-03-10",
    "xinhua-2025-04-25-borneo",
)


def cite(id):
    """Return the citation of one source as text: publisher, date, title, address.

    id: a key of the table `sources`, such as "celestrak-gp".
    Raises data.TableError for an unknown id.
    """
    return _text(_source(id, _by_id()))


def named(frame):
    """Return rows of a table with publisher and date in place of the ids in `source`, as the
    bibliography has them: an id says nothing to a reader.
    """
    every = _by_id()
    return frame.assign(source=[_publishers(ids, every) for ids in frame["source"]])


def bibliography(*names):
    """Return the sources of tables and single sources as a list that shows itself.

    names: names of tables, or keys of `sources`; none means every source.
    The list is sorted by its text, shows as HTML in a notebook and as text elsewhere.
    Raises data.TableError for a name that is neither.
    """
    known, every = data.names(), _by_id()
    tables = [n for n in names if n in known]
    ids = {i for n in tables for i in _ids_in(n)} | {n for n in names if n not in tables}
    rows = [_source(i, every) for i in ids] if names else list(every.values())
    return Shown(
        "Sources",
        sorted(rows, key=lambda r: _text(r).casefold()),
        _text,
        _link,
        [_licence(n) for n in sorted(tables)],
    )


def claims(lesson=None):
    """Return the claims that a lesson tests, as a DataFrame; all of them without a lesson.

    lesson: its two digits, such as "02".
    Raises data.TableError for a lesson that tests none.
    """
    every = data.table("claims")
    if lesson is None:
        return every
    of_lesson = every["lessons"].str.split(";")
    found = every[[str(lesson) in numbers for numbers in of_lesson]].reset_index(drop=True)
    if found.empty:
        known = sorted({n for numbers in of_lesson for n in numbers})
        raise data.TableError(
            f"no claims for lesson {lesson!r}; accepted: one of {', '.join(known)}"
        )
    return found


def verdicts_by_side():
    """Return how many claims have which verdict, as a DataFrame: a row a verdict, a column a side,
    and claims in all.

    The sides are the five reports on Chinese space cooperation, and everybody else. Claims not
    tested yet are left out. The table is for judging the course, not the speakers: its rows were
    chosen, by hand, for being worth a test.
    """
    tested = claims().query("verdict != 'open'")
    side = tested["source"].isin(REPORTS).map({True: "five reports", False: "other sources"})
    counts = tested.groupby(["verdict", side]).size().unstack(fill_value=0)
    counts = counts.reindex(WORDS, fill_value=0)
    counts.loc["in all"] = counts.sum()
    return counts.rename_axis(index="verdict", columns=None)


def claims_page(lesson=None, verdicts=True):
    """Return the claims of a lesson, or all, with verdict and evidence, as a page that shows
    itself.

    lesson: its two digits, such as "02"; None for every lesson.
    verdicts: False leaves verdict and evidence out, for the page before the learner has computed
    anything.
    Raises data.TableError for a lesson that tests none.
    """
    found = claims(lesson)
    rows = (
        found.assign(open=found["verdict"] == "open")
        .sort_values(["open", "strand", "id"])
        .to_dict("records")
    )  # tested ones first
    title = "Claims and verdicts" if lesson is None else f"Claims of lesson {lesson}"
    if not verdicts:
        rows = [{**row, "verdict": "", "evidence": "", "evidence_sources": ""} for row in rows]
        return Shown(title, rows, _claim_text, _claim_html)
    used = [v for v in VERDICTS if v in {r["verdict"] for r in rows}]
    notes = [f"{v}: {VERDICTS[v]}" for v in used] + (
        [f"dated: {DATED}"] if any(r["dated"] for r in rows) else []
    )
    return Shown(title, rows, _claim_text, _claim_html, notes)


class Shown:
    """A titled list that shows itself: HTML in a notebook, text in a terminal.

    title: text. rows: dicts. text, html: functions of one row (html escapes). notes: texts below.
    """

    def __init__(self, title, rows, text, html, notes=()):
        self.title, self.rows, self.text, self.html, self.notes = title, rows, text, html, notes

    def __len__(self):
        return len(self.rows)

    def __repr__(self):
        return "\n".join(
            [f"{self.title} ({len(self)})", *(f"- {self.text(r)}" for r in self.rows), *self.notes]
        )

    def _repr_html_(self):
        items = "".join(f'<li style="margin-bottom:0.5em">{self.html(r)}</li>' for r in self.rows)
        notes = "".join(f"<br>{escape(n)}" for n in self.notes).removeprefix("<br>")
        return (
            f'<section aria-label="{escape(self.title)}"><p><strong>{escape(self.title)}</strong> '
            f"({len(self)})</p>"
            f'<ul style="max-width:60em;overflow-wrap:anywhere">{items}</ul>'
            + (f"<p>{notes}</p>" if notes else "")
            + "</section>"
        )


# --- one source -----------------------------------------------------------------------------


def _by_id():
    """Return {id: row} of all sources."""
    return {row["id"]: row for row in data.table("sources").to_dict("records")}


def _source(id, every):
    if id not in every:
        near = data.nearest(id, [*every, *data.names()])
        raise data.TableError(
            f"no source or table {id!r}"
            + (f"; near: {', '.join(near)}" if near else "")
            + "; accepted: an id of data/sources.csv or a name of data.names()"
        )
    return every[id]


def _words(row):
    """Return the parts of a citation; the address comes last or is None."""
    date, title = row["date"] if _has(row["date"]) else "undated", row["title"].rstrip(".")
    note = [row["note"].rstrip(".") + "."] if _has(row["note"]) else []
    address = (
        f"https://doi.org/{row['doi']}"
        if _has(row["doi"])
        else row["url"]
        if _has(row["url"])
        else None
    )
    return [f"{row['publisher'].rstrip('.')} ({date}).", f"{title}.", *note], address


def _publishers(ids, every):
    """Return the sources that a text of ids names, as publisher (date)."""
    return "; ".join(_words(_source(i, every))[0][0].rstrip(".") for i in ids.split(";"))


def _text(row):
    words, address = _words(row)
    return " ".join([*words, *([address] if address else [])])


def _link(row):
    words, address = _words(row)
    link = f' <a href="{escape(address)}" rel="noopener">{escape(address)}</a>' if address else ""
    return escape(" ".join(words)) + link


def _ids_in(name):
    """Return the ids of the sources that one table names, in every column that refers to them."""
    frame = data.table(name)
    columns = [c for c in frame if c in data.source_fields(name)]
    return {i for c in columns for text in frame[c].dropna() for i in text.split(";")}


def _licence(name):
    resource = data.resource(name)
    titles = " / ".join(licence["title"] for licence in resource.get("licenses", []))
    credit = "; ".join(source["title"] for source in resource.get("sources", []))
    return f"Table {name}: {titles or 'licence of the course'}." + (
        f" Credit: {credit}." if credit else ""
    )


# --- one claim ------------------------------------------------------------------------------


def _claim_words(row):
    passed_on = f", reported by {row['reporter']}" if _has(row["reporter"]) else ""
    said = [
        ("Said by", f"{row['speaker']}{passed_on}, {row['said_on']} ({row['said_in']})"),
        ("Scope", row["scope"]),
    ]
    if not row["verdict"]:  # asked to leave it out: see claims_page
        return said
    verdict = row["verdict"] + (", dated" if row["dated"] else "")
    held = row["evidence_sources"]
    sources = _publishers(held, _by_id()) if _has(held) else ""
    return [
        *said,
        ("Verdict", verdict),
        ("Evidence", row["evidence"]),
        *([("Held against", sources)] if sources else []),
        ("Lessons", row["lessons"].replace(";", ", ")),
    ]


def _claim_text(row):
    return row["claim"] + "".join(f"\n    {label}: {text}" for label, text in _claim_words(row))


def _claim_html(row):
    return f"<strong>{escape(row['claim'])}</strong>" + "".join(
        f"<br>{label}: {escape(text)}" for label, text in _claim_words(row)
    )


def _has(value):
    return isinstance(value, str) and value != ""
