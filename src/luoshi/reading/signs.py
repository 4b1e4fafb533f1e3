"""A clean text in, the rules of the lexicon that can be found in any stretch of it out.

One pass of an automaton over the whole text finds the words that the rules need (triggers.py); which of them stand
in a stretch is then looked up. The signs of a stretch are bits: a rule can be found where its `bit` is among them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .rules import FOUND_IN_PAGES, patterns
from .triggers import Index

# A pattern that needs one of more single characters than this has a sign in nearly every clause and counts as always
# possible. On 600 reports rules like doer-first, whose units end in 党, 会, 社 …, had 180 of 670 places of words a
# report, and let themselves through nearly everywhere.
MOST_SINGLE = 20


# A stretch is looked up by the pieces that it meets; most stretches are one of them, or lie in one.
_MARK = re.compile("[，。；：！？\n]")


class _Signs:
    """A text in pieces between marks, each with its signs."""

    def __init__(self, text: str) -> None:
        index = _index()
        starts = [0, *(match.end() for match in _MARK.finditer(text))]
        self._found = index.by_piece(index.hits(text), starts)
        self._ends = [*starts[1:], len(text) + 1]
        # The piece of every place.
        self._pieces: list[int] = []
        for piece, (start, end) in enumerate(zip(starts, self._ends, strict=True)):
            self._pieces += [piece] * (end - start)

    def of(self, start: int, end: int) -> int:
        """The signs of the pieces that a stretch meets."""
        piece, ends = self._pieces[start], self._ends
        found = self._found[piece]
        while ends[piece] < end:
            piece += 1
            found |= self._found[piece]
        return found


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
    return opened(words, _signs(text).of(start, end))


def opened(words: str, signs: int) -> int:
    """The signs of masked words, from those of the words as they stand."""
    return signs | _opaque() if "〇" in words else signs


@cache
def _opaque() -> int:
    """The rules that can be found in words made opaque, where 〇 is a numeral to them."""
    return _index().possible("〇〇")
