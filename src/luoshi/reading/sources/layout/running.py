"""The pieces of all pages in, the same without page numbers, running heads and feet out."""

from __future__ import annotations

import re
from collections import Counter

from .pieces import Piece, beside

# A line that stands at one height on this many pages, or on both of two, is a running head or foot.
_PAGES = 3
# So many lines at the top and the bottom of a page can be such.
_DEEP = 2
_NUMBER = re.compile(
    r"[—–－\-·•.\s]*\d{1,4}[—–－\-·•.\s]*|第\s*[\d一二三四五六七八九十百]{1,5}\s*页\s*[，,/]?\s*(?:[（(]?共\s*[\d一二三四五六七八九十百]{1,5}\s*页[）)]?)?"
    r"|\d{1,4}\s*/\s*\d{1,4}|(?i:page)\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
)
_DIGITS = re.compile(r"\d+")


def without_running(pages: list[list[Piece]]) -> list[list[Piece]]:
    """Every page without what is printed at its edges again and again."""
    edges = [_edges(page) for page in pages]
    seen = Counter(key for page in edges for key in {_key(line) for line in page.lines})
    often = max(2, min(_PAGES, len(pages)))
    out = []
    for page, edge in zip(pages, edges, strict=True):
        gone: set[int] = set()
        for line in edge.lines:
            if _times(seen, _key(line)) >= often or (
                line in (edge.first, edge.last) and _NUMBER.fullmatch(_said(line).strip())
            ):
                gone.update(id(piece) for piece in line)
        out.append([piece for piece in page if id(piece) not in gone])
    return out


_Line = list[Piece]


class _Edge:
    """The first and last lines of a page."""

    def __init__(self, lines: list[_Line]) -> None:
        self.lines = lines if len(lines) <= 2 * _DEEP else lines[:_DEEP] + lines[-_DEEP:]
        self.first = lines[0] if lines else None
        self.last = lines[-1] if lines else None


def _edges(page: list[Piece]) -> _Edge:
    """Lines across the whole page, from its top."""
    lines: list[_Line] = []
    for piece in sorted(page, key=lambda p: (p.top + p.bottom, p.left)):
        if lines and beside(lines[-1][0], piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return _Edge(lines)


def _said(line: _Line) -> str:
    return " ".join(piece.text for piece in sorted(line, key=lambda p: p.left))


def _key(line: _Line) -> tuple[str, int]:
    """What a line says but for numbers, and how high it stands in halves of its own height."""
    said = _DIGITS.sub("#", re.sub(r"\s", "", _said(line)))
    return said, round(line[0].bottom / max(line[0].size, 1e-6) * 2)


def _times(seen: Counter[tuple[str, int]], key: tuple[str, int]) -> int:
    said, height = key
    return sum(seen[said, height + off] for off in (-1, 0, 1))
