"""The work that a text of any shape costs grows with its length, no faster.

Counted, not timed: the calls of functions while a text is read (bench/linear.py times a megabyte of each).
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from bench.shapes import SAID, SHAPES

from luoshi.reading import read

SMALL, LARGE = 3_000, 12_000


def calls(work: Callable[[], object]) -> int:
    """How many calls a piece of work makes, those of built-in functions included."""
    made = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_four_times_the_text_costs_four_times_the_work(shape: str) -> None:
    small, large = SHAPES[shape](SMALL), SHAPES[shape](LARGE)
    # Loads what is loaded once: the lexicon, and the table of pinyin, which a spoiled page asks for.
    read(SAID + "抓实。" + SHAPES["readings in brackets"](300) + SHAPES["half readings"](300))
    cost = calls(lambda: read(small))
    # A fixed part of the work, and what is remembered of the smaller text, let the ratio differ from 4.
    assert calls(lambda: read(large)) <= 5 * cost + 5_000
