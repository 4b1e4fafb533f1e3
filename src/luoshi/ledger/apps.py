"""The ledger as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Tables of the ledger, and the triggers that guard them."""

    name = "luoshi.ledger"
    label = "ledger"
    verbose_name = _("台账")

    def ready(self) -> None:
        """SQLite makes a table anew to change it, and its triggers are gone: so they are put back."""
        post_migrate.connect(_guard, sender=self)
        post_migrate.connect(_index, sender=self)


def _guard(using: str, **_: Any) -> None:
    from . import triggers

    connection = connections[using]
    there = set(connection.introspection.table_names())
    if there.issuperset(triggers.TABLES) and triggers.missing(connection):
        triggers.put(connection)


def _index(using: str, **_: Any) -> None:
    """The index that items are searched by, and in it the items of a backup that was made before there was one."""
    from luoshi.documents import grams

    connection, table = connections[using], "ledger_searchtext"
    if not grams.there(connection, table):
        return
    if not grams.whole(connection, table):
        grams.put(connection, table)
    from . import searching

    searching.index_missing()
