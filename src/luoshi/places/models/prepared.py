"""A query, insert or update that is made over and over in; its SQL built once, run with other values, out.

Building SQL is nine tenths of what a small query costs (bench/ledger.py). What is asked stays a query set, so that both
databases, guards and types of columns are Django's business as everywhere.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

Rows = list[tuple[Any, ...]]
# What stands for a value while the SQL is built, by its type: so odd that no rule of ours writes it.
STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda n: 9_007_199_254_740_000 + n,
    str: lambda n: f"\x01{n}",
    UUID: lambda n: UUID(int=(0xFEED << 64) + n),
    datetime.date: lambda n: datetime.date(1, 1, 1) + datetime.timedelta(n),
}


class Built(NamedTuple):
    """SQL, which argument goes where in it (or what always stands there), and how values come out of its columns."""

    sql: str
    places: tuple[tuple[str | None, Any], ...]
    compiler: Any
    converters: dict[int, Any]


class Prepared:
    """A query set of tuples (`values_list`), made by a function of named arguments: `Prepared(make, user=int)`.

    Every argument must be one value, of the type named, that goes into the query as it is.
    """

    def __init__(self, make: Callable[..., models.QuerySet[Any, Any]], **types: type) -> None:
        self._make, self._types = make, types

    def rows(self, **values: Any) -> Rows:
        """The rows of the query set that `make` would make of these values."""
        # Kept with the connection of this thread, which the SQL was built for, and gone with it.
        alive = connections[DEFAULT_DB_ALIAS]
        kept: dict[Prepared, Built] = vars(alive).setdefault("luoshi_prepared", {})
        built = kept.get(self) or kept.setdefault(self, self._build())
        given = {name: _column_value(value) for name, value in values.items()}
        with _cursor(alive) as cursor:
            cursor.execute(built.sql, [given[name] if name else value for name, value in built.places])
            found = cursor.fetchall()
        if not built.converters:
            return list(found)
        return [tuple(row) for row in built.compiler.apply_converters(found, built.converters)]

    def _build(self) -> Built:
        stand_ins = {name: STAND_INS[kind](n) for n, (name, kind) in enumerate(self._types.items(), start=1)}
        compiler = self._make(**stand_ins).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        names = {_column_value(value): name for name, value in stand_ins.items()}
        places = tuple((names.get(value) if value.__hash__ else None, value) for value in params)
        if {name for name, _ in places if name} != set(stand_ins):
            raise TypeError(f"an argument is not in the query as it was given: {sql}")
        return Built(sql, places, compiler, compiler.get_converters([c[0] for c in compiler.select]))


def add(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model, one statement each; keys that the database gives are not read back."""
    if not rows:
        return
    alive, (sql, fields) = connections[DEFAULT_DB_ALIAS], _insert(type(rows[0]))
    with _cursor(alive) as cursor:
        for row in rows:
            cursor.execute(sql, [field.get_db_prep_save(getattr(row, field.attname), alive) for field in fields])


@cache
def _insert(model: type[models.Model]) -> tuple[str, list[Any]]:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    names = ", ".join(f'"{field.column}"' for field in fields)
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({", ".join(["%s"] * len(fields))})', fields


def change(model: type[models.Model], key: Any, columns: Mapping[str, Any]) -> None:
    """Set columns (by the names of attributes: `lead_id`) of the row with this key."""
    alive, (sql, fields) = connections[DEFAULT_DB_ALIAS], _update(model, tuple(columns))
    given = zip(fields, (*columns.values(), key), strict=True)
    with _cursor(alive) as cursor:
        cursor.execute(sql, [field.get_db_prep_save(value, alive) for field, value in given])


@cache
def _update(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields, key = [by_name[name] for name in names], model._meta.pk
    setting = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {setting} WHERE "{key.column}" = %s', [*fields, key]


def _cursor(alive: BaseDatabaseWrapper) -> CursorWrapper:
    """A cursor that lets PostgreSQL keep the plan of a statement it ran some times (psycopg's `prepare_threshold`, as
    config.database sets it): Django's own writes the values into the SQL, which is planned anew each time."""
    if alive.vendor != "postgresql" or alive.queries_logged:
        return alive.cursor()
    from psycopg import Cursor

    alive.ensure_connection()
    made: Any = Cursor(alive.connection)
    return alive.make_cursor(made)


def _column_value(value: Any) -> Any:
    """A value as this database takes it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime.date):
        return connection.ops.adapt_datefield_value(value)
    return value
