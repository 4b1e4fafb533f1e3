"""The bytes of an Excel or CSV file in, its sheets as lines of cells out, with their places in the reader's text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from luoshi.reading import Source, Unreadable
from luoshi.reading.facts import Table as Grid
from luoshi.reading.sources import from_bytes
from luoshi.reading.sources.archive import Archive
from luoshi.reading.sources.kinds import kind

from .formulas import broken
from .nouns import Cell, Fault, Line, Sheet

# Chosen: ten times the lines that an office keeps in one ledger; more is a dump, and nobody would go through it.
MOST_LINES = 5_000
# Chosen: a ledger has some 25 columns (reading.sources.grid); a sheet with hundreds was filled to its edge by mistake.
MOST_COLUMNS = 300
# Where a file cannot be read: words of the reader's message, and the fault that a page tells; the first found counts.
UNREADABLE = (
    ("encrypted", "password"),
    ("old Word, Excel", "old"),
    (".xlsb", "old"),
    ("OpenDocument", "old"),
    ("the file is empty", "empty"),
    ("holds no text", "empty"),
    ("MB is more than", "too_large"),
    ("unfolds to", "too_large"),
    ("more than", "too_many_cells"),
    ("damaged", "damaged"),
    ("cut off", "damaged"),
    ("packed in a way", "damaged"),
    ("readable as", "encoding"),
    ("breaks at byte", "encoding"),
    ("this is", "not_a_table"),
    ("binary data", "not_a_table"),
)


class Spoilt(Exception):
    """A file that cannot be taken over at all; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*(fault.code for fault in faults))
        self.faults = faults


def sheets_of(data: bytes, name: str) -> tuple[Source, tuple[Sheet, ...]]:
    """The sheets of a file that hold words; hidden ones are left out.

    Raises:
        Spoilt: it is no table, or cannot be read, or its formulas hold no values.
    """
    if not data.strip():
        raise Spoilt(Fault("empty"))
    try:
        if kind(data, name) not in ("sheet", "csv"):
            raise Spoilt(Fault("not_a_table"))
        if data.startswith(b"PK") and any(each.lower().endswith("vbaproject.bin") for each in Archive(data).names()):
            raise Spoilt(Fault("macros"))
        source = from_bytes(data, name)
        sheets = tuple(_sheets(source))
        faults = (*_too_many(sheets), *broken(data, sheets))
    except Unreadable as wrong:
        raise Spoilt(_unreadable(str(wrong))) from wrong
    if faults:
        raise Spoilt(*faults)
    return source, sheets


def _unreadable(said: str) -> Fault:
    code = next((code for words, code in UNREADABLE if words in said), "unreadable")
    return Fault(code, words=said)


def _too_many(sheets: tuple[Sheet, ...]) -> Iterator[Fault]:
    lines = sum(len(sheet.lines) for sheet in sheets)
    if lines > MOST_LINES:
        yield Fault("too_many_lines", words=f"{lines:,}")
    for sheet in sheets:
        if sheet.width > MOST_COLUMNS:
            yield Fault("too_many_columns", sheet.name, words=str(sheet.width))


def _sheets(source: Source) -> Iterator[Sheet]:
    starts = [run.start for run in source.runs]

    def place(at: int) -> str:
        return source.runs[bisect_right(starts, at) - 1].part

    for grid in source.tables:
        lines = tuple(_lines(source, grid, place))
        first = next(start for row in grid for start, end in row if end > start)
        yield Sheet(place(first).rpartition("!")[0], lines)


def _lines(source: Source, grid: Grid, place: object) -> Iterator[Line]:
    assert callable(place)
    made: dict[tuple[int, int], Cell | None] = {}
    for row in grid:
        for start, end in row:
            if (start, end) not in made:
                made[start, end] = _cell(source, start, end, place(start)) if end > start else None
        cells = tuple(made[stretch] for stretch in row)
        # A merged cell stands in an earlier line; the last words of a line are its own.
        own = max((cell for cell in cells if cell), key=lambda cell: cell.start, default=None)
        if own is not None:
            yield Line(_number(own.name), cells)


def _cell(source: Source, start: int, end: int, place: str) -> Cell | None:
    """The cell without the spaces at its ends."""
    words = source.text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    text = " ".join(source.text[start:end].split())
    return Cell(start, end, text, place.rpartition("!")[2]) if text else None


def _number(name: str) -> int:
    found = re.search(r"\d+$", name)
    return int(found.group()) if found else 0
