"""The environment in, luoshi's database opened for a command out, or one line that says what stands in the way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from .printing import tell

FAILED = 2


@contextmanager
def office(ready: bool = True) -> Iterator[None]:
    """Django set up, and (`ready`) the database of this version; faults of either end the command with a line each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    try:
        django.setup()
        if ready:
            _expect_tables()
        yield
    except ImproperlyConfigured as wrong:
        stop(str(wrong))
    except DatabaseError as wrong:
        stop(f"the database does not answer as it should: {str(wrong).splitlines()[0]}")
    except UnicodeEncodeError:
        stop("what was typed, or what is printed, cannot be written in the encoding of this terminal; UTF-8 can")


@contextmanager
def ledger() -> Iterator[None]:
    """`office()`, with playbooks that can be used; others end the command with a line."""
    with office():
        from luoshi.ledger.actions.books import playbooks
        from luoshi.ledger.playbook import BrokenPlaybooks

        try:
            playbooks()
            yield
        except BrokenPlaybooks as wrong:
            stop(str(wrong))


def _expect_tables() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        stop("there is no database of this version yet; `luoshi load` makes it, or brings the one there is to it")


def stop(*lines: str) -> NoReturn:
    """Tell why, and end the command."""
    for line in "\n".join(lines).splitlines():
        tell(line)
    raise typer.Exit(FAILED)


def migrate() -> None:
    """Bring the tables to this version, silently."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
