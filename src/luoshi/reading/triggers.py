"""Patterns in, an index out that tells at a glance which of them can be found in a stretch of text.

Most patterns hold words that every match must contain (必须|务必). One pass of an Aho-Corasick automaton over a
clause finds all such words of all patterns together; only the patterns whose word is there are tried.
"""

from __future__ import annotations

import re
import sys

# The parser of the standard library's `re`: it reads a pattern as a tree. Private, so a test compares what the
# index lets through with what the patterns find.
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from ahocorasick_rs import AhoCorasick

# Words that stand in so many clauses of the corpora that finding them costs more than the patterns that they spare.
_EVERYWHERE = ("，", "、", "中", "会", "作", "委", "部", "局", "近", "地", "各", "等", "工作")
# A set with more words than this says too little to be worth looking for.
_MOST = 400
# Words spelled out from parts that follow one another. On 600 reports 30 found as few places as 400 did, with an
# automaton of half the size.
_SPELLED = 30
# A range of characters in brackets is spelled out up to this size; \d is ten, [一-龥] is hopeless.
_WIDEST = 30


class Index:
    """Patterns and the words of which one stands in every match of each."""

    def __init__(self, patterns: list[re.Pattern[str]], most_single: int = _MOST) -> None:
        """`most_single`: a pattern that needs one of more single characters than this counts as always possible."""
        self._always = 0
        by_word: dict[str, int] = {}
        for number, pattern in enumerate(patterns):
            wanted = needed(pattern)
            if wanted and not wanted.isdisjoint(_EVERYWHERE):
                wanted = None
            if wanted and sum(len(word) == 1 for word in wanted) > most_single:
                wanted = None
            if wanted is None:
                self._always |= 1 << number
            for word in wanted or ():
                by_word[word] = by_word.get(word, 0) | 1 << number
        self._automaton = AhoCorasick(list(by_word))
        self._masks = list(by_word.values())

    def possible(self, text: str) -> int:
        """The numbers of the patterns that can be found in a text, as bits."""
        return self.by_piece(self.hits(text), [0])[0]

    def hits(self, text: str) -> list[tuple[int, int, int]]:
        """Where words stand in a text: the number of the word, its start and its end, in order of the ends."""
        return self._automaton.find_matches_as_indexes(text, overlapping=True)

    def by_piece(self, hits: list[tuple[int, int, int]], starts: list[int]) -> list[int]:
        """The numbers of the patterns that can be found by the words that end in each piece of a text, as bits;
        `starts`: where the pieces begin, the first at 0."""
        masks = self._masks
        out = [self._always] * len(starts)
        piece = 0
        limits = [*starts[1:], sys.maxsize]
        limit = limits[0]
        for word, _, end in hits:
            while end > limit:
                piece += 1
                limit = limits[piece]
            out[piece] |= masks[word]
        return out


def needed(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Words of which at least one stands in every match of a pattern; None where there are none."""
    if pattern.flags & re.IGNORECASE:
        return None
    return _of_sequence(parser.parse(pattern.pattern))


def _of_sequence(sequence: Any) -> frozenset[str] | None:
    """The most telling set among the parts that follow one another: the longest words, then the fewest."""
    offered: list[frozenset[str] | None] = []
    run = _NOTHING
    for kind, value in sequence:
        words = _language_of(kind, value)
        longer = _joined(run, words) if words is not None else None
        if longer is None:
            offered.append(run)
        if longer is None or kind is op.ASSERT:
            offered.append(_of_part(kind, value))
        run = longer or words or _NOTHING
    telling = [words for words in (*offered, run) if words and "" not in words]
    return max(telling, key=_tells) if telling else None


# What matches without taking a character.
_NOTHING = frozenset({""})
_WIDTHLESS = (op.AT, op.ASSERT, op.ASSERT_NOT)


def _language_of(kind: Any, value: Any) -> frozenset[str] | None:
    """All that one part of a pattern can match, None where that is too much."""
    if kind is op.LITERAL:
        return frozenset(chr(value))
    if kind is op.IN:
        return characters(value)
    if kind in _WIDTHLESS:
        return _NOTHING
    if kind is op.BRANCH:
        return _any_of([_language(way) for way in value[1]])
    if kind is op.SUBPATTERN:
        return _language(value[3])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT) and value[:2] == (0, 1):
        return _any_of([_language(value[2]), _NOTHING])
    return None


def _language(sequence: Any) -> frozenset[str] | None:
    """All that parts which follow one another can match, None where that is too much."""
    out: frozenset[str] | None = _NOTHING
    for kind, value in sequence:
        words = _language_of(kind, value)
        out = _joined(out, words) if out is not None and words is not None else None
    return out


def _joined(before: frozenset[str], behind: frozenset[str]) -> frozenset[str] | None:
    if len(before) * len(behind) > _SPELLED:
        return None
    return frozenset(first + last for first in before for last in behind)


# The commonest characters and marks of the corpora tell least.
_COMMON = frozenset("的、要，中")


def _tells(wanted: frozenset[str]) -> tuple[int, bool, int]:
    return min(map(len, wanted)), not wanted & _COMMON, -len(wanted)


def _of_part(kind: Any, value: Any) -> frozenset[str] | None:
    """What one part of a pattern needs; None for what may be empty, or be anything."""
    if kind is op.IN:
        return characters(value)
    if kind is op.BRANCH:
        return _any_of([_of_sequence(way) for way in value[1]])
    if kind is op.SUBPATTERN:
        return _of_sequence(value[3])
    # What must follow stands in the text too; one character of it tells too little.
    if kind is op.ASSERT and value[0] > 0 and value[1][0][0] is not op.IN:
        return _of_sequence(value[1])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] >= 1:
        return _of_sequence(value[2])
    return None


def _any_of(ways: list[frozenset[str] | None]) -> frozenset[str] | None:
    out: set[str] = set()
    for way in ways:
        if way is None:
            return None
        out |= way
    return frozenset(out) if len(out) <= _MOST else None


def characters(members: Any) -> frozenset[str] | None:
    """The characters of a set ([要应]); None where they are too many."""
    out: set[str] = set()
    for kind, value in members:
        if kind is op.LITERAL:
            out.add(chr(value))
        elif kind is op.RANGE and value[1] - value[0] < _WIDEST:
            out.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(out)
