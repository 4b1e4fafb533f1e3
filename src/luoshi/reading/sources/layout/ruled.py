"""The characters of a page and the thin boxes on it in, its pieces out: tables as one piece each, the rest as lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...rules import rule
from .columns import lines, regions
from .grids import Box, Grid, grids
from .pieces import Glyph, Line, Piece, Ruled, pieces

# Rows and columns of cells with words that make a table; less is a frame around text.
_FEWEST = 2
# In sizes of a character: how exactly full lines of a cell end at its side (as in paragraphs).
_RAGGED = 0.6
# In sizes of a character: what lies between a rule and the words beside it, at the most (Word 0.5, others up to 0.6);
# a cell that shows more is centred.
_MARGIN = 0.7
# In sizes of a character: how exactly the columns of a table stand where they stood on the page before.
_SAME = 0.4
# What stands for a table among lines (OBJECT REPLACEMENT CHARACTER).
_MARK = "\ufffc"


def pieces_and_tables(glyphs: Sequence[Glyph], boxes: Sequence[Box], above: Ruled | None = None) -> list[Piece]:
    """The pieces of a page, each ruled table one of them.

    Args:
        glyphs: its characters in the order in which they were set.
        boxes: what is drawn on it, thin boxes only.
        above: the last table of the pages before it, of which one row may be left for this page.
    """
    if not boxes or not glyphs:
        return pieces(glyphs)
    size = sorted(glyph.size for glyph in glyphs)[len(glyphs) // 2]
    rest = list(glyphs)
    tables: list[Ruled] = []
    taken: list[Box] = []
    for grid in grids(boxes, size):
        if any(_holds(box, grid.box) for box in taken):
            continue
        outside, inside = _parted(rest, grid)
        table = _table(grid, inside, size, tables[-1] if tables else above)
        if table:
            rest = outside
            tables.append(table)
            taken.append(grid.box)
    return [*pieces(rest), *tables]


def _holds(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _parted(glyphs: list[Glyph], grid: Grid) -> tuple[list[Glyph], dict[int, list[Glyph]]]:
    """Characters outside a grid, and those of each of its cells, both told by their middles."""
    left, top, right, bottom = (2 * side for side in grid.box)
    outside: list[Glyph] = []
    inside: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        x, y = glyph.left + glyph.right, glyph.top + glyph.bottom
        if left <= x <= right and top <= y <= bottom:
            inside.setdefault(grid.cell(x / 2, y / 2), []).append(glyph)
        else:
            outside.append(glyph)
    return outside, inside


def _table(grid: Grid, inside: dict[int, list[Glyph]], size: float, above: Ruled | None) -> Ruled | None:
    """A grid as a table, None where it is none: too few of its cells hold words, or one holds columns of prose."""
    words = {cell: made for cell, glyphs in inside.items() if (made := pieces(glyphs))}
    spans = _spans(grid)
    high, wide = (len({spans[cell][side] for cell in words}) for side in (1, 0))
    if wide < _FEWEST or (high < _FEWEST and not _goes_on(above, grid, size)):
        return None
    if any(len(regions(made)) > 1 for made in words.values()):
        return None
    widths = {cell: grid.columns[spans[cell][2]] - grid.columns[spans[cell][0]] for cell in words}
    margins = (min(p.left for p in made) - grid.columns[spans[cell][0]] for cell, made in words.items())
    margin = max(0.0, min(*margins, _MARGIN * size))
    cells = tuple(
        _paragraphs(words[cell], widths[cell] - 2 * margin) if cell in words else () for cell in range(len(spans))
    )
    left, top, right, bottom = _around([piece for made in words.values() for piece in made])
    return Ruled(_MARK, (0,), left, top, right, bottom, size, right - left, grid.columns, grid.cells, cells)


def _around(made: list[Piece]) -> Box:
    """The box of words: what a table takes of the page beside other text, its rules left out."""
    left, top = min(piece.left for piece in made), min(piece.top for piece in made)
    return left, top, max(piece.right for piece in made), max(piece.bottom for piece in made)


def _goes_on(above: Ruled | None, grid: Grid, size: float) -> bool:
    """Whether a table has the columns of the one before it, of which one row is left for this page."""
    if above is None or len(above.columns) != len(grid.columns):
        return False
    return all(abs(x - u) < _SAME * size for x, u in zip(above.columns, grid.columns, strict=True))


def _spans(grid: Grid) -> list[tuple[int, int, int, int]]:
    """The first column and row of each cell, and the column and row behind its last."""
    out: dict[int, tuple[int, int, int, int]] = {}
    for row, cells in enumerate(grid.cells):
        for column, cell in enumerate(cells):
            left, top, right, _ = out.get(cell, (column, row, column + 1, row + 1))
            out[cell] = min(left, column), top, max(right, column + 1), row + 1
    return [out[cell] for cell in range(len(out))]


def _paragraphs(made: list[Piece], measure: float) -> tuple[list[Line], ...]:
    """The lines of a cell, those together that only the measure parts, or that are set from top to bottom."""
    every = lines(made)
    if all(len(line) == 1 == len(line[0].text) for line in every):
        return (every,)
    out = [every[:1]]
    for before, line in pairwise(every):
        full = before[-1].right - before[0].left + line[0].first > measure - _RAGGED * line[0].size
        if full and not rule("cell_lines", "units").find(f"{before[-1].text}\n{line[0].text}"):
            out[-1].append(line)
        else:
            out.append([line])
    return tuple(out)
