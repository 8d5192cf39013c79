"""Exports beyond the single question: variants as pools, maps as pictures, shuffling, rounding.

Pools in QTI are held to the group that text2qti (another writer) makes; pictures are read by
Pillow.
"""

import base64
import dataclasses
import html
import io
import re
import xml.etree.ElementTree as ET
import zipfile

import pytest
from PIL import Image, ImageChops

from helpers.learning.quiz import bank, grading, variants
from helpers.teaching import export
from helpers.teaching.export.pictures import picture
from helpers.teaching.export.questions import pools, room, rounded
from tests.teaching.test_export import LESSON, Q, moodle_score, qti_score

COURSE = [name for name in bank.lessons() if name != LESSON]
PROMPT = f"{Q}presentation/{Q}material/{Q}mattext"
GROUP = """Quiz title: Peer

GROUP
pick: 1
points per question: 1

1. What word?
*   hertz

2. What other word?
*   Hz

END_GROUP
"""


@pytest.fixture
def period(example):
    """Return the five variants of the example's question with parameters, as they are graded."""
    question = bank.load(LESSON)["period"]
    return [variants.resolve(question, nth=nth) for nth in range(5)]


def moodle_category(lesson, category):
    """Return the question nodes that Moodle puts into a category: those below its heading."""
    found, here = [], None
    for node in ET.fromstring(export.moodle(lesson)).findall("question"):
        if node.get("type") == "category":
            here = node.findtext("category/text")
        elif here == category:
            found.append(node)
    return found


def qti_files(lesson):
    with zipfile.ZipFile(io.BytesIO(export.qti(lesson))) as package:
        return {name: package.read(name) for name in package.namelist()}


def qti_root(lesson):
    return ET.fromstring(qti_files(lesson)[f"shared-orbits-{lesson}/shared-orbits-{lesson}.xml"])


def test_moodle_has_a_category_of_five_variants_each_with_its_own_answer(period):
    nodes = moodle_category(LESSON, f"$course$/top/{LESSON}/period")
    assert len({node.findtext("questiontext/text") for node in nodes}) == len(nodes) == 5
    assert len({node.findtext("idnumber") for node in nodes}) == 5
    right = [grading.solution(one) for one in period]
    scores = [[moodle_score(node, None, raw) for raw in right] for node in nodes]
    assert [scores[i][i] for i in range(5)] == [1] * 5
    assert scores[0][1:4] == [0] * 3  # the first height is far from these three


def test_moodle_keeps_the_other_questions_in_the_category_of_the_lesson(period):
    names = {n.findtext("name/text") for n in moodle_category(LESSON, f"$course$/top/{LESSON}")}
    fixed = {f"{LESSON} {q.id}" for q in bank.load(LESSON).questions if not q.params}
    assert names == fixed


def test_qti_draws_one_of_five_variants_each_with_its_own_answer(period):
    root = qti_root(LESSON)
    [group] = [s for s in root.iter(f"{Q}section") if s.get("title") == "period"]
    assert group.findtext(f"{Q}selection_ordering/{Q}selection/{Q}selection_number") == "1"
    items = group.findall(f"{Q}item")
    assert len({item.findtext(PROMPT) for item in items}) == len(items) == 5
    right = [grading.solution(one) for one in period]
    scores = [[qti_score(i, one, r)[0] for r, one in zip(right, period)] for i in items]
    assert [scores[i][i] for i in range(5)] == [100] * 5
    assert scores[0][1:4] == [0] * 3
    idents = [item.get("ident") for item in root.iter(f"{Q}item")]
    assert len(set(idents)) == len(idents)


def test_a_group_of_qti_is_built_as_another_writer_builds_it(example):
    from text2qti.config import Config
    from text2qti.qti import QTI
    from text2qti.quiz import Quiz

    stream = io.BytesIO()
    QTI(Quiz(GROUP, config=Config())).write(stream)
    with zipfile.ZipFile(stream) as files:
        name = next(n for n in files.namelist() if re.fullmatch(r"text2qti_.*/text2qti_.*xml", n))
        theirs = ET.fromstring(files.read(name))
    inner = f".//{Q}section/{Q}section"
    made = [root.find(inner) for root in (theirs, qti_root(LESSON))]
    orders = [
        [(part.tag, part.attrib) for part in group.find(f"{Q}selection_ordering").iter()]
        for group in made
    ]
    assert orders[0] == orders[1]
    assert made[0].attrib.keys() == made[1].attrib.keys()
    assert [child.tag for child in made[0]][:2] == [child.tag for child in made[1]][:2]


@pytest.mark.parametrize("lesson", COURSE)
def test_every_question_with_parameters_is_a_pool_and_no_other(lesson):
    chosen = [q for q in bank.load(lesson).questions if q.section not in bank.TESTS]
    for pool, question in zip(pools(lesson), chosen, strict=True):
        assert (2 < len(pool) <= 5) if question.params else len(pool) == 1, question.id
        assert len({q.text["prompt"] for q in pool}) == len(pool)


@pytest.mark.parametrize("lesson", ["04_lunar_missions", "08_weather_watch"])
def test_maps_and_drawings_travel_as_pictures_with_words(lesson):
    shown = {q.id: q for pool in pools(lesson) for q in pool if q.kind in ("place", "label")}
    assert len(shown) == 2
    nodes = {
        n.findtext("name/text").split()[1]: n
        for n in moodle_category(lesson, f"$course$/top/{lesson}")
    }
    files = qti_files(lesson)
    items = {item.get("title"): item for item in qti_root(lesson).iter(f"{Q}item")}
    for name, question in shown.items():
        said = question.options or question.text["left"]
        text = nodes[name].findtext("questiontext/text")
        [file] = nodes[name].findall("questiontext/file")
        assert f'src="@@PLUGINFILE@@/{file.get("name")}"' in text
        assert [w for w in said.values() if w not in html.unescape(text.partition("alt=")[2])] == []
        picture_in_moodle = base64.b64decode(file.text)
        tag = items[name].findtext(PROMPT)
        path = re.search(r'src="%24IMS-CC-FILEBASE%24/([^"]*)"', tag)[1]
        assert [w for w in said.values() if w not in html.unescape(tag.partition("alt=")[2])] == []
        assert files[path] == picture_in_moodle and path.encode() in files["imsmanifest.xml"]
        with Image.open(io.BytesIO(files[path])) as read:
            assert read.format == "PNG" and read.width >= 600 and len(read.getcolors(1 << 20)) > 50


def test_a_picture_shows_where_the_places_lie():
    question = bank.load("02_station_orbit")["nearest-miss"]

    def drawn(latitude):
        places = question.places | {"oslo": {"lat": latitude, "lon": 10.75}}
        data, _ = picture(dataclasses.replace(question, places=places))
        return Image.open(io.BytesIO(data)).convert("L")

    north, equator, south = (drawn(latitude) for latitude in (60, 0, -60))
    boxes = [ImageChops.difference(a, b).getbbox() for a, b in ((north, equator), (equator, south))]
    assert all(right - left < 40 for left, _, right, _ in boxes)  # the mark stays on its meridian
    (_, top, _, bottom), (_, lower_top, _, lower_bottom) = boxes
    assert lower_top - top > 50 and lower_bottom - bottom > 50
    assert picture(bank.load("02_station_orbit")["fence-backwards"]) is None


def test_qti_options_are_shuffled_and_not_listed_as_the_author_wrote_them():
    root = qti_root("04_lunar_missions")
    questions = {q.id: q for q in bank.load("04_lunar_missions").questions}
    first = []
    for item in root.iter(f"{Q}item"):
        question = questions[item.get("title").partition(".")[0]]
        if question.kind in ("single", "place", "multiple"):
            choices = item.find(f".//{Q}render_choice")
            assert choices.get("shuffle") == ("Yes" if question.shuffle else None), question.id
            listed = [label.get("ident") for label in choices]
            assert sorted(listed) == sorted(question.options)
            first.append(listed[0] == question.answer)
    assert 0 < sum(first) < len(first) / 2
    meta = ET.fromstring(
        qti_files("04_lunar_missions")["shared-orbits-04_lunar_missions/assessment_meta.xml"]
    )
    assert meta.findtext("{http://canvas.instructure.com/xsd/cccv1p0}shuffle_answers") == "true"


@pytest.mark.parametrize("lesson", COURSE)
def test_answers_are_rounded_within_a_hundredth_of_their_room(lesson):
    exact = {q.id: q for q in bank.load(lesson).questions}
    for pool in pools(lesson):
        for question in pool if pool[0].kind == "numeric" else []:
            value = question.answer["value"]
            assert len(f"{value:.15g}".replace(".", "").strip("0-")) <= 7, question.id
            values = [
                variants.resolve(exact[question.id], nth=nth).answer["value"] for nth in range(40)
            ]
            off = min(abs(value - one) for one in values)
            assert off <= room(question.answer) / 100 * (1 + 1e-9), question.id


@pytest.mark.parametrize(
    "value, allowed, short", [(34.9683, 0.6, 34.97), (21351.2, 85.0, 21351.0), (7.0, 0, 7.0)]
)
def test_rounding_uses_the_fewest_digits_that_the_room_allows(value, allowed, short):
    assert rounded(value, allowed) == short
