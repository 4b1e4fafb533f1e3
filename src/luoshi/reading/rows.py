"""The lines of a split document in, the same with their enumerators and the owners they print out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .outline import Line
from .owner_blocks import LONGEST, Block, blocks
from .owner_names import is_unit_name
from .rules import rule, rules
from .sentences import Offsets


@dataclass(frozen=True, slots=True)
class Row:
    """A line with its enumerator (0 chapter to 6 一是; None without) and its owner blocks; `apart`: something that
    is read elsewhere stands between it and the line before; `unit`: the line is a heading that only names a unit."""

    line: Line
    start: int
    level: int | None
    number: Offsets | None
    blocks: tuple[Block, ...]
    apart: bool
    unit: Block | None = None

    @property
    def alone(self) -> bool:
        """Whether the line holds nothing but owners and times."""
        return bool(self.blocks) and self.level is None and self.blocks[0].start <= self.start


def rows(text: str, lines: Iterable[Line], taken: list[Offsets]) -> list[Row]:
    """The lines that stand in no stretch taken, those that break an owner bracket put together."""
    starts = sorted(start for start, _ in taken)
    out: list[Row] = []
    for line in _mended(text, _outside(lines, sorted(taken))):
        before = bisect_left(starts, out[-1].line.end) if out else 0
        out.append(_row(text, line, before < bisect_left(starts, line.start)))
    named = [_named(text, row) for row in out]
    if sum(unit is not None for unit in named) < _ENOUGH_UNITS:
        return out
    return [replace(row, unit=unit) if unit else row for row, unit in zip(out, named, strict=True)]


# One heading that names a unit may be what the part is about; several divide the work among units.
_ENOUGH_UNITS = 2


def _named(text: str, row: Row) -> Block | None:
    """The unit that a numbered line consists of (一、县水利局)."""
    words = text[row.start : row.line.end].rstrip(" ：:（）")
    if row.level is None or row.blocks or not rule("owners", "whole-heading").find(words):
        return None
    span = (row.start, row.start + len(words))
    return Block(*span, span, "labelled") if all(is_unit_name(n) for n in words.split("、")) else None


def _outside(lines: Iterable[Line], taken: list[Offsets]) -> Iterable[Line]:
    """The lines that no statement or table touches; both in order."""
    at = 0
    reach = 0
    for line in lines:
        while at < len(taken) and taken[at][0] < line.end:
            reach = max(reach, taken[at][1])
            at += 1
        if reach <= line.start:
            yield line


def _mended(text: str, lines: Iterable[Line]) -> Iterable[Line]:
    """The lines, those that break an owner bracket put together."""
    waiting: Line | None = None
    reach = 0
    for line in lines:
        if waiting is not None and line.end <= reach and not rule("items", "section").find(line.text):
            line = waiting._replace(end=line.end, text=text[waiting.start : line.end])
        elif waiting is not None:
            yield waiting
            waiting = None
        if not _UNCLOSED.search(text, max(line.start, line.end - LONGEST), line.end):
            yield line
            waiting = None
        elif waiting is None:
            waiting, reach = line, line.end + LONGEST
        else:
            waiting = line
    if waiting is not None:
        yield waiting


# An owner bracket that its line does not close.
_UNCLOSED = re.compile(
    "[（【〔](?:牵头|责任|主办|配合|承办|实施)(?:单位|部门)?[：:][^）】〕]*(?:（[^）]*）[^）】〕]*)*$"
)


def _row(text: str, line: Line, apart: bool) -> Row:
    start, level, number = enumerator(text, line.start, line.end)
    return Row(line, start, level, number, tuple(blocks(text, line.start, line.end)), apart)


def enumerator(text: str, start: int, end: int) -> tuple[int, int | None, Offsets | None]:
    """Where the words behind an enumerator begin, how deep it is, and the number as printed."""
    for each in rules("items"):
        found = each.gives and each.gives.isdigit() and each.find(text, start, end)
        if found:
            return found.end(), int(str(each.gives)), found.span("number")
    return start, None, None
