"""A query set and values in, its rows out, or rows in, written; the SQL is made once: making it costs most of it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

# Stand for the values while the SQL is made; nothing else in a query is any of these.
SENTINELS: dict[type, Any] = {
    int: 1_999_999_973,
    datetime.date: datetime.date(1, 2, 3),
    uuid.UUID: uuid.UUID(int=1_999_999_973),
}
TEXT = (models.CharField, models.TextField)


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
        alive = connections[DEFAULT_DB_ALIAS]
        made = self._made.get(alive.vendor) or self._make(alive)
        adapted, params = [_adapted(value, alive) for value in values], list(made.params)
        for at, number in made.slots:
            params[at] = adapted[number]
        with _cursor(alive) as cursor:
            cursor.execute(made.sql, params)
            rows = cursor.fetchall()
        return list(made.compiler.apply_converters(rows, made.converters)) if made.converters else rows

    def _make(self, alive: BaseDatabaseWrapper) -> Made:
        sentinels = [SENTINELS[kind] for kind in self.kinds]
        compiler = self.build(*sentinels).query.get_compiler(connection=alive)
        sql, params = compiler.as_sql()
        adapted = [_adapted(sentinel, alive) for sentinel in sentinels]
        slots = tuple((at, adapted.index(param)) for at, param in enumerate(params) if param in adapted)
        if {number for _, number in slots} != set(range(len(adapted))):
            raise ValueError(f"a value does not go into the query: {sql}")
        fields = [column[0] for column in compiler.select[: compiler.col_count]]
        made = Made(sql, tuple(params), slots, compiler, compiler.get_converters(fields))
        self._made[alive.vendor] = made
        return made


def add(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, one statement each: columns by the names of attributes (`item_id`), the same in each row. Those not
    named are empty, or given by the database, and not read back."""
    if not rows:
        return
    names = tuple(rows[0])
    alive, (sql, fields) = connections[DEFAULT_DB_ALIAS], _insert(model, names)
    with _cursor(alive) as cursor:
        for row in rows:
            cursor.execute(sql, _saved(fields, [row[name] for name in names], alive))


@cache
def _insert(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    fields = _fields(model, names)
    listed = ", ".join(f'"{field.column}"' for field in fields)
    return f'INSERT INTO "{model._meta.db_table}" ({listed}) VALUES ({", ".join(["%s"] * len(fields))})', fields


def change(model: type[models.Model], key: Any, columns: Mapping[str, Any]) -> None:
    """Set columns (by the names of attributes: `lead_id`) of the row with this key."""
    alive, (sql, fields) = connections[DEFAULT_DB_ALIAS], _update(model, tuple(columns))
    with _cursor(alive) as cursor:
        cursor.execute(sql, _saved(fields, (*columns.values(), key), alive))


@cache
def _update(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    fields, key = _fields(model, names), model._meta.pk
    setting = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {setting} WHERE "{key.column}" = %s', [*fields, key]


def _fields(model: type[models.Model], names: Sequence[str]) -> list[Any]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return [by_name[name] for name in names]


def _saved(fields: Sequence[Any], values: Sequence[Any], alive: BaseDatabaseWrapper) -> list[Any]:
    """Values as columns hold them. Text and nothing are as they are, and most values are one of these."""
    return [
        value
        if value is None or (type(value) is str and isinstance(field, TEXT))
        else field.get_db_prep_save(value, alive)
        for field, value in zip(fields, values, strict=True)
    ]


class Marked(SQLiteCursorWrapper):
    """SQLite's cursor, with the marks of parameters (`?` for `%s`) written into a statement once: Django's own does so
    each time, which takes longer than running it."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        """The statement as SQLite takes it; parameters are given in their order, never by name."""
        return _marked(query)


@cache
def _marked(query: str) -> str:
    django: Any = SQLiteCursorWrapper
    return str(django.convert_query(None, query))


def _cursor(alive: BaseDatabaseWrapper) -> CursorWrapper:
    """A cursor that keeps what was made of a statement. On PostgreSQL that is its plan, of what was run some times
    (psycopg's `prepare_threshold`, as config.database sets it): Django's own writes the values into the SQL."""
    if alive.force_debug_cursor:
        return alive.cursor()
    alive.ensure_connection()
    if alive.vendor == "postgresql":
        from psycopg import Cursor

        made: Any = Cursor(alive.connection)
    else:
        made = alive.connection.cursor(Marked)
    return alive.make_cursor(made)


def _adapted(value: Any, alive: BaseDatabaseWrapper) -> Any:
    """A value as the database's driver takes it."""
    if isinstance(value, uuid.UUID):
        return value if alive.features.has_native_uuid_field else value.hex
    return alive.ops.adapt_datefield_value(value) if isinstance(value, datetime.date) else value
