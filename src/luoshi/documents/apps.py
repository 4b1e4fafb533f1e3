"""Documents as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Tables of reports and what was read in them."""

    name = "luoshi.documents"
    label = "documents"
    verbose_name = _("文稿")

    def ready(self) -> None:
        """SQLite makes a table anew to change it, and what keeps its index is gone: so it is put back."""
        post_migrate.connect(_index, sender=self)


def _index(using: str, **_: Any) -> None:
    from . import grams

    connection, table = connections[using], "documents_action"
    if grams.there(connection, table) and not grams.whole(connection, table):
        grams.put(connection, table)
