"""The tables of the teacher's first page: ``python -m helpers.teaching.first_page`` writes them
anew.
"""

import argparse
import re
import sys

from helpers.base import folders
from helpers.tables import data, sources
from helpers.teaching import plan

PAGE = folders.lessons() / "teacher" / "README.md"
START = "00", "Start here", "none", "informatics", "running code; reading a table and a figure"


def lessons():
    """Return the table of lessons as Markdown: subjects, topic, mathematics, minutes, the teacher's
    page.
    """
    about = data.table("school_subjects").set_index("lesson")
    rows = [START] + [
        (row.id, row.title, row.needs, about.subjects[row.id], about.topic[row.id])
        for row in data.table("lessons").itertuples()
        if row.id in about.index
    ]
    head = ["Lesson", "Subjects", "What is practised", "Mathematics needed", "Core", "Whole"]
    return _table(head, map(_lesson, rows))


def _lesson(row):
    number, title, needs, subjects, topic = row
    path = plan.lesson_path(number)
    notebook = plan.read(path)
    page = path.parent / "teacher" / f"{path.stem}.md"
    name = f"{number} {title}"
    name = f"[{name}]({page.name})" if page.exists() else name
    spent = plan.minutes(notebook, "core"), plan.minutes(notebook)
    return [name, subjects, topic, needs, *(f"{n} min" for n in spent)]


def curricula():
    """Return the table of curriculum words as Markdown, with what they rest on."""
    table = data.table("curriculum_words").sort_values(["programme", "words", "lesson"])
    rows = [
        [programme, words, ", ".join(map(_where, group.itertuples()))]
        for (programme, words), group in table.groupby(["programme", "words"], sort=False)
    ]
    cited = [f"- {sources.cite(i)}" for i in sorted(table["source"].unique())]
    return "\n".join([_table(["Curriculum", "Its words", "Lessons"], rows), "", *cited])


def _where(row):
    return row.lesson if row.where == "core" else f"{row.lesson} (further)"


def routes():
    """Return the routes of three and six lessons and all as a Markdown list."""
    table = data.table("lessons")
    table = table[table["id"].isin(data.table("school_subjects")["lesson"])]
    three, six = ("00, " + ", ".join(table["id"][table[f"route_{n}"]]) for n in (3, 6))
    return "\n".join(
        [
            "- **One lesson:** 04 or 07. The class does the first cells of 00 at home, or you show "
            "them.",
            f"- **Three lessons:** {three}.",
            f"- **Six lessons:** {six}.",
            "- **All:** in the order of the numbers. Each lesson stands on its own after 00.",
        ]
    )


def _table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


PARTS = {"lessons": lessons, "curricula": curricula, "routes": routes}


def filled(text):
    """Return the page with its made parts anew; each stands between `<!-- name -->` and `<!-- end
    -->`.

    Raises plan.PlanError when a mark is missing.
    """
    for name, make in PARTS.items():
        mark = re.compile(rf"(<!-- {name} -->\n)(?:(?!<!--).)*(<!-- end -->)", re.S)
        if not mark.search(text):
            raise plan.PlanError(
                f"{PAGE.name} has no part between <!-- {name} --> and <!-- end -->"
            )
        text = mark.sub(lambda found: f"{found[1]}{make()}\n{found[2]}", text)
    return text


def main(arguments=None):
    """Write the page anew; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.teaching.first_page",
        description="Write the tables of the teacher's first page anew from lessons and data.",
    )
    parser.parse_args(arguments)
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print("written", PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
