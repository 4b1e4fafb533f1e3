"""The nouns of a ledger as plain values: cells, lines, sheets, columns, entries, faults, and the table they make."""

from __future__ import annotations

from typing import NamedTuple

# The columns whose cells say what is to be done, the finest first; where it holds nothing, the next is asked.
WORDS = ("step", "task", "problem", "goal")
OWNERS = ("lead", "owner", "support")


class Cell(NamedTuple):
    """A cell with words: where they stand in the text of the source, the words with single spaces, its name (B4)."""

    start: int
    end: int
    text: str
    name: str


class Line(NamedTuple):
    """A row of a sheet as numbered there, and its cells by column; None where a cell is empty.

    Cells that are merged each show the words of the first, with its place.
    """

    number: int
    cells: tuple[Cell | None, ...]

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that hold words, each once however many columns it is merged over."""
        return tuple(dict.fromkeys(cell for cell in self.cells if cell))


class Sheet(NamedTuple):
    """A sheet by its name (none: CSV), its lines that hold words, top down."""

    name: str
    lines: tuple[Line, ...]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max((len(line.cells) for line in self.lines), default=0)


class Column(NamedTuple):
    """A column: its sheet and place (from 0), its letter, its heading as printed, what it is understood to hold.

    `field` is a name of columns.yaml, "pass" where it is not taken over; `example` the first words under it.
    """

    sheet: int
    at: int
    letter: str
    heading: str
    field: str
    example: str = ""


class Entry(NamedTuple):
    """A line of a ledger that says what is to be done, with the cells of each of its fields.

    A task that is merged down over several lines is one entry with the cells of all of them.
    """

    sheet: int
    line: int
    words: Cell
    cells: tuple[tuple[str, Cell], ...]
    group: str = ""

    def of(self, field: str) -> tuple[Cell, ...]:
        """The cells of a field."""
        return tuple(cell for name, cell in self.cells if name == field)

    def said(self, field: str) -> str:
        """The words of a field."""
        return "；".join(dict.fromkeys(cell.text for cell in self.of(field)))


class Fault(NamedTuple):
    """What has to be mended in a file before it is taken over: a code of messages.py, where, and the words it names."""

    code: str
    sheet: str = ""
    line: int | None = None
    column: str = ""
    words: str = ""
    other: int | None = None


class Passed(NamedTuple):
    """A line that is no entry: title, heading, group, total, note; it is shown, so that nothing is lost unseen."""

    sheet: str
    line: int
    kind: str
    words: str


class Table(NamedTuple):
    """A ledger as understood. With faults nothing is made of it."""

    sheets: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    entries: tuple[Entry, ...] = ()
    passed: tuple[Passed, ...] = ()
    faults: tuple[Fault, ...] = ()
    title: str = ""
