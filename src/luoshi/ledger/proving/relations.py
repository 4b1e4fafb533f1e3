"""The tables of the ledger in, rows that name a row which is not there out: SQLite looks only where it is told to."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models

from ..models import SearchText
from .nouns import Fault, fault


def check() -> Iterator[Fault]:
    """One fault for each column by which rows lead nowhere; what searches are made of is derived, and not asked."""
    for model in apps.get_app_config("ledger").get_models():
        if model is SearchText:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and (count := _lost(field)):
                table, column = model._meta.db_table, field.column
                yield fault("leads_nowhere", table=table, column=column, count=count)


def _lost(field: models.ForeignKey[models.Model, models.Model]) -> int:
    """How many rows name by `field` a row that is not there."""
    quote = connection.ops.quote_name
    to = field.target_field
    table, column = quote(field.model._meta.db_table), quote(field.column)
    other, key = quote(to.model._meta.db_table), quote(to.column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {table} r WHERE r.{column} IS NOT NULL"
            f" AND NOT EXISTS (SELECT 1 FROM {other} o WHERE o.{key} = r.{column})"
        )
        return int(cursor.fetchone()[0])
