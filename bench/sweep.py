"""Two sizes of ledgers in, what `luoshi sweep` takes of time and memory for them, and done again, out.

    python -m bench.sweep [--small 10000] [--large 1000000]             SQLite
    python -m tests.postgres -- python -m bench.sweep                   PostgreSQL

All items are open, one in a hundred is due. Exit status 1 where the second run did anything, or the first did not make
every step, or memory grew with the ledger.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

# Megabytes that a hundred times as many items may take more: the pages that SQLite keeps (32, config.database), which a
# small ledger does not fill, and what the allocator keeps of a page of items.
MOST_MORE = 32 + 8
SWEEP = Path(sys.executable).with_name("luoshi")


class Run(NamedTuple):
    """A run of the command: seconds, those of the processor, megabytes at most, what it said, its status."""

    seconds: float
    processor: float
    megabytes: float
    said: str
    status: int


class Size(NamedTuple):
    """A ledger: how many items are open and due, the first run on it, the second."""

    open: int
    due: int
    first: Run
    second: Run


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.sweep")
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as folder:
        sizes = [size(count, Path(folder, str(count))) for count in (asked.small, asked.large)]
    for each in sizes:
        print(f"{each.open:,} open items, {each.due:,} due")
        for name, run in (("first run", each.first), ("again", each.second)):
            took = f"{run.seconds:7.1f} s ({run.processor:.1f} s of processor)"
            print(f"  {name:9}  {took}  {run.megabytes:6.0f} MB  {run.said}")
    return _faults(*sizes)


def _faults(small: Size, large: Size) -> int:
    more = large.first.megabytes - small.first.megabytes
    wrong = [] if more <= MOST_MORE else ["memory grew"]
    for each in (small, large):
        wrong += [] if f"{each.due:,} steps made" in each.first.said else ["a first run did not make every step"]
        wrong += [] if "nothing is due: no step made" in each.second.said else ["a second run did something"]
        wrong += [] if each.first.status == each.second.status == 0 else ["a run failed"]
    print(f"memory, large more than small: {more:.0f} MB  ≤ {MOST_MORE} MB", *(f"NOT HELD: {each}" for each in wrong))
    return 1 if wrong else 0


def size(count: int, home: Path) -> Size:
    """A ledger of so many items, swept twice."""
    env = {**os.environ, "LUOSHI_HOME": str(home), "LUOSHI_DATABASE": _address(count), "LUOSHI_LOG_LEVEL": "WARNING"}
    made = subprocess.run(
        [sys.executable, "-m", "bench.sweep_yard", str(count)], env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    told = json.loads(made.stdout)
    command = [str(SWEEP), "sweep", "--now", told["now"]]
    return Size(told["open"], told["due"], run(command, env), run(command, env))


def _address(count: int) -> str:
    """A database of its own in the cluster that the environment names; none: SQLite."""
    address = os.environ.get("LUOSHI_DATABASE", "")
    if not address:
        return ""
    import psycopg

    with psycopg.connect(address, autocommit=True) as database:
        database.execute(f"CREATE DATABASE items_{count}")  # type: ignore[arg-type]
    return f"{address.rpartition('/')[0]}/items_{count}"


def run(command: list[str], env: dict[str, str]) -> Run:
    """Run a command to its end; its memory is what the kernel counted for this one process."""
    began = time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, env=env, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().strip().splitlines()
    # The first line is the sum; whom there was nobody for follows.
    last = next((line.removeprefix("luoshi: ") for line in words if " due: " in line), "")
    # ru_maxrss is in kilobytes on Linux.
    return Run(time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, last, process.returncode)


if __name__ == "__main__":
    sys.exit(main())
