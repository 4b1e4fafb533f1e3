"""Backups of both databases: whole while others write, refused where damaged, and what comes back is verified."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.folders import PROJECT
from tests.ledger.carried_cases import DAMAGED

Told = dict[str, tuple[int, str]]


def run(home: Path, address: str, *command: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}
    env = {**kept, "LUOSHI_HOME": str(home), "LUOSHI_DATABASE": address}
    return subprocess.run([sys.executable, *command], cwd=PROJECT, env=env, capture_output=True, text=True)


def scenario(folder: Path, address: str) -> Told:
    done = run(folder / "home", address, "-m", "tests.ledger.carried", str(folder))
    assert done.returncode == 0, done.stderr
    told: Told = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Told, Path, str]]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        yield scenario(folder, ""), folder, ""
        return
    binaries = postgres.binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not on this machine")
    with postgres.cluster(binaries) as address:
        yield scenario(folder, address), folder, address


def test_it_works(told: tuple[Told, Path, str]) -> None:
    """Made while four write; brought back, nothing that was acknowledged before is lost, and verify holds."""
    found, folder, _ = told
    status, said = found["backup"]
    assert status == 0 and str(folder / "backup") in said.splitlines()
    status, said = found["restore"]
    assert status == 0 and said.rstrip().endswith("all holds")
    assert [found[name][0] for name in ("acknowledged", "file back", "works on")] == [0, 0, 0]


def test_what_was_here_is_kept_aside(told: tuple[Told, Path, str]) -> None:
    found, folder, address = told
    assert "what was here is kept: " in found["restore"][1]
    if not address:
        assert len(list((folder / "home").glob("luoshi.sqlite3.before-*"))) == 1


REFUSED = {
    "over": "--replace",
    "again": "never overwritten",
    "in use": "stop luoshi",
    **DAMAGED,
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_in_one_line_and_nothing_is_touched(told: tuple[Told, Path, str], case: str) -> None:
    status, said = told[0][case]
    assert (status, said.count("\n")) == (2, 1) and REFUSED[case] in said
    assert told[0]["untouched"][0] == 0


def test_a_file_that_was_changed_is_told_and_left_out(told: tuple[Told, Path, str]) -> None:
    status, said = told[0]["a file changed"]
    assert status == 1 and "is gone or changed" in said


def test_it_comes_back_where_there_was_nothing(told: tuple[Told, Path, str]) -> None:
    """Another home, another database; `restore` is the first thing done there."""
    _, folder, address = told
    elsewhere = address
    if address:
        elsewhere = address.rpartition("/")[0] + "/elsewhere"
        made = run(
            folder,
            address,
            "-c",
            f"import psycopg; psycopg.connect({address!r}, autocommit=True).execute('CREATE DATABASE elsewhere')",
        )
        assert made.returncode == 0, made.stderr
    done = run(
        folder / "other", elsewhere, str(Path(sys.executable).with_name("luoshi")), "restore", str(folder / "backup")
    )
    assert done.returncode == 0 and done.stderr.rstrip().endswith("all holds"), done.stderr
    left = [path.name for path in folder.iterdir() if path.name.startswith(".")]
    assert left == []
