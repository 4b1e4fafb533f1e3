"""Tables: every column documented and filled as the reading says, whatever it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from luoshi.exports.flat import TABLES, flat, report_key
from luoshi.exports.parquet import Writer, joined, rows, schema
from luoshi.exports.schema import tables
from luoshi.reading import Reading, read
from tests.cli.made import full
from tests.folders import GOLD

PYTHON = {"string": str, "int": int, "float": float, "bool": bool}


def _readings() -> Iterator[Reading]:
    yield full()
    yield read("会议强调，要压实责任。")
    yield read((GOLD / "gold-xian-changwu.txt").read_bytes())


def test_it_works(tmp_path: Path) -> None:
    found = flat(full(), "pages/made.txt")
    with Writer(tmp_path / "t.parquet", schema(tables()["targets"])) as writer:
        writer.add(found["targets"])
    (row,) = rows(tmp_path / "t.parquet")
    assert row[1:] == ("d-1", 1, "12座", *_place("12座"), "泵站", "exactly", 12.0, None, "座")


def _place(words: str) -> tuple[int, int]:
    start = full().source.text.index(words)
    return start, start + len(words)


def test_every_table_is_filled_or_made_elsewhere() -> None:
    assert list(tables())[:1] == ["reports"] and set(tables()) - set(TABLES) == {"works", "failures"}


@pytest.mark.parametrize("number", range(3))
def test_rows_are_as_documented(number: int) -> None:
    reading = list(_readings())[number]
    for name, found in flat(reading, "x").items():
        columns = tables()[name].columns
        for row in found:
            assert len(row) == len(columns), name
            for column, value in zip(columns, row, strict=True):
                assert value is None or type(value) is PYTHON[column.type], (name, column.name, value)


def test_every_column_is_filled_by_some_report() -> None:
    """What no report could fill would be documented in vain."""
    filled: set[tuple[str, str]] = set()
    for reading in [full(), *(read(path.read_bytes()) for path in sorted(GOLD.glob("gold-*.txt")))]:
        for name, some in flat(reading, "x").items():
            columns = tables()[name].columns
            filled |= {
                (name, c.name) for row in some for c, value in zip(columns, row, strict=True) if value is not None
            }
    documented = {(name, c.name) for name in TABLES for c in tables()[name].columns}
    # No report of ours has a range for a target, or a problem that a directive repeats.
    assert documented - filled == {("targets", "upper"), ("directives", "problem")} and filled < documented


def test_every_quotation_stands_at_its_offsets() -> None:
    reading = list(_readings())[2]
    text, found = reading.source.text, flat(reading, "x")
    for name in ("directives", "actions", "problems"):
        columns = [c.name for c in tables()[name].columns]
        for row in found[name]:
            told = dict(zip(columns, row, strict=True))
            assert isinstance(told["start"], int) and isinstance(told["stop"], int)
            assert text[told["start"] : told["stop"]] == told["evidence"]
        assert found[name]


def test_keys_tie_the_tables(tmp_path: Path) -> None:
    found = flat(list(_readings())[2], "x")
    for table in ("directives", "actions", "units"):
        with Writer(tmp_path / f"{table}.parquet", schema(tables()[table])) as writer:
            writer.add(found[table])
    for table in ("actions", "units"):
        loose = duckdb.sql(
            f"select count(*) from '{tmp_path}/{table}.parquet' "
            f"anti join '{tmp_path}/directives.parquet' using (report, directive)"
        )
        assert loose and loose.fetchall() == [(0,)] and found[table]


def test_copies_have_keys_of_their_own() -> None:
    assert report_key("0" * 64, "a/x.txt") != report_key("0" * 64, "b/x.txt")
    assert report_key("0" * 64, "a/x.txt") == report_key("0" * 64, "a/x.txt")


def test_meanings_stand_in_the_file(tmp_path: Path) -> None:
    for name, table in tables().items():
        with Writer(tmp_path / f"{name}.parquet", schema(table)):
            pass
        written = pq.read_schema(tmp_path / f"{name}.parquet")
        assert {f.name: f.metadata[b"meaning"].decode() for f in written} == {c.name: c.meaning for c in table.columns}


@pytest.mark.parametrize("size", [0, 1, 4_000, 45_001])
def test_the_same_rows_make_the_same_file_however_they_come(tmp_path: Path, size: int) -> None:
    made = [(f"r-{i}", "x" * (i % 7)) for i in range(size)]
    told = schema(tables()["failures"])
    for name, step in (("a", 1_000), ("b", 999_999)):
        with Writer(tmp_path / name, told) as writer:
            for at in range(0, size, step):
                writer.add(made[at : at + step])
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert list(rows(tmp_path / "a")) == made
    assert joined(iter([tmp_path / "a", tmp_path / "b"]), tmp_path / "c", told) == 2 * size
    assert list(rows(tmp_path / "c")) == made + made


def test_lone_surrogates_do_not_break_a_table(tmp_path: Path) -> None:
    reading = replace(full(), author="甲\ud800")
    with Writer(tmp_path / "t.parquet", schema(tables()["reports"])) as writer:
        writer.add(flat(reading, "x\udcff")["reports"])
    (row,) = rows(tmp_path / "t.parquet")
    assert "甲?" in row and "x?" in row


def test_names_need_no_quotes() -> None:
    for name, table in tables().items():
        columns = ", ".join(f"1 AS {c.name}" for c in table.columns)
        duckdb.sql(f"WITH {name} AS (SELECT {columns}) SELECT {', '.join(c.name for c in table.columns)} FROM {name}")
