"""The parts of a corpus in, one file a table out: their rows in their order, and which reports are reprints."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from luoshi.documents.synced import synced
from luoshi.exports.parquet import Writer, joined, rows, schema
from luoshi.exports.schema import tables

from .shards import CLAUSES, Done
from .works import Heard, works

PARTS = "parts"
MANIFEST = "parts.json"
BATCH = 10_000


def gathered(folder: Path) -> Any:
    """What the tables of a folder were made of; None where they are not whole."""
    try:
        return json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None


def made_of(parts: Sequence[Done], lost: Sequence[tuple[str, str]]) -> Any:
    """What tables are made of: parts, each with its mark, and what was lost."""
    return {"parts": [[p.name, p.mark] for p in parts], "lost": [list(each) for each in lost]}


def gather(folder: Path, parts: Sequence[Done], lost: Sequence[tuple[str, str]]) -> None:
    """Write all tables anew: beside, synced, then put in place one by one; the manifest last.

    A reader in another program may see tables of before and after while they are put in place; a run that was
    stopped there is finished by the next one.
    """
    beside = folder / ".tables.part"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    try:
        for name, table in tables().items():
            if name not in ("works", "failures"):
                joined(_of(folder, parts, name), beside / f"{name}.parquet", schema(table))
        _failures(folder, parts, lost, beside)
        _works(folder, parts, beside)
        (folder / MANIFEST).unlink(missing_ok=True)
        for name in tables():
            (beside / f"{name}.parquet").replace(folder / f"{name}.parquet")
        (beside / MANIFEST).write_text(json.dumps(made_of(parts, lost), ensure_ascii=False, indent=0), "utf-8")
        synced(beside / MANIFEST)
        (beside / MANIFEST).replace(folder / MANIFEST)
        synced(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _of(folder: Path, parts: Sequence[Done], table: str) -> Iterator[Path]:
    return (folder / PARTS / part.name / f"{table}.parquet" for part in parts)


def _failures(folder: Path, parts: Sequence[Done], lost: Sequence[tuple[str, str]], beside: Path) -> None:
    with Writer(beside / "failures.parquet", schema(tables()["failures"])) as writer:
        for part in parts:
            if part.failures:
                writer.add(list(rows(folder / PARTS / part.name / "failures.parquet")))
        writer.add(list(lost))


def _works(folder: Path, parts: Sequence[Done], beside: Path) -> None:
    heard = (cast(Heard, row) for path in _of(folder, parts, CLAUSES) for row in rows(path))
    with Writer(beside / "works.parquet", schema(tables()["works"])) as writer:
        for row in works(heard, beside / "works.sqlite"):
            writer.add([row])
