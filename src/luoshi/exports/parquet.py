"""Rows of tables in, Parquet files out, one a table, in bounded memory; needs the extra `tables`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from luoshi.documents.synced import synced

from .flat import Row
from .schema import Table

# Rows of one table that are held as Python values before they are written: about 4 MB of the longest.
HELD = 4_000
# Rows of a group in a joined file: readers like large groups (DuckDB's own have 122,880), Arrow holds them tightly.
JOINED = 50_000
BATCH = 10_000


class Missing(RuntimeError):
    """A library of an extra is not installed; the message says how to."""


def pyarrow() -> tuple[Any, Any]:
    """The library and its Parquet part. Raises Missing."""
    try:
        import pyarrow as arrow  # type: ignore[import-untyped]
        from pyarrow import parquet
    except ImportError:
        raise Missing("tables need pyarrow; install it with: pip install 'luoshi[tables]'") from None
    return arrow, parquet


def schema(table: Table) -> Any:
    """The Arrow schema of a table; what every column means stands in it as `meaning`."""
    arrow, _ = pyarrow()
    types = {"string": arrow.string(), "int": arrow.int32(), "float": arrow.float64(), "bool": arrow.bool_()}
    fields = [arrow.field(c.name, types[c.type], metadata={"meaning": c.meaning}) for c in table.columns]
    return arrow.schema(fields, metadata={"table": table.name, "about": table.about})


class Writer:
    """One table into one file; the file is whole, and on the disk, when the writer is closed."""

    def __init__(self, path: Path, schema: Any) -> None:
        self.arrow, parquet = pyarrow()
        self.path, self.schema, self.rows = path, schema, 0
        self.held: list[Row] = []
        self.writer = parquet.ParquetWriter(path, schema, compression="zstd")

    def add(self, rows: Sequence[Row]) -> None:
        """Rows more; row groups are cut by their number alone, so that the same rows make the same file."""
        self.held += rows
        while len(self.held) >= HELD:
            self._write(self.held[:HELD])
            del self.held[:HELD]

    def _write(self, rows: Sequence[Row]) -> None:
        columns = list(zip(*rows, strict=True)) or [()] * len(self.schema)
        arrays = [self.arrow.array(_sound(c), f.type) for c, f in zip(columns, self.schema, strict=True)]
        self.writer.write_table(self.arrow.Table.from_arrays(arrays, schema=self.schema))
        self.rows += len(rows)

    def close(self) -> None:
        """Write what is held and sync."""
        if self.held:
            self._write(self.held)
            self.held = []
        self.writer.close()
        synced(self.path)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self.writer.close()


@contextlib.contextmanager
def writers(folder: Path, tables: Mapping[str, Table]) -> Iterator[Mapping[str, Writer]]:
    """A writer for each table, into NAME.parquet in the folder."""
    with contextlib.ExitStack() as stack:
        yield {
            name: stack.enter_context(Writer(folder / f"{name}.parquet", schema(table)))
            for name, table in tables.items()
        }


def rows(path: Path) -> Iterator[Row]:
    """The rows of a file, a batch in memory at a time."""
    _, parquet = pyarrow()
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(BATCH, use_threads=False):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def joined(parts: Iterator[Path], path: Path, schema: Any) -> int:
    """Files of the same table one behind the other in one file; the number of its rows."""
    arrow, parquet = pyarrow()
    count, held, waiting = 0, [], 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for part in parts:
            with parquet.ParquetFile(part) as file:
                for batch in file.iter_batches(BATCH, use_threads=False):
                    held.append(batch)
                    waiting += batch.num_rows
                    if waiting >= JOINED:
                        writer.write_table(arrow.Table.from_batches(held, schema))
                        count, held, waiting = count + waiting, [], 0
        if held:
            writer.write_table(arrow.Table.from_batches(held, schema))
    synced(path)
    return count + waiting


def _sound(values: Sequence[Any]) -> Sequence[Any]:
    """Values without lone surrogates, which no UTF-8 holds."""
    if not any(isinstance(v, str) for v in values):
        return values
    return [v.encode("utf-8", "replace").decode() if isinstance(v, str) else v for v in values]
