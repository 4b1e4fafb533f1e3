"""Letters in, what became of each out as it becomes known: a lane for each server, some lanes at once, none for ever.

The threads send and nothing else: they read no database, and what they find out is written down by who asked.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event, Lock
from typing import Generic, TypeVar

from .claiming import Outcome

# Servers that are sent to at once: an office has a handful of them, and a thread that waits costs next to nothing.
LANES = 8
# Failures in a row after which a server is left alone: one may be its restart, three within a lane are not.
FAILURES = 3
# For how long: the first of the waits in timing.AGAIN.
ALONE = datetime.timedelta(minutes=1)
L = TypeVar("L")
# A letter with the server it goes to.
Addressed = tuple[str, L]
# A letter, what became of it, and whether that was taken.
Found = tuple[L, Outcome, Event]
# Seconds after which a lane that waits looks whether it is to stop.
LISTENING = 0.2


@dataclass
class Circuits:
    """Which servers are left alone, and until when; of one process."""

    failures: dict[str, int] = field(default_factory=dict)
    until: dict[str, datetime.datetime] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def closed_until(self, server: str, now: datetime.datetime) -> datetime.datetime | None:
        """Until when a server is left alone; None: it may be tried."""
        with self._lock:
            moment = self.until.get(server)
            return moment if moment and moment > now else None

    def note(self, server: str, well: bool, now: datetime.datetime) -> None:
        """Count what became of a send; the first after a server was left alone decides whether it is again."""
        with self._lock:
            failed = 0 if well else self.failures.get(server, 0) + 1
            self.failures[server] = failed
            if failed >= FAILURES:
                self.until[server] = now + ALONE


class Lanes(Generic[L]):
    """Sends letters: those to one server after each other, in their order, those to others beside them."""

    def __init__(self, send: Callable[[L], Outcome], circuits: Circuits, lanes: int = LANES) -> None:
        self.send, self.circuits, self.lanes = send, circuits, lanes
        self.stop = Event()

    def run(
        self, letters: Sequence[Addressed[L]], now: datetime.datetime, seconds: float
    ) -> Generator[tuple[L, Outcome], None, None]:
        """What became of each letter, as it becomes known; those not begun within `seconds` are given back.

        A lane goes on when what it found out was taken, and so written down: a power cut finds at most one letter of
        each lane that was sent and is not known to be.
        """
        until = time.monotonic() + seconds
        by_server: dict[str, list[L]] = {}
        for server, letter in letters:
            by_server.setdefault(server, []).append(letter)
        found: SimpleQueue[Found[L]] = SimpleQueue()
        with ThreadPoolExecutor(self.lanes, thread_name_prefix="luoshi-lane") as pool:
            try:
                for server, mine in by_server.items():
                    pool.submit(self._lane, server, mine, now, until, found)
                for _ in letters:
                    letter, outcome, taken = found.get()
                    yield letter, outcome
                    taken.set()
            finally:
                self.stop.set()

    def _lane(
        self, server: str, letters: Sequence[L], now: datetime.datetime, until: float, found: SimpleQueue[Found[L]]
    ) -> None:
        for letter in letters:
            alone, taken = self.circuits.closed_until(server, now), Event()
            if alone or self.stop.is_set() or time.monotonic() >= until:
                outcome = Outcome(tried=False, not_before=alone)
            else:
                outcome = self.send(letter)
                # Somebody's wrong address says nothing of the server.
                self.circuits.note(server, not outcome.error or outcome.lasting, now)
            found.put((letter, outcome, taken))
            while not self.stop.is_set() and not taken.wait(LISTENING):
                pass
