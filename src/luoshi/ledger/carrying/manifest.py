"""A folder of a backup in, what it says of itself out, and whether every byte of it is as it was written."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

from django.db import connection
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..chain.merkle import tree_hash

MANIFEST, FORMAT = "manifest.json", 1
TABLES = (
    "ledger_item",
    "ledger_event",
    "ledger_text",
    "ledger_evidence",
    "ledger_series",
    "ledger_root",
    "people_user",
)
# What a part may be called: no path leads out of the folder.
SAFE = re.compile(r"database\.(sqlite3|pgdump)|evidence/[0-9a-f]{2}/[0-9a-f]{64}")
CHUNK = 1 << 20
# Rows that lie in memory at once.
ROWS = 2000


class BadBackup(Exception):
    """A backup cannot be made, or cannot be brought back: one line that says why, and what to do."""


class Part(NamedTuple):
    """A file of a backup."""

    sha256: str
    size: int


class Facts(BaseModel):
    """What a database held at the moment that was copied; `events_root` is the Merkle tree hash (RFC 9162) over the
    hashes of all events in the order of their ids, `root` number, day and seal of the last root of a day."""

    model_config = ConfigDict(extra="forbid")

    counts: dict[str, int]
    events_root: str
    root: tuple[int, str, str] | None
    migrations: list[tuple[str, str]]


class Manifest(BaseModel):
    """What a backup says of itself. `missing`: files of evidence that were not there, or not as they were brought."""

    model_config = ConfigDict(extra="forbid")

    format: Literal[1]
    luoshi: str
    made_at: str
    database: Literal["sqlite", "postgresql"]
    facts: Facts
    missing: list[str]
    parts: dict[str, Part] = Field(min_length=1)


Query = Callable[[str], Iterator[tuple[Any, ...]]]


def facts(query: Query) -> Facts:
    """What a database holds; `query` runs SQL in it and gives the rows."""
    last = next(query("SELECT number, day, seal FROM ledger_root ORDER BY number DESC LIMIT 1"), None)
    return Facts(
        counts={table: next(query(f"SELECT count(*) FROM {table}"))[0] for table in TABLES},
        events_root=tree_hash(row[0] for row in query("SELECT hash FROM ledger_event ORDER BY id")),
        root=(last[0], str(last[1]), last[2]) if last else None,
        migrations=[(app, name) for app, name in query("SELECT app, name FROM django_migrations ORDER BY app, name")],
    )


def here(sql: str) -> Iterator[tuple[Any, ...]]:
    """The rows of SQL in the database of this installation."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(ROWS):
            yield from rows


def evidence(query: Query) -> list[str]:
    """Hashes of the files that a database names and that were not erased."""
    return [row[0] for row in query("SELECT DISTINCT sha256 FROM ledger_evidence WHERE erased_at IS NULL ORDER BY 1")]


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a folder, on the disk when this returns."""
    with (folder / MANIFEST).open("w", encoding="utf-8") as file:
        file.write(json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path) -> Manifest:
    """The manifest of a backup.

    Raises:
        BadBackup: there is none, or it is not one that this version wrote.
    """
    path = folder / MANIFEST
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except OSError as wrong:
        raise BadBackup(f"{folder} is no backup: {MANIFEST} cannot be read ({wrong.strerror})") from None
    except ValidationError as wrong:
        fault = wrong.errors()[0]
        where = ".".join(str(each) for each in fault["loc"]) or MANIFEST
        raise BadBackup(f"{folder}: {MANIFEST} is damaged, or of another version ({where}: {fault['msg']})") from None
    if bad := next((name for name in manifest.parts if not SAFE.fullmatch(name)), None):
        raise BadBackup(f"{folder}: {MANIFEST} names a part that no backup has: {bad[:80]!r}")
    return manifest


def check(folder: Path, manifest: Manifest) -> None:
    """Read every part and compare it.

    Raises:
        BadBackup: a part is gone or changed; the first, and how many more.
    """
    wrong = [found for name, part in manifest.parts.items() if (found := _wrong(folder / name, part))]
    if wrong:
        more = f", and {len(wrong) - 1} more" if wrong[1:] else ""
        raise BadBackup(f"{folder} is damaged, nothing was touched: {wrong[0]}{more}; take another backup")


def _wrong(path: Path, part: Part) -> str:
    try:
        found = digest(path)
    except OSError as wrong:
        return f"{path.name} cannot be read ({wrong.strerror})"
    return "" if found == part else f"{path.name} is not what was written"


def digest(path: Path) -> Part:
    """Hash and size of a file. Raises OSError."""
    made, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            made.update(chunk)
            size += len(chunk)
    return Part(made.hexdigest(), size)


def copy(source: Path, target: Path) -> Part:
    """Copy a file, on the disk when this returns; what was written. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with source.open("rb") as old, target.open("wb") as new:
        shutil.copyfileobj(old, new, CHUNK)
        new.flush()
        os.fsync(new.fileno())
    return digest(target)
