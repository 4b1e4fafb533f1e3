"""Whoever asks and the id of an item in, who they are and the item's row out, locked where it is to be changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from luoshi.people.models import Post
from luoshi.people.seeing import Viewer, sees
from luoshi.places.models import Line, Place, PlaceState, Unit
from luoshi.places.models.prepared import Prepared

from ..machine import Fault, Hand
from ..models import Event, Item
from ..policy import About, Person, Petitioner, System
from .refused import Refused
from .rows import supports_of
from .writing import When

# Somebody signed in, or one who acts without a post.
Actor: TypeAlias = Viewer | Petitioner | System
Known: TypeAlias = Person | Petitioner | System
# Where the offices are: the day of an item is theirs, whatever the machine's.
SHANGHAI = ZoneInfo("Asia/Shanghai")


def day_of(now: datetime) -> date:
    """The day in Shanghai.

    Raises:
        ValueError: a time without its zone; a fault of the program.
    """
    if now.tzinfo is None:
        raise ValueError(f"a time without its zone: {now}")
    return now.astimezone(SHANGHAI).date()


def known(viewer: Actor, day: date) -> Known:
    """Who asks; two queries for a user, none for others."""
    if isinstance(viewer, Petitioner | System):
        return viewer
    scope = sees(viewer, day)
    held = POSTS.rows(user=scope.user) if scope.parts else []
    same = frozenset(f"post:{post}" for row in held for post in row[:2] if post)
    return Person(scope, {row[0]: row[2] for row in held}, same)


def path_of_place(place: Place, day: date) -> str:
    """The path that a place has on a day, or had last."""
    states = PlaceState.objects.filter(place=place, since__lte=day).order_by("-since")
    return states.values_list("path", flat=True).first() or ""


def item_before(who: Known, item: UUID, day: date, *, lock: bool) -> tuple[Item, dict[str, int], tuple[Hand, ...]]:
    """An item, its supporting units and the hands of who asks: never empty.

    Raises:
        Refused: there is no such item, or it is out of their sight, which they are not told apart.
    """
    if lock and connection.features.has_select_for_update:
        # Apart from reading: a row that was waited for is read anew, what was joined to it would not be.
        LOCK.rows(item=item)
    row = _row(item, day)
    if row is None:
        raise not_found()
    supports = supports_of(row)
    hands = who.hands(_about(row, supports), str(row.pk))
    if not hands:
        raise not_found()
    return row, supports, hands


def after(row: Item, when: When) -> When:
    """When an act is written down: not before the one it follows, should the clocks of two machines differ.

    Raises:
        Refused: what is said to have happened earlier has not happened yet, or before what happened to the item last.
    """
    recorded_at = max(when.recorded_at, row.last_recorded)  # type: ignore[attr-defined]
    if when.occurred_at == when.recorded_at:
        return When(recorded_at, recorded_at, when.request)
    about = {"day": day_of(when.occurred_at).isoformat()}
    if when.occurred_at > recorded_at:
        raise Refused((Fault("not_yet", "occurred_at", about),))
    if when.occurred_at < row.last_occurred:  # type: ignore[attr-defined]
        raise Refused((Fault("before_the_last", "occurred_at", about),))
    return When(recorded_at, when.occurred_at, when.request)


def _beside(day: date) -> dict[str, Any]:
    """What is read of other rows with an item: the path of its place, its last event's times, whether it has parts."""
    states = PlaceState.objects.filter(place=OuterRef("place"), since__lte=day).order_by("-since")
    last = Event.unguarded.filter(item=OuterRef("pk"), sequence=OuterRef("sequence"))
    return {
        "path": Subquery(states.values("path")[:1]),
        "last_recorded": Subquery(last.values("recorded_at")),
        "last_occurred": Subquery(last.values("occurred_at")),
        "has_children": Exists(Item.unguarded.filter(parent=OuterRef("pk"))),
    }


def _row(item: UUID, day: date) -> Item | None:
    found = ITEM.rows(item=item, day=day)
    if not found:
        return None
    values, keys, beside = found[0][: len(COLUMNS)], found[0][len(COLUMNS) :][: len(KEYS)], found[0][-len(BESIDE) :]
    row = Item.from_db(DEFAULT_DB_ALIAS, COLUMNS, values)
    place, line, lead = keys
    row.place = Place(pk=row.place_id, key=place)
    row.line = Line(pk=row.line_id, key=line) if line else None
    row.lead = Unit(pk=row.lead_id, key=lead) if lead else None
    for name, value in zip(BESIDE, beside, strict=True):
        setattr(row, name, value)
    return row


COLUMNS = [field.attname for field in Item._meta.concrete_fields]
KEYS = ("place__key", "line__key", "lead__key")
BESIDE = ("path", "last_recorded", "last_occurred", "has_children")


def _item(item: UUID, day: date) -> QuerySet[Item, tuple[Any, ...]]:
    return Item.unguarded.filter(pk=item).annotate(**_beside(day)).values_list(*COLUMNS, *KEYS, *BESIDE)


def _posts(user: int) -> QuerySet[Post, tuple[Any, ...]]:
    return Post.unguarded.filter(user=user).order_by().values_list("pk", "stands_in_for", "unit__key")


def _lock(item: UUID) -> QuerySet[Item, tuple[Any, ...]]:
    return Item.unguarded.select_for_update(no_key=True).filter(pk=item).values_list("pk")


# Asked for by every act.
ITEM = Prepared(_item, item=UUID, day=date)
POSTS = Prepared(_posts, user=int)
LOCK = Prepared(_lock, item=UUID)


def not_found() -> Refused:
    """What is said of an item that is not there, and of one that is out of sight."""
    return Refused((Fault("not_found"),))


def _about(row: Item, supports: dict[str, int]) -> About:
    path: str | None = getattr(row, "path", None)
    units = frozenset(supports.values())
    return About(path or "", row.line_id, row.lead_id, units, row.verifier_id, row.opened_by_id)
