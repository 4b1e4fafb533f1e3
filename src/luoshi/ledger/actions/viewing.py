"""Whoever asks and the id of an item in, who they are and the item's row out, locked where it is to be changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Subquery

from luoshi.people.models import Post
from luoshi.people.seeing import Viewer, sees
from luoshi.places.models import Place, PlaceState

from ..machine import Fault, Hand
from ..models import Item
from ..policy import About, Person, Petitioner, System
from .refused import Refused
from .rows import supports_of

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
    held = Post.unguarded.filter(user=scope.user).values_list("pk", "stands_in_for", "unit__key") if scope.parts else []
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
    states = PlaceState.objects.filter(place=OuterRef("place"), since__lte=day).order_by("-since")
    path = Subquery(states.values("path")[:1])
    rows = Item.unguarded.select_related("place", "line", "lead").annotate(
        path=path, has_children=Exists(Item.unguarded.filter(parent=OuterRef("pk")))
    )
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=item).first()
    if row is None:
        raise not_found()
    supports = supports_of(row)
    hands = who.hands(_about(row, supports), str(row.pk))
    if not hands:
        raise not_found()
    return row, supports, hands


def not_found() -> Refused:
    """What is said of an item that is not there, and of one that is out of sight."""
    return Refused((Fault("not_found"),))


def _about(row: Item, supports: dict[str, int]) -> About:
    path: str | None = getattr(row, "path", None)
    units = frozenset(supports.values())
    return About(path or "", row.line_id, row.lead_id, units, row.verifier_id, row.opened_by_id)
