"""The roots, their leaves and exported lines of roots in, what does not hold between them and the events out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from ..chain import UnknownAlgorithm
from ..chain.merkle import tree_hash
from ..chain.sealing import BadLine, RootLine, read_lines
from ..models import Event, Leaf, Root
from .nouns import Counts, Fault, fault
from .sealing import end_of, line_of
from .streams import Beside, Kinds, rows


class Exported(NamedTuple):
    """Lines of roots that somebody kept, and what to call them."""

    file: str
    lines: Iterable[str]


def check(counts: Counts) -> Iterator[Fault]:
    """Each root: its seal, the root before it, its events; and events that no root knows and one should."""
    leaves: Beside[int] = Beside(_leaves())
    before: Root | None = None
    for root in _roots():
        counts.add("roots")
        yield from _of_row(root, before)
        tree = Tree(root, before, counts)
        yield from tree.take(leaves)
        yield from tree.faults()
        before = root
    if before is not None:
        yield from _unsealed(before.day)


LEAVES: Kinds = {
    "root_id": int,
    "index": int,
    "event__item__number": str,
    "event__sequence": int,
    "event__hash": str,
    "event__recorded_at": datetime,
}
ROOTS: Kinds = {
    **{"number": int, "day": date, "sealed_at": datetime, "size": int, "items": int},
    **dict.fromkeys(("algorithm", "hash", "previous", "seal"), str),
}


def _leaves() -> Iterator[tuple[object, ...]]:
    return rows(Leaf.objects.order_by("root_id", "index"), LEAVES)


def _roots(number: int | None = None) -> Iterator[Root]:
    found = Root.objects.order_by("number") if number is None else Root.objects.filter(number=number)
    return (Root(*row) for row in rows(found, ROOTS))


def _of_row(root: Root, before: Root | None) -> Iterator[Fault]:
    for number in range(before.number + 1 if before else 1, root.number):
        yield fault("root_gone", number=number)
    if before and root.day <= before.day:
        yield fault("root_order", day=root.day, before=before.day)
    if root.previous != (before.seal if before else ""):
        yield fault("root_chain", day=root.day)
    if _sealed(root) != root.seal:
        yield fault("root_seal", day=root.day)


def _sealed(root: Root) -> str | None:
    try:
        return line_of(root).seal
    except UnknownAlgorithm:
        return None


class Tree:
    """The leaves of a root, gone through once."""

    def __init__(self, root: Root, before: Root | None, counts: Counts) -> None:
        self._root, self._counts = root, counts
        self._from = end_of(before.day) if before else None
        self._before = before.day if before else None
        self._until = end_of(root.day)
        self._wrong: list[Fault] = []
        self._size = 0
        self._hash: str | None = None

    def take(self, leaves: Beside[int]) -> Iterator[Fault]:
        """Go through the leaves; those before them are of no root."""
        for _ in leaves.before(self._root.number):
            self._counts.add("leaves")
        try:
            self._hash = tree_hash(self._hashes(leaves), self._root.algorithm)
        except (UnknownAlgorithm, ValueError):
            self._hash = None
        yield from self._wrong

    def _hashes(self, leaves: Beside[int]) -> Iterator[str]:
        for _, index, number, sequence, hash, recorded_at in leaves.of(self._root.number):
            self._counts.add("leaves")
            if index != self._size:
                self._say(fault("leaf_gone", day=self._root.day, index=self._size))
            if recorded_at >= self._until:
                self._say(fault("leaf_early", number, sequence, day=self._root.day))
            if self._from and recorded_at < self._from:
                self._say(fault("leaf_late", number, sequence, day=self._root.day, before=self._before))
            self._size = index + 1
            yield hash

    def _say(self, wrong: Fault) -> None:
        if len(self._wrong) < MOST:
            self._wrong.append(wrong)

    def faults(self) -> Iterator[Fault]:
        """What does not hold of the whole."""
        root = self._root
        if root.size != self._size:
            yield fault("root_size", day=root.day, what="size", row=root.size, leaves=self._size)
        items = Leaf.objects.filter(root=root).values("event__item").distinct().count()
        if root.items != items:
            yield fault("root_size", day=root.day, what="items", row=root.items, leaves=items)
        if self._hash != root.hash:
            yield fault("root_hash", day=root.day, size=root.size)


# Of the leaves of one root that are wrong, so many are named.
MOST = 100


def _unsealed(day: date) -> Iterator[Fault]:
    found = Event.unguarded.filter(leaf=None, recorded_at__lt=end_of(day)).order_by("item", "sequence")
    for number, sequence in rows(found, {"item__number": str, "sequence": int}):
        yield fault("unsealed", number, sequence, day=day)


def against(exported: Exported) -> Iterator[Fault]:
    """What does not hold between the roots there are and those that were exported."""
    good: list[tuple[int, RootLine]] = []
    for number, line in read_lines(exported.lines):
        if isinstance(line, BadLine):
            yield fault("line", line=number, file=exported.file, why=line)
        else:
            good.append((number, line))
            yield from _of_line(exported.file, number, line)
    for (_, one), (number, other) in pairwise(good):
        if other.number == one.number + 1 and other.previous != one.seal:
            yield fault("line", line=number, file=exported.file, why="does not hold the seal of the line before it")


def _of_line(file: str, number: int, line: RootLine) -> Iterator[Fault]:
    root = next(_roots(line.number), None)
    if root is None:
        yield fault("line_gone", day=line.day, line=number, file=file)
        return
    there = line_of(root)
    other = [name for name in RootLine._fields if getattr(there, name) != getattr(line, name)]
    if other:
        yield fault("line_other", day=line.day, line=number, file=file, columns=", ".join(other))
