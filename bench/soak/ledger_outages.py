"""Disk full, database locked, database gone, in; what the door said of each, what it left half-written, out."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from tests.ledger.office import Office, counts, open_task
from tests.postgres import Cluster

from luoshi.ledger.actions import LedgerUnavailable, act, keep

from .ledger_checks import wrong
from .ledger_told import Told
from .ledger_writers import BEGAN, Writer, warm

# Seconds a writer waits here; LUOSHI_PATIENCE says how many it waits otherwise.
PATIENCE = 1
# Bytes of the disk that is full; a table or a log grows over it within a few acts.
SMALL = 1 << 20
Outage = Callable[[Office], Any]


def outages(office: Office, cluster: Cluster | None, say: Callable[[str], None]) -> Iterator[Told]:
    """Each outage in turn, with what was told of it."""
    warm(office)
    ways: dict[str, Outage] = {"locked": lambda made: _locked(made, cluster)}
    if cluster is None:
        ways |= {"disk full (pages)": _no_pages, "disk full (log)": _no_growth, "file gone": _file_gone}
    else:
        ways |= {"stopped": lambda _: _stopped(cluster)}
        if os.geteuid() == 0:
            ways |= {"disk full (tablespace)": lambda _: _small_disk(cluster)}
        else:
            say("disk full: left out, making a small disk needs root")
    for name, way in {**ways, "disk full (evidence)": _no_files}.items():
        yield _tried(office, name, way)


def _tried(office: Office, name: str, way: Outage) -> Told:
    """An act before, acts during the outage, an act after."""
    told = Told(f"outage, {name}")
    item, before = open_task(office["city"], now=BEGAN).item, counts()
    said: list[str] = []
    with way(office):
        for number in range(400):
            try:
                _write(office, name, item, number)
            except LedgerUnavailable as unavailable:
                said.append(str(unavailable))
                break
    if not said or "\n" in said[0]:
        told.faults.append(f"not one clear line: {said}")
    after = counts()
    # Until the disk was full, whole acts were written.
    grown = after["Event"] - before["Event"]
    if after["Text"] - before["Text"] != grown or after["Evidence"] != before["Evidence"]:
        told.faults.append(f"half-written: {before} {after}")
    try:
        sequence = 1 + grown
        act(office["city"], item, "instruct", fields={"instruction": "照常办理"}, expected=sequence, now=BEGAN)
    except Exception as error:
        told.faults.append(f"does not work again: {error}")
    told.faults += wrong()
    told.counts = {"written before": grown, "said": said[0] if said else "nothing"}
    return told


def _write(office: Office, name: str, item: UUID, number: int) -> None:
    if "evidence" in name:
        keep([b"x" * SMALL, b"y" * SMALL], "表.txt")
        raise AssertionError("a file was kept that the disk has no room for")
    fields = {"instruction": "请按期完成" * 300}
    act(office["city"], item, "instruct", fields=fields, expected=number + 1, now=BEGAN)


@contextmanager
def _locked(office: Office, cluster: Cluster | None) -> Iterator[None]:
    """Another process holds the database for longer than a writer waits."""

    def hold(writer: Writer) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            if cluster:
                cursor.execute("LOCK TABLE ledger_event IN ACCESS EXCLUSIVE MODE")
            writer.tell("held")
            time.sleep(60)

    holding = Writer(hold)
    while not holding.done:
        time.sleep(0.01)
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{PATIENCE}s'" if cluster else f"PRAGMA busy_timeout = {PATIENCE * 1000}")
    try:
        yield
    finally:
        holding.kill()
        connection.close()


@contextmanager
def _no_pages(office: Office) -> Iterator[None]:
    """SQLite may not take another page: what it says when the disk is full."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 5}")
    try:
        yield
    finally:
        connection.close()


@contextmanager
def _no_growth(office: Office) -> Iterator[None]:
    """No file of this process may grow over what the log has now: it fails in the middle of a commit."""
    log = Path(f"{settings.DATABASES['default']['NAME']}-wal")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    open_size = log.stat().st_size if log.exists() else 0
    with _limited(open_size + 20_000):
        yield


@contextmanager
def _no_files(office: Office) -> Iterator[None]:
    with _limited(SMALL):
        yield


@contextmanager
def _limited(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def _file_gone(office: Office) -> Iterator[None]:
    """The file is taken away while it is open, and put back."""
    place = Path(str(settings.DATABASES["default"]["NAME"]))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = place.with_suffix(".aside")
    place.rename(aside)
    try:
        yield
    finally:
        if place.exists():
            raise AssertionError("an empty database was made in place of the one that is gone")
        aside.rename(place)


@contextmanager
def _stopped(cluster: Cluster) -> Iterator[None]:
    cluster.stop("fast")
    try:
        yield
    finally:
        cluster.start()


@contextmanager
def _small_disk(cluster: Cluster) -> Iterator[None]:
    """The table of texts on a disk of its own, which is as good as full."""
    with tempfile.TemporaryDirectory(prefix="luoshi-disk-") as name:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL * 4}", "tmpfs", name], check=True)
        try:
            folder = Path(name, "space")
            folder.mkdir()
            os.chown(folder, cluster.data.stat().st_uid, -1)
            _move(f"CREATE TABLESPACE small LOCATION '{folder}'", "ALTER TABLE ledger_text SET TABLESPACE small")
            _fill(Path(name, "filler"))
            yield
            Path(name, "filler").unlink()
            _move("ALTER TABLE ledger_text SET TABLESPACE pg_default", "DROP TABLESPACE small")
        finally:
            connection.close()
            subprocess.run(["umount", name], check=True)


def _fill(path: Path) -> None:
    handle = os.open(path, os.O_CREAT | os.O_WRONLY)
    try:
        while os.write(handle, bytes(4096)):
            pass
    except OSError:
        os.close(handle)


def _move(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
