"""The lines of a page in, the same with the rows of data tables as one line each out."""

from __future__ import annotations

from .page import Line, Page
from .spans import Spanned
from .spelling import Place

# A table that lays out a page has a cell with the article or columns of links in it; a table of data has
# short cells side by side. Chosen on the page templates of the tests, far from both.
_LONGEST_CELL = 200
_MEAN_CELL = 60
_MOST_LINKED = 0.3

_Rows = dict[int, dict[int, list[Line]]]


def with_rows(page: Page) -> list[Line]:
    """All lines in order; a row of a data table is one line, its cells parted by tabs."""
    tables: dict[int, _Rows] = {}
    for line in page.lines:
        if line.cell:
            table, row, column = line.cell
            tables.setdefault(table, {}).setdefault(row, {}).setdefault(column, []).append(line)
    data = {
        number
        for number, rows in tables.items()
        if number not in page.layouts and _is_data(rows, page.spanned.get(number, []))
    }
    if not data:
        return page.lines
    out, done = [], set()
    for line in page.lines:
        if not line.cell or line.cell[0] not in data:
            out.append(line)
        elif line.cell[:2] not in done:
            done.add(line.cell[:2])
            out.append(_row(tables[line.cell[0]][line.cell[1]]))
    return out


def _is_data(rows: _Rows, spanned: list[Spanned]) -> bool:
    beside = _covered(rows, spanned)
    cells = [sum(len(line.words) for line in cell) for row in rows.values() for cell in row.values()]
    links = sum(line.links for row in rows.values() for cell in row.values() for line in cell)
    side_by_side = sum(len(row) > 1 or number in beside for number, row in rows.items())
    return (
        len(rows) > 1
        and side_by_side * 2 > len(rows)
        and max(cells) <= _LONGEST_CELL
        and sum(cells) <= _MEAN_CELL * len(cells)
        and links <= _MOST_LINKED * sum(cells)
    )


def _covered(rows: _Rows, spanned: list[Spanned]) -> set[int]:
    """The rows that have a cell of a row above."""
    out: set[int] = set()
    reached = -1
    for each in spanned:  # in the order of their rows, so that no row is gone over twice
        out.update(range(max(each.row, reached) + 1, each.last_row + 1))
        reached = max(reached, each.last_row)
    return out & set(rows)


def _row(row: dict[int, list[Line]]) -> Line:
    """One line of a row; an empty cell keeps its place."""
    words, places, cells, links = "", list[Place](), [], 0
    for column in range(max(row) + 1):
        words += "\t" if column else ""
        begin = len(words)
        for line in row.get(column, ()):
            words += " " if len(words) > begin else ""
            places += [(len(words) + at, place) for at, place in line.places]
            words += line.words
            links += line.links
        cells.append((begin, len(words)))
    first = next(iter(row.values()))[0]
    return Line(
        words,
        tuple(places),
        links,
        first.box,
        "row",
        first.cell,
        first.cell is not None and first.cell[1] > 0,
        tuple(cells),
    )
