"""How often in, power cuts in the middle of writing, as files show them; what was lost of what was acknowledged, out.

A power cut leaves what was synced, and anything of what was written since. Files cannot be unplugged, so it is done
to them: all writers are killed at once, and whatever of the log lies behind the last acknowledged commit is cut off at
any byte, or filled with zeros or noise. What this shows: nothing acknowledged is behind that point, and the ledger
stands up from any tail. That the point was synced is shown by `bench.soak.ledger_synced`, where strace can look on.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection
from tests.ledger.office import Office
from tests.postgres import Cluster

from . import ledger_logs as logs
from .ledger_checks import lost, wrong
from .ledger_told import Told
from .ledger_writers import Ack, Writer, for_ever, warm

WRITERS = 2
# Seconds of writing before a cut.
LONGEST = 0.6
PATIENCE = 30
WAYS = ("cut off", "zeros", "noise")
# SQLite: pages of the log after which it is copied into the file; fewer than by default, so that cuts fall into that.
CHECKPOINT = "PRAGMA wal_autocheckpoint = 100"


def cuts(office: Office, count: int, cluster: Cluster | None, say: Callable[[str], None]) -> Told:
    """Cut `count` times, in the same database, all of whose acknowledged events must stay."""
    warm(office)
    chance, told = random.Random(count), Told("times everything not synced was cut off")
    acknowledged: list[Ack] = []
    removed = 0
    for number in range(count):
        acks = _killed(office, number, chance, cluster, say)
        acknowledged += acks
        removed += _cut(acks, chance, cluster, before=False)
        told.faults += lost(acks)
        if number % 10 == 9 or number == count - 1:
            told.faults += wrong()
            say(f"{number + 1} of {count} cut, {len(acknowledged)} acknowledged, {len(told.faults)} faults")
    told.faults += lost(acknowledged)
    told.counts = {"cuts": count, "acknowledged": len(acknowledged), "bytes of the log cut": removed}
    return told


def control(office: Office, cluster: Cluster | None) -> Told:
    """The same with a part of the log cut that was synced: that must be seen as lost, or the test cannot fail."""
    told = Told("control, a synced commit cut off as well")
    for attempt in range(5):
        acks = _killed(office, 9000 + attempt, random.Random(attempt), cluster, lambda _: None, checkpoint="")
        if len({ack.sequence for ack in acks}) > 1 and _cut(acks, random.Random(1), cluster, before=True):
            gone = len(lost(acks))
            told.counts = {"seen as lost": gone}
            told.faults = [] if gone else ["an acknowledged event was cut off, and nobody saw it"]
            return told
    told.faults = ["no writer came far enough"]
    return told


def _killed(
    office: Office,
    number: int,
    chance: random.Random,
    cluster: Cluster | None,
    say: Callable[[str], None],
    checkpoint: str = CHECKPOINT,
) -> list[Ack]:
    setting = "" if cluster else checkpoint
    mark = logs.flushed if cluster else logs.synced
    writers = [Writer(for_ever(office, 100 * number + n, mark, setting)) for n in range(WRITERS)]
    # Until something was acknowledged, however busy the machine is, and then for as long as it comes.
    patience = time.monotonic() + PATIENCE
    while not all(writer.done for writer in writers) and time.monotonic() < patience:
        time.sleep(0.01)
    time.sleep(chance.random() * LONGEST)
    if cluster:
        # All its processes are killed; the writers, which then hear no more, after it.
        cluster.stop("immediate")
    lines = [line for writer in writers for line in writer.kill()]
    return [Ack(*line) for line in lines]


def _cut(acks: list[Ack], chance: random.Random, cluster: Cluster | None, *, before: bool) -> int:
    """Take away what lies behind the last acknowledged commit (`before`: that commit as well); bytes taken."""
    connection.close()
    way = chance.choice(WAYS)
    if cluster is None:
        return _cut_sqlite(Path(str(settings.DATABASES["default"]["NAME"])), acks, chance, way, before=before)
    taken = 0
    if acks:
        marks = sorted({str(ack.mark) for ack in acks}, key=logs.position)
        mark = marks[-2] if before and len(marks) > 1 else marks[-1]
        path, at = logs.segment(cluster.data, mark)
        # Its log consists of whole segments: there is nothing to cut off, only what was never written.
        spoilt = "noise" if way == "noise" and not before else "zeros"
        taken = _spoil(path, at, path.stat().st_size, chance, spoilt, exactly=before)
        for later in sorted(path.parent.glob("0" * 8 + "*")):
            if later.is_file() and later.name > path.name and len(later.name) == len(path.name):
                taken += _spoil(later, 0, later.stat().st_size, chance, "zeros")
    cluster.start()
    return taken


def _cut_sqlite(database: Path, acks: list[Ack], chance: random.Random, way: str, *, before: bool) -> int:
    log = Path(f"{database}-wal")
    # Memory shared by processes; after a power cut there is none.
    Path(f"{database}-shm").unlink(missing_ok=True)
    if not log.exists() or not log.stat().st_size:
        return 0
    header = log.read_bytes()[: logs.HEADER]
    ends = sorted({logs.end(ack.mark, header) for ack in acks} | {0})
    at = ends[-1]
    if before:
        at = ends[-2] if len(ends) > 1 else 0
        return _spoil(log, at, log.stat().st_size, chance, "cut off", exactly=True) if ends[-1] else 0
    return _spoil(log, at, log.stat().st_size, chance, way)


def _spoil(path: Path, at: int, end: int, chance: random.Random, way: str, *, exactly: bool = False) -> int:
    """Take the bytes of a file from any byte behind `at` on away, or put others there."""
    if at >= end:
        return 0
    start = at if exactly else chance.randrange(at, end)
    with path.open("r+b") as file:
        if way == "cut off":
            file.truncate(start)
        else:
            file.seek(start)
            length = min(end - start, 1 << 24)
            file.write(bytes(length) if way == "zeros" else chance.randbytes(length))
        os.fsync(file.fileno())
    return end - start
