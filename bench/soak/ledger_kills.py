"""How many in, that many writers killed in the middle of their work (SIGKILL); what was lost or half written, out."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from tests.ledger.office import Office

from .ledger_checks import lost, wrong
from .ledger_told import Told
from .ledger_writers import Ack, Writer, for_ever, warm

# At the same time; they wait for each other's locks, and one dies while another waits for it.
WRITERS = 3
# Seconds that one is left alone: an item is worked through in a tenth of one.
LONGEST = 0.25
# Kills between looks at the whole ledger.
EVERY = 50


def kills(office: Office, count: int, say: Callable[[str], None]) -> Told:
    """Kill `count` writers, each looked after at once: what it was told is written must be there."""
    warm(office)
    chance, told = random.Random(count), Told("writers killed (SIGKILL) in their work")
    acknowledged: list[Ack] = []
    inside = 0
    writers = [_start(office, n) for n in range(WRITERS)]
    for number in range(count):
        time.sleep(chance.random() * LONGEST)
        at = chance.randrange(WRITERS)
        inside += writers[at].busy
        acks = [Ack(*line) for line in writers[at].kill()]
        acknowledged += acks
        told.faults += lost(acks)
        if number % EVERY == EVERY - 1:
            told.faults += wrong()
            say(f"{number + 1} of {count} killed, {len(acknowledged)} acknowledged, {len(told.faults)} faults")
        writers[at] = _start(office, 1000 + number)
    for writer in writers:
        acknowledged += [Ack(*line) for line in writer.kill()]
    told.faults += lost(acknowledged) + wrong()
    told.counts = {"killed": count, "inside the door": inside, "acknowledged": len(acknowledged)}
    return told


def _start(office: Office, seed: int) -> Writer:
    return Writer(for_ever(office, seed, lambda: None))
