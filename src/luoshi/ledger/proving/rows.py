"""An item's row and what its events make of it in, the columns that say something else out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from luoshi.calendar import Calendar

from ..actions.books import playbooks
from ..actions.rows import POST, state_of
from ..actions.timed import timed
from ..machine import ItemState
from ..models import Item, Support
from .events import Log
from .nouns import Fault, fault
from .streams import CHUNK, Garbled, rows


def items(item: UUID | None = None) -> Iterator[tuple[UUID, Item]]:
    """The rows of all items, or of one, by id. Raises Garbled."""
    found = Item.unguarded.filter(pk=item) if item else Item.unguarded.all()
    try:
        for row in found.select_related("place", "line", "lead", "series__place").order_by("pk").iterator(CHUNK):
            yield row.pk, row
    except (ValueError, TypeError, AttributeError) as wrong:
        raise Garbled(Item._meta.db_table, wrong) from wrong


def supports(item: UUID | None = None) -> Iterator[tuple[UUID, str]]:
    """The keys of units that support items, by item and in their order. Raises Garbled."""
    found = Support.unguarded.filter(item=item) if item else Support.unguarded.all()
    return rows(found.order_by("item", "rank"), {"item": UUID, "unit__key": str})


def check(row: Item, keys: tuple[str, ...], log: Log, calendar: Calendar) -> list[Fault]:
    """What does not hold between an item's row and its events; `calendar`: by which its columns are counted now."""
    if log.last is None:
        return [fault("no_events", row.number)]
    found = []
    if (row.sequence, row.head) != (log.last.sequence, log.last.hash):
        ends = {"row": f"{row.sequence} {row.head[:8]}", "events": f"{log.last.sequence} {log.last.hash[:8]}"}
        found.append(fault("head", row.number, None, **ends))
    if log.state is not None:
        counted = _counted(row, log.state, calendar)
        said = {**_said(row, keys), **_numbered(row), **{name: getattr(row, name) for name in counted}}
        events = {**_replayed(log.state), **_opened(log.first), **counted}
        found += [
            fault("row", row.number, None, column=name, row=said[name], events=events[name])
            for name in said
            if said[name] != events[name]
        ]
    return found


def _said(row: Item, keys: tuple[str, ...]) -> dict[str, Any]:
    try:
        return asdict(state_of(row, keys))
    except (TypeError, ValueError, AttributeError) as why:
        raise Garbled(Item._meta.db_table, why) from why


def _replayed(state: ItemState) -> dict[str, Any]:
    """A row names posts alone: petitioners and parts of the program that open items are in the event."""
    return asdict(state if state.opened_by.startswith(POST) else replace(state, opened_by=""))


def _counted(row: Item, state: ItemState, calendar: Calendar) -> dict[str, Any]:
    """When it is due and its next step, as the calendar has it now; of a row counted by another one nothing is said:
    it waits to be counted anew (clocks.recomputing)."""
    try:
        counted = timed(playbooks().of(state.playbook, state.version), state, calendar)
    except (TypeError, ValueError, AttributeError, LookupError):
        return {}  # the facts are none: told of as they are compared
    return counted if row.calendar == counted["calendar"] else {}


def _numbered(row: Item) -> dict[str, Any]:
    series = row.series
    return {"series": f"{series.place.key} {series.list} {series.year}", "serial": row.serial}


def _opened(first: Mapping[str, Any]) -> dict[str, Any]:
    said = first["series"]
    return {"series": f"{said['place']} {said['list']} {said['year']}", "serial": said["serial"]}
