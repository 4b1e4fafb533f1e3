"""A scope in, the items that wait for who has it out, in pages, overdue first."""

from __future__ import annotations

from typing import Any, NamedTuple

from luoshi.people.scope import Scope

from .models import Item


class Page(NamedTuple):
    rows: tuple[Item, ...]


def waiting_for(scope: Scope, size: int = 50) -> Page:
    from luoshi.people.roles import WORKING

    found = Item.unguarded.filter(lead__in=scope.units(WORKING), ended_on__isnull=True).order_by("due", "id")
    return Page(tuple(found[:size]))


def everything_open(scope: Scope, size: int = 50) -> Page:
    found: Any = Item.seen.within(scope).filter(ended_on__isnull=True).order_by("due", "id")
    return Page(tuple(found[:size]))
