"""The core of a lesson as slides for a projector of 1280 x 720:
no code, one figure a slide, questions without answers.

Made from the stored notebook, so a slide shows what the lesson shows; nothing is kept by hand.
"""

import html
import math
import re

from helpers import figures
from helpers.learning import exercises
from helpers.learning.quiz import bank, fallback, rules
from helpers.teaching import paper, plan

ONE = 1.4  # a block of one line, with the space below it
LINES, WIDE = 14.5, 64  # what a slide holds at 28 pixels: lines, and characters in a line
FULL = LINES + 2  # nothing more goes onto such a slide, not even a short line
QUIZ = re.compile(r'quiz\.(?:show|ask)\("([^"]+)"(?:, "([^"]+)")?\)')
# Cells that speak to one learner at a keyboard.
OWN = re.compile(r"^(?:exercises|record|course)\.|^quiz\.compare\(", re.M)
STYLE = """
@page { size: 1280px 720px; margin: 0 }
* { box-sizing: border-box }
body { margin: 0; font: 28px/1.35 "DejaVu Sans", Verdana, sans-serif; color: #1a1a1a;
  background: #555 }
.slide { width: 1280px; height: 720px; padding: 24px 56px 20px; background: #fdfdfb;
  overflow: hidden; break-after: page; margin: 0 auto 8px; position: relative }
@media print { .slide { margin: 0 } }
h1 { font-size: 30px; margin: 0 0 14px; color: #0072b2 }
p, ul, ol, table, pre { margin: 0 0 12px }
li { margin-bottom: 6px }
.slide { display: flex; flex-direction: column; justify-content: flex-start }
img.figure { margin: 0 auto 8px; max-width: 100%; min-height: 0; flex: 0 1 auto;
  object-fit: contain }
table { border-collapse: collapse; font-size: 24px }
td, th { padding: 3px 14px; border-bottom: 1px solid #bbb; text-align: left }
pre { font-size: 23px; white-space: pre-wrap }
code { font-size: 0.92em }
.display { display: block; text-align: center; margin: 10px }
.foot { position: absolute; right: 24px; bottom: 8px; font-size: 14px; color: #5a5a5a }
.options { list-style: upper-alpha }
.partners { list-style: decimal }
.first h1 { font-size: 46px; margin-top: 60px }
"""
KEYS = """<script>
addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...document.querySelectorAll(".slide")];
  const now = all.findIndex((slide) => slide.getBoundingClientRect().bottom > 60);
  all[Math.min(all.length - 1, Math.max(0, now + step))].scrollIntoView();
});
</script>"""


class Deck:
    """Slides as they fill: blocks go onto the last one until it is full."""

    def __init__(self):
        self.slides, self.title, self.used = [], "", LINES

    def start(self, title):
        self.title, self.used = title, FULL + 1

    def add(self, block, lines):
        """Put a block of HTML that takes so many lines onto the last slide, or onto a new one."""
        spare = ONE if lines <= ONE else 0  # a short line alone on a slide looks lost
        if self.used + lines > LINES + spare:
            self.slides.append((self.title, []))
            self.used = 0
        self.slides[-1][1].append(block)
        self.used += lines

    def last(self, block, lines):
        """Put a block as the last one onto a slide: what answers it comes on the next."""
        self.add(block, lines)
        self.used = FULL

    def alone(self, block):
        """Put a block onto a slide of its own."""
        self.slides.append((self.title, [block]))
        self.used = FULL


def slides(number):
    """Return the slides of the lesson `number` ("04") as one HTML page that needs no network.

    Raises plan.PlanError for a lesson that is not there.
    """
    path = plan.lesson_path(number)
    deck = Deck()
    cells = plan.core_cells(plan.read(path))
    for cell, after in zip(cells, [*cells[1:], None]):
        if cell.cell_type == "markdown":
            _text(deck, _without_guess(cell.source) if _own(after) else cell.source)
        else:
            _outputs(deck, cell)
    shown = [_slide(i, len(deck.slides), *slide) for i, slide in enumerate(deck.slides)]
    return paper.page(path.stem, "\n".join(shown) + KEYS, STYLE)


def _slide(place, of, title, blocks):
    kind = "slide first" if place == 0 else "slide"
    foot = f'<div class="foot">{place + 1} / {of}</div>'
    return (
        f'<section class="{kind}"><h1>{fallback.rich(title)}</h1>{"".join(blocks)}{foot}</section>'
    )


def lines_of(text):
    """Return how many lines of a slide a Markdown block takes, with the space below it."""
    rows = [row for row in text.splitlines() if not re.fullmatch(r"[|\s:-]+", row)]
    return sum(max(1, math.ceil(len(row) / WIDE)) for row in rows) + 0.4 + 1.2 * text.count("$$")


def _own(cell):
    return cell is not None and cell.cell_type == "code" and bool(OWN.search(cell.source))


def _without_guess(source):
    """Return a text without a last paragraph that announces the learner's own guess."""
    *before, last = re.split(r"\n\s*\n", source.strip())
    return "\n\n".join(before) if re.match(r"Here (?:is|are) your guess", last) else source


def _text(deck, source):
    for block in re.split(r"\n\s*\n(?!- )", source.strip()):
        heading = plan.HEADING.match(block)
        if heading and heading[2] != "Compute":
            deck.start(heading[2])
            block = block[heading.end() :].strip()
            if len(heading[1]) == 1:
                deck.add("", 3)
        elif heading:
            block = ""
        if block:
            deck.add(paper.rich(block), lines_of(block))


def _outputs(deck, cell):
    asked = QUIZ.search(cell.source)
    if asked:
        return [deck.last(*question(words)) for words in asked_in(*asked.groups())]
    if cell.source.startswith("record.verdict("):
        return _verdict(deck, cell)
    if _own(cell):
        return _exercise(deck, cell.source)
    picture = ""
    for output in cell.outputs:
        data = output.get("data", {})
        shown = data.get("text/html", "")
        if found := figures.stored(output):
            picture = found
        elif picture:
            words = plain(shown)
            deck.alone(
                f'<img class="figure" alt="{html.escape(words)}" '
                f'src="data:image/png;base64,{picture}"><p>{html.escape(words)}</p>'
            )
            picture = ""
        elif shown:
            _shown(deck, shown)
        elif words := _printed(output):
            deck.add(f"<pre>{html.escape(words)}</pre>", lines_of(words))


def _verdict(deck, cell):
    """Put the claims that a class votes on, then the words to choose from; the course's own come
    after.
    """
    shown = "".join(output.get("data", {}).get("text/html", "") for output in cell.outputs)
    claims, words = (
        re.findall(r"<li>(.*?)</li>", listed, re.S)
        for listed in re.findall(r"<[ou]l>.*?</[ou]l>", shown, re.S)
    )
    for number, claim in enumerate(claims, 1):
        deck.add(f"<p>{number}. {claim}</p>", lines_of(claim))
    items = "".join(f"<li>{word}</li>" for word in words)
    deck.last(f'<ol class="options">{items}</ol>', sum(lines_of(word) for word in words))


def _exercise(deck, source):
    """Put what an exercise asks below a heading that no other words follow."""
    check = re.search(r'exercises\.check\("(\d\d)-([^"]+)"', source)
    if check and deck.used > FULL:
        every = exercises.load(plan.lesson_path(check[1]).stem)
        [asked] = [one for one in every if one.id == f"{check[1]}-{check[2]}"]
        deck.add(paper.rich(asked.text["prompt"]), lines_of(asked.text["prompt"]))


def _printed(output):
    """Return what a cell printed, or the value of its last line; no object that only has a name."""
    words = output.get("text") or output.get("data", {}).get("text/plain", "")
    return "" if words.startswith(("<", "Figure(")) or len(words) > 800 else words.rstrip()


def asked_in(lesson, name=None):
    """Return the public words of a section's questions, or of one question by its id."""
    chosen = bank.load(lesson)
    if name in bank.SECTIONS or name is None:
        return fallback.reference(chosen.section(name) if name else chosen.questions)
    return fallback.reference([chosen[name]])


def question(words):
    """Return (one question as HTML: prompt and lettered options, without the answer;
    the lines that it takes).
    """
    asked = f"<p>{fallback.rich(words['prompt'])} <em>{html.escape(fallback.say(words))}</em></p>"
    lists = (
        [words["left"], words["right"]] if words["kind"] in rules.PAIRED else [words.get("options")]
    )
    styles = ("options", "partners")
    items = [text for listed in lists if listed for _, text in listed]
    lines = 1 + lines_of(words["prompt"]) + sum(math.ceil(len(t) / WIDE) + 0.2 for t in items)
    shown = asked + "".join(
        f'<ol class="{style}">'
        + "".join(f"<li>{fallback.rich(text)}</li>" for _, text in listed)
        + "</ol>"
        for style, listed in zip(styles, lists)
        if listed
    )
    return shown, lines


def plain(shown):
    """Return the words of an HTML fragment."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", shown))).strip()


def _shown(deck, shown):
    shown = re.sub(r"<style.*?</style>", "", shown, flags=re.S)
    image = re.search(r"<img [^>]*>", shown)
    if image:
        words = plain(shown[image.end() :])
        tag = image[0].replace("<img ", '<img class="figure" ', 1)
        return deck.alone(f"{tag}<p>{html.escape(words)}</p>")
    items = re.findall(r"<li[^>]*>(.*?)</li>", shown, flags=re.S)
    if items:
        for item in items:
            parts = re.sub(r"</?a\b[^>]*>", "", item).split("<br>")
            lines = [math.ceil(len(plain(part)) / WIDE) for part in parts]
            cut = len(parts) if sum(lines) < LINES else _middle(lines)
            for some in (slice(cut), slice(cut, None)):
                if parts[some]:
                    deck.add(f"<p>{'<br>'.join(parts[some])}</p>", sum(lines[some]) + 0.4)
        return None
    if "<tr" in shown:
        return _table(deck, shown)
    return deck.add(shown, lines_of(plain(shown)))


def _middle(lines):
    """Return where to cut blocks of so many lines so that the longer half is as short as can be."""
    return min(range(1, len(lines)), key=lambda cut: max(sum(lines[:cut]), sum(lines[cut:])))


def _table(deck, shown):
    """Put a table onto as many slides as it needs, each with the head of the table."""
    before, rows, after = re.match(r"(.*?)(<tr.*</tr>)(.*)", shown, re.S).groups()
    rows = re.findall(r"<tr.*?</tr>", rows, re.S)
    head = rows.pop(0) if "<td" not in rows[0] else ""
    cost = [1.4 * math.ceil(len(plain(row)) / WIDE) for row in [head, *rows]]
    while rows:
        used = cost[0] + 1.5
        part = []
        while rows and (not part or used + cost[1] <= LINES):
            used += cost.pop(1)
            part.append(rows.pop(0))
        deck.add(f"{before}{head}{''.join(part)}{after}", used)
    return None
