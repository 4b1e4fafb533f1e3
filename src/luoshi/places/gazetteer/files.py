"""States and successions go to CSV files and come back the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import cast

from luoshi.places.gazetteer.nouns import Extent, Known, Level, PlaceState, Succession

DATA = Path(__file__).parents[1] / "data"
PLACES, SUCCESSIONS = "places.csv", "successions.csv"


class NotBuilt(FileNotFoundError):
    """The data files are not there; the message says how to make them."""


def read_places(path: Path | None = None) -> Iterator[PlaceState]:
    """The states of a file of places; without a path, of the whole country as the package brings it."""
    for row in _rows(path or DATA / PLACES, PlaceState._fields):
        key, level, name, code, parent, since, since_known, until, until_known, source = row
        yield PlaceState(
            key,
            cast(Level, level),
            name,
            code,
            parent,
            date.fromisoformat(since),
            cast(Known, since_known),
            date.fromisoformat(until) if until else None,
            cast(Known, until_known),
            source,
        )


def read_successions(path: Path | None = None) -> Iterator[Succession]:
    """The successions of a file; without a path, of the whole country as the package brings it."""
    for place, day, known, successor, extent, source in _rows(path or DATA / SUCCESSIONS, Succession._fields):
        yield Succession(place, date.fromisoformat(day), cast(Known, known), successor, cast(Extent, extent), source)


def _rows(path: Path, header: tuple[str, ...]) -> Iterator[list[str]]:
    if not path.exists():
        raise NotBuilt(f"{path}: 没有这个数据文件，请先运行 make setup (not built yet: run make setup)")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        if tuple(next(rows, ())) != header:
            raise ValueError(f"{path}:1: 表头应为 (header should be) {','.join(header)}")
        yield from rows


def as_csv(rows: Iterable[PlaceState] | Iterable[Succession], header: tuple[str, ...]) -> str:
    """Rows as the text of a CSV file: header, UTF-8, LF, empty for no day."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(["" if value is None else str(value) for value in row])
    return out.getvalue()
