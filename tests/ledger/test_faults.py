"""A share of the soak of the ledger: kills, power cuts, a crowd and outages, on both databases."""

from __future__ import annotations

import subprocess
import sys

import pytest
from bench.soak.ledger_synced import looked_through

from tests import postgres
from tests.folders import PROJECT

SHARE = ("--kills", "4", "--cuts", "1", "--moves", "40", "--outages", "1")
# What is done to each database, in the order in which it is told.
DONE = {
    "sqlite": (
        *("outage, locked", "outage, disk full (pages)", "outage, disk full (log)", "outage, file gone"),
        *("outage, disk full (evidence)", "writers killed", "8 writers", "times everything", "control"),
    ),
    "postgresql": (
        *("outage, locked", "outage, stopped", "outage, disk full (evidence)"),
        *("writers killed", "8 writers", "times everything", "control"),
    ),
}


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def test_it_works(database: str) -> None:
    if database == "postgresql" and postgres.binaries() is None:
        pytest.skip("PostgreSQL is not on this machine")
    command = [sys.executable, "-m", "bench.soak.ledger_faults", "--on", database, *SHARE]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    told = [line for line in done.stdout.splitlines() if line.startswith(f"{database}: ")]
    assert all(line.endswith("; 0 faults") for line in told)
    assert all(any(line.startswith(f"{database}: {what}") for line in told) for what in DONE[database]), told


WAL = "pwrite64(7</files/luoshi.sqlite3-wal>, "
SYNC = "fdatasync(7</files/luoshi.sqlite3-wal>) = 0"
TOLD = 'write(1<pipe:[1]>, "acknowledged\\n", 13) = 13'
TRACES = {
    "synced": ([WAL, WAL, SYNC, TOLD], (1, 0)),
    "told before": ([WAL, TOLD, SYNC], (1, 1)),
    "written after": ([WAL, SYNC, WAL, TOLD], (1, 1)),
    "nothing written": ([SYNC, TOLD], (1, 1)),
    "the second": ([WAL, SYNC, TOLD, "123 " + WAL, "123 " + TOLD], (2, 1)),
}


@pytest.mark.parametrize("case", TRACES)
def test_what_was_told_before_it_was_synced_is_seen(case: str) -> None:
    trace, found = TRACES[case]
    assert looked_through(trace) == found
