"""The pieces of all pages in, the same without page numbers, running heads and feet out."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from .pieces import Piece, Ruled, beside

# A line that stands at one height on this many pages, or on both of two, is a running head or foot.
_PAGES = 3
# So many lines at the top and the bottom of a page can be such.
_DEEP = 2
# Heads and feet stand this many steps of lines from the text; GB/T 9704 sets page numbers 7 mm below it.
_APART = 1.15
_NUMBER = re.compile(
    r"[—–－\-·•.\s]*\d{1,4}[—–－\-·•.\s]*|第\s*[\d一二三四五六七八九十百]{1,5}\s*页\s*[，,/]?\s*(?:[（(]?共\s*[\d一二三四五六七八九十百]{1,5}\s*页[）)]?)?"
    r"|\d{1,4}\s*/\s*\d{1,4}|(?i:page)\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
)
_DIGITS = re.compile(r"\d+")


def without_running(pages: list[list[Piece]]) -> list[list[Piece]]:
    """Every page without what is printed at its edges again and again."""
    lines = [_lines(page) for page in pages]
    steps = sorted(_step(a, b) for page in lines for a, b in pairwise(page) if not _table(a, b))
    apart = _APART * steps[len(steps) // 2] if steps else 0.0
    edges = [_edge(page, apart) + _edge(page[::-1], apart) for page in lines]
    seen = Counter(key for edge in edges for key in {_key(line) for line in edge})
    often = max(2, min(_PAGES, len(pages)))
    out = []
    for page, inside, edge in zip(pages, lines, edges, strict=True):
        gone = {id(piece) for line in edge if _times(seen, _key(line)) >= often for piece in line}
        for line in inside[:1] + inside[-1:]:
            if _NUMBER.fullmatch(_said(line).strip()):
                gone.update(id(piece) for piece in line)
        out.append([piece for piece in page if id(piece) not in gone or isinstance(piece, Ruled)])
    return out


_Line = list[Piece]


def _lines(page: list[Piece]) -> list[_Line]:
    """Lines across the whole page, from its top."""
    lines: list[_Line] = []
    for piece in sorted(page, key=lambda p: (p.top + p.bottom, p.left)):
        if lines and beside(lines[-1][0], piece) and not _table(lines[-1], [piece]):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def _edge(lines: list[_Line], apart: float) -> list[_Line]:
    """The outermost lines, where they are set apart from what follows inwards; none where they are not."""
    for deep in range(1, min(_DEEP, len(lines) - 1) + 1):
        if _step(lines[deep - 1], lines[deep]) > apart:
            return lines[:deep]
    return []


def _step(one: _Line, other: _Line) -> float:
    """From one line down or up to the other; the row of a table beside a line counts as high as that line."""
    if _table(one, other):
        gap = max(other[0].top - one[0].bottom, one[0].top - other[0].bottom)
        return gap + min(one[0].size, other[0].size)
    return abs(other[0].bottom - one[0].bottom)


def _table(*lines: _Line) -> bool:
    return any(isinstance(line[0], Ruled) for line in lines)


def _said(line: _Line) -> str:
    return " ".join(piece.text for piece in sorted(line, key=lambda p: p.left))


def _key(line: _Line) -> tuple[str, int]:
    """What a line says but for numbers, and how high it stands in halves of its own height."""
    said = _DIGITS.sub("#", re.sub(r"\s", "", _said(line)))
    return said, round(line[0].bottom / max(line[0].size, 1e-6) * 2)


def _times(seen: Counter[tuple[str, int]], key: tuple[str, int]) -> int:
    said, height = key
    return sum(seen[said, height + off] for off in (-1, 0, 1))
