"""A quiz as plain HTML and plain text, for readers without a kernel and for tests:
the same every time, without answers or progress.
"""

import html
import re

from helpers.learning.quiz import rules, variants
from helpers.learning.quiz.session import public

SAY = {
    "single": "Choose one.",
    "multiple": "Choose all that fit.",
    "order": "Put in order.",
    "match": "Find the partner of each.",
    "label": "Put a name on each part of the figure.",
    "place": "Choose a place.",
    "text": "Answer in a word or a few.",
    "numeric": "Answer with a number",
    "estimate": "Estimate a number",
}
RUN = "Run this cell to answer."


def say(words):
    """Return what a learner is to do with a question, in words."""
    unit = words.get("unit")
    if unit is None:
        return SAY[words["kind"]]
    return SAY[words["kind"]] + (f" ({unit})." if unit != "1" else ".")


def choices(words):
    """Return what there is to choose from, as a list of texts."""
    if words["kind"] in rules.PAIRED:
        listed = "partners" if words["kind"] == "match" else "names"
        return [f"{text}: ?" for _, text in words["left"]] + [
            f"{listed}: " + "; ".join(text for _, text in words["right"])
        ]
    return [text for _, text in words.get("options", [])]


def reference(questions):
    """Return the public words of the reference variants."""
    return [public(variants.resolve(q)) for q in questions]


def as_text(title, questions):
    """Return title, prompts and options as plain text, one option a line."""
    lines = [title]
    for number, words in enumerate(reference(questions), 1):
        lines += [f"{number}. {words['prompt']} {say(words)}"] + [
            f"   - {choice}" for choice in choices(words)
        ]
    return "\n".join(lines + [RUN])


def as_html(title, questions):
    """Return title, prompts and options as HTML;
    every text is escaped, and each stands on a line of its own so that a diff names it.
    """
    lines = [f"<p><strong>{html.escape(title)}</strong></p>", "<ol>"]
    for words in reference(questions):
        listed = [f"<li>{rich(choice)}</li>" for choice in choices(words)]
        lines += [
            f"<li><p>{rich(words['prompt'])} <em>{html.escape(say(words))}</em></p>",
            *(["<ul>", *listed, "</ul>"] if listed else []),
            "</li>",
        ]
    return "\n".join(lines + ["</ol>", f"<p><em>{RUN}</em></p>"])


def rich(text):
    """Return plain text as HTML; what stands between backticks is set as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))
