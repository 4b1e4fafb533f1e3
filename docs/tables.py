"""The tables of the example reports in, what docs/tables.md shows out: all columns, and answers to questions.sql."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from luoshi.exports.schema import tables
from luoshi.streams.corpus import Account, Order, read_corpus

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "gold"
# Wide enough for a clause of a report, narrow enough for a page.
WIDTH = 110


def columns() -> Iterator[str]:
    """Every table with its columns, a line each."""
    for table in tables().values():
        yield f"{table.name}: {table.about}"
        yield from (f"  {c.name:17}{c.type:7} {c.meaning}" for c in table.columns)
        yield ""


def questions() -> Iterator[str]:
    """Every question with its answer."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as db:
        examples = [str(path) for path in sorted(EXAMPLES.glob("*.txt"))]
        for _ in read_corpus(Order(examples, Path(folder) / "tables"), Account()):
            pass
        for name in tables():
            db.execute(f"CREATE TABLE {name} AS FROM '{folder}/tables/{name}.parquet'")
        for question in (HERE / "questions.sql").read_text("utf-8").strip().split("\n\n"):
            yield question
            yield from str(_answer(db, question)).rstrip().split("\n")
            yield ""


def _answer(db: duckdb.DuckDBPyConnection, question: str) -> str:
    found = db.sql(question)
    heads = [head for head, *_ in found.description]
    rows = [["" if value is None else str(value) for value in row] for row in found.fetchall()]
    return "\n".join(" | ".join(line)[:WIDTH] for line in [heads, *rows])


if __name__ == "__main__":
    print("\n".join({"columns": columns, "questions": questions}[sys.argv[1]]()))
