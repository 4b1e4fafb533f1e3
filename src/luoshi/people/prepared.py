"""A query set and values in, its rows out, or rows in, written; the SQL is made once: making it costs most of it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

# Stand for the values while the SQL is made; nothing else in a query is any of these.
SENTINELS: dict[type, Any] = {
    int: 1_999_999_973,
    datetime.date: datetime.date(1, 2, 3),
    uuid.UUID: uuid.UUID(int=1_999_999_973),
}


class Made(NamedTuple):
    """SQL as a database wants it, its parameters, at which of them which value goes, how columns are read."""

    sql: str
    params: tuple[Any, ...]
    slots: tuple[tuple[int, int], ...]
    compiler: Any
    converters: Any


class Prepared:
    """A query set of plain columns (`values_list`), made by a function of one value of each kind of `kinds`."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *kinds: type) -> None:
        self.build, self.kinds = build, kinds
        self._made: dict[str, Made] = {}

    def rows(self, *values: Any) -> list[Any]:
        """The rows for the values, in the order of `kinds`, as the query set would give them."""
        made = self._made.get(connection.vendor) or self._make()
        params = list(made.params)
        for at, number in made.slots:
            params[at] = _adapted(values[number])
        with _cursor(connections[DEFAULT_DB_ALIAS]) as cursor:
            cursor.execute(made.sql, params)
            rows = cursor.fetchall()
        return list(made.compiler.apply_converters(rows, made.converters)) if made.converters else rows

    def _make(self) -> Made:
        sentinels = [SENTINELS[kind] for kind in self.kinds]
        compiler = self.build(*sentinels).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        adapted = [_adapted(sentinel) for sentinel in sentinels]
        slots = tuple((at, adapted.index(param)) for at, param in enumerate(params) if param in adapted)
        if {number for _, number in slots} != set(range(len(adapted))):
            raise ValueError(f"a value does not go into the query: {sql}")
        fields = [column[0] for column in compiler.select[: compiler.col_count]]
        made = Made(sql, tuple(params), slots, compiler, compiler.get_converters(fields))
        self._made[connection.vendor] = made
        return made


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


def _adapted(value: Any) -> Any:
    """A value as the database's driver takes it."""
    if isinstance(value, uuid.UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return connection.ops.adapt_datefield_value(value) if isinstance(value, datetime.date) else value
