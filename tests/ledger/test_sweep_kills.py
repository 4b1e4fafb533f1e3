"""A share of the soak of the sweep: killed in its work and run again, on both databases; SQLite's in `make long`."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests import postgres
from tests.folders import PROJECT


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def test_it_works(database: str) -> None:
    if database == "postgresql" and postgres.binaries() is None:
        pytest.skip("PostgreSQL is not on this machine")
    command = [sys.executable, "-m", "bench.soak.sweep_kills", "--on", database, "--kills", "3"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert f"{database}: sweeps killed" in done.stdout and done.stdout.endswith("; 0 faults\n")
    assert "with some made and some not: 0" not in done.stdout
