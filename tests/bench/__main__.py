"""Print speed and memory of the course beside its peers; nothing is asserted.

``python -m tests.bench [goals imaging explore lessons quiz weather revisit navigation globe]``
"""

import importlib
import sys

PARTS = (
    "goals",
    "imaging",
    "explore",
    "lessons",
    "quiz",
    "weather",
    "revisit",
    "navigation",
    "globe",
)


def main(wanted):
    """Run the named parts (none given: all); a peer that is not installed is named
    and left out by its part.
    """
    for part in wanted or PARTS:
        print(f"\n== {part} ==")
        importlib.import_module(f"tests.bench.{part}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
