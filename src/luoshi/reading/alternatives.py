"""A regular expression in, the alternatives at its top out, as expressions of their own.

A pattern is found where one of its alternatives is. One by one they need fewer words (triggers.py), and where one of
them cannot be found it is not tried.
"""

from __future__ import annotations

import re

# A character of an expression, taken together with its backslash or its set.
_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
# What means something else than itself in an expression.
_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]()]")


def alternatives(pattern: str) -> list[str]:
    """The alternatives at the top of a pattern, or of the group that it begins with; those that are plain words stay
    together, as the first."""
    pieces = [piece for whole in _divided(pattern) for piece in _opened(whole)]
    return _gathered(pieces)


def _gathered(pieces: list[str]) -> list[str]:
    """Pieces, the plain words among them together as the first."""
    plain = [piece for piece in pieces if not _SPECIAL.search(piece)]
    others = [piece for piece in pieces if _SPECIAL.search(piece)]
    return ["|".join(plain), *others] if plain else others


# A group that begins an alternative, taken together with what may stand before it.
_GROUP = re.compile(r"(?P<before>\^?)\(\?:")


def _opened(pattern: str) -> list[str]:
    """The alternatives of the group that a pattern begins with (^(?:甲|乙)$), each with what stands behind it."""
    group = _GROUP.match(pattern)
    end = _closed(pattern) if group else 0
    behind = pattern[end:]
    if not group or not end or behind.startswith(("*", "+", "?", "{")):
        return [pattern]
    ways = _gathered(_divided(pattern[group.end() : end - 1]))
    return [f"{group['before']}(?:{way}){behind}" for way in ways]


def _closed(pattern: str) -> int:
    """Where the first group of a pattern ends."""
    depth = 0
    for match in _PIECE.finditer(pattern):
        depth += (match.group() == "(") - (match.group() == ")")
        if match.group() == ")" and depth == 0:
            return match.end()
    return 0


def _divided(pattern: str) -> list[str]:
    """A pattern divided at the | that stand in no group."""
    out = [""]
    depth = 0
    for match in _PIECE.finditer(pattern):
        piece = match.group()
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            out.append("")
        else:
            out[-1] += piece
    return out
