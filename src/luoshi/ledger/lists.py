"""What somebody sees in, their own items out: those that their units or they take part in, overdue first, in pages.

What is merely within sight, a whole city, say, is `Item.seen.within(scope)`, and takes as long as it is large.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, date, datetime
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
    """A line of a list: the item with what a list shows, names of place, lead unit and the unit that opened it;
    `due_at`: when it is due by its clocks, `due`: its deadline as it was given; `takes_part`: as what one takes part in
    it."""

    due_at: datetime | None
    item: UUID
    number: str
    words: str
    list: str
    state: str
    kind: str
    due: date | None
    sequence: int
    place: str
    lead: str | None
    playbook: str
    version: int
    opener: str | None
    takes_part: str

    def overdue(self, now: datetime) -> bool:
        """True when its time is over at a moment."""
        return self.due_at is not None and self.due_at <= now


# Where a page begins: behind the moment at which this item is due, and the item.
After = tuple[datetime | None, UUID]
# Before any moment that a limit can end at; it stands where there is none.
NEVER = datetime.min.replace(tzinfo=UTC)


class Page(NamedTuple):
    """Lines of a list, and where the next page begins (None: there is none)."""

    rows: tuple[Waiting, ...]
    next: After | None


def waiting_for(scope: Scope, *, after: After | None = None, takes_part: tuple[str, ...] = ()) -> Page:
    """The open items that units and posts of a scope take part in: those overdue longest first, those not due
    at any moment last. An item is there once, as the first of WAYS that holds. `takes_part`: only by these of WAYS.

    A query for each way and each unit or post, every one of which an index answers in the order of the list.
    """
    keys = {"unit": scope.units(WORKING), "post": scope.posts(WORKING)}
    ways = [(way, key) for way in takes_part or WAYS for key in keys[WAYS[way].by]]
    return page(lines(WAYS[way], way, key, after) for way, key in ways)


def page(streams: Iterable[Iterator[Waiting]]) -> Page:
    """The first lines of several streams in the order of a list, each item once."""
    rows = tuple(islice(_once(merge(*streams, key=_place)), SIZE + 1))
    return Page(rows[:SIZE], (rows[SIZE - 1].due_at, rows[SIZE - 1].item) if len(rows) > SIZE else None)


def _place(row: Waiting) -> tuple[bool, datetime, UUID]:
    return row.due_at is None, row.due_at or NEVER, row.item


def _once(rows: Iterator[Waiting]) -> Iterator[Waiting]:
    last = None
    for row in rows:
        if row.item != last:
            yield row
        last = row.item


def lines(way: Way, name: str, key: int, after: After | None) -> Iterator[Waiting]:
    """The lines of a way for a unit or post, behind a place in the list."""
    if after is None:
        rows = way.first.rows(key)
    elif after[0] is None:
        rows = way.undated.rows(key, after[1])
    else:
        rows = way.dated.rows(key, *after)
    return (Waiting._make((*row, name)) for row in rows)


class Way(NamedTuple):
    """A way to take part: by a unit or a post, and its pages: the first, behind a moment at which something is due,
    among those without one."""

    by: str
    first: Prepared
    dated: Prepared
    undated: Prepared


COLUMNS = (
    *("due_at", "pk", "number", "words", "list", "state", "kind", "due", "sequence", "place__name"),
    *("lead__name", "playbook", "version", "opened_by__unit__name"),
)
Rows = QuerySet[Item, tuple[Any, ...]]


def in_order(found: QuerySet[Item], behind: Q) -> Rows:
    """The first lines of some items behind a place in the list."""
    # `ended_on` is what the partial indexes of Item are for.
    found = found.filter(behind, ended_on__isnull=True)
    return found.order_by(F("due_at").asc(nulls_last=True), "pk").values_list(*COLUMNS)[: SIZE + 1]


def behind_of(after: After | None) -> Q:
    """What lies behind a place in the list."""
    if after is None:
        return Q()
    if after[0] is None:
        return Q(due_at__isnull=True, pk__gt=after[1])
    return Q(due_at__gt=after[0]) | Q(due_at=after[0], pk__gt=after[1]) | Q(due_at__isnull=True)


def way_of(look_up: str, by: str, states: Collection[str] = ()) -> Way:
    """A way by a column; `states`: only items in these."""
    there = Q(state__in=sorted(states)) if states else Q()

    def rows(key: int, after: After | None = None) -> Rows:
        return in_order(Item.unguarded.filter(there, **{look_up: key}), behind_of(after))

    def dated(key: int, due_at: datetime, item: UUID) -> Rows:
        return rows(key, (due_at, item))

    def undated(key: int, item: UUID) -> Rows:
        return rows(key, (None, item))

    first: Callable[[int], Rows] = rows
    return Way(by, Prepared(first, int), Prepared(dated, int, datetime, UUID), Prepared(undated, int, UUID))


WAYS = {
    "lead": way_of("lead", "unit"),
    "support": way_of("support_rows__unit", "unit"),
    "verifier": way_of("verifier", "post"),
    "opener": way_of("opened_by", "post"),
}
