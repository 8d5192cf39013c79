"""Results of a class of 24 synthetic pupils on 24 machines: each stays one, what was shown is
marked, slips are in words.
"""

import csv
import io
import json

import pytest

from helpers.learning.quiz import bank, variants
from helpers.teaching import collected, report, results, statistics

LESSON = "04_lunar_missions"
NICKNAMES = ["learner", "learner", "learner", "Zoë", "=HYPERLINK(1)", "<b>Ben</b>"]
NICKNAMES += [f"pupil {i}" for i in range(18)]
SLIP = "You took the heights for distances"


def line(who, n, kind, **payload):
    event = {"at": f"2026-03-0{1 + n % 3}T09:00:{n:02d}+00:00", "n": n, "turn": n, "who": who}
    return json.dumps(event | {"kind": kind, "payload": payload}, ensure_ascii=False)


def answer(who, n, question, state, raw, seed="reference"):
    score = {"right": 1.0, "wrong": 0.0, "partial": 0.5, "kept": 0.0}[state]
    named = {"lesson": LESSON, "question": question, "version": 1, "seed": seed, "nth": 0}
    return line(who, n, "answer", state=state, score=score, raw=raw, hints=0, attempt=n, **named)


def slip_of(seed):
    """Return what a pupil of this seed writes who takes heights for distances."""
    question = variants.resolve(bank.load(LESSON)["relay-turn"], seed)
    return f"{question.wrong['distances']:.3f} h"


@pytest.fixture
def collected_logs(tmp_path):
    """A stick with 24 folders; pupils 0 to 7 make one slip, 0 to 3 ask for the answer and are right
    after it.
    """
    for i, who in enumerate(NICKNAMES):
        lines = [answer(who, 1, "home-hours", "kept", "12 h")]
        if i < 8:
            lines.append(answer(who, 2, "relay-turn", "wrong", slip_of(f"seed {i}"), f"seed {i}"))
        if i < 4:
            lines.append(line(who, 3, "revealed", lesson=LESSON, question="relay-turn"))
        lines.append(answer(who, 4, "relay-turn", "right", "1 h", f"seed {i}"))
        good = i % 3
        state, raw = ("right", "one-turn") if good else ("wrong", "dark")
        lines.append(answer(who, 5, "never-rises", state, raw))
        lines.append(line(who, 6, "exercise", exercise="04-injection", state="right"))
        lines.append(line(who, 7, "verdict", claim="chandrayaan_south_pole", verdict="overstated"))
        home = tmp_path / f"pc{i:02d}" / "log"
        home.mkdir(parents=True)
        lines = [one.replace("{", f'{{"id": "{i:08x}", ', 1) for one in lines]
        (home / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def rows(folder, **options):
    return list(csv.DictReader(io.StringIO(results.table(folder, **options))))


def test_24_pupils_stay_24_though_three_have_one_nickname(collected_logs):
    found = rows(collected_logs)
    assert len({row["pupil"] for row in found}) == 24
    assert {row["folder"] for row in found if row["nickname"] == "learner"} == {
        "pc00",
        "pc01",
        "pc02",
    }
    made = results.xapi(collected_logs)
    assert len({one["actor"]["account"]["name"] for one in made}) == 24
    assert len({one["id"] for one in made}) == len(made) == 24 * 3 + 8


def test_answers_packed_into_one_file_are_a_pupil_of_their_own_and_count_once(collected_logs):
    """As they come from the browser edition: two files of one name, and one that was sent twice."""
    for n, name in enumerate(["my_answers.txt", "my_answers (1).txt"]):
        log = (collected_logs / f"pc{n:02d}" / "log" / "a.jsonl").rename(collected_logs / name)
    (collected_logs / "pc02" / "my_answers.txt").write_bytes(log.read_bytes())
    pupils = {row["folder"]: row["nickname"] for row in rows(collected_logs)}
    assert len(pupils) == 24
    assert pupils["my_answers"] == pupils["my_answers (1)"] == "learner"


def test_a_right_answer_after_the_shown_one_is_marked(collected_logs):
    right = [
        r for r in rows(collected_logs) if r["question"] == "relay-turn" and r["state"] == "right"
    ]
    shown = {r["folder"] for r in right if r["answer shown before"] == "yes"}
    assert shown == {"pc00", "pc01", "pc02", "pc03"} and len(right) == 24
    marked = [one for one in results.xapi(collected_logs) if "extensions" in one["result"]]
    assert {one["actor"]["account"]["name"] for one in marked} == {
        f"pc{i:02d}/{NICKNAMES[i]}" for i in range(4)
    }
    found = report.marks(statistics.answers(collected_logs))
    of = {p: mark for (p, key), mark in found.items() if key == (LESSON, "relay-turn")}
    assert [list(of.values()).count(m) for m in ("shown", "later", "first")] == [4, 4, 16]


def test_exercises_and_formulas_of_spreadsheets(collected_logs):
    found = rows(collected_logs)
    assert sum(row["kind"] == "exercise" for row in found) == 24
    assert "'=HYPERLINK(1)" in {row["nickname"] for row in found}
    comma = results.table(collected_logs, decimal="comma").splitlines()
    assert comma[0].count(";") == len(results.COLUMNS) - 1
    assert any(";1,0;" in one for one in comma) and not any(";1.0;" in one for one in comma)


def test_misconceptions_are_in_words_though_everybody_had_other_numbers(collected_logs):
    found = report.thoughts(statistics.answers(collected_logs))
    top = {name: (count, said) for count, _, name, said in reversed(found)}
    assert top["relay-turn"][0] == 8 and top["relay-turn"][1].startswith(SLIP)
    assert top["never-rises"][0] == 8


def test_the_report_says_it_all_and_escapes_names(collected_logs):
    page = report.report(collected_logs)
    assert "24 pupils" in page and SLIP in page
    assert "<b>Ben</b>" not in page and "&lt;b&gt;Ben" in page
    for part in ("What was hard", "Verdicts of the class", "Who answered what", "Exercises"):
        assert f"<h2>{part}</h2>" in page
    assert "Chandrayaan-3 landed" in page and "67%" in page


def test_lesson_and_day_choose(collected_logs):
    assert rows(collected_logs, lesson="05") == []
    late = rows(collected_logs, since="2026-03-03")
    assert {row["at"][:10] for row in late} == {"2026-03-03"}
    assert "0 pupils" in report.report(collected_logs, lesson="05")
    with pytest.raises(collected.LogError, match="since = '3 March'; accepted: a day such as"):
        results.table(collected_logs, since="3 March")


def test_damaged_and_foreign_logs_are_named_and_left_out(collected_logs, capsys, tmp_path):
    (collected_logs / "foreign").mkdir()
    (collected_logs / "foreign" / "x.jsonl").write_text('{"model": 1}\n', encoding="utf-8")
    (collected_logs / "directory.jsonl").mkdir()
    with open(collected_logs / "pc05" / "log" / "a.jsonl", "ab") as file:
        file.write(b"\xff\xfe torn")
    target = tmp_path / "class.html"
    assert results.main(["report", str(collected_logs), "--to", str(target)]) == 0
    said = capsys.readouterr().err
    for name in ("foreign/x.jsonl", "directory.jsonl", "pc05/log/a.jsonl: 1 of"):
        assert name in said and name in target.read_text(encoding="utf-8")
    assert "24 pupils" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("what", results.SUFFIX)
def test_the_command_writes_a_file(what, collected_logs, tmp_path, capsys):
    target = tmp_path / "out"
    assert results.main([what, str(collected_logs), "--lesson", "04", "--to", str(target)]) == 0
    assert str(target) in capsys.readouterr().out and target.stat().st_size > 1000
    if what == "csv":
        assert target.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_command_names_an_empty_folder(tmp_path, capsys):
    assert results.main(["csv", str(tmp_path)]) == 2
    assert "no logs under" in capsys.readouterr().err


def test_an_independent_client_reads_the_statements(collected_logs):
    from tincan import Statement

    made = results.xapi(collected_logs)
    read = [Statement.from_json(json.dumps(one)) for one in made]
    assert [s.actor.account.name for s in read] == [m["actor"]["account"]["name"] for m in made]
    of = {(s.actor.account.name, s.object.id.split(":")[4]): s for s in read}
    kept, right = of["pc10/pupil 4", "home-hours"], of["pc10/pupil 4", "relay-turn"]
    assert kept.result.success is None and kept.result.score is None
    assert right.result.success is True and right.result.score.scaled == 1.0
    assert right.object.definition.interaction_type == "numeric"
    assert all(s.verb.id == results.VERB and s.timestamp.tzinfo for s in read)
    assert made == results.xapi(collected_logs)
