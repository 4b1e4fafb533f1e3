"""Rows of items in, states of the machine out, and back: which column holds what; a row is the sum of its events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from luoshi.places.models import Unit
from luoshi.places.models.prepared import Prepared, add

from ..machine import ItemState, Quotation
from ..models import Item, Support

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


def state_of(row: Item, supports: tuple[str, ...]) -> ItemState:
    """What the machine knows of an item, from its row (with place, line and lead) and the keys of its supports."""
    return ItemState(
        **{name: getattr(row, name) for name in SAME},
        place=row.place.key,
        line=row.line.key if row.line else None,
        quotation=Quotation(**row.quotation) if row.quotation else None,
        lead=row.lead.key if row.lead else None,
        supports=supports,
        parent=str(row.parent_id) if row.parent_id else None,
        opened_by=f"{POST}{row.opened_by_id}" if row.opened_by_id else "",
        asked_by=row.asked_by or None,
        asked_unit=row.asked_unit or None,
        verified_by=row.verified_by or None,
        verifier=f"{POST}{row.verifier_id}" if row.verifier_id else None,
        facts=row.facts,
        counts=row.counts,
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


def support(item: Item, keys: tuple[str, ...], units: Mapping[str, int]) -> None:
    """Write the rows of supports, in the order of `keys`; those there were are gone."""
    add([Support(item=item, unit_id=units[key], rank=n) for n, key in enumerate(keys)])


def supports_of(item: Item) -> dict[str, int]:
    """Ids of the supporting units by key, in their order."""
    return dict(SUPPORTS.rows(item=item.pk))


def _supports(item: UUID) -> QuerySet[Support, tuple[str, int]]:
    return Support.unguarded.filter(item=item).order_by("rank").values_list("unit__key", "unit")


# Asked for by every act.
SUPPORTS = Prepared(_supports, item=UUID)


def unit_ids(keys: set[str]) -> dict[str, int]:
    """Ids of units by key; those there are."""
    return dict(Unit.objects.filter(key__in=keys).values_list("key", "pk")) if keys else {}
