"""A query set and values in, its rows out; the SQL is made once, because making it costs more than running it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import connection
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
        with connection.cursor() as cursor:
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


def _adapted(value: Any) -> Any:
    """A value as the database's driver takes it."""
    if isinstance(value, uuid.UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return connection.ops.adapt_datefield_value(value) if isinstance(value, datetime.date) else value
