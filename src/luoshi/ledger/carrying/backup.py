"""This installation in, a folder out that it can be brought back from: database, files of evidence, a manifest."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from luoshi import __version__
from luoshi.documents.synced import synced

from ..actions.filing import path_of
from . import manifest, on_postgresql, on_sqlite
from .manifest import BadBackup, Manifest, Part

DATABASES: dict[str, Any] = {"sqlite": on_sqlite, "postgresql": on_postgresql}


def backup(folder: Path, now: datetime) -> Manifest:
    """Make a backup at `folder`, which is not there yet, while writers go on.

    It is written beside and renamed when it is whole and on the disk. First the database, then the files that it
    names: those were kept before their event was written.

    Raises:
        BadBackup: `folder` is there, cannot be written, or the database cannot be copied; nothing is left behind.
    """
    if folder.exists() or folder.is_symlink():
        raise BadBackup(f"{folder} is there already; a backup is never overwritten, name a new folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", suffix=".part", dir=folder.parent))
    except OSError as wrong:
        raise BadBackup(f"{folder} cannot be written: {wrong.strerror}") from wrong
    try:
        made = _made(beside, now)
        beside.rename(folder)
        synced(folder.parent)
    except OSError as wrong:
        raise BadBackup(f"{folder} cannot be written: {wrong.strerror}") from wrong
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return made


def _made(folder: Path, now: datetime) -> Manifest:
    database = DATABASES[connection.vendor]
    facts, hashes = database.copy_out(folder / database.FILE)
    parts = {database.FILE: manifest.digest(folder / database.FILE)}
    missing = []
    for sha256 in hashes:
        name = f"evidence/{sha256[:2]}/{sha256}"
        copied = _copied(sha256, folder / name)
        if copied:
            parts[name] = copied
        else:
            missing.append(sha256)
    made = Manifest(
        format=manifest.FORMAT,
        luoshi=__version__,
        made_at=now.isoformat(),
        database=connection.vendor,
        facts=facts,
        missing=missing,
        parts=parts,
    )
    manifest.write(folder, made)
    for place in sorted({(folder / name).parent for name in parts} | {folder}):
        synced(place)
    return made


def _copied(sha256: str, target: Path) -> Part | None:
    """The file of evidence copied; None where it is not there, or is not what it was."""
    if not path_of(sha256).exists():
        return None
    copied = manifest.copy(path_of(sha256), target)
    if copied.sha256 == sha256:
        return copied
    target.unlink()
    return None
