"""Processes and moves in, that many moves made by them on the same few items; updates lost, numbers doubled, out."""

from __future__ import annotations

import datetime
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from uuid import UUID

from tests.ledger.office import Office, open_task

from luoshi.ledger.actions import LedgerUnavailable, Outcome, Stale, act
from luoshi.ledger.models import Event, Item, Series

from .ledger_checks import lost, wrong
from .ledger_told import Told
from .ledger_writers import BEGAN, DUE, Ack, Writer

WRITERS, ITEMS = 8, 8
# One in this many opens an item instead of moving one: all of the same series.
OPENING = 20
TELL = 10.0


def crowd(office: Office, moves: int, say: Callable[[str], None]) -> Told:
    """`moves` moves by eight writers; each is on the version its writer read last, as a form is."""
    told = Told(f"{WRITERS} writers on {ITEMS} items")
    items = [_in_hand(office) for _ in range(ITEMS)]
    began = heard = time.monotonic()
    writers = [Writer(_work(office, items, n, moves // WRITERS)) for n in range(WRITERS)]
    while (done := sum(writer.done for writer in writers)) < moves and time.monotonic() - began < moves:
        time.sleep(0.1)
        if time.monotonic() - heard > TELL:
            heard = time.monotonic()
            say(f"{done:,} of {moves:,} moves, {done / (heard - began):.0f}/s")
        if not any(_alive(writer) for writer in writers):
            break
    lines = [line for writer in writers for line in writer.wait()]
    counts = Counter({"seconds": round(time.monotonic() - began)})
    for _, _, _, (conflicts, unavailable, _) in lines:
        counts.update(conflicts=conflicts, unavailable=unavailable)
    acks = [Ack(*line) for line in lines]
    told.counts = {"moves": len(acks), **counts, "most retries of one": max((ack.mark[0] for ack in acks), default=0)}
    told.faults = lost(acks) + wrong() + _miscounted(items, acks) + _gaps()
    if len(acks) != moves // WRITERS * WRITERS:
        told.faults.append(f"{len(acks)} moves were acknowledged of {moves}")
    return told


def _alive(writer: Writer) -> bool:
    return os.waitid(os.P_PID, writer.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def _in_hand(office: Office) -> UUID:
    item = open_task(office["city"], now=BEGAN).item
    due = {"lead": "A1:water", "due": DUE}
    act(office["city"], item, "dispatch", fields=due, expected=1, now=BEGAN)
    act(office["water"], item, "sign", fields={}, expected=2, now=BEGAN)
    return item


def _work(office: Office, items: list[UUID], seed: int, moves: int) -> Callable[[Writer], None]:
    """`moves` acknowledged moves: who sees another's move instead looks again, and repeats."""

    def work(writer: Writer) -> None:
        chance = random.Random(seed)
        for number in range(moves):
            conflicts = unavailable = 0
            while True:
                try:
                    verb, done = _one(office, chance, items, number)
                    break
                except Stale:
                    conflicts += 1
                except LedgerUnavailable:
                    unavailable += 1
            writer.tell(str(done.item), done.sequence, done.hash, (conflicts, unavailable, verb))

    return work


def _one(office: Office, chance: random.Random, items: list[UUID], number: int) -> tuple[str, Outcome]:
    now = BEGAN + datetime.timedelta(seconds=number)
    if chance.randrange(OPENING) == 0:
        return "open", open_task(office["city"], now=BEGAN)
    item = chance.choice(items)
    sequence = Item.unguarded.values_list("sequence", flat=True).get(pk=item)
    if chance.random() < 0.5:
        fields = {"progress": f"第{number}次巡查"}
        return "report", act(office["water"], item, "report", fields=fields, expected=sequence, now=now)
    return "remind", act(office["city"], item, "remind", fields={}, expected=sequence, now=now)


def _miscounted(items: list[UUID], acks: list[Ack]) -> list[str]:
    """Every acknowledged move counts once in its item's row, and there is no move beside."""
    made = Counter((ack.item, ack.mark[2]) for ack in acks)
    found = []
    for row in Item.unguarded.filter(pk__in=items):
        verbs = {verb: made[str(row.pk), verb] for verb in ("report", "remind")}
        events = Event.unguarded.filter(item=row).count()
        if {verb: row.counts.get(verb, 0) for verb in verbs} != verbs:
            found.append(f"{row.number}: {verbs} acknowledged, {row.counts} counted")
        if not events == row.sequence == 3 + sum(verbs.values()):
            found.append(f"{row.number}: {events} events, version {row.sequence}, {sum(verbs.values())} moves")
    return found


def _gaps() -> list[str]:
    """Numbers of a series are 1, 2, 3 … as far as it counted."""
    found = []
    for series in Series.unguarded.all():
        serials = list(Item.unguarded.filter(series=series).order_by("serial").values_list("serial", flat=True))
        if serials != list(range(1, series.last + 1)):
            found.append(f"{series.pk}: {len(serials)} items, {series.last} counted")
    return found
