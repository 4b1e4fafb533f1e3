"""Bytes and a name in, a report with all its rows out: a new one, a reprint, or the one that is there already."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from luoshi.people.models import Post
from luoshi.places.models import Line, Place
from luoshi.reading import Reading as Read
from luoshi.reading.reprints import clauses

from ..changes import Changes
from ..drawing import drawing
from ..filing import keep
from ..models import Bringing, Correction, Meeting, Original, Report
from ..packing import storable
from ..reader import read_bytes
from ..works import belongs, one_at_a_time
from .rereading import record, reread


class How(StrEnum):
    """What a report turned out to be."""

    NEW = "new"
    REPRINT = "reprint"
    SAME = "same"


@dataclass(frozen=True)
class Taken:
    """A report that was taken in. `first`: of a reprint, the first report of its work, which not everybody may see."""

    report: Report
    how: How
    first: Report | None = None
    # Of the same bytes brought again with a day of publication that was not known before.
    changes: Changes | None = None


def take_in(
    data: bytes,
    name: str,
    *,
    post: Post | None,
    place: Place | None,
    now: datetime.datetime,
    line: Line | None = None,
    published: str | None = None,
    read: Read | None = None,
) -> Taken:
    """Take in one report; the same bytes again give the same report, and whoever brings them sees it too.

    A place, line or day of publication that the report had not yet is taken over from a later bringing.

    Args:
        name: as its owner calls it; the ending tells what the bytes alone do not (.csv).
        post: who brings it; None: the owner of the installation.
        place, line: whose report it is. Without a place only those see it who brought it.
        published: the day of publication (ISO 8601), where it is known from elsewhere.
        read: its reading (`reader.read_bytes`), where that is done already: reading takes seconds, in which a caller's
            transaction would keep everybody waiting.

    Raises:
        Unreadable: it cannot be read; nothing is written.
        OSError: the disk is full or cannot be written; nothing is in the database.
    """
    name = storable(name)
    sha256 = hashlib.sha256(data).hexdigest()
    if read is None and not _there(sha256):
        read = read_bytes(data, name, published)
    keep(data)
    with transaction.atomic():
        one_at_a_time()
        report = _there(sha256)
        if report is None:
            taken = _new(data, name, read or read_bytes(data, name, published), published, now)
        else:
            taken = Taken(report, How.SAME)
        _bring(taken.report, post, name, now)
        _belong(taken.report, place, line)
    if taken.how is How.SAME and published and not taken.report.given_published:
        return _dated(taken.report, published, now)
    return taken


def _there(sha256: str) -> Report | None:
    return Report.unguarded.select_related("original", "work").filter(original__sha256=sha256).first()


def _new(data: bytes, name: str, read: Read, published: str | None, now: datetime.datetime) -> Taken:
    source = read.source
    original = Original.unguarded.create(sha256=source.sha256, media_type=source.media_type, size=len(data))
    work, first, shared = belongs(clauses(read))
    report = Report(original=original, work=work, reprint=not first, shared=shared, name=name, brought_at=now)
    report.given_published = published or ""
    report.save()
    record(report, drawing(read), now)
    if first:
        return Taken(report, How.NEW)
    return Taken(report, How.REPRINT, Report.unguarded.get(work=work, reprint=False))


def _bring(report: Report, post: Post | None, name: str, now: datetime.datetime) -> None:
    Bringing.unguarded.get_or_create(report=report, post=post, defaults={"name": name, "at": now})


def _belong(report: Report, place: Place | None, line: Line | None) -> None:
    """Give a report the place and line that it has not yet, and with it the rows that have their own."""
    missing = {"place": place, "line": line}
    given = {name: row for name, row in missing.items() if row is not None and getattr(report, f"{name}_id") is None}
    if not given:
        return
    for name, row in given.items():
        setattr(report, name, row)
    report.save(update_fields=[*given])
    for model in (Meeting, Correction):
        model.unguarded.filter(report=report).update(**given)


def _dated(report: Report, published: str, now: datetime.datetime) -> Taken:
    report.given_published = published
    report.save(update_fields=["given_published"])
    return Taken(report, How.SAME, changes=reread(report, now))
