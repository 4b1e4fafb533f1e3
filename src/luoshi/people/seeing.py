"""A viewer and a day in, their `Scope` out, and the places in it: the subtrees of their posts, with their lines."""

from __future__ import annotations

import datetime
from itertools import groupby
from typing import Any, TypeAlias

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value

from luoshi.places.models import Level, PlaceState
from luoshi.places.models.under import Under

from .prepared import Prepared
from .roles import Role
from .scope import EVERYWHERE, Part, Scope

Viewer: TypeAlias = AbstractBaseUser | AnonymousUser | None

# Of a post, in this order: how a row of the query below is read.
COLUMNS = (
    "pk",
    "stand_in",
    "instead_of",
    "role",
    "unit",
    "unit__name",
    "unit__line",
    "unit__place__level",
    "all_lines",
    "unit__place__states__since",
    "unit__place__states__path",
    "lines",
)


def sees(viewer: Viewer, day: datetime.date) -> Scope:
    """What `viewer` may see on `day`, each part with the post that gives it; one query.

    Nobody, the inactive and those without a post that holds on `day` see nothing. A stand-in sees what the post stood
    in for gives, while both hold. The owner of the installation administers everything, and has no other part in it.
    """
    if viewer is None or not viewer.is_active or viewer.pk is None:
        return Scope(day)
    parts = _parts(viewer.pk, day)
    if getattr(viewer, "is_superuser", False):
        parts = (Part(Role.ADMINISTRATOR, (EVERYWHERE,)), *parts)
    return Scope(day, viewer.pk, parts) if parts else Scope(day)


def _parts(user: int, day: datetime.date) -> tuple[Part, ...]:
    rows = sorted(HELD.rows(user, day), key=lambda row: (row[0], row[1] or 0))
    return tuple(_part(list(same)) for _, same in groupby(rows, key=lambda row: row[:2]))


def _held(user: int, day: datetime.date) -> QuerySet[Any, tuple[Any, ...]]:
    """Rows of the posts that count for `user`, their own and those stood in for: one for each line and path of a post.

    Two queries in one (UNION ALL), because an OR over both ways makes PostgreSQL read every post there is.
    """
    # Post is guarded by what this module finds out, so that it cannot be imported here.
    posts = apps.get_model("people", "Post")._default_manager.all()
    holding = posts.on(day).filter(unit__place__states__since__lte=day)
    own = holding.filter(user=user, user__is_active=True, stands_in_for__isnull=True)
    own = own.annotate(stand_in=Value(None, output_field=BigIntegerField()), instead_of=Value(""))
    standing = posts.on(day).filter(user=user, user__is_active=True, stands_in_for=OuterRef("pk"))
    stood = holding.filter(stands_in_for__isnull=True, stand_ins__in=Subquery(standing.values("pk")))
    stood = stood.annotate(stand_in=F("stand_ins__pk"), instead_of=F("user__name"))
    rows: QuerySet[Any, tuple[Any, ...]] = own.order_by().values_list(*COLUMNS)
    return rows.union(stood.order_by().values_list(*COLUMNS), all=True)


HELD = Prepared(_held, int, datetime.date)


def _part(rows: list[tuple[Any, ...]]) -> Part:
    """The part that a post gives."""
    post, stand_in, instead_of, role, unit, name, line, level, all_lines, *_ = rows[0]
    paths = dict.fromkeys(path for _, path in sorted(((row[-3], row[-2]) for row in rows), reverse=True))
    lines = frozenset(row[-1] for row in rows if row[-1] is not None) or (None if line is None else frozenset({line}))
    if all_lines or role == Role.ADMINISTRATOR:
        lines = None
    return Part(Role(role), tuple(paths), lines, post, stand_in, unit, name, instead_of, level == Level.COUNTRY)


def places_under(paths: list[str], day: datetime.date) -> QuerySet[Any, Any]:
    """Ids of the places at or below `paths` on `day`; one that is no more counts where it last was."""
    within = Q()
    for path in paths:
        within |= Q(Under(F("path"), path))
    later = PlaceState.objects.filter(place=OuterRef("place"), since__gt=OuterRef("since"), since__lte=day)
    lasting = Q(until__isnull=True) | Q(until__gt=day) | ~Exists(later)
    return PlaceState.objects.filter(within, lasting, since__lte=day).order_by().values("place")
