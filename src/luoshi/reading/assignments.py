"""The lines of a split document in, its items out: the words of each task, its number and its printed owners.

An item ends at its owner bracket or at the label lines under it (责任单位：…), and begins at its number, behind the
bracket before it, or at its paragraph. Owners of a heading hold for the items under it that print none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from .outline import Line
from .owner_blocks import LONGEST, Block, adjacent, blocks
from .owners import Owner, labelled, read_owners
from .rules import rule, rules
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


@dataclass(slots=True)
class _Row:
    """A line with its enumerator (0 chapter to 6 一是; None without) and its owner blocks."""

    line: Line
    start: int
    level: int | None
    number: Offsets | None
    blocks: list[Block]

    @property
    def alone(self) -> bool:
        """Whether the line holds nothing but owners and times."""
        return bool(self.blocks) and self.level is None and self.blocks[0].start <= self.start


@dataclass(slots=True)
class _Open:
    """An item in the making: where its words begin and end so far, and what is printed of it."""

    begin: int
    start: int
    end: int
    level: int | None
    number: Offsets | None
    heading: bool
    finish: int = 0
    blocks: list[Block] = field(default_factory=list)
    head: _Open | None = None
    closed: bool = False
    body: list[Line] = field(default_factory=list)
    children: int = 0

    @property
    def owned(self) -> bool:
        """Whether owners are printed on it."""
        return any(block.owned for block in self.blocks)


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
    rows = [_row(text, line) for line in _mended(text, _outside(lines, sorted(taken)))]
    if not any(block.owned for row in rows for block in row.blocks):
        return []
    enough = sum(block.owned for row in rows for block in row.blocks) >= _ENOUGH
    walk = _Walk(text, first_leads, enough)
    for row in rows:
        walk.take(row)
    walk.close()
    return walk.items()


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
            line = replace(waiting, end=line.end, text=text[waiting.start : line.end])
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


def _row(text: str, line: Line) -> _Row:
    start, level, number = enumerator(text, line.start, line.end)
    return _Row(line, start, level, number, blocks(text, line.start, line.end))


def enumerator(text: str, start: int, end: int) -> tuple[int, int | None, Offsets | None]:
    """Where the words behind an enumerator begin, how deep it is, and the number as printed."""
    for each in rules("items"):
        found = each.gives and each.gives.isdigit() and each.find(text, start, end)
        if found:
            return found.end(), int(str(each.gives)), found.span("number")
    return start, None, None


class _Walk:
    """Goes through the lines: the item that is open, the headings above it, the items that are done."""

    def __init__(self, text: str, first_leads: bool, enough: bool) -> None:
        self.text, self.first_leads, self.enough = text, first_leads, enough
        self.open: _Open | None = None
        self.heads: list[_Open] = []
        self.done: list[_Open] = []

    def take(self, row: _Row) -> None:
        """Take in one line."""
        if row.line.kind in _OUTSIDE and not self._goes_on(row):
            self.close()
            return
        if rule("items", "skipped").find(row.line.text):
            self.close()
            return
        if row.alone and row.blocks[0].owned + bool(self._latest()):
            self._attach(row)
            return
        if row.level is not None:
            self._begin(row)
        elif self.open is None or self.open.closed:
            self._unnumbered(row)
        else:
            self.open.end = row.line.end
            self.open.body.append(row.line)
        self._divide(row)

    def _goes_on(self, row: _Row) -> bool:
        """Whether a line that looks like the foot of a page is a label line of a numbered item without owners."""
        latest = self.open
        return bool(row.alone and latest and latest.number and not latest.owned)

    def _latest(self) -> _Open | None:
        """The item that a label line belongs to."""
        return self.open if self.open and not self.open.closed else (self.done[-1] if self.done else self.open)

    def _begin(self, row: _Row) -> None:
        """A numbered line begins an item, unless it is a point of the item that is open."""
        level = row.level or 0
        if self._is_point(row, level):
            assert self.open
            self.open.end = row.line.end
            self.open.body.append(row.line)
            return
        deeper = self.open is not None and self.open.level is not None and self.open.level < level
        if deeper and self.open and self.open.heading and not self.open.closed:
            self.open = None
        self.close()
        self.heads = [head for head in self.heads if head.level is not None and head.level < level]
        for head in self.heads:
            head.children += 1
        self.open = _opened(self.text, row)

    def _is_point(self, row: _Row, level: int) -> bool:
        """Whether a line （1） or ① goes on with the open item: those before it print no owners of their own."""
        latest = self.open
        if latest is None or latest.closed or latest.level is None or (row.blocks and not latest.body):
            return False
        return level >= 4 and latest.level < level

    def _unnumbered(self, row: _Row) -> None:
        """A paragraph without number: words of the heading before it, or an item of its own if it prints owners."""
        if self.done and not row.blocks and self.done[-1].heading:
            self.done[-1].body.append(row.line)
        self.close()
        self.open = _opened(self.text, row)

    def _divide(self, row: _Row) -> None:
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

    def _rest(self, start: int, end: int, last: bool) -> _Open | None:
        """What stands behind an owner block in its line: an item of its own if it gets owners."""
        start, end = trimmed(self.text, start, end)
        if start >= end:
            return None
        begin, _, number = enumerator(self.text, start, end)
        made = _Open(start, begin, end, None, number, False)
        made.closed = last
        return made

    def _counts(self, group: list[Block], latest: _Open) -> bool:
        """Whether a group of blocks prints owners of this item."""
        kinds = {block.kind for block in group}
        if not any(block.owned for block in group):
            return False
        if kinds <= {"bare", "time", "person"} and latest.number is None and not self.enough:
            return False
        return trimmed(self.text, latest.start, group[0].start)[0] < group[0].start

    def _attach(self, row: _Row) -> None:
        """A line of labels belongs to the item above it."""
        latest = self._latest()
        if latest is None:
            return
        latest.blocks += row.blocks
        if latest is self.open:
            latest.end = min(latest.end, row.line.start)
            if latest.owned:
                self.close()

    def close(self) -> None:
        """End the item that is open: it is one if it prints owners or stands under a heading that does."""
        latest, self.open = self.open, None
        if latest is None or (not latest.owned and (latest.number is None or not self.heads)):
            return
        latest.body = []
        latest.head = self.heads[-1] if self.heads else None
        self.done.append(latest)
        if latest.heading and latest.owned:
            self.heads.append(latest)

    def items(self) -> list[Item]:
        """The items that are done, without the headings of others."""
        childless = [made for made in self.done if made.heading and not made.children]
        prose = [made for made in childless if made.body]
        if len(prose) == 1 and len(childless) > 2:
            prose = []
        for made in prose:
            made.start, made.end = made.body[0].start, made.body[-1].end
        leaves = [made for made in self.done if not (made.heading and made.children)]
        return [item for made in leaves if (item := self._item(made))]

    def _item(self, made: _Open) -> Item | None:
        start, end = trimmed(self.text, made.start, made.end)
        if start >= end:
            return None
        owners = read_blocks(self.text, made.blocks, self.first_leads)
        due = [span for block in made.blocks for span in times(self.text, block)]
        if made.head and not any(owner.role == "lead" for owner in owners):
            above = read_blocks(self.text, made.head.blocks, self.first_leads)
            owners = (*(owner for owner in above if not owners or owner.role == "lead"), *owners)
            due = due or [span for block in made.head.blocks for span in times(self.text, block)]
        finish = max([end, *(block.end for block in made.blocks)])
        return Item(start, end, made.begin, finish, made.number, owners, tuple(due))


# What announces a list in its own paragraph: 抓好三件事：一是….
_ANNOUNCES = re.compile(r"[^。；：\n]{2,40}：(?=一是|①|（1）|1[.、．])")


def _opened(text: str, row: _Row) -> _Open:
    first = row.blocks[0].start if row.blocks else row.line.end
    announced = row.level is None and _ANNOUNCES.match(text, row.start, first)
    if announced:
        begin, _, number = enumerator(text, announced.end(), row.line.end)
        return _Open(announced.end(), begin, row.line.end, None, number, False)
    heading = "。" not in text[row.start : first].rstrip("。 ")
    return _Open(row.line.start, row.start, row.line.end, row.level, row.number, heading and row.level is not None)


def _compounds(text: str, found: list[Block]) -> list[list[Block]]:
    """Blocks that stand side by side, together."""
    out: list[list[Block]] = []
    for block in found:
        if out and adjacent(text, out[-1][-1], block):
            out[-1].append(block)
        else:
            out.append([block])
    return out


def read_blocks(text: str, found: list[Block], first_leads: bool) -> tuple[Owner, ...]:
    """The owners of the blocks of one item, read together, in offsets of the text."""
    words, places = "", []
    for block in found:
        if block.owned:
            start, end = block.inside
            places.append((len(words), start))
            words += text[start:end] + "；"
    out = []
    for owner in read_owners(words, first_leads):
        base, start = max(place for place in places if place[0] <= owner.start)
        out.append(replace(owner, start=owner.start - base + start, end=owner.end - base + start))
    return tuple(out)


def times(text: str, block: Block) -> list[Offsets]:
    """Where a block prints a deadline."""
    start, end = block.inside
    out: list[Offsets] = []
    for part in labelled(text[start:end]):
        s, e = start + part.start, start + part.end
        if part.gives == "time":
            out.append(trimmed(text, s, e))
        elif part.gives != "person":
            pieces = (trimmed(text, s + m.start(), s + m.end()) for m in re.finditer("[^，；。\n]+", text[s:e]))
            out += [p for p in pieces if rule("printed_times", "piece").find(text[slice(*p)])]
    return out
