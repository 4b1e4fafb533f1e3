"""A share of the soak of delivery: killed among servers that fail, hang and lie, and run again, on both databases."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests import postgres
from tests.folders import PROJECT


@pytest.mark.long
@pytest.mark.parametrize("database", ("sqlite", "postgresql"))
def test_it_works(database: str) -> None:
    if database == "postgresql" and postgres.binaries() is None:
        pytest.skip("PostgreSQL is not on this machine")
    command = [sys.executable, "-m", "bench.soak.delivery_kills", "--on", database, "--kills", "2"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert f"{database}: deliveries killed" in done.stdout and done.stdout.endswith("; 0 faults\n")
    assert "with letters under way: 0" not in done.stdout
