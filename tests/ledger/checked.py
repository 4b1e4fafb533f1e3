"""An item in, an assertion out: its row is what replay makes of its events."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.actions.rows import columns, read, state_of, unit_ids
from luoshi.ledger.machine import Actor, Entry, replay
from luoshi.ledger.machine.days import day as day_of
from luoshi.ledger.models import Event, Item

from .office import NOW


def entries(item: Any) -> list[Entry]:
    """The events of an item as the machine sees them."""
    rows = Event.unguarded.filter(item=item).order_by("sequence")
    return [
        Entry(
            e.sequence, e.playbook, e.version, e.verb, Actor(e.actor_kind, e.actor, e.actor_unit or None),  # type: ignore[arg-type]
            e.occurred_at, e.recorded_at, e.payload,
        )
        for e in rows
    ]  # fmt: skip


def expect_replay(item: Any, now: datetime = NOW) -> None:
    """The row is what replay makes of its events."""
    row, kept = Item.unguarded.get(pk=item), read(item, day_of(now))
    state = replay(entries(item), playbooks())
    units = unit_ids({key for key in (state.lead, *state.supports) if key})
    for name, value in columns(state, units).items():
        assert getattr(row, name) == value, name
    assert kept is not None
    seen = state_of(kept[0], tuple(kept[1]))
    assert seen == (state if seen.opened_by else replace(state, opened_by=""))
    assert row.head == Event.unguarded.get(item=item, sequence=state.sequence).hash
