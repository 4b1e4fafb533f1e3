"""What cannot be done is said in one line, before anything is written."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from luoshi.cli.app import app

from .corpora import run
from .made import REPORT

REFUSED = (
    (["--format", "parquet", "a.txt"], "add --output FOLDER"),
    (["--format", "parquet", "--output", "o", "--only", "work", "a.txt"], "--only does not apply"),
    (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "a.txt"], "add --format parquet"),
    (["--format", "parquet", "--output", "o", "--engine", "dask", "a.txt"], "needs --scheduler"),
    (["--format", "parquet", "--output", "o", "--scheduler", "tcp://127.0.0.1:1", "a.txt"], "add --engine dask"),
    (["--retry", "a.txt"], "--retry is for tables"),
    (["--format", "parquet", "--output", "o", "-"], "save standard input to a file"),
    (["--format", "parquet", "--output", "full", "a.txt"], "holds other things"),
    (["--format", "parquet", "--output", "a.txt", "a.txt"], "is a file"),
    (["--format", "parquet", "--output", "a.txt/x", "a.txt"], "cannot be written"),
)


@pytest.mark.parametrize(("arguments", "says"), REFUSED)
def test_what_makes_no_sense_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").touch()
    done = CliRunner().invoke(app, ["read", *arguments])
    assert done.exit_code == 2 and says in " ".join(done.stderr.split()) and "Traceback" not in done.output
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "o") == ["a.txt", "full"]


@pytest.mark.parametrize(
    ("module", "arguments"),
    [("pyarrow", []), ("distributed", ["--engine", "dask", "--scheduler", "tcp://127.0.0.1:1"])],
)
def test_a_missing_library_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, arguments: list[str]
) -> None:
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    monkeypatch.setitem(sys.modules, module, None)
    done = run(tmp_path / "a.txt", tmp_path / "out", *arguments)
    extra = {"pyarrow": "tables", "distributed": "cluster"}[module]
    assert done.exit_code == 2 and f"pip install 'luoshi[{extra}]'" in done.stderr and done.stderr.count("\n") == 1


def test_a_scheduler_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.streams.engine.PATIENCE", 1)
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    done = run(tmp_path / "a.txt", tmp_path / "out", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1")
    assert done.exit_code == 2 and "no dask scheduler answers at tcp://127.0.0.1:1" in done.stderr
