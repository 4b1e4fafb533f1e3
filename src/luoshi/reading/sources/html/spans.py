"""Cells of a table as they open in, the column each stands in and the rows and columns it reaches over out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ...facts import Table

# HTML allows 1,000 columns and 65,534 rows; no table of tasks comes near these.
_MOST_COLUMNS, _MOST_ROWS = 60, 2000
# A cell further to the right is not looked for a place beside those from above.
_WIDEST = 200
# So many places are filled by cells of other rows and columns; more is no table but an attack.
_MOST_CARRIED = 200_000
_SPAN = re.compile(r"""(?<![\w-])(row|col)span\s*=\s*["']?\s*(\d{1,5})""", re.I)
Grid = dict[tuple[int, int], tuple[int, int]]


class Spanned(NamedTuple):
    """A cell over several rows or columns: its row and column, and where those it reaches over end."""

    row: int
    column: int
    last_row: int
    last_column: int


class Columns:
    """The columns of one open table, and down to which row a cell above holds each."""

    def __init__(self) -> None:
        self._held: dict[int, int] = {}

    def take(self, row: int, column: int, written: str) -> Spanned:
        """The place of a cell that opens in a row, at this column or the next that is free."""
        while column < _WIDEST and self._held.get(column, -1) >= row:
            column += 1
        if column >= _WIDEST or "span" not in written.lower():
            return Spanned(row, column, row, column)
        told = {name.lower(): int(number) for name, number in _SPAN.findall(written)}
        last_row = row + min(max(told.get("row", 1), 1), _MOST_ROWS) - 1
        last_column = column + min(max(told.get("col", 1), 1), _MOST_COLUMNS) - 1
        for each in range(column, last_column + 1):
            self._held[each] = last_row
        return Spanned(row, column, last_row, last_column)


def carried(rows: dict[int, tuple[tuple[int, int], ...]], spanned: Iterable[Spanned]) -> Table:
    """The rows of a table, equally long, a cell that reaches over others in the place of each."""
    last = max(map(len, rows.values()))
    grid: Grid = {(row, column): cell for row, cells in rows.items() for column, cell in enumerate(cells)}
    own = {place: cell for place, cell in grid.items() if cell[1] > cell[0]}
    places = ((each, row) for each in spanned for row in range(each.row, each.last_row + 1))
    left = _MOST_CARRIED
    for each, row in places:
        columns = range(each.column, min(each.last_column + 1, last))
        left -= len(columns) + 1
        if left < 0:
            break
        if row in rows and (cell := own.get((each.row, each.column))):
            grid.update({(row, column): cell for column in columns})
    return tuple(tuple(grid.get((row, column), (0, 0)) for column in range(last)) for row in sorted(rows))
