"""Freed memory goes back to the machine after a cell in which the process has grown."""

import sys
from mmap import PAGESIZE, mmap

import pytest

from helpers.base import memory


@pytest.fixture
def pages(monkeypatch):
    """What the process holds, as a list that a test may change; each call gives 300 pages back."""
    held = [1000]
    monkeypatch.setattr(memory, "resident_pages", lambda: held[0])
    monkeypatch.setattr(memory, "TRIM", lambda _: held.append(held.pop() - 300))
    return held


def test_only_a_process_that_has_grown_gives_back(pages):
    heap = memory.Heap()
    for grown, left in ((0, 700), (memory.GROWN, 1200), (1, 901), (100, 1001)):
        pages[0] += grown
        heap.give_back("what IPython says of the cell")
        assert pages == [left]


def test_a_system_without_the_function_keeps_it(pages, monkeypatch):
    monkeypatch.setattr(memory, "TRIM", None)
    memory.Heap().give_back()
    assert pages == [1000]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how many pages there are")
def test_this_process_holds_some_pages():
    before = memory.resident_pages()
    with mmap(-1, 40_000_000) as fresh:  # an array could lie in pages that were freed and kept
        for place in range(0, len(fresh), PAGESIZE):
            fresh[place] = 1
        assert memory.resident_pages() - before > 0.9 * len(fresh) / PAGESIZE
