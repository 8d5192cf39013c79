"""How hard the lessons are to read: words and Flesch-Kincaid grade; prints, asserts nothing."""

import re

from tests.lessons.test_every_lesson import texts
from tests.notebooks import LESSONS, read


def syllables(word):
    """Return the syllables of an English word by its groups of vowels, a silent e left out; right
    for four words of five.
    """
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, groups - (word.lower().endswith("e") and not word.lower().endswith("le")))


def grade(text):
    """Return the Flesch-Kincaid grade (Kincaid et al., 1975): years of school."""
    words, sentences = re.findall(r"[A-Za-z']+", text), re.findall(r"[.?](?:\s|$)", text)
    return (
        0.39 * len(words) / max(1, len(sentences))
        + 11.8 * sum(map(syllables, words)) / max(1, len(words))
        - 15.59
    )


def main():
    """Print words and grade of each lesson."""
    print("reading level (Flesch-Kincaid grade: years of school)")
    for path in LESSONS:
        text = "\n".join(re.sub(r"[#*|\[\]_>-]", " ", source) for source in texts(read(path)))
        print(f"  {path.stem:32} {len(text.split()):5} words   grade {grade(text):.1f}")


if __name__ == "__main__":
    main()
