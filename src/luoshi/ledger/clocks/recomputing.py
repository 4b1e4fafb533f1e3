"""A calendar that changed in; when open items are due counted anew, what is another time now out.

Done by pages in the order of keys, each page in a transaction of its own: an item that was counted by this version
of the calendar is passed over, so that what was stopped goes on where it stopped, and done twice does nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from luoshi.calendar import Calendar
from luoshi.people.prepared import change

from ..machine import Tape, tapes
from ..machine.tapes import BrokenTapes
from ..models import Item
from ..playbook import Playbooks, UnknownPlaybook
from .timing import timing

# Items that are locked at once: some tenths of a second, which somebody who acts on one of them does not notice.
PAGE = 500


class Changed(NamedTuple):
    """An item that is due at another time than before, by whichever clock."""

    item: UUID
    number: str
    clock: str | None
    before: datetime | None
    after: datetime | None


class Uncounted(NamedTuple):
    """An item that could not be counted, and why: it stays as it was, and is tried again the next time."""

    item: UUID
    number: str
    why: str


class _Columns(NamedTuple):
    """As much of an item as its clocks ask, with the columns they fill."""

    pk: UUID
    number: str
    playbook: str
    version: int
    state: str
    kind: str
    due: date | None
    facts: Any
    tapes: Any
    due_at: datetime | None
    due_clock: str | None
    next_step_at: datetime | None
    calendar: str | None


class _Row(_Columns):
    """An item that is to be counted (nouns.Standing)."""

    @cached_property
    def clocks(self) -> Mapping[str, Tape]:
        """Its tapes. Raises BrokenTapes."""
        return tapes.from_json(self.tapes)


COLUMNS = tuple("clocks" if name == "tapes" else name for name in _Row._fields)


def recompute(calendar: Calendar, playbooks: Playbooks, *, page: int = PAGE) -> Iterator[Changed | Uncounted]:
    """Count every open item anew that was not counted by this version of the calendar; those due at another time, as
    they are found, and those that could not be counted. What is not asked for any more is not done: go through all of
    it.

    An item that was never counted, as after an update, is counted and not told of.
    """
    after: UUID | None = None
    while True:
        with transaction.atomic():
            rows = _page(calendar.version, after, page)
            told = [each for row in rows for each in _counted(row, calendar, playbooks)]
        yield from told
        if len(rows) < page:
            return
        after = rows[-1].pk


def _page(version: str, after: UUID | None, page: int) -> list[_Row]:
    """The next items, locked."""
    stale = Item.unguarded.filter(ended_on__isnull=True).exclude(calendar=version, calendar__isnull=False)
    stale = stale.filter(pk__gt=after) if after else stale
    if connection.features.has_select_for_update:
        stale = stale.select_for_update(no_key=True)
    return [_Row(*row) for row in stale.order_by("pk").values_list(*COLUMNS)[:page]]


def _counted(row: _Row, calendar: Calendar, playbooks: Playbooks) -> Iterator[Changed | Uncounted]:
    """One item; what somebody wrote into its row behind the door's back keeps no other from being counted."""
    try:
        playbook, _ = playbooks.of(row.playbook, row.version), row.clocks
    except (UnknownPlaybook, BrokenTapes) as wrong:
        yield Uncounted(row.pk, row.number, str(wrong))
        return
    now = timing(playbook, row, calendar)
    columns = {name: value for name, value in now._asdict().items() if value != getattr(row, name)}
    change(Item, row.pk, columns)
    if row.calendar is not None and now.due_at != row.due_at:
        yield Changed(row.pk, row.number, now.due_clock, row.due_at, now.due_at)
