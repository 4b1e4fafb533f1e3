"""Ids of items in, in their order what a list shows of each out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, F, OuterRef, Subquery

from ..models import Event, Item, Support

COLUMNS = (
    *("pk", "number", "words", "list", "playbook", "version", "state", "kind", "due_at", "due"),
    *("opened_on", "ended_on", "place__key", "place__name", "line__key", "line__name", "lead__key", "lead__name"),
    *("measure", "basis", "changed"),
)


class Row(NamedTuple):
    """A line of a list; `changed`: when its last event was recorded; measure and basis as they were filled in."""

    item: UUID
    number: str
    words: str
    list: str
    playbook: str
    version: int
    state: str
    kind: str
    due_at: datetime | None
    due: date | None
    opened_on: date
    ended_on: date | None
    place: str
    place_name: str
    line: str | None
    line_name: str | None
    lead: str | None
    lead_name: str | None
    measure: str | None
    basis: str | None
    changed: datetime | None


def rows_of(items: Iterable[UUID]) -> list[Row]:
    """The lines of items, which their caller was given as within somebody's sight, in the order given."""
    listed = list(items)
    last = Event.unguarded.filter(item=OuterRef("pk"), sequence=OuterRef("sequence")).values("recorded_at")
    rows = Item.unguarded.filter(pk__in=listed).annotate(changed=Subquery(last[:1]))
    plain = [name for name in COLUMNS if name not in ("measure", "basis")]
    found = {}
    for row in rows.values(*plain, "facts"):
        facts = row.pop("facts")
        said = {name: facts.get(name) if isinstance(facts.get(name), str) else None for name in ("measure", "basis")}
        found[row["pk"]] = Row(*({**row, **said}[name] for name in COLUMNS))
    return [found[item] for item in listed if item in found]


class Part(NamedTuple):
    """Items that have something in common: its key, its name, how many, and the playbook that states are of."""

    key: str
    name: str
    playbook: str
    version: int
    number: int


def parts_of(items: Iterable[UUID], by: str) -> list[Part]:
    """How many of the items have each `state`, `place` or `line`."""
    key, name = {"state": ("state", "state")}.get(by, (f"{by}__key", f"{by}__name"))
    rows = Item.unguarded.filter(pk__in=list(items)).order_by().annotate(key=F(key), name=F(name))
    counted = rows.values_list("key", "name", "playbook", "version").annotate(number=Count("pk"))
    return [Part(key or "", name or "", *rest) for key, name, *rest in counted]


def supports_of(items: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The names of the supporting units of items, in their order."""
    found: dict[UUID, list[str]] = {}
    rows = Support.unguarded.filter(item__in=list(items)).order_by("item", "rank").values_list("item", "unit__name")
    for item, name in rows:
        found.setdefault(item, []).append(name)
    return found
