"""Whoever asks and the id of an item in, who they are and the item's row out, locked where it is to be changed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from luoshi.people.models import Post
from luoshi.people.prepared import Prepared
from luoshi.people.seeing import Viewer, sees
from luoshi.places.models import PlaceState

from ..machine import Fault, Hand
from ..machine.days import CHINA
from ..machine.days import day as day_of
from ..models import Item
from ..policy import About, Person, Petitioner, System
from .refused import Refused
from .rows import Row, read
from .writing import When

# Somebody signed in, or one who acts without a post.
Actor: TypeAlias = Viewer | Petitioner | System
Known: TypeAlias = Person | Petitioner | System


def _ever_held(user: int) -> QuerySet[Any, Any]:
    return Post.unguarded.filter(user=user).order_by().values_list("pk", "stands_in_for", "unit__key")


def _locked(item: UUID) -> QuerySet[Any, Any]:
    return Item.unguarded.select_for_update(no_key=True).filter(pk=item).values_list("pk")


HELD, LOCKED = Prepared(_ever_held, int), Prepared(_locked, UUID)


def known(viewer: Actor, day: date) -> Known:
    """Who asks; two queries for a user, none for others."""
    if isinstance(viewer, Petitioner | System):
        return viewer
    scope = sees(viewer, day)
    held = HELD.rows(scope.user) if scope.parts else []
    same = frozenset(f"post:{post}" for row in held for post in row[:2] if post)
    return Person(scope, {row[0]: row[2] for row in held}, same)


def path_at(place: int, day: date) -> str:
    """The path that a place has on a day, or had last."""
    states = PlaceState.objects.filter(place=place, since__lte=day).order_by("-since")
    return states.values_list("path", flat=True).first() or ""


def item_before(who: Known, item: UUID, day: date, *, lock: bool) -> tuple[Row, dict[str, int], tuple[Hand, ...]]:
    """An item, its supporting units and the hands of who asks: never empty.

    Raises:
        Refused: there is no such item, or it is out of their sight, which they are not told apart.
    """
    if lock and connection.features.has_select_for_update:
        # Apart from reading: a row that was waited for is read anew, what was joined to it would not be.
        LOCKED.rows(item)
    found = read(item, day)
    if found is None:
        raise not_found()
    row, supports = found
    hands = who.hands(_about(row, supports), str(row.pk))
    if not hands:
        raise not_found()
    return row, supports, hands


def after(row: Row, when: When) -> When:
    """When an act is written down: not before the one it follows, and not on a day that is sealed, should the clocks of
    two machines differ or one be put back.

    Raises:
        Refused: what is said to have happened earlier has not happened yet, or before what happened to the item last.
    """
    recorded_at = max(unsealed(when.recorded_at, row.sealed), row.last_recorded)
    if when.occurred_at == when.recorded_at:
        return When(recorded_at, recorded_at, when.request)
    about = {"day": day_of(when.occurred_at).isoformat()}
    if when.occurred_at > recorded_at:
        raise Refused((Fault("not_yet", "occurred_at", about),))
    if when.occurred_at < row.last_occurred:
        raise Refused((Fault("before_the_last", "occurred_at", about),))
    return When(recorded_at, when.occurred_at, when.request)


def unsealed(now: datetime, sealed: date | None) -> datetime:
    """Now, or the end of the last day that is sealed, whose root would not hold what is recorded before it."""
    if sealed is None:
        return now
    return max(now, datetime.combine(sealed + timedelta(1), time(), CHINA))


def not_found() -> Refused:
    """What is said of an item that is not there, and of one that is out of sight."""
    return Refused((Fault("not_found"),))


def _about(row: Row, supports: dict[str, int]) -> About:
    units = frozenset(supports.values())
    return About(row.path or "", row.line_id, row.lead_id, units, row.verifier_id, row.opened_by_id)
