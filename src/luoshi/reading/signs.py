"""A clean text in, the rules of the lexicon that can be found in any stretch of it out.

One pass of an automaton over the whole text finds the words that the rules need (triggers.py); which of them stand
in a stretch is then looked up. The signs of a stretch are bits: a rule can be found where its `bit` is among them.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache

from .rules import FOUND_IN_PAGES, patterns
from .triggers import Index

# A pattern that needs one of more single characters than this has a sign in nearly every clause and counts as always
# possible. On 600 reports rules like doer-first, whose units end in 党, 会, 社 …, had 180 of 670 places of words a
# report, and let themselves through nearly everywhere.
MOST_SINGLE = 20


class _Signs:
    """A text with the places of all trigger words; what is asked for is remembered."""

    def __init__(self, text: str) -> None:
        self._index = _index()
        self._hits = self._index.hits(text)
        self._ends = [end for _, _, end in self._hits]
        self._known: dict[tuple[int, int], int] = {}

    def of(self, start: int, end: int) -> int:
        """The signs of a stretch."""
        known = self._known.get((start, end))
        if known is None:
            low = bisect_right(self._ends, start)
            high = bisect_right(self._ends, end, low)
            known = self._known[start, end] = self._index.signs(self._hits[low:high], start)
        return known


@cache
def _index() -> Index:
    return Index([pattern for name in FOUND_IN_PAGES for pattern in patterns(name)], MOST_SINGLE)


@lru_cache(maxsize=16)
def _signs(text: str) -> _Signs:
    """Remembered for as long as the reading of a text goes on, like its layout: as it is and hidden."""
    return _Signs(text)


def signs(text: str, start: int, end: int) -> int:
    """The rules that can be found in a stretch of a text."""
    return _signs(text).of(start, end)


def masked_signs(text: str, start: int, end: int, words: str) -> int:
    """The rules that can be found in the masked words of a stretch (`sentences.masked`), and a few more."""
    found = _signs(text).of(start, end)
    return found | _opaque() if "〇" in words else found


@cache
def _opaque() -> int:
    """The rules that can be found in words made opaque, where 〇 is a numeral to them."""
    return _index().possible("〇〇")
