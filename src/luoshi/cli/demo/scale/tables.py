"""Rows of a table in, written in one statement for all of them, values made as its columns hold them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection, models

Write = Callable[[Any], Any]


def insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows: columns by the names of attributes (`item_id`), the same in each row."""
    if not rows:
        return
    fields = {field.attname: field for field in model._meta.concrete_fields}
    names = tuple(rows[0])
    columns = ", ".join(connection.ops.quote_name(fields[name].column) for name in names)
    marks = ", ".join(["%s"] * len(names))
    written = [(name, _writing(fields[name])) for name in names]
    values = [[write(row[name]) if row[name] is not None else None for name, write in written] for row in rows]
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(model._meta.db_table)
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


def _writing(field: Any) -> Write:
    """How a column holds a value. What SQLite holds of the commonest kinds is made here: asking Django for each of a
    million values takes longer than writing them."""
    if connection.vendor == "sqlite":
        if isinstance(getattr(field, "target_field", field), models.UUIDField):
            return lambda value: value.hex
        if isinstance(field, models.DateTimeField):
            return _moment
        if isinstance(field, models.JSONField):
            return json.JSONEncoder(ensure_ascii=False).encode
    if isinstance(field, models.CharField | models.IntegerField):
        return lambda value: value
    return lambda value: field.get_db_prep_save(value, connection)


def _moment(value: datetime.datetime) -> str:
    return str(value.astimezone(datetime.UTC).replace(tzinfo=None))
