"""An item and the addressees of a step in; the units and posts to be told, each once, and whom there is not, out.

Units and posts that ended by the day are not there. Who stands in (AB角) is told with the post they stand in for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from luoshi.people.models import Post, Role
from luoshi.people.prepared import Prepared
from luoshi.places.models import PlaceState, Unit

from ..actions import Told
from ..actions.rows import post_of
from ..models import Support
from ..playbook.clocks import Addressee
from .nouns import Found

SEAT = ("pk", "role", "unit", "unit__line", "all_lines", "lines")


class Seat(NamedTuple):
    """A post that is held: its role, its unit, its lines (None: all)."""

    post: int
    role: str
    unit: int
    lines: frozenset[int] | None

    def covers(self, line: int | None) -> bool:
        """True when what lies in this line, or in none, is within its lines (policy.covers)."""
        return self.lines is None or line in self.lines


def _held(day: date) -> QuerySet[Any]:
    return _on(Post.unguarded.all(), day).filter(user__is_active=True)


def _on(rows: Any, day: date) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.on(day)
    return found


def _one(post: int, day: date) -> QuerySet[Any, Any]:
    return _held(day).filter(pk=post).values_list("pk")


def _seats(day: date) -> QuerySet[Any, Any]:
    own = _held(day).filter(stands_in_for__isnull=True)
    return own.filter(role__in=(Role.SUPERVISOR, Role.LEADER, Role.VERIFIER)).order_by("pk").values_list(*SEAT)


def _at_place(place: int, day: date) -> QuerySet[Any, Any]:
    return _seats(day).filter(unit__place=place)


def _at_unit(unit: int, day: date) -> QuerySet[Any, Any]:
    return _seats(day).filter(unit=unit)


def _path(place: int, day: date) -> QuerySet[Any, Any]:
    return PlaceState.objects.filter(place=place, since__lte=day).order_by("-since").values_list("path")


def _unit(unit: int, day: date) -> QuerySet[Any, Any]:
    return Unit.objects.all().on(day).filter(pk=unit).order_by().values_list("pk")


def _supports(item: UUID) -> QuerySet[Any, Any]:
    return Support.unguarded.filter(item=item).order_by("rank").values_list("unit")


ONE, AT_PLACE, AT_UNIT = Prepared(_one, int, date), Prepared(_at_place, int, date), Prepared(_at_unit, int, date)
PATH, UNIT, SUPPORTS = Prepared(_path, int, date), Prepared(_unit, int, date), Prepared(_supports, UUID)


class Directory:
    """Who is where on a day; what was asked once is kept, so that it is to be thrown away after a page of items."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._at_place: dict[int, tuple[Seat, ...]] = {}
        self._above: dict[int, int | None] = {}

    def of(self, item: Found, wanted: Iterable[Addressee]) -> tuple[Told, tuple[Addressee, ...]]:
        """Who is told of a step, and which addressees there are not."""
        units: dict[int, None] = {}
        posts: dict[int, None] = {}
        missing = []
        asking = _Asking(self, item)
        for addressee in wanted:
            of_units, of_posts = asking.units(addressee), asking.posts(addressee)
            units |= dict.fromkeys(of_units)
            posts |= dict.fromkeys(of_posts)
            if not of_units and not of_posts and not (addressee == "support" and not asking.supports()):
                missing.append(addressee)
        return Told(tuple(units), tuple(posts)), tuple(missing)

    def held(self, post: int | None) -> list[int]:
        """The post, while somebody holds it."""
        return [post] if post and ONE.rows(post, self.day) else []

    def at_place(self, place: int | None, line: int | None, *roles: Role) -> list[int]:
        """Posts of these roles at a place that cover a line."""
        if place is None:
            return []
        if place not in self._at_place:
            self._at_place[place] = _read(AT_PLACE.rows(place, self.day))
        return [seat.post for seat in self._at_place[place] if seat.role in roles and seat.covers(line)]

    def leaders(self, unit: int | None) -> list[int]:
        """The posts of leaders of a unit."""
        seats = _read(AT_UNIT.rows(unit, self.day)) if unit else ()
        return [seat.post for seat in seats if seat.role == Role.LEADER]

    def above(self, place: int) -> int | None:
        """The place that a place is part of; None above the country."""
        if place not in self._above:
            path = next((path for (path,) in PATH.rows(place, self.day)), "")
            parts = path.strip("/").split("/")
            self._above[place] = int(parts[-2]) if len(parts) > 1 else None
        return self._above[place]


class _Asking(NamedTuple):
    """An item about which a directory is asked."""

    there: Directory
    item: Found

    def units(self, addressee: Addressee) -> list[int]:
        """The units that take part in this way and are there."""
        lead = [self.item.lead] if self.item.lead else []
        named = lead if addressee == "lead" else self.supports() if addressee == "support" else []
        return [unit for unit in named if UNIT.rows(unit, self.there.day)]

    def supports(self) -> list[int]:
        """The supporting units, in their order: an item without any lacks nobody."""
        return [unit for (unit,) in SUPPORTS.rows(self.item.pk)]

    def posts(self, addressee: Addressee) -> list[int]:
        """Who is named on the item goes before those whom their place or unit makes it."""
        there, item = self.there, self.item
        if addressee == "supervisor":
            return there.held(item.opened_by) or there.at_place(item.place, item.line, Role.SUPERVISOR)
        if addressee == "verifier":
            return there.held(item.verifier) or there.at_place(item.place, item.line, Role.VERIFIER)
        if addressee == "leader":
            return there.held(post_of(item.facts.get("in_charge"))) or there.leaders(item.lead)
        if addressee == "above":
            return there.at_place(there.above(item.place), item.line, Role.SUPERVISOR, Role.LEADER)
        return []


def _read(rows: list[tuple[Any, ...]]) -> tuple[Seat, ...]:
    """Seats of rows, one for each of their lines: those given, else their unit's own, else all (people.models.Post)."""
    return tuple(_seat(list(same)) for _, same in groupby(rows, key=lambda row: row[0]))


def _seat(rows: list[tuple[Any, ...]]) -> Seat:
    post, role, unit, own, all_lines, _ = rows[0]
    given = frozenset(row[-1] for row in rows if row[-1] is not None)
    lines = given or (None if own is None else frozenset({own}))
    return Seat(post, role, unit, None if all_lines else lines)
