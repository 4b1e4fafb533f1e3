"""Django's `flush` with the triggers of the ledger lifted: for tests that commit, whose database is emptied after."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.flush import Command as Flush
from django.db import connections

from luoshi.ledger import triggers


class Command(Flush):
    def handle(self, **options: Any) -> None:
        with triggers.lifted(connections[options["database"]]):
            super().handle(**options)
