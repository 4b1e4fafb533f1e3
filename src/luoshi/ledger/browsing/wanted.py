"""What a list is to hold, and in which order, in; conditions on rows of items, and where a page begins, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import F, Q, QuerySet, Value

from luoshi.people.roles import WORKING
from luoshi.people.scope import Scope
from luoshi.people.seeing import places_under

from ..clocks.still import STILL, UNDATED
from ..machine.days import day as day_of
from ..models import Item, Support
from ..searching import matching

# By when they are due, the earliest first and those that are not due at any moment last; or those opened last first
# (ids are in order of time).
Order = Literal["due", "new"]
# What is not due at any moment: what stands still, what has no deadline, or both.
Timeless = Literal["", "still", "undated", "both"]
TIMELESS: dict[Timeless, Q] = {"still": STILL, "undated": UNDATED, "both": Q(due_at__isnull=True)}


@dataclass(frozen=True)
class Wanted:
    """What a list is to hold; nothing is said where a value is empty.

    `ended`: those still in hand, those that have ended, or both (None). `paths`: of a place, now and before; whatever
    lies below counts. `due_after` is not within, `due_to` is: of what is in hand, moments at which it is due; of what
    has ended, days of its deadline. `timeless`: what is not due at any moment. `mine`: what one's units and posts take
    part in.
    """

    list: str = ""
    ended: bool | None = False
    state: str = ""
    paths: tuple[str, ...] = ()
    line: int | None = None
    leads: tuple[int, ...] | None = None
    due_after: datetime | None = None
    due_to: datetime | None = None
    timeless: Timeless = ""
    mine: bool = False
    words: str = ""
    order: Order = "due"

    def __post_init__(self) -> None:
        if self.order == "due" and self.ended is not False:
            raise ValueError("what has ended is in the order of opening: it is not due any more")

    @property
    def dated(self) -> bool:
        """True when only items that are due at some moment are wanted."""
        return self.due_after is not None or self.due_to is not None


class At(NamedTuple):
    """An item's place in a list: the moment at which it is due, and its id."""

    due_at: datetime | None
    item: UUID

    @property
    def day(self) -> date | None:
        """The last day of its time."""
        return last_day(self.due_at) if self.due_at else None


def last_day(moment: datetime) -> date:
    """The day of a limit that is over at a moment: at 0:00, the day before."""
    return day_of(moment - timedelta.resolution)


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
    found = but_open(wanted)
    return found if wanted.ended is None else found & Q(ended_on__isnull=not wanted.ended)


def but_open(wanted: Wanted) -> Q:
    """The same but whether they are in hand, for what looks among those alone."""
    found = Q()
    same = {"list": wanted.list, "state": wanted.state, "line": wanted.line}
    found &= Q(**{name: value for name, value in same.items() if value})
    if wanted.leads is not None:
        found &= Q(lead__in=wanted.leads)
    return found & due_within(wanted)


def due_within(wanted: Wanted) -> Q:
    """The condition on when items are due; those that have ended are not, but had their deadline."""
    if wanted.timeless:
        return TIMELESS[wanted.timeless]
    if not wanted.dated:
        return Q()
    after, to = wanted.due_after, wanted.due_to
    in_hand = _between("due_at", after, to)
    if wanted.ended is False:
        return in_hand
    ended = _between("due", last_day(after) if after else None, last_day(to) if to else None)
    return ended if wanted.ended else Q(ended_on__isnull=False) & ended | Q(ended_on__isnull=True) & in_hand


def _between(column: str, after: date | None, to: date | None) -> Q:
    limits = {f"{column}__gt": after, f"{column}__lte": to}
    return Q(**{name: value for name, value in limits.items() if value is not None})


def mine(scope: Scope) -> Q:
    """The condition that one's units or posts take part."""
    units, posts = scope.units(WORKING), scope.posts(WORKING)
    supported = Support.unguarded.filter(unit__in=units).order_by().values("item")
    return Q(lead__in=units) | Q(verifier__in=posts) | Q(opened_by__in=posts) | Q(pk__in=supported)


def ordering(wanted: Wanted, back: bool = False) -> tuple[Any, ...]:
    """The order of a list; `back`: from its end."""
    if wanted.order == "new":
        return ("pk",) if back else ("-pk",)
    due = F("due_at").desc(nulls_first=True) if back else F("due_at").asc(nulls_last=True)
    return (due, "-pk" if back else "pk")


class Behind(models.Func):
    """True of rows whose moment and id come behind another's, which an index of both answers; `back`: before it."""

    output_field = models.BooleanField()
    conditional = True

    def __init__(self, at: At, back: bool) -> None:
        self.sign = "<" if back else ">"
        given = (Value(at.due_at, models.DateTimeField()), Value(at.item, models.UUIDField()))
        super().__init__(F("due_at"), F("pk"), *given)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **extra: Any) -> Any:
        """A comparison of two rows, as both databases know it."""
        compiled = [compiler.compile(each) for each in self.source_expressions]
        due, item, at_due, at_item = (sql for sql, _ in compiled)
        params = [value for _, values in compiled for value in values]
        return f"({due}, {item}) {self.sign} ({at_due}, {at_item})", params


# As the indexes of what is due have it; the other way round, going back.
DUE = {False: ("due_at", "pk"), True: ("-due_at", "-pk")}


class Stretch(NamedTuple):
    """Part of a list that one walk along an index answers: its condition, and the order of the walk."""

    where: Q
    order: tuple[str, ...]


def stretches(wanted: Wanted, at: At | None, back: bool) -> Iterator[Stretch]:
    """The stretches of a list behind `at` (before it, and from there back, with `back`), one after the other.

    By when they are due there are two, with a moment and without: over both at once a database would read from the
    beginning.
    """
    if wanted.order == "new":
        beyond = Q() if at is None else Q(pk__gt=at.item) if back else Q(pk__lt=at.item)
        yield Stretch(beyond, ("pk",) if back else ("-pk",))
        return
    with_due, without = _dated(wanted, at, back), _undated(wanted, at, back)
    yield from (each for each in ((without, with_due) if back else (with_due, without)) if each is not None)


def _dated(wanted: Wanted, at: At | None, back: bool) -> Stretch | None:
    if wanted.timeless or (at is not None and at.due_at is None and not back):
        return None
    where = Q(due_at__isnull=False) & due_within(wanted)
    if at is not None and at.due_at is not None:
        where &= Q(Behind(at, back))
    return Stretch(where, DUE[back])


def _undated(wanted: Wanted, at: At | None, back: bool) -> Stretch | None:
    if wanted.dated or (at is not None and at.due_at is not None and back):
        return None
    where = Q(due_at__isnull=True)
    if at is not None and at.due_at is None:
        where &= Q(pk__lt=at.item) if back else Q(pk__gt=at.item)
    # Nothing is what they all have; unless it is named, PostgreSQL walks along ids, through whatever has a moment.
    return Stretch(where, DUE[back])
