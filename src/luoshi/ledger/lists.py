"""What somebody sees in, their own items out: those that their units or they take part in, overdue first, in pages.

What is merely within sight, a whole city, say, is `Item.seen.within(scope)`, and takes as long as it is large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

from luoshi.people.prepared import Prepared
from luoshi.people.roles import WORKING
from luoshi.people.scope import Scope

from .models import Item

# Rows of a page: what fits on a screen or two, and what a leaf of a printed ledger holds.
SIZE = 50


class Waiting(NamedTuple):
    """A line of a list: the item with what a list shows; `takes_part`: as what one takes part in it."""

    due: date | None
    item: UUID
    number: str
    words: str
    list: str
    state: str
    kind: str
    sequence: int
    place: str
    lead: str | None
    takes_part: str

    def overdue(self, day: date) -> bool:
        """True when its deadline is over on `day`."""
        return self.due is not None and self.due < day


# Where a page begins: behind this deadline and item.
After = tuple[date | None, UUID]


class Page(NamedTuple):
    """Lines of a list, and where the next page begins (None: there is none)."""

    rows: tuple[Waiting, ...]
    next: After | None


def waiting_for(scope: Scope, *, after: After | None = None, takes_part: tuple[str, ...] = ()) -> Page:
    """The open items that units and posts of a scope take part in: those overdue longest first, those without a
    deadline last. An item is there once, as the first of WAYS that holds. `takes_part`: only by these of WAYS.

    A query for each way and each unit or post, every one of which an index answers in the order of the list.
    """
    keys = {"unit": scope.units(WORKING), "post": scope.posts(WORKING)}
    ways = [(way, key) for way in takes_part or WAYS for key in keys[WAYS[way].by]]
    found = merge(*(_lines(way, key, after) for way, key in ways), key=_place)
    rows = tuple(islice(_once(found), SIZE + 1))
    return Page(rows[:SIZE], (rows[SIZE - 1].due, rows[SIZE - 1].item) if len(rows) > SIZE else None)


def _place(row: Waiting) -> tuple[bool, date, UUID]:
    return row.due is None, row.due or date.min, row.item


def _once(rows: Iterator[Waiting]) -> Iterator[Waiting]:
    last = None
    for row in rows:
        if row.item != last:
            yield row
        last = row.item


def _lines(way: str, key: int, after: After | None) -> Iterator[Waiting]:
    if after is None:
        rows = WAYS[way].first.rows(key)
    elif after[0] is None:
        rows = WAYS[way].undated.rows(key, after[1])
    else:
        rows = WAYS[way].dated.rows(key, *after)
    return (Waiting._make((*row, way)) for row in rows)


class Way(NamedTuple):
    """A way to take part: by a unit or a post, and its pages: the first, behind a deadline, among those without one."""

    by: str
    first: Prepared
    dated: Prepared
    undated: Prepared


COLUMNS = ("due", "pk", "number", "words", "list", "state", "kind", "sequence", "place__name", "lead__name")
Rows = QuerySet[Item, tuple[Any, ...]]


def _way(look_up: str, by: str) -> Way:
    def rows(key: int, behind: Q = Q()) -> Rows:  # noqa: B008 - an empty condition
        # `ended_on` is what the partial indexes of Item are for.
        found = Item.unguarded.filter(behind, **{look_up: key}, ended_on__isnull=True)
        return found.order_by(F("due").asc(nulls_last=True), "pk").values_list(*COLUMNS)[: SIZE + 1]

    def dated(key: int, due: date, item: UUID) -> Rows:
        return rows(key, Q(due__gt=due) | Q(due=due, pk__gt=item) | Q(due__isnull=True))

    def undated(key: int, item: UUID) -> Rows:
        return rows(key, Q(due__isnull=True, pk__gt=item))

    first: Callable[[int], Rows] = rows
    return Way(by, Prepared(first, int), Prepared(dated, int, date, UUID), Prepared(undated, int, UUID))


WAYS = {
    "lead": _way("lead", "unit"),
    "support": _way("support_rows__unit", "unit"),
    "verifier": _way("verifier", "post"),
    "opener": _way("opened_by", "post"),
}
