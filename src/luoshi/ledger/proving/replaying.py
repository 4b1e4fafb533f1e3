"""Items in, those whose row is not what their events make of it out; such a row made anew from its events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from luoshi.calendar import current
from luoshi.places.models import Line, Place

from .. import searching
from ..actions.books import playbooks
from ..actions.rows import first_columns, support, unit_ids
from ..actions.timed import timed
from ..machine import ItemState
from ..models import Item, Series, Support
from . import rows as item_rows
from .events import Log, kept
from .nouns import Counts, Fault, fault
from .snapshot import snapshot
from .streams import Beside


class NoRow(Exception):
    """A row that cannot be made from events: they do not hold together, or name what is not there."""


def differing(now: datetime, counts: Counts) -> Iterator[tuple[UUID, list[Fault]]]:
    """Items whose row is another than their events make, or is not there, with what is otherwise. Raises Garbled."""
    with snapshot(connection):
        log: Beside[UUID] = Beside(kept())
        supports: Beside[UUID] = Beside(item_rows.supports())
        calendar = current()
        for pk, row in item_rows.items():
            counts.add("items")
            yield from _without_row(log.before(pk))
            run = Log(row.number, now)
            for event in log.of(pk):
                run.take(event)
            list(supports.before(pk))
            if found := item_rows.check(row, tuple(key for _, key in supports.of(pk)), run, calendar):
                yield pk, found
        yield from _without_row(log.rest())


def _without_row(found: Iterator[Any]) -> Iterator[tuple[UUID, list[Fault]]]:
    last = None
    for event in found:
        if event.item != last:
            yield event.item, [fault("no_item", event.item, event.sequence)]
        last = event.item


def rebuild(item: UUID, now: datetime) -> None:
    """Make the row of an item, and of its supports, what its events make of it.

    Raises:
        NoRow: its events do not hold together, or a place, unit or post that they name is not there.
    """
    with transaction.atomic():
        list(Item.unguarded.select_for_update().filter(pk=item).values_list("pk"))
        log = Log(item, now)
        wrong = [each for event in kept(item) for each in log.take(event)[1]]
        if wrong or log.state is None or log.last is None:
            raise NoRow(str(wrong[0]) if wrong else f"{item}: it has no events")
        try:
            write(item, log.state, log.first, log.last.hash)
        except (KeyError, Place.DoesNotExist, Line.DoesNotExist, Series.DoesNotExist) as lost:
            raise NoRow(f"{log.state.number}: its events name what is not there: {lost}") from None


def write(item: UUID, state: ItemState, first: Any, head: str) -> None:
    """Write the row of an item, new or not, with its supports; `first` is the payload of its opening.

    Raises:
        KeyError: a unit is not there; DoesNotExist: the place, line or series.
    """
    units = unit_ids({key for key in (state.lead, *state.supports) if key})
    said = first["series"]
    columns = {
        **first_columns(state, units),
        **timed(playbooks().of(state.playbook, state.version), state, current()),
        "place": Place.objects.get(key=state.place),
        "line": Line.objects.get(key=state.line) if state.line else None,
        "series": Series.unguarded.get(place__key=said["place"], list=said["list"], year=said["year"]),
        "serial": said["serial"],
        "head": head,
    }
    row, _ = Item.unguarded.update_or_create(pk=item, defaults=columns)
    Support.unguarded.filter(item=row).delete()
    support(row.pk, state.supports, units)
    searching.reindex([row.pk])
