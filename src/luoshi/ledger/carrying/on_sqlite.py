"""The SQLite database of this installation in, a whole copy of it out while writers go on; and back in its place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from luoshi.documents.synced import synced

from . import manifest
from .manifest import BadBackup, Facts

FILE = "database.sqlite3"


def copy_out(path: Path) -> tuple[Facts, list[str]]:
    """Copy the database to `path`, of one moment; what it holds, and the files of evidence it names.

    Raises:
        BadBackup: there is none, or the copy is not sound.
    """
    source = _place()
    try:
        reading = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
        with closing(reading) as old, closing(sqlite3.connect(path)) as new:
            # In one step, in one reading transaction of the write-ahead log: nobody waits for it, nothing repeats.
            old.backup(new)
            # One file without a log beside it.
            new.execute("PRAGMA journal_mode = DELETE")
            _expect_sound(new)
            found = manifest.facts(_query(new)), manifest.evidence(_query(new))
    except sqlite3.Error as wrong:
        raise BadBackup(f"{source} cannot be copied: {wrong}") from wrong
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    return found


def put_back(path: Path, now: datetime) -> str:
    """Put a copy in the place of the database; the one that was there is kept beside it: its name, if there was any.

    Raises:
        BadBackup: somebody has the database open.
    """
    place = _place()
    connection.close()
    fresh = place.with_name(f".{place.name}.restoring")
    manifest.copy(path, fresh)
    aside = ""
    if place.exists() and place.stat().st_size:
        _expect_alone(place)
        kept = place.with_name(f"{place.name}.before-{now:%Y%m%d-%H%M%S}")
        if kept.exists():
            raise BadBackup(f"{kept} is there already; wait a second")
        place.rename(kept)
        aside = str(kept)
    fresh.replace(place)
    synced(place.parent)
    return aside


def _place() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _query(database: sqlite3.Connection) -> manifest.Query:
    def query(sql: str) -> Iterator[tuple[Any, ...]]:
        yield from database.execute(sql)

    return query


def _expect_sound(database: sqlite3.Connection) -> None:
    said = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    if said != "ok":
        raise BadBackup(f"the database itself is damaged, this is no backup of it: {said}")


def _expect_alone(place: Path) -> None:
    """Leaving the write-ahead log, which also copies all of it into the file, is refused while others are there."""
    with closing(sqlite3.connect(place, timeout=0)) as database:
        try:
            database.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as wrong:
            raise BadBackup(f"{place} is in use ({wrong}): stop luoshi, then restore") from wrong
