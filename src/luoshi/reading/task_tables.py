"""The tables of a source in, their items out: a row one task, with its number, owners, deadline and targets.

A table is read when a row of headings names a column of tasks and one of owners (columns.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .assignments import Item
from .cells import Cell, Grid
from .owner_blocks import blocks
from .owners import Owner, read_owners
from .rows import enumerator
from .rules import rule
from .sentences import Offsets, trimmed
from .tables import first

# Columns whose cells hold what is to be done, the finer first.
TASKS = ("measure", "task", "problem", "goal")
OWNERS = ("lead", "owner", "support")
Columns = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of the tables: the items, and where the tables lie that were read (clean offsets)."""

    items: tuple[Item, ...]
    extents: tuple[Offsets, ...]


def task_tables(text: str, tables: list[Grid], first_leads: bool) -> Read:
    """The items of all task tables, in order; a table without headings goes on with the one before it."""
    items: list[Item] = []
    extents: list[Offsets] = []
    columns: Columns | None = None
    width = 0
    for grid in tables:
        same = columns is not None and max((len(row) for row in grid), default=0) == width
        reader = _Reader(text, first_leads, columns if same and _goes_on(grid, columns) else None)
        reader.grouped = any(_prints_owners(text, row) for row in grid)
        for number in range(len(grid)):
            reader.take(grid, number)
        columns = reader.columns
        if columns is None:
            continue
        width = max(len(row) for row in grid)
        items += reader.items
        places = [at for row in grid for cell in row if cell.at for at in cell.span]
        extents.append((min(places), max(places)))
    return Read(tuple(items), tuple(extents))


def _goes_on(grid: Grid, columns: Columns | None) -> bool:
    """Whether a table without headings goes on with the last: an owner column that holds owners, or nothing."""
    if columns is None or not grid:
        return False
    cells = [grid[0][i] for name in OWNERS for i in columns.get(name, ()) if i < len(grid[0])]
    return any(read_owners(cell.text) for cell in cells)


class _Reader:
    """Goes through the rows of one table: which column is which, the group heading above, the row before."""

    def __init__(self, text: str, first_leads: bool, columns: Columns | None) -> None:
        self.text, self.first_leads, self.columns = text, first_leads, columns
        self.items: list[Item] = []
        self.above: dict[str, tuple[Owner, ...]] = {}
        self.due: tuple[Offsets, ...] = ()
        self.group: tuple[Owner, ...] = ()
        self.seen: dict[Offsets, int] = {}
        self.grouped = False

    def take(self, grid: Grid, number: int) -> None:
        """Take in one row: headings, a group, or a task."""
        row = grid[number]
        following = grid[number + 1] if number + 1 < len(grid) else ()
        made = columns_of(row, following, self.columns is None, self.grouped)
        if made:
            self.columns = made
        elif self.columns is None or _is_heading(row):
            return
        elif _is_group(row):
            self._group(next(cell for cell in row if cell.at))
        else:
            self._task(row)

    def _group(self, cell: Cell) -> None:
        """A row of one cell is a heading; the owners that it prints hold for the rows under it."""
        start, end = cell.span
        found = [block for block in blocks(self.text, start, end) if block.owned]
        self.group = tuple(
            replace(owner, start=owner.start + block.inside[0], end=owner.end + block.inside[0])
            for block in found
            for owner in read_owners(self.text[slice(*block.inside)], self.first_leads)
        )

    def _task(self, row: tuple[Cell, ...]) -> None:
        assert self.columns is not None
        cell = next((c for name in TASKS for c in self._cells(row, name) if _says(c)), None)
        if cell is None:
            return
        due = [c for c in self._cells(row, "due") if c.at]
        if not any(rule("owners", "same-as-above").find(c.words) for c in due):
            self.due = tuple(c.span for c in due)
        made = self._item(row, cell, self._owners(row) or self.group, self.due)
        at = self.seen.setdefault(cell.span, len(self.items))
        if at < len(self.items):
            self.items[at] = _together(self.items[at], made)
        else:
            self.items.append(made)

    def _item(self, row: tuple[Cell, ...], cell: Cell, owners: tuple[Owner, ...], due: tuple[Offsets, ...]) -> Item:
        number = next((c.span for c in self._cells(row, "number") if c.at), None)
        start, end, printed_number = _words(self.text, cell)
        goals = tuple(c.span for c in self._cells(row, "goal") if c.at and c is not cell)
        problem = next((c.span for c in self._cells(row, "problem") if c.at and c is not cell), None)
        places = [at for c in row if c.at for at in c.span]
        return Item(start, end, min(places), max(places), number or printed_number, owners, due, goals, problem)

    def _cells(self, row: tuple[Cell, ...], name: str) -> list[Cell]:
        """The cells of a row under a heading."""
        assert self.columns is not None
        return [row[i] for i in self.columns.get(name, ()) if i < len(row)]

    def _owners(self, row: tuple[Cell, ...]) -> tuple[Owner, ...]:
        """The owners of a row; where it has a column of those who lead, all others support."""
        printed = {name: self._column(row, name) for name in OWNERS}
        self.above.update({name: owners for name, owners in printed.items() if owners})
        out: dict[str, Owner] = {}
        for name, owners in printed.items():
            for owner in owners:
                supports = name == "support" or (name == "owner" and printed["lead"])
                out.setdefault(owner.name, replace(owner, role="support") if supports else owner)
        return tuple(out.values())

    def _column(self, row: tuple[Cell, ...], name: str) -> tuple[Owner, ...]:
        """The owners of the cells of a row under a heading; those of the row before where it says 同上."""
        out: list[Owner] = []
        for cell in self._cells(row, name):
            above = rule("owners", "same-as-above").find(cell.words)
            out += self.above.get(name, ()) if above else self._read(cell)
        return tuple(out)

    def _read(self, cell: Cell) -> list[Owner]:
        """The owners of a cell in offsets of the clean text."""
        out = []
        for owner in read_owners(cell.text, self.first_leads):
            start, end = cell.back(owner.start, owner.end)
            out.append(replace(owner, start=start, end=end))
        return out


def _together(one: Item, other: Item) -> Item:
    """A task carried down over two rows: one item with the owners and deadlines of both."""
    names = {owner.name for owner in one.owners}
    return replace(
        one,
        begin=min(one.begin, other.begin),
        finish=max(one.finish, other.finish),
        owners=(*one.owners, *(owner for owner in other.owners if owner.name not in names)),
        printed=tuple(dict.fromkeys((*one.printed, *other.printed))),
        aims=tuple(dict.fromkeys((*one.aims, *other.aims))),
    )


def _is_group(row: tuple[Cell, ...]) -> bool:
    return len({cell.span for cell in row if cell.at}) == 1


def _prints_owners(text: str, row: tuple[Cell, ...]) -> bool:
    """Whether a row is the heading of a group with its owners (一、饮食服务（责任单位：…）)."""
    return _is_group(row) and any(block.owned for cell in row[:1] for block in blocks(text, *cell.span))


def columns_of(
    row: tuple[Cell, ...], following: tuple[Cell, ...], loose: bool, grouped: bool = False
) -> Columns | None:
    """The columns of a row of headings, None where it is none.

    Args:
        row: the row.
        following: the row under it: that of a split heading (责任分工 over 牵头单位 and 配合单位) counts with it.
        loose: headings not in the usual words count too.
        grouped: the owners stand in rows above groups, so that no column need hold them.
    """
    names = [_column(cell, loose) for cell in row]
    if not any(names):
        return None
    if not _complete(names, grouped) and len(following) == len(row):
        below = [_column(cell, loose) for cell in following]
        names = [under or over for under, over in zip(below, names, strict=True)]
    if not _complete(names, grouped):
        return None
    out: dict[str, tuple[int, ...]] = {}
    seen: set[tuple[str, Offsets]] = set()
    for i, name in enumerate(names):
        if name and (name, row[i].span) not in seen:
            out[name] = (*out.get(name, ()), i)
    return out


def _column(cell: Cell, loose: bool = False) -> str | None:
    """What a heading says its column holds."""
    if not cell.at:
        return None
    found = first("columns", cell.words) or first("columns", re.sub("（[^）]*）$", "", cell.words))
    if found is None or (found.gives and not loose):
        return None
    return found.gives or found.name


def _complete(names: list[str | None], grouped: bool) -> bool:
    owned = any(name in names for name in OWNERS) or (grouped and ("due" in names or "number" in names))
    return owned and any(name in names for name in TASKS)


def _is_heading(row: tuple[Cell, ...]) -> bool:
    """Whether a row only repeats headings."""
    filled = [cell for cell in row if cell.at]
    return bool(filled) and sum(_column(cell) is not None for cell in filled) > len(filled) / 2


def _says(cell: Cell) -> bool:
    """Whether a cell holds words, not a mark or a number."""
    return bool(re.search("[^\\W\\d_]{2}", cell.text))


# A cell that counts on: its first number is no number of the task.
_COUNTS_ON = re.compile(r"[\n。；]\s*(?:2[.、．]|（二）|（2）|②|二[、是])")


def _words(text: str, cell: Cell) -> tuple[int, int, Offsets | None]:
    """The words of a task without the number and the owner bracket in its cell."""
    start, end = cell.span
    begin, _, number = enumerator(text, start, end)
    own = [
        block.start for block in blocks(text, begin, end) if block.kind not in ("time", "said") and block.end >= end - 1
    ]
    start, end = trimmed(text, begin, own[0] if own and own[0] > begin else end)
    return start, end, None if _COUNTS_ON.search(cell.text) else number
