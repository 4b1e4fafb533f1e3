"""The lines of a sheet in, where its headings stand and what each column holds out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from luoshi.reading.sources.grid import column_name

from .headings import PASS, field_of
from .nouns import WORDS, Cell, Column, Line, Sheet

# Chosen: above the headings stand a title, who filled it in, a unit of money, sometimes a paragraph of explanations.
DEEPEST = 20
# An example shows what a column is about, no more.
LONGEST_EXAMPLE = 40


class Head(NamedTuple):
    """The headings of a sheet: the index of their first line, of the first line under them, what each column holds."""

    first: int
    under: int
    columns: tuple[Column, ...]

    @property
    def fields(self) -> dict[str, tuple[int, ...]]:
        """Columns by what they hold, in their order."""
        out: dict[str, tuple[int, ...]] = {}
        for column in self.columns:
            out[column.field] = (*out.get(column.field, ()), column.at)
        return out

    @property
    def has_words(self) -> bool:
        """Whether any column says what is to be done."""
        return any(column.field in WORDS for column in self.columns)


def head_of(sheet: Sheet, number: int, chosen: Mapping[tuple[int, int], str]) -> Head:
    """The headings of a sheet; where none are recognised, its first line of several cells, for a person to say.

    Args:
        sheet: with one line at least.
        number: which sheet it is, from 0.
        chosen: what a person says that a column (sheet, column) holds; it goes before all.
    """
    first = _best(sheet.lines)
    found = first is not None
    at = first if first is not None else _likely(sheet.lines)
    two = found and at + 1 < len(sheet.lines) and _goes_on(sheet.lines[at], sheet.lines[at + 1])
    under = at + 1 + two
    columns = (
        _column(sheet, number, c, sheet.lines[at:under], under, found, chosen.get((number, c)))
        for c in range(sheet.width)
    )
    return Head(at, under, tuple(column for column in columns if column.heading or column.example))


def _best(lines: tuple[Line, ...]) -> int | None:
    """The first line with the most columns recognised, of which one says what is to be done."""
    scores = [(_score(lines, i), -i) for i in range(min(DEEPEST, len(lines)))]
    score, at = max(scores, default=(0, 0))
    return -at if score else None


def _score(lines: tuple[Line, ...], at: int) -> int:
    """How many columns a line of headings names, with the line under it; 0 where it is none."""
    own = _named(lines[at])
    if len(lines[at].filled) < 2:
        # A sheet of one column: its heading stands alone over cells that are alone.
        return int(bool(own & {*WORDS}) and all(len(line.filled) == 1 for line in lines))
    if not own & {*WORDS} and len(own) < 2:
        return 0
    under = lines[at + 1] if at + 1 < len(lines) else None
    if under and _goes_on(lines[at], under):
        own |= _named(under)
    return len(own) if own & {*WORDS} and len(own) > 1 else 0


def _named(line: Line) -> set[str]:
    """The fields that the cells of a line name."""
    return {field for cell in line.filled if (field := field_of(cell.text)) and field != PASS}


def _goes_on(over: Line, under: Line) -> bool:
    """Whether a second line of headings stands under the first: most of its own cells name something."""
    own = [cell for cell in under.filled if cell not in over.filled]
    if not own or len(own) > len(over.filled) + 4:
        return False
    named = sum(field_of(cell.text) is not None for cell in own)
    return named * 2 > len(own)


def _likely(lines: tuple[Line, ...]) -> int:
    return next((i for i, line in enumerate(lines[:DEEPEST]) if len(line.filled) > 1), 0)


def _column(
    sheet: Sheet, number: int, at: int, headings: tuple[Line, ...], under: int, found: bool, chosen: str | None
) -> Column:
    named = [cell for line in headings if (cell := _at(line, at))]
    words = list(dict.fromkeys(cell.text for cell in named))
    below = words[::-1]
    fields = [field_of(each, loose=True) for each in below] if found else []
    field = chosen or next((name for name in fields if name), None) or PASS
    # The first line of several cells: one of a single cell heads a group.
    lines = [line for line in sheet.lines[under:] if len(line.filled) > 1] or sheet.lines[under:]
    example = next((cell.text for line in lines if (cell := _at(line, at))), "")
    return Column(number, at, column_name(at), " / ".join(words), field, example[:LONGEST_EXAMPLE])


def _at(line: Line, column: int) -> Cell | None:
    return line.cells[column] if column < len(line.cells) else None
