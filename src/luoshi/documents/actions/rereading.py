"""A report in, its rows as the reader of today reads it out, and what changed; what people corrected stays."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from luoshi import __version__
from luoshi.reading.reprints import clauses

from ..changes import Changes
from ..drawing import Drawing, drawing
from ..filing import fetch
from ..models import Reading, Report
from ..packing import digest, packed
from ..reader import read_bytes
from ..settling import Settling
from ..works import one_at_a_time, renew


def outdated() -> QuerySet[Any, Any]:
    """Reports whose current reading is not upheld by the reader of today."""
    return Report.unguarded.exclude(reading__upheld_by=__version__)


def reread(report: Report, now: datetime.datetime) -> Changes:
    """Read a report again, and bring its rows to what is read now. Twice is once.

    A day of publication that a person corrected counts as known.

    Raises:
        Lost: its original is not there any more.
        Unreadable: the reader of today cannot read it; nothing changes.
    """
    data = fetch(report.original.sha256)
    corrected = report.published if "published" in report.corrected else ""
    read = read_bytes(data, report.name, corrected or report.given_published)
    drawn = drawing(read)
    if corrected:
        del drawn.report["published"]  # it was told to the reader, which says it again
    with transaction.atomic():
        one_at_a_time()
        locked = Report.unguarded.select_for_update().get(pk=report.pk)
        changes = record(locked, drawn, now)
        renew(locked, clauses(read))
    report.refresh_from_db()
    return changes


def record(report: Report, drawn: Drawing, now: datetime.datetime) -> Changes:
    """Bring the rows of a report to a drawing of it and keep its reading, where it differs from the current one."""
    current, reader, mark = report.reading, drawn.whole["reader"], digest(drawn.whole)
    changes = Changes(current.upheld_by if current else "", reader)
    Settling(report, drawn, now, changes).settle()
    if current is not None and current.digest == mark and not changes:
        Reading.unguarded.filter(pk=current.pk).update(upheld_by=reader, upheld_at=now)
        return changes
    report.reading = Reading.unguarded.create(
        report=report,
        reader=reader,
        read_at=now,
        upheld_by=reader,
        upheld_at=now,
        digest=mark,
        packed=packed(drawn.whole),
        changes=changes.as_dict() if current else {},
    )
    report.save(update_fields=["reading"])
    return changes
