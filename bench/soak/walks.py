"""A number of walks in, each run through the door of a ledger of its own under chance, a line for each that fails out.

python -m bench.soak.walks [--walks 4000] [--seed 0]

`--seed NUMBER --walks 1` makes a walk again. Exit status 1 where one failed. Runs on SQLite, or on LUOSHI_DATABASE.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from tests.ledger.office import office, proof  # noqa: E402
from tests.ledger.wandering import people, walk  # noqa: E402

# Walks between lines on how far it is.
EVERY = 100


def main() -> int:
    """Walk; the database is one made for it, and gone afterwards."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak.walks")
    parser.add_argument("--walks", type=int, default=4000, help="half of them of each playbook")
    parser.add_argument("--seed", type=int, default=0, help="number of the first walk")
    asked = parser.parse_args()
    name = connection.creation.create_test_db(verbosity=0)
    try:
        with tempfile.TemporaryDirectory(prefix="luoshi-walks-") as folder:
            settings.MEDIA_ROOT = folder
            return 1 if run(range(asked.seed, asked.seed + asked.walks)) else 0
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def run(seeds: range) -> int:
    """How many of the walks failed."""
    there, files, failed, moves = office(), [proof(), proof("另一份")], 0, 0
    people(there)
    began = time.monotonic()
    for done, seed in enumerate(seeds, 1):
        try:
            with transaction.atomic():
                moves += len(walk(there, seed, files).told)
                transaction.set_rollback(True)
        except Exception:
            failed += 1
            print(f"FAILED --seed {seed}\n{traceback.format_exc()}", flush=True)
        if done % EVERY == 0 or done == len(seeds):
            print(f"{done:,} of {len(seeds):,} walks, {moves:,} moves, {failed} failed", flush=True)
    print(f"{len(seeds) / (time.monotonic() - began):.1f} walks/s")
    return failed


if __name__ == "__main__":
    sys.exit(main())
