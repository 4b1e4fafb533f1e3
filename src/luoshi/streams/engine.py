"""A function and pairs of what it takes in, its results out as they come: on this machine or on a dask cluster."""

from __future__ import annotations

import os
import signal
import sys
import threading
from asyncio import CancelledError
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import active_children, connection, get_context, parent_process
from pathlib import Path
from typing import Any, Literal, TypeVar

Engine = Literal["local", "dask"]
S = TypeVar("S")
R = TypeVar("R")
Pair = tuple[S, Path]
# Work handed out ahead for every process: while one result is taken in, none stands idle.
AHEAD = 2
# Seconds to find a scheduler, and to wait for its first worker.
PATIENCE = 30
RETRIES = 2


class Unavailable(RuntimeError):
    """A cluster that cannot be used; the message says why."""


def map_shards(
    do: Callable[[S, Path], R],
    pairs: Iterable[Pair[S]],
    engine: Engine = "local",
    jobs: int = 1,
    scheduler: str | None = None,
) -> Iterator[tuple[S, R | Exception]]:
    """`do(src, dst)` for every pair, each with its result, or the exception it raised, as they come.

    `do` must be idempotent and atomic: work of a worker that dies is given to another. Pairs are taken as they are
    needed. Raises Unavailable.
    """
    if engine == "dask":
        return _on_cluster(do, pairs, scheduler or "")
    return _here(do, pairs) if jobs <= 1 else _in_processes(do, iter(pairs), jobs)


def _here(do: Callable[[S, Path], R], pairs: Iterable[Pair[S]]) -> Iterator[tuple[S, R | Exception]]:
    for src, dst in pairs:
        try:
            result: R | Exception = do(src, dst)
        except Exception as wrong:
            result = wrong
        yield src, result


def _in_processes(do: Callable[[S, Path], R], pairs: Iterator[Pair[S]], jobs: int) -> Iterator[tuple[S, R | Exception]]:
    """In processes of this machine. Where one dies, what was under way is done again, each piece one by one,
    so that only the piece that kills is lost."""
    while (first := next(pairs, None)) is not None:
        orphans: list[Pair[S]] = []
        yield from _in_pool(do, chain([first], pairs), jobs, jobs * AHEAD, orphans)
        yield from _one_by_one(do, orphans)


def _one_by_one(do: Callable[[S, Path], R], orphans: list[Pair[S]]) -> Iterator[tuple[S, R | Exception]]:
    """In one process, one piece under way: if it dies it is known of what, and a few deaths are enough."""
    deaths: Counter[Path] = Counter()
    while orphans:
        died: list[Pair[S]] = []
        yield from _in_pool(do, _taken(orphans), 1, 1, died)
        for pair in died:
            deaths[pair[1]] += 1
            if deaths[pair[1]] < RETRIES:
                orphans.append(pair)
            else:
                yield pair[0], RuntimeError("the process that read it died, again and again; is there enough memory?")


def _taken(pairs: list[Pair[S]]) -> Iterator[Pair[S]]:
    while pairs:
        yield pairs.pop(0)


def _in_pool(
    do: Callable[[S, Path], R], pairs: Iterator[Pair[S]], jobs: int, ahead: int, orphans: list[Pair[S]]
) -> Iterator[tuple[S, R | Exception]]:
    """Until all is done or a process dies; what was under way then is put to the orphans."""
    # Not forked: threads of this process (a progress bar, Arrow's) would be copied in the middle of their work.
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_obedient)
    waiting: dict[Future[R], Pair[S]] = {}
    try:
        while _handed_out(pool, do, pairs, ahead, waiting, orphans):
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                pair = waiting.pop(future)
                wrong = future.exception()
                if isinstance(wrong, BrokenProcessPool):
                    orphans.append(pair)
                elif isinstance(wrong, Exception):
                    yield pair[0], wrong
                else:
                    yield pair[0], future.result()
    finally:
        _stop(pool)


def _handed_out(
    pool: ProcessPoolExecutor,
    do: Callable[[S, Path], R],
    pairs: Iterator[Pair[S]],
    ahead: int,
    waiting: dict[Future[R], Pair[S]],
    orphans: list[Pair[S]],
) -> bool:
    """Keep the processes busy while all of them live; whether anything is under way."""
    room = 0 if orphans else ahead - len(waiting)
    for pair in islice(pairs, room):
        try:
            waiting[pool.submit(do, *pair)] = pair
        except BrokenProcessPool:
            orphans.append(pair)
            break
    return bool(waiting)


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the pool; processes that still work are told to stop and clean up."""
    pool.shutdown(wait=False, cancel_futures=True)
    for child in active_children():
        child.terminate()
    pool.shutdown(wait=True)


def _obedient() -> None:
    """In a process of the pool: Ctrl-C is for its parent, a request to end unwinds it, and it never outlives it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    sys.unraisablehook = _unraised
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _end(number: int, frame: object) -> None:
    raise SystemExit(1)


def _unraised(what: sys.UnraisableHookArgs) -> None:
    """A request to end that comes while something is cleaned away is lost in it; the shard is then finished."""
    if not isinstance(what.exc_value, SystemExit):
        sys.__unraisablehook__(what)


def _follow(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _on_cluster(
    do: Callable[[S, Path], R], pairs: Iterable[Pair[S]], scheduler: str
) -> Iterator[tuple[S, R | Exception]]:
    """On the workers of an existing dask cluster, which see the same folders by the same paths."""
    distributed = _distributed()
    client = _client(distributed, scheduler)
    under_way: dict[str, tuple[Any, S]] = {}
    coming = iter(pairs)
    results = distributed.as_completed(loop=client.loop)
    try:
        while True:
            ahead = max(1, AHEAD * sum(client.nthreads().values()))
            for src, dst in islice(coming, max(0, ahead - len(under_way))):
                future = client.submit(do, src, dst, pure=False, retries=RETRIES)
                under_way[future.key] = (future, src)
                results.add(future)
            if not under_way:
                return
            future = next(results)
            _, src = under_way.pop(future.key)
            yield src, _result(future)
    # Whatever the client raises (it has many words for it), it is not of a shard: that is a result.
    except (Exception, CancelledError) as wrong:
        reason = f"the dask scheduler at {scheduler} went away ({type(wrong).__name__})"
        raise Unavailable(f"{reason}; what is done is kept, the same command goes on from there") from None
    finally:
        _leave(client, [future for future, _ in under_way.values()])


def _result(future: Any) -> Any:
    """What a shard gave, or what it raised. Raises where neither is known."""
    wrong = future.exception() if future.status == "error" else None
    return wrong if isinstance(wrong, Exception) else future.result()


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise Unavailable("a cluster needs dask; install it with: pip install 'luoshi[cluster]'") from None
    return distributed


def _client(distributed: Any, scheduler: str) -> Any:
    try:
        client = distributed.Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as wrong:
        raise Unavailable(f"no dask scheduler answers at {scheduler} ({type(wrong).__name__})") from None
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except (TimeoutError, OSError):
        client.close()
        raise Unavailable(
            f"the dask scheduler at {scheduler} has no workers; start some: dask worker ADDRESS"
        ) from None
    return client


def _leave(client: Any, futures: list[Any]) -> None:
    """Take back what has not begun; what has is finished by its worker, whole."""
    if futures and client.status == "running":
        client.cancel(futures)
    client.close()
