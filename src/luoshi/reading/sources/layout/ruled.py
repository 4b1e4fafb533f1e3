"""The characters of a page and the thin boxes on it in, its pieces out: tables as one piece each, the rest as lines."""

from __future__ import annotations

from collections.abc import Sequence

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
# What stands for a table among lines (OBJECT REPLACEMENT CHARACTER).
_MARK = "\ufffc"


def pieces_and_tables(glyphs: Sequence[Glyph], boxes: Sequence[Box]) -> list[Piece]:
    """The pieces of a page, each ruled table one of them.

    Args:
        glyphs: its characters in the order in which they were set.
        boxes: what is drawn on it, thin boxes only.
    """
    if not boxes or not glyphs:
        return pieces(glyphs)
    size = sorted(glyph.size for glyph in glyphs)[len(glyphs) // 2]
    rest, tables = list(glyphs), []
    for grid in _outermost(grids(boxes, size)):
        outside, inside = _parted(rest, grid)
        table = _table(grid, inside, size)
        if table:
            rest = outside
            tables.append(table)
    return [*pieces(rest), *tables]


def _outermost(found: list[Grid]) -> list[Grid]:
    """Grids without those that lie inside another one that is no mere frame."""
    large = [grid.box for grid in found if max(map(max, grid.cells)) > 0]
    return [grid for grid in found if not any(_holds(box, grid.box) for box in large)]


def _holds(outer: Box, inner: Box) -> bool:
    return outer != inner and all((outer[0] <= inner[0], outer[1] <= inner[1], outer[2] >= inner[2], outer[3] >= inner[3]))


def _parted(glyphs: list[Glyph], grid: Grid) -> tuple[list[Glyph], dict[int, list[Glyph]]]:
    """Characters outside a grid, and those of each of its cells."""
    outside: list[Glyph] = []
    inside: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        cell = grid.cell((glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2)
        if cell is None:
            outside.append(glyph)
        else:
            inside.setdefault(cell, []).append(glyph)
    return outside, inside


def _table(grid: Grid, inside: dict[int, list[Glyph]], size: float) -> Ruled | None:
    """A grid as a table, None where too few of its cells hold words or one holds columns of prose."""
    words = {cell: made for cell, glyphs in inside.items() if (made := pieces(glyphs))}
    spans = _spans(grid)
    begun = [spans[cell] for cell in words]
    if min(len({top for _, top, _, _ in begun}), len({left for left, _, _, _ in begun})) < _FEWEST:
        return None
    if any(len(regions(made)) > 1 for made in words.values()):
        return None
    widths = {cell: grid.columns[spans[cell][2]] - grid.columns[spans[cell][0]] for cell in words}
    margins = (min(p.left for p in made) - grid.columns[spans[cell][0]] for cell, made in words.items())
    margin = max(0.0, min(*margins, _MARGIN * size))
    cells = tuple(
        _paragraphs(words[cell], widths[cell] - 2 * margin) if cell in words else ()
        for cell in range(len(spans))
    )
    left, top, right, bottom = grid.box
    return Ruled(_MARK, (0,), left, top, right, bottom, size, right - left, grid.cells, cells)


def _spans(grid: Grid) -> list[tuple[int, int, int, int]]:
    """The first column and row of each cell, and the column and row behind its last."""
    out: dict[int, tuple[int, int, int, int]] = {}
    for row, cells in enumerate(grid.cells):
        for column, cell in enumerate(cells):
            left, top, right, _ = out.get(cell, (column, row, column + 1, row + 1))
            out[cell] = min(left, column), top, max(right, column + 1), row + 1
    return [out[cell] for cell in range(len(out))]


def _paragraphs(made: list[Piece], measure: float) -> tuple[list[Line], ...]:
    """The lines of a cell, those together that only the measure parts."""
    out: list[list[Line]] = []
    for line in lines(made):
        before = out[-1][-1] if out else None
        if before and before[-1].right - before[0].left + line[0].first > measure - _RAGGED * line[0].size:
            out[-1].append(line)
        else:
            out.append([line])
    return tuple(out)
