"""What a load did in, a note of it out when it changed something; how far it is told to whoever waits."""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.db import connection

from ..models import Loading
from .sync import Counts

# Given what is compared and how many rows of it were.
Told = Callable[[str, int], None]


def record(what: str, version: str, done: Counts) -> None:
    """Note a load that changed something; PostgreSQL looks at its tables anew, whose plans for empty ones are slow.

    At the tables of this room: ANALYZE alone takes those that all databases of a server share, and whoever does the
    same in another one waits until this transaction is over.
    """
    if done.written:
        if connection.vendor == "postgresql":
            tables = (model._meta.db_table for model in apps.get_app_config("places").get_models())
            with connection.cursor() as cursor:
                cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")
        counted = {name: getattr(done, name) for name in ("inserted", "updated", "removed", "unchanged")}
        Loading.objects.create(what=what, version=version, **counted)


def told_of(told: Told | None, what: str) -> Callable[[int], None] | None:
    """A teller for one kind of rows."""
    return (lambda number: told(what, number)) if told else None
