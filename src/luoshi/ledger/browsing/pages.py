"""What somebody sees and wants in, a page of their list out, in a time that hardly depends on how much there is.

Where few items can be meant, all are read and put in order here. Where many: an index is walked in the order of the
list, and what is not wanted passed over, LOOKS rows at most; the page then says how far it looked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from luoshi.people.scope import Scope

from ..lists import NEVER
from .sources import LOOKS, NARROW, Few, sources
from .walks import Walk
from .wanted import At, Stretch, Wanted, stretches

__all__ = ["COUNTED", "LOOKS", "NARROW", "SIZE", "Found", "browse"]
# Rows of a page: what fits on a screen or two, and what a leaf of a printed ledger holds.
SIZE = 50
# Counted up to here; more is said to be more. A thousand would take longer to count than the page to be made.
COUNTED = 200


class Found(NamedTuple):
    """A page: its items in order, whether there are more before and behind it, how many in all (of the first page;
    COUNTED + 1: more than that), and up to where was looked when that was not far enough to fill the page."""

    items: tuple[At, ...]
    before: bool
    behind: bool
    number: int | None
    counted: tuple[UUID, ...]
    looked_to: At | None


def browse(scope: Scope, wanted: Wanted, at: At | None = None, *, back: bool = False) -> Found:
    """The page of a list behind `at` (before it, with `back`); the first without.

    No more than LOOKS rows are looked at for it in each of the ways that somebody sees items.
    """
    most = SIZE if at else COUNTED
    found, looked_to = _ahead(sources(scope, wanted), wanted, at, back, most + 1)
    page = found[:SIZE][::-1] if back else found[:SIZE]
    more = len(found) > SIZE or looked_to is not None
    number = len(found) if at is None and looked_to is None else None
    before, behind = (more, True) if back else (at is not None, more)
    return Found(tuple(page), before, behind, number, tuple(each.item for each in found), looked_to)


def _ahead(
    given: Iterable[Walk | Few], wanted: Wanted, at: At | None, back: bool, limit: int
) -> tuple[list[At], At | None]:
    """The first of what lies ahead, and up to where was looked, where that is not the end."""
    place = _placing(wanted, back)
    listed = list(given)
    few = {row for each in listed if isinstance(each, Few) for row in each.rows}
    if wanted.order == "new":
        few = {At(None, row.item) for row in few}
    walks = [each for each in listed if isinstance(each, Walk)]
    found = {row for row in few if at is None or place(row) > place(at)}
    ends: list[At] = []
    for stretch in stretches(wanted, at, back):
        rows, ended = _walk(walks, stretch, limit)
        found |= rows
        ends += ended
        if ends or len(rows) >= limit:
            break
    reached = min(ends, key=place, default=None)
    ordered = sorted((row for row in found if reached is None or place(row) <= place(reached)), key=place)[:limit]
    return ordered, (reached if len(ordered) < min(limit, SIZE + 1) else None)


def _walk(walks: Iterable[Walk], stretch: Stretch, limit: int) -> tuple[set[At], list[At]]:
    """What is found in a stretch of a list, and where the walks stood that looked at as much as they may."""
    found: set[At] = set()
    ends = []
    for walk in walks:
        rows = walk.rows(stretch, limit)
        found |= set(rows)
        if len(rows) < limit and (end := walk.end(stretch)):
            ends.append(end)
    return found, ends


def _placing(wanted: Wanted, back: bool) -> Callable[[At], tuple[int, int, int]]:
    """How items of a list are compared."""
    sign = -1 if back else 1

    def place(at: At) -> tuple[int, int, int]:
        if wanted.order == "new":
            return 0, 0, -sign * at.item.int
        moment = (at.due_at - NEVER) // timedelta.resolution if at.due_at else 0
        return sign * (at.due_at is None), sign * moment, sign * at.item.int

    return place
