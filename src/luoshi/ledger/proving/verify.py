"""The whole ledger, or one item, and exported roots in, everything in it that does not hold together out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection

from luoshi.calendar import current

from .. import triggers
from ..models import Item
from . import events, files, numbers, relations, roots, texts
from . import rows as item_rows
from .nouns import Counts, Fault, Progress, Report, fault
from .roots import Exported
from .snapshot import snapshot
from .streams import Beside, Garbled

# Faults that a report holds; the others are counted.
KEPT = 1000


def verify(
    now: datetime,
    exported: Iterable[Exported] = (),
    item: Item | None = None,
    bytes_too: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Check that everything holds together: every event's hash and the one before it, every item's row against the
    replay of its events, words against their commitments, numbers without gaps, roots against their events and
    against exported lines, and that the database itself refuses changes.

    Of one `item`: its events, words, files and row. `bytes_too`: the bytes of files are read and compared as well.
    Reads all in one view of the database, in memory that does not grow.
    """
    counts = Counts(progress)
    found: list[Fault] = []
    more = 0
    for each in faults(now, counts, exported, item, bytes_too):
        if len(found) < KEPT:
            found.append(each)
        else:
            more += 1
    return Report(dict(counts.of), tuple(found), more)


def faults(
    now: datetime,
    counts: Counts,
    exported: Iterable[Exported] = (),
    item: Item | None = None,
    bytes_too: bool = False,
) -> Iterator[Fault]:
    """What does not hold, as it is found."""
    with snapshot(connection):
        yield from (fault("trigger", name=name) for name in triggers.missing(connection))
        yield from _readable(_items(now, counts, item.pk if item else None))
        yield from _readable(files.check(counts, item.pk if item else None, bytes_too))
        if item is None:
            yield from relations.check()
            yield from _readable(numbers.check(counts))
            yield from _readable(roots.check(counts))
            for each in exported:
                yield from _readable(roots.against(each))


def _readable(found: Iterator[Fault]) -> Iterator[Fault]:
    try:
        yield from found
    except Garbled as wrong:
        yield fault("unreadable", table=wrong.table, why=wrong.why)


def _items(now: datetime, counts: Counts, item: UUID | None) -> Iterator[Fault]:
    """Items, their events, their words and their supports, side by side in the order of items."""
    log: Beside[UUID] = Beside(events.kept(item))
    said: Beside[tuple[UUID, int]] = Beside(texts.words(item), width=2)
    supports: Beside[UUID] = Beside(item_rows.supports(item))
    calendar = current()
    for pk, row in item_rows.items(item):
        counts.add("items")
        yield from _homeless(log.before(pk))
        run = events.Log(row.number, now)
        for event in log.of(pk):
            counts.add("events")
            yield from _event(run, event, said, counts)
        for _ in supports.before(pk):
            pass  # told of by `relations`
        yield from item_rows.check(row, tuple(key for _, key in supports.of(pk)), run, calendar)
    yield from _homeless(log.rest())


def _event(run: events.Log, event: events.Kept, said: Beside[tuple[UUID, int]], counts: Counts) -> Iterator[Fault]:
    payload, wrong = run.take(event)
    yield from wrong
    place = (event.item, event.sequence)
    for _ in said.before(place):
        pass  # told of by `relations`
    kept = list(said.of(place))
    for _ in kept:
        counts.add("texts")
    yield from texts.check(run.called, event.sequence, payload, kept, event.algorithm)
    yield from files.brought(run.called, *place, payload)
    if event.verb == texts.ERASE:
        yield from texts.not_wiped(run.called, event.sequence, payload)
        yield from files.not_wiped(run.called, *place, payload)


def _homeless(found: Iterator[events.Kept]) -> Iterator[Fault]:
    for event in found:
        yield fault("no_item", event.item, event.sequence)
