"""The cells of sheets in, their text as rows of cells parted by tabs, with tables and the way back out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..facts import Table
from .composing import Composer
from .extract import Extract, Unreadable

# A ledger of 20,000 tasks in 25 columns; reading it takes 5 seconds.
MOST_CELLS = 500_000
# In a cell the row must stay one line; one character for one, so that offsets stay.
_ONE_LINE = str.maketrans("\n\t\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", " " * 11)


class Cell(NamedTuple):
    """A cell that holds words: its column (from 0), the name of its place (Sheet1!B4), its words."""

    column: int
    place: str
    text: str


class Sheet(NamedTuple):
    """Rows by their numbers, empty ones left out; `merged` gives (row, column) the one whose words it shows."""

    rows: Iterable[tuple[int, list[Cell]]]
    merged: Mapping[tuple[int, int], tuple[int, int]]


Stretch = tuple[int, int]


def gridded(sheets: Iterable[Sheet], encoding: str) -> Extract:
    """A row a line, each sheet a table whose rows are all equally long; merged cells show in every row and column."""
    out = Composer()
    tables = [table for sheet in sheets if (table := _table(sheet, out))]
    if sum(len(table) * len(table[0]) for table in tables) > MOST_CELLS:
        raise Unreadable(_too_many())
    return Extract(out.text(), encoding, out.runs(), tables=tuple(tables))


def _table(sheet: Sheet, out: Composer) -> Table:
    rows: list[tuple[int, list[Stretch]]] = []
    where: dict[tuple[int, int], Stretch] = {}
    total = 0
    for number, cells in sheet.rows:
        total += len(cells)
        if total > MOST_CELLS:
            raise Unreadable(_too_many())
        if rows:
            out.between("\n")
        rows.append((number, _row(cells, out)))
        where.update({(number, cell.column): rows[-1][1][cell.column] for cell in cells})
    if rows:
        out.between("\n")
    return _merged(rows, where, sheet.merged)


def _row(cells: list[Cell], out: Composer) -> list[Stretch]:
    """Write one row; the stretch of each of its columns, up to the last that holds words."""
    stretches: list[Stretch] = []
    for cell in cells:
        while len(stretches) < cell.column:
            stretches.append((out.length, out.length))
            out.between("\t")
        stretches.append(out.put(cell.text.translate(_ONE_LINE), cell.place, 0))
        if cell is not cells[-1]:
            out.between("\t")
    return stretches


def _merged(
    rows: list[tuple[int, list[Stretch]]],
    where: Mapping[tuple[int, int], Stretch],
    merged: Mapping[tuple[int, int], tuple[int, int]],
) -> Table:
    """The rows filled up to one length, each part of a merged cell with the stretch of the first."""
    shown = {place: where[first] for place, first in merged.items() if first in where}
    numbers = {number for number, _ in rows}
    width = max((len(row) for _, row in rows), default=0)
    width = max([width, *(column + 1 for number, column in shown if number in numbers)])
    if len(rows) * width > MOST_CELLS:
        raise Unreadable(_too_many())
    return tuple(
        tuple(
            shown.get((number, column)) or (row[column] if column < len(row) else (row[-1][1], row[-1][1]))
            for column in range(width)
        )
        for number, row in rows
    )


def _too_many() -> str:
    return f"it has more than {MOST_CELLS:,} cells, more than any ledger; split it first"


def column_name(column: int) -> str:
    """A, B, … Z, AA for a column counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
