"""Corpora read into tables, and what is in the folders afterwards."""

from __future__ import annotations

import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from luoshi.cli.app import app
from luoshi.exports.parquet import rows
from luoshi.exports.schema import tables
from tests.reading.reprinted import REPORTS

from .made import numbered

COMMAND = [sys.executable, "-c", "from luoshi.cli import main; main()", "read", "--format", "parquet"]


def run(folder: Path, out: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["read", "--format", "parquet", "--output", str(out), *arguments, str(folder)])


def contents(out: Path) -> dict[str, bytes]:
    """Every table, byte for byte."""
    found = {path.stem: path.read_bytes() for path in out.glob("*.parquet")}
    assert set(found) == set(tables())
    return found


def left_over(out: Path) -> list[str]:
    return [str(path) for path in out.rglob("*") if ".part" in path.suffix or path.suffix == ".sqlite"]


def column(out: Path, table: str, name: str) -> list[object]:
    place = [c.name for c in tables()[table].columns].index(name)
    return [row[place] for row in rows(out / f"{table}.parquet")]


def some(kind: str, number: int) -> dict[str, bytes | str]:
    texts = list(REPORTS.values())
    return {f"{kind}{i}.txt": texts[(number + i) % len(texts)] + numbered(100 * number + i) for i in range(3)}
