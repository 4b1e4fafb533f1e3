"""Letters in, what became of each out as it becomes known: a lane for each server, some lanes at once, none for ever.

The threads send and nothing else: they read no database, and what they find out is written down by who asked.
"""

from __future__ import annotations

import datetime
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Lock
from typing import Generic, Self, TypeVar

from .claiming import Outcome

# Servers that are sent to at once: an office has a handful of them, and a thread that waits costs next to nothing, so
# that as many as may hang are not all there are.
LANES = 32
# Failures in a row after which a server is left alone: one may be its restart, three within a lane are not.
FAILURES = 3
# For how long: the first of the waits in timing.AGAIN.
ALONE = datetime.timedelta(minutes=1)
L = TypeVar("L")
# A letter, the moment it was put into its lane, and until when (monotonic) it may be begun.
Waiting = tuple[L, datetime.datetime, float]
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
    """Sends letters: those to one server after each other, in their order, those to others beside them.

    A lane goes on when what it found out was taken, and so written down: a power cut finds at most one letter of each
    lane that was sent and is not known to be. Put and asked by one thread; left, each lane ends with its letter.
    """

    def __init__(self, send: Callable[[L], Outcome], circuits: Circuits, lanes: int = LANES) -> None:
        self.send, self.circuits = send, circuits
        self.under_way = 0
        self._stop, self._lock = Event(), Lock()
        self._found: SimpleQueue[Found[L]] = SimpleQueue()
        self._lanes: dict[str, deque[Waiting[L]]] = {}
        self._pool = ThreadPoolExecutor(lanes, thread_name_prefix="luoshi-lane")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._pool.shutdown()

    def put(self, server: str, letter: L, now: datetime.datetime, seconds: float) -> None:
        """Send a letter when it is its turn; given back where that is not within `seconds`."""
        waiting = letter, now, time.monotonic() + seconds
        self.under_way += 1
        with self._lock:
            if server in self._lanes:
                self._lanes[server].append(waiting)
                return
            self._lanes[server] = deque([waiting])
        self._pool.submit(self._lane, server)

    def known(self, seconds: float) -> Iterator[tuple[L, Outcome]]:
        """What became of letters, as it becomes known: of all that are under way, but no longer than `seconds`."""
        until = time.monotonic() + seconds
        while self.under_way and (left := until - time.monotonic()) > 0:
            try:
                letter, outcome, taken = self._found.get(timeout=left)
            except Empty:
                return
            self.under_way -= 1
            yield letter, outcome
            taken.set()

    def _lane(self, server: str) -> None:
        while waiting := self._next(server):
            letter, now, until = waiting
            alone, taken = self.circuits.closed_until(server, now), Event()
            if alone or self._stop.is_set() or time.monotonic() >= until:
                outcome = Outcome(tried=False, not_before=alone)
            else:
                outcome = self.send(letter)
                # Somebody's wrong address says nothing of the server.
                self.circuits.note(server, not outcome.error or outcome.lasting, now)
            self._found.put((letter, outcome, taken))
            while not self._stop.is_set() and not taken.wait(LISTENING):
                pass

    def _next(self, server: str) -> Waiting[L] | None:
        """The letter whose turn it is; a lane without any is none any more."""
        with self._lock:
            if lane := self._lanes[server]:
                return lane.popleft()
            del self._lanes[server]
            return None
