"""Words for paper and for other systems: what works in the notebook only is left out."""

import re

# `weather.zenith_angle(latitude, 0, 0)`: a helper of the course, or a call.
TOOL = re.compile(r"`[^`]*(?:\b[a-z_]+\.[a-z_]+|\()[^`]*`")
END = re.compile(r"(?<=[.?!])\s+")


def without_tools(words):
    """Return a text without the sentences that name a helper or a call;
    dicts and lists of texts likewise.

    A text of a list that has nothing left, such as a hint, is dropped.
    """
    if isinstance(words, str):
        return " ".join(part for part in END.split(words) if not TOOL.search(part))
    if isinstance(words, dict):
        return {name: without_tools(value) for name, value in words.items()}
    return [left for value in words if (left := without_tools(value))]


def plain(words):
    """Return a text (or a dict or list of texts) without backticks."""
    if isinstance(words, str):
        return words.replace("`", "")
    if isinstance(words, dict):
        return {name: plain(value) for name, value in words.items()}
    return [plain(value) for value in words]
