"""The tables of a source and its clean text in, their cells in clean words out, with the way back to the clean text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from .clean import Cleaned
from .facts import Source
from .outline import Outline
from .sentences import Offsets

_EDGES = " 　\n，、；"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its clean words (a line break of the source stays), and where each of them stands in the clean text."""

    text: str
    at: tuple[int, ...]

    @property
    def words(self) -> str:
        """The words without spaces, as headings are compared."""
        return re.sub(r"\s", "", self.text)

    @property
    def span(self) -> Offsets:
        """The whole cell in the clean text; empty where the cell is."""
        return (self.at[0], self.at[-1] + 1) if self.at else (0, 0)

    def back(self, start: int, end: int) -> Offsets:
        """A stretch of the cell (not empty) in the clean text."""
        return self.at[start], self.at[end - 1] + 1


Grid = tuple[tuple[Cell, ...], ...]


def grids(source: Source, cleaned: Cleaned) -> list[Grid]:
    """The tables of a source, rows of cells."""
    made: dict[Offsets, Cell] = {}

    def cell(span: Offsets) -> Cell:
        """A cell, made once however many rows it is carried down."""
        if span not in made:
            made[span] = _cell(source, cleaned, *span)
        return made[span]

    return [tuple(tuple(cell(span) for span in row) for row in table) for table in source.tables]


def beside_tables(source: Source, cleaned: Cleaned, outline: Outline) -> Outline:
    """The outline without the rows of tables: a date in one is no day of publication, unless the row is one of
    information (成文日期：2024-03-05)."""
    if not source.tables:
        return outline
    spans = [span for table in source.tables for row in table for span in row if span[1] > span[0]]
    starts = {cleaned.kept.forward(start) for start, _ in spans}
    rows = {bisect_right(outline.lines, start, key=lambda line: line.start) - 1 for start in starts}
    kept = (line for i, line in enumerate(outline.lines) if line.kind == "meta" or i not in rows)
    return outline._replace(lines=tuple(kept))


def _cell(source: Source, cleaned: Cleaned, start: int, end: int) -> Cell:
    first, last = cleaned.kept.forward(start), cleaned.kept.forward(end)
    letters: list[tuple[str, int]] = []
    before = start
    for at in range(first, last):
        origin = cleaned.kept.origin(at)
        if letters and "\n" in source.text[before:origin] and letters[-1][0] != "\n":
            letters.append(("\n", at))
        letters.append((cleaned.text[at], at))
        before = origin + 1
    while letters and letters[0][0] in _EDGES:
        del letters[0]
    while letters and letters[-1][0] in _EDGES:
        letters.pop()
    return Cell("".join(letter for letter, _ in letters), tuple(at for _, at in letters))
