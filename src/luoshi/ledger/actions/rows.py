"""Rows of items in, states of the machine out, and back: which column holds what; a row is the sum of its events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from luoshi.calendar.installed import newest
from luoshi.people.prepared import Prepared, add
from luoshi.places.models import PlaceState, Unit

from ..machine import ItemState, Quotation, tapes
from ..models import Evidence, Item, Root, Support

# Columns that are the state's own fields, by the same name.
SAME = (
    "playbook",
    "version",
    "list",
    "number",
    "words",
    "state",
    "kind",
    "due",
    "opened_on",
    "ended_on",
    "sequence",
)
POST = "post:"


class Row(NamedTuple):
    """An item as the door reads it, with what it needs of other rows: keys of place, line and lead, the path of the
    place on the day, the times of the last event, the last day sealed, whether there are parts, and files
    that were erased, and what the calendar is known by (calendar.installed.newest)."""

    pk: UUID
    number: str
    playbook: str
    version: int
    list: str
    words: str
    quotation: Any
    state: str
    kind: Any
    due: date | None
    facts: Any
    counts: Any
    clocks: Any
    due_at: datetime | None
    due_clock: str | None
    next_step_at: datetime | None
    calendar: str | None
    opened_on: date
    ended_on: date | None
    asked_by: str
    asked_unit: str
    verified_by: str
    sequence: int
    head: str
    place_id: int
    line_id: int | None
    lead_id: int | None
    verifier_id: int | None
    opened_by_id: int | None
    parent_id: UUID | None
    place: str
    line: str | None
    lead: str | None
    path: str | None
    last_recorded: datetime
    last_occurred: datetime
    sealed: date | None
    has_children: bool
    has_erased: bool
    notice: str | None


# Columns that are read under other names.
KEYS = {
    "place": "place__key",
    "line": "line__key",
    "lead": "lead__key",
    "last_recorded": "last__recorded_at",
    "last_occurred": "last__occurred_at",
}


def _of_item(item: UUID, day: date) -> QuerySet[Any, Any]:
    states = PlaceState.objects.filter(place=OuterRef("place"), since__lte=day).order_by("-since")
    beside = {
        "last": FilteredRelation("events", condition=Q(events__sequence=F("sequence"))),
        "path": Subquery(states.values("path")[:1]),
        "sealed": Subquery(Root.objects.order_by("-number").values("day")[:1]),
        "has_children": Exists(Item.unguarded.filter(parent=OuterRef("pk"))),
        "notice": Subquery(newest()),
        "has_erased": Exists(Evidence.unguarded.filter(item=OuterRef("pk"), erased_at__isnull=False)),
    }
    names = (*(KEYS.get(name, name) for name in Row._fields), "support_rows__unit__key", "support_rows__unit")
    return Item.unguarded.filter(pk=item).annotate(**beside).order_by("support_rows__rank").values_list(*names)


ITEM = Prepared(_of_item, UUID, date)


def read(item: UUID, day: date) -> tuple[Row, dict[str, int]] | None:
    """The row of an item, and the ids of its supporting units by key, in their order; None where there is none."""
    rows = ITEM.rows(item, day)
    return (Row(*rows[0][:-2]), {key: unit for *_, key, unit in rows if unit is not None}) if rows else None


def state_of(row: Item | Row, supports: tuple[str, ...]) -> ItemState:
    """What the machine knows of an item, from its row and the keys of its supports."""
    keys = (row.place, row.line, row.lead)
    place, line, lead = (each if isinstance(each, str | None) else each.key for each in keys)
    return ItemState(
        **{name: getattr(row, name) for name in SAME},
        place=place or "",
        line=line,
        quotation=Quotation(**row.quotation) if row.quotation else None,
        lead=lead,
        supports=supports,
        parent=str(row.parent_id) if row.parent_id else None,
        opened_by=f"{POST}{row.opened_by_id}" if row.opened_by_id else "",
        asked_by=row.asked_by or None,
        asked_unit=row.asked_unit or None,
        verified_by=row.verified_by or None,
        verifier=f"{POST}{row.verifier_id}" if row.verifier_id else None,
        facts=row.facts,
        counts=row.counts,
        clocks=tapes.from_json(row.clocks),
    )


def columns(state: ItemState, units: Mapping[str, int]) -> dict[str, Any]:
    """The columns of an item that moves change; `units`: ids of the units named, by key."""
    return {
        **{name: getattr(state, name) for name in ("state", "kind", "due", "ended_on", "sequence")},
        "lead_id": units[state.lead] if state.lead else None,
        "verifier_id": post_of(state.verifier),
        "asked_by": state.asked_by or "",
        "asked_unit": state.asked_unit or "",
        "verified_by": state.verified_by or "",
        "facts": dict(state.facts),
        "counts": dict(state.counts),
        "clocks": tapes.as_json(state.clocks),
    }


def first_columns(state: ItemState, units: Mapping[str, int]) -> dict[str, Any]:
    """The columns of a new item; place, line and series are the caller's."""
    return {
        **columns(state, units),
        **{name: getattr(state, name) for name in SAME},
        "quotation": state.quotation._asdict() if state.quotation else None,
        "parent_id": UUID(state.parent) if state.parent else None,
        "opened_by_id": post_of(state.opened_by),
    }


def post_of(actor: str | None) -> int | None:
    """The post of an actor (`post:12`); none of petitioners and parts of the program."""
    return int(actor.removeprefix(POST)) if actor and actor.startswith(POST) else None


def support(item: UUID, keys: tuple[str, ...], units: Mapping[str, int]) -> None:
    """Write the rows of supports, in the order of `keys`; those there were are gone."""
    add(Support, [{"item_id": item, "unit_id": units[key], "rank": n} for n, key in enumerate(keys)])


def unit_ids(keys: set[str]) -> dict[str, int]:
    """Ids of units by key; those there are."""
    return dict(Unit.objects.filter(key__in=keys).values_list("key", "pk")) if keys else {}
