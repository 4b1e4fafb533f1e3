"""A connection in, closed where its SQLite file is not the one that lies at its place, or an error where none does.

SQLite goes on with a file that was removed or replaced while it is open (a backup put back under a running program):
what is written then is acknowledged, and gone with the connection. And it makes an empty database where there is none.
"""

from __future__ import annotations

import errno
import os
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.signals import connection_created
from django.dispatch import receiver

OPENED = "luoshi_opened"


def expect_file() -> None:
    """Close this thread's connection where its file was replaced: the next statement opens the one that is there.

    Raises:
        FileNotFoundError: there is none.
    """
    alive: Any = connections[DEFAULT_DB_ALIAS]
    if alive.vendor != "sqlite" or alive.in_atomic_block or alive.is_in_memory_db():
        return
    there = _file(alive)
    if there is None:
        alive.close()
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(alive.settings_dict["NAME"]))
    if alive.connection is not None and vars(alive).get(OPENED) != there:
        alive.close()


@receiver(connection_created)
def _note(connection: Any, **_: Any) -> None:
    if connection.vendor == "sqlite":
        vars(connection)[OPENED] = _file(connection)


def _file(connection: Any) -> tuple[int, int] | None:
    try:
        found = os.stat(connection.settings_dict["NAME"])  # noqa: PTH116 (asked before every act; a Path takes longer)
    except OSError:
        return None
    return found.st_dev, found.st_ino
