"""A day that is over in, the root of all events up to its end written, its line out; a day is sealed once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from ..chain.merkle import tree_hash
from ..chain.sealing import RootLine, root_line
from ..models import Event, Leaf, Root
from .streams import rows

# After a day is over: what was begun in its last moments is written by then, or was given up; writers wait for 20
# seconds at most (config.database).
MARGIN = timedelta(minutes=10)
# Leaves written at once.
MANY = 1000


class NotOver(Exception):
    """A day that is not over yet was to be sealed."""


def seal(day: date, now: datetime) -> Root | None:
    """Seal all events recorded up to the end of `day` that no root holds, be it none; None where that was done.

    Raises:
        NotOver: the day, or the ten minutes after it, are not over.
    """
    if now < end_of(day) + MARGIN:
        raise NotOver(f"{day} can be sealed from {timezone.localtime(end_of(day) + MARGIN):%Y-%m-%d %H:%M} on")
    with transaction.atomic():
        _stop_writers()
        last = Root.objects.order_by("-number").first()
        if last is not None and last.day >= day:
            return None
        number, previous = (last.number + 1, last.seal) if last else (1, "")
        hash, size = _plant(number, day)
        items = Leaf.objects.filter(root=number).values("event__item").distinct().count()
        line = root_line(number, day, now, size, items, hash, previous)
        return Root.objects.create(**{**line._asdict(), "day": day, "sealed_at": now}, seal=line.seal)


def line_of(root: Root) -> RootLine:
    """The line of a root as it is exported."""
    made = root_line(root.number, root.day, root.sealed_at, root.size, root.items, root.hash, root.previous)
    return made._replace(algorithm=root.algorithm)


def end_of(day: date) -> datetime:
    """The moment at which a day is over where the offices are (settings.TIME_ZONE)."""
    return timezone.make_aware(datetime.combine(day + timedelta(1), time()), timezone.get_default_timezone())


def _stop_writers() -> None:
    """Wait for those who write events, and let others wait; SQLite's transactions do so by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE ledger_event, ledger_root IN SHARE ROW EXCLUSIVE MODE")


def _plant(number: int, day: date) -> tuple[str, int]:
    """Write the leaves of a root; its hash and size. The row of the root comes after, because it is never changed."""
    found = Event.unguarded.filter(leaf=None, recorded_at__lt=end_of(day)).order_by("recorded_at", "pk")
    # Read before anything is written: what is written must not come up in what is read.
    leaves = list(rows(found, {"pk": UUID, "hash": str}))
    numbered = enumerate(leaves)
    while some := list(islice(numbered, MANY)):
        Leaf.objects.bulk_create(Leaf(root_id=number, index=index, event_id=pk) for index, (pk, _) in some)
    return tree_hash(hash for _, hash in leaves), len(leaves)


def planted(number: int) -> Iterator[tuple[UUID, str]]:
    """The events of a root and their hashes, in the order of its leaves. Raises Garbled."""
    return rows(Leaf.objects.filter(root=number).order_by("index"), {"event": UUID, "event__hash": str})
