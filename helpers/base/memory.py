"""Memory that this process has freed, and holds all the same."""

import ctypes
import sys

# Other systems, and musl, have no such function.
TRIM = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
GROWN = 500  # pages, 2 MB: each call costs some milliseconds


def resident_pages():
    """Return how many pages of memory this process holds; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1])
    except OSError:
        return 0


class Heap:
    """What glibc keeps of freed memory, some 10 MB after a lesson."""

    def __init__(self):
        self.pages = 0  # held after the last call

    def give_back(self, *_):
        """Give it back to the machine where this process has grown since the last call."""
        if TRIM and resident_pages() > self.pages + GROWN:
            TRIM(0)
            self.pages = resident_pages()


HEAP = Heap()
