"""Pages of pieces of lines in, the text with whole paragraphs, the tables and the way back out."""

from __future__ import annotations

from ...facts import Table
from ..composing import Composer
from ..extract import Extract
from .columns import regions
from .paragraphs import paragraphs
from .pieces import Glyph, Line, Piece, Ruled, pieces, wide
from .ruled import pieces_and_tables
from .running import without_running

__all__ = ["Glyph", "Piece", "Ruled", "laid_out", "pieces", "pieces_and_tables"]


def laid_out(pages: list[list[Piece]]) -> Extract:
    """The text of pages (the first is "page 1"): a line a paragraph, a row of a table a line, cells parted by tabs."""
    out = Composer()
    tables = []
    for paragraph in paragraphs([regions(page) for page in without_running(pages)]):
        part = f"page {paragraph[0].page + 1}"
        if table := paragraph[0].table:
            tables.append(_table(out, table, part))
            continue
        _paragraph(out, [(placed.line, f"page {placed.page + 1}") for placed in paragraph], "\t")
        out.between("\n")
    return Extract(out.text(), "utf-8", out.runs(), tables=tuple(tables))


def _table(out: Composer, table: Ruled, part: str) -> Table:
    """Write a table; its rows, a merged cell with one stretch in all its rows and columns. Rows where no words
    begin are left out."""
    rows = []
    stretches: dict[int, tuple[int, int]] = {}
    for cells in table.rows:
        begun = [cell for cell in dict.fromkeys(cells) if cell not in stretches]
        says = any(table.cells[cell] for cell in begun)
        for number, cell in enumerate(dict.fromkeys(cells)):
            if number and says:
                out.between("\t")
            if cell not in stretches:
                stretches[cell] = _cell(out, table.cells[cell], part)
        if says:
            out.between("\n")
            rows.append(tuple(stretches[cell] for cell in cells))
    return tuple(rows)


def _cell(out: Composer, cell: tuple[list[Line], ...], part: str) -> tuple[int, int]:
    """Write the paragraphs of a cell, parted by blanks; the stretch they take."""
    start = out.length
    for paragraph in cell:
        if out.length > start:
            out.between(" ")
        _paragraph(out, [(line, part) for line in paragraph], " ")
    return start, out.length


def _paragraph(out: Composer, lines: list[tuple[Line, str]], between: str) -> None:
    """Write lines as one, each with its page; `between` parts what stands side by side."""
    for number, (line, part) in enumerate(lines):
        if number:
            _seam(out, lines[number - 1][0][-1].text, line[0].text)
        after = "" if number == len(lines) - 1 else lines[number + 1][0][0].text
        for place, piece in enumerate(line):
            if place:
                out.between(between)
            parted = place == len(line) - 1 and _parted(piece.text, after)
            _put(out, piece.text[:-1] if parted else piece.text, piece.places, part)


def _seam(out: Composer, before: str, after: str) -> None:
    """A blank where a line ends between two words; none in Chinese, none in a number or a parted word."""
    if before[-1].isalpha() and after[0].isalpha() and not (wide(before[-1]) or wide(after[0])):
        out.between(" ")


def _parted(text: str, after: str) -> bool:
    """Whether a line ends with the hyphen of a word that goes on in the next one."""
    return len(text) > 1 and text[-1] in "-\u00ad\u2010" and text[-2].isalpha() and after[:1].islower()


def _put(out: Composer, text: str, places: tuple[int, ...], part: str) -> None:
    """Write characters; where their offsets do not go on, a new run begins."""
    begun = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or places[i] != places[i - 1] + 1:
            out.put(text[begun:i], part, places[begun])
            begun = i
