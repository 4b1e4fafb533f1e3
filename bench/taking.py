"""Works made up and the reports of gold/ in, what taking in and reading again cost beside reading alone out.

`python -m bench.taking` on SQLite, `python -m tests.postgres -- python -m bench.taking` on PostgreSQL.
"""

from __future__ import annotations

import datetime
import os
import random
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ["LUOSHI_HOME"] = tempfile.mkdtemp(prefix="luoshi-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.config.settings"
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from luoshi.documents.actions import reread, take_in  # noqa: E402
from luoshi.documents.models import Beginning, Work  # noqa: E402
from luoshi.documents.works import belongs  # noqa: E402
from luoshi.reading import read  # noqa: E402
from luoshi.reading.reprints import KEYS, POPULAR  # noqa: E402

NOW = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
GOLD = Path(__file__).parents[1] / "gold"
# Works there are when reports are asked for theirs.
FEW, MANY = 1_000, 30_000
# Clauses of a work; of each ten, one begins with one of a hundred set phrases.
CLAUSES, PHRASES, ASKED = 60, 100, 50


def make(count: int, seed: int) -> list[tuple[int, ...]]:
    """Works in the database, with the clauses they begin with; the clauses of some of them."""
    chosen = random.Random(seed)
    made = [tuple(chosen.getrandbits(62) for _ in range(CLAUSES)) for _ in range(count)]
    made = [(chosen.randrange(PHRASES), *own[1:]) if at % 10 == 0 else own for at, own in enumerate(made)]
    rows = Work.unguarded.bulk_create([Work(clauses=array("q", own).tobytes()) for own in made], batch_size=2000)
    pairs = list(zip(rows, made, strict=True))
    begun = [Beginning(clause=key, work=row) for row, own in pairs for key in own[:KEYS] if key >= PHRASES]
    phrases = [Beginning(clause=own[0], work=row) for row, own in pairs if own[0] < PHRASES]
    Beginning.objects.bulk_create(begun + phrases[: PHRASES * POPULAR], batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made[:: max(count // ASKED, 1)]


def asking(own: Sequence[tuple[int, ...]]) -> float:
    """Milliseconds a report: half of them reprints, half new ones."""
    chosen = random.Random(9)
    fresh = [(chosen.randrange(PHRASES), *(chosen.getrandbits(62) for _ in range(CLAUSES))) for _ in own]

    def all_of_them() -> None:
        with transaction.atomic():
            for clauses in (*own, *fresh):
                belongs(clauses)
            transaction.set_rollback(True)

    return _spent(all_of_them) / (2 * len(own))


def _spent(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def main() -> int:
    """Print both tables."""
    call_command("migrate", verbosity=0)
    reports = [(path.read_bytes(), path.name) for path in sorted(GOLD.glob("*.txt"))]
    read(reports[0][0])
    alone = _spent(lambda: [read(data) for data, _ in reports])
    taken: list[object] = []
    taking = _spent(
        lambda: taken.extend(take_in(data, name, post=None, place=None, now=NOW).report for data, name in reports)
    )
    again = _spent(lambda: [take_in(data, name, post=None, place=None, now=NOW) for data, name in reports])
    once_more = _spent(lambda: [reread(report, NOW) for report in taken])  # type: ignore[arg-type]
    print(f"{connection.vendor}: {len(reports)} reports of gold/, milliseconds a report, beside reading alone")
    for name, spent in (("reading", alone), ("take_in", taking), ("same bytes", again), ("reread", once_more)):
        print(f"{name:12}{spent / len(reports):8.1f}{spent / alone:8.2f}")
    few = asking(make(FEW, 1))
    many = asking(make(MANY, 2))
    print(f"the work of a report: {few:.2f} ms among {FEW:,}, {many:.2f} ms among {MANY:,}, ratio {many / few:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
