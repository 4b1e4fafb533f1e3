"""A line of a split document in, the item that it begins out, to be filled by the lines behind it; and those that
wait for the owners printed once behind all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .outline import Line
from .owner_blocks import Block
from .rows import Row, enumerator
from .rules import rule
from .sentences import Offsets


@dataclass(slots=True)
class Open:
    """An item in the making: where its words begin and end so far, and what is printed of it."""

    begin: int
    start: int
    end: int
    level: int | None
    number: Offsets | None
    heading: bool
    finish: int = 0
    blocks: list[Block] = field(default_factory=list)
    head: Open | None = None
    closed: bool = False
    body: list[Line] = field(default_factory=list)
    children: int = 0
    shared: bool = False

    @property
    def owned(self) -> bool:
        """Whether owners are printed on it."""
        return any(block.owned for block in self.blocks)


# What announces a list in its own paragraph: 抓好三件事：一是….
_ANNOUNCES = re.compile(r"[^。；：\n]{2,40}：(?=一是|①|（1）|1[.、．])")


def opened(text: str, row: Row) -> Open:
    """The item that a line begins."""
    first = row.blocks[0].start if row.blocks else row.line.end
    announced = row.level is None and _ANNOUNCES.match(text, row.start, first)
    if announced:
        begin, _, number = enumerator(text, announced.end(), row.line.end)
        return Open(announced.end(), begin, row.line.end, None, number, False)
    words = text[row.start : first].rstrip()
    # A sentence with its owners is no heading (5.核实底数。（县水利局）).
    heading = "。" not in words.rstrip("。 ") and not (row.blocks and words.endswith("。"))
    label = row.level is None and rule("items", "task-label").find(text, row.start, first)
    if label:
        return Open(row.line.start, label.end(), row.line.end, None, None, False)
    return Open(row.line.start, row.start, row.line.end, row.level, row.number, heading and row.level is not None)


class Waiting:
    """The numbered items and headings that printed no owners of their own, since the last that did: lines of owners
    behind several of them may be for all (整改措施 （一）… （二）… 责任单位：…)."""

    def __init__(self) -> None:
        self._items: list[Open] = []

    def add(self, made: Open) -> None:
        """An item or heading ends without owners."""
        if made.level is not None:
            self._items.append(made)

    def begin(self, level: int) -> None:
        """A line of this depth begins: what was deeper is of another group."""
        self._items = [each for each in self._items if each.level is not None and each.level <= level]

    def clear(self, level: int) -> None:
        """Owners were printed on an item of this depth: those before it stay without."""
        self._items = [each for each in self._items if each.level is not None and each.level < level]

    def group(self, latest: Open) -> tuple[Open, list[Open]] | None:
        """The heading and the items under it, up to the latest, if none of them prints owners; None where the latest
        is the only one."""
        siblings: list[Open] = []
        for each in reversed(self._items):
            if each.level != latest.level:
                return (each, siblings[::-1]) if siblings else None
            siblings.append(each)
        return None
