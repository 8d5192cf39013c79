"""Files that a widget sends to the page: its script and its style."""

import re
from functools import cache
from pathlib import Path

KERNEL = Path(__file__).with_name("kernel.js")  # whether a kernel hears what the page says


@cache
def asset(path):
    """Return a script or style without comments, indentation and spare spaces.

    path: Path of a .js or .css file; every widget sends it to the page, so it is kept small.
    """
    text = path.read_text(encoding="utf-8")
    lines = (line.strip() for line in re.sub(r"/\*.*?\*/", "", text, flags=re.S).splitlines())
    short = "\n".join(line for line in lines if line and not line.startswith("//"))
    short = re.sub(r"([;{,(\[]|=>)\n", r"\1", short)  # a line that ends so goes on in the next one
    if path.suffix == ".css":
        short = re.sub(r"([:;,]) ", r"\1", short).replace("}\n", "}")
        return short.replace(" {", "{").replace("{ ", "{")
    # No string of a script holds an operator between spaces, or a brace beside one (a test).
    short = re.sub(r" (=>|===|=|\?|:|&&|\|\||\+|>) ", r"\1", short)
    return short.replace("{ ", "{").replace(" }", "}").replace(" {", "{")


def module(*paths):
    """Return the one script that a widget sends: kernel.js, then the files at `paths`."""
    return "\n".join(map(asset, (KERNEL, *paths)))
