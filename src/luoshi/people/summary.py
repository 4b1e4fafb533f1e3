"""A scope in, what it comes to in words and numbers out: each post, its place, the places below, its lines."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count

from luoshi.places.models import Level, Line, PlaceState

from .scope import EVERYWHERE, Part, Scope
from .seeing import places_under


@dataclass(frozen=True)
class Seen:
    """One part of a scope as a page shows it: the reason, the place on top, places by level, lines (none: all)."""

    reason: str
    role: str
    place: str
    levels: tuple[tuple[str, int], ...]
    lines: tuple[str, ...] | None


def summary(scope: Scope) -> list[Seen]:
    """What `scope` comes to, a part at a time; the place on top is not counted among those below it."""
    return [_shown(part, scope.day) for part in scope.parts]


def _shown(part: Part, day: datetime.date) -> Seen:
    everywhere = part.paths == (EVERYWHERE,)
    there = PlaceState.objects.on(day)
    within = there if everywhere else there.filter(place__in=places_under(list(part.paths), day))
    top = 0 if everywhere else int(part.paths[0].rstrip("/").rpartition("/")[2])
    counted = dict(within.exclude(place=top).order_by().values_list("level").annotate(Count("pk")))
    levels = tuple((str(Level(level).label), counted[level]) for level in Level if counted.get(level))
    name = PlaceState.objects.filter(place=top, since__lte=day).order_by("-since").values_list("name", flat=True)
    lines = None if part.lines is None else tuple(Line.objects.filter(pk__in=part.lines).values_list("name", flat=True))
    return Seen(part.reason, str(part.role.label), name.first() or "", levels, lines)
