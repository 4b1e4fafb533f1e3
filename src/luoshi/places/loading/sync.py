"""Rows as they should be and a table in, the table brought to them out, with counts: nothing is written that is there.

A field that a person corrected stays as it is; of a row that a person made or imported only what `follows` is renewed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection, models

from ..models import Origin
from ..models.history import Recorded, keep_first, renew

# Rows held and written at once: enough that round trips do not count, little beside the memory of the whole.
BATCH = 2_000


class Counts(NamedTuple):
    """What a load did to one table, in rows; `kept`: differing fields left as a person corrected them."""

    inserted: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    kept: int = 0

    def __add__(self, other: Counts) -> Counts:  # type: ignore[override]
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def written(self) -> int:
        """Rows written or taken away."""
        return self.inserted + self.updated + self.removed


class Kept(NamedTuple):
    """How one table is compared: by which fields a row is known, and which are brought to what they should be."""

    model: type[models.Model]
    known_by: tuple[str, ...]
    renewed: tuple[str, ...]
    # Whether rows of an earlier load that are no longer wanted are taken away.
    removes: bool = True
    # What follows from other rows, and so is renewed in a row that a person made or imported too.
    follows: frozenset[str] = frozenset()


def sync(kept: Kept, wanted: Iterable[Sequence[Any]], reason: str, told: Callable[[int], None] | None = None) -> Counts:
    """Bring the table to `wanted`: a sequence of `known_by` and `renewed` values a row, in that order.

    Call it in a transaction. Rows are compared `BATCH` by `BATCH`, and `told` how many were, so that the memory does
    not grow with the table.
    """
    done, seen, compared = Counts(), set[tuple[Any, ...]](), 0
    rows = iter(wanted)
    while batch := list(islice(rows, BATCH)):
        done += _compare(kept, batch, reason, seen)
        compared += len(batch)
        if told:
            told(compared)
    return done + (_remove(kept, seen, reason) if kept.removes else Counts())


def _compare(kept: Kept, batch: list[Sequence[Any]], reason: str, seen: set[tuple[Any, ...]]) -> Counts:
    """Bring one batch to what is wanted; where rows are taken away, those met are put into `seen`."""
    width = len(kept.known_by)
    there = _there(kept, {row[0] for row in batch})
    done, new, changed = Counts(), [], []
    for row in batch:
        before = there.get(tuple(row[:width]))
        if before is None:
            new.append(row)
            continue
        fresh, held = _differing(kept, before, row)
        done += Counts(updated=bool(fresh), unchanged=not fresh, kept=held)
        if fresh:
            changed.append((before.pk, fresh))
    if kept.removes:
        seen.update(tuple(row[:width]) for row in batch)
    _insert(kept, new)
    _update(kept, dict(changed), reason)
    return done + Counts(inserted=len(new))


class _Row(NamedTuple):
    pk: int
    origin: str
    corrected: list[str]
    values: tuple[Any, ...]


def _sourced(model: type[models.Model]) -> bool:
    return any(field.name == "corrected" for field in model._meta.get_fields())


def _there(kept: Kept, firsts: set[Any]) -> dict[tuple[Any, ...], _Row]:
    """The rows of the table whose first `known_by` is among `firsts`, by what they are known by."""
    extra = ("origin", "corrected") if _sourced(kept.model) else ()
    width = len(kept.known_by)
    columns = ("pk", *kept.known_by, *kept.renewed, *extra)
    near = kept.model._default_manager.filter(**{f"{kept.known_by[0]}__in": firsts}).order_by()
    found = {}
    for pk, *values in near.values_list(*columns):
        origin, corrected = values[-2:] if extra else (Origin.LOADED, [])
        found[tuple(values[:width])] = _Row(pk, origin, corrected, tuple(values[width : width + len(kept.renewed)]))
    return found


def _differing(kept: Kept, before: _Row, row: Sequence[Any]) -> tuple[dict[str, Any], int]:
    """The fields to write, and how many differ but stay as a person left them."""
    wanted = row[len(kept.known_by) : len(kept.known_by) + len(kept.renewed)]
    if before.values == tuple(wanted):
        return {}, 0
    pairs = zip(kept.renewed, before.values, wanted, strict=True)
    renewed = kept.renewed if before.origin == Origin.LOADED else kept.follows
    fresh = {name: value for name, old, value in pairs if old != value and name in renewed}
    held = [name for name in fresh if name in before.corrected]
    return {name: value for name, value in fresh.items() if name not in held}, len(held)


def _insert(kept: Kept, rows: list[Sequence[Any]]) -> None:
    """Write new rows through the cursor, the way each database is quickest at (`bulk_create` takes four times as long).

    What a model does when it is saved (history, signals) is not wanted at a first load.
    """
    if not rows:
        return
    fields = [field for field in kept.model._meta.concrete_fields if not field.primary_key]
    names = (*kept.known_by, *kept.renewed)
    written = [_Written(field, names) for field in fields]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    table, values = quote(kept.model._meta.db_table), ([each.of(row) for each in written] for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for each in values:
                    copy.write_row(each)
        else:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", list(values))


class _Written:
    """How one column of a new row is written: from its place in the row, or the same in every row."""

    def __init__(self, field: Any, names: Sequence[str]) -> None:
        self.field = field
        self.at = names.index(field.attname) if field.attname in names else None
        self.always = self._prepared(Origin.LOADED if field.name == "origin" else field.get_default())

    def of(self, row: Sequence[Any]) -> Any:
        """The value of the column, as the database takes it."""
        return self.always if self.at is None else self._prepared(row[self.at])

    def _prepared(self, value: Any) -> Any:
        plain = value is None or isinstance(value, str | int)
        return value if plain else self.field.get_db_prep_save(value, connection)


def _update(kept: Kept, changed: dict[int, dict[str, Any]], reason: str) -> None:
    rows = list(kept.model._default_manager.filter(pk__in=changed))
    for row in rows:
        for name, value in changed[row.pk].items():
            setattr(row, name, value)
    fields = sorted({name.removesuffix("_id") for fresh in changed.values() for name in fresh})
    if rows and issubclass(kept.model, Recorded):
        renew(kept.model, rows, fields, reason, BATCH)
    elif rows:
        kept.model._default_manager.bulk_update(rows, fields, batch_size=BATCH)


def _remove(kept: Kept, seen: set[tuple[Any, ...]], reason: str) -> Counts:
    """Take away what an earlier load brought and this one does not, unless a person corrected something in it."""
    rows = kept.model._default_manager.filter(origin=Origin.LOADED, corrected=[]).values_list("pk", *kept.known_by)
    gone = [pk for pk, *known in rows.iterator(BATCH) if tuple(known) not in seen]
    for start in range(0, len(gone), BATCH):
        part = gone[start : start + BATCH]
        if issubclass(kept.model, Recorded):
            keep_first(kept.model, part)
        kept.model._default_manager.filter(pk__in=part).delete()
    return Counts(removed=len(gone))
