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
    """The alternatives at the top of a pattern; those that are plain words stay together, as the first."""
    pieces = _divided(pattern)
    plain = [piece for piece in pieces if not _SPECIAL.search(piece)]
    others = [piece for piece in pieces if _SPECIAL.search(piece)]
    return ["|".join(plain), *others] if plain else others


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
