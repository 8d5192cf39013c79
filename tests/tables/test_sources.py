"""Citations, bibliographies and claims: complete, sorted, escaped, and used."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from helpers.tables import data, sources
from tests.notebooks import ROOT

VERDICTS = {
    "supported",
    "partly supported",
    "overstated",
    "contradicted",
    "single source",
    "not testable",
    "open",
}


class Reader(HTMLParser):
    """Collect the tags and the text of a page; refuse tags that do not close in order."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.words, self.open = [], [], []
        self.feed(page)
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, words):
        self.words.append(words)


def text_of(shown):
    return " ".join(Reader(shown._repr_html_()).words)


# --- citations ------------------------------------------------------------------------------


def test_a_citation_names_who_when_what_and_where():
    assert sources.cite("cui-2024") == (
        "Cui et al., Science 386, 1395-1399 (2024-11-15). A sample of the Moon's far side "
        "retrieved by Chang'e-6 "
        "contains 2.83-billion-year-old basalt. https://doi.org/10.1126/science.adt1093"
    )
    assert sources.cite("celestrak-gp").startswith("CelesTrak (T. S. Kelso) (undated). ")
    assert "https://rhodesmill.org/" in sources.cite("skyfield-manual")


def test_an_unknown_source_says_what_is_near():
    with pytest.raises(
        data.TableError,
        match="no source or table 'celestrack-gp'; near: .*celestrak-gp.*accepted: an id of "
        "data/sources.csv",
    ):
        sources.cite("celestrack-gp")
    with pytest.raises(data.TableError, match="'element_setz'; near: element_sets"):
        sources.bibliography("element_setz")


def test_a_bibliography_holds_the_sources_of_its_tables_and_ids():
    shown = sources.bibliography("element_sets", "ground_stations", "un-m49")
    ids = {row["id"] for row in shown.rows}
    assert {"celestrak-gp", "skyfield-manual", "un-m49"} <= ids
    assert {"cmsa-ttc", "esa-malindi"} <= ids  # both columns that refer to sources
    assert ids == set(data.table("element_sets")["source"]) | set(
        data.table("ground_stations")["source"]
    ) | set(data.table("ground_stations")["use_source"]) | {"un-m49"}


def test_a_bibliography_of_claims_holds_their_evidence():
    ids = {row["id"] for row in sources.bibliography("claims").rows}
    assert {"cgtn-2025-04", "un-outer-space-treaty", "eo-13914"} <= ids


def test_a_bibliography_is_the_same_in_any_order():
    one, other = (
        sources.bibliography("element_sets", "reboosts"),
        sources.bibliography("reboosts", "element_sets", "celestrak-gp"),
    )
    assert one._repr_html_() == other._repr_html_() and repr(one) == repr(other)
    lines = [line for line in repr(one).splitlines() if line.startswith("- ")]
    assert lines == sorted(lines, key=str.casefold) and len(lines) == len(one)


def test_a_bibliography_names_licences_and_credits():
    assert (
        "Table element_sets: Creative Commons Attribution 4.0. Credit: CelesTrak; Skyfield manual."
        in repr(sources.bibliography("element_sets"))
    )
    assert "ShareAlike" in text_of(sources.bibliography("guest_flights"))


def test_without_names_every_source_is_listed():
    assert len(sources.bibliography()) == len(data.table("sources"))


def test_links_lead_to_the_address_that_is_shown():
    page = sources.bibliography("cui-2024")._repr_html_()
    assert (
        '<a href="https://doi.org/10.1126/science.adt1093" '
        'rel="noopener">https://doi.org/10.1126/science.adt1093</a>' in page
    )


# --- claims ---------------------------------------------------------------------------------


def test_forty_claims_come_from_the_five_reports():
    assert sources.claims()["source"].isin(sources.REPORTS).sum() == 40


def test_who_speaks_is_not_who_reports():
    claims = sources.claims().set_index("id")
    assert claims.loc["treaty_all_mankind", ["speaker", "reporter"]].tolist() == [
        "Aarti Holla-Maini (UNOOSA)",
        "CGTN",
    ]
    passed_on = claims.dropna(subset=["reporter"])
    assert not [row.Index for row in passed_on.itertuples() if row.speaker == row.reporter]
    assert (
        "Said by: C. Feichtinger (International Astronautical Federation), reported by CGTN, "
        "2025-04" in text_of(sources.claims_page("12"))
    )


def test_dated_claims_held_when_they_were_said():
    """The flag is no second verdict: what was wrong, unproven or a plan when said is not
    overtaken.
    """
    dated = sources.claims().query("dated")
    assert set(dated["verdict"]) == {"supported"} and len(dated) >= 2
    assert dated["source"].isin(sources.REPORTS).nunique() == 2, "an example from either side"


def test_one_yardstick_for_plans():
    """A plan is judged by its last day: kept, not kept, or not testable before that day has
    come.
    """
    claims = sources.claims().set_index("id")["verdict"]
    plans = ["artemis_2_april_2026", "artemis_2024", "ce78_three_years"]
    assert claims[plans].tolist() == ["supported", "contradicted", "not testable"]


def test_verdicts_by_side_add_up():
    counts, tested = sources.verdicts_by_side(), sources.claims().query("verdict != 'open'")
    assert counts.loc["in all"].sum() == len(tested) == counts.drop("in all").to_numpy().sum()
    assert (counts.loc[["supported", "partly supported", "single source", "not testable"]] > 0).all(
        axis=None
    )
    for verdict in ("overstated", "contradicted"):
        assert (
            counts.loc[verdict, "five reports"]
            == (tested["source"].isin(sources.REPORTS) & (tested["verdict"] == verdict)).sum()
        )


def test_the_teacher_page_shows_the_verdicts_by_side():
    page = (ROOT / "notebooks" / "teacher" / "01_space_for_all.md").read_text(encoding="utf-8")
    for verdict, row in sources.verdicts_by_side().iterrows():
        assert f"| {verdict} | {row['five reports']} | {row['other sources']} |" in page, verdict


@pytest.mark.parametrize("lesson", [f"{n:02}" for n in range(1, 14)])
def test_every_lesson_tests_a_claim(lesson):
    claims = sources.claims(lesson)
    assert len(claims) >= 2
    assert all(lesson in numbers.split(";") for numbers in claims["lessons"])


@pytest.mark.parametrize("lesson, least", [(f"{n:02}", 1 + (n >= 9)) for n in range(1, 14)])
def test_every_lesson_also_tests_others_than_the_reports_side(lesson, least):
    """Fair by construction: the same yardstick for others, two of them in each lesson of the second
    half.
    """
    others = sources.claims(lesson)
    others = others[~others["source"].isin(sources.REPORTS)]
    others = others[others["speaker"] != "Wu Weiren (CNSA)"]  # the same side, in another paper
    assert len(others) >= least
    assert (others["verdict"] != "open").all()
    assert others["evidence_sources"].notna().any()


def test_the_share_of_people_under_the_iss_is_that_of_our_cities():
    cities, evidence = (
        data.table("cities"),
        sources.claims("02").set_index("id").loc["iss_75_95", "evidence"],
    )
    inside = cities["latitude_deg"].abs() < 51.6
    share = cities["population"][inside].sum() / cities["population"].sum()
    assert f"the {len(cities)} cities of our table, {100 * share:.0f} percent" in evidence


def test_a_page_before_the_computation_gives_no_verdict_away():
    words = text_of(sources.claims_page("02", verdicts=False))
    for row in sources.claims("02").itertuples():
        assert row.claim in words and row.evidence not in words
    assert not re.search(r"overstated|Verdict|Evidence|Held against", words)


def test_every_claim_has_one_of_the_six_verdicts():
    claims = sources.claims()
    assert set(claims["verdict"]) <= VERDICTS - {"open"} and set(sources.VERDICTS) == VERDICTS
    tested = claims[claims["verdict"] != "not testable"]
    assert tested["evidence_sources"].notna().all(), list(
        tested[tested["evidence_sources"].isna()]["id"]
    )


def test_an_unknown_lesson_says_which_there_are():
    for lesson in ("2", "14", "station"):
        with pytest.raises(
            data.TableError, match=f"no claims for lesson '{lesson}'; accepted: one of 01, 02"
        ):
            sources.claims(lesson)


def test_the_page_of_claims_says_who_when_verdict_and_evidence():
    shown = sources.claims_page("06")
    words = text_of(shown)
    for row in sources.claims("06").itertuples():
        assert row.claim in words and row.evidence in words and row.said_on in words
    given = set(sources.claims("06")["verdict"])
    assert {
        verdict for verdict, meaning in sources.VERDICTS.items() if f"{verdict}: {meaning}" in words
    } == given
    assert ("dated: it held when it was said" in words) == sources.claims("06")["dated"].any()
    assert repr(shown).count("Evidence: ") == len(shown)


def test_the_page_of_all_claims_counts_nothing_by_country():
    words = text_of(sources.claims_page())
    assert words.startswith("Claims and verdicts") and not re.search(
        r"\d+ (of|out of) \d+ claims", words
    )


# --- everything shown is escaped -----------------------------------------------------------------

NASTY = '<script>alert("1")</script> & "quoted" <b>'


def test_texts_of_sources_are_escaped(broken):
    for field in ("title", "publisher", "note"):
        broken.set("sources.csv", 2, field, NASTY)
    broken.set("sources.csv", 2, "url", 'https://example.org/"onclick="x')
    page = sources.bibliography(broken.rows("sources.csv")[1][0])._repr_html_()
    reader = Reader(page)
    assert set(reader.tags) <= {"section", "p", "strong", "ul", "li", "a", "br"}
    assert "&lt;script&gt;" in page and 'onclick="' not in page


def test_texts_of_claims_are_escaped(broken):
    for field in ("said_in", "speaker", "claim", "evidence"):
        broken.set("claims.csv", 2, field, NASTY)
    header, row = broken.rows("claims.csv")[:2]
    page = sources.claims_page(row[header.index("lessons")].split(";")[0])._repr_html_()
    assert (
        set(Reader(page).tags) <= {"section", "p", "strong", "ul", "li", "br"}
        and "<script" not in page
    )
    assert page.count("&lt;script&gt;") == 4


# --- the sources themselves -----------------------------------------------------------------------


def read(*patterns):
    """Return the text of all files of the project that match, as one."""
    top = data.folder().parent
    return "\n".join(
        p.read_text(encoding="utf-8") for pattern in patterns for p in sorted(top.glob(pattern))
    )


def cited_in_code(row, code):
    """Return whether a line of code cites a paper by its first name and year, as "York et al.
    (2004)".
    """
    parts = re.fullmatch(r"([a-z]+)-.*?(\d{4}).*", row.id)
    return (
        row.kind in ("paper", "reference")
        and parts is not None
        and any(parts[1] in line and parts[2] in line for line in code)
    )


def used_sources():
    """Return the ids that a table, question, exercise or notebook names, or that the code cites."""
    ids = {i for name in data.names() for i in sources._ids_in(name)}
    words = set(
        re.findall(
            r"[a-z0-9][a-z0-9.-]*[a-z0-9]",
            read("data/*/*.yaml", "notebooks/**/*.ipynb", "notebooks/**/*.md", "helpers/**/*.py"),
        )
    )
    code = read("helpers/**/*.py", "tests/**/test_*.py").casefold().splitlines()
    return (
        ids
        | words
        | {row.id for row in data.table("sources").itertuples() if cited_in_code(row, code)}
    )


def test_no_source_is_unused():
    assert set(data.table("sources")["id"]) - used_sources() == set()


def test_addresses_are_not_copies():
    """A copy of a page is no source: give the publisher's own address or none."""
    for row in data.table("sources").dropna(subset=["url"]).itertuples():
        assert not re.search(
            r"mirror|kiwix|wikisort|archive\.|megalodon|pressreader|wikimili|webcache|docslib|studylib",
            row.url,
        ), row.id


def test_ids_say_what_they_are():
    for id in data.table("sources")["id"]:
        assert re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)*", id), id


def test_ids_of_sources_become_publisher_and_date():
    rows = data.table("launches_by_state").query("source == 'mcdowell-2025-launches'").head(1)
    rows = pd.concat([rows, rows.assign(source="mcdowell-2025-launches;copuos-2022-crp10")])
    one, two = sources.named(rows)["source"]
    assert sources.cite("mcdowell-2025-launches").startswith(one) and one.endswith(")")
    assert two == f"{one}; COPUOS Legal Subcommittee (2022-03-28)"
    with pytest.raises(data.TableError, match="no source or table 'nobody'"):
        sources.named(rows.assign(source="nobody"))
