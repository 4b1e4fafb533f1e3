"""A kind of work in, processes that do it on the ledger out; each tells what was acknowledged through a pipe.

They are forked from one that has loaded everything, so that hundreds can be started and killed in minutes.
"""

from __future__ import annotations

import datetime
import fcntl
import json
import mmap
import os
import random
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, NoReturn
from uuid import UUID

from django.db import OperationalError, connection
from tests.ledger.office import Office, open_task

from luoshi.ledger.actions import File, LedgerUnavailable, Outcome, Refused, Stale, act, keep
from luoshi.ledger.models import Item

# Lines that a writer may be ahead of who reads them: half a minute of work.
PIPE_BYTES = 1 << 20
# What is written lies behind the clock, and what is due ahead of it, whenever this runs.
BEGAN = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=3)
DUE = (BEGAN + datetime.timedelta(days=40)).date().isoformat()
PARTS = [
    {"words": "整治北片河道", "place": "A1a", "line": "water", "lead": "A1a:water", "due": DUE},
    {"words": "整治南片河道", "place": "A1b", "line": "water", "lead": "A1b:water", "due": DUE},
]
Mark = Callable[[], Any]


class Ack(NamedTuple):
    """What a writer was told is written: an event by item, number and hash; `mark`: how far the log was synced."""

    item: str
    sequence: int
    hash: str
    mark: Any


class Writer:
    """A process that writes until it is killed; `busy` is true while it is inside the door."""

    def __init__(self, work: Callable[[Writer], None]) -> None:
        self._shared = mmap.mmap(-1, 16)
        connection.close()
        self._from, self._to = os.pipe()
        fcntl.fcntl(self._to, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self.pid = os.fork()
        if self.pid == 0:
            _run(self, work)
        os.close(self._to)

    @property
    def busy(self) -> bool:
        return self._shared[0] == 1

    @property
    def done(self) -> int:
        """Acknowledged so far, as it counts itself."""
        return int.from_bytes(self._shared[8:16], "little")

    def inside(self, whether: bool) -> None:
        """Say that the door is being gone through (in the writer itself)."""
        self._shared[0] = int(whether)

    def tell(self, *line: Any) -> None:
        """Tell something that is acknowledged: one write, which is whole or not at all."""
        os.write(self._to, json.dumps(line).encode() + b"\n")
        self._shared[8:16] = (self.done + 1).to_bytes(8, "little")

    def kill(self) -> list[Any]:
        """End it as a power cut would, or take note that it ended; the lines it told."""
        os.kill(self.pid, signal.SIGKILL)
        return self.wait()

    def wait(self) -> list[Any]:
        """The lines it told, when it has ended by itself."""
        with os.fdopen(self._from, "rb") as pipe:
            told = pipe.read()
        os.waitpid(self.pid, 0)
        return [json.loads(line) for line in told.splitlines()]


def _run(self: Writer, work: Callable[[Writer], None]) -> NoReturn:
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        work(self)
    except (LedgerUnavailable, OperationalError):
        os._exit(0)  # cut off in the middle, which is what is tried
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def for_ever(office: Office, seed: int, mark: Mark, setting: str = "") -> Callable[[Writer], None]:
    """Items opened and worked on, one after the other, beside what others write to."""

    def work(writer: Writer) -> None:
        if setting:
            with connection.cursor() as cursor:
                cursor.execute(setting)
        chance = random.Random(seed)
        while True:
            told = life(office, chance)
            while True:
                writer.inside(True)
                try:
                    done = next(told, None)
                except Stale:  # another writer meddled with this item first; the next one, then
                    done = None
                writer.inside(False)
                if done is None:
                    break
                if done.sequence:
                    writer.tell(str(done.item), done.sequence, done.hash, mark())

    return work


def warm(office: Office) -> None:
    """Work an item through, so that what is loaded once is there before the processes part."""
    list(life(office, random.Random(0)))


def life(office: Office, chance: random.Random) -> Iterator[Outcome]:
    """An item from opening to closing, with evidence and a split; each outcome as it is acknowledged."""
    minutes = iter(range(1, 1000))

    def move(who: str, verb: str, item: UUID, at: int, *files: File, **fields: Any) -> Outcome:
        now = BEGAN + datetime.timedelta(minutes=next(minutes))
        given = [("document", file) for file in files]
        return act(office[who], item, verb, fields=fields, evidence=given, expected=at, now=now)

    opened = open_task(office["city"], now=BEGAN)
    yield opened
    item = opened.item
    yield move("city", "dispatch", item, 1, lead="A1:water", due=DUE)
    yield move("water", "sign", item, 2)
    yield move("water", "split", item, 3, parts=PARTS)
    file = keep([f"第{chance.randrange(10**9)}号验收单".encode()], "验收.txt")
    yield move("water", "report", item, 4, file, progress="两片河道同时开工" * chance.randrange(1, 60))
    yield move("city", "instruct", item, 5, instruction="主要领导要求年底前完成")
    yield from _meddle(office, chance)


def _meddle(office: Office, chance: random.Random) -> Iterator[Outcome]:
    """A move on one of the newest items, which another may be moving too."""
    newest = list(Item.unguarded.filter(state="in_hand").order_by("-pk").values_list("pk", "sequence")[:4])
    if not newest:
        return
    item, sequence = chance.choice(newest)
    try:
        now = BEGAN + datetime.timedelta(days=1)
        yield act(office["city"], item, "remind", fields={"note": "请抓紧"}, expected=sequence, now=now)
    except Refused:
        return
