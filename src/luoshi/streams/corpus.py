"""Paths and a folder in, the tables of all reports in that folder out: resumed where it was stopped."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from luoshi.exports.parquet import pyarrow

from .engine import Engine, map_shards
from .gathering import PARTS, gather, gathered, made_of
from .given import STDIN
from .shards import Done, Shard, do_shard, done, shards


class Refused(ValueError):
    """Work that cannot be begun; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: what to read, into which folder, and how."""

    paths: Sequence[str]
    folder: Path
    published: str | None = None
    engine: Engine = "local"
    jobs: int = 1
    scheduler: str | None = None
    retry: bool = False


@dataclass(slots=True)
class Account:
    """How far the work is: shards and bytes in all, read now, read before, and what went wrong."""

    shards: int = 0
    size: int = 0
    parts: dict[str, Done] = field(default_factory=dict)
    before: int = 0
    size_before: int = 0
    now: int = 0
    lost: list[tuple[str, str]] = field(default_factory=list)

    @property
    def failures(self) -> int:
        """Inputs that could not be read, before and now."""
        return sum(part.failures for part in self.parts.values()) + len(self.lost)


def read_corpus(order: Order, account: Account) -> Iterator[Done | tuple[str, str]]:
    """Read all there is into tables; every shard as it is done, or its label and why it was lost.

    The tables are of exactly what is given: parts of other paths that an earlier run left are kept but not in them.
    The account is filled as the work goes on. Raises Refused, Unavailable, Missing and OSError.
    """
    pyarrow()
    if STDIN in order.paths:
        raise Refused("tables are made of files, so that a second run knows them; save standard input to a file")
    with _held(order.folder) as parts:
        for shard in shards(order.paths, order.published):
            account.shards += 1
            account.size += shard.size
        yield from _read(order, account, parts)
        _sweep(parts)
        made = list(account.parts.values())
        if account.now or gathered(order.folder) != made_of(made, account.lost):
            gather(order.folder, made, account.lost)


def _read(order: Order, account: Account, parts: Path) -> Iterator[Done | tuple[str, str]]:
    """All shards that are not done; the parts of the account end up in the order of the paths."""
    names: list[str] = []
    found: dict[str, Done] = {}

    def pairs() -> Iterator[tuple[Shard, Path]]:
        for shard in shards(order.paths, order.published):
            names.append(shard.name)
            known = done(parts / shard.name)
            if known and known.mark == shard.mark and not (order.retry and known.failures):
                account.before += 1
                account.size_before += shard.size
                found[shard.name] = account.parts[shard.name] = known
            else:
                yield replace(shard, again=order.retry), parts / shard.name

    for shard, result in map_shards(do_shard, pairs(), order.engine, order.jobs, order.scheduler):
        if isinstance(result, Exception):
            account.lost.append((shard.label, f"{result} ({type(result).__name__})"))
            yield account.lost[-1]
        else:
            account.now += 1
            found[shard.name] = account.parts[shard.name] = result
            yield result
    account.lost.sort()
    account.parts = {name: found[name] for name in names if name in found}


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[Path]:
    """The parts of a folder, which is ours alone until it is left. Raises Refused and OSError."""
    parts = folder / PARTS
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file; tables need a folder")
    if folder.is_dir() and not parts.is_dir() and any(folder.iterdir()):
        raise Refused(f"{folder} holds other things than tables; name a new folder")
    parts.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(f"another run writes into {folder} now; wait for it or name another folder") from None
        _sweep(parts)
        try:
            yield parts
        finally:
            _sweep(parts)


def _sweep(parts: Path) -> None:
    """Remove what a process that was killed left half-written."""
    for left in parts.glob(".*.part"):
        shutil.rmtree(left, ignore_errors=True)


def left_out(folder: Path, account: Account) -> int:
    """How many parts of other paths lie in a folder and are not in its tables."""
    return sum(1 for part in (folder / PARTS).iterdir() if part.is_dir() and part.name not in account.parts)
