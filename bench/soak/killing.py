"""A soak of kills in, put through on SQLite and PostgreSQL, each in a process and a database of its own; a line out."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from tests.postgres import binaries, running

from .ledger_told import Told


def on_each(module: str, kills: int, soak: Callable[[int], Told]) -> int:
    """Read the arguments of `python -m MODULE`; put both databases, or one, through it.

    `kills`: how many without `--kills`; `soak` begins before Django is set up. The exit status: 1 with faults.
    """
    parser = argparse.ArgumentParser(prog=f"python -m {module}")
    parser.add_argument("--on", choices=("sqlite", "postgresql"), help="one database; without, both")
    parser.add_argument("--kills", type=int, default=kills)
    asked = parser.parse_args()
    if asked.on is None:
        again = [sys.executable, "-m", module, *sys.argv[1:], "--on"]
        return max(os.spawnv(os.P_WAIT, sys.executable, [*again, each]) for each in ("sqlite", "postgresql"))
    if asked.on == "postgresql" and binaries() is None:
        print("PostgreSQL is not on this machine: left out (apt-get install postgresql)")
        return 0
    with ExitStack() as stack:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
        os.environ["LUOSHI_LOG_LEVEL"] = "ERROR"
        os.environ["LUOSHI_HOME"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="luoshi-soak-"))
        on_server = asked.on == "postgresql"
        cluster = stack.enter_context(running(binaries() or Path())) if on_server else None
        os.environ["LUOSHI_DATABASE"] = cluster.address if cluster else ""
        told = soak(asked.kills)
    print(f"{asked.on}: {told}", flush=True)
    return 1 if told.faults else 0
