"""A text and its signs in, the rules of a file that are found in it out: only those are tried that can be.

A rule can be found where its signs (words that every match holds) are, and if it is tried at the beginning only, where
the first character is one that a match can begin with.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from .guards import Initials, is_han
from .rules import FOUND_IN_PAGES, Rule, Way, first_bit, patterns, rules
from .triggers import Index


class _Masks(dict[str, int]):
    """For every first character of a text the bits of the alternatives that can be found in it."""

    def __init__(self, ways: list[Way]) -> None:
        super().__init__()
        starts = [(way.bit, Initials(way.pattern.pattern) if way.begins else None) for way in ways]
        self._han = sum(bit for bit, start in starts if start is None or start.others_too(han=True))
        self._others = sum(bit for bit, start in starts if start is None or start.others_too(han=False))
        for character in {c for _, start in starts if start for c in start.known or ()}:
            self[character] = sum(
                bit for bit, start in starts if start is None or start.may_be_empty or start.has(character)
            )

    def __missing__(self, character: str) -> int:
        # Remembered: there are no more of them than characters.
        mask = self[character] = self._han if is_han(character) else self._others
        return mask


class _Table:
    """The alternatives of a file in their order."""

    def __init__(self, file: str) -> None:
        ways = [(each, way) for each in rules(file) for way in each.ways]
        # Each under the length of its bit.
        self._ways: dict[int, tuple[Rule, Callable[..., re.Match[str] | None]]]
        self._ways = {way.bit.bit_length(): (each, way.find) for each, way in ways}
        self._every = sum(way.bit for _, way in ways)
        self._file, self._first_bit = file, first_bit(file)
        self._masks = _Masks([way for _, way in ways])

    def _signs(self, text: str) -> int:
        found = _index(self._file).possible(text) << self._first_bit
        return found & self._masks[text[:1]]

    def possible(self, text: str, signs: int | None) -> list[Rule]:
        """The rules that can be found in a text, in their order."""
        bits = (self._signs(text) if signs is None else signs) & self._every
        out: list[Rule] = []
        while bits:
            lowest = bits & -bits
            bits ^= lowest
            each, _ = self._ways[lowest.bit_length()]
            if not out or out[-1] is not each:
                out.append(each)
        return out

    def first(self, text: str, signs: int | None) -> Rule | None:
        """The first rule that is found in a text."""
        bits = (self._signs(text) if signs is None else signs) & self._every
        while bits:
            lowest = bits & -bits
            bits ^= lowest
            each, find = self._ways[lowest.bit_length()]
            if find(text):
                return each
        return None


@cache
def _index(file: str) -> Index:
    return Index(patterns(file))


@cache
def _table(file: str) -> _Table:
    return _Table(file)


def possible(file: str, text: str, signs: int | None = None) -> list[Rule]:
    """The rules of a file that can be found in a text, in their order; `signs`: those of the text, where known."""
    return _table(file).possible(text, signs)


def first(file: str, text: str, signs: int | None = None) -> Rule | None:
    """The first rule of a file whose pattern is found in the text; `signs`: those of the text, where known."""
    return _table(file).first(text, signs)


@cache
def _beginnings() -> _Masks:
    return _Masks([way for name in FOUND_IN_PAGES for each in rules(name) for way in each.ways])


def beginning(text: str, start: int, signs: int) -> int:
    """Of some signs those that a text that begins here can have."""
    return signs & _beginnings()[text[start : start + 1]]
