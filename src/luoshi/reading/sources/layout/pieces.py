"""Characters of a page with their boxes in, pieces of lines out: what was set in one go, left to right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Glyph(NamedTuple):
    """One character of a page: its offset in it, its box (y grows downwards; any unit of length), its size.

    A blank that was never written, only left, has no width.
    """

    text: str
    place: int
    left: float
    top: float
    right: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line without a wide gap; `places` holds the offset of every character.

    `size` is that of its characters, `first` the width of what must stay together at its beginning.
    """

    text: str
    places: tuple[int, ...]
    left: float
    top: float
    right: float
    bottom: float
    size: float
    first: float


# A line: its pieces from left to right (cells of a table row, where there are several).
Line = list[Piece]


@dataclass(frozen=True, slots=True)
class Ruled(Piece):
    """A ruled table as one piece: where its columns part, for each row the cell in each of them, and for each cell
    its paragraphs, as lines."""

    columns: tuple[float, ...]
    rows: tuple[tuple[int, ...], ...]
    cells: tuple[tuple[list[Line], ...], ...]


# In sizes of a character. Between columns of text and cells of tables lie two and more, between justified
# characters less than half of one; blanks that were put in on purpose are one or so.
_WIDE_GAP = 1.8
_BLANK = 0.5
# How far a character may reach back over the one before it (kerning, half-width marks).
_BACK = 0.6
# What of the lower of two characters must lie beside the other for them to stand in one line.
_BESIDE = 0.5
# What stays together where lines break: opening marks, a character or a word or number, closing marks.
_TOGETHER = re.compile(
    r"[“‘（《〈【「『〔(\[]*(?:[A-Za-z0-9.,%+\-/:@]+|.)[”’）》〉】」』〕)\]，。、；：！？,.;:!?%…—]*", re.S
)
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


def pieces(glyphs: Iterable[Glyph]) -> list[Piece]:
    """The pieces of a page in the order in which they were set."""
    found: list[Piece] = []
    current: list[Glyph] = []
    for glyph in glyphs:
        if current and not _goes_on(current[-1], glyph):
            found += _piece(current)
            current = []
        if current or not glyph.text.isspace():
            current.append(glyph)
    return found + _piece(current)


def beside(one: Glyph | Piece, other: Glyph | Piece) -> bool:
    """Whether two boxes stand in one line."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _BESIDE * min(one.bottom - one.top, other.bottom - other.top)


def near(before: Piece, after: Piece) -> bool:
    """Whether a piece goes on where another one in its line ends, without a wide gap."""
    size = min(before.size, after.size)
    return -_BACK * size < after.left - before.right < _WIDE_GAP * size


def wide(character: str) -> bool:
    """Whether a character is Chinese or a full-width mark."""
    return bool(_WIDE.match(character))


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    size = min(before.size, glyph.size)
    return beside(before, glyph) and -_BACK * size < glyph.left - before.right < _WIDE_GAP * size


def _piece(glyphs: list[Glyph]) -> list[Piece]:
    kept = _without_idle_blanks(glyphs)
    if not kept:
        return []
    text = "".join(glyph.text for glyph in kept)
    sizes = sorted(glyph.size for glyph in kept)
    together = _TOGETHER.match(text)
    last = kept[min(together.end() if together else 1, len(kept)) - 1]
    return [
        Piece(
            text,
            tuple(glyph.place for glyph in kept),
            kept[0].left,
            min(glyph.top for glyph in kept),
            kept[-1].right,
            max(glyph.bottom for glyph in kept),
            sizes[len(sizes) // 2],
            last.right - kept[0].left,
        )
    ]


def _without_idle_blanks(glyphs: list[Glyph]) -> list[Glyph]:
    """Without blanks at the end, and without those that only come of setting Chinese wide."""
    while glyphs and glyphs[-1].text.isspace():
        glyphs = glyphs[:-1]
    return [glyph for i, glyph in enumerate(glyphs) if not _idle(glyphs, i)]


def _idle(glyphs: list[Glyph], i: int) -> bool:
    """Whether a character is a blank that nobody wrote, in a gap beside Chinese that is no gap between words."""
    if glyphs[i].left < glyphs[i].right or not glyphs[i].text.isspace():
        return False
    before, after = glyphs[i - 1], glyphs[i + 1]
    return (wide(before.text) or wide(after.text)) and after.left - before.right < _BLANK * before.size
