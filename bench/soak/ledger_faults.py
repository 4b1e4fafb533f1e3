"""How often in, the ledger put through kills, power cuts, a crowd and outages; what was lost or half written, out.

python -m bench.soak.ledger_faults [--on sqlite|postgresql] [--kills 300] [--cuts 50] [--moves 20000] [--outages 1]

Exit status 1 where the ledger lost or broke anything. Everything is made in a folder of its own and taken away.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.postgres import Cluster, binaries, running

# No page of a table is written before the log says so, and no more of the log than was asked for: what a stop leaves
# on the disk is what had to be there. fsync stays as it is by default.
SETTINGS = ("bgwriter_lru_maxpages=0", "checkpoint_timeout=1h", "max_wal_size=4GB")


def main() -> int:
    """Read the arguments; put both databases, or one, through it."""
    asked = _arguments()
    if asked.on is None:
        done = [os.spawnv(os.P_WAIT, sys.executable, _again(each)) for each in ("sqlite", "postgresql")]
        return max(done)
    if asked.on == "postgresql" and binaries() is None:
        print("PostgreSQL is not on this machine: left out (apt-get install postgresql)")
        return 0
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="luoshi-faults-", dir=asked.folder)))
        cluster = None
        if asked.on == "postgresql":
            cluster = stack.enter_context(running(binaries() or Path(), *SETTINGS))
        os.environ["LUOSHI_HOME"] = str(home)
        os.environ["LUOSHI_DATABASE"] = cluster.address if cluster else ""
        return _soak(asked, cluster)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.soak.ledger_faults")
    parser.add_argument("--on", choices=("sqlite", "postgresql"), help="one database; without, both")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--cuts", type=int, default=50)
    parser.add_argument("--moves", type=int, default=20_000)
    parser.add_argument("--outages", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to make the database; its disk is what is tried")
    return parser.parse_args()


def _again(database: str) -> list[str]:
    return [sys.executable, "-m", "bench.soak.ledger_faults", "--on", database, *sys.argv[1:]]


def _soak(asked: argparse.Namespace, cluster: Cluster | None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from tests.ledger.office import office

    from .ledger_crowd import crowd
    from .ledger_cuts import control, cuts
    from .ledger_kills import kills
    from .ledger_outages import outages

    call_command("migrate", verbosity=0)
    made = office()
    say = _sayer(asked.on)
    faults = 0
    runs: tuple[tuple[int, Callable[[], Iterator[object]]], ...] = (
        (asked.outages, lambda: iter(outages(made, cluster, say))),
        (asked.kills, lambda: iter([kills(made, asked.kills, say)])),
        (asked.moves, lambda: iter([crowd(made, asked.moves, say)])),
        (asked.cuts, lambda: iter([cuts(made, asked.cuts, cluster, say), control(made, cluster)])),
    )
    for wanted, run in runs:
        if not wanted:
            continue
        for told in run():
            print(f"{asked.on}: {told}", flush=True)
            faults += len(getattr(told, "faults", ()))
    return 1 if faults else 0


def _sayer(database: str) -> Callable[[str], None]:
    began = time.monotonic()

    def say(words: str) -> None:
        print(f"{database} {time.monotonic() - began:5.0f} s: {words}", flush=True)

    return say


if __name__ == "__main__":
    sys.exit(main())
