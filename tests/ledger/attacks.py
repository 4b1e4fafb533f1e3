"""Statements of SQL in, done to the database as somebody does them who owns it: no trigger, no foreign key, no luoshi.

What is forged is forged well: whoever can run these can compute hashes too.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from luoshi.ledger import triggers
from luoshi.ledger.chain import event_hash
from luoshi.ledger.chain.merkle import tree_hash
from luoshi.ledger.models import Event, Item, Leaf, Root, Series
from luoshi.ledger.proving.events import Kept, kept
from luoshi.ledger.proving.sealing import line_of, planted


@contextmanager
def attack() -> Iterator[None]:
    """The database's own defences are away inside, and back afterwards, so that nobody sees that they were away."""
    triggers.take_away(connection)
    if connection.vendor == "sqlite":
        run("PRAGMA recursive_triggers = OFF")
        run("PRAGMA ignore_check_constraints = ON")
    else:
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("SET session_replication_role = replica")
    try:
        yield
    finally:
        if connection.vendor == "sqlite":
            run("PRAGMA recursive_triggers = ON")
            run("PRAGMA ignore_check_constraints = OFF")
    if connection.vendor == "postgresql":
        run("SET session_replication_role = DEFAULT")
        run("SET CONSTRAINTS ALL DEFERRED")
    triggers.put(connection)


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is as if it had not been: rows that lead nowhere must not be there when a test ends."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def of(column: str, item: Any) -> Any:
    """A value as the database keeps it: SQLite's ids are text."""
    return str(item).replace("-", "") if connection.vendor == "sqlite" else item


def update(table: str, item: Any, sequence: int | None = None, /, **columns: Any) -> None:
    """Change columns of the row of an item, or of one of its events."""
    sets = ", ".join(f"{name} = %s" for name in columns)
    key = "id" if table == "ledger_item" else "item_id"
    where, values = f"{key} = %s", [*columns.values(), of("id", item)]
    if sequence is not None:
        where, values = f"{where} AND sequence = %s", [*values, sequence]
    run(f"UPDATE {table} SET {sets} WHERE {where}", *values)


def log(item: Any) -> list[Kept]:
    return list(kept(item))


def rewrite(item: Any, sequence: int, **changes: Any) -> None:
    """Change an event and compute its hash and all that follow anew, and the row's head."""
    previous = None
    for event in log(item):
        payload = json.loads(event.payload)
        if event.sequence == sequence:
            payload = changes.pop("payload", payload)
            event = event._replace(**changes)
        if previous is not None:
            event = event._replace(previous=previous)
        previous = event_hash(event.header(payload))
        columns = {name: getattr(event, name) for name in ("verb", "previous", "actor", "recorded_at", "occurred_at")}
        spelled = json.dumps(payload, ensure_ascii=False)
        update("ledger_event", item, event.sequence, **columns, payload=spelled, hash=previous)
    Item.unguarded.filter(pk=item).update(head=previous)


def reroot(number: int) -> None:
    """Make a root that fits its leaves as they are, and all that follow it."""
    for root in Root.objects.filter(number__gte=number).order_by("number"):
        leaves = list(planted(root.number))
        root.hash, root.size = tree_hash(hash for _, hash in leaves), len(leaves)
        root.items = Leaf.objects.filter(root=root).values("event__item").distinct().count()
        before = Root.objects.filter(number=root.number - 1).first()
        root.previous = before.seal if before else ""
        Root.objects.filter(pk=root.pk).update(
            hash=root.hash, size=root.size, items=root.items, previous=root.previous, seal=line_of(root).seal
        )


def forget(item: Any) -> None:
    """Delete an item with all its rows."""
    for table in ("leaf", "text", "notice"):
        run(
            f"DELETE FROM ledger_{table} WHERE event_id IN (SELECT id FROM ledger_event WHERE item_id = %s)",
            of("id", item),
        )
    for table in ("support", "evidence", "event"):
        run(f"DELETE FROM ledger_{table} WHERE item_id = %s", of("id", item))
    run("DELETE FROM ledger_item WHERE id = %s", of("id", item))


def recount(series: Series) -> None:
    """Make a series fit the items there still are."""
    last = Item.unguarded.filter(series=series).order_by("-serial").first()
    head = Event.unguarded.get(item=last, sequence=1).hash if last else ""
    Series.unguarded.filter(pk=series.pk).update(last=last.serial if last else 0, head=head)


def renumber(number: int) -> None:
    """Give the leaves of a root the indices 0, 1, 2 … again, after some went."""
    ids = list(Leaf.objects.filter(root=number).order_by("index").values_list("pk", flat=True))
    for index, pk in enumerate(ids):
        run('UPDATE ledger_leaf SET "index" = %s WHERE id = %s', index, pk)


def day_after(day: datetime.date, hours: float = 1) -> datetime.datetime:
    """A moment on the day after a day."""
    begins = datetime.datetime.combine(day + datetime.timedelta(1), datetime.time())
    return timezone.make_aware(begins) + datetime.timedelta(hours=hours)
