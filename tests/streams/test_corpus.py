"""A corpus into tables: resumed, killed, retried, on two workers, the tables are those of an undisturbed run."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.exports.parquet import rows
from luoshi.streams.corpus import Account, Order, read_corpus
from luoshi.streams.shards import SLICE, shards
from tests.reading.reprinted import REPORTS

from .corpora import column, contents, left_over, run
from .made import REPORT, numbered, zipped


def test_it_works(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    out = tmp_path / "out"
    done = run(tmp_path / "a.txt", out)
    assert done.exit_code == 0 and done.stdout == f"{out}\n" and done.stderr == ""
    assert column(out, "reports", "name") == ["a.txt"]
    assert column(out, "actions", "text") == ["压实责任", "提高政治站位", "严禁弄虚作假"]
    assert left_over(out) == []


def test_rows_stand_in_the_order_of_the_paths(corpus: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "reports.parquet").write_bytes(expected["reports"])
    (tmp_path / "failures.parquet").write_bytes(expected["failures"])
    names = [str(name) for name in column(tmp_path, "reports", "name")]
    assert len(names) == len(set(names)) == 10 * 3 + 8
    assert names[:2] == ["pages/0.jsonl!j0.txt", "pages/0.jsonl!j1.txt"] and names[-1].startswith("pages/gold")
    assert list(rows(tmp_path / "failures.parquet")) == [("pages/empty.txt", "the file is empty; is it the right one?")]


def test_reprints_in_other_shards_are_one_work(corpus: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    for name in ("works", "reports"):
        (tmp_path / f"{name}.parquet").write_bytes(expected[name])
    works = dict(zip(column(tmp_path, "works", "report"), column(tmp_path, "works", "work"), strict=True))
    named = dict(zip(column(tmp_path, "reports", "name"), column(tmp_path, "reports", "report"), strict=True))
    by = {name: works[key] for name, key in named.items()}
    # Member z0 of archive 0 is the first of the project's reports, with a line more.
    first = next(iter(REPORTS))
    assert by["pages/0.zip!z0.txt"] == by[f"pages/{first}.txt"] == by[f"pages/{first}-short.txt"]
    assert len(set(by.values())) == 6, "three reports from each of four beginnings, all of one list"


def test_processes_make_the_same_tables(corpus: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    assert run(corpus, tmp_path / "out", "--jobs", "2").exit_code == 2
    assert contents(tmp_path / "out") == expected and left_over(tmp_path / "out") == []


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A folder of an archive with one bad member, and a bad file."""
    folder = tmp_path / "two"
    folder.mkdir()
    (folder / "a.zip").write_bytes(zipped({"a.txt": REPORT, "b.txt": b"\0\1"}))
    (folder / "c.txt").touch()
    return folder


def test_what_is_done_is_not_done_again_and_failures_are_not_forgotten(two: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = run(two, out)
    assert first.exit_code == 2 and "a.zip!b.txt: the file holds binary data" in first.stderr
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.parquet")}
    second = run(two, out)
    assert second.exit_code == 2 and "2 of 2 parts were read before" in second.stderr
    assert "2 inputs failed" in second.stderr and "binary" not in second.stderr
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.parquet")} == before


def test_failures_are_read_again_when_asked_or_changed(two: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(two, out)
    retried = run(two, out, "--retry")
    assert retried.exit_code == 2 and "binary" in retried.stderr and "before" not in retried.stderr
    (two / "a.zip").write_bytes(zipped({"a.txt": REPORT, "b.txt": numbered(3)}))
    (two / "c.txt").write_text(numbered(4), "utf-8")
    mended = run(two, out)
    assert mended.exit_code == 0 and mended.stderr == ""
    assert column(out, "reports", "name") == ["two/a.zip!a.txt", "two/a.zip!b.txt", "two/c.txt"]
    assert list(rows(out / "failures.parquet")) == []


def test_tables_are_of_what_is_given_now(two: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(two, out)
    (two / "c.txt").unlink()
    done = run(two / "a.zip", out)
    assert column(out, "reports", "name") == ["a.zip!a.txt"]
    assert "2 parts of other paths" in done.stderr


def test_a_day_beside_a_report_is_part_of_it(tmp_path: Path) -> None:
    report, out = tmp_path / "a.txt", tmp_path / "out"
    report.write_text(REPORT, "utf-8")
    run(report, out)
    assert column(out, "reports", "published") == [None]
    (tmp_path / "a.meta.json").write_text('{"published": "2024-03-02"}')
    run(report, out)
    assert column(out, "reports", "published") == ["2024-03-02"]
    run(report, out, "--published", "2024-03-05")
    assert column(out, "reports", "published") == ["2024-03-05"]


def test_nothing_readable_makes_empty_tables(tmp_path: Path) -> None:
    done = run(tmp_path / "absent.txt", tmp_path / "out")
    assert done.exit_code == 2 and "no such file" in done.stderr
    assert list(rows(tmp_path / "out" / "reports.parquet")) == []
    assert len(list(rows(tmp_path / "out" / "failures.parquet"))) == 1


def test_two_runs_do_not_write_into_one_folder(two: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    going_on = read_corpus(Order([str(two)], out), Account())
    next(going_on)
    refused = run(two, out)
    assert refused.exit_code == 2 and "another run writes" in refused.stderr
    going_on.close()  # type: ignore[attr-defined]
    assert run(two, out).exit_code == 2 and column(out, "reports", "name") == ["two/a.zip!a.txt"]


def test_a_folder_is_cut_into_slices(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for i in range(SLICE + 1):
        (folder / f"{i:04}.txt").touch()
    found = list(shards([str(folder)], None))
    assert [len(s.files) for s in found] == [SLICE, 1] and len({s.name for s in found}) == 2
    assert all(file.path and file.path.is_absolute() for s in found for file in s.files)
