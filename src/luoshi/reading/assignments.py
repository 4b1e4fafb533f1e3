"""The lines of a split document in, its items out: the words of each task, its number and its printed owners.

An item ends at its owner bracket or at the label lines under it (责任单位：…), and begins at its number, behind the
bracket before it, or at its paragraph. Owners of a heading hold for the items under it that print none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from .open_items import Open, Waiting, opened
from .outline import Line
from .owner_blocks import Block, adjacent, block_times, read_blocks
from .owners import Owner
from .rows import Row, enumerator, rows
from .rules import rule
from .sentences import Offsets, trimmed


@dataclass(frozen=True, slots=True)
class Item:
    """A thing to do as a split document prints it, in offsets of the clean text.

    `begin` and `finish`: all of it, with number, owners and deadline; `printed`: where deadlines are printed
    beside the words; `aims`: where targets are; `problem`: the problem that it answers.
    """

    start: int
    end: int
    begin: int
    finish: int
    number: Offsets | None = None
    owners: tuple[Owner, ...] = ()
    printed: tuple[Offsets, ...] = ()
    aims: tuple[Offsets, ...] = ()
    problem: Offsets | None = None


# Lines of a page that belong to no article.
_OUTSIDE = ("foot", "chrome", "meta", "caption", "advertisement")
# Fewer owner blocks than this do not make names alone in a bracket owners of a paragraph without number: one is
# rather the source of an article.
_ENOUGH = 2


def assignments(text: str, lines: Iterable[Line], taken: list[Offsets], first_leads: bool) -> list[Item]:
    """All items of the running text, in order; none in the stretches taken (statements and tables).

    Args:
        text: clean text.
        lines: its lines, in order.
        taken: what is read elsewhere.
        first_leads: the document says that of several owners the first leads.
    """
    found = rows(text, lines, taken)
    if not any(row.unit or any(block.owned for block in row.blocks) for row in found):
        return []
    enough = sum(block.owned for row in found for block in row.blocks) >= _ENOUGH
    walk = _Walk(text, first_leads, enough)
    for number, row in enumerate(found):
        walk.take(row, _ends_group(found, number))
    walk.close()
    return walk.items()


def _ends_group(found: list[Row], number: int) -> int:
    """How deep the next line behind the lines of owners is; 0 where it has no number or there is none."""
    following = next((row for row in found[number + 1 :] if not row.alone), None)
    return following.level or 0 if following else 0


class _Walk:
    """Goes through the lines: the item that is open, the headings above it, the items that are done."""

    def __init__(self, text: str, first_leads: bool, enough: bool) -> None:
        self.text, self.first_leads, self.enough = text, first_leads, enough
        self.open: Open | None = None
        self.heads: list[Open] = []
        self.done: list[Open] = []
        self.last: Open | None = None
        self.waiting = Waiting()

    def take(self, row: Row, ends: int) -> None:
        """Take in one line; `ends`: how deep the next numbered line is."""
        foot = row.line.kind in _OUTSIDE and not self._goes_on(row)
        if row.apart or foot or rule("items", "skipped").find(row.line.text):
            self.close()
            self.last = None
        if foot or rule("items", "skipped").find(row.line.text):
            return
        if row.alone and (row.blocks[0].owned or self._latest()):
            self._attach(row, ends)
            return
        self.last = None
        if row.level is not None:
            self._begin(row)
        elif self.open is None or self.open.closed:
            self._unnumbered(row)
        else:
            self.open.end = row.line.end
            self.open.body.append(row.line)
        self._divide(row)

    def _goes_on(self, row: Row) -> bool:
        """Whether a line that looks like the foot of a page is a label line of a numbered item without owners."""
        latest = self.open
        return bool(row.alone and latest and latest.number and not latest.owned)

    def _latest(self) -> Open | None:
        """The item that a label line belongs to."""
        return self.open if self.open and not self.open.closed else self.last or self.open

    def _begin(self, row: Row) -> None:
        """A numbered line begins an item, unless it is a point of the item that is open."""
        level = row.level or 0
        if self._is_point(row, level):
            assert self.open
            self.open.end = row.line.end
            self.open.body.append(row.line)
            return
        deeper = self.open is not None and self.open.level is not None and self.open.level < level
        if deeper and self.open and self.open.heading and not self.open.closed:
            self.waiting.add(self.open)
            self.open = None
        self.close()
        self.waiting.begin(level)
        self.heads = [head for head in self.heads if head.level is not None and head.level < level]
        for head in self.heads:
            head.children += 1
        self.open = opened(self.text, row)
        if row.unit:
            self.open.blocks.append(row.unit)
            self.open.end = row.start
            self.close()

    def _is_point(self, row: Row, level: int) -> bool:
        """Whether a line （1） or ① goes on with the open item: those before it print no owners of their own."""
        latest = self.open
        if latest is None or latest.closed or latest.level is None or (row.blocks and not latest.body):
            return False
        return level >= 4 and latest.level < level

    def _unnumbered(self, row: Row) -> None:
        """A paragraph without number: words of the heading before it, or an item of its own if it prints owners."""
        if self.done and not row.blocks and self.done[-1].heading:
            self.done[-1].body.append(row.line)
        self.close()
        self.open = opened(self.text, row)

    def _divide(self, row: Row) -> None:
        """Give each owner block of a line the words before it."""
        owned = _compounds(self.text, row.blocks)
        for number, group in enumerate(owned):
            latest = self.open
            if latest is None or not self._counts(group, latest):
                continue
            latest.end = group[0].start
            latest.blocks += group
            self.close()
            if trimmed(self.text, group[-1].end, row.line.end)[0] < row.line.end:
                last = number + 1 == len(owned)
                self.open = self._rest(group[-1].end, row.line.end, last)

    def _rest(self, start: int, end: int, last: bool) -> Open | None:
        """What stands behind an owner block in its line: an item of its own if it gets owners."""
        start, end = trimmed(self.text, start, end)
        if start >= end:
            return None
        begin, _, number = enumerator(self.text, start, end)
        made = Open(start, begin, end, None, number, False)
        made.closed = last
        return made

    def _counts(self, group: list[Block], latest: Open) -> bool:
        """Whether a group of blocks prints owners of this item."""
        kinds = {block.kind for block in group}
        if not any(block.owned for block in group):
            return False
        if latest.number is None and ("said" in kinds or (kinds <= {"bare", "time", "person"} and not self.enough)):
            return False
        return trimmed(self.text, latest.start, group[0].start)[0] < group[0].start

    def _attach(self, row: Row, ends: int) -> None:
        """A line of labels belongs to the item above it, or to all above it under one heading."""
        latest = self._latest()
        if latest is None:
            return
        above = self.done[-1] if self.done else None
        if above and above.body and above.body[-1].start == latest.begin and not row.blocks[0].owned:
            # A time below the words of a heading is the heading's, as its owners are.
            latest = above
        if latest is self.open and not latest.owned and row.blocks[0].owned and ends < (latest.level or 0):
            latest = self._shared(latest, row)
        latest.blocks += row.blocks
        if latest is self.open:
            latest.end = min(latest.end, row.line.start)
            if latest.owned:
                self.close()

    def _shared(self, latest: Open, row: Row) -> Open:
        """Items that end with one line of owners: clauses of one sentence are one item, others share the line."""
        group = None if self._apart(latest) else self.waiting.group(latest)
        if group is None:
            return latest
        heading, items = group
        if all(self.text[item.start : item.end].rstrip().endswith("；") for item in items):
            heading.end, heading.heading, heading.closed = row.line.start, False, False
            self.open = heading
            return heading
        for item in items:
            item.blocks, item.shared, item.head = latest.blocks, True, None
            self.done.append(item)
        latest.shared = True
        return latest

    def _apart(self, latest: Open) -> bool:
        """Whether items as deep as the latest print owners of their own in this document."""
        return any(made.level == latest.level and not made.shared for made in self.done)

    def close(self) -> None:
        """End the item that is open: it is one if it prints owners or stands under a heading that does."""
        latest, self.open = self.open, None
        if latest is None or (not latest.owned and (latest.number is None or not self.heads)):
            if latest:
                self.waiting.add(latest)
            return
        self.waiting.clear(latest.level or 0)
        latest.body = []
        latest.head = self.heads[-1] if self.heads else None
        self.done.append(latest)
        self.last = latest
        if latest.heading and latest.owned:
            self.heads.append(latest)

    def items(self) -> list[Item]:
        """The items that are done, without the headings of others."""
        childless = [made for made in self.done if made.heading and not made.children]
        behind = {id(made): after.start for made, after in pairwise(self.done)}
        prose = [m for m in childless if m.body and m.body[-1].end <= behind.get(id(m), m.body[-1].end)]
        if len(prose) == 1 and len(childless) > 2:
            prose = []
        for made in prose:
            first = made.body[0]
            label = rule("items", "task-label").find(self.text, first.start, first.end)
            made.start, made.end = label.end() if label else first.start, made.body[-1].end
        leaves = [made for made in self.done if not (made.heading and made.children)]
        return [item for made in leaves if (item := self._item(made))]

    def _item(self, made: Open) -> Item | None:
        start, end = trimmed(self.text, made.start, made.end)
        if not re.search(r"[^\W\d_]{2}", self.text[enumerator(self.text, start, end)[0] : end]):
            return None
        owners = read_blocks(self.text, made.blocks, self.first_leads)
        due = [span for block in made.blocks for span in block_times(self.text, block)]
        if made.head and not any(owner.role == "lead" for owner in owners):
            above = read_blocks(self.text, made.head.blocks, self.first_leads)
            owners = (*(owner for owner in above if not owners or owner.role == "lead"), *owners)
            due = due or [span for block in made.head.blocks for span in block_times(self.text, block)]
        finish = max([end, *(block.end for block in made.blocks)])
        return Item(start, end, made.begin, finish, made.number, owners, tuple(due))


def _compounds(text: str, found: Iterable[Block]) -> list[list[Block]]:
    """Blocks that stand side by side, together."""
    out: list[list[Block]] = []
    for block in found:
        if out and adjacent(text, out[-1][-1], block):
            out[-1].append(block)
        else:
            out.append([block])
    return out
