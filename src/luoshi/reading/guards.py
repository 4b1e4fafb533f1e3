"""A regular expression in, the same with one look at its first character put before it out, where that saves time.

`re` skips to places where a match can begin only if a pattern begins with a plain character or a set of them. One
that begins with something optional (都?必须) is tried in full at every place; a look at the character first, whether
any match begins with it, spares that. The matches are the same.
"""

from __future__ import annotations

import re

# The parser of the standard library's `re`, private as in triggers.py: a test compares what is found with a guard
# and without.
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from .triggers import characters

# Flags for the whole pattern ((?m)…) must stand first, and change what characters mean.
_FLAGGED = re.compile(r"\(\?[aimsux]+\)")
_WIDTHLESS = (op.AT, op.ASSERT, op.ASSERT_NOT)


def guarded(pattern: str) -> str:
    """A pattern that finds the same, sooner."""
    if _FLAGGED.match(pattern):
        return pattern
    sequence = parser.parse(pattern)
    begins, may_be_empty = _initials(sequence)
    if begins is None or may_be_empty or _skips(sequence):
        return pattern
    return f"{looking_for(begins)}(?:{pattern})"


# A look at the first character, as `guarded` puts it: it tells all, and is parsed sooner than what is behind it.
_GUARD = re.compile(r"\(\?=(\[(?:\\.|[^\]\\])+\])\)")


class Initials:
    """The characters that a match of a pattern can begin with, if it is not empty."""

    def __init__(self, pattern: str) -> None:
        guard = _GUARD.match(pattern)
        sequence = parser.parse(guard[1] if guard else pattern)
        found, self.may_be_empty = (None, True) if _FLAGGED.match(pattern) else _initials(sequence)
        self.known = None if found is None else found - {NO_HAN}
        # Whether some of them are no Chinese characters and not listed (\d, \s).
        self.others = found is None or NO_HAN in found

    def has(self, character: str) -> bool:
        """Whether a match can begin with a character."""
        return self.known is None or character in self.known or (self.others and not is_han(character))

    def others_too(self, han: bool) -> bool:
        """Whether a match may begin with a character that is not listed, Chinese or not, or be empty."""
        return self.may_be_empty or self.known is None or (self.others and not han)


# Stands for the characters of \d and \s, of which none is Chinese.
NO_HAN = ""
_NO_HAN = (op.CATEGORY_DIGIT, op.CATEGORY_SPACE)


def is_han(character: str) -> bool:
    """Whether a character is one of the common Chinese ones."""
    return "\u4e00" <= character <= "\u9fff"


def looking_for(initials: frozenset[str]) -> str:
    """A look at the next character, whether it is one of these."""
    others = r"\d\s" if NO_HAN in initials else ""
    return f"(?=[{re.escape(''.join(sorted(initials)))}{others}])"


def _skips(sequence: Any) -> bool:
    """Whether `re` looks for the first character of a pattern by itself (its `_get_charset_prefix`)."""
    kind, value = sequence[0]
    if kind is op.SUBPATTERN:
        return _skips(value[3])
    if kind is op.BRANCH:
        return all(len(way) and way[0][0] is op.LITERAL for way in value[1])
    return kind in (op.LITERAL, op.IN)


def _initials(sequence: Any) -> tuple[frozenset[str] | None, bool]:
    """The characters that a match can begin with (None: any), and whether it can be empty."""
    out: frozenset[str] = frozenset()
    for kind, value in sequence:
        found, may_be_empty = _initials_of(kind, value)
        if found is None:
            return None, may_be_empty
        out |= found
        if not may_be_empty:
            return out, False
    return out, True


def _members(members: Any) -> frozenset[str] | None:
    """The characters of a set, \\d and \\s in it as NO_HAN; None where they are too many."""
    listed = [each for each in members if each[0] is not op.CATEGORY]
    if any(kind is op.CATEGORY and value not in _NO_HAN for kind, value in members):
        return None
    known = characters(listed)
    return known if known is None or len(listed) == len(members) else known | {NO_HAN}


def _initials_of(kind: Any, value: Any) -> tuple[frozenset[str] | None, bool]:
    if kind in _WIDTHLESS:
        return frozenset(), True
    if kind is op.LITERAL:
        return frozenset(chr(value)), False
    if kind is op.IN:
        return _members(value), False
    if kind is op.SUBPATTERN:
        return _initials(value[3])
    if kind is op.BRANCH:
        ways = [_initials(way) for way in value[1]]
        known = [found for found, _ in ways if found is not None]
        together = frozenset().union(*known) if len(known) == len(ways) else None
        return together, any(may_be_empty for _, may_be_empty in ways)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        found, may_be_empty = _initials(value[2])
        return found, may_be_empty or value[0] == 0
    return None, False
