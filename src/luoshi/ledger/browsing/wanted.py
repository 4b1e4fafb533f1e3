"""What a list is to hold, and in which order, in; conditions on rows of items, and where a page begins, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import F, Q, QuerySet, Value

from luoshi.people.roles import WORKING
from luoshi.people.scope import Scope
from luoshi.people.seeing import places_under

from ..models import Item, Support
from ..searching import matching

# By deadline, the earliest first and those without one last; or those opened last first (ids are in order of time).
Order = Literal["due", "new"]


@dataclass(frozen=True)
class Wanted:
    """What a list is to hold; nothing is said where a value is empty.

    `ended`: those still in hand, those that have ended, or both (None). `paths`: of a place, now and before; whatever
    lies below counts. `due_from` and `due_to` are both within. `mine`: what one's units and posts take part in.
    """

    list: str = ""
    ended: bool | None = False
    state: str = ""
    paths: tuple[str, ...] = ()
    line: int | None = None
    leads: tuple[int, ...] | None = None
    due_from: date | None = None
    due_to: date | None = None
    undated: bool = False
    mine: bool = False
    words: str = ""
    order: Order = "due"

    def __post_init__(self) -> None:
        if self.order == "due" and self.ended is not False:
            raise ValueError("what has ended is in the order of opening: no index holds its deadlines")

    @property
    def dated(self) -> bool:
        """True when only items with a deadline are wanted."""
        return self.due_from is not None or self.due_to is not None

    def but_open(self) -> Wanted:
        """The same, in hand or not, for what looks among those in hand alone."""
        return replace(self, ended=None, order="new")


class At(NamedTuple):
    """An item's place in a list: its deadline, and its id."""

    due: date | None
    item: UUID


def seen(scope: Scope, wanted: Wanted) -> QuerySet[Item]:
    """All that is wanted and within sight, in order; however long the database takes."""
    found: QuerySet[Item] = Item.seen.within(scope).filter(plain(wanted), matching(wanted.words))
    if wanted.paths:
        found = found.filter(place__in=places_under(list(wanted.paths), scope.day))
    if wanted.mine:
        found = found.filter(mine(scope))
    return found.order_by(*ordering(wanted))


def plain(wanted: Wanted) -> Q:
    """The conditions that an item's own columns answer, but words and places."""
    found = Q()
    if wanted.ended is not None:
        found &= Q(ended_on__isnull=not wanted.ended)
    same = {"list": wanted.list, "state": wanted.state, "line": wanted.line}
    found &= Q(**{name: value for name, value in same.items() if value})
    if wanted.leads is not None:
        found &= Q(lead__in=wanted.leads)
    return found & due_within(wanted)


def due_within(wanted: Wanted) -> Q:
    """The condition on deadlines."""
    if wanted.undated:
        return Q(due__isnull=True)
    limits = {"due__gte": wanted.due_from, "due__lte": wanted.due_to}
    return Q(**{name: day for name, day in limits.items() if day is not None})


def mine(scope: Scope) -> Q:
    """The condition that one's units or posts take part."""
    units, posts = scope.units(WORKING), scope.posts(WORKING)
    supported = Support.unguarded.filter(unit__in=units).order_by().values("item")
    return Q(lead__in=units) | Q(verifier__in=posts) | Q(opened_by__in=posts) | Q(pk__in=supported)


def ordering(wanted: Wanted, back: bool = False) -> tuple[Any, ...]:
    """The order of a list; `back`: from its end."""
    if wanted.order == "new":
        return ("pk",) if back else ("-pk",)
    due = F("due").desc(nulls_first=True) if back else F("due").asc(nulls_last=True)
    return (due, "-pk" if back else "pk")


class Behind(models.Func):
    """True of rows whose deadline and id come behind another's, which an index of both answers; `back`: before it."""

    output_field = models.BooleanField()
    conditional = True

    def __init__(self, at: At, back: bool) -> None:
        self.sign = "<" if back else ">"
        given = (Value(at.due, models.DateField()), Value(at.item, models.UUIDField()))
        super().__init__(F("due"), F("pk"), *given)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **extra: Any) -> Any:
        """A comparison of two rows, as both databases know it."""
        compiled = [compiler.compile(each) for each in self.source_expressions]
        due, item, at_due, at_item = (sql for sql, _ in compiled)
        params = [value for _, values in compiled for value in values]
        return f"({due}, {item}) {self.sign} ({at_due}, {at_item})", params


class Stretch(NamedTuple):
    """Part of a list that one walk along an index answers: its condition, and the order of the walk."""

    where: Q
    order: tuple[str, ...]


def stretches(wanted: Wanted, at: At | None, back: bool) -> Iterator[Stretch]:
    """The stretches of a list behind `at` (before it, and from there back, with `back`), one after the other.

    By deadline there are two, with and without one: over both at once a database would read from the beginning.
    """
    if wanted.order == "new":
        beyond = Q() if at is None else Q(pk__gt=at.item) if back else Q(pk__lt=at.item)
        yield Stretch(beyond, ("pk",) if back else ("-pk",))
        return
    with_due, without = _dated(wanted, at, back), _undated(wanted, at, back)
    yield from (each for each in ((without, with_due) if back else (with_due, without)) if each is not None)


def _dated(wanted: Wanted, at: At | None, back: bool) -> Stretch | None:
    if wanted.undated or (at is not None and at.due is None and not back):
        return None
    where = Q(due__isnull=False) & due_within(wanted)
    if at is not None and at.due is not None:
        where &= Q(Behind(at, back))
    return Stretch(where, ("-due", "-pk") if back else ("due", "pk"))


def _undated(wanted: Wanted, at: At | None, back: bool) -> Stretch | None:
    if wanted.dated or (at is not None and at.due is not None and back):
        return None
    where = Q(due__isnull=True)
    if at is not None and at.due is None:
        where &= Q(pk__lt=at.item) if back else Q(pk__gt=at.item)
    return Stretch(where, ("-pk",) if back else ("pk",))
