"""A table of a Word file in, its rows out: for each column of the grid which cell stands there."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .words import blocks, number

# A table of Word has 63 columns at most.
_WIDEST = 63


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands in its row: how many columns it takes, and whether it goes on from the one above."""

    element: Element
    columns: int
    carried: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and how many columns of the grid it leaves free before them."""

    before: int
    cells: tuple[Cell, ...]


def rows(table: Element) -> list[Row]:
    """The rows of a table in order; those that a revision took away are left out."""
    return [_row(each) for each in blocks(table) if each.tag == "w-tr" and each.find("w-trPr/w-del") is None]


def _row(row: Element) -> Row:
    before = min(number(row, "w-trPr/w-gridBefore", 0), _WIDEST)
    return Row(before, tuple(_cell(each) for each in blocks(row) if each.tag == "w-tc"))


def _cell(cell: Element) -> Cell:
    merge = cell.find("w-tcPr/w-vMerge")
    columns = min(max(number(cell, "w-tcPr/w-gridSpan", 1), 1), _WIDEST)
    return Cell(cell, columns, merge is not None and merge.get("w-val", "continue") == "continue")


class Carried:
    """The stretches of a table's cells, row after row, merged cells carried down and across the columns."""

    def __init__(self) -> None:
        self._above: list[tuple[int, int]] = []
        self.rows: list[tuple[tuple[int, int], ...]] = []

    def add(self, row: Row, stretches: list[tuple[int, int]], kept: bool) -> None:
        """One row with the stretch of each of its cells; `kept`: whether it is a row of its own."""
        at = stretches[0][0] if stretches else 0
        out = [(at, at)] * row.before
        for cell, stretch in zip(row.cells, stretches, strict=True):
            carried = cell.carried and len(out) < len(self._above)
            out += [self._above[len(out)] if carried else stretch] * cell.columns
        self._above = out
        if kept:
            self.rows.append(tuple(out))
