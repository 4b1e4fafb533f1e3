"""A share of the soak of the ledger: kills, power cuts, a crowd and outages, on both databases."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests import postgres
from tests.folders import PROJECT

SHARE = ("--kills", "5", "--cuts", "2", "--moves", "80", "--outages", "1")
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


@pytest.mark.parametrize("database", DONE)
def test_it_works(database: str) -> None:
    if database == "postgresql" and postgres.binaries() is None:
        pytest.skip("PostgreSQL is not on this machine")
    command = [sys.executable, "-m", "bench.soak.ledger_faults", "--on", database, *SHARE]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    told = [line for line in done.stdout.splitlines() if line.startswith(f"{database}: ")]
    assert all(line.endswith("; 0 faults") for line in told)
    assert all(any(line.startswith(f"{database}: {what}") for line in told) for what in DONE[database]), told
