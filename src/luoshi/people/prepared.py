"""A query set and values in, its rows out, or rows in, written; the SQL is made once: making it costs most of it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.db.models import QuerySet

# Stand for the values while the SQL is made; nothing else in a query is any of these.
SENTINELS: dict[type, Any] = {
    int: 1_999_999_973,
    datetime.date: datetime.date(1, 2, 3),
    datetime.datetime: datetime.datetime(1, 2, 3, 4, 5, 6, tzinfo=datetime.UTC),
    uuid.UUID: uuid.UUID(int=1_999_999_973),
}
# Fields that hold a value of the type as it is.
PLAIN = {str: (models.CharField, models.TextField), int: (models.IntegerField, models.ForeignKey)}


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
        rows = _run(alive, made.sql, params).fetchall()
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


@contextmanager
def at_once() -> Iterator[None]:
    """Statements within are sent without waiting for the answer to each; what was wrong with one is raised at the end
    at the latest. SQLite answers at once."""
    alive = connections[DEFAULT_DB_ALIAS]
    if alive.vendor != "postgresql":
        yield
        return
    alive.ensure_connection()
    made: Any = alive.connection
    with alive.wrap_database_errors, made.pipeline():
        yield


def add(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, one statement each: columns by the names of attributes (`item_id`), the same in each row. Those not
    named are empty, or given by the database, and not read back."""
    if not rows:
        return
    names = tuple(rows[0])
    alive, (sql, fields) = connections[DEFAULT_DB_ALIAS], _insert(model, names)
    for row in rows:
        _run(alive, sql, _saved(fields, [row[name] for name in names], alive))


@cache
def _insert(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    fields = _fields(model, names)
    listed = ", ".join(f'"{field.column}"' for field in fields)
    return f'INSERT INTO "{model._meta.db_table}" ({listed}) VALUES ({", ".join(["%s"] * len(fields))})', fields


def change(model: type[models.Model], key: Any, columns: Mapping[str, Any]) -> None:
    """Set columns (by the names of attributes: `lead_id`) of the row with this key."""
    alive, (sql, fields) = connections[DEFAULT_DB_ALIAS], _update(model, tuple(columns))
    _run(alive, sql, _saved(fields, (*columns.values(), key), alive))


@cache
def _update(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    fields, key = _fields(model, names), model._meta.pk
    setting = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {setting} WHERE "{key.column}" = %s', [*fields, key]


def _fields(model: type[models.Model], names: Sequence[str]) -> list[Any]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return [by_name[name] for name in names]


def _saved(fields: Sequence[Any], values: Sequence[Any], alive: BaseDatabaseWrapper) -> list[Any]:
    """Values as columns hold them. Text, numbers and nothing are as they are, and most values are one of these."""
    return [
        value
        if value is None or isinstance(field, PLAIN.get(type(value), ()))
        else field.get_db_prep_save(value, alive)
        for field, value in zip(fields, values, strict=True)
    ]


def _run(alive: BaseDatabaseWrapper, sql: str, params: Sequence[Any]) -> Any:
    """Run a statement; its cursor. What is made of a statement is kept: on PostgreSQL its plan, of what was run some
    times (psycopg's `prepare_threshold`, as config.database sets it; Django's own cursor writes the values into the
    SQL), on SQLite its marks of parameters, which Django's own writes anew each time, longer than running it takes.

    Whoever listens to what is asked (`connection.execute_wrapper`, `CaptureQueriesContext`) hears of it by Django's.
    """
    if alive.force_debug_cursor or alive.execute_wrappers:
        cursor: Any = alive.cursor()
        cursor.execute(sql, params)
        return cursor
    alive.ensure_connection()
    alive.validate_no_broken_transaction()
    with alive.wrap_database_errors:
        if alive.vendor == "postgresql":
            from psycopg import Cursor

            return Cursor(alive.connection).execute(sql, params)
        return alive.connection.execute(_marked(sql), params)


@cache
def _marked(query: str) -> str:
    django: Any = SQLiteCursorWrapper
    return str(django.convert_query(None, query))


def _adapted(value: Any, alive: BaseDatabaseWrapper) -> Any:
    """A value as the database's driver takes it."""
    if isinstance(value, uuid.UUID):
        return value if alive.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime.datetime):
        return alive.ops.adapt_datetimefield_value(value)
    return alive.ops.adapt_datefield_value(value) if isinstance(value, datetime.date) else value
