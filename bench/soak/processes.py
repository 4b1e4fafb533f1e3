"""Numbers of inputs in, processes that read them out of reach of the network, their failures out."""

from __future__ import annotations

import faulthandler
import heapq
import multiprocessing
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import NamedTuple

from .checks import faults
from .mutants import Mutant, mutant
from .seeds import seeds

# Seconds for one input. They take 5 ms; a machine that does other things besides may take a hundred times that.
BOUND = 10.0
# Inputs for one process: so many that starting it costs nothing, so few that little is lost when it dies.
PIECE = 1000
SLOWEST = 5
# What no reader has a reason to do, as Python's audit events.
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.", "ftplib.")


class Failure(NamedTuple):
    """An input that was not read as it should be."""

    number: int
    format: str
    what: str


class Touched(BaseException):
    """Something outside was touched; no reader can catch it by mistake."""


def guard() -> list[str]:
    """Forbid the network and other programs to this process, for good; the list of what was tried nevertheless."""
    tried: list[str] = []

    def watch(event: str, arguments: object) -> None:
        if event.startswith(_FORBIDDEN):
            tried.append(event)
            raise Touched(event)

    sys.addaudithook(watch)
    return tried


def one(number: int, only: str | None, folder: Path, tried: list[str]) -> Failure | None:
    """Make one input and read it."""
    given = mutant(number, only)
    try:
        found = faults(given, folder)
    except KeyboardInterrupt:
        raise
    except BaseException:
        found = [traceback.format_exc(limit=-4).replace("\n", "\n    ")]
    found += [f"touched: {event}" for event in tried]
    tried.clear()
    return Failure(number, given.format, "; ".join(found[:3])) if found else None


def _work(first: int, end: int, only: str | None, trace: Path, to: Connection) -> None:
    """Read a piece of the inputs; a line into the pipe for each: its number, seconds, failure."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    tried = guard()
    with tempfile.TemporaryDirectory() as name, trace.open("w") as log:
        for number in range(first, end):
            faulthandler.dump_traceback_later(BOUND, exit=True, file=log)
            began = time.perf_counter()
            failure = one(number, only, Path(name), tried)
            to.send((number, time.perf_counter() - began, failure))
        faulthandler.cancel_dump_traceback_later()


def _warm(folder: Path) -> None:
    """Make the seeds and read them, so that what is loaded once is there before the processes part."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        for format, made in seeds().items():
            for seed in made:
                if found := faults(Mutant(-1, format, seed.name, seed.data), Path(name)):
                    raise ValueError(f"a sound {format} is not read as it should be: {found}")


class Pool:
    """Processes that read the inputs piece by piece; one that hangs or dies is a failure of the input it had."""

    def __init__(self, first: int, inputs: int, only: str | None, jobs: int, keep: Path) -> None:
        self.only, self.jobs, self.keep = only, jobs, keep
        self.done = 0
        self.slowest: list[tuple[float, int, str]] = []
        self._end = first + inputs
        self._waiting = [(start, min(start + PIECE, self._end)) for start in range(first, self._end, PIECE)][::-1]
        self._at: dict[Connection, tuple[int, int, multiprocessing.Process, Path]] = {}

    @property
    def next(self) -> int:
        """The first number that may not have been read."""
        under_way = [at for at, _, _, _ in self._at.values()]
        return min([*under_way, *(start for start, _ in self._waiting), self._end])

    def run(self) -> Iterator[Failure | None]:
        """A failure, or None, for every input read."""
        _warm(self.keep)
        try:
            while self._waiting or self._at:
                while self._waiting and len(self._at) < self.jobs:
                    self._start(*self._waiting.pop())
                for pipe in wait(list(self._at)):
                    assert isinstance(pipe, Connection)
                    yield self._heard(pipe)
        finally:
            for _, _, process, _ in self._at.values():
                process.kill()

    def _start(self, first: int, end: int) -> None:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        trace = self.keep / f".trace-{first}"
        process = multiprocessing.Process(target=_work, args=(first, end, self.only, trace, theirs), daemon=True)
        process.start()
        theirs.close()
        self._at[ours] = (first, end, process, trace)

    def _heard(self, pipe: Connection) -> Failure | None:
        """One line out of a pipe; the end of it is the end of the process."""
        _, end, process, trace = self._at[pipe]
        try:
            number, seconds, failure = pipe.recv()
        except EOFError:
            return self._ended(pipe)
        self._at[pipe] = (number + 1, end, process, trace)
        self.done += 1
        slow = (seconds, number, self.only or list(seeds())[number % len(seeds())])
        self.slowest = heapq.nlargest(SLOWEST, [*self.slowest, slow])
        assert failure is None or isinstance(failure, Failure)
        return failure

    def _ended(self, pipe: Connection) -> Failure | None:
        at, end, process, trace = self._at.pop(pipe)
        process.join()
        said = trace.read_text() if trace.exists() else ""
        trace.unlink(missing_ok=True)
        if at == end:
            return None
        if at + 1 < end:
            self._waiting.append((at + 1, end))
        self.done += 1
        format = self.only or list(seeds())[at % len(seeds())]
        return Failure(at, format, f"hung or died (status {process.exitcode})\n{said}")
